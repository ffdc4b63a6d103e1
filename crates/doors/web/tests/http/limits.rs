//! Limits on size, shape, rate and time, and what happens when the database is gone: D15, D16, D23.

use core::{num::NonZeroU32, sync::atomic::Ordering, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::Request,
};
use futures_util::stream;
use serde_json::{Value, json};
use store::Database as _;
use tower::ServiceExt as _;

use crate::{
    client::{Asking, HOST, ask, get},
    house::{INNER_TEXT, Signed, TestHouse, conversation_id, message_id},
    operations::{self, Filling},
};

fn message_to(conversation: &str) -> String {
    format!("/v1/conversations/{conversation}/messages/{}", message_id())
}

fn message(who: &Signed, body: &Value) -> Asking {
    ask("PUT", &message_to(&conversation_id()))
        .bearer(&who.token)
        .json(body)
}

#[tokio::test]
async fn bodies_that_are_too_large() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let filling = Filling::default();
    for operation in operations::all()
        .iter()
        .filter(|one| one.body(&filling).is_some())
    {
        let mut asking = operation.asking(&filling).bearer(&guest.token);
        asking.body = Some(vec![b' '; operation.body_bytes() + 1]);
        house.send(asking).await.expect_problem(413, "too_large");
    }
    let report =
        ask("POST", "/csp-reports").body("application/csp-report", vec![b' '; 128 * 1024 + 1]);
    house.send(report).await.expect_problem(413, "too_large");
    // Streamed without a declared length: cut off at the limit, however long it would go on.
    for path in [message_to(&conversation_id()), "/csp-reports".to_owned()] {
        let method = if path == "/csp-reports" {
            "POST"
        } else {
            "PUT"
        };
        let endless = stream::repeat_with(|| {
            Ok::<_, core::convert::Infallible>(Bytes::from(vec![b' '; 8_192]))
        });
        let request = Request::builder()
            .method(method)
            .uri(&path)
            .header("host", HOST)
            .header("authorization", format!("Bearer {}", guest.token))
            .header("content-type", "application/json")
            .extension(ConnectInfo(get("/").from))
            .body(Body::from_stream(endless))
            .unwrap();
        let response = house.app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), 413, "{path}");
    }
}

#[tokio::test]
async fn bodies_of_another_shape() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let path = message_to(&conversation_id());
    let send = |kind: &str, body: &str| {
        ask("PUT", &path)
            .bearer(&guest.token)
            .body(kind, body.to_owned())
    };
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/json",
        "",
    ] {
        house
            .send(send(kind, r#"{"text":"Hello"}"#))
            .await
            .expect_problem(415, "unsupported_media_type");
    }
    let deep = format!("{{\"text\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
    for (body, named) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("null", "expected"),
        ("[]", "expected an object"),
        (r#"["Hello"]"#, "expected an object"),
        ("\"Hello\"", "expected"),
        ("{}", "`text`"),
        (r#"{"text":"Hello","admin":true}"#, "`admin`"),
        (r#"{"text":"Hello","text":"Goodbye"}"#, "`text`"),
        (r#"{"text":["Hello"]}"#, "text: expected a text"),
        (r#"{"text":null}"#, "text: expected a text"),
        (r#"{"text":"Hello","locale":"x"}"#, "language tag"),
        (r#"{"text":"\ud800"}"#, "column"),
        ("{\"text\":\"a\u{0}b\"}", "column"),
        (r#"{"text":"Hello"} {}"#, "trailing"),
        (&deep, "expected a text"),
    ] {
        let problem = house
            .send(send("application/json", body))
            .await
            .expect_problem(400, "bad_argument");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(named), "`{detail}` does not name {named}");
        assert!(detail.len() < 400);
    }
    let deeper = "[".repeat(60_000);
    house
        .send(send("application/json", &deeper))
        .await
        .expect_problem(400, "bad_argument");
    house
        .send(send(
            "application/json; charset=utf-8",
            r#"{"text":"Hello"}"#,
        ))
        .await
        .expect(201);
}

/// What was given is not said back: it may be a code or an address.
#[tokio::test]
async fn refusals_do_not_repeat_values() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let secret = "canary-7391";
    for (path, body) in [
        ("/v1/session/codes".to_owned(), json!(secret)),
        ("/v1/session/codes".to_owned(), json!({ "email": secret })),
        ("/v1/session/codes".to_owned(), json!({ "email": [secret] })),
        (
            format!("/v1/session/codes/{}", message_id()),
            json!({ "code": secret }),
        ),
        (
            "/v1/shops/alder/sessions".to_owned(),
            json!({ "transport": secret }),
        ),
        (
            "/v1/shops/alder/sessions".to_owned(),
            json!({ "transport": { secret: 1 } }),
        ),
        ("/v1/staff/sessions".to_owned(), json!({ "token": secret })),
    ] {
        let asking = ask("POST", &path).bearer(&guest.token).json(&body);
        let answer = house.send(asking).await;
        assert!(answer.status.is_client_error());
        assert!(!answer.text().contains(secret), "{}", answer.text());
    }
}

#[tokio::test]
async fn unknown_fields_are_refused_by_every_operation() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let admin = house.admin().await;
    let filling = Filling {
        conversation: house.conversation(&guest).await,
        ..Filling::default()
    };
    let mut tried = 0;
    // A webhook's bytes are its gateway's own affair, and a logo is a picture.
    let bytes = ["payment_webhook", "set_logo"];
    let ours = |operation: &operations::Operation| !bytes.contains(&operation.id.as_str());
    for operation in operations::all().into_iter().filter(ours) {
        let Some(mut body) = operation.body(&filling) else {
            continue;
        };
        body["surplus"] = json!(1);
        let staff = operation.path.starts_with("/v1/staff");
        let token = if staff { &admin.token } else { &guest.token };
        let mut asking = operation.asking(&filling).bearer(token);
        asking.body = Some(body.to_string().into_bytes());
        let problem = house.send(asking).await;
        let problem = problem.expect_problem(400, "bad_argument");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains("`surplus`"),
            "{}: {detail}",
            operation.name()
        );
        tried += 1;
    }
    assert!(tried >= 10);
}

#[tokio::test]
async fn words_and_ids() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    for length in [1, 4_000] {
        let body = json!({ "text": "ä".repeat(length) });
        house.send(message(&guest, &body)).await.expect(201);
    }
    for text in ["", " ", "\n\t\u{200b}", &"ä".repeat(4_001)] {
        house
            .send(message(&guest, &json!({ "text": text })))
            .await
            .expect_problem(400, "bad_argument");
    }
    let good = message_id();
    for bad in [
        "1",
        "x",
        "null",
        "%00",
        "%ff",
        "..%2f..%2fsession",
        &good.replace('-', ""),
        &format!("%7B{good}%7D"),
        &format!("urn:uuid:{good}"),
        &format!("{good}0"),
        &format!("{good}%20"),
    ] {
        for path in [
            format!("/v1/conversations/{bad}/messages/{good}"),
            format!("/v1/conversations/{good}/messages/{bad}"),
        ] {
            let asking = ask("PUT", &path).bearer(&guest.token);
            house
                .send(asking.json(&json!({ "text": "Hello" })))
                .await
                .expect_problem(400, "bad_argument");
        }
        house
            .send(get(&format!("/v1/conversations/{bad}/events")).bearer(&guest.token))
            .await
            .expect_problem(400, "bad_argument");
    }
}

#[tokio::test]
async fn pages_of_turns() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    let path = format!("/v1/conversations/{conversation}/turns");
    for query in [
        "after=-1",
        "after=x",
        "after=",
        "after=9007199254740992",
        "after=9223372036854775808",
        "after=1&after=2",
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=4294967296",
        "before=1",
        "after=1%00",
    ] {
        house
            .send(get(&format!("{path}?{query}")).bearer(&guest.token))
            .await
            .expect_problem(400, "bad_argument");
    }
    for query in [
        "",
        "?after=0",
        "?limit=1",
        "?limit=200&after=9007199254740991",
    ] {
        house
            .send(get(&format!("{path}{query}")).bearer(&guest.token))
            .await
            .expect(200);
    }
    let admin = house.admin().await;
    for query in ["after=-1", "after=9007199254740992", "limit=1"] {
        let path = format!("/v1/staff/conversations/{conversation}/turns?{query}");
        house
            .send(get(&path).bearer(&admin.token))
            .await
            .expect_problem(400, "bad_argument");
    }
    for query in [
        "state=open",
        "state",
        "x=1",
        "state=waiting&state=",
        "state=human%00",
    ] {
        house
            .send(get(&format!("/v1/staff/queue?{query}")).bearer(&admin.token))
            .await
            .expect_problem(400, "bad_argument");
    }
    house
        .send(get("/v1/staff/queue?state=waiting&state=human").bearer(&admin.token))
        .await
        .expect(200);
}

#[tokio::test]
async fn where_a_search_goes_on() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let id = "0191f7a2-9c3e-4d51-8a44-3f0e9b7c2d10";
    let search = |before: String| {
        ask("POST", "/v1/staff/search")
            .bearer(&admin.token)
            .json(&json!({ "words": "hello", "before": before }))
    };
    for before in [
        String::new(),
        "1".to_owned(),
        format!("1_{id}"),
        format!("1_{id}_"),
        format!("_{id}_1"),
        format!("+1_{id}_1"),
        format!("1_{id}_+1"),
        format!("1_{id}_-1"),
        format!("--1_{id}_1"),
        format!("1_{}_1", id.to_uppercase()),
        format!("1_{id}_1_1"),
        format!("9223372036854775808_{id}_1"),
    ] {
        let answer = house.send(search(before.clone())).await;
        assert_eq!(answer.status.as_u16(), 400, "{before}");
        answer.expect_problem(400, "bad_argument");
    }
    for before in [format!("1_{id}_1"), format!("-1_{id}_0")] {
        house.send(search(before)).await.expect(200);
    }
}

#[tokio::test]
async fn rates() {
    let house = TestHouse::with(|settings| {
        settings.limits.requests_per_minute = NonZeroU32::new(20).unwrap();
        settings.limits.sessions_per_minute = NonZeroU32::new(3).unwrap();
        settings.limits.messages_per_minute = NonZeroU32::new(2).unwrap();
    })
    .await;
    let refused = |answer: crate::client::Answer| {
        let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=61).contains(&wait));
        answer.expect_problem(429, "rate_limited");
    };
    let (guest, other) = (house.guest("alder").await, house.guest("alder").await);
    let hello = json!({ "text": "Hello" });
    for _ in 0..2 {
        house.send(message(&guest, &hello)).await.expect(201);
    }
    refused(house.send(message(&guest, &hello)).await);
    house.send(message(&other, &hello)).await.expect(201);
    house.guest("birch").await;
    let open = || ask("POST", "/v1/shops/alder/sessions").json(&json!({}));
    refused(house.send(open()).await);
    house.send(open().from("[2001:db8::1]:1")).await.expect(201);
    let mut last = house.send(get("/healthz")).await;
    for _ in 0..20 {
        last = house.send(get("/healthz")).await;
    }
    refused(last);
    last = house.send(get("/healthz").from("[2001:db8::1]:1")).await;
    // One subscriber's whole network counts as one address.
    for host in 2..40 {
        last = house
            .send(get("/healthz").from(&format!("[2001:db8::{host:x}]:1")))
            .await;
    }
    refused(last);
    house
        .send(get("/healthz").from("[2001:db8:0:1::1]:1"))
        .await
        .expect(200);
}

/// A page of the console is forty files: a desk of many people behind one address goes on.
#[tokio::test]
async fn the_consoles_own_files_are_counted_apart_and_counted() {
    let house = TestHouse::with(|settings| {
        settings.limits.requests_per_minute = NonZeroU32::new(3).unwrap();
    })
    .await;
    let files = ["/console/assets/console.js", "/widget/v1/widget.css"];
    for file in files.iter().cycle().take(20) {
        house.send(get(file)).await.expect(200);
    }
    house.send(get("/healthz")).await.expect(200);
    // What is no file of ours counts as any request does.
    for _ in 0..4 {
        house.send(get("/console/assets/nothing.js")).await;
    }
    let refused = house.send(get("/healthz")).await;
    refused.expect_problem(429, "rate_limited");
    house.send(get(files[0])).await.expect(200);
    let mut last = house.send(get(files[0])).await;
    for _ in 0..120 {
        last = house.send(get(files[0])).await;
    }
    last.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn codes_are_not_asked_for_without_end() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let asking = || {
        ask("POST", "/v1/session/codes")
            .bearer(&guest.token)
            .json(&json!({ "email": "mara@example.com" }))
    };
    for _ in 0..5 {
        house.send(asking()).await.expect(202);
    }
    let refused = house.send(asking()).await;
    assert!(refused.header("retry-after").is_some());
    refused.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn open_streams_are_bounded() {
    let house = TestHouse::with(|settings| settings.limits.streams = 2).await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    let admin = house.admin().await;
    let shoppers = || get(&format!("/v1/conversations/{conversation}/events")).bearer(&guest.token);
    let staffs = || get("/v1/staff/events").bearer(&admin.token);
    let first = house.respond(shoppers()).await;
    let second = house.respond(staffs()).await;
    assert_eq!(
        (first.status().as_u16(), second.status().as_u16()),
        (200, 200)
    );
    for asking in [shoppers(), staffs()] {
        let refused = house.send(asking).await;
        assert!(refused.header("retry-after").is_some());
        refused.expect_problem(429, "rate_limited");
    }
    drop(first);
    // Its place is free as soon as its task has noticed.
    for _ in 0..1_000 {
        let again = house.respond(shoppers()).await;
        if again.status().as_u16() == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the place of a closed stream was never free again");
}

/// D23: nothing works without the database, nobody learns why, and everybody gets an id.
#[tokio::test]
async fn without_a_database() {
    let house =
        TestHouse::with(|settings| settings.limits.request_time = Duration::from_millis(200)).await;
    let guest = house.guest("alder").await;
    let admin = house.admin().await;
    let filling = Filling {
        conversation: house.conversation(&guest).await,
        ..Filling::default()
    };
    for hangs in [false, true] {
        for operation in operations::all() {
            // The language is in a cookie and nowhere else.
            if ["healthz", "choose_language", "dismiss_greeting"].contains(&operation.id.as_str()) {
                continue;
            }
            let token = match operation.path.starts_with("/v1/staff") {
                true => &admin.token,
                false => &guest.token,
            };
            if hangs {
                house.database.hang();
            } else {
                house.database.fail();
            }
            let answer = house.send(operation.asking(&filling).bearer(token)).await;
            house.database.mend();
            assert!(!answer.text().contains(INNER_TEXT) && !answer.text().contains("parlour_rw"));
            let problem = answer.expect_problem(503, "unavailable");
            let instance = problem["instance"].as_str().unwrap_or_default();
            assert!(instance.starts_with("urn:uuid:"), "{}", operation.name());
        }
    }
    house.database.fail();
    house.send(get("/healthz")).await.expect(200);
    for path in [
        "/console/inbox",
        "/console/ledger",
        "/widget/v1/frame?shop=alder",
        "/demo/mailbox",
    ] {
        let answer = house.send(get(path).staff_cookie(&admin.token)).await;
        assert_eq!(answer.status.as_u16(), 503, "{path}");
        assert!(!answer.text().contains("parlour_rw"));
    }
    house.database.mend();
    house
        .send(get("/v1/session").bearer(&guest.token))
        .await
        .expect(200);
}

/// The last resort: a handler that panics is answered for, and the next request is served.
#[tokio::test]
async fn a_panic_is_answered_for() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    house.panics.store(true, Ordering::SeqCst);
    let answer = house
        .send(get("/v1/staff/ledger").bearer(&admin.token))
        .await;
    assert!(!answer.text().contains("parlour_rw"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    assert!(answer.header("strict-transport-security").is_some());
    assert!(answer.header("content-security-policy").is_some());
    let problem = answer.expect_problem(500, "internal");
    assert!(
        problem["instance"]
            .as_str()
            .unwrap()
            .starts_with("urn:uuid:")
    );
    house.panics.store(false, Ordering::SeqCst);
    house
        .send(get("/v1/staff/ledger").bearer(&admin.token))
        .await
        .expect(200);
}

/// What the shop publishes is read from a snapshot: however long another holds the database's only
/// writer, shoppers go on finding things.
#[tokio::test]
async fn products_and_policies_are_found_while_someone_writes() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let writer = house.database.inner.begin().await.unwrap();
    for (tool, args) in [
        ("search_products", json!({ "query": "cushion" })),
        ("get_product", json!({ "product": "cushion" })),
        ("search_policies", json!({ "query": "returns" })),
    ] {
        let call = ask("POST", &format!("/v1/tools/{tool}"))
            .bearer(&guest.token)
            .json(&json!({ "args": args }));
        let answer = house.send(call).await.expect(200).json();
        assert!(answer["result"].is_object(), "{tool}: {answer}");
    }
    drop(writer);
}

/// Sessions cost nothing, so what places orders is counted by network too.
#[tokio::test]
async fn confirmations_are_counted_by_network() {
    let house = TestHouse::open().await;
    let confirm = |who: &Signed, from: &str| {
        ask(
            "POST",
            &format!("/v1/proposals/{}/confirm", conversation_id()),
        )
        .bearer(&who.token)
        .from(from)
        .json(&json!({}))
    };
    let guests = [house.guest("alder").await, house.guest("alder").await];
    for count in 0..60 {
        let answer = house
            .send(confirm(&guests[count % 2], "203.0.113.7:1"))
            .await;
        answer.expect_problem(404, "not_found");
    }
    for guest in &guests {
        let refused = house.send(confirm(guest, "203.0.113.7:2")).await;
        assert!(refused.header("retry-after").is_some());
        refused.expect_problem(429, "rate_limited");
        let elsewhere = house.send(confirm(guest, "203.0.113.8:1")).await;
        elsewhere.expect_problem(404, "not_found");
    }
}
