//! Forgetting destroys keys, on the record, and nobody else's.

use ledger::{
    RecordError,
    gate::{Actor, Recorded},
};
use store::{
    Transaction,
    keys::Owner,
    places::{ShopperEmail, TurnBody},
};
use terms::RetentionClass::{self, Account, Conversation};
use vault::{Erasure, VaultError};

use crate::world::World;

async fn recorded(
    world: &World,
    tx: &mut dyn Transaction,
    owner: Owner,
    classes: &[RetentionClass],
) -> Recorded<Erasure> {
    let erasure = Erasure {
        shop: world.shop,
        owner,
        classes: classes.to_vec(),
        reason: "shopper_asked",
    };
    world
        .recorder()
        .record(tx, world.shop, Actor::System, None, erasure)
        .await
        .unwrap()
}

#[tokio::test]
async fn nothing_of_hers_opens_and_everything_of_his_does() {
    let world = World::new().await;
    let (her, him) = (world.shopper(), world.shopper());
    let hers = world.seal::<TurnBody>(her, "her word").await;
    let address = world.seal::<ShopperEmail>(her, "ada@example.com").await;
    let his = world.seal::<TurnBody>(him, "his word").await;

    let mut tx = world.begin().await;
    let proof = recorded(&world, &mut *tx, her, &RetentionClass::ALL).await;
    assert_eq!(world.vault.forget(&mut *tx, proof).await.unwrap(), 2);
    tx.commit().await.unwrap();

    for vault in [&world.vault, &world.node()] {
        assert!(matches!(
            world.open_by(vault, &hers).await,
            Err(VaultError::Forgotten(id)) if id == hers.sealed.key()
        ));
        assert!(matches!(
            world.open_by(vault, &address).await,
            Err(VaultError::Forgotten(_))
        ));
        assert_eq!(world.open_by(vault, &his).await.unwrap(), "his word");
    }
    // A new key is another key: what was sealed before stays shut.
    world.seal::<TurnBody>(her, "a new word").await;
    assert!(world.open(&hers).await.is_err());
}

#[tokio::test]
async fn one_class_is_forgotten_and_the_others_stay() {
    let world = World::new().await;
    let her = world.shopper();
    let turn = world.seal::<TurnBody>(her, "a word").await;
    let address = world.seal::<ShopperEmail>(her, "ada@example.com").await;
    let mut tx = world.begin().await;
    let proof = recorded(&world, &mut *tx, her, &[Conversation]).await;
    assert_eq!(world.vault.forget(&mut *tx, proof).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert!(world.open(&turn).await.is_err());
    assert_eq!(world.open(&address).await.unwrap(), "ada@example.com");
    assert_eq!(world.key_rows(her).await[0].class, Account);
}

#[tokio::test]
async fn a_record_of_another_transaction_is_refused() {
    let world = World::new().await;
    let her = world.shopper();
    let kept = world.seal::<TurnBody>(her, "a word").await;
    let mut first = world.begin().await;
    let proof = recorded(&world, &mut *first, her, &RetentionClass::ALL).await;
    first.rollback().await.unwrap();

    let mut second = world.begin().await;
    let outcome = world.vault.forget(&mut *second, proof).await;
    assert!(matches!(
        outcome,
        Err(VaultError::Record(RecordError::OtherTransaction { .. }))
    ));
    second.commit().await.unwrap();
    assert_eq!(world.open(&kept).await.unwrap(), "a word");
}

#[tokio::test]
async fn the_record_and_the_erasure_become_durable_together_or_not_at_all() {
    let world = World::new().await;
    let her = world.shopper();
    let kept = world.seal::<TurnBody>(her, "a word").await;
    for durable in [false, true] {
        let mut tx = world.begin().await;
        let proof = recorded(&world, &mut *tx, her, &RetentionClass::ALL).await;
        world.vault.forget(&mut *tx, proof).await.unwrap();
        if durable {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        let mut snapshot = store::Database::snapshot(&*world.database).await.unwrap();
        let entries = snapshot.unplaced_entries(world.shop, 10).await.unwrap();
        assert_eq!(entries.len(), usize::from(durable));
        assert_eq!(world.open(&kept).await.is_err(), durable);
        for entry in entries {
            assert_eq!(entry.kind, "keys.destroyed");
            // It says that it happened, not to whom.
            let body = String::from_utf8(entry.body).unwrap();
            assert!(!body.contains(&her.uuid().to_string()), "{body}");
        }
    }
}
