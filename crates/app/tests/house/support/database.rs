//! The database behind a server, looked at from outside.

use core::{future::Future, str::FromStr as _};
use std::path::Path;

use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection, QueryBuilder, SqliteConnection,
    postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
};
use tokio::runtime::{Builder, Runtime};

use super::{chance::Chance, variable};

pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    runtime().block_on(work)
}

/// Opens a SQLite file that must be there.
pub(crate) async fn sqlite(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file);
    options.connect().await.unwrap()
}

/// A fresh PostgreSQL database; dropped with this value.
#[derive(Debug)]
pub(crate) struct Postgres {
    server: PgConnectOptions,
    name: String,
}

impl Postgres {
    /// `None`, said aloud, when the environment names no server.
    pub(crate) fn create() -> Option<Self> {
        let Some(address) = variable("PARLOUR_TEST_POSTGRES") else {
            println!("skipped: PARLOUR_TEST_POSTGRES is not set");
            return None;
        };
        let server = PgConnectOptions::from_str(&address).unwrap();
        let name = format!("parlour_house_{:016x}", Chance::unseeded().draw());
        block_on(administer(
            &server,
            "CREATE DATABASE ",
            &name,
            " TEMPLATE template0",
        ));
        Some(Self { server, name })
    }

    pub(crate) fn url(&self) -> String {
        self.options().to_url_lossy().to_string()
    }

    pub(crate) fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }

    /// Ends every connection to this database but the one that asks for it.
    pub(crate) fn end_all_connections(&self) {
        block_on(async {
            let mut connection = self.connect().await;
            sqlx::query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .execute(&mut connection)
            .await
            .unwrap();
            connection.close().await.unwrap();
        });
    }

    pub(crate) async fn connect(&self) -> PgConnection {
        self.options().connect().await.unwrap()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        block_on(administer(
            &self.server,
            "DROP DATABASE ",
            &self.name,
            " WITH (FORCE)",
        ));
    }
}

/// A database's name cannot be a parameter; this one is made of letters and digits above.
async fn administer(server: &PgConnectOptions, verb: &'static str, name: &str, rest: &str) {
    let mut connection = server.connect().await.unwrap();
    let mut order = QueryBuilder::new(verb);
    order.push(name).push(rest);
    order.build().execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Counts of what must belong together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) conversations: i64,
    pub(crate) turns: i64,
    /// Ledger entries that say that a turn was stored.
    pub(crate) recorded: i64,
}

macro_rules! counts {
    ($connection:expr) => {{
        let row: (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM conversations), (SELECT COUNT(*) FROM turns), \
             (SELECT COUNT(*) FROM ledger_entries WHERE kind = 'conversation.turn_stored')",
        )
        .fetch_one($connection)
        .await
        .unwrap();
        Counts {
            conversations: row.0,
            turns: row.1,
            recorded: row.2,
        }
    }};
}

pub(crate) fn sqlite_counts(file: &Path) -> Counts {
    block_on(async { counts!(&mut sqlite(file).await) })
}

pub(crate) fn postgres_counts(postgres: &Postgres) -> Counts {
    block_on(async { counts!(&mut postgres.connect().await) })
}
