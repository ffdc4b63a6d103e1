//! An address in a message.

use crate::{
    calls::{Destination, Written},
    lexicon::Lexicon,
    words::sentences,
};

/// An address in a message, or the message itself where parts of one were taken out of it.
pub(crate) fn address(lexicon: &Lexicon, message: &str) -> Option<Destination> {
    if message.contains("[ADDRESS_") {
        return Some(Destination::Told(message.to_owned()));
    }
    if message.contains('[') {
        return None; // something else was taken out: she writes it into the form
    }
    written(lexicon, message).map(Destination::Written)
}

/// An address as people write it: a street with a number, a postal code and a town.
pub(crate) fn written(lexicon: &Lexicon, message: &str) -> Option<Written> {
    let parts: Vec<&str> = message
        .split([',', '\n', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (at, (postal_code, city)) = parts
        .iter()
        .enumerate()
        .find_map(|(at, part)| postal_and_city(part).map(|found| (at, found)))?;
    let own = parts.get(at).copied().unwrap_or_default();
    // "Gartenstr. 5 50667 Köln" on one line, or the street in the part before.
    let street = match own.split_once(&*postal_code) {
        Some((before, _)) if has_number_and_word(before.trim()) => before.trim(),
        _ => at.checked_sub(1).and_then(|at| parts.get(at)).copied()?,
    };
    let line1 = street_of(lexicon, street)?;
    let country = parts.get(at + 1).and_then(|part| {
        let folded: Vec<String> = sentences(part).into_iter().flat_map(|s| s.words).collect();
        let named = lexicon
            .words
            .countries
            .iter()
            .find(|(name, _)| folded.iter().any(|word| word == name));
        named.map(|(_, code)| (*code).to_owned())
    });
    Some(Written {
        line1,
        postal_code,
        city,
        country,
    })
}

fn has_number_and_word(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit()) && text.chars().any(char::is_alphabetic)
}

/// `10115 Berlin`, `Berlin 10115`, `NY 10012`
fn postal_and_city(part: &str) -> Option<(String, String)> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let at = words.iter().position(|word| {
        (4..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    })?;
    let code = (*words.get(at)?).to_owned();
    let after: Vec<&str> = words
        .iter()
        .skip(at + 1)
        .copied()
        .take_while(|word| is_town(word))
        .collect();
    // "Köln instead": a town is written with a capital, unless nothing is.
    let capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let small = ["am", "an", "der", "bei", "im", "upon", "on", "the", "in"];
    let mut town: Vec<&str> = after
        .iter()
        .take_while(|word| capital(word) || small.contains(*word))
        .copied()
        .collect();
    while town.last().is_some_and(|last| small.contains(last)) {
        town.pop();
    }
    if town.is_empty() {
        town.extend(after.first());
    }
    let before: Vec<&str> = words
        .iter()
        .take(at)
        .copied()
        .filter(|word| is_town(word))
        .collect();
    let city = if town.is_empty() {
        before.last().map(|word| (*word).to_owned())
    } else {
        Some(town.join(" "))
    };
    Some((code, city?.trim_matches(['.', '!', '?']).to_owned()))
}

fn is_town(word: &str) -> bool {
    word.chars()
        .all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '.' | '!' | '?' | '\''))
        && word.chars().next().is_some_and(char::is_alphabetic)
}

/// The street at the end of a sentence: "please send it to Gartenstraße 5" is "Gartenstraße 5".
fn street_of(lexicon: &Lexicon, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = words
        .iter()
        .rposition(|word| word.chars().any(|letter| letter.is_ascii_digit()))?;
    // American and British streets begin with the number.
    let leading = words
        .iter()
        .position(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let introduces = |word: &&str| {
        let folded: Vec<String> = sentences(word).into_iter().flat_map(|s| s.words).collect();
        folded
            .first()
            .is_none_or(|word| lexicon.words.address_leads.contains(&word.as_str()))
            || word.ends_with(':')
    };
    let from = match leading {
        Some(leading) if leading == number && words.len() > number + 1 => leading,
        _ => words
            .iter()
            .take(number)
            .rposition(introduces)
            .map_or(0, |at| at + 1),
    };
    let street = words.get(from..)?.join(" ");
    has_number_and_word(&street).then_some(street)
}
