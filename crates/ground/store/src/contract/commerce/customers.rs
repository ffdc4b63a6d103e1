//! Customers and their means of payment.

use core::cmp::Reverse;

use terms::ShopId;

use super::samples;
use crate::{
    Snapshot,
    contract::{
        Stage,
        samples::{hash, sealed, shopper_id},
        verdict::{Verdict, conflict, ensure, missing, same},
    },
    customers::{CustomerRow, PaymentMethodRow},
};

pub(in crate::contract) async fn taken_once(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let row = samples::new_customer(&mut *tx, shop).await?;
    let again = CustomerRow {
        own_index: hash(),
        body: sealed()?,
        ..row.clone()
    };
    conflict("customers", tx.insert_customer(&again).await)?;
    let shopper = samples::new_shopper(&mut *tx, shop).await?;
    let other = samples::customer(&shopper, 1)?;
    let impostor = CustomerRow {
        own_index: row.own_index,
        ..other.clone()
    };
    conflict("customers", tx.insert_customer(&impostor).await)?;
    tx.insert_customer(&other).await?;

    let method = samples::method(&row, 1)?;
    tx.insert_payment_method(&method).await?;
    let taken = PaymentMethodRow {
        id: method.id,
        ..samples::method(&other, 1)?
    };
    conflict("payment_methods", tx.insert_payment_method(&taken).await)?;
    let found = tx.payment_methods(shop, row.shopper).await?;
    same("her means of payment", found, vec![method])?;
    let found = tx.payment_methods(shop, other.shopper).await?;
    same("another's means of payment", found, vec![])?;

    let found = tx.customer_by_own_id(shop, &row.own_index).await?;
    same("by her own id", found, Some(row.clone()))?;
    let found = tx.lock_customer(shop, row.shopper).await?;
    same("locked", found, Some(row))?;
    let found = tx.lock_customer(shop, shopper_id()).await?;
    same("none to lock", found, None)?;
    same("counted", tx.customer_count(shop).await?, 2)
}

pub(in crate::contract) async fn updated(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let row = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let next = CustomerRow {
        body: sealed()?,
        ..row.clone()
    };
    // Her own id and her place are asked for, and stay.
    let asked = CustomerRow {
        own_index: hash(),
        position: 99,
        ..next.clone()
    };
    tx.update_customer(&asked).await?;
    let found = tx.customer(shop, row.shopper).await?;
    same("the customer", found, Some(next))?;

    let (method, kept) = (samples::method(&row, 1)?, samples::method(&row, 2)?);
    tx.insert_payment_method(&method).await?;
    tx.insert_payment_method(&kept).await?;
    let next = PaymentMethodRow {
        body: sealed()?,
        ..method.clone()
    };
    let asked = PaymentMethodRow {
        position: 99,
        ..next.clone()
    };
    tx.update_payment_method(&asked).await?;
    let found = tx.payment_methods(shop, row.shopper).await?;
    same("the means of payment", found, vec![next.clone(), kept])?;
    // Whoever names another's means of payment changes nothing.
    let thief = PaymentMethodRow {
        shopper: other.shopper,
        ..method
    };
    missing("payment_methods", tx.update_payment_method(&thief).await)?;
    let found = tx.customer(shop, other.shopper).await?;
    same("another customer", found, Some(other))?;

    let shopper = samples::new_shopper(&mut *tx, shop).await?;
    let absent = samples::customer(&shopper, 1)?;
    missing("customers", tx.update_customer(&absent).await)?;
    let absent = samples::method(&row, 1)?;
    missing("payment_methods", tx.update_payment_method(&absent).await)
}

pub(in crate::contract) async fn paged(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let mut rows = Vec::new();
    for position in [i64::MIN, 1, 1, 1, i64::MAX] {
        let shopper = samples::new_shopper(&mut *tx, shop).await?;
        rows.push(samples::customer(&shopper, position)?);
    }
    // Written in another order than they are read.
    rows.sort_by_key(|row| Reverse((row.position, row.shopper)));
    for row in &rows {
        tx.insert_customer(row).await?;
    }
    rows.reverse();
    for page in 1..=6 {
        let found = all_customers(&mut *tx, shop, page).await?;
        same("pages of customers", found, rows.clone())?;
    }
    same("no room", tx.customers_after(shop, None, 0).await?, vec![])?;
    same("counted", tx.customer_count(shop).await?, 5)
}

/// Pages of at most `limit`, each after the last of the one before it.
async fn all_customers(
    db: &mut dyn Snapshot,
    shop: ShopId,
    limit: u32,
) -> Verdict<Vec<CustomerRow>> {
    let mut all: Vec<CustomerRow> = Vec::new();
    loop {
        let after = all.last().map(|row| (row.position, row.shopper));
        let page = db.customers_after(shop, after, limit).await?;
        ensure!(all.len() < 99, "the pages of customers do not end");
        ensure!(
            u32::try_from(page.len()).is_ok_and(|count| count <= limit),
            "a page of at most {limit} customers holds {}",
            page.len()
        );
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

pub(in crate::contract) async fn methods_in_order(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let row = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let mut methods = Vec::new();
    for position in [-1, 2, 2, 2, 3] {
        methods.push(samples::method(&row, position)?);
    }
    methods.sort_by_key(|method| Reverse((method.position, method.id)));
    for method in &methods {
        tx.insert_payment_method(method).await?;
    }
    methods.reverse();
    let elsewhere = samples::method(&other, 1)?;
    tx.insert_payment_method(&elsewhere).await?;
    let found = tx.payment_methods(shop, row.shopper).await?;
    same("hers", found, methods)?;
    let found = tx.payment_methods(shop, other.shopper).await?;
    same("another's", found, vec![elsewhere])
}
