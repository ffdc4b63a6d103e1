//! A text as a person sees it, with the way back to where each character stood.

use core::ops::Range;

use crate::{
    finding::{Finding, FindingKind},
    fold::fold,
};

/// The visible characters of a raw text. Positions in a view count visible characters; `folded`
/// has one byte for each.
pub(crate) struct View {
    clean: String,
    pub(crate) folded: Vec<u8>,
    /// Byte in `clean` where each visible character starts, and one past the last.
    starts: Vec<usize>,
    /// Code point in the raw text of each visible character, and one past the last.
    raw: Vec<usize>,
    /// Stretches of the raw text that were removed because nobody sees them, in code points.
    hidden: Vec<Range<usize>>,
}

/// A stretch of a view and what takes its place.
pub(crate) struct Cut {
    pub(crate) range: Range<usize>,
    pub(crate) with: String,
}

impl View {
    pub(crate) fn of(raw: &str) -> Self {
        let mut view = Self {
            clean: String::with_capacity(raw.len()),
            folded: Vec::with_capacity(raw.len()),
            starts: Vec::with_capacity(raw.len() + 1),
            raw: Vec::with_capacity(raw.len() + 1),
            hidden: Vec::new(),
        };
        let mut characters = raw.chars().enumerate().peekable();
        while let Some((index, character)) = characters.next() {
            match character {
                '\r' => {
                    if characters.peek().is_none_or(|(_, next)| *next != '\n') {
                        view.see(index, '\n');
                    }
                }
                '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}' | '\u{0C}' => view.see(index, '\n'),
                '\u{1B}' | '\u{9B}' => {
                    let mut end = index + 1;
                    let sequence = character == '\u{9B}'
                        || characters
                            .next_if(|(_, next)| *next == '[')
                            .is_some_and(|(at, _)| {
                                end = at + 1;
                                true
                            });
                    if sequence {
                        while let Some((at, _)) =
                            characters.next_if(|(_, next)| matches!(next, ' '..='?'))
                        {
                            end = at + 1;
                        }
                        if let Some((at, _)) =
                            characters.next_if(|(_, next)| matches!(next, '@'..='~'))
                        {
                            end = at + 1;
                        }
                    }
                    view.hide(index..end);
                }
                _ if is_hidden(character) => view.hide(index..index + 1),
                _ => view.see(index, character),
            }
        }
        view.starts.push(view.clean.len());
        view.raw.push(raw.chars().count());
        view
    }

    fn see(&mut self, index: usize, character: char) {
        self.starts.push(self.clean.len());
        self.raw.push(index);
        self.folded.push(fold(character));
        self.clean.push(character);
    }

    fn hide(&mut self, range: Range<usize>) {
        match self.hidden.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.hidden.push(range),
        }
    }

    /// The visible text.
    pub(crate) fn clean(&self) -> &str {
        &self.clean
    }

    /// The visible text of a stretch.
    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        let start = self
            .starts
            .get(range.start)
            .copied()
            .unwrap_or(self.clean.len());
        let end = self
            .starts
            .get(range.end)
            .copied()
            .unwrap_or(self.clean.len());
        self.clean.get(start..end).unwrap_or_default()
    }

    /// The visible characters of a stretch of bytes of [`View::clean`].
    pub(crate) fn characters(&self, bytes: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.starts.partition_point(|start| *start < byte);
        at(bytes.start)..at(bytes.end)
    }

    /// The stretch in code points of the raw text.
    pub(crate) fn finding(&self, kind: FindingKind, range: &Range<usize>) -> Finding {
        let at = |position: usize| self.raw.get(position).copied().unwrap_or_default();
        let end = if range.end > range.start {
            at(range.end - 1) + 1
        } else {
            at(range.start)
        };
        Finding {
            kind,
            start: at(range.start),
            end,
        }
    }

    pub(crate) fn hidden(&self) -> impl Iterator<Item = Finding> {
        self.hidden.iter().map(|range| Finding {
            kind: FindingKind::HiddenText,
            start: range.start,
            end: range.end,
        })
    }

    /// The visible text with every cut replaced. Cuts are in order and do not overlap.
    pub(crate) fn replaced<'cut>(&self, cuts: impl IntoIterator<Item = &'cut Cut>) -> String {
        let mut text = String::with_capacity(self.clean.len());
        let mut position = 0;
        for cut in cuts {
            text.push_str(self.text(position..cut.range.start.max(position)));
            text.push_str(&cut.with);
            position = cut.range.end.max(position);
        }
        text.push_str(self.text(position..self.folded.len()));
        text
    }
}

/// Whether nobody sees the character: it would carry text past the eye, or turn the order of what
/// is read. Newline and tab are seen.
pub(crate) fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        _ if character.is_control() => true,
        '\u{AD}'
        | '\u{034F}'
        | '\u{061C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{13430}'..='\u{1345F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => u32::from(character) & 0xFFFE == 0xFFFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_go_and_positions_stay() {
        let view = View::of("a\u{200B}b\u{E0041}\u{E0042}c\r\nd\u{1B}[31me");
        assert_eq!(view.clean(), "abc\nde");
        assert_eq!(
            view.finding(FindingKind::CreditCard, &(2..3)),
            Finding {
                kind: FindingKind::CreditCard,
                start: 5,
                end: 6
            }
        );
        let hidden: Vec<_> = view
            .hidden()
            .map(|finding| finding.start..finding.end)
            .collect();
        assert_eq!(hidden, [1..2, 3..5, 9..14]);
    }

    #[test]
    fn cuts_are_replaced() {
        let view = View::of("höhe 12 cm");
        let cut = Cut {
            range: 5..7,
            with: "x".to_owned(),
        };
        assert_eq!(view.replaced([&cut]), "höhe x cm");
    }
}
