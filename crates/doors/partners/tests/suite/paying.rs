//! A shopper pays on the gateway's page, once.

use base64::{Engine, engine::general_purpose::STANDARD};
use commerce::gateway::{Gateway, HostedPayment, PaymentResult};

use crate::world::{World, dollars, form};

#[tokio::test]
async fn a_payment_comes_back_with_its_method_and_the_shop_hears_of_it() {
    for (method, kind, brand, last4, token) in [
        (
            "visa_4242",
            "card",
            Some("visa"),
            Some("4242"),
            "tok_visa_4242",
        ),
        (
            "mastercard_4444",
            "card",
            Some("mastercard"),
            Some("4444"),
            "tok_mastercard_4444",
        ),
        ("paypal", "paypal", None, None, "tok_paypal"),
        (
            "declines_later",
            "card",
            Some("visa"),
            Some("0341"),
            "tok_declines_later",
        ),
    ] {
        let mut world = World::new().await;
        let payment = world.payment(3500);
        let page = world.open(world.link(&payment)).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("35.00 USD") && page.text.contains("#W2378156"),
            "{}",
            page.text
        );
        let done = world.pay(&payment, method, "at_once").await;
        assert_eq!(done.status, 303, "{}", done.text);
        let back = format!(
            "http://127.0.0.1:8080/shop/?thanks=1&movement={}",
            payment.movement
        );
        assert_eq!(done.header("location"), back);
        let event = world.webhook().await;
        assert_eq!(event.movement, payment.movement);
        assert_eq!(event.order, payment.order);
        assert_eq!(event.amount, dollars(3500));
        let PaymentResult::Paid { method, reference } = event.result else {
            panic!("{event:?}");
        };
        assert!(reference.starts_with("pay_"));
        assert_eq!(method.kind, kind);
        assert_eq!(method.brand.as_deref(), brand);
        assert_eq!(method.last4.as_deref(), last4);
        assert_eq!(method.token, token);
    }
}

#[tokio::test]
async fn a_link_is_used_once() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    assert_eq!(
        world.pay(&payment, "visa_4242", "at_once").await.status,
        303
    );
    world.webhook().await;
    for method in ["visa_4242", "paypal", "card_declined"] {
        let again = world.pay(&payment, method, "at_once").await;
        assert_eq!(again.status, 409);
        assert!(again.text.contains("already paid"), "{}", again.text);
        let back = format!("?thanks=1&#38;movement={}", payment.movement);
        assert!(again.text.contains(&back), "{}", again.text);
    }
    assert_eq!(world.open(world.link(&payment)).await.status, 409);
    // What was paid stays paid when its link has expired, and under a newer link.
    world.clock.advance(3600);
    let late = world.open(world.link(&payment)).await;
    assert!(late.text.contains("already paid"), "{}", late.text);
    let renewed = HostedPayment {
        expires_at: world.payment(1).expires_at,
        ..payment.clone()
    };
    assert_eq!(
        world.pay(&renewed, "visa_4242", "at_once").await.status,
        409
    );
    // No second payment was told.
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    world.webhook().await;
    assert!(world.webhooks.try_recv().is_err());
}

#[tokio::test]
async fn of_many_at_once_one_pays() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    let (fields, world) = (
        form(&world.link(&payment), "visa_4242", "at_once"),
        &mut world,
    );
    let requests: Vec<_> = (0..20)
        .map(|_| world.form(&fields).header("origin", &world.base).send())
        .collect();
    let tasks: Vec<_> = requests.into_iter().map(tokio::spawn).collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap().unwrap().status().as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(statuses.first(), Some(&303));
    assert!(
        statuses.iter().skip(1).all(|status| *status == 409),
        "{statuses:?}"
    );
    let first = world.webhook().await;
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.webhook().await, first);
    assert!(world.webhooks.try_recv().is_err());
}

#[tokio::test]
async fn a_declined_payment_may_be_tried_again() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    let mut ids = Vec::new();
    for reason in ["insufficient_funds", "card_declined"] {
        assert_eq!(world.pay(&payment, reason, "at_once").await.status, 303);
        let event = world.webhook().await;
        let declined = PaymentResult::Declined {
            reason: reason.to_owned(),
        };
        assert_eq!(event.result, declined);
        ids.push(event.id);
        let page = world.open(world.link(&payment)).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("The last try was declined"),
            "{}",
            page.text
        );
        assert!(page.text.contains(reason));
    }
    assert_eq!(world.pay(&payment, "paypal", "at_once").await.status, 303);
    let event = world.webhook().await;
    assert!(matches!(event.result, PaymentResult::Paid { .. }));
    ids.push(event.id);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "each decision is an event of its own");
}

/// A movement has one order and one amount, whatever else the shop signs for it.
#[tokio::test]
async fn a_movement_cannot_change_its_terms() {
    let world = World::new().await;
    let payment = world.payment(3500);
    assert_eq!(
        world.pay(&payment, "card_declined", "never").await.status,
        303
    );
    let cheaper = HostedPayment {
        amount: dollars(1),
        ..payment.clone()
    };
    let other = HostedPayment {
        order: "#W1".to_owned(),
        ..payment.clone()
    };
    for changed in [cheaper, other] {
        assert_eq!(world.open(world.link(&changed)).await.status, 409);
        assert_eq!(world.pay(&changed, "visa_4242", "never").await.status, 409);
    }
    assert_eq!(world.pay(&payment, "visa_4242", "never").await.status, 303);
}

#[tokio::test]
async fn the_pages_are_made_for_people_and_hold_their_policy() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let page = world.open(world.link(&payment)).await;
    assert!(page.text.contains("Demo gateway: no real money"));
    assert!(page.text.starts_with("<!doctype html>\n<html lang=\"en\">"));
    assert!(!page.text.contains("<script") && !page.text.contains("style=\""));
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:8080; base-uri 'none'; frame-ancestors 'none'"
    );
    // The style that the page names is the one that is served.
    let style = world
        .open(format!("{}/gateway.css", world.base).parse().unwrap())
        .await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA384, style.text.as_bytes());
    let integrity: String = page
        .text
        .split("sha384-")
        .nth(1)
        .unwrap()
        .chars()
        .take(64)
        .collect();
    assert_eq!(
        STANDARD.encode(digest),
        integrity.replace("&#43;", "+").replace("&#47;", "/")
    );
    let paid = world.pay(&payment, "visa_4242", "never").await;
    assert!(
        paid.header("content-security-policy")
            .contains("form-action 'self' http://127.0.0.1:8080;")
    );
    let used = world.open(world.link(&payment)).await;
    let nowhere = world
        .open(format!("{}/nowhere", world.base).parse().unwrap())
        .await;
    assert_eq!(nowhere.status, 404);
    for answer in [page, style, paid, used, nowhere] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    }
}

/// Words of the shop's are text on the page, whatever they are.
#[tokio::test]
async fn markup_in_an_order_is_text() {
    let world = World::new().await;
    let payment = HostedPayment {
        order: "<img src=x onerror=alert(1)>\"'".to_owned(),
        ..world.payment(3500)
    };
    let page = world.open(world.link(&payment)).await;
    assert_eq!(page.status, 200);
    assert!(
        !page.text.contains("<img") && !page.text.contains("alert(1)>\"'"),
        "{}",
        page.text
    );
    assert!(page.text.contains("&#60;img src=x"), "{}", page.text);
}
