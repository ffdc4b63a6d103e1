//! Shops, and the hosts that may frame their widget or be linked to.

use async_trait::async_trait;
use terms::{ShopId, Timestamp};

use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRow {
    pub id: ShopId,
    /// Short name in addresses: lower-case letters, digits, hyphens. Unique.
    pub handle: String,
    pub name: String,
    /// Grows by one whenever passages change, so that an index in memory knows it is stale.
    pub content_version: i64,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShopHostRow {
    pub shop: ShopId,
    pub kind: HostKind,
    /// For [`HostKind::Frame`] an origin (`https://shop.example`), for [`HostKind::Link`] a host.
    pub value: String,
}

impl ShopHostRow {
    /// The host, with its port where one was written.
    #[must_use]
    pub fn authority(&self) -> &str {
        let written = self.value.as_str();
        match (self.kind, written.split_once("://")) {
            (HostKind::Frame, Some((_, authority))) => authority,
            _ => written,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HostKind {
    /// An origin whose pages may embed the widget.
    Frame,
    /// A host that replies may link to.
    Link,
}

impl HostKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Link => "link",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::Frame, Self::Link]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

#[async_trait]
pub trait ReadShops: Send {
    async fn shop(&mut self, shop: ShopId) -> Result<Option<ShopRow>>;
    async fn shop_by_handle(&mut self, handle: &str) -> Result<Option<ShopRow>>;
    /// All shops, by handle.
    async fn shops(&mut self) -> Result<Vec<ShopRow>>;
    /// The shop's hosts, by kind and value.
    async fn shop_hosts(&mut self, shop: ShopId) -> Result<Vec<ShopHostRow>>;
}

#[async_trait]
pub trait WriteShops: ReadShops {
    async fn insert_shop(&mut self, row: &ShopRow) -> Result<()>;
    /// Gives the shop another name.
    async fn rename_shop(&mut self, shop: ShopId, name: &str) -> Result<()>;
    /// Replaces all hosts of the shop.
    async fn replace_shop_hosts(&mut self, shop: ShopId, rows: &[ShopHostRow]) -> Result<()>;
}
