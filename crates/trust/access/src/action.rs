//! What can be done in a shop: a closed list.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

use crate::Reach;

/// What an action does. Auditors see to their own sign-in and read, no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Sees to one's own sign-in, and touches nothing of the shop's. Every role has these.
    Own,
    /// Looks at something.
    Reads,
    /// Shows somebody's data in the clear, or lets it out of the house.
    Reveals,
    /// Changes something.
    Changes,
}

/// What an action is done to, and so what a question about it must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Shop,
    Conversation,
    Shopper,
    Staff,
    ApprovalRequest,
}

impl Subject {
    /// With its article, for sentences.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shop => "the shop",
            Self::Conversation => "a conversation",
            Self::Shopper => "a shopper",
            Self::Staff => "a member of staff",
            Self::ApprovalRequest => "a request for approval",
        }
    }
}

/// No action has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not an action: expected one of {}", names())]
pub struct ActionError {
    given: String,
}

fn names() -> String {
    let names: Vec<String> = Action::ALL
        .iter()
        .map(|action| format!("`{action}`"))
        .collect();
    names.join(", ")
}

macro_rules! actions {
    ($($name:ident = $text:literal, $kind:ident $subject:ident, $words:literal;)*) => {
        /// One thing that can be permitted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $words] $name,)*
        }

        impl Action {
            /// Every action, in the order of the matrix.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in policies, in the matrix, in errors and in the ledger.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind),* }
            }

            #[must_use]
            pub const fn subject(self) -> Subject {
                match self { $(Self::$name => Subject::$subject),* }
            }

            /// What it is, in plain words that go on from "may".
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }
        }
    };
}

actions! {
    OwnSession = "own_session", Own Shop, "see one's own session and end it";
    SetUpFactor = "set_up_factor", Own Shop, "set up what one signs in with";
    OwnFactors = "own_factors", Own Shop, "see, name and remove what one signs in with";
    OwnSessions = "own_sessions", Own Shop, "see from where one is signed in, and end sessions of one's own";

    ReadQueue = "read_queue", Reads Shop, "see which conversations wait, and listen for changes";
    SearchConversations = "search_conversations", Reads Shop, "search the conversations, also by what was said in them";
    ReadConversation = "read_conversation", Reads Conversation, "read what was said in a conversation, and its notes";
    TakeOver = "take_over", Changes Conversation, "take a conversation over from the assistant or out of the queue";
    Reply = "reply", Changes Conversation, "answer in a conversation that one has taken over";
    HandBack = "hand_back", Changes Conversation, "hand a conversation back to the assistant";
    AssignConversation = "assign_conversation", Changes Conversation, "give a conversation to a colleague, whose name one sees for it";
    WriteNote = "write_note", Changes Conversation, "note something about a conversation";
    TagConversation = "tag_conversation", Changes Conversation, "sort a conversation by the shop's tags";
    CloseConversation = "close_conversation", Changes Conversation, "close a conversation, and open it again";
    BreakGlass = "break_glass", Changes Conversation, "open a conversation that is not one's own, with a reason, for a short time, seen by the owner and the shopper";

    ReadShoppers = "read_shoppers", Reads Shop, "find a shopper by her address, and see her page";
    RevealAddress = "reveal_address", Reveals Shopper, "see a shopper's address in full";
    RevealContact = "reveal_contact", Reveals Shopper, "see a shopper's mail address and phone in full";

    ReadOrders = "read_orders", Reads Shop, "see the shop's orders and who bought";
    ServeOrders = "serve_orders", Changes Shop, "process, ship and deliver orders, and receive what came back";
    BookPayment = "book_payment", Changes Shop, "book money that came in outside any gateway";

    ReadKnowledge = "read_knowledge", Reads Shop, "see what the assistant answers from, try questions on it, and see which found no answer";
    WriteKnowledge = "write_knowledge", Changes Shop, "write what the assistant answers from, import it, and put questions without an answer away";
    EditTags = "edit_tags", Changes Shop, "add and remove the shop's tags";
    EditSavedReplies = "edit_saved_replies", Changes Shop, "write and remove the shop's saved replies";
    ReadOverview = "read_overview", Reads Shop, "see the figures of the shop's day";
    ReadRatings = "read_ratings", Reads Shop, "see how shoppers rate the chats, in numbers";

    ReadFront = "read_front", Reads Shop, "see how the widget is set up";
    PreviewFront = "preview_front", Reads Shop, "see the widget on the shop's pages before it is live";
    ChangeFront = "change_front", Changes Shop, "set up the widget, and go live";
    FetchPictures = "fetch_pictures", Changes Shop, "fetch the pictures that the catalogue names, and see which were not taken";

    ReadStaff = "read_staff", Reads Shop, "see who works for the shop, and with which role";
    InviteStaff = "invite_staff", Changes Shop, "add staff and make their sign-in links";
    ManageStaff = "manage_staff", Changes Staff, "disable a colleague, enable her again, and set until when she has access";
    ChangeRole = "change_role", Changes Staff, "give a colleague another role";
    GrantOwner = "grant_owner", Changes Staff, "make a colleague an owner of the shop";
    ReadSessions = "read_sessions", Reads Staff, "see where a colleague is signed in";
    EndSessions = "end_sessions", Changes Staff, "end a colleague's sessions";
    ManageRoles = "manage_roles", Changes Shop, "compose, change and remove the shop's own roles";
    ChangeSignIn = "change_sign_in", Changes Shop, "choose which ways to sign in the shop allows";
    ExplainAccess = "explain_access", Reads Shop, "see who may do what, and why";
    Approve = "approve", Changes ApprovalRequest, "be the second person for what another asked for";

    ManageClients = "manage_clients", Changes Shop, "see API clients, and end their keys";
    AddClient = "add_client", Changes Shop, "make a key for an API client, also in place of an older one";
    ReadApiDocs = "read_api_docs", Reads Shop, "read the description of the API";

    ReadLedger = "read_ledger", Reads Shop, "see the state of the ledger";
    ReadEvidence = "read_evidence", Reads Shop, "read what an audit needs: ledger, roles, sign-ins of staff, and controls";
    ReadPrivacy = "read_privacy", Reads Shop, "see the data map, and which requests about personal data are open";
    HandleRights = "handle_rights", Changes Shop, "answer a shopper's request about her own data";
    ExportBulk = "export_bulk", Reveals Shop, "export the data of many shoppers at once";
    EraseMany = "erase_many", Changes Shop, "erase many shoppers at once";
    DestroyKeys = "destroy_keys", Changes Shop, "destroy keys, so that what they sealed opens never again";
    ReadSecurity = "read_security", Reads Shop, "see detections, and what they found";
    DisableDetection = "disable_detection", Changes Shop, "turn a detection off";
    HandleIncidents = "handle_incidents", Changes Shop, "open incidents, lead them and close them";
}

impl Action {
    /// The action of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }

    /// Whether it is there before a second factor was proved, so that one can be.
    #[must_use]
    pub const fn is_before_a_factor(self) -> bool {
        matches!(self, Self::OwnSession | Self::SetUpFactor)
    }

    /// Whether a second person is asked for it: always, or for those whose role alone does not suffice.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(
            self,
            Self::ExportBulk
                | Self::EraseMany
                | Self::DestroyKeys
                | Self::DisableDetection
                | Self::GrantOwner
                | Self::AddClient
        )
    }

    /// How far a composed role may reach with it; empty where there is nothing to choose.
    #[must_use]
    pub const fn reaches(self) -> &'static [Reach] {
        match self {
            // Who answers has taken the conversation over.
            Self::Reply | Self::HandBack => &[Reach::Assigned],
            Self::TakeOver => &[Reach::Queue, Reach::All],
            Self::ReadConversation
            | Self::AssignConversation
            | Self::WriteNote
            | Self::TagConversation
            | Self::CloseConversation => &[Reach::Assigned, Reach::Queue, Reach::All],
            Self::RevealAddress | Self::RevealContact => &[Reach::Assigned, Reach::All],
            _ => &[],
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Action {
    type Err = ActionError;

    fn from_str(text: &str) -> Result<Self, ActionError> {
        Self::from_name(text).ok_or_else(|| ActionError {
            given: text.chars().take(64).collect(),
        })
    }
}

impl Serialize for Action {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
