//! The desk's own rows, the queue, and the figures of the overview.

use async_trait::async_trait;
use store::{
    Result,
    conversations::{ConversationRow, ConversationState, TurnRow},
    desk::{
        OpenedCount, OrdersCount, QueueCounts, QueueFilter, ReadDesk, SavedReplyRow, TagRow,
        TurnMark, WriteDesk,
    },
    ledger::EntryRow,
};
use terms::{ConversationId, ShopId, StaffId, Timestamp};

use super::{
    conversations::{conversation, select_conversations, turn},
    each,
    ledger::entry,
};
use crate::{
    unit::Unit,
    value::{Bind, Row, binds},
};

const CONVERSATIONS: &str = "conversations";
const TURNS: &str = "turns";
const TAGS: &str = "tags";
const CONVERSATION_TAGS: &str = "conversation_tags";
const SAVED_REPLIES: &str = "saved_replies";
const DESK_READS: &str = "desk_reads";
const PERSON_REQUESTS: &str = "person_requests";
const ORDERS: &str = "orders";
const ENTRIES: &str = "ledger_entries";

/// What every part of the queue demands beside its state: who has it ($3) and its tag ($4).
macro_rules! part {
    ($which:literal, $order:literal) => {
        concat!(
            "SELECT * FROM (",
            select_conversations!(""),
            $which,
            " AND (CAST($3 AS TEXT) IS NULL OR assigned = $3) \
             AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM conversation_tags \
             WHERE conversation_tags.shop = conversations.shop \
             AND conversation_tags.conversation = conversations.id AND tag = $4)) ORDER BY ",
            $order,
            " LIMIT $2"
        )
    };
}

/// Each state is read through an index of its own, so that a shop with a hundred thousand
/// conversations sorts at most four times the limit.
const QUEUE: &str = concat!(
    "SELECT * FROM (",
    part!(
        "waiting_since IS NOT NULL AND state = $5",
        "waiting_since, id"
    ),
    ") AS waiting UNION ALL ",
    part!(
        "state = $6 AND closed_at IS NULL",
        "unanswered_since IS NULL, unanswered_since, updated_at DESC, id"
    ),
    ") AS taken UNION ALL ",
    part!("state = $7 AND closed_at IS NULL", "updated_at DESC, id"),
    ") AS answered UNION ALL ",
    part!("closed_at IS NOT NULL AND $8", "closed_at DESC, id"),
    ") AS closed) AS queue ORDER BY coalesce(waiting_since, unanswered_since) IS NULL, \
     coalesce(waiting_since, unanswered_since), updated_at DESC, id LIMIT $2",
);

fn tag(row: &Row) -> Result<TagRow> {
    let mut fields = row.fields(TAGS);
    Ok(TagRow {
        shop: fields.parsed()?,
        name: fields.string()?,
        created_at: fields.time()?,
    })
}

fn tag_name(row: &Row) -> Result<String> {
    row.fields(CONVERSATION_TAGS).string()
}

fn saved_reply(row: &Row) -> Result<SavedReplyRow> {
    let mut fields = row.fields(SAVED_REPLIES);
    Ok(SavedReplyRow {
        shop: fields.parsed()?,
        name: fields.string()?,
        text: fields.string()?,
        updated_at: fields.time()?,
    })
}

fn opened_count(row: &Row) -> Result<OpenedCount> {
    let mut fields = row.fields(CONVERSATIONS);
    Ok(OpenedCount {
        stretch: fields.integer()?,
        opened: fields.integer()?,
        alone: fields.integer()?,
        handed_over: fields.integer()?,
    })
}

fn orders_count(row: &Row) -> Result<OrdersCount> {
    let mut fields = row.fields(ORDERS);
    Ok(OrdersCount {
        stretch: fields.integer()?,
        orders: fields.integer()?,
        worth: fields.integer()?,
    })
}

fn millis(row: &Row) -> Result<i64> {
    row.fields(PERSON_REQUESTS).integer()
}

/// NULL, which equals nothing, where a state was not asked for.
fn asked(filter: &QueueFilter, state: ConversationState) -> Option<&'static str> {
    filter.states.contains(&state).then_some(state.as_str())
}

#[async_trait]
impl ReadDesk for Unit {
    async fn queue(
        &mut self,
        shop: ShopId,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<ConversationRow>> {
        let binds = binds![
            shop,
            limit,
            filter.assigned,
            filter.tag.as_deref(),
            asked(filter, ConversationState::Waiting),
            asked(filter, ConversationState::Human),
            asked(filter, ConversationState::Assistant),
            filter.closed,
        ];
        let rows = self.all(CONVERSATIONS, QUEUE, binds).await?;
        each(&rows, conversation)
    }

    async fn queue_counts(&mut self, shop: ShopId, staff: StaffId) -> Result<QueueCounts> {
        let text = "SELECT count(CASE WHEN state = 'assistant' AND closed_at IS NULL THEN 1 END), \
             count(CASE WHEN state = 'waiting' THEN 1 END), \
             count(CASE WHEN state = 'human' THEN 1 END), count(closed_at), \
             count(CASE WHEN assigned = $2 THEN 1 END) FROM conversations WHERE shop = $1";
        let Some(row) = self.one(CONVERSATIONS, text, binds![shop, staff]).await? else {
            return Ok(QueueCounts::default());
        };
        let mut fields = row.fields(CONVERSATIONS);
        Ok(QueueCounts {
            assistant: fields.integer()?,
            waiting: fields.integer()?,
            human: fields.integer()?,
            closed: fields.integer()?,
            mine: fields.integer()?,
        })
    }

    async fn tags(&mut self, shop: ShopId) -> Result<Vec<TagRow>> {
        let text = "SELECT shop, name, created_at FROM tags WHERE shop = $1";
        let rows = self.all(TAGS, text, binds![shop]).await?;
        let mut tags = each(&rows, tag)?;
        // Sorted here: the order of text in a database depends on its locale.
        tags.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(tags)
    }

    async fn tags_of(&mut self, shop: ShopId, conversation: ConversationId) -> Result<Vec<String>> {
        let text = "SELECT tag FROM conversation_tags WHERE shop = $1 AND conversation = $2";
        let rows = self
            .all(CONVERSATION_TAGS, text, binds![shop, conversation])
            .await?;
        let mut tags = each(&rows, tag_name)?;
        tags.sort();
        Ok(tags)
    }

    async fn saved_replies(&mut self, shop: ShopId) -> Result<Vec<SavedReplyRow>> {
        let text = "SELECT shop, name, text, updated_at FROM saved_replies WHERE shop = $1";
        let rows = self.all(SAVED_REPLIES, text, binds![shop]).await?;
        let mut replies = each(&rows, saved_reply)?;
        replies.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(replies)
    }

    async fn unread(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        conversation: ConversationId,
    ) -> Result<i64> {
        let text = "SELECT count(*) FROM turns WHERE shop = $1 AND conversation = $3 \
             AND author = 'shopper' AND position > coalesce((SELECT position FROM desk_reads \
             WHERE shop = $1 AND staff = $2 AND conversation = $3), 0)";
        let row = self
            .one(TURNS, text, binds![shop, staff, conversation])
            .await?;
        row.map_or(Ok(0), |row| row.fields(TURNS).integer())
    }

    async fn newest_turns(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        before: Option<TurnMark>,
        limit: u32,
    ) -> Result<Vec<TurnRow>> {
        // The first walk begins where no turn is: at the end of the span.
        let first = TurnMark {
            at: until,
            conversation: ConversationId::from_uuid(uuid::Uuid::nil()),
            position: 0,
        };
        let mark = before.unwrap_or(first);
        let text = "SELECT shop, conversation, position, id, author, staff, message, in_reply_to, \
             body, rewriting, own_key, advice, at FROM turns WHERE shop = $1 AND at >= $2 AND at < $3 \
             AND (at, conversation, position) < ($4, $5, $6) \
             ORDER BY at DESC, conversation DESC, position DESC LIMIT $7";
        let binds = binds![
            shop,
            from,
            until,
            mark.at,
            mark.conversation,
            mark.position,
            limit
        ];
        let rows = self.all(TURNS, text, binds).await?;
        each(&rows, turn)
    }

    async fn conversations_changed(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<ConversationRow>> {
        let text = concat!(
            select_conversations!("updated_at >= $2 AND opened_at < $3"),
            " AND (CAST($4 AS TEXT) IS NULL OR assigned = $4) \
             AND (CAST($5 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM conversation_tags \
             WHERE conversation_tags.shop = conversations.shop \
             AND conversation_tags.conversation = conversations.id AND tag = $5)) \
             AND ((state IN ($6, $7, $8) AND closed_at IS NULL) \
             OR (closed_at IS NOT NULL AND $9)) ORDER BY updated_at DESC, id LIMIT $10"
        );
        let binds = binds![
            shop,
            from,
            until,
            filter.assigned,
            filter.tag.as_deref(),
            asked(filter, ConversationState::Waiting),
            asked(filter, ConversationState::Human),
            asked(filter, ConversationState::Assistant),
            filter.closed,
            limit,
        ];
        let rows = self.all(CONVERSATIONS, text, binds).await?;
        each(&rows, conversation)
    }

    async fn entries_about(
        &mut self,
        shop: ShopId,
        subject: &[u8; 32],
        limit: u32,
    ) -> Result<Vec<EntryRow>> {
        let text = "SELECT shop, id, at, kind, subject, body, position FROM ledger_entries \
             WHERE shop = $1 AND subject = $2 ORDER BY at DESC, id DESC LIMIT $3";
        let rows = self
            .all(ENTRIES, text, binds![shop, subject, limit])
            .await?;
        each(&rows, entry)
    }

    async fn longest_wait(&mut self, shop: ShopId) -> Result<Option<Timestamp>> {
        let text = "SELECT min(waiting_since) FROM conversations \
             WHERE shop = $1 AND waiting_since IS NOT NULL";
        let row = self.one(CONVERSATIONS, text, binds![shop]).await?;
        row.map_or(Ok(None), |row| row.fields(CONVERSATIONS).optional_time())
    }

    async fn opened(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        stretch: i64,
    ) -> Result<Vec<OpenedCount>> {
        let text = "SELECT stretch, count(*), count(CASE WHEN NOT handed AND answered THEN 1 END), \
             count(CASE WHEN handed THEN 1 END) FROM (SELECT (opened_at - $2) / $4 AS stretch, \
             (EXISTS (SELECT 1 FROM person_requests WHERE person_requests.shop = $1 \
             AND person_requests.conversation = conversations.id) \
             OR EXISTS (SELECT 1 FROM turns WHERE turns.shop = $1 \
             AND turns.conversation = conversations.id AND author = 'human')) AS handed, \
             EXISTS (SELECT 1 FROM turns WHERE turns.shop = $1 \
             AND turns.conversation = conversations.id AND author = 'ai') AS answered \
             FROM conversations WHERE shop = $1 AND opened_at >= $2 AND opened_at < $3) AS each_one \
             GROUP BY stretch ORDER BY stretch";
        let rows = self
            .all(CONVERSATIONS, text, binds![shop, from, until, stretch])
            .await?;
        each(&rows, opened_count)
    }

    async fn answer_times(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        limit: u32,
    ) -> Result<Vec<i64>> {
        let text = "SELECT answered_at - asked_at FROM person_requests WHERE shop = $1 \
             AND answered_at >= $2 ORDER BY answered_at DESC, conversation LIMIT $3";
        let rows = self
            .all(PERSON_REQUESTS, text, binds![shop, from, limit])
            .await?;
        each(&rows, millis)
    }

    async fn orders_placed(
        &mut self,
        shop: ShopId,
        from: Timestamp,
        until: Timestamp,
        stretch: i64,
    ) -> Result<Vec<OrdersCount>> {
        let text = "SELECT (placed_at - $2) / $4 AS stretch, count(*), CAST(sum(value) AS BIGINT) \
             FROM orders WHERE shop = $1 AND placed_at >= $2 AND placed_at < $3 \
             GROUP BY stretch ORDER BY stretch";
        let rows = self
            .all(ORDERS, text, binds![shop, from, until, stretch])
            .await?;
        each(&rows, orders_count)
    }

    async fn orders_unpaid(&mut self, shop: ShopId) -> Result<OrdersCount> {
        let text = "SELECT CAST(0 AS BIGINT), count(*), CAST(coalesce(sum(value), 0) AS BIGINT) \
             FROM orders WHERE shop = $1 AND pay_until IS NOT NULL";
        let row = self.one(ORDERS, text, binds![shop]).await?;
        row.map_or(Ok(OrdersCount::default()), |row| orders_count(&row))
    }
}

#[async_trait]
impl WriteDesk for Unit {
    async fn add_tag(&mut self, row: &TagRow) -> Result<bool> {
        let text = "INSERT INTO tags (shop, name, created_at) VALUES ($1, $2, $3) \
                    ON CONFLICT DO NOTHING";
        let binds = binds![row.shop, row.name.as_str(), row.created_at];
        Ok(self.change(TAGS, text, binds).await? == 1)
    }

    async fn remove_tag(&mut self, shop: ShopId, name: &str) -> Result<bool> {
        self.change(
            CONVERSATION_TAGS,
            "DELETE FROM conversation_tags WHERE shop = $1 AND tag = $2",
            binds![shop, name],
        )
        .await?;
        let text = "DELETE FROM tags WHERE shop = $1 AND name = $2";
        Ok(self.change(TAGS, text, binds![shop, name]).await? == 1)
    }

    async fn replace_tags_of(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        tags: &[String],
        at: Timestamp,
    ) -> Result<()> {
        self.change(
            CONVERSATION_TAGS,
            "DELETE FROM conversation_tags WHERE shop = $1 AND conversation = $2",
            binds![shop, conversation],
        )
        .await?;
        for tag in tags {
            self.insert(
                CONVERSATION_TAGS,
                "INSERT INTO conversation_tags (shop, conversation, tag, at) \
                 VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                binds![shop, conversation, tag.as_str(), at],
            )
            .await?;
        }
        Ok(())
    }

    async fn put_saved_reply(&mut self, row: &SavedReplyRow) -> Result<()> {
        let text = "INSERT INTO saved_replies (shop, name, text, updated_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (shop, name) DO UPDATE \
             SET text = excluded.text, updated_at = excluded.updated_at";
        let binds: Vec<Bind> = binds![
            row.shop,
            row.name.as_str(),
            row.text.as_str(),
            row.updated_at
        ];
        self.change(SAVED_REPLIES, text, binds).await?;
        Ok(())
    }

    async fn remove_saved_reply(&mut self, shop: ShopId, name: &str) -> Result<bool> {
        let text = "DELETE FROM saved_replies WHERE shop = $1 AND name = $2";
        let removed = self.change(SAVED_REPLIES, text, binds![shop, name]).await?;
        Ok(removed == 1)
    }

    async fn mark_read(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        conversation: ConversationId,
        position: i64,
    ) -> Result<()> {
        let text = "INSERT INTO desk_reads (shop, staff, conversation, position) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (shop, staff, conversation) DO UPDATE \
             SET position = excluded.position WHERE desk_reads.position < excluded.position";
        let binds = binds![shop, staff, conversation, position];
        self.change(DESK_READS, text, binds).await?;
        Ok(())
    }

    async fn insert_person_request(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        asked_at: Timestamp,
    ) -> Result<()> {
        let text = "INSERT INTO person_requests (shop, conversation, asked_at) \
             VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.change(PERSON_REQUESTS, text, binds![shop, conversation, asked_at])
            .await?;
        Ok(())
    }

    async fn end_person_requests(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        at: Timestamp,
        answered: bool,
    ) -> Result<()> {
        let text = "UPDATE person_requests SET ended_at = $3, answered_at = $4 \
             WHERE shop = $1 AND conversation = $2 AND ended_at IS NULL";
        let binds = binds![shop, conversation, at, answered.then_some(at)];
        self.change(PERSON_REQUESTS, text, binds).await?;
        Ok(())
    }
}
