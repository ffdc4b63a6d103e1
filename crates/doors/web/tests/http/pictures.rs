//! Pictures of goods over HTTP: fetched by staff, served for ever under their hash, each shop its own.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::future::join_all;
use gallery::{Fetched, NotFetched, Pictures, fetching::AT_ONCE};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, oneshot};

use crate::{
    client::{ask, get},
    house::{Signed, TestHouse},
};

/// A square of 32 points, of one colour.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mPYEmVDU8QwasGoBaMWjFow\
     asGoBaMWjFowasGoBaMWDBULAEE6KExGvp6CAAAAAElFTkSuQmCC";

/// Holds one picture, at a host that is the shop's.
#[derive(Debug, Default)]
pub(crate) struct Album {
    /// The next fetch says that it has begun, and fails when it is told to.
    pub(crate) failing: Mutex<Option<(oneshot::Sender<()>, oneshot::Receiver<()>)>>,
    /// Where it is set, each fetch waits for a permit and uses it up.
    pub(crate) gate: Mutex<Option<Arc<Semaphore>>>,
    /// Fetches that go on, and the most that ever did at once.
    inside: AtomicUsize,
    most: AtomicUsize,
}

#[async_trait]
impl Pictures for Album {
    async fn fetch(&self, address: &str, hosts: &[String]) -> Result<Fetched, NotFetched> {
        let failing = self.failing.lock().unwrap().take();
        if let Some((begun, fail)) = failing {
            begun.send(()).unwrap();
            fail.await.unwrap();
            return Err(NotFetched("it did not answer".to_owned()));
        }
        let gate = self.gate.lock().unwrap().clone();
        if let Some(gate) = gate {
            let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(inside, Ordering::SeqCst);
            gate.acquire().await.unwrap().forget();
            self.inside.fetch_sub(1, Ordering::SeqCst);
        }
        let (_, rest) = address.split_once("://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        if !hosts.iter().any(|known| known == host) {
            return Err(NotFetched(format!("`{host}` is not a host of this shop")));
        }
        match path {
            "cushion.png" => Ok(Fetched(STANDARD.decode(PNG).unwrap())),
            _ => Err(NotFetched(format!("`{host}` answered 404"))),
        }
    }
}

async fn step(house: &TestHouse, by: &Signed, body: Value) -> Value {
    let asking = ask("POST", "/v1/staff/pictures").bearer(&by.token);
    house.send(asking.json(&body)).await.expect(200).json()
}

/// What a tool answers a guest of the shop.
async fn tool(house: &TestHouse, who: &Signed, name: &str, args: Value) -> Value {
    let asking = ask("POST", &format!("/v1/tools/{name}")).bearer(&who.token);
    let answer = house.send(asking.json(&json!({ "args": args }))).await;
    answer.expect(200).json()
}

#[tokio::test]
async fn a_picture_is_fetched_once_and_served_for_ever() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let guest = house.guest("alder").await;
    let found = tool(
        &house,
        &guest,
        "search_products",
        json!({ "query": "cushion" }),
    )
    .await;
    assert!(found.get("pictures").is_none(), "{found}");

    let first = step(&house, &admin, json!({})).await;
    assert_eq!(first["fetched"], 1);
    assert_eq!(first["refused"], json!([]));
    assert!(first.get("next").is_none());
    let second = step(&house, &admin, json!({})).await;
    assert_eq!(
        (&second["fetched"], &second["kept"]),
        (&json!(0), &json!(1))
    );
    let again = step(&house, &admin, json!({ "again": true })).await;
    assert_eq!(again["fetched"], 1);
    let standing = get("/v1/staff/pictures").bearer(&admin.token);
    let standing = house.send(standing).await.expect(200).json();
    assert_eq!(
        standing,
        json!({ "products": 1, "shown": 1, "refused": 0, "refusals": [] })
    );

    let found = tool(
        &house,
        &guest,
        "search_products",
        json!({ "query": "cushion" }),
    )
    .await;
    let name = found["pictures"]["cushion"]["card"].as_str().unwrap();
    // Beside the answer: what the tool says is what its reference says.
    assert!(found["result"]["products"][0].get("picture").is_none());
    assert_eq!(
        found["result"]["products"][0]["image_url"],
        "https://alder.example/cushion.png"
    );
    let one = tool(
        &house,
        &guest,
        "get_product",
        json!({ "product": "cushion" }),
    )
    .await;
    assert_eq!(one["pictures"]["cushion"]["card"], name);
    let cart = json!({ "variant": "cushion-red", "quantity": 1 });
    let cart = tool(&house, &guest, "add_to_cart", cart).await;
    assert_eq!(cart["pictures"]["cushion"]["card"], name);
    let order = get("/v1/staff/orders/read_order:agent").bearer(&admin.token);
    let order = house.send(order).await.expect(200).json();
    assert_eq!(order["pictures"]["cushion"]["card"], name);

    let path = format!("/v1/shops/alder/pictures/{name}");
    let picture = house.send(get(&path)).await.expect(200);
    assert!(picture.body.starts_with(&[0xff, 0xd8, 0xff]));
    for (header, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(picture.header(header), Some(value), "{header}");
    }
    let policy = picture.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"));
    assert!(picture.header("set-cookie").is_none());
    let tag = picture.header("etag").unwrap();
    let known = house.send(get(&path).header("if-none-match", tag)).await;
    assert!(known.expect(304).body.is_empty());
}

#[tokio::test]
async fn no_shop_serves_anothers_and_no_other_name_is_served() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    step(&house, &admin, json!({})).await;
    let guest = house.guest("alder").await;
    let found = tool(
        &house,
        &guest,
        "get_product",
        json!({ "product": "cushion" }),
    )
    .await;
    let name = found["pictures"]["cushion"]["card"].as_str().unwrap();
    let (digest, _) = name.split_once('.').unwrap();
    for path in [
        format!("birch/pictures/{name}"),
        format!("nowhere/pictures/{name}"),
        format!("alder/pictures/{digest}.svg"),
        format!("alder/pictures/{digest}"),
        format!("alder/pictures/{}.jpg", digest.to_uppercase()),
        format!("alder/pictures/{}.jpg", "0".repeat(64)),
        "alder/pictures/..%2F..%2Fhealthz".to_owned(),
        "alder/pictures/%FF".to_owned(),
    ] {
        let answer = house.send(get(&format!("/v1/shops/{path}"))).await;
        assert!(
            answer.status == 404 || answer.status == 400,
            "{path}: {}",
            answer.status
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn what_is_refused_is_told_and_asked_for_again() {
    let house = TestHouse::open().await;
    let other = house.other_shops_admin().await;
    // Its host is not one of this shop.
    let first = step(&house, &other, json!({})).await;
    assert_eq!(first["fetched"], 0);
    let refused = &first["refused"][0];
    assert_eq!(refused["product"], "cushion");
    assert_eq!(refused["title"], "Linen cushion");
    assert_eq!(refused["address"], "https://alder.example/cushion.png");
    assert!(
        refused["reason"]
            .as_str()
            .unwrap()
            .contains("alder.example")
    );
    let standing = get("/v1/staff/pictures").bearer(&other.token);
    let standing = house.send(standing).await.expect(200).json();
    assert_eq!(
        (&standing["shown"], &standing["refused"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(standing["refusals"][0]["reason"], refused["reason"]);
    let second = step(&house, &other, json!({})).await;
    assert_eq!(second["refused"].as_array().unwrap().len(), 1);

    for (body, code) in [
        (json!({ "after": "elsewhere" }), "bad_argument"),
        (json!({ "after": "x_cushion" }), "bad_argument"),
        (
            json!({ "after": format!("0_{}", "x".repeat(399)) }),
            "bad_argument",
        ),
        (
            json!({ "address": "https://evil.example/a.png" }),
            "bad_argument",
        ),
    ] {
        let asking = ask("POST", "/v1/staff/pictures").bearer(&other.token);
        house
            .send(asking.json(&body))
            .await
            .expect_problem(400, code);
    }
    let agent = house.agent().await;
    let asking = ask("POST", "/v1/staff/pictures").bearer(&agent.token);
    house
        .send(asking.json(&json!({})))
        .await
        .expect_problem(403, "denied");
}

/// Two people fetch at once, and the one whose host was slow gets nothing: what the other got stays.
#[tokio::test]
async fn a_fetch_that_fails_takes_nothing_from_one_that_did_not() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let (begun, has_begun) = oneshot::channel();
    let (fail, fails) = oneshot::channel();
    *house.album.failing.lock().unwrap() = Some((begun, fails));
    let slow = step(&house, &admin, json!({}));
    let quick = async {
        has_begun.await.unwrap();
        let quick = step(&house, &admin, json!({})).await;
        fail.send(()).unwrap();
        quick
    };
    let (slow, quick) = tokio::join!(slow, quick);
    assert_eq!(quick["fetched"], 1);
    assert_eq!(slow["refused"][0]["reason"], "it did not answer");
    let standing = get("/v1/staff/pictures").bearer(&admin.token);
    let standing = house.send(standing).await.expect(200).json();
    assert_eq!(
        (&standing["shown"], &standing["refused"]),
        (&json!(1), &json!(1))
    );
}

/// Whoever asks for the same pictures a hundred times has a few of them fetched at once.
#[tokio::test]
async fn a_node_fetches_a_few_at_once_whoever_asks() {
    const STEPS: usize = AT_ONCE + 5;
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let gate = Arc::new(Semaphore::new(0));
    *house.album.gate.lock().unwrap() = Some(Arc::clone(&gate));
    let steps = (0..STEPS).map(|_| step(&house, &admin, json!({ "again": true })));
    let opened = async {
        while house.album.inside.load(Ordering::SeqCst) < AT_ONCE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // Time for those that should not begin.
        tokio::time::sleep(Duration::from_millis(200)).await;
        gate.add_permits(STEPS);
    };
    let (done, ()) = tokio::join!(join_all(steps), opened);
    assert!(done.iter().all(|step| step["fetched"] == 1));
    assert_eq!(house.album.most.load(Ordering::SeqCst), AT_ONCE);
}
