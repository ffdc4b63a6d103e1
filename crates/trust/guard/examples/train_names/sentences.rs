//! The sentences to learn from: tokens with what the lists say of them, and their labels.

use serde::Deserialize;

use crate::{
    Trouble,
    finding::FindingKind,
    naming::{
        lists::{Lists, Marks},
        model::KINDS,
        tokens::{Token, mixed, tokens},
    },
    view::View,
};

/// A sentence and the label of each of its tokens.
pub(crate) struct Sentence {
    pub(crate) tokens: Vec<Token>,
    pub(crate) labels: Vec<usize>,
}

/// A line: `{"text": …, "spans": [[start, end, KIND], …]}`, in code points.
#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    spans: Vec<(usize, usize, String)>,
}

/// What the lists say of names, towns and regions.
const NAMES_AND_TOWNS: Marks = Marks::NAME
    .with(Marks::PLACE)
    .without(Marks::COUNTRY)
    .with(Marks::SMALL_TOWN);
/// Which quarter of the words is hidden.
const HIDDEN_QUARTER: u64 = 0x7EA1_05ED_0F4E_57A1;

pub(crate) fn read(lines: &str, lists: &Lists) -> Result<Vec<Sentence>, Trouble> {
    (1..)
        .zip(lines.lines())
        .map(|(number, line)| {
            sentence(line, lists).map_err(|trouble| format!("line {number}: {trouble}").into())
        })
        .collect()
}

/// The text of a line, be it JSON or not.
pub(crate) fn text(line: &str) -> String {
    serde_json::from_str::<Line>(line).map_or_else(|_| line.to_owned(), |line| line.text)
}

fn sentence(line: &str, lists: &Lists) -> Result<Sentence, Trouble> {
    let line: Line = serde_json::from_str(line)?;
    let view = View::of(&line.text);
    let mut tokens = tokens(&view, lists);
    let mut labels = vec![0; tokens.len()];
    for (start, end, kind) in &line.spans {
        let number = KINDS
            .iter()
            .position(|known| known.as_str() == kind)
            .ok_or_else(|| format!("`{kind}` is not a kind that the tagger knows"))?;
        let (begin, inside) = (2 * number + 1, 2 * number + 2);
        let mut label = begin;
        for (token, slot) in tokens.iter().zip(&mut labels) {
            let place = view.finding(FindingKind::Person, &token.range());
            if place.start >= *start && place.end <= *end {
                *slot = label;
                label = inside;
            }
        }
    }
    hide(&mut tokens);
    Ok(Sentence { tokens, labels })
}

/// Takes a quarter of all names and towns out of the lists, so that the weights learn what one
/// looks like that nobody has listed. A word is hidden always or never, in a name as beside goods:
/// else being unlisted would itself speak for a name. An everyday word stays what it is, for it is
/// seldom a name that nobody listed.
fn hide(tokens: &mut [Token]) {
    let mut phrase_before = Marks(0);
    let mut is_phrase_hidden = false;
    for token in tokens {
        let is_hidden =
            mixed(HIDDEN_QUARTER, token.hash) >> 62 == 0 && !token.marks.any(Marks::EVERYDAY);
        if token.phrase != phrase_before {
            phrase_before = token.phrase;
            is_phrase_hidden = is_hidden;
        }
        if is_hidden {
            token.marks = token.marks.without(NAMES_AND_TOWNS);
        }
        if is_phrase_hidden {
            token.phrase = token.phrase.without(NAMES_AND_TOWNS);
        }
    }
}
