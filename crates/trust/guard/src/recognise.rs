//! What is in a text: every recogniser, and one list of findings that do not overlap.
//!
//! A recogniser reads a [`View`] and answers stretches of it, in order and not overlapping. It is
//! linear in the length of the text, and it decides nothing: what becomes of a kind is
//! [`FindingKind::treatment`].

use core::ops::Range;

use crate::{
    cards, contacts, dates, finding::FindingKind, identifiers, naming, phones, pseudonyms,
    scan::Scan, secrets, shop_numbers, view::View, web_addresses,
};

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
    let scan = Scan::of(&view.folded);
    found = settled(found, certain(contacts::emails(&view.folded)));
    found = settled(found, web_addresses::find(&scan));
    found = settled(found, identifiers::find(&scan));
    found = settled(found, dates::find(&scan));
    found = settled(found, shop_numbers::find(&scan));
    let taken: Vec<Range<usize>> = found.iter().map(|one| one.range.clone()).collect();
    found = settled(found, phones::find(&scan, &taken));
    settled(found, shop_numbers::unclaimed(&scan))
}

/// Everything, and what only advises: what takes more than a form or a word beside it to be recognised.
pub(crate) fn whole(view: &View) -> Vec<Recognised> {
    settled(everything(view), naming::find(view))
}

/// Everything beside what is known already, in order.
pub(crate) fn beside(view: &View, known: Vec<Recognised>) -> Vec<Recognised> {
    settled(known, everything(view))
}

/// What is dropped at the gate: cards, security codes, passwords, codes and keys.
pub(crate) fn without_way_back(view: &View) -> Vec<Recognised> {
    let mut cards = certain(cards::find(&view.folded));
    cards.retain(|one| !identifiers::iban_covers(&view.folded, &one.range));
    settled(cards, secrets::find(view))
}

fn certain(found: Vec<(FindingKind, Range<usize>)>) -> Vec<Recognised> {
    found
        .into_iter()
        .map(|(kind, range)| Recognised::new(kind, range, 100))
        .collect()
}

/// Both lists in order; of two that overlap, the one of `first`.
pub(crate) fn settled(first: Vec<Recognised>, second: Vec<Recognised>) -> Vec<Recognised> {
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
