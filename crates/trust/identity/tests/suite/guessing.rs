//! Ten thousand accounts tried once each, from as many places: noticed, recorded once, held; and nobody is kept
//! from her passkey by it (C07, C08, C12).

use core::time::Duration;

use factors::testing::Authenticator;
use identity::{
    IdentityError, Scope,
    codes::CodeOutcome,
    guessing::Thresholds,
    passkeys::{AssertionResponse, Outcome, Refusal},
    testing::{ORIGIN, entry},
};
use terms::Secret;

use crate::{
    passkeys::{assertion, member, shopper_with_passkey},
    world::World,
};

const NOTICED: &str = "sign_in.guessing_noticed";

async fn noticed(world: &World) -> i64 {
    world.entries().await.get(NOTICED).copied().unwrap_or(0)
}

/// Tries an account that nobody has been tried for: a new guest, a code to it, a wrong code back. `false` when it
/// was held.
async fn try_account(world: &World, number: u32) -> bool {
    let guest = world.guest().await;
    let to = format!("account-{number}@example.com");
    let sent = match world.try_request(&guest.token, &to).await {
        Ok(sent) => sent,
        Err(IdentityError::Held { seconds }) => {
            assert!((1..=300).contains(&seconds));
            return false;
        }
        Err(other) => panic!("{other}"),
    };
    let wrong = Secret::new("000000".to_owned());
    let given = world.give(&guest.token, sent.request, &wrong).await;
    assert!(matches!(given, CodeOutcome::Wrong { .. }), "{given:?}");
    true
}

#[tokio::test]
async fn ten_thousand_accounts_tried_once_are_noticed_and_codes_are_held() {
    let world = World::new().await;
    let (_, mut device) = shopper_with_passkey(&world, "ada@example.com").await;
    // Somebody has her code already when it begins.
    let victim = world.guest().await;
    let (request, code) = world.request(&victim.token, "bo@example.com").await;

    // Ten thousand in a minute.
    let begun = terms::Clock::now(&*world.clock);
    let mut compared = 0;
    let mut first_held = None;
    for number in 0..10_000 {
        world.clock.advance(Duration::from_millis(6));
        if first_held.is_some() {
            // Refused before anything is read or written: one session may stand for all of them.
            let to = format!("account-{number}@example.com");
            let refused = world.try_request(&victim.token, &to).await;
            assert!(matches!(refused, Err(IdentityError::Held { .. })));
        } else if try_account(&world, number).await {
            compared += 1;
        } else {
            first_held = Some(terms::Clock::now(&*world.clock));
        }
    }
    let after = first_held.unwrap().millis() - begun.millis();
    assert!(after <= 60_000, "noticed within a minute");
    assert_eq!(compared, Thresholds::default().failed_in_a_minute);
    assert_eq!(noticed(&world).await, 1);

    // A code is not compared, right or wrong: nobody's guess succeeds.
    let right = world.try_give(&victim.token, request, &code).await;
    assert!(
        matches!(right, Err(IdentityError::Held { .. })),
        "{right:?}"
    );
    // She gets in by her passkey meanwhile.
    let scope = Scope::new();
    let proof = world.prove(&scope, &victim.token).await.unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = assertion(&mut device, &begun.options);
    let signed_in = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
        .await;
    tx.commit().await.unwrap();
    assert!(matches!(signed_in.unwrap(), Outcome::Accepted(_)));

    // When it is over a code is good again, and who goes on is noticed again.
    world.clock.advance(Thresholds::default().hold);
    world.shopper("cy@example.com").await;
    let mut again = 0;
    while try_account(&world, 20_000 + again).await {
        again += 1;
    }
    assert_eq!(again, Thresholds::default().failed_in_a_minute);
    assert_eq!(noticed(&world).await, 2);
}

/// Codes asked for at a thousand addresses, of which none comes back: the shop stops writing to strangers.
#[tokio::test]
async fn codes_that_never_come_back_are_held() {
    let world = World::new().await;
    let most = Thresholds::default().asked_lately;
    let mut asked = 0;
    loop {
        world.clock.advance(Duration::from_millis(100));
        let guest = world.guest().await;
        let to = format!("account-{asked}@example.com");
        match world.try_request(&guest.token, &to).await {
            Ok(_) => asked += 1,
            Err(IdentityError::Held { .. }) => break,
            Err(other) => panic!("{other}"),
        }
        assert!(asked <= most);
    }
    assert_eq!(asked, most);
    assert_eq!(noticed(&world).await, 1);
}

/// Passkeys that nobody has are told to wait, are not written into the record one by one, and hold no code; whoever
/// has hers gets in, shopper or staff.
#[tokio::test]
async fn made_up_passkeys_are_noticed_and_keep_nobody_out() {
    let world = World::new().await;
    let (_, mut hers) = shopper_with_passkey(&world, "ada@example.com").await;
    let (_, mut colleagues) = member(&world).await;
    let guest = world.guest().await;
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let template = serde_json::json!({
        "challenge": "AAAA", "rp": { "id": "localhost" },
        "user": { "id": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
    });
    device.create(&template).unwrap();
    let refused_before = world.entries().await.get("sign_in.refused").copied();
    assert_eq!(refused_before, None);
    let mut held = 0;
    for _ in 0..400 {
        world.clock.advance(Duration::from_millis(60));
        let mut tx = world.begin().await;
        let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
        let begun = begun.unwrap();
        let response = device.get(&begun.options).unwrap();
        let response = AssertionResponse::from_json(response.to_string().as_bytes()).unwrap();
        let outcome = world
            .identity
            .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        match outcome {
            Outcome::Refused(Refusal::Unknown) => assert_eq!(held, 0),
            Outcome::Refused(Refusal::Held { seconds }) => {
                assert!((1..=300).contains(&seconds));
                held += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    let threshold = i64::from(Thresholds::default().failed_in_a_minute);
    assert_eq!(held, 400 - threshold);
    let entries = world.entries().await;
    assert_eq!(entries.get("sign_in.refused"), Some(&threshold));
    assert_eq!(entries.get(NOTICED), Some(&1));

    // Codes are another matter.
    let other = world.guest().await;
    assert!(
        world
            .try_request(&other.token, "bo@example.com")
            .await
            .is_ok()
    );
    // And so is whoever has a passkey.
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = assertion(&mut hers, &begun.options);
    let outcome = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
        .await;
    assert!(matches!(outcome.unwrap(), Outcome::Accepted(_)));
    let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let begun = begun.await.unwrap();
    let response = assertion(&mut colleagues, &begun.options);
    let from = entry().whence;
    let outcome = world
        .identity
        .finish_staff_sign_in(&mut *tx, world.shop, begun.id, &response, None, &from)
        .await;
    assert!(matches!(outcome.unwrap(), Outcome::Accepted(_)));
    tx.commit().await.unwrap();
}
