//! Event streams: every turn once and in order, whatever happens, and an end that is told.

use core::time::Duration;
use std::sync::Arc;

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use crate::{
    client::{Asking, ask, get},
    house::{Signed, TestHouse, conversation_id, message_id},
};

/// Long enough for any machine: a stream that is silent for so long is broken.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) kind: String,
    id: Option<i64>,
    pub(crate) data: Value,
}

/// An open stream, read event by event.
pub(crate) struct Reading {
    bytes: axum::body::BodyDataStream,
    text: String,
}

impl Reading {
    pub(crate) async fn open(house: &TestHouse, asking: Asking) -> Self {
        let response = house.respond(asking).await;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            bytes: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event; `None` when the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let event = parsed(block);
                self.text = rest.to_owned();
                match event {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            let more = tokio::time::timeout(PATIENCE, self.bytes.next()).await;
            let more = more.expect("the stream is silent")?.unwrap();
            self.text.push_str(core::str::from_utf8(&more).unwrap());
        }
    }

    /// The positions of the next turns, other events aside.
    async fn positions(&mut self, count: usize) -> Vec<i64> {
        let mut positions = Vec::new();
        while positions.len() < count {
            let event = self.next().await.expect("the stream goes on");
            if event.kind == "turn" {
                assert_eq!(event.id.unwrap(), event.data["position"]);
                positions.push(event.id.unwrap());
            }
        }
        positions
    }

    pub(crate) async fn until(&mut self, kind: &str) -> Event {
        loop {
            let event = self.next().await.expect("the stream goes on");
            if event.kind == kind {
                return event;
            }
        }
    }
}

/// A comment is no event.
fn parsed(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let mut lines = block.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    Some(Event {
        kind: field("event")?.to_owned(),
        id: field("id").map(|id| id.parse().unwrap()),
        data: serde_json::from_str(field("data").unwrap()).unwrap(),
    })
}

pub(crate) fn events(who: &Signed, conversation: &str, query: &str) -> Asking {
    get(&format!("/v1/conversations/{conversation}/events{query}")).bearer(&who.token)
}

#[tokio::test]
async fn from_where_one_left_off() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    house.say(&guest, &conversation, "Thank you").await;
    let all = house
        .send(get(&format!("/v1/conversations/{conversation}/turns")).bearer(&guest.token))
        .await
        .json();
    let last = all["turns"].as_array().unwrap().len();
    let every: Vec<i64> = (1..=i64::try_from(last).unwrap()).collect();
    let mut reading = Reading::open(&house, events(&guest, &conversation, "")).await;
    assert_eq!(reading.positions(last).await, every);
    let state = reading.until("state").await;
    assert_eq!(state.data, json!({ "state": "assistant" }));
    // What comes later comes by itself, and nothing again.
    let answer = house.say(&guest, &conversation, "Hello?").await;
    let fresh = answer["turns"].as_array().unwrap();
    let positions = reading.positions(fresh.len()).await;
    assert_eq!(positions[0], every[last - 1] + 1);
    for (asking, first) in [
        (events(&guest, &conversation, "?after=2"), 3),
        (
            events(&guest, &conversation, "?after=1").header("last-event-id", "3"),
            4,
        ),
        (
            events(&guest, &conversation, "?after=1").header("last-event-id", "made up"),
            2,
        ),
    ] {
        let mut reading = Reading::open(&house, asking).await;
        assert_eq!(reading.positions(1).await, [first]);
    }
    for bad in ["?after=-1", "?after=x", "?limit=1"] {
        house
            .send(events(&guest, &conversation, bad))
            .await
            .expect_problem(400, "bad_argument");
    }
    house
        .send(events(&guest, &conversation, "").header("last-event-id", "-1"))
        .await
        .expect_problem(400, "bad_argument");
}

/// A client that loses its connection again and again, while several writers write, sees every
/// turn exactly once and in order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled() {
    const WRITERS: usize = 3;
    const MESSAGES: usize = 8;
    let house = Arc::new(TestHouse::open().await);
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    let writing = (0..WRITERS).map(|writer| {
        let (house, guest, conversation) = (house.clone(), guest.clone(), conversation.clone());
        tokio::spawn(async move {
            for number in 0..MESSAGES {
                house
                    .say(
                        &guest,
                        &conversation,
                        &format!("message {number} of {writer}"),
                    )
                    .await;
            }
        })
    });
    let writing: Vec<_> = writing.collect();
    // At least: each message and an answer, the first with its notice.
    let expected = 3 + WRITERS * MESSAGES * 2;
    let mut seen: Vec<i64> = Vec::new();
    let mut lengths = [1, 2, 5].into_iter().cycle();
    while seen.len() < expected {
        let after = seen.last().copied().unwrap_or(0);
        let asking = events(&guest, &conversation, "").header("last-event-id", &after.to_string());
        let mut reading = Reading::open(&house, asking).await;
        let wanted = lengths.next().unwrap().min(expected - seen.len());
        seen.extend(reading.positions(wanted).await);
    }
    for writer in writing {
        writer.await.unwrap();
    }
    let every: Vec<i64> = (1..=i64::try_from(expected).unwrap()).collect();
    assert_eq!(seen, every);
}

/// C19: a session that ends takes its streams with it, without anything else happening.
#[tokio::test]
async fn an_ended_session_ends_its_streams() {
    let house = TestHouse::open().await;
    let (guest, admin) = (house.guest("alder").await, house.admin().await);
    let conversation = house.conversation(&guest).await;
    let mut shoppers = Reading::open(&house, events(&guest, &conversation, "")).await;
    let mut staffs = Reading::open(&house, get("/v1/staff/events").bearer(&admin.token)).await;
    shoppers.until("state").await;
    staffs.until("conversation").await;
    for (path, token) in [
        ("/v1/session", &guest.token),
        ("/v1/staff/session", &admin.token),
    ] {
        house
            .send(ask("DELETE", path).bearer(token))
            .await
            .expect(204);
    }
    for reading in [&mut shoppers, &mut staffs] {
        reading.until("ended").await;
        assert!(
            reading.next().await.is_none(),
            "nothing comes after the end"
        );
    }
}

/// Proving an address ends the guest's session, and its streams.
#[tokio::test]
async fn a_new_session_ends_the_old_ones_streams() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    let (request, code) = house.code(&guest, "mara@example.com").await;
    let mut reading = Reading::open(&house, events(&guest, &conversation, "")).await;
    reading.until("state").await;
    let give = ask("POST", &format!("/v1/session/codes/{request}")).bearer(&guest.token);
    let proved = house.send(give.json(&json!({ "code": code }))).await;
    let token = proved.expect(200).json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    reading.until("ended").await;
    // The conversation is hers still, under the new session.
    let shopper = Signed {
        token,
        session: Value::Null,
    };
    let mut again = Reading::open(&house, events(&shopper, &conversation, "")).await;
    assert_eq!(again.positions(1).await, [1]);
}

#[tokio::test]
async fn whose_stream_it_is() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    for other in [
        house.guest("alder").await,
        house.guest("birch").await,
        house.shopper("alder", "mara@example.com").await,
    ] {
        house
            .send(events(&other, &conversation, ""))
            .await
            .expect_problem(404, "not_found");
    }
    house
        .send(get(&format!("/v1/conversations/{conversation}/events")))
        .await
        .expect_problem(401, "needs_session");
    house
        .send(events(&guest, &conversation_id(), ""))
        .await
        .expect_problem(404, "not_found");
    house
        .send(get("/v1/staff/events").bearer(&guest.token))
        .await
        .expect_problem(401, "needs_session");
}

/// Staff learn which conversation of their shop changed, and nothing of another shop's.
#[tokio::test]
async fn the_staffs_stream() {
    let house = TestHouse::open().await;
    let (admin, other) = (house.admin().await, house.other_shops_admin().await);
    let stream = |who: &Signed| get("/v1/staff/events").bearer(&who.token);
    let mut alders = Reading::open(&house, stream(&admin)).await;
    let mut birches = Reading::open(&house, stream(&other)).await;
    for reading in [&mut alders, &mut birches] {
        let first = reading.until("conversation").await;
        assert_eq!(first.data, json!({ "conversation": null }), "read all once");
    }
    let alder = house.conversation(&house.guest("alder").await).await;
    let birch = house.conversation(&house.guest("birch").await).await;
    let told = alders.until("conversation").await;
    assert_eq!(told.data, json!({ "conversation": alder }));
    let told = birches.until("conversation").await;
    assert_eq!(told.data, json!({ "conversation": birch }));
}

/// A reply by a person arrives in the shopper's stream, with her name and the new state.
#[tokio::test]
async fn a_persons_reply_arrives() {
    let house = TestHouse::open().await;
    let (guest, agent) = (house.guest("alder").await, house.agent().await);
    let conversation = house.conversation(&guest).await;
    let mut reading = Reading::open(&house, events(&guest, &conversation, "?after=3")).await;
    reading.until("state").await;
    let desk = |method: &str, rest: &str| {
        ask(
            method,
            &format!("/v1/staff/conversations/{conversation}/{rest}"),
        )
        .bearer(&agent.token)
    };
    house
        .send(desk("POST", "take").json(&json!({})))
        .await
        .expect(200);
    assert_eq!(reading.until("state").await.data["state"], "human");
    let reply = desk("PUT", &format!("replies/{}", message_id()));
    house
        .send(reply.json(&json!({ "text": "Good morning" })))
        .await
        .expect(200);
    let turn = loop {
        let event = reading.until("turn").await;
        if event.data["author"] == "human" {
            break event.data;
        }
    };
    assert_eq!(turn["name"], "Kim Lindgren");
    assert_eq!(turn["blocks"][0]["text"], "Good morning");
}
