//! Epochs roll: survivors are wrapped anew and old epoch keys destroyed, so that an old copy of the
//! key table opens nothing.

use core::time::Duration;

use store::{Database, keys::DataKeyRow};
use terms::ShopId;

use crate::{EpochNumber, Vault, VaultError, keyring::KNOWN_FOR};

/// An old epoch key is destroyed only when its successor is this old.
///
/// INVARIANT: longer than [`KNOWN_FOR`] and the longest transaction together, so that a node that
/// did not see the successor begin has seen it, and has committed what it wrapped under the old
/// number, before that number is gone.
const GRACE: Duration = Duration::from_secs(600);
const _: () = assert!(GRACE.as_secs() > 2 * KNOWN_FOR.as_secs());
const REWRAP_BATCH: u32 = 500;

/// What rolling the epoch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochReport {
    pub current: EpochNumber,
    pub rewrapped: u64,
    pub destroyed: u64,
}

impl Vault {
    /// Rolls the epoch when the current one is older than `age` (zero: now), wraps every surviving
    /// data key anew, and destroys the epoch keys that no row needs any more. Safe to run on every
    /// node and to repeat after a crash: each step looks at what is there.
    pub async fn roll_epoch(
        &self,
        database: &dyn Database,
        age: Duration,
    ) -> Result<EpochReport, VaultError> {
        self.load_epochs()?;
        let (newest, created_at) = self.current_epoch()?;
        if created_at.after(age) <= self.clock().now() {
            let next = EpochNumber(newest.0.saturating_add(1));
            self.begin_epoch_or_find_it(next)?;
        }
        let (current, since) = self.current_epoch()?;
        let shops = database.snapshot().await?.shops().await?;
        let mut rewrapped = 0;
        for shop in &shops {
            rewrapped += self.rewrap_survivors(database, shop.id, current).await?;
        }
        let destroyed = match since.after(GRACE) <= self.clock().now() {
            true => self.destroy_epochs_before(database, current).await?,
            false => 0,
        };
        Ok(EpochReport {
            current,
            rewrapped,
            destroyed,
        })
    }

    async fn rewrap_survivors(
        &self,
        database: &dyn Database,
        shop: ShopId,
        current: EpochNumber,
    ) -> Result<u64, VaultError> {
        let mut rewrapped = 0;
        loop {
            let mut tx = database.begin().await?;
            let rows = tx
                .data_keys_before_epoch(shop, current.0, REWRAP_BATCH)
                .await?;
            if rows.is_empty() {
                tx.rollback().await?;
                return Ok(rewrapped);
            }
            for old in rows {
                let new = DataKeyRow {
                    epoch: current.0,
                    ..old.clone()
                };
                rewrapped += u64::from(self.rewrap(&mut *tx, &old, new).await?);
            }
            tx.commit().await?;
        }
    }

    async fn destroy_epochs_before(
        &self,
        database: &dyn Database,
        current: EpochNumber,
    ) -> Result<u64, VaultError> {
        let mut snapshot = database.snapshot().await?;
        for shop in snapshot.shops().await? {
            if !snapshot
                .data_keys_before_epoch(shop.id, current.0, 1)
                .await?
                .is_empty()
            {
                return Ok(0);
            }
        }
        let mut destroyed = 0;
        for epoch in self
            .custody
            .epochs()?
            .into_iter()
            .filter(|epoch| epoch.number < current)
        {
            self.custody.destroy_epoch(epoch.number)?;
            destroyed += 1;
        }
        self.load_epochs()?;
        Ok(destroyed)
    }
}
