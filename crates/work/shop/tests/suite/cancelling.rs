//! `cancel_order`: only while pending, for one of the shop's reasons; all money goes back to the
//! methods that paid, all goods to the shelf.

use commerce::refusal::Code;
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::world::World;

fn cancel(order: &str) -> Value {
    json!({ "order": order, "reason": "no_longer_needed" })
}

#[tokio::test]
async fn a_pending_order_is_cancelled_and_paid_back_to_its_method() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world
        .propose(ada, "cancel_order", cancel("A-CUSHION"))
        .await;
    assert_eq!(proposal.level, ProposalLevel::Session);
    assert_eq!(proposal.total, Some(-3500));
    assert_eq!(world.order("A-CUSHION").await["status"], "pending");

    let outcome = world.accept(ada, &proposal).await;
    assert_eq!(outcome.order.as_deref(), Some("A-CUSHION"));
    assert_eq!(outcome.effect, proposal.effect);
    let order = world.order("A-CUSHION").await;
    assert_eq!(order["status"], "cancelled");
    assert_eq!(order["cancel_reason"], "no_longer_needed");
    assert_eq!(world.stock("cushion-blue").await, Some(11));
    assert_eq!(
        world.money("A-CUSHION").await,
        [
            "payment 3500 ada-visa done",
            "refund 3500 ada-visa intended"
        ]
    );
    world.settle().await;
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa done"
    );
    world.check().await;
}

#[tokio::test]
async fn a_gift_card_gets_its_money_back_at_once_and_several_methods_each_their_own() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world.done(ada, "cancel_order", cancel("A-GIFT")).await;
    assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
    world.done(ada, "cancel_order", cancel("A-SPLIT")).await;
    assert_eq!(world.balance("ada", "ada-gift").await, 58_000);
    assert_eq!(
        world.money("A-SPLIT").await[2..],
        ["refund 1000 ada-gift done", "refund 6000 ada-visa intended"]
    );
    world.check().await;
}

#[tokio::test]
async fn what_was_not_paid_is_not_paid_back() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let proposal = world.propose(ada, "cancel_order", cancel("A-UNPAID")).await;
    assert_eq!(proposal.total, None);
    world.accept(ada, &proposal).await;
    assert_eq!(world.order("A-UNPAID").await["status"], "cancelled");
    assert_eq!(world.money("A-UNPAID").await, Vec::<String>::new());
    world.check().await;
}

#[tokio::test]
async fn both_reasons_and_those_a_shop_adds_are_allowed_and_no_others() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for reason in ["", "NO_LONGER_NEEDED", "not_paid", "because"] {
        let args = json!({ "order": "A-CUSHION", "reason": reason });
        let refusal = world.refusal(ada, "cancel_order", args).await;
        assert_eq!(refusal.code, Code::BadReason, "{reason}");
        assert!(refusal.message.contains("ordered_by_mistake"));
    }
    let by_mistake = json!({ "order": "A-GIFT", "reason": "ordered_by_mistake" });
    world.done(ada, "cancel_order", by_mistake).await;
    world
        .change_terms(|terms| terms.cancel_reasons = vec!["moved_away".to_owned()])
        .await;
    assert_eq!(
        world
            .refused(ada, "cancel_order", cancel("A-CUSHION"))
            .await,
        Code::BadReason
    );
    let moved = json!({ "order": "A-CUSHION", "reason": "moved_away" });
    world.done(ada, "cancel_order", moved).await;
}

#[tokio::test]
async fn no_other_order_is_cancelled() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, code) in [
        ("A-PROCESSED", Code::NotPending),
        ("A-SHIPPED", Code::NotPending),
        ("A-DELIVERED", Code::NotPending),
        ("A-CANCELLED", Code::NotPending),
        ("A-CHANGED", Code::AlreadyChanged),
        ("B-PENDING", Code::NotFound),
        ("NO-SUCH", Code::NotFound),
        ("", Code::BadArgument),
    ] {
        assert_eq!(
            world.refused(ada, "cancel_order", cancel(order)).await,
            code,
            "{order}"
        );
    }
    world.check().await;
}

#[tokio::test]
async fn a_refund_above_the_limit_needs_a_fresh_factor_and_one_at_the_limit_does_not() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let large = world
        .propose(ada, "cancel_order", cancel("A-PENDING"))
        .await;
    assert_eq!(large.level, ProposalLevel::StepUp);
    for (limit, level) in [
        (3499, ProposalLevel::StepUp),
        (3500, ProposalLevel::Session),
    ] {
        world.change_terms(|terms| terms.refund_limit = limit).await;
        let proposal = world
            .propose(ada, "cancel_order", cancel("A-CUSHION"))
            .await;
        assert_eq!(proposal.level, level);
    }
}

/// An order tells the reasons that would be taken, as long as one would be.
#[tokio::test]
async fn an_order_tells_the_reasons_it_can_be_cancelled_for() {
    let world = World::new().await;
    world
        .change_terms(|terms| terms.cancel_reasons = vec!["moved_away".to_owned()])
        .await;
    let ada = world.customer("ada").await;
    for order in ["A-PENDING", "A-CHANGED", "A-PROCESSED", "A-CANCELLED"] {
        let told = world
            .result(ada, "get_order", json!({ "order": order }))
            .await;
        let asked = json!({ "order": order, "reason": "moved_away" });
        match world.call(ada, "cancel_order", asked).await {
            Ok(_) => assert_eq!(told["cancel_reasons"], json!(["moved_away"]), "{order}"),
            Err(_) => assert_eq!(told.get("cancel_reasons"), None, "{order}"),
        }
    }
}
