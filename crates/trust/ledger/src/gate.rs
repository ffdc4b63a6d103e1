//! The gate of the ledger: the only minter of [`Recorded`].
//!
//! - Comes in: an effect that is about to happen, and the transaction it will happen in.
//! - Minted: [`Recorded<E>`], after the entry row was written in that very transaction. If the
//!   transaction does not become durable, neither does the effect.
//! - Refused: details that are not ids, numbers or words of the program; a proof carried into
//!   another transaction.
//! - The attack it answers: an effect without its line on the record, whether by a forgotten call,
//!   by a crash between the two, or by someone who would rather not be seen.

use core::fmt;
use std::sync::Arc;

use store::{StoreError, Transaction, TransactionId, ledger::EntryRow};
use terms::{Clock, EntryId, Rng, ShopId, StaffId};

use crate::{
    details::{DetailFault, Details, is_kind},
    leaf::{Leaf, LeafError},
};

/// Something that must not happen without its entry.
pub trait Effect: Send + Sync {
    /// What happens, as a dotted word: `room.what_happened`. Another shape does not compile.
    const KIND: &'static str;

    /// Ids, numbers and words of the program; never text of persons.
    fn details(&self) -> Details;
}

/// Proof that the entry of `E` was written in the transaction in which the effect is about to
/// happen. Not `Clone` and not serialisable: one entry, one effect.
#[must_use = "the effect has its entry by now and has not happened yet"]
pub struct Recorded<E> {
    effect: E,
    entry: EntryId,
    transaction: TransactionId,
}

impl<E> Recorded<E> {
    /// What was recorded.
    #[must_use]
    pub const fn effect(&self) -> &E {
        &self.effect
    }

    /// The entry on the record.
    #[must_use]
    pub const fn entry(&self) -> EntryId {
        self.entry
    }

    /// Gives the effect to its doer; refuses when the doer works in another transaction.
    pub fn into_effect(self, transaction: TransactionId) -> Result<E, RecordError> {
        if self.transaction == transaction {
            Ok(self.effect)
        } else {
            Err(RecordError::OtherTransaction { entry: self.entry })
        }
    }
}

impl<E> fmt::Debug for Recorded<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recorded({})", self.entry)
    }
}

/// Who acts. A shopper's identity is the entry's [`SubjectTag`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Guest,
    Shopper,
    Staff(StaffId),
    Assistant,
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest => f.write_str("guest"),
            Self::Shopper => f.write_str("shopper"),
            Self::Staff(staff) => write!(f, "staff:{staff}"),
            Self::Assistant => f.write_str("assistant"),
            Self::System => f.write_str("system"),
        }
    }
}

/// The person concerned: an HMAC under a key that dies with her. Whoever holds that key can find
/// her entries; when it is destroyed nobody can.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SubjectTag([u8; 32]);

impl SubjectTag {
    /// Takes the HMAC that the vault computed.
    ///
    /// INVARIANT: never a plain hash of an address or an id, which anyone could recompute.
    #[must_use]
    pub const fn from_keyed_hash(tag: [u8; 32]) -> Self {
        Self(tag)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SubjectTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubjectTag({})", crate::leaf::hex(&self.0))
    }
}

/// Writes entries and mints the proofs of them.
pub struct Recorder {
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
}

impl Recorder {
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, rng: Arc<dyn Rng>) -> Self {
        Self { clock, rng }
    }

    /// Writes the entry of `effect` in `transaction` and mints the proof that the effect's doer
    /// demands. `subject` is the person concerned, if one is.
    pub async fn record<E: Effect>(
        &self,
        transaction: &mut dyn Transaction,
        shop: ShopId,
        actor: Actor,
        subject: Option<SubjectTag>,
        effect: E,
    ) -> Result<Recorded<E>, RecordError> {
        let row = self.entry_of(shop, actor, subject, &effect)?;
        transaction.insert_entry(&row).await?;
        Ok(Recorded {
            effect,
            entry: row.id,
            transaction: transaction.id(),
        })
    }

    /// Writes the entry of something that happens by the caller's own statements in this
    /// `transaction`, and for which no other room demands a proof.
    pub async fn note<E: Effect>(
        &self,
        transaction: &mut dyn Transaction,
        shop: ShopId,
        actor: Actor,
        subject: Option<SubjectTag>,
        effect: E,
    ) -> Result<EntryId, RecordError> {
        let row = self.entry_of(shop, actor, subject, &effect)?;
        transaction.insert_entry(&row).await?;
        Ok(row.id)
    }

    fn entry_of<E: Effect>(
        &self,
        shop: ShopId,
        actor: Actor,
        subject: Option<SubjectTag>,
        effect: &E,
    ) -> Result<EntryRow, RecordError> {
        const {
            assert!(
                is_kind(E::KIND),
                "KIND is not a dotted word such as `room.what_happened`"
            )
        };
        let leaf = Leaf {
            shop,
            id: EntryId::ordered(&*self.clock, &*self.rng),
            at: self.clock.now(),
            kind: E::KIND.to_owned(),
            actor,
            subject,
            details: effect.details().into_values()?,
        };
        Ok(leaf.into_row()?)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

/// Why an effect was not recorded, or its proof not accepted.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("the effect cannot be recorded: {0}")]
    Details(#[from] DetailFault),
    #[error("the effect cannot be recorded: {0}")]
    Leaf(#[from] LeafError),
    #[error(
        "the ledger entry `{entry}` was written in another transaction than the one its effect works in; record the effect in its own transaction"
    )]
    OtherTransaction { entry: EntryId },
    #[error("the ledger entry could not be stored: {0}")]
    Store(#[from] StoreError),
}
