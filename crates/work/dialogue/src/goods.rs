//! Which goods a message is about: their name, and within what price.

use crate::{
    calls::Wanted,
    cues::Cue,
    found::FoundProduct,
    lexicon::{Lexicon, find},
    mention,
    words::Sentence,
};

/// Words of a name that are looked for; more of them are a story and not a name.
const MOST_WORDS: usize = 12;

/// What is looked for in the sentences: the words that belong to no greeting, no way of asking and no
/// price.
pub(crate) fn wanted<'a>(
    lexicon: &Lexicon,
    sentences: impl IntoIterator<Item = &'a Sentence>,
) -> Wanted {
    let mut wanted = Wanted::default();
    let mut words: Vec<&str> = Vec::new();
    for sentence in sentences {
        let mut rest = Rest::of(sentence);
        rest.leave_out_prices(lexicon, &mut wanted);
        for pattern in lexicon.in_stock {
            wanted.in_stock |= rest.leave_out(pattern);
        }
        for (_, pattern) in lexicon.light_patterns() {
            rest.leave_out(pattern);
        }
        let services = lexicon.services.iter();
        let asking = services.filter(|(service, _)| service.names_goods());
        // What stands in a gap of a pattern may be the name itself.
        let whole = asking.flat_map(|(_, patterns)| *patterns);
        for pattern in whole.filter(|pattern| !pattern.contains('.')) {
            rest.leave_out(pattern);
        }
        // "A basket" may be a thing of the catalogue, "my basket" is where it goes.
        let is_thing = |word: &str| {
            let words = &sentence.words;
            let at = words.iter().position(|own| own == word);
            let before = at.and_then(|at| words.get(at.checked_sub(1)?));
            before.is_some_and(|before| lexicon.words.indefinite.contains(&before.as_str()))
        };
        words.extend(rest.words().filter(|word| {
            !lexicon.is_filler(word)
                && (!lexicon.is_cue(word, &[Cue::Cart, Cue::Show, Cue::Finish])
                    || lexicon.is_cue(word, &[Cue::Cart]) && is_thing(word))
                && !lexicon.currencies.contains(word)
                && !lexicon.words.numbers.iter().any(|(name, _)| name == word)
        }));
    }
    words.truncate(MOST_WORDS);
    wanted.words = words.join(" ");
    wanted
}

/// What is left of a sentence.
struct Rest<'a> {
    sentence: &'a Sentence,
    left_out: Vec<bool>,
}

impl<'a> Rest<'a> {
    fn of(sentence: &'a Sentence) -> Self {
        Self {
            sentence,
            left_out: vec![false; sentence.words.len()],
        }
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        let words = self.sentence.words.iter().zip(&self.left_out);
        words
            .filter(|(_, left_out)| !**left_out)
            .map(|(word, _)| word.as_str())
    }

    /// Leaves out what the pattern finds; whether it found anything.
    fn leave_out(&mut self, pattern: &str) -> bool {
        let Some(found) = find(pattern, self.sentence, 0) else {
            return false;
        };
        self.cover(found.start, found.end);
        true
    }

    fn cover(&mut self, start: usize, end: usize) {
        self.left_out
            .iter_mut()
            .take(end)
            .skip(start)
            .for_each(|left_out| *left_out = true);
    }

    fn number_at(&self, at: usize) -> Option<i64> {
        let word = self.sentence.words.get(at)?;
        let digits = word.trim_end_matches(char::is_alphabetic);
        (digits.len() <= 7).then(|| digits.parse().ok()).flatten()
    }

    /// "under 40 euros", "between 20 and 50", "ab 30": what they say, and they are left out.
    fn leave_out_prices(&mut self, lexicon: &Lexicon, wanted: &mut Wanted) {
        for (patterns, is_most) in [(lexicon.at_most, true), (lexicon.at_least, false)] {
            for pattern in patterns {
                let Some(found) = find(pattern, self.sentence, 0) else {
                    continue;
                };
                // "Not more than 80" is at most 80, and not more than that.
                if self.left_out.get(found.start).copied().unwrap_or(false) {
                    continue;
                }
                let Some(number) = self.number_at(found.end) else {
                    continue;
                };
                // `39.90` was written: 40 holds it.
                let cents = self
                    .sentence
                    .words
                    .get(found.end.saturating_add(1))
                    .filter(|word| word.len() == 2)
                    .and_then(|_| self.number_at(found.end.saturating_add(1)));
                let after = found
                    .end
                    .saturating_add(if cents.is_some() { 2 } else { 1 });
                let bound = if is_most {
                    &mut wanted.at_most
                } else {
                    &mut wanted.at_least
                };
                *bound = Some(match cents {
                    Some(1..) if is_most => number.saturating_add(1),
                    _ => number,
                });
                self.cover(found.start, after);
                break;
            }
        }
        for pattern in lexicon.between {
            let Some(found) = find(pattern, self.sentence, 0) else {
                continue;
            };
            // "between 20 and 50"
            let (from, to) = (
                self.number_at(found.end),
                self.number_at(found.end.saturating_add(2)),
            );
            if let (Some(from), Some(to)) = (from, to) {
                (wanted.at_least, wanted.at_most) = (Some(from.min(to)), Some(from.max(to)));
                self.cover(found.start, found.end.saturating_add(3));
            }
        }
    }
}

/// Whether it says what is looked for, by its name or by its price.
pub(crate) fn says_something(wanted: &Wanted) -> bool {
    !wanted.words.is_empty() || wanted.at_least.is_some() || wanted.at_most.is_some()
}

/// Words of a question that may be the name of a product; more of them are a question.
const NAME_WORDS: usize = 5;

pub(crate) fn is_a_name(wanted: &Wanted) -> bool {
    (1..=NAME_WORDS).contains(&wanted.words.split_whitespace().count())
}

/// What was looked for before, with what is said now: "and in blue?", "and under 40?", "and lamps?"
pub(crate) fn narrowed(before: Option<&Wanted>, now: &Wanted, names: bool) -> Option<Wanted> {
    if names {
        return says_something(now).then(|| now.clone());
    }
    let before = before?;
    let words = format!("{} {}", before.words, now.words);
    Some(Wanted {
        words: words.trim().to_owned(),
        at_least: now.at_least.or(before.at_least),
        at_most: now.at_most.or(before.at_most),
        in_stock: now.in_stock || before.in_stock,
    })
}

/// Whether the name of a product has one of the words in it.
pub(crate) fn is_called(lexicon: &Lexicon, product: &FoundProduct, words: &str) -> bool {
    let category = product.category.as_ref().map(|name| name.as_str());
    is_named_so(lexicon, product.title.as_str(), category, words)
}

fn is_named_so(lexicon: &Lexicon, title: &str, category: Option<&str>, words: &str) -> bool {
    const SHORTEST: usize = 3;
    let names: Vec<String> = [Some(title), category]
        .into_iter()
        .flatten()
        .flat_map(mention::name_words)
        .collect();
    let words = words.split(' ').filter(|word| word.len() >= SHORTEST);
    words
        .filter(|word| !mention::is_quality(lexicon, word))
        .any(|word| {
            names
                .iter()
                .any(|name| mention::is_named(lexicon, word, name))
        })
}

/// What was said in the end: "the rug, no sorry, I mean the box" is about the box.
pub(crate) fn after_correction(lexicon: &Lexicon, sentences: &[Sentence]) -> Vec<Sentence> {
    let mut kept: Vec<Sentence> = Vec::new();
    for sentence in sentences {
        let mut patterns = lexicon.words.corrections.iter();
        match patterns.find_map(|pattern| find(pattern, sentence, 0)) {
            Some(found) => {
                let words = sentence.words.get(found.end..).unwrap_or_default().to_vec();
                kept.clear();
                kept.push(Sentence {
                    text: words.join(" "),
                    asks: sentence.asks,
                    goes_on: sentence.goes_on,
                    words,
                });
            }
            None => kept.push(sentence.clone()),
        }
    }
    // A correction that says nothing more leaves what was said.
    if kept.iter().all(|sentence| sentence.words.is_empty()) {
        return sentences.to_vec();
    }
    kept
}

/// The words as catalogues in other languages have them; `None` where there is nothing to translate.
pub(crate) fn translated(lexicon: &Lexicon, wanted: &Wanted) -> Option<Wanted> {
    let words: Vec<String> = wanted
        .words
        .split(' ')
        .map(|word| mention::translated(lexicon, word).unwrap_or_else(|| word.to_owned()))
        .collect();
    let words = words.join(" ");
    (words != wanted.words).then(|| Wanted {
        words,
        ..wanted.clone()
    })
}

/// A thing that is named, with the words around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) words: Vec<String>,
    /// Whether it stands after an "and".
    pub(crate) joined: bool,
}

/// The things that a wish names, each with the words around it: "the mug and two bowls", "the bench or the
/// stool".
pub(crate) fn pieces(lexicon: &Lexicon, sentences: &[Sentence], between: &[&str]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for sentence in sentences {
        let mut piece = Piece::default();
        for (at, word) in sentence.words.iter().enumerate() {
            // "cedar and smoke" is one value: a conjunction parts what could stand alone.
            let slipped = word == "an"
                && between.contains(&"and")
                && sentence
                    .words
                    .get(at.saturating_add(1))
                    .is_some_and(|next| ["the", "a", "my"].contains(&next.as_str()));
            let parts = (between.contains(&word.as_str()) || slipped) && at > 0;
            if parts {
                pieces.push(core::mem::take(&mut piece));
                piece.joined = true;
            } else {
                piece.words.push(word.clone());
            }
        }
        pieces.push(piece);
    }
    pieces.retain(|piece| {
        let words = &piece.words;
        let rest = wanted(lexicon, [&mention::sentence_of(words)]);
        !rest.words.is_empty()
            || mention::pick(lexicon, words).is_some()
            || mention::refers(lexicon, words)
            || mention::quantity(lexicon, words).is_some()
    });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Language, words::sentences};

    fn found(language: Language, text: &str) -> (String, Option<i64>, Option<i64>, bool) {
        let sentences = sentences(text);
        let wanted = wanted(language.lexicon(), &sentences);
        (
            wanted.words,
            wanted.at_least,
            wanted.at_most,
            wanted.in_stock,
        )
    }

    #[test]
    fn names_prices_and_stock_are_told_apart() {
        for (text, words, least, most, in_stock) in [
            (
                "show me vases under 40 euros",
                "vases",
                None,
                Some(40),
                false,
            ),
            (
                "Do you have blue linen shirts?",
                "blue linen shirts",
                None,
                None,
                false,
            ),
            (
                "I'm looking for a wool blanket between 50 and 120",
                "wool blanket",
                Some(50),
                Some(120),
                false,
            ),
            ("hi, any candles in stock?", "candles", None, None, true),
            (
                "lamps for less than €39.90 please",
                "lamps",
                None,
                Some(40),
                false,
            ),
            (
                "I need something over 100 dollars",
                "",
                Some(100),
                None,
                false,
            ),
            ("size 42 shoes", "42 shoes", None, None, false),
        ] {
            let expected = (words.to_owned(), least, most, in_stock);
            assert_eq!(found(Language::En, text), expected, "{text}");
        }
        for (text, words, least, most, in_stock) in [
            (
                "Zeig mir Vasen unter 40 Euro",
                "vasen",
                None,
                Some(40),
                false,
            ),
            (
                "Habt ihr blaue Hemden auf Lager?",
                "blaue hemden",
                None,
                None,
                true,
            ),
            (
                "Ich suche eine Lampe zwischen 20 und 50 Euro",
                "lampe",
                Some(20),
                Some(50),
                false,
            ),
        ] {
            let expected = (words.to_owned(), least, most, in_stock);
            assert_eq!(found(Language::De, text), expected, "{text}");
        }
    }

    #[test]
    fn a_product_is_called_by_its_words() {
        let called = |language: Language, title, category, words| {
            is_named_so(language.lexicon(), title, category, words)
        };
        assert!(called(Language::En, "Linen shirt", None, "shirts"));
        assert!(called(
            Language::En,
            "Sofa",
            Some("Furniture"),
            "any furniture"
        ));
        assert!(called(Language::De, "Linen shirt", None, "leinenhemden"));
        assert!(!called(
            Language::En,
            "Linen shirt",
            Some("Clothes"),
            "capital france"
        ));
    }
}
