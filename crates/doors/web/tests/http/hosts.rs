//! Which host is asked, and from where: D10, D11, D14.

use serde_json::json;

use crate::{
    client::{Asking, HOST, ORIGIN, ask, get},
    goods,
    house::{DEMO_HOST, SHOP_ORIGINS, TestHouse},
    operations::{self, Filling},
};

#[tokio::test]
async fn other_hosts_get_nothing() {
    let house = TestHouse::open().await;
    for host in [
        "evil.example",
        "localhost",
        "127.0.0.1",
        "chat.alder.example.evil.example",
        "evil.chat.alder.example",
        "chat.alder.example.",
        "chat.alder.example:8080",
        "chat.alder.example@evil.example",
        "",
    ] {
        for path in ["/v1/session", "/console/sign-in", "/openapi.json", "/"] {
            let problem = house.send(get(path).host(host)).await;
            let problem = problem.expect_problem(421, "wrong_host");
            assert!(!problem.to_string().contains("evil"), "{problem}");
        }
        house.send(get("/healthz").host(host)).await.expect(200);
    }
    let mut nameless = get("/v1/session");
    nameless.headers.clear();
    house.send(nameless).await.expect_problem(421, "wrong_host");
    house
        .send(get("/v1/session").host("Chat.Alder.Example"))
        .await
        .expect_problem(401, "needs_session");
}

#[tokio::test]
async fn a_host_is_named_once_and_by_the_client_itself() {
    let house = TestHouse::open().await;
    for header in ["x-forwarded-host", "forwarded", "x-host", "x-original-url"] {
        let value = match header {
            "forwarded" => format!("host={HOST}"),
            "x-original-url" => "/healthz".to_owned(),
            _ => HOST.to_owned(),
        };
        house
            .send(
                get("/v1/session")
                    .host("evil.example")
                    .header(header, &value),
            )
            .await
            .expect_problem(421, "wrong_host");
    }
    for (first, second) in [(HOST, "evil.example"), ("evil.example", HOST), (HOST, HOST)] {
        house
            .send(get("/v1/session").host(first).header("host", second))
            .await
            .expect_problem(400, "bad_host");
    }
    // The absolute form names the host; a Host header beside it must agree.
    let absolute = |host: &str| get(&format!("https://{host}/v1/session"));
    house
        .send(absolute(HOST))
        .await
        .expect_problem(401, "needs_session");
    house
        .send(absolute("evil.example").host("evil.example"))
        .await
        .expect_problem(421, "wrong_host");
    for (uri, header) in [(HOST, "evil.example"), ("evil.example", HOST)] {
        house
            .send(absolute(uri).host(header))
            .await
            .expect_problem(400, "bad_host");
    }
}

#[tokio::test]
async fn the_sample_shops_site_serves_nothing_of_parlour() {
    let house = TestHouse::open().await;
    house.send(get("/shop/").host(DEMO_HOST)).await.expect(200);
    for path in ["/v1/session", "/console/sign-in", "/widget/v1/loader.js"] {
        house
            .send(get(path).host(DEMO_HOST))
            .await
            .expect_problem(404, "not_found");
    }
    house.send(get("/shop/")).await.expect(404);
}

/// D10: no origin may read anything, but registered pages the loader.
#[tokio::test]
async fn cross_origin_reading() {
    let house = TestHouse::open().await;
    let allowed = "access-control-allow-origin";
    let loader = |origin: &str| get("/widget/v1/loader.js").header("origin", origin);
    for origin in SHOP_ORIGINS.iter().chain(&["https://birch.example"]) {
        let answer = house.send(loader(origin)).await.expect(200);
        assert_eq!(answer.header(allowed), Some(*origin));
        assert_eq!(answer.header("vary"), Some("accept-encoding, origin"));
    }
    for origin in [
        "null",
        "*",
        "https://evil.example",
        "https://alder.example.evil.example",
        "https://evilalder.example",
        "https://sub.alder.example",
        "http://alder.example",
        "https://alder.example:8443",
        "https://www.alder.example",
        "https://alder.example/",
        "https://alder.example ",
        "HTTPS://ALDER.EXAMPLE",
        "https://alder.example, https://evil.example",
        "https://help.alder.example",
        "help.alder.example",
    ] {
        let answer = house.send(loader(origin)).await.expect(200);
        assert_eq!(answer.header(allowed), None, "{origin}");
        assert_eq!(answer.header("vary"), Some("accept-encoding, origin"));
    }
    for path in operations::PAGES.iter().chain(&["/healthz", "/v1/session"]) {
        if path.ends_with("loader.js") {
            continue;
        }
        let answer = house
            .send(get(path).header("origin", SHOP_ORIGINS[0]))
            .await;
        assert_eq!(answer.header(allowed), None, "{path}");
    }
    for operation in operations::all() {
        let preflight = ask("OPTIONS", &operation.asking(&Filling::default()).path)
            .header("origin", SHOP_ORIGINS[0])
            .header("access-control-request-method", &operation.method)
            .header("access-control-request-headers", "x-parlour,content-type");
        let answer = house.send(preflight).await;
        let given: Vec<_> = answer
            .headers
            .keys()
            .filter(|name| name.as_str().starts_with("access-control-"))
            .collect();
        assert!(given.is_empty(), "{}: {given:?}", operation.name());
    }
}

/// D11: with a cookie, an unsafe request from anywhere else changes nothing.
#[tokio::test]
async fn forged_requests_are_refused() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let admin = house.admin().await;
    let filling = Filling {
        conversation: house.conversation(&guest).await,
        ..Filling::default()
    };
    let forgeries: &[(&str, &[(&str, &str)])] = &[
        ("without the header", &[]),
        ("from nowhere", &[("origin", "null"), ("x-parlour", "1")]),
        (
            "from a foreign origin",
            &[("origin", "https://evil.example"), ("x-parlour", "1")],
        ),
        (
            "from the shop's page",
            &[("origin", SHOP_ORIGINS[0]), ("x-parlour", "1")],
        ),
        (
            "over plain HTTP",
            &[("origin", "http://chat.alder.example"), ("x-parlour", "1")],
        ),
        (
            "from another port",
            &[
                ("origin", "https://chat.alder.example:444"),
                ("x-parlour", "1"),
            ],
        ),
        (
            "cross-site",
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", ORIGIN),
                ("x-parlour", "1"),
            ],
        ),
        (
            "same-site",
            &[("sec-fetch-site", "same-site"), ("x-parlour", "1")],
        ),
    ];
    let mut tried = 0;
    for operation in operations::all().iter().filter(|one| one.changes()) {
        for (how, headers) in forgeries {
            let cookies = format!(
                "__Host-parlour={}; __Host-parlour-staff={}",
                guest.token, admin.token
            );
            let mut asking = operation.asking(&filling).header("cookie", &cookies);
            for (name, value) in *headers {
                asking = asking.header(name, value);
            }
            let before = house.version().await;
            let answer = house.send(asking).await;
            assert_eq!(answer.status.as_u16(), 403, "{} {how}", operation.name());
            answer.expect_problem(403, "cross_site");
            assert_eq!(before, house.version().await, "{} {how}", operation.name());
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried}");
    let own = |asking: Asking| asking.shopper_cookie(&guest.token).own_page();
    house
        .send(own(ask("DELETE", "/v1/session")))
        .await
        .expect(204);
}

/// A session in a cookie is opened by Parlour's own pages only, so that nobody is signed in by
/// another site.
#[tokio::test]
async fn nobody_is_signed_in_by_another_site() {
    let house = TestHouse::open().await;
    let wish = json!({ "transport": "cookie" });
    let open = ask("POST", "/v1/shops/alder/sessions").json(&wish);
    house
        .send(open.clone())
        .await
        .expect_problem(403, "cross_site");
    house
        .send(open.clone().header("sec-fetch-site", "cross-site"))
        .await
        .expect_problem(403, "cross_site");
    let answer = house.send(open.own_page()).await.expect(201);
    assert!(answer.header("set-cookie").is_some());
    let sign_in = ask("POST", "/v1/staff/sessions").json(&json!({ "token": house.link(0) }));
    house
        .send(sign_in.clone().header("origin", "https://evil.example"))
        .await
        .expect_problem(403, "cross_site");
    let without = house.send(sign_in).await.expect(201);
    assert!(without.header("set-cookie").is_none());
}

/// D11: reading changes nothing, but the ledger of what was read.
#[tokio::test]
async fn reading_changes_nothing() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let admin = house.admin().await;
    let filling = Filling {
        conversation: house.conversation(&guest).await,
        order: goods::number("read_order", "admin"),
        ..Filling::default()
    };
    let recorded = [
        "read_conversation",
        "read_conversation_turns",
        "list_orders",
        "read_order",
        "list_questions",
        "suggest_answer",
    ];
    let mut seen = 0;
    for operation in operations::all().iter().filter(|one| !one.changes()) {
        for token in [&guest.token, &admin.token] {
            let cookies = format!(
                "__Host-parlour={}; __Host-parlour-staff={token}",
                guest.token
            );
            let before = (house.version().await, house.rows().await);
            let asking = operation.asking(&filling).header("cookie", &cookies);
            let response = house.respond(asking).await;
            let status = response.status();
            drop(response);
            let after = (house.version().await, house.rows().await);
            let staff = token == &admin.token;
            if staff && recorded.contains(&operation.id.as_str()) {
                assert_eq!(status.as_u16(), 200);
                assert_eq!(
                    after.1.entries,
                    before.1.entries + 1,
                    "{}",
                    operation.name()
                );
                assert_eq!(after.1.others, before.1.others, "{}", operation.name());
                seen += 1;
            } else {
                assert_eq!(after, before, "{}", operation.name());
            }
        }
    }
    assert_eq!(seen, recorded.len());
    for path in operations::PAGES {
        let before = house.version().await;
        house.send(get(path).staff_cookie(&admin.token)).await;
        assert_eq!(before, house.version().await, "{path}");
    }
}

/// D14: rates are counted by the address that asks; who is not a trusted proxy cannot name another.
#[tokio::test]
async fn forwarded_addresses() {
    let house = TestHouse::with(|settings| {
        settings.limits.sessions_per_minute = core::num::NonZeroU32::new(2).unwrap();
    })
    .await;
    let open = |from: &str, forwarded: &str| {
        ask("POST", "/v1/shops/alder/sessions")
            .json(&json!({}))
            .from(from)
            .header("x-forwarded-for", forwarded)
            .header("x-real-ip", forwarded)
            .header("forwarded", &format!("for={forwarded}"))
    };
    let stranger = "203.0.113.9:1000";
    for (count, status) in [(1, 201), (2, 201), (3, 429), (4, 429)] {
        let asking = open(stranger, &format!("192.0.2.{count}"));
        house.send(asking).await.expect(status);
    }
    let proxy = "10.0.0.1:1000";
    for (count, status) in [(1, 201), (2, 201), (3, 201)] {
        let asking = open(proxy, &format!("192.0.2.{count}"));
        house.send(asking).await.expect(status);
    }
    for (spoofed, status) in [(7, 201), (8, 429)] {
        let asking = open(proxy, &format!("198.51.100.{spoofed}, 192.0.2.3"));
        house.send(asking).await.expect(status);
    }
}
