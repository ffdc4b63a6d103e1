//! What is named and not wanted, and what a thing is to become when it is known what it is.

use super::{named_values, sentence_of};
use crate::{
    found::FoundProduct,
    lexicon::{Lexicon, Wish, find},
};

/// Words that may stand one after another behind a refusal, before the thing: "nothing made of jute".
const MOST_BETWEEN: usize = 3;

/// Where in the words something is named that is not wanted: "not the cream", "nothing in jute", "keine aus
/// Bienenwachs", "no wool or silk".
pub(crate) fn refused_at(lexicon: &Lexicon, words: &[String]) -> Vec<usize> {
    let lists = &lexicon.words;
    let is = |list: &[&str], at: usize| words.get(at).is_some_and(|word| list.contains(&&**word));
    let names = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| !lexicon.is_filler(word) && !is(lists.refusals, at))
    };
    let mut refused = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !lists.refusals.contains(&word.as_str()) {
            continue;
        }
        let mut next = at.saturating_add(1);
        while is(lists.before_refused, next) && next <= at.saturating_add(MOST_BETWEEN) {
            next = next.saturating_add(1);
        }
        // "No the blue one" refuses what was there before.
        let answers = at == 0 && next > at.saturating_add(1) && is_no(lexicon, word);
        if answers || !names(next) {
            continue;
        }
        refused.push(next);
        // "Not the dark green", "no wool or silk"
        let second = next.saturating_add(1);
        let third = second.saturating_add(1);
        if names(second)
            && super::is_colour(lexicon, word_at(words, next))
            && super::is_colour(lexicon, word_at(words, second))
        {
            refused.push(second);
        } else if is(lists.between_alternatives, second) && names(third) {
            refused.push(third);
        }
    }
    refused
}

fn word_at(words: &[String], at: usize) -> &str {
    words.get(at).map(String::as_str).unwrap_or_default()
}

fn is_no(lexicon: &Lexicon, word: &str) -> bool {
    let alone = sentence_of(&[word.to_owned()]);
    let mut light = lexicon.light_patterns();
    light.any(|(wish, pattern)| wish == Wish::No && find(pattern, &alone, 0).is_some())
}

/// The words without what is refused in them, and the refused ones.
pub(crate) fn parted(lexicon: &Lexicon, words: &[String]) -> (Vec<String>, Vec<String>) {
    let refused = refused_at(lexicon, words);
    let part = |wanted: bool| {
        let words = words.iter().enumerate();
        words
            .filter(|(at, _)| refused.contains(at) != wanted)
            .map(|(_, word)| word.clone())
            .collect()
    };
    (part(true), part(false))
}

/// The values that something is to have which has these now: what it is, it does not become. "I have it in S,
/// and need L"; "medium is too small, the large one".
pub(crate) fn other_values(
    lexicon: &Lexicon,
    words: &[String],
    product: &FoundProduct,
    now: &[(String, String)],
) -> Vec<(String, String)> {
    let (words, _) = parted(lexicon, words);
    let names = product.option_names().into_iter();
    names
        .filter_map(|name| {
            let mut values = product.values_of(&name);
            values.retain(|value| {
                !now.iter()
                    .any(|(known, has)| *known == name && has == value)
            });
            match named_values(lexicon, &words, &values).as_slice() {
                [one] => Some((name, one.clone())),
                _ => None,
            }
        })
        .collect()
}

/// The words after the last "to" or "into", or all of them.
pub(crate) fn after_last<'w>(words: &'w [String], to: &[&str]) -> &'w [String] {
    let at = words.iter().rposition(|word| to.contains(&word.as_str()));
    at.and_then(|at| words.get(at + 1..))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(words)
}
