//! Numbers by which states know people: tax, social security, health service, identity card.
//!
//! A format whose shape and check digits hardly anything else has is enough by itself. One that a
//! number has by chance now and then must stand alone, and no shop or carrier may be named beside
//! it. One that is only so many digits needs a word of its kind and its check digit; a number that
//! is named directly is taken even when the check digit is wrong, since people mistype.

use super::{americas, asia, checks::number, documents::grouping, europe};
use crate::{
    finding::FindingKind,
    numbers::byte_before,
    recognise::Recognised,
    scan::{Compact, Piece, Scan, is_word, stands_alone},
    vocabulary::Topics,
};

/// How much a format says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Many numbers have it: a word must name it.
    Plain,
    /// A few have it by chance.
    Likely,
    /// Hardly anything else has it.
    Unique,
}

/// Letters and digits of a candidate, and how they are grouped.
pub(super) struct Candidate<'read> {
    /// Upper case, without separators.
    pub(super) text: &'read [u8],
    folded: &'read [u8],
    read: &'read Compact,
}

impl Candidate<'_> {
    pub(super) fn is_digits(&self) -> bool {
        self.text.iter().all(u8::is_ascii_digit)
    }

    /// Whether one mark stands behind each of the given numbers of characters, and nowhere else.
    pub(super) fn is_grouped(&self, breaks: &[usize]) -> bool {
        self.mark(breaks).is_some()
    }

    pub(super) fn mark(&self, breaks: &[usize]) -> Option<u8> {
        let read = Compact {
            text: self.text.to_vec(),
            ends: self
                .read
                .ends
                .get(..self.text.len())
                .unwrap_or_default()
                .to_vec(),
        };
        grouping(self.folded, &read, breaks)
    }

    /// The mark directly behind a number of characters.
    pub(super) fn mark_behind(&self, length: usize) -> u8 {
        let end = length
            .checked_sub(1)
            .and_then(|last| self.read.ends.get(last));
        end.and_then(|end| self.folded.get(*end))
            .copied()
            .unwrap_or_default()
    }
}

const SHORTEST: usize = 8;
const LONGEST: usize = 16;

pub(super) fn find(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    starts(scan.folded, piece)
        .into_iter()
        .flatten()
        .find_map(|start| find_from(scan, piece, start))
}

/// Where a number may begin: at the piece, or at the letters a blank or a dash before it:
/// "AB 12 34 56 C", "X-1234567-L", "RSS MRA 85T10 A562S".
fn starts(folded: &[u8], piece: &Piece) -> [Option<usize>; 3] {
    let mut starts = [None, None, Some(piece.start)];
    let mut at = piece.start;
    for start in starts.iter_mut().take(2).rev() {
        let Some(gap) = at.checked_sub(1) else { break };
        if !matches!(crate::numbers::byte(folded, gap), b' ' | b'-') {
            break;
        }
        let letters = folded.get(..gap).unwrap_or_default();
        let count = letters
            .iter()
            .rev()
            .take(7)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        if !(1..=6).contains(&count) || is_word(byte_before(folded, gap - count)) {
            break;
        }
        at = gap - count;
        *start = Some(at);
    }
    starts
}

fn find_from(scan: &Scan<'_>, piece: &Piece, start: usize) -> Option<Recognised> {
    let folded = scan.folded;
    let read = Compact::read(folded, start, LONGEST, 1);
    let said = piece.said;
    for length in (SHORTEST..=read.text.len()).rev() {
        let Some(end) = read.end_of(folded, length) else {
            continue;
        };
        let text = read.first(length)?;
        let candidate = Candidate {
            text,
            folded,
            read: &read,
        };
        let Some(strength) = strength(&candidate) else {
            continue;
        };
        let range = start..end;
        let words = Topics::NATIONAL.with(Topics::NATIONAL_PERHAPS);
        let named =
            said.near.meets(words) || (strength < Strength::Unique && scan.after(end).meets(words));
        let other = said.is_of_a_shop() || (said.label.meets(OTHERS) && !said.label.meets(words));
        // "4012 8888 y": the letter is a word of the sentence.
        let sentence = scan.folded.get(start..end).is_some_and(|written| {
            written
                .windows(2)
                .any(|pair| matches!(pair, [b' ', b'a'..=b'z']))
        });
        let certainty = match strength {
            Strength::Plain | Strength::Likely if sentence => continue,
            _ if named && !said.is_of_a_shop() => 95,
            Strength::Unique if !said.is_of_a_shop() => 90,
            Strength::Likely
                if !other && stands_alone(folded, &range) && is_whole(folded, start, end) =>
            {
                75
            }
            _ => continue,
        };
        return Some(Recognised::new(FindingKind::NationalId, range, certainty));
    }
    None
}

/// Whether no more digits follow or precede after a blank, as in a longer number in groups.
fn is_whole(folded: &[u8], start: usize, end: usize) -> bool {
    let byte = |position: Option<usize>| position.map_or(0, |at| crate::numbers::byte(folded, at));
    let before = byte(start.checked_sub(1)) == b' ' && byte(start.checked_sub(2)).is_ascii_digit();
    let after = byte(Some(end)) == b' ' && byte(Some(end + 1)).is_ascii_digit();
    !before && !after
}

/// Labels of numbers that are something else.
const OTHERS: Topics = Topics::PHONE
    .with(Topics::ACCOUNT)
    .with(Topics::POSTCODE)
    .with(Topics::ROUTING)
    .with(Topics::MEASURE)
    .with(Topics::SSN)
    .with(Topics::LICENSE)
    .with(Topics::PASSPORT);

fn strength(candidate: &Candidate<'_>) -> Option<Strength> {
    let repeated = candidate
        .text
        .iter()
        .all(|byte| candidate.text.first() == Some(byte));
    if repeated || number(candidate.text) == 0 {
        return None;
    }
    europe::strength(candidate)
        .max(americas::strength(candidate))
        .max(asia::strength(candidate))
}

/// What is named directly before it, whether or not its check digit holds: "my DNI is 12345678A".
pub(super) fn named(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    if !piece.said.label.meets(Topics::NATIONAL) || piece.said.is_of_a_shop() {
        return None;
    }
    let read = Compact::read(scan.folded, piece.start, LONGEST, 1);
    let (length, end) = (7..=read.text.len()).rev().find_map(|length| {
        let end = read.end_of(scan.folded, length)?;
        let written = scan.folded.get(piece.start..end)?;
        let sentence = written
            .windows(2)
            .any(|pair| matches!(pair, [b' ', b'a'..=b'z'] | [b'.' | b':', b' ']));
        (!sentence).then_some((length, end))
    })?;
    let digits = read
        .first(length)?
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .count();
    (digits >= 6 && digits * 2 >= length)
        .then(|| Recognised::new(FindingKind::NationalId, piece.start..end, 65))
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn numbers_of_every_country() {
        for text in [
            "Steuer-ID 86 095 742 719",
            "Personalausweis L01X00T471",
            "15 070649 C 103",
            "2 55 08 14 168 025 38",
            "RSSMRA85T10A562S",
            "RSS MRA 85T10 A562S",
            "12345678Z",
            "X-1234567-L",
            "BSN 111222333",
            "44051401359",
            "NIP: 123-456-32-18",
            "811228-9874",
            "85.07.30-033.28",
            "SVNR 1237 010180",
            "1800101221144",
            "NIF 123456789",
            "1234567TW",
            "QQ123456C NI number AB 12 34 56 C",
            "NHS number 943 476 5919",
            "SIN 046 454 286",
            "529.982.247-25",
            "12.345.678/0001-95",
            "2345 6789 0124",
            "ABCPD1234E",
        ] {
            assert!(
                kinds(text).contains(&"NATIONAL_ID"),
                "{text}: {:?}",
                found(text)
            );
        }
        assert_eq!(
            found("my DNI is 12345678A."),
            [("NATIONAL_ID", "12345678A")]
        );
        assert_eq!(
            found("my nino is AB 12 34 56 C ok"),
            [("NATIONAL_ID", "AB 12 34 56 C")]
        );
    }

    #[test]
    fn numbers_of_nobody() {
        for text in [
            "order 44051401359",
            "tracking 1800101221144",
            "EAN 4006381333931",
            "4006381333931",
            "111222333",
            "123456789",
            "046 454 286",
            "9434765919",
            "12345678 pairs",
            "order 12345678Z",
        ] {
            assert!(!kinds(text).contains(&"NATIONAL_ID"), "{text}");
        }
    }
}
