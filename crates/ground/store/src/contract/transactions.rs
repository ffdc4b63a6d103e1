//! What a transaction promises.

use super::{
    Stage, samples,
    verdict::{Verdict, conflict, ensure, same},
};

pub(super) async fn rolled_back(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.rollback().await?;
    same(
        "the shop",
        stage.database.snapshot().await?.shop(shop.id).await?,
        None,
    )
}

pub(super) async fn dropped(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    drop(tx);
    // The next transaction may use the same connection.
    let mut tx = stage.database.begin().await?;
    same("in a transaction", tx.shop(shop.id).await?, None)?;
    tx.insert_shop(&samples::shop()).await?;
    tx.commit().await?;
    same(
        "in a snapshot",
        stage.database.snapshot().await?.shop(shop.id).await?,
        None,
    )
}

pub(super) async fn seen_after_commit(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let before = stage.database.snapshot().await?.shop(shop.id).await?;
    same("before the commit", before, None)?;
    same("inside", tx.shop(shop.id).await?, Some(shop.clone()))?;
    tx.commit().await?;
    let after = stage.database.snapshot().await?.shop(shop.id).await?;
    same("after the commit", after, Some(shop))
}

pub(super) async fn snapshot_stands_still(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut snapshot = stage.database.snapshot().await?;
    same("before", snapshot.shop(shop.id).await?, None)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.commit().await?;
    same("the same snapshot", snapshot.shop(shop.id).await?, None)?;
    drop(snapshot);
    let found = stage.database.snapshot().await?.shop(shop.id).await?;
    same("the next snapshot", found, Some(shop))
}

pub(super) async fn usable_after_conflict(stage: Stage) -> Verdict {
    let (shop, second) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    conflict("shops", tx.insert_shop(&shop).await)?;
    tx.insert_shop(&second).await?;
    tx.commit().await?;
    let mut snapshot = stage.database.snapshot().await?;
    same(
        "before the conflict",
        snapshot.shop(shop.id).await?,
        Some(shop),
    )?;
    same(
        "after the conflict",
        snapshot.shop(second.id).await?,
        Some(second),
    )
}

pub(super) async fn ids_differ(stage: Stage) -> Verdict {
    let tx = stage.database.begin().await?;
    let first = tx.id();
    ensure!(first == tx.id(), "a transaction has one id");
    tx.rollback().await?;
    let second = stage.database.begin().await?.id();
    ensure!(first != second, "two transactions have the id {first:?}");
    Ok(())
}

pub(super) async fn ready(stage: Stage) -> Verdict {
    Ok(stage.database.ready().await?)
}

pub(super) async fn scrubbed(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.commit().await?;
    stage.database.scrub().await?;
    same(
        "the shop",
        stage.database.snapshot().await?.shop(shop.id).await?,
        Some(shop),
    )
}

pub(super) async fn stock_is_taken(stage: Stage) -> Verdict {
    let (before, after) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&before).await?;
    tx.take_stock().await?;
    tx.take_stock().await?;
    tx.insert_shop(&after).await?;
    tx.commit().await?;
    let mut snapshot = stage.database.snapshot().await?;
    for shop in [before, after] {
        same("the shop", snapshot.shop(shop.id).await?, Some(shop))?;
    }
    Ok(())
}
