//! Finding a pattern in a sentence. How patterns are written stands in the room above.

use super::known::is_another;
use crate::words::{FEWEST_LETTERS_OF_A_BEGINNING, Sentence, begins_same, is_same};

/// Where a pattern was found: words from `start`, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Finds a pattern in a sentence whose first word that counts is `first`.
///
/// It is asked of every pattern of the language for every sentence, and hardly any is there: nothing is
/// taken apart before a word fits.
pub(crate) fn find(pattern: &str, sentence: &Sentence, first: usize) -> Option<Found> {
    let (pattern, at_start) = pattern
        .strip_prefix('^')
        .map_or((pattern, false), |rest| (rest, true));
    let (pattern, at_end) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |rest| (rest, true));
    if !may_begin(pattern, sentence) {
        return None;
    }
    let starts = if at_start {
        first..first + 1
    } else {
        0..sentence.words.len()
    };
    starts
        .filter_map(|start| {
            end_of(pattern, &sentence.words, start, 0).map(|end| Found { start, end })
        })
        .find(|found| !at_end || found.end == sentence.words.len())
}

/// One past the last word when the elements match from `position`, with `slack` words to skip.
fn end_of(elements: &str, words: &[String], position: usize, slack: usize) -> Option<usize> {
    let (element, rest) = first_of(elements, b' ');
    match element {
        "" if rest.is_empty() => Some(position),
        "" => end_of(rest, words, position, slack),
        "." => end_of(rest, words, position, 2),
        ".." => end_of(rest, words, position, 4),
        "..." => end_of(rest, words, position, 8),
        element => (position..=position + slack)
            .filter(|position| words.get(*position).is_some_and(|word| fits(element, word)))
            .find_map(|position| end_of(rest, words, position + 1, 0)),
    }
}

/// Whether any word of the sentence begins as a first word of the pattern may: `false` is sure.
fn may_begin(pattern: &str, sentence: &Sentence) -> bool {
    const fn bit(first: Option<&u8>) -> u64 {
        match first {
            Some(byte) => 1 << (*byte & 63),
            None => 0,
        }
    }
    let (element, _) = first_of(pattern, b' ');
    if element.starts_with('.') || element.is_empty() {
        return true;
    }
    let words = sentence.words.iter();
    let first_letters = words.fold(0, |known, word| known | bit(word.as_bytes().first()));
    let mut options = element.as_bytes().split(|byte| *byte == b'|');
    options.any(|option| match option {
        [b'=', exact @ ..] => first_letters & bit(exact.first()) != 0,
        // A slip in a beginning may be in its first letter.
        [.., b'*'] if option.len() > FEWEST_LETTERS_OF_A_BEGINNING => true,
        option => first_letters & bit(option.first()) != 0,
    })
}

/// What stands before the first of these marks, and what behind it.
fn first_of(text: &str, mark: u8) -> (&str, &str) {
    let at = text.as_bytes().iter().position(|byte| *byte == mark);
    let parts = at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    parts.unwrap_or((text, ""))
}

pub(super) fn fits(element: &str, word: &str) -> bool {
    #[cfg(test)]
    work::count();
    let mut rest = element;
    loop {
        let (option, others) = first_of(rest, b'|');
        let fits = match (option.strip_prefix('='), option.strip_suffix('*')) {
            (Some(exact), _) => exact == word,
            (None, Some(beginning)) => {
                begins_same(beginning, word)
                    && (word.starts_with(beginning) || !is_another(option, word))
            }
            // What is written right needs no look at what else it may be.
            (None, None) => option == word || is_same(option, word) && !is_another(option, word),
        };
        if fits {
            return true;
        }
        if others.is_empty() {
            return false;
        }
        rest = others;
    }
}

/// How many words were compared with elements of patterns: what a message costs, counted rather than timed.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::Cell;

    thread_local! {
        static COMPARED: Cell<u64> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        COMPARED.set(COMPARED.get() + 1);
    }

    pub(crate) fn of(act: impl FnOnce()) -> u64 {
        let before = COMPARED.get();
        act();
        COMPARED.get() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sentences;

    #[test]
    fn patterns() {
        let found = |pattern: &str, text: &str| find(pattern, &sentences(text)[0], 0).is_some();
        assert!(found(
            "talk|speak .. person|human",
            "I want to speak with a real human"
        ));
        assert!(found(
            "talk|speak .. person|human",
            "can i tlak to a person"
        ));
        assert!(!found("talk . person", "talk to me about that person"));
        assert!(found("^how", "how much"));
        assert!(!found("^how", "tell me how"));
        assert!(found("are you . real$", "are you real"));
        assert!(!found("are you . real$", "are you a real shop"));
        assert!(found("complain*", "i have a complaint"));
    }
}
