//! Shops and their hosts.

use async_trait::async_trait;
use store::{
    Result,
    shops::{HostKind, ReadShops, ShopHostRow, ShopRow, WriteShops},
};
use terms::ShopId;

use super::each;
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const SHOPS: &str = "shops";
const HOSTS: &str = "shop_hosts";

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, handle, name, content_version, created_at FROM shops ",
            $rest
        )
    };
}

fn shop(row: &Row) -> Result<ShopRow> {
    let mut fields = row.fields(SHOPS);
    Ok(ShopRow {
        id: fields.parsed()?,
        handle: fields.string()?,
        name: fields.string()?,
        content_version: fields.integer()?,
        created_at: fields.time()?,
    })
}

fn host(row: &Row) -> Result<ShopHostRow> {
    let mut fields = row.fields(HOSTS);
    Ok(ShopHostRow {
        shop: fields.parsed()?,
        kind: fields.named(HostKind::from_stored)?,
        value: fields.string()?,
    })
}

#[async_trait]
impl ReadShops for Unit {
    async fn shop(&mut self, id: ShopId) -> Result<Option<ShopRow>> {
        let row = self
            .one(SHOPS, select!("WHERE id = $1"), binds![id])
            .await?;
        row.as_ref().map(shop).transpose()
    }

    async fn shop_by_handle(&mut self, handle: &str) -> Result<Option<ShopRow>> {
        let row = self
            .one(SHOPS, select!("WHERE handle = $1"), binds![handle])
            .await?;
        row.as_ref().map(shop).transpose()
    }

    async fn shops(&mut self) -> Result<Vec<ShopRow>> {
        let rows = self.all(SHOPS, select!(""), binds![]).await?;
        let mut shops = each(&rows, shop)?;
        // Sorted here: the order of text in a database depends on its locale.
        shops.sort_by(|one, other| one.handle.cmp(&other.handle));
        Ok(shops)
    }

    async fn shop_hosts(&mut self, shop: ShopId) -> Result<Vec<ShopHostRow>> {
        let text = "SELECT shop, kind, value FROM shop_hosts WHERE shop = $1";
        let rows = self.all(HOSTS, text, binds![shop]).await?;
        let mut hosts = each(&rows, host)?;
        hosts.sort_by(|one, other| (one.kind, &one.value).cmp(&(other.kind, &other.value)));
        Ok(hosts)
    }
}

#[async_trait]
impl WriteShops for Unit {
    async fn insert_shop(&mut self, row: &ShopRow) -> Result<()> {
        self.insert(
            SHOPS,
            "INSERT INTO shops (id, handle, name, content_version, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            binds![
                row.id,
                row.handle.as_str(),
                row.name.as_str(),
                row.content_version,
                row.created_at,
            ],
        )
        .await
    }

    async fn rename_shop(&mut self, shop: ShopId, name: &str) -> Result<()> {
        self.update(
            SHOPS,
            "UPDATE shops SET name = $2 WHERE id = $1",
            binds![shop, name],
        )
        .await
    }

    async fn replace_shop_hosts(&mut self, shop: ShopId, rows: &[ShopHostRow]) -> Result<()> {
        self.change(
            HOSTS,
            "DELETE FROM shop_hosts WHERE shop = $1",
            binds![shop],
        )
        .await?;
        for row in rows {
            self.insert(
                HOSTS,
                "INSERT INTO shop_hosts (shop, kind, value) VALUES ($1, $2, $3) \
                 ON CONFLICT DO NOTHING",
                binds![shop, row.kind.as_str(), row.value.as_str()],
            )
            .await?;
        }
        Ok(())
    }
}
