//! The tree grows through its tiles, and proofs come out of them.

use ledger::{
    Sequencer, SequencerError, consistency_proof, inclusion_proof,
    tree::{Frontier, leaf_hash, verify_consistency, verify_inclusion},
};
use store::ledger::WriteLedger;

use crate::memory::{MemoryLedger, ORIGIN, entry, sequencer, shop};

#[tokio::test]
async fn tiles_are_those_of_the_specification_however_the_tree_grew() {
    let whole = MemoryLedger::grown(&[1_300]).await;
    for steps in [
        &[1, 254, 1, 1, 255, 256, 532][..],
        &[650, 650],
        &[256, 1_044],
        &[255, 2, 1_043],
    ] {
        let grown = MemoryLedger::grown(steps).await;
        assert_eq!(grown.tiles, whole.tiles, "{steps:?}");
        assert_eq!(
            grown.checkpoints.last().unwrap().root,
            whole.checkpoints.last().unwrap().root
        );
    }
    let widths: Vec<_> = whole
        .tiles
        .iter()
        .map(|(place, hashes)| (*place, hashes.len() / 32))
        .collect();
    let full = |tile| ((0, tile), 256);
    assert_eq!(
        widths,
        [
            full(0),
            full(1),
            full(2),
            full(3),
            full(4),
            ((0, 5), 20),
            ((1, 0), 5)
        ]
    );
}

#[tokio::test]
async fn each_checkpoint_signs_the_root_of_its_entries() {
    let steps = [1, 1, 5, 249, 1, 300];
    let ledger = MemoryLedger::grown(&steps).await;
    let mut frontier = Frontier::default();
    let mut entries = ledger.entries.iter();
    for (checkpoint, step) in ledger.checkpoints.iter().zip(steps) {
        entries
            .by_ref()
            .take(step.try_into().unwrap())
            .for_each(|entry| frontier.push(leaf_hash(&entry.body)));
        assert_eq!(checkpoint.root, frontier.root());
        assert_eq!(u64::try_from(checkpoint.size).unwrap(), frontier.size());
    }
}

#[tokio::test]
async fn proofs_from_tiles_hold() {
    // Small batches in one ledger, so that every size below has a root to compare with.
    let mut ledger = MemoryLedger::grown(&[700]).await;
    let leaves: Vec<_> = ledger
        .entries
        .iter()
        .map(|entry| leaf_hash(&entry.body))
        .collect();
    let root = |size: u64| {
        leaves
            .iter()
            .take(size.try_into().unwrap())
            .copied()
            .collect::<Frontier>()
            .root()
    };
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 700] {
        for position in [0, 1, size / 2, size - 1] {
            if position < size {
                let proof = inclusion_proof(&mut ledger, shop(), position, size)
                    .await
                    .unwrap();
                let leaf = leaves[usize::try_from(position).unwrap()];
                assert!(
                    verify_inclusion(&leaf, position, size, &root(size), &proof),
                    "{position} of {size}"
                );
            }
        }
        for old in [1, 2, 200, 255, 256, 257, 512, size] {
            if old <= size {
                let proof = consistency_proof(&mut ledger, shop(), old, size)
                    .await
                    .unwrap();
                assert!(
                    verify_consistency((old, &root(old)), (size, &root(size)), &proof),
                    "{old} to {size}"
                );
            }
        }
    }
    for (position, size) in [(700, 700), (0, 701), (0, 0), (u64::MAX, u64::MAX)] {
        assert!(
            inclusion_proof(&mut ledger, shop(), position, size)
                .await
                .is_err()
        );
    }
    for (old, new) in [(0, 5), (6, 5), (1, 701), (u64::MAX, u64::MAX)] {
        assert!(
            consistency_proof(&mut ledger, shop(), old, new)
                .await
                .is_err()
        );
    }
    ledger.size = 699;
    let error = inclusion_proof(&mut ledger, shop(), 0, 700)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("the tree has 699 entries"), "{error}");
    ledger.size = 700;
    ledger.tiles.remove(&(0, 1));
    assert!(
        inclusion_proof(&mut ledger, shop(), 0, 700).await.is_ok(),
        "the root above is still there"
    );
    let error = inclusion_proof(&mut ledger, shop(), 300, 700)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("tile 1 of level 0 is missing"), "{error}");
}

#[tokio::test]
async fn a_tick_without_entries_signs_nothing() {
    let mut ledger = MemoryLedger::grown(&[3]).await;
    let before = ledger.checkpoints.clone();
    assert_eq!(
        sequencer()
            .place(&mut ledger, shop(), ORIGIN)
            .await
            .unwrap(),
        None
    );
    assert_eq!(ledger.checkpoints, before);
}

#[tokio::test]
async fn what_lies_beyond_the_edge_of_a_tile_is_not_taken_into_the_tree() {
    let mut ledger = MemoryLedger::grown(&[300]).await;
    ledger.tiles.get_mut(&(0, 1)).unwrap().extend([7; 64]);
    ledger.tiles.get_mut(&(1, 0)).unwrap().extend([7; 32]);
    ledger.grow(300).await;
    let straight = MemoryLedger::grown(&[300, 300]).await;
    assert_eq!(ledger.tiles, straight.tiles);
    assert_eq!(ledger.checkpoints[1].root, straight.checkpoints[1].root);
}

#[tokio::test]
async fn large_backlogs_are_placed_batch_by_batch() {
    let mut ledger = MemoryLedger::default();
    for number in 0..4_500 {
        ledger.entries.push(entry(number));
    }
    ledger.place().await;
    let sizes: Vec<_> = ledger.checkpoints.iter().map(|row| row.size).collect();
    assert_eq!((ledger.size, sizes), (4_500, vec![2_000, 4_000, 4_500]));
}

async fn refused(sequencer: &Sequencer, ledger: &mut MemoryLedger) -> SequencerError {
    let number = 10_000 + u64::try_from(ledger.entries.len()).unwrap();
    ledger.insert_entry(&entry(number)).await.unwrap();
    let before = ledger.clone();
    let error = sequencer.place(ledger, shop(), ORIGIN).await.unwrap_err();
    assert_eq!(
        (&ledger.checkpoints, &ledger.tiles, ledger.size),
        (&before.checkpoints, &before.tiles, before.size)
    );
    error
}

#[tokio::test]
async fn a_tree_that_was_changed_is_not_signed_over() {
    let good = MemoryLedger::grown(&[300]).await;

    let mut ledger = good.clone();
    ledger.tiles.get_mut(&(0, 1)).unwrap()[5] ^= 1;
    let error = refused(&sequencer(), &mut ledger).await;
    assert!(
        matches!(error, SequencerError::Root { size: 300 }),
        "{error}"
    );

    let mut ledger = good.clone();
    ledger.size = 299;
    let error = refused(&sequencer(), &mut ledger).await;
    assert!(
        matches!(
            error,
            SequencerError::Head {
                head: 299,
                checkpoint: 300
            }
        ),
        "{error}"
    );

    let mut ledger = good.clone();
    ledger.checkpoints.clear();
    let error = refused(&sequencer(), &mut ledger).await;
    assert!(
        matches!(
            error,
            SequencerError::Head {
                head: 300,
                checkpoint: 0
            }
        ),
        "{error}"
    );

    let mut ledger = good.clone();
    ledger.checkpoints[0].note = ledger.checkpoints[0].note.replace("300", "301");
    let error = refused(&sequencer(), &mut ledger).await;
    assert!(matches!(error, SequencerError::Checkpoint(_)), "{error}");

    let mut ledger = good;
    ledger.tiles.remove(&(1, 0));
    let error = refused(&sequencer(), &mut ledger).await;
    assert!(matches!(error, SequencerError::Tiles(_)), "{error}");
}
