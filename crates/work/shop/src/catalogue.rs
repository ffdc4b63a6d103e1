//! Products, offers and entries, and the index they are searched with.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use commerce::{
    document::{Product, Variant},
    model::Offer,
    port::{Search, ShopError},
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
    let body: ProductBody = records::parse("product", &row.body)?;
    let variants = read.variants_of(row.shop, &row.id).await?;
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
