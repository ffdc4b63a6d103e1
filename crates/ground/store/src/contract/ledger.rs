//! The ledger's rows, and leases.

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::ledger::{CheckpointRow, EntryRow, TileRow};

pub(super) async fn placed_once(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let mut rows = Vec::new();
    for millis in [30, 20, 10] {
        // A position that is asked for is not taken: only the sequencer gives one.
        let row = EntryRow {
            at: at(millis),
            position: Some(77),
            ..samples::entry(shop)
        };
        tx.insert_entry(&row).await?;
        rows.push(EntryRow {
            position: None,
            ..row
        });
    }
    let bare = EntryRow {
        at: at(5),
        subject: None,
        body: vec![],
        ..samples::entry(shop)
    };
    tx.insert_entry(&bare).await?;
    conflict("ledger_entries", tx.insert_entry(&bare).await)?;
    rows.push(bare);
    rows.reverse();
    same(
        "oldest first",
        tx.unplaced_entries(shop, 9).await?,
        rows.clone(),
    )?;
    let two = rows.iter().take(2).cloned().collect();
    same("the oldest two", tx.unplaced_entries(shop, 2).await?, two)?;
    same("counts", tx.entry_counts(shop).await?, (0, 4))?;

    let order = rows
        .iter()
        .skip(1)
        .rev()
        .map(|row| row.id)
        .collect::<Vec<_>>();
    tx.place_entries(shop, 5, &order).await?;
    let mut placed = rows.iter().skip(1).rev().cloned().collect::<Vec<_>>();
    for (row, position) in placed.iter_mut().zip(5..) {
        row.position = Some(position);
    }
    same(
        "in the order given",
        tx.entries_from(shop, 0, 9).await?,
        placed.clone(),
    )?;
    let middle = placed.iter().skip(1).take(1).cloned().collect();
    same(
        "one from the second on",
        tx.entries_from(shop, 6, 1).await?,
        middle,
    )?;
    same("counts", tx.entry_counts(shop).await?, (3, 1))?;
    let waiting = rows.iter().take(1).cloned().collect();
    same(
        "who still waits",
        tx.unplaced_entries(shop, 9).await?,
        waiting,
    )?;
    tx.place_entries(shop, 8, &[]).await?;

    missing(
        "ledger_entries",
        tx.place_entries(shop, 8, &[samples::entry_id()]).await,
    )?;
    let Some(again) = order.first() else {
        return Ok(());
    };
    missing("ledger_entries", tx.place_entries(shop, 8, &[*again]).await)?;
    same(
        "a place is kept",
        tx.entries_from(shop, 0, 9).await?,
        placed,
    )
}

pub(super) async fn many_placed(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let mut order = Vec::new();
    for _ in 0..100 {
        let row = samples::entry(shop);
        tx.insert_entry(&row).await?;
        order.push(row.id);
    }
    order.sort_unstable();
    tx.place_entries(shop, 0, &order).await?;
    let found = tx.entries_from(shop, 0, 1_000).await?;
    let places = found.iter().map(|row| row.position).collect::<Vec<_>>();
    same("places", places, (0..100).map(Some).collect())?;
    same(
        "order",
        found.iter().map(|row| row.id).collect::<Vec<_>>(),
        order,
    )
}

pub(super) async fn tiles_and_size(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    missing("ledger_heads", tx.set_ledger_size(shop, 1).await)?;
    same("no head", tx.ledger_size(shop).await?, 0)?;
    same("a new head", tx.lock_ledger_head(shop).await?, 0)?;
    tx.set_ledger_size(shop, 300).await?;
    same("the head", tx.lock_ledger_head(shop).await?, 300)?;
    same("the size", tx.ledger_size(shop).await?, 300)?;
    let part = TileRow {
        shop,
        level: 0,
        tile: 1,
        hashes: vec![7; 44 * 32],
    };
    let full = TileRow {
        hashes: vec![8; 256 * 32],
        ..part.clone()
    };
    tx.put_tile(&part).await?;
    same("a part", tx.tile(shop, 0, 1).await?, Some(part))?;
    tx.put_tile(&full).await?;
    same("the whole", tx.tile(shop, 0, 1).await?, Some(full))?;
    same("another level", tx.tile(shop, 1, 1).await?, None)?;
    same("another tile", tx.tile(shop, 0, 0).await?, None)
}

pub(super) async fn checkpoints(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let mut rows = Vec::new();
    for size in [1, 9, 10] {
        let row = CheckpointRow {
            shop,
            size,
            root: samples::hash(),
            note: "—\n".to_owned(),
            at: NOON,
        };
        tx.insert_checkpoint(&row).await?;
        rows.push(row);
    }
    same(
        "the latest",
        tx.latest_checkpoint(shop).await?,
        rows.last().cloned(),
    )?;
    same("all", tx.checkpoints_after(shop, 0, 9).await?, rows.clone())?;
    let from = |skip, take| rows.iter().skip(skip).take(take).cloned().collect();
    same(
        "after 1",
        tx.checkpoints_after(shop, 1, 9).await?,
        from(1, 2),
    )?;
    same(
        "the first after 1",
        tx.checkpoints_after(shop, 1, 1).await?,
        from(1, 1),
    )?;
    // A second checkpoint of one size would be a fork.
    let fork = CheckpointRow {
        shop,
        size: 9,
        root: samples::hash(),
        note: String::new(),
        at: NOON,
    };
    conflict("ledger_checkpoints", tx.insert_checkpoint(&fork).await)?;
    same("unchanged", tx.checkpoints_after(shop, 0, 9).await?, rows)
}

pub(super) async fn leases(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop_id(), samples::shop_id());
    let (first, second) = (samples::uuid(), samples::uuid());
    let later = |millis| at(NOON.millis() + millis);
    let mut tx = stage.database.begin().await?;
    let name = "sequencer";
    same(
        "free",
        tx.take_lease(shop, name, first, NOON, later(10)).await?,
        true,
    )?;
    same(
        "held",
        tx.take_lease(shop, name, second, later(9), later(20))
            .await?,
        false,
    )?;
    same(
        "kept",
        tx.take_lease(shop, name, first, later(9), later(20))
            .await?,
        true,
    )?;
    same(
        "still held",
        tx.take_lease(shop, name, second, later(19), later(30))
            .await?,
        false,
    )?;
    same(
        "another name",
        tx.take_lease(shop, "sweeper", second, NOON, EVENING)
            .await?,
        true,
    )?;
    same(
        "another shop",
        tx.take_lease(other, name, second, NOON, EVENING).await?,
        true,
    )?;
    same(
        "over",
        tx.take_lease(shop, name, second, later(20), later(40))
            .await?,
        true,
    )?;
    same(
        "lost",
        tx.take_lease(shop, name, first, later(21), later(40))
            .await?,
        false,
    )
}
