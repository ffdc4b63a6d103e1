//! Mails and limits.

use terms::Timestamp;

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, same},
};
use crate::mails::MailRow;

/// Expires long before every other case's mails, so that the sweep finds only its own.
pub(super) async fn mails(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let mut rows = Vec::new();
    for (created, expires) in [(9, 30), (8, 20), (7, 10)] {
        let row = MailRow {
            created_at: at(created),
            expires_at: at(expires),
            ..samples::mail(shop)?
        };
        tx.insert_mail(&row).await?;
        conflict("mails", tx.insert_mail(&row).await)?;
        rows.push(row);
    }
    same("newest first", tx.mails(shop, 9).await?, rows.clone())?;
    rows.truncate(2);
    same("the newest two", tx.mails(shop, 2).await?, rows.clone())?;
    same("swept", tx.sweep_mails(at(20)).await?, 1)?;
    same("what expires later stays", tx.mails(shop, 9).await?, rows)?;
    same("swept again", tx.sweep_mails(at(20)).await?, 0)
}

pub(super) async fn limits(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop_id(), samples::shop_id());
    let (subject, stranger) = (samples::hash(), samples::hash());
    let mut tx = stage.database.begin().await?;
    for count in 1..=3 {
        same(
            "counted",
            tx.count_limit(shop, "messages", &subject, NOON).await?,
            count,
        )?;
    }
    same(
        "another shop",
        tx.count_limit(other, "messages", &subject, NOON).await?,
        1,
    )?;
    same(
        "another name",
        tx.count_limit(shop, "codes", &subject, NOON).await?,
        1,
    )?;
    same(
        "another subject",
        tx.count_limit(shop, "messages", &stranger, NOON).await?,
        1,
    )?;
    same(
        "another window",
        tx.count_limit(shop, "messages", &subject, EVENING).await?,
        1,
    )?;
    same(
        "the first again",
        tx.count_limit(shop, "messages", &subject, NOON).await?,
        4,
    )?;

    let old = |millis| -> Timestamp { at(millis) };
    for window in [old(10), old(20), old(30)] {
        tx.count_limit(shop, "messages", &subject, window).await?;
    }
    same("swept", tx.sweep_limits(old(30)).await?, 2)?;
    same(
        "a swept window",
        tx.count_limit(shop, "messages", &subject, old(20)).await?,
        1,
    )?;
    same(
        "a kept window",
        tx.count_limit(shop, "messages", &subject, old(30)).await?,
        2,
    )
}
