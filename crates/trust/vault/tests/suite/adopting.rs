//! A guest becomes a shopper: what the guest said stays readable, and from then on is the shopper's
//! to be forgotten.

use ledger::gate::Actor;
use store::{keys::Owner, places::TurnBody};
use terms::RetentionClass::{self, Conversation};
use vault::{Erasure, VaultError};

use crate::world::{Kept, World};

struct Adopted {
    world: World,
    guest: Owner,
    shopper: Owner,
    before: Kept<TurnBody>,
}

async fn adopted() -> Adopted {
    let world = World::new().await;
    let (guest, shopper) = (world.guest(), world.shopper());
    let before = world.seal(guest, "as a guest").await;
    let mut tx = world.begin().await;
    let moved = world
        .vault
        .adopt(&mut *tx, world.shop, guest, shopper)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved, 1);
    Adopted {
        world,
        guest,
        shopper,
        before,
    }
}

async fn forget(world: &World, owner: Owner) -> u64 {
    let mut tx = world.begin().await;
    let erasure = Erasure {
        shop: world.shop,
        owner,
        classes: RetentionClass::ALL.to_vec(),
        reason: "shopper_asked",
    };
    let recorded = world
        .recorder()
        .record(&mut *tx, world.shop, Actor::System, None, erasure)
        .await
        .unwrap();
    let gone = world.vault.forget(&mut *tx, recorded).await.unwrap();
    tx.commit().await.unwrap();
    gone
}

#[tokio::test]
async fn old_rows_open_and_new_ones_are_under_the_shoppers_key() {
    let Adopted {
        world,
        shopper,
        before,
        ..
    } = adopted().await;
    assert_eq!(world.open(&before).await.unwrap(), "as a guest");
    let after = world.seal::<TurnBody>(shopper, "as a shopper").await;
    assert_eq!(world.open(&after).await.unwrap(), "as a shopper");
    assert_ne!(before.sealed.key(), after.sealed.key());
    let rows = world.key_rows(shopper).await;
    let current: Vec<_> = rows
        .iter()
        .filter(|row| row.current)
        .map(|row| row.id)
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(current, [after.sealed.key()]);
}

#[tokio::test]
async fn forgetting_the_shopper_forgets_what_the_guest_said() {
    let Adopted {
        world,
        shopper,
        before,
        ..
    } = adopted().await;
    assert_eq!(forget(&world, shopper).await, 1);
    assert!(matches!(
        world.open(&before).await,
        Err(VaultError::Forgotten(_))
    ));
}

#[tokio::test]
async fn forgetting_the_guest_no_longer_reaches_it() {
    let Adopted {
        world,
        guest,
        before,
        ..
    } = adopted().await;
    assert_eq!(forget(&world, guest).await, 0);
    assert_eq!(world.open(&before).await.unwrap(), "as a guest");
}

/// The row as it stood before the adoption, put back by hand, opens nothing.
#[tokio::test]
async fn an_adoption_is_not_undone_by_moving_the_row_back() {
    let Adopted {
        world,
        guest,
        shopper,
        before,
    } = adopted().await;
    let [row] = world.key_rows(shopper).await.try_into().unwrap();
    let back = store::keys::DataKeyRow {
        owner: guest,
        ..row.clone()
    };
    world.overwrite(&row, &back).await;
    assert!(matches!(
        world.open(&before).await,
        Err(VaultError::WrappedKeyDoesNotOpen(_))
    ));
}

#[tokio::test]
async fn adopting_again_moves_nothing_and_a_guest_may_come_back() {
    let Adopted {
        world,
        guest,
        shopper,
        before,
    } = adopted().await;
    let again = world.seal::<TurnBody>(guest, "a guest again").await;
    for expected in [1, 0] {
        let mut tx = world.begin().await;
        let moved = world
            .vault
            .adopt(&mut *tx, world.shop, guest, shopper)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(moved, expected);
    }
    let hers = world.key_by(&world.vault, shopper, Conversation).await.id();
    assert_eq!(world.open(&before).await.unwrap(), "as a guest");
    assert_eq!(world.open(&again).await.unwrap(), "a guest again");
    assert_ne!(hers, again.sealed.key());
    assert_eq!(forget(&world, shopper).await, 3);
}

#[tokio::test]
async fn adopting_oneself_changes_nothing() {
    let world = World::new().await;
    let her = world.shopper();
    let kept = world.seal::<TurnBody>(her, "a word").await;
    let mut tx = world.begin().await;
    let moved = world.vault.adopt(&mut *tx, world.shop, her, her).await;
    assert_eq!(moved.unwrap(), 0);
    tx.commit().await.unwrap();
    let key = world.key_by(&world.vault, her, Conversation).await;
    assert_eq!(key.id(), kept.sealed.key());
}
