//! Telling the other nodes of a PostgreSQL database what was announced.
//!
//! `NOTIFY` inside a transaction takes one lock for the whole server from the start of its commit
//! to the end, disk included: writers would queue there one behind the other. So a transaction
//! commits first, this node hears its pulses at once, and one task tells the others, many pulses
//! in one statement that writes nothing and so waits for no disk.
//!
//! A node that dies between commit and telling leaves its last pulses untold: listeners of other
//! nodes read what they missed when they look again by themselves.

use core::{
    sync::atomic::{AtomicI32, Ordering},
    time::Duration,
};
use std::sync::Arc;

use sqlx::{PgPool, Postgres, pool::PoolConnection};
use store::{Heard, Pulse};
use tokio::{
    sync::{broadcast, mpsc},
    task::JoinHandle,
    time::sleep,
};

/// The channel of PostgreSQL's LISTEN and NOTIFY.
pub(crate) const CHANNEL: &str = "parlour";

/// Told in one statement at most.
const TOGETHER: usize = 200;
/// Waiting to be told at most; beyond it the others are told that they missed something.
const WAITING: usize = 10_000;
/// Payload that is no pulse: whoever hears it reads again.
const MISSED: &str = "missed";
const AGAIN: Duration = Duration::from_secs(1);

/// The handle by which transactions announce.
pub(crate) struct Announcer {
    waiting: mpsc::Sender<Pulse>,
    hub: broadcast::Sender<Heard>,
    task: JoinHandle<()>,
    own: Arc<AtomicI32>,
}

impl Announcer {
    /// `pool` is this task's own: telling must not wait behind transactions.
    pub(crate) fn start(pool: PgPool, hub: broadcast::Sender<Heard>) -> Self {
        let (waiting, told) = mpsc::channel(WAITING);
        let own = Arc::new(AtomicI32::new(0));
        let task = tokio::spawn(tell_all(pool, told, Arc::clone(&own)));
        Self {
            waiting,
            hub,
            task,
            own,
        }
    }

    /// Announces what a transaction that is durable by now has changed.
    pub(crate) fn announce(&self, pulses: Vec<Pulse>) {
        for pulse in pulses {
            // Nobody listening is no error; a full line is told as `MISSED`.
            let _ = self.hub.send(Heard::Pulse(pulse));
            let _ = self.waiting.try_send(pulse);
        }
    }

    /// Whose notifications this node has heard already: those of its own telling connection.
    pub(crate) fn own_process(&self) -> Arc<AtomicI32> {
        Arc::clone(&self.own)
    }
}

impl Drop for Announcer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn tell_all(pool: PgPool, mut told: mpsc::Receiver<Pulse>, own: Arc<AtomicI32>) {
    let mut connection = None;
    let mut batch = Vec::with_capacity(TOGETHER);
    loop {
        batch.clear();
        if told.recv_many(&mut batch, TOGETHER).await == 0 {
            return;
        }
        let mut payloads: Vec<String> = batch.iter().map(Pulse::to_string).collect();
        payloads.sort_unstable();
        payloads.dedup();
        if told.len() >= WAITING - TOGETHER {
            payloads.push(MISSED.to_owned());
        }
        while let Err(error) = tell(&pool, &mut connection, &payloads, &own).await {
            tracing::warn!(%error, "other nodes could not be told what changed: it is tried again");
            connection = None;
            // They hear nothing meanwhile, and read again once their own connection is back.
            sleep(AGAIN).await;
            payloads = vec![MISSED.to_owned()];
        }
    }
}

async fn tell(
    pool: &PgPool,
    connection: &mut Option<PoolConnection<Postgres>>,
    payloads: &[String],
    own: &AtomicI32,
) -> sqlx::Result<()> {
    let connection = match connection {
        Some(connection) => connection,
        None => {
            let mut fresh = pool.acquire().await?;
            let process: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
                .fetch_one(&mut *fresh)
                .await?;
            own.store(process, Ordering::Release);
            connection.insert(fresh)
        }
    };
    sqlx::query("SELECT count(pg_notify($1, payload)) FROM unnest(CAST($2 AS TEXT[])) AS payload")
        .bind(CHANNEL)
        .bind(payloads)
        .execute(&mut **connection)
        .await?;
    Ok(())
}
