//! What staff may do, as types: each is an action of [`access`], where the rules are. A handler names the
//! type it demands a permit for; that an action exists here and not there does not compile.

mod sealed {
    pub trait Sealed {}
}

/// One thing that staff may be permitted to do.
pub trait Action: sealed::Sealed + Send + Sync + 'static {
    /// As the rules know it.
    const WHAT: access::Action;
    /// The name in the matrix, in errors and in the ledger.
    const NAME: &'static str = Self::WHAT.name();
}

macro_rules! actions {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("[`access::Action::", stringify!($name), "`].")]
            #[derive(Debug)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Action for $name {
                const WHAT: access::Action = access::Action::$name;
            }
        )*
        /// Every action that some handler demands a permit for.
        pub const ALL: &[access::Action] = &[$(access::Action::$name),*];
    };
}

actions! {
    OwnSession
    SetUpFactor
    OwnFactors
    OwnSessions
    ReadQueue
    ReadConversation
    TakeOver
    Reply
    HandBack
    WriteNote
    ReadStaff
    InviteStaff
    ManageStaff
    ChangeRole
    ManageRoles
    ExplainAccess
    ReadSessions
    EndSessions
    ReadOrders
    ServeOrders
    BookPayment
    ReadLedger
    ReadKnowledge
    WriteKnowledge
    AssignConversation
    CloseConversation
    TagConversation
    EditTags
    EditSavedReplies
    SearchConversations
    ReadOverview
    ReadShoppers
    ReadRatings
    ReadFront
    ChangeFront
    FetchPictures
    PreviewFront
}
