//! What is in a text: every recogniser, and one list of findings that do not overlap.
//!
//! A recogniser reads a [`View`] and answers stretches of it, in order and not overlapping. It is
//! linear in the length of the text, and it decides nothing: what becomes of a kind is
//! [`FindingKind::treatment`].

use core::ops::Range;

use crate::{cards, contacts, finding::FindingKind, pseudonyms, view::View};

/// A stretch of a view and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) kind: FindingKind,
    /// In visible characters of the view.
    pub(crate) range: Range<usize>,
    /// How sure the recogniser is, in hundredths.
    pub(crate) certainty: u8,
}

impl Recognised {
    pub(crate) const fn new(kind: FindingKind, range: Range<usize>, certainty: u8) -> Self {
        Self {
            kind,
            range,
            certainty,
        }
    }
}

/// Everything, in order.
pub(crate) fn everything(view: &View) -> Vec<Recognised> {
    let mut found = without_way_back(view);
    found = settled(found, certain(pseudonyms::lookalikes(view)));
    found = settled(found, certain(contacts::emails(&view.folded)));
    let taken: Vec<Range<usize>> = found.iter().map(|one| one.range.clone()).collect();
    settled(found, certain(contacts::phones(&view.folded, &taken)))
}

/// Everything beside what is known already, in order.
pub(crate) fn beside(view: &View, known: Vec<Recognised>) -> Vec<Recognised> {
    settled(known, everything(view))
}

/// What is dropped at the gate: cards, security codes, passwords, codes and keys.
pub(crate) fn without_way_back(view: &View) -> Vec<Recognised> {
    certain(cards::find(&view.folded))
}

fn certain(found: Vec<(FindingKind, Range<usize>)>) -> Vec<Recognised> {
    found
        .into_iter()
        .map(|(kind, range)| Recognised::new(kind, range, 100))
        .collect()
}

/// Both lists in order; of two that overlap, the one of `first`.
fn settled(first: Vec<Recognised>, second: Vec<Recognised>) -> Vec<Recognised> {
    let mut kept: Vec<Recognised> = Vec::with_capacity(first.len() + second.len());
    let mut blockers = first.iter().peekable();
    for one in second {
        while blockers
            .next_if(|blocker| blocker.range.end <= one.range.start)
            .is_some()
        {}
        if blockers
            .peek()
            .is_none_or(|blocker| blocker.range.start >= one.range.end)
        {
            kept.push(one);
        }
    }
    kept.extend(first);
    kept.sort_by_key(|one| one.range.start);
    kept
}
