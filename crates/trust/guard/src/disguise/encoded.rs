//! Character references of HTML, percent-encoding, escapes and base64, decoded one level deep.

use super::{Draft, Reading};
use crate::{numbers::byte, view::View};

/// Base64 of fewer characters says too little to be worth a look.
const SHORTEST_RUN: usize = 12;
/// Of a longer run only the beginning is decoded.
const LONGEST_RUN: usize = 4_096;

pub(super) fn read(view: &View) -> Option<Reading> {
    let folded = &view.folded;
    // Without a way out, so that many bytes are looked at in one step.
    let marks = folded.iter().fold(false, |seen, byte| {
        seen | matches!(byte, b'&' | b'%' | b'\\')
    });
    let long = has_long_run(folded);
    if !marks && !long {
        return None;
    }
    // Made where the first stretch is decoded: most texts that might have one have none.
    let mut draft: Option<Draft> = None;
    let mut characters = view.clean().chars();
    let mut position = 0;
    let mut kept = 0; // up to where the draft says what the text says
    let mut in_run = 0; // up to where a run was looked at in vain
    while position < folded.len() {
        let decoded = match byte(folded, position) {
            b'&' => reference(folded, position),
            b'%' => percent(folded, position),
            b'\\' => escape(folded, position),
            _ if long && position >= in_run => {
                let run = run_from(folded, position);
                in_run = position + run.max(1);
                base64(folded, position, run)
            }
            _ => None,
        };
        let Some((text, end)) = decoded.filter(|(_, end)| *end > position) else {
            position += 1;
            continue;
        };
        let draft = draft.get_or_insert_with(|| Draft::new(folded.len()));
        draft.keep_all(characters.by_ref(), kept..position);
        draft.change(&text, position..end);
        characters.by_ref().take(end - position).for_each(drop);
        (position, kept) = (end, end);
    }
    let mut draft = draft?;
    draft.keep_all(characters, kept..folded.len());
    draft.finished()
}

/// "&#52;", "&#x34;", "&commat;".
fn reference(folded: &[u8], start: usize) -> Option<(String, usize)> {
    let rest = folded.get(start + 1..)?;
    let length = rest.iter().take(10).position(|byte| *byte == b';')?;
    let name = core::str::from_utf8(rest.get(..length)?).ok()?;
    let character = if let Some(code) = name.strip_prefix('#') {
        let hexadecimal = code.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| code.parse(), |code| u32::from_str_radix(code, 16));
        char::from_u32(code.ok()?)?
    } else {
        named(name)?
    };
    Some((character.to_string(), start + length + 2))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "commat" => '@',
        "period" => '.',
        "colon" => ':',
        "sol" => '/',
        "hyphen" | "dash" => '-',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "lowbar" => '_',
        "plus" => '+',
        "num" => '#',
        "comma" => ',',
        "lpar" => '(',
        "rpar" => ')',
        _ => return None,
    })
}

/// A character in UTF-8, each byte as "%HH".
fn percent(folded: &[u8], start: usize) -> Option<(String, usize)> {
    let mut bytes = Vec::with_capacity(4);
    let mut position = start;
    while bytes.len() < 4 && byte(folded, position) == b'%' {
        bytes.push(hexadecimal(folded, position + 1, 2).and_then(|code| u8::try_from(code).ok())?);
        position += 3;
        if let Ok(text) = core::str::from_utf8(&bytes) {
            return Some((text.to_owned(), position));
        }
    }
    None
}

/// "\u0034", "\x34".
fn escape(folded: &[u8], start: usize) -> Option<(String, usize)> {
    let digits = match byte(folded, start + 1) {
        b'u' => 4,
        b'x' => 2,
        _ => return None,
    };
    let character = char::from_u32(hexadecimal(folded, start + 2, digits)?)?;
    Some((character.to_string(), start + 2 + digits))
}

fn hexadecimal(folded: &[u8], start: usize, digits: usize) -> Option<u32> {
    let digits = core::str::from_utf8(folded.get(start..start + digits)?).ok()?;
    // A sign is no digit.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}

const fn in_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// Whether a run is long enough, with capitals in it. One that is covers every twelfth byte somewhere, so
/// only those are looked at where there is none.
fn has_long_run(folded: &[u8]) -> bool {
    let mut position = SHORTEST_RUN - 1;
    while let Some(byte) = folded.get(position) {
        if !in_base64(*byte) {
            position += SHORTEST_RUN;
            continue;
        }
        let before = folded.get(..position).unwrap_or_default().iter().rev();
        let start = position - before.take_while(|byte| in_base64(**byte)).count();
        let length = run_from(folded, start);
        let run = folded.get(start..start + length).unwrap_or_default();
        let capitals = run.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        if length >= SHORTEST_RUN && capitals >= 2 {
            return true;
        }
        position = start + length + SHORTEST_RUN;
    }
    false
}

fn run_from(folded: &[u8], start: usize) -> usize {
    let rest = folded.get(start..).unwrap_or_default();
    rest.iter().take_while(|byte| in_base64(**byte)).count()
}

/// What a whole run says when it is base64 of readable text.
fn base64(folded: &[u8], start: usize, length: usize) -> Option<(String, usize)> {
    if !(SHORTEST_RUN..=LONGEST_RUN).contains(&length) {
        return None;
    }
    let run = folded.get(start..start + length)?;
    let mut text = String::with_capacity(length);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            _ => 63,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            let decoded = u8::try_from(bits >> count & 0xFF).ok()?;
            if !matches!(decoded, b' '..=b'~' | b'\n' | b'\t') {
                return None;
            }
            text.push(char::from(decoded));
        }
    }
    let padding = folded.get(start + length..).unwrap_or_default();
    let padding = padding
        .iter()
        .take(2)
        .take_while(|byte| **byte == b'=')
        .count();
    Some((text, start + length + padding))
}
