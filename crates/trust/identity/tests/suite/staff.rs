//! Staff: links that work once, colleagues who left, and what a role may.

use core::time::Duration;

use guard::gate;
use identity::{Denied, IdentityError, Scope, SessionToken, Timeouts, actions};
use terms::RoleName;
use terms::{ShopId, Untrusted};

use crate::world::World;

async fn spent(world: &World, token: &SessionToken) -> bool {
    matches!(world.sign_in(token).await, Err(IdentityError::LinkSpent))
}

#[tokio::test]
async fn a_link_lets_its_owner_in_once() {
    let world = World::new().await;
    let invitation = world.invite(RoleName::AGENT).await;
    let signed_in = world.sign_in(&invitation.token).await.unwrap();
    assert_eq!(signed_in.staff, invitation.staff);
    assert_eq!(signed_in.role, RoleName::AGENT);
    assert_ne!(signed_in.token.expose(), invitation.token.expose());
    assert!(spent(&world, &invitation.token).await);
    let entries = world.entries().await;
    for kind in ["staff.added", "staff.link_made", "staff.signed_in"] {
        assert_eq!(entries[kind], 1, "{kind}");
    }
}

#[tokio::test]
async fn a_link_grows_old() {
    let lasts = Timeouts::default().sign_in_link;
    for (age, refused) in [(lasts - Duration::from_millis(1), false), (lasts, true)] {
        let world = World::new().await;
        let invitation = world.invite(RoleName::AGENT).await;
        world.clock.advance(age);
        assert_eq!(spent(&world, &invitation.token).await, refused);
    }
}

#[tokio::test]
async fn a_link_that_never_was_is_refused_alike() {
    let world = World::new().await;
    let forged = SessionToken::parse(&"A".repeat(43)).unwrap();
    assert!(spent(&world, &forged).await);
    // A session's token is no link.
    assert!(spent(&world, &world.guest().await.token).await);
}

#[tokio::test]
async fn whoever_left_is_out_at_once() {
    let world = World::new().await;
    let invitation = world.invite(RoleName::ADMIN).await;
    let token = world.sign_in(&invitation.token).await.unwrap().token;
    let mut tx = world.begin().await;
    let another = world
        .identity
        .danger_link_as_operator(&mut *tx, world.shop, invitation.staff)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let scope = Scope::new();
    let session = world.prove_staff(&scope, &token).await.unwrap().session();

    world.tamper("UPDATE staff SET disabled_at = 1").await;
    assert!(matches!(
        world.prove_staff(&scope, &token).await,
        Err(IdentityError::NeedsSession)
    ));
    assert!(spent(&world, &another.token).await);
    let here = world
        .identity
        .staff_may_still::<actions::ReadQueue>(&mut *world.snapshot().await, world.shop, session)
        .await;
    assert!(!here.unwrap());
}

#[tokio::test]
async fn a_role_changed_is_a_right_changed_at_the_next_request() {
    let world = World::new().await;
    let link = world.invite(RoleName::ADMIN).await;
    let token = world.sign_in(&link.token).await.unwrap().token;
    let may_invite = async || {
        let scope = Scope::new();
        let proof = world.prove_staff(&scope, &token).await.unwrap();
        proof.permit::<actions::InviteStaff>().is_ok()
    };
    assert!(may_invite().await);
    world.tamper("UPDATE staff SET role = 'agent'").await;
    assert!(!may_invite().await);
}

#[tokio::test]
async fn an_admin_invites_and_sees_the_colleagues_of_her_own_shop() {
    let world = World::new().await;
    let link = world.invite(RoleName::ADMIN).await;
    let token = world.sign_in(&link.token).await.unwrap().token;
    let elsewhere = ShopId::ordered(&*world.clock, &*world.rng);
    world.found(elsewhere, "rowan").await;
    let stranger = gate::person_name(Untrusted::new("Sam Stranger".to_owned())).unwrap();
    let mut tx = world.begin().await;
    world
        .identity
        .danger_add_staff_as_operator(&mut *tx, elsewhere, &stranger, &RoleName::AGENT.into())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &token).await.unwrap();
    let name = gate::person_name(Untrusted::new("Kim Keller".to_owned())).unwrap();
    let mut tx = world.begin().await;
    let invited = world
        .identity
        .invite(
            &mut *tx,
            &proof.permit().unwrap(),
            &name,
            &RoleName::AGENT.into(),
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let colleagues = world
        .identity
        .colleagues(&mut *world.snapshot().await, &proof.permit().unwrap())
        .await
        .unwrap();
    let names: Vec<&str> = colleagues
        .iter()
        .map(|colleague| colleague.name.as_str())
        .collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"Robin Reed") && names.contains(&"Kim Keller"));
    let kim = world.sign_in(&invited.token).await.unwrap();
    assert_eq!((kim.shop, kim.role), (world.shop, RoleName::AGENT));

    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &kim.token).await.unwrap();
    assert!(proof.permit::<actions::InviteStaff>().is_err());
    assert!(proof.permit::<actions::ReadStaff>().is_err());
    let denied = proof.permit::<actions::ReadLedger>().unwrap_err();
    let text = denied.to_string();
    assert_eq!(
        text,
        "the role `agent` may not `read_ledger` (see the state of the ledger): \
         ask a colleague with the role `owner`, `admin`, `privacy_officer`, `security_officer` or `auditor`"
    );
    let Denied::Rule { decision, .. } = denied else {
        panic!("denied by a rule: {text}")
    };
    assert!(decision.allowed_for().contains(&RoleName::ADMIN));
}

#[tokio::test]
async fn a_link_for_a_colleague_of_another_shop_is_not_made() {
    let world = World::new().await;
    let invitation = world.invite(RoleName::AGENT).await;
    let elsewhere = ShopId::ordered(&*world.clock, &*world.rng);
    world.found(elsewhere, "rowan").await;
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .danger_link_as_operator(&mut *tx, elsewhere, invitation.staff)
        .await;
    assert!(outcome.is_err());
}
