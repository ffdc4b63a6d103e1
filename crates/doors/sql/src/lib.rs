//! The SQL door: the storage ports on SQLite and on PostgreSQL.
//!
//! One set of statement texts serves both engines (`rows/`); where they differ is one small file
//! (`engine.rs`). Statements are literals with parameters: no text is ever assembled from input.
//! This room decides nothing: it keeps rows, transactions and pulses, and what is personal reaches
//! it sealed. It must never log a parameter or the database's address, and never open a sealed
//! value.
//!
//! # How it keeps its promises
//!
//! - **SQLite**: one writer (`BEGIN IMMEDIATE`) for which transactions wait in line, four read-only
//!   readers, write-ahead log, `synchronous = FULL`: what was committed survives a power cut. Who
//!   holds a transaction must not begin a second: it would wait in line behind itself.
//! - **PostgreSQL**: `READ COMMITTED` for transactions, a `REPEATABLE READ` snapshot for readers.
//!   A deadlock or serialisation failure is [`StoreError::Unavailable`]: nothing was written, the
//!   whole transaction may be tried again.
//! - **After an error**: a transaction whose statement an engine refused takes nothing more and
//!   cannot be committed, on both engines alike (`unit.rs` says which errors these are).
//! - **References**: a row that names a parent that is not there is refused as
//!   [`StoreError::Missing`] of the row's own table.

mod announcing;
mod engine;
mod error;
mod migrations;
mod postgres;
mod pulses;
mod rows;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod unit;
mod value;

use core::fmt;
use std::path::PathBuf;

use async_trait::async_trait;
use store::{Database, Heard, Pulses, Result, Snapshot, Transaction};
use terms::Secret;
use tokio::sync::broadcast;

use crate::{engine::Engine, unit::Unit};

/// Where the rows are kept.
#[derive(Debug)]
pub enum Target {
    /// A file of this machine; it and its directory are made if they are not there.
    Sqlite { file: PathBuf },
    /// A PostgreSQL database (14 or newer): `postgres://user:password@host:port/database`. One
    /// connection more than `max_connections` (at least 2) listens for pulses.
    Postgres {
        url: Secret<String>,
        max_connections: u32,
    },
}

/// How many pulses a slow listener may be behind before it hears [`Heard::Missed`].
const PULSES_KEPT: usize = 1024;

/// Opens the database and brings its schema up to date.
///
/// # Errors
///
/// [`store::StoreError::Unavailable`] when it cannot be reached or created,
/// [`store::StoreError::Corrupt`] when its schema is not one this program can bring up to date.
pub async fn open(target: &Target) -> Result<SqlDatabase> {
    let (hub, _) = broadcast::channel(PULSES_KEPT);
    let engine = match target {
        Target::Sqlite { file } => Engine::Sqlite(sqlite::open(file).await?),
        Target::Postgres {
            url,
            max_connections,
        } => Engine::Postgres(postgres::open(url, *max_connections, hub.clone()).await?),
    };
    migrations::run(engine.begin().await?, &hub).await?;
    Ok(SqlDatabase { engine, hub })
}

/// Opens a database for reading alone, for whoever verifies it: nothing is created, migrated or
/// written, and the schema must be the one this program knows.
///
/// # Errors
///
/// [`store::StoreError::Unavailable`] when it cannot be reached,
/// [`store::StoreError::Corrupt`] when its schema is another.
pub async fn open_read_only(target: &Target) -> Result<SqlDatabase> {
    let (hub, _) = broadcast::channel(PULSES_KEPT);
    let engine = match target {
        Target::Sqlite { file } => Engine::Sqlite(sqlite::open_read_only(file).await?),
        Target::Postgres {
            url,
            max_connections,
        } => Engine::Postgres(postgres::open(url, *max_connections, hub.clone()).await?),
    };
    let database = SqlDatabase { engine, hub };
    database.ready().await?;
    Ok(database)
}

/// A database on one of the two engines. Dropping it ends its background task and closes its
/// connections; whoever listens hears [`Heard::Closed`].
pub struct SqlDatabase {
    engine: Engine,
    hub: broadcast::Sender<Heard>,
}

impl SqlDatabase {
    /// Every (table, column) of the live schema but those of the migrations' own table, so that a
    /// test can compare it with the data map.
    pub async fn columns(&self) -> Result<Vec<(String, String)>> {
        let mut unit = Unit::new(self.engine.snapshot().await?, self.hub.clone());
        let rows = unit.all("the schema", engine::COLUMNS, Vec::new()).await?;
        let mut columns = Vec::new();
        for row in &rows {
            let mut fields = row.fields("the schema");
            let (table, column) = (fields.string()?, fields.string()?);
            if table != migrations::TABLE {
                columns.push((table, column));
            }
        }
        Ok(columns)
    }
}

#[async_trait]
impl Database for SqlDatabase {
    async fn snapshot(&self) -> Result<Box<dyn Snapshot>> {
        Ok(Box::new(Unit::new(
            self.engine.snapshot().await?,
            self.hub.clone(),
        )))
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        Ok(Box::new(Unit::new(
            self.engine.begin().await?,
            self.hub.clone(),
        )))
    }

    fn pulses(&self) -> Box<dyn Pulses> {
        Box::new(pulses::Receiver::new(self.hub.subscribe()))
    }

    async fn ready(&self) -> Result<()> {
        let mut unit = Unit::new(self.engine.snapshot().await?, self.hub.clone());
        migrations::check_version(&mut unit).await
    }

    async fn settle(&self) -> Result<()> {
        self.engine.settle().await
    }

    async fn scrub(&self) -> Result<()> {
        self.engine.scrub().await
    }
}

impl fmt::Debug for SqlDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = match self.engine {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        };
        write!(f, "SqlDatabase({engine})")
    }
}
