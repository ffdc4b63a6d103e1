//! Parts of addresses that have a form of their own.

use core::ops::Range;

use crate::naming::{
    lists::Marks,
    tokens::{Form, Token, word_hash},
};

/// Words of a street's name between its number and the word that makes it a street, at most.
const NAME_WORDS: usize = 4;

/// Streets with numbers, boxes and postcodes that are called so; in order, not overlapping.
pub(crate) fn find(tokens: &[Token]) -> Vec<Range<usize>> {
    let words = Words::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut position = 0;
    while position < tokens.len() {
        let end = military(tokens, position, &words)
            .or_else(|| boxed(tokens, position, &words))
            .or_else(|| number_first(tokens, position))
            .or_else(|| number_last(tokens, position))
            .or_else(|| british_postcode(tokens, position));
        if let Some((end, range)) = end.and_then(|end| {
            let first = tokens.get(position)?;
            let last = tokens.get(end.checked_sub(1)?)?;
            Some((end, first.start..last.end))
        }) {
            found.push(range);
            position = end;
        } else {
            position += 1;
        }
    }
    found
}

/// Words that are looked for, as hashes.
struct Words {
    p: u64,
    o: u64,
    boxes: [u64; 8],
    military: [u64; 3],
    military_boxes: [u64; 3],
    areas: [u64; 3],
}

impl Words {
    fn new() -> Self {
        Self {
            p: word_hash(b"p"),
            o: word_hash(b"o"),
            boxes: [
                b"box".as_slice(),
                b"pobox",
                b"postfach",
                b"postbus",
                b"apartado",
                b"postboks",
                b"casella",
                b"skrytka",
            ]
            .map(word_hash),
            military: [b"apo".as_slice(), b"fpo", b"dpo"].map(word_hash),
            military_boxes: [b"psc".as_slice(), b"unit", b"cmr"].map(word_hash),
            areas: [b"aa".as_slice(), b"ae", b"ap"].map(word_hash),
        }
    }
}

fn is(tokens: &[Token], position: usize, hashes: &[u64]) -> bool {
    tokens
        .get(position)
        .is_some_and(|token| token.is_word() && hashes.contains(&token.hash))
}

fn is_number(tokens: &[Token], position: usize, digits: Range<usize>) -> bool {
    tokens
        .get(position)
        .is_some_and(|token| token.form == Form::Number && digits.contains(&token.length()))
}

fn is_mark(tokens: &[Token], position: usize, mark: u8) -> bool {
    tokens
        .get(position)
        .is_some_and(|token| token.form == Form::Mark && token.hash == u64::from(mark))
}

/// "APO AE 09012", with the box in front of it on its line or the line before.
fn military(tokens: &[Token], position: usize, words: &Words) -> Option<usize> {
    let area = |at: usize| {
        (is(tokens, at, &words.military)
            && is(tokens, at + 1, &words.areas)
            && is_number(tokens, at + 2, 5..6))
        .then_some(at + 3)
    };
    if let Some(end) = area(position) {
        return Some(end);
    }
    if !is(tokens, position, &words.military_boxes) || !is_number(tokens, position + 1, 1..6) {
        return None;
    }
    let mut at = position + 2;
    at += usize::from(is_mark(tokens, at, b','));
    if !is(tokens, at, &words.boxes) || !is_number(tokens, at + 1, 1..6) {
        return None;
    }
    at += 2;
    let after = (at..at + 3).find_map(area);
    Some(after.unwrap_or(at))
}

/// Whether an address of the forces abroad begins here: it is one part, in two lines.
pub(crate) fn is_military(tokens: &[Token], position: usize) -> bool {
    military(tokens, position, &Words::new()).is_some()
}

/// "P.O. Box 12", "Postfach 12 34 56".
fn boxed(tokens: &[Token], position: usize, words: &Words) -> Option<usize> {
    let mut at = position;
    let mut is_post = false;
    if is(tokens, at, &[words.p]) {
        at += 1 + usize::from(is_mark(tokens, at + 1, b'.'));
        if !is(tokens, at, &[words.o]) {
            return None;
        }
        at += 1 + usize::from(is_mark(tokens, at + 1, b'.'));
        is_post = true;
    } else if is(tokens, at, &[word_hash(b"po")]) {
        at += 1;
        is_post = true;
    }
    let [a_box, others @ ..] = &words.boxes;
    let is_box = if is_post {
        is(tokens, at, &[*a_box])
    } else {
        is(tokens, at, others)
    };
    if !is_box || !is_number(tokens, at + 1, 1..8) {
        return None;
    }
    at += 2;
    while is_number(tokens, at, 2..4) {
        at += 1;
    }
    Some(at)
}

/// "12 Elm Street", "221b Baker St.", "12, rue de la Paix".
fn number_first(tokens: &[Token], position: usize) -> Option<usize> {
    let first = tokens.get(position)?;
    let begins = match first.form {
        Form::Number => first.length() <= 5,
        Form::Code => first.length() <= 5 && first.head.first().is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    if !begins {
        return None;
    }
    let mut at = position + 1;
    at += usize::from(is_mark(tokens, at, b','));
    for (step, token) in tokens.iter().enumerate().skip(at).take(NAME_WORDS + 1) {
        if !token.is_word() || (token.glued && step > at) {
            return None;
        }
        if step > at && token.has_capital() && is_english_street(token) {
            let dot = usize::from(is_mark(tokens, step + 1, b'.') && token.length() <= 4);
            return Some(step + 1 + dot);
        }
        if !token.has_capital() {
            return None;
        }
    }
    None
}

fn is_english_street(token: &Token) -> bool {
    const ENDS: [&[u8; 4]; 26] = [
        b"reet", b"st\0\0", b"road", b"rd\0\0", b"enue", b"ave\0", b"lane", b"ln\0\0", b"rive",
        b"dr\0\0", b"vard", b"blvd", b"ourt", b"ct\0\0", b"lace", b"uare", b"race", b"lose",
        b"cent", b"kway", b"hway", b"rcle", b"rove", b"dens", b"pike", b"mews",
    ];
    token.marks.any(Marks::STREET_WORD)
        && ENDS.iter().any(|end| {
            let letters = end.iter().filter(|byte| **byte != 0);
            token.tail.iter().filter(|byte| **byte != 0).eq(letters)
        })
}

/// "Goethestraße 12a", "Linden-Allee 3".
fn number_last(tokens: &[Token], position: usize) -> Option<usize> {
    let street = tokens.get(position)?;
    if !street.marks.any(Marks::STREET_ENDING) || !street.has_capital() {
        return None;
    }
    let mut at = position + 1;
    at += usize::from(is_mark(tokens, at, b'.') || is_mark(tokens, at, b','));
    let number = tokens.get(at)?;
    let fits = match number.form {
        Form::Number => number.length() <= 4,
        Form::Code => number.length() <= 5 && number.head.first().is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    fits.then_some(at + 1)
}

/// "SW1A 2AA": letters and digits as the Royal Mail gives them out.
fn british_postcode(tokens: &[Token], position: usize) -> Option<usize> {
    let outward = tokens.get(position)?;
    let inward = tokens.get(position + 1)?;
    if outward.form != Form::Code
        || inward.form != Form::Code
        || !(2..=4).contains(&outward.length())
        || inward.length() != 3
        || inward.glued
    {
        return None;
    }
    let shape = |bytes: &[u8; 4]| {
        bytes.map(|byte| match byte {
            0 => b' ',
            b'0'..=b'9' => b'9',
            _ => b'a',
        })
    };
    let outward_fits = matches!(
        &shape(&outward.head),
        b"a9  " | b"a99 " | b"aa9 " | b"aa99" | b"a9a " | b"aa9a"
    );
    (outward_fits && &shape(&inward.head) == b"9aa ").then_some(position + 2)
}

/// Whether a postcode as the Royal Mail gives them out begins here.
pub(crate) fn is_british_postcode(tokens: &[Token], position: usize) -> bool {
    british_postcode(tokens, position).is_some()
}

/// Whether a word in front calls it a postcode: "zip code: 12345", "PLZ 12345".
pub(crate) fn is_named_postcode(tokens: &[Token], position: usize) -> bool {
    const NAMES: [&[u8]; 11] = [
        b"zip",
        b"zipcode",
        b"postcode",
        b"postal",
        b"plz",
        b"postleitzahl",
        b"cap",
        b"cp",
        b"eircode",
        b"kod",
        b"postnummer",
    ];
    tokens
        .get(position.saturating_sub(5)..position)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|token| !matches!(token.form, Form::Break | Form::Number))
        .any(|token| token.is_word() && NAMES.iter().any(|name| word_hash(name) == token.hash))
}
