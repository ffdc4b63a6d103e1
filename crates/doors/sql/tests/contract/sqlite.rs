//! What SQLite must do beyond the contract: durability, private files, scrubbing.

use std::path::Path;

use sql::{SqlDatabase, Target};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database as _, Heard, StoreError,
    keys::{DataKeyRow, Owner},
    shops::ShopRow,
};
use tempfile::TempDir;
use terms::{DataKeyId, RetentionClass, SessionId, ShopId, Timestamp};
use uuid::Uuid;

pub(crate) async fn fresh() -> (SqlDatabase, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let database = open(directory.path()).await.unwrap();
    (database, directory)
}

pub(crate) async fn open(directory: &Path) -> Result<SqlDatabase, StoreError> {
    sql::open(&Target::Sqlite {
        file: directory.join("parlour.db"),
    })
    .await
}

/// Another program's connection to the same file.
pub(crate) async fn outsider(directory: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(directory.join("parlour.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}

pub(crate) fn shop(number: u128) -> ShopRow {
    ShopRow {
        id: ShopId::from_uuid(Uuid::from_u128(number)),
        handle: format!("shop-{number}"),
        name: "The Shop".to_owned(),
        content_version: 0,
        created_at: Timestamp::from_millis(1),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_the_contract() {
    let (database, _directory) = fresh().await;
    crate::suite::keeps_the_contract(database).await;
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_restart() {
    let (database, directory) = fresh().await;
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(2)).await.unwrap();
    // Neither committed nor rolled back: the process ends here.
    drop((tx, database));

    let database = open(directory.path()).await.unwrap();
    let shops = database.snapshot().await.unwrap().shops().await.unwrap();
    assert_eq!(shops, [shop(1)]);
}

/// The log and the data as a power cut would leave them: copied while the database is open.
#[tokio::test]
async fn what_was_committed_is_in_the_files_at_once() {
    let (database, directory) = fresh().await;
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(1)).await.unwrap();
    tx.commit().await.unwrap();

    let copy = tempfile::tempdir().unwrap();
    for name in ["parlour.db", "parlour.db-wal"] {
        std::fs::copy(directory.path().join(name), copy.path().join(name)).unwrap();
    }
    let copied = open(copy.path()).await.unwrap();
    let shops = copied.snapshot().await.unwrap().shops().await.unwrap();
    assert_eq!(shops, [shop(1)]);
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_their_owners_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let outer = tempfile::tempdir().unwrap();
    let directory = outer.path().join("data/of the/shop");
    let database = open(&directory).await.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(1)).await.unwrap();
    tx.commit().await.unwrap();

    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&directory), 0o700);
    let mut files = 0;
    for file in std::fs::read_dir(&directory).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        files += 1;
    }
    assert_eq!(files, 3, "the database, its log, its shared memory");
}

fn key(wrapped: Vec<u8>) -> DataKeyRow {
    DataKeyRow {
        shop: shop(1).id,
        id: DataKeyId::from_uuid(Uuid::from_u128(5)),
        owner: Owner::Session(SessionId::from_uuid(Uuid::from_u128(6))),
        class: RetentionClass::Transient,
        current: true,
        epoch: 1,
        wrapped,
        created_at: Timestamp::from_millis(1),
    }
}

fn holds(directory: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(directory).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file_after_scrubbing() {
    let (database, directory) = fresh().await;
    let wanted = b"a wrapped key that must not be found again".to_vec();
    let mut tx = database.begin().await.unwrap();
    tx.insert_data_key(&key(wanted.clone())).await.unwrap();
    tx.commit().await.unwrap();
    assert!(
        holds(directory.path(), &wanted),
        "the search would find nothing anyway"
    );

    let mut tx = database.begin().await.unwrap();
    let DataKeyRow {
        shop, owner, class, ..
    } = key(vec![]);
    assert_eq!(tx.delete_data_keys(shop, owner, &[class]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert!(holds(directory.path(), &wanted), "nothing is left to scrub");
    database.scrub().await.unwrap();
    assert!(!holds(directory.path(), &wanted));
}

#[tokio::test]
async fn what_was_deleted_last_is_in_no_log_once_it_is_settled() {
    let (database, directory) = fresh().await;
    let wanted = b"a wrapped key of one row that goes by itself".to_vec();
    let row = DataKeyRow {
        current: false,
        ..key(wanted.clone())
    };
    let mut tx = database.begin().await.unwrap();
    tx.insert_data_key(&row).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = database.begin().await.unwrap();
    assert!(tx.delete_data_key(row.shop, row.id).await.unwrap());
    tx.commit().await.unwrap();
    assert!(
        holds(directory.path(), &wanted),
        "nothing is left to settle"
    );
    database.settle().await.unwrap();
    assert!(!holds(directory.path(), &wanted));
}

#[tokio::test]
async fn a_refused_statement_spoils_the_transaction() {
    let (database, _directory) = fresh().await;
    spoils(&database).await;
}

pub(crate) async fn spoils(database: &SqlDatabase) {
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(1)).await.unwrap();
    tx.insert_data_key(&key(vec![1])).await.unwrap();
    // The same id for another owner: not the taken owner and class that is answered with `false`.
    let other = Owner::Session(SessionId::from_uuid(Uuid::from_u128(7)));
    let refused = tx
        .insert_data_key(&DataKeyRow {
            owner: other,
            ..key(vec![2])
        })
        .await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { table: "data_keys" })),
        "{refused:?}"
    );
    let after = tx.shop(shop(1).id).await;
    assert!(
        matches!(after, Err(StoreError::Unavailable(_))),
        "{after:?}"
    );
    let committed = tx.commit().await;
    assert!(
        matches!(committed, Err(StoreError::Unavailable(_))),
        "{committed:?}"
    );
    assert_eq!(
        database.snapshot().await.unwrap().shops().await.unwrap(),
        []
    );
}

#[tokio::test]
async fn an_interrupted_statement_spoils_the_transaction() {
    let (database, _directory) = fresh().await;
    interrupts(&database).await;
}

pub(crate) async fn interrupts(database: &SqlDatabase) {
    let row = shop(1);
    let tx = loop {
        let mut tx = database.begin().await.unwrap();
        tokio::select! {
            biased;
            // The database was quicker than this thread: once more.
            done = tx.insert_shop(&row) => done.unwrap(),
            () = std::future::ready(()) => break tx,
        }
    };
    let committed = tx.commit().await;
    assert!(
        matches!(committed, Err(StoreError::Unavailable(_))),
        "{committed:?}"
    );
    // The connection is good again for whoever comes next.
    let mut tx = database.begin().await.unwrap();
    tx.insert_shop(&shop(2)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        database.snapshot().await.unwrap().shops().await.unwrap(),
        [shop(2)]
    );
}

#[tokio::test]
async fn dropped_snapshots_give_their_reader_back() {
    let (database, _directory) = fresh().await;
    for _ in 0..50 {
        let mut snapshot = database.snapshot().await.unwrap();
        assert_eq!(snapshot.shops().await.unwrap(), []);
    }
}

#[tokio::test]
async fn whoever_listens_hears_that_the_database_is_shut() {
    let (database, _directory) = fresh().await;
    let mut ear = database.pulses();
    drop(database);
    assert_eq!(ear.next().await, Heard::Closed);
    assert_eq!(ear.next().await, Heard::Closed);
}

#[tokio::test]
async fn a_slow_listener_hears_that_it_missed_something() {
    let (database, _directory) = fresh().await;
    let mut ear = database.pulses();
    let shop = shop(1).id;
    for number in 0..30 {
        let mut tx = database.begin().await.unwrap();
        for part in 0..100 {
            let session = SessionId::from_uuid(Uuid::from_u128(number * 100 + part));
            tx.announce(store::Pulse::Session { shop, session });
        }
        tx.commit().await.unwrap();
    }
    assert_eq!(ear.next().await, Heard::Missed);
    assert!(matches!(ear.next().await, Heard::Pulse(_)));
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "not a directory").unwrap();
    let error = open(&file).await.unwrap_err().to_string();
    assert!(error.contains("cannot make or open the file"), "{error}");
    assert!(error.contains("parlour.db"), "{error}");
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("parlour.db"), [b'x'; 8192]).unwrap();
    let refused = open(directory.path()).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
}
