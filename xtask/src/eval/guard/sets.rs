//! The sets, as they lie in files.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize, Serializer};

/// A message and what is personal in it, in code points.
pub(super) struct Message {
    pub(super) text: String,
    pub(super) spans: Vec<(usize, usize, String)>,
    /// Whether its misses are never shown.
    pub(super) kept_back: bool,
}

/// What was found in a message, as the scorer reads it.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "(usize, usize, String, f64)")]
pub(super) struct Prediction {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) certainty: f64,
}

impl From<(usize, usize, String, f64)> for Prediction {
    fn from((start, end, kind, certainty): (usize, usize, String, f64)) -> Self {
        Self {
            start,
            end,
            kind,
            certainty,
        }
    }
}

impl Serialize for Prediction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end, &self.kind, self.certainty).serialize(serializer)
    }
}

/// A number that must stay readable.
pub(super) struct Number {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether an issuer could have given it out as a card, check digit and all.
    pub(super) card_like: bool,
}

/// The labelled set of presidio-research.
pub(super) fn synthetic(shared: &Path) -> anyhow::Result<Vec<Message>> {
    #[derive(Deserialize)]
    struct One {
        full_text: String,
        spans: Vec<Span>,
    }
    #[derive(Deserialize)]
    struct Span {
        entity_type: String,
        start_position: usize,
        end_position: usize,
    }
    let text = read(&gold(shared))?;
    let all: Vec<One> = serde_json::from_str(&text)?;
    let all = all.into_iter().enumerate().map(|(number, one)| Message {
        text: one.full_text,
        spans: one
            .spans
            .into_iter()
            .map(|span| (span.start_position, span.end_position, span.entity_type))
            .collect(),
        kept_back: number % 2 == 1,
    });
    Ok(all.collect())
}

pub(super) fn gold(shared: &Path) -> std::path::PathBuf {
    shared.join("data/pii/synth_dataset_v2.json")
}

/// A set of our own: `{"text", "spans": [[start, end, "TYPE"], …], "set"?: "open|kept_back"}` a line.
pub(super) fn labelled(file: &Path) -> anyhow::Result<Vec<Message>> {
    #[derive(Deserialize)]
    struct One {
        text: String,
        spans: Vec<(usize, usize, String)>,
        #[serde(default)]
        set: String,
    }
    let all: Vec<One> = each_line(file)?;
    let all = all.into_iter().map(|one| Message {
        text: one.text,
        spans: one.spans,
        kept_back: one.set == "kept_back",
    });
    Ok(all.collect())
}

pub(super) fn numbers(file: &Path) -> anyhow::Result<Vec<Number>> {
    #[derive(Deserialize)]
    struct One {
        text: String,
        number: (usize, usize),
        #[serde(default)]
        card_like: bool,
    }
    let all: Vec<One> = each_line(file)?;
    let all = all.into_iter().map(|one| Number {
        text: one.text,
        start: one.number.0,
        end: one.number.1,
        card_like: one.card_like,
    });
    Ok(all.collect())
}

/// One JSON value a line.
pub(super) fn each_line<One: for<'a> Deserialize<'a>>(file: &Path) -> anyhow::Result<Vec<One>> {
    let text = read(file)?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("`{}`, line {}", file.display(), number + 1))
        })
        .collect()
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))
}

/// One line a message, as the scorer reads them.
pub(super) fn lines(predictions: &[Vec<Prediction>]) -> anyhow::Result<String> {
    let mut text = String::new();
    for one in predictions {
        text.push_str(&serde_json::to_string(one)?);
        text.push('\n');
    }
    Ok(text)
}
