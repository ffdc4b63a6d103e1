//! Sessions in cookies and headers: D08, C18.

use factors::testing::Authenticator;
use serde_json::json;

use crate::{
    client::{Answer, Asking, ORIGIN, ask, get},
    house::{Signed, TestHouse},
};

/// The cookie an answer sets: its name, its value, its attributes in order.
fn cookie(answer: &Answer) -> (String, String, Vec<String>) {
    let line = answer.header("set-cookie").unwrap();
    let mut parts = line.split("; ").map(str::to_owned);
    let pair = parts.next().unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    (name.to_owned(), value.to_owned(), parts.collect())
}

fn by_widget(asking: Asking, token: &str) -> Asking {
    asking.shopper_cookie(token).own_page()
}

async fn opened_in_a_cookie(house: &TestHouse) -> Answer {
    let open = ask("POST", "/v1/shops/alder/sessions");
    let open = open.json(&json!({ "transport": "cookie" })).own_page();
    house.send(open).await.expect(201)
}

#[tokio::test]
async fn the_widgets_cookie() {
    let house = TestHouse::open().await;
    let answer = opened_in_a_cookie(&house).await;
    let (name, token, attributes) = cookie(&answer);
    assert_eq!(name, "__Host-parlour");
    assert_eq!(
        attributes,
        [
            "Max-Age=604800",
            "Path=/",
            "Secure",
            "HttpOnly",
            "SameSite=None",
            "Partitioned"
        ]
    );
    assert!(
        answer.json().get("token").is_none(),
        "out of reach of scripts"
    );
    assert!(!answer.text().contains(&token));
    house
        .send(get("/v1/session").shopper_cookie(&token))
        .await
        .expect(200);
    let ended = house
        .send(by_widget(ask("DELETE", "/v1/session"), &token))
        .await
        .expect(204);
    // The session, and the language that was chosen: nothing is left on the device.
    let gone = ended.headers.get_all("set-cookie").iter();
    let gone: Vec<&str> = gone.map(|line| line.to_str().unwrap()).collect();
    let attributes = "Max-Age=0; Path=/; Secure; HttpOnly; SameSite=None; Partitioned";
    assert_eq!(
        gone,
        [
            format!("__Host-parlour=; {attributes}"),
            format!("__Host-parlour-language=; {attributes}"),
        ]
    );
    assert_eq!(
        ended.header("clear-site-data"),
        Some("\"cache\", \"storage\"")
    );
    house
        .send(get("/v1/session").shopper_cookie(&token))
        .await
        .expect_problem(401, "needs_session");
}

#[tokio::test]
async fn the_staffs_cookie() {
    let house = TestHouse::open().await;
    let sign_in = || {
        ask("POST", "/v1/staff/sessions")
            .json(&json!({ "token": house.link(1) }))
            .own_page()
    };
    let answer = house.send(sign_in()).await.expect(201);
    let (name, by_link, attributes) = cookie(&answer);
    assert_eq!(name, "__Host-parlour-staff");
    // A link opens half an hour in which a passkey may be set up.
    assert_eq!(attributes[0], "Max-Age=1800");
    assert_eq!(answer.json()["proved_by"], "link");
    assert!(answer.json().get("token").is_none());
    assert_ne!(by_link, house.link(1), "the link's token is no session");
    house.send(sign_in()).await.expect_problem(410, "expired");
    house
        .send(get("/v1/staff/queue").staff_cookie(&by_link))
        .await
        .expect_problem(403, "needs_factor");

    let own = |method, path: &str, body| {
        let asking = ask(method, path).staff_cookie(&by_link).own_page();
        house.send(asking.json(&body))
    };
    let begun = own("POST", "/v1/staff/passkeys/ceremonies", json!({})).await;
    let begun = begun.expect(201).json();
    let mut device = Authenticator::new(ORIGIN).unwrap();
    let response = device.create(&begun["options"]).unwrap();
    let kept = json!({ "ceremony": begun["ceremony"], "response": response });
    let answer = own("POST", "/v1/staff/passkeys", kept).await.expect(201);
    let (name, token, attributes) = cookie(&answer);
    assert_eq!(name, "__Host-parlour-staff");
    assert_eq!(
        attributes,
        [
            "Max-Age=43200",
            "Path=/",
            "Secure",
            "HttpOnly",
            "SameSite=Strict"
        ]
    );
    assert_eq!(answer.json()["session"]["proved_by"], "passkey");
    // C18: a new session at every rise; what was known of the old one is worth nothing.
    assert_ne!(token, by_link);
    house
        .send(get("/v1/staff/session").staff_cookie(&by_link))
        .await
        .expect_problem(401, "needs_session");
    let ended = ask("DELETE", "/v1/staff/session")
        .staff_cookie(&token)
        .own_page();
    let (_, value, attributes) = cookie(&house.send(ended).await.expect(204));
    assert_eq!((value.as_str(), attributes[0].as_str()), ("", "Max-Age=0"));
    for path in ["/v1/staff/session", "/v1/staff/queue", "/v1/staff/events"] {
        house
            .send(get(path).staff_cookie(&token))
            .await
            .expect_problem(401, "needs_session");
    }
    let page = house.send(get("/console/inbox").staff_cookie(&token)).await;
    assert_eq!(
        page.expect(303).header("location"),
        Some("/console/sign-in")
    );
}

/// C18: proving an address gives a new session; what was known of the old one is worth nothing.
#[tokio::test]
async fn no_session_is_fixed() {
    let house = TestHouse::open().await;
    let (_, planted, _) = cookie(&opened_in_a_cookie(&house).await);
    let before = house
        .send(get("/v1/session").shopper_cookie(&planted))
        .await
        .json();
    let ask_code = ask("POST", "/v1/session/codes").json(&json!({ "email": "mara@example.com" }));
    let request = house
        .send(by_widget(ask_code, &planted))
        .await
        .expect(202)
        .json();
    let code = house.mailed_code("mara@example.com").await;
    let path = format!("/v1/session/codes/{}", request["request"].as_str().unwrap());
    let give = || by_widget(ask("POST", &path).json(&json!({ "code": code })), &planted);
    let proved = house.send(give()).await.expect(200);
    let (_, fresh, _) = cookie(&proved);
    assert_ne!(fresh, planted);
    assert_ne!(proved.json()["session"], before["session"]);
    assert_eq!(proved.json()["level"], "session");
    house
        .send(get("/v1/session").shopper_cookie(&planted))
        .await
        .expect_problem(401, "needs_session");
    house
        .send(give())
        .await
        .expect_problem(401, "needs_session");
    let now = house.send(get("/v1/session").shopper_cookie(&fresh)).await;
    assert_eq!(now.json()["email"], "m•••@example.com");
    // A session that a client made up is not taken over by opening one.
    let made_up = "A".repeat(43);
    let open = ask("POST", "/v1/shops/alder/sessions").json(&json!({ "transport": "cookie" }));
    let answer = house.send(by_widget(open, &made_up)).await.expect(201);
    assert_ne!(cookie(&answer).1, made_up);
}

/// A code is good for the session that asked for it only.
#[tokio::test]
async fn anothers_code_is_worth_nothing() {
    let house = TestHouse::open().await;
    let (asker, thief) = (house.guest("alder").await, house.guest("alder").await);
    let (request, code) = house.code(&asker, "mara@example.com").await;
    let give = |who: &Signed, code: &str| {
        ask("POST", &format!("/v1/session/codes/{request}"))
            .bearer(&who.token)
            .json(&json!({ "code": code }))
    };
    house
        .send(give(&thief, &code))
        .await
        .expect_problem(410, "expired");
    let wrong = if code == "111111" { "222222" } else { "111111" };
    house
        .send(give(&asker, wrong))
        .await
        .expect_problem(422, "bad_code");
    house.send(give(&asker, &code)).await.expect(200);
    let (request, code) = house.code(&thief, "mara@example.com").await;
    house.clock.advance(601);
    let late = ask("POST", &format!("/v1/session/codes/{request}"))
        .bearer(&thief.token)
        .json(&json!({ "code": code }));
    house.send(late).await.expect_problem(410, "expired");
}

#[tokio::test]
async fn one_kind_of_credential_is_not_the_other() {
    let house = TestHouse::open().await;
    let (guest, admin) = (house.guest("alder").await, house.admin().await);
    for (path, wrong, right) in [
        ("/v1/session", &admin, &guest),
        ("/v1/conversations", &admin, &guest),
        ("/v1/staff/session", &guest, &admin),
        ("/v1/staff/queue", &guest, &admin),
    ] {
        for asking in [
            get(path).bearer(&wrong.token),
            get(path).shopper_cookie(&wrong.token),
            get(path).staff_cookie(&wrong.token),
            get(path).bearer(house.link(2)),
        ] {
            house
                .send(asking)
                .await
                .expect_problem(401, "needs_session");
        }
        house.send(get(path).bearer(&right.token)).await.expect(200);
    }
    house
        .send(get("/v1/session").staff_cookie(&guest.token))
        .await
        .expect_problem(401, "needs_session");
    house
        .send(get("/v1/staff/session").shopper_cookie(&admin.token))
        .await
        .expect_problem(401, "needs_session");
}

/// With an `Authorization` header the cookie is not looked at, whatever the header says.
#[tokio::test]
async fn a_bearer_token_goes_before_a_cookie() {
    let house = TestHouse::open().await;
    let (one, two) = (house.guest("alder").await, house.guest("alder").await);
    let both = get("/v1/session")
        .shopper_cookie(&one.token)
        .bearer(&two.token);
    let answer = house.send(both).await.expect(200).json();
    assert_eq!(answer["session"], two.session["session"]);
    let made_up = "A".repeat(43);
    for header in [
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "bearer x y",
        &format!("Bearer {made_up}"),
        &format!("Bearer {}x", one.token),
        &format!("Token {}", one.token),
        &one.token,
    ] {
        let asking = get("/v1/session")
            .shopper_cookie(&one.token)
            .header("authorization", header);
        let answer = house.send(asking).await;
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        answer.expect_problem(401, "needs_session");
    }
}

/// C20: sessions end by themselves.
#[tokio::test]
async fn sessions_run_out() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let guest = house.guest("alder").await;
    let shopper = house.shopper("alder", "mara@example.com").await;
    let staffs = || get("/v1/staff/session").bearer(&admin.token);
    let shoppers = || get("/v1/session").bearer(&shopper.token);
    for _ in 0..3 {
        house.clock.advance(14 * 60);
        house.send(staffs()).await.expect(200);
    }
    house.send(shoppers()).await.expect(200);
    house.clock.advance(15 * 60 + 1);
    house
        .send(staffs())
        .await
        .expect_problem(401, "needs_session");
    house.clock.advance(3_600);
    house
        .send(shoppers())
        .await
        .expect_problem(401, "needs_session");
    let guests = || get("/v1/session").bearer(&guest.token);
    house.send(guests()).await.expect(200);
    house.clock.advance(7 * 24 * 3_600);
    house
        .send(guests())
        .await
        .expect_problem(401, "needs_session");
}

#[tokio::test]
async fn the_language_she_chose() {
    let house = TestHouse::open().await;
    let choose = |language: &str| {
        ask("PUT", "/v1/language")
            .json(&json!({ "language": language }))
            .own_page()
    };
    let (name, value, attributes) = cookie(&house.send(choose("pl")).await.expect(204));
    assert_eq!(
        (name.as_str(), value.as_str()),
        ("__Host-parlour-language", "pl")
    );
    assert_eq!(
        attributes,
        [
            "Max-Age=15768000",
            "Path=/",
            "Secure",
            "HttpOnly",
            "SameSite=None",
            "Partitioned"
        ]
    );
    let frame =
        get("/widget/v1/frame?shop=alder&locale=de").header("cookie", "__Host-parlour-language=pl");
    let page = house.send(frame).await.expect(200);
    assert!(page.text().contains("<html lang=\"pl\" dir=\"ltr\">"));
    for odd in ["", "xx", "PL", "pl; Domain=evil.example", "de-AT"] {
        let answer = house.send(choose(odd)).await;
        answer.expect_problem(400, "bad_argument");
    }
}
