//! A database that can be made to fail or to hang.

use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use sql::SqlDatabase;
use store::{Database, Pulses, Snapshot, StoreError, Transaction};

use crate::house::INNER_TEXT;

const WORKING: u8 = 0;
const DOWN: u8 = 1;
const HANGING: u8 = 2;

/// The real database, which can be made to fail or to hang.
pub(crate) struct Breakable {
    pub inner: SqlDatabase,
    mode: AtomicU8,
}

impl Breakable {
    pub(crate) const fn around(inner: SqlDatabase) -> Self {
        Self {
            inner,
            mode: AtomicU8::new(WORKING),
        }
    }

    pub(crate) fn fail(&self) {
        self.mode.store(DOWN, Ordering::SeqCst);
    }

    pub(crate) fn hang(&self) {
        self.mode.store(HANGING, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.mode.store(WORKING, Ordering::SeqCst);
    }

    async fn pass(&self) -> store::Result<()> {
        match self.mode.load(Ordering::SeqCst) {
            WORKING => Ok(()),
            DOWN => Err(StoreError::Unavailable(INNER_TEXT.into())),
            _ => core::future::pending().await,
        }
    }
}

#[async_trait]
impl Database for Breakable {
    async fn snapshot(&self) -> store::Result<Box<dyn Snapshot>> {
        self.pass().await?;
        self.inner.snapshot().await
    }

    async fn begin(&self) -> store::Result<Box<dyn Transaction>> {
        self.pass().await?;
        self.inner.begin().await
    }

    fn pulses(&self) -> Box<dyn Pulses> {
        self.inner.pulses()
    }

    async fn ready(&self) -> store::Result<()> {
        self.pass().await?;
        self.inner.ready().await
    }

    async fn settle(&self) -> store::Result<()> {
        self.pass().await?;
        self.inner.settle().await
    }

    async fn scrub(&self) -> store::Result<()> {
        self.pass().await?;
        self.inner.scrub().await
    }
}
