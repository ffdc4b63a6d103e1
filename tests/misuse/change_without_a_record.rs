//! An order changes only when the ledger says so first.

use commerce::{change::Change, port::Shop};

async fn misuse(
    shop: &dyn Shop,
    tx: &mut dyn store::Transaction,
    id: terms::ShopId,
    shopper: terms::ShopperId,
    change: Change,
) {
    let _ = shop.apply(tx, id, shopper, change).await;
}

fn main() {}
