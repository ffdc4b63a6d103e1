//! Makes the two files of the tagger for names and places, by the very code that reads them.
//!
//! ```text
//! train_names lists WORDS.tsv LISTS.bin                    packs the word lists
//! train_names train LISTS.bin SENTENCES.jsonl WEIGHTS.bin  trains
//! train_names tag LISTS.bin WEIGHTS.bin < LINES            tags: [start, end, kind, certainty], …
//! ```
//!
//! `training/README.md` says where the words and the sentences come from. A line to tag is text, or
//! JSON with a `text`; positions are code points.
//!
//! INVARIANT: the sources below are those of the guard, not copies, so that a text cannot be read
//! in two ways. They are included because nobody else shall see them: the guard's public face does
//! not change for its trainer.

#![expect(
    dead_code,
    unreachable_pub,
    reason = "the included rooms of the guard serve more than the training"
)]

use std::{
    env, fs,
    io::{self, BufRead, Write},
    process::ExitCode,
};

#[path = "../../src/finding.rs"]
mod finding;
#[path = "../../src/fold.rs"]
mod fold;
#[path = "../../src/naming/mod.rs"]
mod naming;
#[path = "../../src/postal/mod.rs"]
mod postal;
#[path = "../../src/view.rs"]
mod view;

mod packing;
mod sentences;
mod training;

use naming::{lists::Lists, model::Model, tokens};
use view::View;

/// What went wrong, with the place of it.
type Trouble = Box<dyn core::error::Error>;

const USAGE: &str = "one of: `lists WORDS.tsv LISTS.bin`, `train LISTS.bin SENTENCES.jsonl WEIGHTS.bin`, \
    `tag LISTS.bin WEIGHTS.bin`";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["lists", words, into] => pack(words, into),
        ["train", lists, sentences, into] => train(lists, sentences, into),
        ["tag", lists, weights] => tag(lists, weights),
        _ => Err(USAGE.into()),
    };
    let Err(trouble) = done else {
        return ExitCode::SUCCESS;
    };
    // Where standard error is closed, the exit code is what is left to say.
    let _ = writeln!(io::stderr(), "train_names: {trouble}");
    ExitCode::FAILURE
}

fn pack(words: &str, into: &str) -> Result<(), Trouble> {
    let packed = packing::packed(&text_of(words)?)?;
    if Lists::read(&packed).is_none() {
        return Err("the guard cannot read the lists that were packed".into());
    }
    written(into, &packed)
}

fn train(lists: &str, sentences: &str, into: &str) -> Result<(), Trouble> {
    let lists = lists_of(lists)?;
    let sentences = sentences::read(&text_of(sentences)?, &lists)?;
    let weights = training::trained(sentences, &mut io::stderr())?;
    if Model::read(weights.clone().leak()).is_none() {
        return Err("the guard cannot read the weights that were learned".into());
    }
    written(into, &weights)
}

fn tag(lists: &str, weights: &str) -> Result<(), Trouble> {
    let lists = lists_of(lists)?;
    let model = Model::read(bytes_of(weights)?.leak())
        .ok_or_else(|| format!("`{weights}` is not a file of weights"))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let text = sentences::text(&line);
        let view = View::of(&text);
        let tagged: Vec<_> = naming::tagged(&tokens::tokens(&view, &lists), Some(&model))
            .into_iter()
            .map(|one| {
                let found = view.finding(one.kind, &one.range);
                (found.start, found.end, found.kind, one.certainty)
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string(&tagged)?)?;
    }
    out.flush()?;
    Ok(())
}

fn lists_of(path: &str) -> Result<Lists, Trouble> {
    Lists::read(&bytes_of(path)?)
        .ok_or_else(|| format!("`{path}` is not a file of lists, or of other classes").into())
}

fn bytes_of(path: &str) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| format!("cannot read `{path}`: {error}").into())
}

fn text_of(path: &str) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| format!("cannot read `{path}`: {error}").into())
}

fn written(path: &str, bytes: &[u8]) -> Result<(), Trouble> {
    fs::write(path, bytes).map_err(|error| format!("cannot write `{path}`: {error}").into())
}
