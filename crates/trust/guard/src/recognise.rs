//! What is in a text: every recogniser, and one list of findings that do not overlap.
//!
//! A recogniser reads a [`View`] and answers stretches of it, in order and not overlapping. It is
//! linear in the length of the text, and it decides nothing: what becomes of a kind is
//! [`FindingKind::treatment`].

mod again;

use core::ops::Range;

use crate::{
    cards, contacts, dates,
    disguise::{self, Reading},
    finding::{FindingKind, Treatment},
    identifiers, naming, phones, pseudonyms,
    scan::Scan,
    secrets, shop_numbers,
    treatments::Treatments,
    view::View,
    web_addresses,
};

pub(crate) use crate::finding::Recognised;

/// Everything, in order.
pub(crate) fn everything(view: &View) -> Vec<Recognised> {
    let scan = Scan::of(&view.folded);
    let readings = disguise::readings(view, &scan);
    let gone = again::until_nothing_is_left(view, dropped(view, &readings));
    let named = with_another_name(view, &scan, &gone);
    let told = told(&readings, |reading| {
        let scan = Scan::of(&reading.folded);
        let gone = dropped(reading, &[]);
        with_another_name(reading, &scan, &gone)
    });
    if told.is_empty() {
        return settled(gone, named);
    }
    let named = overlaid(named, told);
    let rest = outside(&gone, named);
    settled(gone, rest)
}

/// What is dropped at the gate: cards, security codes, passwords, codes and keys.
pub(crate) fn without_way_back(view: &View) -> Vec<Recognised> {
    let scan = Scan::of(&view.folded);
    let gone = dropped(view, &disguise::readings(view, &scan));
    again::until_nothing_is_left(view, gone)
}

/// Everything, and what only advises: what takes more than a form or a word beside it to be recognised.
pub(crate) fn whole(view: &View) -> Vec<Recognised> {
    settled(everything(view), naming::find(view))
}

/// What a shopper's message becomes a planner's view by: what is known already, everything with a form
/// of its own, people and the addresses where they live, and what the shop hides besides. In order.
pub(crate) fn beside(
    view: &View,
    known: Vec<Recognised>,
    treatments: &Treatments,
) -> Vec<Recognised> {
    let mut named = naming::find(view);
    named.retain(|one| match one.kind {
        FindingKind::Person => one.certainty >= SURELY_A_PERSON,
        FindingKind::StreetAddress => one.certainty >= SURELY_AN_ADDRESS,
        kind => treatments.of(kind) == Treatment::Pseudonym,
    });
    settled(settled(known, everything(view)), named)
}

/// A name that is masked wrongly is a product that is not found.
const SURELY_A_PERSON: u8 = 63;
/// And a number that is masked wrongly is a size or an order.
const SURELY_AN_ADDRESS: u8 = 60;

/// What has no way back, in a text and in its other readings.
fn dropped(view: &View, readings: &[Reading]) -> Vec<Recognised> {
    let mut cards = certain(cards::find(&view.folded));
    cards.retain(|one| !identifiers::iban_covers(&view.folded, &one.range));
    let written = settled(cards, secrets::find(view));
    overlaid(written, told(readings, |reading| dropped(reading, &[])))
}

/// What gets another name or stays, outside of what is `gone`.
fn with_another_name(view: &View, scan: &Scan<'_>, gone: &[Recognised]) -> Vec<Recognised> {
    let mut found = settled(
        certain(pseudonyms::lookalikes(view)),
        certain(contacts::emails(&view.folded)),
    );
    found = settled(found, web_addresses::find(scan));
    found = settled(found, identifiers::find(scan));
    found = settled(found, dates::find(scan));
    found = settled(found, shop_numbers::find(scan));
    let mut taken: Vec<Range<usize>> = found
        .iter()
        .chain(gone)
        .map(|one| one.range.clone())
        .collect();
    taken.sort_by_key(|range| range.start);
    found = settled(found, phones::find(scan, &taken));
    settled(found, shop_numbers::unclaimed(scan))
}

/// What other readings of a text say, in order, not overlapping.
fn told(readings: &[Reading], find: impl Fn(&View) -> Vec<Recognised>) -> Vec<Recognised> {
    let mut told: Vec<Recognised> = Vec::new();
    for reading in readings {
        let found = find(&reading.view);
        let mut new: Vec<Recognised> = found
            .iter()
            .filter_map(|one| reading.in_text(one))
            .collect();
        new.sort_by_key(|one| one.range.start);
        told = overlaid(told, new);
    }
    told
}

/// Both lists in order; what overlaps becomes one: a card when one of them is, else what was told.
fn overlaid(written: Vec<Recognised>, told: Vec<Recognised>) -> Vec<Recognised> {
    if told.is_empty() {
        return written;
    }
    let mut all: Vec<(bool, Recognised)> = written
        .into_iter()
        .map(|one| (false, one))
        .chain(told.into_iter().map(|one| (true, one)))
        .collect();
    all.sort_by_key(|(_, one)| (one.range.start, core::cmp::Reverse(one.range.end)));
    let mut kept: Vec<(bool, Recognised)> = Vec::with_capacity(all.len());
    for (told, one) in all {
        match kept.last_mut() {
            Some((was_told, last)) if one.range.start < last.range.end => {
                last.range.end = last.range.end.max(one.range.end);
                let stronger = one.kind == FindingKind::CreditCard
                    || (told && !*was_told && last.kind != FindingKind::CreditCard);
                if stronger {
                    last.kind = one.kind;
                    last.certainty = one.certainty;
                    *was_told = told;
                }
            }
            _ => kept.push((told, one)),
        }
    }
    kept.into_iter().map(|(_, one)| one).collect()
}

/// The parts of what was found that lie outside of what is `gone`; both in order.
fn outside(gone: &[Recognised], found: Vec<Recognised>) -> Vec<Recognised> {
    let mut parts = Vec::with_capacity(found.len());
    let mut next = 0;
    for one in found {
        while gone
            .get(next)
            .is_some_and(|gone| gone.range.end <= one.range.start)
        {
            next += 1;
        }
        let mut start = one.range.start;
        let within = gone.iter().skip(next);
        for gone in within.take_while(|gone| gone.range.start < one.range.end) {
            if start < gone.range.start {
                parts.push(Recognised::new(
                    one.kind,
                    start..gone.range.start,
                    one.certainty,
                ));
            }
            start = start.max(gone.range.end);
        }
        if start < one.range.end {
            parts.push(Recognised::new(
                one.kind,
                start..one.range.end,
                one.certainty,
            ));
        }
    }
    parts
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
