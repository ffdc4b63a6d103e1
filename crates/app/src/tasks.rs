//! Work in the background of a serving node. Every node runs all of it; leases and row locks keep
//! them out of each other's way.

use core::time::Duration;
use std::sync::Arc;

use commerce::tools::Commerce;
use ledger::sequencer::Sequencer;
use store::Database;
use terms::Clock;
use vault::{EpochReport, Vault};

use crate::installation::{Installation, origin};

/// A checkpoint is signed about this often.
const SEQUENCE: Duration = Duration::from_secs(1);
const SWEEP: Duration = Duration::from_secs(300);
/// What has ended is kept this long, so that a late answer can still say why.
const KEPT: Duration = Duration::from_secs(3_600);
const ROLL: Duration = Duration::from_secs(600);
/// How often a node looks for money to be moved, and for orders that nobody paid.
const SETTLE: Duration = Duration::from_secs(1);
const UNPAID: Duration = Duration::from_secs(30);
/// A gateway sends an event again for days at most.
const EVENTS_KEPT: Duration = Duration::from_secs(30 * 24 * 3_600);

/// A question that found no answer waits this long for one.
const QUESTIONS_KEPT: Duration = Duration::from_secs(90 * 24 * 3_600);

/// Starts the tasks; they end with the runtime.
///
/// `guest` is how long a guest's session lives at most, and so her cart after its last change.
pub(crate) fn start(installation: &Installation, epoch: Duration, guest: Duration) {
    let database: Arc<dyn Database> = installation.database.clone();
    tokio::spawn(sequence(
        Arc::clone(&database),
        Arc::clone(&installation.sequencer),
    ));
    tokio::spawn(sweep(
        Arc::clone(&database),
        Arc::clone(&installation.clock),
        guest,
    ));
    let commerce = installation.journey.commerce();
    tokio::spawn(settle(Arc::clone(&database), commerce.clone()));
    tokio::spawn(give_up_unpaid(Arc::clone(&database), commerce.clone()));
    tokio::spawn(roll(database, Arc::clone(&installation.vault), epoch));
}

async fn settle(database: Arc<dyn Database>, commerce: Commerce) {
    loop {
        if let Err(error) = commerce.settle(&*database).await {
            tracing::warn!(%error, "money could not be moved: it is tried again");
        }
        tokio::time::sleep(SETTLE).await;
    }
}

async fn give_up_unpaid(database: Arc<dyn Database>, commerce: Commerce) {
    loop {
        match commerce.expire_unpaid(&*database).await {
            Ok(0) => {}
            Ok(orders) => {
                tracing::info!(orders.given_up = orders, "gave up orders that nobody paid");
            }
            Err(error) => {
                tracing::warn!(%error, "unpaid orders could not be looked at: it is tried again");
            }
        }
        tokio::time::sleep(UNPAID).await;
    }
}

async fn sequence(database: Arc<dyn Database>, sequencer: Arc<Sequencer>) {
    loop {
        tokio::time::sleep(SEQUENCE).await;
        if let Err(error) = sequence_all(&*database, &sequencer).await {
            tracing::warn!(%error, "the shops could not be read: sequencing is tried again");
        }
    }
}

/// One shop's trouble, a tree that was tampered with say, does not keep the others waiting.
async fn sequence_all(database: &dyn Database, sequencer: &Sequencer) -> anyhow::Result<()> {
    let shops = database.snapshot().await?.shops().await?;
    for shop in shops {
        let ticked = sequencer
            .tick(database, shop.id, &origin(&shop.handle))
            .await;
        if let Err(error) = ticked {
            tracing::error!(shop.id = %shop.id, %error, "this shop's ledger cannot be sequenced");
        }
    }
    Ok(())
}

async fn sweep(database: Arc<dyn Database>, clock: Arc<dyn Clock>, guest: Duration) {
    loop {
        match sweep_once(&*database, &*clock, guest).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(sweep.rows = rows, "swept what has expired"),
            Err(error) => tracing::warn!(%error, "the sweep failed: it is tried again"),
        }
        tokio::time::sleep(SWEEP).await;
    }
}

async fn sweep_once(
    database: &dyn Database,
    clock: &dyn Clock,
    guest: Duration,
) -> anyhow::Result<u64> {
    let before = clock.now().before(KEPT);
    let mut tx = database.begin().await?;
    let mails = tx.sweep_mails(before).await?;
    let sessions = tx.sweep_sessions(before).await?;
    let ceremonies = tx.sweep_ceremonies(before).await?;
    let devices = tx
        .sweep_devices(clock.now().before(identity::whence::FORGOTTEN_AFTER))
        .await?;
    let recoveries = tx.sweep_recovery_requests(before).await?;
    let limits = tx.sweep_limits(before).await?;
    let proposals = tx.sweep_proposals(before).await?;
    let carts = tx.sweep_carts(clock.now().before(guest)).await?;
    let events = tx
        .sweep_gateway_events(clock.now().before(EVENTS_KEPT))
        .await?;
    let questions = tx
        .sweep_unanswered(clock.now().before(QUESTIONS_KEPT))
        .await?;
    tx.commit().await?;
    let swept = [
        mails, sessions, ceremonies, devices, recoveries, limits, proposals, carts, events,
        questions,
    ];
    Ok(swept.into_iter().fold(0, u64::saturating_add))
}

async fn roll(database: Arc<dyn Database>, vault: Arc<Vault>, epoch: Duration) {
    loop {
        match roll_once(&*database, &vault, epoch).await {
            Ok(report) if report.rewrapped > 0 || report.destroyed > 0 => tracing::info!(
                epoch.current = report.current.0,
                epoch.rewrapped = report.rewrapped,
                epoch.destroyed = report.destroyed,
                "rolled the epoch"
            ),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the epoch could not be rolled: it is tried again")
            }
        }
        tokio::time::sleep(ROLL).await;
    }
}

/// Rolls the epoch if it is due. Keys that were wrapped anew leave no older wrapping behind.
async fn roll_once(
    database: &dyn Database,
    vault: &Vault,
    epoch: Duration,
) -> anyhow::Result<EpochReport> {
    let report = vault.roll_epoch(database, epoch).await?;
    if report.rewrapped > 0 {
        database.scrub().await?;
    }
    Ok(report)
}
