//! Whoever may look at orders may not change them.

use commerce::{staff::Step, tools::Commerce};
use identity::{Permit, actions::ReadOrders};

async fn misuse(commerce: &Commerce, tx: &mut dyn store::Transaction, permit: &Permit<ReadOrders>) {
    let _ = commerce.take_step(tx, permit, "A-1", Step::Process).await;
}

fn main() {}
