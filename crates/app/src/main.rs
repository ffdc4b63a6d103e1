//! The binary `parlour`: configuration, wiring, commands.

mod arguments;
mod commands;
mod config;
mod exit;
mod gateway;
mod installation;
mod logging;
mod sample;
mod shop_setup;
mod sources;
mod tasks;
mod tls;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Demo(demo) => commands::demo::run(&arguments.common, &demo),
        Command::Serve(serve) => commands::serve::run(&arguments.common, &serve),
        Command::Init(init) => commands::init::run(&arguments.common, &init),
        Command::Ledger(ledger) => commands::ledger::run(&arguments.common, &ledger),
        Command::Keys(keys) => commands::keys::run(&arguments.common, &keys),
        Command::Staff(staff) => commands::staff::run(&arguments.common, &staff),
        Command::Shop(shop) => commands::shop::run(&arguments.common, &shop),
        Command::Tool(tool) => commands::tool::run(&arguments.common, &tool),
        Command::Guard(guard) => commands::guard::run(&guard),
        Command::Openapi => commands::openapi::run(),
    };
    exit::code(done)
}
