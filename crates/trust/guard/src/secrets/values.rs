//! Whether what a rule found is a secret, by what it looks like and what stands around it.

use core::ops::Range;

use super::rules::{Accept, Rule, Rules};
use crate::{
    fold::{LETTER, MARK, OTHER},
    numbers::{byte, byte_before},
};

/// How far around a number the words are looked at that make it something else.
const NEAR: usize = 48;
/// The longest word that is looked up.
const LONGEST_WORD: usize = 24;

impl Rules {
    /// The stretch that is the secret, if `value` is one.
    pub(super) fn accepted(
        &self,
        text: &[u8],
        rule: &Rule,
        whole: &Range<usize>,
        value: Range<usize>,
    ) -> Option<Range<usize>> {
        match rule.accept {
            Accept::Any => Some(value),
            Accept::Token => is_mixed(text.get(value.clone())?)
                .then(|| value.start..rest_of_token(text, value.end)),
            Accept::Told => self.told(text, value),
            Accept::Strong => self.strong(text, value),
            Accept::Phrase => {
                // "my passphrase is not working at all" tells no phrase.
                let (mut all, mut other) = (0, 0);
                for word in words(text.get(value.clone())?) {
                    all += 1;
                    other += usize::from(self.no_password.contains(&word));
                }
                (other * 3 < all).then_some(value)
            }
            Accept::Code => self.code(text, whole, value),
            Accept::Mixed => {
                let bytes = text.get(value.clone())?;
                let characters = bytes.iter().filter(|byte| byte.is_ascii_alphanumeric());
                let counted = (4..=16).contains(&characters.count());
                (counted && is_mixed(bytes)).then_some(())?;
                self.code(text, whole, value)
            }
            Accept::Weak => self.weak(text, whole, value),
            Accept::Six => {
                let digits = text
                    .get(value.clone())?
                    .iter()
                    .filter(|byte| byte.is_ascii_digit());
                (digits.count() == 6).then_some(())?;
                self.weak(text, whole, value)
            }
        }
    }

    /// What is said to be a password. A word of letters alone must end what is said, or the sentence
    /// must go on behind it: "my password is banana, …", not "my password is gone from the list".
    fn told(&self, text: &[u8], value: Range<usize>) -> Option<Range<usize>> {
        let quoted = is_quoted(text, &value);
        let inner = trimmed(text, value);
        let bytes = text.get(inner.clone())?;
        if self.is_no_password(text, &inner) {
            return None;
        }
        if is_strong(bytes) {
            return Some(inner);
        }
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        if digits == bytes.len() {
            return (digits >= 4).then_some(inner);
        }
        let letters = bytes.iter().filter(|byte| is_letter(**byte)).count();
        let ends = quoted || self.ends(text, inner.end);
        (letters >= 3 && ends).then_some(inner)
    }

    /// What looks like a password beside the word.
    fn strong(&self, text: &[u8], value: Range<usize>) -> Option<Range<usize>> {
        let inner = trimmed(text, value);
        let bytes = text.get(inner.clone())?;
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let letters = bytes.iter().filter(|byte| is_letter(**byte)).count();
        let signs = bytes
            .iter()
            .any(|byte| is_sign(*byte) && !matches!(byte, b'.' | b'/' | b'(' | b')' | b':' | b','));
        let looks = bytes.len() >= 6 && letters > 0 && (digits > 0 || signs);
        let number = digits == bytes.len() && digits >= 6;
        ((looks || number) && !is_address(bytes) && !self.is_no_password(text, &inner))
            .then_some(inner)
    }

    fn is_no_password(&self, text: &[u8], inner: &Range<usize>) -> bool {
        let bytes = text.get(inner.clone()).unwrap_or_default();
        let covered = bytes.iter().all(|byte| {
            matches!(
                byte,
                b'*' | b'.' | b'_' | b'-' | b'x' | b'X' | b'?' | &OTHER | &MARK
            )
        });
        let word = lower(bytes);
        covered
            || self.no_password.contains(&word)
            || word
                .split(['\'', '/'])
                .all(|part| self.no_password.contains(part))
    }

    /// Whether nothing follows that a sentence about a password would go on with.
    fn ends(&self, text: &[u8], end: usize) -> bool {
        let rest = text.get(end..).unwrap_or_default();
        let Some(gap) = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')) else {
            return true;
        };
        let next = byte(rest, gap);
        gap == 0 || !(is_letter(next) || next.is_ascii_digit()) || {
            self.goes_on.contains(&word_at(rest, gap))
        }
    }

    fn code(&self, text: &[u8], whole: &Range<usize>, value: Range<usize>) -> Option<Range<usize>> {
        let before = text.get(whole.start.saturating_sub(LONGEST_WORD)..whole.start)?;
        let last = words(before).last().unwrap_or_default();
        (stands_alone(text, &value) && !self.not_after.contains(&last)).then_some(value)
    }

    /// A number that is called a code, where nothing near calls it a discount, a door or an error.
    fn weak(&self, text: &[u8], whole: &Range<usize>, value: Range<usize>) -> Option<Range<usize>> {
        let window =
            whole.start.saturating_sub(NEAR)..(value.end.max(whole.end) + NEAR).min(text.len());
        let other = words(text.get(window)?).any(|word| self.not_code.contains(&word));
        let digits = text
            .get(value.clone())?
            .iter()
            .filter(|byte| byte.is_ascii_digit());
        let length = matches!(digits.count(), 4 | 6 | 8);
        (length && !other).then_some(())?;
        self.code(text, whole, value)
    }
}

/// What belongs to a token beyond the longest match.
fn rest_of_token(text: &[u8], end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default().iter();
    end + rest
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=')
        })
        .count()
}

/// Not part of a longer number, a price or an identifier.
fn stands_alone(text: &[u8], value: &Range<usize>) -> bool {
    let (before, after) = (byte_before(text, value.start), byte(text, value.end));
    let beyond = byte(text, value.end + 1);
    let goes_on = matches!(after, b'.' | b',' | b'-' | b'/') && beyond.is_ascii_digit();
    !before.is_ascii_alphanumeric() && !after.is_ascii_alphanumeric() && !goes_on && after != b'%'
}

/// Letters and digits in one.
fn is_mixed(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// Without the quotes around it and the punctuation behind it.
fn trimmed(text: &[u8], value: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = value;
    if byte(text, start) == OTHER && matches!(byte(text, start + 1), b' ') {
        start += 2;
    }
    while start < end && matches!(byte(text, start), b'"' | b'\'' | b'(' | b'<' | b'`') {
        start += 1;
    }
    while start < end
        && matches!(
            byte_before(text, end),
            b'"' | b'\'' | b')' | b'>' | b'`' | b'.' | b',' | b';' | b':' | b'?'
        )
    {
        end -= 1;
    }
    start..end
}

fn is_quoted(text: &[u8], value: &Range<usize>) -> bool {
    let first = byte(text, value.start);
    matches!(first, b'"' | b'\'') && byte_before(text, value.end) == first && value.len() > 2
}

/// A digit among other characters, a sign that words do not have, or a capital inside.
fn is_strong(bytes: &[u8]) -> bool {
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|byte| is_letter(**byte)).count();
    let signs = bytes.iter().any(|byte| is_sign(*byte));
    let capital = bytes
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    bytes.len() >= 4 && ((digits > 0 && letters > 0) || (signs && letters + digits > 0) || capital)
}

/// A sign that stands in no word: not a hyphen and not an apostrophe.
const fn is_sign(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'-' | b'\'')
}

const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == LETTER
}

fn lower(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// "anna@example.com": who has forgotten her password names her address beside the word.
fn is_address(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| *byte == b'@');
    let (local, host, more) = (parts.next(), parts.next(), parts.next());
    local.is_some_and(|local| !local.is_empty())
        && host.is_some_and(|host| host.contains(&b'.'))
        && more.is_none()
}

/// The words of a stretch in small letters.
fn words(text: &[u8]) -> impl Iterator<Item = String> + '_ {
    text.split(|byte| !is_letter(*byte))
        .filter(|word| !word.is_empty())
        .map(lower)
}

fn word_at(text: &[u8], start: usize) -> String {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .take(LONGEST_WORD)
        .take_while(|byte| is_letter(**byte))
        .count();
    lower(rest.get(..length).unwrap_or_default())
}
