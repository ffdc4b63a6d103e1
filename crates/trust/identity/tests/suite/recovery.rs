//! A shopper who lost her device gets back in, and nobody else does.

use core::time::Duration;
use std::sync::Arc;

use factors::testing::Authenticator;
use identity::{
    IdentityError, Scope, SessionToken,
    level::{Address, Session},
    passkeys::Outcome,
    recovery::{CODES, DELAY, OPEN, Recovery, RecoveryCode, Waiting, WaysBack},
    sessions::{FRESH, Opened},
    testing::{ORIGIN, entry},
};
use store::sessions::{ProvedBy, SessionLevel};

use crate::{
    passkeys::{assertion, enrolled, shopper_with_passkey},
    races::at_once,
    world::World,
};

const ADA: &str = "ada@example.com";
const TICK: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_secs(3_600);

/// A shopper with a passkey, her session, and the codes that she wrote down.
async fn ada(world: &World) -> (SessionToken, Authenticator, [RecoveryCode; CODES]) {
    let proved = world.shopper(ADA).await;
    world.clock.advance(TICK);
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let enrolled = enrolled(world, &proved.opened.token, &mut device).await;
    world.clock.advance(TICK);
    let codes = enrolled.recovery_codes.unwrap();
    (enrolled.opened.unwrap().token, device, codes)
}

/// A code mailed to an address, given back: where there is a passkey it proves the address alone.
async fn by_mail(world: &World, address: &str) -> SessionToken {
    world.clock.advance(TICK);
    let proved = world.shopper(address).await;
    assert_eq!(proved.opened.level, SessionLevel::Address);
    world.clock.advance(TICK);
    proved.opened.token
}

/// As the handler does it: committed in every case but an error.
async fn recover(
    world: &World,
    token: &SessionToken,
    code: &RecoveryCode,
) -> Result<Recovery, IdentityError> {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await?.raise::<Address>()?;
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .recover(&mut *tx, &proof, code, &entry())
        .await?;
    tx.commit().await.unwrap();
    world.clock.advance(TICK);
    Ok(outcome)
}

async fn ask(world: &World, token: &SessionToken) -> Result<Waiting, IdentityError> {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await?.raise::<Address>()?;
    let mut tx = world.begin().await;
    let waiting = world
        .identity
        .ask_to_recover(&mut *tx, &proof, &entry())
        .await?;
    tx.commit().await.unwrap();
    Ok(waiting)
}

async fn come_back(world: &World, token: &SessionToken) -> Result<Recovery, IdentityError> {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await?.raise::<Address>()?;
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .recover_after_wait(&mut *tx, &proof, &entry())
        .await?;
    tx.commit().await.unwrap();
    world.clock.advance(TICK);
    Ok(outcome)
}

async fn ways(world: &World, token: &SessionToken) -> WaysBack {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await.unwrap();
    let proof = proof.raise::<Address>().unwrap();
    let mut snapshot = world.snapshot().await;
    let ways = world.identity.ways_back(&mut *snapshot, &proof).await;
    ways.unwrap()
}

async fn new_codes(
    world: &World,
    token: &SessionToken,
) -> Result<[RecoveryCode; CODES], IdentityError> {
    let scope = Scope::new();
    let proof = world.signed_in(&scope, token).await;
    let mut tx = world.begin().await;
    let codes = world
        .identity
        .make_recovery_codes(&mut *tx, &proof, &entry())
        .await?;
    tx.commit().await.unwrap();
    world.clock.advance(TICK);
    Ok(codes)
}

/// Signs in by the passkey on this device.
async fn sign_in(world: &World, device: &mut Authenticator) -> SessionToken {
    let guest = world.guest().await;
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut tx = world.begin().await;
    let begun = world.identity.begin_sign_in(&mut *tx, &proof).await;
    let begun = begun.unwrap();
    let response = assertion(device, &begun.options);
    let outcome = world
        .identity
        .finish_sign_in(&mut *tx, &proof, begun.id, &response, &entry())
        .await;
    tx.commit().await.unwrap();
    world.clock.advance(TICK);
    match outcome.unwrap() {
        Outcome::Accepted(proved) => proved.opened.token,
        Outcome::Refused(refusal) => panic!("{refusal}"),
    }
}

fn accepted(outcome: Result<Recovery, IdentityError>) -> Opened {
    match outcome.unwrap() {
        Recovery::Accepted(proved) => proved.opened,
        Recovery::Refused => panic!("refused"),
    }
}

fn refused(outcome: &Result<Recovery, IdentityError>) -> bool {
    matches!(outcome, Ok(Recovery::Refused))
}

fn spoken(code: &RecoveryCode) -> String {
    code.shown().expose().clone()
}

#[tokio::test]
async fn mailbox_and_code_get_her_back_in_and_everybody_else_out() {
    let world = World::new().await;
    let (thief, _, codes) = ada(&world).await;
    assert_eq!(ways(&world, &thief).await.codes_left, Some(10));
    let before = world.mails().await;
    let token = by_mail(&world, ADA).await;
    // An address alone is not told whether there are codes.
    let seen = ways(&world, &token).await;
    assert_eq!((seen.codes_left, seen.codes_made_at), (None, None));

    let opened = accepted(recover(&world, &token, &codes[3]).await);
    assert_eq!(opened.level, SessionLevel::Session);
    assert!(!world.lives(&thief).await, "who has the device is out");
    assert!(
        !world.lives(&token).await,
        "the session does not rise in place"
    );
    assert_eq!(world.mails().await, before + 2, "the code, and the notice");
    let (to, text) = world.newest_text().await;
    assert_eq!(to, ADA);
    assert!(text.contains("one of your recovery codes"), "{text}");
    assert!(!text.contains(&spoken(&codes[3])), "{text}");
    assert_eq!(ways(&world, &opened.token).await.codes_left, Some(9));

    // She confirms and removes nothing before she has a passkey again.
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &opened.token).await;
    assert!(matches!(
        new_codes(&world, &opened.token).await,
        Err(IdentityError::HasPasskey)
    ));
    let mut tx = world.begin().await;
    let asked = world
        .identity
        .request_step_up(&mut *tx, &proof, [7; 32], &terms::Locale::default())
        .await;
    assert!(matches!(asked, Err(IdentityError::HasPasskey)));
    let own = world.identity.shopper_passkeys(&mut *tx, &proof).await;
    let lost = own.unwrap()[0].id;
    let removed = world
        .identity
        .remove_shopper_passkey(&mut *tx, &proof, lost, &entry())
        .await;
    assert!(matches!(removed, Err(IdentityError::HasPasskey)));
    drop(tx);

    // With the new passkey she is signed in by it, keeps her other codes, and removes the lost one.
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let made = enrolled(&world, &opened.token, &mut device).await;
    assert!(made.recovery_codes.is_none(), "nine are left");
    world.clock.advance(TICK);
    assert!(!world.lives(&opened.token).await);
    let token = made.opened.unwrap().token;
    let proof = world.signed_in(&scope, &token).await;
    let mut tx = world.begin().await;
    let own = world.identity.shopper_sessions(&mut *tx, &proof).await;
    assert_eq!(own.unwrap()[0].by, Some(ProvedBy::Passkey));
    let removed = world
        .identity
        .remove_shopper_passkey(&mut *tx, &proof, lost, &entry())
        .await;
    assert!(removed.unwrap());
    tx.commit().await.unwrap();
    let kinds = world.entries().await;
    for (kind, count) in [
        ("recovery.codes_made", 1),
        ("recovery.used", 1),
        ("passkey.added", 2),
        ("passkey.removed", 1),
    ] {
        assert_eq!(kinds[kind], count, "{kind}");
    }
}

#[tokio::test]
async fn a_recovery_code_works_once_and_for_its_owner() {
    let world = World::new().await;
    let (_, _, codes) = ada(&world).await;
    shopper_with_passkey(&world, "bo@example.com").await;
    let bo = by_mail(&world, "bo@example.com").await;
    assert!(
        refused(&recover(&world, &bo, &codes[0]).await),
        "hers alone"
    );
    let token = by_mail(&world, ADA).await;
    accepted(recover(&world, &token, &codes[0]).await);
    let token = by_mail(&world, ADA).await;
    assert!(refused(&recover(&world, &token, &codes[0]).await), "once");
    // The refusal ends nothing: the next one is as good as before.
    accepted(recover(&world, &token, &codes[1]).await);
    assert_eq!(world.entries().await["recovery.refused"], 2);
}

#[tokio::test]
async fn new_codes_take_the_place_of_the_old_ones() {
    let world = World::new().await;
    let (session, mut device, old) = ada(&world).await;
    world.clock.advance(FRESH);
    assert!(matches!(
        new_codes(&world, &session).await,
        Err(IdentityError::NeedsFreshSignIn { .. })
    ));
    let session = sign_in(&world, &mut device).await;
    let new = new_codes(&world, &session).await.unwrap();
    let (to, text) = world.newest_text().await;
    assert_eq!(to, ADA);
    assert!(text.contains("ten recovery codes were made"), "{text}");
    assert!(new.iter().all(|code| !text.contains(&spoken(code))));
    let token = by_mail(&world, ADA).await;
    assert!(refused(&recover(&world, &token, &old[0]).await));
    accepted(recover(&world, &token, &new[9]).await);
}

/// Two things are needed, each of them fresh: neither a passkey's session nor an old proof of the address takes one.
#[tokio::test]
async fn a_code_is_nothing_without_the_mailbox() {
    let world = World::new().await;
    let (session, _, codes) = ada(&world).await;
    assert!(matches!(
        recover(&world, &session, &codes[0]).await,
        Err(IdentityError::SignedInAlready)
    ));
    let guest = world.guest().await;
    assert!(matches!(
        recover(&world, &guest.token, &codes[0]).await,
        Err(IdentityError::NeedsLevel(_))
    ));
    let token = by_mail(&world, ADA).await;
    world.clock.advance(FRESH);
    assert!(matches!(
        recover(&world, &token, &codes[0]).await,
        Err(IdentityError::NeedsFreshSignIn { .. })
    ));
    // Who has no passkey is signed in by the mailbox already, and has no codes to make.
    let bo = world.shopper("bo@example.com").await.opened.token;
    assert!(matches!(
        recover(&world, &bo, &codes[0]).await,
        Err(IdentityError::SignedInAlready)
    ));
    assert!(matches!(
        new_codes(&world, &bo).await,
        Err(IdentityError::NoPasskey)
    ));
}

#[tokio::test]
async fn what_is_kept_of_a_code_is_not_the_code_and_dies_with_her_key() {
    let world = World::new().await;
    let (_, _, codes) = ada(&world).await;
    let kept = world.kept_recovery_hashes().await;
    assert_eq!(kept.len(), 10);
    let sha = |text: &[u8]| aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text);
    for code in &codes {
        let normal = code.normal().expose();
        for text in [normal.as_bytes(), spoken(code).as_bytes()] {
            assert!(kept.iter().all(|hash| hash.as_slice() != text));
            assert!(
                kept.iter()
                    .all(|hash| hash.as_slice() != sha(text).as_ref()),
                "a hash that anybody can make would be found by trying"
            );
        }
    }
    // Her keys are destroyed; whoever proves the address from then on is found no codes.
    let token = by_mail(&world, ADA).await;
    world
        .tamper("DELETE FROM data_keys WHERE owner_kind = 'shopper'")
        .await;
    let outcome = recover(&world, &token, &codes[0]).await;
    assert!(refused(&outcome), "{outcome:?}");
}

#[tokio::test]
async fn tries_are_counted_for_the_session_and_for_the_account() {
    let world = World::new().await;
    let (_, _, codes) = ada(&world).await;
    let wrong = RecoveryCode::parse("00000-00000").unwrap();
    let too_many = |outcome: &Result<Recovery, IdentityError>| {
        matches!(outcome, Err(IdentityError::TooManyTries { minutes: 60 }))
    };
    let first = by_mail(&world, ADA).await;
    for _ in 0..5 {
        assert!(refused(&recover(&world, &first, &wrong).await));
    }
    assert!(too_many(&recover(&world, &first, &codes[0]).await));
    // Another session has tries of its own, the account has no more than ten.
    let second = by_mail(&world, ADA).await;
    for _ in 0..5 {
        assert!(refused(&recover(&world, &second, &wrong).await));
    }
    let third = by_mail(&world, ADA).await;
    assert!(too_many(&recover(&world, &third, &codes[0]).await));
    // The right code was not used up by it, and whoever has none left still waits.
    assert!(ask(&world, &third).await.is_ok());
    world.clock.advance(HOUR);
    let token = by_mail(&world, ADA).await;
    accepted(recover(&world, &token, &codes[0]).await);
}

/// C09: a wrong code is answered alike, and does the same work, whether there are codes or not.
#[tokio::test]
async fn a_wrong_code_tells_nothing_of_whether_there_are_codes() {
    let world = World::new().await;
    ada(&world).await;
    shopper_with_passkey(&world, "bo@example.com").await;
    world.tamper("DELETE FROM recovery_codes WHERE owner = (SELECT id FROM shoppers ORDER BY created_at DESC LIMIT 1)").await;
    let wrong = RecoveryCode::parse("00000-00000").unwrap();
    let mut traces = Vec::new();
    for address in [ADA, "bo@example.com"] {
        let token = by_mail(&world, address).await;
        let (rows, entries) = (world.rows().await, world.entries().await);
        assert!(refused(&recover(&world, &token, &wrong).await));
        let (after, told) = (world.rows().await, world.entries().await);
        let grown = |before: &std::collections::BTreeMap<String, i64>,
                     after: &std::collections::BTreeMap<String, i64>| {
            let each = after.iter().map(|(name, count)| {
                (name.clone(), count - before.get(name).copied().unwrap_or(0))
            });
            each.filter(|(_, more)| *more != 0).collect::<Vec<_>>()
        };
        traces.push((grown(&rows, &after), grown(&entries, &told)));
    }
    assert_eq!(traces[0], traces[1]);
    assert!(!traces[0].0.is_empty());
}

#[tokio::test]
async fn without_a_code_she_waits_a_day_and_is_told() {
    let world = World::new().await;
    let (session, _, _) = ada(&world).await;
    let token = by_mail(&world, ADA).await;
    let before = world.mails().await;
    let waiting = ask(&world, &token).await.unwrap();
    assert_eq!(waiting.opens_at, waiting.asked_at.after(DELAY));
    assert_eq!(DELAY, 24 * HOUR);
    let (to, text) = world.newest_text().await;
    assert_eq!((to.as_str(), world.mails().await), (ADA, before + 1));
    assert!(text.contains("24 hours") && text.contains("sign in with your passkey"));
    assert!(!text.contains("http"), "{text}");
    // Asked again, nothing begins anew and nobody is written to again.
    world.clock.advance(HOUR / 4);
    let token = by_mail(&world, ADA).await;
    let mails = world.mails().await;
    assert_eq!(ask(&world, &token).await.unwrap(), waiting);
    assert_eq!(world.mails().await, mails);
    assert_eq!(ways(&world, &session).await.waiting, Some(waiting));

    world
        .clock
        .advance(DELAY - HOUR / 4 - Duration::from_secs(1));
    let token = by_mail(&world, ADA).await;
    assert!(matches!(
        come_back(&world, &token).await,
        Err(IdentityError::RecoveryWaits)
    ));
    world.clock.advance(Duration::from_secs(1));
    let opened = accepted(come_back(&world, &token).await);
    let (_, text) = world.newest_text().await;
    assert!(text.contains("got back in"), "{text}");
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let made = enrolled(&world, &opened.token, &mut device).await;
    assert!(made.opened.is_some());
    // Once.
    world.clock.advance(TICK);
    let token = by_mail(&world, ADA).await;
    assert!(refused(&come_back(&world, &token).await));
    let kinds = world.entries().await;
    assert_eq!((kinds["recovery.asked"], kinds["recovery.used"]), (1, 1));
}

#[tokio::test]
async fn a_passkey_that_answers_ends_the_wait() {
    let world = World::new().await;
    let (_, mut device, _) = ada(&world).await;
    let thief = by_mail(&world, ADA).await;
    ask(&world, &thief).await.unwrap();
    world.clock.advance(DELAY - HOUR);
    let session = sign_in(&world, &mut device).await;
    assert_eq!(ways(&world, &session).await.waiting, None);
    world.clock.advance(2 * HOUR);
    let thief = by_mail(&world, ADA).await;
    assert!(refused(&come_back(&world, &thief).await));
    assert_eq!(world.entries().await["recovery.stopped"], 1);

    // So does one that confirms a proposal in a session from before.
    let session = sign_in(&world, &mut device).await;
    ask(&world, &thief).await.unwrap();
    let scope = Scope::new();
    let proof = world.signed_in(&scope, &session).await;
    let mut tx = world.begin().await;
    let begun = world
        .identity
        .begin_step_up(&mut *tx, &proof, [7; 32])
        .await;
    let begun = begun.unwrap();
    let response = assertion(&mut device, &begun.options);
    let outcome = world
        .identity
        .step_up_by_passkey(&mut *tx, &proof, begun.id, &response, [7; 32])
        .await;
    assert!(matches!(outcome, Ok(Outcome::Accepted(_))));
    tx.commit().await.unwrap();
    assert_eq!(ways(&world, &session).await.waiting, None);
}

#[tokio::test]
async fn she_stops_a_wait_in_the_chat() {
    let world = World::new().await;
    let (session, _, codes) = ada(&world).await;
    let token = by_mail(&world, ADA).await;
    ask(&world, &token).await.unwrap();
    let scope = Scope::new();
    let proof = world.prove(&scope, &session).await.unwrap();
    let proof = proof.raise::<Address>().unwrap();
    let stop = async || {
        let mut tx = world.begin().await;
        let stopped = world.identity.stop_recovery(&mut *tx, &proof).await;
        tx.commit().await.unwrap();
        stopped.unwrap()
    };
    assert!(stop().await);
    assert!(!stop().await, "nobody waits any more");
    world.clock.advance(DELAY);
    let token = by_mail(&world, ADA).await;
    assert!(refused(&come_back(&world, &token).await));
    // A recovery code ends it as well: she is in.
    ask(&world, &token).await.unwrap();
    accepted(recover(&world, &token, &codes[0]).await);
    assert_eq!(world.entries().await["recovery.stopped"], 2);
}

#[tokio::test]
async fn a_wait_that_nobody_comes_back_for_runs_out() {
    let world = World::new().await;
    ada(&world).await;
    let token = by_mail(&world, ADA).await;
    let first = ask(&world, &token).await.unwrap();
    world.clock.advance(DELAY + OPEN);
    let token = by_mail(&world, ADA).await;
    assert_eq!(ways(&world, &token).await.waiting, None);
    assert!(refused(&come_back(&world, &token).await));
    // A new one begins from the beginning.
    let second = ask(&world, &token).await.unwrap();
    assert!(second.asked_at > first.expires_at);
    world.clock.advance(DELAY + OPEN + HOUR);
    let mut tx = world.begin().await;
    let now = terms::Clock::now(&*world.clock);
    assert_eq!(tx.sweep_recovery_requests(now).await.unwrap(), 1);
}

/// Two who have the mailbox and the same code, at once: one gets in, and the code is spent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_give_one_code_at_once_one_gets_in() {
    let world = Arc::new(World::new().await);
    let (_, _, codes) = ada(&world).await;
    let code = Arc::new(codes.into_iter().next().unwrap());
    let mut tokens = Vec::new();
    for _ in 0..4 {
        tokens.push(by_mail(&world, ADA).await);
    }
    let outcomes = at_once(tokens.into_iter().map(|token| {
        let (world, code) = (world.clone(), code.clone());
        async move { recover(&world, &token, &code).await }
    }))
    .await;
    let won = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(Recovery::Accepted(_))));
    assert_eq!(won.count(), 1);
    for outcome in &outcomes {
        assert!(
            matches!(
                outcome,
                Ok(Recovery::Accepted(_) | Recovery::Refused) | Err(IdentityError::NeedsSession)
            ),
            "{outcome:?}"
        );
    }
    assert_eq!(world.entries().await["recovery.used"], 1);
}

/// The session that recovery opens makes a passkey for ten minutes, like any other.
#[tokio::test]
async fn a_passkey_after_a_loss_is_made_at_once_or_not_at_all() {
    let world = World::new().await;
    let (_, _, codes) = ada(&world).await;
    let token = by_mail(&world, ADA).await;
    let opened = accepted(recover(&world, &token, &codes[0]).await);
    world.clock.advance(FRESH);
    let scope = Scope::new();
    let proof = world.prove(&scope, &opened.token).await.unwrap();
    assert!(proof.raise::<Session>().is_ok());
    let proof = proof.raise::<Address>().unwrap();
    let mut tx = world.begin().await;
    let late = world.identity.begin_enrolment(&mut *tx, &proof).await;
    assert!(matches!(late, Err(IdentityError::NeedsFreshSignIn { .. })));
}
