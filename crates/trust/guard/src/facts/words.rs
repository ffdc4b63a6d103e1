//! Words of a sentence, and phrases that are looked for among them.
//!
//! A phrase is written as people write it: `we will/shall ?gladly refund* .. today`. A slash parts
//! words that do alike, a star stands for any ending, a question mark for a word that may lack, and
//! two dots for up to four words of any kind.

use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fold::{LETTER, MARK, fold},
    view::View,
};

/// Words that two dots may stand for.
const LONGEST_GAP: usize = 4;

/// A word in lower case, without its marks, and where it stands.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

/// The words of a view: runs of letters and digits.
pub(crate) fn words(view: &View) -> Vec<Word> {
    let mut found = Vec::new();
    let mut open: Option<Word> = None;
    for (position, byte) in view.folded.iter().copied().chain([b' ']).enumerate() {
        if byte == MARK {
            continue;
        }
        if byte.is_ascii_alphanumeric() || byte == LETTER {
            let word = open.get_or_insert_with(|| Word {
                text: String::new(),
                range: position..position,
            });
            word.text.push(char::from(byte.to_ascii_lowercase()));
            word.range.end = position + 1;
        } else {
            found.extend(open.take());
        }
    }
    found
}

/// A text as its words are compared: lower case, without marks.
pub(crate) fn spelling(text: &str) -> String {
    text.chars()
        .map(fold)
        .filter(|byte| *byte != MARK)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// One place of a phrase.
#[derive(Debug)]
enum Place {
    /// Words that do alike; whether any ending does, and whether it may lack.
    Word {
        alike: Vec<(String, bool)>,
        may_lack: bool,
    },
    Gap,
}

/// What is looked for.
#[derive(Debug)]
pub(crate) struct Phrase {
    places: Vec<Place>,
}

impl Phrase {
    pub(crate) fn new(written: &str) -> Self {
        let places = written.split_whitespace().map(|place| {
            if place == ".." {
                return Place::Gap;
            }
            let (place, may_lack) = match place.strip_prefix('?') {
                Some(place) => (place, true),
                None => (place, false),
            };
            let alike = place.split('/').map(|word| match word.strip_suffix('*') {
                Some(stem) => (spelling(stem), true),
                None => (spelling(word), false),
            });
            Place::Word {
                alike: alike.collect(),
                may_lack,
            }
        });
        Self {
            places: places.collect(),
        }
    }

    /// One past the last word of the phrase, when it begins at `start`.
    fn end(&self, words: &[Word], start: usize) -> Option<usize> {
        matched(&self.places, words, start)
    }

    /// The letters that it may begin with; none where it may begin with any.
    fn letters(&self) -> BTreeSet<char> {
        match self.places.first() {
            Some(Place::Word {
                alike,
                may_lack: false,
            }) => alike
                .iter()
                .filter_map(|(word, _)| word.chars().next())
                .collect(),
            _ => BTreeSet::new(),
        }
    }
}

/// One past the last word of the places, read from `start`.
fn matched(places: &[Place], words: &[Word], start: usize) -> Option<usize> {
    let Some((first, rest)) = places.split_first() else {
        return Some(start);
    };
    match first {
        Place::Gap => (0..=LONGEST_GAP).find_map(|skipped| matched(rest, words, start + skipped)),
        Place::Word { alike, may_lack } => {
            let fits = words.get(start).is_some_and(|word| fits(alike, word));
            let with = fits.then(|| matched(rest, words, start + 1)).flatten();
            with.or_else(|| may_lack.then(|| matched(rest, words, start)).flatten())
        }
    }
}

fn fits(alike: &[(String, bool)], word: &Word) -> bool {
    alike.iter().any(|(known, any_ending)| {
        if *any_ending {
            word.text.starts_with(known.as_str())
        } else {
            word.text == *known
        }
    })
}

/// Phrases of which one is enough, by the letters that they begin with.
#[derive(Debug)]
pub(crate) struct Phrases {
    by_letter: BTreeMap<char, Vec<Phrase>>,
    /// Those that may begin with any word.
    any: Vec<Phrase>,
}

impl Phrases {
    /// One phrase a line.
    pub(crate) fn new(written: &str) -> Self {
        let mut phrases = Self {
            by_letter: BTreeMap::new(),
            any: Vec::new(),
        };
        let lines = written.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
            let letters = Phrase::new(line).letters();
            if letters.is_empty() {
                phrases.any.push(Phrase::new(line));
            }
            for letter in letters {
                let known = phrases.by_letter.entry(letter).or_default();
                known.push(Phrase::new(line));
            }
        }
        phrases
    }

    /// Where they stand, as ranges of words.
    fn places<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = Range<usize>> + 'a {
        words.iter().enumerate().flat_map(move |(start, word)| {
            let letter = word.text.chars().next();
            let of_letter = letter.and_then(|letter| self.by_letter.get(&letter));
            let phrases = of_letter.into_iter().flatten().chain(&self.any);
            phrases.filter_map(move |phrase| Some(start..phrase.end(words, start)?))
        })
    }

    pub(crate) fn are_in(&self, words: &[Word]) -> bool {
        self.places(words).next().is_some()
    }

    /// Every place where one of them stands.
    pub(crate) fn all(&self, words: &[Word]) -> Vec<Range<usize>> {
        self.places(words).collect()
    }

    /// Every word that one of them begins with, in order.
    pub(crate) fn starts(&self, words: &[Word]) -> Vec<usize> {
        self.places(words).map(|place| place.start).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(phrase: &str, text: &str) -> bool {
        Phrases::new(phrase).are_in(&words(&View::of(text)))
    }

    #[test]
    fn phrases() {
        assert!(is_in("we will refund*", "Yes, we will refunded it"));
        assert!(is_in("we ?will refund", "we refund it"));
        assert!(is_in(
            "kostenlose* .. rückgabe",
            "Kostenlose und schnelle Rückgabe"
        ));
        assert!(!is_in("free .. return", "free a b c d e return"));
        assert!(is_in(
            "je vais/veux .. rembourser",
            "JE VAIS vous REMBOURSER"
        ));
        assert!(is_in("i m a human", "I’m a human"));
        assert!(!is_in("man", "manual"));
    }
}
