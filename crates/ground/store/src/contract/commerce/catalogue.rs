//! Terms, entries, products, variants and their stock.

use super::samples;
use crate::{
    Snapshot,
    catalogue::{EntryKind, ProductRow, ShopEntryRow, ShopTermsRow, VariantRow},
    contract::{
        Stage,
        verdict::{Verdict, conflict, ensure, fail, missing, same},
    },
};

pub(in crate::contract) async fn terms_replaced(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let other = samples::new_shop(&mut *tx).await?;
    same("before", tx.shop_terms(shop).await?, None)?;
    let elsewhere = samples::json();
    tx.put_shop_terms(other, &elsewhere).await?;
    let before = tx.shop_terms(other).await?;
    let mut versions = vec![0];
    for _ in 0..3 {
        let body = samples::json();
        tx.put_shop_terms(shop, &body).await?;
        let Some(found) = tx.shop_terms(shop).await? else {
            return fail("the terms that were put are not to be seen");
        };
        let catalogue = found.catalogue;
        same(
            "the terms",
            found,
            ShopTermsRow {
                shop,
                body,
                catalogue,
            },
        )?;
        versions.push(catalogue);
    }
    ensure!(
        versions.is_sorted_by(|one, next| one < next),
        "the catalogue's version does not grow: {versions:?}"
    );
    same("another shop", tx.shop_terms(other).await?, before)
}

pub(in crate::contract) async fn taken_once(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let discount = samples::entry(shop, EntryKind::Discount, 1);
    tx.insert_shop_entry(&discount).await?;
    let taken = ShopEntryRow {
        id: discount.id.clone(),
        ..samples::entry(shop, EntryKind::Discount, 2)
    };
    conflict("shop_entries", tx.insert_shop_entry(&taken).await)?;
    // Another kind may use the same id.
    let policy = ShopEntryRow {
        kind: EntryKind::Policy,
        ..taken
    };
    tx.insert_shop_entry(&policy).await?;
    for row in [discount, policy] {
        let found = tx.shop_entry(shop, row.kind, &row.id).await?;
        same("an entry", found, Some(row))?;
    }

    let (first, second) = (samples::product(shop, 1), samples::product(shop, 2));
    tx.insert_product(&first).await?;
    tx.insert_product(&second).await?;
    let taken = ProductRow {
        id: first.id.clone(),
        ..samples::product(shop, 3)
    };
    conflict("products", tx.insert_product(&taken).await)?;
    let found = tx.product(shop, &first.id).await?;
    same("the first product", found, Some(first.clone()))?;

    let variant = samples::variant(&first, 1);
    tx.insert_variant(&variant).await?;
    // A variant's id is unique over all products.
    let taken = VariantRow {
        id: variant.id.clone(),
        ..samples::variant(&second, 1)
    };
    conflict("variants", tx.insert_variant(&taken).await)?;
    let found = tx.variant(shop, &variant.id).await?;
    same("the first variant", found, Some(variant.clone()))?;
    let found = tx.lock_variant(shop, &variant.id).await?;
    same("locked", found, Some(variant))?;
    // Ids are told apart as they are written.
    let shouted = first.id.to_uppercase();
    same("in capitals", tx.product(shop, &shouted).await?, None)?;
    same("a product counts once", tx.product_count(shop).await?, 2)
}

pub(in crate::contract) async fn in_order(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    // The ids fall where the positions rise, and decide where the positions are equal.
    let places = [(-1, "d"), (1, "b"), (1, "c"), (2, "a")];
    let entry = |(position, id): (i64, &str)| ShopEntryRow {
        id: id.to_owned(),
        ..samples::entry(shop, EntryKind::Faq, position)
    };
    let entries = places.map(entry);
    let product = samples::new_product(&mut *tx, shop).await?;
    let other = samples::new_product(&mut *tx, shop).await?;
    let variant = |(position, id): (i64, &str)| VariantRow {
        id: id.to_owned(),
        ..samples::variant(&product, position)
    };
    let variants = places.map(variant);
    // Written in another order than they are read.
    for at in [2, 0, 3, 1] {
        let (Some(entry), Some(variant)) = (entries.get(at), variants.get(at)) else {
            return fail("there are four");
        };
        tx.insert_shop_entry(entry).await?;
        tx.insert_variant(variant).await?;
    }
    let elsewhere = samples::entry(shop, EntryKind::Shipping, 0);
    tx.insert_shop_entry(&elsewhere).await?;
    tx.insert_variant(&samples::variant(&other, 1)).await?;
    let found = tx.shop_entries(shop, EntryKind::Faq).await?;
    same("entries", found, entries.to_vec())?;
    let found = tx.variants_of(shop, &product.id).await?;
    same("variants", found, variants.to_vec())
}

/// The variants of a page of products are those of each of its products, in their order.
pub(in crate::contract) async fn variants_paged(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let elsewhere = samples::new_shop(&mut *tx).await?;
    let places = [(-1, "d"), (1, "b"), (1, "c"), (2, "a")];
    for owner in [shop, elsewhere] {
        for (position, id) in places {
            let product = ProductRow {
                id: id.to_owned(),
                ..samples::product(owner, position)
            };
            tx.insert_product(&product).await?;
            // `c` has none.
            for at in if id == "c" { 0..0 } else { 0..3 } {
                // Ids fall where positions rise.
                let variant = VariantRow {
                    id: format!("{id}{}", 9 - at),
                    ..samples::variant(&product, at)
                };
                tx.insert_variant(&variant).await?;
            }
        }
    }
    for limit in 0..=5_u32 {
        for after in [
            None,
            Some((-1, "d")),
            Some((1, "bb")),
            Some((1, "c")),
            Some((2, "a")),
        ] {
            let mut expected = Vec::new();
            for product in tx.products_after(shop, after, limit).await? {
                expected.extend(tx.variants_of(shop, &product.id).await?);
            }
            expected.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
            let found = tx.variants_after(shop, after, limit).await?;
            same(
                &format!("the variants of {limit} products after {after:?}"),
                found,
                expected,
            )?;
        }
    }
    Ok(())
}

/// Products by a list of ids, and their variants: those that are there, also of a long list, and of
/// no other shop.
pub(in crate::contract) async fn products_listed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let elsewhere = samples::new_shop(&mut *tx).await?;
    let id = |number: i64| format!("product {number:03}");
    for owner in [shop, elsewhere] {
        for number in 0..70 {
            let product = ProductRow {
                id: id(number),
                ..samples::product(owner, 70 - number)
            };
            tx.insert_product(&product).await?;
            // Every third has none. Ids fall where positions rise.
            for at in 0..number % 3 {
                let variant = VariantRow {
                    id: format!("{} {}", product.id, 9 - at),
                    ..samples::variant(&product, at)
                };
                tx.insert_variant(&variant).await?;
            }
        }
    }
    for count in [0, 1, 2, 31, 32, 33, 64, 65, 70, 80] {
        // From the last to the first, some of which are not there; one is asked for twice.
        let mut asked: Vec<String> = (0..count).rev().map(id).collect();
        asked.extend(asked.first().cloned());
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        let (mut products, mut variants) = (Vec::new(), Vec::new());
        for number in 0..count.min(70) {
            products.extend(tx.product(shop, &id(number)).await?);
            variants.extend(tx.variants_of(shop, &id(number)).await?);
        }
        let mut found = tx.products_by_ids(shop, &asked).await?;
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup();
        same(&format!("{count} products"), found, products)?;
        let mut found = tx.variants_by_products(shop, &asked).await?;
        // Stable: those of one product stay as they came.
        found.sort_by(|a, b| a.product.cmp(&b.product));
        let mut once: Vec<VariantRow> = Vec::new();
        for variant in found {
            if !once.contains(&variant) {
                once.push(variant);
            }
        }
        same(&format!("the variants of {count}"), once, variants)?;
    }
    Ok(())
}

pub(in crate::contract) async fn products_paged(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let places = [
        (i64::MIN, "e"),
        (1, "b"),
        (1, "c"),
        (1, "d"),
        (i64::MAX, "a"),
    ];
    let product = |(position, id): (i64, &str)| ProductRow {
        id: id.to_owned(),
        ..samples::product(shop, position)
    };
    let rows = places.map(product);
    for at in [3, 4, 0, 2, 1] {
        let Some(row) = rows.get(at) else {
            return fail("there are five");
        };
        tx.insert_product(row).await?;
    }
    for page in 1..=6 {
        let found = all_products(&mut *tx, shop, page).await?;
        same("pages of products", found, rows.to_vec())?;
    }
    let found = tx.products_after(shop, Some((1, "bb")), 9).await?;
    let after = rows.iter().skip(2).cloned().collect();
    same("after a place where none is", found, after)?;
    same("no room", tx.products_after(shop, None, 0).await?, vec![])?;
    same("counted", tx.product_count(shop).await?, 5)
}

/// Pages of at most `limit`, each after the last of the one before it.
async fn all_products(
    db: &mut dyn Snapshot,
    shop: terms::ShopId,
    limit: u32,
) -> Verdict<Vec<ProductRow>> {
    let mut all: Vec<ProductRow> = Vec::new();
    loop {
        let after = all.last().map(|row| (row.position, row.id.as_str()));
        let page = db.products_after(shop, after, limit).await?;
        ensure!(all.len() < 99, "the pages of products do not end");
        ensure!(
            u32::try_from(page.len()).is_ok_and(|count| count <= limit),
            "a page of at most {limit} products holds {}",
            page.len()
        );
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

pub(in crate::contract) async fn stock_changed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let product = samples::new_product(&mut *tx, shop).await?;
    let counted = samples::variant(&product, 1);
    let neighbour = samples::variant(&product, 2);
    let endless = VariantRow {
        stock: None,
        ..samples::variant(&product, 3)
    };
    for row in [&counted, &neighbour, &endless] {
        tx.insert_variant(row).await?;
    }
    let steps = [
        (-2, true, 3),
        (-4, false, 3),
        (i64::MIN, false, 3),
        (-3, true, 0),
        (-1, false, 0),
        (0, true, 0),
        (4, true, 4),
        // More than can be counted: nothing is lost over it.
        (i64::MAX, false, 4),
    ];
    for (delta, done, left) in steps {
        let answer = tx.change_stock(shop, &counted.id, delta).await?;
        same("whether the stock changed", answer, done)?;
        let expected = VariantRow {
            stock: Some(left),
            ..counted.clone()
        };
        let found = tx.variant(shop, &counted.id).await?;
        same("the stock", found, Some(expected))?;
    }
    for delta in [-99, 0, 99, i64::MIN, i64::MAX] {
        let answer = tx.change_stock(shop, &endless.id, delta).await?;
        same("a stock that is not counted", answer, true)?;
    }
    for row in [neighbour, endless] {
        let found = tx.variant(shop, &row.id).await?;
        same("another variant", found, Some(row))?;
    }
    let absent = samples::word("variant");
    same("none to lock", tx.lock_variant(shop, &absent).await?, None)?;
    missing("variants", tx.change_stock(shop, &absent, 1).await)
}
