//! A webhook of any header and body: the first line is the header, the rest the body.
//!
//! As it came it is never believed. Signed by the target, so that what is behind the signature is
//! reached, it is an event that reads the same when it is written again, or it is not an event.
#![no_main]

use std::sync::LazyLock;

use commerce::gateway::{
    NotBelieved,
    demo_wire::{
        Keys, Request, TOLERANCE_SECONDS, check_request, read_transfer, read_webhook, sign_request,
        sign_webhook, write_event,
    },
};
use libfuzzer_sys::fuzz_target;
use terms::{Secret, Timestamp};

static KEYS: LazyLock<Keys> =
    LazyLock::new(|| Keys::derive(&Secret::new([7; 32])).expect("keys can be derived"));

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fuzz_target!(|bytes: &[u8]| {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    let header = lines.next().unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let header = core::str::from_utf8(header).ok();

    for unsigned in [None, header] {
        let refused = read_webhook(&KEYS, unsigned, body, NOW).expect_err("nobody signed this");
        assert_ne!(refused, NotBelieved::NotAnEvent, "it was read unsigned");
        assert_ne!(refused, NotBelieved::OutOfTime, "it was believed unsigned");
    }
    signed(body);
    at_another_time(header.unwrap_or_default(), body);
    if let Some(header) = header {
        beside_others(header, body);
    }
    call(header.unwrap_or_default(), body);
});

fn signed(body: &[u8]) {
    let stamp = sign_webhook(&KEYS, body, NOW);
    match read_webhook(&KEYS, Some(&stamp), body, NOW) {
        Ok(event) => {
            let again = write_event(&event);
            let stamp = sign_webhook(&KEYS, &again, NOW);
            let read = read_webhook(&KEYS, Some(&stamp), &again, NOW);
            assert_eq!(read, Ok(event), "written again it is another event");
            // One byte more, and it is not what was signed.
            let longer = [again.as_slice(), b" "].concat();
            let refused = read_webhook(&KEYS, Some(&stamp), &longer, NOW);
            assert_eq!(refused, Err(NotBelieved::WrongSignature));
        }
        Err(refused) => assert_eq!(refused, NotBelieved::NotAnEvent),
    }
}

/// Signed at the time that the header names.
fn at_another_time(header: &str, body: &[u8]) {
    let digits = header
        .trim_start_matches(|letter: char| !letter.is_ascii_digit())
        .split(|letter: char| !letter.is_ascii_digit())
        .next();
    let Some(seconds) = digits.and_then(|digits| digits.parse::<i64>().ok()) else {
        return;
    };
    let Some(millis) = seconds.checked_mul(1_000) else {
        return;
    };
    let stamp = sign_webhook(&KEYS, body, Timestamp::from_millis(millis));
    let read = read_webhook(&KEYS, Some(&stamp), body, NOW);
    let off = (NOW.millis() / 1_000).abs_diff(seconds);
    let in_time = off <= TOLERANCE_SECONDS.unsigned_abs();
    match read {
        Ok(_) | Err(NotBelieved::NotAnEvent) => assert!(in_time, "{off} seconds off"),
        Err(NotBelieved::OutOfTime) => assert!(!in_time, "{off} seconds off"),
        // More digits than a time has.
        Err(refused) => assert!(
            refused == NotBelieved::NoSignature && seconds >= 1_000_000_000_000,
            "{refused}"
        ),
    }
}

/// The right signature and, after it, whatever the header says.
fn beside_others(header: &str, body: &[u8]) {
    let stamp = format!("{},{header}", sign_webhook(&KEYS, body, NOW));
    match read_webhook(&KEYS, Some(&stamp), body, NOW) {
        Ok(_) | Err(NotBelieved::NotAnEvent | NotBelieved::NoSignature) => {}
        Err(refused) => panic!("{refused}"),
    }
}

/// The same bytes as a call of the shop to the gateway.
fn call(header: &str, body: &[u8]) {
    let request = Request {
        method: "POST",
        path: "/api/transfers",
        key: header,
        body,
    };
    let refused = check_request(&KEYS, Some(header), &request, NOW);
    assert!(refused.is_err(), "nobody signed this");
    let stamp = sign_request(&KEYS, &request, NOW);
    let believed = check_request(&KEYS, Some(&stamp), &request, NOW);
    assert_eq!(believed, Ok(()));
    // A signature of one use is worth nothing for the other.
    assert!(read_webhook(&KEYS, Some(&stamp), body, NOW).is_err());
    if let Ok(transfer) = read_transfer(body) {
        let again = serde_json::to_vec(&transfer).expect("a transfer has a JSON form");
        assert_eq!(read_transfer(&again), Ok(transfer));
    }
}
