//! Work on the project itself: `cargo xtask bench`, `cargo xtask eval`, `cargo xtask shop-document`.

mod bench;
mod client;
mod door;
mod eval;
mod event_stream;
mod figures;
mod made_up;
mod postgres;
mod process;
mod rooms;
mod server;
mod shop_document;
mod wiring;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about = "Work on the project itself")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure a release build
    #[command(after_help = bench::EXAMPLES)]
    Bench(bench::Bench),
    /// How well the assistant and the guard do, on sets that are judged apart from them
    #[command(after_help = eval::EXAMPLES)]
    Eval(eval::Eval),
    /// Write a made-up shop as a `parlour-shop/1` document, and a script of tool calls for it
    #[command(after_help = shop_document::EXAMPLES)]
    ShopDocument(shop_document::ShopDocument),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Bench(bench) => bench::run(&bench),
        Task::Eval(wanted) => eval::run(&wanted),
        Task::ShopDocument(wanted) => shop_document::run(&wanted),
    }
}
