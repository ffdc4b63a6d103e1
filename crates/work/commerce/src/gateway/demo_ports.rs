//! What the demo gateway itself needs from the outside: a place for its decisions, and someone who
//! carries its webhooks.

use std::{
    io,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;

/// Where the demo gateway writes down what it decided, before it says so to anyone.
pub trait Journal: Send + Sync {
    /// Appends one line, durably: when this answers, no crash takes the line back. A line has no
    /// line break. After a failure nothing more may be appended until the journal is opened again.
    fn append(&self, line: &str) -> io::Result<()>;

    /// Every line that was appended whole, in order.
    fn lines(&self) -> io::Result<Vec<String>>;
}

/// Carries a webhook to the shop.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Posts the body with its signature header; the status that the shop answered, or why there
    /// was no answer.
    async fn post(&self, url: &str, signature: &str, body: &[u8]) -> Result<u16, String>;
}

/// A journal that lives as long as its process.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<Vec<String>>);

impl Journal for MemoryJournal {
    fn append(&self, line: &str) -> io::Result<()> {
        if line.contains(['\n', '\r']) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a line of the journal has no line break",
            ));
        }
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line.to_owned());
        Ok(())
    }

    fn lines(&self) -> io::Result<Vec<String>> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }
}
