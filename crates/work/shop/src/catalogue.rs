//! Products, offers and entries, and the index they are searched with.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use commerce::{
    document::{Product, Variant},
    model::Offer,
    port::{Described, Found, PictureAt, Search, ShopError},
};
use serde::de::DeserializeOwned;
use store::{
    Snapshot,
    catalogue::{EntryKind, ProductRow, VariantRow},
};
use terms::ShopId;

use crate::{
    Result,
    records::{self, ProductBody, VariantBody},
    search::{Filters, IndexedProduct, IndexedVariant, ProductHit, ProductIndex},
};

const PAGE: u32 = 500;

pub(crate) async fn entries<T: DeserializeOwned>(
    read: &mut dyn Snapshot,
    shop: ShopId,
    kind: EntryKind,
) -> Result<Vec<T>> {
    let rows = read.shop_entries(shop, kind).await?;
    rows.iter()
        .map(|row| records::parse(kind.as_str(), &row.body))
        .collect()
}

/// A product with its variants.
pub(crate) async fn product(read: &mut dyn Snapshot, row: &ProductRow) -> Result<Product> {
    let variants = read.variants_of(row.shop, &row.id).await?;
    whole(row, &variants)
}

/// A page of products after a place, each with its variants, and the place where the next begins;
/// `None` after the last.
pub(crate) async fn page(
    read: &mut dyn Snapshot,
    shop: ShopId,
    after: Option<&(i64, String)>,
) -> Result<Option<(Vec<Product>, (i64, String))>> {
    let after = after.map(|(position, id)| (*position, id.as_str()));
    let rows = read.products_after(shop, after, PAGE).await?;
    let Some(last) = rows.last() else {
        return Ok(None);
    };
    let last = (last.position, last.id.clone());
    let variants = by_product(read.variants_after(shop, after, PAGE).await?);
    let products = rows
        .iter()
        .map(|row| whole(row, variants_of(&variants, row)));
    Ok(Some((products.collect::<Result<_>>()?, last)))
}

/// The products with these ids, in their order, each with its variants: two statements. What is not
/// there any more is left out.
async fn listed(read: &mut dyn Snapshot, shop: ShopId, ids: &[&str]) -> Result<Vec<Product>> {
    let rows = read.products_by_ids(shop, ids).await?;
    let variants = by_product(read.variants_by_products(shop, ids).await?);
    let rows: HashMap<&str, &ProductRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let there = ids.iter().filter_map(|id| rows.get(id));
    there
        .map(|row| whole(row, variants_of(&variants, row)))
        .collect()
}

/// The variants of each product, in the order in which they came.
fn by_product(rows: Vec<VariantRow>) -> HashMap<String, Vec<VariantRow>> {
    let mut variants: HashMap<String, Vec<VariantRow>> = HashMap::new();
    for variant in rows {
        let own = variants.entry(variant.product.clone()).or_default();
        own.push(variant);
    }
    variants
}

fn variants_of<'a>(
    variants: &'a HashMap<String, Vec<VariantRow>>,
    row: &ProductRow,
) -> &'a [VariantRow] {
    variants.get(&row.id).map_or(&[], Vec::as_slice)
}

fn whole(row: &ProductRow, variants: &[VariantRow]) -> Result<Product> {
    let body: ProductBody = records::parse("product", &row.body)?;
    Ok(Product {
        id: row.id.clone(),
        title: body.title,
        description: body.description,
        category: body.category,
        image_url: body.image_url,
        options: body.options,
        variants: variants.iter().map(variant).collect::<Result<_>>()?,
    })
}

fn variant(row: &VariantRow) -> Result<Variant> {
    let body: VariantBody = records::parse("variant", &row.body)?;
    Ok(Variant {
        id: row.id.clone(),
        sku: body.sku,
        title: body.title,
        options: body.options,
        price: row.price,
        available: row.available,
        stock: row.stock,
    })
}

pub(crate) fn picture_at(row: ProductRow) -> Result<PictureAt> {
    let body: ProductBody = records::parse("product", &row.body)?;
    Ok(PictureAt {
        product: row.id,
        title: body.title,
        position: row.position,
        address: body.image_url,
    })
}

pub(crate) async fn descriptions(read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<Described>> {
    let mut found = Vec::new();
    let mut after: Option<(i64, String)> = None;
    loop {
        let place = after
            .as_ref()
            .map(|(position, id)| (*position, id.as_str()));
        let rows = read.products_after(shop, place, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(found);
        };
        after = Some((last.position, last.id.clone()));
        for row in rows {
            let body: ProductBody = records::parse("product", &row.body)?;
            if let Some(text) = body.description.filter(|text| !text.trim().is_empty()) {
                found.push(Described {
                    product: row.id,
                    title: body.title,
                    text,
                });
            }
        }
    }
}

/// A variant with its product's title.
pub(crate) async fn offer(read: &mut dyn Snapshot, row: VariantRow) -> Result<Offer> {
    let product = read.product(row.shop, &row.product).await?;
    let product = product.ok_or(ShopError::Unreadable("product"))?;
    let product: ProductBody = records::parse("product", &product.body)?;
    let body: VariantBody = records::parse("variant", &row.body)?;
    Ok(Offer {
        product: row.product,
        title: product.title,
        variant: row.id,
        options: body.options,
        price: row.price,
        available: row.available,
        stock: row.stock,
    })
}

/// The products of each shop in memory, as its catalogue's version has them.
#[derive(Default)]
pub(crate) struct Indexes {
    known: Mutex<HashMap<ShopId, (i64, Arc<Shelf>)>>,
}

/// A catalogue, ready to be searched.
struct Shelf {
    index: ProductIndex,
    /// The names of its categories, in the order in which they first come.
    categories: Vec<String>,
}

/// Ranked products are read until enough of them fit, but no more than so many: a search that fits
/// nothing costs as little as one that does.
const MOST_LOOKED_AT: usize = 300;
/// Ranked products that are read together.
const HITS: usize = 32;

impl Indexes {
    pub(crate) async fn search(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        search: &Search,
    ) -> Result<Vec<Found>> {
        let shelf = self.shelf(read, shop).await?;
        let filters = Filters {
            category: search.category.clone(),
            min_price: search.min_price,
            max_price: search.max_price,
            options: search.options.clone(),
        };
        let ranked = shelf.index.search(&search.query, &filters);
        let hits: Vec<ProductHit<'_>> = ranked.take(MOST_LOOKED_AT).collect();
        let likeness: HashMap<&str, (bool, u32)> = hits
            .iter()
            .map(|hit| (hit.id, hit.likeness(hits.first())))
            .collect();
        let ids: Vec<&str> = hits.iter().map(|hit| hit.id).collect();
        let mut found = Vec::new();
        // Most searches want the best and no more; who looks for what is rare looks further.
        let mut size = search.limit.clamp(1, HITS);
        let mut rest = ids.as_slice();
        while found.len() < search.limit && !rest.is_empty() {
            let (hits, later) = rest.split_at_checked(size).unwrap_or((rest, &[]));
            let products = listed(read, shop, hits).await?;
            found.extend(products.into_iter().filter(|product| fits(product, search)));
            (rest, size) = (later, HITS);
        }
        found.truncate(search.limit);
        let found = found.into_iter().map(|product| {
            let (whole, likeness) = likeness.get(&*product.id).copied().unwrap_or_default();
            Found {
                product,
                whole,
                likeness,
            }
        });
        Ok(found.collect())
    }

    pub(crate) async fn categories(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<String>> {
        Ok(self.shelf(read, shop).await?.categories.clone())
    }

    async fn shelf(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Arc<Shelf>> {
        let version = read
            .shop_terms(shop)
            .await?
            .map_or(0, |terms| terms.catalogue);
        if let Some(shelf) = self.current(shop, version) {
            return Ok(shelf);
        }
        let mut products = Vec::new();
        let mut categories: Vec<String> = Vec::new();
        let mut after = None;
        while let Some((page, last)) = page(read, shop, after.as_ref()).await? {
            for category in page.iter().filter_map(|product| product.category.as_ref()) {
                if !categories.contains(category) && categories.len() < MOST_CATEGORIES {
                    categories.push(category.clone());
                }
            }
            products.extend(page.into_iter().map(indexed));
            after = Some(last);
        }
        let index = ProductIndex::build(products);
        let shelf = Arc::new(Shelf { index, categories });
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A slow reader of an old snapshot does not put it back.
        if known.get(&shop).is_none_or(|(newer, _)| *newer <= version) {
            known.insert(shop, (version, Arc::clone(&shelf)));
        }
        Ok(shelf)
    }

    fn current(&self, shop: ShopId, version: i64) -> Option<Arc<Shelf>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&shop).filter(|(current, _)| *current == version);
        found.map(|(_, shelf)| Arc::clone(shelf))
    }
}

/// Categories that are kept by name: more of them are no help to anybody.
const MOST_CATEGORIES: usize = 100;

/// Stock is looked at live: whether one variant that fits the other filters can be had now.
fn fits(product: &Product, search: &Search) -> bool {
    let Some(wanted) = search.in_stock else {
        return true;
    };
    let fitting = product.variants.iter().filter(|variant| {
        let cheap = search.max_price.is_none_or(|most| variant.price <= most);
        let dear = search.min_price.is_none_or(|least| variant.price >= least);
        let same = search.options.iter().all(|(name, value)| {
            variant.options.0.iter().any(|(known, has)| {
                known.eq_ignore_ascii_case(name) && has.eq_ignore_ascii_case(value)
            })
        });
        cheap && dear && same
    });
    fitting.into_iter().any(Variant::in_stock) == wanted
}

fn indexed(product: Product) -> IndexedProduct {
    IndexedProduct {
        id: product.id,
        title: product.title,
        description: product.description,
        category: product.category,
        options: product.options,
        variants: product
            .variants
            .into_iter()
            .map(|variant| IndexedVariant {
                id: variant.id,
                sku: variant.sku,
                title: variant.title,
                options: variant.options,
                price: variant.price,
                available: variant.available,
            })
            .collect(),
    }
}
