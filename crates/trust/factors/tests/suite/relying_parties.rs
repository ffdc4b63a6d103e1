//! Which ids and origins go together.

use factors::webauthn::{RelyingParty, RelyingPartyError};

fn made(id: &str, origins: &[&str]) -> Result<RelyingParty, RelyingPartyError> {
    let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
    RelyingParty::new(id.to_owned(), "Shop".to_owned(), origins)
}

#[test]
fn a_domain_and_its_own_origins() {
    for (id, origins) in [
        ("shop.example", &["https://shop.example"][..]),
        (
            "shop.example",
            &["https://help.shop.example", "https://a.b.shop.example:8443"],
        ),
        ("xn--bcher-kva.example", &["https://xn--bcher-kva.example"]),
        (
            "localhost",
            &[
                "http://localhost",
                "http://localhost:8080",
                "https://localhost:8443",
            ],
        ),
        (
            "a-1.example",
            &["https://a-1.example:1", "https://a-1.example:65535"],
        ),
    ] {
        let relying_party = made(id, origins).unwrap();
        assert_eq!(relying_party.id(), id);
        assert_eq!(relying_party.origins(), origins);
        assert_eq!(relying_party.name(), "Shop");
    }
}

#[test]
fn an_id_is_a_domain() {
    for id in [
        "",
        "com",
        "shop",
        ".example",
        "shop..example",
        "shop.example.",
        "Shop.example",
        "https://shop.example",
        "shop.example:443",
        "shop.example/",
        "-shop.example",
        "shop-.example",
        "b\u{fc}cher.example",
        "127.0.0.1",
        "1.2.3.0x4",
        "[::1]",
        "sh op.example",
        "shop_1.example",
        &format!("{}.example", "a".repeat(64)),
        &format!("{}example", "abc.".repeat(64)),
    ] {
        let refused = made(id, &["https://shop.example"]);
        assert_eq!(refused, Err(RelyingPartyError::Id(id.to_owned())));
    }
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    for origin in [
        "",
        "shop.example",
        "http://shop.example",
        "http://localhost.shop.example",
        "https://shop.example/",
        "https://shop.example/login",
        "https://shop.example?",
        "https://shop.example#a",
        "https://shop.example:443",
        "https://shop.example:",
        "https://shop.example:0",
        "https://shop.example:08443",
        "https://shop.example:+8443",
        "https://shop.example:65536",
        "https://shop.example:8443:1",
        "https://SHOP.example",
        "HTTPS://shop.example",
        "https://shop.example.",
        "https://ada@shop.example",
        "https://*.shop.example",
        "https:///shop.example",
        "https://sh\u{f6}p.shop.example",
        " https://shop.example",
        "https://127.0.0.1",
        "wss://shop.example",
        "android:apk-key-hash:AAAA",
    ] {
        let refused = made("shop.example", &["https://shop.example", origin]);
        assert_eq!(refused, Err(RelyingPartyError::Origin(origin.to_owned())));
    }
    for origin in [
        "http://localhost:80",
        "http://127.0.0.1:8080",
        "http://localhost/",
    ] {
        let refused = made("localhost", &[origin]);
        assert_eq!(refused, Err(RelyingPartyError::Origin(origin.to_owned())));
    }
}

#[test]
fn an_origin_is_the_id_or_below_it() {
    for (id, origin) in [
        ("shop.example", "https://other.example"),
        ("shop.example", "https://evilshop.example"),
        ("shop.example", "https://shop.example.evil.example"),
        ("help.shop.example", "https://shop.example"),
        ("shop.example", "http://localhost:8080"),
        ("localhost", "https://shop.example"),
    ] {
        let expected = RelyingPartyError::OtherHost {
            origin: origin.to_owned(),
            id: id.to_owned(),
        };
        assert_eq!(made(id, &[origin]), Err(expected));
    }
    let none = RelyingPartyError::NoOrigin("shop.example".to_owned());
    assert_eq!(made("shop.example", &[]), Err(none));
}

#[test]
fn a_name_can_be_shown() {
    for name in ["", "a\nb", "\u{7f}", &"a".repeat(65)] {
        let origins = vec!["https://shop.example".to_owned()];
        let refused = RelyingParty::new("shop.example".to_owned(), name.to_owned(), origins);
        assert_eq!(refused, Err(RelyingPartyError::Name));
    }
}
