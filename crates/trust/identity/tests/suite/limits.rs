//! How often a code may be asked for.

use core::time::Duration;

use identity::{IdentityError, Scope, SessionToken};
use terms::Locale;

use crate::world::World;

const HOUR: Duration = Duration::from_secs(3_600);

async fn refused(world: &World, token: &SessionToken, address: &str) -> bool {
    match world.try_request(token, address).await {
        Ok(_) => false,
        Err(IdentityError::TooManyCodes { minutes: 60 }) => true,
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_session_asks_five_times_an_hour_whatever_the_addresses() {
    let world = World::new().await;
    let guest = world.guest().await;
    for number in 0..5 {
        let address = format!("a{number}@example.com");
        assert!(!refused(&world, &guest.token, &address).await);
    }
    let before = world.rows().await;
    for number in 5..8 {
        let address = format!("a{number}@example.com");
        assert!(refused(&world, &guest.token, &address).await);
    }
    assert_eq!(
        world.rows().await,
        before,
        "a refusal leaves nothing behind"
    );
    // What one session may no longer ask for, others may.
    let other = world.guest().await;
    assert!(!refused(&world, &other.token, "a5@example.com").await);
    world.clock.advance(HOUR);
    assert!(!refused(&world, &guest.token, "a6@example.com").await);
}

#[tokio::test]
async fn an_address_is_written_to_five_times_an_hour_whoever_asks() {
    let world = World::new().await;
    for spelling in [
        "ada@example.com",
        "Ada@example.com",
        "ADA@EXAMPLE.COM",
        " ada@example.com ",
        "ada@Example.com",
    ] {
        let guest = world.guest().await;
        assert!(!refused(&world, &guest.token, spelling).await);
    }
    let guest = world.guest().await;
    assert!(refused(&world, &guest.token, "ada@example.com").await);
    assert!(!refused(&world, &guest.token, "bo@example.com").await);
    world.clock.advance(HOUR);
    assert!(!refused(&world, &world.guest().await.token, "ada@example.com").await);
}

/// Codes used or expired count like others: the limit is on mails.
#[tokio::test]
async fn a_code_that_was_used_still_counts() {
    let world = World::new().await;
    for _ in 0..5 {
        world.shopper("ada@example.com").await;
        world.clock.advance(Duration::from_secs(1));
    }
    let guest = world.guest().await;
    assert!(refused(&world, &guest.token, "ada@example.com").await);
}

/// Strangers who use up an address's limit do not keep its signed-in owner from confirming.
#[tokio::test]
async fn a_stranger_cannot_keep_a_signed_in_shopper_from_confirming() {
    let world = World::new().await;
    let proved = world.shopper("ada@example.com").await;
    for _ in 0..4 {
        let stranger = world.guest().await;
        assert!(!refused(&world, &stranger.token, "ada@example.com").await);
    }
    assert!(refused(&world, &world.guest().await.token, "ada@example.com").await);

    let scope = Scope::new();
    let proof = world.signed_in(&scope, &proved.opened.token).await;
    for number in 0..6 {
        let mut tx = world.begin().await;
        let outcome = world
            .identity
            .request_step_up(&mut *tx, &proof, [1; 32], &Locale::default())
            .await;
        match outcome {
            Ok(_) => {
                tx.commit().await.unwrap();
                assert!(number < 5);
            }
            Err(IdentityError::TooManyCodes { .. }) => assert_eq!(number, 5),
            Err(other) => panic!("{other}"),
        }
    }
}
