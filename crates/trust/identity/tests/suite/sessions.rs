//! How long sessions last, and how dead an ended one is.

use core::time::Duration;

use identity::{Scope, SessionToken, Timeouts, actions};
use store::{Database as _, Heard, Pulse, sessions::SessionLevel};
use terms::RoleName;

use crate::world::World;

const MILLISECOND: Duration = Duration::from_millis(1);
const MINUTE: Duration = Duration::from_secs(60);

async fn see(world: &World, token: &SessionToken) {
    let scope = Scope::new();
    let proof = world.prove(&scope, token).await.unwrap();
    let mut tx = world.begin().await;
    world.identity.see_shopper(&mut *tx, &proof).await.unwrap();
    tx.commit().await.unwrap();
}

async fn staff_lives(world: &World, token: &SessionToken) -> bool {
    world.prove_staff(&Scope::new(), token).await.is_ok()
}

async fn see_staff(world: &World, token: &SessionToken) {
    let scope = Scope::new();
    let permit = world
        .prove_staff(&scope, token)
        .await
        .unwrap()
        .permit()
        .unwrap();
    let mut tx = world.begin().await;
    world.identity.see_staff(&mut *tx, &permit).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_guest_ends_at_one_moment_whether_she_is_there_or_not() {
    let world = World::new().await;
    let guest = world.guest().await;
    let lasts = Timeouts::default().guest;
    // No idle limit: nothing is lost by walking away for days.
    world.clock.advance(lasts - MILLISECOND);
    assert!(world.lives(&guest.token).await);
    see(&world, &guest.token).await;
    world.clock.advance(MILLISECOND);
    assert!(!world.lives(&guest.token).await);
}

#[tokio::test]
async fn a_shopper_who_walks_away_is_signed_out() {
    let world = World::new().await;
    let token = world.shopper("ada@example.com").await.opened.token;
    let idle = Timeouts::default().shopper_idle;
    world.clock.advance(idle - MILLISECOND);
    assert!(world.lives(&token).await);
    see(&world, &token).await;
    world.clock.advance(idle - MILLISECOND);
    assert!(world.lives(&token).await);
    world.clock.advance(MILLISECOND);
    assert!(!world.lives(&token).await);
}

#[tokio::test]
async fn a_shopper_who_stays_is_signed_out_after_a_day() {
    let world = World::new().await;
    let proved = world.shopper("ada@example.com").await;
    let token = proved.opened.token;
    let Timeouts { shopper, .. } = Timeouts::default();
    let half = Duration::from_secs(1_800);
    let mut passed = Duration::ZERO;
    while passed + half < shopper {
        world.clock.advance(half);
        passed += half;
        see(&world, &token).await;
    }
    world.clock.advance(half - MILLISECOND);
    assert!(world.lives(&token).await);
    world.clock.advance(MILLISECOND);
    assert!(!world.lives(&token).await);
}

#[tokio::test]
async fn staff_are_signed_out_when_idle_and_at_the_end_of_the_day() {
    let world = World::new().await;
    let Timeouts {
        staff, staff_idle, ..
    } = Timeouts::default();
    let link = world.invite(RoleName::AGENT).await;
    let token = world.sign_in(&link.token).await.unwrap().token;
    world.clock.advance(staff_idle - MILLISECOND);
    assert!(staff_lives(&world, &token).await);
    world.clock.advance(MILLISECOND);
    assert!(!staff_lives(&world, &token).await);

    let link = world.invite(RoleName::AGENT).await;
    let token = world.sign_in(&link.token).await.unwrap().token;
    let step = Duration::from_secs(600);
    let mut passed = Duration::ZERO;
    while passed + step < staff {
        world.clock.advance(step);
        passed += step;
        see_staff(&world, &token).await;
    }
    world.clock.advance(step - MILLISECOND);
    assert!(staff_lives(&world, &token).await);
    world.clock.advance(MILLISECOND);
    assert!(!staff_lives(&world, &token).await);
}

#[tokio::test]
async fn an_ended_session_is_dead_at_once_and_everybody_hears_of_it() {
    let world = World::new().await;
    let guest = world.guest().await;
    let here = async || {
        world
            .identity
            .shopper_is_still_here(&mut *world.snapshot().await, world.shop, guest.session)
            .await
            .unwrap()
    };
    assert!(here().await);
    let mut pulses = world.database.pulses();
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let mut tx = world.begin().await;
    world.identity.end_shopper(&mut *tx, &proof).await.unwrap();
    assert!(here().await, "not before it is durable");
    tx.commit().await.unwrap();
    assert!(!here().await);
    assert!(!world.lives(&guest.token).await);
    let expected = Pulse::Session {
        shop: world.shop,
        session: guest.session,
    };
    assert_eq!(pulses.next().await, Heard::Pulse(expected));
    // Being seen afterwards does not bring it back.
    let mut tx = world.begin().await;
    world.identity.see_shopper(&mut *tx, &proof).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!world.lives(&guest.token).await);
    assert_eq!(world.entries().await["shopper.session_ended"], 1);
}

#[tokio::test]
async fn a_member_of_staff_signs_out() {
    let world = World::new().await;
    let link = world.invite(RoleName::AGENT).await;
    let token = world.sign_in(&link.token).await.unwrap().token;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &token).await.unwrap();
    let mut tx = world.begin().await;
    world
        .identity
        .end_staff(&mut *tx, &proof.permit().unwrap())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(!staff_lives(&world, &token).await);
    let here = world
        .identity
        .staff_may_still::<actions::ReadQueue>(
            &mut *world.snapshot().await,
            world.shop,
            proof.session(),
        )
        .await;
    assert!(!here.unwrap());
    assert_eq!(world.entries().await["staff.signed_out"], 1);
}

#[tokio::test]
async fn being_seen_is_written_once_a_minute() {
    let world = World::new().await;
    let guest = world.guest().await;
    let due = async || {
        let scope = Scope::new();
        let proof = world.prove(&scope, &guest.token).await.unwrap();
        world.identity.shopper_seen_is_due(&proof)
    };
    world.clock.advance(MINUTE - MILLISECOND);
    assert!(!due().await);
    world.clock.advance(MILLISECOND);
    assert!(due().await);
    see(&world, &guest.token).await;
    assert!(!due().await);
}

#[tokio::test]
async fn a_token_of_one_kind_is_none_of_the_other() {
    let world = World::new().await;
    let guest = world.guest().await;
    let link = world.invite(RoleName::ADMIN).await;
    assert!(!staff_lives(&world, &guest.token).await);
    assert!(
        !staff_lives(&world, &link.token).await,
        "a link is no session"
    );
    assert!(!world.lives(&link.token).await);
    let staff = world.sign_in(&link.token).await.unwrap();
    assert!(!world.lives(&staff.token).await);
}

/// The only ways to a level: a guest's session opens as a guest, and raising it is refused.
#[tokio::test]
async fn a_guest_is_not_raised() {
    let world = World::new().await;
    let guest = world.guest().await;
    let scope = Scope::new();
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    assert_eq!(proof.standing(), SessionLevel::Guest);
    assert!(proof.raise::<identity::level::Address>().is_err());
    let proof = world.prove(&scope, &guest.token).await.unwrap();
    let refused = proof.raise::<identity::level::Session>().unwrap_err();
    assert_eq!((refused.needed, refused.standing), ("session", "guest"));
}
