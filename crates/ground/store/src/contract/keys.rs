//! The key table.

use terms::RetentionClass::{self, Account, Conversation, Statutory, Transient};

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, same},
};
use crate::keys::{DataKeyRow, Owner, ShopKeyRow};

pub(super) async fn one_shop_key(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let row = ShopKeyRow {
        shop: shop.id,
        wrapped: vec![1, 0, 255],
        created_at: NOON,
    };
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop_key(&row).await?;
    let second = ShopKeyRow {
        wrapped: vec![2],
        ..row.clone()
    };
    conflict("shop_keys", tx.insert_shop_key(&second).await)?;
    same("the first", tx.shop_key(shop.id).await?, Some(row))
}

pub(super) async fn one_current(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let owner = Owner::Conversation(samples::conversation_id());
    let key = |class| samples::key(shop, owner, class);
    let mut tx = stage.database.begin().await?;
    let first = key(Conversation);
    same("the first", tx.insert_data_key(&first).await?, true)?;
    same(
        "a second",
        tx.insert_data_key(&key(Conversation)).await?,
        false,
    )?;
    same(
        "another class",
        tx.insert_data_key(&key(Account)).await?,
        true,
    )?;
    let retired = DataKeyRow {
        current: false,
        ..key(Conversation)
    };
    same("a retired one", tx.insert_data_key(&retired).await?, true)?;
    let found = tx.current_data_key(shop, owner, Conversation).await?;
    same("the current key", found, Some(first.clone()))?;
    same(
        "no key of a class",
        tx.current_data_key(shop, owner, Transient).await?,
        None,
    )?;

    // Rotation: the old one steps back before the new one steps in.
    let was = first.wrapped.clone();
    let stepped_back = DataKeyRow {
        current: false,
        ..first
    };
    same(
        "the old one stepped back",
        tx.rewrap_data_key(&stepped_back, &was).await?,
        true,
    )?;
    same(
        "none is current",
        tx.current_data_key(shop, owner, Conversation).await?,
        None,
    )?;
    let second = key(Conversation);
    same("the next", tx.insert_data_key(&second).await?, true)?;
    let found = tx.current_data_key(shop, owner, Conversation).await?;
    same("the next is current", found, Some(second))?;
    // Owners of another kind with the same id are others.
    let namesake = Owner::from_stored("session", *owner.uuid());
    if let Some(namesake) = namesake {
        let found = tx.current_data_key(shop, namesake, Conversation).await?;
        same("the namesake's key", found, None)?;
    }
    // Last, because an update that the database refuses spoils the transaction.
    let second_current = DataKeyRow {
        current: true,
        ..retired
    };
    let was = second_current.wrapped.clone();
    conflict("data_keys", tx.rewrap_data_key(&second_current, &was).await)
}

pub(super) async fn oldest_first(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let owner = Owner::Staff(samples::staff_id());
    let mut rows = Vec::new();
    for (class, created_at) in [(Account, EVENING), (Transient, NOON), (Statutory, at(5))] {
        rows.push(DataKeyRow {
            created_at,
            ..samples::key(shop, owner, class)
        });
    }
    let mut tx = stage.database.begin().await?;
    for row in &rows {
        tx.insert_data_key(row).await?;
    }
    rows.reverse();
    same("oldest first", tx.data_keys_of(shop, owner).await?, rows)
}

pub(super) async fn by_epoch(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let mut old = Vec::new();
    for epoch in [3, 1, 2, 2, 4, 4, 4] {
        let owner = Owner::Session(samples::session_id());
        let row = DataKeyRow {
            epoch,
            ..samples::key(shop, owner, Transient)
        };
        tx.insert_data_key(&row).await?;
        if epoch < 4 {
            old.push(row);
        }
    }
    old.sort_by_key(|row| row.id);
    let counts = vec![(1, 1), (2, 2), (3, 1), (4, 3)];
    same("by epoch", tx.data_keys_by_epoch(shop).await?, counts)?;
    same(
        "before epoch 4, by id",
        tx.data_keys_before_epoch(shop, 4, 9).await?,
        old.clone(),
    )?;
    old.truncate(2);
    same(
        "at most two",
        tx.data_keys_before_epoch(shop, 4, 2).await?,
        old,
    )
}

pub(super) async fn rewrapped(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let guest = Owner::Conversation(samples::conversation_id());
    let shopper = Owner::Shopper(samples::shopper_id());
    let row = samples::key(shop, guest, Conversation);
    let mut tx = stage.database.begin().await?;
    tx.insert_data_key(&row).await?;
    let moved = DataKeyRow {
        owner: shopper,
        current: false,
        epoch: 9,
        wrapped: vec![0; 48],
        ..row.clone()
    };
    // Class and age are the key's own and stay.
    let asked = DataKeyRow {
        class: Account,
        created_at: EVENING,
        ..moved.clone()
    };
    same(
        "wrapped by somebody else since",
        tx.rewrap_data_key(&asked, &[1; 48]).await?,
        false,
    )?;
    same(
        "the key as it was",
        tx.data_key(shop, row.id).await?,
        Some(row.clone()),
    )?;
    same(
        "wrapped anew",
        tx.rewrap_data_key(&asked, &row.wrapped).await?,
        true,
    )?;
    same(
        "the key",
        tx.data_key(shop, row.id).await?,
        Some(moved.clone()),
    )?;
    same(
        "the old owner's keys",
        tx.data_keys_of(shop, guest).await?,
        vec![],
    )?;
    same(
        "the new owner's keys",
        tx.data_keys_of(shop, shopper).await?,
        vec![moved],
    )?;
    let absent = samples::key(shop, shopper, Conversation);
    same(
        "a key that is not there",
        tx.rewrap_data_key(&absent, &absent.wrapped).await?,
        false,
    )
}

pub(super) async fn destroyed_by_class(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let owner = Owner::Shopper(samples::shopper_id());
    let other = Owner::Shopper(samples::shopper_id());
    let mut tx = stage.database.begin().await?;
    for owner in [owner, other] {
        for class in RetentionClass::ALL {
            tx.insert_data_key(&samples::key(shop, owner, class))
                .await?;
        }
    }
    let retired = DataKeyRow {
        current: false,
        ..samples::key(shop, owner, Account)
    };
    tx.insert_data_key(&retired).await?;
    same(
        "none named",
        tx.delete_data_keys(shop, owner, &[]).await?,
        0,
    )?;
    let classes = [Conversation, Account, Transient];
    same(
        "destroyed",
        tx.delete_data_keys(shop, owner, &classes).await?,
        4,
    )?;
    let left = tx.data_keys_of(shop, owner).await?;
    let left = left.iter().map(|row| row.class).collect::<Vec<_>>();
    same("what is left", left, vec![Statutory])?;
    same(
        "another owner's",
        tx.data_keys_of(shop, other).await?.len(),
        4,
    )?;
    same(
        "again",
        tx.delete_data_keys(shop, owner, &classes).await?,
        0,
    )
}

pub(super) async fn one_destroyed(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let owner = Owner::Shopper(samples::shopper_id());
    let mut tx = stage.database.begin().await?;
    let current = samples::key(shop, owner, Conversation);
    let alone = DataKeyRow {
        current: false,
        ..samples::key(shop, owner, Conversation)
    };
    for row in [&current, &alone] {
        same("inserted", tx.insert_data_key(row).await?, true)?;
    }
    let elsewhere = samples::shop_id();
    for (what, shop, id, expected) in [
        ("another shop's", elsewhere, alone.id, false),
        ("the current one", shop, current.id, false),
        ("the one", shop, alone.id, true),
        ("again", shop, alone.id, false),
    ] {
        same(what, tx.delete_data_key(shop, id).await?, expected)?;
    }
    same(
        "what is left",
        tx.data_keys_of(shop, owner).await?,
        vec![current],
    )
}
