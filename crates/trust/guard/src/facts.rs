//! Facts (E08): what a draft states must be what tools answered in this turn, in any notation.
//!
//! INVARIANT: every digit, date, span, promise and state of stock in the free text of a draft is
//! either in [`Known`], or repeated as what the shopper said, or its sentence is not said.

pub(crate) mod calendar;
pub(crate) mod carried;
mod known;
pub(crate) mod promises;
mod read;
mod sentences;
mod spelled;
mod tokens;
mod units;
pub(crate) mod voice;
pub(crate) mod words;

pub use known::{Known, Progress};
pub(crate) use sentences::{Line, lines};

use core::ops::Range;

pub(crate) use carried::Own;

use crate::{facts::read::Stated, view::View};

/// Why a sentence, or a whole part, was taken out of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutKind {
    Amount,
    Percent,
    Date,
    Time,
    Quantity,
    /// A number of an order or a parcel, a code, an address of a page.
    Identifier,
    /// Whether goods can be had.
    Stock,
    /// Where an order stands, or what was done to it.
    Status,
    /// What the shop would owe if it were said.
    Promise,
    /// An address, a phone, an account of nobody in this conversation.
    PersonalData,
    /// A password, a code or a card was asked for.
    SecretAsked,
    /// A person was claimed to speak.
    HumanClaimed,
}

impl CutKind {
    /// A word for a log line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Time => "time",
            Self::Quantity => "quantity",
            Self::Identifier => "identifier",
            Self::Stock => "stock",
            Self::Status => "status",
            Self::Promise => "promise",
            Self::PersonalData => "personal data",
            Self::SecretAsked => "secret asked",
            Self::HumanClaimed => "human claimed",
        }
    }
}

impl From<Stated> for CutKind {
    fn from(stated: Stated) -> Self {
        match stated {
            Stated::Amount => Self::Amount,
            Stated::Percent => Self::Percent,
            Stated::Date => Self::Date,
            Stated::Time => Self::Time,
            Stated::Quantity => Self::Quantity,
            Stated::Identifier => Self::Identifier,
        }
    }
}

/// Why a sentence is not said; nothing when it may be.
pub(crate) fn refused(sentence: &View, known: &Known, own: &Own) -> Option<CutKind> {
    let never = voice::refused(sentence);
    if never.is_some() {
        return never;
    }
    let carried = carried::carried(sentence, own, known);
    if carried.foreign {
        return Some(CutKind::PersonalData);
    }
    unsupported(sentence, known, &carried.own)
}

/// What in a sentence is stated and not known. What stands in `hers` states nothing.
fn unsupported(sentence: &View, known: &Known, hers: &[Range<usize>]) -> Option<CutKind> {
    let clauses = promises::clauses(sentence);
    let is_of_delivery = promises::is_of_delivery(&clauses);
    for statement in read::statements(sentence) {
        let near = matches!(statement.any_of.as_slice(), [read::Key::NearDay(_)]);
        let own = hers.partition_point(|range| range.end <= statement.at);
        let is_hers = hers
            .get(own)
            .is_some_and(|range| range.contains(&statement.at));
        if is_hers || known.has(&statement.any_of) || near && !is_of_delivery {
            continue;
        }
        let clause = clauses.partition_point(|clause| clause.range.end <= statement.at);
        let clause = clauses.get(clause);
        let repeated = known.was_said(&statement.any_of)
            && clause.is_some_and(promises::Clause::may_repeat_hers);
        if !repeated {
            return Some(statement.kind.into());
        }
    }
    clauses
        .iter()
        .flat_map(promises::asserted)
        .find(|family| !known.supports(*family, sentence))
        .map(promises::Family::cut)
}

/// The same of a short text that the shopper would say herself, such as a quick reply: she promises
/// nothing, and what she said she may say again.
pub(crate) fn refused_in_reply(label: &View, known: &Known, own: &Own) -> Option<CutKind> {
    if voice::claims_to_be_human(label) {
        return Some(CutKind::HumanClaimed);
    }
    let carried = carried::carried(label, own, known);
    if carried.foreign {
        return Some(CutKind::PersonalData);
    }
    let stated = read::statements(label).into_iter();
    let mut unknown = stated.filter(|statement| {
        let near = matches!(statement.any_of.as_slice(), [read::Key::NearDay(_)]);
        let is_hers = carried
            .own
            .iter()
            .any(|range| range.contains(&statement.at));
        !near && !is_hers && !known.has(&statement.any_of) && !known.was_said(&statement.any_of)
    });
    unknown.next().map(|statement| statement.kind.into())
}

#[cfg(test)]
mod tests;
