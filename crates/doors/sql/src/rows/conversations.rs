//! Conversations, turns and notes.

use async_trait::async_trait;
use store::{
    Result,
    conversations::{
        Author, ConversationRow, ConversationState, NoteRow, ReadConversations, TurnRow,
        WriteConversations,
    },
};
use terms::{ConversationId, MessageId, SessionId, ShopId, ShopperId};

use super::each;
use crate::{
    engine::{Sql, locking},
    unit::Unit,
    value::{Row, binds},
};

const CONVERSATIONS: &str = "conversations";
const TURNS: &str = "turns";
const NOTES: &str = "notes";

macro_rules! select_conversations {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, session, shopper, state, assigned, locale, last_position, \
             waiting_since, unanswered_since, closed_at, context, rewritings, opened_at, \
             updated_at FROM conversations WHERE shop = $1 AND ",
            $rest
        )
    };
}

pub(super) use select_conversations;

macro_rules! select_turns {
    ($rest:literal) => {
        concat!(
            "SELECT shop, conversation, position, id, author, staff, message, in_reply_to, body, \
             rewriting, own_key, advice, at FROM turns WHERE shop = $1 AND conversation = $2 AND ",
            $rest
        )
    };
}

const LOCK: Sql = locking!(select_conversations!("id = $2"));

pub(super) fn conversation(row: &Row) -> Result<ConversationRow> {
    let mut fields = row.fields(CONVERSATIONS);
    Ok(ConversationRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        session: fields.parsed()?,
        shopper: fields.optional_parsed()?,
        state: fields.named(ConversationState::from_stored)?,
        assigned: fields.optional_parsed()?,
        locale: fields.parsed()?,
        last_position: fields.integer()?,
        waiting_since: fields.optional_time()?,
        unanswered_since: fields.optional_time()?,
        closed_at: fields.optional_time()?,
        context: fields.optional_sealed()?,
        rewritings: fields.integer()?,
        opened_at: fields.time()?,
        updated_at: fields.time()?,
    })
}

pub(super) fn turn(row: &Row) -> Result<TurnRow> {
    let mut fields = row.fields(TURNS);
    Ok(TurnRow {
        shop: fields.parsed()?,
        conversation: fields.parsed()?,
        position: fields.integer()?,
        id: fields.parsed()?,
        author: fields.named(Author::from_stored)?,
        staff: fields.optional_parsed()?,
        message: fields.optional_parsed()?,
        in_reply_to: fields.optional_integer()?,
        body: fields.sealed()?,
        rewriting: fields.integer()?,
        own_key: fields.boolean()?,
        advice: fields.optional_sealed()?,
        at: fields.time()?,
    })
}

fn note(row: &Row) -> Result<NoteRow> {
    let mut fields = row.fields(NOTES);
    Ok(NoteRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        conversation: fields.parsed()?,
        staff: fields.parsed()?,
        body: fields.sealed()?,
        at: fields.time()?,
    })
}

#[async_trait]
impl ReadConversations for Unit {
    async fn conversation(
        &mut self,
        shop: ShopId,
        id: ConversationId,
    ) -> Result<Option<ConversationRow>> {
        let text = select_conversations!("id = $2");
        let row = self.one(CONVERSATIONS, text, binds![shop, id]).await?;
        row.as_ref().map(conversation).transpose()
    }

    async fn conversations_of_session(
        &mut self,
        shop: ShopId,
        session: SessionId,
    ) -> Result<Vec<ConversationRow>> {
        let text = select_conversations!("session = $2 ORDER BY opened_at DESC, id DESC");
        let rows = self.all(CONVERSATIONS, text, binds![shop, session]).await?;
        each(&rows, conversation)
    }

    async fn conversations_of_shopper(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<ConversationRow>> {
        let text = select_conversations!("shopper = $2 ORDER BY opened_at DESC, id DESC");
        let rows = self.all(CONVERSATIONS, text, binds![shop, shopper]).await?;
        each(&rows, conversation)
    }

    async fn turn_by_message(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Option<TurnRow>> {
        let text = select_turns!("message = $3");
        let row = self
            .one(TURNS, text, binds![shop, conversation, message])
            .await?;
        row.as_ref().map(turn).transpose()
    }

    async fn turns_after(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<TurnRow>> {
        let text = select_turns!("position > $3 ORDER BY position LIMIT $4");
        let rows = self
            .all(TURNS, text, binds![shop, conversation, after, limit])
            .await?;
        each(&rows, turn)
    }

    async fn turns_in_reply_to(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        position: i64,
    ) -> Result<Vec<TurnRow>> {
        let text = select_turns!("in_reply_to = $3 ORDER BY position");
        let rows = self
            .all(TURNS, text, binds![shop, conversation, position])
            .await?;
        each(&rows, turn)
    }

    async fn turns_rewritten(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
        after: i64,
        through: i64,
    ) -> Result<Vec<TurnRow>> {
        let text =
            select_turns!("rewriting > 0 AND rewriting > $3 AND position <= $4 ORDER BY position");
        let rows = self
            .all(TURNS, text, binds![shop, conversation, after, through])
            .await?;
        each(&rows, turn)
    }

    async fn notes_of(
        &mut self,
        shop: ShopId,
        conversation: ConversationId,
    ) -> Result<Vec<NoteRow>> {
        let text = "SELECT shop, id, conversation, staff, body, at FROM notes \
                    WHERE shop = $1 AND conversation = $2 ORDER BY at, id";
        let rows = self.all(NOTES, text, binds![shop, conversation]).await?;
        each(&rows, note)
    }
}

#[async_trait]
impl WriteConversations for Unit {
    async fn insert_conversation(&mut self, row: &ConversationRow) -> Result<()> {
        self.insert(
            CONVERSATIONS,
            "INSERT INTO conversations (shop, id, session, shopper, state, assigned, locale, \
             last_position, waiting_since, unanswered_since, closed_at, context, rewritings, \
             opened_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15) \
             ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.session,
                row.shopper,
                row.state.as_str(),
                row.assigned,
                row.locale.as_str(),
                row.last_position,
                row.waiting_since,
                row.unanswered_since,
                row.closed_at,
                row.context.as_ref(),
                row.rewritings,
                row.opened_at,
                row.updated_at,
            ],
        )
        .await
    }

    async fn lock_conversation(
        &mut self,
        shop: ShopId,
        id: ConversationId,
    ) -> Result<Option<ConversationRow>> {
        let row = self.one(CONVERSATIONS, LOCK, binds![shop, id]).await?;
        row.as_ref().map(conversation).transpose()
    }

    async fn update_conversation(&mut self, row: &ConversationRow) -> Result<()> {
        self.update(
            CONVERSATIONS,
            "UPDATE conversations SET shopper = $3, state = $4, assigned = $5, locale = $6, \
             last_position = $7, waiting_since = $8, unanswered_since = $9, closed_at = $10, \
             context = $11, rewritings = $12, updated_at = $13 \
             WHERE shop = $1 AND id = $2",
            binds![
                row.shop,
                row.id,
                row.shopper,
                row.state.as_str(),
                row.assigned,
                row.locale.as_str(),
                row.last_position,
                row.waiting_since,
                row.unanswered_since,
                row.closed_at,
                row.context.as_ref(),
                row.rewritings,
                row.updated_at,
            ],
        )
        .await
    }

    async fn append_turn(&mut self, row: &TurnRow) -> Result<()> {
        self.insert(
            TURNS,
            "INSERT INTO turns (shop, conversation, position, id, author, staff, message, \
             in_reply_to, body, rewriting, own_key, advice, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.conversation,
                row.position,
                row.id,
                row.author.as_str(),
                row.staff,
                row.message,
                row.in_reply_to,
                &row.body,
                row.rewriting,
                row.own_key,
                row.advice.as_ref(),
                row.at,
            ],
        )
        .await
    }

    async fn rewrite_turn(&mut self, row: &TurnRow) -> Result<()> {
        self.update(
            TURNS,
            "UPDATE turns SET body = $4, rewriting = $5, own_key = $6 \
             WHERE shop = $1 AND conversation = $2 AND position = $3",
            binds![
                row.shop,
                row.conversation,
                row.position,
                &row.body,
                row.rewriting,
                row.own_key
            ],
        )
        .await
    }

    async fn rewrite_note(&mut self, row: &NoteRow) -> Result<()> {
        self.update(
            NOTES,
            "UPDATE notes SET body = $4 WHERE shop = $1 AND conversation = $2 AND id = $3",
            binds![row.shop, row.conversation, row.id, &row.body],
        )
        .await
    }

    async fn insert_note(&mut self, row: &NoteRow) -> Result<()> {
        self.insert(
            NOTES,
            "INSERT INTO notes (shop, id, conversation, staff, body, at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.conversation,
                row.staff,
                &row.body,
                row.at
            ],
        )
        .await
    }
}
