//! The words of the lexicons themselves: a slip that makes a word somebody may well mean is no slip.
//! "Charge" is a letter away from "change" and means something else.

use std::{collections::HashMap, sync::LazyLock};

use super::{Language, Lexicon};
use crate::words::{contracted, is_same};

/// Every word that a lexicon writes out, beginnings with their `*`, and a bit for each language that has it.
static KNOWN: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (language, bit) in Language::ALL.into_iter().zip([1_u8, 2, 4, 8, 16, 32, 64]) {
        for element in elements(language.lexicon()) {
            let mut before: Vec<&str> = Vec::new();
            for option in element.split('|') {
                let word = option.strip_prefix('=').unwrap_or(option);
                // "address|adress" lists a usual slip of the word before it, "order|orders" another form of it.
                let is_slip = |known: &&str| is_same(known, word) && !is_form_of(known, word);
                if !word.is_empty() && !before.iter().any(is_slip) {
                    *known.entry(word).or_default() |= bit;
                }
                before.push(word);
            }
        }
    }
    known
});

/// Whether any lexicon has the word.
pub(crate) fn is_known(word: &str) -> bool {
    KNOWN.contains_key(word)
}

/// The endings in which forms of one word differ.
const ENDINGS: [&str; 9] = ["s", "es", "d", "ed", "e", "n", "en", "r", "m"];

/// Whether a typed word is another word of the language that expects this one, and no slip of it.
pub(super) fn is_another(expected: &str, typed: &str) -> bool {
    let languages = |word: &str| KNOWN.get(word).copied().unwrap_or_default();
    typed != expected
        && languages(typed) & languages(expected) != 0
        && !is_form_of(expected, typed)
        && contracted(typed).is_none_or(|typed| typed != expected)
}

/// "Orders" is a form of "order", "andere" of "anderen".
fn is_form_of(expected: &str, typed: &str) -> bool {
    let longer = |one: &str, other: &str| {
        let ending = one.strip_prefix(other);
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    longer(typed, expected) || longer(expected, typed)
}

/// The words of a lexicon, as elements of patterns.
fn elements(lexicon: &'static Lexicon) -> impl Iterator<Item = &'static str> {
    let words = &lexicon.words;
    let named = |list: &'static [(&'static str, &'static [&'static str])]| {
        list.iter().flat_map(|(_, patterns)| patterns.iter())
    };
    let wishes = lexicon.wishes.iter().flat_map(|(_, patterns)| *patterns);
    let services = lexicon.services.iter().flat_map(|(_, patterns)| *patterns);
    let cues = words.cues.iter().flat_map(|(_, patterns)| *patterns);
    let patterns = wishes
        .chain(services)
        .chain(cues)
        .chain(named(words.subjects))
        .chain(named(words.reasons))
        .chain(named(words.sizes))
        .chain(words.details)
        .chain(words.keeps)
        .chain(words.rather)
        .chain(words.drops)
        .chain(words.colours)
        .chain(words.units)
        .chain(words.references)
        .chain(words.gifts)
        .chain(words.larger)
        .chain(words.smaller)
        .chain(lexicon.informational)
        .chain(lexicon.markers)
        .copied();
    let listed = words
        .numbers
        .iter()
        .map(|(name, _)| *name)
        .chain(words.glossary.iter().map(|(own, _)| *own))
        .chain(lexicon.fillers.split_ascii_whitespace());
    patterns
        .flat_map(|pattern| {
            let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
            pattern.strip_suffix('$').unwrap_or(pattern).split(' ')
        })
        .filter(|element| !element.starts_with('.'))
        .chain(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_language_is_no_slip_of_another() {
        for (expected, typed) in [("change", "charge"), ("three", "these"), ("where", "there")] {
            assert!(is_another(expected, typed), "{expected} {typed}");
        }
        for (expected, typed) in [
            ("order", "orders"),
            ("order", "ordre"),
            ("address", "adress"),
            ("andern", "aendern"),
            ("zuruckgeben", "zuruckgebn"),
        ] {
            assert!(!is_another(expected, typed), "{expected} {typed}");
        }
    }
}
