//! Money that moves outside: the intent is durable before the gateway is asked, and whatever is
//! lost in between, it is asked again under the same key and moves once.

use commerce::gateway::Direction;
use serde_json::json;
use store::orders::MovementState;

use crate::{gateway::Mood, world::World};

async fn cancelled() -> World {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let cancel = json!({ "order": "A-CUSHION", "reason": "no_longer_needed" });
    world.done(ada, "cancel_order", cancel).await;
    world
}

#[tokio::test]
async fn a_refund_is_asked_for_once_when_all_is_well() {
    let world = cancelled().await;
    assert_eq!(world.settle().await, 1);
    assert_eq!(world.settle().await, 0);
    world.settle_all().await;
    assert_eq!(world.gateway.calls().len(), 1);
    let call = &world.gateway.calls()[0];
    assert_eq!(call.direction, Direction::Refund);
    assert_eq!(call.amount.to_string(), "35.00 EUR");
    assert!(call.token.starts_with("ext_"));
    world.check().await;
}

#[tokio::test]
async fn a_gateway_that_does_not_hear_is_asked_again_and_less_and_less_often() {
    let world = cancelled().await;
    world.gateway.will_be(&[Mood::Deaf; 5]);
    let mut waits = Vec::new();
    while world.gateway.moved().is_empty() {
        world.settle().await;
        let mut waited = 0;
        let calls = world.gateway.calls().len();
        while world.gateway.calls().len() == calls && world.gateway.moved().is_empty() {
            world.wait(10);
            waited += 10;
            world.settle().await;
        }
        waits.push(waited);
    }
    assert_eq!(waits[..3], [30, 60, 120]);
    assert_eq!(world.gateway.calls().len(), 6);
    let keys: std::collections::BTreeSet<_> = world
        .gateway
        .calls()
        .iter()
        .map(|call| call.movement)
        .collect();
    assert_eq!(keys.len(), 1);
    world.check().await;
}

/// The money moved, and the answer was lost.
#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_again_and_moves_nothing_twice() {
    let world = cancelled().await;
    world.gateway.will_be(&[Mood::Mute, Mood::Mute]);
    world.settle().await;
    assert_eq!(world.gateway.moved(), [(Direction::Refund, 3500)]);
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa asked"
    );
    for _ in 0..4 {
        world.wait(61);
        world.settle().await;
    }
    assert_eq!(world.gateway.calls().len(), 3);
    assert_eq!(world.gateway.moved(), [(Direction::Refund, 3500)]);
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa done"
    );
    assert_eq!(world.kinds().await["payment.transfer_asked"], 3);
    world.check().await;
}

/// The process dies between the intent and the call: the intent is there, and is taken up again.
#[tokio::test]
async fn the_intent_is_durable_before_the_gateway_is_asked() {
    let world = cancelled().await;
    world.gateway.will_be(&[Mood::Deaf]);
    world.settle().await;
    let state = world.state("A-CUSHION").await;
    let refund = &state.movements[1];
    assert_eq!(refund.state, MovementState::Asked);
    assert_eq!(refund.attempts, 1);
    assert_eq!(world.kinds().await["payment.transfer_asked"], 1);
    assert!(refund.next_at.is_some());
    world.wait(31);
    world.settle().await;
    assert_eq!(world.gateway.moved().len(), 1);
    world.check().await;
}

/// The process dies while the gateway moves the money.
#[tokio::test]
async fn whoever_dies_in_the_middle_of_a_call_moves_the_money_once() {
    let world = cancelled().await;
    world.gateway.will_be(&[Mood::Hung]);
    tokio::select! {
        _ = world.settle() => panic!("it was to hang"),
        () = world.gateway.hangs.notified() => {}
    }
    assert_eq!(world.gateway.moved(), [(Direction::Refund, 3500)]);
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa asked"
    );
    world.settle_all().await;
    assert_eq!(world.gateway.calls().len(), 2);
    assert_eq!(world.gateway.moved(), [(Direction::Refund, 3500)]);
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa done"
    );
    world.check().await;
}

#[tokio::test]
async fn rounds_at_the_same_time_ask_once() {
    let world = cancelled().await;
    let (one, two) = tokio::join!(world.settle(), world.settle());
    assert_eq!(one + two, 1);
    assert_eq!(world.gateway.calls().len(), 1);
    world.check().await;
}

/// A refund that is declined is owed: it counts, and people see to it.
#[tokio::test]
async fn a_declined_refund_stays_owed() {
    let world = cancelled().await;
    world.gateway.will_be(&[Mood::Hard]);
    world.settle_all().await;
    assert_eq!(
        world.money("A-CUSHION").await[1],
        "refund 3500 ada-visa failed"
    );
    assert_eq!(world.state("A-CUSHION").await.held(), 0);
    assert_eq!(world.gateway.calls().len(), 1);
    let ada = world.customer("ada").await;
    let seen = world
        .result(ada, "get_order", json!({ "order": "A-CUSHION" }))
        .await;
    assert_eq!(seen["payments"][1]["state"], "failed");
    world.check().await;
}

#[tokio::test]
async fn a_refund_waits_for_the_charge_it_is_given_back_for() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let pay = json!({ "order": "A-CUSHION", "payment_method": "ada-master" });
    world.done(ada, "change_order_payment", pay).await;
    world.gateway.will_be(&[Mood::Deaf, Mood::Deaf]);
    for _ in 0..3 {
        world.settle().await;
        let charged = world.gateway.moved();
        assert!(
            charged
                .iter()
                .all(|(direction, _)| *direction == Direction::Charge)
        );
        world.wait(31);
    }
    world.settle_all().await;
    world.settle_all().await;
    assert_eq!(world.gateway.moved().len(), 2);
    let calls = world.gateway.calls();
    assert_eq!(calls.last().unwrap().direction, Direction::Refund);
    world.check().await;
}

/// One whose owner was forgotten cannot be settled. The others can.
#[tokio::test]
async fn a_movement_that_cannot_be_read_does_not_hold_up_the_others() {
    let world = cancelled().await;
    let ben = world.customer("ben").await;
    let cancel = json!({ "order": "B-PENDING", "reason": "no_longer_needed" });
    world.done(ben, "cancel_order", cancel).await;
    let ada = world.shopper("ada").await;
    let mut tx = world.begin().await;
    let owner = store::keys::Owner::Shopper(ada);
    tx.delete_data_keys(world.shop, owner, &[terms::RetentionClass::Account])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.settle_all().await;
    assert_eq!(world.gateway.moved(), [(Direction::Refund, 3500)]);
    assert_eq!(
        world.money("B-PENDING").await[1],
        "refund 3500 ben-visa done"
    );
}

#[tokio::test]
async fn many_are_taken_up_round_by_round() {
    let mut document = crate::world::linden();
    let orders: Vec<_> = (0..45)
        .map(|number| {
            let mut order = document["orders"][1].clone();
            order["id"] = json!(format!("M-{number}"));
            order
        })
        .collect();
    document["orders"] = json!(orders);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    for number in 0..45 {
        let cancel = json!({ "order": format!("M-{number}"), "reason": "no_longer_needed" });
        world.done(ada, "cancel_order", cancel).await;
    }
    let mut rounds = Vec::new();
    while rounds.last() != Some(&0) {
        rounds.push(world.settle().await);
    }
    assert_eq!(rounds, [20, 20, 5, 0]);
    assert_eq!(world.gateway.moved().len(), 45);
    assert_eq!(world.stock("cushion-blue").await, Some(55));
    world.check().await;
}
