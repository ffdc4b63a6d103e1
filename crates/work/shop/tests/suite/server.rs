//! A fresh database on PostgreSQL, when the environment names a server.

use core::{
    str::FromStr as _,
    sync::atomic::{AtomicU32, Ordering},
};
use std::future::Future;

use sql::{SqlDatabase, Target};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, postgres::PgConnectOptions};
use terms::Secret;

#[expect(
    clippy::disallowed_methods,
    reason = "a test server is named by the environment"
)]
fn address() -> Option<String> {
    std::env::var("PARLOUR_TEST_POSTGRES")
        .ok()
        .filter(|address| !address.is_empty())
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Plays on a fresh database and drops it afterwards, whatever happened. Says that it skipped when
/// the environment names no server.
pub(crate) async fn play<F>(play: impl FnOnce(SqlDatabase) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let Some(address) = address() else {
        println!("skipped: PARLOUR_TEST_POSTGRES is not set");
        return;
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("parlour_shop_{}_{count}", std::process::id());
    let server = PgConnectOptions::from_str(&address).unwrap();
    administer(&server, "DROP DATABASE IF EXISTS ", &name, " WITH (FORCE)").await;
    administer(&server, "CREATE DATABASE ", &name, " TEMPLATE template0").await;
    let url = server.clone().database(&name).to_url_lossy().to_string();
    let database = sql::open(&Target::Postgres {
        url: Secret::new(url),
        max_connections: 8,
    })
    .await
    .unwrap();
    let outcome = tokio::spawn(play(database)).await;
    administer(&server, "DROP DATABASE ", &name, " WITH (FORCE)").await;
    if let Err(error) = outcome {
        std::panic::resume_unwind(error.into_panic());
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
