//! Turns: sealed when stored, opened for who may see them, cleared again on the way out.

use std::collections::HashMap;

use guard::gate::{self, Advice, Cleared, LinkPolicy};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    conversations::{Author, ConversationRow, ConversationState, TurnRow},
    places::TurnBody,
};
use terms::{ConversationId, DataKeyId, MessageId, ShopId, StaffId, Timestamp, TurnId};
use vault::{DataKey, Row};

use crate::{
    Inbox, InboxError,
    conversation::ConversationKey,
    effects::{MessageFlagged, TurnStored},
};

/// A turn about to be stored. Only what the guard cleared can be.
#[derive(Debug)]
pub struct NewTurn<'a> {
    pub author: Author,
    /// Who wrote it, exactly for [`Author::Human`].
    pub staff: Option<StaffId>,
    pub message: Option<MessageId>,
    pub in_reply_to: Option<i64>,
    pub words: &'a Cleared,
}

/// A turn as it may be shown.
#[derive(Debug)]
pub struct Turn {
    pub id: TurnId,
    pub position: i64,
    pub author: Author,
    /// The name of the person who wrote it, for [`Author::Human`].
    pub name: Option<String>,
    pub words: Cleared,
    pub at: Timestamp,
    pub message: Option<MessageId>,
    pub in_reply_to: Option<i64>,
}

/// How a turn is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keeping<'a> {
    /// Sealed under a key of its own, since it may have to be written anew.
    pub own_key: bool,
    /// The conversation's rewriting with which it came: its words are not those that were sent.
    pub rewriting: i64,
    /// What staff are advised about it.
    pub advice: Option<&'a Advice>,
}

impl Inbox {
    /// Appends a turn to a locked conversation and records it. The caller writes the conversation's
    /// row, whose position this raises.
    pub async fn append(
        &self,
        tx: &mut dyn Transaction,
        conversation: &mut ConversationRow,
        turn: NewTurn<'_>,
    ) -> Result<TurnRow, InboxError> {
        let key = self.key_of(tx, conversation).await?;
        self.append_under(tx, &key, conversation, turn).await
    }

    /// As [`Inbox::append`], for whoever holds the conversation's key in this transaction already.
    pub async fn append_under(
        &self,
        tx: &mut dyn Transaction,
        key: &ConversationKey,
        conversation: &mut ConversationRow,
        turn: NewTurn<'_>,
    ) -> Result<TurnRow, InboxError> {
        self.append_kept(tx, key, conversation, turn, Keeping::default())
            .await
    }

    /// As [`Inbox::append_under`], kept in another way than most.
    pub async fn append_kept(
        &self,
        tx: &mut dyn Transaction,
        key: &ConversationKey,
        conversation: &mut ConversationRow,
        turn: NewTurn<'_>,
        keeping: Keeping<'_>,
    ) -> Result<TurnRow, InboxError> {
        let conversation_key = key;
        let key = key.of(conversation)?;
        let own_key = match keeping.own_key {
            true => Some(self.key_for_one_turn(tx, conversation).await?),
            false => None,
        };
        let position = conversation.last_position.saturating_add(1);
        let id = TurnId::random(&*self.rng);
        let now = self.clock.now();
        let body = turn.words.to_stored();
        let bound = Binding::new(conversation.id, position, id, turn.author, turn.staff);
        let row = TurnRow {
            shop: conversation.shop,
            conversation: conversation.id,
            position,
            id,
            author: turn.author,
            staff: turn.staff,
            message: turn.message,
            in_reply_to: turn.in_reply_to,
            body: own_key.as_ref().unwrap_or(key).seal::<TurnBody>(
                &*self.rng,
                Row::new(conversation.shop, &bound.parts()),
                &body,
            )?,
            rewriting: keeping.rewriting,
            own_key: own_key.is_some(),
            advice: self.sealed_advice(conversation_key, conversation, &bound, keeping.advice)?,
            at: now,
        };
        let actor = match (turn.author, turn.staff) {
            (Author::Human, Some(staff)) => Actor::Staff(staff),
            (Author::Shopper, _) if conversation.shopper.is_some() => Actor::Shopper,
            (Author::Shopper, _) => Actor::Guest,
            (Author::Ai, _) => Actor::Assistant,
            (Author::System | Author::Human, _) => Actor::System,
        };
        let effect = TurnStored {
            author: turn.author,
            position,
        };
        self.recorder
            .note(
                tx,
                conversation.shop,
                actor,
                Some(key.subject_tag()),
                effect,
            )
            .await?;
        if let Some(flagged) = keeping
            .advice
            .and_then(|advice| MessageFlagged::of(advice, position))
        {
            let subject = Some(key.subject_tag());
            self.recorder
                .note(tx, conversation.shop, Actor::System, subject, flagged)
                .await?;
        }
        tx.append_turn(&row).await?;
        conversation.last_position = position;
        conversation.updated_at = now;
        match turn.author {
            // What was closed is open again, and whoever answers in it owes an answer.
            Author::Shopper => {
                conversation.closed_at = None;
                if conversation.state == ConversationState::Human {
                    conversation.unanswered_since.get_or_insert(now);
                }
            }
            Author::Human => {
                conversation.unanswered_since = None;
                tx.end_person_requests(row.shop, row.conversation, now, true)
                    .await?;
            }
            Author::Ai | Author::System => {}
        }
        Ok(row)
    }

    /// Opens stored turns for somebody who may see them.
    pub async fn open(
        &self,
        snapshot: &mut dyn Snapshot,
        rows: Vec<TurnRow>,
        policy: &LinkPolicy,
    ) -> Result<Vec<Turn>, InboxError> {
        self.open_with(snapshot, rows, policy, HashMap::new()).await
    }

    /// As [`Inbox::open`], for whoever holds the conversation's key in this transaction already;
    /// the key is spent.
    pub async fn open_under(
        &self,
        snapshot: &mut dyn Snapshot,
        key: ConversationKey,
        rows: Vec<TurnRow>,
        policy: &LinkPolicy,
    ) -> Result<Vec<Turn>, InboxError> {
        let key = key.into_data_key();
        let keys = HashMap::from([(key.id(), key)]);
        self.open_with(snapshot, rows, policy, keys).await
    }

    async fn open_with(
        &self,
        snapshot: &mut dyn Snapshot,
        rows: Vec<TurnRow>,
        policy: &LinkPolicy,
        mut keys: HashMap<DataKeyId, DataKey>,
    ) -> Result<Vec<Turn>, InboxError> {
        let mut names: HashMap<StaffId, Option<String>> = HashMap::new();
        let mut turns = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.body.key();
            let key = match keys.remove(&id) {
                Some(key) => key,
                None => self.vault.key(snapshot, row.shop, id).await?,
            };
            let words = open_body(&key, &row, policy)?;
            keys.insert(id, key);
            let name = match row.staff {
                Some(staff) => {
                    self.name_once(snapshot, row.shop, staff, &mut names)
                        .await?
                }
                None => None,
            };
            turns.push(Turn {
                id: row.id,
                position: row.position,
                author: row.author,
                name,
                words,
                at: row.at,
                message: row.message,
                in_reply_to: row.in_reply_to,
            });
        }
        Ok(turns)
    }

    async fn name_once(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        staff: StaffId,
        names: &mut HashMap<StaffId, Option<String>>,
    ) -> Result<Option<String>, InboxError> {
        if let Some(known) = names.get(&staff) {
            return Ok(known.clone());
        }
        let name = self.identity.staff_name(snapshot, shop, staff).await?;
        names.insert(staff, name.clone());
        Ok(name)
    }
}

pub(crate) fn open_body(
    key: &DataKey,
    row: &TurnRow,
    policy: &LinkPolicy,
) -> Result<Cleared, InboxError> {
    let bound = Binding::of(row);
    let body = key.open(Row::new(row.shop, &bound.parts()), &row.body)?;
    Ok(gate::stored(body.expose(), policy)?)
}

/// What a turn's ciphertext is bound to: it opens at its own position of its own conversation only,
/// and as the words of who wrote it.
pub(crate) struct Binding {
    conversation: ConversationId,
    position: [u8; 8],
    id: TurnId,
    author: Author,
    staff: Option<StaffId>,
}

impl Binding {
    pub(crate) const fn new(
        conversation: ConversationId,
        position: i64,
        id: TurnId,
        author: Author,
        staff: Option<StaffId>,
    ) -> Self {
        Self {
            conversation,
            position: position.to_be_bytes(),
            id,
            author,
            staff,
        }
    }

    pub(crate) const fn of(row: &TurnRow) -> Self {
        Self::new(
            row.conversation,
            row.position,
            row.id,
            row.author,
            row.staff,
        )
    }

    pub(crate) fn parts(&self) -> [&[u8]; 5] {
        [
            self.conversation.as_bytes(),
            &self.position,
            self.id.as_bytes(),
            self.author.as_str().as_bytes(),
            self.staff.as_ref().map_or(&[], |staff| staff.as_bytes()),
        ]
    }
}
