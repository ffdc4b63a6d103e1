//! Recovery codes, and requests to get back in after a wait.

use async_trait::async_trait;
use store::{
    Result,
    keys::Owner,
    recovery::{ReadRecovery, RecoveryCodes, RecoveryRequestRow, WriteRecovery},
};
use terms::{ShopId, Timestamp};

use crate::{
    unit::Unit,
    value::{Row, binds},
};

const CODES: &str = "recovery_codes";
const REQUESTS: &str = "recovery_requests";

fn request(row: &Row) -> Result<RecoveryRequestRow> {
    let mut fields = row.fields(REQUESTS);
    Ok(RecoveryRequestRow {
        shop: fields.parsed()?,
        owner: {
            let kind = fields.text()?;
            let id = fields.parsed()?;
            Owner::from_stored(kind, id)
                .ok_or_else(|| fields.corrupt(format!("unknown kind of owner `{kind}`")))?
        },
        asked_at: fields.time()?,
        opens_at: fields.time()?,
        expires_at: fields.time()?,
    })
}

#[async_trait]
impl ReadRecovery for Unit {
    async fn recovery_codes_of(&mut self, shop: ShopId, owner: Owner) -> Result<RecoveryCodes> {
        let text = "SELECT CAST(COUNT(*) AS BIGINT), CAST(MAX(created_at) AS BIGINT) \
                    FROM recovery_codes WHERE shop = $1 AND owner_kind = $2 AND owner = $3";
        let binds = binds![shop, owner.kind(), *owner.uuid()];
        let Some(row) = self.one(CODES, text, binds).await? else {
            return Ok(RecoveryCodes::default());
        };
        let mut fields = row.fields(CODES);
        Ok(RecoveryCodes {
            left: fields.integer()?,
            made_at: fields.optional_time()?,
        })
    }

    async fn recovery_request(
        &mut self,
        shop: ShopId,
        owner: Owner,
    ) -> Result<Option<RecoveryRequestRow>> {
        let text = "SELECT shop, owner_kind, owner, asked_at, opens_at, expires_at \
                    FROM recovery_requests WHERE shop = $1 AND owner_kind = $2 AND owner = $3";
        let binds = binds![shop, owner.kind(), *owner.uuid()];
        let row = self.one(REQUESTS, text, binds).await?;
        row.as_ref().map(request).transpose()
    }
}

#[async_trait]
impl WriteRecovery for Unit {
    async fn replace_recovery_codes(
        &mut self,
        shop: ShopId,
        owner: Owner,
        hashes: &[[u8; 32]],
        at: Timestamp,
    ) -> Result<()> {
        let text = "DELETE FROM recovery_codes WHERE shop = $1 AND owner_kind = $2 AND owner = $3";
        let binds = binds![shop, owner.kind(), *owner.uuid()];
        self.change(CODES, text, binds).await?;
        for hash in hashes {
            let text = "INSERT INTO recovery_codes (shop, owner_kind, owner, hash, created_at) \
                        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
            let binds = binds![shop, owner.kind(), *owner.uuid(), hash, at];
            self.insert(CODES, text, binds).await?;
        }
        Ok(())
    }

    async fn use_recovery_code(
        &mut self,
        shop: ShopId,
        owner: Owner,
        hash: &[u8; 32],
    ) -> Result<bool> {
        let text = "DELETE FROM recovery_codes \
                    WHERE shop = $1 AND owner_kind = $2 AND owner = $3 AND hash = $4";
        let binds = binds![shop, owner.kind(), *owner.uuid(), hash];
        Ok(self.change(CODES, text, binds).await? == 1)
    }

    async fn insert_recovery_request(&mut self, row: &RecoveryRequestRow) -> Result<bool> {
        let text = "INSERT INTO recovery_requests (shop, owner_kind, owner, asked_at, opens_at, \
                    expires_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let binds = binds![
            row.shop,
            row.owner.kind(),
            *row.owner.uuid(),
            row.asked_at,
            row.opens_at,
            row.expires_at,
        ];
        Ok(self.change(REQUESTS, text, binds).await? == 1)
    }

    async fn use_recovery_request(
        &mut self,
        shop: ShopId,
        owner: Owner,
        now: Timestamp,
    ) -> Result<bool> {
        let text = "DELETE FROM recovery_requests WHERE shop = $1 AND owner_kind = $2 \
                    AND owner = $3 AND opens_at <= $4 AND expires_at > $4";
        let binds = binds![shop, owner.kind(), *owner.uuid(), now];
        Ok(self.change(REQUESTS, text, binds).await? == 1)
    }

    async fn end_recovery_request(&mut self, shop: ShopId, owner: Owner) -> Result<bool> {
        let text =
            "DELETE FROM recovery_requests WHERE shop = $1 AND owner_kind = $2 AND owner = $3";
        let binds = binds![shop, owner.kind(), *owner.uuid()];
        Ok(self.change(REQUESTS, text, binds).await? == 1)
    }

    async fn sweep_recovery_requests(&mut self, before: Timestamp) -> Result<u64> {
        let text = "DELETE FROM recovery_requests WHERE expires_at < $1";
        self.change(REQUESTS, text, binds![before]).await
    }
}
