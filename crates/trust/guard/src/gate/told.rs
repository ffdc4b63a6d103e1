//! The gate for what was told in parts: earlier messages, and what repeats them, are written anew.

use core::fmt;

use super::{Admitted, CARD_MARK, Cleared, SECURITY_CODE_MARK};
use crate::{
    blocks::{self, Block, Choice},
    finding::FindingKind,
    parts::{FEWEST_REPEATED, Told, repeated},
    view::{Cut, View},
};

/// Earlier messages hold parts of a card, or of its code, that the new one completed.
///
/// It holds those parts in the clear, for as long as it takes to have them erased: it is never stored
/// and shows nothing.
pub struct ToldInParts {
    before: Vec<Vec<Cut>>,
    digits: Vec<String>,
}

impl ToldInParts {
    /// `None` when no earlier message holds a part.
    pub(super) fn of(told: Told) -> Option<Self> {
        if told.before.iter().all(Vec::is_empty) {
            return None;
        }
        let cuts = |parts: Vec<(FindingKind, core::ops::Range<usize>)>| {
            let parts = parts.into_iter();
            parts
                .map(|(kind, range)| Cut {
                    range,
                    with: match kind {
                        FindingKind::CardSecurityCode => SECURITY_CODE_MARK,
                        _ => CARD_MARK,
                    }
                    .to_owned(),
                })
                .collect()
        };
        Some(Self {
            before: told.before.into_iter().map(cuts).collect(),
            digits: told.digits,
        })
    }

    /// An earlier message without its parts; `None` when it has none. `text` is what was handed to the
    /// gate as the message of this number.
    #[must_use]
    pub fn message(&self, number: usize, text: &str) -> Option<Admitted> {
        let cuts = self.before.get(number).filter(|cuts| !cuts.is_empty())?;
        let cut = View::of(text).replaced(cuts);
        Some(Admitted {
            text: self.text(&cut).unwrap_or(cut),
        })
    }

    /// Words that repeat a part, without it; `None` when they repeat none.
    #[must_use]
    pub fn words(&self, words: &Cleared) -> Option<Cleared> {
        let mut changed = false;
        let mut without = |text: &mut String| {
            if let Some(new) = self.text(text) {
                *text = new;
                changed = true;
            }
        };
        let mut blocks = words.blocks.clone();
        for block in &mut blocks {
            match block {
                Block::Text { text, content } => {
                    without(text);
                    for spans in blocks::all_spans(content) {
                        spans.iter_mut().for_each(|span| without(&mut span.text));
                    }
                }
                Block::Choices { choices } => {
                    for Choice { label, text } in choices {
                        without(label);
                        without(text);
                    }
                }
                // What the shop says of its goods, and of what is bought, repeats no message.
                _ => {}
            }
        }
        changed.then_some(Cleared { blocks })
    }

    /// Whether the digits of a value are among those of a part, or those of a part among them.
    pub(crate) fn touches(&self, value: &str) -> bool {
        let digits: String = View::of(value)
            .folded
            .iter()
            .filter(|byte| byte.is_ascii_digit())
            .map(|byte| char::from(*byte))
            .collect();
        digits.len() >= FEWEST_REPEATED
            && self
                .digits
                .iter()
                .any(|part| part.contains(&digits) || digits.contains(part))
    }

    /// A text that repeats a part, without it; `None` when it repeats none.
    #[must_use]
    pub fn text(&self, text: &str) -> Option<String> {
        let (view, found) = repeated(text, &self.digits);
        let cuts: Vec<Cut> = found
            .into_iter()
            .map(|range| Cut {
                range,
                with: CARD_MARK.to_owned(),
            })
            .collect();
        (!cuts.is_empty()).then(|| view.replaced(&cuts))
    }
}

impl fmt::Debug for ToldInParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages = self.before.iter().filter(|cuts| !cuts.is_empty()).count();
        write!(f, "ToldInParts({messages} messages)")
    }
}
