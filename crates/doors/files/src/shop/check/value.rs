//! Bounds and forms of single values.

use std::collections::HashSet;

use terms::{LARGEST_AMOUNT, Timestamp};

use crate::shop::error::Refusal;

/// What was expected instead.
pub type Reason = &'static str;

/// Says where a value stands that is not what was expected.
pub(crate) trait At {
    fn at(self, path: impl FieldName) -> Result<(), Refusal>;
}

impl At for Result<(), Reason> {
    fn at(self, path: impl FieldName) -> Result<(), Refusal> {
        self.map_err(|reason| Refusal::new(path.name(), reason))
    }
}

/// A name, or how to make one when it is needed.
pub(crate) trait FieldName {
    fn name(self) -> String;
}

impl FieldName for &str {
    fn name(self) -> String {
        self.to_owned()
    }
}

impl<F: FnOnce() -> String> FieldName for F {
    fn name(self) -> String {
        self()
    }
}

/// Holds if there is no value.
pub fn optional<T: ?Sized>(
    value: Option<&T>,
    check: impl FnOnce(&T) -> Result<(), Reason>,
) -> Result<(), Reason> {
    value.map_or(Ok(()), check)
}

pub(crate) const fn demand(holds: bool, reason: Reason) -> Result<(), Reason> {
    if holds { Ok(()) } else { Err(reason) }
}

/// Whether a text has no more characters than that. Counts no further than it must.
fn at_most(text: &str, characters: usize) -> bool {
    text.chars().nth(characters).is_none()
}

/// An id, a code, a name of a level or an option: the shop's own, but bounded.
pub fn id(id: &str) -> Result<(), Reason> {
    demand(
        !id.is_empty() && at_most(id, 200) && !id.chars().any(char::is_control),
        "expected 1 to 200 characters, none of them a control character",
    )
}

/// Breaks a line or shows it in another order than it is read in: a card that is confirmed shows
/// these texts.
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line of text.
pub fn title(title: &str) -> Result<(), Reason> {
    demand(
        at_most(title, 500) && !title.chars().any(misleads),
        "expected at most 500 characters, none of them one that controls or turns the text around",
    )
}

/// A text of any use.
pub fn text(text: &str) -> Result<(), Reason> {
    demand(
        at_most(text, 100_000) && !text.contains('\0'),
        "expected at most 100000 characters, none of them U+0000",
    )
}

/// Why an order was cancelled, in the shop's words.
pub fn cancel_reason(reason: &str) -> Result<(), Reason> {
    demand(
        at_most(reason, 200) && !reason.contains('\0'),
        "expected at most 200 characters, none of them U+0000",
    )
}

/// An amount of money or of pieces.
pub fn amount(amount: i64) -> Result<(), Reason> {
    demand(
        (0..=LARGEST_AMOUNT).contains(&amount),
        "expected 0 to 9007199254740991",
    )
}

/// An amount that may be taken off.
pub fn signed_amount(amount: i64) -> Result<(), Reason> {
    demand(
        (-LARGEST_AMOUNT..=LARGEST_AMOUNT).contains(&amount),
        "expected -9007199254740991 to 9007199254740991",
    )
}

/// Pieces of a line.
pub fn quantity(quantity: i64) -> Result<(), Reason> {
    demand((1..=1_000_000).contains(&quantity), "expected 1 to 1000000")
}

/// A percentage.
pub fn percentage(percentage: i64) -> Result<(), Reason> {
    demand((0..=100).contains(&percentage), "expected 0 to 100")
}

/// A rate of tax in hundredths of a percent.
pub fn tax_rate(rate: i64) -> Result<(), Reason> {
    demand((0..=10_000).contains(&rate), "expected 0 to 10000")
}

/// The last digits of a card, as text.
pub fn last_digits(digits: &str) -> Result<(), Reason> {
    demand(
        digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()),
        "expected exactly four digits",
    )
}

/// ISO 3166-1 alpha-2, by its form.
pub fn country_code(code: &str) -> Result<(), Reason> {
    demand(
        code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()),
        "expected two capital letters (ISO 3166-1 alpha-2), such as `US`",
    )
}

/// A country in an address, where shops write what they like.
pub fn country(country: &str) -> Result<(), Reason> {
    demand(
        !country.is_empty() && at_most(country, 60) && !country.contains('\0'),
        "expected 1 to 60 characters, none of them U+0000",
    )
}

/// An address for mail. Whether mail arrives there, only mail can tell.
pub fn email(email: &str) -> Result<(), Reason> {
    let sides = email.split_once('@');
    demand(
        email.len() <= 254
            && !email.chars().any(char::is_control)
            && sides.is_some_and(|(before, after)| {
                !before.is_empty() && !after.is_empty() && !after.contains('@')
            }),
        "expected an e-mail address with one `@`, at most 254 bytes",
    )
}

/// An address on the web.
pub fn web_address(address: &str) -> Result<(), Reason> {
    let scheme = ["https://", "http://"];
    let rest = scheme
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    demand(
        at_most(address, 2_000)
            && rest.is_some_and(|rest| {
                !rest.is_empty()
                    && !rest.starts_with(['/', '?', '#', ':', '@', '\\'])
                    && !rest
                        .chars()
                        .any(|letter| letter.is_whitespace() || letter.is_control())
            }),
        "expected an address that begins with `https://` or `http://`, at most 2000 characters",
    )
}

/// A moment.
pub fn moment(moment: &str) -> Result<(), Reason> {
    demand(
        Timestamp::parse_rfc3339(moment).is_some(),
        "expected a moment in RFC 3339, such as `2026-11-22T09:30:00.125Z`",
    )
}

/// Ids of which none may be given twice.
#[derive(Default)]
pub(crate) struct Unique<'a>(HashSet<&'a str>);

impl<'a> Unique<'a> {
    pub(crate) fn add(&mut self, id: &'a str) -> Result<(), Reason> {
        demand(self.0.insert(id), "is given twice")
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
