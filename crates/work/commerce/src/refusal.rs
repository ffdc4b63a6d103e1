//! Why a tool did not do what it was asked: a stable code, and a sentence that helps.

use core::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// The stable codes of refusals.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

codes! {
    /// Not there, or another's: the two look the same.
    NotFound = "not_found",
    NeedsLevel = "needs_level",
    NotPending = "not_pending",
    NotDelivered = "not_delivered",
    AlreadyChanged = "already_changed",
    Unavailable = "unavailable",
    OutOfStock = "out_of_stock",
    OtherProduct = "other_product",
    SameItem = "same_item",
    EmptyList = "empty_list",
    DuplicateLine = "duplicate_line",
    BadReason = "bad_reason",
    SameMethod = "same_method",
    MethodNotOwned = "method_not_owned",
    MethodNotAllowed = "method_not_allowed",
    GiftCardTooSmall = "gift_card_too_small",
    DiscountInvalid = "discount_invalid",
    OverLimit = "over_limit",
    ConsentMissing = "consent_missing",
    OnHold = "on_hold",
    NotConfirmed = "not_confirmed",
    Expired = "expired",
    AlreadyConfirmed = "already_confirmed",
    RateLimited = "rate_limited",
    BadArgument = "bad_argument",
    /// Staff: the order was not paid yet.
    NotPaid = "not_paid",
    /// Staff: the order is not at the step this one follows.
    NotReady = "not_ready",
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal. Its message is for the shopper and repeats nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    pub code: Code,
    pub message: String,
}

impl Refusal {
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// A given id as a message may show it: short, in backticks, nothing that could draw.
pub(crate) fn shown(id: &str) -> String {
    let clean: String = id
        .chars()
        .filter(|character| !character.is_control() && *character != '`')
        .take(64)
        .collect();
    format!("`{clean}`")
}
