//! What staff may do: a closed list, and which role may do it.

use store::people::StaffRole;

mod sealed {
    pub trait Sealed {}
}

/// One thing that staff may be permitted to do.
pub trait Action: sealed::Sealed + Send + Sync + 'static {
    /// The name in the matrix, in errors and in the ledger.
    const NAME: &'static str;
    /// The roles that may.
    const ROLES: &'static [StaffRole];
    /// Whether it may be done in a session that a one-time link opened, before any factor is set up.
    const BEFORE_A_FACTOR: bool = false;
}

use StaffRole::{Admin, Agent};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal for $($role:ident)|+ $(, $early:ident)?;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Action for $name {
                const NAME: &'static str = $text;
                const ROLES: &'static [StaffRole] = &[$($role),+];
                $(const BEFORE_A_FACTOR: bool = actions!($early);)?
            }
        )*
        /// Every action with the roles that may do it.
        pub const ALL: &[(&str, &[StaffRole])] = &[$(($text, <$name as Action>::ROLES)),*];
    };
    (before_a_factor) => { true };
}

actions! {
    /// See one's own session and end it.
    OwnSession = "own_session" for Admin | Agent, before_a_factor;
    /// Set up what one signs in with.
    SetUpFactor = "set_up_factor" for Admin | Agent, before_a_factor;
    /// See, name and remove what one signs in with.
    OwnFactors = "own_factors" for Admin | Agent;
    /// See from where one is signed in, and end sessions of one's own.
    OwnSessions = "own_sessions" for Admin | Agent;
    /// See which conversations wait, and listen for changes.
    ReadQueue = "read_queue" for Admin | Agent;
    /// Read what was said in a conversation, and its notes.
    ReadConversation = "read_conversation" for Admin | Agent;
    /// Take a conversation over from the assistant or out of the queue.
    TakeOver = "take_over" for Admin | Agent;
    /// Answer in a conversation that one has taken over.
    Reply = "reply" for Admin | Agent;
    /// Hand a conversation back to the assistant.
    HandBack = "hand_back" for Admin | Agent;
    /// Note something about a conversation.
    WriteNote = "write_note" for Admin | Agent;
    /// See who works for the shop.
    ReadStaff = "read_staff" for Admin;
    /// Add staff and make their sign-in links.
    InviteStaff = "invite_staff" for Admin;
    /// See the shop's orders and who bought.
    ReadOrders = "read_orders" for Admin | Agent;
    /// Process, ship and deliver orders, and receive what came back.
    ServeOrders = "serve_orders" for Admin | Agent;
    /// Book money that came in outside any gateway.
    BookPayment = "book_payment" for Admin;
    /// See the state of the ledger.
    ReadLedger = "read_ledger" for Admin;
    /// See what the assistant answers from, try questions on it, and see which found no answer.
    ReadKnowledge = "read_knowledge" for Admin | Agent;
    /// Write what the assistant answers from, import it, and put questions without an answer away.
    WriteKnowledge = "write_knowledge" for Admin | Agent;
    /// Give a conversation to a colleague, whose name one sees for it.
    AssignConversation = "assign_conversation" for Admin | Agent;
    /// Close a conversation, and open it again.
    CloseConversation = "close_conversation" for Admin | Agent;
    /// Sort a conversation by the shop's tags.
    TagConversation = "tag_conversation" for Admin | Agent;
    /// Add and remove the shop's tags.
    EditTags = "edit_tags" for Admin | Agent;
    /// Write and remove the shop's saved replies.
    EditSavedReplies = "edit_saved_replies" for Admin | Agent;
    /// Search the conversations, also by what was said in them.
    SearchConversations = "search_conversations" for Admin | Agent;
    /// See the figures of the shop's day.
    ReadOverview = "read_overview" for Admin | Agent;
    /// Find a shopper by her address, and see her page.
    ReadShoppers = "read_shoppers" for Admin | Agent;
    /// See how shoppers rate the chats, in numbers.
    ReadRatings = "read_ratings" for Admin | Agent;
    /// See how the widget is set up.
    ReadFront = "read_front" for Admin;
    /// Set up the widget, and go live.
    ChangeFront = "change_front" for Admin;
    /// Fetch the pictures that the catalogue names, and see which were not taken.
    FetchPictures = "fetch_pictures" for Admin;
    /// See the widget on the shop's pages before it is live.
    PreviewFront = "preview_front" for Admin | Agent;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix as it was agreed. A change here is a change of who may do what.
    #[test]
    fn the_matrix_is_the_agreed_one() {
        let matrix: Vec<String> = ALL
            .iter()
            .map(|(action, roles)| {
                let may = |role| if roles.contains(&role) { "yes" } else { "no" };
                format!("{action}: admin {}, agent {}", may(Admin), may(Agent))
            })
            .collect();
        assert_eq!(
            matrix,
            [
                "own_session: admin yes, agent yes",
                "set_up_factor: admin yes, agent yes",
                "own_factors: admin yes, agent yes",
                "own_sessions: admin yes, agent yes",
                "read_queue: admin yes, agent yes",
                "read_conversation: admin yes, agent yes",
                "take_over: admin yes, agent yes",
                "reply: admin yes, agent yes",
                "hand_back: admin yes, agent yes",
                "write_note: admin yes, agent yes",
                "read_staff: admin yes, agent no",
                "invite_staff: admin yes, agent no",
                "read_orders: admin yes, agent yes",
                "serve_orders: admin yes, agent yes",
                "book_payment: admin yes, agent no",
                "read_ledger: admin yes, agent no",
                "read_knowledge: admin yes, agent yes",
                "write_knowledge: admin yes, agent yes",
                "assign_conversation: admin yes, agent yes",
                "close_conversation: admin yes, agent yes",
                "tag_conversation: admin yes, agent yes",
                "edit_tags: admin yes, agent yes",
                "edit_saved_replies: admin yes, agent yes",
                "search_conversations: admin yes, agent yes",
                "read_overview: admin yes, agent yes",
                "read_shoppers: admin yes, agent yes",
                "read_ratings: admin yes, agent yes",
                "read_front: admin yes, agent no",
                "change_front: admin yes, agent no",
                "fetch_pictures: admin yes, agent no",
                "preview_front: admin yes, agent yes",
            ]
        );
    }
}
