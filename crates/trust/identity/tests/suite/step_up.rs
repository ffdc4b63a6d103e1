//! A step-up confirms one proposal of one session, once.

use core::time::Duration;

use identity::{
    IdentityError, Scope, Shopper, Verified,
    codes::{CodeOutcome, Proved},
    level::Session,
};
use terms::{CodeRequestId, Locale, Secret};

use crate::world::{World, not};

const PROPOSAL: [u8; 32] = [1; 32];

async fn ask(
    world: &World,
    proof: &Verified<'_, Shopper, Session>,
    binding: [u8; 32],
) -> (CodeRequestId, Secret<String>) {
    world.clock.advance(Duration::from_secs(1));
    let mut tx = world.begin().await;
    let sent = world
        .identity
        .request_step_up(&mut *tx, proof, binding, &Locale::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (recipient, code) = world.newest_mail().await;
    assert_eq!(recipient, "ada@example.com");
    (sent.request, code)
}

async fn step_up(
    world: &World,
    proof: &Verified<'_, Shopper, Session>,
    request: CodeRequestId,
    code: &Secret<String>,
    binding: [u8; 32],
) -> &'static str {
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .step_up(&mut *tx, proof, request, code, binding)
        .await;
    let answer = match outcome {
        Ok(CodeOutcome::Accepted(_)) => "accepted",
        Ok(CodeOutcome::Wrong { .. }) => "wrong",
        Ok(CodeOutcome::Expired) => "expired",
        Err(IdentityError::NeedsSession) => return "no session",
        Err(other) => panic!("{other}"),
    };
    tx.commit().await.unwrap();
    answer
}

async fn ada(world: &World) -> Proved {
    world.clock.advance(Duration::from_secs(1));
    world.shopper("ada@example.com").await
}

#[tokio::test]
async fn a_code_confirms_its_own_proposal_once() {
    let world = World::new().await;
    let ada = ada(&world).await;
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &ada.opened.token).await;
    let (request, code) = ask(&world, &proof, PROPOSAL).await;
    assert_eq!(
        step_up(&world, &proof, request, &code, [2; 32]).await,
        "expired"
    );
    assert_eq!(
        step_up(&world, &proof, request, &not(&code), PROPOSAL).await,
        "wrong"
    );
    assert_eq!(
        step_up(&world, &proof, request, &code, PROPOSAL).await,
        "accepted"
    );
    assert_eq!(
        step_up(&world, &proof, request, &code, PROPOSAL).await,
        "expired"
    );
    assert_eq!(world.entries().await["shopper.stepped_up"], 1);
    // The session itself stands where it stood.
    assert!(world.lives(&ada.opened.token).await);
}

#[tokio::test]
async fn a_sign_in_code_confirms_nothing_and_a_confirmation_signs_nobody_in() {
    let world = World::new().await;
    let ada = ada(&world).await;
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &ada.opened.token).await;
    let (confirms, code) = ask(&world, &proof, PROPOSAL).await;
    assert!(matches!(
        world.give(&ada.opened.token, confirms, &code).await,
        CodeOutcome::Expired
    ));
    world.clock.advance(Duration::from_secs(1));
    let (signs_in, code) = world.request(&ada.opened.token, "ada@example.com").await;
    assert_eq!(
        step_up(&world, &proof, signs_in, &code, PROPOSAL).await,
        "expired"
    );
}

#[tokio::test]
async fn another_session_of_the_same_shopper_cannot_use_it() {
    let world = World::new().await;
    let (phone, desk) = (ada(&world).await, ada(&world).await);
    assert_eq!(phone.shopper, desk.shopper);
    let scope = Scope::new();
    let on_the_phone = world.signed_in(&scope, &phone.opened.token).await;
    let at_the_desk = world.signed_in(&scope, &desk.opened.token).await;
    let (request, code) = ask(&world, &on_the_phone, PROPOSAL).await;
    assert_eq!(
        step_up(&world, &at_the_desk, request, &code, PROPOSAL).await,
        "expired"
    );
    assert_eq!(
        step_up(&world, &on_the_phone, request, &code, PROPOSAL).await,
        "accepted"
    );
}

#[tokio::test]
async fn an_ended_session_confirms_nothing() {
    let world = World::new().await;
    let ada = ada(&world).await;
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &ada.opened.token).await;
    let (request, code) = ask(&world, &proof, PROPOSAL).await;
    let guest_proof = world.prove(&scope, &ada.opened.token).await.unwrap();
    let mut tx = world.begin().await;
    world
        .identity
        .end_shopper(&mut *tx, &guest_proof)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        step_up(&world, &proof, request, &code, PROPOSAL).await,
        "no session"
    );
}
