//! Finding products: an index over a whole catalogue, held in memory.
//!
//! A query is words as people type them: in any case, with or without accents, in the singular or
//! the plural, the last one perhaps unfinished, a long one perhaps misspelled. A word that the
//! catalogue does not have may be said by another that means the same. What comes back is
//! ranked by whole numbers only and may be pulled one by one, so that whoever asks can look at the
//! live stock and go on until there is enough.
//!
//! The room does no I/O, knows no person and keeps no query. Whatever is asked, the work is bounded
//! by the size of the catalogue.

mod build;
mod dictionary;
mod kin;
mod plan;
mod ranking;
mod strings;
#[cfg(any(test, feature = "testing"))]
mod synthetic;
#[cfg(test)]
mod tests;
mod words;

use commerce::document::{Options, Product};

use self::{
    dictionary::{Codes, Dictionary},
    ranking::Sieve,
    strings::{Names, Strings},
};

pub use self::ranking::Ranked;
#[cfg(any(test, feature = "testing"))]
pub use self::synthetic::synthetic;
pub(crate) use self::words::folded;

/// What of a product can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedProduct {
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub category: Option<String>,
    /// Names of the options its variants differ in.
    pub options: Vec<String>,
    pub variants: Vec<IndexedVariant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedVariant {
    pub id: String,
    pub sku: Option<String>,
    pub title: Option<String>,
    pub options: Options,
    pub price: i64,
    pub available: bool,
}

/// What a product must be beside what the words say. Names and values are compared without regard
/// to case, accents and spaces around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    pub category: Option<String>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    /// Names and values that one variant has, all of them, at a price within the bounds.
    pub options: Vec<(String, String)>,
}

/// A product that was found. Scores are only comparable within one search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductHit<'a> {
    pub id: &'a str,
    pub score: i64,
}

impl ProductHit<'_> {
    /// Whether it fits every word, and how well in thousandths of the best.
    pub(crate) fn likeness(&self, best: Option<&ProductHit<'_>>) -> (bool, u32) {
        let (whole, score) = ranking::parts(self.score);
        let best = best.map_or(score, |best| ranking::parts(best.score).1);
        // The best is the first, which need not have the highest score when another fits fewer words.
        let thousandths = score.saturating_mul(1000).checked_div(best);
        let thousandths = thousandths.unwrap_or(1000).clamp(0, 1000);
        (whole, u32::try_from(thousandths).unwrap_or(0))
    }
}

/// All products of a shop, ready to be searched. It is not changed: a changed catalogue is indexed
/// anew.
pub struct ProductIndex {
    ids: Strings,
    entries: Vec<Entry>,
    /// `entries` says where a product's variants begin; they end where the next one's begin.
    variants: Vec<PackedVariant>,
    /// The options of the variants, as numbers of `options`.
    variant_options: Vec<u32>,
    categories: Names,
    /// `name=value`, folded.
    options: Names,
    dictionary: Dictionary,
    codes: Codes,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    category: Option<u32>,
    first_variant: u32,
    available: bool,
}

#[derive(Debug, Clone, Copy)]
struct PackedVariant {
    price: i64,
    first_option: u32,
}

impl ProductIndex {
    /// Indexes the products in the order in which they come, which is also the order among equals.
    #[must_use]
    pub fn build(products: impl IntoIterator<Item = IndexedProduct>) -> Self {
        build::index(products)
    }

    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The products that fit the words and pass the filters, best first. Without a word to look
    /// for it is all products that pass, in their own order.
    #[must_use]
    pub fn search(&self, query: &str, filters: &Filters) -> Ranked<'_> {
        let Some(sieve) = Sieve::new(self, filters) else {
            return Ranked::nothing(self);
        };
        let query = words::query(query);
        if query.is_empty() {
            return Ranked::all(self, sieve);
        }
        let plan = plan::plan(self, &query);
        Ranked::best(self, &sieve, &plan)
    }
}

impl core::fmt::Debug for ProductIndex {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "ProductIndex({} products)", self.len())
    }
}

impl From<&Product> for IndexedProduct {
    fn from(product: &Product) -> Self {
        let variants = product.variants.iter().map(|variant| IndexedVariant {
            id: variant.id.clone(),
            sku: variant.sku.clone(),
            title: variant.title.clone(),
            options: variant.options.clone(),
            price: variant.price,
            available: variant.available,
        });
        Self {
            id: product.id.clone(),
            title: product.title.clone(),
            description: product.description.clone(),
            category: product.category.clone(),
            options: product.options.clone(),
            variants: variants.collect(),
        }
    }
}
