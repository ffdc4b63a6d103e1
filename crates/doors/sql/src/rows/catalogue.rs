//! What a shop publishes.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    catalogue::{
        EntryKind, ProductRow, ReadCatalogue, ShopEntryRow, ShopTermsRow, VariantRow,
        WriteCatalogue,
    },
};
use terms::ShopId;

use super::each;
use crate::{
    engine::{Sql, locking},
    unit::Unit,
    value::{Bind, Row, binds},
};

const TERMS: &str = "shop_terms";
const ENTRIES: &str = "shop_entries";
const PRODUCTS: &str = "products";
const VARIANTS: &str = "variants";

macro_rules! select_entries {
    ($rest:literal) => {
        concat!(
            "SELECT shop, kind, id, position, body FROM shop_entries WHERE shop = $1 AND kind = $2 ",
            $rest
        )
    };
}

/// As many ids as one statement takes: a text of fixed length serves both engines.
pub(super) const AT_ONCE: usize = 32;
macro_rules! one_of_them {
    () => {
        "IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
         $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)"
    };
}
pub(super) use one_of_them;

/// The shop and these ids, with NULL, which equals nothing, in the places that are left.
pub(super) fn shop_and(shop: ShopId, ids: &[&str]) -> Vec<Bind> {
    let given = ids.iter().map(|id| Bind::from(*id));
    let none = core::iter::repeat_with(|| Bind::Text(None));
    let ids = given.chain(none).take(AT_ONCE);
    core::iter::once(Bind::from(shop)).chain(ids).collect()
}

macro_rules! select_products {
    ($rest:expr) => {
        concat!(
            "SELECT shop, id, position, body FROM products WHERE shop = $1 AND ",
            $rest
        )
    };
}

macro_rules! select_variants {
    ($rest:expr) => {
        concat!(
            "SELECT shop, id, product, position, price, available, stock, body FROM variants \
             WHERE shop = $1 AND ",
            $rest
        )
    };
}

pub(super) const ENTRIES_OF_KIND: &str = select_entries!("ORDER BY position, id");
pub(super) const PRODUCTS_AFTER: &str =
    select_products!("(position, id) > ($2, $3) ORDER BY position, id LIMIT $4");
pub(super) const VARIANTS_OF: &str = select_variants!("product = $2 ORDER BY position, id");
// The limit tells PostgreSQL that few products are meant; the `CROSS JOIN` tells SQLite to begin
// with them.
pub(super) const VARIANTS_AFTER: &str = "SELECT v.shop, v.id, v.product, v.position, v.price, \
     v.available, v.stock, v.body FROM (SELECT id FROM products \
     WHERE shop = $1 AND (position, id) > ($2, $3) ORDER BY position, id LIMIT $4) p \
     CROSS JOIN variants v WHERE v.shop = $1 AND v.product = p.id ORDER BY v.position, v.id";
pub(super) const PRODUCTS_BY_IDS: &str = select_products!(concat!("id ", one_of_them!()));
pub(super) const VARIANTS_BY_PRODUCTS: &str = select_variants!(concat!(
    "product ",
    one_of_them!(),
    " ORDER BY product, position, id"
));
const LOCK_VARIANT: Sql = locking!(select_variants!("id = $2"));

fn shop_terms(row: &Row) -> Result<ShopTermsRow> {
    let mut fields = row.fields(TERMS);
    Ok(ShopTermsRow {
        shop: fields.parsed()?,
        body: fields.string()?,
        catalogue: fields.integer()?,
    })
}

fn entry(row: &Row) -> Result<ShopEntryRow> {
    let mut fields = row.fields(ENTRIES);
    Ok(ShopEntryRow {
        shop: fields.parsed()?,
        kind: fields.named(EntryKind::from_stored)?,
        id: fields.string()?,
        position: fields.integer()?,
        body: fields.string()?,
    })
}

fn product(row: &Row) -> Result<ProductRow> {
    let mut fields = row.fields(PRODUCTS);
    Ok(ProductRow {
        shop: fields.parsed()?,
        id: fields.string()?,
        position: fields.integer()?,
        body: fields.string()?,
    })
}

fn variant(row: &Row) -> Result<VariantRow> {
    let mut fields = row.fields(VARIANTS);
    Ok(VariantRow {
        shop: fields.parsed()?,
        id: fields.string()?,
        product: fields.string()?,
        position: fields.integer()?,
        price: fields.integer()?,
        available: fields.boolean()?,
        stock: fields.optional_integer()?,
        body: fields.string()?,
    })
}

#[async_trait]
impl ReadCatalogue for Unit {
    async fn shop_terms(&mut self, shop: ShopId) -> Result<Option<ShopTermsRow>> {
        let text = "SELECT shop, body, catalogue FROM shop_terms WHERE shop = $1";
        let row = self.one(TERMS, text, binds![shop]).await?;
        row.as_ref().map(shop_terms).transpose()
    }

    async fn shop_entries(&mut self, shop: ShopId, kind: EntryKind) -> Result<Vec<ShopEntryRow>> {
        let binds = binds![shop, kind.as_str()];
        let rows = self.all(ENTRIES, ENTRIES_OF_KIND, binds).await?;
        each(&rows, entry)
    }

    async fn shop_entry(
        &mut self,
        shop: ShopId,
        kind: EntryKind,
        id: &str,
    ) -> Result<Option<ShopEntryRow>> {
        let text = select_entries!("AND id = $3");
        let row = self
            .one(ENTRIES, text, binds![shop, kind.as_str(), id])
            .await?;
        row.as_ref().map(entry).transpose()
    }

    async fn product(&mut self, shop: ShopId, id: &str) -> Result<Option<ProductRow>> {
        let row = self
            .one(PRODUCTS, select_products!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(product).transpose()
    }

    async fn products_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<ProductRow>> {
        let (position, id) = after.unwrap_or((i64::MIN, ""));
        let binds = binds![shop, position, id, limit];
        let rows = self.all(PRODUCTS, PRODUCTS_AFTER, binds).await?;
        each(&rows, product)
    }

    async fn variants_of(&mut self, shop: ShopId, product: &str) -> Result<Vec<VariantRow>> {
        let rows = self
            .all(VARIANTS, VARIANTS_OF, binds![shop, product])
            .await?;
        each(&rows, variant)
    }

    async fn variants_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<VariantRow>> {
        let (position, id) = after.unwrap_or((i64::MIN, ""));
        let binds = binds![shop, position, id, limit];
        let rows = self.all(VARIANTS, VARIANTS_AFTER, binds).await?;
        each(&rows, variant)
    }

    async fn products_by_ids(&mut self, shop: ShopId, ids: &[&str]) -> Result<Vec<ProductRow>> {
        let mut products = Vec::new();
        for ids in ids.chunks(AT_ONCE) {
            let rows = self
                .all(PRODUCTS, PRODUCTS_BY_IDS, shop_and(shop, ids))
                .await?;
            products.extend(each(&rows, product)?);
        }
        Ok(products)
    }

    async fn variants_by_products(
        &mut self,
        shop: ShopId,
        products: &[&str],
    ) -> Result<Vec<VariantRow>> {
        let mut variants = Vec::new();
        for products in products.chunks(AT_ONCE) {
            let rows = self
                .all(VARIANTS, VARIANTS_BY_PRODUCTS, shop_and(shop, products))
                .await?;
            variants.extend(each(&rows, variant)?);
        }
        Ok(variants)
    }

    async fn variant(&mut self, shop: ShopId, id: &str) -> Result<Option<VariantRow>> {
        let row = self
            .one(VARIANTS, select_variants!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(variant).transpose()
    }

    async fn product_count(&mut self, shop: ShopId) -> Result<i64> {
        let text = "SELECT CAST(count(*) AS BIGINT) FROM products WHERE shop = $1";
        let row = self.one(PRODUCTS, text, binds![shop]).await?;
        row.map_or(Ok(0), |row| row.fields(PRODUCTS).integer())
    }
}

#[async_trait]
impl WriteCatalogue for Unit {
    async fn put_shop_terms(&mut self, shop: ShopId, body: &str) -> Result<()> {
        let text = "INSERT INTO shop_terms (shop, body, catalogue) VALUES ($1, $2, 1) \
                    ON CONFLICT (shop) DO UPDATE \
                    SET body = excluded.body, catalogue = shop_terms.catalogue + 1";
        self.change(TERMS, text, binds![shop, body]).await?;
        Ok(())
    }

    async fn insert_shop_entry(&mut self, row: &ShopEntryRow) -> Result<()> {
        self.insert(
            ENTRIES,
            "INSERT INTO shop_entries (shop, kind, id, position, body) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.kind.as_str(),
                row.id.as_str(),
                row.position,
                row.body.as_str(),
            ],
        )
        .await
    }

    async fn insert_product(&mut self, row: &ProductRow) -> Result<()> {
        self.insert(
            PRODUCTS,
            "INSERT INTO products (shop, id, position, body) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            binds![row.shop, row.id.as_str(), row.position, row.body.as_str()],
        )
        .await
    }

    async fn insert_variant(&mut self, row: &VariantRow) -> Result<()> {
        self.insert(
            VARIANTS,
            "INSERT INTO variants (shop, id, product, position, price, available, stock, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id.as_str(),
                row.product.as_str(),
                row.position,
                row.price,
                row.available,
                row.stock,
                row.body.as_str(),
            ],
        )
        .await
    }

    async fn lock_variant(&mut self, shop: ShopId, id: &str) -> Result<Option<VariantRow>> {
        let row = self.one(VARIANTS, LOCK_VARIANT, binds![shop, id]).await?;
        row.as_ref().map(variant).transpose()
    }

    async fn change_stock(&mut self, shop: ShopId, id: &str, delta: i64) -> Result<bool> {
        // Written so that no sum overflows: PostgreSQL refuses one that does, SQLite makes a float
        // of it.
        let text = "UPDATE variants SET stock = stock + $3 WHERE shop = $1 AND id = $2 \
                    AND (stock IS NULL OR $3 BETWEEN -stock AND 9223372036854775807 - stock)";
        if self.change(VARIANTS, text, binds![shop, id, delta]).await? == 1 {
            return Ok(true);
        }
        match self.variant(shop, id).await? {
            Some(_) => Ok(false),
            None => Err(StoreError::Missing { table: VARIANTS }),
        }
    }
}
