//! Whether a word of a message is a word of a name, in whatever language and however it is written.

use crate::{
    lexicon::Lexicon,
    words::{is_same, sentences},
};

/// Whether a word of a message is a word of a name: the same up to a slip and the plural, or the same in
/// the language of the catalogue.
pub(crate) fn is_named(lexicon: &Lexicon, word: &str, name: &str) -> bool {
    if alike(word, name) {
        return true;
    }
    // A compound: "leinenhemd" is of linen, and a shirt.
    let meanings = meanings(lexicon, word);
    meanings
        .iter()
        .any(|others| others.split(' ').any(|other| alike(other, name)))
}

/// Whether a name says some of these words; of a compound, all of its parts are said.
pub(crate) fn is_said(lexicon: &Lexicon, name: &str, words: &[String]) -> bool {
    if words.iter().any(|word| alike(name, word)) {
        return true;
    }
    let meanings = meanings(lexicon, name);
    !meanings.is_empty()
        && meanings.iter().all(|others| {
            others
                .split(' ')
                .any(|other| words.iter().any(|word| alike(other, word)))
        })
}

/// What the glossary has for a word: for itself, else for the parts of a compound, else for one that is like
/// it.
fn meanings(lexicon: &Lexicon, word: &str) -> Vec<&'static str> {
    let glossary = lexicon.words.glossary;
    if let Some((_, others)) = glossary.iter().find(|(own, _)| *own == word) {
        return vec![others];
    }
    // A slip in a long word, before its parts: "bettwesche" is no bed of ash.
    const LONG: usize = 8;
    let slipped = glossary.iter().find(|(own, _)| {
        own.len() >= LONG && own.len().abs_diff(word.len()) <= 1 && is_same(own, word)
    });
    if let Some((_, others)) = slipped {
        return vec![others];
    }
    let parts = compound(lexicon, word);
    if parts.len() > 1 {
        return parts;
    }
    let like = glossary
        .iter()
        .find(|(own, _)| stems(word).iter().any(|stem| is_same(own, stem)) || inflected(word, own));
    like.map_or(parts, |(_, others)| vec![*others])
}

/// The parts of a compound that the glossary has: what it begins and what it ends with.
fn compound(lexicon: &Lexicon, word: &str) -> Vec<&'static str> {
    const SHORTEST_PART: usize = 3;
    const SHORTEST_COMPOUND: usize = 7;
    if word.len() < SHORTEST_COMPOUND {
        return Vec::new();
    }
    let glossary = || {
        lexicon.words.glossary.iter().filter(|(own, _)| {
            own.len() >= SHORTEST_PART && word.len() >= own.len() + SHORTEST_PART
        })
    };
    let start = glossary()
        .filter(|(own, _)| word.starts_with(own))
        .max_by_key(|(own, _)| own.len());
    let end = glossary()
        .filter(|(own, _)| ends_with(word, own))
        .max_by_key(|(own, _)| own.len());
    start
        .into_iter()
        .chain(end)
        .map(|(_, others)| *others)
        .collect()
}

fn ends_with(word: &str, own: &str) -> bool {
    let stems = ["", "n", "en", "e", "er", "s"]
        .iter()
        .filter_map(|ending| word.strip_suffix(ending));
    stems.into_iter().any(|stem| {
        stem.ends_with(own)
            || stem
                .len()
                .checked_sub(own.len())
                .and_then(|at| stem.get(at..))
                .is_some_and(|end| own.len() >= 4 && is_last_letter_off(own, end))
    })
}

/// "hemt" for "hemd"
fn is_last_letter_off(own: &str, end: &str) -> bool {
    let (own, end) = (own.as_bytes(), end.as_bytes());
    let before = |word: &'_ [u8]| word.split_last().map(|(_, rest)| rest.to_vec());
    own.len() == end.len() && before(own) == before(end)
}

/// A word as catalogues in other languages have it.
pub(crate) fn translated(lexicon: &Lexicon, word: &str) -> Option<String> {
    let first = |others: &str| others.split(' ').next().unwrap_or_default().to_owned();
    let parts = meanings(lexicon, word);
    (!parts.is_empty()).then(|| {
        let words: Vec<String> = parts.into_iter().map(first).collect();
        words.join(" ")
    })
}

/// All that a word may be called in catalogues in other languages, the likeliest first; of a compound the
/// whole.
pub(crate) fn in_other_words(lexicon: &Lexicon, word: &str) -> Vec<String> {
    match meanings(lexicon, word).as_slice() {
        [one] => one.split(' ').map(str::to_owned).collect(),
        _ => translated(lexicon, word).into_iter().collect(),
    }
}

/// The same word up to a slip, the plural or an ending.
pub(crate) fn alike(word: &str, name: &str) -> bool {
    const SHORTEST_STEM: usize = 3;
    if is_same(name, word) {
        return true;
    }
    let names = stems(name);
    let alike = stems(word).into_iter().any(|stem| {
        stem.len() >= SHORTEST_STEM
            && names
                .iter()
                .any(|name| *name == stem || (name.len() >= 4 && is_same(name, &stem)))
    });
    // "Raumdiffuser" is a diffuser.
    const SHORTEST_NOUN: usize = 5;
    alike
        || inflected(word, name)
        || name.len() >= SHORTEST_NOUN && word.len() > name.len() + 2 && word.ends_with(name)
}

/// "blaue", "blauen", "rotes": an adjective's ending.
pub(crate) fn inflected(word: &str, name: &str) -> bool {
    const SHORTEST_ADJECTIVE: usize = 4;
    name.len() >= SHORTEST_ADJECTIVE
        && word.strip_prefix(name).is_some_and(|ending| {
            [
                "e", "en", "er", "es", "em", "n", "s", "ne", "nen", "ene", "enen", "ener", "enes",
            ]
            .contains(&ending)
        })
        || name == "rot" && matches!(word, "rote" | "roten" | "roter" | "rotes")
}

/// A word, and what is left of it without the endings of several.
fn stems(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    stems.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    stems.extend(word.strip_suffix("es").map(str::to_owned));
    stems.extend(word.strip_suffix('s').map(str::to_owned));
    // "felted" is of felt
    let participle = word.strip_suffix("ed").filter(|stem| stem.len() >= 4);
    stems.extend(participle.map(str::to_owned));
    // "A watering can", for who waters
    let gerund = word.strip_suffix("ing").filter(|stem| stem.len() >= 4);
    stems.extend(gerund.map(str::to_owned));
    stems
}

/// The words of a name that tell it from others.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let words = sentences(name).into_iter().flat_map(|s| s.words);
    words
        .filter(|word| {
            word.len() >= 3
                && !["and", "with", "the", "for", "set", "und", "mit"].contains(&&**word)
        })
        .collect()
}

/// How many words of a name the message has.
pub(crate) fn likeness(lexicon: &Lexicon, words: &[String], name: &str) -> usize {
    let name = name_words(name);
    let named = name
        .iter()
        .filter(|name| words.iter().any(|word| is_named(lexicon, word, name)));
    named.count()
}
