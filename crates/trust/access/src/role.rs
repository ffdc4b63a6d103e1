//! Roles: those that are built in, and those that a shop composes.

use core::{fmt, str::FromStr};
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, de};
use terms::{RoleName, RoleNameError};

use crate::{Action, ActionError, Subject};

/// The longest title of a role, in characters.
const TITLE_MAX: usize = 60;

macro_rules! built_in {
    ($($name:ident = $text:literal, $title:literal, $words:literal;)*) => {
        /// A role that every shop has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum BuiltIn {
            $(#[doc = $words] $name,)*
        }

        /// Every built-in role, in the order of the matrix.
        pub const BUILT_IN: &[BuiltIn] = &[$(BuiltIn::$name),*];

        impl BuiltIn {
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What people call it.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }

            /// The built-in role of this name.
            #[must_use]
            pub fn of(name: &RoleName) -> Option<Self> {
                BUILT_IN.iter().copied().find(|role| role.name() == name.as_str())
            }

            /// What it is for.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

built_in! {
    Owner = "owner", "Owner", "Answers for the shop and may do whatever it can; some of it only together with a second person.";
    Admin = "admin", "Admin", "Runs the shop: staff, roles, sign-in, API clients, and all daily work.";
    Supervisor = "supervisor", "Supervisor", "Leads those who answer: reads and directs every conversation.";
    Agent = "agent", "Agent", "Answers shoppers: what waits, and what is assigned to her.";
    PrivacyOfficer = "privacy_officer", "Privacy officer", "Answers for personal data: requests, exports and erasures.";
    SecurityOfficer = "security_officer", "Security officer", "Answers for attacks: detections, incidents, and sessions of staff.";
    Auditor = "auditor", "Auditor", "Reads all that is evidence, changes nothing, and comes for a time.";
    Developer = "developer", "Developer", "Connects the shop's programs: API clients and their documentation, no conversations.";
}

impl From<BuiltIn> for RoleName {
    fn from(role: BuiltIn) -> Self {
        Self::built_in(role.name())
    }
}

/// How far a permission of a composed role goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Conversations that are assigned to her, and shoppers whom she helps in one of them.
    Assigned,
    /// These, and what waits for a person.
    Queue,
    /// All of the shop.
    All,
}

impl Reach {
    pub const ALL: [Self; 3] = [Self::Assigned, Self::Queue, Self::All];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Queue => "queue",
            Self::All => "all",
        }
    }
}

/// One action of a composed role, as far as it reaches. Written `read_orders`, or
/// `read_conversation:queue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Permission {
    action: Action,
    reach: Option<Reach>,
}

/// The text, or the pair, is no permission.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermissionError {
    #[error(transparent)]
    Action(#[from] ActionError),
    #[error("`{action}` needs a reach: write one of {}", spelled(*action))]
    ReachMissing { action: Action },
    #[error("`{given}` is not a reach of `{action}`: write one of {}", spelled(*action))]
    Reach { action: Action, given: String },
}

/// The ways to write a permission of this action.
fn spelled(action: Action) -> String {
    let reaches = action.reaches();
    if reaches.is_empty() {
        return format!("`{action}`");
    }
    let spelled = reaches
        .iter()
        .map(|reach| format!("`{action}:{}`", reach.as_str()));
    spelled.collect::<Vec<_>>().join(", ")
}

impl Permission {
    pub fn new(action: Action, reach: Option<Reach>) -> Result<Self, PermissionError> {
        match reach {
            None if !action.reaches().is_empty() => Err(PermissionError::ReachMissing { action }),
            Some(reach) if !action.reaches().contains(&reach) => Err(PermissionError::Reach {
                action,
                given: reach.as_str().to_owned(),
            }),
            reach => Ok(Self { action, reach }),
        }
    }

    #[must_use]
    pub const fn action(self) -> Action {
        self.action
    }

    #[must_use]
    pub const fn reach(self) -> Option<Reach> {
        self.reach
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action.name())?;
        self.reach
            .map_or(Ok(()), |reach| write!(f, ":{}", reach.as_str()))
    }
}

impl FromStr for Permission {
    type Err = PermissionError;

    fn from_str(text: &str) -> Result<Self, PermissionError> {
        let (action, reach) = match text.split_once(':') {
            Some((action, reach)) => (action, Some(reach)),
            None => (text, None),
        };
        let action: Action = action.parse()?;
        let Some(given) = reach else {
            return Self::new(action, None);
        };
        let reach = Reach::ALL.into_iter().find(|reach| reach.as_str() == given);
        let reach = reach.ok_or_else(|| PermissionError::Reach {
            action,
            given: given.chars().take(64).collect(),
        })?;
        Self::new(action, Some(reach))
    }
}

impl Serialize for Permission {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

const CHANGES_RIGHTS: &str =
    "it changes who may do what, so whoever held it could give herself the rest";
const NEEDS_TWO: &str = "two persons of built-in roles answer for it together";

/// What no composed role holds, and why.
pub const NEVER_COMPOSED: &[(Action, &str)] = &[
    (Action::InviteStaff, CHANGES_RIGHTS),
    (Action::ManageStaff, CHANGES_RIGHTS),
    (Action::ChangeRole, CHANGES_RIGHTS),
    (Action::GrantOwner, CHANGES_RIGHTS),
    (Action::ManageRoles, CHANGES_RIGHTS),
    (Action::ChangeSignIn, CHANGES_RIGHTS),
    (Action::ManageClients, CHANGES_RIGHTS),
    (Action::AddClient, CHANGES_RIGHTS),
    (Action::Approve, NEEDS_TWO),
    (Action::ExportBulk, NEEDS_TWO),
    (Action::EraseMany, NEEDS_TWO),
    (Action::DestroyKeys, NEEDS_TWO),
    (Action::DisableDetection, NEEDS_TWO),
];

/// A role that cannot be composed like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    #[error(transparent)]
    Name(#[from] RoleNameError),
    #[error("the role `{name}` is built in and stays as it is: choose another name")]
    BuiltIn { name: RoleName },
    #[error("the shop has a role `{name}` already: choose another name, or change that one")]
    Twice { name: RoleName },
    #[error("the title of the role `{name}` must be 1 to {TITLE_MAX} characters of one line")]
    Title { name: RoleName },
    #[error("the role `{name}` may do nothing yet: give it one permission at least")]
    Empty { name: RoleName },
    #[error("the role `{name}` cannot hold `{action}`: {reason}")]
    Never {
        name: RoleName,
        action: Action,
        reason: &'static str,
    },
    #[error("the role `{name}` names `{action}` more than once: keep the reach that goes furthest")]
    ActionTwice { name: RoleName, action: Action },
}

/// A role that a shop composed from the list of actions.
///
/// INVARIANT: its name is no built-in role's, and it holds nothing of [`NEVER_COMPOSED`]: there is no
/// other way to make one than [`Role::new`], and reading one goes through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    name: RoleName,
    title: String,
    permissions: BTreeSet<Permission>,
}

impl Role {
    pub fn new(
        name: RoleName,
        title: impl Into<String>,
        permissions: impl IntoIterator<Item = Permission>,
    ) -> Result<Self, RoleError> {
        let title: String = title.into();
        let permissions: BTreeSet<Permission> = permissions.into_iter().collect();
        if BuiltIn::of(&name).is_some() {
            return Err(RoleError::BuiltIn { name });
        }
        let length = title.chars().count();
        if title.trim() != title
            || length == 0
            || length > TITLE_MAX
            || title.contains(char::is_control)
        {
            return Err(RoleError::Title { name });
        }
        if permissions.is_empty() {
            return Err(RoleError::Empty { name });
        }
        let mut named = BTreeSet::new();
        for action in permissions.iter().map(|permission| permission.action) {
            if let Some((_, reason)) = NEVER_COMPOSED.iter().find(|(never, _)| *never == action) {
                return Err(RoleError::Never {
                    name,
                    action,
                    reason,
                });
            }
            if !named.insert(action) {
                return Err(RoleError::ActionTwice { name, action });
            }
        }
        Ok(Self {
            name,
            title,
            permissions,
        })
    }

    #[must_use]
    pub const fn name(&self) -> &RoleName {
        &self.name
    }

    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    #[must_use]
    pub const fn permissions(&self) -> &BTreeSet<Permission> {
        &self.permissions
    }

    /// What a composed role may hold, and in which ways it is written.
    pub fn composable() -> impl Iterator<Item = Permission> {
        let actions = Action::ALL.iter().copied();
        let actions =
            actions.filter(|action| !NEVER_COMPOSED.iter().any(|(never, _)| never == action));
        actions.flat_map(|action| {
            let reaches = action.reaches().iter().copied().map(Some);
            let alone = action.reaches().is_empty().then_some(None);
            let reaches = reaches.chain(alone);
            reaches.map(move |reach| Permission { action, reach })
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: RoleName,
    title: String,
    permissions: Vec<Permission>,
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Self::new(written.name, written.title, written.permissions).map_err(de::Error::custom)
    }
}

/// Whether a permission of this action and reach is for conversations, for shoppers, or for all.
impl Permission {
    pub(crate) fn form(self) -> Form {
        match (self.reach, self.action.subject()) {
            (Some(Reach::Assigned), Subject::Shopper) => Form::Helped,
            (Some(Reach::Assigned), _) => Form::Assigned,
            (Some(Reach::Queue), _) => Form::Queue,
            (Some(Reach::All) | None, _) => Form::Whole,
        }
    }
}

/// The forms of policies that composed roles are made of (`policies/composed`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    Whole,
    Assigned,
    Queue,
    Helped,
    /// Reading while the glass is broken; beside the right to break it.
    Glass,
}
