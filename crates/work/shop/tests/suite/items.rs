//! `change_order_items`: other variants of the same products, once, while the order is pending; the
//! difference is charged or refunded to the named method.

use commerce::refusal::Code;
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::{
    books::named,
    gateway::Mood,
    world::{World, linden},
};

fn change(order: &str, line: &str, variant: &str, method: &str) -> Value {
    json!({ "order": order, "payment_method": method,
        "changes": [{ "line": line, "variant": variant }] })
}

#[tokio::test]
async fn a_dearer_variant_is_charged() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = change("A-CUSHION", "L1", "cushion-gold", "ada-master");
    let proposal = world.propose(ada, "change_order_items", args).await;
    assert_eq!(proposal.level, ProposalLevel::Session);
    assert_eq!(proposal.total, Some(1500));
    world.accept(ada, &proposal).await;
    let order = world.order("A-CUSHION").await;
    assert_eq!(order["servicing"], "items_changed");
    assert_eq!(order["status"], "pending");
    let line = &order["lines"][0];
    assert_eq!(line["id"], "L1");
    assert_eq!(line["variant"], "cushion-gold");
    assert_eq!(line["options"]["color"], "gold");
    assert_eq!(line["unit_price"], 5000);
    assert_eq!(world.stock("cushion-blue").await, Some(11));
    assert_eq!(world.stock("cushion-gold").await, Some(2));
    assert_eq!(world.state("A-CUSHION").await.value, 5000);
    world.settle().await;
    assert_eq!(
        world.money("A-CUSHION").await[1..],
        ["payment 1500 ada-master done"]
    );
    world.check().await;
}

#[tokio::test]
async fn a_cheaper_variant_is_refunded_to_any_method_of_hers() {
    for (method, end) in [
        ("ada-gift", "refund 1000 ada-gift done"),
        ("ada-master", "refund 1000 ada-master intended"),
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        let args = change("A-CUSHION", "L1", "cushion-grey", method);
        world.done(ada, "change_order_items", args).await;
        assert_eq!(world.money("A-CUSHION").await[1], end);
        assert_eq!(world.state("A-CUSHION").await.value, 2500);
        assert_eq!(world.stock("cushion-grey").await, None);
        world.settle_all().await;
        world.check().await;
    }
}

#[tokio::test]
async fn the_same_price_moves_nothing_and_the_method_must_be_hers_all_the_same() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let theirs = change("A-CUSHION", "L1", "cushion-red", "ben-visa");
    assert_eq!(
        world.refused(ada, "change_order_items", theirs).await,
        Code::MethodNotOwned
    );
    let args = change("A-CUSHION", "L1", "cushion-red", "ada-small");
    let proposal = world.propose(ada, "change_order_items", args).await;
    assert_eq!(proposal.total, None);
    world.accept(ada, &proposal).await;
    assert_eq!(world.money("A-CUSHION").await.len(), 1);
    assert_eq!(world.balance("ada", "ada-small").await, 400);
    world.check().await;
}

#[tokio::test]
async fn several_lines_change_at_once_by_the_sum_of_their_differences() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = json!({ "order": "A-PENDING", "payment_method": "ada-gift", "changes": [
        { "line": "L2", "variant": "lamp-tiny" }, { "line": "L1", "variant": "cushion-gold" } ] });
    world.done(ada, "change_order_items", args).await;
    // Two cushions at 1500 more, a lamp at 4000 less.
    assert_eq!(world.balance("ada", "ada-gift").await, 51_000);
    assert_eq!(world.state("A-PENDING").await.value, 18_000);
    for (variant, stock) in [
        ("cushion-blue", 12),
        ("cushion-gold", 1),
        ("lamp-small", 5),
        ("lamp-tiny", 5),
    ] {
        assert_eq!(world.stock(variant).await, Some(stock), "{variant}");
    }
    world.check().await;
}

#[tokio::test]
async fn a_gift_card_must_cover_the_difference() {
    for (balance, allowed) in [(1500, true), (1499, false), (0, false)] {
        let mut document = linden();
        document["customers"][0]["payment_methods"][3]["balance"] = json!(balance);
        let world = World::with(&document).await;
        let ada = world.customer("ada").await;
        let args = change("A-CUSHION", "L1", "cushion-gold", "ada-gift");
        if allowed {
            world.done(ada, "change_order_items", args).await;
            assert_eq!(world.balance("ada", "ada-gift").await, 0);
        } else {
            assert_eq!(
                world.refused(ada, "change_order_items", args).await,
                Code::GiftCardTooSmall
            );
        }
        world.check().await;
    }
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, line, variant, code) in [
        ("A-CUSHION", "L1", "cushion-green", Code::Unavailable),
        ("A-CUSHION", "L1", "cushion-black", Code::OutOfStock),
        ("A-CUSHION", "L1", "lamp-small", Code::OtherProduct),
        ("A-CUSHION", "L1", "vase-one", Code::OtherProduct),
        ("A-CUSHION", "L1", "cushion-blue", Code::SameItem),
        ("A-CUSHION", "L1", "no-such", Code::NotFound),
        ("A-CUSHION", "L1", "", Code::BadArgument),
        ("A-CUSHION", "L7", "cushion-red", Code::NotFound),
        ("A-UNPAID", "L1", "cushion-blue", Code::MethodNotAllowed),
        ("A-CHANGED", "L1", "cushion-blue", Code::AlreadyChanged),
        ("A-PROCESSED", "L1", "cushion-red", Code::NotPending),
        ("A-SHIPPED", "L1", "cushion-red", Code::NotPending),
        ("A-DELIVERED", "L1", "cushion-red", Code::NotPending),
        ("A-CANCELLED", "L1", "cushion-red", Code::NotPending),
        ("B-PENDING", "L1", "cushion-red", Code::NotFound),
        ("NO-SUCH", "L1", "cushion-red", Code::NotFound),
    ] {
        let args = change(order, line, variant, "ada-visa");
        assert_eq!(
            world.refused(ada, "change_order_items", args).await,
            code,
            "{order} {line} {variant}"
        );
    }
    let lists = [
        (json!([]), Code::EmptyList),
        (
            json!([{ "line": "L1", "variant": "cushion-red" }, { "line": "L1", "variant": "cushion-gold" }]),
            Code::DuplicateLine,
        ),
        (json!([{ "line": "L1" }]), Code::BadArgument),
        (
            json!([{ "line": "L1", "variant": "cushion-red", "quantity": 9 }]),
            Code::BadArgument,
        ),
    ];
    for (changes, code) in lists {
        let args =
            json!({ "order": "A-CUSHION", "payment_method": "ada-visa", "changes": changes });
        assert_eq!(world.refused(ada, "change_order_items", args).await, code);
    }
    world.check().await;
}

/// Each line alone could be had; both together cannot.
#[tokio::test]
async fn lines_that_share_a_variant_must_be_had_together() {
    let mut document = linden();
    let mut second = document["orders"][0]["lines"][0].clone();
    second["id"] = json!("L2");
    second["variant"] = json!("cushion-red");
    document["orders"][0]["lines"][1] = second;
    document["orders"][0]["payments"][0]["amount"] = json!(14_000);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    let both = json!([{ "line": "L1", "variant": "cushion-gold" }, { "line": "L2", "variant": "cushion-gold" }]);
    let args = json!({ "order": "A-PENDING", "payment_method": "ada-visa", "changes": both });
    assert_eq!(
        world.refused(ada, "change_order_items", args).await,
        Code::OutOfStock
    );
    // Swapping the two variants takes as many as it gives back.
    let swapped = json!([{ "line": "L1", "variant": "cushion-red" }, { "line": "L2", "variant": "cushion-blue" }]);
    let args = json!({ "order": "A-PENDING", "payment_method": "ada-visa", "changes": swapped });
    world.done(ada, "change_order_items", args).await;
    assert_eq!(world.stock("cushion-red").await, Some(5));
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    world.check().await;
}

#[tokio::test]
async fn after_its_items_were_changed_an_order_is_frozen() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = change("A-CUSHION", "L1", "cushion-red", "ada-visa");
    world.done(ada, "change_order_items", args).await;
    let address = named(&world.document().await, "orders", "A-PENDING")["shipping_address"].clone();
    for (tool, args) in [
        (
            "cancel_order",
            json!({ "order": "A-CUSHION", "reason": "no_longer_needed" }),
        ),
        (
            "change_order_address",
            json!({ "order": "A-CUSHION", "address": address }),
        ),
        (
            "change_order_payment",
            json!({ "order": "A-CUSHION", "payment_method": "ada-master" }),
        ),
        (
            "change_order_items",
            change("A-CUSHION", "L1", "cushion-gold", "ada-visa"),
        ),
        (
            "change_order_items",
            change("A-CUSHION", "L1", "cushion-blue", "ada-visa"),
        ),
    ] {
        assert_eq!(
            world.refused(ada, tool, args).await,
            Code::AlreadyChanged,
            "{tool}"
        );
    }
    // It goes on its way all the same.
    world.deliver("A-CUSHION").await;
    world.check().await;
}

#[tokio::test]
async fn a_refund_above_the_limit_needs_a_fresh_factor() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world.change_terms(|terms| terms.refund_limit = 999).await;
    let cheaper = change("A-CUSHION", "L1", "cushion-grey", "ada-visa");
    let proposal = world.propose(ada, "change_order_items", cheaper).await;
    assert_eq!(proposal.level, ProposalLevel::StepUp);
    world.change_terms(|terms| terms.refund_limit = 1000).await;
    let cheaper = change("A-CUSHION", "L1", "cushion-grey", "ada-visa");
    let proposal = world.propose(ada, "change_order_items", cheaper).await;
    assert_eq!(proposal.level, ProposalLevel::Session);
}

/// The difference was not paid: nothing is sent before it is.
#[tokio::test]
async fn a_declined_difference_is_owed() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = change("A-CUSHION", "L1", "cushion-gold", "ada-master");
    world.done(ada, "change_order_items", args).await;
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    let state = world.state("A-CUSHION").await;
    assert_eq!((state.held(), state.value), (3500, 5000));
    let refusal = world
        .step("A-CUSHION", commerce::staff::Step::Process)
        .await
        .unwrap_err();
    assert_eq!(refusal.code, Code::NotPaid);
    world.check().await;
    world.mark_paid("A-CUSHION").await.unwrap();
    world.deliver("A-CUSHION").await;
    world.check().await;
}
