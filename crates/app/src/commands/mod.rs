//! What the commands do; one file each.

pub(crate) mod demo;
pub(crate) mod guard;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod ledger;
mod lines;
pub(crate) mod openapi;
mod pictures;
pub(crate) mod serve;
pub(crate) mod shop;
pub(crate) mod staff;
mod terms;
pub(crate) mod tool;

use anyhow::Context;

/// Runs a command's work on a runtime of its own.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime
        .context("the runtime could not be started")?
        .block_on(work)
}
