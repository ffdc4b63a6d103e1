//! Mails on their way: sealed until delivered, gone soon after.

use async_trait::async_trait;
use terms::{MailId, Sealed, ShopId, Timestamp};

use crate::{
    Result,
    places::{MailMessage, MailRecipient},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    pub shop: ShopId,
    pub id: MailId,
    pub recipient: Sealed<MailRecipient>,
    pub message: Sealed<MailMessage>,
    pub created_at: Timestamp,
    /// When the row is deleted, delivered or not.
    pub expires_at: Timestamp,
}

#[async_trait]
pub trait ReadMails: Send {
    /// The newest mails of the shop, at most `limit`.
    async fn mails(&mut self, shop: ShopId, limit: u32) -> Result<Vec<MailRow>>;
}

#[async_trait]
pub trait WriteMails: ReadMails {
    async fn insert_mail(&mut self, row: &MailRow) -> Result<()>;
    /// Deletes mails that expired before `before`; returns how many.
    async fn sweep_mails(&mut self, before: Timestamp) -> Result<u64>;
}
