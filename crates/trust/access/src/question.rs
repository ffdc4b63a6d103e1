//! What is asked: who, what, about what, in which circumstances.

use terms::{ClientId, ShopId, StaffId, Timestamp};

use crate::{Action, RoleName, Subject};

/// A member of staff, as her session proved her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub shop: ShopId,
    pub role: RoleName,
    /// Whether this session proved a second factor, or one that is two by itself (a passkey).
    pub second_factor: bool,
    /// Until when she has access at all; auditors always have such a day.
    pub access_ends: Option<Timestamp>,
}

/// A program that showed a key of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    pub shop: ShopId,
    pub role: RoleName,
    /// What of its role it may use.
    pub scopes: Vec<Action>,
    pub access_ends: Option<Timestamp>,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Staff(Staff),
    Client(Client),
}

impl Who {
    #[must_use]
    pub const fn role(&self) -> &RoleName {
        match self {
            Self::Staff(staff) => &staff.role,
            Self::Client(client) => &client.role,
        }
    }

    #[must_use]
    pub const fn shop(&self) -> ShopId {
        match self {
            Self::Staff(staff) => staff.shop,
            Self::Client(client) => client.shop,
        }
    }
}

/// Who answers in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The assistant.
    Assistant,
    /// A person was asked for.
    Waiting,
    /// A person.
    Human,
}

impl State {
    /// As policies call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assistant => "ai",
            Self::Waiting => "waiting",
            Self::Human => "human",
        }
    }
}

/// A conversation, as its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversation {
    pub shop: ShopId,
    pub state: State,
    pub closed: bool,
    /// Who has taken it over. Of somebody who works here no more it is `None`: such a conversation is
    /// nobody's, and waits.
    pub assigned: Option<StaffId>,
}

/// A shopper, or guest, for what is shown of her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shopper {
    pub shop: ShopId,
    /// To whom open conversations of hers are assigned.
    pub helped_by: Vec<StaffId>,
}

/// A member of staff whom something is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub shop: ShopId,
    pub id: StaffId,
    pub role: RoleName,
}

/// What two persons must agree on, asked for by the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalRequest {
    pub shop: ShopId,
    pub action: Action,
    pub asked_by: StaffId,
    /// The member of staff whom it changes.
    pub concerns: Option<StaffId>,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    Shop(ShopId),
    Conversation(Conversation),
    Shopper(Shopper),
    Staff(Colleague),
    ApprovalRequest(ApprovalRequest),
}

impl Resource {
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Shop(_) => Subject::Shop,
            Self::Conversation(_) => Subject::Conversation,
            Self::Shopper(_) => Subject::Shopper,
            Self::Staff(_) => Subject::Staff,
            Self::ApprovalRequest(_) => Subject::ApprovalRequest,
        }
    }

    #[must_use]
    pub const fn shop(&self) -> ShopId {
        match self {
            Self::Shop(shop) => *shop,
            Self::Conversation(conversation) => conversation.shop,
            Self::Shopper(shopper) => shopper.shop,
            Self::Staff(colleague) => colleague.shop,
            Self::ApprovalRequest(request) => request.shop,
        }
    }
}

/// May she do this?
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub(crate) who: &'a Who,
    pub(crate) action: Action,
    pub(crate) about: &'a Resource,
    pub(crate) now: Timestamp,
    pub(crate) asking: bool,
    pub(crate) approved_by: Option<StaffId>,
    pub(crate) hands_out: Option<&'a RoleName>,
    pub(crate) glass_ends: Option<Timestamp>,
}

impl<'a> Question<'a> {
    #[must_use]
    pub const fn new(who: &'a Who, action: Action, about: &'a Resource, now: Timestamp) -> Self {
        Self {
            who,
            action,
            about,
            now,
            asking: false,
            approved_by: None,
            hands_out: None,
            glass_ends: None,
        }
    }

    /// She does not do it yet: she asks for it, or wants to see the form for it. What a second person
    /// must agree on may be asked for alone, and the role that is handed out need not be chosen. The
    /// deed itself needs a question of its own, without this.
    #[must_use]
    pub const fn asking(mut self) -> Self {
        self.asking = true;
        self
    }

    /// Who agreed as the second person, to exactly this. That she might was a question of its own, about
    /// the [`ApprovalRequest`].
    #[must_use]
    pub const fn approved_by(mut self, staff: Option<StaffId>) -> Self {
        self.approved_by = staff;
        self
    }

    /// The role that an invitation, a change of role or a key hands out. Without it they are denied.
    #[must_use]
    pub const fn handing_out(mut self, role: &'a RoleName) -> Self {
        self.hands_out = Some(role);
        self
    }

    /// Until when this person has broken the glass of this very conversation, or of the shopper in it.
    #[must_use]
    pub const fn with_broken_glass_until(mut self, ends: Option<Timestamp>) -> Self {
        self.glass_ends = ends;
        self
    }
}
