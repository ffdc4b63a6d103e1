//! Words of a sentence, and phrases that are looked for among them.
//!
//! A phrase is written as people write it: `we will/shall ?gladly refund* .. today`. A slash parts
//! words that do alike, a star stands for any ending, a question mark for a word that may lack, and
//! two dots for up to four words of any kind.

use core::ops::Range;

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

    /// Where the phrase stands, as ranges of words.
    fn all<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = Range<usize>> + 'a {
        words.iter().enumerate().filter_map(|(start, word)| {
            // Most words are not what a phrase begins with.
            if !self.may_begin(word) {
                return None;
            }
            let end = matched(&self.places, words, start)?;
            Some(start..end)
        })
    }

    pub(crate) fn is_in(&self, words: &[Word]) -> bool {
        self.all(words).next().is_some()
    }

    fn may_begin(&self, word: &Word) -> bool {
        match self.places.first() {
            Some(Place::Word {
                alike,
                may_lack: false,
            }) => fits(alike, word),
            _ => true,
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

/// Phrases of which one is enough.
#[derive(Debug)]
pub(crate) struct Phrases(Vec<Phrase>);

impl Phrases {
    /// One phrase a line.
    pub(crate) fn new(written: &str) -> Self {
        let lines = written.lines().map(str::trim);
        Self(
            lines
                .filter(|line| !line.is_empty())
                .map(Phrase::new)
                .collect(),
        )
    }

    pub(crate) fn are_in(&self, words: &[Word]) -> bool {
        self.0.iter().any(|phrase| phrase.is_in(words))
    }

    /// Every place where one of them stands.
    pub(crate) fn all(&self, words: &[Word]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for phrase in &self.0 {
            found.extend(phrase.all(words));
        }
        found
    }

    /// Every word that one of them begins with.
    pub(crate) fn starts(&self, words: &[Word]) -> Vec<usize> {
        let mut starts: Vec<usize> = self.all(words).into_iter().map(|one| one.start).collect();
        starts.sort_unstable();
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(phrase: &str, text: &str) -> bool {
        Phrase::new(phrase).is_in(&words(&View::of(text)))
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
