//! `change_order_payment`: another method pays all of a pending order, and the old one is refunded.

use commerce::{gateway::Direction, refusal::Code};
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::{
    gateway::Mood,
    world::{World, linden},
};

fn pay_with(order: &str, method: &str) -> Value {
    json!({ "order": order, "payment_method": method })
}

#[tokio::test]
async fn another_card_is_charged_and_then_the_old_one_refunded() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let args = pay_with("A-CUSHION", "ada-master");
    let proposal = world.propose(ada, "change_order_payment", args).await;
    assert_eq!(proposal.level, ProposalLevel::StepUp);
    world.accept(ada, &proposal).await;
    let order = world.order("A-CUSHION").await;
    assert_eq!(order["status"], "pending");
    assert_eq!(order["servicing"], Value::Null);
    assert_eq!(
        world.money("A-CUSHION").await,
        [
            "payment 3500 ada-visa done",
            "payment 3500 ada-master intended",
            "refund 3500 ada-visa intended"
        ]
    );
    world.check().await;
    world.settle_all().await;
    assert_eq!(
        world.money("A-CUSHION").await[1..],
        ["payment 3500 ada-master done", "refund 3500 ada-visa done"]
    );
    let calls = world.gateway.calls();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].direction.as_str(), "charge");
    world.check().await;
}

#[tokio::test]
async fn a_gift_card_pays_at_once_when_it_covers_the_sum() {
    for (balance, code) in [(3500, None), (3499, Some(Code::GiftCardTooSmall))] {
        let mut document = linden();
        document["customers"][0]["payment_methods"][3]["balance"] = json!(balance);
        let world = World::with(&document).await;
        let ada = world.customer("ada").await;
        let args = pay_with("A-CUSHION", "ada-gift");
        match code {
            Some(code) => {
                assert_eq!(world.refused(ada, "change_order_payment", args).await, code);
            }
            None => {
                world.done(ada, "change_order_payment", args).await;
                assert_eq!(world.balance("ada", "ada-gift").await, 0);
                assert_eq!(
                    world.money("A-CUSHION").await[1],
                    "payment 3500 ada-gift done"
                );
            }
        }
        world.check().await;
    }
}

#[tokio::test]
async fn a_gift_card_that_paid_gets_it_back_at_once() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(ada, "change_order_payment", pay_with("A-GIFT", "ada-visa"))
        .await;
    assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
    world.settle().await;
    assert_eq!(
        world.money("A-GIFT").await[1..],
        ["payment 7000 ada-visa done", "refund 7000 ada-gift done"]
    );
    world.check().await;
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, method, code) in [
        ("A-CUSHION", "ada-visa", Code::SameMethod),
        ("A-CUSHION", "ada-small", Code::GiftCardTooSmall),
        ("A-CUSHION", "ben-visa", Code::MethodNotOwned),
        ("A-CUSHION", "no-such", Code::MethodNotOwned),
        ("A-CUSHION", "", Code::BadArgument),
        ("A-SPLIT", "ada-master", Code::MethodNotAllowed),
        ("A-SPLIT", "ada-visa", Code::MethodNotAllowed),
        ("A-UNPAID", "ada-visa", Code::MethodNotAllowed),
        ("A-PROCESSED", "ada-master", Code::NotPending),
        ("A-SHIPPED", "ada-master", Code::NotPending),
        ("A-DELIVERED", "ada-master", Code::NotPending),
        ("A-CANCELLED", "ada-master", Code::NotPending),
        ("A-CHANGED", "ada-master", Code::AlreadyChanged),
        ("B-PENDING", "ada-master", Code::NotFound),
        ("NO-SUCH", "ada-master", Code::NotFound),
    ] {
        let args = pay_with(order, method);
        assert_eq!(
            world.refused(ada, "change_order_payment", args).await,
            code,
            "{order} {method}"
        );
    }
    world.check().await;
}

/// Nobody can be charged by bank transfer: the order would count as paid though no money came.
#[tokio::test]
async fn a_bank_transfer_is_not_charged() {
    let world = World::new().await;
    let cleo = world.customer("cleo").await;
    let args = pay_with("C-PENDING", "cleo-bank");
    assert_eq!(
        world.refused(cleo, "change_order_payment", args).await,
        Code::MethodNotAllowed
    );
    let dearer = json!({ "order": "C-PENDING", "payment_method": "cleo-bank",
        "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
    assert_eq!(
        world.refused(cleo, "change_order_items", dearer).await,
        Code::MethodNotAllowed
    );
    let dearer = json!({ "order": "C-DELIVERED", "payment_method": "cleo-bank",
        "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
    assert_eq!(
        world.refused(cleo, "exchange_items", dearer).await,
        Code::MethodNotAllowed
    );
}

#[tokio::test]
async fn a_declined_charge_leaves_the_order_with_its_old_method() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(
            ada,
            "change_order_payment",
            pay_with("A-CUSHION", "ada-master"),
        )
        .await;
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    assert_eq!(
        world.money("A-CUSHION").await,
        [
            "payment 3500 ada-visa done",
            "payment 3500 ada-master failed, not booked",
            "refund 3500 ada-visa dropped, not booked"
        ]
    );
    assert_eq!(world.gateway.calls().len(), 1);
    assert_eq!(world.state("A-CUSHION").await.held(), 3500);
    world.check().await;
    // It can be tried with another.
    world
        .done(
            ada,
            "change_order_payment",
            pay_with("A-CUSHION", "ada-paypal"),
        )
        .await;
    world.settle_all().await;
    assert_eq!(world.gateway.calls().len(), 3);
    world.check().await;
}

#[tokio::test]
async fn a_declined_charge_takes_back_what_a_gift_card_got() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(
            ada,
            "change_order_payment",
            pay_with("A-GIFT", "ada-master"),
        )
        .await;
    assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    assert_eq!(world.balance("ada", "ada-gift").await, 50_000);
    assert_eq!(world.state("A-GIFT").await.held(), 7000);
    world.check().await;
}

/// She changes her mind twice before the gateway answers: each refund waits for its own payment.
#[tokio::test]
async fn a_payment_that_was_not_made_yet_is_not_refunded() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(
            ada,
            "change_order_payment",
            pay_with("A-CUSHION", "ada-master"),
        )
        .await;
    world.wait(1);
    let cancel = json!({ "order": "A-CUSHION", "reason": "no_longer_needed" });
    world.done(ada, "cancel_order", cancel).await;
    world.gateway.will_be(&[Mood::Deaf]);
    world.settle().await;
    assert_eq!(world.gateway.moved(), []);
    world.settle_all().await;
    world.settle_all().await;
    let calls = world.gateway.calls();
    let refund = calls
        .iter()
        .rfind(|call| call.direction.as_str() == "refund");
    assert!(
        calls.iter().any(|call| call.original.is_some()),
        "{refund:?}"
    );
    assert_eq!(world.state("A-CUSHION").await.held(), 0);
    assert!(
        !world
            .money("A-CUSHION")
            .await
            .iter()
            .any(|row| row.contains("intended"))
    );
    world.check().await;
}

/// Twice she names another card before the gateway answers, and both are declined: the order is
/// paid as it was, whichever answer comes first.
#[tokio::test]
async fn when_all_new_methods_are_declined_the_old_one_has_paid() {
    for order in ["A-CUSHION", "A-GIFT"] {
        for moods in [
            vec![Mood::Hard, Mood::Hard],
            vec![Mood::Deaf, Mood::Hard, Mood::Hard],
        ] {
            let world = World::new().await;
            let ada = world.customer("ada").await;
            let held = world.state(order).await.held();
            for method in ["ada-master", "ada-paypal"] {
                let args = pay_with(order, method);
                world.done(ada, "change_order_payment", args).await;
                world.wait(1);
            }
            world.gateway.will_be(&moods);
            world.settle_all().await;
            world.settle_all().await;
            let state = world.state(order).await;
            assert_eq!(
                (state.held(), state.value),
                (held, held),
                "{order} {moods:?}"
            );
            assert_eq!(world.gateway.moved(), [], "{order} {moods:?}");
            assert_eq!(world.balance("ada", "ada-gift").await, 50_000);
            world.check().await;
        }
    }
}

#[tokio::test]
async fn of_two_new_methods_the_last_pays_and_nothing_is_paid_twice() {
    for moods in [
        vec![],
        vec![Mood::Hard],
        vec![Mood::Deaf],
        vec![Mood::Mute, Mood::Hard],
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        for method in ["ada-master", "ada-paypal"] {
            let args = pay_with("A-CUSHION", method);
            world.done(ada, "change_order_payment", args).await;
            world.wait(1);
        }
        world.gateway.will_be(&moods);
        for _ in 0..4 {
            world.settle_all().await;
        }
        let state = world.state("A-CUSHION").await;
        assert_eq!((state.held(), state.value), (3500, 3500), "{moods:?}");
        let moved: i64 = world
            .gateway
            .moved()
            .iter()
            .map(|(direction, amount)| match direction {
                Direction::Charge => *amount,
                Direction::Refund => -*amount,
            })
            .sum();
        // One card was charged for another that was refunded, or nothing moved at all.
        assert_eq!(moved, 0, "{moods:?}");
        world.check().await;
    }
}

/// The charge is declined after its order was cancelled: its refund goes with it, and the old
/// method gets its money.
#[tokio::test]
async fn a_declined_charge_of_a_cancelled_order_is_not_paid_back() {
    for old in ["A-CUSHION", "A-GIFT"] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        world
            .done(ada, "change_order_payment", pay_with(old, "ada-master"))
            .await;
        world.wait(1);
        let cancel = json!({ "order": old, "reason": "no_longer_needed" });
        world.done(ada, "cancel_order", cancel).await;
        world.gateway.will_be(&[Mood::Hard]);
        world.settle_all().await;
        let money = world.money(old).await;
        assert_eq!(money[1].split(' ').nth(3), Some("failed,"), "{money:?}");
        assert!(
            money
                .last()
                .unwrap()
                .ends_with("ada-master dropped, not booked"),
            "{money:?}"
        );
        let state = world.state(old).await;
        assert_eq!((state.held(), state.value), (0, 0));
        if old == "A-GIFT" {
            assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
            assert_eq!(world.gateway.moved(), []);
        } else {
            let moved = world.gateway.moved();
            assert_eq!(moved.len(), 1);
            assert_eq!((moved[0].0.as_str(), moved[0].1), ("refund", 3500));
        }
        world.check().await;
    }
}
