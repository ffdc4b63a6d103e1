//! What is left when something was taken out is read again: a card may stand so close to a security code that
//! neither reads as what it is until the other is gone.

use core::ops::Range;

use super::{dropped, overlaid};
use crate::{
    disguise,
    finding::Recognised,
    scan::Scan,
    view::{Cut, View},
};

/// How often a text is read again. No honest message needs more than one.
const ROUNDS: usize = 4;

/// What was found without a way back, and what is found once that is gone.
///
/// INVARIANT: in the view with every stretch of the answer replaced by its kind's mark nothing without a way
/// back is found. A text that holds something anew in every round goes whole.
pub(super) fn until_nothing_is_left(view: &View, found: Vec<Recognised>) -> Vec<Recognised> {
    let mut gone = found;
    for _ in 0..ROUNDS {
        let Some(more) = left(view, &gone) else {
            return gone;
        };
        gone = overlaid(more, gone);
    }
    match (left(view, &gone), gone.first()) {
        (Some(_), Some(first)) => vec![Recognised::new(first.kind, 0..view.folded.len(), 100)],
        _ => gone,
    }
}

/// What is still found where everything that is `gone` is replaced, as it stands in the view.
fn left(view: &View, gone: &[Recognised]) -> Option<Vec<Recognised>> {
    if gone.is_empty() {
        return None;
    }
    let cuts: Vec<Cut> = gone
        .iter()
        .map(|one| Cut {
            range: one.range.clone(),
            with: one.kind.mark().to_owned(),
        })
        .collect();
    let after = View::of(&view.replaced(&cuts));
    let scan = Scan::of(&after.folded);
    let found = dropped(&after, &disguise::readings(&after, &scan));
    if found.is_empty() {
        return None;
    }
    let origins = origins(view, gone);
    let mut more: Vec<Recognised> = found
        .into_iter()
        .filter_map(|one| {
            // Nothing of a view is hidden, so that characters of the text are those of its view.
            let from = origins.get(one.range.clone())?;
            let start = from.iter().map(|origin| origin.start).min()?;
            let end = from.iter().map(|origin| origin.end).max()?;
            Some(Recognised::new(one.kind, start..end, one.certainty))
        })
        .collect();
    more.sort_by_key(|one| one.range.start);
    Some(more)
}

/// Where each character of the text with the marks comes from, in visible characters of the view.
fn origins(view: &View, gone: &[Recognised]) -> Vec<Range<usize>> {
    let mut origins = Vec::with_capacity(view.folded.len());
    let mut next = 0;
    for one in gone {
        origins.extend((next..one.range.start).map(|at| at..at + 1));
        origins.extend(core::iter::repeat_n(
            one.range.clone(),
            one.kind.mark().chars().count(),
        ));
        next = one.range.end;
    }
    origins.extend((next..view.folded.len()).map(|at| at..at + 1));
    origins
}

#[cfg(test)]
mod tests {
    use terms::Untrusted;

    use crate::gate;

    /// What was let in is let in again as it is, and holds nothing more to take out.
    fn settled(text: &str) -> String {
        let admitted = |text: &str| {
            gate::inbound(
                Untrusted::new(text.to_owned()),
                &mut gate::Pseudonyms::default(),
            )
            .unwrap()
            .admitted
            .as_str()
            .to_owned()
        };
        let once = admitted(text);
        assert_eq!(admitted(&once), once, "{text}");
        once
    }

    #[test]
    fn a_card_glued_to_its_code_goes_with_it() {
        let text = "visa cvv 122NDExMSAxMTExIDExMTEgMTExMQ==";
        assert!(!settled(text).contains("NDEx"));
    }

    #[test]
    fn what_was_found_by_chance_is_settled() {
        settled(
            "fo\";visa \u{10}0\u{8}\u{8}\\ud800\u{8}\u{8}\u{8}csc\u{8}\u{8}411 &2/29 cvv \
             122NDExMSAxMTExIDExMTEgMTExMQ==",
        );
    }

    #[test]
    fn a_chain_of_codes_comes_to_an_end() {
        let chain = "cvv 123".repeat(40);
        let left = settled(&format!("visa 4111 1111 1111 1111 {chain}"));
        assert!(!left.contains("123"), "{left}");
    }
}
