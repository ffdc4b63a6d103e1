//! Roles: who has which, who may change that, and the roles that a shop composes.
//!
//! INVARIANT: a change of somebody's role or access is decided about her row as it is in the transaction that
//! changes it, and ends every session of hers: nobody goes on with rights she had.

use access::{
    Action, BUILT_IN, BuiltIn, Decision, Permission, PermissionError, Resource, Role, RoleError,
    RoleNameError,
};
use ledger::Actor;
use store::{Snapshot, Transaction, people::StaffRow, roles::RoleRow};
use terms::{RoleName, ShopId, StaffId, Timestamp};

use crate::{
    Identity, IdentityError, Permit,
    actions::{self, ChangeRole, ExplainAccess, ManageRoles, ManageStaff, ReadStaff},
    effects::{RoleChanged, StaffDisabled, StaffEnabled, StandingChanged},
    rules,
};

/// How many roles of its own a shop may have.
pub const OWN_ROLES_MAX: usize = 40;

/// What somebody shall be from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub role: RoleName,
    /// Until when she has access. An auditor always comes for a time.
    pub access_ends: Option<Timestamp>,
}

impl From<RoleName> for Position {
    /// This role for as long as she works here.
    fn from(role: RoleName) -> Self {
        Self {
            role,
            access_ends: None,
        }
    }
}

/// A role of the shop, and how many people have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRole {
    pub role: Named,
    pub holders: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    BuiltIn(BuiltIn),
    /// With the version that a change of it must name.
    Own(Role, i64),
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// A colleague was faster: read it again.
    ChangedMeanwhile,
    /// Somebody has the role.
    InUse,
}

/// Whether somebody may do something, and why.
#[derive(Debug)]
pub struct Explained {
    pub action: Action,
    pub decision: Decision,
}

impl KnownRole {
    #[must_use]
    pub fn name(&self) -> RoleName {
        match &self.role {
            Named::BuiltIn(role) => RoleName::from(*role),
            Named::Own(role, _) => role.name().clone(),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.role {
            Named::BuiltIn(role) => role.title(),
            Named::Own(role, _) => role.title(),
        }
    }
}

/// A role that cannot be composed like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    #[error(transparent)]
    Name(#[from] RoleNameError),
    #[error("`permissions`: {0}")]
    Permission(#[from] PermissionError),
    #[error(transparent)]
    Role(#[from] RoleError),
}

/// Reads a role as it was written.
pub fn compose(name: &str, title: &str, permissions: &[String]) -> Result<Role, ComposeError> {
    let permissions = permissions.iter().map(|text| text.parse::<Permission>());
    let permissions = permissions.collect::<Result<Vec<_>, _>>()?;
    Ok(Role::new(name.parse()?, title.trim(), permissions)?)
}

/// Every permission that a role of a shop's own may hold.
pub fn composable() -> impl Iterator<Item = Permission> {
    Role::composable()
}

impl Identity {
    /// The roles that there are in the shop: the built-in ones, then its own.
    pub async fn roles(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadStaff>,
    ) -> Result<Vec<KnownRole>, IdentityError> {
        let shop = permit.shop();
        let staff = snapshot.staff_of(shop).await?;
        let holders = |name: &RoleName| {
            let working = staff.iter().filter(|row| row.disabled_at.is_none());
            working.filter(|row| row.role == *name).count()
        };
        let mut known: Vec<KnownRole> = BUILT_IN
            .iter()
            .map(|role| KnownRole {
                role: Named::BuiltIn(*role),
                holders: holders(&RoleName::from(*role)),
            })
            .collect();
        for row in snapshot.roles_of(shop).await? {
            if let Some(role) = rules::role(&row) {
                known.push(KnownRole {
                    holders: holders(role.name()),
                    role: Named::Own(role, row.version),
                });
            }
        }
        Ok(known)
    }

    /// What people call a role of the shop; its name where nobody knows it.
    pub async fn role_title(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        name: &RoleName,
    ) -> Result<String, IdentityError> {
        if let Some(role) = BuiltIn::of(name) {
            return Ok(role.title().to_owned());
        }
        let own = snapshot.roles_of(shop).await?;
        let own = own.into_iter().find(|row| row.name == *name);
        Ok(own.map_or_else(|| name.to_string(), |row| row.title))
    }

    /// Gives a colleague another role, or access until another day, and ends her sessions. `None` when
    /// nobody of this id works here; `false` when she is that already.
    pub async fn change_role(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ChangeRole>,
        staff: StaffId,
        to: &Position,
    ) -> Result<Option<bool>, IdentityError> {
        let Some(row) = self.hold_colleague(tx, permit, staff).await? else {
            return Ok(None);
        };
        permit.handing_out(&about(&row), &to.role)?;
        demand_no_longer(permit, to)?;
        self.stand(tx, Actor::Staff(permit.staff()), row, to)
            .await
            .map(Some)
    }

    /// As [`Identity::change_role`], on the operator's word: how a shop gets its first owner.
    pub async fn danger_change_role_as_operator(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
        to: &Position,
    ) -> Result<Option<bool>, IdentityError> {
        match self.hold_somebody(tx, shop, staff).await? {
            Some(row) => self.stand(tx, Actor::System, row, to).await.map(Some),
            None => Ok(None),
        }
    }

    async fn stand(
        &self,
        tx: &mut dyn Transaction,
        by: Actor,
        row: StaffRow,
        to: &Position,
    ) -> Result<bool, IdentityError> {
        let (shop, staff) = (row.shop, row.id);
        self.demand_role(tx, shop, to).await?;
        if row.role == to.role && row.access_ends == to.access_ends {
            return Ok(false);
        }
        let effect = StandingChanged {
            staff,
            from: row.role,
            to: to.role.clone(),
            access_ends: to.access_ends,
        };
        self.recorder.note(tx, shop, by, None, effect).await?;
        tx.change_standing(shop, staff, &to.role, to.access_ends)
            .await?;
        self.end_all_sessions_of(tx, shop, staff, by).await?;
        Ok(true)
    }

    /// Refuses a role that the shop does not have, and an auditor who comes for ever.
    pub(crate) async fn demand_role(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        position: &Position,
    ) -> Result<(), IdentityError> {
        let Position { role, access_ends } = position;
        if access_ends.is_some_and(|ends| ends <= self.clock.now()) {
            return Err(IdentityError::AccessInThePast);
        }
        match BuiltIn::of(role) {
            Some(BuiltIn::Auditor) if access_ends.is_none() => Err(IdentityError::AuditorForEver),
            Some(_) => Ok(()),
            None => {
                let own = snapshot.roles_of(shop).await?;
                let known = own.iter().any(|row| row.name == *role);
                let unknown = IdentityError::NoSuchRole { role: role.clone() };
                known.then_some(()).ok_or(unknown)
            }
        }
    }

    /// Shuts a colleague out: every session and every sign-in link of hers is worth nothing from the commit on.
    /// `None` when nobody of this id works here; `false` when she was shut out before.
    pub async fn disable(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ManageStaff>,
        staff: StaffId,
    ) -> Result<Option<bool>, IdentityError> {
        let Some(row) = self.hold_colleague(tx, permit, staff).await? else {
            return Ok(None);
        };
        permit.about(&about(&row))?;
        let by = Actor::Staff(permit.staff());
        self.shut_out(tx, by, &row).await.map(Some)
    }

    /// Lets a colleague in again; what she signs in with is what it was.
    pub async fn enable(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ManageStaff>,
        staff: StaffId,
    ) -> Result<Option<bool>, IdentityError> {
        let Some(row) = self.hold_colleague(tx, permit, staff).await? else {
            return Ok(None);
        };
        permit.about(&about(&row))?;
        if row.disabled_at.is_none() {
            return Ok(Some(false));
        }
        let (shop, by) = (row.shop, Actor::Staff(permit.staff()));
        self.recorder
            .note(tx, shop, by, None, StaffEnabled { staff })
            .await?;
        tx.enable_staff(shop, staff).await?;
        Ok(Some(true))
    }

    /// What a colleague may do, and why, one action after the other.
    pub async fn explain(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ExplainAccess>,
        staff: StaffId,
    ) -> Result<Option<Vec<Explained>>, IdentityError> {
        let shop = permit.shop();
        let Some(row) = snapshot.staff(shop, staff).await? else {
            return Ok(None);
        };
        let rules = self.rules_of_shop(snapshot, shop).await?;
        // As she is once she has signed in: without a second factor nobody may do anything else.
        let who = rules::who(row, true);
        let now = self.clock.now();
        let explained = Action::ALL.iter().map(|action| Explained {
            action: *action,
            decision: rules.possible(&who, *action, now),
        });
        Ok(Some(explained.collect()))
    }

    /// Composes a role, or changes one: `version` is that of the role as it was read, and 0 of a new one.
    pub async fn save_role(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ManageRoles>,
        role: &Role,
        version: i64,
    ) -> Result<Saved, IdentityError> {
        let shop = permit.shop();
        self.hold_actor(tx, permit).await?;
        permit.about(&Resource::Shop(shop))?;
        let others = tx.roles_of(shop).await?;
        if version == 0 && others.len() >= OWN_ROLES_MAX {
            return Err(IdentityError::TooManyRoles {
                most: OWN_ROLES_MAX,
            });
        }
        let row = RoleRow {
            shop,
            name: role.name().clone(),
            title: role.title().to_owned(),
            permissions: role.permissions().iter().map(ToString::to_string).collect(),
            version: version.saturating_add(1),
            changed_at: self.clock.now(),
        };
        // What cannot become rules is not kept.
        let others = others.into_iter().filter(|other| other.name != row.name);
        let all: Vec<RoleRow> = others.chain([row.clone()]).collect();
        rules::with_roles(&all)?;
        let saved = match version {
            0 => tx.insert_role(&row).await?,
            _ => tx.replace_role(&row).await?,
        };
        if !saved {
            return Ok(Saved::ChangedMeanwhile);
        }
        let effect = RoleChanged {
            role: row.name,
            change: if version == 0 { "composed" } else { "changed" },
            permissions: i64::try_from(row.permissions.len()).unwrap_or(i64::MAX),
            version: row.version,
        };
        let by = Actor::Staff(permit.staff());
        self.recorder.note(tx, shop, by, None, effect).await?;
        Ok(Saved::Done)
    }

    /// Removes a role that nobody has.
    pub async fn remove_role(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ManageRoles>,
        name: &RoleName,
        version: i64,
    ) -> Result<Saved, IdentityError> {
        let shop = permit.shop();
        self.hold_actor(tx, permit).await?;
        permit.about(&Resource::Shop(shop))?;
        if !tx.remove_role(shop, name, version).await? {
            let staff = tx.staff_of(shop).await?;
            let used = staff.iter().any(|row| row.role == *name);
            return Ok(if used {
                Saved::InUse
            } else {
                Saved::ChangedMeanwhile
            });
        }
        let effect = RoleChanged {
            role: name.clone(),
            change: "removed",
            permissions: 0,
            version,
        };
        let by = Actor::Staff(permit.staff());
        self.recorder.note(tx, shop, by, None, effect).await?;
        Ok(Saved::Done)
    }

    /// Shuts somebody out, with her sessions and every sign-in link of hers; `false` when she was before.
    pub(crate) async fn shut_out(
        &self,
        tx: &mut dyn Transaction,
        by: Actor,
        row: &StaffRow,
    ) -> Result<bool, IdentityError> {
        if row.disabled_at.is_some() {
            return Ok(false);
        }
        let (shop, staff, now) = (row.shop, row.id, self.clock.now());
        self.recorder
            .note(tx, shop, by, None, StaffDisabled { staff })
            .await?;
        tx.disable_staff(shop, staff, now).await?;
        tx.use_sign_in_links_of(shop, staff, now).await?;
        self.end_all_sessions_of(tx, shop, staff, by).await?;
        Ok(true)
    }
}

/// Nobody gives another access for longer than she has it herself.
pub(crate) fn demand_no_longer<A: actions::Action>(
    permit: &Permit<A>,
    position: &Position,
) -> Result<(), IdentityError> {
    let Some(own) = permit.access_ends() else {
        return Ok(());
    };
    match position.access_ends {
        Some(ends) if ends <= own => Ok(()),
        _ => Err(IdentityError::LongerThanOwn { ends: own }),
    }
}

/// A colleague as rules look at her.
pub(crate) fn about(row: &StaffRow) -> Resource {
    Resource::Staff(access::Colleague {
        shop: row.shop,
        id: row.id,
        role: row.role.clone(),
    })
}

/// The actions that a handler of this program demands a permit for; of the others nothing exists yet.
#[must_use]
pub fn is_there(action: Action) -> bool {
    actions::ALL.contains(&action)
}
