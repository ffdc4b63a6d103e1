//! The codec: what it reads, and everything it refuses.

mod calls;
mod link;
mod webhook;

use terms::{Money, MovementId, Timestamp};

use super::*;
use crate::gateway::{Direction, Event, HostedPayment, PaidWith, PaymentResult, Transfer};

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
