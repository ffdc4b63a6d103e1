//! Numbers on American cards and on everybody's passport and driving licence.

use crate::{
    finding::FindingKind,
    numbers::{byte, byte_before},
    recognise::Recognised,
    scan::{Compact, Piece, Scan, stands_alone},
    vocabulary::Topics,
};

/// A social security number or an individual taxpayer's number of the United States, by the rules
/// of the Social Security Administration.
pub(super) fn social_security(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    let folded = scan.folded;
    let read = Compact::read(folded, piece.start, 9, 2);
    let number = read.first(9)?;
    if !number.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let end = read.end_of(folded, 9)?;
    let range = piece.start..end;
    let named = piece.said.near.meets(Topics::SSN) || scan.after(end).meets(Topics::SSN);
    let (area, group, serial) = (number.get(..3)?, number.get(3..5)?, number.get(5..)?);
    let issued = group != b"00"
        && serial != b"0000"
        && area != b"000"
        && area != b"666"
        && (!area.starts_with(b"9") || matches!(group, [b'5'..=b'9', _]));
    let grouped = grouping(folded, &read, &[3, 5]);
    let certainty = match (named, grouped) {
        (true, _) => 95,
        // Dashes alone are enough, blanks and dots are not.
        (false, Some(b'-')) if issued && !piece.said.is_of_a_shop() && !is_sample(number) => 75,
        _ => return None,
    };
    stands_alone(folded, &range).then_some(Recognised::new(FindingKind::UsSsn, range, certainty))
}

/// The one mark that stands exactly behind the given numbers of characters.
pub(super) fn grouping(folded: &[u8], read: &Compact, breaks: &[usize]) -> Option<u8> {
    let mut mark = None;
    let starts = read.ends.iter().skip(1).map(|end| end - 1);
    for (index, (end, start)) in read.ends.iter().zip(starts).enumerate() {
        let gap = folded.get(*end..start).unwrap_or_default();
        match (breaks.contains(&(index + 1)), gap) {
            (true, [only]) if mark.is_none_or(|mark| mark == *only) => mark = Some(*only),
            (false, []) => {}
            _ => return None,
        }
    }
    mark
}

/// One digit all over, or as they stand on a keyboard.
fn is_sample(number: &[u8]) -> bool {
    number.iter().all(|digit| number.first() == Some(digit)) || number == b"123456789"
}

/// A driving licence: what is named so and looks like one that an American state or a European
/// country gives out.
pub(super) fn driver_license(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    let near = piece.said.near.meets(Topics::LICENSE);
    if !near || piece.said.is_of_a_shop() {
        return None;
    }
    let start = opening(scan.folded, piece);
    let read = Compact::read(scan.folded, start, 18, 1);
    let length = (5..=read.text.len()).rev().find(|length| {
        let Some(end) = read.end_of(scan.folded, *length) else {
            return false;
        };
        read.first(*length)
            .is_some_and(|text| is_license(text) && !spans_words(scan.folded, start, end))
    })?;
    let end = read.end_of(scan.folded, length)?;
    Some(Recognised::new(
        FindingKind::UsDriverLicense,
        start..end,
        85,
    ))
}

/// Where a number starts whose letters stand apart: "D 1234-5678", "F-1234567".
fn opening(folded: &[u8], piece: &Piece) -> usize {
    let Some(gap) = piece.start.checked_sub(1) else {
        return piece.start;
    };
    let letters = folded.get(..gap).unwrap_or_default();
    let count = letters
        .iter()
        .rev()
        .take(4)
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    let joined = matches!(byte(folded, gap), b' ' | b'-');
    let whole = !crate::scan::is_word(byte_before(folded, gap - count));
    if joined && whole && (1..=3).contains(&count) {
        gap - count
    } else {
        piece.start
    }
}

/// Whether words of a sentence follow a blank within the stretch: lower-case letters.
fn spans_words(folded: &[u8], start: usize, end: usize) -> bool {
    let text = folded.get(start..end).unwrap_or_default();
    text.windows(2)
        .any(|pair| matches!(pair, [b' ', b'a'..=b'z']))
}

/// The formats of the states (AAMVA): letters and digits in order, `L` and `D`, with how many.
const LICENSES: [&[(u8, usize, usize)]; 15] = [
    &[(b'D', 5, 12)], // most states; 14 in some
    &[(b'D', 14, 14)],
    &[(b'L', 1, 1), (b'D', 4, 14)], // CA, FL, IL, MD, MI, MN, NJ, NY, WI …
    &[(b'L', 2, 2), (b'D', 2, 7)],  // ID, OR, WY …
    &[(b'L', 3, 3), (b'D', 5, 9)],  // ND, KY …
    &[(b'D', 7, 9), (b'L', 1, 2)],  // VT, MO, ME
    &[(b'D', 2, 2), (b'L', 3, 3), (b'D', 5, 6)], // NH
    &[(b'D', 3, 3), (b'L', 2, 2), (b'D', 4, 4)], // IA
    &[(b'D', 9, 10), (b'L', 1, 1)],
    &[
        (b'L', 1, 1),
        (b'D', 1, 1),
        (b'L', 1, 1),
        (b'D', 1, 1),
        (b'L', 1, 1),
    ], // KS
    &[(b'L', 2, 2), (b'D', 6, 6), (b'L', 1, 1)], // ID
    &[(b'L', 1, 1), (b'D', 6, 6), (b'L', 1, 1)], // MO
    &[
        (b'L', 1, 7),
        (b'D', 2, 6),
        (b'L', 0, 2),
        (b'D', 0, 3),
        (b'L', 0, 3),
    ], // WA, UK
    &[(b'D', 13, 17)],
    &[(b'L', 1, 1), (b'D', 2, 2), (b'L', 3, 7), (b'D', 1, 3)],
];

fn is_license(text: &[u8]) -> bool {
    text.len() >= 5
        && text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 2
        && (is_german_license(text) || LICENSES.iter().any(|format| fits(text, format)))
}

/// Eleven characters: the office, a number, a check digit and the issue.
fn is_german_license(text: &[u8]) -> bool {
    text.len() == 11
        && text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
}

fn fits(text: &[u8], format: &[(u8, usize, usize)]) -> bool {
    let mut rest = text;
    for (kind, fewest, most) in format {
        let count = rest
            .iter()
            .take(*most)
            .take_while(|byte| byte.is_ascii_digit() == (*kind == b'D'))
            .count();
        if count < *fewest {
            return false;
        }
        rest = rest.get(count..).unwrap_or_default();
    }
    rest.is_empty()
}

/// A passport: what is named so, six to ten letters and digits.
pub(super) fn passport(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    if !piece.said.near.meets(Topics::PASSPORT) || piece.said.is_of_a_shop() {
        return None;
    }
    let start = opening(scan.folded, piece);
    let read = Compact::read(scan.folded, start, 10, 1);
    let length = (6..=read.text.len()).rev().find(|length| {
        let text = read.first(*length).unwrap_or_default();
        read.end_of(scan.folded, *length)
            .is_some_and(|end| !spans_words(scan.folded, start, end))
            && text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
    })?;
    let end = read.end_of(scan.folded, length)?;
    Some(Recognised::new(FindingKind::Passport, start..end, 85))
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn social_security_numbers() {
        assert_eq!(
            found("Here's my SSN: 054-28-6917"),
            [("US_SSN", "054-28-6917")]
        );
        assert_eq!(found("853-37-1694"), [("US_SSN", "853-37-1694")]);
        assert_eq!(
            found("social security number 853 37 1694."),
            [("US_SSN", "853 37 1694")]
        );
        assert_eq!(found("my ssn is 853371694"), [("US_SSN", "853371694")]);
        for text in [
            "666-12-3456",
            "000-12-3456",
            "123-00-4567",
            "order 853-37-1694",
            "853 37 1694",
            "853371694",
            "1-853-37-1694-2",
        ] {
            assert!(!kinds(text).contains(&"US_SSN"), "{text}");
        }
    }

    #[test]
    fn licences_and_passports() {
        for (text, number) in [
            ("my driver's license number is 2270-66-1551", "2270-66-1551"),
            (
                "My driver's license number is F162823540116",
                "F162823540116",
            ),
            ("DL: 6940579", "6940579"),
            ("Führerschein Nr. B072RRE2I55", "B072RRE2I55"),
            ("driver's license D 1234-5678 from Ohio", "D 1234-5678"),
        ] {
            assert_eq!(found(text), [("US_DRIVER_LICENSE", number)], "{text}");
        }
        for (text, number) in [
            ("passport number 533380006", "533380006"),
            ("Reisepass C01X00T47", "C01X00T47"),
            ("my passport is YA 1234567, thanks", "YA 1234567"),
        ] {
            assert_eq!(found(text), [("PASSPORT", number)], "{text}");
        }
        assert!(kinds("a passport cover, 12 pieces").is_empty());
    }
}
