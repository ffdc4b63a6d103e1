//! A shopper who lost her device gets back in, over HTTP (C14, C12, C09).

use factors::testing::Authenticator;
use serde_json::{Value, json};

use crate::{
    client::{Answer, ORIGIN, ask, somewhere},
    house::{Signed, TestHouse, signed},
};

const DAY: i64 = 24 * 3_600;
const ADA: &str = "ada@example.com";

impl TestHouse {
    async fn shopper_asks(
        &self,
        method: &str,
        path: &str,
        who: &str,
        body: Option<Value>,
    ) -> Answer {
        let asking = ask(method, path).from(&somewhere()).bearer(who);
        self.send(match body {
            Some(body) => asking.json(&body),
            None => asking,
        })
        .await
    }

    /// Makes a passkey in this session; the answer.
    async fn make_passkey(&self, who: &str) -> Value {
        let path = "/v1/passkeys/ceremonies";
        let begun = self.shopper_asks("POST", path, who, Some(json!({}))).await;
        let begun = begun.expect(201).json();
        let mut device = Authenticator::new(ORIGIN).unwrap();
        let response = device.create(&begun["options"]).unwrap();
        let kept = json!({ "ceremony": begun["ceremony"], "response": response });
        let kept = self
            .shopper_asks("POST", "/v1/passkeys", who, Some(kept))
            .await;
        kept.expect(201).json()
    }

    /// A shopper with a passkey: her session, and the codes that she was shown.
    async fn shopper_with_codes(&self, email: &str) -> (Signed, Vec<String>) {
        let proved = self.shopper("alder", email).await;
        self.clock.advance_millis(1);
        let kept = self.make_passkey(&proved.token).await;
        self.clock.advance_millis(1);
        let codes = kept["recovery_codes"].as_array().unwrap();
        let codes = codes.iter().map(|code| code.as_str().unwrap().to_owned());
        (signed(kept["session"].clone()), codes.collect())
    }

    async fn get_in(&self, who: &str, body: Value) -> Answer {
        self.shopper_asks("POST", "/v1/recovery/session", who, Some(body))
            .await
    }
}

#[tokio::test]
async fn recovery_codes_are_given_once_and_get_in_once() {
    let house = TestHouse::open().await;
    let (thief, codes) = house.shopper_with_codes(ADA).await;
    assert_eq!(codes.len(), 10);
    let ways = house
        .shopper_asks("GET", "/v1/recovery", &thief.token, None)
        .await;
    let ways = ways.expect(200);
    assert_eq!(ways.json()["codes_left"], 10);
    let bytes = house.bytes();
    for code in &codes {
        assert!(!ways.text().contains(code.as_str()), "shown once");
        for kept in [code.clone(), code.replace('-', "")] {
            let found = bytes
                .windows(kept.len())
                .any(|part| part == kept.as_bytes());
            assert!(!found, "no code stands in the database");
        }
    }

    let proved = house.shopper("alder", ADA).await;
    assert_eq!(proved.session["level"], "address");
    let ways = house
        .shopper_asks("GET", "/v1/recovery", &proved.token, None)
        .await;
    assert_eq!(ways.expect(200).json(), json!({}), "nothing of the codes");
    let no_code = house
        .get_in(&proved.token, json!({ "code": "12345" }))
        .await;
    no_code.expect_problem(400, "bad_argument");
    let typed = codes[0].to_lowercase().replace('-', " ");
    let answer = house.get_in(&proved.token, json!({ "code": typed })).await;
    let opened = signed(answer.expect(200).json());
    assert_eq!(opened.session["level"], "session");
    for out in [&thief, &proved] {
        let ended = house
            .shopper_asks("GET", "/v1/session", &out.token, None)
            .await;
        ended.expect_problem(401, "needs_session");
    }
    let sessions = house
        .shopper_asks("GET", "/v1/sessions", &opened.token, None)
        .await;
    assert_eq!(
        sessions.expect(200).json()["sessions"][0]["proved_by"],
        "recovery"
    );
    let kept = house.make_passkey(&opened.token).await;
    assert_eq!(kept.get("recovery_codes"), None, "nine are left");
    let renewed = signed(kept["session"].clone());
    let made = house
        .shopper_asks(
            "POST",
            "/v1/recovery/codes",
            &renewed.token,
            Some(json!({})),
        )
        .await;
    let made = made.expect(201).json();
    assert_eq!(made["recovery_codes"].as_array().unwrap().len(), 10);

    // What was used, what is old and what never was are answered alike, to the letter.
    house.clock.advance_millis(1);
    let again = house.shopper("alder", ADA).await;
    let mut answers = Vec::new();
    for code in [codes[0].as_str(), codes[1].as_str(), "00000-00000"] {
        let answer = house.get_in(&again.token, json!({ "code": code })).await;
        answers.push(answer.body.clone());
        answer.expect_problem(422, "recovery_refused");
    }
    // So is a wait that nobody began.
    let answer = house.get_in(&again.token, json!({})).await;
    answers.push(answer.body.clone());
    answer.expect_problem(422, "recovery_refused");
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn recovery_codes_are_not_tried_without_end() {
    let house = TestHouse::open().await;
    let (_, codes) = house.shopper_with_codes(ADA).await;
    let proved = house.shopper("alder", ADA).await;
    for _ in 0..5 {
        let answer = house
            .get_in(&proved.token, json!({ "code": "00000-00000" }))
            .await;
        answer.expect_problem(422, "recovery_refused");
    }
    let answer = house
        .get_in(&proved.token, json!({ "code": codes[0] }))
        .await;
    assert_eq!(answer.header("retry-after"), Some("3600"));
    answer.expect_problem(429, "rate_limited");
    // One network gets no further by changing its sessions.
    let other = house.shopper("alder", "bo@example.com").await;
    let mut tried = 0;
    loop {
        let asking = ask("POST", "/v1/recovery/session").bearer(&other.token);
        let asking = asking.from("203.0.113.9:443").json(&json!({}));
        let status = house.respond(asking).await.status().as_u16();
        if status == 429 {
            break;
        }
        tried += 1;
        assert!(tried < 1_000, "tries of a network are bounded");
    }
}

#[tokio::test]
async fn without_a_code_it_takes_a_day() {
    let house = TestHouse::open().await;
    let (owner, _) = house.shopper_with_codes(ADA).await;
    let proved = house.shopper("alder", ADA).await;
    let asked = house
        .shopper_asks("POST", "/v1/recovery", &proved.token, Some(json!({})))
        .await;
    let waiting = asked.expect(202).json();
    let ways = house
        .shopper_asks("GET", "/v1/recovery", &owner.token, None)
        .await;
    assert_eq!(ways.expect(200).json()["waiting"], waiting);
    let early = house.get_in(&proved.token, json!({})).await;
    early.expect_problem(409, "recovery_waits");
    house.clock.advance(DAY);
    // The proof of yesterday is worth nothing, whoever holds it.
    let stale = house.get_in(&proved.token, json!({})).await;
    stale.expect_problem(401, "needs_session");
    let proved = house.shopper("alder", ADA).await;
    let answer = house.get_in(&proved.token, json!({})).await;
    let opened = signed(answer.expect(200).json());
    let kept = house.make_passkey(&opened.token).await;
    assert_eq!(kept["session"]["level"], "session");
}

#[tokio::test]
async fn a_wait_is_stopped() {
    let house = TestHouse::open().await;
    let (owner, _) = house.shopper_with_codes(ADA).await;
    let proved = house.shopper("alder", ADA).await;
    let ask_for_it = async || {
        let body = Some(json!({ "locale": "de" }));
        house
            .shopper_asks("POST", "/v1/recovery", &proved.token, body)
            .await
            .expect(202)
    };
    ask_for_it().await;
    let stop = house
        .shopper_asks("DELETE", "/v1/recovery", &owner.token, None)
        .await;
    stop.expect(204);
    let gone = house.get_in(&proved.token, json!({})).await;
    gone.expect_problem(422, "recovery_refused");
    // Another shopper stops hers alone.
    ask_for_it().await;
    let (other, _) = house.shopper_with_codes("bo@example.com").await;
    let stop = house
        .shopper_asks("DELETE", "/v1/recovery", &other.token, None)
        .await;
    stop.expect(204);
    let early = house.get_in(&proved.token, json!({})).await;
    early.expect_problem(409, "recovery_waits");
}
