//! Staff give up what is not going to be finished: a change whose charge was declined, goods that
//! never come back. Nothing is set aside for ever.

use commerce::{refusal::Code, staff::Step};
use serde_json::json;

use crate::{gateway::Mood, world::World};

/// The shopper cannot undo it: a changed order is frozen. Staff can, and everything goes back.
#[tokio::test]
async fn a_change_whose_charge_is_declined_can_be_given_up() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = json!({ "order": "A-CUSHION", "payment_method": "ada-visa",
        "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
    world.done(ada, "change_order_items", args).await;
    let early = world.step("A-CUSHION", Step::GiveUp).await.unwrap_err();
    assert_eq!(early.code, Code::NotReady, "the charge is under way");
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    let cancel = json!({ "order": "A-CUSHION", "reason": "no_longer_needed" });
    assert_eq!(
        world.refused(ada, "cancel_order", cancel).await,
        Code::AlreadyChanged
    );
    assert_eq!(world.stock("cushion-gold").await, Some(2));
    world.step("A-CUSHION", Step::GiveUp).await.unwrap();
    let order = world.order("A-CUSHION").await;
    assert_eq!(order["status"], "cancelled");
    assert_eq!(order["cancel_reason"], "not_paid");
    assert_eq!(world.stock("cushion-gold").await, Some(3));
    world.settle_all().await;
    assert_eq!(
        world.money("A-CUSHION").await.last().unwrap(),
        "refund 3500 ada-visa done"
    );
    assert_eq!(world.state("A-CUSHION").await.held(), 0);
    world.check().await;
}

#[tokio::test]
async fn an_order_that_nobody_paid_can_be_given_up_and_its_payment_comes_back() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-red", 2).await;
    let number = placed.order.clone().unwrap();
    assert_eq!(world.stock("cushion-red").await, Some(3));
    world.step(&number, Step::GiveUp).await.unwrap();
    assert_eq!(world.stock("cushion-red").await, Some(5));
    // The shopper pays on a page that was open all the time.
    world.pay(&placed, "tok_ada").await;
    world.settle_all().await;
    assert_eq!(world.state(&number).await.held(), 0);
    assert_eq!(world.order(&number).await["status"], "cancelled");
    world.check().await;
}

#[tokio::test]
async fn an_exchange_or_a_return_whose_goods_never_come_is_as_if_it_was_not_asked_for() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let exchange = json!({ "order": "A-LITTLE", "payment_method": "ada-master",
        "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
    let before = world.document().await;
    for _ in 0..2 {
        world.done(ada, "exchange_items", exchange.clone()).await;
        assert_eq!(world.stock("cushion-gold").await, Some(1));
        world.step("A-LITTLE", Step::GiveUp).await.unwrap();
        assert_eq!(world.document().await, before);
    }
    let returned = json!({ "order": "A-LITTLE", "lines": ["L1"], "refund_to": "ada-visa" });
    world.done(ada, "return_items", returned.clone()).await;
    world.step("A-LITTLE", Step::GiveUp).await.unwrap();
    assert_eq!(world.document().await, before);
    world.done(ada, "return_items", returned).await;
    world.step("A-LITTLE", Step::Receive).await.unwrap();
    world.check().await;
}

#[tokio::test]
async fn what_is_finished_or_paid_is_not_given_up() {
    let world = World::new().await;
    world.step("A-RETURNED", Step::Receive).await.unwrap();
    world.step("A-EXCHANGED", Step::Receive).await.unwrap();
    for order in [
        "A-PENDING",
        "A-PROCESSED",
        "A-DELIVERED",
        "A-CANCELLED",
        "A-RETURNED",
        "A-EXCHANGED",
    ] {
        let refusal = world.step(order, Step::GiveUp).await.unwrap_err();
        assert_eq!(refusal.code, Code::NotReady, "{order}");
    }
    world.check().await;
}
