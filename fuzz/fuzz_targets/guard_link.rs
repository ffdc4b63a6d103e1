//! Any text gets a verdict that agrees with its score, and nothing but the shop's hosts is the shop's.
#![no_main]

use std::sync::LazyLock;

use guard::{LinkReason, ShopHosts, Verdict};
use libfuzzer_sys::fuzz_target;

static SHOP: LazyLock<ShopHosts> =
    LazyLock::new(|| ShopHosts::new(["bluetenhaus.example", "www.rosa24.co.uk"]));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let found = SHOP.verdict(&text);
    assert!(found.permille <= 1_000, "{found:?}");
    let own = found.reasons.contains(&LinkReason::OwnHost);
    match found.verdict {
        Verdict::Ok => assert!(own && found.permille < 500, "{found:?}"),
        Verdict::Unknown => assert!(!own && found.permille < 500, "{found:?}"),
        Verdict::Suspicious => assert!((500..850).contains(&found.permille), "{found:?}"),
        Verdict::Blocked => assert!(found.permille >= 850, "{found:?}"),
    }
    assert_eq!(
        SHOP.verdict(&text),
        found,
        "read again it is another verdict"
    );
    // Any text may also be the name of a shop.
    let named = ShopHosts::new([&*text]).verdict("https://bluetenhaus.example/");
    assert!(named.permille <= 1_000, "{named:?}");
});
