//! How SQLite answers the statements that are asked while someone waits, or again and again: through
//! the index that was made for them, without looking through a table and without sorting it.
//!
//! SQLite chooses by the schema alone (nothing here runs `ANALYZE`), so what it chooses on an empty
//! database it chooses on a full one.

use sqlx::{QueryBuilder, Row as _, Sqlite, SqlitePool, raw_sql};

use super::{catalogue, customers, orders, pictures, proposals};
use crate::engine::Sql;

/// Each statement, the index it is answered through, and the columns that are looked up in it.
const EXPECTED: &[(&str, &str, &str)] = &[
    (
        catalogue::ENTRIES_OF_KIND,
        "shop_entries_order",
        "shop=? AND kind=?",
    ),
    (
        catalogue::PRODUCTS_AFTER,
        "products_order",
        "shop=? AND (position,id)>(?,?)",
    ),
    (
        catalogue::VARIANTS_OF,
        "variants_product",
        "shop=? AND product=?",
    ),
    (
        customers::CUSTOMERS_AFTER,
        "customers_order",
        "shop=? AND (position,shopper)>(?,?)",
    ),
    (
        customers::METHODS_OF,
        "payment_methods_shopper",
        "shop=? AND shopper=?",
    ),
    (customers::SWEEP_CARTS, "carts_updated", "updated_at<?"),
    (proposals::SWEEP, "proposals_expires", "expires_at<?"),
    (
        pictures::OF_PRODUCTS,
        "sqlite_autoindex_product_pictures_1",
        "shop=? AND product=?",
    ),
    // The one that SQLite made for the unique number.
    (
        orders::ORDER_OF,
        "sqlite_autoindex_orders_2",
        "shop=? AND number=?",
    ),
    (
        orders::ORDER_BY_NUMBER,
        "sqlite_autoindex_orders_2",
        "shop=? AND number=?",
    ),
    (orders::ORDERS_OF, "orders_shopper", "shop=? AND shopper=?"),
    (orders::UNPAID_OF, "orders_shopper", "shop=? AND shopper=?"),
    (
        orders::UNPAID_OF_GUEST,
        "orders_guest",
        "shop=? AND guest=?",
    ),
    (orders::ADOPT, "orders_guest", "shop=? AND guest=?"),
    (
        orders::ORDERS_BEFORE,
        "orders_order",
        "shop=? AND (position,id)<(?,?)",
    ),
    (
        orders::ORDERS_OF_STATUS_BEFORE,
        "orders_status",
        "shop=? AND status=? AND (position,id)<(?,?)",
    ),
    (
        orders::ORDERS_OF_SERVICING_BEFORE,
        "orders_servicing",
        "shop=? AND servicing=? AND (position,id)<(?,?)",
    ),
    (
        orders::ORDERS_AFTER,
        "orders_order",
        "shop=? AND (position,id)>(?,?)",
    ),
    (
        orders::MOVEMENTS_OF,
        "movements_order",
        "shop=? AND order_id=?",
    ),
    (
        orders::UNPAID,
        "orders_unpaid",
        "pay_until>? AND pay_until<?",
    ),
    (orders::SWEEP_EVENTS, "gateway_events_at", "at<?"),
];

async fn schema() -> (SqlitePool, tempfile::TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let pools = crate::sqlite::open(&directory.path().join("parlour.db"))
        .await
        .unwrap();
    for text in [
        include_str!("../../migrations/0001_foundation.sql"),
        include_str!("../../migrations/0002_commerce.sql"),
        include_str!("../../migrations/0004_desk.sql"),
        include_str!("../../migrations/0006_pictures.sql"),
    ] {
        raw_sql(text).execute(&pools.writer).await.unwrap();
    }
    (pools.writer, directory)
}

/// The steps in which SQLite would answer a statement.
async fn plan(pool: &SqlitePool, statement: &str) -> Vec<String> {
    let mut asked = QueryBuilder::<Sqlite>::new("EXPLAIN QUERY PLAN ");
    let rows = asked.push(statement).build().fetch_all(pool).await.unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

/// Whether it is one step, through this index and these columns of it.
async fn keeps(pool: &SqlitePool, statement: &str, index: &str, columns: &str) -> bool {
    let steps = plan(pool, statement).await;
    let [step] = steps.as_slice() else {
        return false;
    };
    let step = step.replace("COVERING INDEX", "INDEX");
    step.ends_with(&format!(" USING INDEX {index} ({columns})"))
}

#[tokio::test]
async fn lists_are_read_through_their_index_and_never_sorted() {
    let (pool, _directory) = schema().await;
    for (statement, index, columns) in EXPECTED {
        assert!(
            keeps(&pool, statement, index, columns).await,
            "{statement}: {:#?}",
            plan(&pool, statement).await
        );
    }
}

/// The check above can fail: it does for every statement whose index is gone.
#[tokio::test]
async fn a_statement_without_its_index_is_found_out() {
    let (pool, _directory) = schema().await;
    for (statement, index, columns) in EXPECTED {
        if index.starts_with("sqlite_") {
            continue;
        }
        let mut order = QueryBuilder::<Sqlite>::new("DROP INDEX IF EXISTS ");
        order.push(index).build().execute(&pool).await.unwrap();
        assert!(
            !keeps(&pool, statement, index, columns).await,
            "{statement}"
        );
    }
}

/// Few products first, then the variants of each; the few that are found are sorted.
#[tokio::test]
async fn variants_of_a_page_are_found_by_their_products() {
    let (pool, _directory) = schema().await;
    let steps = plan(&pool, catalogue::VARIANTS_AFTER).await;
    for wanted in [
        "SEARCH products USING COVERING INDEX products_order (shop=? AND (position,id)>(?,?))",
        "SEARCH v USING INDEX variants_product (shop=? AND product=?)",
    ] {
        assert!(steps.iter().any(|step| step == wanted), "{steps:#?}");
    }
}

/// By their ids, each through the index; variants come in order without being sorted.
#[tokio::test]
async fn products_of_a_list_are_found_by_their_ids() {
    let (pool, _directory) = schema().await;
    for (statement, index) in [
        (
            catalogue::PRODUCTS_BY_IDS,
            "SEARCH products USING INDEX sqlite_autoindex_products_1 (shop=? AND id=?)",
        ),
        (
            catalogue::VARIANTS_BY_PRODUCTS,
            "SEARCH variants USING INDEX variants_product (shop=? AND product=?)",
        ),
    ] {
        assert_eq!(plan(&pool, statement).await, [index], "{statement}");
    }
}

#[tokio::test]
async fn orders_are_counted_without_reading_them() {
    let (pool, _directory) = schema().await;
    let steps = plan(&pool, orders::ORDER_COUNTS).await;
    let wanted = "SEARCH orders USING COVERING INDEX orders_status (shop=?)";
    assert!(steps.iter().any(|step| step == wanted), "{steps:#?}");
}

#[tokio::test]
async fn movements_that_are_due_are_found_by_their_time() {
    let (pool, _directory) = schema().await;
    let Sql::PerEngine { sqlite, .. } = orders::CLAIM else {
        panic!("one text for both engines");
    };
    let steps = plan(&pool, sqlite).await;
    let wanted = "SEARCH movements USING INDEX movements_due (next_at>? AND next_at<?)";
    assert!(steps.iter().any(|step| step == wanted), "{steps:#?}");
    let sorted = steps.iter().any(|step| step.contains("TEMP B-TREE"));
    let scanned = steps.iter().any(|step| step.starts_with("SCAN"));
    assert!(!sorted && !scanned, "{steps:#?}");
}
