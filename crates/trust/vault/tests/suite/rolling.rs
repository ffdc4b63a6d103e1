//! Epochs roll: old backups of the key table become noise, and nobody alive loses a word, whatever
//! crashes and whoever is late.

use core::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use store::{
    Database, Pulses, Snapshot, Transaction,
    keys::{DataKeyRow, Owner},
    places::TurnBody,
};
use vault::{CustodyError, EpochNumber, VaultError};

use crate::world::{GRACE, Kept, WEEK, World};

/// Three shoppers with a word each.
async fn house() -> (World, Vec<(Owner, Kept<TurnBody>)>) {
    let world = World::new().await;
    let mut kept = Vec::new();
    for word in ["one", "two", "three"] {
        let owner = world.shopper();
        kept.push((owner, world.seal(owner, word).await));
    }
    (world, kept)
}

async fn all_open(world: &World, kept: &[(Owner, Kept<TurnBody>)]) {
    for vault in [&world.vault, &world.node()] {
        for ((_, kept), word) in kept.iter().zip(["one", "two", "three"]) {
            assert_eq!(world.open_by(vault, kept).await.unwrap(), word);
        }
    }
}

fn numbers(world: &World) -> Vec<i64> {
    let epochs = world.vault.epochs().unwrap();
    epochs.iter().map(|(number, _)| number.0).collect()
}

#[tokio::test]
async fn a_young_epoch_is_not_rolled() {
    let (world, kept) = house().await;
    world.clock.advance(WEEK - Duration::from_millis(1));
    let report = world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    assert_eq!(
        (report.current.0, report.rewrapped, report.destroyed),
        (1, 0, 0)
    );
    all_open(&world, &kept).await;
}

#[tokio::test]
async fn everything_opens_after_a_roll_and_the_old_key_dies_after_its_grace() {
    let (world, kept) = house().await;
    let roll = async || {
        world
            .vault
            .roll_epoch(&*world.database, WEEK)
            .await
            .unwrap()
    };
    world.clock.advance(WEEK);
    let report = roll().await;
    assert_eq!(
        (report.current.0, report.rewrapped, report.destroyed),
        (2, 3, 0)
    );
    all_open(&world, &kept).await;
    assert_eq!(numbers(&world), [1, 2]);

    world.clock.advance(GRACE - Duration::from_millis(1));
    assert_eq!(roll().await.destroyed, 0);
    assert_eq!(numbers(&world), [1, 2]);

    world.clock.advance(Duration::from_millis(1));
    let report = roll().await;
    assert_eq!(
        (report.current.0, report.rewrapped, report.destroyed),
        (2, 0, 1)
    );
    assert_eq!(numbers(&world), [2]);
    all_open(&world, &kept).await;
}

/// The point of it all: key rows of an old backup are noise under today's keys.
#[tokio::test]
async fn a_copy_made_before_the_roll_cannot_be_opened_with_todays_keys() {
    let (world, kept) = house().await;
    let mut copies: Vec<DataKeyRow> = Vec::new();
    for (owner, _) in &kept {
        copies.extend(world.key_rows(*owner).await);
    }
    world.clock.advance(WEEK);
    for _ in 0..2 {
        world
            .vault
            .roll_epoch(&*world.database, WEEK)
            .await
            .unwrap();
        world.clock.advance(GRACE);
    }
    assert_eq!(numbers(&world), [2]);
    for (copy, (owner, kept)) in copies.iter().zip(&kept) {
        let [now] = world.key_rows(*owner).await.try_into().unwrap();
        world.overwrite(&now, copy).await;
        for vault in [&world.vault, &world.node()] {
            assert!(matches!(
                world.open_by(vault, kept).await,
                Err(VaultError::EpochGone(EpochNumber(1)))
            ));
        }
        // Under today's number it is no better.
        let relabelled = DataKeyRow {
            epoch: 2,
            ..copy.clone()
        };
        world.overwrite(copy, &relabelled).await;
        assert!(matches!(
            world.open(kept).await,
            Err(VaultError::WrappedKeyDoesNotOpen(_))
        ));
        world.overwrite(&relabelled, &now).await;
    }
    all_open(&world, &kept).await;
}

#[tokio::test]
async fn the_forgotten_are_not_brought_back_by_a_roll() {
    let (world, kept) = house().await;
    let mut tx = world.begin().await;
    let (owner, gone) = &kept[0];
    tx.delete_data_keys(world.shop, *owner, &terms::RetentionClass::ALL)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(WEEK);
    let report = world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    assert_eq!(report.rewrapped, 2);
    assert!(matches!(
        world.open(gone).await,
        Err(VaultError::Forgotten(_))
    ));
}

#[tokio::test]
async fn a_node_that_has_not_heard_of_the_roll_goes_on_working() {
    let (world, kept) = house().await;
    let late = world.node();
    world.clock.advance(WEEK);
    world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    // Reads what is wrapped under an epoch it never saw begin.
    for ((_, kept), word) in kept.iter().zip(["one", "two", "three"]) {
        assert_eq!(world.open_by(&late, kept).await.unwrap(), word);
    }
}

/// Node B wraps a key under the old epoch just after node A has rolled; the next roll finds it.
#[tokio::test]
async fn a_key_wrapped_under_the_old_epoch_after_the_roll_survives() {
    let (world, _) = house().await;
    world.clock.advance(WEEK);
    let late = world.node();
    world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    let newcomer = world.shopper();
    let word = world.seal_by::<TurnBody>(&late, newcomer, "late").await;
    let [row] = world.key_rows(newcomer).await.try_into().unwrap();
    assert_eq!(row.epoch, 1, "the node was not late: the test is void");

    world.clock.advance(GRACE);
    let report = world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    assert_eq!((report.rewrapped, report.destroyed), (1, 1));
    for vault in [&world.vault, &late, &world.node()] {
        assert_eq!(world.open_by(vault, &word).await.unwrap(), "late");
    }
}

/// A node that made nothing for a week, and whose old epoch was destroyed meanwhile, does not wrap
/// under what it remembers.
#[tokio::test]
async fn a_node_does_not_wrap_under_an_epoch_that_is_gone() {
    let (world, _) = house().await;
    let late = world.node();
    world.clock.advance(WEEK);
    for _ in 0..2 {
        world
            .vault
            .roll_epoch(&*world.database, WEEK)
            .await
            .unwrap();
        world.clock.advance(GRACE);
    }
    assert_eq!(numbers(&world), [2]);
    let newcomer = world.shopper();
    let word = world.seal_by::<TurnBody>(&late, newcomer, "late").await;
    assert_eq!(world.key_rows(newcomer).await[0].epoch, 2);
    assert_eq!(world.open_by(&world.node(), &word).await.unwrap(), "late");

    // The same for a key that changes hands.
    let guest = world.guest();
    let word = world
        .seal_by::<TurnBody>(&world.vault, guest, "a guest's")
        .await;
    let later = world.node();
    world.clock.advance(WEEK);
    for _ in 0..2 {
        world
            .vault
            .roll_epoch(&*world.database, WEEK)
            .await
            .unwrap();
        world.clock.advance(GRACE);
    }
    let mut tx = world.begin().await;
    later
        .adopt(&mut *tx, world.shop, guest, newcomer)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        world.open_by(&world.node(), &word).await.unwrap(),
        "a guest's"
    );
}

/// A rotation that read a key before it changed hands does not give it back.
#[tokio::test]
async fn a_rotation_does_not_undo_an_adoption_it_did_not_see() {
    let world = World::new().await;
    let (guest, shopper) = (world.guest(), world.shopper());
    let word = world.seal::<TurnBody>(guest, "a word").await;
    let [read_by_the_rotation] = world.key_rows(guest).await.try_into().unwrap();
    let mut tx = world.begin().await;
    world
        .vault
        .adopt(&mut *tx, world.shop, guest, shopper)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut tx = world.begin().await;
    let late = DataKeyRow {
        epoch: 2,
        wrapped: vec![0; 60],
        ..read_by_the_rotation.clone()
    };
    let written = tx
        .rewrap_data_key(&late, &read_by_the_rotation.wrapped)
        .await
        .unwrap();
    assert!(!written);
    tx.commit().await.unwrap();
    assert_eq!(world.key_rows(guest).await, []);
    assert_eq!(world.open(&word).await.unwrap(), "a word");
}

#[tokio::test]
async fn nodes_that_roll_at_once_agree_on_one_epoch() {
    let (world, kept) = house().await;
    world.clock.advance(WEEK);
    let nodes = [world.node(), world.node(), world.node()];
    for node in &nodes {
        let report = node.roll_epoch(&*world.database, WEEK).await.unwrap();
        assert_eq!(report.current.0, 2);
    }
    assert_eq!(numbers(&world), [1, 2]);
    all_open(&world, &kept).await;
}

#[tokio::test]
async fn nodes_that_start_at_once_agree_on_the_first_epoch() {
    let custody = std::sync::Arc::new(vault::testing::MemoryCustody::new([9; 32]));
    let clock = std::sync::Arc::new(vault::testing::HandClock::default());
    let barrier = std::sync::Arc::new(std::sync::Barrier::new(8));
    let started: Vec<_> = (0..8)
        .map(|seed| {
            let (custody, clock, barrier) = (custody.clone(), clock.clone(), barrier.clone());
            std::thread::spawn(move || {
                let rng = std::sync::Arc::new(vault::testing::SeededRng::new(seed));
                barrier.wait();
                vault::Vault::open(custody, clock, rng).map(|vault| vault.epochs().unwrap().len())
            })
        })
        .collect();
    for node in started {
        assert_eq!(node.join().unwrap().unwrap(), 1);
    }
}

#[tokio::test]
async fn a_custody_that_fails_leaves_everything_openable() {
    let (world, kept) = house().await;
    let roll = async || world.vault.roll_epoch(&*world.database, WEEK).await;
    world.clock.advance(WEEK);

    // It cannot keep the new key: nothing was begun.
    world.custody.faults.keep.store(true, Ordering::SeqCst);
    let outcome = roll().await;
    assert!(matches!(
        outcome,
        Err(VaultError::Custody(CustodyError::Unavailable(_)))
    ));
    assert_eq!(numbers(&world), [1]);
    all_open(&world, &kept).await;
    world.custody.faults.keep.store(false, Ordering::SeqCst);
    assert_eq!(roll().await.unwrap().rewrapped, 3);

    // It cannot destroy the old one: it is tried again.
    world.custody.faults.destroy.store(true, Ordering::SeqCst);
    world.clock.advance(GRACE);
    assert!(roll().await.is_err());
    assert_eq!(numbers(&world), [1, 2]);
    all_open(&world, &kept).await;
    world.custody.faults.destroy.store(false, Ordering::SeqCst);
    assert_eq!(roll().await.unwrap().destroyed, 1);
    assert_eq!(numbers(&world), [2]);
    all_open(&world, &kept).await;
}

/// Killed after the new epoch key was kept, before a single data key was wrapped under it.
#[tokio::test]
async fn a_roll_that_was_killed_is_finished_by_the_next() {
    let (world, kept) = house().await;
    world.clock.advance(WEEK);
    world
        .tamper(
            "CREATE TRIGGER killed BEFORE UPDATE ON data_keys \
             BEGIN SELECT RAISE(ABORT, 'killed'); END",
        )
        .await;
    let outcome = world.vault.roll_epoch(&*world.database, WEEK).await;
    assert!(matches!(outcome, Err(VaultError::Store(_))), "{outcome:?}");
    assert_eq!(numbers(&world), [1, 2]);
    all_open(&world, &kept).await;

    world.tamper("DROP TRIGGER killed").await;
    world.clock.advance(GRACE);
    // The epoch is young; what is left to do is done all the same.
    let report = world
        .node()
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    assert_eq!(
        (report.current.0, report.rewrapped, report.destroyed),
        (2, 3, 1)
    );
    all_open(&world, &kept).await;
}

/// A database in which a late transaction commits a key just before the second look.
struct Late<'world> {
    world: &'world World,
    row: DataKeyRow,
    looks: AtomicUsize,
}

#[async_trait]
impl Database for Late<'_> {
    async fn snapshot(&self) -> store::Result<Box<dyn Snapshot>> {
        if self.looks.fetch_add(1, Ordering::SeqCst) == 1 {
            let mut tx = self.world.begin().await;
            assert!(tx.insert_data_key(&self.row).await.unwrap());
            tx.commit().await.unwrap();
        }
        self.world.database.snapshot().await
    }

    async fn begin(&self) -> store::Result<Box<dyn Transaction>> {
        self.world.database.begin().await
    }

    fn pulses(&self) -> Box<dyn Pulses> {
        self.world.database.pulses()
    }

    async fn ready(&self) -> store::Result<()> {
        self.world.database.ready().await
    }

    async fn settle(&self) -> store::Result<()> {
        self.world.database.settle().await
    }

    async fn scrub(&self) -> store::Result<()> {
        self.world.database.scrub().await
    }
}

/// A transaction wraps a key under the old epoch and becomes durable after the survivors were
/// wrapped anew: the old epoch key is kept for it.
#[tokio::test]
async fn an_epoch_that_a_late_key_needs_is_not_destroyed() {
    let (world, _) = house().await;
    let owner = world.shopper();
    let word = world.seal::<TurnBody>(owner, "late").await;
    let [row] = world.key_rows(owner).await.try_into().unwrap();
    let mut tx = world.begin().await;
    tx.delete_data_keys(world.shop, owner, &terms::RetentionClass::ALL)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    world.clock.advance(WEEK);
    world
        .vault
        .roll_epoch(&*world.database, WEEK)
        .await
        .unwrap();
    world.clock.advance(GRACE);
    let late = Late {
        world: &world,
        row,
        looks: AtomicUsize::new(0),
    };
    let report = world.vault.roll_epoch(&late, WEEK).await.unwrap();
    assert!(late.looks.load(Ordering::SeqCst) > 1, "it never came");
    assert_eq!(report.destroyed, 0);
    assert_eq!(world.open_by(&world.node(), &word).await.unwrap(), "late");
    let report = world.vault.roll_epoch(&late, WEEK).await.unwrap();
    assert_eq!((report.rewrapped, report.destroyed), (1, 1));
    assert_eq!(world.open_by(&world.node(), &word).await.unwrap(), "late");
}
