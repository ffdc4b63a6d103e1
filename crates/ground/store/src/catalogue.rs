//! What a shop publishes: its terms, products and variants, and its entries (discounts, promotions,
//! delivery options, policies, questions). All of it is the shop's own text; nothing is personal.

use async_trait::async_trait;
use terms::ShopId;

use crate::Result;

/// The terms a shop sells under, as JSON that `commerce` reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopTermsRow {
    pub shop: ShopId,
    pub body: String,
    /// Grows whenever products or variants are added or edited (not with their stock).
    pub catalogue: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopEntryRow {
    pub shop: ShopId,
    pub kind: EntryKind,
    /// The shop's own id; unique within its kind.
    pub id: String,
    pub position: i64,
    /// JSON that `commerce` reads.
    pub body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    Discount,
    Promotion,
    Shipping,
    Policy,
    Faq,
}

impl EntryKind {
    pub const ALL: [Self; 5] = [
        Self::Discount,
        Self::Promotion,
        Self::Shipping,
        Self::Policy,
        Self::Faq,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discount => "discount",
            Self::Promotion => "promotion",
            Self::Shipping => "shipping",
            Self::Policy => "policy",
            Self::Faq => "faq",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    pub shop: ShopId,
    /// The shop's own id.
    pub id: String,
    pub position: i64,
    /// JSON that `commerce` reads: title, description, category, options.
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantRow {
    pub shop: ShopId,
    /// The shop's own id; unique over all products.
    pub id: String,
    pub product: String,
    pub position: i64,
    /// Minor units.
    pub price: i64,
    pub available: bool,
    /// Pieces in stock; `None` is as many as are asked for.
    pub stock: Option<i64>,
    /// JSON that `commerce` reads: sku, title, options.
    pub body: String,
}

#[async_trait]
pub trait ReadCatalogue: Send {
    async fn shop_terms(&mut self, shop: ShopId) -> Result<Option<ShopTermsRow>>;
    /// All entries of a kind, by position and id.
    async fn shop_entries(&mut self, shop: ShopId, kind: EntryKind) -> Result<Vec<ShopEntryRow>>;
    async fn shop_entry(
        &mut self,
        shop: ShopId,
        kind: EntryKind,
        id: &str,
    ) -> Result<Option<ShopEntryRow>>;
    async fn product(&mut self, shop: ShopId, id: &str) -> Result<Option<ProductRow>>;
    /// Products after a position and id, in that order, at most `limit`.
    async fn products_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<ProductRow>>;
    /// The variants of a product, by position and id.
    async fn variants_of(&mut self, shop: ShopId, product: &str) -> Result<Vec<VariantRow>>;
    /// The variants of the products that `products_after` answers to the same arguments, by position
    /// and id: a page of products with their variants takes two statements.
    async fn variants_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<VariantRow>>;
    /// The products with these ids, in an order of the database's own; what is not there is left out.
    async fn products_by_ids(&mut self, shop: ShopId, ids: &[&str]) -> Result<Vec<ProductRow>>;
    /// The variants of these products; those of one product by position and id.
    async fn variants_by_products(
        &mut self,
        shop: ShopId,
        products: &[&str],
    ) -> Result<Vec<VariantRow>>;
    async fn variant(&mut self, shop: ShopId, id: &str) -> Result<Option<VariantRow>>;
    /// How many products there are.
    async fn product_count(&mut self, shop: ShopId) -> Result<i64>;
}

#[async_trait]
pub trait WriteCatalogue: ReadCatalogue {
    /// Sets the terms and raises the catalogue's version.
    async fn put_shop_terms(&mut self, shop: ShopId, body: &str) -> Result<()>;
    async fn insert_shop_entry(&mut self, row: &ShopEntryRow) -> Result<()>;
    async fn insert_product(&mut self, row: &ProductRow) -> Result<()>;
    async fn insert_variant(&mut self, row: &VariantRow) -> Result<()>;
    /// A variant, locked until the transaction ends. Who locks several does so by id, so that two
    /// transactions never wait for each other.
    async fn lock_variant(&mut self, shop: ShopId, id: &str) -> Result<Option<VariantRow>>;
    /// Changes the stock by `delta` (which may be negative); `false` when less than nothing would be
    /// left. A variant whose stock is not counted keeps it so.
    async fn change_stock(&mut self, shop: ShopId, id: &str, delta: i64) -> Result<bool>;
}
