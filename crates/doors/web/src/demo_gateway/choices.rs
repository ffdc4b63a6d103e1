//! What a shopper can choose on the page: test methods and ways the webhook comes.

use commerce::gateway::{PaidWith, demo_wire::reasons};

/// A way to pay, or to be declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Method {
    /// The value in the form.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// The last digits, for a card.
    pub(super) last4: Option<&'static str>,
    pub(super) hint: &'static str,
    kind: &'static str,
    brand: Option<&'static str>,
    token: &'static str,
    declined: Option<&'static str>,
}

/// The token of the card that pays on the page and declines every charge and refund after that.
const DECLINES_LATER: &str = "tok_declines_later";

pub(super) const METHODS: [Method; 6] = [
    Method {
        name: "visa_4242",
        label: "Visa",
        last4: Some("4242"),
        hint: "Pays at once",
        kind: "card",
        brand: Some("visa"),
        token: "tok_visa_4242",
        declined: None,
    },
    Method {
        name: "mastercard_4444",
        label: "Mastercard",
        last4: Some("4444"),
        hint: "Pays at once",
        kind: "card",
        brand: Some("mastercard"),
        token: "tok_mastercard_4444",
        declined: None,
    },
    Method {
        name: "paypal",
        label: "PayPal",
        last4: None,
        hint: "Pays at once",
        kind: "paypal",
        brand: None,
        token: "tok_paypal",
        declined: None,
    },
    Method {
        name: "declines_later",
        label: "A card that declines later",
        last4: Some("0341"),
        hint: "Pays at once; charges and refunds after that are declined",
        kind: "card",
        brand: Some("visa"),
        token: DECLINES_LATER,
        declined: None,
    },
    Method {
        name: "insufficient_funds",
        label: "A card without enough money",
        last4: None,
        hint: "Is declined: insufficient_funds",
        kind: "card",
        brand: None,
        token: "",
        declined: Some(reasons::INSUFFICIENT_FUNDS),
    },
    Method {
        name: "card_declined",
        label: "A card its bank refuses",
        last4: None,
        hint: "Is declined: card_declined",
        kind: "card",
        brand: None,
        token: "",
        declined: Some(reasons::CARD_DECLINED),
    },
];

impl Method {
    pub(super) fn named(name: &str) -> Option<Self> {
        METHODS.into_iter().find(|method| method.name == name)
    }

    /// Whether the gateway gave this token to a shop.
    pub(super) fn issued(token: &str) -> bool {
        !token.is_empty() && METHODS.iter().any(|method| method.token == token)
    }

    /// Whether the bank behind this token moves money when a shop asks for it.
    pub(super) fn declines_later(token: &str) -> bool {
        token == DECLINES_LATER
    }

    /// What the shop learns of the method, or why it is declined.
    pub(super) fn outcome(self) -> Result<PaidWith, &'static str> {
        match self.declined {
            Some(reason) => Err(reason),
            None => Ok(PaidWith {
                kind: self.kind.to_owned(),
                brand: self.brand.map(str::to_owned),
                last4: self.last4.map(str::to_owned),
                token: self.token.to_owned(),
            }),
        }
    }
}

/// When, and how often, the shop hears of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    AtOnce,
    Delayed,
    Thrice,
    Never,
}

/// Values in the form, and what they say on the page.
pub(super) const TELLINGS: [(&str, &str, Telling); 4] = [
    ("at_once", "At once", Telling::AtOnce),
    ("delayed", "After 10 seconds", Telling::Delayed),
    ("duplicate", "Three times", Telling::Thrice),
    ("never", "Not at all", Telling::Never),
];

impl Telling {
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut tellings = TELLINGS.into_iter();
        tellings
            .find(|(known, ..)| *known == name)
            .map(|(_, _, telling)| telling)
    }
}
