//! What the planner knows of a language: the words of each wish, and its own sentences. A language
//! is added by a file beside `lexicon/en.rs` and a line in [`Language`].
//!
//! # Patterns
//!
//! A pattern is a list of words that stand one after another in a sentence. `a|b` is either word,
//! `word*` any word that begins so, `.` up to two other words, `..` up to four. `^` in front: the
//! sentence begins here, greetings aside. `$` at the end: the sentence ends here.

mod de;
mod en;

use serde::{Deserialize, Serialize};
use terms::Locale;

use crate::{
    OrderStatus,
    words::{Sentence, is_same},
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    De,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language of a locale, English when it is not known here.
    #[must_use]
    pub fn of(locale: &Locale) -> Self {
        match locale.language() {
            "de" => Self::De,
            _ => Self::En,
        }
    }

    pub(crate) const fn lexicon(self) -> &'static Lexicon {
        match self {
            Self::En => &en::LEXICON,
            Self::De => &de::LEXICON,
        }
    }
}

/// What somebody may want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Wish {
    Greeting,
    HowAreYou,
    Thanks,
    Goodbye,
    Yes,
    No,
    /// Padding without a wish of its own: "please", "ok".
    Padding,
    Person,
    /// "Are you a bot?", "who am I talking to?"
    Identity,
    Complaint,
    Capabilities,
    SmallTalk,
    Service(Service),
}

/// What shops do for people. Of these the planner finds goods and tells where orders stand; the rest it
/// explains, and says that it cannot do it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Service {
    OrderStatus,
    Cancel,
    Change,
    Return,
    Refund,
    Buy,
    Account,
    Payment,
    Products,
}

impl Service {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 9] = [
        Self::OrderStatus,
        Self::Cancel,
        Self::Change,
        Self::Return,
        Self::Refund,
        Self::Buy,
        Self::Account,
        Self::Payment,
        Self::Products,
    ];
}

pub(crate) struct Lexicon {
    /// Frequent words nobody needs to be told apart by, to recognise the language.
    pub(crate) markers: &'static [&'static str],
    /// Words that turn a wish into its opposite.
    pub(crate) negations: &'static [&'static str],
    pub(crate) wishes: &'static [(Wish, &'static [&'static str])],
    /// How a question about rules begins, in contrast to a request: "can I", not "can you".
    pub(crate) informational: &'static [&'static str],
    /// How a message begins that only makes sense after the one before: "and for …".
    pub(crate) follow_ups: &'static [&'static str],
    /// Words that say nothing of what is looked for.
    pub(crate) fillers: &'static [&'static str],
    /// What stands before the highest price, the lowest, and two of them.
    pub(crate) at_most: &'static [&'static str],
    pub(crate) at_least: &'static [&'static str],
    pub(crate) between: &'static [&'static str],
    /// How money is called.
    pub(crate) currencies: &'static [&'static str],
    /// How somebody says that it must be there now.
    pub(crate) in_stock: &'static [&'static str],
    pub(crate) texts: Texts,
}

impl Lexicon {
    /// The patterns of greetings, thanks and the like, with their wish.
    pub(crate) fn light_patterns(&self) -> impl Iterator<Item = (Wish, &'static str)> {
        let light = self.wishes.iter().filter(|(wish, _)| wish.is_light());
        light.flat_map(|(wish, patterns)| patterns.iter().map(|pattern| (*wish, *pattern)))
    }
}

/// The planner's own sentences.
pub(crate) struct Texts {
    pub(crate) greeting: &'static str,
    pub(crate) greeting_again: &'static str,
    pub(crate) how_are_you: &'static str,
    pub(crate) thanks: &'static str,
    pub(crate) goodbye: &'static str,
    pub(crate) identity: &'static str,
    pub(crate) capabilities: &'static str,
    pub(crate) small_talk: &'static str,
    pub(crate) no_words: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) declined: &'static str,
    pub(crate) person_asked: &'static str,
    pub(crate) person_asked_before: &'static str,
    pub(crate) sorry: &'static str,
    pub(crate) offer: &'static str,
    pub(crate) found: &'static str,
    pub(crate) maybe: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) unknown_again: &'static str,
    /// Goes before products that were found.
    pub(crate) products: &'static str,
    /// Nothing was found that is called so.
    pub(crate) no_products: &'static str,
    /// What is looked for was not said.
    pub(crate) which_products: &'static str,
    /// Orders are shown to whoever has proved her address.
    pub(crate) orders_unproved: &'static str,
    pub(crate) no_orders: &'static str,
    pub(crate) no_such_order: &'static str,
    /// Goes before several orders.
    pub(crate) orders: &'static str,
    /// Goes before one: by where it stands, and whether it is paid.
    pub(crate) order_is: fn(OrderStatus, bool) -> &'static str,
    /// Goes before a quote: `{}` is what it cannot do.
    pub(crate) cannot_but: &'static str,
    /// Stands alone: `{}` is what it cannot do.
    pub(crate) cannot: &'static str,
    /// Goes after a quote: `{}` is what it cannot do.
    pub(crate) cannot_after: &'static str,
    pub(crate) services: fn(Service) -> &'static str,
    /// What policies call a service, to search with beside her own words.
    pub(crate) topics: fn(Service) -> &'static str,
    pub(crate) accept: (&'static str, &'static str),
    pub(crate) decline: (&'static str, &'static str),
    pub(crate) ask_person: (&'static str, &'static str),
    /// Questions to start with.
    pub(crate) starters: &'static [&'static str],
}

/// Where a pattern was found: words from `start`, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Finds a pattern in a sentence whose first word that counts is `first`.
pub(crate) fn find(pattern: &str, sentence: &Sentence, first: usize) -> Option<Found> {
    let (pattern, at_start) = pattern
        .strip_prefix('^')
        .map_or((pattern, false), |rest| (rest, true));
    let (pattern, at_end) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |rest| (rest, true));
    let starts = if at_start {
        first..first + 1
    } else {
        0..sentence.words.len()
    };
    let elements: Vec<&str> = pattern.split_ascii_whitespace().collect();
    starts
        .filter_map(|start| {
            end_of(&elements, &sentence.words, start, 0).map(|end| Found { start, end })
        })
        .find(|found| !at_end || found.end == sentence.words.len())
}

/// One past the last word when the elements match from `position`, with `slack` words to skip.
fn end_of(elements: &[&str], words: &[String], position: usize, slack: usize) -> Option<usize> {
    match elements {
        [] => Some(position),
        [".", rest @ ..] => end_of(rest, words, position, 2),
        ["..", rest @ ..] => end_of(rest, words, position, 4),
        [element, rest @ ..] => (position..=position + slack)
            .filter(|position| words.get(*position).is_some_and(|word| fits(element, word)))
            .find_map(|position| end_of(rest, words, position + 1, 0)),
    }
}

fn fits(element: &str, word: &str) -> bool {
    element
        .split('|')
        .any(|option| match option.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => is_same(option, word),
        })
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

    #[test]
    fn every_language_is_complete() {
        for language in Language::ALL {
            let lexicon = language.lexicon();
            for service in Service::ALL {
                assert!(
                    lexicon
                        .wishes
                        .iter()
                        .any(|(wish, patterns)| *wish == Wish::Service(service)
                            && !patterns.is_empty()),
                    "{language:?} {service:?}"
                );
            }
            let patterns = lexicon
                .wishes
                .iter()
                .flat_map(|(_, patterns)| patterns.iter())
                .chain(lexicon.informational);
            for pattern in patterns {
                let plain: String = pattern
                    .chars()
                    .filter(|c| !matches!(c, '^' | '$' | '|' | '*' | '.' | ' '))
                    .collect();
                assert!(
                    plain
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
                    "{pattern}: words are folded"
                );
            }
        }
    }
}
