//! `return_items`: lines of a delivered order come back, once; their price goes to the method that
//! paid or to a gift card when the goods are here.

use commerce::{refusal::Code, staff::Step};
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::world::{World, linden};

fn back(order: &str, lines: &[&str], method: &str) -> Value {
    json!({ "order": order, "lines": lines, "refund_to": method })
}

#[tokio::test]
async fn a_return_is_asked_for_and_refunded_when_the_goods_are_here() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = back("A-LITTLE", &["L1"], "ada-visa");
    let proposal = world.propose(ada, "return_items", args).await;
    assert_eq!(proposal.level, ProposalLevel::Session);
    assert_eq!(proposal.total, Some(-7000));
    world.accept(ada, &proposal).await;
    let order = world.order("A-LITTLE").await;
    assert_eq!(order["status"], "delivered");
    assert_eq!(order["servicing"], "return_requested");
    assert_eq!(
        order["return"],
        json!({ "lines": ["L1"], "refund_to": "ada-visa" })
    );
    assert_eq!(world.money("A-LITTLE").await.len(), 1);
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    world.check().await;

    world.step("A-LITTLE", Step::Receive).await.unwrap();
    let order = world.order("A-LITTLE").await;
    assert_eq!(order["return"]["received"], true);
    assert_eq!(world.stock("cushion-blue").await, Some(12));
    assert_eq!(
        world.money("A-LITTLE").await[1],
        "refund 7000 ada-visa intended"
    );
    world.settle().await;
    assert_eq!(world.state("A-LITTLE").await.held(), 0);
    world.check().await;
    let again = world.step("A-LITTLE", Step::Receive).await.unwrap_err();
    assert_eq!(again.code, Code::AlreadyChanged);
    assert_eq!(world.stock("cushion-blue").await, Some(12));
}

/// Goods of 19000 less a discount of 1900; delivery of 500 is not refunded.
#[tokio::test]
async fn lines_take_their_share_of_the_discount_and_none_of_the_delivery() {
    for (lines, refund, level) in [
        (vec!["L1"], 6_300, ProposalLevel::Session),
        (vec!["L2"], 10_800, ProposalLevel::StepUp),
        (vec!["L2", "L1"], 17_100, ProposalLevel::StepUp),
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        let args = back("A-DELIVERED", &lines, "ada-visa");
        let proposal = world.propose(ada, "return_items", args).await;
        assert_eq!(proposal.level, level);
        assert_eq!(proposal.total, Some(-refund));
        world.accept(ada, &proposal).await;
        world.step("A-DELIVERED", Step::Receive).await.unwrap();
        assert_eq!(
            world.money("A-DELIVERED").await[1],
            format!("refund {refund} ada-visa intended")
        );
        assert_eq!(world.state("A-DELIVERED").await.value, 17_600 - refund);
        world.check().await;
    }
}

#[tokio::test]
async fn a_gift_card_of_hers_takes_all_of_it_at_once_whoever_paid() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = back("A-LITTLE", &["L1"], "ada-small");
    world.done(ada, "return_items", args).await;
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    assert_eq!(world.balance("ada", "ada-small").await, 7400);
    assert_eq!(
        world.money("A-LITTLE").await[1],
        "refund 7000 ada-small done"
    );
    world.settle().await;
    assert_eq!(world.gateway.calls().len(), 0);
    world.check().await;
}

#[tokio::test]
async fn of_several_methods_the_named_one_is_refunded_first_and_no_more_than_it_paid() {
    for (named, money) in [
        (
            "ada-visa",
            ["refund 5000 ada-visa intended", "refund 2000 ada-gift done"],
        ),
        (
            "ada-gift",
            ["refund 2000 ada-gift done", "refund 5000 ada-visa intended"],
        ),
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        world
            .done(ada, "return_items", back("A-MIXED", &["L1"], named))
            .await;
        // Staff are told beforehand what receiving the goods will give back, part by part.
        let told = world.seen_by_staff("A-MIXED").await["refunds"].clone();
        let told = told.as_array().unwrap().iter();
        let told: Vec<_> = told.map(|part| part["amount"].as_i64().unwrap()).collect();
        world.step("A-MIXED", Step::Receive).await.unwrap();
        let order = world.order("A-MIXED").await;
        let payments = order["payments"].as_array().unwrap().iter();
        let given = payments
            .skip(2)
            .map(|part| part["amount"].as_i64().unwrap());
        assert_eq!(told, given.collect::<Vec<_>>());
        assert_eq!(world.seen_by_staff("A-MIXED").await.get("refunds"), None);
        assert_eq!(world.money("A-MIXED").await[2..], money);
        assert_eq!(world.balance("ada", "ada-gift").await, 52_000);
        world.check().await;
    }
}

/// One card paid twice, on the page and for the difference: no payment is refunded beyond itself.
#[tokio::test]
async fn each_payment_of_a_card_gets_back_what_it_was() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let number = placed.order.clone().unwrap();
    world.pay(&placed, "tok_ada").await;
    let method = world
        .result(ada, "get_order", json!({ "order": number }))
        .await["payments"][0]["method"]
        .clone();
    let dearer = json!({ "order": number, "payment_method": method,
        "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
    world.done(ada, "change_order_items", dearer).await;
    world.settle_all().await;
    world.deliver(&number).await;
    let args = json!({ "order": number, "lines": ["L1"], "refund_to": method });
    world.done(ada, "return_items", args).await;
    world.step(&number, Step::Receive).await.unwrap();
    world.settle_all().await;
    let refunds = world.gateway.calls();
    let refunds = refunds
        .iter()
        .filter(|call| call.direction.as_str() == "refund");
    let refunds: Vec<i64> = refunds.map(|call| call.amount.minor).collect();
    assert_eq!(refunds.iter().sum::<i64>(), 5000);
    assert_eq!(refunds.len(), 2);
    // What is left is the delivery.
    assert_eq!(world.state(&number).await.held(), 500);
    world.check().await;
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, lines, method, code) in [
        (
            "A-LITTLE",
            &["L1"][..],
            "ada-master",
            Code::MethodNotAllowed,
        ),
        ("A-LITTLE", &["L1"], "ada-paypal", Code::MethodNotAllowed),
        ("A-LITTLE", &["L1"], "ben-visa", Code::MethodNotOwned),
        ("A-LITTLE", &["L1"], "ben-gift", Code::MethodNotOwned),
        ("A-LITTLE", &["L1"], "no-such", Code::MethodNotOwned),
        ("A-LITTLE", &["L1"], "", Code::BadArgument),
        ("A-LITTLE", &[], "ada-visa", Code::EmptyList),
        ("A-LITTLE", &["L1", "L1"], "ada-visa", Code::DuplicateLine),
        ("A-LITTLE", &["L1", "L9"], "ada-visa", Code::NotFound),
        ("A-PENDING", &["L1"], "ada-visa", Code::NotDelivered),
        ("A-PROCESSED", &["L1"], "ada-visa", Code::NotDelivered),
        ("A-SHIPPED", &["L1"], "ada-visa", Code::NotDelivered),
        ("A-CANCELLED", &["L1"], "ada-visa", Code::NotDelivered),
        ("A-RETURNED", &["L1"], "ada-visa", Code::AlreadyChanged),
        ("A-EXCHANGED", &["L1"], "ada-visa", Code::AlreadyChanged),
        ("B-DELIVERED", &["L1"], "ada-visa", Code::NotFound),
        ("NO-SUCH", &["L1"], "ada-visa", Code::NotFound),
    ] {
        let args = back(order, lines, method);
        assert_eq!(
            world.refused(ada, "return_items", args).await,
            code,
            "{order} {lines:?} {method}"
        );
    }
    world.check().await;
}

#[tokio::test]
async fn an_order_has_one_return_or_one_exchange_once() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(
            ada,
            "return_items",
            back("A-DELIVERED", &["L1"], "ada-visa"),
        )
        .await;
    for received in [false, true] {
        if received {
            world.step("A-DELIVERED", Step::Receive).await.unwrap();
        }
        let args = back("A-DELIVERED", &["L2"], "ada-visa");
        assert_eq!(
            world.refused(ada, "return_items", args).await,
            Code::AlreadyChanged
        );
        let exchange = json!({ "order": "A-DELIVERED", "payment_method": "ada-visa",
            "changes": [{ "line": "L2", "variant": "lamp-tiny" }] });
        assert_eq!(
            world.refused(ada, "exchange_items", exchange).await,
            Code::AlreadyChanged
        );
    }
}

#[tokio::test]
async fn an_order_whose_items_were_changed_can_be_returned() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(ada, "return_items", back("A-AFTER", &["L1"], "ada-visa"))
        .await;
    world.step("A-AFTER", Step::Receive).await.unwrap();
    world.settle_all().await;
    assert_eq!(world.state("A-AFTER").await.held(), 0);
    world.check().await;
}

#[tokio::test]
async fn no_more_goes_back_than_was_paid() {
    let mut document = linden();
    let orders = document["orders"].as_array_mut().unwrap();
    let order = orders.iter_mut().find(|order| order["id"] == "A-LITTLE");
    order.unwrap()["payments"] = json!([]);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    let to_card = back("A-LITTLE", &["L1"], "ada-visa");
    assert_eq!(
        world.refused(ada, "return_items", to_card).await,
        Code::MethodNotAllowed
    );
    let to_gift_card = back("A-LITTLE", &["L1"], "ada-gift");
    world.done(ada, "return_items", to_gift_card).await;
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    assert_eq!(world.balance("ada", "ada-gift").await, 50_000);
    assert_eq!(world.money("A-LITTLE").await, Vec::<String>::new());
}
