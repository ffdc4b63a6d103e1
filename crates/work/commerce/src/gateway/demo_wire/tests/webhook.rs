use proptest::prelude::*;

use super::*;
use crate::gateway::NotBelieved;

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
        format!("{time},v1={}", hex.get(2..).unwrap()),
        format!("{time},v1={hex}00"),
        format!("{time},v1= {}", hex.get(1..).unwrap()),
        format!("{time},v1={}g", hex.get(1..).unwrap()),
        format!("{time},v1={}\u{e9}", hex.get(2..).unwrap()),
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

proptest! {
    #[test]
    fn what_was_signed_is_read_without_a_panic(body in any::<Vec<u8>>(), now in any::<i64>()) {
        let header = sign_webhook(&keys(1), &body, at(now));
        let _ = read_webhook(&keys(1), Some(&header), &body, at(now));
    }
}
