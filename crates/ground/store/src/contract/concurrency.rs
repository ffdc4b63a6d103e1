//! Eight at once: who wins, and whether anything is lost.

use std::{future::Future, sync::Arc};

use tokio::{sync::Barrier, task::JoinSet};

use super::{
    Stage,
    samples::{self, EVENING, NOON},
    verdict::{Verdict, ensure, fail, same},
};
use crate::{
    Database, StoreError, conversations::ConversationRow, keys::Owner, people::ShopperRow,
};

pub(super) const EIGHT: usize = 8;

/// Runs eight at once and collects what each brought back.
pub(super) async fn eight<T, F>(
    stage: &Stage,
    mut play: impl FnMut(Arc<dyn Database>) -> F,
) -> Verdict<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = Verdict<T>> + Send + 'static,
{
    let start = Arc::new(Barrier::new(EIGHT));
    let mut players = JoinSet::new();
    for _ in 0..EIGHT {
        let (start, play) = (Arc::clone(&start), play(Arc::clone(&stage.database)));
        players.spawn(async move {
            start.wait().await;
            play.await
        });
    }
    let mut brought = Vec::new();
    while let Some(player) = players.join_next().await {
        match player {
            Ok(result) => brought.push(result?),
            Err(error) => return fail(format!("one of eight was stopped: {error}")),
        }
    }
    Ok(brought)
}

pub(super) fn one_won(won: &[bool]) -> Verdict {
    same(
        "how many of eight succeeded",
        won.iter().filter(|won| **won).count(),
        1,
    )
}

pub(super) fn all_numbers(what: &str, mut found: Vec<i64>, first: i64) -> Verdict {
    found.sort_unstable();
    same(what, found, (first..).take(EIGHT).collect())
}

pub(super) async fn one_uses_the_link(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let staff = samples::staff(shop.id)?;
    let link = samples::link(&staff);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_staff(&staff).await?;
    tx.insert_sign_in_link(&link).await?;
    tx.commit().await?;
    let (shop, link) = (shop.id, link.id);
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let won = tx.use_sign_in_link(shop, link, EVENING).await?;
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)
}

pub(super) async fn one_uses_the_code(stage: Stage) -> Verdict {
    let guest = samples::guest(samples::shop_id());
    let code = samples::code(&guest)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_code_request(&code).await?;
    tx.commit().await?;
    let (shop, code) = (code.shop, code.id);
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let won = tx.use_code_request(shop, code, EVENING).await?;
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)
}

pub(super) async fn one_inserts_the_key(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let owner = Owner::Shopper(samples::shopper_id());
    let class = terms::RetentionClass::Account;
    let won = eight(&stage, |database| async move {
        let row = samples::key(shop, owner, class);
        let mut tx = database.begin().await?;
        let won = tx.insert_data_key(&row).await?;
        // Whoever came too late finds the winner's key, in the same transaction.
        let current = tx.current_data_key(shop, owner, class).await?;
        ensure!(current.is_some(), "the key that won is not to be seen");
        ensure!(
            won == (current.map(|key| key.id) == Some(row.id)),
            "another's key is current"
        );
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)?;
    let kept = stage
        .database
        .snapshot()
        .await?
        .data_keys_of(shop, owner)
        .await?;
    same("keys kept", kept.len(), 1)
}

pub(super) async fn one_inserts_the_shopper(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let first = samples::shopper(shop.id)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.commit().await?;
    let won = eight(&stage, |database| {
        let row = ShopperRow {
            id: samples::shopper_id(),
            ..first.clone()
        };
        async move {
            let mut tx = database.begin().await?;
            let won = tx.insert_shopper(&row).await?;
            let found = tx.shopper_by_email(row.shop, &row.email_index).await?;
            ensure!(found.is_some(), "the shopper that won is not to be seen");
            tx.commit().await?;
            Ok(won)
        }
    });
    one_won(&won.await?)
}

pub(super) async fn one_opens_the_conversation(stage: Stage) -> Verdict {
    let guest = samples::guest(samples::shop_id());
    let row = samples::conversation(&guest)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shopper_session(&guest).await?;
    tx.commit().await?;
    let won = eight(&stage, |database| {
        let row = row.clone();
        async move {
            let mut tx = database.begin().await?;
            let won = match tx.insert_conversation(&row).await {
                Ok(()) => true,
                Err(StoreError::Conflict { .. }) => false,
                Err(other) => return Err(other.into()),
            };
            let found = tx.lock_conversation(row.shop, row.id).await?;
            ensure!(
                found.is_some(),
                "the conversation that won is not to be seen"
            );
            tx.commit().await?;
            Ok(won)
        }
    });
    one_won(&won.await?)
}

pub(super) async fn one_takes_the_lease(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let won = tx
            .take_lease(shop, "sequencer", samples::uuid(), NOON, EVENING)
            .await?;
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)
}

/// Reads the last position under the lock and appends the next: what a message does.
pub(super) async fn turns_without_gaps(stage: Stage) -> Verdict {
    let guest = samples::guest(samples::shop_id());
    let row = samples::conversation(&guest)?;
    let (shop, id) = (row.shop, row.id);
    let mut tx = stage.database.begin().await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_conversation(&row).await?;
    tx.commit().await?;
    let positions = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let Some(row) = tx.lock_conversation(shop, id).await? else {
            return fail("the conversation to lock is not to be seen");
        };
        let position = row.last_position + 1;
        tx.append_turn(&samples::turn(&row, position)?).await?;
        tx.update_conversation(&ConversationRow {
            last_position: position,
            ..row
        })
        .await?;
        tx.commit().await?;
        Ok(position)
    });
    all_numbers("positions given", positions.await?, 1)?;
    let mut snapshot = stage.database.snapshot().await?;
    let turns = snapshot.turns_after(shop, id, 0, 99).await?;
    all_numbers(
        "positions kept",
        turns.iter().map(|turn| turn.position).collect(),
        1,
    )?;
    let last = snapshot
        .conversation(shop, id)
        .await?
        .map(|row| row.last_position);
    same("the last position", last, Some(8))
}

/// Reads the size under the lock and places one entry: what a sequencer does.
pub(super) async fn places_without_gaps(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let places = eight(&stage, |database| async move {
        let entry = samples::entry(shop);
        let mut tx = database.begin().await?;
        tx.insert_entry(&entry).await?;
        let size = tx.lock_ledger_head(shop).await?;
        tx.place_entries(shop, size, &[entry.id]).await?;
        tx.set_ledger_size(shop, size + 1).await?;
        tx.commit().await?;
        Ok(size)
    });
    all_numbers("places given", places.await?, 0)?;
    let mut snapshot = stage.database.snapshot().await?;
    let entries = snapshot.entries_from(shop, 0, 99).await?;
    let places = entries.iter().filter_map(|entry| entry.position).collect();
    all_numbers("places kept", places, 0)?;
    same("the size", snapshot.ledger_size(shop).await?, 8)
}

pub(super) async fn limit_counts_everyone(stage: Stage) -> Verdict {
    let (shop, subject) = (samples::shop_id(), samples::hash());
    let counts = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let count = tx.count_limit(shop, "messages", &subject, NOON).await?;
        tx.commit().await?;
        Ok(count)
    });
    all_numbers("counts", counts.await?, 1)
}

pub(super) async fn attempts_count_everyone(stage: Stage) -> Verdict {
    let guest = samples::guest(samples::shop_id());
    let code = samples::code(&guest)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_code_request(&code).await?;
    tx.commit().await?;
    let (shop, code) = (code.shop, code.id);
    let counts = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let count = tx.count_code_attempt(shop, code).await?;
        tx.commit().await?;
        Ok(count)
    });
    all_numbers("attempts", counts.await?, 1)
}
