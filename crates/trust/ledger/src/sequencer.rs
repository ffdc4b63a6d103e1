//! The sequencer: gives entries their places, extends the tree, signs its head.
//!
//! Writers insert entries without touching the tree, so they never queue at it; about once a second
//! one node, elected by a lease, places what has gathered. The lease only saves work: what keeps the
//! tree straight is the lock on the shop's head. Places, tiles, size and checkpoint become durable
//! in one transaction, so a crash leaves all of a batch or none, and the next tick continues.
//!
//! Before it signs, the sequencer demands that the tiles give the root of the newest checkpoint,
//! that this checkpoint is its own, and that it continues the last one it signed in this process.
//! A tree that was changed under it is not signed over; it stops and says so.

use core::{fmt, time::Duration};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::{Database, StoreError, ledger::WriteLedger};
use terms::{Clock, EntryId, Rng, ShopId, Timestamp};
use uuid::Uuid;

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    keys::{KeyError, PublicKey, Signer},
    tiles::{RightEdge, TileError, from_stored, root_at, to_stored},
    tree::{Hash, leaf_hash},
};

/// The lease that elects one node.
const LEASE: &str = "ledger.sequencer";
const LEASE_TIME: Duration = Duration::from_secs(5);
/// Renewed while this much of it is left.
const LEASE_REST: Duration = Duration::from_secs(2);
/// Entries placed in one transaction.
const BATCH: u32 = 2_000;

/// Places the entries of shops and signs the heads of their trees.
pub struct Sequencer {
    signer: Signer,
    clock: Arc<dyn Clock>,
    /// This process, as the lease knows it.
    holder: Uuid,
    memory: Mutex<HashMap<ShopId, Memory>>,
}

/// What this process knows of a shop.
#[derive(Clone, Default)]
struct Memory {
    lease: Option<Timestamp>,
    signed: Option<Checkpoint>,
}

/// What a tick did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// Nothing was waiting.
    Nothing,
    /// Another node holds the lease.
    Elsewhere,
    /// So many entries got their places, and this head covers them.
    Entries { count: u64, head: Checkpoint },
}

#[derive(Debug, thiserror::Error)]
pub enum SequencerError {
    #[error(
        "the tree is not extended: its head has {head} entries, its newest checkpoint {checkpoint}; run a verification of the ledger"
    )]
    Head { head: u64, checkpoint: u64 },
    #[error(
        "the tree is not extended: its tiles do not give the root of the checkpoint of size {size}; run a verification of the ledger"
    )]
    Root { size: u64 },
    #[error(
        "the tree is not extended: it does not continue the checkpoint of size {size} that this process signed; run a verification of the ledger"
    )]
    Forgotten { size: u64 },
    #[error("the tree is not extended: its newest checkpoint is not this sequencer's: {0}")]
    Checkpoint(#[from] CheckpointError),
    #[error("the log's origin cannot name a key: {0}")]
    Key(#[from] KeyError),
    #[error("the tree is not extended: {0}")]
    Tiles(#[from] TileError),
    #[error("the ledger cannot be stored: {0}")]
    Store(#[from] StoreError),
}

impl Sequencer {
    #[must_use]
    pub fn new(signer: Signer, clock: Arc<dyn Clock>, rng: &dyn Rng) -> Self {
        let holder = *EntryId::random(rng).as_uuid();
        Self {
            signer,
            clock,
            holder,
            memory: Mutex::default(),
        }
    }

    /// The public key of the log with this origin; what verifiers need.
    pub fn public_key(&self, origin: &str) -> Result<PublicKey, KeyError> {
        self.signer.public_key(origin)
    }

    /// Places everything that waits, batch by batch, unless another node does. Does not write when
    /// nothing waits.
    pub async fn tick(
        &self,
        database: &dyn Database,
        shop: ShopId,
        origin: &str,
    ) -> Result<Placed, SequencerError> {
        if database
            .snapshot()
            .await?
            .unplaced_entries(shop, 1)
            .await?
            .is_empty()
        {
            return Ok(Placed::Nothing);
        }
        let mut placed = Placed::Nothing;
        while self.elected(database, shop).await? {
            let mut transaction = database.begin().await?;
            let Some((count, head)) = self.place(&mut *transaction, shop, origin).await? else {
                transaction.rollback().await?;
                return Ok(placed);
            };
            transaction.commit().await?;
            self.remember(shop, |memory| memory.signed = Some(head.clone()));
            let before = if let Placed::Entries { count, .. } = placed {
                count
            } else {
                0
            };
            placed = Placed::Entries {
                count: before.saturating_add(count),
                head,
            };
            if count < u64::from(BATCH) {
                return Ok(placed);
            }
        }
        Ok(if placed == Placed::Nothing {
            Placed::Elsewhere
        } else {
            placed
        })
    }

    /// Places one batch in the caller's transaction: how many, and the head that now covers them.
    /// `None` when nothing waits.
    pub async fn place(
        &self,
        ledger: &mut (dyn WriteLedger + Send),
        shop: ShopId,
        origin: &str,
    ) -> Result<Option<(u64, Checkpoint)>, SequencerError> {
        let size = from_stored(ledger.lock_ledger_head(shop).await?)?;
        let waiting = ledger.unplaced_entries(shop, BATCH).await?;
        if waiting.is_empty() {
            return Ok(None);
        }
        let mut edge = RightEdge::load(ledger, shop, size).await?;
        self.check(ledger, shop, origin, &edge).await?;

        let ids: Vec<EntryId> = waiting.iter().map(|entry| entry.id).collect();
        ledger.place_entries(shop, to_stored(size), &ids).await?;
        let leaves: Vec<Hash> = waiting.iter().map(|entry| leaf_hash(&entry.body)).collect();
        edge.append(ledger, shop, &leaves).await?;

        let head = Checkpoint {
            origin: origin.to_owned(),
            size: edge.size(),
            root: edge.root(),
        };
        let size_stored = to_stored(head.size);
        ledger.set_ledger_size(shop, size_stored).await?;
        let note = head.sign(&self.signer)?;
        let row = store::ledger::CheckpointRow {
            shop,
            size: size_stored,
            root: head.root,
            note,
            at: self.clock.now(),
        };
        ledger.insert_checkpoint(&row).await?;
        Ok(Some((head.size.saturating_sub(size), head)))
    }

    /// INVARIANT: nothing is signed that does not continue what was signed before.
    async fn check(
        &self,
        ledger: &mut (dyn WriteLedger + Send),
        shop: ShopId,
        origin: &str,
        edge: &RightEdge,
    ) -> Result<(), SequencerError> {
        let newest = match ledger.latest_checkpoint(shop).await? {
            Some(row) => Some(Checkpoint::open(
                &row.note,
                &self.signer.public_key(origin)?,
            )?),
            None => None,
        };
        let signed_size = newest.as_ref().map_or(0, |checkpoint| checkpoint.size);
        if signed_size != edge.size() {
            return Err(SequencerError::Head {
                head: edge.size(),
                checkpoint: signed_size,
            });
        }
        if newest.is_some_and(|checkpoint| checkpoint.root != edge.root()) {
            return Err(SequencerError::Root { size: signed_size });
        }
        if let Some(own) = self.recall(shop).signed {
            let continued =
                own.size <= edge.size() && root_at(ledger, shop, own.size).await? == own.root;
            if !continued {
                return Err(SequencerError::Forgotten { size: own.size });
            }
        }
        Ok(())
    }

    /// Whether this process holds the lease; takes or renews it where it must.
    async fn elected(&self, database: &dyn Database, shop: ShopId) -> Result<bool, SequencerError> {
        let now = self.clock.now();
        if self
            .recall(shop)
            .lease
            .is_some_and(|until| now.after(LEASE_REST) < until)
        {
            return Ok(true);
        }
        let until = now.after(LEASE_TIME);
        let mut transaction = database.begin().await?;
        let taken = transaction
            .take_lease(shop, LEASE, self.holder, now, until)
            .await?;
        transaction.commit().await?;
        self.remember(shop, |memory| memory.lease = taken.then_some(until));
        Ok(taken)
    }

    fn recall(&self, shop: ShopId) -> Memory {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.get(&shop).cloned().unwrap_or_default()
    }

    fn remember(&self, shop: ShopId, change: impl FnOnce(&mut Memory)) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        change(memory.entry(shop).or_default());
    }
}

impl fmt::Debug for Sequencer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sequencer({})", self.holder)
    }
}
