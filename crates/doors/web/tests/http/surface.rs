//! What is not there: no debug page, metric, banner or file of the repository (D26), and no path
//! under the API that is answered with something else (D21).

use crate::{
    client::{ask, get},
    house::{DEMO_HOST, TestHouse},
};

const PATHS: &[&str] = &[
    "/.git/config",
    "/.git/HEAD",
    "/.env",
    "/.well-known/security.txt",
    "/.DS_Store",
    "/Cargo.toml",
    "/parlour.toml",
    "/parlour.sqlite",
    "/keys/root.key",
    "/metrics",
    "/debug",
    "/debug/pprof/",
    "/server-status",
    "/actuator/health",
    "/actuator/env",
    "/docs",
    "/swagger",
    "/swagger-ui/index.html",
    "/redoc",
    "/graphql",
    "/admin",
    "/phpinfo.php",
    "/wp-login.php",
    "/trace",
    "/v1",
    "/v1/",
    "/v1/session/",
    "/v1/session.css",
    "/v1/session/x.css",
    "/v1/session;x.css",
    "/v1/session%2fx.js",
    "/v1//session",
    "//v1/session",
    "/V1/session",
    "/v1/staff",
    "/v1/staff/session/x.png",
    "/v1/staff/queue/x.js",
    "/v1/staff/../session",
    "/v2/session",
    "/widget",
    "/widget/",
    "/widget/v1/",
    "/widget/v1/frame.html",
    "/widget/v1/..%2f..%2fCargo.toml",
    "/widget/v1/%2e%2e/%2e%2e/Cargo.toml",
    "/widget/v1/loader.js/",
    "/widget/v1/loader.js.map",
    "/console/assets/",
    "/console/assets/..%2f..%2f.env",
    "/console/assets/%00",
    "/demo",
    "/demo/mailbox/",
];

#[tokio::test]
async fn what_is_not_there() {
    let house = TestHouse::open().await;
    let admin = house.admin().await;
    for path in PATHS {
        for asking in [
            get(path),
            get(path).staff_cookie(&admin.token),
            ask("POST", path),
            get(path).host(DEMO_HOST),
        ] {
            let what = format!("{} {path}", asking.method);
            let answer = house.send(asking).await;
            assert!(answer.header("server").is_none());
            assert!(answer.header("set-cookie").is_none());
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
            // Below /console, people get a page that says so.
            let page = answer.header("content-type") == Some("text/html; charset=utf-8");
            if page && path.starts_with("/console/") {
                answer.expect(404);
            } else if answer.status.as_u16() == 405 {
                answer.expect_problem(405, "method_not_allowed");
            } else {
                answer.expect_problem(404, "not_found");
            }
        }
    }
}

/// A real installation has neither the demo's pages nor its mailbox.
#[tokio::test]
async fn the_demo_is_the_demos() {
    let house = TestHouse::with(|settings| {
        settings.demo_shop = None;
        settings.mailbox = false;
        settings.mail = false;
    })
    .await;
    let guest = house.guest("alder").await;
    house
        .send(get("/demo/mailbox"))
        .await
        .expect_problem(404, "not_found");
    house
        .send(get("/shop/").host(DEMO_HOST))
        .await
        .expect_problem(421, "wrong_host");
    house
        .send(get("/shop/"))
        .await
        .expect_problem(404, "not_found");
    let code = ask("POST", "/v1/session/codes").bearer(&guest.token);
    house
        .send(code.json(&serde_json::json!({ "email": "mara@example.com" })))
        .await
        .expect_problem(503, "mail_off");
}

#[tokio::test]
async fn no_version_is_told() {
    let house = TestHouse::open().await;
    for path in ["/healthz", "/readyz", "/v1/nothing", "/console/sign-in"] {
        let answer = house.send(get(path)).await;
        let text = format!("{:?} {}", answer.headers, answer.text()).to_lowercase();
        for banner in ["axum", "hyper", "rust", env!("CARGO_PKG_VERSION"), "sqlite"] {
            // A version number inside a hash is none.
            assert!(!text.contains(&format!("{banner}/")), "{path}: {banner}");
            assert!(!text.contains(&format!(" {banner} ")), "{path}: {banner}");
        }
    }
}
