//! Secrets in no log and no refusal (D20): a busy run with everything recorded at the most
//! talkative level, then searched for what was said in it.

use std::{
    io,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use serde_json::json;
use tracing_subscriber::{filter::dynamic_filter_fn, fmt::MakeWriter, layer::SubscriberExt as _};

use crate::{
    client::{Answer, ask, get},
    house::{Signed, TestHouse, conversation_id, message_id},
};

/// Everything that is logged in this process while it records, from all threads.
#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    records: Arc<AtomicBool>,
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let records = Arc::clone(&log.records);
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(log.clone());
        let subscriber = tracing_subscriber::registry()
            .with(dynamic_filter_fn(move |_, _| {
                records.load(Ordering::SeqCst)
            }))
            .with(lines);
        tracing::subscriber::set_global_default(subscriber).unwrap();
        log
    })
}

/// What the run says and is given.
#[derive(Default)]
struct Run {
    secrets: Vec<String>,
    refusals: Vec<String>,
}

impl Run {
    fn refused(&mut self, answer: &Answer) {
        assert!(answer.status.is_client_error() || answer.status.is_server_error());
        let text = format!("{:?} {}", answer.headers, answer.text());
        self.refusals.push(text);
    }

    fn keep(&mut self, secret: &str) {
        self.secrets.push(secret.to_owned());
    }
}

const EMAIL: &str = "mara.lindqvist@example.com";
const NAME: &str = "Mara Lindqvist";
const CARD: &str = "4111 1111 1111 1111";
const PHONE: &str = "+43 660 5550123";
const NOTE: &str = "quarrelsome-canary";
const WORDS: &str = "searched-canary-7731";
const GIVEN: &str = "value-canary-5512";

#[tokio::test]
async fn nothing_secret_is_logged_or_said_back() {
    let log = log();
    log.records.store(true, Ordering::SeqCst);
    let house = TestHouse::open().await;
    let mut run = Run::default();
    for index in 0..3 {
        run.keep(house.link(index));
    }
    for said in [EMAIL, NAME, CARD, "4111111111111111", PHONE, NOTE, GIVEN] {
        run.keep(said);
    }
    let shopper = shopping(&house, &mut run).await;
    staffing(&house, &mut run, &shopper).await;
    failing(&house, &mut run, &shopper).await;
    log.records.store(false, Ordering::SeqCst);

    let lines = String::from_utf8(log.lines.lock().unwrap().clone()).unwrap();
    assert!(lines.contains("a request failed"), "faults were recorded");
    assert!(lines.contains("sqlx"), "statements were recorded");
    assert!(run.secrets.len() > 12 && run.refusals.len() > 12);
    for secret in &run.secrets {
        assert!(
            !stands_in(&lines, secret),
            "`{secret}` was logged: {}",
            around(&lines, secret)
        );
        for refusal in &run.refusals {
            assert!(!stands_in(refusal, secret), "`{secret}` in {refusal}");
        }
    }
}

/// Six digits inside a longer number or a fraction are no code.
fn stands_in(text: &str, secret: &str) -> bool {
    let part = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric() || one == '.');
    let pieces: Vec<&str> = text.split(secret).collect();
    pieces.windows(2).any(|pair| {
        let (before, after) = (pair[0].chars().next_back(), pair[1].chars().next());
        secret.len() != 6 || !(part(before) || part(after))
    })
}

fn around<'a>(text: &'a str, secret: &str) -> &'a str {
    text.lines()
        .find(|line| line.contains(secret))
        .unwrap_or_default()
}

/// A guest writes, proves her address after a wrong code, and writes again.
async fn shopping(house: &TestHouse, run: &mut Run) -> Signed {
    let guest = house.guest("alder").await;
    run.keep(&guest.token);
    let conversation = conversation_id();
    for text in [
        format!("Hello, I am {NAME}, write to {EMAIL}"),
        format!("My card is {CARD}, my phone {PHONE}"),
    ] {
        house.say(&guest, &conversation, &text).await;
    }
    let (request, code) = house.code(&guest, EMAIL).await;
    run.keep(&code);
    let give = |code: &str| {
        ask("POST", &format!("/v1/session/codes/{request}"))
            .bearer(&guest.token)
            .json(&json!({ "code": code }))
    };
    let wrong = if code == "918273" { "918274" } else { "918273" };
    run.keep(wrong);
    run.refused(&house.send(give(wrong)).await);
    let proved = house.send(give(&code)).await.expect(200).json();
    let shopper = Signed {
        token: proved["token"].as_str().unwrap().to_owned(),
        session: proved,
    };
    run.keep(&shopper.token);
    // The old session and the used code are refused.
    run.refused(&house.send(give(&code)).await);
    house
        .say(&shopper, &conversation, "Is anybody there?")
        .await;
    let other_text = json!({ "text": format!("{NAME} again") });
    let path = format!("/v1/conversations/{conversation}/messages/{}", message_id());
    let send = |body: &serde_json::Value| ask("PUT", &path).bearer(&shopper.token).json(body);
    house
        .send(send(&json!({ "text": "once" })))
        .await
        .expect(201);
    run.refused(&house.send(send(&other_text)).await);
    run.refused(
        &house
            .send(send(&json!({ "text": GIVEN.repeat(400) })))
            .await,
    );
    run.refused(&house.send(send(&json!({ "text": [GIVEN] }))).await);
    run.refused(&house.send(send(&json!(GIVEN))).await);
    let bad_address = json!({ "email": format!("{GIVEN} at {EMAIL}") });
    let asking = ask("POST", "/v1/session/codes").bearer(&shopper.token);
    run.refused(&house.send(asking.json(&bad_address)).await);
    shopper
}

/// Staff sign in, take over, answer, note, and invite somebody.
async fn staffing(house: &TestHouse, run: &mut Run, shopper: &Signed) {
    let (admin, agent) = (house.admin().await, house.agent().await);
    run.keep(&admin.token);
    run.keep(&agent.token);
    let conversation = house.conversation(shopper).await;
    let desk = |method: &str, rest: &str| {
        ask(
            method,
            &format!("/v1/staff/conversations/{conversation}{rest}"),
        )
        .bearer(&agent.token)
    };
    let words = |text: &str| json!({ "text": text });
    let reply = || desk("PUT", &format!("/replies/{}", message_id())).json(&words(NAME));
    run.refused(&house.send(reply()).await);
    house
        .send(desk("POST", "/take").json(&json!({})))
        .await
        .expect(200);
    house.send(reply()).await.expect(200);
    let note = desk("PUT", &format!("/notes/{}", message_id()));
    house.send(note.json(&words(NOTE))).await.expect(200);
    house.send(desk("GET", "")).await.expect(200);
    // What is looked for is a shopper's words and address, and a refusal gives neither back.
    run.keep(WORDS);
    let search = |wish| {
        ask("POST", "/v1/staff/search")
            .bearer(&agent.token)
            .json(&wish)
    };
    let found = house.send(search(json!({ "words": WORDS }))).await;
    found.expect(200);
    let found = house.send(search(json!({ "email": EMAIL }))).await;
    found.expect(200);
    let unreadable = json!({ "words": WORDS, "email": WORDS, "order": WORDS, "before": WORDS });
    run.refused(&house.send(search(unreadable)).await);
    let unreadable = json!({ "words": WORDS, "before": WORDS });
    run.refused(&house.send(search(unreadable)).await);
    let sought = ask("POST", "/v1/staff/shoppers/find").bearer(&agent.token);
    run.refused(
        &house
            .send(sought.clone().json(&json!({ "email": WORDS })))
            .await,
    );
    let sought = house.send(sought.json(&json!({ "email": EMAIL }))).await;
    sought.expect(200);
    let invite = ask("POST", "/v1/staff/people").json(&json!({ "name": NAME, "role": "agent" }));
    run.refused(&house.send(invite.clone().bearer(&agent.token)).await);
    let invited = house.send(invite.bearer(&admin.token)).await.expect(201);
    let invited = invited.json();
    let (address, token) = invited["link"].as_str().unwrap().split_once('#').unwrap();
    assert!(
        !address.contains(token),
        "no server sees the token of a link"
    );
    run.keep(token);
    let used = ask("POST", "/v1/staff/sessions").json(&json!({ "token": house.link(0) }));
    run.refused(&house.send(used).await);
    let page = get("/console/inbox").staff_cookie(&admin.token);
    house.send(page).await.expect(200);
}

/// The database fails in the middle of it.
async fn failing(house: &TestHouse, run: &mut Run, shopper: &Signed) {
    house.database.fail();
    for asking in [
        get("/v1/session").shopper_cookie(&shopper.token),
        ask("POST", "/v1/session/codes")
            .bearer(&shopper.token)
            .json(&json!({ "email": EMAIL })),
        ask("POST", "/v1/staff/sessions").json(&json!({ "token": house.link(2) })),
        ask("POST", "/csp-reports").body("application/csp-report", GIVEN),
    ] {
        let answer = house.send(asking).await;
        if answer.status.as_u16() != 204 {
            run.refused(&answer);
        }
    }
    house.database.mend();
    let refused = ask("DELETE", "/v1/session").shopper_cookie(&shopper.token);
    run.refused(&house.send(refused).await);
}
