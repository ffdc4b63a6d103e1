//! Logs and messages. Logs go to standard error and carry no personal text: ids, numbers, words of
//! the program.

use std::io::{IsTerminal, Write};

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

pub(crate) fn start(settings: &LogSettings) {
    let filter = EnvFilter::try_new(&settings.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Colours are for a terminal; in a file they would stand between words.
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // Starting twice in one process changes nothing.
    let _ = match settings.format {
        LogFormat::Text => subscriber.with_target(false).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(panicked));
}

/// Says where it happened. What the panic says may hold anything, and is left out.
fn panicked(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, "a task panicked");
}

/// Writes a line for the human on standard output.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line for the human on standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A line of progress on standard error, shown only to a terminal.
pub(crate) struct Progress {
    what: &'static str,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(what: &'static str, wanted: bool) -> Self {
        Self {
            what,
            shown: wanted && std::io::stderr().is_terminal(),
        }
    }

    pub(crate) fn show(&mut self, state: &str) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[2K{}: {state}", self.what);
        }
    }

    pub(crate) fn done(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}
