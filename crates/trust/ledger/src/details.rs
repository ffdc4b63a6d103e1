//! What an entry says about its effect: ids, numbers and words of the program.

use core::fmt;
use std::collections::BTreeMap;

use terms::{
    CodeRequestId, ConversationId, DataKeyId, DocumentId, EntryId, MailId, MandateId, MovementId,
    NoteId, OrderId, PassageId, PasskeyId, PaymentMethodId, ProposalId, RoleName, SessionId,
    ShopId, SignInLinkId, StaffId, TurnId,
};

/// The largest integer that every JSON reader keeps exactly (RFC 7493 section 2.2).
pub(crate) const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;
/// More than any name or word of the program needs, too little for a sentence.
const MAX_WORD: usize = 64;

/// Details of an entry, in the order of their names.
///
/// INVARIANT: no constructor takes text that can come from a person. Words are `&'static str` of
/// lower-case letters, digits and `_ . -`, ids come from the closed list of [`Identifier`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    values: BTreeMap<&'static str, DetailValue>,
    /// The first thing that was wrong; the gate refuses to record it.
    fault: Option<DetailFault>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DetailValue {
    Text(String),
    Number(i64),
}

/// Why details cannot be recorded. Always a mistake in the program, never an input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DetailFault {
    #[error("the detail `{0}` is given twice")]
    Twice(&'static str),
    #[error("the detail name `{0}` is not 1 to 64 lower-case letters, digits, `_`, `.` or `-`")]
    Name(&'static str),
    #[error(
        "the word of the detail `{0}` is not 1 to 64 lower-case letters, digits, `_`, `.` or `-`"
    )]
    Word(&'static str),
    #[error("the number of the detail `{0}` is beyond 2^53 - 1, which JSON readers may round")]
    Number(&'static str),
}

impl Details {
    /// Nothing but the kind of the entry.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds an id.
    #[must_use]
    pub fn id(self, name: &'static str, id: impl Identifier) -> Self {
        self.with(name, DetailValue::Text(id.to_string()))
    }

    /// Adds a count, a position, a number of minor units.
    #[must_use]
    pub fn number(mut self, name: &'static str, number: i64) -> Self {
        if !is_safe_integer(number) {
            self.note(DetailFault::Number(name));
        }
        self.with(name, DetailValue::Number(number))
    }

    /// Adds a word from a closed list of the program.
    #[must_use]
    pub fn word(mut self, name: &'static str, word: &'static str) -> Self {
        if !is_word(word) {
            self.note(DetailFault::Word(name));
        }
        self.with(name, DetailValue::Text(word.to_owned()))
    }

    /// Adds the name of a role: a word by its form, chosen by the shop and about nobody.
    #[must_use]
    pub fn role(self, name: &'static str, role: &RoleName) -> Self {
        self.with(name, DetailValue::Text(role.as_str().to_owned()))
    }

    fn with(mut self, name: &'static str, value: DetailValue) -> Self {
        if !is_word(name) {
            self.note(DetailFault::Name(name));
        }
        if self.values.insert(name, value).is_some() {
            self.note(DetailFault::Twice(name));
        }
        self
    }

    fn note(&mut self, fault: DetailFault) {
        self.fault.get_or_insert(fault);
    }

    pub(crate) fn into_values(self) -> Result<BTreeMap<String, DetailValue>, DetailFault> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self
                .values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        }
    }
}

/// An id that an entry may carry.
///
/// There is none for a shopper (she appears as [`crate::SubjectTag`], which means nothing once her
/// key is destroyed) and none for a message's client-chosen id (a client could write into it).
#[diagnostic::on_unimplemented(
    message = "`{Self}` may not appear in a ledger entry",
    note = "a shopper appears as the entry's subject tag, a client-chosen message id as its turn"
)]
pub trait Identifier: fmt::Display + sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! identifiers {
    ($($name:ident),* $(,)?) => {
        $(
            impl sealed::Sealed for $name {}
            impl Identifier for $name {}
        )*
    };
}

identifiers!(
    CodeRequestId,
    ConversationId,
    DataKeyId,
    DocumentId,
    EntryId,
    MailId,
    MandateId,
    MovementId,
    NoteId,
    OrderId,
    PassageId,
    PasskeyId,
    PaymentMethodId,
    ProposalId,
    SessionId,
    ShopId,
    SignInLinkId,
    StaffId,
    TurnId,
);

pub(crate) const fn is_safe_integer(number: i64) -> bool {
    -MAX_SAFE_INTEGER <= number && number <= MAX_SAFE_INTEGER
}

/// 1 to 64 of `a-z`, `0-9`, `_`, `.`, `-`: nothing that JSON would have to escape.
pub(crate) fn is_word(text: &str) -> bool {
    (1..=MAX_WORD).contains(&text.len())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-'))
}

/// A word that begins with a letter and has at least one dot inside: `room.what_happened`.
pub(crate) const fn is_kind(text: &str) -> bool {
    let mut rest = text.as_bytes();
    if rest.len() > MAX_WORD || !text.is_ascii() {
        return false;
    }
    let mut dots = 0;
    let mut after_dot = true;
    while let [byte, tail @ ..] = rest {
        match byte {
            b'a'..=b'z' => after_dot = false,
            b'0'..=b'9' | b'_' if !after_dot => {}
            b'.' if !after_dot => {
                dots += 1;
                after_dot = true;
            }
            _ => return false,
        }
        rest = tail;
    }
    dots > 0 && !after_dot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_dotted_words() {
        for good in ["conversation.message_stored", "a.b", "vault.key.destroyed2"] {
            assert!(is_kind(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a.",
            ".a",
            "a..b",
            "A.b",
            "a.b c",
            "a.1",
            "ä.b",
            &"a.".repeat(40),
        ] {
            assert!(!is_kind(bad), "{bad}");
        }
    }

    #[test]
    fn mistakes_are_kept_for_the_gate() {
        let leaked: &'static str = String::from("My name is Ada").leak();
        assert_eq!(
            Details::none().word("reason", leaked).into_values(),
            Err(DetailFault::Word("reason"))
        );
        assert_eq!(
            Details::none().number("a", 1).number("a", 2).into_values(),
            Err(DetailFault::Twice("a"))
        );
        assert_eq!(
            Details::none()
                .number("a", MAX_SAFE_INTEGER + 1)
                .into_values(),
            Err(DetailFault::Number("a"))
        );
        assert_eq!(
            Details::none().number("A", 1).into_values(),
            Err(DetailFault::Name("A"))
        );
        assert!(
            Details::none()
                .word("reason", "too_old")
                .number("n", -3)
                .into_values()
                .is_ok()
        );
    }
}
