//! What the desk keeps beside the conversations themselves: tags, saved replies, what each member
//! of staff has read, who asked for a person; and the figures that are counted, never opened.

use async_trait::async_trait;
use terms::{ConversationId, ShopId, StaffId, Timestamp};

use crate::{
    Result,
    conversations::{ConversationRow, ConversationState, TurnRow},
    ledger::EntryRow,
};

/// A word of the shop by which conversations are sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    pub shop: ShopId,
    pub name: String,
    pub created_at: Timestamp,
}

/// A text of the shop that staff insert into their replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReplyRow {
    pub shop: ShopId,
    pub name: String,
    pub text: String,
    pub updated_at: Timestamp,
}

/// Which conversations are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// States of conversations that are not closed.
    pub states: Vec<ConversationState>,
    /// Whether closed ones are listed too.
    pub closed: bool,
    /// Only those that this person has taken over.
    pub assigned: Option<StaffId>,
    /// Only those with this tag.
    pub tag: Option<String>,
}

/// How many conversations there are of each kind; a closed one counts as closed alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    pub assistant: i64,
    pub waiting: i64,
    pub human: i64,
    pub closed: i64,
    /// Those that the asking person has taken over.
    pub mine: i64,
}

/// Where a walk through the newest turns stands: before this turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnMark {
    pub at: Timestamp,
    pub conversation: ConversationId,
    pub position: i64,
}

/// Conversations opened in one stretch of time: how many in all, answered by the assistant alone,
/// and handed over to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenedCount {
    /// Which stretch, from 0.
    pub stretch: i64,
    pub opened: i64,
    pub alone: i64,
    pub handed_over: i64,
}

/// Orders placed in one stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrdersCount {
    pub stretch: i64,
    pub orders: i64,
    /// What they are worth now, in minor units.
    pub worth: i64,
}

#[async_trait]
pub trait ReadDesk: Send {
    /// The conversations the filter names, whoever waits longest first (for somebody, or for the
    /// answer of the person she talks with), then the most recently changed; at most `limit`.
    async fn queue(
        &mut self,
        shop: ShopId,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<ConversationRow>>;
    async fn queue_counts(&mut self, shop: ShopId, staff: StaffId) -> Result<QueueCounts>;
    /// The shop's tags, by name.
    async fn tags(&mut self, shop: ShopId) -> Result<Vec<TagRow>>;
    /// The tags of a conversation, by name.
    async fn tags_of(&mut self, shop: ShopId, conversation: ConversationId) -> Result<Vec<String>>;
    /// The shop's saved replies, by name.
    async fn saved_replies(&mut self, shop: ShopId) -> Result<Vec<SavedReplyRow>>;
    /// How many turns the shopper wrote since this person read last.
    async fn unread(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        conversation: ConversationId,
    ) -> Result<i64>;
    /// Turns of the shop in a span of time (`from` included, `until` not), newest first, those
    /// before the mark, at most `limit`.
    async fn newest_turns(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        before: Option<TurnMark>,
        limit: u32,
    ) -> Result<Vec<TurnRow>>;
    /// Conversations that changed in a span of time, the most recently changed first, under the
    /// filter, at most `limit`.
    async fn conversations_changed(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<ConversationRow>>;
    /// What is on the record about a subject, newest first, at most `limit`.
    async fn entries_about(
        &mut self,
        shop: ShopId,
        subject: &[u8; 32],
        limit: u32,
    ) -> Result<Vec<EntryRow>>;
    /// Since when the longest wait for a person lasts; `None` when nobody waits.
    async fn longest_wait(&mut self, shop: ShopId) -> Result<Option<Timestamp>>;
    /// Conversations opened from a time on, by stretches of this many milliseconds; stretches
    /// without any are left out.
    async fn opened(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        stretch: i64,
    ) -> Result<Vec<OpenedCount>>;
    /// How long, in milliseconds, those waited whom a person answered since `from`; the newest
    /// answers first, at most `limit`.
    async fn answer_times(&mut self, shop: ShopId, from: Timestamp, limit: u32)
    -> Result<Vec<i64>>;
    /// Orders placed in a span of time, by stretches of this many milliseconds.
    async fn orders_placed(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        stretch: i64,
    ) -> Result<Vec<OrdersCount>>;
    /// Orders that wait for their payment, and what they are worth.
    async fn orders_unpaid(&mut self, shop: ShopId) -> Result<OrdersCount>;
}

#[async_trait]
pub trait WriteDesk: ReadDesk {
    /// Adds a tag; `false` when it is there already.
    async fn add_tag(&mut self, row: &TagRow) -> Result<bool>;
    /// Takes a tag from the shop and from every conversation; `false` when there is none.
    async fn remove_tag(&mut self, shop: ShopId, name: &str) -> Result<bool>;
    /// Gives a conversation exactly these tags, which the shop has.
    async fn replace_tags_of(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        tags: &[String],
        at: Timestamp,
    ) -> Result<()>;
    /// Writes a saved reply, in place of one of the same name.
    async fn put_saved_reply(&mut self, row: &SavedReplyRow) -> Result<()>;
    /// `false` when there is none of this name.
    async fn remove_saved_reply(&mut self, shop: ShopId, name: &str) -> Result<bool>;
    /// Remembers how far somebody has read; never less far than before.
    async fn mark_read(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        conversation: ConversationId,
        position: i64,
    ) -> Result<()>;
    /// Remembers that somebody asked for a person.
    async fn insert_person_request(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        asked_at: Timestamp,
    ) -> Result<()>;
    /// Ends what is open of the conversation's requests for a person, with an answer or without.
    async fn end_person_requests(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        at: Timestamp,
        answered: bool,
    ) -> Result<()>;
}
