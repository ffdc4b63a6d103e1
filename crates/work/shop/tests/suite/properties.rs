//! What no sequence of tools, confirmations, staff, webhooks, rounds, waits and crashes can break:
//! money adds up and moves once, nothing is ever less than nothing, and only the acting shopper's
//! own rows change.
//!
//! A few sequences by default; ten thousand with the feature `slow`.

use core::cell::RefCell;
use std::collections::BTreeMap;

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    gateway::Mood,
    sequence::{Act, Fate, Sequence},
    world::{World, linden},
};

const SHARDS: u32 = 4;
const SEQUENCES: u32 = if cfg!(feature = "slow") { 10_000 } else { 40 };
const LONGEST: usize = if cfg!(feature = "slow") { 40 } else { 24 };

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Kept),
        1 => Just(Fate::Dropped),
        2 => Just(Fate::Twice),
    ]
}

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![
        Just(Mood::Deaf),
        Just(Mood::Mute),
        Just(Mood::Hard),
        Just(Mood::Hung),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let asked = || (0..4_u8, 0..8_u8, any::<u8>(), any::<[u8; 3]>());
    prop_oneof![
        3 => (0..4_u8, any::<u8>(), 1..4_u8)
            .prop_map(|(who, variant, quantity)| Act::Fill { who, variant, quantity }),
        1 => (0..4_u8, any::<u8>()).prop_map(|(who, code)| Act::Discount { who, code }),
        3 => asked()
            .prop_map(|(who, tool, order, pick)| Act::Propose { who, tool, order, pick }),
        4 => (any::<u8>(), 0..8_u8, fate())
            .prop_map(|(proposal, by, fate)| Act::Confirm { proposal, by, fate }),
        8 => asked().prop_map(|(who, tool, order, pick)| Act::Do { who, tool, order, pick }),
        5 => (any::<u8>(), 0..30_u8, fate())
            .prop_map(|(order, step, fate)| Act::Serve { order, step, fate }),
        3 => (any::<u8>(), any::<u8>(), any::<bool>())
            .prop_map(|(page, token, heard)| Act::Pay { page, token, heard }),
        2 => (any::<u8>(), 0..5_u8).prop_map(|(page, how)| Act::Hear { page, how }),
        4 => (vec(mood(), 0..3), any::<bool>())
            .prop_map(|(moods, at_once)| Act::Settle { moods, at_once }),
        1 => any::<bool>().prop_map(|deaf| Act::Expire { deaf }),
        2 => (0..5_u8).prop_map(|step| Act::Wait { step }),
        1 => (any::<u8>(), 1..20_000_i64)
            .prop_map(|(variant, price)| Act::Reprice { variant, price }),
    ]
}

/// Orders that make up a small book, so that a sequence meets the same one more than once.
const ORDERS: [&str; 12] = [
    "A-PENDING",
    "A-CUSHION",
    "A-GIFT",
    "A-SPLIT",
    "A-UNPAID",
    "A-PROCESSED",
    "A-LITTLE",
    "A-MIXED",
    "B-PENDING",
    "B-DELIVERED",
    "C-PENDING",
    "C-DELIVERED",
];

/// What must have happened in thousands of sequences.
const CHANGES: [&str; 21] = [
    "cancel",
    "change_address",
    "change_default_address",
    "change_items",
    "change_payment",
    "checkout",
    "deliver",
    "expire",
    "give_up",
    "give_up_exchange",
    "mark_paid",
    "paid",
    "paid_too_late",
    "process",
    "receive_exchange",
    "receive_return",
    "request_exchange",
    "request_return",
    "ship",
    "transfer_declined",
    "transfer_done",
];

fn play(shard: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut document = linden();
    document["orders"]
        .as_array_mut()
        .unwrap()
        .retain(|order| ORDERS.contains(&order["id"].as_str().unwrap()));
    let template = runtime.block_on(World::with(&document));
    let config = Config {
        cases: SEQUENCES / SHARDS,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[0] = u8::try_from(shard).unwrap();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let tally = RefCell::new(BTreeMap::new());
    let mut runner = TestRunner::new_with_rng(config, rng);
    let sequences = (any::<u64>(), vec(act(), 1..LONGEST));
    let outcome = runner.run(&sequences, |(seed, acts)| {
        runtime.block_on(async {
            let mut sequence = Sequence::begin(template.copy(seed).await).await;
            for act in acts {
                sequence.play(&act).await;
            }
            for (what, times) in sequence.end().await {
                *tally.borrow_mut().entry(what).or_insert(0_usize) += times;
            }
        });
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("shard {shard}: {error}");
    }
    let tally = tally.into_inner();
    println!("shard {shard}: {tally:?}");
    // Sequences in which nothing is ever done break nothing.
    assert!(tally.values().sum::<usize>() >= 20, "{tally:?}");
    if cfg!(feature = "slow") {
        for what in CHANGES {
            assert!(tally.contains_key(what), "no sequence came to `{what}`");
        }
    }
}

#[test]
fn no_sequence_breaks_the_books_1() {
    play(1);
}

#[test]
fn no_sequence_breaks_the_books_2() {
    play(2);
}

#[test]
fn no_sequence_breaks_the_books_3() {
    play(3);
}

#[test]
fn no_sequence_breaks_the_books_4() {
    play(4);
}
