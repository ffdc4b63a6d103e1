//! Shoppers who write, and send again the same until they are answered.

use core::time::Duration;
use std::thread::sleep;

use factors::testing::Authenticator;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    chance::Chance,
    http::{Client, Failure},
};

/// What people ask; the sample texts answer all of it, so that none leads to a person.
pub(crate) const QUESTIONS: &[&str] = &[
    "How long do I have to send something back?",
    "do you ship to Austria",
    "What does express delivery cost?",
    "Can I pay by bank transfer?",
    "How long is the warranty on furniture?",
    "When do I get my refund?",
    "Can I exchange a chair for another colour?",
];

const AGAIN_AFTER: Duration = Duration::from_millis(15);

/// Opens a guest's session.
pub(crate) fn guest(client: &Client) -> Client {
    let body = json!({"transport": "bearer"});
    let view = client.expect(201, "POST", "/v1/shops/shop/sessions", Some(&body));
    client.with_token(view["token"].as_str().unwrap())
}

/// Opens a member of staff's link with its token, sets up a passkey, and is signed in by it.
pub(crate) fn sign_in(client: &Client, link: &str) -> Client {
    let body = json!({"token": link});
    let view = client.expect(201, "POST", "/v1/staff/sessions", Some(&body));
    let opened = client.with_token(view["token"].as_str().unwrap());
    let path = "/v1/staff/passkeys/ceremonies";
    let begun = opened.expect(201, "POST", path, Some(&json!({})));
    let mut device = Authenticator::new(&format!("http://{}", client.host)).unwrap();
    let response = device.create(&begun["options"]).unwrap();
    let body = json!({"ceremony": begun["ceremony"], "response": response});
    let kept = opened.expect(201, "POST", "/v1/staff/passkeys", Some(&body));
    client.with_token(kept["session"]["token"].as_str().unwrap())
}

/// Sends one message and demands that it is answered.
pub(crate) fn say(client: &Client, chance: &mut Chance, conversation: Uuid, text: &str) -> Value {
    let path = format!("/v1/conversations/{conversation}/messages/{}", chance.id());
    client.expect(201, "PUT", &path, Some(&json!({"text": text})))
}

/// All turns of a conversation.
pub(crate) fn read_all(client: &Client, conversation: Uuid) -> Vec<Value> {
    pages(conversation, |path| client.expect(200, "GET", path, None))
}

/// Page by page.
fn pages(conversation: Uuid, mut ask: impl FnMut(&str) -> Value) -> Vec<Value> {
    let mut turns: Vec<Value> = Vec::new();
    loop {
        let after = turns.last().map_or(0, position);
        let page = ask(&format!(
            "/v1/conversations/{conversation}/turns?after={after}&limit=200"
        ));
        turns.extend(page["turns"].as_array().unwrap().iter().cloned());
        if page["more"] == false {
            return turns;
        }
    }
}

pub(crate) fn position(turn: &Value) -> i64 {
    turn["position"].as_i64().unwrap()
}

/// What a turn says, as plain text.
pub(crate) fn text_of(turn: &Value) -> String {
    let blocks = turn["blocks"].as_array().unwrap();
    let texts = blocks.iter().filter_map(|block| block["text"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// Servers that may be killed at any moment, asked one after the other until one answers.
#[derive(Debug, Clone)]
pub(crate) struct Persistent {
    doors: Vec<Client>,
    at: usize,
    /// Requests that were sent whole and whose answer never came.
    pub(crate) cut: usize,
    /// Requests that were answered only when they were sent again.
    pub(crate) failed: usize,
}

impl Persistent {
    pub(crate) const fn new(doors: Vec<Client>, at: usize) -> Self {
        Self {
            doors,
            at,
            cut: 0,
            failed: 0,
        }
    }

    pub(crate) fn with_token(&self, token: &str) -> Self {
        let doors = self.doors.iter().map(|door| door.with_token(token));
        Self::new(doors.collect(), self.at)
    }

    pub(crate) fn door(&self) -> &Client {
        &self.doors[self.at % self.doors.len()]
    }

    /// Goes to the next server.
    pub(crate) fn next_door(&mut self) {
        self.at += 1;
    }

    /// All turns of a conversation.
    pub(crate) fn read_all(&mut self, conversation: Uuid) -> Vec<Value> {
        pages(conversation, |path| {
            let (status, page) = self.send("GET", path, None);
            assert_eq!(status, 200, "{page}");
            page
        })
    }

    /// Sends the same until it is answered with anything but a failure of the service.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        loop {
            match self.door().send(method, path, body) {
                Ok(answer) if answer.status < 500 => return (answer.status, answer.json()),
                // A server that is stopping, or lost its database for a moment, says so.
                Ok(answer) => assert_eq!(answer.status, 503, "{path}: {}", answer.text()),
                Err(Failure::Cut) => self.cut += 1,
                Err(Failure::NotSent) => {}
            }
            self.failed += 1;
            self.next_door();
            sleep(AGAIN_AFTER);
        }
    }
}
