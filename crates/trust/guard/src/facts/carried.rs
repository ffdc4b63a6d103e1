//! Personal data that a draft carries (E04): what is recognised in it must be of this conversation.
//!
//! A planner sees placeholders, so that what it writes out in full it has from somewhere else, unless
//! the shopper wrote it herself. INVARIANT: an address, a phone, an account or a number of a person
//! that is neither in this conversation nor in what tools answered in this turn is not said, plain or
//! taken apart; encoded it is a run of letters and digits that nobody knows, which is not said either.

use core::ops::Range;
use std::{collections::BTreeSet, sync::LazyLock};

use crate::{
    facts::{
        tokens::compact,
        words::{Phrases, words},
    },
    finding::{FindingKind, Treatment},
    pseudonyms::Pseudonyms,
    recognise,
    view::View,
};

/// How sure a recogniser of names has to be: a product may be called like a person.
const SURE_OF_A_NAME: u8 = 85;

/// What is this conversation's own, and what tools answered with, as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Own {
    values: BTreeSet<String>,
}

impl Own {
    pub(crate) fn of(pseudonyms: &Pseudonyms) -> Self {
        Self {
            values: pseudonyms.values().map(spelled).collect(),
        }
    }

    fn has(&self, value: &str) -> bool {
        self.values.contains(&spelled(value))
    }
}

fn spelled(value: &str) -> String {
    compact(&View::of(value).folded)
}

/// An address told in words: "ada at example dot org".
static IN_WORDS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "at .. dot
         at/ät/klammeraffe .. punkt
         arobase/arrobase .. point
         arroba .. punto/ponto
         chiocciola .. punto
         apenstaartje .. punt
         małpa .. kropka",
    )
});

/// What a sentence carries.
pub(crate) struct Carried {
    /// Stretches that are of this conversation: their digits are no facts.
    pub(crate) own: Vec<Range<usize>>,
    pub(crate) foreign: bool,
}

pub(crate) fn carried(sentence: &View, own: &Own, known: &super::Known) -> Carried {
    let mut carried = Carried {
        own: Vec::new(),
        foreign: IN_WORDS.are_in(&words(sentence)),
    };
    for found in recognise::everything(sentence) {
        let is_name = matches!(
            found.kind,
            FindingKind::Person | FindingKind::StreetAddress | FindingKind::DateOfBirth
        );
        let ignored = matches!(found.kind, FindingKind::PlaceholderLookalike)
            || found.kind.treatment() == Treatment::Kept
            || is_name && found.certainty < SURE_OF_A_NAME;
        if ignored {
            continue;
        }
        let value = sentence.text(found.range.clone());
        if own.has(value) || known.has_words_of(value) {
            carried.own.push(found.range);
        } else {
            carried.foreign = true;
        }
    }
    // An `@` outside of an address that is hers is one that was taken apart.
    let stray = sentence
        .folded
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'@')
        .any(|(at, _)| !carried.own.iter().any(|range| range.contains(&at)));
    if stray && !known.has_words_of(sentence.text(around(sentence, b'@'))) {
        carried.foreign = true;
    }
    carried
}

/// From the first to the last character of the words that hold a mark.
fn around(view: &View, mark: u8) -> Range<usize> {
    let folded = view.folded.as_slice();
    let first = folded.iter().position(|byte| *byte == mark).unwrap_or(0);
    let last = folded.iter().rposition(|byte| *byte == mark).unwrap_or(0);
    let before = folded.get(..first).unwrap_or_default();
    let after = folded.get(last..).unwrap_or_default();
    let start = before.iter().rposition(u8::is_ascii_whitespace);
    let end = after.iter().position(u8::is_ascii_whitespace);
    start.map_or(0, |start| start + 1)..end.map_or(folded.len(), |end| last + end)
}
