//! Roles that shops composed.

use async_trait::async_trait;
use store::{
    Result,
    roles::{ReadRoles, RoleRow, WriteRoles},
};
use terms::{RoleName, ShopId};

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const ROLES: &str = "roles";

fn role(row: &Row) -> Result<RoleRow> {
    let mut fields = row.fields(ROLES);
    Ok(RoleRow {
        shop: fields.parsed()?,
        name: fields.named(|name| name.parse().ok())?,
        title: fields.text()?.to_owned(),
        permissions: fields
            .text()?
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        version: fields.integer()?,
        changed_at: fields.time()?,
    })
}

#[async_trait]
impl ReadRoles for Unit {
    async fn roles_of(&mut self, shop: ShopId) -> Result<Vec<RoleRow>> {
        let text =
            "SELECT shop, name, title, permissions, version, changed_at FROM roles WHERE shop = $1";
        let rows = self.all(ROLES, text, binds![shop]).await?;
        let mut roles = each(&rows, role)?;
        // Of the same order on both engines, whatever the collation.
        roles.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(roles)
    }
}

#[async_trait]
impl WriteRoles for Unit {
    async fn insert_role(&mut self, row: &RoleRow) -> Result<bool> {
        let text = "INSERT INTO roles (shop, name, title, permissions, version, changed_at) \
                    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        self.write_role(text, row).await
    }

    async fn replace_role(&mut self, row: &RoleRow) -> Result<bool> {
        let text = "UPDATE roles SET title = $3, permissions = $4, version = $5, changed_at = $6 \
                    WHERE shop = $1 AND name = $2 AND version = $5 - 1";
        self.write_role(text, row).await
    }

    async fn remove_role(&mut self, shop: ShopId, name: &RoleName, version: i64) -> Result<bool> {
        let text = "DELETE FROM roles WHERE shop = $1 AND name = $2 AND version = $3 \
                    AND NOT EXISTS (SELECT 1 FROM staff WHERE shop = $1 AND role = $2)";
        let bound = binds![shop, name.as_str(), version];
        Ok(self.change(ROLES, text, bound).await? == 1)
    }
}

impl Unit {
    /// Runs a statement that binds every column of a role in their order; says whether it wrote one.
    async fn write_role(&mut self, text: &'static str, row: &RoleRow) -> Result<bool> {
        let permissions = row.permissions.join(" ");
        let bound = binds![
            row.shop,
            row.name.as_str(),
            row.title.as_str(),
            permissions.as_str(),
            row.version,
            row.changed_at
        ];
        Ok(self.change(ROLES, text, bound).await? == 1)
    }
}
