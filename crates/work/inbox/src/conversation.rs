//! Conversations from the shopper's side: hers are found, nobody else's.

use guard::gate::LinkPolicy;
use identity::{Shopper, Verified, level::Level};
use ledger::SubjectTag;
use store::{
    Snapshot, Transaction,
    conversations::{ConversationRow, ConversationState, ReadConversations},
    keys::{Owner, WriteKeys},
    places::ConversationContext,
};
use terms::{ConversationId, Locale, RetentionClass, Secret};
use vault::{DataKey, Row};

use crate::{Inbox, InboxError, Turn, effects::PersonRequested};

/// The key of one conversation, held for the length of a transaction.
///
/// INVARIANT: it seals its own conversation's rows and no other's, so that forgetting an owner
/// forgets all of hers and nothing else.
#[derive(Debug)]
pub struct ConversationKey {
    conversation: ConversationId,
    key: DataKey,
}

impl ConversationKey {
    /// The key for a row of this conversation; refused for another's, and after the conversation
    /// was given to another owner.
    pub(crate) fn of(&self, row: &ConversationRow) -> Result<&DataKey, InboxError> {
        if row.id == self.conversation && self.key.owner() == owner_of(row) {
            return Ok(&self.key);
        }
        Err(InboxError::OtherKey)
    }

    pub(crate) fn into_data_key(self) -> DataKey {
        self.key
    }
}

/// Conversations one session may open. A guest's are all given to her shopper in one transaction,
/// which must stay short.
const MOST_OF_A_SESSION: usize = 50;
/// Conversations listed at most, the newest.
const LISTED: usize = 200;

/// Whose keys seal a conversation.
#[must_use]
pub const fn owner_of(row: &ConversationRow) -> Owner {
    match row.shopper {
        Some(shopper) => Owner::Shopper(shopper),
        None => Owner::Conversation(row.id),
    }
}

/// INVARIANT: a conversation belongs to its shopper once she is known, and to the session that
/// opened it before that; to nobody else ever.
fn is_hers<L: Level>(row: &ConversationRow, proof: &Verified<'_, Shopper, L>) -> bool {
    row.shop == proof.shop()
        && match row.shopper {
            Some(shopper) => proof.shopper() == Some(shopper),
            None => row.session == proof.session(),
        }
}

impl Inbox {
    /// The shopper's conversation; another's is refused like one that does not exist.
    pub async fn hers<L: Level>(
        &self,
        read: &mut dyn ReadConversations,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
    ) -> Result<ConversationRow, InboxError> {
        let row = read.conversation(proof.shop(), id).await?;
        row.filter(|row| is_hers(row, proof))
            .ok_or(InboxError::NoSuchConversation)
    }

    /// Turns of her conversation after a position, with the conversation as it stands.
    pub async fn turns_of_hers<L: Level>(
        &self,
        snapshot: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
        after: i64,
        limit: u32,
        policy: &LinkPolicy,
    ) -> Result<(ConversationRow, Vec<Turn>), InboxError> {
        let row = self.hers(snapshot, proof, id).await?;
        if row.last_position <= after {
            return Ok((row, Vec::new()));
        }
        let rows = snapshot.turns_after(row.shop, row.id, after, limit).await?;
        let turns = self.open(snapshot, rows, policy).await?;
        Ok((row, turns))
    }

    /// Her conversation, locked until the transaction ends; opened when there is none of this id.
    /// The flag says whether it was opened.
    pub async fn hers_locked_or_opened<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
        locale: &Locale,
    ) -> Result<(ConversationRow, bool), InboxError> {
        if let Some(row) = tx.lock_conversation(proof.shop(), id).await? {
            return if is_hers(&row, proof) {
                Ok((row, false))
            } else {
                Err(InboxError::NoSuchConversation)
            };
        }
        // In a session that has just ended it would be nobody's: merged with nothing, shown to nobody.
        self.identity.hold_shopper(tx, proof).await?;
        let opened = tx
            .conversations_of_session(proof.shop(), proof.session())
            .await?;
        if opened.len() >= MOST_OF_A_SESSION {
            return Err(InboxError::TooManyConversations);
        }
        let now = self.clock.now();
        let row = ConversationRow {
            shop: proof.shop(),
            id,
            session: proof.session(),
            shopper: proof.shopper(),
            state: ConversationState::Assistant,
            assigned: None,
            locale: locale.clone(),
            last_position: 0,
            waiting_since: None,
            unanswered_since: None,
            closed_at: None,
            context: None,
            rewritings: 0,
            opened_at: now,
            updated_at: now,
        };
        tx.insert_conversation(&row).await?;
        Ok((row, true))
    }

    /// Her newest conversations, newest first: a guest's are her session's, a shopper's all she has.
    pub async fn all_hers<L: Level>(
        &self,
        snapshot: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, L>,
    ) -> Result<Vec<ConversationRow>, InboxError> {
        let rows = match proof.shopper() {
            Some(shopper) => {
                snapshot
                    .conversations_of_shopper(proof.shop(), shopper)
                    .await?
            }
            None => {
                snapshot
                    .conversations_of_session(proof.shop(), proof.session())
                    .await?
            }
        };
        let hers = rows.into_iter().filter(|row| is_hers(row, proof));
        Ok(hers.take(LISTED).collect())
    }

    /// Puts the conversation into the queue; `false` when a person is on it already.
    pub async fn request_person(
        &self,
        tx: &mut dyn Transaction,
        row: &mut ConversationRow,
        by: ledger::Actor,
        reason: &'static str,
    ) -> Result<bool, InboxError> {
        if row.state != ConversationState::Assistant {
            return Ok(false);
        }
        let subject = self.subject_of(tx, row).await?;
        self.recorder
            .note(tx, row.shop, by, Some(subject), PersonRequested { reason })
            .await?;
        let now = self.clock.now();
        row.state = ConversationState::Waiting;
        row.waiting_since = Some(now);
        row.closed_at = None;
        tx.insert_person_request(row.shop, row.id, now).await?;
        Ok(true)
    }

    /// The assistant's context of the conversation, opened.
    pub async fn context(
        &self,
        snapshot: &mut dyn Snapshot,
        row: &ConversationRow,
    ) -> Result<Option<Secret<Vec<u8>>>, InboxError> {
        let Some(sealed) = &row.context else {
            return Ok(None);
        };
        let identity = [row.id.as_bytes().as_slice()];
        Ok(Some(
            self.vault
                .open_sealed(snapshot, Row::new(row.shop, &identity), sealed)
                .await?,
        ))
    }

    /// As [`Inbox::context`], for whoever holds the conversation's key in this transaction already.
    pub async fn context_under(
        &self,
        snapshot: &mut dyn Snapshot,
        key: &ConversationKey,
        row: &ConversationRow,
    ) -> Result<Option<Secret<Vec<u8>>>, InboxError> {
        let key = key.of(row)?;
        match &row.context {
            Some(sealed) if sealed.key() == key.id() => {
                let identity = [row.id.as_bytes().as_slice()];
                Ok(Some(key.open(Row::new(row.shop, &identity), sealed)?))
            }
            // Sealed under an older key of the owner, or not there.
            _ => self.context(snapshot, row).await,
        }
    }

    /// Seals the assistant's context into the row; the caller writes the row.
    pub fn set_context(
        &self,
        key: &ConversationKey,
        row: &mut ConversationRow,
        context: &[u8],
    ) -> Result<(), InboxError> {
        let identity = [row.id.as_bytes().as_slice()];
        let bound = Row::new(row.shop, &identity);
        let sealed = key
            .of(row)?
            .seal::<ConversationContext>(&*self.rng, bound, context)?;
        row.context = Some(sealed);
        Ok(())
    }

    /// The key that seals the conversation, made when there is none.
    pub async fn key_of(
        &self,
        tx: &mut dyn WriteKeys,
        row: &ConversationRow,
    ) -> Result<ConversationKey, InboxError> {
        let key = self
            .vault
            .sealing_key(tx, row.shop, owner_of(row), RetentionClass::Conversation)
            .await?;
        Ok(ConversationKey {
            conversation: row.id,
            key,
        })
    }

    /// Whom an entry about this conversation concerns.
    pub async fn subject_of(
        &self,
        tx: &mut dyn WriteKeys,
        row: &ConversationRow,
    ) -> Result<SubjectTag, InboxError> {
        Ok(self.key_of(tx, row).await?.of(row)?.subject_tag())
    }
}
