//! Other readings of a text: what it says when encodings are decoded, numbers in words are written
//! in digits, "at" and "dot" are the marks they stand for, and letters are the digits they look
//! like.
//!
//! A reading is a view of its own, with the way back to where each of its characters stood. Every
//! recogniser reads it as it reads the text itself; what it finds counts when it lies on something
//! that was read differently.
//!
//! Linear: a text is looked through a fixed number of times, and decoded one level deep.

mod encoded;
mod likeness;
mod spoken;

use core::ops::Range;

use crate::{finding::FindingKind, recognise::Recognised, scan::Scan, view::View};

/// A text read in another way.
pub(crate) struct Reading {
    pub(crate) view: View,
    origins: Vec<Origin>,
}

/// Where a character of a reading comes from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// In visible characters of the text.
    start: usize,
    end: usize,
    /// Whether something else stands there in the text.
    changed: bool,
}

impl Reading {
    /// What was found in the reading, as it stands in the text; nothing when it says nothing new.
    pub(crate) fn in_text(&self, found: &Recognised) -> Option<Recognised> {
        let stretch = self.view.finding(found.kind, &found.range);
        let origins = self.origins.get(stretch.start..stretch.end)?;
        if !origins.iter().any(|origin| origin.changed) || !is_told(found) {
            return None;
        }
        let start = origins.iter().map(|origin| origin.start).min()?;
        let end = origins.iter().map(|origin| origin.end).max()?;
        Some(Recognised::new(found.kind, start..end, found.certainty))
    }
}

/// Whether a kind is worth a second reading: what gets another name or none, and addresses of the
/// web, unless two words met in one by chance.
fn is_told(found: &Recognised) -> bool {
    use crate::finding::Treatment;
    match found.kind {
        FindingKind::Url => found.certainty >= 90,
        FindingKind::PlaceholderLookalike => false,
        kind => kind.treatment() != Treatment::Kept,
    }
}

/// The readings of a text that differ from it: none for most.
pub(crate) fn readings(view: &View, scan: &Scan<'_>) -> Vec<Reading> {
    [
        encoded::read(view),
        spoken::read(view, scan),
        likeness::read(view, scan),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A reading in the making.
struct Draft {
    text: String,
    origins: Vec<Origin>,
    changed: bool,
}

impl Draft {
    fn new(length: usize) -> Self {
        Self {
            text: String::with_capacity(length),
            origins: Vec::with_capacity(length),
            changed: false,
        }
    }

    /// A character as it stands in the text.
    fn keep(&mut self, character: char, at: usize) {
        self.text.push(character);
        self.origins.push(Origin {
            start: at,
            end: at + 1,
            changed: false,
        });
    }

    /// Characters as they stand in a stretch of the text.
    fn keep_all(&mut self, characters: impl Iterator<Item = char>, stretch: Range<usize>) {
        // The stretch first: a character behind it must not be taken.
        for (at, character) in stretch.zip(characters) {
            self.keep(character, at);
        }
    }

    /// What stands for a stretch of the text.
    fn change(&mut self, characters: &str, from: Range<usize>) {
        self.changed = true;
        for character in characters.chars() {
            self.text.push(character);
            self.origins.push(Origin {
                start: from.start,
                end: from.end,
                changed: true,
            });
        }
    }

    /// Takes back blanks at the end.
    fn tighten(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
            self.origins.pop();
        }
    }

    fn finished(self) -> Option<Reading> {
        self.changed.then(|| Reading {
            view: View::of(&self.text),
            origins: self.origins,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::found;

    #[test]
    fn disguised_numbers_and_addresses() {
        for (text, kind) in [
            (
                "four one one one one one one one one one one one one one one one",
                "CREDIT_CARD",
            ),
            (
                "vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins",
                "CREDIT_CARD",
            ),
            (
                "double four one double one triple one quadruple one quadruple one one",
                "",
            ),
            (
                "four triple one quadruple one quadruple one quadruple one",
                "CREDIT_CARD",
            ),
            (
                "four 1 1 one 1 1 one 1 1 one 1 1 one 1 1 one",
                "CREDIT_CARD",
            ),
            (
                "zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig",
                "CREDIT_CARD",
            ),
            (
                "cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos",
                "CREDIT_CARD",
            ),
            ("ada at example dot com", "EMAIL_ADDRESS"),
            ("ada [at] example [dot] com", "EMAIL_ADDRESS"),
            ("ada(ät)example(punkt)net", "EMAIL_ADDRESS"),
            ("ada.l (a) example.org", "EMAIL_ADDRESS"),
            ("ada arroba example punto es", "EMAIL_ADDRESS"),
            ("ada @ example . com", "EMAIL_ADDRESS"),
            ("&#97;da&#64;example&#46;com", "EMAIL_ADDRESS"),
            ("%61da%40example%2ecom", "EMAIL_ADDRESS"),
            ("YWRhQGV4YW1wbGUuY29t", "EMAIL_ADDRESS"),
            ("NDExMTExMTExMTExMTExMQ==", "CREDIT_CARD"),
            ("6O11 OOO9 9O13 9424", "CREDIT_CARD"),
            ("4lll llll llll llll", "CREDIT_CARD"),
            ("192 dot 0 dot 2 dot 17", "IP_ADDRESS"),
            ("DЕ89370400440532013000", "IBAN_CODE"),
        ] {
            let expected: Vec<_> = [(kind, text)]
                .into_iter()
                .filter(|(kind, _)| !kind.is_empty())
                .collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "I ordered two, but one is missing and three are broken",
            "see you at noon. Das ist der Punkt.",
            "I bought it at example.com",
            "un point de vente à Paris",
            "50% off & 20% more",
            "Bestellungen Lieferadresse",
        ] {
            assert!(
                found(text).iter().all(|(kind, _)| *kind == "URL"),
                "{text}: {:?}",
                found(text)
            );
        }
    }
}
