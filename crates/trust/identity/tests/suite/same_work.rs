//! Nothing that is done for somebody tells whether the house knows her: the same statements, keyed hashes and
//! signatures on each branch, and the same answer (C09). How long it takes is measured by a benchmark.

use core::time::Duration;

use factors::testing::Authenticator;
use identity::{
    Scope, SessionToken,
    codes::CodeOutcome,
    passkeys::{AssertionResponse, Outcome, Refusal},
    testing::{ORIGIN, entry},
};
use serde_json::Value;
use sql::testing::Work;
use terms::{CodeRequestId, Secret};

use crate::{
    passkeys::{member, refusal, shopper_with_passkey},
    world::World,
};

/// What was done for a code that was asked for, and for a wrong one given back.
async fn work_of_a_code(world: &World, address: &str) -> [Vec<String>; 2] {
    let work = Work::default();
    let watched = work.watched();
    let guest = world.guest().await;
    drop(work.taken());
    let sent = world.try_request(&guest.token, address).await.unwrap();
    let asked = work.taken();
    let wrong = Secret::new("000000".to_owned());
    let given = world.give(&guest.token, sent.request, &wrong).await;
    assert!(
        matches!(given, CodeOutcome::Wrong { left: 4 }),
        "{address}: {given:?}"
    );
    drop(watched);
    [asked, work.taken()]
}

#[tokio::test]
async fn the_same_is_done_for_a_code_whoever_has_the_address() {
    let world = World::new().await;
    world.shopper("known@example.com").await;
    world.clock.advance(Duration::from_millis(1));
    shopper_with_passkey(&world, "with-passkey@example.com").await;
    let unknown = work_of_a_code(&world, "other@example.com").await;
    assert!(unknown.iter().all(|done| done.len() > 5), "{unknown:?}");
    for known in ["known@example.com", "with-passkey@example.com"] {
        assert_eq!(work_of_a_code(&world, known).await, unknown, "{known}");
    }
}

#[tokio::test]
async fn anothers_code_request_is_as_if_it_never_was() {
    let world = World::new().await;
    let (owner, stranger) = (world.guest().await, world.guest().await);
    let (hers, code) = world.request(&owner.token, "ada@example.com").await;
    let none = CodeRequestId::random(&*world.rng);
    let work = Work::default();
    let watched = work.watched();
    let mut done = Vec::new();
    for request in [hers, none] {
        let given = world.give(&stranger.token, request, &code).await;
        assert!(matches!(given, CodeOutcome::Expired), "{given:?}");
        done.push(work.taken());
    }
    drop(watched);
    assert_eq!(done[0], done[1]);
}

/// The answer of a device, with another's passkey named in it.
fn naming(response: &Value, credential: &Value, owner: &Value) -> AssertionResponse {
    let mut response = response.clone();
    response["id"] = credential.clone();
    response["rawId"] = credential.clone();
    response["response"]["userHandle"] = owner.clone();
    AssertionResponse::from_json(response.to_string().as_bytes()).unwrap()
}

/// Who answers a ceremony, and what was done until she was refused.
async fn work_of_a_passkey(
    world: &World,
    guest: &SessionToken,
    answer: impl FnOnce(&Value) -> AssertionResponse,
) -> (Vec<String>, Refusal) {
    let scope = Scope::new();
    let proof = world.prove(&scope, guest).await.unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = answer(&begun.options);
    let work = Work::default();
    let watched = work.watched();
    let outcome = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
        .await
        .unwrap();
    drop(watched);
    tx.commit().await.unwrap();
    (work.taken(), refusal(outcome))
}

#[tokio::test]
async fn the_same_is_done_for_a_passkey_whoever_has_it() {
    let world = World::new().await;
    let (_, mut known) = shopper_with_passkey(&world, "ada@example.com").await;
    let (_, mut other) = shopper_with_passkey(&world, "bo@example.com").await;
    let (_, mut colleague) = member(&world).await;
    let guest = world.guest().await.token;
    // A device whose passkey was made for somebody, and never kept.
    let mut unknown = Authenticator::new(ORIGIN).unwrap();
    let template = serde_json::json!({
        "challenge": "AAAA", "rp": { "id": "localhost" },
        "user": { "id": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
    });
    unknown.create(&template).unwrap();
    let of = |device: &mut Authenticator, options: &Value| {
        let response = device.get(options).unwrap();
        let handle = response["response"]["userHandle"].clone();
        (response["id"].clone(), handle, response)
    };

    let (nobodys, refused) = work_of_a_passkey(&world, &guest, |options| {
        let (id, handle, response) = of(&mut unknown, options);
        naming(&response, &id, &handle)
    })
    .await;
    assert!(matches!(refused, Refusal::Unknown), "{refused:?}");
    let signatures = nobodys.iter().filter(|done| done.starts_with("signature"));
    assert_eq!(signatures.count(), 1, "{nobodys:?}");

    // Hers, her user handle and all, signed by another key.
    let (badly_signed, refused) = work_of_a_passkey(&world, &guest, |options| {
        let (id, handle, _) = of(&mut known, options);
        let (_, _, response) = of(&mut other, options);
        naming(&response, &id, &handle)
    })
    .await;
    assert_eq!(refused.word(), "bad_response");
    assert_eq!(badly_signed, nobodys);

    // Hers, said to be another's.
    let (misnamed, refused) = work_of_a_passkey(&world, &guest, |options| {
        let (id, _, _) = of(&mut known, options);
        let (_, handle, response) = of(&mut other, options);
        naming(&response, &id, &handle)
    })
    .await;
    assert_eq!(refused.word(), "bad_response");
    assert_eq!(misnamed, nobodys);

    // A colleague's at the shopper's door, signed by another key.
    let (staffs, refused) = work_of_a_passkey(&world, &guest, |options| {
        let (id, handle, _) = of(&mut colleague, options);
        let (_, _, response) = of(&mut other, options);
        naming(&response, &id, &handle)
    })
    .await;
    assert_eq!(refused.word(), "bad_response");
    assert_eq!(staffs, nobodys);
}

#[tokio::test]
async fn the_same_is_done_at_the_door_of_staff_whoever_has_the_passkey() {
    let world = World::new().await;
    let (_, mut known) = member(&world).await;
    let (_, mut shoppers) = shopper_with_passkey(&world, "ada@example.com").await;
    let mut unknown = Authenticator::new(ORIGIN).unwrap();
    let template = serde_json::json!({
        "challenge": "AAAA", "rp": { "id": "localhost" },
        "user": { "id": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
    });
    unknown.create(&template).unwrap();
    let mut done = Vec::new();
    for named in [&mut known, &mut shoppers] {
        let mut tx = world.begin().await;
        let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
        let begun = begun.await.unwrap();
        let (signed, named) = (unknown.get(&begun.options), named.get(&begun.options));
        let (signed, named) = (signed.unwrap(), named.unwrap());
        let (id, handle) = (&named["id"], &named["response"]["userHandle"]);
        let known = naming(&signed, id, handle);
        let own = AssertionResponse::from_json(signed.to_string().as_bytes()).unwrap();
        for response in [known, own] {
            let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
            let begun = begun.await.unwrap();
            let work = Work::default();
            let watched = work.watched();
            let from = entry().whence;
            let finish = world
                .identity
                .finish_staff_sign_in(&mut *tx, world.shop, begun.id, &response, None, &from);
            let outcome = finish.await.unwrap();
            drop(watched);
            assert!(matches!(outcome, Outcome::Refused(_)));
            done.push(work.taken());
        }
        tx.commit().await.unwrap();
    }
    assert!(done.iter().all(|each| *each == done[0]), "{done:?}");
}
