//! Acting on colleagues: decided about who acts as she is at that moment, and about whom it is done to.

use core::time::Duration;

use identity::{
    IdentityError, Scope,
    actions::{ChangeRole, EndSessions, InviteStaff, ManageRoles, ManageStaff, ReadSessions},
    roles::{Position, compose},
};
use terms::{Clock as _, RoleName, StaffId};

use crate::{
    roles::{Colleague, change, colleague, may},
    world::World,
};

/// A permit is as old as its request, and a request takes as long as its sender likes: what is done with it is
/// decided about its holder as she is then.
#[tokio::test]
async fn a_permit_that_outlived_its_holders_rights_does_nothing() {
    let world = World::new().await;
    for what in ["shut out", "another role", "signed out"] {
        let owner = colleague(&world, RoleName::OWNER).await;
        let admin = colleague(&world, RoleName::ADMIN).await;
        let kim = colleague(&world, RoleName::AGENT).await;
        let scope = Scope::new();
        let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
        let (invites, changes) = (
            proof.permit::<InviteStaff>().unwrap(),
            proof.permit::<ChangeRole>().unwrap(),
        );
        let (manages, roles) = (
            proof.permit::<ManageStaff>().unwrap(),
            proof.permit::<ManageRoles>().unwrap(),
        );
        let ends = proof.permit::<EndSessions>().unwrap();

        let owners = world.prove_staff(&scope, &owner.token).await.unwrap();
        let mut tx = world.begin().await;
        let identity = &world.identity;
        match what {
            "shut out" => {
                let permit = owners.permit::<ManageStaff>().unwrap();
                identity.disable(&mut *tx, &permit, admin.id).await.unwrap();
            }
            "another role" => {
                let permit = owners.permit::<ChangeRole>().unwrap();
                let agent = RoleName::AGENT.into();
                let changed = identity.change_role(&mut *tx, &permit, admin.id, &agent);
                changed.await.unwrap();
            }
            _ => {
                let permit = owners.permit::<EndSessions>().unwrap();
                let ended = identity.end_sessions_of_colleague(&mut *tx, &permit, admin.id);
                assert_eq!(ended.await.unwrap(), Some(1));
            }
        }
        tx.commit().await.unwrap();

        let mut tx = world.begin().await;
        let name = guard::gate::person_name(terms::Untrusted::new("Noor Aziz".to_owned())).unwrap();
        let position: Position = RoleName::ADMIN.into();
        let role = compose("packer", "Packer", &["read_orders".to_owned()]).unwrap();
        let outcomes = [
            identity
                .invite(&mut *tx, &invites, &name, &position)
                .await
                .map(|_| ()),
            identity
                .change_role(&mut *tx, &changes, kim.id, &position)
                .await
                .map(|_| ()),
            identity
                .disable(&mut *tx, &manages, kim.id)
                .await
                .map(|_| ()),
            identity
                .enable(&mut *tx, &manages, kim.id)
                .await
                .map(|_| ()),
            identity
                .save_role(&mut *tx, &roles, &role, 0)
                .await
                .map(|_| ()),
            identity
                .remove_role(&mut *tx, &roles, role.name(), 1)
                .await
                .map(|_| ()),
            identity
                .end_sessions_of_colleague(&mut *tx, &ends, kim.id)
                .await
                .map(|_| ()),
        ];
        for (position, outcome) in outcomes.into_iter().enumerate() {
            assert!(
                matches!(outcome, Err(IdentityError::NeedsSession)),
                "{what}, {position}: {outcome:?}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_gives_another_access_for_longer_than_she_has_it() {
    let world = World::new().await;
    let invitation = world.invite(RoleName::ADMIN).await;
    let friday = world.clock.now().after(Duration::from_secs(3600));
    let owner = colleague(&world, RoleName::OWNER).await;
    let until = |ends| Position {
        role: RoleName::ADMIN,
        access_ends: ends,
    };
    change(&world, &owner, invitation.staff, &until(Some(friday)))
        .await
        .unwrap();
    let signed_in = world.sign_in(&invitation.token).await.unwrap();
    let admin = Colleague {
        id: signed_in.staff,
        token: signed_in.token,
    };
    let kim = colleague(&world, RoleName::AGENT).await;
    for ends in [None, Some(friday.after(Duration::from_secs(1)))] {
        let outcome = change(&world, &admin, kim.id, &until(ends)).await;
        assert!(matches!(outcome, Err(IdentityError::LongerThanOwn { .. })));
    }
    let outcome = change(&world, &admin, kim.id, &until(Some(friday))).await;
    assert_eq!(outcome.unwrap(), Some(true));
}

/// Who is let in again comes in by what she had, and not by what was lying about.
#[tokio::test]
async fn links_and_sessions_die_with_being_shut_out() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let invitation = world.invite(RoleName::AGENT).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
    let permit = proof.permit::<ManageStaff>().unwrap();
    let mut tx = world.begin().await;
    let identity = &world.identity;
    let staff = invitation.staff;
    identity.disable(&mut *tx, &permit, staff).await.unwrap();
    identity.enable(&mut *tx, &permit, staff).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(
        world.sign_in(&invitation.token).await,
        Err(IdentityError::LinkSpent)
    ));

    let kim = colleague(&world, RoleName::AGENT).await;
    let mut tx = world.begin().await;
    identity
        .danger_disable_as_operator(&mut *tx, world.shop, kim.id)
        .await
        .unwrap();
    identity.enable(&mut *tx, &permit, kim.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(world.prove_staff(&scope, &kim.token).await.is_err());
}

#[tokio::test]
async fn an_owners_sessions_are_ended_by_an_owner() {
    let world = World::new().await;
    let owner = colleague(&world, RoleName::OWNER).await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
    let permit = proof.permit::<EndSessions>().unwrap();
    let mut tx = world.begin().await;
    let identity = &world.identity;
    let outcome = identity
        .end_sessions_of_colleague(&mut *tx, &permit, owner.id)
        .await;
    assert!(matches!(outcome, Err(IdentityError::Denied(_))));
    drop(tx);
    assert!(world.prove_staff(&scope, &owner.token).await.is_ok());
}

#[tokio::test]
async fn a_colleague_is_signed_out_by_who_may() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
    let identity = &world.identity;
    let reads = proof.permit::<ReadSessions>().unwrap();
    let mut snapshot = world.snapshot().await;
    let open = identity
        .sessions_of_colleague(&mut *snapshot, &reads, kim.id)
        .await
        .unwrap();
    assert_eq!(open.unwrap().len(), 1);
    drop(snapshot);
    let ends = proof.permit::<EndSessions>().unwrap();
    let mut tx = world.begin().await;
    let ended = identity
        .end_sessions_of_colleague(&mut *tx, &ends, kim.id)
        .await
        .unwrap();
    assert_eq!(ended, Some(1));
    let stranger = StaffId::ordered(&*world.clock, &*world.rng);
    let nobody = identity
        .end_sessions_of_colleague(&mut *tx, &ends, stranger)
        .await
        .unwrap();
    assert_eq!(nobody, None);
    tx.commit().await.unwrap();
    assert!(world.prove_staff(&scope, &kim.token).await.is_err());
    // An agent sees of nobody from where she is signed in, and ends nobody's.
    let noor = colleague(&world, RoleName::AGENT).await;
    assert!(!may::<ReadSessions>(&world, &noor).await);
    assert!(!may::<EndSessions>(&world, &noor).await);
}
