//! A draft cut into lines, sentences and clauses, so that one sentence can go and the rest stay.

use core::ops::Range;

use crate::{
    facts::{calendar, words::spelling},
    fold::LETTER,
    numbers::{byte, byte_before},
    view::View,
};

/// A line of a text: what marks it as an item of a list, and its sentences.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) whole: Range<usize>,
    pub(crate) marker: Range<usize>,
    pub(crate) sentences: Vec<Range<usize>>,
}

pub(crate) fn lines(view: &View) -> Vec<Line> {
    let folded = view.folded.as_slice();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < folded.len() {
        let rest = folded.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n');
        let end = length.map_or(folded.len(), |length| start + length);
        let marker = marker(folded, start..end);
        lines.push(Line {
            whole: start..end,
            sentences: sentences(view, marker.end..end),
            marker,
        });
        start = end + 1;
    }
    lines
}

/// "- ", "* ", "1. ", "2) " at the start of a line.
fn marker(folded: &[u8], line: Range<usize>) -> Range<usize> {
    let spaces = |from: usize| {
        let rest = folded.get(from..line.end).unwrap_or_default();
        rest.iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count()
    };
    let start = line.start + spaces(line.start);
    let rest = folded.get(start..line.end).unwrap_or_default();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = match (digits, rest.first(), rest.get(digits)) {
        // The middle dot and the bullet count as full stops.
        (0, Some(b'-' | b'*' | b'+' | b'.'), _) => 1,
        (1..=2, _, Some(b'.' | b')')) => digits + 1,
        _ => return line.start..start,
    };
    let after = spaces(start + length);
    let end = start + length + after;
    // "12. Mai" is a date and no item.
    let is_day = digits > 0 && calendar::is_month(&word_at(folded, end));
    if after == 0 || is_day {
        line.start..start
    } else {
        line.start..end
    }
}

fn sentences(view: &View, line: Range<usize>) -> Vec<Range<usize>> {
    let folded = view.folded.as_slice();
    let mut found = Vec::new();
    let mut start = line.start;
    let mut position = line.start;
    while position < line.end {
        if ends(view, position, line.end) {
            let mut end = position + 1;
            while end < line.end && closes(byte(folded, end)) {
                end += 1;
            }
            found.push(start..end);
            start = end;
            position = end;
        } else {
            position += 1;
        }
    }
    if start < line.end {
        found.push(start..line.end);
    }
    found.retain(|sentence| {
        let text = folded.get(sentence.clone()).unwrap_or_default();
        text.iter().any(|byte| !byte.is_ascii_whitespace())
    });
    found
}

fn closes(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'*' | b'"' | b'\'' | b')')
}

fn ends(view: &View, position: usize, line_end: usize) -> bool {
    let folded = view.folded.as_slice();
    let mark = byte(folded, position);
    let other_mark = || matches!(view.text(position..position + 1), "。" | "！" | "？" | "…");
    if !matches!(mark, b'.' | b'!' | b'?') && !other_mark() {
        return false;
    }
    let rest = folded.get(position + 1..line_end).unwrap_or_default();
    let closing = rest.iter().take_while(|byte| closes(**byte)).count();
    let after = position + 1 + closing;
    if after < line_end && byte(folded, after) != b' ' {
        return false;
    }
    mark != b'.' || closing > 0 || !is_abbreviated(folded, position, after, line_end)
}

/// Whether the full stop belongs to the word or the number before it: "z. B.", "no. 5", "12. Mai".
fn is_abbreviated(folded: &[u8], stop: usize, after: usize, line_end: usize) -> bool {
    let next = after + 1;
    let before = byte_before(folded, stop);
    if before.is_ascii_digit() {
        let following = word_at(folded, next);
        return calendar::is_month(&following)
            || byte(folded, next).is_ascii_lowercase() && next < line_end;
    }
    let word = word_before(folded, stop);
    word.len() == 1 && word != "i" || ABBREVIATIONS.contains(&word.as_str())
}

/// Words that end with a full stop in the middle of a sentence.
const ABBREVIATIONS: [&str; 38] = [
    "no",
    "nr",
    "num",
    "art",
    "approx",
    "ca",
    "bzw",
    "inkl",
    "exkl",
    "incl",
    "excl",
    "zzgl",
    "max",
    "min",
    "vs",
    "st",
    "str",
    "dr",
    "mr",
    "mrs",
    "ms",
    "tel",
    "bestellnr",
    "abs",
    "vgl",
    "env",
    "aprox",
    "circa",
    "pag",
    "pp",
    "eg",
    "ie",
    "dni",
    "godz",
    "ul",
    "jan",
    "feb",
    "dez",
];

fn word_at(folded: &[u8], start: usize) -> String {
    let rest = folded.get(start..).unwrap_or_default();
    let letters = rest.iter().copied().take(24).take_while(is_letter);
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

fn word_before(folded: &[u8], end: usize) -> String {
    let before = folded.get(..end).unwrap_or_default();
    let letters = before.iter().rev().copied().take(24).take_while(is_letter);
    let word: String = letters.map(char::from).collect();
    spelling(&word.chars().rev().collect::<String>())
}

fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || *byte == LETTER
}

/// Characters after which a clause ends at the next space, so that what is compared within one is bounded.
const LONGEST_CLAUSE: usize = 400;

/// Where clauses of a sentence end: after a comma, a colon, a bracket, a dash between spaces.
pub(crate) fn clauses(view: &View) -> Vec<Range<usize>> {
    let folded = view.folded.as_slice();
    let mut found = Vec::new();
    let mut start = 0;
    for (position, mark) in folded.iter().copied().enumerate() {
        let next = byte(folded, position + 1);
        let parts = match mark {
            b',' | b':' | b'.' => !next.is_ascii_digit() && !next.is_ascii_alphanumeric(),
            b';' | b'(' | b')' | b'!' | b'?' => true,
            b'-' => next == b' ' && byte_before(folded, position) == b' ',
            b' ' => position - start > LONGEST_CLAUSE,
            _ => false,
        };
        if parts {
            found.push(start..position + 1);
            start = position + 1;
        }
    }
    if start < folded.len() {
        found.push(start..folded.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let view = View::of(text);
        let lines = lines(&view);
        let all = lines.iter().flat_map(|line| &line.sentences);
        all.map(|range| view.text(range.clone()).trim().to_owned())
            .collect()
    }

    #[test]
    fn sentences_are_cut() {
        for (text, expected) in [
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            (
                "It costs 49.90 €. Fine.",
                vec!["It costs 49.90 €.", "Fine."],
            ),
            (
                "Am 12. Mai kommt es. Gut.",
                vec!["Am 12. Mai kommt es.", "Gut."],
            ),
            ("z. B. so, ca. 5 Tage.", vec!["z. B. so, ca. 5 Tage."]),
            ("- a. B c\n1. x\n2) y", vec!["a. B c", "x", "y"]),
            ("12. Mai ist es so weit", vec!["12. Mai ist es so weit"]),
            ("**Done.** Next one", vec!["**Done.**", "Next one"]),
            ("Order no. 5 came", vec!["Order no. 5 came"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }
}
