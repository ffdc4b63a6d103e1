use proptest::prelude::*;

use super::*;
use crate::gateway::{NotBelieved, Outcome};

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

proptest! {
    #[test]
    fn nothing_that_is_sent_is_believed_or_panics(header in "\\PC{0,100}", body in any::<Vec<u8>>(), now in any::<i64>()) {
        prop_assert!(read_webhook(&keys(1), Some(&header), &body, at(now)).is_err());
        let call = Request { body: &body, ..CALL };
        prop_assert!(check_request(&keys(1), Some(&header), &call, at(now)).is_err());
        let _ = read_transfer(&body);
    }
}
