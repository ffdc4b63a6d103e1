//! Ten thousand accounts tried from as many networks (C08, C12): what the door answers, and who still gets in.

use factors::testing::Authenticator;
use serde_json::{Value, json};
use store::Database as _;

use crate::{
    client::{Answer, ORIGIN, ask, somewhere},
    house::{Signed, TestHouse, signed},
};

impl TestHouse {
    async fn signs_in(&self, guest: &Signed, device: &mut Authenticator) -> Answer {
        let begin = ask("POST", "/v1/session/sign-in").from(&somewhere());
        let begun = self.send(begin.bearer(&guest.token).json(&json!({}))).await;
        let begun = begun.expect(201).json();
        let response = device.get(&begun["options"]).unwrap();
        let path = format!(
            "/v1/session/sign-in/{}",
            begun["ceremony"].as_str().unwrap()
        );
        let finish = ask("POST", &path).from(&somewhere()).bearer(&guest.token);
        self.send(finish.json(&json!({ "response": response })))
            .await
    }

    /// A shopper who proved her address and made a passkey.
    async fn shopper_with_passkey(&self, email: &str) -> Authenticator {
        let proved = self.shopper("alder", email).await;
        let begin = ask("POST", "/v1/passkeys/ceremonies").bearer(&proved.token);
        let begun = self.send(begin.json(&json!({}))).await.expect(201).json();
        let mut device = Authenticator::new(ORIGIN).unwrap();
        let response = device.create(&begun["options"]).unwrap();
        let kept = json!({ "ceremony": begun["ceremony"], "response": response });
        let keep = ask("POST", "/v1/passkeys").bearer(&proved.token);
        self.send(keep.json(&kept)).await.expect(201);
        device
    }

    /// Asks for a code to an account's address, from a network of its own.
    async fn asks_for_a_code(&self, guest: &Signed, email: &str) -> Answer {
        let asking = ask("POST", "/v1/session/codes").from(&somewhere());
        self.send(asking.bearer(&guest.token).json(&json!({ "email": email })))
            .await
    }

    async fn gives_a_code(&self, guest: &Signed, request: &Value, code: &str) -> Answer {
        let path = format!("/v1/session/codes/{}", request.as_str().unwrap());
        let asking = ask("POST", &path).from(&somewhere()).bearer(&guest.token);
        self.send(asking.json(&json!({ "code": code }))).await
    }

    /// How often guessing was recorded.
    async fn noticed(&self) -> usize {
        let mut snapshot = self.database.inner.snapshot().await.unwrap();
        let rows = snapshot
            .unplaced_entries(self.shops[0], 10_000)
            .await
            .unwrap();
        let kind = "sign_in.guessing_noticed";
        rows.iter().filter(|row| row.kind == kind).count()
    }
}

/// What says how long to wait; the same whoever the account is of.
fn wait(answer: Answer) -> u64 {
    let told = answer.header("retry-after").map(str::to_owned);
    let problem = answer.expect_problem(429, "rate_limited");
    let seconds: u64 = told.unwrap().parse().unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains(&format!("wait {seconds} seconds")),
        "{detail}"
    );
    seconds
}

#[tokio::test]
async fn ten_thousand_accounts_from_as_many_networks_are_noticed_and_refused() {
    let house = TestHouse::open().await;
    let mut ada = house.shopper_with_passkey("ada@example.com").await;
    // Vera has a code in her mail already, and will be tried like everybody.
    let vera = house.guest("alder").await;
    let (hers, code) = house.code(&vera, "vera@example.com").await;

    let mut compared = 0;
    let mut held = 0;
    let stranger = house.guest("alder").await;
    for number in 0..10_000 {
        house.clock.advance_millis(6);
        let email = match number % 100 {
            99 => "vera@example.com".to_owned(),
            _ => format!("account-{number}@example.com"),
        };
        if held == 0 {
            let guest = house.guest("alder").await;
            let asked = house.asks_for_a_code(&guest, &email).await;
            if asked.status.as_u16() == 202 {
                let request = asked.json()["request"].clone();
                let given = house.gives_a_code(&guest, &request, "000000").await;
                given.expect_problem(422, "bad_code");
                compared += 1;
                continue;
            }
            assert!(wait(asked) <= 300);
        } else {
            // Nothing is read or written for it: one session may stand for all of them.
            let asked = house.asks_for_a_code(&stranger, &email).await;
            assert!(wait(asked) <= 300);
        }
        held += 1;
    }
    assert_eq!((compared, held), (100, 9_900));
    assert_eq!(house.noticed().await, 1);

    // Codes are refused, the right one too: no guess succeeds.
    let hers = json!(hers);
    wait(house.gives_a_code(&vera, &hers, &code).await);
    // Of another shop of the house nothing is held.
    let birch = house.guest("birch").await;
    let asked = house.asks_for_a_code(&birch, "vera@example.com").await;
    asked.expect(202);
    // A passkey signs in.
    let guest = house.guest("alder").await;
    let signed_in = signed(house.signs_in(&guest, &mut ada).await.expect(200).json());
    assert_eq!(signed_in.session["level"], "session");

    // When the wait is over, a code is good again.
    house.clock.advance(300);
    let later = house.guest("alder").await;
    let asked = house
        .asks_for_a_code(&later, "cy@example.com")
        .await
        .expect(202);
    let code = house.mailed_code("cy@example.com").await;
    let request = asked.json()["request"].clone();
    house
        .gives_a_code(&later, &request, &code)
        .await
        .expect(200);
}

/// Passkeys that nobody has: told to wait, while the owner of one signs in at the same door.
#[tokio::test]
async fn made_up_passkeys_are_told_to_wait_and_owners_get_in() {
    let house = TestHouse::open().await;
    let mut ada = house.shopper_with_passkey("ada@example.com").await;
    let (_, mut kim) = house.come_in_with_passkey(house.link(1)).await;
    let guest = house.guest("alder").await;
    let mut answers = Vec::new();
    for _ in 0..150 {
        let mut device = Authenticator::new(ORIGIN).unwrap();
        let made_up = json!({
            "challenge": "AAAA", "rp": { "id": "chat.alder.example" },
            "user": { "id": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
        });
        device.create(&made_up).unwrap();
        answers.push(house.signs_in(&guest, &mut device).await);
    }
    let refused = answers.iter().take_while(|one| one.status.as_u16() == 422);
    assert_eq!(refused.count(), 100);
    for answer in answers.into_iter().skip(100) {
        assert!(wait(answer) <= 300);
    }
    assert_eq!(house.noticed().await, 1);

    house
        .asks_for_a_code(&guest, "bo@example.com")
        .await
        .expect(202);
    house.signs_in(&guest, &mut ada).await.expect(200);
    let begin = ask("POST", "/v1/staff/sign-in").from(&somewhere());
    let begun = house.send(begin.json(&json!({}))).await.expect(201).json();
    let response = kim.get(&begun["options"]).unwrap();
    let path = format!("/v1/staff/sign-in/{}", begun["ceremony"].as_str().unwrap());
    let finish = ask("POST", &path).from(&somewhere());
    let finish = finish.json(&json!({ "response": response }));
    house.send(finish).await.expect(201);
}
