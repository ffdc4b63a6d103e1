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
    /// `None` where everything is ASCII and visible: all three ways of counting are one.
    places: Option<Places>,
    /// Stretches of the raw text that were removed because nobody sees them, in code points.
    hidden: Vec<Range<usize>>,
}

struct Places {
    /// Byte in `clean` where each visible character starts, and one past the last.
    starts: Vec<usize>,
    /// Code point in the raw text of each visible character, and one past the last.
    raw: Vec<usize>,
}

impl Places {
    fn see(&mut self, start: usize, index: usize) {
        self.starts.push(start);
        self.raw.push(index);
    }
}

/// A stretch of a view and what takes its place.
pub(crate) struct Cut {
    pub(crate) range: Range<usize>,
    pub(crate) with: String,
}

impl View {
    pub(crate) fn of(raw: &str) -> Self {
        if is_plain(raw) {
            return Self {
                clean: raw.to_owned(),
                folded: raw.as_bytes().to_vec(),
                places: None,
                hidden: Vec::new(),
            };
        }
        let mut places = Places {
            starts: Vec::with_capacity(raw.len() + 1),
            raw: Vec::with_capacity(raw.len() + 1),
        };
        let mut view = Self {
            clean: String::with_capacity(raw.len()),
            folded: Vec::with_capacity(raw.len()),
            places: None,
            hidden: Vec::new(),
        };
        let mut characters = raw.chars().enumerate().peekable();
        while let Some((index, character)) = characters.next() {
            match character {
                '\r' => {
                    if characters.peek().is_none_or(|(_, next)| *next != '\n') {
                        view.see(&mut places, index, '\n');
                    }
                }
                '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}' | '\u{0C}' => {
                    view.see(&mut places, index, '\n')
                }
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
                _ => view.see(&mut places, index, character),
            }
        }
        places.see(view.clean.len(), raw.chars().count());
        view.places = Some(places);
        view
    }

    fn see(&mut self, places: &mut Places, index: usize, character: char) {
        places.see(self.clean.len(), index);
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
        let (start, end) = (self.byte_of(range.start), self.byte_of(range.end));
        self.clean.get(start..end).unwrap_or_default()
    }

    /// Where a visible character starts in [`View::clean`].
    fn byte_of(&self, position: usize) -> usize {
        let length = self.clean.len();
        self.places.as_ref().map_or(position.min(length), |places| {
            places.starts.get(position).copied().unwrap_or(length)
        })
    }

    /// The visible characters of a stretch of bytes of [`View::clean`].
    pub(crate) fn characters(&self, bytes: &Range<usize>) -> Range<usize> {
        let Some(places) = &self.places else {
            return bytes.clone();
        };
        let at = |byte: usize| places.starts.partition_point(|start| *start < byte);
        at(bytes.start)..at(bytes.end)
    }

    /// The stretch in code points of the raw text.
    pub(crate) fn finding(&self, kind: FindingKind, range: &Range<usize>) -> Finding {
        let at = |position: usize| {
            self.places.as_ref().map_or(position, |places| {
                places.raw.get(position).copied().unwrap_or_default()
            })
        };
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

/// Whether every character is one byte, is seen, and counts as itself.
fn is_plain(raw: &str) -> bool {
    // Without a way out, so that many bytes are looked at in one step.
    raw.bytes().fold(true, |plain, byte| {
        plain & matches!(byte, b' '..=b'~' | b'\n' | b'\t')
    })
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
    fn a_plain_text_and_one_that_is_not_are_counted_alike() {
        let plain = View::of("call 42\n now~");
        let other = View::of("call 42\n now~\u{200B}");
        assert!(plain.places.is_none() && other.places.is_some());
        assert_eq!(plain.clean(), other.clean());
        assert_eq!(plain.folded, other.folded);
        let kind = FindingKind::PhoneNumber;
        for range in [0..0, 5..7, 5..13] {
            assert_eq!(plain.text(range.clone()), other.text(range.clone()));
            assert_eq!(plain.finding(kind, &range), other.finding(kind, &range));
            assert_eq!(plain.characters(&range), other.characters(&range));
        }
        assert_eq!(plain.text(7..99), other.text(7..99));
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
