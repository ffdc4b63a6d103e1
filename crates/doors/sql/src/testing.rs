//! A temporary database for tests, and the work that is done on it.

use std::sync::{Arc, Mutex, PoisonError};

use store::{Result, StoreError};
use tempfile::TempDir;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use crate::{SqlDatabase, Target, open};

/// An empty SQLite database in a directory of its own. Keep the directory as long as the database:
/// dropping it deletes the file.
///
/// # Errors
///
/// As [`open`].
pub async fn temporary() -> Result<(SqlDatabase, TempDir)> {
    let directory =
        tempfile::tempdir().map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let database = open(&Target::Sqlite {
        file: directory.path().join("parlour.db"),
    })
    .await?;
    Ok((database, directory))
}

/// What was done for somebody, in its order: statements sent, keyed hashes made, signatures verified. Two
/// branches that do the same cannot be told apart by their work.
#[derive(Debug, Clone, Default)]
pub struct Work(Arc<Mutex<Vec<String>>>);

impl Work {
    /// Listens on this thread, for as long as the guard is kept.
    #[must_use]
    pub fn watched(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// What was done since it was last asked.
    #[must_use]
    pub fn taken(&self) -> Vec<String> {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        core::mem::take(&mut *done)
    }
}

impl Subscriber for Work {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "parlour::work"
    }

    fn event(&self, event: &Event<'_>) {
        let mut message = Message::default();
        event.record(&mut message);
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        done.push(message.0);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn core::fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
