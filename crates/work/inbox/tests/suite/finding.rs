//! Finding conversations by whose they are, by tags, times and words; who may, and what is recorded.

use std::time::Instant;

use guard::gate;
use inbox::{
    finding::{FOUND_AT_ONCE, Finds, OPENED_AT_ONCE, PASSED_AT_ONCE, Wanted, Whose},
    shoppers::Sought,
    words::Words,
};
use ledger::Actor;
use store::{conversations::ConversationState, desk::QueueFilter, keys::Owner};
use terms::{ConversationId, RetentionClass, RoleName, ShopperId, Timestamp, Untrusted};
use vault::Erasure;

use crate::world::{Agent, World, policy};

fn anything() -> Wanted {
    Wanted {
        whose: Whose::Anyones,
        words: None,
        filter: QueueFilter {
            states: ConversationState::ALL.to_vec(),
            closed: true,
            ..QueueFilter::default()
        },
        from: Timestamp::from_millis(0),
        until: Timestamp::from_millis(i64::MAX),
        before: None,
    }
}

fn words(query: &str) -> Wanted {
    Wanted {
        words: Words::parse(query),
        ..anything()
    }
}

fn of_address(address: &str) -> Wanted {
    let address = gate::email_address(Untrusted::new(address.to_owned())).unwrap();
    Wanted {
        whose: Whose::Address(address),
        ..anything()
    }
}

async fn search(world: &World, by: &Agent, wanted: &Wanted) -> Finds {
    let permit = world.permit(by).await;
    let mut snapshot = world.snapshot().await;
    let found = world
        .inbox
        .search(&mut *snapshot, &permit, wanted, &policy())
        .await
        .unwrap();
    drop(snapshot);
    let mut tx = world.begin().await;
    let found = world
        .inbox
        .record_search(&mut *tx, &permit, found)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    found
}

fn ids(found: &Finds) -> Vec<ConversationId> {
    let heads = found.finds.iter().map(|find| find.head.conversation);
    heads.collect()
}

async fn forget(world: &World, owner: Owner) {
    let mut tx = world.begin().await;
    let recorder = ledger::Recorder::new(world.clock.clone(), world.rng.clone());
    let erasure = Erasure {
        shop: world.shop,
        owner,
        classes: RetentionClass::ALL.to_vec(),
        reason: "shopper_asked",
    };
    let recorded = recorder
        .record(&mut *tx, world.shop, Actor::System, None, erasure)
        .await
        .unwrap();
    world.vault.forget(&mut *tx, recorded).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn words_are_found_in_what_was_said() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (_, torn) = world.guest_who_said("The Übergröße arrived torn").await;
    world.tick();
    let (_, late) = world.guest_who_said("my parcel is late and torn").await;
    let found = search(&world, &robin, &words("torn")).await;
    assert_eq!(ids(&found), [late, torn], "the newest first");
    assert_eq!((found.opened, found.more), (2, None));
    let excerpt = &found.finds[0].at.as_ref().unwrap().excerpt;
    assert_eq!(excerpt.hit, "torn");
    assert_eq!(excerpt.before, "my parcel is late and ");
    let found = search(&world, &robin, &words("ubergrosse TORN")).await;
    assert_eq!(ids(&found), [torn]);
    let found = search(&world, &robin, &words("torn blue")).await;
    assert!(found.finds.is_empty());

    // Each search is a line, without the words; each find a line about whose it is.
    let kinds = world.kinds().await;
    assert_eq!(kinds["conversation.searched"], 3);
    assert_eq!(kinds["conversation.found_by_search"], 3);
    for (subject, leaf) in world.entries("conversation.searched").await {
        assert_eq!(subject, None);
        assert_eq!(leaf["details"]["by"], "words");
        assert!(!leaf.to_string().to_lowercase().contains("torn"));
    }
    for (subject, _) in world.entries("conversation.found_by_search").await {
        assert!(subject.is_some());
    }
}

#[tokio::test]
async fn a_shop_finds_its_own_alone() {
    let world = World::new().await;
    let (guest, _) = world.guest_who_said("torn").await;
    world.prove_address(&guest.token, "mara@example.com").await;
    let other = world.moved_to_second_shop().await;
    let stranger = other.agent("Sam Stone", RoleName::ADMIN).await;
    for wanted in [words("torn"), anything(), of_address("mara@example.com")] {
        let found = search(&other, &stranger, &wanted).await;
        assert!(found.finds.is_empty(), "{wanted:?}");
        assert_eq!(found.opened, 0);
    }
}

#[tokio::test]
async fn who_was_forgotten_is_found_no_more() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (guest, hers) = world.guest_who_said("torn sleeve").await;
    let proved = world.prove_address(&guest.token, "mara@example.com").await;
    world.tick();
    let (_, others) = world.guest_who_said("torn collar").await;
    assert_eq!(
        ids(&search(&world, &robin, &words("torn")).await),
        [others, hers]
    );
    forget(&world, Owner::Shopper(proved.shopper)).await;
    let found = search(&world, &robin, &words("torn")).await;
    assert_eq!(ids(&found), [others]);
    assert_eq!(found.opened, 1, "what cannot be opened is not opened");
    forget(&world, Owner::Conversation(others)).await;
    assert!(
        search(&world, &robin, &words("torn"))
            .await
            .finds
            .is_empty()
    );
}

#[tokio::test]
async fn an_address_is_found_exactly() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (guest, hers) = world.guest_who_said("torn sleeve").await;
    world.prove_address(&guest.token, "mara@example.com").await;
    world.guest_who_said("torn collar").await;
    let found = search(&world, &robin, &of_address("Mara@Example.com")).await;
    assert_eq!(ids(&found), [hers]);
    assert!(found.finds[0].at.is_none());
    for other in ["ara@example.com", "noor@example.com"] {
        assert!(
            search(&world, &robin, &of_address(other))
                .await
                .finds
                .is_empty()
        );
    }
    let both = Wanted {
        words: Words::parse("collar"),
        ..of_address("mara@example.com")
    };
    assert!(search(&world, &robin, &both).await.finds.is_empty());
    let none = Wanted {
        whose: Whose::Order("AA-1".to_owned()),
        ..anything()
    };
    assert!(search(&world, &robin, &none).await.finds.is_empty());
    let by: Vec<_> = world.entries("conversation.searched").await;
    let by: Vec<_> = by
        .iter()
        .map(|(_, leaf)| leaf["details"]["by"].clone())
        .collect();
    assert_eq!(by, ["address", "address", "address", "address", "order"]);
}

#[tokio::test]
async fn times_tags_and_states_narrow() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (_, first) = world.guest_who_said("torn one").await;
    let between = {
        world.tick();
        terms::Clock::now(&*world.clock)
    };
    world.tick();
    let (_, second) = world.guest_who_said("torn two").await;
    world.ask_for_person(second).await;
    let earlier = Wanted {
        until: between,
        ..words("torn")
    };
    assert_eq!(ids(&search(&world, &robin, &earlier).await), [first]);
    let later = Wanted {
        from: between,
        ..anything()
    };
    assert_eq!(ids(&search(&world, &robin, &later).await), [second]);
    let waiting = Wanted {
        filter: QueueFilter {
            states: vec![ConversationState::Waiting],
            ..QueueFilter::default()
        },
        ..words("torn")
    };
    let found = search(&world, &robin, &waiting).await;
    assert_eq!(ids(&found), [second]);
    assert_eq!(found.opened, 1, "what is not asked for is not opened");
    let tagged = Wanted {
        filter: QueueFilter {
            tag: Some("damaged".to_owned()),
            ..anything().filter
        },
        ..words("torn")
    };
    assert!(search(&world, &robin, &tagged).await.finds.is_empty());
}

#[tokio::test]
async fn a_look_is_bounded_and_goes_on_where_it_ended() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let mut all = Vec::new();
    for _ in 0..FOUND_AT_ONCE + 3 {
        world.tick();
        let (_, id) = world.guest_who_said("torn sleeve").await;
        all.push(id);
    }
    all.reverse();
    let first = search(&world, &robin, &words("torn")).await;
    assert_eq!(first.finds.len(), FOUND_AT_ONCE);
    let next = Wanted {
        before: first.more,
        ..words("torn")
    };
    let second = search(&world, &robin, &next).await;
    assert_eq!(second.more, None);
    let walked: Vec<_> = ids(&first).into_iter().chain(ids(&second)).collect();
    assert_eq!(walked, all);
}

#[tokio::test]
async fn a_shoppers_page_shows_who_read() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (guest, id) = world.guest_who_said("torn sleeve").await;
    let proved = world.prove_address(&guest.token, "mara@example.com").await;
    search(&world, &robin, &words("torn")).await;
    let permit = world.permit(&robin).await;
    let mut tx = world.begin().await;
    let address = gate::email_address(Untrusted::new("mara@example.com".to_owned())).unwrap();
    let sought = Sought::Address(address);
    let found = world.inbox.find_shopper(&mut *tx, &permit, &sought).await;
    assert_eq!(found.unwrap(), Some(proved.shopper));
    let page = world.inbox.shopper(&mut *tx, &permit, proved.shopper).await;
    let page = page.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(page.address.as_deref(), Some("m•••@example.com"));
    assert_eq!(page.conversations.len(), 1);
    assert_eq!(page.conversations[0].conversation, id);
    let acts: Vec<_> = page
        .acts
        .iter()
        .map(|act| (act.name.as_str(), act.kind.as_str()))
        .collect();
    for kind in ["shopper.read_by_staff", "conversation.found_by_search"] {
        assert!(acts.contains(&("Robin Reed", kind)), "{acts:?}");
    }
    let kinds = world.kinds().await;
    assert_eq!(kinds["shopper.sought_by_staff"], 1);
    assert_eq!(kinds["shopper.read_by_staff"], 1);

    // Forgotten, she is a row without a word; looking makes no new key for her.
    forget(&world, Owner::Shopper(proved.shopper)).await;
    let mut tx = world.begin().await;
    let page = world.inbox.shopper(&mut *tx, &permit, proved.shopper).await;
    let page = page.unwrap();
    assert_eq!((page.address, page.acts.len()), (None, 0));
    let owner = Owner::Shopper(proved.shopper);
    assert!(tx.data_keys_of(world.shop, owner).await.unwrap().is_empty());
    let nobody = ShopperId::random(&*world.rng);
    assert!(
        world
            .inbox
            .shopper(&mut *tx, &permit, nobody)
            .await
            .is_err()
    );
}

/// How long a look takes over 10,000 conversations of six messages. By hand, with optimisation:
/// `cargo test --release -p parlour-inbox --test suite -- --ignored --nocapture ten_thousand`.
#[tokio::test]
#[ignore = "a measurement that takes minutes: run by hand, with the command above"]
async fn ten_thousand_conversations() {
    let world = World::new().await;
    let said =
        "I ordered the linen shirt two weeks ago and the parcel has not arrived yet, can you look";
    let mut told = 0;
    for batch in 0..100 {
        let guest = world.guest().await;
        let mut tx = world.begin().await;
        for number in 0..100 {
            let scope = identity::Scope::new();
            // A session opens fifty at most: the rest are rows of the same kind.
            let proof = world.identity.shopper(&scope, &mut *tx, &guest.token).await;
            let proof = proof.unwrap();
            let id = world.conversation();
            let mut row = store::conversations::ConversationRow {
                shop: world.shop,
                id,
                session: proof.session(),
                shopper: None,
                state: ConversationState::Assistant,
                assigned: None,
                locale: terms::Locale::default(),
                last_position: 0,
                waiting_since: None,
                unanswered_since: None,
                closed_at: None,
                context: None,
                rewritings: 0,
                opened_at: terms::Clock::now(&*world.clock),
                updated_at: terms::Clock::now(&*world.clock),
            };
            tx.insert_conversation(&row).await.unwrap();
            for _ in 0..6 {
                world.tick();
                let needle = if batch == 0 && number == 0 {
                    " needle"
                } else {
                    ""
                };
                let turn = inbox::NewTurn {
                    author: store::conversations::Author::Shopper,
                    staff: None,
                    message: Some(world.message()),
                    in_reply_to: None,
                    words: &crate::world::words(&format!("{said}{needle}")),
                };
                world.inbox.append(&mut *tx, &mut row, turn).await.unwrap();
                told += 1;
            }
            tx.update_conversation(&row).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    // Signed in now: hours have passed on the clock.
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let mut looks = Vec::new();
    let mut wanted = words("needle");
    let began = Instant::now();
    let found = loop {
        let look = Instant::now();
        let found = search(&world, &robin, &wanted).await;
        looks.push(look.elapsed());
        assert!(found.opened <= OPENED_AT_ONCE);
        match found.more {
            Some(mark) if found.finds.is_empty() => wanted.before = Some(mark),
            _ => break found,
        }
    };
    let all = began.elapsed();
    looks.sort_unstable();
    println!(
        "{told} messages of 10,000 conversations; {} looks of {OPENED_AT_ONCE} messages: median {:?}, \
         slowest {:?}; all of them {all:?}; found {}",
        looks.len(),
        looks[looks.len() / 2],
        looks[looks.len() - 1],
        found.finds.len(),
    );
    assert_eq!(found.finds.len(), 1);
}

/// What is nowhere is not looked for without an end: messages of conversations that are not asked for
/// cost little each, and there may be millions of them.
#[tokio::test]
async fn a_look_that_opens_nothing_is_bounded_too() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let (_, found) = world.guest_who_said("torn").await;
    world.ask_for_person(found).await;
    world.tick();
    let (_, long) = world.guest_who_said("torn").await;
    let mut snapshot = world.snapshot().await;
    let turns = snapshot.turns_after(world.shop, long, 0, 1).await.unwrap();
    drop(snapshot);
    world.tick();
    let mut tx = world.begin().await;
    for position in 0..PASSED_AT_ONCE {
        let turn = store::conversations::TurnRow {
            id: terms::TurnId::random(&*world.rng),
            message: None,
            position: i64::try_from(position).unwrap() + 100,
            at: terms::Clock::now(&*world.clock),
            ..turns[0].clone()
        };
        tx.append_turn(&turn).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut wanted = words("torn");
    wanted.filter.states = vec![ConversationState::Waiting];
    let none = search(&world, &robin, &wanted).await;
    assert!(none.finds.is_empty());
    assert_eq!(none.opened, 0);
    assert!(none.more.is_some(), "there is more, and it says so");
    wanted.before = none.more;
    assert_eq!(ids(&search(&world, &robin, &wanted).await), [found]);
}

/// Among one shopper's own, a look ends and goes on like any other.
#[tokio::test]
async fn a_look_through_ones_own_goes_on_where_it_ended() {
    let world = World::new().await;
    let (guest, old) = world.guest_who_said("needle").await;
    world.tick();
    let long = world.conversation();
    world
        .say(&guest.token, long, "hay and a needle")
        .await
        .unwrap();
    let mut tx = world.begin().await;
    let mut row = tx
        .lock_conversation(world.shop, long)
        .await
        .unwrap()
        .unwrap();
    for _ in 0..OPENED_AT_ONCE {
        world.tick();
        let turn = inbox::NewTurn {
            author: store::conversations::Author::Shopper,
            staff: None,
            message: None,
            in_reply_to: None,
            words: &crate::world::words("hay"),
        };
        world.inbox.append(&mut *tx, &mut row, turn).await.unwrap();
    }
    tx.update_conversation(&row).await.unwrap();
    tx.commit().await.unwrap();
    world.prove_address(&guest.token, "mara@example.com").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let mut wanted = Wanted {
        words: Words::parse("needle"),
        ..of_address("mara@example.com")
    };
    let first = search(&world, &robin, &wanted).await;
    assert!(first.finds.is_empty());
    assert!(first.more.is_some(), "not all of hers was looked through");
    wanted.before = first.more;
    assert_eq!(ids(&search(&world, &robin, &wanted).await), [long, old]);
}

/// A conversation may be as long as whoever writes it likes: what is not in the time that is asked for is
/// passed a bounded number at a time, and what stands before it is still found.
#[tokio::test]
async fn a_look_through_one_long_conversation_is_bounded_too() {
    let world = World::new().await;
    let (guest, long) = world.guest_who_said("needle").await;
    world.prove_address(&guest.token, "mara@example.com").await;
    let until = terms::Clock::now(&*world.clock).after(std::time::Duration::from_millis(1));
    world.tick();
    let mut tx = world.begin().await;
    let mut row = tx
        .lock_conversation(world.shop, long)
        .await
        .unwrap()
        .unwrap();
    let said = tx.turns_after(world.shop, long, 0, 1).await.unwrap();
    for _ in 0..PASSED_AT_ONCE {
        row.last_position += 1;
        let turn = store::conversations::TurnRow {
            id: terms::TurnId::random(&*world.rng),
            message: None,
            position: row.last_position,
            at: terms::Clock::now(&*world.clock),
            ..said[0].clone()
        };
        tx.append_turn(&turn).await.unwrap();
    }
    tx.update_conversation(&row).await.unwrap();
    tx.commit().await.unwrap();
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let mut wanted = Wanted {
        words: Words::parse("needle"),
        until,
        ..of_address("mara@example.com")
    };
    let first = search(&world, &robin, &wanted).await;
    assert!(first.finds.is_empty());
    assert_eq!(first.opened, 0);
    assert!(first.more.is_some(), "not all of hers was looked through");
    wanted.before = first.more;
    let second = search(&world, &robin, &wanted).await;
    assert_eq!(ids(&second), [long]);
    assert_eq!(second.opened, 1);
}
