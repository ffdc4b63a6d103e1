//! Security codes, and expiry dates as the sign that a card stands before them.

use core::ops::Range;
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexSet};

use super::runs::Cluster;
use crate::numbers::{byte, byte_before, digits};

/// What follows a number that ends at `end`.
pub(crate) struct Following {
    /// An expiry date or a code: what stands before is a card, whatever it is called.
    pub(crate) like_a_card: bool,
    pub(crate) codes: Vec<Range<usize>>,
}

/// Bare codes after a card, with or without the expiry date between: "4111… 12/27 123".
pub(crate) fn following(text: &[u8], cluster: &Cluster, end: usize) -> Following {
    let from = cluster.groups.partition_point(|group| group.start < end);
    let mut after = cluster.groups.iter().skip(from);
    let (first, second, third) = (after.next(), after.next(), after.next());
    let is_code = |group: &&Range<usize>| {
        (3..=4).contains(&group.len()) && !byte(text, group.end).is_ascii_alphanumeric()
    };
    let expiry = first.is_some_and(|first| is_month_and_year(text, first, second, third));
    let mut codes: Vec<Range<usize>> = Vec::new();
    if let Some(first) = first.filter(is_code).filter(|group| !is_year(text, group)) {
        codes.push(first.clone());
        // "1227 123": month and year, or a code of four digits and something else.
        let month = value(text, first) / 100;
        let second = second.filter(is_code).filter(|_| first.len() == 4);
        codes.extend(second.filter(|_| (1..=12).contains(&month)).cloned());
    } else if expiry {
        codes.extend(third.filter(is_code).cloned());
    }
    Following {
        like_a_card: expiry || !codes.is_empty(),
        codes,
    }
}

/// "12/27", "1 / 2027"; not the first two parts of "12.05.2024".
fn is_month_and_year(
    text: &[u8],
    month: &Range<usize>,
    year: Option<&Range<usize>>,
    then: Option<&Range<usize>>,
) -> bool {
    let Some(year) = year else { return false };
    let is_date = then.is_some_and(|then| {
        then.start == year.end + 1
            && matches!(then.len(), 2 | 4)
            && byte(text, year.end) == byte(text, month.end)
            && year.len() == 2
    });
    month.len() <= 2
        && (1..=12).contains(&value(text, month))
        && matches!(year.len(), 2 | 4)
        && year.start <= month.end + 3
        && !byte(text, year.end).is_ascii_alphabetic()
        && !is_date
}

/// The first four digits as a number.
fn value(text: &[u8], group: &Range<usize>) -> u32 {
    digits(text, group.clone())
        .take(4)
        .fold(0, |value, digit| value * 10 + u32::from(digit))
}

fn is_year(text: &[u8], group: &Range<usize>) -> bool {
    group.len() == 4
        && text
            .get(group.clone())
            .is_some_and(|digits| digits.starts_with(b"20"))
}

/// Words between a name of the code and the code: "on the back of my card is".
macro_rules! between {
    () => {
        concat!(
            "is|are|was|code|number|no|nr|on|the|back|my|of|from|for|at|and|credit|debit|card|visa|mastercard|",
            "ist|sind|lautet|auf|der|die|von|meiner|ruckseite|karte|kreditkarte|",
            "est|sont|au|dos|de|du|ma|la|le|carte|bancaire|es|son|mi|del|al|dorso|reverso|tarjeta|",
            "e|sono|sul|retro|della|mia|carta|sao|verso|do|meu|cartao|",
            "op|achterkant|van|mijn|kaart|to|jest|na|odwrocie|mojej|karty"
        )
    };
}

static DIGITS_ON_CARD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(DIGITS_ON_CARD_PATTERN).ok());
static NAMED_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAMED_CODE_PATTERN).ok());
static CODE_NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(CODE_NAMED_PATTERN).ok());

/// A name of the security code and then the code.
const NAMED_CODE_PATTERN: &str = concat!(
    r"(?i-u)(?:cvv2?|cvc2?|cvn2?|cvd|csc|cid|cv2|cav2?|security +(?:code|number)|",
    r"verification +(?:code|number|value)|sicherheits(?:code|nummer)|kartenprufnummer|prufziffer|",
    r"prufnummer|code +de +securite|cryptogramme(?: +visuel)?|codigo +de +segur(?:idad|anca)|",
    r"codice +di +sicurezza|beveiligingscode|veiligheidscode|kod +bezpieczenstwa)",
    r"[^0-9a-z\n]{0,4}(?:(?:",
    between!(),
    r")[^0-9a-z\n]{1,3}){0,9}",
    r"(?P<code>[0-9](?:[ .\-]?[0-9]){2,3})"
);

/// The digits on the back, by no other name.
const DIGITS_ON_CARD_PATTERN: &str = concat!(
    r"(?i-u)(?:digits|numbers|ziffern|zahlen|chiffres|digitos|numeros|cifre|cijfers|cyfry)",
    r"(?:[^0-9a-z\n]{1,3}(?:",
    between!(),
    r")){0,3}[^0-9a-z\n]{1,3}(?:back|ruckseite|dos|dorso|reverso|verso|retro|achterkant|odwrocie)",
    r"(?:[^0-9a-z\n]{1,3}(?:",
    between!(),
    r")){0,6}[^0-9a-z\n]{1,4}(?P<code>[0-9](?:[ .\-]?[0-9]){2,3})"
);

/// A code and then its name: "123 is the cvv".
const CODE_NAMED_PATTERN: &str = concat!(
    r"(?i-u)(?P<code>[0-9]{3,4})[^0-9a-z\n]{1,3}(?:(?:is|as|the|my|ist|der|die|mein|meine|est|le|es|el|mi|for)[^0-9a-z\n]{1,3}){0,3}",
    r"(?:cvv2?|cvc2?|cvn2?|csc|cv2|sicherheitscode|prufziffer|cryptogramme)"
);

/// The code's name, with the code still to come.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b(?:cvv2?|cvc2?|cvn2?|csc|cv2|security +code|sicherheitscode|kartenprufnummer|",
        r"prufziffer|prufnummer|code +de +securite|cryptogramme|codigo +de +segur(?:idad|anca)|",
        r"codice +di +sicurezza|beveiligingscode|veiligheidscode|kod +bezpieczenstwa)\b",
    ))
    .ok()
});

/// Whether a security code is named.
pub(crate) fn is_code_named(folded: &[u8]) -> bool {
    NAME.as_ref().is_some_and(|name| name.is_match(folded))
}

/// The three patterns, looked for in one pass: most texts have none of it.
static ANY_NAMED: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    RegexSet::new([
        NAMED_CODE_PATTERN,
        DIGITS_ON_CARD_PATTERN,
        CODE_NAMED_PATTERN,
    ])
    .ok()
});

/// Codes beside a name of theirs, wherever they stand.
pub(super) fn named_codes(folded: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let any = ANY_NAMED.as_ref().is_none_or(|any| any.is_match(folded));
    let folded = if any { folded } else { &[] };
    let by_name = codes(&NAMED_CODE, folded).chain(codes(&DIGITS_ON_CARD, folded));
    let named = by_name.filter(|(code, whole)| {
        !byte_before(folded, whole.start).is_ascii_alphabetic()
            && !byte(folded, code.end).is_ascii_digit()
    });
    let before_name = codes(&CODE_NAMED, folded).filter(|(code, whole)| {
        !matches!(byte_before(folded, code.start), b'.' | b',' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
            && !byte(folded, whole.end).is_ascii_alphabetic()
    });
    named.chain(before_name).map(|(code, _)| code)
}

/// The codes a pattern finds, each with its whole match. What must not stand around a match is
/// looked at apart, so that it can be part of the next.
fn codes<'text>(
    pattern: &'static LazyLock<Option<Regex>>,
    folded: &'text [u8],
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'text {
    let matches = pattern
        .iter()
        .flat_map(|pattern| pattern.captures_iter(folded));
    matches.filter_map(|found| Some((found.name("code")?.range(), found.get(0)?.range())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        assert!(
            NAMED_CODE.is_some()
                && CODE_NAMED.is_some()
                && DIGITS_ON_CARD.is_some()
                && NAME.is_some()
                && ANY_NAMED.is_some()
        );
    }
}
