//! The catalogue for a conversation: what is looked for in words and round prices, and what was
//! found in few facts.

use store::Snapshot;
use terms::{Currency, ShopId};

use crate::{
    document::{Options, Product, Variant},
    port::{Described, Search, ShopError},
    tools::{Commerce, Result},
};

/// Products of one answer.
const MOST: usize = 6;
const LONGEST_QUERY: usize = 300;

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoodsWanted {
    pub words: String,
    /// In whole major units, as people say prices.
    pub at_least: Option<i64>,
    pub at_most: Option<i64>,
    pub in_stock: bool,
}

/// A product in few facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundGoods {
    pub id: String,
    pub title: String,
    pub category: Option<String>,
    pub currency: Currency,
    /// The lowest price of its variants, in minor units.
    pub price: i64,
    /// Whether another variant costs more.
    pub from: bool,
    /// What its variants differ in.
    pub options: Vec<String>,
    pub kinds: Vec<Kind>,
    /// Whether any variant can be had now.
    pub in_stock: bool,
    /// Whether it fits every word that was looked for.
    pub whole: bool,
}

/// A variant in few facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub id: String,
    pub options: Options,
    /// Minor units.
    pub price: i64,
    pub in_stock: bool,
}

/// Variants of one product that are told.
const MOST_KINDS: usize = 60;
/// What fits less than this, in thousandths of the best, only has a word of it somewhere.
const FITS: u32 = 500;

impl Commerce {
    /// Looks the catalogue up, best first. Nothing of anybody is read, nothing written.
    pub async fn goods(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        wanted: &GoodsWanted,
    ) -> Result<Vec<FoundGoods>> {
        let Some(currency) = self.currency(read, shop).await? else {
            return Ok(Vec::new());
        };
        let minor = |major: i64| major.saturating_mul(10_i64.saturating_pow(currency.exponent()));
        let search = Search {
            query: wanted.words.chars().take(LONGEST_QUERY).collect(),
            min_price: wanted.at_least.map(minor),
            max_price: wanted.at_most.map(minor),
            in_stock: wanted.in_stock.then_some(true),
            limit: MOST,
            ..Search::default()
        };
        let mut found = self.shop.search(read, shop, &search).await?;
        if found.iter().any(|found| found.whole) {
            found.retain(|found| found.whole && found.likeness >= FITS);
        }
        let found = found.into_iter();
        let found = found.filter_map(|found| of(found.product, currency, found.whole));
        Ok(found.collect())
    }

    /// One product by the shop's own id.
    pub async fn good(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        id: &str,
    ) -> Result<Option<FoundGoods>> {
        let Some(currency) = self.currency(read, shop).await? else {
            return Ok(None);
        };
        let product = self.shop.product(read, shop, id).await?;
        Ok(product.and_then(|product| of(product, currency, true)))
    }

    /// The version of the catalogue: as long as it is the same, so are its texts.
    pub async fn catalogue_version(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<i64> {
        let terms = read.shop_terms(shop).await.map_err(ShopError::from)?;
        Ok(terms.map_or(0, |terms| terms.catalogue))
    }

    /// What the catalogue says of its goods.
    pub async fn descriptions(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<Described>> {
        Ok(self.shop.descriptions(read, shop).await?)
    }

    /// What kinds of goods the shop has.
    pub async fn categories(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<String>> {
        if self.currency(read, shop).await?.is_none() {
            return Ok(Vec::new());
        }
        Ok(self.shop.categories(read, shop).await?)
    }

    /// `None` for a shop that answers questions and sells nothing here.
    pub async fn currency(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Option<Currency>> {
        match self.shop.terms(read, shop).await {
            Ok(terms) => Ok(Some(terms.currency)),
            Err(ShopError::NoTerms) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// `None` for a product that comes in nothing.
fn of(product: Product, currency: Currency, whole: bool) -> Option<FoundGoods> {
    let prices = || product.variants.iter().map(|variant| variant.price);
    let price = prices().min()?;
    Some(FoundGoods {
        price,
        from: prices().any(|other| other != price),
        whole,
        in_stock: product.variants.iter().any(Variant::in_stock),
        currency,
        kinds: product
            .variants
            .into_iter()
            .take(MOST_KINDS)
            .map(|variant| Kind {
                in_stock: variant.in_stock(),
                id: variant.id,
                options: variant.options,
                price: variant.price,
            })
            .collect(),
        options: product.options,
        id: product.id,
        title: product.title,
        category: product.category,
    })
}
