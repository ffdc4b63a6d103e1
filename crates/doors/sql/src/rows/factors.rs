//! Passkeys, ceremonies and mandates.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    factors::{
        CeremonyPurpose, CeremonyRow, DevicesSeen, MandateRow, PasskeyRow, ReadFactors,
        WriteFactors,
    },
    keys::Owner,
    places::PasskeyBody,
};
use terms::{CeremonyId, PasskeyId, Sealed, ShopId, Timestamp};

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const PASSKEYS: &str = "passkeys";
const CEREMONIES: &str = "ceremonies";
const DEVICES: &str = "known_devices";
const MANDATES: &str = "mandates";

macro_rules! select_passkeys {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, owner_kind, owner, credential, body, sign_count, backed_up, \
             created_at, used_at FROM passkeys WHERE ",
            $rest
        )
    };
}

fn passkey(row: &Row) -> Result<PasskeyRow> {
    let mut fields = row.fields(PASSKEYS);
    Ok(PasskeyRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        owner: {
            let kind = fields.text()?;
            let id = fields.parsed()?;
            Owner::from_stored(kind, id)
                .ok_or_else(|| fields.corrupt(format!("unknown kind of owner `{kind}`")))?
        },
        credential: fields.hash()?,
        body: fields.sealed()?,
        sign_count: fields.integer()?,
        backed_up: fields.boolean()?,
        created_at: fields.time()?,
        used_at: fields.optional_time()?,
    })
}

fn ceremony(row: &Row) -> Result<CeremonyRow> {
    let mut fields = row.fields(CEREMONIES);
    Ok(CeremonyRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        purpose: fields.named(CeremonyPurpose::from_stored)?,
        session: fields.optional_parsed()?,
        challenge: fields.hash()?,
        created_at: fields.time()?,
        expires_at: fields.time()?,
        used_at: fields.optional_time()?,
    })
}

fn mandate(row: &Row) -> Result<MandateRow> {
    let mut fields = row.fields(MANDATES);
    Ok(MandateRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        owner: fields.parsed()?,
        binding: fields.hash()?,
        body: fields.sealed()?,
        created_at: fields.time()?,
    })
}

#[async_trait]
impl ReadFactors for Unit {
    async fn passkey_by_credential(&mut self, credential: &[u8; 32]) -> Result<Option<PasskeyRow>> {
        let text = select_passkeys!("credential = $1");
        let row = self.one(PASSKEYS, text, binds![credential]).await?;
        row.as_ref().map(passkey).transpose()
    }

    async fn passkeys_of(&mut self, shop: ShopId, owner: Owner) -> Result<Vec<PasskeyRow>> {
        let text = select_passkeys!(
            "shop = $1 AND owner_kind = $2 AND owner = $3 ORDER BY created_at, id"
        );
        let binds = binds![shop, owner.kind(), *owner.uuid()];
        each(&self.all(PASSKEYS, text, binds).await?, passkey)
    }

    async fn ceremony(&mut self, shop: ShopId, id: CeremonyId) -> Result<Option<CeremonyRow>> {
        let text = "SELECT shop, id, purpose, session, challenge, created_at, expires_at, used_at \
                    FROM ceremonies WHERE shop = $1 AND id = $2";
        let row = self.one(CEREMONIES, text, binds![shop, id]).await?;
        row.as_ref().map(ceremony).transpose()
    }

    async fn devices_seen(
        &mut self,
        shop: ShopId,
        owner: Owner,
        mark: &[u8; 32],
    ) -> Result<DevicesSeen> {
        let text = "SELECT CAST(COUNT(*) AS BIGINT), \
                    CAST(MAX(CASE WHEN mark = $4 THEN seen_at END) AS BIGINT) FROM known_devices \
                    WHERE shop = $1 AND owner_kind = $2 AND owner = $3";
        let binds = binds![shop, owner.kind(), *owner.uuid(), mark];
        let Some(row) = self.one(DEVICES, text, binds).await? else {
            return Ok(DevicesSeen::default());
        };
        let mut fields = row.fields(DEVICES);
        Ok(DevicesSeen {
            count: fields.integer()?,
            this_one: fields.optional_time()?,
        })
    }

    async fn mandates_of_binding(
        &mut self,
        shop: ShopId,
        binding: &[u8; 32],
    ) -> Result<Vec<MandateRow>> {
        let text = "SELECT shop, id, owner, binding, body, created_at FROM mandates \
                    WHERE shop = $1 AND binding = $2 ORDER BY created_at, id";
        let rows = self.all(MANDATES, text, binds![shop, binding]).await?;
        each(&rows, mandate)
    }
}

#[async_trait]
impl WriteFactors for Unit {
    async fn lock_owner(&mut self, shop: ShopId, owner: Owner) -> Result<()> {
        // An update locks the row on PostgreSQL; on SQLite there is one writer anyway.
        let (table, text) = match owner {
            Owner::Staff(_) => (
                "staff",
                "UPDATE staff SET created_at = created_at WHERE shop = $1 AND id = $2",
            ),
            _ => (
                "shoppers",
                "UPDATE shoppers SET created_at = created_at WHERE shop = $1 AND id = $2",
            ),
        };
        self.update(table, text, binds![shop, *owner.uuid()]).await
    }

    async fn insert_passkey(&mut self, row: &PasskeyRow) -> Result<bool> {
        let rows = self
            .change(
                PASSKEYS,
                "INSERT INTO passkeys (shop, id, owner_kind, owner, credential, body, sign_count, \
                 backed_up, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                 ON CONFLICT DO NOTHING",
                binds![
                    row.shop,
                    row.id,
                    row.owner.kind(),
                    *row.owner.uuid(),
                    &row.credential,
                    &row.body,
                    row.sign_count,
                    row.backed_up,
                    row.created_at,
                    row.used_at,
                ],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn use_passkey(
        &mut self,
        shop: ShopId,
        id: PasskeyId,
        was: i64,
        now: i64,
        backed_up: bool,
        at: Timestamp,
    ) -> Result<bool> {
        let text = "UPDATE passkeys SET sign_count = $4, backed_up = $5, used_at = $6 \
                    WHERE shop = $1 AND id = $2 AND sign_count = $3";
        let binds = binds![shop, id, was, now, backed_up, at];
        Ok(self.change(PASSKEYS, text, binds).await? == 1)
    }

    async fn rewrite_passkey(
        &mut self,
        shop: ShopId,
        id: PasskeyId,
        body: &Sealed<PasskeyBody>,
    ) -> Result<()> {
        self.update(
            PASSKEYS,
            "UPDATE passkeys SET body = $3 WHERE shop = $1 AND id = $2",
            binds![shop, id, body],
        )
        .await
    }

    async fn delete_passkey(&mut self, shop: ShopId, owner: Owner, id: PasskeyId) -> Result<bool> {
        let text = "DELETE FROM passkeys \
                    WHERE shop = $1 AND owner_kind = $2 AND owner = $3 AND id = $4";
        let binds = binds![shop, owner.kind(), *owner.uuid(), id];
        Ok(self.change(PASSKEYS, text, binds).await? == 1)
    }

    async fn insert_ceremony(&mut self, row: &CeremonyRow) -> Result<()> {
        self.insert(
            CEREMONIES,
            "INSERT INTO ceremonies (shop, id, purpose, session, challenge, created_at, expires_at, \
             used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.purpose.as_str(),
                row.session,
                &row.challenge,
                row.created_at,
                row.expires_at,
                row.used_at,
            ],
        )
        .await
    }

    async fn use_ceremony(&mut self, shop: ShopId, id: CeremonyId, at: Timestamp) -> Result<bool> {
        let text = "UPDATE ceremonies SET used_at = $3 \
                    WHERE shop = $1 AND id = $2 AND used_at IS NULL";
        if self.change(CEREMONIES, text, binds![shop, id, at]).await? == 1 {
            return Ok(true);
        }
        let text = "SELECT 1 FROM ceremonies WHERE shop = $1 AND id = $2";
        match self.one(CEREMONIES, text, binds![shop, id]).await? {
            Some(_) => Ok(false),
            None => Err(StoreError::Missing { table: CEREMONIES }),
        }
    }

    async fn sweep_ceremonies(&mut self, before: Timestamp) -> Result<u64> {
        let text = "DELETE FROM ceremonies WHERE expires_at < $1";
        self.change(CEREMONIES, text, binds![before]).await
    }

    async fn see_device(
        &mut self,
        shop: ShopId,
        owner: Owner,
        mark: &[u8; 32],
        at: Timestamp,
    ) -> Result<()> {
        let text = "INSERT INTO known_devices (shop, owner_kind, owner, mark, seen_at) \
                    VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (shop, owner_kind, owner, mark) DO UPDATE SET seen_at = excluded.seen_at";
        let binds = binds![shop, owner.kind(), *owner.uuid(), mark, at];
        self.change(DEVICES, text, binds).await?;
        Ok(())
    }

    async fn sweep_devices(&mut self, before: Timestamp) -> Result<u64> {
        let text = "DELETE FROM known_devices WHERE seen_at < $1";
        self.change(DEVICES, text, binds![before]).await
    }

    async fn insert_mandate(&mut self, row: &MandateRow) -> Result<()> {
        self.insert(
            MANDATES,
            "INSERT INTO mandates (shop, id, owner, binding, body, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.owner,
                &row.binding,
                &row.body,
                row.created_at,
            ],
        )
        .await
    }
}
