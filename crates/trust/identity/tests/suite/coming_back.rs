//! What a sign-in does to what was there before: other sessions, the session at hand, a long absence.

use factors::testing::Authenticator;
use identity::{
    IdentityError, Scope, SessionToken,
    passkeys::{Outcome, Refusal},
    testing::entry,
};

use crate::{
    passkeys::{assertion, elsewhere, member, refusal, shopper_with_passkey},
    world::World,
};

#[tokio::test]
async fn with_the_first_passkey_whoever_came_by_the_mailbox_is_out() {
    let world = World::new().await;
    let thief = world.shopper("ada@example.com").await;
    world.clock.advance(core::time::Duration::from_millis(1));
    let (hers, _) = shopper_with_passkey(&world, "ada@example.com").await;
    assert!(!world.lives(&thief.opened.token).await);
    assert!(world.lives(&hers).await);
    // What she signs in with from now on is no code that was asked for before.
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &hers).await;
    let mut tx = world.begin().await;
    let own = world.identity.shopper_sessions(&mut *tx, &proof).await;
    assert_eq!(own.unwrap().len(), 1);
}

#[tokio::test]
async fn signing_in_again_takes_the_place_of_the_session_at_hand_and_is_for_its_owner() {
    let world = World::new().await;
    let (first, mut device) = member(&world).await;
    let (second, mut others) = member(&world).await;
    let from = entry().whence;
    let again = async |device: &mut Authenticator, held: &SessionToken| {
        let mut tx = world.begin().await;
        let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
        let begun = begun.await.unwrap();
        let response = assertion(device, &begun.options);
        let identity = &world.identity;
        let finish = identity.finish_staff_sign_in(
            &mut *tx,
            world.shop,
            begun.id,
            &response,
            Some(held),
            &from,
        );
        let outcome = finish.await.unwrap();
        tx.commit().await.unwrap();
        outcome
    };
    let refused = refusal(again(&mut others, &first.token).await);
    assert!(matches!(refused, Refusal::NotHere));
    let Outcome::Accepted(renewed) = again(&mut device, &first.token).await else {
        panic!("refused");
    };
    let scope = Scope::new();
    let old = world.prove_staff(&scope, &first.token).await;
    assert!(matches!(old, Err(IdentityError::NeedsSession)));
    assert!(world.prove_staff(&scope, &renewed.token).await.is_ok());
    assert!(world.prove_staff(&scope, &second.token).await.is_ok());
}

#[tokio::test]
async fn who_was_away_for_long_hears_of_a_sign_in() {
    let world = World::new().await;
    let (_, mut device) = shopper_with_passkey(&world, "ada@example.com").await;
    let long = identity::whence::FORGOTTEN_AFTER + core::time::Duration::from_secs(1);
    world.clock.advance(long);
    let mut tx = world.begin().await;
    // As the sweep does it: nothing is remembered of where she came from.
    tx.sweep_devices(terms::Clock::now(&*world.clock))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let before = world.mails().await;
    let guest = world.guest().await;
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = assertion(&mut device, &begun.options);
    let outcome = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &elsewhere())
        .await;
    tx.commit().await.unwrap();
    assert!(matches!(outcome.unwrap(), Outcome::Accepted(_)));
    assert_eq!(world.mails().await, before + 1);
}
