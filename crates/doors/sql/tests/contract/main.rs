//! What the two back-ends must do.

use store::{Database as _, shops::ShopRow};
use terms::{ShopId, Timestamp};

#[tokio::test]
async fn smoke() {
    let directory = tempfile::tempdir().unwrap();
    let target = sql::Target::Sqlite {
        file: directory.path().join("a/b.db"),
    };
    let id = ShopId::from_uuid(uuid::Uuid::from_u128(7));
    {
        let database = sql::open(&target).await.unwrap();
        let mut tx = database.begin().await.unwrap();
        tx.insert_shop(&ShopRow {
            id,
            handle: "h".into(),
            name: "n".into(),
            content_version: 0,
            created_at: Timestamp::from_millis(5),
        })
        .await
        .unwrap();
        println!(
            "{:?}",
            tx.insert_shop(&ShopRow {
                id,
                handle: "h".into(),
                name: "n".into(),
                content_version: 0,
                created_at: Timestamp::from_millis(5)
            })
            .await
        );
        tx.commit().await.unwrap();
        println!("{:?}", database.columns().await.unwrap().len());
        database.scrub().await.unwrap();
        let ids: Vec<_> = (0..40)
            .map(|n| terms::EntryId::from_uuid(uuid::Uuid::from_u128(n)))
            .collect();
        let mut tx = database.begin().await.unwrap();
        for e in &ids {
            tx.insert_entry(&store::ledger::EntryRow {
                shop: id,
                id: *e,
                at: Timestamp::from_millis(5),
                kind: "k".into(),
                subject: None,
                body: vec![],
                position: None,
            })
            .await
            .unwrap();
        }
        assert_eq!(tx.lock_ledger_head(id).await.unwrap(), 0);
        assert_eq!(tx.lock_ledger_head(id).await.unwrap(), 0);
        tx.place_entries(id, 0, &ids).await.unwrap();
        println!("{:?}", tx.entries_from(id, 38, 5).await.unwrap());
        assert!(
            tx.queue(id, &store::conversations::ConversationState::ALL, 4)
                .await
                .unwrap()
                .is_empty()
        );
        tx.commit().await.unwrap();
    }
    let database = sql::open(&target).await.unwrap();
    database.ready().await.unwrap();
    println!(
        "{:?}",
        database.snapshot().await.unwrap().shop(id).await.unwrap()
    );
}
