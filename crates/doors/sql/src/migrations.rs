//! The schema's history. Migrations are only ever added: what was applied once is never edited.
//!
//! Each is one text for both engines, in `migrations/`; the checksums in `migrations/CHECKSUMS` are
//! compared by a test, so that an edited migration cannot be merged by accident.

use sqlx::migrate::{Migration as Checked, MigrationType};
use sqlx::{SqlSafeStr as _, SqlStr};
use store::{Heard, Result, StoreError};
use tokio::sync::broadcast;

use crate::{
    engine::Link,
    error,
    unit::Unit,
    value::{Row, binds},
};

/// Where the applied migrations are kept; the one table that is no room's.
pub(crate) const TABLE: &str = "schema_migrations";

struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

/// In order, without gaps, from 1.
const ALL: &[Migration] = &[
    Migration {
        version: 1,
        name: "foundation",
        text: include_str!("../migrations/0001_foundation.sql"),
    },
    Migration {
        version: 2,
        name: "commerce",
        text: include_str!("../migrations/0002_commerce.sql"),
    },
    Migration {
        version: 3,
        name: "knowledge",
        text: include_str!("../migrations/0003_knowledge.sql"),
    },
    Migration {
        version: 4,
        name: "desk",
        text: include_str!("../migrations/0004_desk.sql"),
    },
    Migration {
        version: 5,
        name: "front",
        text: include_str!("../migrations/0005_front.sql"),
    },
    Migration {
        version: 6,
        name: "pictures",
        text: include_str!("../migrations/0006_pictures.sql"),
    },
    Migration {
        version: 7,
        name: "rewritten",
        text: include_str!("../migrations/0007_rewritten.sql"),
    },
    Migration {
        version: 8,
        name: "advice",
        text: include_str!("../migrations/0008_advice.sql"),
    },
    Migration {
        version: 9,
        name: "passkeys",
        text: include_str!("../migrations/0009_passkeys.sql"),
    },
    Migration {
        version: 10,
        name: "roles",
        text: include_str!("../migrations/0010_roles.sql"),
    },
    Migration {
        version: 11,
        name: "recovery",
        text: include_str!("../migrations/0011_recovery.sql"),
    },
];

impl Migration {
    /// SHA-384 of the text.
    fn checksum(&self) -> Vec<u8> {
        let text: SqlStr = self.text.into_sql_str();
        let kind = MigrationType::Simple;
        Checked::new(self.version, self.name.into(), kind, text, false)
            .checksum
            .into_owned()
    }
}

/// Applies what is missing, in one transaction; refuses a schema with another history.
pub(crate) async fn run(mut link: Link, hub: &broadcast::Sender<Heard>) -> Result<()> {
    // Two nodes may start at once: the second waits here, and then finds nothing to do.
    link.lock_schema().await.map_err(error::unavailable)?;
    link.script(
        "CREATE TABLE IF NOT EXISTS schema_migrations (\
         version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BYTEA NOT NULL)",
    )
    .await
    .map_err(error::unavailable)?;
    let text = "SELECT version, checksum FROM schema_migrations ORDER BY version";
    let rows = link
        .all(text.into(), binds![])
        .await
        .map_err(error::unavailable)?;
    let applied = rows.iter().map(applied).collect::<Result<Vec<_>>>()?;
    check_history(&applied)?;
    for migration in ALL.iter().skip(applied.len()) {
        link.script(migration.text).await.map_err(|error| {
            corrupt(format!(
                "migration {} `{}` failed: {error}",
                migration.version, migration.name
            ))
        })?;
        let text = "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)";
        let checksum = migration.checksum();
        let binds = binds![migration.version, migration.name, checksum.as_slice()];
        link.change(text.into(), binds)
            .await
            .map_err(error::unavailable)?;
        tracing::info!(
            db.schema_version = migration.version,
            "the database's schema was extended"
        );
    }
    link.commit(Vec::new(), hub)
        .await
        .map_err(error::unavailable)
}

/// Whether the live schema is the newest this program knows.
pub(crate) async fn check_version(unit: &mut Unit) -> Result<()> {
    let text = "SELECT max(version) FROM schema_migrations";
    let row = unit.one(TABLE, text, binds![]).await?;
    let row = row.ok_or(StoreError::Missing { table: TABLE })?;
    let live = row.fields(TABLE).optional_integer()?.unwrap_or(0);
    let known = newest();
    if live != known {
        return Err(corrupt(format!(
            "the schema has version {live}, this program needs {known}"
        )));
    }
    Ok(())
}

fn newest() -> i64 {
    ALL.last().map_or(0, |migration| migration.version)
}

fn applied(row: &Row) -> Result<(i64, Vec<u8>)> {
    let mut fields = row.fields(TABLE);
    Ok((fields.integer()?, fields.bytes()?))
}

fn check_history(applied: &[(i64, Vec<u8>)]) -> Result<()> {
    if let Some((version, _)) = applied.iter().find(|(version, _)| *version > newest()) {
        return Err(corrupt(format!(
            "the schema has version {version}, this program knows up to {}: start the newer \
             program, or restore a backup made before it ran",
            newest()
        )));
    }
    for (migration, (version, checksum)) in ALL.iter().zip(applied) {
        if migration.version != *version {
            return Err(corrupt(format!(
                "migration {} was never applied, but {version} was",
                migration.version
            )));
        }
        if migration.checksum() != *checksum {
            return Err(corrupt(format!(
                "migration {version} was applied with another text than this program has"
            )));
        }
    }
    Ok(())
}

fn corrupt(reason: String) -> StoreError {
    StoreError::Corrupt {
        table: TABLE,
        reason,
    }
}
