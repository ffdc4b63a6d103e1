//! A sentence as words, numbers, dates, times of day and identifiers.
//!
//! INVARIANT: every digit of a sentence is in a token, so that none is said unchecked.

use core::ops::Range;

use crate::{
    facts::{calendar, units},
    fold::{LETTER, MARK, OTHER},
    numbers::byte,
    pseudonyms,
    view::View,
};

/// What a number may be worth, in thousandths: "1.299" is two numbers, by where one comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) values: Vec<i64>,
    /// Its digits alone, where nothing but digits was written.
    pub(crate) digits: Option<String>,
}

/// A day of the calendar; a day may be written without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: Option<u16>,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In lower case, without marks.
    Word(String),
    Number(Number),
    /// What the digits of a date may mean.
    Dates(Vec<Date>),
    /// Minutes of the day.
    Time(u16),
    /// Letters, digits and what joins them, in capitals: letters and digits alone.
    Identifier(String),
    Currency(units::Coin),
    Percent,
    Mark(u8),
    /// A stretch that this conversation's placeholders fill in.
    Placeholder,
}

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
}

/// Digits of a number that counts or costs something.
const MOST_DIGITS: usize = 15;
/// Digits in groups that are an account, a card or a phone, and no amount.
const FEWEST_GROUPED: usize = 7;
const MOST_GROUPS: usize = 24;
/// Pieces of one identifier; what follows is another.
const MOST_JOINED: usize = 16;
/// The longest inside of a placeholder.
const PLACEHOLDER_MAX: usize = 24;

pub(crate) fn tokens(view: &View) -> Vec<Token> {
    let folded = view.folded.as_slice();
    let mut found = Vec::new();
    let mut position = 0;
    while position < folded.len() {
        let mark = byte(folded, position);
        let (kind, end) = match mark {
            b' ' | b'\t' | b'\n' | MARK => {
                position += 1;
                continue;
            }
            b'[' => match placeholder_end(view, position) {
                Some(end) => (Kind::Placeholder, end),
                None => (Kind::Mark(mark), position + 1),
            },
            b'%' => (Kind::Percent, position + 1),
            _ if mark.is_ascii_alphanumeric() || mark == LETTER => run(folded, position),
            _ => {
                let end = position + 1;
                let sign = units::sign(view.text(position..end));
                let other = if mark == OTHER && view.text(position..end) == "‰" {
                    Kind::Percent
                } else {
                    Kind::Mark(mark)
                };
                (sign.map_or(other, Kind::Currency), end)
            }
        };
        found.push(Token {
            kind,
            range: position..end,
        });
        position = end;
    }
    found
}

fn placeholder_end(view: &View, start: usize) -> Option<usize> {
    let rest = view.folded.get(start + 1..)?;
    let length = rest
        .iter()
        .take(PLACEHOLDER_MAX)
        .position(|byte| *byte == b']')?;
    let end = start + 1 + length;
    // One in small letters stands for nothing, and stays as it is.
    let name = view.text(start + 1..end).to_ascii_uppercase();
    pseudonyms::is_placeholder_name(&name).then_some(end + 1)
}

/// What begins with a letter or a digit, and where it ends.
fn run(folded: &[u8], start: usize) -> (Kind, usize) {
    let end = word_end(folded, start);
    let text = folded.get(start..end).unwrap_or_default();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let has_digits = text.iter().any(u8::is_ascii_digit);
    let is_address = folded.get(end..).unwrap_or_default().starts_with(b"://");
    if is_address {
        let end = address_end(folded, end);
        let address = folded.get(start..end).unwrap_or_default();
        return if carries(address) {
            identifier(folded, start, end)
        } else {
            // A page and nothing more: whether it may be linked to is the registry's to say.
            (Kind::Mark(b'/'), end)
        };
    }
    if digits == text.len() {
        return numeric(folded, start, end);
    }
    if digits > 0 {
        return with_suffix(folded, start, start + digits, end);
    }
    let joined = joined_end(folded, end);
    if !has_digits {
        let holds_digits = folded
            .get(end..joined)
            .unwrap_or_default()
            .iter()
            .any(u8::is_ascii_digit);
        if holds_digits {
            return identifier(folded, start, joined);
        }
        if is_encoded(text) {
            return identifier(folded, start, end);
        }
        return (Kind::Word(letters(text)), end);
    }
    // "EUR49"
    let name = text
        .iter()
        .take_while(|byte| !byte.is_ascii_digit())
        .count();
    let rest_is_digits = text
        .get(name..)
        .unwrap_or_default()
        .iter()
        .all(u8::is_ascii_digit);
    let word = letters(text.get(..name).unwrap_or_default());
    if rest_is_digits && units::code(&word).is_some() {
        return (Kind::Word(word), start + name);
    }
    identifier(folded, start, joined)
}

/// Whether the address of a page may carry more than the page: digits, a query, an encoded word.
fn carries(address: &[u8]) -> bool {
    let mut words = address.split(|byte| !byte.is_ascii_alphanumeric());
    address
        .iter()
        .any(|byte| byte.is_ascii_digit() || matches!(*byte, b'?' | b'#' | b'@' | b'%' | b'='))
        || words.any(is_encoded)
}

/// Letters of both cases in no order that people write: `YWRhQGV4YW1wbGU`.
fn is_encoded(text: &[u8]) -> bool {
    let rises = text
        .iter()
        .zip(text.iter().skip(1))
        .filter(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase());
    text.len() >= SHORTEST_ENCODED && rises.count() >= 2
}

const SHORTEST_ENCODED: usize = 8;

fn letters(text: &[u8]) -> String {
    let letters = text.iter().filter(|byte| **byte != MARK);
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

fn word_end(folded: &[u8], start: usize) -> usize {
    let rest = folded.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(**byte, LETTER | MARK))
        .count();
    start + length
}

fn address_end(folded: &[u8], start: usize) -> usize {
    let rest = folded.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(**byte, b')' | b'>' | b'"'))
        .count();
    start + length
}

/// One past what hyphens, slashes and underscores join to the run that ends at `end`.
fn joined_end(folded: &[u8], end: usize) -> usize {
    let mut end = end;
    for _ in 0..MOST_JOINED {
        let joins = matches!(byte(folded, end), b'-' | b'_' | b'/')
            || byte(folded, end) == b'.' && byte(folded, end + 1).is_ascii_digit();
        let next = word_end(folded, end + 1);
        if !joins || next == end + 1 {
            return end;
        }
        end = next;
    }
    end
}

fn identifier(folded: &[u8], start: usize, end: usize) -> (Kind, usize) {
    let text = folded.get(start..end).unwrap_or_default();
    (Kind::Identifier(compact(text)), end)
}

/// Letters and digits alone, in capitals: how identifiers are compared.
pub(crate) fn compact(text: &[u8]) -> String {
    let text = text
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric() || **byte == LETTER);
    text.map(|byte| char::from(byte.to_ascii_uppercase()))
        .collect()
}

/// "12th", "30cm", "49eur", "14h30", "4XL", "3a".
fn with_suffix(folded: &[u8], start: usize, digits_end: usize, end: usize) -> (Kind, usize) {
    let suffix = letters(folded.get(digits_end..end).unwrap_or_default());
    let digits = folded.get(start..digits_end).unwrap_or_default();
    if let Some(minutes) = suffix.strip_prefix('h')
        && let Some(time) = time(number_of(digits), minutes.parse().ok())
    {
        return (Kind::Time(time), end);
    }
    let counts = SUFFIXES.contains(&suffix.as_str())
        || units::code(&suffix).is_some()
        || units::unit(&suffix, crate::facts::spelled::Tongues::ALL).is_some();
    if counts && suffix.len() > usize::from(suffix == "e") {
        let ordinal = ORDINALS.contains(&suffix.as_str());
        let number = plain(digits);
        return (Kind::Number(number), if ordinal { end } else { digits_end });
    }
    identifier(folded, start, joined_end(folded, end))
}

const ORDINALS: [&str; 10] = ["st", "nd", "rd", "th", "er", "re", "eme", "ste", "de", "ta"];

/// What is written right behind a number and is no part of an identifier.
const SUFFIXES: [&str; 36] = [
    "st", "nd", "rd", "th", "er", "re", "eme", "ste", "de", "ta", "x", "am", "pm", "cm", "mm", "m",
    "km", "kg", "g", "mg", "l", "ml", "cl", "w", "kw", "kwh", "v", "a", "mah", "gb", "tb", "mb",
    "ghz", "hz", "s", "k",
];

fn plain(digits: &[u8]) -> Number {
    let value = number_of(digits).and_then(|value| value.checked_mul(1000));
    Number {
        values: value.into_iter().collect(),
        digits: Some(compact(digits)),
    }
}

fn number_of(digits: &[u8]) -> Option<i64> {
    if digits.len() > MOST_DIGITS {
        return None;
    }
    digits.iter().try_fold(0_i64, |value, byte| {
        value
            .checked_mul(10)?
            .checked_add(i64::from(byte.checked_sub(b'0')?))
    })
}

pub(crate) fn time(hours: Option<i64>, minutes: Option<i64>) -> Option<u16> {
    let (hours, minutes) = (u16::try_from(hours?).ok()?, u16::try_from(minutes?).ok()?);
    (hours <= 24 && minutes < 60).then(|| hours * 60 + minutes)
}

/// What begins with digits alone.
fn numeric(folded: &[u8], start: usize, first_end: usize) -> (Kind, usize) {
    if let Some((dates, end)) = date(folded, start) {
        return (Kind::Dates(dates), end);
    }
    let group = |range: Range<usize>| folded.get(range).unwrap_or_default();
    if byte(folded, first_end) == b':' {
        let end = word_end(folded, first_end + 1);
        let minutes = group(first_end + 1..end);
        if minutes.len() == 2
            && first_end - start <= 2
            && let Some(time) = time(number_of(group(start..first_end)), number_of(minutes))
        {
            return (Kind::Time(time), end);
        }
    }
    let groups = groups(folded, start);
    let total: usize = groups.iter().map(Range::len).sum();
    let (number, end) = amount(folded, &groups);
    let last = groups.last().map_or(first_end, |last| last.end);
    // Spelled digit by digit, or in the groups of a phone or an account.
    let single = groups.iter().filter(|group| group.len() == 1).count();
    let grouped = total >= FEWEST_GROUPED && groups.len() > 1 && end < last;
    let is_listed = groups.len() > 1 && single * 2 < groups.len() && is_list(folded, &groups);
    if grouped && !is_listed {
        return identifier(folded, start, last);
    }
    let joined = joined_end(folded, end);
    // "10023-A", but not "30-day" or "3-5".
    let tail = group(end..joined);
    let tail_digits = tail.iter().any(u8::is_ascii_digit);
    let tail_letters = tail.iter().any(u8::is_ascii_alphabetic);
    if tail_digits && tail_letters {
        return identifier(folded, start, joined);
    }
    (Kind::Number(number), end)
}

/// Groups of digits with little between them.
fn groups(folded: &[u8], start: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut position = start;
    while groups.len() < MOST_GROUPS {
        let rest = folded.get(position..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            break;
        }
        let end = position + length;
        groups.push(position..end);
        let gap = folded.get(end..).unwrap_or_default().iter().take(3);
        let gap = gap
            .take_while(|byte| {
                matches!(
                    **byte,
                    b' ' | b'-' | b'.' | b',' | b'/' | b'\'' | b'(' | b')' | b'_'
                )
            })
            .count();
        if gap > 2 {
            break;
        }
        position = end + gap;
    }
    groups
}

/// "36, 37, 38": a comma and a space part what is told one by one.
fn is_list(folded: &[u8], groups: &[Range<usize>]) -> bool {
    let mut gaps = groups
        .iter()
        .zip(groups.iter().skip(1))
        .map(|(one, next)| folded.get(one.end..next.start).unwrap_or_default());
    gaps.any(|gap| matches!(gap, b", " | b"/" | b". " | b" (" | b") "))
}

/// The number that the first groups make, and where it ends.
fn amount(folded: &[u8], groups: &[Range<usize>]) -> (Number, usize) {
    let Some(first) = groups.first() else {
        return (plain(&[]), 0);
    };
    let mut taken: Vec<&Range<usize>> = vec![first];
    let mut seps: Vec<u8> = Vec::new();
    for next in groups.iter().skip(1) {
        let end = taken.last().map_or(first.end, |last| last.end);
        let [sep] = folded.get(end..next.start).unwrap_or_default() else {
            break;
        };
        let thousands = next.len() == 3 && first.len() <= 3;
        let fits = match sep {
            b' ' | b'\'' => thousands && seps.iter().all(|known| known == sep),
            b'.' | b',' => thousands || next.len() <= 2,
            _ => false,
        };
        // A decimal part is the last part.
        let decimal_before = seps.len() > 1 && seps.first() != seps.last();
        if !fits
            || decimal_before
            || taken.len() > 1 && taken.last().is_some_and(|last| last.len() != 3)
        {
            break;
        }
        taken.push(next);
        seps.push(*sep);
    }
    let end = taken.last().map_or(first.end, |last| last.end);
    let text = |group: &Range<usize>| folded.get(group.clone()).unwrap_or_default();
    let whole: Vec<u8> = taken
        .iter()
        .flat_map(|group| text(group))
        .copied()
        .collect();
    let Some(last_sep) = seps.last().copied() else {
        return (plain(&whole), end);
    };
    let last = taken.last().map_or(&[][..], |group| text(group));
    let before = whole
        .get(..whole.len().saturating_sub(last.len()))
        .unwrap_or_default();
    let decimal = || {
        let scale = match last.len() {
            1 => 100,
            2 => 10,
            3 => 1,
            _ => return None,
        };
        let part = number_of(last)?.checked_mul(scale)?;
        number_of(before)?.checked_mul(1000)?.checked_add(part)
    };
    let grouped = || number_of(&whole)?.checked_mul(1000);
    let other_before = seps.len() > 1 && seps.first() != Some(&last_sep);
    let values = match (last.len(), last_sep) {
        (3, b' ' | b'\'') => vec![grouped()],
        (3, _) if other_before => vec![decimal()],
        (3, _) if seps.len() > 1 => vec![grouped()],
        (3, _) => vec![grouped(), decimal()],
        _ => vec![decimal()],
    };
    let is_whole = values.len() == 1 && last.len() == 3 && !other_before;
    let number = Number {
        values: values.into_iter().flatten().collect(),
        digits: is_whole.then(|| compact(&whole)),
    };
    (number, end)
}

/// "2026-05-12", "12.05.2026", "5/12/26", "12.05.": what it may mean, and where it ends.
fn date(folded: &[u8], start: usize) -> Option<(Vec<Date>, usize)> {
    let digits_from = |from: usize| {
        let rest = folded.get(from..).unwrap_or_default();
        from + rest
            .iter()
            .take(5)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let value = |range: Range<usize>| {
        let digits = folded.get(range).unwrap_or_default();
        number_of(digits).and_then(|value| u16::try_from(value).ok())
    };
    let first = start..digits_from(start);
    let sep = byte(folded, first.end);
    if !matches!(sep, b'.' | b'/' | b'-') {
        return None;
    }
    // "12. 05. 2026"
    let spaced = sep == b'.' && byte(folded, first.end + 1) == b' ';
    let second_start = first.end + 1 + usize::from(spaced);
    let second = second_start..digits_from(second_start);
    if second.is_empty() || second.len() > 2 || byte(folded, second.end) != sep {
        return None;
    }
    let spaced = sep == b'.' && byte(folded, second.end + 1) == b' ';
    let third_start = second.end + 1 + usize::from(spaced);
    let third = third_start..digits_from(third_start);
    let (a, b) = (value(first.clone())?, value(second.clone())?);
    let small = |value: u16| u8::try_from(value).ok();
    let day = |year: Option<u16>, month: u16, day: u16| {
        let (month, day) = (small(month)?, small(day)?);
        calendar::is_day(year, month, day).then_some(Date { year, month, day })
    };
    if first.len() == 4 && (1..=2).contains(&third.len()) {
        let date = day(Some(a), b, value(third.clone())?)?;
        // A time of day joined to it belongs to it: "2026-05-12T10:00".
        let joined = byte(folded, third.end).eq_ignore_ascii_case(&b'T')
            && byte(folded, third.end + 1).is_ascii_digit();
        let end = if joined {
            instant_end(folded, third.end)
        } else {
            third.end
        };
        return Some((vec![date], end));
    }
    if first.len() > 2 {
        return None;
    }
    let year = match third.len() {
        4 => Some(value(third.clone())?),
        2 if !spaced => Some(2000 + value(third.clone())?),
        _ => None,
    };
    let dates: Vec<Date> = match (year, sep) {
        (Some(_), b'.') => day(year, b, a).into_iter().collect(),
        // Where a stranger comes from is not known: both ways round.
        (Some(_), _) => [day(year, b, a), day(year, a, b)]
            .into_iter()
            .flatten()
            .collect(),
        (None, b'.') if third.is_empty() || spaced => day(None, b, a).into_iter().collect(),
        _ => return None,
    };
    let end = if year.is_some() {
        third.end
    } else {
        second.end + 1
    };
    (!dates.is_empty()).then_some((dates, end))
}

fn instant_end(folded: &[u8], start: usize) -> usize {
    let rest = folded.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(**byte, b':' | b'.' | b'+'))
        .count();
    start + length
}
