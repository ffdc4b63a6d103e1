//! A ledger in memory whose every field a test may tamper with, and the clock, randomness and
//! entries that the tests use.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
};

use async_trait::async_trait;
use ledger::{PublicKey, Sequencer, Signer};
use store::{
    Result, StoreError,
    ledger::{CheckpointRow, EntryRow, ReadLedger, TileRow, WriteLedger},
};
use terms::{Clock, EntryId, Rng, Secret, ShopId, Timestamp};
use uuid::Uuid;

pub(crate) const ORIGIN: &str = "parlour/atelier";

/// A clock that moves one millisecond each time it is read.
#[derive(Default)]
pub(crate) struct TickingClock(AtomicI64);

impl TickingClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for TickingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_795_339_800_000 + self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// Bytes that differ from call to call.
#[derive(Default)]
pub(crate) struct CountingRng(AtomicU64);

impl Rng for CountingRng {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        for (byte, count) in bytes.iter_mut().zip(count.iter().cycle()) {
            *byte = *count;
        }
    }
}

pub(crate) fn shop() -> ShopId {
    "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10".parse().unwrap()
}

pub(crate) fn signer() -> Signer {
    Signer::from_seed(&Secret::new([42; 32])).unwrap()
}

pub(crate) fn key() -> PublicKey {
    signer().public_key(ORIGIN).unwrap()
}

pub(crate) fn sequencer() -> Sequencer {
    Sequencer::new(
        signer(),
        std::sync::Arc::new(TickingClock::default()),
        &CountingRng::default(),
    )
}

/// The `number`th entry, written as the documentation says, not by the code under test.
pub(crate) fn entry(number: u64) -> EntryRow {
    let id = EntryId::from_uuid(Uuid::from_u128(
        0x0191_f7a2_0000_7000_8000_0000_0000_0000 + u128::from(number),
    ));
    let at = 1_795_339_800_000 + i64::try_from(number).unwrap();
    let body = format!(
        r#"{{"actor":"shopper","at":{at},"details":{{"position":{number}}},"id":"{id}","kind":"conversation.message_stored","shop":"{}","subject":"{}","version":1}}"#,
        shop(),
        "5a".repeat(32),
    );
    EntryRow {
        shop: shop(),
        id,
        at: Timestamp::from_millis(at),
        kind: "conversation.message_stored".to_owned(),
        subject: Some([0x5a; 32]),
        body: body.into_bytes(),
        position: None,
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryLedger {
    pub(crate) entries: Vec<EntryRow>,
    pub(crate) tiles: BTreeMap<(i64, i64), Vec<u8>>,
    pub(crate) checkpoints: Vec<CheckpointRow>,
    pub(crate) size: i64,
}

impl MemoryLedger {
    /// A log that grew by these numbers of entries, one checkpoint each.
    pub(crate) async fn grown(steps: &[u64]) -> Self {
        let mut ledger = Self::default();
        for step in steps {
            ledger.grow(*step).await;
        }
        ledger
    }

    /// Adds entries and lets the sequencer place them.
    pub(crate) async fn grow(&mut self, count: u64) {
        let first = u64::try_from(self.entries.len()).unwrap();
        for number in first..first + count {
            self.insert_entry(&entry(number)).await.unwrap();
        }
        self.place().await;
    }

    pub(crate) async fn place(&mut self) {
        let sequencer = sequencer();
        while sequencer
            .place(self, shop(), ORIGIN)
            .await
            .unwrap()
            .is_some()
        {}
    }

    /// Forgets places, tiles and checkpoints, and lets whoever holds the key place everything
    /// anew: history rewritten by an insider.
    pub(crate) async fn resign(&mut self) {
        self.tiles.clear();
        self.checkpoints.clear();
        self.size = 0;
        for entry in &mut self.entries {
            entry.position = None;
        }
        self.place().await;
    }

    /// Computes all tiles anew from the entries, without signing: what someone without the key can
    /// do to hide an edit.
    pub(crate) async fn retile(&mut self) {
        let mut other = Self {
            entries: self.entries.clone(),
            ..Self::default()
        };
        other.resign().await;
        self.tiles = other.tiles;
    }

    pub(crate) fn at(&mut self, position: i64) -> &mut EntryRow {
        self.entries
            .iter_mut()
            .find(|entry| entry.position == Some(position))
            .unwrap()
    }
}

#[async_trait]
impl ReadLedger for MemoryLedger {
    async fn entry(&mut self, _: ShopId, id: EntryId) -> Result<Option<EntryRow>> {
        Ok(self.entries.iter().find(|entry| entry.id == id).cloned())
    }

    async fn entries_from(&mut self, _: ShopId, from: i64, limit: u32) -> Result<Vec<EntryRow>> {
        let mut rows: Vec<_> = self
            .entries
            .iter()
            .filter(|entry| entry.position.is_some_and(|position| position >= from))
            .cloned()
            .collect();
        rows.sort_by_key(|entry| entry.position);
        rows.truncate(limit.try_into().unwrap());
        Ok(rows)
    }

    async fn unplaced_entries(&mut self, _: ShopId, limit: u32) -> Result<Vec<EntryRow>> {
        let unplaced = self.entries.iter().filter(|entry| entry.position.is_none());
        Ok(unplaced.take(limit.try_into().unwrap()).cloned().collect())
    }

    async fn entry_counts(&mut self, _: ShopId) -> Result<(i64, i64)> {
        let placed = self
            .entries
            .iter()
            .filter(|entry| entry.position.is_some())
            .count();
        Ok((
            placed.try_into().unwrap(),
            (self.entries.len() - placed).try_into().unwrap(),
        ))
    }

    async fn tile(&mut self, shop: ShopId, level: i64, tile: i64) -> Result<Option<TileRow>> {
        let hashes = self.tiles.get(&(level, tile)).cloned();
        Ok(hashes.map(|hashes| TileRow {
            shop,
            level,
            tile,
            hashes,
        }))
    }

    async fn latest_checkpoint(&mut self, _: ShopId) -> Result<Option<CheckpointRow>> {
        Ok(self.checkpoints.iter().max_by_key(|row| row.size).cloned())
    }

    async fn checkpoints_after(
        &mut self,
        _: ShopId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<CheckpointRow>> {
        let rows = self.checkpoints.iter().filter(|row| row.size > after);
        Ok(rows.take(limit.try_into().unwrap()).cloned().collect())
    }

    async fn ledger_size(&mut self, _: ShopId) -> Result<i64> {
        Ok(self.size)
    }
}

#[async_trait]
impl WriteLedger for MemoryLedger {
    async fn insert_entry(&mut self, row: &EntryRow) -> Result<()> {
        if self.entries.iter().any(|entry| entry.id == row.id) {
            return Err(StoreError::Conflict {
                table: "ledger_entries",
            });
        }
        self.entries.push(row.clone());
        Ok(())
    }

    async fn lock_ledger_head(&mut self, _: ShopId) -> Result<i64> {
        Ok(self.size)
    }

    async fn place_entries(&mut self, _: ShopId, first: i64, entries: &[EntryId]) -> Result<()> {
        for (position, id) in (first..).zip(entries) {
            let entry = self
                .entries
                .iter_mut()
                .find(|entry| entry.id == *id && entry.position.is_none());
            entry
                .ok_or(StoreError::Missing {
                    table: "ledger_entries",
                })?
                .position = Some(position);
        }
        Ok(())
    }

    async fn put_tile(&mut self, row: &TileRow) -> Result<()> {
        self.tiles.insert((row.level, row.tile), row.hashes.clone());
        Ok(())
    }

    async fn set_ledger_size(&mut self, _: ShopId, size: i64) -> Result<()> {
        self.size = size;
        Ok(())
    }

    async fn insert_checkpoint(&mut self, row: &CheckpointRow) -> Result<()> {
        self.checkpoints.push(row.clone());
        Ok(())
    }

    async fn take_lease(
        &mut self,
        _: ShopId,
        _: &str,
        _: Uuid,
        _: Timestamp,
        _: Timestamp,
    ) -> Result<bool> {
        Ok(true)
    }
}
