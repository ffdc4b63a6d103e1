//! What every recogniser of structured data looks at first: the stretches with digits in a text,
//! and what the words around each of them speak of. Made once for a text; a recogniser is asked
//! only about what is here.
//!
//! Linear: each word and each stretch is looked at once, and looking back or ahead from a stretch
//! is bounded.

use core::ops::Range;

use crate::{
    numbers::{byte, byte_before},
    vocabulary::{Mention, Topics, is_letter, mentions},
};

/// Letters and digits that touch, at least one of them a digit.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) digits: usize,
    pub(crate) said: Said,
}

/// What is said in front of a piece.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// The word nearest to it names it: "order no. 4711", "Phone:\n4711".
    pub(crate) label: Topics,
    /// In its clause, and behind the number before it.
    pub(crate) near: Topics,
    /// Within [`FAR`] characters, whatever stands between.
    pub(crate) far: Topics,
}

impl Said {
    /// Whether a shop or a carrier gave out the number.
    pub(crate) const fn is_of_a_shop(self) -> bool {
        self.label.meets(Topics::SHOP)
    }
}

pub(crate) struct Scan<'text> {
    pub(crate) folded: &'text [u8],
    pub(crate) pieces: Vec<Piece>,
    pub(crate) mentions: Vec<Mention>,
}

const FAR: usize = 96;
const NEAR: usize = 64;
/// Words between a label and its number.
const MOST_FILLERS: usize = 4;

impl<'text> Scan<'text> {
    pub(crate) fn of(folded: &'text [u8]) -> Self {
        let mentions = mentions(folded);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut seen = 0; // mentions that end before the piece
        let mut open: Option<(usize, usize)> = None;
        for (position, byte) in folded.iter().copied().chain([b' ']).enumerate() {
            if byte.is_ascii_alphanumeric() || byte == crate::fold::LETTER {
                let (_, digits) = open.get_or_insert((position, 0));
                *digits += usize::from(byte.is_ascii_digit());
                continue;
            }
            let Some((start, digits)) = open.take() else {
                continue;
            };
            if digits == 0 {
                continue;
            }
            while mentions
                .get(seen)
                .is_some_and(|mention| mention.end <= start)
            {
                seen += 1;
            }
            let heard = mentions.get(..seen).unwrap_or_default();
            let said = said(folded, heard, pieces.last(), start);
            pieces.push(Piece {
                start,
                end: position,
                digits,
                said,
            });
        }
        Self {
            folded,
            pieces,
            mentions,
        }
    }

    /// Whether what ends at a position is called an order or a parcel behind it: "… is my order".
    pub(crate) fn is_of_a_shop_behind(&self, end: usize) -> bool {
        let rest = self.folded.get(end..).unwrap_or_default();
        [&b" is "[..], b" ist ", b" est ", b" es ", b" was "]
            .iter()
            .any(|verb| rest.starts_with(verb))
            && self.after(end).meets(Topics::SHOP)
    }

    /// What the first words behind a position speak of, on the same line and before any digit.
    pub(crate) fn after(&self, end: usize) -> Topics {
        let from = self.mentions.partition_point(|mention| mention.start < end);
        let mut topics = Topics::NONE;
        for mention in self.mentions.iter().skip(from).take(4) {
            let between = self.folded.get(end..mention.start).unwrap_or_default();
            let apart = between.len() > 24
                || between
                    .iter()
                    .any(|byte| byte.is_ascii_digit() || matches!(byte, b'\n' | b'.' | b';'));
            // "12345 phone: 678": the word belongs to what follows it.
            if apart || byte(self.folded, mention.end) == b':' {
                break;
            }
            topics = topics.with(mention.topics);
        }
        topics
    }
}

fn said(folded: &[u8], heard: &[Mention], previous: Option<&Piece>, start: usize) -> Said {
    let floor = previous.map_or(0, |piece| piece.end);
    let mut said = Said::default();
    let mut nearest = true;
    for mention in heard.iter().rev() {
        if mention.end + FAR < start {
            break;
        }
        said.far = said.far.with(mention.topics);
        if mention.start < floor || mention.end + NEAR < start {
            continue;
        }
        let between = folded.get(mention.end..start).unwrap_or_default();
        // "SKU-4711" is named, "DL-4711" is a number that begins so.
        if between == b"-" && !mention.topics.meets(Topics::SHOP) {
            continue;
        }
        // "order ABC-12345": the letters belong to the number.
        let between = without_prefix(between);
        let names = (nearest || said.label == Topics::NONE) && only_fillers(between);
        if names {
            said.label = said.label.with(mention.topics);
        }
        nearest = false;
        if names || in_clause(between) {
            said.near = said.near.with(mention.topics);
        }
    }
    if said.near == Topics::NONE
        && let Some(previous) = previous
        && continues(folded.get(floor..start).unwrap_or_default())
    {
        said.label = previous.said.label;
        said.near = previous.said.near;
    }
    said
}

/// Whether no sentence or line ends between a word and a number.
fn in_clause(between: &[u8]) -> bool {
    let ends = between
        .windows(2)
        .rposition(|pair| matches!(pair, [b'.' | b';', b' ']));
    let tail = ends.map_or(&[][..], |end| between.get(end..).unwrap_or_default());
    !between
        .iter()
        .any(|byte| matches!(byte, b'\n' | b'?' | b'!'))
        && words(tail).next().is_none()
}

/// Without letters that a dash ties to the number behind them.
fn without_prefix(between: &[u8]) -> &[u8] {
    let [before @ .., b'-' | b'_' | b'/'] = between else {
        return between;
    };
    let letters = before
        .iter()
        .rev()
        .take_while(|byte| is_letter(**byte))
        .count();
    before.get(..before.len() - letters).unwrap_or_default()
}

/// Whether a list goes on: "10022, 10023 and 10024".
fn continues(between: &[u8]) -> bool {
    between.len() <= 8
        && words(between).all(|word| CONNECTORS.iter().any(|one| word.eq_ignore_ascii_case(one)))
        && !between.contains(&b'\n')
        && !between.starts_with(b". ")
}

const CONNECTORS: [&[u8]; 9] = [
    b"and", b"or", b"und", b"oder", b"et", b"y", b"e", b"en", b"i",
];

fn only_fillers(between: &[u8]) -> bool {
    let mut words = words(between);
    words.by_ref().take(MOST_FILLERS).all(|word| {
        FILLERS
            .iter()
            .any(|filler| word.eq_ignore_ascii_case(filler))
    }) && words.next().is_none()
}

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| !is_letter(*byte))
        .filter(|word| !word.is_empty())
}

const FILLERS: [&[u8]; 53] = [
    b"\x01", // the raised letter of "n.º"
    b"number", b"no", b"nr", b"num", b"id", b"code", b"is", b"was", b"the", b"of", b"ist", b"war",
    b"lautet", b"nummer", b"numero", b"est", b"es", b"my", b"with", b"n", b"numer", b"mit", b"der",
    b"to", b"de", b"di", b"du", b"del", b"della", b"do", b"da", b"e", b"on", b"at", b"me", b"le",
    b"la", b"el", b"il", b"o", b"mi", b"mon", b"ma", b"mein", b"meine", b"and", b"for", b"het",
    b"says", b"sagt", b"dit", b"dice",
];

/// Whether the characters around a stretch leave it a number of its own: no letter, digit or
/// mark of a longer number touches it.
pub(crate) fn stands_alone(folded: &[u8], range: &Range<usize>) -> bool {
    let before = byte_before(folded, range.start);
    let after = byte(folded, range.end);
    let joins = |mark: u8| matches!(mark, b'-' | b'.' | b'/' | b'_');
    let tight_before = joins(before)
        && range
            .start
            .checked_sub(2)
            .is_some_and(|far| byte(folded, far).is_ascii_alphanumeric());
    let tight_after = joins(after) && byte(folded, range.end + 1).is_ascii_digit();
    !is_word(before) && !is_word(after) && !tight_before && !tight_after
}

pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_digit() || is_letter(byte)
}

/// Letters and digits from a position on, upper case, over single separators.
pub(crate) struct Compact {
    pub(crate) text: Vec<u8>,
    /// One past each character, in the folded text.
    pub(crate) ends: Vec<usize>,
}

impl Compact {
    /// At most `most` characters, with at most `gap` separators between two of them.
    pub(crate) fn read(folded: &[u8], start: usize, most: usize, gap: usize) -> Self {
        let mut read = Self {
            text: Vec::with_capacity(most),
            ends: Vec::with_capacity(most),
        };
        let mut width = 0;
        for (offset, byte) in folded.get(start..).unwrap_or_default().iter().enumerate() {
            if byte.is_ascii_alphanumeric() {
                if read.text.len() == most {
                    break;
                }
                read.text.push(byte.to_ascii_uppercase());
                read.ends.push(start + offset + 1);
                width = 0;
            } else if matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_' | b':' | b'\t') && width < gap
            {
                width += 1;
            } else {
                break;
            }
        }
        read
    }

    /// Where the first `length` characters end, when no other letter or digit touches them.
    pub(crate) fn end_of(&self, folded: &[u8], length: usize) -> Option<usize> {
        let end = self.ends.get(length.checked_sub(1)?).copied()?;
        (!is_word(byte(folded, end))).then_some(end)
    }

    pub(crate) fn first(&self, length: usize) -> Option<&[u8]> {
        self.text.get(..length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> Said {
        Scan::of(text.as_bytes()).pieces.last().unwrap().said
    }

    #[test]
    fn a_label_names_its_number_and_the_list_that_follows() {
        for text in [
            "order 10023",
            "order no. 10023",
            "Order number is: 10023",
            "Bestellnummer 10023",
            "orders 10022 and 10023",
            "order\n10023",
        ] {
            assert!(last(text).label.meets(Topics::ORDER), "{text}");
        }
        for text in [
            "10023",
            "order 5 and call 10023",
            "I ordered and then waited for you 10023",
        ] {
            assert!(!last(text).label.meets(Topics::ORDER), "{text}");
        }
        assert!(last("Phone:\n467 3395").label.meets(Topics::PHONE));
        assert!(last("call me tomorrow on 555").near.meets(Topics::PHONE));
    }

    #[test]
    fn what_follows_is_heard_too() {
        let scan = Scan::of(b"416 60 039 office\n123 fax: 5");
        assert!(scan.after(10).meets(Topics::PHONE_PERHAPS));
        assert_eq!(scan.after(21), Topics::NONE);
    }
}
