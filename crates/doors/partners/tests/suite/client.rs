//! The client beside servers that are not what they should be.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use commerce::gateway::{Direction, Gateway, demo_ports::Courier};
use guard::{Block, LinkPolicy, Part, Pseudonyms, gate};
use partners::demo_gateway::{DemoGateway, DemoGatewayError, HttpCourier};
use terms::Clock;

use crate::world::{World, listen, movement, secret};

async fn beside(
    answer: impl Fn() -> Response + Clone + Send + Sync + 'static,
) -> (World, DemoGateway) {
    let world = World::new().await;
    let base = listen(Router::new().fallback(move || {
        let answer = answer();
        async move { answer }
    }));
    let clock: Arc<dyn Clock> = Arc::<crate::world::HeldClock>::clone(&world.clock);
    let gateway = DemoGateway::new(&base, &secret(), clock).unwrap();
    (world, gateway)
}

fn json(body: &'static str) -> Response {
    ([("content-type", "application/json")], body).into_response()
}

/// Whatever is not a plain answer means that nothing is known, and is never taken for an outcome.
#[tokio::test]
async fn answers_that_are_none_are_not_believed() {
    const NONSENSE: &[fn() -> Response] = &[
        || json(""),
        || json("null"),
        || json("{}"),
        || json(r#"{"reference":"r","x":1}"#),
        || json(r#"{"reference":"r"}{"reference":"r"}"#),
        || json(r#"{"declined":"because"}"#),
        || json(r#"{"known":"yes"}"#),
        || json(r#"{"known":true,"reference":"r"}"#),
        || "{\"reference\":\"r\",\"known\":true}".into_response(),
        || (StatusCode::CREATED, json(r#"{"reference":"r"}"#)).into_response(),
        || {
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                json(r#"{"reference":"r"}"#),
            )
                .into_response()
        },
        || (StatusCode::NOT_FOUND, json(r#"{"reference":"r"}"#)).into_response(),
        || (StatusCode::CONFLICT, json(r#"{"reference":"r"}"#)).into_response(),
        || Redirect::temporary("/elsewhere").into_response(),
    ];
    for answer in NONSENSE {
        let (world, gateway) = beside(*answer).await;
        let transfer = world.transfer(Direction::Charge, 1);
        assert!(gateway.transfer(&transfer).await.is_err());
        assert!(gateway.ask_again(movement()).await.is_err());
    }
}

/// An answer without an end is cut off, not kept in memory.
#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let padded = |spaces: usize| {
        let body = format!("{{\"reference\":\"r\"}}{}", " ".repeat(spaces));
        ([("content-type", "application/json")], body).into_response()
    };
    let (world, gateway) = beside(move || padded(70_000)).await;
    let transfer = world.transfer(Direction::Charge, 1);
    let refused = gateway.transfer(&transfer).await.unwrap_err().to_string();
    assert!(refused.contains("larger than 65536 bytes"), "{refused}");
    let (_, gateway) = beside(move || padded(60_000)).await;
    assert!(gateway.transfer(&transfer).await.is_ok());
}

#[tokio::test]
async fn a_gateway_that_is_not_there_is_unavailable() {
    let world = World::new().await;
    let clock: Arc<dyn Clock> = Arc::<crate::world::HeldClock>::clone(&world.clock);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let gateway = DemoGateway::new(&nobody, &secret(), clock).unwrap();
    let unavailable = gateway.ask_again(movement()).await.unwrap_err().to_string();
    assert_eq!(
        unavailable,
        "the payment gateway is not available: no connection"
    );
}

#[tokio::test]
async fn the_client_is_for_an_origin_on_this_machine() {
    let world = World::new().await;
    let make = |base: &str| {
        let clock: Arc<dyn Clock> = Arc::<crate::world::HeldClock>::clone(&world.clock);
        DemoGateway::new(base, &secret(), clock)
    };
    for bad in [
        "http://shop.example",
        "https://127.0.0.1:8081",
        "http://10.0.0.1",
        "x",
    ] {
        assert!(
            matches!(make(bad), Err(DemoGatewayError::Client(_))),
            "{bad}"
        );
    }
    for bad in ["http://127.0.0.1:8081/pay", "http://127.0.0.1:8081/?x"] {
        assert!(
            matches!(make(bad), Err(DemoGatewayError::NotAnOrigin(_))),
            "{bad}"
        );
    }
    for (base, host) in [
        ("http://127.0.0.1:8081", "127.0.0.1:8081"),
        ("http://LOCALHOST:8081/", "localhost:8081"),
        ("http://[::1]:8081", "[::1]:8081"),
        ("http://127.0.0.1:80", "127.0.0.1"),
    ] {
        let gateway = make(base).unwrap();
        assert_eq!(gateway.host(), host);
        let link = gateway.payment_link(&world.payment(1));
        assert!(link.starts_with(&format!("http://{host}/pay?m=")), "{link}");
        assert_eq!(
            format!("{gateway:?}"),
            format!("DemoGateway(http://{host})")
        );
    }
}

/// The courier goes to this machine by every name it has, and nowhere else.
#[tokio::test]
async fn the_courier_stays_on_this_machine_and_follows_nobody() {
    let courier = HttpCourier::new().unwrap();
    let base = listen(Router::new().fallback(|headers: HeaderMap| async move {
        match headers["parlour-gateway-signature"].to_str().unwrap() {
            "lead away" => Redirect::temporary("http://shop.example/").into_response(),
            _ => StatusCode::NO_CONTENT.into_response(),
        }
    }));
    let port = base.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("http://{host}:{port}/webhooks/demo");
        assert_eq!(
            courier.post(&url, "t=1,v1=0", b"{}").await,
            Ok(204),
            "{host}"
        );
        assert_eq!(
            courier.post(&url, "lead away", b"{}").await,
            Ok(307),
            "{host}"
        );
    }
    for far in [
        "http://shop.example/",
        "https://127.0.0.1/",
        "http://10.0.0.1/",
        "",
    ] {
        let refused = courier.post(far, "t=1,v1=0", b"{}").await.unwrap_err();
        assert!(refused.contains("not on this machine"), "{refused}");
    }
}

/// The guard takes links out of answers that name another address, as redirects do. This one does
/// not, and reaches the shopper whole.
#[tokio::test]
async fn the_guard_lets_payment_links_through() {
    let world = World::new().await;
    for base in ["http://127.0.0.1:8081", "http://localhost:8081"] {
        let clock: Arc<dyn Clock> = Arc::<crate::world::HeldClock>::clone(&world.clock);
        let gateway = DemoGateway::new(base, &secret(), clock).unwrap();
        let policy = LinkPolicy::new([gateway.host().to_owned()]);
        for minor in 1..200 {
            let link = gateway.payment_link(&world.payment(minor));
            let part = Part::Link {
                label: "Pay".to_owned(),
                url: link.clone(),
            };
            let cleared = gate::outbound(vec![part], &Pseudonyms::default(), &policy);
            let cleared = gate::stored(&cleared.to_stored(), &policy).unwrap();
            let [Block::Link { url, .. }] = cleared.blocks() else {
                panic!("{:?}", cleared.plain_text());
            };
            assert_eq!(*url, link);
        }
    }
}
