//! A card told over several messages (B02): with its last part the earlier ones are gone from every
//! screen, from the store and from what the assistant knows.

use serde_json::{Value, json};

use crate::{
    client::{ask, get},
    house::{Signed, TestHouse, conversation_id, message_id},
    streams::{Reading, events},
};

const MARK: &str = "[card removed]";

fn texts(turns: &Value) -> Vec<String> {
    let turns = turns.as_array().unwrap().iter();
    turns
        .filter(|turn| turn["author"] == "shopper")
        .map(|turn| turn["blocks"][0]["text"].as_str().unwrap().to_owned())
        .collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

async fn read(house: &TestHouse, guest: &Signed, conversation: &str, query: &str) -> Value {
    let path = format!("/v1/conversations/{conversation}/turns{query}");
    house
        .send(get(&path).bearer(&guest.token))
        .await
        .expect(200)
        .json()
}

#[tokio::test]
async fn the_earlier_parts_are_gone_everywhere() {
    let house = TestHouse::open().await;
    let (guest, admin) = (house.guest("alder").await, house.admin().await);
    let conversation = house.conversation(&guest).await;
    house.say(&guest, &conversation, "it is 4242 4242").await;
    house.say(&guest, &conversation, "do you sell tents?").await;
    let staff = format!("/v1/staff/conversations/{conversation}");
    let note = format!("{staff}/notes/{}", message_id());
    let noted = json!({ "text": "she began: 4242 4242, is that a card?" });
    house
        .send(ask("PUT", &note).bearer(&admin.token).json(&noted))
        .await
        .expect(200);
    let sealed = house.bodies().await;
    let before = read(&house, &guest, &conversation, "").await;
    assert!(texts(&before["turns"]).contains(&"it is 4242 4242".to_owned()));
    let position = |text: &str, page: &Value| {
        let turns = page["turns"].as_array().unwrap().clone();
        let found = turns
            .into_iter()
            .find(|turn| turn["blocks"][0]["text"] == text);
        found.unwrap()["position"].as_i64().unwrap()
    };
    let part = position("it is 4242 4242", &before);

    let mut hers = Reading::open(&house, events(&guest, &conversation, "")).await;
    let mut desk = Reading::open(&house, get("/v1/staff/events").bearer(&admin.token)).await;
    hers.until("state").await;
    desk.until("conversation").await;

    let answer = house.say(&guest, &conversation, "and then 4242 4242").await;
    assert_eq!(texts(&answer["turns"]), [format!("and then {MARK}")]);
    let notice = |turn: &Value| turn["blocks"].as_array().unwrap().last().unwrap()["kind"].clone();
    let told = answer["turns"].as_array().unwrap();
    assert!(told.iter().any(|turn| notice(turn) == "card_parts_removed"));
    assert!(!told.iter().any(|turn| notice(turn) == "card_removed"));

    // Open screens hear of it: hers what it is now, the desk's that something changed.
    let changed = hers.until("rewritten").await;
    assert_eq!(changed.data["position"], part);
    assert_eq!(changed.data["blocks"][0]["text"], format!("it is {MARK}"));
    let rung = desk.until("conversation").await;
    assert_eq!(rung.data["conversation"], *conversation);
    let page = house
        .send(get(&format!("{staff}/turns?after={part}")).bearer(&admin.token))
        .await
        .expect(200)
        .json();
    assert_eq!(texts(&page["rewritten"]), [format!("it is {MARK}")]);
    assert!(page["notes"][0]["text"].as_str().unwrap().contains(MARK));
    assert!(!page.to_string().contains("4242"), "{page}");

    // Whoever was away when it happened is told when she comes back, and reads it anew.
    let last = read(&house, &guest, &conversation, "").await["turns"]
        .as_array()
        .unwrap()
        .len();
    let mut later = Reading::open(
        &house,
        events(&guest, &conversation, &format!("?after={last}")),
    )
    .await;
    assert_eq!(later.until("rewritten").await.data["position"], part);
    let missed = read(&house, &guest, &conversation, &format!("?after={last}")).await;
    assert_eq!(
        texts(&missed["rewritten"]).len(),
        2,
        "with the one that came last"
    );
    let all = read(&house, &guest, &conversation, "").await;
    assert!(all["rewritten"].is_null());
    assert!(!all.to_string().contains("4242"), "{all}");

    // What lay there sealed is in no file any more, nor is a word of it.
    let files = house.bytes();
    let now = house.bodies().await;
    let gone: Vec<&Vec<u8>> = sealed.iter().filter(|body| !now.contains(body)).collect();
    assert_eq!(gone.len(), 1, "one turn was written anew");
    for body in &gone {
        assert!(!holds(&files, body));
    }
    assert!(
        holds(&files, &now[0]),
        "the search would find nothing anyway"
    );
    assert!(!holds(&files, b"4242 4242") && !holds(&files, b"42424242"));
}

#[tokio::test]
async fn a_code_after_a_card_is_never_stored_and_sending_again_changes_nothing() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = conversation_id();
    let send = |id: String, text: &'static str| {
        let path = format!("/v1/conversations/{conversation}/messages/{id}");
        let asking = ask("PUT", &path)
            .bearer(&guest.token)
            .json(&json!({ "text": text }));
        house.send(asking)
    };
    let (first, second, code) = (message_id(), message_id(), message_id());
    send(first.clone(), "4242 4242").await.expect(201);
    let completed = send(second.clone(), "4242 4242").await.expect(201).json();
    assert_eq!(texts(&completed["turns"]), [MARK]);
    let answer = send(code.clone(), "123").await.expect(201).json();
    assert_eq!(texts(&answer["turns"]), ["[security code removed]"]);
    // A client that did not hear the answer sends the same again, and gets what is kept of it.
    for (id, text, kept) in [
        (first, "4242 4242", MARK),
        (second, "4242 4242", MARK),
        (code, "123", "[security code removed]"),
    ] {
        let again = send(id, text).await.expect(200).json();
        assert_eq!(texts(&again["turns"]), [kept]);
    }
    let all = read(&house, &guest, &conversation, "").await;
    assert_eq!(
        texts(&all["turns"]),
        [MARK, MARK, "[security code removed]"]
    );
}

/// Numbers of ordinary talk stay what they are.
#[tokio::test]
async fn ordinary_numbers_stay() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let conversation = house.conversation(&guest).await;
    let said = [
        "order 4242424",
        "size 42",
        "1010",
        "my phone is +43 660 1234567",
    ];
    for text in said {
        house.say(&guest, &conversation, text).await;
    }
    let all = read(&house, &guest, &conversation, "").await;
    let kept = texts(&all["turns"]);
    assert!(
        said.iter().all(|text| kept.contains(&(*text).to_owned())),
        "{kept:?}"
    );
}
