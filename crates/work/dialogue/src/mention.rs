//! What a message names: how many, which of those shown, which colour and size, which code, where to.
//!
//! Words come folded, as `words::sentences` gives them.

use crate::{
    calls::Written,
    found::FoundProduct,
    lexicon::{Lexicon, find},
    words::{Sentence, is_same, sentences},
};

/// One of several that were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pick {
    /// From 0.
    Nth(usize),
    Last,
    /// Of what has a date; else the last of a list.
    Oldest,
    Cheapest,
    Dearest,
    /// Not the one before.
    Other,
}

/// "the second one", "the cheaper one", "the last", "no, the other one"
pub(crate) fn pick(lexicon: &Lexicon, words: &[String]) -> Option<Pick> {
    let sentence = sentence_of(words);
    let said = |patterns: &[&str]| {
        patterns
            .iter()
            .any(|pattern| find(pattern, &sentence, 0).is_some())
    };
    if said(lexicon.words.picks.cheapest) {
        return Some(Pick::Cheapest);
    }
    if said(lexicon.words.picks.dearest) {
        return Some(Pick::Dearest);
    }
    if said(lexicon.words.picks.other) {
        return Some(Pick::Other);
    }
    if said(lexicon.words.picks.oldest) {
        return Some(Pick::Oldest);
    }
    if said(lexicon.words.picks.last) {
        return Some(Pick::Last);
    }
    let nth = lexicon.words.picks.nth.iter().position(|words| said(words));
    nth.map(Pick::Nth)
}

pub(crate) fn sentence_of(words: &[String]) -> Sentence {
    Sentence {
        words: words.to_vec(),
        ..Sentence::default()
    }
}

/// How many pieces: "two of them", "3x", "4 mugs". A measure, a size, a price or a number of an order is none.
pub(crate) fn quantity(lexicon: &Lexicon, words: &[String]) -> Option<i64> {
    const MOST: i64 = 100;
    let is_one_of = |list: &[&str], word: &str| list.contains(&word);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let after = words.get(at + 1).map(String::as_str);
        let times = word.strip_suffix('x').or_else(|| word.strip_prefix('x'));
        if let Some(number) = times.and_then(|number| number.parse::<i64>().ok()) {
            return (1..=MOST).contains(&number).then_some(number);
        }
        let number = match word.parse::<i64>() {
            Ok(number) => number,
            Err(_) => match lexicon.words.numbers.iter().find(|(name, _)| name == word) {
                Some((_, number)) => *number,
                None => continue,
            },
        };
        let is_measure = after.is_some_and(|after| {
            is_one_of(lexicon.words.units, after)
                || lexicon.words.unit_names.iter().any(|(name, _)| is_same(name, after))
                || is_one_of(lexicon.currencies, after)
                || after.parse::<i64>().is_ok()
        });
        let is_size = before.is_some_and(|before| {
            is_one_of(lexicon.words.size_words, before)
                || before.parse::<i64>().is_ok()
                || (before == "x" && word.parse::<i64>().is_ok())
        }) && (word.parse::<i64>().is_ok() || before.is_some_and(|word| word.parse::<i64>().is_err()));
        // "160 x 200": a measure; "2 x the mug": a number.
        let is_product = after == Some("x")
            && words
                .get(at + 2)
                .is_some_and(|word| word.parse::<i64>().is_ok());
        if (1..=MOST).contains(&number) && !is_measure && !is_size && !is_product {
            return Some(number);
        }
    }
    None
}

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
    let slipped = glossary
        .iter()
        .find(|(own, _)| own.len() >= LONG && own.len().abs_diff(word.len()) <= 1 && is_same(own, word));
    if let Some((_, others)) = slipped {
        return vec![others];
    }
    let parts = compound(lexicon, word);
    if parts.len() > 1 {
        return parts;
    }
    let like = glossary.iter().find(|(own, _)| {
        stems(word).iter().any(|stem| is_same(own, stem)) || inflected(word, own)
    });
    like.map_or(parts, |(_, others)| vec![*others])
}

/// The parts of a compound that the glossary has: what it begins and what it ends with.
fn compound(lexicon: &Lexicon, word: &str) -> Vec<&'static str> {
    const SHORTEST_PART: usize = 3;
    const SHORTEST_COMPOUND: usize = 7;
    if word.len() < SHORTEST_COMPOUND {
        return Vec::new();
    }
    let glossary = || lexicon.words.glossary.iter().filter(|(own, _)| own.len() >= SHORTEST_PART && word.len() >= own.len() + SHORTEST_PART);
    let start = glossary()
        .filter(|(own, _)| word.starts_with(own))
        .max_by_key(|(own, _)| own.len());
    let end = glossary()
        .filter(|(own, _)| ends_with(word, own))
        .max_by_key(|(own, _)| own.len());
    start.into_iter().chain(end).map(|(_, others)| *others).collect()
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

/// The same word up to a slip, the plural or an ending.
fn alike(word: &str, name: &str) -> bool {
    const SHORTEST_STEM: usize = 3;
    if is_same(name, word) {
        return true;
    }
    let names = stems(name);
    let alike = stems(word).into_iter().any(|stem| {
        stem.len() >= SHORTEST_STEM
            && names.iter().any(|name| *name == stem || (name.len() >= 4 && is_same(name, &stem)))
    });
    // "Raumdiffuser" is a diffuser.
    const SHORTEST_NOUN: usize = 5;
    alike
        || inflected(word, name)
        || name.len() >= SHORTEST_NOUN && word.len() > name.len() + 2 && word.ends_with(name)
}

/// "blaue", "blauen", "rotes": an adjective's ending.
fn inflected(word: &str, name: &str) -> bool {
    const SHORTEST_ADJECTIVE: usize = 4;
    name.len() >= SHORTEST_ADJECTIVE
        && word.strip_prefix(name).is_some_and(|ending| {
            ["e", "en", "er", "es", "em", "n", "s", "ne", "nen"].contains(&ending)
        })
        || name == "rot" && matches!(word, "rote" | "roten" | "roter" | "rotes")
}

/// A word, and what is left of it without the endings of several.
fn stems(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    stems.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    stems.extend(word.strip_suffix("es").map(str::to_owned));
    stems.extend(word.strip_suffix('s').map(str::to_owned));
    stems
}

/// The words of a name that tell it from others.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let words = sentences(name).into_iter().flat_map(|s| s.words);
    words
        .filter(|word| word.len() >= 3 && !["and", "with", "the", "for", "set", "und", "mit"].contains(&&**word))
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

/// The values of a product's options that the message names: at most one each.
pub(crate) fn options(
    lexicon: &Lexicon,
    words: &[String],
    product: &FoundProduct,
) -> Vec<(String, String)> {
    let names = product.option_names();
    names
        .into_iter()
        .filter_map(|name| {
            let values = product.values_of(&name);
            value(lexicon, words, &values).map(|value| (name, value))
        })
        .collect()
}

/// The values that the message names: all that it names as well as any.
pub(crate) fn named_values(lexicon: &Lexicon, words: &[String], values: &[String]) -> Vec<String> {
    let scored = values
        .iter()
        .map(|value| (value_named(lexicon, words, value), value));
    let scored: Vec<(usize, &String)> = scored.filter(|(score, _)| *score > 0).collect();
    let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    // A whole value stands above a part of another; two whole ones stand side by side.
    let least = if best >= WHOLE { WHOLE } else { best };
    scored
        .into_iter()
        .filter(|(score, _)| *score >= least)
        .map(|(_, value)| value.clone())
        .collect()
}

/// The one of these values that the message names best; `None` when it names none, or two alike.
pub(crate) fn value(lexicon: &Lexicon, words: &[String], values: &[String]) -> Option<String> {
    let mut best: Option<(usize, &String)> = None;
    let mut tied = false;
    for value in values {
        let score = value_named(lexicon, words, value);
        if score == 0 {
            continue;
        }
        match best {
            Some((known, _)) if known > score => {}
            Some((known, _)) if known == score => tied = true,
            _ => (best, tied) = (Some((score, value)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, value)| value.clone())
}

/// From here on a value is named in full.
const WHOLE: usize = 100;

/// How well a value is named: 0 not at all; a whole value stands above a part of one.
fn value_named(lexicon: &Lexicon, words: &[String], value: &str) -> usize {
    let parts: Vec<String> = tokens(value);
    let said: Vec<String> = words.iter().flat_map(|word| tokens(word)).collect();
    if parts.is_empty() {
        return 0;
    }
    // "40-43" holds 42.
    if let [from, to] = parts.as_slice()
        && value.contains('-')
        && let (Ok(from), Ok(to)) = (from.parse::<i64>(), to.parse::<i64>())
    {
        let holds = |word: &String| word.parse().is_ok_and(|number: i64| (from..=to).contains(&number));
        return if said.iter().any(holds) { WHOLE } else { 0 };
    }
    // Measures are compared number by number; the unit may be left out where the number is not small.
    let numbers: Vec<&String> = parts.iter().filter(|part| part.parse::<i64>().is_ok()).collect();
    if !numbers.is_empty() {
        let all = said
            .windows(numbers.len())
            .any(|said| said.iter().zip(&numbers).all(|(said, number)| said == *number))
            || with_x(&said).windows(numbers.len()).any(|said| {
                said.iter().zip(&numbers).all(|(said, number)| **said == **number)
            });
        let unit = parts.iter().find(|part| lexicon.words.units.contains(&part.as_str()));
        let small = numbers.len() == 1 && numbers.iter().all(|number| number.len() < 2);
        let unit_said = unit.is_none_or(|unit| {
            said.iter().any(|said| said == unit || lexicon.words.unit_names.iter().any(|(name, own)| own == unit && is_same(name, said)))
        });
        return match (all, small && !unit_said) {
            (true, false) => WHOLE + numbers.len(),
            _ => 0,
        };
    }
    // S, M, L and their names.
    if let [one] = parts.as_slice() {
        let letter = lexicon.words.sizes.iter().find(|(letter, _)| letter == one);
        if let Some((letter, names)) = letter {
            let named = words.iter().any(|word| {
                word == letter || names.iter().any(|name| name == word || name.len() > 3 && is_same(name, word))
            });
            return if named { WHOLE } else { 0 };
        }
    }
    let named = parts
        .iter()
        .filter(|part| words.iter().any(|word| is_named(lexicon, word, part)))
        .count();
    if named == parts.len() { WHOLE + named } else { named }
}

/// Folded words, with `160x200` taken apart.
fn tokens(text: &str) -> Vec<String> {
    let words = sentences(text).into_iter().flat_map(|s| s.words);
    words
        .flat_map(|word| {
            let both = word.split_once('x').filter(|(one, other)| {
                one.parse::<i64>().is_ok() && other.parse::<i64>().is_ok()
            });
            match both {
                Some((one, other)) => vec![one.to_owned(), other.to_owned()],
                None => number_and_unit(&word),
            }
        })
        .collect()
}

/// "140cm" is a number and a unit.
fn number_and_unit(word: &str) -> Vec<String> {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    match word.split_at_checked(digits) {
        Some((number, unit)) if digits > 0 && !unit.is_empty() && unit.len() <= 2 => {
            vec![number.to_owned(), unit.to_owned()]
        }
        _ => vec![word.to_owned()],
    }
}

/// Without the "x" or "by" between the two numbers of a measure.
fn with_x(said: &[String]) -> Vec<&String> {
    let between = |word: &&String| !["x", "by", "mal", "cm", "auf"].contains(&word.as_str());
    said.iter().filter(between).collect()
}

/// A discount code: a word with capitals or digits that is written like none of the language, or the word
/// after "code".
pub(crate) fn code(lexicon: &Lexicon, message: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let words: Vec<&str> = message
        .split(|letter: char| !is_part(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let looks = |word: &&&str| {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
        (letters >= 2 && digits >= 1 && letters + digits >= 4) || (capitals == letters && letters >= 5)
    };
    if let Some(word) = words.iter().find(looks) {
        return Some((*word).to_owned());
    }
    let at = words.iter().position(|word| {
        let word = sentences(word).into_iter().flat_map(|s| s.words).next();
        word.is_some_and(|word| lexicon.words.code_words.iter().any(|code| is_same(code, &word)))
    })?;
    let after = words.iter().skip(at + 1).find(|word| {
        let folded = word.to_lowercase();
        word.len() >= 4 && !lexicon.fillers.contains(&folded.as_str()) && !lexicon.words.code_words.contains(&folded.as_str())
    })?;
    Some((*after).to_owned())
}

/// An address as people write it: a street with a number, a postal code and a town.
pub(crate) fn address(lexicon: &Lexicon, message: &str) -> Option<Written> {
    if message.contains('[') {
        return None; // a part of it was taken out: she writes it into the form
    }
    let parts: Vec<&str> = message.split([',', '\n', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
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
        let named = lexicon.words.countries.iter().find(|(name, _)| folded.iter().any(|word| word == name));
        named.map(|(_, code)| (*code).to_owned())
    });
    Some(Written { line1, postal_code, city, country })
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
    let after: Vec<&str> = words.iter().skip(at + 1).copied().take_while(|word| is_town(word)).collect();
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
    let before: Vec<&str> = words.iter().take(at).copied().filter(|word| is_town(word)).collect();
    let city = if town.is_empty() { before.last().map(|word| (*word).to_owned()) } else { Some(town.join(" ")) };
    Some((code, city?.trim_matches(['.', '!', '?']).to_owned()))
}

fn is_town(word: &str) -> bool {
    word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '.' | '!' | '?' | '\''))
        && word.chars().next().is_some_and(char::is_alphabetic)
}

/// The street at the end of a sentence: "please send it to Gartenstraße 5" is "Gartenstraße 5".
fn street_of(lexicon: &Lexicon, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = words.iter().rposition(|word| word.chars().any(|letter| letter.is_ascii_digit()))?;
    // American and British streets begin with the number.
    let leading = words.iter().position(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let introduces = |word: &&str| {
        let folded: Vec<String> = sentences(word).into_iter().flat_map(|s| s.words).collect();
        folded.first().is_none_or(|word| lexicon.words.address_leads.contains(&word.as_str()))
            || word.ends_with(':')
    };
    let from = match leading {
        Some(leading) if leading == number && words.len() > number + 1 => leading,
        _ => words.iter().take(number).rposition(introduces).map_or(0, |at| at + 1),
    };
    let street = words.get(from..)?.join(" ");
    has_number_and_word(&street).then_some(street)
}

pub(crate) fn says(patterns: &[&str], words: &[String]) -> bool {
    let sentence = sentence_of(words);
    patterns
        .iter()
        .any(|pattern| find(pattern, &sentence, 0).is_some())
}

/// "It", "that one": what was spoken of before.
pub(crate) fn refers(lexicon: &Lexicon, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| lexicon.words.references.contains(&word.as_str()))
}

/// A colour, a size, a measure or a number: it says more of goods and names none.
pub(crate) fn is_quality(lexicon: &Lexicon, word: &str) -> bool {
    is_colour(lexicon, word) || is_size(lexicon, word) || word.starts_with(|letter: char| letter.is_ascii_digit())
        || lexicon.words.numbers.iter().any(|(name, _)| *name == word)
        || lexicon.words.units.contains(&word)
        || lexicon.words.unit_names.iter().any(|(name, _)| is_same(name, word))
        || lexicon.words.size_words.contains(&word)
        || word == "x"
}

fn is_size(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.words.sizes
        .iter()
        .any(|(letter, names)| *letter == word || names.contains(&word))
}

pub(crate) fn is_colour(lexicon: &Lexicon, word: &str) -> bool {
    // A slip in a short one may be another word: "back" is no black.
    const LONG: usize = 6;
    let colours = lexicon.words.colours;
    colours.iter().any(|colour| {
        *colour == word || inflected(word, colour) || colour.len() >= LONG && alike(word, colour)
    })
}

pub(crate) fn is_pick(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.words.pick_words.contains(&word)
}

/// Whether it names a colour, a size or a measure.
pub(crate) fn has_quality(lexicon: &Lexicon, words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let number = word.starts_with(|letter: char| letter.is_ascii_digit());
        let sized = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .is_some_and(|before| lexicon.words.size_words.contains(&before.as_str()));
        is_colour(lexicon, word) || is_size(lexicon, word) || (number && (sized || word.len() >= 2))
    })
}

/// Without what stands behind "instead of" or "rather than": it is not what is wanted.
pub(crate) fn without_instead<'w>(lexicon: &Lexicon, words: &'w [String]) -> &'w [String] {
    let is_rather_than = |at: usize| {
        words.get(at).is_some_and(|word| word == "rather")
            && words.get(at + 1).is_some_and(|word| word == "than")
    };
    let at = (0..words.len()).find(|at| {
        let word = words.get(*at).map(String::as_str).unwrap_or_default();
        lexicon.words.instead.iter().any(|instead| is_same(instead, word)) || is_rather_than(*at)
    });
    match at {
        // "white instead of blue"; "instead of blue, white" and "white instead" stay whole.
        Some(at) if at > 0 && at + 1 < words.len() => words.get(..at).unwrap_or(words),
        _ => words,
    }
}

/// Without "too small": it is what it is, and not what is wanted.
pub(crate) fn without_misfit(lexicon: &Lexicon, words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let too = ["too", "to", "zu", "bit"].contains(&word.as_str());
        if too && words.next_if(|next| is_size(lexicon, next)).is_some() {
            continue;
        }
        kept.push(word.clone());
    }
    kept
}
