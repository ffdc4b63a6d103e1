//! Roles that shops composed, and the staff who have a role.

use async_trait::async_trait;
use terms::{RoleName, ShopId, Timestamp};

use crate::Result;

/// A role of a shop's own. What is built in has no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    pub shop: ShopId,
    pub name: RoleName,
    /// What people call it: a word of the shop's, not about anybody.
    pub title: String,
    /// What it may do, as `access` writes its permissions, in their order.
    pub permissions: Vec<String>,
    /// Counts up with every change, so that nobody overwrites what she has not seen.
    pub version: i64,
    pub changed_at: Timestamp,
}

#[async_trait]
pub trait ReadRoles: Send {
    /// The roles that the shop composed, by name.
    async fn roles_of(&mut self, shop: ShopId) -> Result<Vec<RoleRow>>;
}

#[async_trait]
pub trait WriteRoles: ReadRoles {
    /// Inserts a role unless the shop has one of this name by now; `false` then.
    async fn insert_role(&mut self, row: &RoleRow) -> Result<bool>;
    /// Replaces the role of this name if it still has version `row.version - 1`; `false` otherwise.
    async fn replace_role(&mut self, row: &RoleRow) -> Result<bool>;
    /// Removes a role if nobody has it and it still has this version; `false` otherwise.
    async fn remove_role(&mut self, shop: ShopId, name: &RoleName, version: i64) -> Result<bool>;
}
