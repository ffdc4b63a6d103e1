//! Shops, hosts and passages.

use super::{
    Stage, samples,
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    conversations::ConversationState,
    desk::QueueFilter,
    passages::PassageKind,
    shops::{HostKind, ShopHostRow, ShopRow},
};

pub(super) async fn taken_once(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let same_id = ShopRow {
        id: shop.id,
        ..samples::shop()
    };
    conflict("shops", tx.insert_shop(&same_id).await)?;
    let same_handle = ShopRow {
        handle: shop.handle.clone(),
        ..samples::shop()
    };
    conflict("shops", tx.insert_shop(&same_handle).await)?;
    tx.commit().await?;
    let mut snapshot = stage.database.snapshot().await?;
    same("the shop", snapshot.shop(shop.id).await?, Some(shop))
}

pub(super) async fn renamed(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let mut tx = stage.database.begin().await?;
    missing("shops", tx.rename_shop(shop.id, "Nobody").await)?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    tx.rename_shop(shop.id, "Another name").await?;
    tx.commit().await?;
    let mut snapshot = stage.database.snapshot().await?;
    let renamed = ShopRow {
        name: "Another name".to_owned(),
        ..shop.clone()
    };
    same("the shop", snapshot.shop(shop.id).await?, Some(renamed))?;
    same("the other", snapshot.shop(other.id).await?, Some(other))
}

pub(super) async fn listed_by_handle(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    // A database that sorts as a dictionary does would ignore the hyphen.
    let tail = samples::shop_id().to_string();
    for handle in ["b-a", "ba", "a-z", "b-z", "az"] {
        let handle = format!("{handle}-{tail}");
        tx.insert_shop(&ShopRow {
            handle,
            ..samples::shop()
        })
        .await?;
    }
    let listed = tx.shops().await?;
    let handles = listed
        .iter()
        .map(|row| row.handle.as_str())
        .collect::<Vec<_>>();
    let mut sorted = handles.clone();
    sorted.sort_unstable();
    same("the handles", handles, sorted)
}

/// PostgreSQL keeps no text that holds a NUL: whoever looks for one finds nothing, and nothing fails.
pub(super) async fn nothing_is_called_by_a_nul(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let handle = format!("{}\0", shop.handle);
    same("one", tx.shop_by_handle(&handle).await?, None)?;
    let filter = QueueFilter {
        states: ConversationState::ALL.to_vec(),
        closed: true,
        tag: Some("\0".to_owned()),
        ..QueueFilter::default()
    };
    same("many", tx.queue(shop.id, &filter, 9).await?, vec![])?;
    same(
        "the transaction goes on",
        tx.shop_by_handle(&shop.handle).await?,
        Some(shop),
    )
}

pub(super) async fn hosts_replaced(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let row = |kind, value: &str| ShopHostRow {
        shop: shop.id,
        kind,
        value: value.to_owned(),
    };
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let first = [
        row(HostKind::Link, "a.example"),
        row(HostKind::Link, "b.example"),
        row(HostKind::Frame, "https://shop.example"),
    ];
    tx.replace_shop_hosts(shop.id, &first).await?;
    let sorted = vec![
        row(HostKind::Frame, "https://shop.example"),
        row(HostKind::Link, "a.example"),
        row(HostKind::Link, "b.example"),
    ];
    same("by kind and value", tx.shop_hosts(shop.id).await?, sorted)?;
    let second = vec![row(HostKind::Link, "c.example")];
    tx.replace_shop_hosts(shop.id, &second).await?;
    same("replaced", tx.shop_hosts(shop.id).await?, second.clone())?;
    let twice = [
        row(HostKind::Link, "d.example"),
        row(HostKind::Link, "d.example"),
    ];
    conflict("shop_hosts", tx.replace_shop_hosts(shop.id, &twice).await)
}

pub(super) async fn passages_replaced(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let row = |kind, source, position| samples::passage(shop.id, kind, source, position);
    let mut tx = stage.database.begin().await?;
    missing("shops", tx.replace_passages(shop.id, &[]).await)?;
    tx.insert_shop(&shop).await?;
    let rows = vec![
        row(PassageKind::Faq, "z", 0),
        row(PassageKind::Policy, "re-turns", 0),
        row(PassageKind::Policy, "re-turns", 1),
        row(PassageKind::Policy, "returns", 0),
    ];
    let shuffled = rows.iter().rev().cloned().collect::<Vec<_>>();
    tx.replace_passages(shop.id, &shuffled).await?;
    same(
        "by kind, source and position",
        tx.passages(shop.id).await?,
        rows,
    )?;
    let fewer = vec![row(PassageKind::Faq, "only", 0)];
    tx.replace_passages(shop.id, &fewer).await?;
    same("replaced", tx.passages(shop.id).await?, fewer)?;
    let version = tx.shop(shop.id).await?.map(|row| row.content_version);
    same(
        "the content version",
        version,
        Some(shop.content_version + 2),
    )
}
