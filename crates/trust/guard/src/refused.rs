//! Why a gate did not let something through.

/// A gate refused its input. The text is meant for the person who typed it and never repeats what
/// she typed, because it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the text is empty: expected at least one visible character")]
    Empty,
    #[error(
        "the text has {length} characters: at most {most} are allowed, send the rest separately"
    )]
    TooLong { length: usize, most: usize },
    #[error(
        "this is not an e-mail address this shop can write to: expected a form such as `name@example.com`"
    )]
    NotAnAddress,
    #[error(
        "this is not a name: expected 1 to 80 visible characters with at least one letter, on one line"
    )]
    NotAName,
    #[error(
        "this holds what looks like a card number: it was not kept. Cards are only ever asked for on the payment page"
    )]
    CardNumber,
    #[error("this has line breaks or control characters: expected one line of text")]
    SeveralLines,
    #[error("this is not a code: expected the six digits from the mail")]
    NotACode,
}

impl Refused {
    /// The stable code the outside sees.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty
            | Self::TooLong { .. }
            | Self::NotAnAddress
            | Self::NotAName
            | Self::CardNumber
            | Self::SeveralLines => "bad_argument",
            Self::NotACode => "bad_code",
        }
    }
}

/// Stored bytes do not have the shape that was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored {what} cannot be read: {reason}")]
pub struct Unreadable {
    pub(crate) what: &'static str,
    pub(crate) reason: String,
}

impl Unreadable {
    /// Says where a JSON text broke, not what it says: the text is personal.
    pub(crate) fn json(what: &'static str, error: &serde_json::Error) -> Self {
        let reason = format!(
            "not the expected JSON at line {} column {} ({:?})",
            error.line(),
            error.column(),
            error.classify()
        );
        Self { what, reason }
    }
}
