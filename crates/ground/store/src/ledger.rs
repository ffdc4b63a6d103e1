//! The rows of the ledger: entries, the tree's tiles, its heads and signed checkpoints; and the
//! leases that elect one worker among nodes.

use async_trait::async_trait;
use terms::{EntryId, ShopId, Timestamp};
use uuid::Uuid;

use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    pub shop: ShopId,
    pub id: EntryId,
    pub at: Timestamp,
    pub kind: String,
    /// HMAC of the person concerned, under a key that dies with her.
    pub subject: Option<[u8; 32]>,
    /// The leaf: canonical JSON, exactly the bytes that are hashed.
    pub body: Vec<u8>,
    /// Place in the tree, from 0; `None` until the sequencer gave it one.
    pub position: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointRow {
    pub shop: ShopId,
    pub size: i64,
    pub root: [u8; 32],
    /// The signed note (C2SP signed-note, tlog-checkpoint).
    pub note: String,
    pub at: Timestamp,
}

/// A tile of up to 256 hashes (C2SP tlog-tiles).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileRow {
    pub shop: ShopId,
    pub level: i64,
    pub tile: i64,
    /// 1 to 256 concatenated 32-byte hashes.
    pub hashes: Vec<u8>,
}

#[async_trait]
pub trait ReadLedger: Send {
    async fn entry(&mut self, shop: ShopId, id: EntryId) -> Result<Option<EntryRow>>;
    /// Entries at positions `from..`, in order, at most `limit`.
    async fn entries_from(&mut self, shop: ShopId, from: i64, limit: u32) -> Result<Vec<EntryRow>>;
    /// Entries without a position, oldest first, at most `limit`.
    async fn unplaced_entries(&mut self, shop: ShopId, limit: u32) -> Result<Vec<EntryRow>>;
    /// How many entries there are: with a position, and without.
    async fn entry_counts(&mut self, shop: ShopId) -> Result<(i64, i64)>;
    async fn tile(&mut self, shop: ShopId, level: i64, tile: i64) -> Result<Option<TileRow>>;
    async fn latest_checkpoint(&mut self, shop: ShopId) -> Result<Option<CheckpointRow>>;
    /// Checkpoints of a size above `after`, smallest first, at most `limit`.
    async fn checkpoints_after(
        &mut self,
        shop: ShopId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<CheckpointRow>>;
    /// Size of the tree as the head row has it.
    async fn ledger_size(&mut self, shop: ShopId) -> Result<i64>;
}

#[async_trait]
pub trait WriteLedger: ReadLedger {
    /// Inserts an entry without a position. INVARIANT: touches no row that another entry touches,
    /// so that writers never queue at the tree.
    async fn insert_entry(&mut self, row: &EntryRow) -> Result<()>;
    /// Locks the shop's head for this transaction and returns the tree's size (0 at the start).
    async fn lock_ledger_head(&mut self, shop: ShopId) -> Result<i64>;
    /// Gives entries consecutive positions starting at `first`, in the order given.
    async fn place_entries(&mut self, shop: ShopId, first: i64, entries: &[EntryId]) -> Result<()>;
    async fn put_tile(&mut self, row: &TileRow) -> Result<()>;
    async fn set_ledger_size(&mut self, shop: ShopId, size: i64) -> Result<()>;
    async fn insert_checkpoint(&mut self, row: &CheckpointRow) -> Result<()>;

    /// Takes or keeps a lease until `until`; `false` when another holder has it beyond `now`.
    async fn take_lease(
        &mut self,
        shop: ShopId,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool>;
}
