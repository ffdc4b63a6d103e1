//! The key table in the hands of somebody who can write to it, and the keys above it.

use std::{collections::HashSet, sync::Arc};

use store::{
    keys::{DataKeyRow, Owner},
    places::TurnBody,
};
use terms::RetentionClass::{Account, Conversation};
use vault::{Domain, Vault, VaultError};

use crate::world::World;

fn refused<T: core::fmt::Debug>(outcome: Result<T, VaultError>, row: &DataKeyRow) {
    assert!(
        matches!(outcome, Err(VaultError::WrappedKeyDoesNotOpen(id)) if id == row.id),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn an_altered_wrapped_key_is_refused() {
    let world = World::new().await;
    let owner = world.shopper();
    let kept = world.seal::<TurnBody>(owner, "a word").await;
    let [row] = world.key_rows(owner).await.try_into().unwrap();
    for at in 0..row.wrapped.len() {
        let mut altered = row.clone();
        altered.wrapped[at] ^= 1;
        world.overwrite(&row, &altered).await;
        refused(world.open(&kept).await, &row);
        world.overwrite(&altered, &row).await;
    }
    assert_eq!(world.open(&kept).await.unwrap(), "a word");
}

#[tokio::test]
async fn a_key_given_to_another_owner_is_refused() {
    let world = World::new().await;
    let (her, him) = (world.shopper(), world.shopper());
    let kept = world.seal::<TurnBody>(her, "a word").await;
    let [row] = world.key_rows(her).await.try_into().unwrap();
    // Taken away from her, it would survive when she is forgotten.
    let stolen = DataKeyRow {
        owner: him,
        ..row.clone()
    };
    world.overwrite(&row, &stolen).await;
    refused(world.open(&kept).await, &row);
    // An owner of another kind with the same id is another owner.
    let namesake = DataKeyRow {
        owner: Owner::from_stored("conversation", *her.uuid()).unwrap(),
        ..row.clone()
    };
    world.overwrite(&stolen, &namesake).await;
    refused(world.open(&kept).await, &row);
}

#[tokio::test]
async fn a_key_with_another_epoch_or_class_is_refused() {
    let world = World::new().await;
    let owner = world.shopper();
    let kept = world.seal::<TurnBody>(owner, "a word").await;
    let [row] = world.key_rows(owner).await.try_into().unwrap();
    world.clock.advance(crate::world::WEEK);
    world
        .vault
        .roll_epoch(&*world.database, crate::world::WEEK)
        .await
        .unwrap();
    let [rolled] = world.key_rows(owner).await.try_into().unwrap();
    assert_eq!((row.epoch, rolled.epoch), (1, 2));
    let backdated = DataKeyRow {
        epoch: 1,
        ..rolled.clone()
    };
    world.overwrite(&rolled, &backdated).await;
    refused(world.open(&kept).await, &row);
    world.overwrite(&backdated, &rolled).await;
    world.tamper("UPDATE data_keys SET class = 'account'").await;
    refused(world.open(&kept).await, &row);
}

#[tokio::test]
async fn one_key_for_each_owner_and_class() {
    let world = World::new().await;
    let (her, him) = (world.shopper(), world.shopper());
    let mut ids = HashSet::new();
    for owner in [her, him] {
        for class in [Conversation, Account] {
            let key = world.key_by(&world.vault, owner, class).await;
            let again = world.key_by(&world.node(), owner, class).await;
            assert_eq!(key.id(), again.id());
            ids.insert(key.id());
        }
    }
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn another_root_key_opens_nothing() {
    let world = World::new().await;
    let outcome = Vault::open(
        Arc::new(world.custody.with_root([8; 32])),
        world.clock.clone(),
        world.rng.clone(),
    );
    assert!(matches!(outcome, Err(VaultError::WrongRootKey)));

    // A fresh key directory beside an old database: its own epochs open, the shop's key does not.
    let fresh = Vault::open(
        Arc::new(vault::testing::MemoryCustody::new([8; 32])),
        world.clock.clone(),
        world.rng.clone(),
    )
    .unwrap();
    let mut tx = world.begin().await;
    let outcome = fresh
        .sealing_key(&mut *tx, world.shop, world.shopper(), Conversation)
        .await;
    assert!(matches!(outcome, Err(VaultError::WrongRootKey)));
}

#[tokio::test]
async fn a_shop_key_moved_to_another_shop_is_refused() {
    let world = World::new().await;
    let second = world.second_shop().await;
    world
        .tamper(
            "UPDATE shop_keys SET wrapped = (SELECT wrapped FROM shop_keys ORDER BY created_at, shop LIMIT 1)",
        )
        .await;
    let node = world.node();
    let mut snapshot = store::Database::snapshot(&*world.database).await.unwrap();
    let mut outcomes = Vec::new();
    for shop in [world.shop, second] {
        outcomes.push(
            node.keyed_hash(&mut *snapshot, shop, Domain::EmailIndex, &[b"a"])
                .await
                .is_ok(),
        );
    }
    outcomes.sort_unstable();
    assert_eq!(outcomes, [false, true], "one of the two had its own key");
}

/// The key of a transaction that was rolled back is not taken for the shop's.
#[tokio::test]
async fn a_shop_founded_at_the_second_try_has_the_second_key() {
    let world = World::new().await;
    let shop = terms::ShopId::ordered(&*world.clock, &*world.rng);
    let owner = world.shopper();
    let row = store::shops::ShopRow {
        id: shop,
        handle: "hazel".to_owned(),
        name: "Hazel".to_owned(),
        content_version: 0,
        created_at: terms::Clock::now(&*world.clock),
    };
    for last in [false, true] {
        let mut tx = world.begin().await;
        tx.insert_shop(&row).await.unwrap();
        world.vault.create_shop_key(&mut *tx, shop).await.unwrap();
        world
            .vault
            .sealing_key(&mut *tx, shop, owner, Conversation)
            .await
            .unwrap();
        if last {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
    }
    let mut snapshot = store::Database::snapshot(&*world.database).await.unwrap();
    let row = snapshot
        .current_data_key(shop, owner, Conversation)
        .await
        .unwrap()
        .unwrap();
    world
        .node()
        .key(&mut *snapshot, shop, row.id)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_keyed_hash_is_stable_and_of_its_shop_domain_and_parts() {
    let world = World::new().await;
    let second = world.second_shop().await;
    let mut snapshot = store::Database::snapshot(&*world.database).await.unwrap();
    let parts: [&[&[u8]]; 4] = [&[b"ada"], &[b"ad", b"a"], &[b"ada", b""], &[b"bo"]];
    let mut hashes = HashSet::new();
    for shop in [world.shop, second] {
        for domain in [Domain::EmailIndex, Domain::MailedCode, Domain::LimitSubject] {
            for parts in parts {
                let mut hash = async |vault: &Vault| {
                    vault
                        .keyed_hash(&mut *snapshot, shop, domain, parts)
                        .await
                        .unwrap()
                };
                let first = hash(&world.vault).await;
                assert_eq!(first, hash(&world.node()).await);
                hashes.insert(first);
            }
        }
    }
    assert_eq!(hashes.len(), 2 * 3 * 4);
    let nowhere = terms::ShopId::random(&*world.rng);
    assert!(matches!(
        world
            .vault
            .keyed_hash(&mut *snapshot, nowhere, Domain::EmailIndex, &[b"ada"])
            .await,
        Err(VaultError::NoShopKey)
    ));
}

#[tokio::test]
async fn a_ledger_subject_is_hers_alone_and_dies_with_the_key() {
    let world = World::new().await;
    let (her, him) = (world.shopper(), world.shopper());
    let tag = world
        .key_by(&world.vault, her, Conversation)
        .await
        .subject_tag();
    let again = world
        .key_by(&world.node(), her, Conversation)
        .await
        .subject_tag();
    assert_eq!(tag, again);
    for other in [(her, Account), (him, Conversation)] {
        let other = world.key_by(&world.vault, other.0, other.1).await;
        assert_ne!(tag, other.subject_tag());
    }
    let mut tx = world.begin().await;
    let gone = store::keys::WriteKeys::delete_data_keys(
        &mut *tx,
        world.shop,
        her,
        &terms::RetentionClass::ALL,
    )
    .await
    .unwrap();
    assert_eq!(gone, 2);
    tx.commit().await.unwrap();
    let next = world.key_by(&world.vault, her, Conversation).await;
    assert_ne!(tag, next.subject_tag());
}

#[tokio::test]
async fn a_secret_beside_the_root_key_opens_under_its_own_name_only() {
    let world = World::new().await;
    let secret = world.vault.fresh_secret();
    let wrapped = world.vault.wrap_for_custody("ledger", &secret).unwrap();
    let opened = world.node().unwrap_from_custody("ledger", &wrapped);
    assert_eq!(opened.unwrap().expose(), secret.expose());
    for (name, wrapped) in [
        ("other", wrapped.clone()),
        ("ledger", wrapped[1..].to_vec()),
        ("ledger", Vec::new()),
    ] {
        assert!(matches!(
            world.vault.unwrap_from_custody(name, &wrapped),
            Err(VaultError::WrongRootKey)
        ));
    }
    let other = Vault::open(
        Arc::new(vault::testing::MemoryCustody::new([8; 32])),
        world.clock.clone(),
        world.rng.clone(),
    )
    .unwrap();
    assert!(other.unwrap_from_custody("ledger", &wrapped).is_err());
}
