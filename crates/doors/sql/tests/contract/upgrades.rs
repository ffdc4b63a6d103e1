//! A database of an older version is brought up to date with its data intact.

use std::collections::BTreeMap;

use sqlx::{PgConnection, Postgres, QueryBuilder, Row as _, Sqlite, SqliteConnection, raw_sql};
use store::{Database, customers::CustomerRow};
use terms::{Sealed, ShopId, ShopperId};

use crate::{
    migrations::files,
    server::play,
    sqlite::{open, outsider},
};

const FIRST: &str = include_str!("../../migrations/0001_foundation.sql");
const FIXTURE: &str = include_str!("version_1.sql");
const RECORDS: &str = "CREATE TABLE schema_migrations (\
    version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BYTEA NOT NULL)";
const RECORD: &str =
    "INSERT INTO schema_migrations (version, name, checksum) VALUES (1, 'foundation', $1)";
/// How many tables version 1 has, without that of the migrations.
const TABLES: usize = 21;

/// Every table with its rows as text, in the engine's own spelling.
type Dump = BTreeMap<String, Vec<String>>;

fn statements() -> impl Iterator<Item = &'static str> {
    FIXTURE
        .split_inclusive(";\n")
        .filter(|text| text.contains("INSERT"))
}

async fn first_checksum() -> Vec<u8> {
    files().await.remove(&1).unwrap()
}

fn ensure_full(dump: &Dump) {
    assert_eq!(dump.len(), TABLES, "{:?}", dump.keys());
    for (table, rows) in dump {
        assert!(!rows.is_empty(), "`{table}` is empty");
    }
}

/// What was there is there as it was. Later versions add columns, which stand behind the old ones.
fn ensure_kept(after: &Dump, before: &Dump) {
    assert!(after.keys().eq(before.keys()), "{:?}", after.keys());
    for (table, rows) in before {
        let now = &after[table];
        assert_eq!(now.len(), rows.len(), "`{table}`");
        for (row, now) in rows.iter().zip(now) {
            let kept = now.starts_with(row.trim_end_matches(')'));
            assert!(kept, "`{table}`: {now} was {row}");
        }
    }
}

/// What was there is there as it was, and the shop of version 1 can be used with what version 2 has.
async fn ensure_usable(database: &dyn Database) {
    database.ready().await.unwrap();
    let shop: ShopId = "01890000-0000-7000-8000-000000000001".parse().unwrap();
    let shopper: ShopperId = "01890000-0000-4000-8000-000000000002".parse().unwrap();
    let mut tx = database.begin().await.unwrap();
    let row = tx.shop(shop).await.unwrap().unwrap();
    assert_eq!(row.name, "Käse & Wein 🧀");
    assert!(tx.shopper(shop, shopper).await.unwrap().is_some());
    assert_eq!(tx.shop_terms(shop).await.unwrap(), None);
    assert_eq!(tx.product_count(shop).await.unwrap(), 0);
    assert_eq!(tx.customer_count(shop).await.unwrap(), 0);
    tx.put_shop_terms(shop, "{}").await.unwrap();
    let customer = CustomerRow {
        shop,
        shopper,
        own_index: [1; 32],
        position: 1,
        body: Sealed::from_storage(vec![1; 65]).unwrap(),
    };
    tx.insert_customer(&customer).await.unwrap();
    tx.commit().await.unwrap();
    let mut snapshot = database.snapshot().await.unwrap();
    let found = snapshot.customer(shop, shopper).await.unwrap();
    assert_eq!(found, Some(customer));
}

async fn dump_sqlite(file: &mut SqliteConnection, tables: Option<&Dump>) -> Dump {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' \
                 AND name NOT LIKE 'sqlite%' AND name <> 'schema_migrations'";
    let names: Vec<String> = sqlx::query_scalar(names)
        .fetch_all(&mut *file)
        .await
        .unwrap();
    let mut dump = Dump::new();
    for table in names {
        if tables.is_some_and(|tables| !tables.contains_key(&table)) {
            continue;
        }
        let columns = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
        let columns: Vec<String> = sqlx::query_scalar(columns)
            .bind(&table)
            .fetch_all(&mut *file)
            .await
            .unwrap();
        let mut query = QueryBuilder::<Sqlite>::new("SELECT concat_ws(', '");
        for column in columns {
            query.push(", quote(\"").push(column).push("\")");
        }
        query.push(") FROM ").push(&table).push(" ORDER BY 1");
        let rows = query.build().fetch_all(&mut *file).await.unwrap();
        let rows = rows.iter().map(|row| row.get(0)).collect();
        dump.insert(table, rows);
    }
    dump
}

#[tokio::test]
async fn sqlite_is_brought_from_version_1_to_the_newest() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("parlour.db"), "").unwrap();
    let mut file = outsider(directory.path()).await;
    for text in [FIRST, RECORDS, FIXTURE] {
        raw_sql(text).execute(&mut file).await.unwrap();
    }
    let record = sqlx::query(RECORD).bind(first_checksum().await);
    record.execute(&mut file).await.unwrap();
    let before = dump_sqlite(&mut file, None).await;
    ensure_full(&before);

    let database = open(directory.path()).await.unwrap();
    let after = dump_sqlite(&mut file, Some(&before)).await;
    ensure_kept(&after, &before);
    ensure_usable(&database).await;
    let all = dump_sqlite(&mut file, None).await;
    assert!(all.contains_key("orders"), "{:?}", all.keys());
}

async fn dump_postgres(server: &mut PgConnection, tables: Option<&Dump>) -> Dump {
    let names = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
                 WHERE table_schema = current_schema() AND table_name <> 'schema_migrations'";
    let names: Vec<String> = sqlx::query_scalar(names)
        .fetch_all(&mut *server)
        .await
        .unwrap();
    let mut dump = Dump::new();
    for table in names {
        if tables.is_some_and(|tables| !tables.contains_key(&table)) {
            continue;
        }
        let mut query = QueryBuilder::<Postgres>::new("SELECT CAST(kept AS TEXT) FROM ");
        query.push(&table).push(" AS kept ORDER BY 1");
        let rows = query.build().fetch_all(&mut *server).await.unwrap();
        let rows = rows.iter().map(|row| row.get(0)).collect();
        dump.insert(table, rows);
    }
    dump
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_brought_from_version_1_to_the_newest() {
    play(|server| async move {
        let mut outsider = server.outsider().await;
        for text in [FIRST, RECORDS] {
            raw_sql(text).execute(&mut outsider).await.unwrap();
        }
        for statement in statements() {
            let mut insert = QueryBuilder::<Postgres>::new("");
            insert.push(statement.replace("x'", "'\\x"));
            insert.build().execute(&mut outsider).await.unwrap();
        }
        let record = sqlx::query(RECORD).bind(first_checksum().await);
        record.execute(&mut outsider).await.unwrap();
        let before = dump_postgres(&mut outsider, None).await;
        ensure_full(&before);

        let database = server.open().await;
        let after = dump_postgres(&mut outsider, Some(&before)).await;
        ensure_kept(&after, &before);
        ensure_usable(&database).await;
        let all = dump_postgres(&mut outsider, None).await;
        assert!(all.contains_key("orders"), "{:?}", all.keys());
    })
    .await;
}
