//! Counters of limits that all nodes share.

use async_trait::async_trait;
use terms::{ShopId, Timestamp};

use crate::Result;

#[async_trait]
pub trait WriteLimits: Send {
    /// Counts one more event of `name` by `subject` (a keyed hash) in the window that began at
    /// `window_start`; returns the count, this one included.
    async fn count_limit(
        &mut self,
        shop: ShopId,
        name: &str,
        subject: &[u8; 32],
        window_start: Timestamp,
    ) -> Result<i64>;
    /// Deletes windows that began before `before`; returns how many.
    async fn sweep_limits(&mut self, before: Timestamp) -> Result<u64>;
}
