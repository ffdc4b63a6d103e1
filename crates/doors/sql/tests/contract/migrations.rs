//! Migrations are only ever added.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use sqlx::migrate::Migrator;
use store::StoreError;

use crate::sqlite::{fresh, open, outsider};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")
}

/// Version and SHA-384 of every file there is.
pub(crate) async fn files() -> BTreeMap<i64, Vec<u8>> {
    let found = Migrator::new(directory()).await.unwrap();
    found
        .iter()
        .map(|file| (file.version, file.checksum.to_vec()))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[tokio::test]
async fn no_migration_was_edited_or_removed() {
    let mut now = String::new();
    for (version, checksum) in files().await {
        writeln!(now, "{version:04} {}", hex(&checksum)).unwrap();
    }
    let kept = std::fs::read_to_string(directory().join("CHECKSUMS")).unwrap();
    assert_eq!(
        now, kept,
        "a migration that was released must never change; add a new one, and its line to \
         migrations/CHECKSUMS"
    );
}

#[tokio::test]
async fn every_file_is_applied_and_recorded() {
    let (_database, directory) = fresh().await;
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM schema_migrations ORDER BY version")
            .fetch_all(&mut outsider(directory.path()).await)
            .await
            .unwrap();
    assert_eq!(applied, files().await.into_iter().collect::<Vec<_>>());
}

/// Changes the record of migrations, and opens the database again.
async fn reopened_after(change: &'static str) -> String {
    let (database, directory) = fresh().await;
    drop(database);
    let mut outsider = outsider(directory.path()).await;
    sqlx::query(change).execute(&mut outsider).await.unwrap();
    match open(directory.path()).await {
        Err(StoreError::Corrupt {
            table: "schema_migrations",
            reason,
        }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let reason = reopened_after(
        "INSERT INTO schema_migrations (version, name, checksum) VALUES (9999, 'later', x'00')",
    )
    .await;
    assert!(reason.contains("version 9999"), "{reason}");
    assert!(reason.contains("start the newer program"), "{reason}");
}

#[tokio::test]
async fn an_edited_migration_is_refused() {
    let reason =
        reopened_after("UPDATE schema_migrations SET checksum = x'00' WHERE version = 1").await;
    assert!(
        reason.contains("migration 1 was applied with another text"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_gap_in_the_history_is_refused() {
    let reason = reopened_after("UPDATE schema_migrations SET version = 0 WHERE version = 1").await;
    assert!(reason.contains("was never applied"), "{reason}");
}

#[tokio::test]
async fn a_schema_that_moved_on_is_not_ready() {
    use store::Database as _;

    let (database, directory) = fresh().await;
    database.ready().await.unwrap();
    let change =
        "INSERT INTO schema_migrations (version, name, checksum) VALUES (9999, 'later', x'00')";
    sqlx::query(change)
        .execute(&mut outsider(directory.path()).await)
        .await
        .unwrap();
    let error = database.ready().await.unwrap_err().to_string();
    assert!(error.contains("version 9999"), "{error}");
}
