//! Security headers on every answer of every route, whatever became of the request (D03, D04,
//! D09, D13, D21).

use axum::http::HeaderMap;
use serde_json::json;

use crate::{
    client::{Answer, Asking, ask, get},
    house::{DEMO_HOST, SHOP_ORIGINS, TestHouse},
    operations::{self, Filling, PAGES},
};

const POLICY: &str = "content-security-policy";
const YEAR: u64 = 31_536_000;

/// What is wrong with an answer's headers.
fn faults(answered: &str, answer: &Answer) -> Vec<String> {
    let headers = &answer.headers;
    let one = |name: &str| {
        let values: Vec<_> = headers.get_all(name).iter().collect();
        match values[..] {
            [value] => value.to_str().unwrap_or("(unreadable)").to_owned(),
            [] => "(none)".to_owned(),
            _ => "(several)".to_owned(),
        }
    };
    let mut faults = Vec::new();
    let mut demand = |holds: bool, name: &str| {
        if !holds {
            faults.push(format!("{name}: {}", one(name)));
        }
    };
    let transport = one("strict-transport-security");
    let age = transport
        .split(';')
        .find_map(|part| part.trim().strip_prefix("max-age=")?.parse::<u64>().ok());
    demand(
        age >= Some(YEAR) && transport.contains("includeSubDomains"),
        "strict-transport-security",
    );
    demand(
        one("x-content-type-options") == "nosniff",
        "x-content-type-options",
    );
    demand(one("referrer-policy") == "no-referrer", "referrer-policy");
    // The passkey window answers the frame that opened it, and the demo's shop page holds that frame.
    let opener = match answered {
        name if name.contains("/widget/v1/passkey") => "unsafe-none",
        name if name.ends_with("/shop/") => "same-origin-allow-popups",
        _ => "same-origin",
    };
    demand(
        one("cross-origin-opener-policy") == opener,
        "cross-origin-opener-policy",
    );
    demand(
        matches!(
            &*one("cross-origin-resource-policy"),
            "same-origin" | "cross-origin"
        ),
        "cross-origin-resource-policy",
    );
    let permissions = one("permissions-policy");
    demand(
        ["camera=()", "microphone=()", "geolocation=()", "payment=()"]
            .iter()
            .all(|off| permissions.contains(off)),
        "permissions-policy",
    );
    let policy = one(POLICY);
    demand(
        policy.starts_with("default-src 'none';")
            && policy.contains("base-uri 'none'")
            && policy.contains("frame-ancestors ")
            && !policy.contains("unsafe")
            && !policy.contains('*'),
        POLICY,
    );
    demand(!headers.contains_key("server"), "server");
    demand(!headers.contains_key("x-powered-by"), "x-powered-by");
    demand(
        !headers.contains_key("access-control-allow-credentials"),
        "access-control-allow-credentials",
    );
    let kind = one("content-type");
    let charset = kind.starts_with("application/")
        || kind == "text/event-stream"
        || kind == "image/svg+xml"
        || kind.ends_with("; charset=utf-8");
    demand(
        (answer.body.is_empty() && kind == "(none)") || charset,
        "content-type",
    );
    if answer.status.is_client_error() || answer.status.is_server_error() {
        let page = kind.starts_with("text/html");
        demand(page || kind == "application/problem+json", "content-type");
    }
    faults
}

fn is_asset(path: &str) -> bool {
    [".js", ".css", ".svg", "/theme/alder"]
        .iter()
        .any(|end| path.ends_with(end))
}

#[track_caller]
fn assert_sound(what: &str, answer: &Answer) {
    let faults = faults(what, answer);
    assert!(faults.is_empty(), "{what} ({}): {faults:?}", answer.status);
    let caching = answer.header("cache-control");
    if is_asset(what) && answer.status.is_success() {
        assert_eq!(caching, Some("public, no-cache"), "{what}");
    } else {
        assert_eq!(caching, Some("no-store"), "{what}");
    }
}

/// Sends it and reads the answer; of a stream, its head only.
async fn answer(house: &TestHouse, asking: Asking, stream: bool) -> Answer {
    if !stream {
        return house.send(asking).await;
    }
    let (parts, body) = house.respond(asking).await.into_parts();
    drop(body);
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: b"stream".to_vec(),
    }
}

#[tokio::test]
async fn every_operation_whatever_the_method_and_whoever_asks() {
    let house = TestHouse::open().await;
    let guest = house.guest("alder").await;
    let admin = house.admin().await;
    let filling = Filling {
        conversation: house.conversation(&guest).await,
        ..Filling::default()
    };
    for operation in operations::all() {
        let fits = operation.asking(&filling);
        for (who, asking) in [
            ("nobody", fits.clone()),
            ("a guest", fits.clone().bearer(&guest.token)),
            ("an admin", fits.clone().bearer(&admin.token)),
        ] {
            // Ending a session would leave the rest of the walk without one.
            if operation.method == "DELETE" && who != "nobody" {
                continue;
            }
            let answer = answer(&house, asking, operation.is_stream()).await;
            assert!(
                !answer.status.is_server_error(),
                "{}: {}",
                operation.name(),
                answer.text()
            );
            assert_sound(&format!("{} as {who}", operation.name()), &answer);
        }
        for method in ["PATCH", "TRACE", "PROPFIND", "OPTIONS"] {
            let mut asking = ask(method, &fits.path);
            asking.headers.clone_from(&fits.headers);
            let answer = house.send(asking).await;
            assert_sound(&format!("{method} {}", operation.path), &answer);
            assert_eq!(answer.status.as_u16(), 405, "{method} {}", operation.path);
            let allowed = answer.header("allow").unwrap_or_default();
            assert!(
                allowed
                    .split(',')
                    .any(|name| name.trim() == operation.method),
                "{method} {}: {allowed}",
                operation.path
            );
            assert!(!allowed.contains("TRACE") && !allowed.contains("CONNECT"));
        }
    }
}

#[tokio::test]
async fn every_page_and_asset() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    for path in PAGES {
        for (who, asking) in [
            ("nobody", get(path)),
            ("an admin", get(path).staff_cookie(&admin.token)),
            ("nobody, HEAD", ask("HEAD", path)),
        ] {
            let answer = house.send(asking).await;
            assert!(!answer.status.is_server_error(), "{path}");
            assert_sound(path, &answer);
            let kind = answer.header("content-type").unwrap_or_default().to_owned();
            if answer.status.is_success() {
                let expected = match path.rsplit('.').next() {
                    _ if path.contains("/theme/") => "text/css; charset=utf-8",
                    Some("js") => "text/javascript; charset=utf-8",
                    Some("css") => "text/css; charset=utf-8",
                    Some("svg") => "image/svg+xml",
                    Some("json") => "application/json",
                    _ => "text/html; charset=utf-8",
                };
                assert_eq!(kind, expected, "{path} for {who}");
            }
            if kind.starts_with("text/html") {
                assert_page_policy(path, &answer.headers);
            }
        }
        let refused = house.send(ask("DELETE", path)).await;
        assert_eq!(refused.status.as_u16(), 405, "{path}");
        assert_eq!(refused.header("allow"), Some("GET,HEAD"), "{path}");
    }
    for path in [
        "/",
        "/shop/",
        "/shop/shop.css",
        "/shop/icon.svg",
        "/shop/nothing",
    ] {
        let answer = house.send(get(path).host(DEMO_HOST)).await;
        let faults = faults(path, &answer);
        assert!(faults.is_empty(), "{path}: {faults:?}");
    }
}

#[track_caller]
fn assert_page_policy(path: &str, headers: &HeaderMap) {
    let policy = headers[POLICY].to_str().unwrap();
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "report-uri /csp-reports",
    ] {
        assert!(
            policy.split(';').any(|part| part.trim() == directive),
            "{path}: `{directive}` is not in `{policy}`"
        );
    }
    for scheme in ["http:", "https:", "data:", "blob:"] {
        let sources = policy.split("frame-ancestors").next().unwrap();
        assert!(!sources.contains(scheme), "{path}: {policy}");
    }
}

fn ancestors(answer: &Answer) -> String {
    let policy = answer.header(POLICY).unwrap();
    let found = policy
        .split(';')
        .find_map(|part| part.trim().strip_prefix("frame-ancestors "));
    found.unwrap().to_owned()
}

/// D03: the frame is for its shop's pages, everything else for nobody's.
#[tokio::test]
async fn who_may_frame() {
    let house = TestHouse::open().await;
    let frame = house.send(get("/widget/v1/frame?shop=alder")).await;
    let mut framers: Vec<String> = ancestors(&frame).split(' ').map(str::to_owned).collect();
    framers.sort_unstable();
    assert_eq!(framers, SHOP_ORIGINS);
    let other = house.send(get("/widget/v1/frame?shop=birch")).await;
    assert_eq!(ancestors(&other), "https://birch.example");
    for path in PAGES
        .iter()
        .filter(|path| !path.contains("frame") && !path.contains("launch"))
    {
        let answer = house.send(get(path)).await;
        assert_eq!(ancestors(&answer), "'none'", "{path}");
    }
    for refused in [
        "/widget/v1/frame",
        "/widget/v1/frame?shop=nobody",
        "/widget/v1/frame?shop=alder&x=1",
    ] {
        let answer = house.send(get(refused)).await;
        assert!(answer.status.is_client_error(), "{refused}");
        assert_eq!(ancestors(&answer), "'none'", "{refused}");
    }
}

/// Refusals by every layer, and failures.
#[tokio::test]
async fn refusals_and_failures() {
    let house = TestHouse::with(|settings| {
        settings.limits.request_time = core::time::Duration::from_millis(300);
        settings.limits.sessions_per_minute = core::num::NonZeroU32::new(2).unwrap();
    })
    .await;
    let guest = house.guest("alder").await;
    let open = ask("POST", "/v1/shops/alder/sessions").json(&json!({}));
    let oversize = ask("POST", "/v1/session/codes")
        .bearer(&guest.token)
        .body("application/json", vec![b' '; 140_000]);
    let not_json = ask("POST", "/v1/session/codes")
        .bearer(&guest.token)
        .body("text/plain", "{}");
    for (status, asking) in [
        (404, get("/v1/nothing")),
        (404, get("/widget/v1/nothing.js")),
        (404, get("/console/assets/nothing.js")),
        (401, get("/v1/session")),
        (421, get("/v1/session").host("evil.example")),
        (403, open.clone().header("origin", "https://evil.example")),
        (413, oversize),
        (415, not_json),
        (201, open.clone()),
        (429, open),
    ] {
        let what = format!("{asking:?}");
        let answer = house.send(asking).await;
        assert_eq!(answer.status.as_u16(), status, "{what}");
        assert_sound("", &answer);
    }
    house.database.fail();
    let down = house.send(get("/readyz")).await;
    assert_eq!(down.status.as_u16(), 503);
    assert_sound("", &down);
    house.database.hang();
    let slow = house.send(get("/readyz")).await;
    assert_eq!(slow.status.as_u16(), 503);
    assert_sound("", &slow);
}
