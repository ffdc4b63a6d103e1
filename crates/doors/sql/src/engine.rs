//! Where the two engines differ: beginning, sending, ending, and the few texts that are not the
//! same.

use std::sync::Arc;

use sqlx::Transaction;
use store::{Heard, Pulse, Result};
use tokio::sync::broadcast;

use crate::{
    announcing::Announcer,
    error,
    postgres::Postgres,
    sqlite::SqlitePools,
    value::{Bind, Row},
};

/// A statement's text.
#[derive(Clone, Copy)]
pub(crate) enum Sql {
    Portable(&'static str),
    PerEngine {
        sqlite: &'static str,
        postgres: &'static str,
    },
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::Portable(text)
    }
}

impl Sql {
    /// Leaves a trace of what the database is asked, for whoever compares the work of two branches: the texts are
    /// the program's own.
    fn is_sent(self) {
        tracing::trace!(target: "parlour::work", "{}", self.sqlite());
    }

    const fn sqlite(self) -> &'static str {
        match self {
            Self::Portable(text) | Self::PerEngine { sqlite: text, .. } => text,
        }
    }

    const fn postgres(self) -> &'static str {
        match self {
            Self::Portable(text) | Self::PerEngine { postgres: text, .. } => text,
        }
    }
}

/// A query that keeps others from changing the rows it reads until the transaction ends. On SQLite
/// the transaction alone writes anyway.
macro_rules! locking {
    ($text:expr) => {
        $crate::engine::Sql::PerEngine {
            sqlite: $text,
            postgres: concat!($text, " FOR UPDATE"),
        }
    };
}
pub(crate) use locking;

/// SQLite's only writer takes its lock at once: a transaction that reads first and writes later
/// could otherwise find that another process wrote in between.
const BEGIN_SQLITE: &str = "BEGIN IMMEDIATE";
const SNAPSHOT_SQLITE: &str = "BEGIN DEFERRED";
const BEGIN_POSTGRES: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
const SNAPSHOT_POSTGRES: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Who counts already is not waited for: another import may go on for minutes.
const STOCK: &str = "ANALYZE (SKIP_LOCKED) shoppers, data_keys, products, variants, customers, \
     payment_methods, orders, movements";

/// The tables and columns of the live schema.
pub(crate) const COLUMNS: Sql = Sql::PerEngine {
    sqlite: "SELECT tables.name, columns.name \
             FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             ORDER BY 1, 2",
    postgres: "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) \
               FROM information_schema.columns WHERE table_schema = current_schema() \
               ORDER BY 1, 2",
};

/// The pools of one database.
pub(crate) enum Engine {
    Sqlite(SqlitePools),
    Postgres(Postgres),
}

impl Engine {
    pub(crate) async fn begin(&self) -> Result<Link> {
        match self {
            Self::Sqlite(pools) => pools
                .writer
                .begin_with(BEGIN_SQLITE)
                .await
                .map(Link::Sqlite),
            Self::Postgres(server) => server
                .pool
                .begin_with(BEGIN_POSTGRES)
                .await
                .map(|link| Link::Postgres(link, Arc::clone(&server.announcer))),
        }
        .map_err(error::unavailable)
    }

    pub(crate) async fn snapshot(&self) -> Result<Link> {
        match self {
            Self::Sqlite(pools) => pools
                .readers
                .begin_with(SNAPSHOT_SQLITE)
                .await
                .map(Link::Sqlite),
            Self::Postgres(server) => server
                .pool
                .begin_with(SNAPSHOT_POSTGRES)
                .await
                .map(|link| Link::Postgres(link, Arc::clone(&server.announcer))),
        }
        .map_err(error::unavailable)
    }

    pub(crate) async fn settle(&self) -> Result<()> {
        match self {
            Self::Sqlite(pools) => pools.settle().await,
            // What was overwritten is there until the server's own vacuum comes by; its key is not.
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) async fn scrub(&self) -> Result<()> {
        match self {
            Self::Sqlite(pools) => pools.scrub().await,
            Self::Postgres(server) => server.scrub().await,
        }
    }
}

/// A begun transaction on a pooled connection. Dropping it rolls back and gives the connection
/// back to its pool.
pub(crate) enum Link {
    Sqlite(Transaction<'static, sqlx::Sqlite>),
    Postgres(Transaction<'static, sqlx::Postgres>, Arc<Announcer>),
}

macro_rules! bound {
    ($text:expr, $binds:expr) => {
        $binds
            .into_iter()
            .fold(sqlx::query($text), |query, bind| match bind {
                Bind::Text(value) => query.bind(value),
                Bind::Integer(value) => query.bind(value),
                Bind::Bytes(value) => query.bind(value),
                Bind::Boolean(value) => query.bind(value),
            })
    };
}

impl Link {
    pub(crate) async fn all(&mut self, sql: Sql, binds: Vec<Bind>) -> sqlx::Result<Vec<Row>> {
        sql.is_sent();
        Ok(match self {
            Self::Sqlite(link) => {
                let rows = bound!(sql.sqlite(), binds).fetch_all(&mut **link).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(link, _) => {
                let rows = bound!(sql.postgres(), binds).fetch_all(&mut **link).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    pub(crate) async fn one(&mut self, sql: Sql, binds: Vec<Bind>) -> sqlx::Result<Option<Row>> {
        sql.is_sent();
        Ok(match self {
            Self::Sqlite(link) => bound!(sql.sqlite(), binds)
                .fetch_optional(&mut **link)
                .await?
                .map(Row::Sqlite),
            Self::Postgres(link, _) => bound!(sql.postgres(), binds)
                .fetch_optional(&mut **link)
                .await?
                .map(Row::Postgres),
        })
    }

    pub(crate) async fn change(&mut self, sql: Sql, binds: Vec<Bind>) -> sqlx::Result<u64> {
        sql.is_sent();
        Ok(match self {
            Self::Sqlite(link) => bound!(sql.sqlite(), binds)
                .execute(&mut **link)
                .await?
                .rows_affected(),
            Self::Postgres(link, _) => bound!(sql.postgres(), binds)
                .execute(&mut **link)
                .await?
                .rows_affected(),
        })
    }

    /// Runs a text of several statements without parameters.
    pub(crate) async fn script(&mut self, text: &'static str) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(link) => sqlx::raw_sql(text).execute(&mut **link).await.map(drop),
            Self::Postgres(link, _) => sqlx::raw_sql(text).execute(&mut **link).await.map(drop),
        }
    }

    /// Counts the rows that many are written of. SQLite finds a unique index without counting.
    pub(crate) async fn take_stock(&mut self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link, _) => sqlx::raw_sql(STOCK).execute(&mut **link).await.map(drop),
        }
    }

    /// Keeps every other node from migrating until this transaction ends.
    pub(crate) async fn lock_schema(&mut self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(link, _) => {
                // However long another node's migration takes.
                sqlx::query("SET LOCAL lock_timeout = 0")
                    .execute(&mut **link)
                    .await?;
                // The number is "parlour" in ASCII; any constant that nobody else uses will do.
                sqlx::query("SELECT pg_advisory_xact_lock(31632341465003378)")
                    .execute(&mut **link)
                    .await
                    .map(drop)
            }
        }
    }

    /// Makes everything durable and tells what was announced: this process hears it at once; on
    /// PostgreSQL the announcer tells the other nodes.
    pub(crate) async fn commit(
        self,
        announced: Vec<Pulse>,
        hub: &broadcast::Sender<Heard>,
    ) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(link) => {
                link.commit().await?;
                for pulse in announced {
                    // Nobody listening is no error.
                    let _ = hub.send(Heard::Pulse(pulse));
                }
                Ok(())
            }
            Self::Postgres(link, announcer) => {
                link.commit().await?;
                announcer.announce(announced);
                Ok(())
            }
        }
    }

    pub(crate) async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(link) => link.rollback().await,
            Self::Postgres(link, _) => link.rollback().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::binds;

    /// `dyn Snapshot` has no writes; this is the wall behind that wall.
    #[tokio::test]
    async fn a_reader_of_sqlite_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("parlour.db");
        let engine = Engine::Sqlite(crate::sqlite::open(&file).await.unwrap());
        let mut writer = engine.begin().await.unwrap();
        writer.script("CREATE TABLE shops (id TEXT)").await.unwrap();
        let insert = Sql::from("INSERT INTO shops (id) VALUES ($1)");
        assert_eq!(writer.change(insert, binds!["a"]).await.unwrap(), 1);
        let (hub, _) = broadcast::channel(1);
        writer.commit(Vec::new(), &hub).await.unwrap();

        let mut reader = engine.snapshot().await.unwrap();
        let refused = reader
            .change(insert, binds!["b"])
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("readonly"), "{refused}");
        let rows = reader
            .all("SELECT id FROM shops".into(), binds![])
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
    }
}
