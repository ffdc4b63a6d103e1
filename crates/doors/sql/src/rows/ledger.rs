//! The ledger's rows and the leases.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    ledger::{CheckpointRow, EntryRow, ReadLedger, TileRow, WriteLedger},
};
use terms::{EntryId, ShopId, Timestamp};
use uuid::Uuid;

use super::each;
use crate::{
    unit::Unit,
    value::{Bind, Row, binds},
};

const ENTRIES: &str = "ledger_entries";
const HEADS: &str = "ledger_heads";
const TILES: &str = "ledger_tiles";
const CHECKPOINTS: &str = "ledger_checkpoints";
const LEASES: &str = "leases";

macro_rules! select_entries {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, at, kind, subject, body, position FROM ledger_entries \
             WHERE shop = $1 AND ",
            $rest
        )
    };
}

macro_rules! select_checkpoints {
    ($rest:literal) => {
        concat!(
            "SELECT shop, size, root, note, at FROM ledger_checkpoints WHERE shop = $1 ",
            $rest
        )
    };
}

/// How many entries one statement places; a shorter batch is filled up with NULL, which is no id.
const BATCH: usize = 32;
const PLACE: &str = "UPDATE ledger_entries SET position = $2 + placed.column1 \
     FROM (VALUES (0, $3), (1, $4), (2, $5), (3, $6), (4, $7), (5, $8), (6, $9), (7, $10), (8, $11), \
     (9, $12), (10, $13), (11, $14), (12, $15), (13, $16), (14, $17), (15, $18), (16, \
     $19), (17, $20), (18, $21), (19, $22), (20, $23), (21, $24), (22, $25), (23, $26), \
     (24, $27), (25, $28), (26, $29), (27, $30), (28, $31), (29, $32), (30, $33), (31, \
     $34)) AS placed \
     WHERE shop = $1 AND id = placed.column2 AND position IS NULL";

pub(super) fn entry(row: &Row) -> Result<EntryRow> {
    let mut fields = row.fields(ENTRIES);
    Ok(EntryRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        at: fields.time()?,
        kind: fields.string()?,
        subject: fields.optional_hash()?,
        body: fields.bytes()?,
        position: fields.optional_integer()?,
    })
}

fn checkpoint(row: &Row) -> Result<CheckpointRow> {
    let mut fields = row.fields(CHECKPOINTS);
    Ok(CheckpointRow {
        shop: fields.parsed()?,
        size: fields.integer()?,
        root: fields.hash()?,
        note: fields.string()?,
        at: fields.time()?,
    })
}

fn tile(row: &Row) -> Result<TileRow> {
    let mut fields = row.fields(TILES);
    Ok(TileRow {
        shop: fields.parsed()?,
        level: fields.integer()?,
        tile: fields.integer()?,
        hashes: fields.bytes()?,
    })
}

#[async_trait]
impl ReadLedger for Unit {
    async fn entry(&mut self, shop: ShopId, id: EntryId) -> Result<Option<EntryRow>> {
        let row = self
            .one(ENTRIES, select_entries!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(entry).transpose()
    }

    async fn entries_from(&mut self, shop: ShopId, from: i64, limit: u32) -> Result<Vec<EntryRow>> {
        let text = select_entries!("position >= $2 ORDER BY position LIMIT $3");
        let rows = self.all(ENTRIES, text, binds![shop, from, limit]).await?;
        each(&rows, entry)
    }

    async fn unplaced_entries(&mut self, shop: ShopId, limit: u32) -> Result<Vec<EntryRow>> {
        let text = select_entries!("position IS NULL ORDER BY at, id LIMIT $2");
        let rows = self.all(ENTRIES, text, binds![shop, limit]).await?;
        each(&rows, entry)
    }

    async fn entry_counts(&mut self, shop: ShopId) -> Result<(i64, i64)> {
        // Counted, not taken from the head: an entry that was deleted must be missed.
        let text = "SELECT (SELECT count(*) FROM ledger_entries \
                    WHERE shop = $1 AND position IS NOT NULL), \
                    (SELECT count(*) FROM ledger_entries WHERE shop = $1 AND position IS NULL)";
        let row = self.one(ENTRIES, text, binds![shop]).await?;
        let row = row.ok_or(StoreError::Missing { table: ENTRIES })?;
        let mut fields = row.fields(ENTRIES);
        Ok((fields.integer()?, fields.integer()?))
    }

    async fn tile(&mut self, shop: ShopId, level: i64, number: i64) -> Result<Option<TileRow>> {
        let text = "SELECT shop, level, tile, hashes FROM ledger_tiles \
                    WHERE shop = $1 AND level = $2 AND tile = $3";
        let row = self.one(TILES, text, binds![shop, level, number]).await?;
        row.as_ref().map(tile).transpose()
    }

    async fn latest_checkpoint(&mut self, shop: ShopId) -> Result<Option<CheckpointRow>> {
        let text = select_checkpoints!("ORDER BY size DESC LIMIT 1");
        let row = self.one(CHECKPOINTS, text, binds![shop]).await?;
        row.as_ref().map(checkpoint).transpose()
    }

    async fn checkpoints_after(
        &mut self,
        shop: ShopId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<CheckpointRow>> {
        let text = select_checkpoints!("AND size > $2 ORDER BY size LIMIT $3");
        let rows = self
            .all(CHECKPOINTS, text, binds![shop, after, limit])
            .await?;
        each(&rows, checkpoint)
    }

    async fn ledger_size(&mut self, shop: ShopId) -> Result<i64> {
        let text = "SELECT size FROM ledger_heads WHERE shop = $1";
        match self.one(HEADS, text, binds![shop]).await? {
            Some(row) => row.fields(HEADS).integer(),
            None => Ok(0),
        }
    }
}

#[async_trait]
impl WriteLedger for Unit {
    async fn insert_entry(&mut self, row: &EntryRow) -> Result<()> {
        self.insert(
            ENTRIES,
            "INSERT INTO ledger_entries (shop, id, at, kind, subject, body) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.at,
                row.kind.as_str(),
                row.subject.as_ref(),
                row.body.as_slice(),
            ],
        )
        .await
    }

    async fn lock_ledger_head(&mut self, shop: ShopId) -> Result<i64> {
        // An upsert that changes nothing locks the row on both engines, and makes the first one.
        let text = "INSERT INTO ledger_heads (shop, size) VALUES ($1, 0) \
                    ON CONFLICT (shop) DO UPDATE SET size = ledger_heads.size RETURNING size";
        let row = self.one(HEADS, text, binds![shop]).await?;
        row.ok_or(StoreError::Missing { table: HEADS })?
            .fields(HEADS)
            .integer()
    }

    async fn place_entries(&mut self, shop: ShopId, first: i64, entries: &[EntryId]) -> Result<()> {
        let mut next = first;
        for batch in entries.chunks(BATCH) {
            let mut binds = binds![shop, next];
            binds.extend(batch.iter().map(|id| Bind::from(*id)));
            binds.resize_with(BATCH.saturating_add(2), || Bind::from(None::<EntryId>));
            let placed = self.change(ENTRIES, PLACE, binds).await?;
            if usize::try_from(placed) != Ok(batch.len()) {
                return Err(StoreError::Missing { table: ENTRIES });
            }
            next = i64::try_from(placed)
                .ok()
                .and_then(|placed| next.checked_add(placed))
                .ok_or(StoreError::Corrupt {
                    table: ENTRIES,
                    reason: "the tree is full".to_owned(),
                })?;
        }
        Ok(())
    }

    async fn put_tile(&mut self, row: &TileRow) -> Result<()> {
        self.change(
            TILES,
            "INSERT INTO ledger_tiles (shop, level, tile, hashes) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (shop, level, tile) DO UPDATE SET hashes = excluded.hashes",
            binds![row.shop, row.level, row.tile, row.hashes.as_slice()],
        )
        .await
        .map(drop)
    }

    async fn set_ledger_size(&mut self, shop: ShopId, size: i64) -> Result<()> {
        let text = "UPDATE ledger_heads SET size = $2 WHERE shop = $1";
        self.update(HEADS, text, binds![shop, size]).await
    }

    async fn insert_checkpoint(&mut self, row: &CheckpointRow) -> Result<()> {
        self.insert(
            CHECKPOINTS,
            "INSERT INTO ledger_checkpoints (shop, size, root, note, at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            binds![row.shop, row.size, &row.root, row.note.as_str(), row.at],
        )
        .await
    }

    async fn take_lease(
        &mut self,
        shop: ShopId,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        let text = "INSERT INTO leases (shop, name, holder, until) VALUES ($1, $2, $3, $5) \
                    ON CONFLICT (shop, name) DO UPDATE \
                    SET holder = excluded.holder, until = excluded.until \
                    WHERE leases.holder = excluded.holder OR leases.until <= $4";
        Ok(self
            .change(LEASES, text, binds![shop, name, holder, now, until])
            .await?
            == 1)
    }
}
