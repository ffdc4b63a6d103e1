//! An address proved by a mailed code, and every way in which it is not.

use core::time::Duration;

use identity::{IdentityError, Scope, codes::CodeOutcome};
use store::sessions::SessionLevel;
use terms::{CodeRequestId, Secret, ShopId};

use crate::world::{World, not};

const TEN_MINUTES: Duration = Duration::from_secs(600);
const MILLISECOND: Duration = Duration::from_millis(1);

fn expired<T>(outcome: &CodeOutcome<T>) -> bool {
    matches!(outcome, CodeOutcome::Expired)
}

fn left<T>(outcome: &CodeOutcome<T>) -> Option<i64> {
    match outcome {
        CodeOutcome::Wrong { left } => Some(*left),
        _ => None,
    }
}

#[tokio::test]
async fn a_guest_who_gives_her_code_back_is_a_shopper() {
    let world = World::new().await;
    let guest = world.guest().await;
    assert_eq!(guest.level, SessionLevel::Guest);
    let (request, code) = world.request(&guest.token, "Ada@Example.com").await;
    let outcome = world.give(&guest.token, request, &code).await;
    let CodeOutcome::Accepted(proved) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(proved.opened.level, SessionLevel::Session);

    let scope = Scope::new();
    let proof = world.signed_in(&scope, &proved.opened.token).await;
    assert_eq!(proof.shopper(), Some(proved.shopper));
    let found = world
        .identity
        .address_of(&mut *world.snapshot().await, world.shop, proved.shopper)
        .await
        .unwrap();
    assert_eq!(found.unwrap().as_str(), "ada@example.com");
    let entries = world.entries().await;
    assert_eq!(entries["shopper.code_requested"], 1);
    assert_eq!(entries["shopper.address_proved"], 1);
    assert_eq!(entries.get("shopper.code_refused"), None);
}

/// A session fixed on a victim before she proves her address is worth nothing afterwards.
#[tokio::test]
async fn the_session_from_before_the_proof_is_dead() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    let CodeOutcome::Accepted(proved) = world.give(&guest.token, request, &code).await else {
        panic!("the code was right")
    };
    assert_ne!(proved.opened.session, guest.session);
    assert_ne!(proved.opened.token.expose(), guest.token.expose());
    assert!(!world.lives(&guest.token).await);
    assert!(world.lives(&proved.opened.token).await);
}

#[tokio::test]
async fn the_same_address_is_the_same_shopper() {
    let world = World::new().await;
    let first = world.shopper("ada@example.com").await.shopper;
    world.clock.advance(MILLISECOND);
    assert_eq!(world.shopper("ADA@example.COM").await.shopper, first);
    world.clock.advance(MILLISECOND);
    assert_ne!(world.shopper("ada@example.org").await.shopper, first);
    // And in another shop she is another.
    let elsewhere = ShopId::ordered(&*world.clock, &*world.rng);
    world.found(elsewhere, "rowan").await;
    let world = World {
        shop: elsewhere,
        ..world
    };
    world.clock.advance(MILLISECOND);
    assert_ne!(world.shopper("ada@example.com").await.shopper, first);
}

#[tokio::test]
async fn five_guesses_and_the_right_code_comes_too_late() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    for expected in [4, 3, 2, 1, 0] {
        let outcome = world.give(&guest.token, request, &not(&code)).await;
        assert_eq!(left(&outcome), Some(expected));
    }
    for given in [&not(&code), &code] {
        assert!(expired(&world.give(&guest.token, request, given).await));
    }
    assert_eq!(world.entries().await["shopper.code_refused"], 5);
}

#[tokio::test]
async fn the_fifth_guess_still_counts() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    for _ in 0..4 {
        world.give(&guest.token, request, &not(&code)).await;
    }
    let outcome = world.give(&guest.token, request, &code).await;
    assert!(matches!(outcome, CodeOutcome::Accepted(_)), "{outcome:?}");
}

/// Another code for the same address brings fresh attempts for itself only.
#[tokio::test]
async fn attempts_are_not_reset_by_asking_again() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (first, code) = world.request(&guest.token, "ada@example.com").await;
    for _ in 0..5 {
        world.give(&guest.token, first, &not(&code)).await;
    }
    world.clock.advance(MILLISECOND);
    let (second, other) = world.request(&guest.token, "ada@example.com").await;
    assert!(expired(&world.give(&guest.token, first, &code).await));
    // A code is bound to its own request.
    assert_eq!(
        left(&world.give(&guest.token, second, &code).await),
        Some(4)
    );
    assert!(matches!(
        world.give(&guest.token, second, &other).await,
        CodeOutcome::Accepted(_)
    ));
}

#[tokio::test]
async fn a_code_is_used_once() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    let scope = Scope::new();
    let stale = world.prove(&scope, &guest.token).await.unwrap();
    let CodeOutcome::Accepted(proved) = world.give(&guest.token, request, &code).await else {
        panic!("the code was right")
    };
    // By the session that is hers now, and by the one that asked, with a proof minted in time.
    assert!(expired(
        &world.give(&proved.opened.token, request, &code).await
    ));
    assert!(matches!(
        world.give_by(&stale, request, &code).await,
        Err(IdentityError::NeedsSession)
    ));
}

#[tokio::test]
async fn a_code_is_for_the_session_that_asked() {
    let world = World::new().await;
    let (guest, other) = (world.guest().await, world.guest().await);
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    // The right code and wrong ones alike; and none of them costs her an attempt.
    for _ in 0..6 {
        for given in [&code, &not(&code)] {
            assert!(expired(&world.give(&other.token, request, given).await));
        }
    }
    assert!(matches!(
        world.give(&guest.token, request, &code).await,
        CodeOutcome::Accepted(_)
    ));
}

#[tokio::test]
async fn a_code_dies_with_its_session() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut tx = world.begin().await;
    world.identity.end_shopper(&mut *tx, &proof).await.unwrap();
    tx.commit().await.unwrap();
    // The proof was minted before the session ended: the code is refused all the same, and no
    // further code is sent.
    assert!(matches!(
        world.give_by(&proof, request, &code).await,
        Err(IdentityError::NeedsSession)
    ));
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .request_code(
            &mut *tx,
            &proof,
            &crate::world::address("ada@example.com"),
            &terms::Locale::default(),
        )
        .await;
    assert!(matches!(outcome, Err(IdentityError::NeedsSession)));
    assert_eq!(world.rows().await["shoppers"], 0);
}

#[tokio::test]
async fn a_code_lives_ten_minutes() {
    for (age, lives) in [(TEN_MINUTES - MILLISECOND, true), (TEN_MINUTES, false)] {
        let world = World::new().await;
        let guest = world.guest().await;
        let (request, code) = world.request(&guest.token, "ada@example.com").await;
        world.clock.advance(age);
        let outcome = world.give(&guest.token, request, &code).await;
        assert_eq!(matches!(outcome, CodeOutcome::Accepted(_)), lives);
        assert_eq!(expired(&outcome), !lives);
    }
}

#[tokio::test]
async fn a_code_nobody_asked_for_is_expired() {
    let world = World::new().await;
    let guest = world.guest().await;
    let outcome = world
        .give(
            &guest.token,
            CodeRequestId::random(&*world.rng),
            &Secret::new("123456".to_owned()),
        )
        .await;
    assert!(expired(&outcome));
}

/// Somebody who can write to the database, and has no key, cannot make a code of her own.
#[tokio::test]
async fn a_hash_moved_from_another_request_is_no_use() {
    let world = World::new().await;
    let guest = world.guest().await;
    let (_, known) = world.request(&guest.token, "eve@example.com").await;
    world.clock.advance(MILLISECOND);
    let (request, _) = world.request(&guest.token, "ada@example.com").await;
    world
        .tamper(
            "UPDATE code_requests SET code_hash = \
             (SELECT code_hash FROM code_requests ORDER BY created_at LIMIT 1)",
        )
        .await;
    let outcome = world.give(&guest.token, request, &known).await;
    assert_eq!(left(&outcome), Some(4));
}

/// The same rows and the same entries are written for an address the shop knows and one it does
/// not, so that neither the answer nor the work tells them apart (C09).
#[tokio::test]
async fn known_and_unknown_addresses_leave_the_same_traces() {
    let world = World::new().await;
    world.shopper("known@example.com").await;
    let mut traces = Vec::new();
    for address in ["known@example.com", "other@example.com"] {
        // Another window of the limits, in which neither was asked for.
        world.clock.advance(Duration::from_secs(3_600));
        let guest = world.guest().await;
        let (rows, entries) = (world.rows().await, world.entries().await);
        let before = terms::Clock::now(&*world.clock);
        let sent = world.try_request(&guest.token, address).await.unwrap();
        let difference =
            |after: std::collections::BTreeMap<String, i64>,
             before: &std::collections::BTreeMap<String, i64>| {
                after
                    .into_iter()
                    .map(|(name, count)| {
                        let was = before.get(&name).copied().unwrap_or(0);
                        (name, count - was)
                    })
                    .collect::<Vec<_>>()
            };
        traces.push((
            sent.expires_at.millis() - before.millis(),
            difference(world.rows().await, &rows),
            difference(world.entries().await, &entries),
        ));
    }
    assert_eq!(traces[0], traces[1]);
    assert!(traces[0].1.contains(&("mails".to_owned(), 1)));
}
