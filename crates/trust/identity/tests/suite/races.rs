//! Many at once.

use std::{future::Future, sync::Arc};

use identity::{IdentityError, codes::CodeOutcome};
use terms::RoleName;
use terms::Secret;

use crate::world::{World, not};

/// Runs the futures at once, each on a task of its own.
pub(crate) async fn at_once<F>(futures: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = futures.map(tokio::spawn).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_guesses_at_once_five_are_compared() {
    let world = Arc::new(World::new().await);
    let guest = Arc::new(world.guest().await);
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    let wrong = Arc::new(not(&code));
    let outcomes = at_once((0..20).map(|_| {
        let (world, guest, wrong) = (world.clone(), guest.clone(), wrong.clone());
        async move { world.give(&guest.token, request, &wrong).await }
    }))
    .await;
    let mut left: Vec<i64> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            CodeOutcome::Wrong { left } => Some(*left),
            CodeOutcome::Expired => None,
            CodeOutcome::Accepted(_) => panic!("a wrong code was accepted"),
        })
        .collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
    assert_eq!(world.entries().await["shopper.code_refused"], 5);
    assert!(matches!(
        world.give(&guest.token, request, &code).await,
        CodeOutcome::Expired
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_given_twice_at_once_is_accepted_once() {
    let world = Arc::new(World::new().await);
    let guest = Arc::new(world.guest().await);
    let (request, code) = world.request(&guest.token, "ada@example.com").await;
    let code = Arc::new(code);
    let outcomes = at_once((0..8).map(|_| {
        let (world, guest, code) = (world.clone(), guest.clone(), code.clone());
        async move { world.try_give(&guest.token, request, &code).await }
    }))
    .await;
    let accepted = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(CodeOutcome::Accepted(_))))
        .count();
    assert_eq!(accepted, 1);
    for outcome in outcomes {
        assert!(
            matches!(
                outcome,
                Ok(CodeOutcome::Accepted(_) | CodeOutcome::Expired)
                    | Err(IdentityError::NeedsSession)
            ),
            "{outcome:?}"
        );
    }
    let rows = world.rows().await;
    assert_eq!((rows["shoppers"], rows["shopper_sessions"]), (1, 2));
}

/// One guest session, two addresses, both codes at once: it becomes one shopper's, not two.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_becomes_one_shoppers_only() {
    let world = Arc::new(World::new().await);
    let guest = Arc::new(world.guest().await);
    let mut codes: Vec<(_, Secret<String>)> = Vec::new();
    for address in ["ada@example.com", "bo@example.com"] {
        codes.push(world.request(&guest.token, address).await);
        world.clock.advance(core::time::Duration::from_secs(1));
    }
    let outcomes = at_once(codes.into_iter().map(|(request, code)| {
        let (world, guest) = (world.clone(), guest.clone());
        async move { world.try_give(&guest.token, request, &code).await }
    }))
    .await;
    let accepted = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(CodeOutcome::Accepted(_))));
    assert_eq!(accepted.count(), 1);
    assert_eq!(world.rows().await["shoppers"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sessions_that_prove_a_new_address_at_once_are_one_shopper() {
    let world = Arc::new(World::new().await);
    let mut asked = Vec::new();
    for _ in 0..5 {
        let guest = world.guest().await;
        let (request, code) = world.request(&guest.token, "ada@example.com").await;
        asked.push((guest, request, code));
        world.clock.advance(core::time::Duration::from_secs(1));
    }
    let shoppers = at_once(asked.into_iter().map(|(guest, request, code)| {
        let world = world.clone();
        async move {
            match world.give(&guest.token, request, &code).await {
                CodeOutcome::Accepted(proved) => proved.shopper,
                other => panic!("{other:?}"),
            }
        }
    }))
    .await;
    assert!(
        shoppers.iter().all(|shopper| *shopper == shoppers[0]),
        "{shoppers:?}"
    );
    assert_eq!(world.rows().await["shoppers"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sign_in_link_used_by_many_at_once_lets_one_in() {
    let world = Arc::new(World::new().await);
    let invitation = Arc::new(world.invite(RoleName::ADMIN).await);
    let outcomes = at_once((0..8).map(|_| {
        let (world, invitation) = (world.clone(), invitation.clone());
        async move { world.sign_in(&invitation.token).await }
    }))
    .await;
    let mut winners = 0;
    for outcome in outcomes {
        match outcome {
            Ok(_) => winners += 1,
            Err(IdentityError::LinkSpent) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(winners, 1);
    assert_eq!(world.entries().await["staff.signed_in"], 1);
}
