//! Work on the project itself: `cargo xtask bench`.

mod bench;
mod client;
mod figures;
mod server;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about = "Work on the project itself")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure a release build: start, memory, one turn, many shoppers
    #[command(
        after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench --postgres postgres://postgres@127.0.0.1:5432/bench --turns 2000"
    )]
    Bench(bench::Bench),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Bench(bench) => bench::run(&bench),
    }
}
