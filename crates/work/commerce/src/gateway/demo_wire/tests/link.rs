use proptest::prelude::*;

use super::*;

fn fields(payment: &HostedPayment) -> Vec<(String, String)> {
    let fields = link_fields(&keys(1), payment);
    fields
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
}

fn read(fields: &[(String, String)]) -> Result<HostedPayment, LinkRefused> {
    read_link(&keys(1), fields, at(NOW))
}

#[test]
fn a_link_says_what_the_shop_said() {
    assert_eq!(read(&fields(&payment())), Ok(payment()));
    let link = payment_link(&keys(1), "http://127.0.0.1:8081", &payment());
    let start = format!(
        "http://127.0.0.1:8081/pay?m={MOVEMENT}&o=%23W%202378156%20%26%20s%C3%B6hne&a=3500&c=USD&r="
    );
    assert!(link.starts_with(&start), "{link}");
    // No address in clear inside the address: the guard takes such links out of answers.
    assert!(
        !link.get(8..).unwrap().contains("//") && !link.to_lowercase().contains("%2f"),
        "{link}"
    );
    let again = payment_link(&keys(1), "http://127.0.0.1:8081", &payment());
    assert_eq!(link, again);
}

#[test]
fn a_link_changed_in_any_field_is_refused() {
    let other = HostedPayment {
        movement: "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d11".parse().unwrap(),
        order: "#W2378157".to_owned(),
        amount: Money::new(1, "EUR".parse().unwrap()),
        return_url: "http://evil.example/".to_owned(),
        expires_at: at(NOW + 3_600_000),
    };
    let (good, other) = (fields(&payment()), fields(&other));
    for place in 0..good.len() {
        let mut changed = good.clone();
        changed[place] = other[place].clone();
        assert_eq!(read(&changed), Err(LinkRefused::WrongSignature), "{place}");
    }
    // Two neighbours that share their characters in another way.
    let mut moved = good.clone();
    moved[2].1 = "350".to_owned();
    moved[3].1 = "0USD".to_owned();
    assert_eq!(read(&moved), Err(LinkRefused::WrongSignature));
    assert_eq!(
        read_link(&keys(2), &good, at(NOW)),
        Err(LinkRefused::WrongSignature)
    );
}

#[test]
fn a_link_has_all_fields_once_and_no_other() {
    let good = fields(&payment());
    for place in 0..good.len() {
        let mut missing = good.clone();
        missing.remove(place);
        assert_eq!(read(&missing), Err(LinkRefused::Malformed));
        let mut twice = good.clone();
        twice.push(good[place].clone());
        assert_eq!(read(&twice), Err(LinkRefused::Malformed));
        let mut renamed = good.clone();
        renamed[place].0 = "x".to_owned();
        assert_eq!(read(&renamed), Err(LinkRefused::Malformed));
        let mut instead = good.clone();
        instead[place] = good[(place + 1) % good.len()].clone();
        assert_eq!(read(&instead), Err(LinkRefused::Malformed));
    }
    for bad in ["", "!", "AAAA", "ä"] {
        let mut unsigned = good.clone();
        unsigned[6].1 = bad.to_owned();
        assert_eq!(read(&unsigned), Err(LinkRefused::WrongSignature), "{bad}");
    }
}

#[test]
fn a_link_ends_when_it_says() {
    let end = payment().expires_at;
    let just_before = at(end.millis() - 1);
    assert!(read_link(&keys(1), &fields(&payment()), just_before).is_ok());
    assert_eq!(
        read_link(&keys(1), &fields(&payment()), end),
        Err(LinkRefused::Expired(Box::new(payment())))
    );
}

#[test]
fn what_the_shop_signed_may_still_be_refused() {
    let with = |change: &dyn Fn(&mut HostedPayment)| {
        let mut changed = payment();
        change(&mut changed);
        read(&fields(&changed))
    };
    for minor in [0, -1, i64::MIN, terms::LARGEST_AMOUNT + 1] {
        let refused = with(&|payment| payment.amount = dollars(minor));
        assert_eq!(refused, Err(LinkRefused::Malformed), "{minor}");
    }
    for order in [String::new(), "a\nb".to_owned(), "x".repeat(101)] {
        let refused = with(&|payment| payment.order.clone_from(&order));
        assert_eq!(refused, Err(LinkRefused::Malformed), "{order}");
    }
    for url in BAD_RETURN_URLS {
        let refused = with(&|payment| payment.return_url = (*url).to_owned());
        assert_eq!(refused, Err(LinkRefused::Malformed), "{url}");
    }
}

const BAD_RETURN_URLS: &[&str] = &[
    "",
    "/shop",
    "//shop.example",
    "javascript:alert(1)",
    "data://text/html,x",
    "ftp://shop.example",
    "http://",
    "http:///x",
    "http://user@shop.example/",
    "http://shop.example;script-src%20*/",
    "http://shop.example,evil/",
    "http://*.example/",
    "http://shop.example:/",
    "http://shop.example:port/",
    "http://shop.example:99999/",
    "http://shop.example:1:2/",
    "http://[::1/",
    "http://[x]/",
    "http://[::1]x/",
    "http://shop.example/a b",
    "http://shop.example/\r\nSet-Cookie:x",
    "http://shop.example\\@evil.example/",
    "http://shop.example/\"",
    "http://sh\u{f6}p.example/",
];

#[test]
fn return_addresses_have_an_origin() {
    for (url, origin) in [
        ("http://127.0.0.1:8080/shop?x#y", "http://127.0.0.1:8080"),
        ("https://shop.example", "https://shop.example"),
        (
            "https://shop.example?x=http://evil.example",
            "https://shop.example",
        ),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("http://[::1]/", "http://[::1]"),
    ] {
        assert_eq!(return_origin(url).as_deref(), Some(origin));
    }
    for bad in BAD_RETURN_URLS {
        assert_eq!(return_origin(bad), None, "{bad}");
    }
    assert_eq!(
        return_origin(&format!("http://a.example/{}", "x".repeat(1024))),
        None
    );
}

proptest! {
    #[test]
    fn any_order_and_address_come_back(order in "\\PC{1,100}", path in "[!#$%&()*+,./0-9:;=?@A-Z_a-z~-]{0,60}") {
        let sent = HostedPayment {
            order,
            return_url: format!("https://shop.example/{path}"),
            ..payment()
        };
        prop_assert_eq!(read(&fields(&sent)), Ok(sent));
    }
}
