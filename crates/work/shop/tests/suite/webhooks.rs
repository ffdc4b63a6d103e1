//! What the gateway says about payments on its page: believed when signed, counted once, booked
//! only when it agrees with the order.

use commerce::{
    gateway::NotBelieved,
    payments::{WebhookAnswer, WebhookError},
    refusal::Code,
    staff::Step,
};
use serde_json::{Value, json};
use terms::{Clock as _, MovementId};

use crate::{
    gateway::{Mood, SIGNATURE, declined_event, paid_event},
    world::World,
};

#[tokio::test]
async fn a_paid_order_is_paid_once_however_often_it_is_said() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let number = placed.order.clone().unwrap();
    let page = world.page(&placed);
    let body = world.gateway.pay(&page, "tok_ada");
    assert_eq!(world.hook(&body).await, WebhookAnswer::Done);
    assert_eq!(world.hook(&body).await, WebhookAnswer::Repeated);
    // The same payment in an event of its own.
    let again = world.gateway.webhook_of(&page, "tok_ada");
    assert_eq!(world.hook(&again).await, WebhookAnswer::Repeated);
    assert_eq!(world.money(&number).await, ["payment 4000 pm_1 done"]);
    let seen = world.result(ada, "get_profile", json!({})).await;
    let methods = seen["payment_methods"].as_array().unwrap();
    assert_eq!(methods.len(), 6);
    assert_eq!(methods[5]["last4"], "9999");
    // The next time she pays with it, it is known.
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    world.pay(&placed, "tok_ada").await;
    let seen = world.result(ada, "get_profile", json!({})).await;
    assert_eq!(seen["payment_methods"].as_array().unwrap().len(), 6);
    world.check().await;
}

#[tokio::test]
async fn two_webhooks_at_once_book_once() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let page = world.page(&placed);
    let bodies = [
        world.gateway.pay(&page, "tok_ada"),
        world.gateway.webhook_of(&page, "tok_ada"),
    ];
    let (one, two) = tokio::join!(world.hook(&bodies[0]), world.hook(&bodies[1]));
    assert_ne!(one, two);
    assert_eq!(world.state(&page.order).await.held(), 4000);
    world.check().await;
}

#[tokio::test]
async fn what_is_not_signed_is_not_read() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let body = world.gateway.pay(&world.page(&placed), "tok_ada");
    let before = world.rows().await;
    for (signature, bytes, why) in [
        (None, body.as_slice(), NotBelieved::NoSignature),
        (Some("forged"), body.as_slice(), NotBelieved::WrongSignature),
        (Some(SIGNATURE), b"{}".as_slice(), NotBelieved::NotAnEvent),
        (Some(SIGNATURE), b"\xff".as_slice(), NotBelieved::NotAnEvent),
        (Some(SIGNATURE), b"".as_slice(), NotBelieved::NotAnEvent),
    ] {
        let answer = world
            .commerce
            .webhook(&world.database, world.shop, signature, bytes)
            .await;
        assert!(matches!(answer, Err(WebhookError::NotBelieved(error)) if error == why));
    }
    assert_eq!(before, world.rows().await);
    let world = World::without_gateway().await;
    let answer = world
        .commerce
        .webhook(&world.database, world.shop, Some(SIGNATURE), &body)
        .await;
    assert!(matches!(answer, Err(WebhookError::NoGateway)));
}

#[tokio::test]
async fn a_declined_payment_changes_nothing_and_can_be_tried_again() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let page = world.page(&placed);
    let before = world.document().await;
    let declined = declined_event("evt_d", &page);
    assert_eq!(world.hook(&declined).await, WebhookAnswer::Done);
    assert_eq!(world.hook(&declined).await, WebhookAnswer::Repeated);
    assert_eq!(before, world.document().await);
    assert_eq!(world.pay(&placed, "tok_ada").await, WebhookAnswer::Done);
    // A decline that comes late takes nothing away.
    let late = declined_event("evt_e", &page);
    world.hook(&late).await;
    assert_eq!(world.state(&page.order).await.held(), 4000);
    world.check().await;
}

#[tokio::test]
async fn what_does_not_agree_with_the_order_books_nothing() {
    let world = World::new().await;
    let (ada, ben) = (world.customer("ada").await, world.customer("ben").await);
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let other = world.order_of(ben, "cushion-blue", 1).await;
    let page = world.page(&placed);
    let body = paid_event("evt_x", &page, "tok_ada");
    let with = |id: &str, field: &str, value: Value| {
        let mut event: Value = serde_json::from_slice(&body).unwrap();
        event["id"] = json!(id);
        event[field] = value;
        event.to_string().into_bytes()
    };
    let before = world.document().await;
    for event in [
        with("other_1", "amount", json!(3999)),
        with("other_2", "amount", json!(4001)),
        with("other_3", "amount", json!(0)),
        with("other_4", "amount", json!(-4000)),
        with("other_5", "currency", json!("USD")),
        with("other_6", "order", json!(other.order)),
        with("other_7", "order", json!("B-PENDING")),
        with(
            "other_8",
            "movement",
            json!(world.page(&other).movement.to_string()),
        ),
        with(
            "other_9",
            "movement",
            json!(MovementId::random(&*world.rng).to_string()),
        ),
    ] {
        let shown = String::from_utf8_lossy(&event).into_owned();
        assert_eq!(world.hook(&event).await, WebhookAnswer::Mismatch, "{shown}");
        assert_eq!(before, world.document().await, "{shown}");
    }
    assert_eq!(world.pay(&placed, "tok_ada").await, WebhookAnswer::Done);
    // Another payment by the same key: it was paid already, people must look.
    let mut event: Value = serde_json::from_slice(&body).unwrap();
    event["id"] = json!("other_10");
    event["paid"]["reference"] = json!("ref_other");
    let event = event.to_string().into_bytes();
    assert_eq!(world.hook(&event).await, WebhookAnswer::Mismatch);
    assert_eq!(world.state(&page.order).await.held(), 4000);
    world.check().await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_is_given_up_and_what_comes_too_late_goes_back() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 2).await;
    let number = placed.order.clone().unwrap();
    assert_eq!(world.stock("cushion-blue").await, Some(8));
    world.wait(60 * 60 - 1);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    world.wait(1);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        1
    );
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    let order = world.order(&number).await;
    assert_eq!(order["status"], "cancelled");
    assert_eq!(order["cancel_reason"], "not_paid");
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    world.check().await;

    assert_eq!(world.pay(&placed, "tok_ada").await, WebhookAnswer::Done);
    world.settle_all().await;
    assert_eq!(
        world.money(&number).await,
        ["payment 7500 pm_1 done", "refund 7500 pm_1 done"]
    );
    assert_eq!(world.order(&number).await["status"], "cancelled");
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    let calls = world.gateway.calls();
    assert_eq!(calls.len(), 1);
    assert!(calls[0].original.is_some());
    world.check().await;
}

#[tokio::test]
async fn what_is_paid_after_she_cancelled_goes_back_too() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let number = placed.order.clone().unwrap();
    let cancel = json!({ "order": number, "reason": "no_longer_needed" });
    world.done(ada, "cancel_order", cancel).await;
    world.pay(&placed, "tok_ada").await;
    world.settle_all().await;
    assert_eq!(world.state(&number).await.held(), 0);
    assert_eq!(world.gateway.moved().len(), 1);
    world.check().await;
}

/// The gateway's webhook never comes by itself; it is asked for, and the order is kept meanwhile.
#[tokio::test]
async fn a_webhook_that_never_came_is_asked_for() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let page = world.page(&placed);
    world.gateway.pay(&page, "tok_ada");
    assert_eq!(world.settle().await, 0);
    world.wait(120);
    assert_eq!(world.settle().await, 1);
    assert_eq!(world.gateway.asked_again(), [page.movement]);
    // Asking alone pays nothing.
    assert_eq!(world.state(&page.order).await.held(), 0);
    let process = world.step(&page.order, Step::Process).await.unwrap_err();
    assert_eq!(process.code, Code::NotPaid);
    // Its time runs out, and it is kept: the gateway knows of a payment.
    world.wait(60 * 60);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    assert_eq!(world.order(&page.order).await["status"], "pending");
    for body in world.gateway.webhooks_again() {
        assert_eq!(world.hook(&body).await, WebhookAnswer::Done);
    }
    assert_eq!(world.state(&page.order).await.held(), 4000);
    world.wait(3600);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    world.check().await;
}

/// Whether it was paid cannot be known: it is not given up on a guess.
#[tokio::test]
async fn an_order_is_not_given_up_while_the_gateway_is_silent() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let page = world.page(&placed);
    world.gateway.pay(&page, "tok_ada");
    world.wait(60 * 60);
    world.gateway.will_be(&[Mood::Deaf]);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    assert_eq!(world.order(&page.order).await["status"], "pending");
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    let state = world.state(&page.order).await;
    assert!(
        state
            .pay_until
            .is_some_and(|until| until > world.clock.now())
    );
    world.check().await;
}

#[tokio::test]
async fn without_a_gateway_an_order_is_kept_for_a_week() {
    let world = World::without_gateway().await;
    let ada = world.customer("ada").await;
    world.order_of(ada, "cushion-blue", 1).await;
    world.wait(7 * 24 * 3600 - 1);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        0
    );
    world.wait(1);
    assert_eq!(
        world.commerce.expire_unpaid(&world.database).await.unwrap(),
        1
    );
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    world.check().await;
}
