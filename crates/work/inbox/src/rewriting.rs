//! Turns and notes written anew: parts of a card are taken out of what was stored.
//!
//! A card told in parts is known only when its last part comes. What was stored until then is replaced,
//! and the key that sealed it destroyed, in the transaction that stores the last part: when that is
//! durable, neither a reader nor a copy of an older row finds a part.

use std::collections::HashMap;

use guard::gate::{self, Cleared, LinkPolicy, ToldInParts};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    conversations::{Author, ConversationRow, NoteRow, TurnRow},
    keys::WriteKeys,
    places::{NoteBody, TurnBody},
};
use terms::{DataKeyId, RetentionClass};
use vault::{DataKey, Row, Shredding};

use crate::{
    Inbox, InboxError, Turn,
    conversation::{ConversationKey, owner_of},
    effects::PartsErased,
    turns::{Binding, open_body},
};

/// How many of a conversation's last turns are read with a new message.
const RECENT: i64 = 80;

/// A stored turn with its words.
#[derive(Debug)]
pub struct Recent {
    row: TurnRow,
    words: Cleared,
    text: String,
}

impl Recent {
    /// The words, when the shopper wrote them.
    #[must_use]
    pub fn hers(&self) -> Option<&str> {
        (self.row.author == Author::Shopper).then_some(self.text.as_str())
    }
}

impl Inbox {
    /// The last turns of a conversation, for a message that may complete what was told in parts.
    pub async fn recent(
        &self,
        snapshot: &mut dyn Snapshot,
        conversation: &ConversationRow,
        policy: &LinkPolicy,
    ) -> Result<Vec<Recent>, InboxError> {
        let after = conversation.last_position.saturating_sub(RECENT).max(0);
        let limit = u32::try_from(RECENT).unwrap_or(u32::MAX);
        let rows = snapshot
            .turns_after(conversation.shop, conversation.id, after, limit)
            .await?;
        let mut keys: HashMap<DataKeyId, DataKey> = HashMap::new();
        let mut recent = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.body.key();
            let key = match keys.remove(&id) {
                Some(key) => key,
                None => self.vault.key(snapshot, row.shop, id).await?,
            };
            let words = open_body(&key, &row, policy)?;
            keys.insert(id, key);
            let text = words.plain_text();
            recent.push(Recent { row, words, text });
        }
        Ok(recent)
    }

    /// Takes the parts out of the turns that were read and out of the notes, and records it; the caller
    /// writes the conversation's row, whose count of rewritings this raises.
    ///
    /// INVARIANT: `recent` is what [`Inbox::recent`] gave for this conversation in this transaction, and
    /// `told` numbers the shopper's messages as they come there.
    pub async fn erase_parts(
        &self,
        tx: &mut dyn Transaction,
        key: &ConversationKey,
        conversation: &mut ConversationRow,
        recent: Vec<Recent>,
        told: &ToldInParts,
    ) -> Result<(), InboxError> {
        let sealing = key.of(conversation)?;
        conversation.rewritings = conversation.rewritings.saturating_add(1);
        let mut shredded = Vec::new();
        let mut turns = 0_i64;
        let mut hers = 0;
        for Recent { row, words, text } in recent {
            let mut anew = None;
            if row.author == Author::Shopper {
                anew = told.message(hers, &text).map(|words| gate::echo(&words));
                hers += 1;
            }
            let Some(anew) = anew.or_else(|| told.words(&words)) else {
                continue;
            };
            if row.own_key {
                shredded.push(row.body.key());
            }
            let bound = Binding::of(&row);
            let body = sealing.seal::<TurnBody>(
                &*self.rng,
                Row::new(row.shop, &bound.parts()),
                &anew.to_stored(),
            )?;
            tx.rewrite_turn(&TurnRow {
                body,
                rewriting: conversation.rewritings,
                own_key: false,
                ..row
            })
            .await?;
            turns += 1;
        }
        let notes = self.erase_in_notes(tx, sealing, conversation, told).await?;
        let shop = conversation.shop;
        let subject = Some(sealing.subject_tag());
        let erased = PartsErased { turns, notes };
        self.recorder
            .note(tx, shop, Actor::System, subject, erased)
            .await?;
        let shredding = Shredding {
            shop,
            keys: shredded,
            reason: "card_told_in_parts",
        };
        let recorded = self
            .recorder
            .record(tx, shop, Actor::System, subject, shredding)
            .await?;
        self.vault.shred(tx, recorded).await?;
        Ok(())
    }

    /// Staff may have noted what they read. Returns how many notes were written anew.
    async fn erase_in_notes(
        &self,
        tx: &mut dyn Transaction,
        sealing: &DataKey,
        conversation: &ConversationRow,
        told: &ToldInParts,
    ) -> Result<i64, InboxError> {
        let mut count = 0;
        for row in tx.notes_of(conversation.shop, conversation.id).await? {
            let identity = [row.conversation.as_bytes().as_slice(), row.id.as_bytes()];
            let bound = Row::new(row.shop, &identity);
            let body = self.vault.open_sealed(tx, bound, &row.body).await?;
            let text =
                core::str::from_utf8(body.expose()).map_err(|_| InboxError::NoteUnreadable)?;
            let Some(anew) = told.text(text) else {
                continue;
            };
            let body = sealing.seal::<NoteBody>(&*self.rng, bound, anew.as_bytes())?;
            tx.rewrite_note(&NoteRow { body, ..row }).await?;
            count += 1;
        }
        Ok(count)
    }

    /// Turns up to a position that were written anew after a rewriting of this number, for whoever shows
    /// them already. `conversation` is one that its reader may see.
    pub async fn rewritten(
        &self,
        snapshot: &mut dyn Snapshot,
        conversation: &ConversationRow,
        after: i64,
        through: i64,
        policy: &LinkPolicy,
    ) -> Result<Vec<Turn>, InboxError> {
        let rows = rewritten_rows(snapshot, conversation, after, through).await?;
        self.open(snapshot, rows, policy).await
    }

    pub(crate) async fn key_for_one_turn(
        &self,
        tx: &mut dyn WriteKeys,
        row: &ConversationRow,
    ) -> Result<DataKey, InboxError> {
        Ok(self
            .vault
            .key_for_one_row(tx, row.shop, owner_of(row), RetentionClass::Conversation)
            .await?)
    }
}

pub(crate) async fn rewritten_rows(
    snapshot: &mut dyn Snapshot,
    conversation: &ConversationRow,
    after: i64,
    through: i64,
) -> Result<Vec<TurnRow>, InboxError> {
    if conversation.rewritings <= after || through == 0 {
        return Ok(Vec::new());
    }
    Ok(snapshot
        .turns_rewritten(conversation.shop, conversation.id, after, through)
        .await?)
}
