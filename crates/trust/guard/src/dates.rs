//! Days and ages. A day of birth gets another name; every other date and every age stays, since
//! "delivered on 12 May?" and "for a 5-year-old" must be understood.
//!
//! Dates are recognised as well so that nothing takes their digits for a telephone number.

use core::ops::Range;

use crate::{
    finding::FindingKind,
    numbers::{byte, digits},
    recognise::Recognised,
    scan::{Piece, Scan, is_word, stands_alone},
    vocabulary::Topics,
};

pub(crate) fn find(scan: &Scan<'_>) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut floor = 0;
    for (index, piece) in scan.pieces.iter().enumerate() {
        if piece.start < floor {
            continue;
        }
        let one = date(scan, index, piece, floor)
            .or_else(|| birth_without_marks(scan, piece))
            .or_else(|| age(scan, piece));
        if let Some(one) = one {
            floor = one.range.end;
            found.push(one);
        }
    }
    found
}

/// A day as it was written; a year when one was.
struct Day {
    range: Range<usize>,
    year: Option<u32>,
}

/// Who has a birthday in a sentence about presents was born before it: a later year is that of the
/// party or of the delivery.
const LATEST_BIRTH: u32 = 2022;

fn date(scan: &Scan<'_>, index: usize, piece: &Piece, floor: usize) -> Option<Recognised> {
    let day = in_digits(scan, index).or_else(|| in_words(scan, index, floor))?;
    let range = day.range.start..with_time(scan, day.range.end);
    let said = piece.said;
    let after = scan.after(range.end);
    let heard = |topics| said.near.meets(topics) || after.meets(topics);
    let celebrated = heard(Topics::BIRTHDAY) && day.year.is_some_and(|year| year <= LATEST_BIRTH);
    let kind = if heard(Topics::BIRTH) || celebrated {
        FindingKind::DateOfBirth
    } else {
        FindingKind::DateTime
    };
    Some(Recognised::new(kind, range, 90))
}

/// Days, months and years in digits, with one mark between.
fn in_digits(scan: &Scan<'_>, index: usize) -> Option<Day> {
    let folded = scan.folded;
    let [a, b, c] = scan.pieces.get(index..index + 3)? else {
        return None;
    };
    let mark = byte(folded, a.end);
    let marked = |from: &Piece, to: &Piece| {
        let gap = folded.get(from.end..to.start).unwrap_or_default();
        gap.iter().all(|byte| *byte == mark || *byte == b' ')
            && gap.contains(&mark)
            && gap.len() <= 3
    };
    if !matches!(mark, b'.' | b'/' | b'-') || !marked(a, b) || !marked(b, c) {
        return None;
    }
    let c_end = c.start + width(folded, c);
    let (x, y, z) = (
        value(folded, a)?,
        value(folded, b)?,
        digits_value(folded, c.start..c_end)?,
    );
    let lengths = (a.end - a.start, b.end - b.start, c_end - c.start);
    let month_and_day = |month, day| (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = match lengths {
        (1..=2, 1..=2, 4) if month_and_day(x, y) || month_and_day(y, x) => z,
        (1..=2, 1..=2, 2) if month_and_day(x, y) || month_and_day(y, x) => {
            z + if z < 30 { 2000 } else { 1900 }
        }
        (4, 1..=2, 1..=2) if month_and_day(y, z) => x,
        _ => return None,
    };
    let range = a.start..c_end;
    let alone = c_end < c.end || stands_alone(folded, &range);
    ((1850..2200).contains(&year) && alone).then_some(Day {
        range,
        year: Some(year),
    })
}

/// Digits at the start of a piece when nothing but the `T` of ISO 8601 follows them.
fn width(folded: &[u8], piece: &Piece) -> usize {
    let text = folded.get(piece.start..piece.end).unwrap_or_default();
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if text.get(length) == Some(&b'T') {
        length
    } else {
        text.len()
    }
}

fn value(folded: &[u8], piece: &Piece) -> Option<u32> {
    (piece.digits == piece.end - piece.start)
        .then(|| digits_value(folded, piece.start..piece.end))
        .flatten()
}

fn digits_value(folded: &[u8], range: Range<usize>) -> Option<u32> {
    (range.len() <= 4)
        .then(|| digits(folded, range).fold(0, |value, digit| value * 10 + u32::from(digit)))
}

/// "12 May 1985", "12th of May", "May 12, 1985", "12. März 1985".
fn in_words(scan: &Scan<'_>, index: usize, floor: usize) -> Option<Day> {
    let folded = scan.folded;
    let piece = scan.pieces.get(index)?;
    let text = folded.get(piece.start..piece.end)?;
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ending = text.get(count..)?;
    let ordinal = ending.is_empty() || ORDINALS.iter().any(|one| ending.eq_ignore_ascii_case(one));
    let day = digits_value(folded, piece.start..piece.start + count)?;
    if !ordinal || !(1..=31).contains(&day) || count > 2 {
        return None;
    }
    let next = scan
        .mentions
        .partition_point(|mention| mention.start < piece.end);
    let behind = scan
        .mentions
        .get(next)
        .filter(|month| month.topics.meets(Topics::MONTH) && close(folded, piece.end, month.start));
    let before = next
        .checked_sub(1)
        .and_then(|before| scan.mentions.get(before))
        .filter(|month| {
            month.topics.meets(Topics::MONTH)
                && month.start >= floor
                && month.end <= piece.start
                && close(folded, month.end, piece.start)
        });
    let (start, end) = match (behind, before) {
        (Some(month), _) => (piece.start, month.end),
        (None, Some(month)) => (month.start, piece.end),
        (None, None) => return None,
    };
    let year = scan
        .pieces
        .iter()
        .skip(index + 1)
        .take(1)
        .filter(|year| year.end - year.start == 4 && close(folded, end, year.start))
        .find_map(|year| Some((year.end, value(folded, year)?)))
        .filter(|(_, year)| (1850..2200).contains(year));
    Some(Day {
        range: start..year.map_or(end, |(end, _)| end),
        year: year.map(|(_, year)| year),
    })
}

const ORDINALS: [&[u8]; 8] = [b"st", b"nd", b"rd", b"th", b"er", b"o", b"a", b"e"];

/// Whether only a blank, a mark or a little word stands between parts of a date.
fn close(folded: &[u8], end: usize, start: usize) -> bool {
    let Some(gap) = folded.get(end..start) else {
        return false;
    };
    let words = gap
        .split(|byte| !byte.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    gap.len() <= 6
        && !gap.contains(&b'\n')
        && words.take(2).all(|word| {
            [&b"of"[..], b"de", b"di", b"del", b"van"]
                .iter()
                .any(|one| word.eq_ignore_ascii_case(one))
        })
}

/// One past the time of day behind a date.
fn with_time(scan: &Scan<'_>, end: usize) -> usize {
    let rest = scan.folded.get(end..).unwrap_or_default();
    let rest = rest.get(..rest.len().min(16)).unwrap_or_default();
    let mut length = match rest {
        [b' ' | b'T', b'0'..=b'9', ..] => 1,
        [b',', b' ', b'0'..=b'9', ..] => 2,
        _ => return end,
    };
    let mut colons = 0;
    let time = rest.get(length..).unwrap_or_default();
    for byte in time {
        match byte {
            b'0'..=b'9' => {}
            b':' => colons += 1,
            b'Z' => {
                length += 1;
                break;
            }
            _ => break,
        }
        length += 1;
    }
    let end_of_time = end + length;
    if (1..=2).contains(&colons) && !is_word(byte(scan.folded, end_of_time)) {
        end_of_time
    } else {
        end
    }
}

/// "DOB 12051985", "born in 1985".
fn birth_without_marks(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    if !piece.said.label.meets(Topics::BIRTH) || piece.digits != piece.end - piece.start {
        return None;
    }
    let range = piece.start..piece.end;
    let number = digits(scan.folded, range.clone()).take(8);
    let number = number.fold(0_u32, |value, digit| value * 10 + u32::from(digit));
    let fits = match piece.digits {
        4 => (1900..2200).contains(&number),
        6 | 8 => true,
        _ => false,
    };
    fits.then(|| Recognised::new(FindingKind::DateOfBirth, range, 80))
}

/// "34 years old", "a 5-year-old", "aged 34", "im 34".
fn age(scan: &Scan<'_>, piece: &Piece) -> Option<Recognised> {
    let text = scan.folded.get(piece.start..piece.end)?;
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // "34yo", "34yrs"
    let glued = matches!(
        text.get(count..)?.to_ascii_lowercase().as_slice(),
        b"yo" | b"yrs"
    );
    let years = digits_value(scan.folded, piece.start..piece.start + count)?;
    if !(1..=120).contains(&years) || (count != text.len() && !glued) {
        return None;
    }
    let next = scan
        .mentions
        .partition_point(|mention| mention.start < piece.end);
    let behind = scan
        .mentions
        .get(next)
        .filter(|mention| {
            let gap = scan
                .folded
                .get(piece.end..mention.start)
                .unwrap_or_default();
            gap.len() <= 2 && gap.iter().all(|byte| matches!(byte, b' ' | b'-' | b'.'))
        })
        .map_or(Topics::NONE, |mention| mention.topics);
    let aged = piece.said.label.meets(Topics::AGED);
    let ends = matches!(
        (
            byte(scan.folded, piece.end),
            byte(scan.folded, piece.end + 1)
        ),
        (0 | b'\n' | b'!' | b'?' | b')', _) | (b'.' | b',', 0 | b' ' | b'\n')
    );
    let said = glued
        || behind.meets(Topics::OLD)
        || (aged && behind.meets(Topics::OLD_PERHAPS))
        || (aged && ends && years >= 3);
    said.then(|| {
        let end = piece.start + count;
        Recognised::new(FindingKind::Age, piece.start..end, 80)
    })
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn days_of_birth() {
        for (text, day) in [
            ("It's 2/16/1942, my date of birth", "2/16/1942"),
            ("she was born on 8/5/1989. her", "8/5/1989"),
            ("DOB: 1985-05-12", "1985-05-12"),
            ("geboren am 12. März 1985", "12. März 1985"),
            ("née le 3 juin 1990", "3 juin 1990"),
            ("nata il 12/05/1985", "12/05/1985"),
            ("fecha de nacimiento 12-05-1985", "12-05-1985"),
            ("born May 12, 1985", "May 12, 1985"),
            ("DOB 12051985", "12051985"),
            ("my birthday is 12.05.1985", "12.05.1985"),
        ] {
            assert_eq!(found(text), [("DATE_TIME", day)], "{text}");
        }
    }

    #[test]
    fn other_days_stay() {
        for (text, day) in [
            ("delivered on 12.05.2024?", "12.05.2024"),
            ("When: 2000-04-16 11:34:35", "2000-04-16 11:34:35"),
            ("for her birthday on 12 May", "12 May"),
            ("ordered 3rd of June 2024", "3rd of June 2024"),
        ] {
            assert_eq!(found(text), [("DATE", day)], "{text}");
        }
        for text in ["1.2.3", "2024/000123", "12-34-5678", "99.99.2024"] {
            assert!(!kinds(text).contains(&"DATE"), "{text}");
        }
    }

    #[test]
    fn ages() {
        for (text, years) in [
            ("a gift for a 5-year-old", "5"),
            ("This 74 year old femal", "74"),
            ("im 34", "34"),
            ("Ich bin 34 Jahre alt", "34"),
            ("j'ai 34 ans", "34"),
            ("tiene 8 años", "8"),
            ("y/o: 26 y/o", "26"),
            ("My brother just turned 47", "47"),
            ("at the age of 61", "61"),
        ] {
            assert_eq!(found(text), [("AGE", years)], "{text}");
        }
        for text in [
            "5 Jahre Garantie",
            "2 ans de garantie",
            "I am 2 orders short",
            "size 34",
        ] {
            assert!(!kinds(text).contains(&"AGE"), "{text}");
        }
    }
}
