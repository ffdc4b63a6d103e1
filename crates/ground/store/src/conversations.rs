//! Conversations, their turns, and the notes staff keep about them.

use async_trait::async_trait;
use terms::{
    ConversationId, Locale, MessageId, NoteId, Sealed, SessionId, ShopId, ShopperId, StaffId,
    Timestamp, TurnId,
};

use crate::{
    Result,
    places::{ConversationContext, NoteBody, TurnAdvice, TurnBody},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    pub shop: ShopId,
    pub id: ConversationId,
    /// The session that opened it.
    pub session: SessionId,
    /// The shopper it belongs to once she is known.
    pub shopper: Option<ShopperId>,
    pub state: ConversationState,
    /// Who has taken it over; `Some` exactly in state [`ConversationState::Human`].
    pub assigned: Option<StaffId>,
    pub locale: Locale,
    /// Position of the newest turn; 0 when there is none.
    pub last_position: i64,
    /// Since when a person is awaited; `Some` exactly in state [`ConversationState::Waiting`].
    pub waiting_since: Option<Timestamp>,
    /// Since when the person she talks with owes an answer; only in state
    /// [`ConversationState::Human`].
    pub unanswered_since: Option<Timestamp>,
    /// When staff closed it; only in state [`ConversationState::Assistant`].
    pub closed_at: Option<Timestamp>,
    pub context: Option<Sealed<ConversationContext>>,
    /// How often turns of it were written anew.
    pub rewritings: i64,
    pub opened_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConversationState {
    /// The assistant.
    Assistant,
    /// A person was asked for; nobody has taken it over.
    Waiting,
    /// A person.
    Human,
}

impl ConversationState {
    pub const ALL: [Self; 3] = [Self::Assistant, Self::Waiting, Self::Human];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Waiting => "waiting",
            Self::Human => "human",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRow {
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// 1, 2, 3 … within the conversation, without gaps.
    pub position: i64,
    pub id: TurnId,
    pub author: Author,
    /// Who wrote it; `Some` exactly for [`Author::Human`].
    pub staff: Option<StaffId>,
    /// The id the client chose. Unique in the conversation.
    pub message: Option<MessageId>,
    /// Position of the turn this one answers.
    pub in_reply_to: Option<i64>,
    pub body: Sealed<TurnBody>,
    /// The last of the conversation's rewritings that touched it; 0 when none did.
    pub rewriting: i64,
    /// Whether its body is sealed under a key of its own, to be destroyed when it is written anew.
    pub own_key: bool,
    /// What staff are advised about it; `None` where there is nothing to say.
    pub advice: Option<Sealed<TurnAdvice>>,
    pub at: Timestamp,
}

/// Who wrote a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Author {
    Shopper,
    Ai,
    Human,
    System,
}

impl Author {
    pub const ALL: [Self; 4] = [Self::Shopper, Self::Ai, Self::Human, Self::System];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Ai => "ai",
            Self::Human => "human",
            Self::System => "system",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|author| author.as_str() == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    pub shop: ShopId,
    pub id: NoteId,
    pub conversation: ConversationId,
    pub staff: StaffId,
    pub body: Sealed<NoteBody>,
    pub at: Timestamp,
}

#[async_trait]
pub trait ReadConversations: Send {
    async fn conversation(
        &mut self,
        shop: ShopId,
        id: ConversationId,
    ) -> Result<Option<ConversationRow>>;
    /// Conversations opened by the session, newest first.
    async fn conversations_of_session(
        &mut self,
        shop: ShopId,
        session: SessionId,
    ) -> Result<Vec<ConversationRow>>;
    /// Conversations of the shopper, newest first.
    async fn conversations_of_shopper(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<ConversationRow>>;
    async fn turn_by_message(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Option<TurnRow>>;
    /// Turns after a position, in order, at most `limit`.
    async fn turns_after(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<TurnRow>>;
    /// Turns that answer the turn at `position`, in order.
    async fn turns_in_reply_to(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        position: i64,
    ) -> Result<Vec<TurnRow>>;
    /// Turns up to the position `through` that were written anew after the conversation's rewriting of
    /// this number, in order.
    async fn turns_rewritten(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        after: i64,
        through: i64,
    ) -> Result<Vec<TurnRow>>;
    /// Notes about the conversation, oldest first.
    async fn notes_of(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Vec<NoteRow>>;
}

#[async_trait]
pub trait WriteConversations: ReadConversations {
    /// Inserts a conversation; [`crate::StoreError::Conflict`] when the id is taken.
    async fn insert_conversation(&mut self, row: &ConversationRow) -> Result<()>;
    /// Reads a conversation and keeps others from changing it until this transaction ends.
    async fn lock_conversation(
        &mut self,
        shop: ShopId,
        id: ConversationId,
    ) -> Result<Option<ConversationRow>>;
    /// Writes every field but `shop`, `id`, `session` and `opened_at`.
    async fn update_conversation(&mut self, row: &ConversationRow) -> Result<()>;
    /// Appends a turn; [`crate::StoreError::Conflict`] when its position or message is taken.
    async fn append_turn(&mut self, row: &TurnRow) -> Result<()>;
    /// Writes a turn's body anew, the number of the rewriting, and whether it has a key of its own;
    /// nothing else of it changes.
    async fn rewrite_turn(&mut self, row: &TurnRow) -> Result<()>;
    /// Writes a note's body anew; nothing else of it changes.
    async fn rewrite_note(&mut self, row: &NoteRow) -> Result<()>;
    async fn insert_note(&mut self, row: &NoteRow) -> Result<()>;
}
