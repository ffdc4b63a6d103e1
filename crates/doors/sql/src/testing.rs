//! A temporary database for tests.

use store::{Result, StoreError};
use tempfile::TempDir;

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
