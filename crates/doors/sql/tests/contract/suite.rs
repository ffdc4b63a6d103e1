//! The suite as both back-ends run it.

use std::sync::Arc;

use sql::SqlDatabase;
use store::contract;

/// Runs the whole suite, and the comparison of the live schema with the data map.
pub(crate) async fn keeps_the_contract(database: SqlDatabase) {
    contract::data_map(&database.columns().await.unwrap()).unwrap();
    let broken = contract::run_all(Arc::new(database)).await;
    let broken = broken.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(
        broken.is_empty(),
        "{} of {} cases:\n{}",
        broken.len(),
        contract::CASES.len(),
        broken.join("\n")
    );
}
