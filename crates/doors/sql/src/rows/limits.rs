//! Counters that all nodes share.

use async_trait::async_trait;
use store::{Result, StoreError, limits::WriteLimits};
use terms::{ShopId, Timestamp};

use crate::{unit::Unit, value::binds};

const LIMITS: &str = "limits";

#[async_trait]
impl WriteLimits for Unit {
    async fn count_limit(
        &mut self,
        shop: ShopId,
        name: &str,
        subject: &[u8; 32],
        window_start: Timestamp,
    ) -> Result<i64> {
        let text = "INSERT INTO limits (shop, name, subject, window_start, count) \
                    VALUES ($1, $2, $3, $4, 1) \
                    ON CONFLICT (shop, name, subject, window_start) \
                    DO UPDATE SET count = limits.count + 1 RETURNING count";
        let row = self
            .one(LIMITS, text, binds![shop, name, subject, window_start])
            .await?;
        row.ok_or(StoreError::Missing { table: LIMITS })?
            .fields(LIMITS)
            .integer()
    }

    async fn sweep_limits(&mut self, before: Timestamp) -> Result<u64> {
        self.change(
            LIMITS,
            "DELETE FROM limits WHERE window_start < $1",
            binds![before],
        )
        .await
    }
}
