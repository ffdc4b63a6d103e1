//! Marks on the messages that found no answer.
//!
//! A mark holds no words: it says which turn. The words stay where they are, sealed under the key of
//! whose conversation it is, and die with that key.

use async_trait::async_trait;
use terms::{ConversationId, QuestionId, ShopId, Timestamp};

use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnansweredRow {
    pub shop: ShopId,
    pub id: QuestionId,
    pub conversation: ConversationId,
    /// Where the question stands in the conversation.
    pub position: i64,
    pub at: Timestamp,
}

#[async_trait]
pub trait ReadUnanswered: Send {
    /// The newest marks of the shop, newest first.
    async fn unanswered(&mut self, shop: ShopId, limit: u32) -> Result<Vec<UnansweredRow>>;
}

#[async_trait]
pub trait WriteUnanswered: ReadUnanswered {
    /// Marks a turn; once is enough.
    async fn mark_unanswered(&mut self, row: &UnansweredRow) -> Result<()>;
    /// Takes a mark off; `false` when it is off already.
    async fn unmark_unanswered(&mut self, shop: ShopId, id: QuestionId) -> Result<bool>;
    /// Takes off every mark made before a time, of every shop; says how many.
    async fn sweep_unanswered(&mut self, before: Timestamp) -> Result<u64>;
}
