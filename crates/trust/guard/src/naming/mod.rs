//! Names, places, organisations, titles, nationalities and ages, by a small tagger of our own.
//!
//! A text becomes [`tokens`]; [`lists`] know given names, towns, everyday words, goods and brands;
//! [`features`] turn a token and its neighbours into numbers; [`model`] adds up their weights and
//! finds the best sequence of labels. `training/` has the scripts, the sources and the score.
//!
//! It only advises: a text without a finding is not a text without a name.

use crate::{finding::FindingKind, postal, recognise::Recognised, view::View};

pub(crate) mod features;
pub(crate) mod lists;
pub(crate) mod model;
pub(crate) mod tokens;

use model::{KINDS, Labelled, Model};
use tokens::{Form, Token};

/// What the tagger sees in a text, in order.
pub(crate) fn find(view: &View) -> Vec<Recognised> {
    let tokens = tokens::tokens(view, lists::lists());
    tagged(&tokens, model::model())
}

/// What the tagger sees in the tokens of a text.
pub(crate) fn tagged(tokens: &[Token], model: Option<&Model>) -> Vec<Recognised> {
    let found = model.map_or_else(Vec::new, |model| spans(tokens, &model.labels(tokens)));
    postal::settled(tokens, found)
}

fn kind(label: usize) -> Option<FindingKind> {
    KINDS.get(label.checked_sub(1)? / 2).copied()
}

fn spans(tokens: &[Token], labels: &[Labelled]) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut open = false;
    for (token, labelled) in tokens.iter().zip(labels) {
        let Some(kind) = kind(labelled.label) else {
            open = false;
            continue;
        };
        let begins = !labelled.label.is_multiple_of(2);
        match found.last_mut().filter(|_| open && !begins) {
            Some(last) if token.form != Form::Break => {
                last.range.end = token.end;
                last.certainty = last.certainty.min(certainty(labelled.margin));
            }
            Some(_) => {}
            None if token.form == Form::Break => {}
            None => found.push(Recognised::new(
                kind,
                token.range(),
                certainty(labelled.margin),
            )),
        }
        open = true;
    }
    found
}

/// A margin in hundredths of certainty.
fn certainty(margin: i32) -> u8 {
    u8::try_from((50 + margin / 60).clamp(1, 99)).unwrap_or(50)
}
