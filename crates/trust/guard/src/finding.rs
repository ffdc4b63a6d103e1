//! What a gate recognised, and where.

use serde::Serialize;

/// A stretch of the raw text, in Unicode code points, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FindingKind {
    CreditCard,
    CardSecurityCode,
    EmailAddress,
    PhoneNumber,
    /// Characters nobody sees: zero-width, bidirectional controls, tags, escape sequences.
    HiddenText,
    /// Text that imitates one of our own placeholders, such as `[EMAIL_1]`.
    PlaceholderLookalike,
}

impl FindingKind {
    /// The stable name, as in `CREDIT_CARD`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreditCard => "CREDIT_CARD",
            Self::CardSecurityCode => "CARD_SECURITY_CODE",
            Self::EmailAddress => "EMAIL_ADDRESS",
            Self::PhoneNumber => "PHONE_NUMBER",
            Self::HiddenText => "HIDDEN_TEXT",
            Self::PlaceholderLookalike => "PLACEHOLDER_LOOKALIKE",
        }
    }
}
