//! PostgreSQL: the pool, and the task that listens for pulses of every node.

use core::{
    str::FromStr,
    sync::atomic::{AtomicI32, Ordering},
    time::Duration,
};
use std::sync::Arc;

use sqlx::{
    ConnectOptions as _, Connection as _, PgPool, Row as _,
    postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions, PgSslMode},
};
use store::{Heard, Result};
use terms::Secret;
use tokio::{
    sync::broadcast,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    announcing::{Announcer, CHANNEL},
    error,
};

/// How long a transaction waits for a connection.
const LINE: Duration = Duration::from_secs(30);
/// A connection that lay idle for longer is asked whether it still lives before it is used.
const FRESH: Duration = Duration::from_secs(5);
/// While no node can be heard, everyone is told to read again this often.
const POLL: Duration = Duration::from_secs(1);
/// A silent listening connection is asked this often whether it still lives.
const SILENCE: Duration = Duration::from_secs(10);
/// More than there are statements in this room.
const STATEMENTS: usize = 200;
/// `ON CONFLICT`, `EXECUTE` and the texts of this room work from here on.
const OLDEST: i32 = 140_000;

pub(crate) struct Postgres {
    pub(crate) pool: PgPool,
    pub(crate) announcer: Arc<Announcer>,
    listener: JoinHandle<()>,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

pub(crate) async fn open(
    url: &Secret<String>,
    max_connections: u32,
    hub: broadcast::Sender<Heard>,
) -> Result<Postgres> {
    let options = PgConnectOptions::from_str(url.expose())
        .map_err(|_| {
            // The cause quotes the address, which may hold a password.
            error::because(
                "its address cannot be read: expected `postgres://user@host:port/database`",
            )
        })?
        .application_name("parlour")
        .options([
            // Nobody waits for ever: neither for a lock nor for a client that went away.
            ("lock_timeout", "10s"),
            ("statement_timeout", "60s"),
            ("idle_in_transaction_session_timeout", "60s"),
            ("client_min_messages", "warning"),
        ])
        .statement_cache_capacity(STATEMENTS)
        .disable_statement_logging();
    let options = secured(options);
    // A pool would try again until its time-out and hide the cause.
    check_server(&options).await.map_err(error::unavailable)??;

    let pool = PgPoolOptions::new()
        .max_connections(max_connections.max(2))
        .acquire_timeout(LINE)
        .test_before_acquire(false)
        .before_acquire(|connection, idle| {
            Box::pin(async move {
                if idle.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options.clone());
    // Connections of their own: hearing and telling must not wait in line, nor take one of the
    // transactions'.
    let single = || PgPoolOptions::new().max_connections(1);
    let listening = single().connect_lazy_with(options.clone());
    let announcer = Announcer::start(single().connect_lazy_with(options), hub.clone());
    // Listening begins before `open` returns: no pulse after it goes unheard.
    let first = listen(&listening).await.map_err(error::unavailable)?;
    let listener = tokio::spawn(keep_listening(
        listening,
        first,
        hub,
        announcer.own_process(),
    ));
    Ok(Postgres {
        pool,
        announcer: Arc::new(announcer),
        listener,
    })
}

/// A server on another machine is spoken to over TLS only, with its certificate and name checked
/// unless the address asks for less in so many words (`sslmode=require`): there is no silent
/// fall-back to plain text.
fn secured(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host();
    let near = matches!(host, "localhost" | "127.0.0.1" | "::1")
        || host.starts_with('/')
        || options.get_socket().is_some();
    match options.get_ssl_mode() {
        PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer if !near => {
            options.ssl_mode(PgSslMode::VerifyFull)
        }
        _ => options,
    }
}

async fn check_server(options: &PgConnectOptions) -> sqlx::Result<Result<()>> {
    let mut connection = options.connect().await?;
    let row = sqlx::query(
        "SELECT CAST(current_setting('server_version_num') AS INTEGER), \
         current_setting('synchronous_commit'), current_setting('fsync')",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    let (version, commit, fsync): (i32, String, String) =
        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    if version < OLDEST {
        return Ok(Err(error::because(
            "the server is older than PostgreSQL 14",
        )));
    }
    if commit == "off" || fsync == "off" {
        tracing::warn!(
            db.synchronous_commit = commit,
            db.fsync = fsync,
            "this PostgreSQL server acknowledges before it has written: a power cut loses messages"
        );
    }
    Ok(Ok(()))
}

async fn listen(pool: &PgPool) -> sqlx::Result<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Hands on what is heard, for ever; connects again when the connection is lost. Ends by being
/// aborted when the database is dropped.
async fn keep_listening(
    pool: PgPool,
    first: PgListener,
    hub: broadcast::Sender<Heard>,
    own: Arc<AtomicI32>,
) {
    let mut listener = Some(first);
    loop {
        if let Some(lent) = listener.take() {
            hear(lent, &hub, &own).await;
            tracing::warn!(
                "the connection that listens for pulses was lost; polling until it is back"
            );
        }
        match listen(&pool).await {
            Ok(again) => {
                listener = Some(again);
                tracing::info!("listening for pulses again");
            }
            Err(_) => sleep(POLL).await,
        }
        // Whatever happened while nobody listened was not heard. Nobody listening is no error.
        let _ = hub.send(Heard::Missed);
    }
}

/// Hands on what is heard until the connection is lost.
async fn hear(mut listener: PgListener, hub: &broadcast::Sender<Heard>, own: &AtomicI32) {
    loop {
        match timeout(SILENCE, listener.try_recv()).await {
            // What this node told the others it has heard itself, when it was announced.
            Ok(Ok(Some(notification))) if is_own(&notification, own) => {}
            Ok(Ok(Some(notification))) => {
                let _ = hub.send(
                    notification
                        .payload()
                        .parse()
                        .map_or(Heard::Missed, Heard::Pulse),
                );
            }
            Ok(Ok(None) | Err(_)) => return,
            Err(_) => {
                let alive = sqlx::query("SELECT 1").execute(&mut listener);
                if !matches!(timeout(SILENCE, alive).await, Ok(Ok(_))) {
                    return;
                }
            }
        }
    }
}

fn is_own(notification: &PgNotification, own: &AtomicI32) -> bool {
    i32::try_from(notification.process_id()) == Ok(own.load(Ordering::Acquire))
}

impl Postgres {
    /// Rewrites the key table without what was deleted, and marks other deleted rows as free.
    ///
    /// Limits: the texts of the forgotten stay in free space as ciphertext whose key is gone; the
    /// server's write-ahead log, its archives and its replicas keep old key rows, wrapped under an
    /// epoch key, until they are recycled. Destroying the epoch key closes that gap.
    pub(crate) async fn scrub(&self) -> Result<()> {
        let mut connection = self.pool.acquire().await.map_err(error::unavailable)?;
        for text in [
            "SET statement_timeout = 0",
            "VACUUM FULL data_keys",
            "VACUUM shop_keys, shoppers, staff, sign_in_links, shopper_sessions, staff_sessions, \
             code_requests, conversations, turns, notes, mails, customers, payment_methods, carts, \
             proposals, orders",
            "RESET statement_timeout",
        ] {
            sqlx::query(text)
                .persistent(false)
                .execute(&mut *connection)
                .await
                .map_err(error::unavailable)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> String {
        format!("{:?}", secured(url.parse().unwrap()).get_ssl_mode())
    }

    #[test]
    fn a_distant_server_is_never_spoken_to_in_plain_text() {
        for url in [
            "postgres://u@db.example/d",
            "postgres://u@10.0.0.5/d?sslmode=disable",
        ] {
            assert_eq!(mode(url), "VerifyFull", "{url}");
        }
        assert_eq!(mode("postgres://u@db.example/d?sslmode=require"), "Require");
        for url in [
            "postgres://u@localhost/d",
            "postgres://u@127.0.0.1/d",
            "postgres:///d?host=/run/postgresql",
        ] {
            assert_eq!(mode(url), "Prefer", "{url}");
        }
    }
}
