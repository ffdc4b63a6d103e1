//! What a message names: how many, which of those shown, which colour and size, which code, where to.
//!
//! Words come folded, as `words::sentences` gives them.

mod address;
mod names;
mod refusals;

use crate::{
    found::FoundProduct,
    lexicon::{Lexicon, find, is_known},
    words::{Sentence, is_same, sentences},
};

pub(crate) use address::{address, written};
use names::{alike, inflected};
pub(crate) use names::{in_other_words, is_named, is_said, likeness, name_words, translated};
pub(crate) use refusals::{after_last, other_values, parted};

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
        // "Half a dozen"
        let halved = (1..=2).any(|back| {
            let before = at.checked_sub(back).and_then(|at| words.get(at));
            before.is_some_and(|word| is_one_of(lexicon.words.halves, word))
        });
        let number = if halved && number % 2 == 0 {
            number / 2
        } else {
            number
        };
        let is_measure = after.is_some_and(|after| {
            is_one_of(lexicon.words.units, after)
                || lexicon
                    .words
                    .unit_names
                    .iter()
                    .any(|(name, _)| is_same(name, after))
                || is_one_of(lexicon.currencies, after)
                || after.parse::<i64>().is_ok()
        });
        let is_size = before.is_some_and(|before| {
            is_one_of(lexicon.words.size_words, before)
                || before.parse::<i64>().is_ok()
                || (before == "x" && word.parse::<i64>().is_ok())
        }) && (word.parse::<i64>().is_ok()
            || before.is_some_and(|word| word.parse::<i64>().is_err()));
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

/// Whether a number was said as the measure that a value is, and not as how many: it stands in the value,
/// and once in the words.
pub(crate) fn is_of_value(lexicon: &Lexicon, number: i64, value: &str, words: &[String]) -> bool {
    // "Two jars of 2 litres": how many is said in letters, and the measure in digits.
    let mut spelled = lexicon.words.numbers.iter();
    if spelled.any(|(name, of)| *of == number && words.iter().any(|word| word == name)) {
        return false;
    }
    let written = number.to_string();
    let said = words.iter().filter(|word| **word == written).count();
    let numbers: Vec<i64> = tokens(value)
        .iter()
        .flat_map(|token| token.parse())
        .collect();
    let holds = match numbers.as_slice() {
        [from, to] if value.contains('-') => (from..=to).contains(&&number),
        numbers => numbers.contains(&number),
    };
    said == 1 && holds
}

/// The values of a product's options that the message names: at most one each.
pub(crate) fn options(
    lexicon: &Lexicon,
    words: &[String],
    product: &FoundProduct,
) -> Vec<(String, String)> {
    let (words, refused) = parted(lexicon, words);
    let names = product.option_names();
    names
        .into_iter()
        .filter_map(|name| {
            let values = product.values_of(&name);
            let named = value(lexicon, &words, &values);
            named
                .or_else(|| by_size(lexicon, &words, &values))
                .or_else(|| left_over(lexicon, &refused, values))
                .map(|value| (name, value))
        })
        .collect()
}

/// "Not the cream one", of two: the other.
fn left_over(lexicon: &Lexicon, refused: &[String], values: Vec<String>) -> Option<String> {
    let out = named_values(lexicon, refused, &values);
    let mut left = values.into_iter().filter(|value| !out.contains(value));
    let one = left.next();
    one.filter(|_| !out.is_empty() && left.next().is_none())
}

/// "The middle one", "the largest": of values that are measures, by their order.
fn by_size(lexicon: &Lexicon, words: &[String], values: &[String]) -> Option<String> {
    let measure = |value: &String| {
        let tokens = tokens(value);
        let numbers = tokens.iter().map(|token| token.parse::<i64>());
        numbers.flatten().last()
    };
    let mut sorted: Vec<(i64, &String)> = values
        .iter()
        .map(|value| Some((measure(value)?, value)))
        .collect::<Option<_>>()?;
    sorted.sort();
    let said = |size: &str| {
        let named = lexicon.words.sizes.iter().find(|(own, _)| *own == size);
        named.is_some_and(|(own, names)| {
            words
                .iter()
                .any(|word| word != own && names.contains(&word.as_str()))
        })
    };
    let at = match (said("small"), said("medium"), said("large")) {
        (true, false, false) => 0,
        (false, true, false) if sorted.len() % 2 == 1 => sorted.len() / 2,
        (false, false, true) => sorted.len().checked_sub(1)?,
        _ => return None,
    };
    let (number, value) = sorted.get(at)?;
    let alike = sorted.iter().filter(|(other, _)| other == number).count();
    (sorted.len() > 1 && alike == 1).then(|| (*value).clone())
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
        let holds = |word: &String| {
            word.parse()
                .is_ok_and(|number: i64| (from..=to).contains(&number))
        };
        return if said.iter().any(holds) { WHOLE } else { 0 };
    }
    // Measures are compared number by number; the unit may be left out where the number is not small.
    let numbers: Vec<&String> = parts
        .iter()
        .filter(|part| part.parse::<i64>().is_ok())
        .collect();
    if !numbers.is_empty() {
        let all = said.windows(numbers.len()).any(|said| {
            said.iter()
                .zip(&numbers)
                .all(|(said, number)| said == *number)
        }) || with_x(&said).windows(numbers.len()).any(|said| {
            said.iter()
                .zip(&numbers)
                .all(|(said, number)| **said == **number)
        });
        let unit = parts
            .iter()
            .find(|part| lexicon.words.units.contains(&part.as_str()));
        let small = numbers.len() == 1 && numbers.iter().all(|number| number.len() < 2);
        let unit_said = unit.is_none_or(|unit| {
            said.iter().any(|said| {
                said == unit
                    || lexicon
                        .words
                        .unit_names
                        .iter()
                        .any(|(name, own)| own == unit && is_same(name, said))
            })
        });
        // "The 260 cm one", of 150 × 260 cm.
        const TELLING: usize = 3;
        let with_unit = |number: &str| {
            let after = |words: &[String]| {
                let at = words.iter().position(|word| word == number)?;
                let unit = words.get(at.saturating_add(1))?;
                let named = lexicon.words.unit_names.iter();
                let known = named.filter(|(name, _)| is_same(name, unit));
                Some(
                    known
                        .map(|(_, own)| (*own).to_owned())
                        .next()
                        .unwrap_or_else(|| unit.clone()),
                )
            };
            let unit = after(&parts).filter(|unit| lexicon.words.units.contains(&unit.as_str()));
            unit.is_some() && unit == after(&said)
        };
        let part = numbers
            .iter()
            .filter(|number| number.len() >= TELLING && said.contains(number) || with_unit(number))
            .count();
        return match (all, small && !unit_said) {
            (true, false) => WHOLE + numbers.len(),
            (true, true) => 0,
            (false, _) => part,
        };
    }
    // S, M, L and their names.
    if let [one] = parts.as_slice() {
        let letter = lexicon.words.sizes.iter().find(|(letter, _)| letter == one);
        if let Some((letter, names)) = letter {
            let named = words.iter().any(|word| {
                word == letter
                    || names
                        .iter()
                        .any(|name| name == word || name.len() > 3 && is_same(name, word))
            });
            return if named { WHOLE } else { 0 };
        }
    }
    let named = parts
        .iter()
        .filter(|part| words.iter().any(|word| is_named(lexicon, word, part)))
        .count();
    if named == parts.len() {
        WHOLE + named
    } else {
        named
    }
}

/// Folded words, with `160x200` taken apart.
fn tokens(text: &str) -> Vec<String> {
    let words = sentences(text).into_iter().flat_map(|s| s.words);
    words
        .flat_map(|word| {
            let both = word
                .split_once('x')
                .filter(|(one, other)| one.parse::<i64>().is_ok() && other.parse::<i64>().is_ok());
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
    // "30cm", "an 80er Tür": a measure.
    let is_measure = |word: &str| {
        let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let unit = unit.to_lowercase();
        unit.len() < word.len() && (lexicon.words.units.contains(&unit.as_str()) || unit == "er")
    };
    let looks = |word: &&&str| {
        if is_measure(word) {
            return false;
        }
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
        (letters >= 2 && digits >= 1 && letters + digits >= 4)
            || (capitals == letters && letters >= 5)
    };
    if let Some(word) = words.iter().find(looks) {
        return Some((*word).to_owned());
    }
    let at = words.iter().position(|word| {
        let word = sentences(word).into_iter().flat_map(|s| s.words).next();
        word.is_some_and(|word| {
            let mut codes = lexicon.words.code_words.iter();
            codes.any(|code| is_same(code, &word) && !is_several(code, &word))
        })
    })?;
    // "The code is cosy": right behind it, and no word that means something else. "Two codes in one order" has
    // none.
    const BETWEEN: usize = 2;
    let after = words.iter().skip(at + 1).take(BETWEEN + 1).find(|word| {
        let folded = word.to_lowercase();
        !lexicon.is_filler(&folded) && !lexicon.words.code_words.contains(&folded.as_str())
    })?;
    let folded = sentences(after).into_iter().flat_map(|s| s.words).next()?;
    (after.len() >= 4 && !is_known(&folded)).then(|| (*after).to_owned())
}

/// How many hours ago something was, from and to: "yesterday", "from last week".
pub(crate) fn age(lexicon: &Lexicon, words: &[String]) -> Option<(i64, i64)> {
    let ages = lexicon.words.ages.iter();
    let mut said = ages.filter(|(_, _, patterns)| says(patterns, words));
    said.next().map(|(from, to, _)| (*from, *to))
}

/// "Codes", "Gutscheine": of several none is named.
fn is_several(one: &str, word: &str) -> bool {
    let ending = word.strip_prefix(one);
    ending.is_some_and(|ending| ["s", "e", "en", "n"].contains(&ending))
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
    is_colour(lexicon, word)
        || is_size(lexicon, word)
        || word.starts_with(|letter: char| letter.is_ascii_digit())
        || lexicon.words.numbers.iter().any(|(name, _)| *name == word)
        || is_unit(lexicon, word)
        || lexicon.words.size_words.contains(&word)
        || lexicon.words.halves.contains(&word)
        || word == "x"
}

fn is_unit(lexicon: &Lexicon, word: &str) -> bool {
    let mut names = lexicon.words.unit_names.iter();
    lexicon.words.units.contains(&word) || names.any(|(name, _)| is_same(name, word))
}

fn is_size(lexicon: &Lexicon, word: &str) -> bool {
    lexicon
        .words
        .sizes
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
        // "2 litres": a number with its unit.
        let measured = || {
            let unit = words.get(at.saturating_add(1));
            unit.is_some_and(|unit| is_unit(lexicon, unit))
        };
        is_colour(lexicon, word)
            || is_size(lexicon, word)
            || number && (sized || word.len() >= 2 || measured())
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
        lexicon
            .words
            .instead
            .iter()
            .any(|instead| is_same(instead, word))
            || is_rather_than(*at)
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
