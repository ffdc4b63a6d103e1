//! Shoppers, staff, and sign-in links.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    people::{ReadPeople, ShopperRow, SignInLinkRow, StaffRow, WritePeople},
};
use terms::{RoleName, ShopId, ShopperId, SignInLinkId, StaffId, Timestamp};

use super::each;
use crate::{
    unit::Unit,
    value::{Fields, Row, binds},
};

const SHOPPERS: &str = "shoppers";
const STAFF: &str = "staff";
const LINKS: &str = "sign_in_links";

macro_rules! select_shoppers {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, email_index, email, created_at FROM shoppers WHERE shop = $1 AND ",
            $rest
        )
    };
}

macro_rules! select_staff {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, name, role, created_at, disabled_at, access_ends FROM staff WHERE shop = $1 ",
            $rest
        )
    };
}

fn shopper(row: &Row) -> Result<ShopperRow> {
    let mut fields = row.fields(SHOPPERS);
    Ok(ShopperRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        email_index: fields.hash()?,
        email: fields.sealed()?,
        created_at: fields.time()?,
    })
}

fn staff(row: &Row) -> Result<StaffRow> {
    staff_of(&mut row.fields(STAFF))
}

/// Reads the columns of somebody, in the order of `select_staff`.
pub(super) fn staff_of(fields: &mut Fields<'_>) -> Result<StaffRow> {
    Ok(StaffRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        name: fields.sealed()?,
        role: fields.named(|name| name.parse().ok())?,
        created_at: fields.time()?,
        disabled_at: fields.optional_time()?,
        access_ends: fields.optional_time()?,
    })
}

fn link(row: &Row) -> Result<SignInLinkRow> {
    let mut fields = row.fields(LINKS);
    Ok(SignInLinkRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        staff: fields.parsed()?,
        token_hash: fields.hash()?,
        created_at: fields.time()?,
        expires_at: fields.time()?,
        used_at: fields.optional_time()?,
    })
}

#[async_trait]
impl ReadPeople for Unit {
    async fn shopper(&mut self, shop: ShopId, id: ShopperId) -> Result<Option<ShopperRow>> {
        let row = self
            .one(SHOPPERS, select_shoppers!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(shopper).transpose()
    }

    async fn shopper_by_email(
        &mut self,
        shop: ShopId,
        email_index: &[u8; 32],
    ) -> Result<Option<ShopperRow>> {
        let text = select_shoppers!("email_index = $2");
        let row = self.one(SHOPPERS, text, binds![shop, email_index]).await?;
        row.as_ref().map(shopper).transpose()
    }

    async fn staff(&mut self, shop: ShopId, id: StaffId) -> Result<Option<StaffRow>> {
        let row = self
            .one(STAFF, select_staff!("AND id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(staff).transpose()
    }

    async fn staff_of(&mut self, shop: ShopId) -> Result<Vec<StaffRow>> {
        let rows = self
            .all(
                STAFF,
                select_staff!("ORDER BY created_at, id"),
                binds![shop],
            )
            .await?;
        each(&rows, staff)
    }

    async fn sign_in_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<SignInLinkRow>> {
        let text = "SELECT shop, id, staff, token_hash, created_at, expires_at, used_at \
                    FROM sign_in_links WHERE token_hash = $1";
        let row = self.one(LINKS, text, binds![token_hash]).await?;
        row.as_ref().map(link).transpose()
    }
}

#[async_trait]
impl WritePeople for Unit {
    async fn insert_shopper(&mut self, row: &ShopperRow) -> Result<bool> {
        let rows = self
            .change(
                SHOPPERS,
                "INSERT INTO shoppers (shop, id, email_index, email, created_at) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop, email_index) DO NOTHING",
                binds![
                    row.shop,
                    row.id,
                    &row.email_index,
                    &row.email,
                    row.created_at
                ],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn insert_staff(&mut self, row: &StaffRow) -> Result<()> {
        self.insert(
            STAFF,
            "INSERT INTO staff (shop, id, name, role, created_at, disabled_at, access_ends) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                &row.name,
                row.role.as_str(),
                row.created_at,
                row.disabled_at,
                row.access_ends,
            ],
        )
        .await
    }

    async fn disable_staff(&mut self, shop: ShopId, id: StaffId, at: Timestamp) -> Result<()> {
        self.update(
            STAFF,
            "UPDATE staff SET disabled_at = coalesce(disabled_at, $3) WHERE shop = $1 AND id = $2",
            binds![shop, id, at],
        )
        .await
    }

    async fn change_standing(
        &mut self,
        shop: ShopId,
        id: StaffId,
        role: &RoleName,
        access_ends: Option<Timestamp>,
    ) -> Result<()> {
        self.update(
            STAFF,
            "UPDATE staff SET role = $3, access_ends = $4 WHERE shop = $1 AND id = $2",
            binds![shop, id, role.as_str(), access_ends],
        )
        .await
    }

    async fn enable_staff(&mut self, shop: ShopId, id: StaffId) -> Result<()> {
        self.update(
            STAFF,
            "UPDATE staff SET disabled_at = NULL WHERE shop = $1 AND id = $2",
            binds![shop, id],
        )
        .await
    }

    async fn insert_sign_in_link(&mut self, row: &SignInLinkRow) -> Result<()> {
        self.insert(
            LINKS,
            "INSERT INTO sign_in_links \
             (shop, id, staff, token_hash, created_at, expires_at, used_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.staff,
                &row.token_hash,
                row.created_at,
                row.expires_at,
                row.used_at,
            ],
        )
        .await
    }

    async fn use_sign_in_links_of(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        at: Timestamp,
    ) -> Result<()> {
        let text = "UPDATE sign_in_links SET used_at = $3 \
                    WHERE shop = $1 AND staff = $2 AND used_at IS NULL";
        self.change(LINKS, text, binds![shop, staff, at]).await?;
        Ok(())
    }

    async fn use_sign_in_link(
        &mut self,
        shop: ShopId,
        id: SignInLinkId,
        at: Timestamp,
    ) -> Result<bool> {
        let text = "UPDATE sign_in_links SET used_at = $3 \
                    WHERE shop = $1 AND id = $2 AND used_at IS NULL";
        if self.change(LINKS, text, binds![shop, id, at]).await? == 1 {
            return Ok(true);
        }
        let text = "SELECT 1 FROM sign_in_links WHERE shop = $1 AND id = $2";
        match self.one(LINKS, text, binds![shop, id]).await? {
            Some(_) => Ok(false),
            None => Err(StoreError::Missing { table: LINKS }),
        }
    }
}
