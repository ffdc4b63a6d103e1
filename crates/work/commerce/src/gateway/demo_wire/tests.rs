use proptest::prelude::*;
use terms::{Money, MovementId, Timestamp};

use super::*;
use crate::gateway::{
    Direction, Event, HostedPayment, NotBelieved, Outcome, PaidWith, PaymentResult, Transfer,
};

const NOW: i64 = 1_795_339_800_125;
const MOVEMENT: &str = "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10";

fn keys(byte: u8) -> Keys {
    Keys::derive(&Secret::new([byte; 32])).unwrap()
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn movement() -> MovementId {
    MOVEMENT.parse().unwrap()
}

fn dollars(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

fn payment() -> HostedPayment {
    HostedPayment {
        movement: movement(),
        order: "#W 2378156 & söhne".to_owned(),
        amount: dollars(3500),
        return_url: "http://127.0.0.1:8080/shop/?done=1".to_owned(),
        expires_at: at(NOW + 1_800_000),
    }
}

fn paid() -> Event {
    Event {
        id: "evt_1".to_owned(),
        movement: movement(),
        order: "#W2378156".to_owned(),
        amount: dollars(3500),
        result: PaymentResult::Paid {
            reference: "pay_1".to_owned(),
            method: PaidWith {
                kind: "card".to_owned(),
                brand: Some("visa".to_owned()),
                last4: Some("0042".to_owned()),
                token: "tok_visa_4242".to_owned(),
            },
        },
    }
}

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
        !link[8..].contains("//") && !link.to_lowercase().contains("%2f"),
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

#[test]
fn a_webhook_says_what_the_gateway_said() {
    let declined = Event {
        result: PaymentResult::Declined {
            reason: reasons::CARD_DECLINED.to_owned(),
        },
        ..paid()
    };
    for event in [paid(), declined] {
        let body = write_event(&event);
        let header = sign_webhook(&keys(1), &body, at(NOW));
        assert_eq!(
            read_webhook(&keys(1), Some(&header), &body, at(NOW)),
            Ok(event)
        );
    }
}

#[test]
fn a_webhook_altered_in_any_byte_is_not_believed() {
    let body = write_event(&paid());
    let header = sign_webhook(&keys(1), &body, at(NOW));
    for place in 0..body.len() {
        let mut altered = body.clone();
        altered[place] ^= 1;
        let read = read_webhook(&keys(1), Some(&header), &altered, at(NOW));
        assert_eq!(read, Err(NotBelieved::WrongSignature), "{place}");
    }
    for altered in [&body[1..], &body[..body.len() - 1], b""] {
        let read = read_webhook(&keys(1), Some(&header), altered, at(NOW));
        assert_eq!(read, Err(NotBelieved::WrongSignature));
    }
    let read = read_webhook(&keys(2), Some(&header), &body, at(NOW));
    assert_eq!(read, Err(NotBelieved::WrongSignature));
}

#[test]
fn a_webhook_is_believed_for_five_minutes_either_way() {
    let body = write_event(&paid());
    let header = sign_webhook(&keys(1), &body, at(NOW));
    let second = NOW.div_euclid(1000) * 1000;
    for (now, in_time) in [
        (second + 300_999, true),
        (second + 301_000, false),
        (second - 300_000, true),
        (second - 300_001, false),
        (0, false),
        (i64::MIN, false),
        (i64::MAX, false),
    ] {
        let read = read_webhook(&keys(1), Some(&header), &body, at(now));
        let expected = if in_time {
            Ok(paid())
        } else {
            Err(NotBelieved::OutOfTime)
        };
        assert_eq!(read, expected, "{now}");
    }
    // Signed with another time than it says.
    let (_, tag) = header.split_once(',').unwrap();
    let later = format!("t={},{tag}", second / 1000 + 1);
    let read = read_webhook(&keys(1), Some(&later), &body, at(NOW));
    assert_eq!(read, Err(NotBelieved::WrongSignature));
}

#[test]
fn a_signature_has_one_form() {
    let body = write_event(&paid());
    let good = sign_webhook(&keys(1), &body, at(NOW));
    let (time, tag) = good.split_once(',').unwrap();
    let seconds = time.strip_prefix("t=").unwrap();
    let hex = tag.strip_prefix("v1=").unwrap();
    let bad = [
        String::new(),
        " ".to_owned(),
        ",".to_owned(),
        time.to_owned(),
        tag.to_owned(),
        format!("{tag},{time}"),
        format!("{time},{time},{tag}"),
        format!("{time};{tag}"),
        format!("{time}, {tag}"),
        format!(" {good}"),
        format!("{good} "),
        format!("{good},"),
        format!("{good},x=1"),
        format!("{time},v0={hex}"),
        format!("{time},V1={hex}"),
        format!("{time},v1={}", hex.to_uppercase()),
        format!("{time},v1={}", &hex[2..]),
        format!("{time},v1={hex}00"),
        format!("{time},v1= {}", &hex[1..]),
        format!("{time},v1={}g", &hex[1..]),
        format!("{time},v1={}\u{e9}", &hex[2..]),
        format!("{time},v1="),
        format!("t=0{seconds},{tag}"),
        format!("t=+{seconds},{tag}"),
        format!("t=-{seconds},{tag}"),
        format!("t={seconds}.0,{tag}"),
        format!("t=,{tag}"),
        format!("t=9999999999999999999,{tag}"),
        format!("T={seconds},{tag}"),
        format!("{time},{tag},{tag},{tag},{tag},{tag}"),
        "null".to_owned(),
        hex.to_owned(),
    ];
    for header in &bad {
        let read = read_webhook(&keys(1), Some(header), &body, at(NOW));
        assert_eq!(read, Err(NotBelieved::NoSignature), "{header}");
    }
    let none = read_webhook(&keys(1), None, &body, at(NOW));
    assert_eq!(none, Err(NotBelieved::NoSignature));
}

#[test]
fn while_a_secret_is_changed_one_of_several_signatures_is_enough() {
    let body = write_event(&paid());
    let old = sign_webhook(&keys(2), &body, at(NOW));
    let new = sign_webhook(&keys(1), &body, at(NOW));
    let (_, new_tag) = new.split_once(',').unwrap();
    let both = format!("{old},{new_tag}");
    for byte in [1, 2] {
        assert_eq!(
            read_webhook(&keys(byte), Some(&both), &body, at(NOW)),
            Ok(paid())
        );
    }
    let neither = read_webhook(&keys(3), Some(&both), &body, at(NOW));
    assert_eq!(neither, Err(NotBelieved::WrongSignature));
}

#[test]
fn a_signed_body_that_is_no_event_is_none() {
    let good = String::from_utf8(write_event(&paid())).unwrap();
    let bad = [
        String::new(),
        "null".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        format!("{good}x"),
        format!("{good}{good}"),
        good.replace("\"id\":\"evt_1\"", "\"id\":\"\""),
        good.replace("\"id\":\"evt_1\"", "\"id\":\"a\\nb\""),
        good.replace("\"id\":\"evt_1\",", ""),
        good.replace("\"id\":\"evt_1\"", "\"id\":\"evt_1\",\"id\":\"evt_2\""),
        good.replace("\"id\":\"evt_1\"", "\"id\":\"evt_1\",\"extra\":1"),
        good.replace("3500", "0"),
        good.replace("3500", "-3500"),
        good.replace("3500", "3500.0"),
        good.replace("3500", "\"3500\""),
        good.replace("3500", "9007199254740992"),
        good.replace("USD", "usd"),
        good.replace(MOVEMENT, "x"),
        good.replace("\"paid\"", "\"lost\""),
        good.replace("\"card\"", "\"cheque\""),
        good.replace("0042", "42"),
        good.replace("0042", "4242424242424242"),
        good.replace("\"brand\"", "\"number\""),
    ];
    for body in &bad {
        let header = sign_webhook(&keys(1), body.as_bytes(), at(NOW));
        let read = read_webhook(&keys(1), Some(&header), body.as_bytes(), at(NOW));
        assert_eq!(read, Err(NotBelieved::NotAnEvent), "{body}");
    }
    let declined = r#"{"id":"e","movement":"0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10","order":"o","amount":1,"currency":"USD","result":{"declined":{"reason":"because"}}}"#;
    let header = sign_webhook(&keys(1), declined.as_bytes(), at(NOW));
    let read = read_webhook(&keys(1), Some(&header), declined.as_bytes(), at(NOW));
    assert_eq!(read, Err(NotBelieved::NotAnEvent));
}

const CALL: Request<'static> = Request {
    method: "POST",
    path: TRANSFERS_PATH,
    key: MOVEMENT,
    body: b"{}",
};

#[test]
fn a_call_is_signed_as_a_whole() {
    let header = sign_request(&keys(1), &CALL, at(NOW));
    let check = |request: &Request<'_>| check_request(&keys(1), Some(&header), request, at(NOW));
    assert_eq!(check(&CALL), Ok(()));
    for changed in [
        Request {
            method: "GET",
            ..CALL
        },
        Request {
            path: "/api/transfers/",
            ..CALL
        },
        Request { key: "", ..CALL },
        Request {
            body: b"{} ",
            ..CALL
        },
        // The same characters, divided in another way.
        Request {
            method: "POST/",
            path: "api/transfers",
            ..CALL
        },
    ] {
        assert_eq!(
            check(&changed),
            Err(NotBelieved::WrongSignature),
            "{changed:?}"
        );
    }
    let late = check_request(&keys(1), Some(&header), &CALL, at(NOW + 301_000));
    assert_eq!(late, Err(NotBelieved::OutOfTime));
    assert_eq!(
        check_request(&keys(1), None, &CALL, at(NOW)),
        Err(NotBelieved::NoSignature)
    );
}

/// What was signed for one use is worth nothing for another.
#[test]
fn signatures_are_for_one_use() {
    let call = sign_request(&keys(1), &CALL, at(NOW));
    let read = read_webhook(&keys(1), Some(&call), CALL.body, at(NOW));
    assert_eq!(read, Err(NotBelieved::WrongSignature));
    let webhook = sign_webhook(&keys(1), CALL.body, at(NOW));
    let checked = check_request(&keys(1), Some(&webhook), &CALL, at(NOW));
    assert_eq!(checked, Err(NotBelieved::WrongSignature));
}

#[test]
fn transfers_are_read_strictly() {
    let good = r#"{"movement":"0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10","direction":"refund","amount":3500,"currency":"USD","token":"tok_paypal","original":"pay_1"}"#;
    let read = read_transfer(good.as_bytes()).unwrap();
    let same = Transfer {
        movement: movement(),
        direction: Direction::Refund,
        amount: dollars(3500),
        token: "tok_paypal".to_owned(),
        original: Some("pay_1".to_owned()),
    };
    assert_eq!(read, TransferBody::from(&same));
    assert_eq!(serde_json::to_string(&read).unwrap(), good);
    for (from, to) in [
        ("refund", "gift"),
        ("refund", "charge"),
        ("3500", "0"),
        ("3500", "-1"),
        ("3500", "1e3"),
        ("3500", "null"),
        ("USD", "Dollar"),
        ("tok_paypal", ""),
        ("tok_paypal", "a\\tb"),
        ("\"pay_1\"", "\"\""),
        ("\"pay_1\"", "7"),
        ("\"original\"", "\"Original\""),
        ("}", ",\"token\":\"ext_1\"}"),
        ("}", "}{}"),
    ] {
        let bad = good.replace(from, to);
        assert!(read_transfer(bad.as_bytes()).is_err(), "{bad}");
    }
    let long = good.replace("tok_paypal", &"x".repeat(201));
    assert_eq!(
        read_transfer(long.as_bytes()),
        Err(BadTransfer::Text("token"))
    );
}

/// An error says where, and repeats nothing of what was sent.
#[test]
fn what_is_wrong_with_a_transfer_is_said_without_its_words() {
    let error = read_transfer(br#"{"token": "tok_secret", "x": 1}"#)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 1 column") && !error.contains("secret"),
        "{error}"
    );
}

#[test]
fn answers_are_words_of_the_gateway() {
    let read = |text: &str| {
        serde_json::from_str::<Answer>(text)
            .ok()
            .and_then(Answer::outcome)
    };
    let done = Outcome::Done {
        reference: "r".to_owned(),
    };
    assert_eq!(read(r#"{"reference":"r"}"#), Some(done));
    let declined = Outcome::Declined {
        reason: "card_declined".to_owned(),
    };
    assert_eq!(read(r#"{"declined":"card_declined"}"#), Some(declined));
    for bad in [
        "{}",
        r#"{"reference":""}"#,
        r#"{"declined":"because"}"#,
        r#"{"reference":"r","declined":"card_declined"}"#,
        r#""reference""#,
        r#"{"reference":null}"#,
    ] {
        assert_eq!(read(bad), None, "{bad}");
    }
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    assert_eq!(format!("{:?}", keys(1)), "Keys(..)");
    let event = EventBody::from(&paid());
    assert!(!format!("{event:?} {:?}", paid()).contains("4242"));
    let transfer = Transfer {
        movement: movement(),
        direction: Direction::Charge,
        amount: dollars(1),
        token: "tok_visa_4242".to_owned(),
        original: None,
    };
    assert!(!format!("{transfer:?} {:?}", TransferBody::from(&transfer)).contains("tok_"));
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

    #[test]
    fn nothing_that_is_sent_is_believed_or_panics(header in "\\PC{0,100}", body in any::<Vec<u8>>(), now in any::<i64>()) {
        prop_assert!(read_webhook(&keys(1), Some(&header), &body, at(now)).is_err());
        let call = Request { body: &body, ..CALL };
        prop_assert!(check_request(&keys(1), Some(&header), &call, at(now)).is_err());
        let _ = read_transfer(&body);
    }

    #[test]
    fn what_was_signed_is_read_without_a_panic(body in any::<Vec<u8>>(), now in any::<i64>()) {
        let header = sign_webhook(&keys(1), &body, at(now));
        let _ = read_webhook(&keys(1), Some(&header), &body, at(now));
    }
}
