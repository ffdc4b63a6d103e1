//! `cargo xtask eval`: how good what decides and recognises is, on sets that are judged apart from it.

mod dialogue;
mod guard;

use clap::{Args, Subcommand};

pub(crate) const EXAMPLES: &str = "Examples:
  cargo xtask eval dialogue
  cargo xtask eval dialogue --only exchange --transcripts
  cargo xtask eval dialogue --at-least 950
  cargo run --release -p xtask -- eval guard --python .venv/bin/python";

#[derive(Debug, Args)]
pub(crate) struct Eval {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Talk to the assistant as scripted shoppers do, and count what is solved
    Dialogue(dialogue::Dialogue),
    /// What the guard finds, what it misses and how fast it is, beside Presidio
    Guard(guard::Guard),
}

pub(crate) fn run(eval: &Eval) -> anyhow::Result<()> {
    match &eval.what {
        What::Dialogue(wanted) => dialogue::run(wanted),
        What::Guard(wanted) => guard::run(wanted),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are the output of this task"
)]
fn say(line: &str) {
    println!("{line}");
}
