//! Pictures of goods.

use async_trait::async_trait;
use store::{
    Result,
    pictures::{PictureCounts, PictureRow, ProductPictureRow, ReadPictures, WritePictures},
};
use terms::{Picture, PictureName, ShopId, Timestamp};

use super::{
    catalogue::{AT_ONCE, one_of_them, shop_and},
    each,
};
use crate::{
    unit::Unit,
    value::{Row, binds},
};

const PICTURES: &str = "pictures";
const PRODUCTS: &str = "product_pictures";

macro_rules! select_products {
    ($rest:expr) => {
        concat!(
            "SELECT shop, product, source, card, detail, refused, tried_at FROM product_pictures \
             WHERE shop = $1 AND ",
            $rest
        )
    };
}

pub(super) const OF_PRODUCTS: &str = select_products!(concat!("product ", one_of_them!()));

fn picture(row: &Row) -> Result<PictureRow> {
    let mut fields = row.fields(PICTURES);
    Ok(PictureRow {
        shop: fields.parsed()?,
        name: fields.parsed()?,
        image: fields.bytes()?,
        used_at: fields.time()?,
    })
}

fn product(row: &Row) -> Result<ProductPictureRow> {
    let mut fields = row.fields(PRODUCTS);
    Ok(ProductPictureRow {
        shop: fields.parsed()?,
        product: fields.string()?,
        source: fields.string()?,
        picture: match (fields.optional_parsed()?, fields.optional_parsed()?) {
            (Some(card), Some(detail)) => Some(Picture { card, detail }),
            (None, None) => None,
            _ => return Err(fields.corrupt("one size of a picture is missing")),
        },
        refused: fields.optional_text()?.map(str::to_owned),
        tried_at: fields.time()?,
    })
}

#[async_trait]
impl ReadPictures for Unit {
    async fn picture(&mut self, shop: ShopId, name: PictureName) -> Result<Option<PictureRow>> {
        let text = "SELECT shop, name, image, used_at FROM pictures WHERE shop = $1 AND name = $2";
        let name = name.to_string();
        let row = self
            .one(PICTURES, text, binds![shop, name.as_str()])
            .await?;
        row.as_ref().map(picture).transpose()
    }

    async fn product_pictures(
        &mut self,
        shop: ShopId,
        products: &[&str],
    ) -> Result<Vec<ProductPictureRow>> {
        let mut found = Vec::new();
        for products in products.chunks(AT_ONCE) {
            let binds = shop_and(shop, products);
            found.extend(each(
                &self.all(PRODUCTS, OF_PRODUCTS, binds).await?,
                product,
            )?);
        }
        Ok(found)
    }

    async fn refused_pictures(
        &mut self,
        shop: ShopId,
        limit: u32,
    ) -> Result<Vec<ProductPictureRow>> {
        let text = select_products!("refused IS NOT NULL ORDER BY product LIMIT $2");
        let rows = self.all(PRODUCTS, text, binds![shop, limit]).await?;
        each(&rows, product)
    }

    async fn picture_counts(&mut self, shop: ShopId) -> Result<PictureCounts> {
        let text = "SELECT CAST(count(card) AS BIGINT), CAST(count(refused) AS BIGINT) \
                    FROM product_pictures WHERE shop = $1";
        let Some(row) = self.one(PRODUCTS, text, binds![shop]).await? else {
            return Ok(PictureCounts::default());
        };
        let mut fields = row.fields(PRODUCTS);
        Ok(PictureCounts {
            shown: fields.integer()?,
            refused: fields.integer()?,
        })
    }
}

#[async_trait]
impl WritePictures for Unit {
    async fn write_picture(&mut self, row: &PictureRow) -> Result<()> {
        let text = "INSERT INTO pictures (shop, name, image, used_at) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (shop, name) DO UPDATE SET used_at = excluded.used_at";
        let (name, image) = (row.name.to_string(), row.image.as_slice());
        let binds = binds![row.shop, name.as_str(), image, row.used_at];
        self.insert(PICTURES, text, binds).await
    }

    async fn write_product_picture(&mut self, row: &ProductPictureRow) -> Result<()> {
        let text = "INSERT INTO product_pictures \
                    (shop, product, source, card, detail, refused, tried_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop, product) DO UPDATE SET \
                    source = excluded.source, card = excluded.card, detail = excluded.detail, \
                    refused = excluded.refused, tried_at = excluded.tried_at";
        let named = |of: fn(&Picture) -> PictureName| {
            let name = row.picture.as_ref().map(of);
            name.map(|name| name.to_string())
        };
        let (card, detail) = (named(|one| one.card), named(|one| one.detail));
        let binds = binds![
            row.shop,
            row.product.as_str(),
            row.source.as_str(),
            card.as_deref(),
            detail.as_deref(),
            row.refused.as_deref(),
            row.tried_at
        ];
        self.insert(PRODUCTS, text, binds).await
    }

    async fn tidy_pictures(
        &mut self,
        shop: ShopId,
        now: Timestamp,
        before: Timestamp,
    ) -> Result<()> {
        let mark = "UPDATE pictures SET used_at = $2 WHERE shop = $1 AND name IN \
                    (SELECT card FROM product_pictures WHERE shop = $1 AND card IS NOT NULL \
                     UNION SELECT detail FROM product_pictures WHERE shop = $1 AND detail IS NOT NULL)";
        self.change(PICTURES, mark, binds![shop, now]).await?;
        // A clock that was set back must not remove what is shown: both conditions stand.
        let remove = "DELETE FROM pictures WHERE shop = $1 AND used_at < $2 AND NOT EXISTS \
                      (SELECT 1 FROM product_pictures WHERE product_pictures.shop = pictures.shop \
                       AND (card = name OR detail = name))";
        self.change(PICTURES, remove, binds![shop, before]).await?;
        Ok(())
    }
}
