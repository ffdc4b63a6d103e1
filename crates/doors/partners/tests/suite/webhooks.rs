//! The shop hears of a payment: at once, late, several times, or only when it asks.

use std::time::Duration;

use commerce::gateway::{Gateway, NotBelieved};

use crate::world::{World, movement};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn what_the_client_believes_is_what_the_gateway_signed() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "at_once").await;
    let heard = world.heard().await;
    let event = world.believe(&heard).unwrap();
    assert_eq!(event.movement, payment.movement);
    let now = || terms::Clock::now(&*world.clock);
    let read =
        |signature: Option<&str>, body: &[u8]| world.gateway.read_webhook(signature, body, now());
    let signature = heard.signature.as_str();
    for place in 0..heard.body.len() {
        let mut altered = heard.body.clone();
        altered[place] ^= 0x20;
        assert_eq!(
            read(Some(signature), &altered),
            Err(NotBelieved::WrongSignature)
        );
    }
    assert_eq!(read(None, &heard.body), Err(NotBelieved::NoSignature));
    let foreign = signature.replace("v1=", "v1=0");
    assert_eq!(
        read(Some(&foreign), &heard.body),
        Err(NotBelieved::NoSignature)
    );
    // An old webhook sent again, and one from the future.
    world.clock.advance(301);
    assert_eq!(world.believe(&heard), Err(NotBelieved::OutOfTime));
    world.clock.advance(-602);
    assert_eq!(world.believe(&heard), Err(NotBelieved::OutOfTime));
    world.clock.advance(301);
    assert_eq!(world.believe(&heard), Ok(event));
}

#[tokio::test]
async fn a_delayed_webhook_waits_ten_seconds() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    assert_eq!(
        world.pay(&payment, "visa_4242", "delayed").await.status,
        303
    );
    assert_eq!(world.paused().await, 10 * SECOND);
    assert!(world.webhooks.try_recv().is_err());
    // It is signed when it is sent, not when it was paid.
    world.clock.advance(600);
    world.go_on(1);
    assert_eq!(world.webhook().await.movement, payment.movement);
}

#[tokio::test]
async fn a_duplicate_is_the_same_event_three_times() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    assert_eq!(
        world.pay(&payment, "visa_4242", "duplicate").await.status,
        303
    );
    let first = world.webhook().await;
    assert_eq!(world.webhook().await, first);
    assert_eq!(world.webhook().await, first);
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.webhook().await, first);
    assert!(world.webhooks.try_recv().is_err(), "there were three");
}

#[tokio::test]
async fn what_was_never_told_is_told_when_it_is_asked_for() {
    let mut world = World::new().await;
    assert!(!world.gateway.ask_again(movement()).await.unwrap());
    let payment = world.payment(3500);
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.pay(&payment, "visa_4242", "never").await.status, 303);
    assert!(world.webhooks.try_recv().is_err());
    world.clock.advance(86_400);
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    let event = world.webhook().await;
    assert_eq!(event.movement, payment.movement);
    // As often as it is asked for, the same event.
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.webhook().await, event);
}

#[tokio::test]
async fn a_webhook_is_tried_again_until_the_shop_has_it() {
    let mut world = World::new().await;
    world.answers.lock().unwrap().extend([500, 404, 302, 429]);
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "at_once").await;
    let first = world.heard().await;
    for wait in [1, 2, 4, 8] {
        assert_eq!(world.paused().await, wait * SECOND);
        world.clock.advance(wait.into());
        world.go_on(1);
        let next = world.heard().await;
        assert_eq!(next.body, first.body);
        assert_ne!(next.signature, first.signature, "each try is signed anew");
    }
    // The fifth was taken: nothing follows it.
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    world.webhook().await;
    assert!(world.webhooks.try_recv().is_err() && world.pauses.try_recv().is_err());
}

#[tokio::test]
async fn a_webhook_is_given_up_after_seven_tries() {
    let mut world = World::new().await;
    world.answers.lock().unwrap().extend([500; 7]);
    world.go_on(6);
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "at_once").await;
    for wait in [1, 2, 4, 8, 16, 32] {
        world.webhook().await;
        assert_eq!(world.paused().await, wait * SECOND);
    }
    let last = world.webhook().await;
    // The decision stands: asked for, it is told.
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.webhook().await, last);
    assert!(world.pauses.try_recv().is_err(), "there was no eighth try");
}
