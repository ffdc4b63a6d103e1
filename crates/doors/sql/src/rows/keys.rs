//! The key table.

use async_trait::async_trait;
use store::{
    Result,
    keys::{DataKeyRow, Owner, ReadKeys, ShopKeyRow, WriteKeys},
};
use terms::{DataKeyId, RetentionClass, ShopId};

use super::each;
use crate::{
    unit::Unit,
    value::{Bind, Row, binds},
};

const SHOP_KEYS: &str = "shop_keys";
const KEYS: &str = "data_keys";

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, owner_kind, owner, class, current, epoch, wrapped, created_at \
             FROM data_keys WHERE shop = $1 AND ",
            $rest
        )
    };
}

fn shop_key(row: &Row) -> Result<ShopKeyRow> {
    let mut fields = row.fields(SHOP_KEYS);
    Ok(ShopKeyRow {
        shop: fields.parsed()?,
        wrapped: fields.bytes()?,
        created_at: fields.time()?,
    })
}

fn data_key(row: &Row) -> Result<DataKeyRow> {
    let mut fields = row.fields(KEYS);
    let (shop, id) = (fields.parsed()?, fields.parsed()?);
    let kind = fields.text()?;
    let owner = Owner::from_stored(kind, fields.parsed()?)
        .ok_or_else(|| fields.corrupt(format!("`{kind}` is not a kind of owner")))?;
    Ok(DataKeyRow {
        shop,
        id,
        owner,
        class: fields.named(RetentionClass::from_stored)?,
        current: fields.boolean()?,
        epoch: fields.integer()?,
        wrapped: fields.bytes()?,
        created_at: fields.time()?,
    })
}

fn epoch_count(row: &Row) -> Result<(i64, i64)> {
    let mut fields = row.fields(KEYS);
    Ok((fields.integer()?, fields.integer()?))
}

fn owner_binds(shop: ShopId, owner: Owner) -> Vec<Bind> {
    binds![shop, owner.kind(), *owner.uuid()]
}

#[async_trait]
impl ReadKeys for Unit {
    async fn shop_key(&mut self, shop: ShopId) -> Result<Option<ShopKeyRow>> {
        let text = "SELECT shop, wrapped, created_at FROM shop_keys WHERE shop = $1";
        let row = self.one(SHOP_KEYS, text, binds![shop]).await?;
        row.as_ref().map(shop_key).transpose()
    }

    async fn data_key(&mut self, shop: ShopId, id: DataKeyId) -> Result<Option<DataKeyRow>> {
        let row = self.one(KEYS, select!("id = $2"), binds![shop, id]).await?;
        row.as_ref().map(data_key).transpose()
    }

    async fn current_data_key(
        &mut self,
        shop: ShopId,
        owner: Owner,
        class: RetentionClass,
    ) -> Result<Option<DataKeyRow>> {
        let mut binds = owner_binds(shop, owner);
        binds.push(class.as_str().into());
        let text = select!("owner_kind = $2 AND owner = $3 AND class = $4 AND current");
        let row = self.one(KEYS, text, binds).await?;
        row.as_ref().map(data_key).transpose()
    }

    async fn data_keys_of(&mut self, shop: ShopId, owner: Owner) -> Result<Vec<DataKeyRow>> {
        let text = select!("owner_kind = $2 AND owner = $3 ORDER BY created_at, id");
        let rows = self.all(KEYS, text, owner_binds(shop, owner)).await?;
        each(&rows, data_key)
    }

    async fn data_keys_before_epoch(
        &mut self,
        shop: ShopId,
        epoch: i64,
        limit: u32,
    ) -> Result<Vec<DataKeyRow>> {
        let text = select!("epoch < $2 ORDER BY id LIMIT $3");
        let rows = self.all(KEYS, text, binds![shop, epoch, limit]).await?;
        each(&rows, data_key)
    }

    async fn data_keys_by_epoch(&mut self, shop: ShopId) -> Result<Vec<(i64, i64)>> {
        let text =
            "SELECT epoch, count(*) FROM data_keys WHERE shop = $1 GROUP BY epoch ORDER BY epoch";
        let rows = self.all(KEYS, text, binds![shop]).await?;
        each(&rows, epoch_count)
    }
}

#[async_trait]
impl WriteKeys for Unit {
    async fn insert_shop_key(&mut self, row: &ShopKeyRow) -> Result<()> {
        self.insert(
            SHOP_KEYS,
            "INSERT INTO shop_keys (shop, wrapped, created_at) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
            binds![row.shop, row.wrapped.as_slice(), row.created_at],
        )
        .await
    }

    async fn insert_data_key(&mut self, row: &DataKeyRow) -> Result<bool> {
        let rows = self
            .change(
                KEYS,
                "INSERT INTO data_keys \
                 (shop, id, owner_kind, owner, class, current, epoch, wrapped, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                 ON CONFLICT (shop, owner_kind, owner, class) WHERE current DO NOTHING",
                binds![
                    row.shop,
                    row.id,
                    row.owner.kind(),
                    *row.owner.uuid(),
                    row.class.as_str(),
                    row.current,
                    row.epoch,
                    row.wrapped.as_slice(),
                    row.created_at,
                ],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn rewrap_data_key(&mut self, row: &DataKeyRow, was: &[u8]) -> Result<bool> {
        let rows = self
            .change(
                KEYS,
                "UPDATE data_keys \
             SET owner_kind = $3, owner = $4, current = $5, epoch = $6, wrapped = $7 \
             WHERE shop = $1 AND id = $2 AND wrapped = $8",
                binds![
                    row.shop,
                    row.id,
                    row.owner.kind(),
                    *row.owner.uuid(),
                    row.current,
                    row.epoch,
                    row.wrapped.as_slice(),
                    was,
                ],
            )
            .await?;
        Ok(rows == 1)
    }

    async fn delete_data_key(&mut self, shop: ShopId, id: DataKeyId) -> Result<bool> {
        let text = "DELETE FROM data_keys WHERE shop = $1 AND id = $2 AND NOT current";
        Ok(self.change(KEYS, text, binds![shop, id]).await? == 1)
    }

    async fn delete_data_keys(
        &mut self,
        shop: ShopId,
        owner: Owner,
        classes: &[RetentionClass],
    ) -> Result<u64> {
        let mut binds = owner_binds(shop, owner);
        // One parameter for each class there is: NULL where it was not asked for.
        binds.extend(
            RetentionClass::ALL
                .into_iter()
                .map(|class| Bind::from(classes.contains(&class).then_some(class.as_str()))),
        );
        self.change(
            KEYS,
            "DELETE FROM data_keys WHERE shop = $1 AND owner_kind = $2 AND owner = $3 \
             AND class IN ($4, $5, $6, $7)",
            binds,
        )
        .await
    }
}
