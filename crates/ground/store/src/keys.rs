//! The key table: wrapped shop keys and wrapped data keys. Nothing here opens anything without the
//! root key and the epoch key, which are outside the database.

use async_trait::async_trait;
use terms::{
    ConversationId, DataKeyId, RetentionClass, SessionId, ShopId, ShopperId, StaffId, Timestamp,
};
use uuid::Uuid;

use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopKeyRow {
    pub shop: ShopId,
    /// The shop key, wrapped under the root key.
    pub wrapped: Vec<u8>,
    pub created_at: Timestamp,
}

/// Whose data a data key seals. Destroying all of an owner's keys forgets the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    Shopper(ShopperId),
    /// A guest's conversation, until the guest becomes a known shopper.
    Conversation(ConversationId),
    /// A shopper's session: codes and mails on their way.
    Session(SessionId),
    Staff(StaffId),
}

impl Owner {
    /// The stable name of the kind used in storage.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Shopper(_) => "shopper",
            Self::Conversation(_) => "conversation",
            Self::Session(_) => "session",
            Self::Staff(_) => "staff",
        }
    }

    #[must_use]
    pub const fn uuid(&self) -> &Uuid {
        match self {
            Self::Shopper(id) => id.as_uuid(),
            Self::Conversation(id) => id.as_uuid(),
            Self::Session(id) => id.as_uuid(),
            Self::Staff(id) => id.as_uuid(),
        }
    }

    #[must_use]
    pub fn from_stored(kind: &str, id: Uuid) -> Option<Self> {
        Some(match kind {
            "shopper" => Self::Shopper(ShopperId::from_uuid(id)),
            "conversation" => Self::Conversation(ConversationId::from_uuid(id)),
            "session" => Self::Session(SessionId::from_uuid(id)),
            "staff" => Self::Staff(StaffId::from_uuid(id)),
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKeyRow {
    pub shop: ShopId,
    pub id: DataKeyId,
    pub owner: Owner,
    pub class: RetentionClass,
    /// The one key of this owner and class that seals; the others only open.
    pub current: bool,
    /// Number of the epoch key it is wrapped under.
    pub epoch: i64,
    pub wrapped: Vec<u8>,
    pub created_at: Timestamp,
}

#[async_trait]
pub trait ReadKeys: Send {
    async fn shop_key(&mut self, shop: ShopId) -> Result<Option<ShopKeyRow>>;
    async fn data_key(&mut self, shop: ShopId, id: DataKeyId) -> Result<Option<DataKeyRow>>;
    /// The key that seals for this owner and class.
    async fn current_data_key(
        &mut self,
        shop: ShopId,
        owner: Owner,
        class: RetentionClass,
    ) -> Result<Option<DataKeyRow>>;
    /// All keys of the owner, oldest first.
    async fn data_keys_of(&mut self, shop: ShopId, owner: Owner) -> Result<Vec<DataKeyRow>>;
    /// Keys still wrapped under an epoch before `epoch`, at most `limit`, by id.
    async fn data_keys_before_epoch(
        &mut self,
        shop: ShopId,
        epoch: i64,
        limit: u32,
    ) -> Result<Vec<DataKeyRow>>;
    /// How many data keys each epoch wraps, over the shop, oldest epoch first.
    async fn data_keys_by_epoch(&mut self, shop: ShopId) -> Result<Vec<(i64, i64)>>;
}

#[async_trait]
pub trait WriteKeys: ReadKeys {
    async fn insert_shop_key(&mut self, row: &ShopKeyRow) -> Result<()>;
    /// Inserts a key unless the owner and class have a current one by now; `false` then.
    async fn insert_data_key(&mut self, row: &DataKeyRow) -> Result<bool>;
    /// Replaces owner, epoch, `current` and the wrapped bytes of a key whose wrapped bytes still are
    /// `was`; `false` when they are not, because it was wrapped anew or deleted since it was read.
    /// INVARIANT: of two that read the same key, one is told `false`: an adoption is never undone
    /// by a rotation that did not see it.
    async fn rewrap_data_key(&mut self, row: &DataKeyRow, was: &[u8]) -> Result<bool>;
    /// Deletes one key that is not the current one of its owner; `false` when there is none.
    async fn delete_data_key(&mut self, shop: ShopId, id: DataKeyId) -> Result<bool>;
    /// Deletes the owner's keys of these classes; returns how many.
    async fn delete_data_keys(
        &mut self,
        shop: ShopId,
        owner: Owner,
        classes: &[RetentionClass],
    ) -> Result<u64>;
}
