//! A unit of work on one connection: a snapshot, or a transaction that may write.
//!
//! Rooms hold it as `dyn Snapshot` or `dyn Transaction`, so a snapshot cannot name a write; on
//! both engines the snapshot's connection refuses writes as well.
//!
//! # After an error
//!
//! A statement that an engine refused spoils the whole transaction: PostgreSQL accepts nothing more
//! and turns a commit into a rollback, and so here neither engine does. Refused are: a parent that
//! is not there, a row that breaks a rule of the schema, an update that would break a unique index,
//! a lost connection; and a statement whose future was dropped before its answer came.
//!
//! Not refused, so that the transaction goes on: a `Conflict` from an `insert_…`, `append_…` or
//! `replace_…` (the texts say `ON CONFLICT DO NOTHING`), `false` from those that answer so, and a
//! `Missing` from an update that found no row. The exceptions are `insert_data_key` and
//! `insert_shopper`, which answer `false` for the owner or address that is taken; a taken *id*,
//! which only a broken source of randomness can bring about, spoils there as well.
//!
//! # NUL
//!
//! PostgreSQL takes no text that holds one, neither to keep it nor to compare with it. What comes from
//! outside may hold one, in a path as in JSON; so a query with such a text is not sent, and finds nothing
//! on either engine.

use core::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use store::{Heard, Pulse, Result, Snapshot, StoreError, Transaction, TransactionId};
use tokio::sync::broadcast;

use crate::{
    engine::{Link, Sql},
    error,
    value::{Bind, Row},
};

pub(crate) struct Unit {
    link: Link,
    id: TransactionId,
    announced: Vec<Pulse>,
    hub: broadcast::Sender<Heard>,
    /// INVARIANT: true from the moment a statement is sent until its answer is known to be good,
    /// so that a refused or an interrupted statement can never be followed by a commit.
    spoiled: bool,
}

static NEXT: AtomicU64 = AtomicU64::new(1);

impl Unit {
    pub(crate) fn new(link: Link, hub: broadcast::Sender<Heard>) -> Self {
        let id = TransactionId(NEXT.fetch_add(1, Ordering::Relaxed));
        Self {
            link,
            id,
            announced: Vec::new(),
            hub,
            spoiled: false,
        }
    }

    /// All rows of a query.
    pub(crate) async fn all(
        &mut self,
        table: &'static str,
        sql: impl Into<Sql>,
        binds: Vec<Bind>,
    ) -> Result<Vec<Row>> {
        self.usable()?;
        if binds.iter().any(Bind::holds_nul) {
            return Ok(Vec::new());
        }
        self.spoiled = true;
        let rows = self.link.all(sql.into(), binds).await;
        self.known(table, rows)
    }

    /// The only row of a query, if there is one.
    pub(crate) async fn one(
        &mut self,
        table: &'static str,
        sql: impl Into<Sql>,
        binds: Vec<Bind>,
    ) -> Result<Option<Row>> {
        self.usable()?;
        if binds.iter().any(Bind::holds_nul) {
            return Ok(None);
        }
        self.spoiled = true;
        let row = self.link.one(sql.into(), binds).await;
        self.known(table, row)
    }

    /// Runs a change; returns how many rows it touched.
    pub(crate) async fn change(
        &mut self,
        table: &'static str,
        sql: impl Into<Sql>,
        binds: Vec<Bind>,
    ) -> Result<u64> {
        self.usable()?;
        self.spoiled = true;
        let rows = self.link.change(sql.into(), binds).await;
        self.known(table, rows)
    }

    /// Runs an insert that ends in `ON CONFLICT … DO NOTHING`.
    pub(crate) async fn insert(
        &mut self,
        table: &'static str,
        sql: &'static str,
        binds: Vec<Bind>,
    ) -> Result<()> {
        match self.change(table, sql, binds).await? {
            0 => Err(StoreError::Conflict { table }),
            _ => Ok(()),
        }
    }

    /// Runs an update that must find its row.
    pub(crate) async fn update(
        &mut self,
        table: &'static str,
        sql: &'static str,
        binds: Vec<Bind>,
    ) -> Result<()> {
        match self.change(table, sql, binds).await? {
            0 => Err(StoreError::Missing { table }),
            _ => Ok(()),
        }
    }

    fn usable(&self) -> Result<()> {
        if self.spoiled {
            return Err(error::because(
                "an earlier statement of this transaction failed; roll it back and begin again",
            ));
        }
        Ok(())
    }

    fn known<T>(&mut self, table: &'static str, answer: sqlx::Result<T>) -> Result<T> {
        match answer {
            Ok(answer) => {
                self.spoiled = false;
                Ok(answer)
            }
            Err(error) => Err(error::of_statement(table, error)),
        }
    }
}

impl Snapshot for Unit {}

#[async_trait]
impl Transaction for Unit {
    fn id(&self) -> TransactionId {
        self.id
    }

    fn announce(&mut self, pulse: Pulse) {
        if !self.announced.contains(&pulse) {
            self.announced.push(pulse);
        }
    }

    async fn take_stock(&mut self) -> Result<()> {
        self.usable()?;
        self.spoiled = true;
        let taken = self.link.take_stock().await;
        self.known("statistics", taken)
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.usable()?;
        let Self {
            link,
            announced,
            hub,
            ..
        } = *self;
        link.commit(announced, &hub)
            .await
            .map_err(error::unavailable)
    }

    async fn rollback(self: Box<Self>) -> Result<()> {
        self.link.rollback().await.map_err(error::unavailable)
    }
}
