//! Rows of commerce whose parent is not there, or is another shop's.

use super::samples;
use crate::{
    catalogue::{EntryKind, VariantRow},
    contract::{
        Stage,
        samples::{shop_id, shopper},
        verdict::{Verdict, missing},
    },
    customers::CustomerRow,
    orders::OrderRow,
};

/// In a transaction of its own: what the engine refused spoils it.
macro_rules! refused {
    ($stage:ident, $table:literal, $method:ident($($argument:expr),*)) => {{
        let mut tx = $stage.database.begin().await?;
        missing($table, tx.$method($($argument),*).await)?;
        tx.rollback().await?;
    }};
}

pub(in crate::contract) async fn needed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let other = samples::new_shop(&mut *tx).await?;
    let product = samples::new_product(&mut *tx, shop).await?;
    let stranger = samples::new_shopper(&mut *tx, shop).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let order = samples::new_order(&mut *tx, &customer).await?;
    tx.commit().await?;

    let nowhere = shop_id();
    refused!(stage, "shop_terms", put_shop_terms(nowhere, "{}"));
    let row = samples::entry(nowhere, EntryKind::Faq, 1);
    refused!(stage, "shop_entries", insert_shop_entry(&row));
    let row = samples::product(nowhere, 1);
    refused!(stage, "products", insert_product(&row));

    let row = samples::variant(&samples::product(shop, 1), 1);
    refused!(stage, "variants", insert_variant(&row));
    let row = VariantRow {
        shop: other,
        ..samples::variant(&product, 1)
    };
    refused!(stage, "variants", insert_variant(&row));

    let row = samples::customer(&shopper(shop)?, 1)?;
    refused!(stage, "customers", insert_customer(&row));
    let row = CustomerRow {
        shop: other,
        ..samples::customer(&stranger, 1)?
    };
    refused!(stage, "customers", insert_customer(&row));

    // A shopper whom the shop does not know as its customer pays for nothing and orders nothing.
    let unknown = samples::customer(&stranger, 1)?;
    let foreign = CustomerRow {
        shop: other,
        ..customer
    };
    for customer in [unknown, foreign] {
        let row = samples::method(&customer, 1)?;
        refused!(stage, "payment_methods", insert_payment_method(&row));
        let row = samples::order(&customer, 1)?;
        refused!(stage, "orders", insert_order(&row));
        let row = samples::payment(&row, 1, 1);
        refused!(stage, "movements", insert_movement(&row));
    }
    let foreign = OrderRow {
        shop: other,
        ..order
    };
    let row = samples::payment(&foreign, 1, 1);
    refused!(stage, "movements", insert_movement(&row));
    Ok(())
}
