//! The shop's front: who may set it up, what is refused, and who sees the widget on trial.

use serde_json::{Value, json};

use crate::{
    client::{Asking, ask, get},
    house::{Signed, TestHouse},
};

/// What is wrong with otherwise good settings.
type Change = fn(&mut Value);

fn settings(change: impl FnOnce(&mut Value)) -> Value {
    let mut settings = json!({
        "state": "live", "language": "en",
        "look": { "accent": "#1d5a4c", "radius": 18, "side": "right", "inset": 20, "rise": 20 },
    });
    change(&mut settings);
    settings
}

fn change(by: &Signed, version: i64, settings: &Value) -> Asking {
    ask("PUT", "/v1/staff/front")
        .bearer(&by.token)
        .json(&json!({ "version": version, "settings": settings }))
}

/// The smallest picture: one point.
fn picture() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01".to_vec();
    png.extend(b"\x08\x06\x00\x00\x00\x1f\x15\xc4\x89");
    png.extend(b"\x00\x00\x00\x00IEND\xaeB`\x82");
    png
}

#[tokio::test]
async fn settings_are_checked_and_follow_each_other() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let read = || get("/v1/staff/front").bearer(&admin.token);
    let first = house.send(read()).await.expect(200).json();
    assert_eq!(first["version"], 0);
    assert_eq!(first["settings"]["state"], "live");
    let tag = first["shop"]["tag"].as_str().unwrap();
    assert!(tag.contains("integrity=\"sha384-") && tag.contains("data-shop=\"alder\""));
    let red = settings(|settings| settings["look"]["accent"] = json!("#B3261E"));
    let second = house.send(change(&admin, 0, &red)).await.expect(200).json();
    assert_eq!(second["version"], 1);
    assert_eq!(second["settings"]["look"]["accent"], "#b3261e");
    house
        .send(change(&admin, 0, &red))
        .await
        .expect_problem(409, "conflict");
    let refused: [(&str, Change); 8] = [
        ("contrast of 1.", |it| {
            it["look"]["on_accent"] = json!("#1d5a4d")
        }),
        ("is no colour", |it| it["look"]["accent"] = json!("red")),
        ("`look.radius`", |it| it["look"]["radius"] = json!(29)),
        ("`language`", |it| it["language"] = json!("sv")),
        ("`texts.de.greeting`", |it| {
            it["texts"] = json!({ "de": { "greeting": "x".repeat(121) } })
        }),
        (
            "no time zone",
            |it| it["hours"] = json!({ "zone": "Berlin", "week": [[], [], [], [], [], [], []] }),
        ),
        ("seven days", |it| {
            it["hours"] = json!({ "zone": "UTC", "week": [[]] })
        }),
        ("surplus", |it| it["look"]["surplus"] = json!(1)),
    ];
    for (words, wrong) in refused {
        let answer = house.send(change(&admin, 1, &settings(wrong))).await;
        let problem = answer.expect_problem(400, "bad_argument");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(words), "{words}: {detail}");
    }
    assert_eq!(
        house.send(read()).await.json()["version"],
        1,
        "nothing was kept"
    );
    let theme = house.send(get("/widget/v1/theme/alder")).await.expect(200);
    assert!(
        theme.text().contains("--accent:#b3261e;") && theme.text().contains("--on-accent:#ffffff")
    );
}

#[tokio::test]
async fn on_trial_only_staff_see_the_widget() {
    let house = TestHouse::open().await;
    let (admin, agent) = (house.admin().await, house.agent().await);
    let trial = settings(|settings| settings["state"] = json!("trial"));
    house.send(change(&admin, 0, &trial)).await.expect(200);
    let frame = "/widget/v1/frame?shop=alder";
    let open = || {
        ask("POST", "/v1/shops/alder/sessions")
            .json(&json!({ "transport": "cookie" }))
            .own_page()
    };
    house.send(get(frame)).await.expect_problem(404, "not_live");
    house.send(open()).await.expect_problem(404, "not_live");
    let launch = house
        .send(get("/widget/v1/launch?shop=alder"))
        .await
        .expect(200);
    assert!(launch.text().contains("data-look=\"\""), "nothing is told");

    let make = ask("POST", "/v1/staff/front/previews").bearer(&agent.token);
    let made = house.send(make.json(&json!({}))).await.expect(201).json();
    let token = made["token"].as_str().unwrap().to_owned();
    let with = |token: &str| get(&format!("{frame}&preview={token}"));
    let shown = house.send(with(&token)).await.expect(200);
    let cookie = shown.header("set-cookie").unwrap().to_owned();
    assert!(cookie.starts_with(&format!("__Host-parlour-preview={token}; Max-Age=3600; ")));
    let policy = shown.header("content-security-policy").unwrap();
    assert!(
        policy.contains(
            "frame-ancestors https://alder.example https://www.alder.example:8443 'self'"
        )
    );
    let (pair, _) = cookie.split_once(';').unwrap();
    house
        .send(get(frame).header("cookie", pair))
        .await
        .expect(200);
    house.send(open().header("cookie", pair)).await.expect(201);

    // One character another, another shop's, made up, over: it shows nothing.
    for at in [0, 10, 25, 40, 70] {
        let mut other: Vec<char> = token.chars().collect();
        other[at] = if other[at] == 'A' { 'B' } else { 'A' };
        let other: String = other.into_iter().collect();
        house
            .send(with(&other))
            .await
            .expect_problem(404, "not_live");
    }
    for made_up in ["", "1", "true", &"A".repeat(75)] {
        house
            .send(with(made_up))
            .await
            .expect_problem(404, "not_live");
    }
    let others = house.other_shops_admin().await;
    let make = ask("POST", "/v1/staff/front/previews").bearer(&others.token);
    let theirs = house.send(make.json(&json!({}))).await.expect(201).json();
    let theirs = theirs["token"].as_str().unwrap();
    house
        .send(with(theirs))
        .await
        .expect_problem(404, "not_live");
    house.clock.advance(3_600);
    house
        .send(with(&token))
        .await
        .expect_problem(404, "not_live");
    house
        .send(get(frame).header("cookie", pair))
        .await
        .expect_problem(404, "not_live");
}

#[tokio::test]
async fn a_logo_is_a_picture() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    let put = |bytes: Vec<u8>| {
        ask("PUT", "/v1/staff/front/logo")
            .bearer(&admin.token)
            .body("application/octet-stream", bytes)
    };
    house.send(get("/widget/v1/logo/alder")).await.expect(404);
    house.send(put(picture())).await.expect(204);
    let logo = house.send(get("/widget/v1/logo/alder")).await.expect(200);
    assert_eq!(logo.body, picture());
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(logo.header(name), Some(value), "{name}");
    }
    let policy = logo.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"));
    for (bytes, words) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "SVG"),
        (b"GIF89a".to_vec(), "neither"),
        (Vec::new(), "neither"),
        (vec![0; 102_401], "100 KiB"),
    ] {
        let answer = house.send(put(bytes)).await;
        if answer.status == 413 {
            continue;
        }
        let problem = answer.expect_problem(400, "bad_argument");
        assert!(problem["detail"].as_str().unwrap().contains(words));
    }
    let page = house
        .send(get("/widget/v1/frame?shop=alder"))
        .await
        .expect(200);
    assert!(page.text().contains("/widget/v1/logo/alder"));
    let remove = ask("DELETE", "/v1/staff/front/logo").bearer(&admin.token);
    house.send(remove).await.expect(204);
    house.send(get("/widget/v1/logo/alder")).await.expect(404);
    house.send(get("/widget/v1/logo/birch")).await.expect(404);
}
