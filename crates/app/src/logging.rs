//! Logs and messages. Logs go to standard error and carry no personal text: ids, numbers, words of
//! the program.

use std::io::{IsTerminal, Write};

use guard::sinks;
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

/// Writes a line for the human on standard output. What it shows may have been written by a stranger,
/// such as the name of a product: nothing of it moves the terminal.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{}", sinks::terminal(text));
}

/// Writes a line for the human on standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", sinks::terminal(text));
}

/// A line of progress on standard error, shown only to a terminal.
pub(crate) struct Progress {
    what: &'static str,
    /// None where nobody watches.
    out: Option<Box<dyn Write>>,
}

impl Progress {
    pub(crate) fn new(what: &'static str, wanted: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self::to(what, wanted, terminal, std::io::stderr())
    }

    fn to(what: &'static str, wanted: bool, terminal: bool, out: impl Write + 'static) -> Self {
        let out: Option<Box<dyn Write>> = if wanted && terminal {
            Some(Box::new(out))
        } else {
            None
        };
        Self { what, out }
    }

    pub(crate) fn show(&mut self, state: &str) {
        if let Some(out) = &mut self.out {
            let _ = write!(out, "\r\x1b[2K{}: {state}", self.what);
            let _ = out.flush();
        }
    }

    /// How much of the whole is done.
    pub(crate) fn show_part(&mut self, done: u64, whole: u64) {
        let part = percent(done, whole);
        self.show(&format!("{part} %, {done} of {whole}"));
    }

    pub(crate) fn done(&mut self) {
        if let Some(out) = &mut self.out {
            let _ = write!(out, "\r\x1b[2K");
            let _ = out.flush();
        }
    }
}

pub(crate) fn percent(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100)
        .checked_div(whole)
        .unwrap_or(0)
        .min(100)
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Rc<RefCell<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn shown(wanted: bool, terminal: bool) -> String {
        let screen = Screen::default();
        let mut progress = Progress::to("import", wanted, terminal, screen.clone());
        progress.show_part(250, 1_000);
        progress.show_part(1_000, 1_000);
        progress.done();
        String::from_utf8(screen.0.take()).unwrap()
    }

    #[test]
    fn progress_tells_a_terminal_how_much_is_done_and_nobody_else() {
        let line = "\r\x1b[2K";
        let wanted =
            format!("{line}import: 25 %, 250 of 1000{line}import: 100 %, 1000 of 1000{line}");
        assert_eq!(shown(true, true), wanted);
        assert_eq!(shown(true, false), "");
        assert_eq!(shown(false, true), "");
    }

    #[test]
    fn a_part_of_anything_is_a_percentage() {
        let parts = [
            (0, 9, 0),
            (1, 3, 33),
            (9, 9, 100),
            (10, 9, 100),
            (1, 0, 0),
            (u64::MAX, 1, 100),
        ];
        for (part, whole, wanted) in parts {
            assert_eq!(percent(part, whole), wanted, "{part} of {whole}");
        }
    }
}
