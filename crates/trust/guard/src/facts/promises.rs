//! What a draft commits the shop to, or says of goods and orders, without a number: "full refund",
//! "free returns", "sold out", "has been shipped".
//!
//! One table: a family, and how it is said. A family that the draft asserts must be asserted by what
//! tools answered in this turn; what is denied, asked or tied to a condition is asserted by nobody.

use core::ops::Range;
use std::sync::LazyLock;

use crate::{
    facts::{
        CutKind, sentences,
        words::{self, Phrases, Word},
    },
    view::View,
};

mod phrases;

/// What is said, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    FreeDelivery,
    FreeReturn,
    Refund,
    Guarantee,
    Gift,
    Replacement,
    LowestPrice,
    Exception,
    /// Something was done to an order: only a confirmed proposal does.
    Done,
    Arrival,
    InStock,
    SoldOut,
    Shipped,
    Delivered,
    Cancelled,
}

impl Family {
    pub(crate) const fn cut(self) -> CutKind {
        match self {
            Self::InStock | Self::SoldOut => CutKind::Stock,
            Self::Done | Self::Shipped | Self::Delivered | Self::Cancelled => CutKind::Status,
            _ => CutKind::Promise,
        }
    }
}

struct Rule {
    family: Family,
    /// One of them stands in the clause.
    said: Phrases,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rules = phrases::PROMISES.iter();
    rules
        .map(|(family, said)| Rule {
            family: *family,
            said: Phrases::new(said),
        })
        .collect()
});

static NEGATIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::NEGATIONS));
static NO_NEGATIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::NO_NEGATIONS));
static CONDITIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::CONDITIONS));
static CONDITIONS_AT_START: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(phrases::CONDITIONS_AT_START));
static HERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::HERS));
static ASSERTING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::ASSERTING));
static OF_DELIVERY: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases::OF_DELIVERY));

/// Words before a phrase in which a denial denies it: "we do not offer any free returns".
const DENIES_BEFORE: usize = 5;
/// Words after it, in languages that deny behind the verb: "das erstatten wir leider nicht".
const DENIES_AFTER: usize = 4;

/// A clause of a sentence and what kind of speech it is.
#[derive(Debug)]
pub(crate) struct Clause {
    pub(crate) range: Range<usize>,
    pub(crate) words: Vec<Word>,
    /// Words that deny.
    denials: Vec<usize>,
    /// The first word that ties what follows to a condition.
    condition: Option<usize>,
    /// It asks: the sentence ends with a question mark, and this is what is asked.
    asked: bool,
    /// It repeats what the shopper said, as hers: "your budget", "you asked for".
    hers: bool,
    asserts: bool,
}

impl Clause {
    /// INVARIANT: a figure that only the shopper named may be repeated here and nowhere else: in a
    /// question, in a denial, or as what she said; never as what is so.
    pub(crate) fn may_repeat_hers(&self) -> bool {
        let denied = !self.denials.is_empty();
        denied || self.asked && (self.hers || !self.asserts) || self.hers && !self.asserts
    }

    /// Whether what stands there is denied.
    pub(crate) fn denies(&self, phrase: &Range<usize>) -> bool {
        self.denials.iter().any(|denial| {
            let before = *denial < phrase.end && denial + DENIES_BEFORE >= phrase.start;
            let word = self.words.get(*denial).map(|word| word.text.as_str());
            let follows = matches!(word, Some("nicht" | "niet" | "pas" | "nie"));
            before || follows && *denial >= phrase.end && *denial < phrase.end + DENIES_AFTER
        })
    }

    /// Whether what stands there is tied to a condition.
    pub(crate) fn ties(&self, phrase: &Range<usize>) -> bool {
        self.condition
            .is_some_and(|condition| condition < phrase.start)
    }
}

/// The clauses of a sentence.
pub(crate) fn clauses(view: &View) -> Vec<Clause> {
    let mut all_words = words::words(view).into_iter().peekable();
    let ranges = sentences::clauses(view);
    let asks = view
        .folded
        .iter()
        .rev()
        .find(|byte| byte.is_ascii_punctuation() || byte.is_ascii_alphanumeric())
        .is_some_and(|last| *last == b'?')
        || view.clean().trim_end().ends_with(['？', '؟']);
    let last = ranges.len().saturating_sub(1);
    let of = |(index, range): (usize, Range<usize>)| {
        let mut words = Vec::new();
        while let Some(word) = all_words.next_if(|word| word.range.start < range.end) {
            words.push(word);
        }
        let mut denials = NEGATIONS.starts(&words);
        if !denials.is_empty() {
            let nothing_denied = NO_NEGATIONS.all(&words);
            denials.retain(|at| !nothing_denied.iter().any(|range| range.contains(at)));
        }
        let at_start = CONDITIONS_AT_START.starts(&words).into_iter();
        let condition = CONDITIONS.starts(&words).into_iter();
        let asserts = ASSERTING.are_in(&words);
        Clause {
            denials,
            condition: condition.chain(at_start.filter(|at| *at == 0)).min(),
            // "It costs 49 €, right?" asserts and only then asks.
            asked: asks && (index == last || !asserts && words.len() > 1),
            hers: HERS.are_in(&words),
            asserts,
            range,
            words,
        }
    };
    ranges.into_iter().enumerate().map(of).collect()
}

/// The families that a clause asserts.
pub(crate) fn asserted(clause: &Clause) -> Vec<Family> {
    if clause.asked {
        return Vec::new();
    }
    let said = RULES.iter().flat_map(|rule| {
        let places = rule.said.all(&clause.words).into_iter();
        let places = places.filter(|place| !clause.ties(place));
        places.filter_map(|place| match (clause.denies(&place), rule.family) {
            (false, family) => Some(family),
            // "not in stock"
            (true, Family::InStock) => Some(Family::SoldOut),
            (true, _) => None,
        })
    });
    said.collect()
}

/// Whether a sentence is about goods that travel or money that comes back: then "tomorrow" is a fact.
pub(crate) fn is_of_delivery(clauses: &[Clause]) -> bool {
    clauses
        .iter()
        .any(|clause| OF_DELIVERY.are_in(&clause.words))
}
