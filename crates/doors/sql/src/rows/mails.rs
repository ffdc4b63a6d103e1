//! Mails on their way.

use async_trait::async_trait;
use store::{
    Result,
    mails::{MailRow, ReadMails, WriteMails},
};
use terms::{ShopId, Timestamp};

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const MAILS: &str = "mails";

fn mail(row: &Row) -> Result<MailRow> {
    let mut fields = row.fields(MAILS);
    Ok(MailRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        recipient: fields.sealed()?,
        message: fields.sealed()?,
        created_at: fields.time()?,
        expires_at: fields.time()?,
    })
}

#[async_trait]
impl ReadMails for Unit {
    async fn mails(&mut self, shop: ShopId, limit: u32) -> Result<Vec<MailRow>> {
        let text = "SELECT shop, id, recipient, message, created_at, expires_at FROM mails \
                    WHERE shop = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
        let rows = self.all(MAILS, text, binds![shop, limit]).await?;
        each(&rows, mail)
    }
}

#[async_trait]
impl WriteMails for Unit {
    async fn insert_mail(&mut self, row: &MailRow) -> Result<()> {
        self.insert(
            MAILS,
            "INSERT INTO mails (shop, id, recipient, message, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                &row.recipient,
                &row.message,
                row.created_at,
                row.expires_at,
            ],
        )
        .await
    }

    async fn sweep_mails(&mut self, before: Timestamp) -> Result<u64> {
        self.change(
            MAILS,
            "DELETE FROM mails WHERE expires_at < $1",
            binds![before],
        )
        .await
    }
}
