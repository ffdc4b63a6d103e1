//! Sessions and requests for mailed codes.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    people::StaffRow,
    sessions::{
        CodeRequestRow, ProvedBy, ReadSessions, SessionLevel, ShopperSessionRow, StaffSessionRow,
        WriteSessions,
    },
};
use terms::{CodeRequestId, SessionId, ShopId, ShopperId, StaffId, Timestamp};

use super::{each, people::staff_of};
use crate::{
    unit::Unit,
    value::{Fields, Row, binds},
};

const SHOPPER: &str = "shopper_sessions";
const STAFF: &str = "staff_sessions";
const CODES: &str = "code_requests";
const KEYS: &str = "data_keys";

macro_rules! select_shopper {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, token_hash, shopper, level, proved_by, device, created_at, seen_at, \
             expires_at, ended_at FROM shopper_sessions WHERE ",
            $rest
        )
    };
}

macro_rules! select_staff {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, token_hash, staff, proved_by, device, created_at, seen_at, expires_at, \
             ended_at FROM staff_sessions WHERE ",
            $rest
        )
    };
}

fn shopper_session(row: &Row) -> Result<ShopperSessionRow> {
    let mut fields = row.fields(SHOPPER);
    Ok(ShopperSessionRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        token_hash: fields.hash()?,
        shopper: fields.optional_parsed()?,
        level: fields.named(SessionLevel::from_stored)?,
        proved_by: match fields.optional_text()? {
            Some(name) => Some(
                ProvedBy::from_stored(name)
                    .ok_or_else(|| fields.corrupt(format!("unknown proof `{name}`")))?,
            ),
            None => None,
        },
        device: fields.optional_sealed()?,
        created_at: fields.time()?,
        seen_at: fields.time()?,
        expires_at: fields.time()?,
        ended_at: fields.optional_time()?,
    })
}

fn staff_session(row: &Row) -> Result<StaffSessionRow> {
    staff_session_of(&mut row.fields(STAFF))
}

fn staff_session_of(fields: &mut Fields<'_>) -> Result<StaffSessionRow> {
    Ok(StaffSessionRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        token_hash: fields.hash()?,
        staff: fields.parsed()?,
        proved_by: fields.named(ProvedBy::from_stored)?,
        device: fields.optional_sealed()?,
        created_at: fields.time()?,
        seen_at: fields.time()?,
        expires_at: fields.time()?,
        ended_at: fields.optional_time()?,
    })
}

fn code_request(row: &Row) -> Result<CodeRequestRow> {
    let mut fields = row.fields(CODES);
    Ok(CodeRequestRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        session: fields.parsed()?,
        email_index: fields.hash()?,
        email: fields.sealed()?,
        code_hash: fields.hash()?,
        binding: fields.optional_hash()?,
        attempts: fields.integer()?,
        created_at: fields.time()?,
        expires_at: fields.time()?,
        used_at: fields.optional_time()?,
    })
}

#[async_trait]
impl ReadSessions for Unit {
    async fn shopper_session_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<ShopperSessionRow>> {
        let text = select_shopper!("token_hash = $1");
        let row = self.one(SHOPPER, text, binds![token_hash]).await?;
        row.as_ref().map(shopper_session).transpose()
    }

    async fn shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
    ) -> Result<Option<ShopperSessionRow>> {
        let text = select_shopper!("shop = $1 AND id = $2");
        let row = self.one(SHOPPER, text, binds![shop, id]).await?;
        row.as_ref().map(shopper_session).transpose()
    }

    async fn staff_session_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<StaffSessionRow>> {
        let row = self
            .one(STAFF, select_staff!("token_hash = $1"), binds![token_hash])
            .await?;
        row.as_ref().map(staff_session).transpose()
    }

    async fn staff_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<(StaffSessionRow, StaffRow)>> {
        let text = "SELECT held.shop, held.id, held.token_hash, held.staff, held.proved_by, held.device, \
                    held.created_at, held.seen_at, held.expires_at, held.ended_at, staff.shop, staff.id, \
                    staff.name, staff.role, staff.created_at, staff.disabled_at, staff.access_ends \
                    FROM staff_sessions AS held JOIN staff \
                    ON staff.shop = held.shop AND staff.id = held.staff WHERE held.token_hash = $1";
        let row = self.one(STAFF, text, binds![token_hash]).await?;
        let read = |row: &Row| {
            let mut fields = row.fields(STAFF);
            Ok((staff_session_of(&mut fields)?, staff_of(&mut fields)?))
        };
        row.as_ref().map(read).transpose()
    }

    async fn staff_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
    ) -> Result<Option<StaffSessionRow>> {
        let text = select_staff!("shop = $1 AND id = $2");
        let row = self.one(STAFF, text, binds![shop, id]).await?;
        row.as_ref().map(staff_session).transpose()
    }

    async fn shopper_sessions_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<ShopperSessionRow>> {
        let text = select_shopper!(
            "shop = $1 AND shopper = $2 AND ended_at IS NULL ORDER BY created_at DESC, id DESC"
        );
        let rows = self.all(SHOPPER, text, binds![shop, shopper]).await?;
        each(&rows, shopper_session)
    }

    async fn staff_sessions_of(
        &mut self,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<Vec<StaffSessionRow>> {
        let text = select_staff!(
            "shop = $1 AND staff = $2 AND ended_at IS NULL ORDER BY created_at DESC, id DESC"
        );
        let rows = self.all(STAFF, text, binds![shop, staff]).await?;
        each(&rows, staff_session)
    }

    async fn code_request(
        &mut self,
        shop: ShopId,
        id: CodeRequestId,
    ) -> Result<Option<CodeRequestRow>> {
        let text = "SELECT shop, id, session, email_index, email, code_hash, binding, attempts, \
                    created_at, expires_at, used_at FROM code_requests \
                    WHERE shop = $1 AND id = $2";
        let row = self.one(CODES, text, binds![shop, id]).await?;
        row.as_ref().map(code_request).transpose()
    }
}

#[async_trait]
impl WriteSessions for Unit {
    async fn insert_shopper_session(&mut self, row: &ShopperSessionRow) -> Result<()> {
        self.insert(
            SHOPPER,
            "INSERT INTO shopper_sessions (shop, id, token_hash, shopper, level, proved_by, device, \
             created_at, seen_at, expires_at, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                &row.token_hash,
                row.shopper,
                row.level.as_str(),
                row.proved_by.map(ProvedBy::as_str),
                row.device.as_ref(),
                row.created_at,
                row.seen_at,
                row.expires_at,
                row.ended_at,
            ],
        )
        .await
    }

    async fn touch_shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        seen_at: Timestamp,
    ) -> Result<()> {
        self.update(
            SHOPPER,
            "UPDATE shopper_sessions SET seen_at = $3 WHERE shop = $1 AND id = $2",
            binds![shop, id, seen_at],
        )
        .await
    }

    async fn end_shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        at: Timestamp,
    ) -> Result<()> {
        self.update(
            SHOPPER,
            "UPDATE shopper_sessions SET ended_at = COALESCE(ended_at, $3) \
             WHERE shop = $1 AND id = $2",
            binds![shop, id, at],
        )
        .await
    }

    async fn insert_staff_session(&mut self, row: &StaffSessionRow) -> Result<()> {
        self.insert(
            STAFF,
            "INSERT INTO staff_sessions (shop, id, token_hash, staff, proved_by, device, created_at, \
             seen_at, expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                &row.token_hash,
                row.staff,
                row.proved_by.as_str(),
                row.device.as_ref(),
                row.created_at,
                row.seen_at,
                row.expires_at,
                row.ended_at,
            ],
        )
        .await
    }

    async fn touch_staff_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        seen_at: Timestamp,
    ) -> Result<()> {
        self.update(
            STAFF,
            "UPDATE staff_sessions SET seen_at = $3 WHERE shop = $1 AND id = $2",
            binds![shop, id, seen_at],
        )
        .await
    }

    async fn end_staff_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        at: Timestamp,
    ) -> Result<()> {
        self.update(
            STAFF,
            "UPDATE staff_sessions SET ended_at = COALESCE(ended_at, $3) \
             WHERE shop = $1 AND id = $2",
            binds![shop, id, at],
        )
        .await
    }

    async fn insert_code_request(&mut self, row: &CodeRequestRow) -> Result<()> {
        self.insert(
            CODES,
            "INSERT INTO code_requests (shop, id, session, email_index, email, code_hash, \
             binding, attempts, created_at, expires_at, used_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.session,
                &row.email_index,
                &row.email,
                &row.code_hash,
                row.binding.as_ref(),
                row.attempts,
                row.created_at,
                row.expires_at,
                row.used_at,
            ],
        )
        .await
    }

    async fn count_code_attempt(&mut self, shop: ShopId, id: CodeRequestId) -> Result<i64> {
        let text = "UPDATE code_requests SET attempts = attempts + 1 \
                    WHERE shop = $1 AND id = $2 RETURNING attempts";
        match self.one(CODES, text, binds![shop, id]).await? {
            Some(row) => row.fields(CODES).integer(),
            None => Err(StoreError::Missing { table: CODES }),
        }
    }

    async fn use_code_request(
        &mut self,
        shop: ShopId,
        id: CodeRequestId,
        at: Timestamp,
    ) -> Result<bool> {
        let text = "UPDATE code_requests SET used_at = $3 \
                    WHERE shop = $1 AND id = $2 AND used_at IS NULL";
        if self.change(CODES, text, binds![shop, id, at]).await? == 1 {
            return Ok(true);
        }
        let text = "SELECT 1 FROM code_requests WHERE shop = $1 AND id = $2";
        match self.one(CODES, text, binds![shop, id]).await? {
            Some(_) => Ok(false),
            None => Err(StoreError::Missing { table: CODES }),
        }
    }

    /// Counts sessions, code requests and keys. A request that outlives its swept session goes with
    /// it: nobody else may answer it.
    async fn sweep_sessions(&mut self, before: Timestamp) -> Result<u64> {
        let mut swept: u64 = 0;
        for (table, text) in SWEEPS {
            swept = swept.saturating_add(self.change(table, text, binds![before]).await?);
        }
        Ok(swept)
    }
}

/// In this order: what refers to a session goes before the session.
const SWEEPS: [(&str, &str); 6] = [
    (
        KEYS,
        "DELETE FROM data_keys WHERE owner_kind = 'session' AND class = 'transient' \
         AND EXISTS (SELECT 1 FROM shopper_sessions AS gone WHERE gone.shop = data_keys.shop \
         AND gone.id = data_keys.owner AND (gone.expires_at < $1 OR gone.ended_at < $1))",
    ),
    (
        KEYS,
        "DELETE FROM data_keys WHERE owner_kind = 'session' AND class = 'transient' \
         AND EXISTS (SELECT 1 FROM staff_sessions AS gone WHERE gone.shop = data_keys.shop \
         AND gone.id = data_keys.owner AND (gone.expires_at < $1 OR gone.ended_at < $1))",
    ),
    (CODES, "DELETE FROM code_requests WHERE expires_at < $1"),
    (
        CODES,
        "DELETE FROM code_requests WHERE EXISTS (SELECT 1 FROM shopper_sessions AS gone \
         WHERE gone.shop = code_requests.shop AND gone.id = code_requests.session \
         AND (gone.expires_at < $1 OR gone.ended_at < $1))",
    ),
    (
        SHOPPER,
        "DELETE FROM shopper_sessions WHERE (expires_at < $1 OR ended_at < $1) \
         AND NOT EXISTS (SELECT 1 FROM conversations AS kept \
         WHERE kept.shop = shopper_sessions.shop AND kept.session = shopper_sessions.id)",
    ),
    (
        STAFF,
        "DELETE FROM staff_sessions WHERE expires_at < $1 OR ended_at < $1",
    ),
];
