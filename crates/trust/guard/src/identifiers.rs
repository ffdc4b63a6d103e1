//! Numbers by which banks, states and networks know a person or her devices. Check digits where
//! there are any; where there are none, words beside the number decide.

mod americas;
mod asia;
mod bank;
pub(crate) mod checks;
mod documents;
mod europe;
mod iban;
mod internet;
mod national;

pub(crate) use iban::covers as iban_covers;

use crate::{
    recognise::{Recognised, settled},
    scan::Scan,
};

/// Everything here, in order, not overlapping.
pub(crate) fn find(scan: &Scan<'_>) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut floor = 0;
    for piece in &scan.pieces {
        if piece.start < floor {
            continue;
        }
        let one = iban::find(scan, piece)
            .or_else(|| documents::social_security(scan, piece))
            .or_else(|| documents::driver_license(scan, piece))
            .or_else(|| documents::passport(scan, piece))
            .or_else(|| national::find(scan, piece))
            .or_else(|| bank::account(scan, piece))
            .or_else(|| national::named(scan, piece));
        if let Some(one) = one.filter(|one| one.range.start >= floor) {
            floor = one.range.end;
            found.push(one);
        }
    }
    settled(
        settled(found, internet::find(scan)),
        bank::identifiers(scan),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::{finding::FindingKind, recognise, view::View};

    /// What is found in a text, without what nobody masks.
    pub(crate) fn found(text: &str) -> Vec<(&'static str, &str)> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let at = |position: usize| {
            characters
                .get(position)
                .map_or(text.len(), |(byte, _)| *byte)
        };
        let view = View::of(text);
        recognise::everything(&view)
            .into_iter()
            .map(|one| {
                let finding = view.finding(one.kind, &one.range);
                (
                    one.kind.as_str(),
                    text.get(at(finding.start)..at(finding.end))
                        .unwrap_or_default(),
                )
            })
            .collect()
    }

    pub(crate) fn kinds(text: &str) -> Vec<&'static str> {
        found(text).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn kinds_have_names() {
        assert_eq!(FindingKind::IbanCode.as_str(), "IBAN_CODE");
    }
}
