//! Letters that look like digits ("4lll", "6O11") or like other letters (a Cyrillic "Е" in an IBAN).

use super::{Draft, Reading};
use crate::{
    confusables::looks_like,
    fold::LETTER,
    numbers::byte,
    scan::{Scan, is_word},
    view::View,
};

pub(super) fn read(view: &View, scan: &Scan<'_>) -> Option<Reading> {
    let folded = &view.folded;
    let suspect = scan.pieces.iter().any(|piece| {
        let text = folded.get(piece.start..piece.end).unwrap_or_default();
        text.len() > piece.digits
            && (is_like_digits(text) || (text.contains(&LETTER) && piece.digits >= 6))
    });
    if !suspect {
        return None;
    }
    let mut draft = Draft::new(folded.len());
    let mut characters = view.clean().chars();
    let mut position = 0;
    let mut near = false; // digits stand in the word before, a blank away
    while position < folded.len() {
        let length = word_from(folded, position);
        let word = folded.get(position..position + length).unwrap_or_default();
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        let like = is_like_digits(word) && (digits > 0 || (near && length <= 4));
        let foreign = digits >= 6 && word.contains(&LETTER);
        for offset in 0..length {
            let Some(character) = characters.next() else {
                break;
            };
            let at = position + offset;
            let seen = byte(folded, at);
            let read = match seen {
                b'O' | b'o' if like => Some("0"),
                b'l' | b'I' | b'i' | b'L' if like => Some("1"),
                LETTER if foreign => looks_like(character),
                _ => None,
            };
            match read {
                Some(read) => draft.change(read, at..at + 1),
                None => draft.keep(character, at),
            }
        }
        position += length;
        if length > 0 {
            near = like || (digits > 0 && digits == length);
            continue;
        }
        near &= matches!(byte(folded, position), b' ' | b'-');
        if let Some(character) = characters.next() {
            draft.keep(character, position);
        }
        position += 1;
    }
    draft.finished()
}

fn word_from(folded: &[u8], start: usize) -> usize {
    let rest = folded.get(start..).unwrap_or_default();
    rest.iter().take_while(|byte| is_word(**byte)).count()
}

/// Only digits and letters that are taken for them.
fn is_like_digits(word: &[u8]) -> bool {
    !word.is_empty()
        && word.iter().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'l' | b'I' | b'i' | b'L')
        })
}
