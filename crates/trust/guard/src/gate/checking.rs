//! What a draft may say before it is cleared: a sentence that states what nobody knows is cut, and the
//! cut is reported without its words.

use std::collections::BTreeMap;

use terms::Untrusted;

use super::{Choice, Part, replying::DRAFT_MAX};
use crate::{
    facts::{self, CutKind, Known, Own},
    pseudonyms::Pseudonyms,
    view::View,
};

/// A draft that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    pub parts: Vec<Part>,
    pub cuts: Cuts,
    /// The platform has to say that a machine answers: a person was claimed, or she asked and the draft
    /// does not say it.
    pub must_disclose: bool,
}

/// How much was cut, by kind. It holds no word of the draft.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Cuts(BTreeMap<CutKind, usize>);

impl Cuts {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many sentences and parts were cut.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// How many were cut for this.
    #[must_use]
    pub fn of(&self, kind: CutKind) -> usize {
        self.0.get(&kind).copied().unwrap_or_default()
    }

    /// The kinds with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (CutKind, usize)> + '_ {
        self.0.iter().map(|(kind, count)| (*kind, *count))
    }

    fn add(&mut self, kind: CutKind) {
        *self.0.entry(kind).or_default() += 1;
    }
}

impl core::fmt::Display for Cuts {
    /// `amount 2, promise 1`
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (index, (kind, count)) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{} {count}", kind.as_str())?;
        }
        Ok(())
    }
}

/// Checks a draft against what is known in this turn and whose conversation it is. What tools found (cards, quotes) is checked by
/// whoever knows what they found; here it is what a planner says in its own words.
#[must_use]
pub fn checked(parts: Vec<Part>, known: &Known, pseudonyms: &Pseudonyms) -> Checked {
    let mut checking = Checking {
        known,
        own: Own::of(pseudonyms),
        cuts: Cuts::default(),
        disclosed: false,
        bare: false,
    };
    let mut parts: Vec<Part> = parts
        .into_iter()
        .filter_map(|part| checking.part(part))
        .collect();
    let concealed = known.asked_who() && !checking.disclosed;
    if concealed {
        checking.bare = true;
        parts = parts
            .into_iter()
            .filter_map(|part| checking.part(part))
            .collect();
    }
    Checked {
        parts,
        must_disclose: concealed || checking.cuts.of(CutKind::HumanClaimed) > 0,
        cuts: checking.cuts,
    }
}

struct Checking<'a> {
    known: &'a Known,
    own: Own,
    cuts: Cuts,
    /// Whether what stays says that a machine answers.
    disclosed: bool,
    /// Whether a bare yes or no is cut: it would answer what the draft conceals.
    bare: bool,
}

impl Checking<'_> {
    fn part(&mut self, part: Part) -> Option<Part> {
        match part {
            Part::Text(text) => {
                let text = self.text(&text.danger_into_raw());
                (!text.trim().is_empty()).then(|| Part::Text(Untrusted::new(text)))
            }
            Part::Choices(choices) => {
                let choices: Vec<Choice> = choices
                    .into_iter()
                    .filter(|choice| self.may_be_shown([&choice.label, &choice.text]))
                    .collect();
                (!choices.is_empty()).then_some(Part::Choices(choices))
            }
            Part::Link { label, url } => self
                .may_be_shown([&label, &url])
                .then_some(Part::Link { label, url }),
            other => Some(other),
        }
    }

    /// A text without the sentences that state what is not known.
    fn text(&mut self, raw: &str) -> String {
        let cut: String = raw.chars().take(DRAFT_MAX).collect();
        let view = View::of(&cut);
        let mut kept: Vec<String> = Vec::new();
        for line in facts::lines(&view) {
            let Some(text) = self.line(&view, &line) else {
                continue;
            };
            // What is claimed or asked over the end of a line is read over it, too.
            let over = kept.last().map(|last| format!("{} {}", end_of(last), text));
            let refused = over.and_then(|over| facts::voice::refused(&View::of(&over)));
            if let Some(kind) = refused {
                kept.pop();
                self.cuts.add(kind);
            } else {
                kept.push(text);
            }
        }
        kept.join("\n")
    }

    /// A line without them; nothing when nothing of it is left.
    fn line(&mut self, view: &View, line: &facts::Line) -> Option<String> {
        let mut stay = Vec::new();
        for sentence in &line.sentences {
            let text = view.text(sentence.clone());
            match self.refused(text) {
                Some(kind) => self.cuts.add(kind),
                None => {
                    self.disclosed |= facts::voice::says_machine(&View::of(text));
                    stay.push(text.trim());
                }
            }
        }
        if stay.len() == line.sentences.len() {
            return Some(view.text(line.whole.clone()).to_owned());
        }
        let marker = view.text(line.marker.clone());
        (!stay.is_empty()).then(|| format!("{marker}{}", stay.join(" ")))
    }

    /// Why a sentence is not said. It is read as it will be shown: asterisks are markup.
    fn refused(&self, sentence: &str) -> Option<CutKind> {
        let plain: String = sentence.chars().filter(|one| *one != '*').collect();
        let view = View::of(&plain);
        if self.bare && facts::voice::is_bare_answer(&view) {
            return Some(CutKind::HumanClaimed);
        }
        facts::refused(&view, self.known, &self.own)
    }

    fn may_be_shown(&mut self, labels: [&str; 2]) -> bool {
        let mut refused = labels
            .into_iter()
            .filter_map(|label| facts::refused_in_reply(&View::of(label), self.known, &self.own));
        let refused = refused.next();
        if let Some(kind) = refused {
            self.cuts.add(kind);
        }
        refused.is_none()
    }
}

/// The end of a line that has no end of a sentence; nothing of one that has.
fn end_of(line: &str) -> &str {
    let line = line.trim_end();
    if line.ends_with(['.', '!', '?', ':', ';']) {
        ""
    } else {
        line
    }
}
