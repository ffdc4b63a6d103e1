//! Proposals and their confirmation: once, exactly what was shown, by whoever asked for it.

use commerce::{
    proposals::{Confirmation, Proposal},
    refusal::{Code, Refusal},
    staff::Step,
};
use serde_json::{Value, json};
use terms::{Clock as _, ProposalId};

use crate::{
    books::named,
    world::{Who, World},
};

fn cancel(order: &str) -> Value {
    json!({ "order": order, "reason": "no_longer_needed" })
}

async fn refusal(world: &World, who: Who, id: ProposalId, binding: Option<[u8; 32]>) -> Refusal {
    let before = world.rows().await;
    match world.confirm_at(who, id, binding).await {
        Confirmation::Refused(refusal) => {
            assert_eq!(before, world.rows().await);
            refusal
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_confirmation_counts_once_and_tells_its_effect_again() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    world.accept(ada, &proposal).await;
    let (rows, kinds) = (world.rows().await, world.kinds().await);
    for binding in [None, Some(proposal.hash), Some([0; 32])] {
        match world.confirm_at(ada, proposal.id, binding).await {
            Confirmation::Already(outcome) => {
                assert_eq!(outcome.effect, proposal.effect);
                assert_eq!(outcome.order.as_deref(), Some("A-CUSHION"));
                assert_eq!(outcome.payment, None);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(world.rows().await, rows);
        assert_eq!(world.kinds().await, kinds);
        world.wait(1000);
    }
}

#[tokio::test]
async fn only_one_of_two_proposals_for_the_same_is_carried_out() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let first = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    let second = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    assert_ne!(first.id, second.id);
    world.accept(ada, &second).await;
    let refusal = world.overtaken(ada, &first).await;
    assert_eq!(refusal.code, Code::Expired);
    assert!(refusal.message.contains("cancelled"), "{}", refusal.message);
    assert_eq!(world.money("A-CUSHION").await.len(), 2);
    world.check().await;
}

#[tokio::test]
async fn a_proposal_lives_fifteen_minutes() {
    for (seconds, lives) in [(899, true), (900, false), (3_000, false)] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        let proposal = world
            .propose(ada, "cancel_order", cancel("A-CUSHION"))
            .await;
        assert_eq!(
            proposal.expires_at.millis() - world.clock.now().millis(),
            900_000
        );
        world.wait(seconds);
        if lives {
            world.accept(ada, &proposal).await;
        } else {
            assert_eq!(world.overtaken(ada, &proposal).await.code, Code::Expired);
            assert_eq!(world.overtaken(ada, &proposal).await.code, Code::Expired);
            assert_eq!(world.kinds().await["proposal.expired"], 1);
        }
    }
}

#[tokio::test]
async fn anothers_proposal_and_no_proposal_are_the_same() {
    let world = World::new().await;
    let (ada, ben) = (world.customer("ada").await, world.customer("ben").await);
    let guest = world.guest().await;
    let hers = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    let nobodys = ProposalId::random(&*world.rng);
    for who in [ben, guest] {
        let theirs = refusal(&world, who, hers.id, None).await;
        assert_eq!(theirs.code, Code::NotFound);
        assert_eq!(theirs, refusal(&world, who, nobodys, None).await);
    }
    let theirs = refusal(&world, ben, hers.id, Some(hers.hash)).await;
    assert_eq!(theirs.code, Code::NotFound);
    // And so after it was confirmed.
    world.accept(ada, &hers).await;
    assert_eq!(
        refusal(&world, ben, hers.id, None).await.code,
        Code::NotFound
    );
}

async fn checkout_of_a_guest(world: &World, guest: Who) -> Proposal {
    let add = json!({ "variant": "vase-one", "quantity": 1 });
    world.result(guest, "add_to_cart", add).await;
    let args = json!({
        "contact": { "email": "gus@example.net", "given_name": "Gus", "family_name": "Grove" },
        "shipping_address": { "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" } });
    world.propose(guest, "checkout", args).await
}

#[tokio::test]
async fn a_guests_proposal_belongs_to_her_session() {
    let world = World::new().await;
    let (guest, other) = (world.guest().await, world.guest().await);
    let proposal = checkout_of_a_guest(&world, guest).await;
    for who in [other, world.customer("ada").await] {
        assert_eq!(
            refusal(&world, who, proposal.id, None).await.code,
            Code::NotFound
        );
    }
    world.accept(guest, &proposal).await;
}

#[tokio::test]
async fn her_other_session_may_confirm_what_this_one_proposed() {
    let world = World::new().await;
    let (phone, desk) = (world.customer("ada").await, world.customer("ada").await);
    let proposal = world
        .propose(phone, "cancel_order", cancel("A-CUSHION"))
        .await;
    world.accept(desk, &proposal).await;
}

#[tokio::test]
async fn a_step_up_confirms_the_proposal_it_was_won_for_and_no_other() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let address = |line1: &str| {
        json!({ "order": "A-CUSHION", "address":
        { "line1": line1, "city": "Hamburg", "postal_code": "20457", "country": "DE" } })
    };
    let one = world
        .propose(ada, "change_order_address", address("Quay 5"))
        .await;
    let twin = world
        .propose(ada, "change_order_address", address("Quay 5"))
        .await;
    let other = world
        .propose(ada, "change_order_address", address("Quay 6"))
        .await;
    assert_ne!(one.hash, twin.hash);
    for binding in [None, Some(twin.hash), Some(other.hash), Some([0; 32])] {
        assert_eq!(
            refusal(&world, ada, one.id, binding).await.code,
            Code::NeedsLevel
        );
    }
    world.accept(ada, &one).await;
    assert_eq!(
        world.order("A-CUSHION").await["shipping_address"]["line1"],
        "Quay 5"
    );
}

/// What stands in the row is what was hashed: a body that was exchanged is not carried out.
#[tokio::test]
async fn a_proposal_that_was_tampered_with_is_not_carried_out() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    world
        .tamper("UPDATE proposals SET tool = 'return_items', level = 'guest'")
        .await;
    let mut tx = world.begin().await;
    let confirmed = world.confirm_in(&mut *tx, ada, proposal.id, None).await;
    assert!(confirmed.is_err(), "{confirmed:?}");
    drop(tx);
    assert_eq!(world.order("A-CUSHION").await["status"], "pending");
}

type Meanwhile = (&'static str, Value, &'static str, &'static str);

/// A tool with its arguments, what happens behind the shop's back, and what the refusal says of it.
fn overtaken_by_the_catalogue() -> Vec<Meanwhile> {
    let change = |order: &str, variant: &str| {
        json!({ "order": order, "payment_method": "ada-visa",
            "changes": [{ "line": "L1", "variant": variant }] })
    };
    vec![
        (
            "change_order_items",
            change("A-CUSHION", "cushion-gold"),
            "UPDATE variants SET price = 5001 WHERE id = 'cushion-gold'",
            "a price has changed",
        ),
        (
            "change_order_items",
            change("A-CUSHION", "cushion-gold"),
            "UPDATE variants SET stock = 0 WHERE id = 'cushion-gold'",
            "not enough pieces",
        ),
        (
            "change_order_items",
            change("A-CUSHION", "cushion-gold"),
            "UPDATE variants SET available = 0 WHERE id = 'cushion-gold'",
            "not available",
        ),
        (
            "exchange_items",
            change("A-LITTLE", "cushion-gold"),
            "UPDATE variants SET price = 4999 WHERE id = 'cushion-gold'",
            "a price has changed",
        ),
        (
            "exchange_items",
            change("A-LITTLE", "cushion-gold"),
            "UPDATE variants SET stock = 1 WHERE id = 'cushion-gold'",
            "not enough pieces",
        ),
        (
            "checkout",
            json!({}),
            "UPDATE variants SET price = 1 WHERE id = 'cushion-blue'",
            "a price has changed",
        ),
        (
            "checkout",
            json!({}),
            "UPDATE variants SET stock = 1 WHERE id = 'cushion-blue'",
            "there are 1 left",
        ),
        (
            "checkout",
            json!({}),
            "UPDATE variants SET available = 0 WHERE id = 'cushion-blue'",
            "not available",
        ),
        (
            "checkout",
            json!({}),
            "DELETE FROM shop_entries WHERE kind = 'discount' AND id = 'TEN'",
            "discount code is not valid",
        ),
        (
            "checkout",
            json!({}),
            "UPDATE shop_entries SET body = replace(body, '10', '11') WHERE kind = 'discount' AND id = 'TEN'",
            "discount, delivery or tax has changed",
        ),
        (
            "checkout",
            json!({}),
            "UPDATE shop_entries SET body = replace(body, '500', '501') WHERE kind = 'shipping' AND id = 'std'",
            "discount, delivery or tax has changed",
        ),
    ]
}

#[tokio::test]
async fn what_was_overtaken_by_the_catalogue_has_expired_and_says_by_what() {
    for (tool, args, meanwhile, says) in overtaken_by_the_catalogue() {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        let add = json!({ "variant": "cushion-blue", "quantity": 2 });
        world.result(ada, "add_to_cart", add).await;
        world
            .result(ada, "apply_discount", json!({ "code": "TEN" }))
            .await;
        let proposal = world.propose(ada, tool, args).await;
        world.tamper(meanwhile).await;
        let refusal = world.overtaken(ada, &proposal).await;
        assert_eq!(refusal.code, Code::Expired, "{tool}: {meanwhile}");
        assert!(refusal.message.contains(says), "{}", refusal.message);
        // Once expired it stays so, whatever happens next.
        let again = world.overtaken(ada, &proposal).await;
        assert_eq!(again.code, Code::Expired);
    }
}

#[tokio::test]
async fn what_was_overtaken_by_the_cart_or_the_account_has_expired() {
    let line = json!({ "line": "1", "quantity": 3 });
    let quay = json!({ "address": { "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" } });
    let none = json!({ "line": "1" });
    let code = json!({ "code": "FIVER" });
    let more = json!({ "variant": "vase-one", "quantity": 1 });
    for (tool, args, says) in [
        ("update_cart_line", line, "what is in it has changed"),
        ("add_to_cart", more, "what is in it has changed"),
        (
            "apply_discount",
            code,
            "discount, delivery or tax has changed",
        ),
        ("remove_from_cart", none, "the cart is empty"),
        (
            "change_default_address",
            quay,
            "the order or the account has changed",
        ),
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        let add = json!({ "variant": "cushion-blue", "quantity": 2 });
        world.result(ada, "add_to_cart", add).await;
        let proposal = world.propose(ada, "checkout", json!({})).await;
        if tool == "change_default_address" {
            world.done(ada, tool, args).await;
        } else {
            world.result(ada, tool, args).await;
        }
        let refusal = world.overtaken(ada, &proposal).await;
        assert_eq!(refusal.code, Code::Expired, "{tool}");
        assert!(
            refusal.message.contains(says),
            "{tool}: {}",
            refusal.message
        );
        world.check().await;
    }
}

#[tokio::test]
async fn what_was_overtaken_by_the_order_has_expired() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let cancel_it = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    let other = world.propose(ada, "cancel_order", cancel("A-GIFT")).await;
    world.step("A-CUSHION", Step::Process).await.unwrap();
    let refusal = world.overtaken(ada, &cancel_it).await;
    assert_eq!(refusal.code, Code::Expired);
    assert!(refusal.message.contains("processed"), "{}", refusal.message);
    // The money went another way: it would come back to another method.
    let pay = json!({ "order": "A-GIFT", "payment_method": "ada-visa" });
    world.done(ada, "change_order_payment", pay).await;
    let refusal = world.overtaken(ada, &other).await;
    assert_eq!(refusal.code, Code::Expired);
    assert!(refusal.message.contains("money"), "{}", refusal.message);
    world.check().await;
}

/// A gift card is emptied by another order between proposal and confirmation.
#[tokio::test]
async fn what_a_gift_card_covered_once_it_must_cover_still() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .tamper("UPDATE variants SET price = 60000 WHERE id = 'lamp-large'")
        .await;
    let change = json!({ "order": "A-PENDING", "payment_method": "ada-gift",
        "changes": [{ "line": "L2", "variant": "lamp-large" }] });
    let proposal = world.propose(ada, "change_order_items", change).await;
    let spend = json!({ "order": "A-CUSHION", "payment_method": "ada-gift" });
    world.done(ada, "change_order_payment", spend).await;
    let refusal = world.overtaken(ada, &proposal).await;
    assert!(
        refusal.message.contains("does not cover"),
        "{}",
        refusal.message
    );
    assert_eq!(world.balance("ada", "ada-gift").await, 46_500);
    world.check().await;
}

/// Nothing was done and nothing is lost when the transaction of a confirmation is dropped.
#[tokio::test]
async fn a_confirmation_that_was_not_committed_was_not_made() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world.propose(ada, "cancel_order", cancel("A-GIFT")).await;
    let before = world.rows().await;
    let mut tx = world.begin().await;
    let confirmed = world.confirm_in(&mut *tx, ada, proposal.id, None).await;
    assert!(matches!(confirmed, Ok(Confirmation::Done(_))));
    drop(tx);
    assert_eq!(before, world.rows().await);
    world.accept(ada, &proposal).await;
    assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
    world.check().await;
}

#[tokio::test]
async fn two_confirmations_at_once_do_it_once() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world.propose(ada, "cancel_order", cancel("A-GIFT")).await;
    let (one, two) = tokio::join!(
        world.confirm(ada, proposal.id),
        world.confirm(ada, proposal.id)
    );
    let done = |one: &Confirmation| matches!(one, Confirmation::Done(_));
    let already = |one: &Confirmation| matches!(one, Confirmation::Already(_));
    assert!(
        (done(&one) && already(&two)) || (already(&one) && done(&two)),
        "{one:?} {two:?}"
    );
    let ada = named(&world.document().await, "customers", "ada");
    assert_eq!(ada["payment_methods"][3]["balance"], 57_000);
    world.check().await;
}

/// Whoever never got the answer to a checkout learns the order's number and where to pay it, from the
/// same confirmation again; once it is paid there is nothing to pay.
#[tokio::test]
async fn a_checkout_that_is_confirmed_again_tells_its_order_and_its_payment() {
    let world = World::new().await;
    let guest = world.guest().await;
    let add = json!({ "variant": "cushion-red", "quantity": 1 });
    world.result(guest, "add_to_cart", add).await;
    let args = json!({
        "contact": { "email": "gus@example.net", "given_name": "Gus", "family_name": "Grove" },
        "shipping_address": { "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" } });
    let proposal = world.propose(guest, "checkout", args).await;
    let first = world.accept(guest, &proposal).await;
    assert!(first.payment.as_ref().unwrap().url.is_some());
    let again = async || match world.confirm(guest, proposal.id).await {
        Confirmation::Already(outcome) => *outcome,
        other => panic!("{other:?}"),
    };
    assert_eq!(again().await, first);
    let another = world.guest().await;
    match world.confirm(another, proposal.id).await {
        Confirmation::Refused(refusal) => assert_eq!(refusal.code, Code::NotFound),
        other => panic!("{other:?}"),
    }
    world.pay(&first, "tok_gus").await;
    let paid = again().await;
    assert_eq!((paid.order, paid.payment), (first.order, None));
}
