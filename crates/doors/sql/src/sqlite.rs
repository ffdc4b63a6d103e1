//! SQLite: one writer, a few read-only readers, a file that only its owner may read.

use core::time::Duration;
use std::{
    fs::{DirBuilder, OpenOptions},
    io,
    path::Path,
};

use sqlx::{
    ConnectOptions as _, Row as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use store::{Result, StoreError};

use crate::error;

/// How long a transaction waits in line for the writer, and a snapshot for a reader.
const LINE: Duration = Duration::from_secs(30);
/// How long to wait for another process that holds the file.
const BUSY: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// More than there are statements in this room.
const STATEMENTS: usize = 200;

pub(crate) struct SqlitePools {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

pub(crate) async fn open(file: &Path) -> Result<SqlitePools> {
    make_private(file).map_err(|error| {
        let text = format!("cannot make or open the file `{}`: {error}", file.display());
        StoreError::Unavailable(text.into())
    })?;
    let options = options(file);
    let writing = options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // Overwrites deleted content with zeros in the pages it leaves.
        .pragma("secure_delete", "ON");
    let reading = options.read_only(true);

    let writer = pool()
        .max_connections(1)
        .connect_with(writing)
        .await
        .map_err(error::unavailable)?;
    let readers = pool().max_connections(READERS).connect_lazy_with(reading);
    Ok(SqlitePools { writer, readers })
}

/// Opens a file that is there, for reading alone: nothing of it is changed, not even its schema.
///
/// A copy without a write-ahead log is read as it lies, so that evidence on a read-only disk can be
/// verified; one with a log needs the log's index beside it, as SQLite does.
pub(crate) async fn open_read_only(file: &Path) -> Result<SqlitePools> {
    let log = file.with_file_name(format!(
        "{}-wal",
        file.file_name().unwrap_or_default().to_string_lossy()
    ));
    let reading = options(file).read_only(true).immutable(!log.exists());
    let readers = pool()
        .max_connections(READERS)
        .connect_with(reading)
        .await
        .map_err(|error| {
            let text = format!("cannot read the file `{}`: {error}", file.display());
            StoreError::Unavailable(text.into())
        })?;
    Ok(SqlitePools {
        writer: readers.clone(),
        readers,
    })
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS)
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging()
}

/// The pools' own health checks cost a hop to the connection's thread and find nothing: the
/// connections are in this process.
fn pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .acquire_timeout(LINE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

impl SqlitePools {
    /// Brings the write-ahead log into the file, where `secure_delete` has zeroed what was overwritten,
    /// and empties it. A reader who is in the way for longer than a moment is not waited for: the log
    /// goes with a later checkpoint then.
    pub(crate) async fn settle(&self) -> Result<()> {
        let mut writer = self.writer.acquire().await.map_err(error::unavailable)?;
        for text in [
            "PRAGMA busy_timeout = 200",
            "PRAGMA wal_checkpoint(TRUNCATE)",
            "PRAGMA busy_timeout = 10000",
        ] {
            sqlx::query(text)
                .fetch_all(&mut *writer)
                .await
                .map_err(error::unavailable)?;
        }
        Ok(())
    }

    /// Rewrites the file without what was deleted, then empties the write-ahead log.
    ///
    /// `secure_delete` zeroes deleted rows, but SQLite may have copied a row within the free space
    /// of a page when it rebalanced its tree; only `VACUUM` is sure to leave nothing. It writes the
    /// whole database once: call it after forgetting somebody, not on the way of a message. What a
    /// file system or a disk keeps of overwritten blocks is beyond it.
    pub(crate) async fn scrub(&self) -> Result<()> {
        let mut writer = self.writer.acquire().await.map_err(error::unavailable)?;
        sqlx::query("VACUUM")
            .execute(&mut *writer)
            .await
            .map_err(error::unavailable)?;
        let answer = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *writer)
            .await
            .map_err(error::unavailable)?;
        match answer.try_get::<i64, _>(0) {
            Ok(0) => Ok(()),
            _ => Err(error::because(
                "a reader kept the write-ahead log from being emptied; scrub again",
            )),
        }
    }
}

/// Makes the file with mode 0600, and its directory with mode 0700, where they are missing. SQLite
/// gives its log and its shared memory the file's mode.
fn make_private(file: &Path) -> io::Result<()> {
    if let Some(directory) = file.parent().filter(|path| !path.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn setting(pool: &SqlitePool, pragma: &'static str) -> i64 {
        sqlx::query(pragma)
            .fetch_one(pool)
            .await
            .unwrap()
            .try_get(0)
            .unwrap()
    }

    #[tokio::test]
    async fn every_commit_is_durable_and_every_deletion_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        let pools = open(&directory.path().join("parlour.db")).await.unwrap();
        for (pragma, value) in [
            ("PRAGMA synchronous", 2),
            ("PRAGMA secure_delete", 1),
            ("PRAGMA foreign_keys", 1),
            ("PRAGMA trusted_schema", 0),
        ] {
            assert_eq!(setting(&pools.writer, pragma).await, value, "{pragma}");
        }
        let mode = sqlx::query("PRAGMA journal_mode")
            .fetch_one(&pools.writer)
            .await
            .unwrap();
        assert_eq!(mode.try_get::<String, _>(0).unwrap(), "wal");
        assert_eq!(pools.writer.options().get_max_connections(), 1);
    }
}
