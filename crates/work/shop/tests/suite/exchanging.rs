//! `exchange_items`: lines of a delivered order for other variants, once; the new pieces are set
//! aside at once, lines and money change when the old ones are here, by what was agreed.

use commerce::{refusal::Code, staff::Step};
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::{gateway::Mood, world::World};

fn exchange(order: &str, line: &str, variant: &str, method: &str) -> Value {
    json!({ "order": order, "payment_method": method,
        "changes": [{ "line": line, "variant": variant }] })
}

#[tokio::test]
async fn an_exchange_sets_aside_at_once_and_settles_when_the_goods_are_here() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = exchange("A-LITTLE", "L1", "cushion-gold", "ada-master");
    let proposal = world.propose(ada, "exchange_items", args).await;
    assert_eq!(proposal.level, ProposalLevel::Session);
    assert_eq!(proposal.total, Some(3000));
    // What goes and what comes, as they are called in the shop.
    let told: Vec<&str> = proposal
        .effect
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        told[0],
        "2 × Linen cushion (blue) goes back for Linen cushion (gold)"
    );
    world.accept(ada, &proposal).await;
    let order = world.order("A-LITTLE").await;
    assert_eq!(order["servicing"], "exchange_requested");
    assert_eq!(order["exchange"]["difference"], 3000);
    assert_eq!(order["lines"][0]["variant"], "cushion-blue");
    assert_eq!(world.money("A-LITTLE").await.len(), 1);
    assert_eq!(world.stock("cushion-gold").await, Some(1));
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    world.check().await;

    world.step("A-LITTLE", Step::Receive).await.unwrap();
    let order = world.order("A-LITTLE").await;
    assert_eq!(order["exchange"]["received"], true);
    assert_eq!(order["lines"][0]["variant"], "cushion-gold");
    assert_eq!(order["lines"][0]["unit_price"], 5000);
    assert_eq!(order["lines"][0]["quantity"], 2);
    assert_eq!(world.stock("cushion-gold").await, Some(1));
    assert_eq!(world.stock("cushion-blue").await, Some(12));
    assert_eq!(
        world.money("A-LITTLE").await[1],
        "payment 3000 ada-master intended"
    );
    assert_eq!(world.state("A-LITTLE").await.value, 10_000);
    world.settle().await;
    world.check().await;
    let again = world.step("A-LITTLE", Step::Receive).await.unwrap_err();
    assert_eq!(again.code, Code::AlreadyChanged);
}

#[tokio::test]
async fn a_cheaper_variant_is_refunded_to_the_named_method() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = exchange("A-LITTLE", "L1", "cushion-grey", "ada-small");
    let proposal = world.propose(ada, "exchange_items", args).await;
    assert_eq!(proposal.total, Some(-2000));
    world.accept(ada, &proposal).await;
    assert_eq!(world.balance("ada", "ada-small").await, 400);
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    assert_eq!(world.balance("ada", "ada-small").await, 2400);
    assert_eq!(world.state("A-LITTLE").await.value, 5000);
    world.check().await;
}

/// The price changes while the goods travel: what was agreed is what is paid.
#[tokio::test]
async fn the_difference_is_the_one_that_was_agreed() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = exchange("A-LITTLE", "L1", "cushion-gold", "ada-visa");
    world.done(ada, "exchange_items", args).await;
    world
        .tamper("UPDATE variants SET price = 9900 WHERE id = 'cushion-gold'")
        .await;
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    assert_eq!(
        world.money("A-LITTLE").await[1],
        "payment 3000 ada-visa intended"
    );
    let order = world.order("A-LITTLE").await;
    assert_eq!(order["adjustments"][0]["kind"], "exchange");
    assert_eq!(order["adjustments"][0]["amount"], 2 * (5000 - 9900));
    assert_eq!(world.state("A-LITTLE").await.value, 10_000);
    world.check().await;
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, line, variant, method, code) in [
        (
            "A-LITTLE",
            "L1",
            "cushion-green",
            "ada-visa",
            Code::Unavailable,
        ),
        (
            "A-LITTLE",
            "L1",
            "cushion-black",
            "ada-visa",
            Code::OutOfStock,
        ),
        (
            "A-LITTLE",
            "L1",
            "lamp-small",
            "ada-visa",
            Code::OtherProduct,
        ),
        ("A-LITTLE", "L1", "cushion-blue", "ada-visa", Code::SameItem),
        ("A-LITTLE", "L1", "no-such", "ada-visa", Code::NotFound),
        ("A-LITTLE", "L9", "cushion-red", "ada-visa", Code::NotFound),
        (
            "A-LITTLE",
            "L1",
            "cushion-red",
            "ben-visa",
            Code::MethodNotOwned,
        ),
        (
            "A-LITTLE",
            "L1",
            "cushion-gold",
            "ada-small",
            Code::GiftCardTooSmall,
        ),
        (
            "A-PENDING",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::NotDelivered,
        ),
        (
            "A-PROCESSED",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::NotDelivered,
        ),
        (
            "A-SHIPPED",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::NotDelivered,
        ),
        (
            "A-CANCELLED",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::NotDelivered,
        ),
        (
            "A-RETURNED",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::AlreadyChanged,
        ),
        (
            "A-EXCHANGED",
            "L1",
            "cushion-red",
            "ada-visa",
            Code::AlreadyChanged,
        ),
        ("B-DELIVERED", "L1", "lamp-tiny", "ada-visa", Code::NotFound),
        ("NO-SUCH", "L1", "cushion-red", "ada-visa", Code::NotFound),
    ] {
        let args = exchange(order, line, variant, method);
        assert_eq!(
            world.refused(ada, "exchange_items", args).await,
            code,
            "{order} {line} {variant} {method}"
        );
    }
    for (changes, code) in [
        (json!([]), Code::EmptyList),
        (
            json!([{ "line": "L1", "variant": "cushion-red" }, { "line": "L1", "variant": "cushion-red" }]),
            Code::DuplicateLine,
        ),
    ] {
        let args = json!({ "order": "A-LITTLE", "payment_method": "ada-visa", "changes": changes });
        assert_eq!(world.refused(ada, "exchange_items", args).await, code);
    }
    world.check().await;
}

#[tokio::test]
async fn several_lines_are_exchanged_at_once_and_then_never_again() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = json!({ "order": "A-DELIVERED", "payment_method": "ada-visa", "changes": [
        { "line": "L1", "variant": "cushion-red" }, { "line": "L2", "variant": "lamp-large" } ] });
    world.done(ada, "exchange_items", args.clone()).await;
    assert_eq!(
        world.refused(ada, "exchange_items", args).await,
        Code::AlreadyChanged
    );
    let back = json!({ "order": "A-DELIVERED", "lines": ["L1"], "refund_to": "ada-visa" });
    assert_eq!(
        world.refused(ada, "return_items", back).await,
        Code::AlreadyChanged
    );
    world.step("A-DELIVERED", Step::Receive).await.unwrap();
    // 60.00 more by their list prices, less their share of the order's ten percent.
    assert_eq!(
        world.money("A-DELIVERED").await[1],
        "payment 5400 ada-visa intended"
    );
    world.check().await;
}

/// A gift card that covered the difference when it was agreed and does not any more.
#[tokio::test]
async fn an_exchange_that_is_not_covered_any_more_is_not_received() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .tamper("UPDATE variants SET price = 28000 WHERE id = 'cushion-gold'")
        .await;
    let args = exchange("A-LITTLE", "L1", "cushion-gold", "ada-gift");
    world.done(ada, "exchange_items", args).await;
    let spend = json!({ "order": "A-PENDING", "payment_method": "ada-gift" });
    world.done(ada, "change_order_payment", spend).await;
    let before = world.document().await;
    let refusal = world.step("A-LITTLE", Step::Receive).await.unwrap_err();
    assert_eq!(refusal.code, Code::GiftCardTooSmall);
    assert_eq!(before, world.document().await);
    world.check().await;
}

#[tokio::test]
async fn a_declined_difference_is_owed() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = exchange("A-LITTLE", "L1", "cushion-gold", "ada-master");
    world.done(ada, "exchange_items", args).await;
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    let state = world.state("A-LITTLE").await;
    assert_eq!((state.held(), state.value), (7000, 10_000));
    world.check().await;
}
