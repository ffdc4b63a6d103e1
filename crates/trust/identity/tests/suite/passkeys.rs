//! Passkeys of shoppers and staff, and what a sign-in link is good for.

use factors::testing::Authenticator;
use identity::{
    Denied, IdentityError, Scope, SessionToken,
    actions::{OwnFactors, OwnSessions, ReadLedger, ReadQueue, SetUpFactor},
    entering::{EnrolledShopper, Which},
    level::{Address, Session},
    passkeys::{AssertionResponse, Outcome, Refusal, RegistrationResponse},
    sessions::FRESH,
    staff::SignedInStaff,
    testing::{ORIGIN, entry},
    whence::{Entry, Whence},
};
use serde_json::Value;
use store::sessions::ProvedBy;
use terms::{CeremonyId, RoleName};

use crate::world::World;

pub(crate) fn assertion(device: &mut Authenticator, options: &Value) -> AssertionResponse {
    let response = device.get(options).unwrap();
    AssertionResponse::from_json(response.to_string().as_bytes()).unwrap()
}

fn registration(device: &mut Authenticator, options: &Value) -> RegistrationResponse {
    let response = device.create(options).unwrap();
    RegistrationResponse::from_json(response.to_string().as_bytes()).unwrap()
}

pub(crate) fn elsewhere() -> Entry {
    Entry {
        whence: Whence::new("Chrome/156 Windows", "198.51.100.7".parse().unwrap()),
        ..entry()
    }
}

/// A member of staff with a passkey on a device, signed in by it.
pub(crate) async fn member(world: &World) -> (SignedInStaff, Authenticator) {
    let link = world.invite(RoleName::AGENT).await;
    let mut tx = world.begin().await;
    let come_in =
        identity::testing::sign_in_with_new_passkey(&world.identity, &mut *tx, &link.token);
    let signed_in = come_in.await.unwrap();
    tx.commit().await.unwrap();
    signed_in
}

async fn staff_sign_in(
    world: &World,
    device: &mut Authenticator,
    from: &Whence,
) -> Outcome<SignedInStaff> {
    let mut tx = world.begin().await;
    let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let begun = begun.await.unwrap();
    let response = assertion(device, &begun.options);
    let outcome = world
        .identity
        .finish_staff_sign_in(&mut *tx, world.shop, begun.id, &response, None, from)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    outcome
}

pub(crate) fn refusal<T: core::fmt::Debug>(outcome: Outcome<T>) -> Refusal {
    match outcome {
        Outcome::Refused(refusal) => refusal,
        Outcome::Accepted(value) => panic!("accepted: {value:?}"),
    }
}

/// A shopper whose address was proved by a code, and who then made a passkey.
pub(crate) async fn shopper_with_passkey(
    world: &World,
    address: &str,
) -> (SessionToken, Authenticator) {
    let proved = world.shopper(address).await;
    world.clock.advance(core::time::Duration::from_millis(1));
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let token = enrol(world, &proved.opened.token, &mut device).await;
    world.clock.advance(core::time::Duration::from_millis(1));
    (token.unwrap_or(proved.opened.token), device)
}

async fn enrol(
    world: &World,
    token: &SessionToken,
    device: &mut Authenticator,
) -> Option<SessionToken> {
    let enrolled = enrolled(world, token, device).await;
    enrolled.opened.map(|opened| opened.token)
}

pub(crate) async fn enrolled(
    world: &World,
    token: &SessionToken,
    device: &mut Authenticator,
) -> EnrolledShopper {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await.unwrap();
    let proof = proof.raise::<Address>().unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_enrolment(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = registration(device, &begun.options);
    let kept = world
        .identity
        .finish_enrolment(&mut *tx, &proof, begun.id, &response, "Phone", &entry())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    match kept {
        Outcome::Accepted(enrolled) => enrolled,
        Outcome::Refused(refusal) => panic!("{refusal}"),
    }
}

#[tokio::test]
async fn a_link_is_good_for_setting_up_a_passkey_and_for_nothing_else() {
    let world = World::new().await;
    let link = world.invite(RoleName::ADMIN).await;
    let mut tx = world.begin().await;
    let from = entry().whence;
    let opened = world.identity.sign_in(&mut *tx, &link.token, &from).await;
    let opened = opened.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(opened.by, ProvedBy::Link);

    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &opened.token).await.unwrap();
    assert!(proof.permit::<SetUpFactor>().is_ok());
    // Not even what is there already may be seen or removed.
    assert!(proof.permit::<OwnFactors>().is_err());
    let action = "read_queue";
    let denied = proof.permit::<ReadQueue>().unwrap_err();
    assert_eq!(denied, Denied::NeedsFactor { action });
    assert!(denied.to_string().contains("set one up first"));
    assert!(proof.permit::<OwnSessions>().is_err());
}

#[tokio::test]
async fn a_passkey_signs_in_and_the_links_session_is_over() {
    let world = World::new().await;
    let link = world.invite(RoleName::AGENT).await;
    let mut tx = world.begin().await;
    let from = entry().whence;
    let opened = world.identity.sign_in(&mut *tx, &link.token, &from).await;
    let opened = opened.unwrap();
    let scope = Scope::new();
    let proof = world
        .identity
        .staff_member(&scope, &mut *tx, &opened.token)
        .await
        .unwrap();
    let permit = proof.permit::<SetUpFactor>().unwrap();
    let begun = world.identity.begin_staff_enrolment(&mut *tx, &permit);
    let begun = begun.await.unwrap();
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let response = registration(&mut device, &begun.options);
    let finish = async |tx: &mut dyn store::Transaction| {
        let identity = &world.identity;
        identity
            .finish_staff_enrolment(tx, &permit, begun.id, &response, "Laptop", &from)
            .await
    };
    let Outcome::Accepted(enrolled) = finish(&mut *tx).await.unwrap() else {
        panic!("refused");
    };
    // The session that the link had opened is over: nothing more is enrolled in it.
    assert!(matches!(
        finish(&mut *tx).await,
        Err(IdentityError::NeedsSession)
    ));
    tx.commit().await.unwrap();
    let ended = world.prove_staff(&scope, &opened.token).await;
    assert!(matches!(ended, Err(IdentityError::NeedsSession)));
    let session = enrolled.session.unwrap();
    let proof = world.prove_staff(&scope, &session.token).await.unwrap();
    assert!(proof.permit::<ReadQueue>().is_ok());

    let Outcome::Accepted(again) = staff_sign_in(&world, &mut device, &from).await else {
        panic!("refused");
    };
    assert_eq!((again.staff, again.by), (session.staff, ProvedBy::Passkey));
    let kinds = world.entries().await;
    assert_eq!((kinds["passkey.added"], kinds["staff.signed_in"]), (1, 2));
}

#[tokio::test]
async fn a_ceremony_is_good_once_for_its_purpose_and_its_session() {
    let world = World::new().await;
    let (_, mut device) = member(&world).await;
    let from = entry().whence;
    let mut tx = world.begin().await;
    let begun = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let begun = begun.await.unwrap();
    let response = assertion(&mut device, &begun.options);
    let finish = async |tx: &mut dyn store::Transaction, id| {
        let identity = &world.identity;
        let finish = identity.finish_staff_sign_in(tx, world.shop, id, &response, None, &from);
        finish.await.unwrap()
    };
    // Another ceremony's challenge, one that never was, and the right one used twice.
    let other = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let other = other.await.unwrap();
    let refused = refusal(finish(&mut *tx, other.id).await);
    assert_eq!(refused.word(), "bad_response");
    let never = CeremonyId::random(&*world.rng);
    assert!(matches!(
        refusal(finish(&mut *tx, never).await),
        Refusal::Spent
    ));
    assert!(matches!(
        finish(&mut *tx, begun.id).await,
        Outcome::Accepted(_)
    ));
    assert!(matches!(
        refusal(finish(&mut *tx, begun.id).await),
        Refusal::Spent
    ));
    // Too late.
    let late = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let late = late.await.unwrap();
    let response = assertion(&mut device, &late.options);
    world.clock.advance(identity::passkeys::CEREMONY);
    let outcome = world
        .identity
        .finish_staff_sign_in(&mut *tx, world.shop, late.id, &response, None, &from)
        .await;
    assert!(matches!(refusal(outcome.unwrap()), Refusal::Spent));
    tx.commit().await.unwrap();
    // A ceremony that never was, or is spent, leaves nothing in the record: it is nobody's.
    assert_eq!(world.entries().await["sign_in.refused"], 1);
}

#[tokio::test]
async fn a_copied_passkey_is_noticed_by_its_counter() {
    let world = World::new().await;
    let (_, mut device) = member(&world).await;
    let from = entry().whence;
    let mut tx = world.begin().await;
    let first = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let first = first.await.unwrap();
    let second = world.identity.begin_staff_sign_in(&mut *tx, world.shop);
    let second = second.await.unwrap();
    // The copy answers first with the lower count; used after the original it is behind.
    let copy = assertion(&mut device, &first.options);
    let original = assertion(&mut device, &second.options);
    let identity = &world.identity;
    let outcome = identity
        .finish_staff_sign_in(&mut *tx, world.shop, second.id, &original, None, &from)
        .await;
    assert!(matches!(outcome.unwrap(), Outcome::Accepted(_)));
    let outcome = identity
        .finish_staff_sign_in(&mut *tx, world.shop, first.id, &copy, None, &from)
        .await;
    assert_eq!(refusal(outcome.unwrap()).word(), "passkey_cloned");
}

#[tokio::test]
async fn who_left_does_not_sign_in_and_a_shoppers_passkey_opens_no_console() {
    let world = World::new().await;
    let (signed_in, mut device) = member(&world).await;
    let mut tx = world.begin().await;
    let disable = world
        .identity
        .danger_disable_as_operator(&mut *tx, world.shop, signed_in.staff);
    assert!(disable.await.unwrap());
    tx.commit().await.unwrap();
    let from = entry().whence;
    let refused = refusal(staff_sign_in(&world, &mut device, &from).await);
    assert!(matches!(refused, Refusal::NotHere));

    let (_, mut hers) = shopper_with_passkey(&world, "ada@example.com").await;
    let refused = refusal(staff_sign_in(&world, &mut hers, &from).await);
    assert!(matches!(refused, Refusal::NotHere));
    let mut stranger = Authenticator::new(ORIGIN).unwrap();
    // A passkey nobody knows: made for this house by somebody, never enrolled.
    let options = serde_json::json!({
        "challenge": "AAAA", "rp": { "id": "localhost" }, "user": { "id": "AAAAAAAAAAAAAAAAAAAAAA" },
    });
    stranger.create(&options).unwrap();
    let refused = refusal(staff_sign_in(&world, &mut stranger, &from).await);
    assert!(matches!(refused, Refusal::Unknown));
}

#[tokio::test]
async fn what_one_signs_in_with_is_changed_shortly_after_signing_in_and_the_last_one_stays() {
    let world = World::new().await;
    let (signed_in, _) = member(&world).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &signed_in.token).await.unwrap();
    let permit = proof.permit::<OwnFactors>().unwrap();
    let identity = &world.identity;
    let from = entry().whence;
    let mut tx = world.begin().await;
    let own = identity.staff_passkeys(&mut *tx, &permit).await.unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].name, "Laptop");
    let last = identity
        .remove_staff_passkey(&mut *tx, &permit, own[0].id)
        .await;
    assert!(matches!(last, Err(IdentityError::LastFactor)));

    let set_up = proof.permit::<SetUpFactor>().unwrap();
    let begun = identity.begin_staff_enrolment(&mut *tx, &set_up).await;
    let begun = begun.unwrap();
    let mut second = Authenticator::new(ORIGIN).unwrap();
    let response = registration(&mut second, &begun.options);
    let kept = identity
        .finish_staff_enrolment(&mut *tx, &set_up, begun.id, &response, "Key", &from)
        .await;
    let Outcome::Accepted(kept) = kept.unwrap() else {
        panic!("refused");
    };
    assert!(kept.session.is_none(), "she was signed in already");
    let named = identity.name_staff_passkey(&mut *tx, &permit, kept.passkey, "Key on the ring");
    assert!(named.await.unwrap());
    let gone = identity.remove_staff_passkey(&mut *tx, &permit, own[0].id);
    assert!(gone.await.unwrap());
    let own = identity.staff_passkeys(&mut *tx, &permit).await.unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].name, "Key on the ring");

    world.clock.advance(FRESH);
    let late = identity.begin_staff_enrolment(&mut *tx, &set_up).await;
    let late = late.unwrap_err();
    assert!(matches!(late, IdentityError::NeedsFreshSignIn { .. }));
    assert!(late.to_string().contains("sign in again"));
}

#[tokio::test]
async fn a_shopper_signs_in_by_her_passkey_and_the_mailbox_adds_nothing_any_more() {
    let world = World::new().await;
    let (token, mut device) = shopper_with_passkey(&world, "ada@example.com").await;
    let scope = Scope::new();
    let ada = world.signed_in(&scope, &token).await.shopper().unwrap();

    let guest = world.guest().await;
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = assertion(&mut device, &begun.options);
    let outcome = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
        .await;
    tx.commit().await.unwrap();
    let Outcome::Accepted(proved) = outcome.unwrap() else {
        panic!("refused");
    };
    assert_eq!(proved.shopper, ada);
    assert!(
        !world.lives(&guest.token).await,
        "the guest's session ended"
    );
    let signed_in = world.signed_in(&scope, &proved.opened.token).await;

    // The mailbox proves the address and nothing more where there is a passkey: whoever reads it sets up no
    // passkey of her own, and removes none.
    world.clock.advance(core::time::Duration::from_millis(1));
    let reader = world.shopper("ada@example.com").await;
    assert_eq!(reader.shopper, ada);
    let by_code = world.prove(&scope, &reader.opened.token).await.unwrap();
    assert!(by_code.raise::<Session>().is_err());
    let address = by_code.raise::<Address>().unwrap();
    let mut tx = world.begin().await;
    let refused = world.identity.begin_enrolment(&mut *tx, &address).await;
    assert!(matches!(refused, Err(IdentityError::HasPasskey)));
    drop(tx);
    let mut tx = world.begin().await;
    let asked = world
        .identity
        .request_step_up(&mut *tx, &signed_in, [7; 32], &terms::Locale::default())
        .await;
    assert!(matches!(asked, Err(IdentityError::HasPasskey)));
}

#[tokio::test]
async fn a_sign_in_from_elsewhere_is_told_by_mail_and_marked_in_the_list() {
    let world = World::new().await;
    let (token, mut device) = shopper_with_passkey(&world, "ada@example.com").await;
    let (to, _) = world.newest_text().await;
    assert_eq!(to, "ada@example.com", "she hears of the new passkey");
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
    let Outcome::Accepted(proved) = outcome.unwrap() else {
        panic!("refused");
    };
    assert_eq!(world.mails().await, before + 1);
    let (to, text) = world.newest_text().await;
    assert_eq!(to, "ada@example.com");
    assert!(
        text.contains("Chrome · Windows") && text.contains("90 days"),
        "{text}"
    );

    let signed_in = world.signed_in(&scope, &token).await;
    let mut tx = world.begin().await;
    let own = world.identity.shopper_sessions(&mut *tx, &signed_in).await;
    let own = own.unwrap();
    assert_eq!(own.len(), 2);
    let other = own.iter().find(|session| !session.this_one).unwrap();
    let whence = other.whence.as_ref().unwrap();
    assert_eq!(whence.network, "198.51.100.0/24");
    // Ended from here, it is over there.
    let ended = world
        .identity
        .end_shopper_sessions(&mut *tx, &signed_in, Which::AllOthers)
        .await;
    assert_eq!(ended.unwrap(), 1);
    tx.commit().await.unwrap();
    assert!(!world.lives(&proved.opened.token).await);
    assert!(world.lives(&token).await);
}

#[tokio::test]
async fn a_step_up_is_the_signed_proposal_and_can_be_verified_later() {
    let world = World::new().await;
    let (token, mut device) = shopper_with_passkey(&world, "ada@example.com").await;
    let (_, mut others) = shopper_with_passkey(&world, "bob@example.com").await;
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &token).await;
    let (small, large) = ([1; 32], [2; 32]);
    let identity = &world.identity;
    let mut tx = world.begin().await;

    // Signed for one proposal, given for another.
    let begun = identity
        .begin_step_up(&mut *tx, &proof, small)
        .await
        .unwrap();
    let response = assertion(&mut device, &begun.options);
    let outcome = identity
        .step_up_by_passkey(&mut *tx, &proof, begun.id, &response, large)
        .await;
    assert!(matches!(refusal(outcome.unwrap()), Refusal::Spent));
    // Signed for the small one, and given in a ceremony for the large one.
    let begun = identity
        .begin_step_up(&mut *tx, &proof, large)
        .await
        .unwrap();
    let outcome = identity
        .step_up_by_passkey(&mut *tx, &proof, begun.id, &response, large)
        .await;
    assert_eq!(refusal(outcome.unwrap()).word(), "bad_response");
    // By somebody else's passkey.
    let begun = identity
        .begin_step_up(&mut *tx, &proof, large)
        .await
        .unwrap();
    let response = assertion(&mut others, &begun.options);
    let outcome = identity
        .step_up_by_passkey(&mut *tx, &proof, begun.id, &response, large)
        .await;
    assert!(matches!(refusal(outcome.unwrap()), Refusal::NotHere));
    // As it should be.
    let begun = identity
        .begin_step_up(&mut *tx, &proof, large)
        .await
        .unwrap();
    let response = assertion(&mut device, &begun.options);
    let outcome = identity
        .step_up_by_passkey(&mut *tx, &proof, begun.id, &response, large)
        .await;
    let Outcome::Accepted(step_up) = outcome.unwrap() else {
        panic!("refused");
    };
    assert_eq!(step_up.confirm(&large).unwrap().proposal(), &large);
    tx.commit().await.unwrap();

    let link = world.invite(RoleName::ADMIN).await;
    let admin = world.sign_in(&link.token).await.unwrap();
    let reader = world.prove_staff(&scope, &admin.token).await.unwrap();
    let may_read = reader.permit::<ReadLedger>().unwrap();
    let mut snapshot = world.snapshot().await;
    let kept = identity.mandates(&mut *snapshot, &may_read, &large).await;
    let kept = kept.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].verified.is_ok());
    assert_eq!(kept[0].relying_party, "localhost");
    let none = identity.mandates(&mut *snapshot, &may_read, &small).await;
    assert!(none.unwrap().is_empty());
    drop(snapshot);

    // Moved to another proposal behind the program's back, it verifies no more.
    world
        .tamper("UPDATE mandates SET binding = X'0101010101010101010101010101010101010101010101010101010101010101'")
        .await;
    let mut snapshot = world.snapshot().await;
    let moved = identity.mandates(&mut *snapshot, &may_read, &small).await;
    assert!(moved.unwrap()[0].verified.is_err());
}

#[tokio::test]
async fn a_guest_and_a_session_that_is_not_fresh_enrol_nothing() {
    let world = World::new().await;
    let scope = Scope::new();
    let guest = world.guest().await;
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    assert!(proof.raise::<Address>().is_err());

    let (token, _) = shopper_with_passkey(&world, "ada@example.com").await;
    let proof = world.prove(&scope, &token).await.unwrap();
    let address = proof.raise::<Address>().unwrap();
    world.clock.advance(FRESH);
    let mut tx = world.begin().await;
    let late = world.identity.begin_enrolment(&mut *tx, &address).await;
    assert!(matches!(late, Err(IdentityError::NeedsFreshSignIn { .. })));
    let session = proof.raise::<Session>().unwrap();
    let own = world.identity.shopper_passkeys(&mut *tx, &session).await;
    let own = own.unwrap();
    let gone = world
        .identity
        .remove_shopper_passkey(&mut *tx, &session, own[0].id, &entry())
        .await;
    assert!(matches!(gone, Err(IdentityError::NeedsFreshSignIn { .. })));
}
