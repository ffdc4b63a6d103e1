//! Roles: who may hand them out, what a change of them ends, and what a shop composes.

use core::time::Duration;

use identity::{
    Denied, IdentityError, Scope, SessionToken,
    actions::{
        Action, ChangeRole, ExplainAccess, InviteStaff, ManageRoles, ManageStaff, ReadKnowledge,
        ReadLedger, ReadOrders, ReadStaff, ServeOrders,
    },
    roles::{ComposeError, Position, Saved, compose},
};
use terms::{Clock as _, RoleName, ShopId, StaffId};

use crate::world::World;

/// Signed in, with what she needs to be told apart.
pub(crate) struct Colleague {
    pub(crate) id: StaffId,
    pub(crate) token: SessionToken,
}

pub(crate) async fn colleague(world: &World, role: RoleName) -> Colleague {
    let invitation = world.invite(role).await;
    let signed_in = world.sign_in(&invitation.token).await.unwrap();
    Colleague {
        id: signed_in.staff,
        token: signed_in.token,
    }
}

pub(crate) async fn change(
    world: &World,
    by: &Colleague,
    of: StaffId,
    to: &Position,
) -> Result<Option<bool>, IdentityError> {
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &by.token).await.unwrap();
    let permit = proof.permit::<ChangeRole>()?;
    let mut tx = world.begin().await;
    let changed = world.identity.change_role(&mut *tx, &permit, of, to).await;
    tx.commit().await.unwrap();
    changed
}

pub(crate) async fn may<A: Action>(world: &World, who: &Colleague) -> bool {
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &who.token).await.unwrap();
    proof.permit::<A>().is_ok()
}

fn because(outcome: Result<Option<bool>, IdentityError>) -> Vec<String> {
    match outcome.unwrap_err() {
        IdentityError::Denied(Denied::Rule { decision, .. }) => decision
            .because()
            .iter()
            .map(|reason| reason.rule().to_owned())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn another_role_ends_her_sessions_and_counts_from_then_on() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let supervisor: Position = "supervisor".parse::<RoleName>().unwrap().into();
    assert_eq!(
        change(&world, &admin, kim.id, &supervisor).await.unwrap(),
        Some(true)
    );
    let scope = Scope::new();
    assert!(matches!(
        world.prove_staff(&scope, &kim.token).await,
        Err(IdentityError::NeedsSession)
    ));
    // Once more changes nothing, and whoever does not work here is nobody.
    assert_eq!(
        change(&world, &admin, kim.id, &supervisor).await.unwrap(),
        Some(false)
    );
    let stranger = StaffId::ordered(&*world.clock, &*world.rng);
    assert_eq!(
        change(&world, &admin, stranger, &supervisor).await.unwrap(),
        None
    );
    let entries = world.entries().await;
    assert_eq!(entries["staff.role_changed"], 1);
    assert_eq!(entries["staff.signed_out"], 1);
}

#[tokio::test]
async fn nobody_raises_herself_or_makes_an_owner_alone() {
    let world = World::new().await;
    let owner = colleague(&world, RoleName::OWNER).await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let to = |role: RoleName| Position::from(role);

    let outcome = change(&world, &admin, admin.id, &to(RoleName::AGENT)).await;
    assert_eq!(because(outcome), ["nobody_changes_her_own_role"]);
    for by in [&owner, &admin] {
        let outcome = change(&world, by, kim.id, &to(RoleName::OWNER)).await;
        assert_eq!(because(outcome), ["owner_is_not_handed_out"]);
    }
    let outcome = change(&world, &admin, owner.id, &to(RoleName::AGENT)).await;
    assert_eq!(because(outcome), ["owners_are_changed_by_owners"]);
    // An agent has no permit to try with.
    let outcome = change(&world, &kim, admin.id, &to(RoleName::AGENT)).await;
    assert_eq!(because(outcome), ["denied_by_default"]);

    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &owner.token).await.unwrap();
    let permit = proof.permit::<InviteStaff>().unwrap();
    let name = guard::gate::person_name(terms::Untrusted::new("Noor Aziz".to_owned())).unwrap();
    let mut tx = world.begin().await;
    let invited = world
        .identity
        .invite(&mut *tx, &permit, &name, &to(RoleName::OWNER))
        .await;
    let Err(IdentityError::Denied(denied)) = invited else {
        panic!("invited as an owner")
    };
    assert!(denied.to_string().contains("two persons must agree"));
}

#[tokio::test]
async fn what_is_no_role_or_no_time_is_refused() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let unknown: Position = "astronaut".parse::<RoleName>().unwrap().into();
    assert!(matches!(
        change(&world, &admin, kim.id, &unknown).await,
        Err(IdentityError::NoSuchRole { .. })
    ));
    let auditor: RoleName = "auditor".parse().unwrap();
    assert!(matches!(
        change(&world, &admin, kim.id, &auditor.clone().into()).await,
        Err(IdentityError::AuditorForEver)
    ));
    let past = Position {
        role: auditor.clone(),
        access_ends: Some(world.clock.now()),
    };
    assert!(matches!(
        change(&world, &admin, kim.id, &past).await,
        Err(IdentityError::AccessInThePast)
    ));
    // She is what she was.
    assert!(may::<ReadOrders>(&world, &kim).await);
}

#[tokio::test]
async fn access_ends_on_its_day() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let invitation = world.invite(RoleName::AGENT).await;
    let ends = world.clock.now().after(Duration::from_secs(600));
    let auditor = Position {
        role: "auditor".parse().unwrap(),
        access_ends: Some(ends),
    };
    change(&world, &admin, invitation.staff, &auditor)
        .await
        .unwrap();
    let signed_in = world.sign_in(&invitation.token).await.unwrap();
    let auditor = Colleague {
        id: signed_in.staff,
        token: signed_in.token,
    };
    assert!(may::<ReadLedger>(&world, &auditor).await);
    assert!(!may::<ReadOrders>(&world, &auditor).await);
    let scope = Scope::new();
    let session = world
        .prove_staff(&scope, &auditor.token)
        .await
        .unwrap()
        .session();
    let still_here = async || {
        let mut snapshot = world.snapshot().await;
        let identity = &world.identity;
        let here = identity.staff_may_still::<ReadLedger>(&mut *snapshot, world.shop, session);
        here.await.unwrap()
    };
    assert!(still_here().await);
    world.clock.advance(Duration::from_secs(600));
    let proof = world.prove_staff(&scope, &auditor.token).await.unwrap();
    let denied = proof.permit::<ReadLedger>().unwrap_err().to_string();
    assert!(denied.contains("that time is over"), "{denied}");
    // What she listens to ends as well.
    assert!(!still_here().await);
}

#[tokio::test]
async fn shut_out_and_let_in_again() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let owner = colleague(&world, RoleName::OWNER).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
    let permit = proof.permit::<ManageStaff>().unwrap();
    let mut tx = world.begin().await;
    let identity = &world.identity;
    assert_eq!(
        identity.disable(&mut *tx, &permit, kim.id).await.unwrap(),
        Some(true)
    );
    assert_eq!(
        identity.disable(&mut *tx, &permit, kim.id).await.unwrap(),
        Some(false)
    );
    assert!(matches!(
        identity.disable(&mut *tx, &permit, owner.id).await,
        Err(IdentityError::Denied(_))
    ));
    assert!(matches!(
        identity.disable(&mut *tx, &permit, admin.id).await,
        Err(IdentityError::Denied(_))
    ));
    tx.commit().await.unwrap();
    assert!(world.prove_staff(&scope, &kim.token).await.is_err());
    let mut tx = world.begin().await;
    let outcome = identity.enable(&mut *tx, &permit, kim.id).await.unwrap();
    assert_eq!(outcome, Some(true));
    tx.commit().await.unwrap();
    // What she had open stays ended: she signs in again.
    assert!(world.prove_staff(&scope, &kim.token).await.is_err());
    assert_eq!(world.entries().await["staff.enabled"], 1);
}

async fn save(world: &World, by: &Colleague, permissions: &[&str], version: i64) -> Saved {
    let permissions: Vec<String> = permissions.iter().map(ToString::to_string).collect();
    let role = compose("packer", "Packer", &permissions).unwrap();
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &by.token).await.unwrap();
    let permit = proof.permit::<ManageRoles>().unwrap();
    let mut tx = world.begin().await;
    let identity = &world.identity;
    let saved = identity
        .save_role(&mut *tx, &permit, &role, version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    saved
}

async fn remove(world: &World, by: &Colleague, version: i64) -> Saved {
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &by.token).await.unwrap();
    let permit = proof.permit::<ManageRoles>().unwrap();
    let mut tx = world.begin().await;
    let name = "packer".parse().unwrap();
    let identity = &world.identity;
    let saved = identity
        .remove_role(&mut *tx, &permit, &name, version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    saved
}

#[tokio::test]
async fn a_composed_role_counts_from_the_next_request_on() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    assert_eq!(save(&world, &admin, &["read_orders"], 0).await, Saved::Done);
    // Of one name there is one role.
    assert_eq!(
        save(&world, &admin, &["read_orders"], 0).await,
        Saved::ChangedMeanwhile
    );
    let packer = colleague(&world, "packer".parse().unwrap()).await;
    assert!(may::<ReadOrders>(&world, &packer).await);
    assert!(!may::<ServeOrders>(&world, &packer).await);
    assert_eq!(
        save(&world, &admin, &["serve_orders"], 1).await,
        Saved::Done
    );
    assert!(!may::<ReadOrders>(&world, &packer).await);
    assert!(may::<ServeOrders>(&world, &packer).await);
    // Who saw the first version only changes nothing.
    assert_eq!(
        save(&world, &admin, &["read_knowledge"], 1).await,
        Saved::ChangedMeanwhile
    );
    assert!(!may::<ReadKnowledge>(&world, &packer).await);
    assert_eq!(remove(&world, &admin, 2).await, Saved::InUse);
    change(&world, &admin, packer.id, &RoleName::AGENT.into())
        .await
        .unwrap();
    assert_eq!(remove(&world, &admin, 1).await, Saved::ChangedMeanwhile);
    assert_eq!(remove(&world, &admin, 2).await, Saved::Done);
    assert_eq!(world.entries().await["staff.role_defined"], 3);
}

#[tokio::test]
async fn what_changes_rights_is_in_no_composed_role() {
    let write = |permissions: &[&str]| {
        let permissions: Vec<String> = permissions.iter().map(ToString::to_string).collect();
        compose("packer", "Packer", &permissions)
    };
    for action in ["manage_roles", "change_role", "invite_staff", "export_bulk"] {
        assert!(
            matches!(write(&[action]), Err(ComposeError::Role(_))),
            "{action}"
        );
    }
    assert!(matches!(write(&["fly"]), Err(ComposeError::Permission(_))));
    assert!(matches!(
        write(&["read_conversation"]),
        Err(ComposeError::Permission(_))
    ));
    assert!(matches!(
        compose("agent", "Agent", &["read_orders".to_owned()]),
        Err(ComposeError::Role(_))
    ));
    assert!(matches!(
        compose("Über", "Agent", &["read_orders".to_owned()]),
        Err(ComposeError::Name(_))
    ));
}

/// A row that somebody wrote past the program gives no more than the program would have let her write.
#[tokio::test]
async fn a_role_that_was_tampered_with_gives_nothing() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    save(&world, &admin, &["read_orders"], 0).await;
    let packer = colleague(&world, "packer".parse().unwrap()).await;
    for permissions in ["manage_roles", "read_orders manage_roles", "nonsense"] {
        match permissions {
            "manage_roles" => {
                world
                    .tamper("UPDATE roles SET permissions = 'manage_roles'")
                    .await;
            }
            "nonsense" => {
                world
                    .tamper("UPDATE roles SET permissions = 'nonsense'")
                    .await
            }
            _ => {
                world
                    .tamper("UPDATE roles SET permissions = 'read_orders manage_roles'")
                    .await;
            }
        }
        assert!(!may::<ManageRoles>(&world, &packer).await, "{permissions}");
        assert!(!may::<ReadOrders>(&world, &packer).await, "{permissions}");
    }
}

#[tokio::test]
async fn roles_of_another_shop_are_not_this_shops() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    save(&world, &admin, &["read_orders"], 0).await;
    let elsewhere = ShopId::ordered(&*world.clock, &*world.rng);
    world.found(elsewhere, "rowan").await;
    let name = guard::gate::person_name(terms::Untrusted::new("Sam Stranger".to_owned())).unwrap();
    let packer: Position = "packer".parse::<RoleName>().unwrap().into();
    let mut tx = world.begin().await;
    let outcome = world
        .identity
        .danger_add_staff_as_operator(&mut *tx, elsewhere, &name, &packer)
        .await;
    assert!(matches!(outcome, Err(IdentityError::NoSuchRole { .. })));
}

#[tokio::test]
async fn why_may_she_is_answered() {
    let world = World::new().await;
    let admin = colleague(&world, RoleName::ADMIN).await;
    let kim = colleague(&world, RoleName::AGENT).await;
    let scope = Scope::new();
    let proof = world.prove_staff(&scope, &admin.token).await.unwrap();
    let permit = proof.permit::<ExplainAccess>().unwrap();
    let mut snapshot = world.snapshot().await;
    let identity = &world.identity;
    let explained = identity
        .explain(&mut *snapshot, &permit, kim.id)
        .await
        .unwrap()
        .unwrap();
    let of = |name: &str| {
        let one = explained.iter().find(|one| one.action.name() == name);
        &one.unwrap().decision
    };
    assert!(of("reply").is_allowed());
    assert!(!of("reply").because().is_empty());
    assert!(!of("read_ledger").is_allowed());
    assert!(of("read_ledger").allowed_for().contains(&RoleName::ADMIN));
    // What is said is what happens.
    for one in &explained {
        let asked = match one.action.name() {
            "read_staff" => may::<ReadStaff>(&world, &kim).await,
            "read_orders" => may::<ReadOrders>(&world, &kim).await,
            "manage_roles" => may::<ManageRoles>(&world, &kim).await,
            _ => continue,
        };
        assert_eq!(one.decision.is_allowed(), asked, "{}", one.action);
    }
    let stranger = StaffId::ordered(&*world.clock, &*world.rng);
    let none = identity
        .explain(&mut *snapshot, &permit, stranger)
        .await
        .unwrap();
    assert!(none.is_none());
}
