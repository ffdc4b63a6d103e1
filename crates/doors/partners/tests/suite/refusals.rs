//! What the gateway does not take.

use std::sync::Arc;

use commerce::gateway::{
    Direction, Gateway,
    demo_ports::{Journal, MemoryJournal},
    demo_wire::{self, IDEMPOTENCY_HEADER, Keys, Request, SIGNATURE_HEADER},
};
use reqwest::{Method, Url};
use terms::{Clock, Secret};

use crate::world::{Page, World, form, movement, secret};

/// Each field of a link changed on its way, in the address and in the form.
#[tokio::test]
async fn a_link_changed_in_any_field_pays_nothing() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let good: Vec<(String, String)> = world.link(&payment).query_pairs().into_owned().collect();
    let other: Vec<(String, String)> = world
        .link(&world.payment(1))
        .query_pairs()
        .into_owned()
        .collect();
    for (place, (name, value)) in good.iter().enumerate() {
        let longer = format!("{value}0");
        let shorter: String = value.chars().skip(1).collect();
        let foreign = other[place].1.clone();
        for changed in [longer, shorter, foreign, String::new()] {
            if changed == *value {
                continue;
            }
            let mut fields = good.clone();
            fields[place].1 = changed.clone();
            let mut link = Url::parse(&format!("{}/pay", world.base)).unwrap();
            link.query_pairs_mut().extend_pairs(&fields);
            let page = world.open(link.clone()).await;
            assert_eq!(page.status, 403, "{name}={changed}");
            let sent = world.send(&form(&link, "visa_4242", "at_once")).await;
            assert_eq!(sent.status, 403, "{name}={changed}");
        }
    }
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
}

#[tokio::test]
async fn a_link_that_is_not_complete_or_has_more_pays_nothing() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let good: Vec<(String, String)> = world.link(&payment).query_pairs().into_owned().collect();
    let mut bad = vec![Vec::new()];
    for place in 0..good.len() {
        let mut missing = good.clone();
        missing.remove(place);
        bad.push(missing);
        let mut twice = good.clone();
        twice.push(good[place].clone());
        bad.push(twice);
    }
    let mut more = good.clone();
    more.push(("x".to_owned(), "1".to_owned()));
    bad.push(more);
    for fields in bad {
        let mut link = Url::parse(&format!("{}/pay", world.base)).unwrap();
        link.query_pairs_mut().extend_pairs(&fields);
        assert_eq!(world.open(link.clone()).await.status, 400, "{link}");
        assert_eq!(
            world
                .send(&form(&link, "visa_4242", "at_once"))
                .await
                .status,
            400,
            "{link}"
        );
    }
    for query in ["", "?", "?m=%ff", "?%00=%00", "?m=%"] {
        let link = format!("{}/pay{query}", world.base).parse().unwrap();
        assert_eq!(world.open(link).await.status, 400, "{query}");
    }
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
}

#[tokio::test]
async fn an_expired_link_pays_nothing_and_leads_back() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let fields = form(&world.link(&payment), "visa_4242", "at_once");
    world.clock.advance(1800);
    let page = world.open(world.link(&payment)).await;
    assert_eq!(page.status, 410);
    assert!(
        page.text.contains("has expired")
            && page.text.contains("http://127.0.0.1:8080/shop/?thanks=1")
    );
    assert_eq!(world.send(&fields).await.status, 410);
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
}

#[tokio::test]
async fn a_link_of_another_secret_pays_nothing() {
    let world = World::new().await;
    let keys = Keys::derive(&Secret::new([8; 32])).unwrap();
    let link = demo_wire::payment_link(&keys, &world.base, &world.payment(3500));
    assert_eq!(world.open(link.parse().unwrap()).await.status, 403);
}

/// A page of another site cannot pay, not even with a link that the shop signed.
#[tokio::test]
async fn only_the_own_page_sends_the_form() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let fields = form(&world.link(&payment), "visa_4242", "never");
    let port = world.base.rsplit(':').next().unwrap();
    for (origin, site) in [
        (None, None),
        (Some("null".to_owned()), None),
        (Some("http://evil.example".to_owned()), None),
        (Some("http://evil.example".to_owned()), Some("cross-site")),
        (Some(world.base.clone()), Some("cross-site")),
        (Some(world.base.clone()), Some("none")),
        (Some(format!("https://127.0.0.1:{port}")), None),
        (Some(format!("http://localhost:{port}")), None),
        (Some(format!("{}.evil.example", world.base)), None),
    ] {
        let mut request = world.form(&fields);
        if let Some(origin) = &origin {
            request = request.header("origin", origin);
        }
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        let page = Page::of(request.send().await.unwrap()).await;
        assert_eq!(page.status, 403, "{origin:?} {site:?}");
    }
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
    // As browsers send a form under `no-referrer`.
    let request = world.form(&fields).header("origin", "null");
    let request = request.header("sec-fetch-site", "same-origin");
    assert_eq!(request.send().await.unwrap().status(), 303);
}

#[tokio::test]
async fn a_form_says_one_of_what_the_page_offers() {
    let world = World::new().await;
    let payment = world.payment(3500);
    let link = world.link(&payment);
    for (method, webhook) in [
        ("", "at_once"),
        ("visa", "at_once"),
        ("4242424242424242", "at_once"),
        ("visa_4242", ""),
        ("visa_4242", "later"),
        ("VISA_4242", "at_once"),
    ] {
        assert_eq!(
            world.send(&form(&link, method, webhook)).await.status,
            400,
            "{method} {webhook}"
        );
    }
    let mut more = form(&link, "visa_4242", "at_once");
    more.push(("number".to_owned(), "4242424242424242".to_owned()));
    assert_eq!(world.send(&more).await.status, 400);
    let mut twice = form(&link, "visa_4242", "at_once");
    twice.push(("method".to_owned(), "paypal".to_owned()));
    assert_eq!(world.send(&twice).await.status, 400);
    let own = |request: reqwest::RequestBuilder| request.header("origin", &world.base);
    let json = own(world.browser.post(format!("{}/pay", world.base)))
        .header("content-type", "application/json")
        .body("{}");
    assert_eq!(json.send().await.unwrap().status(), 400);
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
}

#[tokio::test]
async fn bodies_methods_and_hosts_are_bounded() {
    let world = World::new().await;
    let mut large = form(&world.link(&world.payment(1)), "visa_4242", "at_once");
    large.push(("x".to_owned(), "x".repeat(17 * 1024)));
    assert_eq!(world.send(&large).await.status, 413);
    let get = |path: &str| world.browser.get(format!("{}{path}", world.base));
    for (method, path) in [
        (Method::PUT, "/pay"),
        (Method::DELETE, "/pay"),
        (Method::POST, "/gateway.css"),
        (Method::GET, "/api/transfers"),
        (
            Method::GET,
            "/api/payments/0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10/ask-again",
        ),
    ] {
        let request = world
            .browser
            .request(method.clone(), format!("{}{path}", world.base));
        let answer = Page::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert!(!answer.header("allow").is_empty(), "{method} {path}");
    }
    for host in [
        "shop.example",
        "127.0.0.1.shop.example",
        "10.0.0.1",
        "@127.0.0.1",
        "",
    ] {
        let answer = get("/healthz").header("host", host).send().await.unwrap();
        assert_eq!(answer.status(), 421, "{host}");
    }
    for host in ["localhost:1", "127.0.0.1", "[::1]:8081"] {
        let answer = get("/healthz").header("host", host).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{host}");
    }
}

/// A call with anything changed after it was signed.
#[tokio::test]
async fn a_call_that_is_not_the_shops_is_refused() {
    let journal = Arc::new(MemoryJournal::default());
    let world = World::with(Arc::<MemoryJournal>::clone(&journal)).await;
    let transfer = world.transfer(Direction::Charge, 100);
    let key = transfer.movement.to_string();
    let body = format!(
        r#"{{"movement":"{key}","direction":"charge","amount":100,"currency":"USD","token":"tok_paypal"}}"#
    );
    let keys = Keys::derive(&secret()).unwrap();
    let now = world.clock.now();
    let signed = |body: &str, key: &str| {
        let request = Request {
            method: "POST",
            path: demo_wire::TRANSFERS_PATH,
            key,
            body: body.as_bytes(),
        };
        demo_wire::sign_request(&keys, &request, now)
    };
    let send =
        async |signature: Option<String>, key: Option<&str>, body: &str, kind: &str, path: &str| {
            let mut request = world.browser.post(format!("{}{path}", world.base));
            request = request.header("content-type", kind).body(body.to_owned());
            if let Some(signature) = signature {
                request = request.header(SIGNATURE_HEADER, signature);
            }
            if let Some(key) = key {
                request = request.header(IDEMPOTENCY_HEADER, key);
            }
            request.send().await.unwrap().status().as_u16()
        };
    let (json, path) = ("application/json", demo_wire::TRANSFERS_PATH);
    let good = signed(&body, &key);
    let dearer = body.replace("100", "1000");
    let other = movement().to_string();
    assert_eq!(send(None, Some(&key), &body, json, path).await, 401);
    assert_eq!(send(Some(good.clone()), None, &body, json, path).await, 401);
    assert_eq!(
        send(Some(good.clone()), Some(&key), &dearer, json, path).await,
        401
    );
    assert_eq!(
        send(Some(good.clone()), Some(&other), &body, json, path).await,
        401
    );
    let query = "/api/transfers?x=1";
    assert_eq!(
        send(Some(good.clone()), Some(&key), &body, json, query).await,
        401
    );
    let webhook = demo_wire::sign_webhook(&keys, body.as_bytes(), now);
    assert_eq!(
        send(Some(webhook), Some(&key), &body, json, path).await,
        401
    );
    // Signed, and still not what the gateway takes.
    assert_eq!(
        send(Some(signed(&body, &other)), Some(&other), &body, json, path).await,
        400
    );
    assert_eq!(
        send(Some(signed(&body, "x")), Some("x"), &body, json, path).await,
        400
    );
    let text = "text/plain";
    assert_eq!(
        send(Some(good.clone()), Some(&key), &body, text, path).await,
        415
    );
    for bad in [
        "",
        "{}",
        "null",
        &format!("{body}x"),
        &body.replace("100", "-1"),
    ] {
        assert_eq!(
            send(Some(signed(bad, &key)), Some(&key), bad, json, path).await,
            400,
            "{bad}"
        );
    }
    world.clock.advance(301);
    assert_eq!(
        send(Some(good.clone()), Some(&key), &body, json, path).await,
        401
    );
    world.clock.advance(-602);
    assert_eq!(
        send(Some(good.clone()), Some(&key), &body, json, path).await,
        401
    );
    world.clock.advance(301);
    // Nothing of this moved money.
    assert!(journal.lines().unwrap().is_empty());
    assert_eq!(send(Some(good), Some(&key), &body, json, path).await, 200);
}

/// Whoever asks for a webhook again must be the shop, and name one movement.
#[tokio::test]
async fn other_calls_are_signed_too() {
    let world = World::new().await;
    let payment = world.payment(1);
    world.pay(&payment, "visa_4242", "never").await;
    let path = demo_wire::ask_again_path(payment.movement);
    let bare = world.browser.post(format!("{}{path}", world.base));
    assert_eq!(bare.send().await.unwrap().status(), 401);
    let keys = Keys::derive(&secret()).unwrap();
    for (method, path, status) in [
        (Method::POST, demo_wire::ask_again_path(movement()), 400),
        (Method::POST, "/api/payments/x/ask-again".to_owned(), 404),
    ] {
        let key = payment.movement.to_string();
        let request = Request {
            method: method.as_str(),
            path: &path,
            key: &key,
            body: b"",
        };
        let signature = demo_wire::sign_request(&keys, &request, world.clock.now());
        let request = world
            .browser
            .request(method.clone(), format!("{}{path}", world.base));
        let request = request.header(SIGNATURE_HEADER, signature);
        let answer = request
            .header(IDEMPOTENCY_HEADER, &key)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{method} {path}");
    }
}
