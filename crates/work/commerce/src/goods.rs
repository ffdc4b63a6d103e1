//! The catalogue for a conversation: what is looked for in words and round prices, and what was
//! found in few facts.

use store::Snapshot;
use terms::{Currency, ShopId};

use crate::{
    document::{Product, Variant},
    port::{Search, ShopError},
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
    pub variants: u32,
    /// Whether any variant can be had now.
    pub in_stock: bool,
}

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
        let found = self.shop.search(read, shop, &search).await?;
        let found = found
            .into_iter()
            .filter_map(|product| of(product, currency));
        Ok(found.collect())
    }
}

impl Commerce {
    /// `None` for a shop that answers questions and sells nothing here.
    pub(crate) async fn currency(
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
fn of(product: Product, currency: Currency) -> Option<FoundGoods> {
    let prices = || product.variants.iter().map(|variant| variant.price);
    let price = prices().min()?;
    Some(FoundGoods {
        price,
        from: prices().any(|other| other != price),
        variants: u32::try_from(product.variants.len()).unwrap_or(u32::MAX),
        in_stock: product.variants.iter().any(Variant::in_stock),
        currency,
        id: product.id,
        title: product.title,
        category: product.category,
    })
}
