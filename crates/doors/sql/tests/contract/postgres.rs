//! What PostgreSQL must do beyond the contract: two nodes at once, a listener that comes back, and
//! no password in an error.

use core::time::Duration;
use std::collections::BTreeSet;

use sql::Target;
use store::{
    Database as _, Heard, Pulse, Pulses, StoreError,
    customers::CustomerRow,
    ledger::EntryRow,
    orders::{MovementKind, MovementRow, MovementState, OrderRow},
    people::ShopperRow,
};
use terms::{ConversationId, EntryId, MovementId, OrderId, Sealed, Secret, ShopperId, Timestamp};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{server::play, sqlite::shop};

/// Only a broken program ever waits this long.
const LONG: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn postgres_keeps_the_contract() {
    play(|server| async move {
        crate::suite::keeps_the_contract(server.open().await).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_migrate_once() {
    play(|server| async move {
        let (a, b, c, d) = tokio::join!(server.open(), server.open(), server.open(), server.open());
        for node in [&a, &b, &c, &d] {
            node.ready().await.unwrap();
        }
        let mut outsider = server.outsider().await;
        let (applied,): (i64,) = sqlx::query_as("SELECT count(*) FROM schema_migrations")
            .fetch_one(&mut outsider)
            .await
            .unwrap();
        let known = usize::try_from(applied).unwrap();
        assert_eq!(known, crate::migrations::files().await.len());
    })
    .await;
}

/// Two imports at once: the second does not wait until the first is over.
#[tokio::test(flavor = "multi_thread")]
async fn stock_is_taken_by_two_at_once() {
    play(|server| async move {
        let database = server.open().await;
        let mut one = database.begin().await.unwrap();
        one.take_stock().await.unwrap();
        let mut other = database.begin().await.unwrap();
        timeout(LONG, other.take_stock()).await.unwrap().unwrap();
        other.commit().await.unwrap();
        one.commit().await.unwrap();
    })
    .await;
}

fn pulse(number: u128) -> Pulse {
    Pulse::Conversation {
        shop: shop(1).id,
        conversation: ConversationId::from_uuid(Uuid::from_u128(number)),
    }
}

async fn announce(database: &sql::SqlDatabase, pulse: Pulse) {
    let mut tx = database.begin().await.unwrap();
    tx.announce(pulse);
    tx.commit().await.unwrap();
}

async fn next(ear: &mut dyn Pulses) -> Heard {
    timeout(LONG, ear.next()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_node_hears_what_another_announces() {
    play(|server| async move {
        let (one, other) = (server.open().await, server.open().await);
        let (mut near, mut far) = (one.pulses(), other.pulses());
        announce(&one, pulse(1)).await;
        announce(&other, pulse(2)).await;
        // Each hears both, and once; its own it may hear before the other's.
        for ear in [&mut near, &mut far] {
            let heard = [next(&mut **ear).await, next(&mut **ear).await];
            for pulse in [pulse(1), pulse(2)] {
                assert!(heard.contains(&Heard::Pulse(pulse)), "{heard:?}");
            }
        }
        announce(&one, pulse(3)).await;
        for ear in [&mut near, &mut far] {
            assert_eq!(next(&mut **ear).await, Heard::Pulse(pulse(3)));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_listener_says_so_and_comes_back() {
    play(|server| async move {
        let database = server.open().await;
        let mut ear = database.pulses();
        announce(&database, pulse(1)).await;
        assert_eq!(next(&mut *ear).await, Heard::Pulse(pulse(1)));

        let mut outsider = server.outsider().await;
        let (ended,): (i64,) = sqlx::query_as(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .fetch_one(&mut outsider)
        .await
        .unwrap();
        assert!(ended >= 1);
        assert_eq!(next(&mut *ear).await, Heard::Missed);

        // Pulses are heard again as soon as the listener is back; the pool's own broken
        // connections may cost a transaction each until then.
        let heard = timeout(LONG, async {
            loop {
                if let Ok(mut tx) = database.begin().await {
                    tx.announce(pulse(2));
                    if tx.commit().await.is_ok()
                        && timeout(Duration::from_secs(1), hears(&mut *ear, pulse(2)))
                            .await
                            .is_ok()
                    {
                        break;
                    }
                }
            }
        });
        heard.await.unwrap();
    })
    .await;
}

async fn hears(ear: &mut dyn Pulses, wanted: Pulse) {
    while ear.next().await != Heard::Pulse(wanted) {}
}

/// Two transactions with an entry each are open at once; neither waits for the other.
#[tokio::test(flavor = "multi_thread")]
async fn writers_do_not_queue_at_the_tree() {
    play(|server| async move {
        let (one, other) = (server.open().await, server.open().await);
        let entry = |number| EntryRow {
            shop: shop(1).id,
            id: EntryId::from_uuid(Uuid::from_u128(number)),
            at: Timestamp::from_millis(1),
            kind: "turn.received".to_owned(),
            subject: None,
            body: vec![1],
            position: None,
        };
        let mut slow = one.begin().await.unwrap();
        slow.insert_entry(&entry(1)).await.unwrap();
        let quick = timeout(LONG, async {
            let mut tx = other.begin().await.unwrap();
            tx.insert_entry(&entry(2)).await.unwrap();
            // The sequencer places what is there, and does not wait for what is on its way.
            assert_eq!(tx.lock_ledger_head(shop(1).id).await.unwrap(), 0);
            tx.place_entries(shop(1).id, 0, &[entry(2).id])
                .await
                .unwrap();
            tx.set_ledger_size(shop(1).id, 1).await.unwrap();
            tx.commit().await.unwrap();
        });
        quick.await.unwrap();
        slow.commit().await.unwrap();
        let counts = one
            .snapshot()
            .await
            .unwrap()
            .entry_counts(shop(1).id)
            .await
            .unwrap();
        assert_eq!(counts, (1, 1));
    })
    .await;
}

/// A shop with one order that has this many movements, due since time 1.
async fn due(tx: &mut dyn store::Transaction, movements: u128) {
    let shop = shop(1);
    let id = Uuid::from_u128;
    let sealed = || vec![1; 65];
    let shopper = ShopperRow {
        shop: shop.id,
        id: ShopperId::from_uuid(id(1)),
        email_index: [1; 32],
        email: Sealed::from_storage(sealed()).unwrap(),
        created_at: Timestamp::from_millis(1),
    };
    let customer = CustomerRow {
        shop: shop.id,
        shopper: shopper.id,
        own_index: [1; 32],
        position: 1,
        body: Sealed::from_storage(sealed()).unwrap(),
    };
    let order = OrderRow {
        shop: shop.id,
        id: OrderId::from_uuid(id(1)),
        number: "#W1".to_owned(),
        shopper: shopper.id,
        position: 1,
        status: "pending".to_owned(),
        servicing: None,
        value: 1,
        body: Sealed::from_storage(sealed()).unwrap(),
        pay_until: None,
        placed_at: None,
        guest: None,
        updated_at: Timestamp::from_millis(1),
    };
    tx.insert_shop(&shop).await.unwrap();
    assert!(tx.insert_shopper(&shopper).await.unwrap());
    tx.insert_customer(&customer).await.unwrap();
    tx.insert_order(&order).await.unwrap();
    for number in 1..=movements {
        tx.insert_movement(&movement(number)).await.unwrap();
    }
}

fn movement(number: u128) -> MovementRow {
    MovementRow {
        shop: shop(1).id,
        id: MovementId::from_uuid(Uuid::from_u128(number)),
        order: OrderId::from_uuid(Uuid::from_u128(1)),
        label: format!("payment-{number}"),
        position: 1,
        kind: MovementKind::Payment,
        method: None,
        original: None,
        amount: 1,
        booked: false,
        state: MovementState::Asked,
        reference: None,
        attempts: 0,
        next_at: Some(Timestamp::from_millis(1)),
        created_at: Timestamp::from_millis(1),
        updated_at: Timestamp::from_millis(1),
    }
}

/// What the planner thinks of a table that has grown since it was looked at: it holds one row, so
/// anything may be done again for every row.
#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_claimed_than_was_asked_for() {
    play(|server| async move {
        let database = server.open().await;
        let mut tx = database.begin().await.unwrap();
        due(&mut *tx, 1).await;
        tx.commit().await.unwrap();
        sqlx::raw_sql("ANALYZE movements")
            .execute(&mut server.outsider().await)
            .await
            .unwrap();
        let mut tx = database.begin().await.unwrap();
        for number in 2..=16 {
            tx.insert_movement(&movement(number)).await.unwrap();
        }
        let (now, later) = (Timestamp::from_millis(1), Timestamp::from_millis(2));
        let claimed = tx.claim_movements(now, later, 3).await.unwrap();
        assert_eq!(claimed.len(), 3);
        let rest = tx.claim_movements(now, later, 99).await.unwrap();
        assert_eq!(rest.len(), 13);
    })
    .await;
}

/// Two nodes claim at once: neither waits for the other, and each gets others.
#[tokio::test(flavor = "multi_thread")]
async fn nodes_claim_without_waiting_for_each_other() {
    play(|server| async move {
        let (one, other) = (server.open().await, server.open().await);
        let mut tx = one.begin().await.unwrap();
        due(&mut *tx, 5).await;
        tx.commit().await.unwrap();
        let (now, later) = (Timestamp::from_millis(1), Timestamp::from_millis(2));
        let mut slow = one.begin().await.unwrap();
        let first = slow.claim_movements(now, later, 2).await.unwrap();
        let second = timeout(LONG, async {
            let mut tx = other.begin().await.unwrap();
            let rows = tx.claim_movements(now, later, 9).await.unwrap();
            tx.commit().await.unwrap();
            rows
        });
        let second = second.await.unwrap();
        // What is given back before it was asked about is claimed anew.
        slow.rollback().await.unwrap();
        let mut tx = one.begin().await.unwrap();
        let third = tx.claim_movements(now, later, 9).await.unwrap();
        let ids = |rows: Vec<MovementRow>| -> BTreeSet<MovementId> {
            rows.into_iter().map(|row| row.id).collect()
        };
        let (first, second, third) = (ids(first), ids(second), ids(third));
        assert_eq!((first.len(), second.len()), (2, 3));
        assert!(first.is_disjoint(&second), "{first:?} {second:?}");
        assert_eq!(first, third);
    })
    .await;
}

/// `dyn Snapshot` has no writes; this is the wall behind that wall: a read that the database was
/// made to turn into a write.
#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_cannot_write() {
    play(|server| async move {
        let database = server.open().await;
        let mut tx = database.begin().await.unwrap();
        tx.insert_shop(&shop(1)).await.unwrap();
        tx.commit().await.unwrap();
        sqlx::raw_sql(
            "ALTER TABLE shops RENAME TO kept_shops; \
             CREATE FUNCTION forget() RETURNS BOOLEAN LANGUAGE plpgsql AS \
             $$ BEGIN DELETE FROM limits; RETURN TRUE; END $$; \
             CREATE VIEW shops AS SELECT * FROM kept_shops WHERE forget()",
        )
        .execute(&mut server.outsider().await)
        .await
        .unwrap();
        let mut tx = database.begin().await.unwrap();
        assert_eq!(tx.shop(shop(1).id).await.unwrap(), Some(shop(1)));
        let error = database
            .snapshot()
            .await
            .unwrap()
            .shop(shop(1).id)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("read-only"), "{error}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_statement_spoils_the_transaction() {
    play(|server| async move {
        crate::sqlite::interrupts(&server.open().await).await;
    })
    .await;
}

/// What is left of a deadlock between two transactions: one succeeds, the other may try again.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_unavailable_and_leaves_nothing() {
    play(|server| async move {
        let database = server.open().await;
        let mut tx = database.begin().await.unwrap();
        for number in [1, 2] {
            tx.insert_shop(&shop(number)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let gate = tokio::sync::Barrier::new(2);
        let crossing = |first: u128, second: u128| {
            let (database, gate) = (&database, &gate);
            async move {
                let mut tx = database.begin().await?;
                tx.lock_ledger_head(shop(first).id).await?;
                gate.wait().await;
                tx.lock_ledger_head(shop(second).id).await?;
                tx.set_ledger_size(shop(first).id, i64::try_from(first).unwrap())
                    .await?;
                tx.commit().await
            }
        };
        let (one, other) = tokio::join!(crossing(1, 2), crossing(2, 1));
        let outcomes = [one, other];
        assert_eq!(
            outcomes.iter().filter(|outcome| outcome.is_ok()).count(),
            1,
            "{outcomes:?}"
        );
        let victim = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(victim, StoreError::Unavailable(_)), "{victim:?}");
        let mut snapshot = database.snapshot().await.unwrap();
        let sizes = snapshot.ledger_size(shop(1).id).await.unwrap()
            + snapshot.ledger_size(shop(2).id).await.unwrap();
        assert!(sizes == 1 || sizes == 2, "{sizes}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_statement_spoils_the_transaction() {
    play(|server| async move {
        let database = server.open().await;
        crate::sqlite::spoils(&database).await;
    })
    .await;
}

#[tokio::test]
async fn no_error_shows_the_password() {
    for url in [
        "postgres://shop:hunter2@127.0.0.1:1/parlour",
        "postgres://shop:hunter2@127.0.0.1:notaport/parlour",
        "hunter2",
        "postgres://shop:hunter2@127.0.0.1:1/parlour?sslmode=hunter2",
        "postgres://shop:hunter2@127.0.0.1:1/parlour?hunter2=hunter2",
    ] {
        let url = Secret::new(url.to_owned());
        let target = Target::Postgres {
            url,
            max_connections: 2,
        };
        let error = sql::open(&target).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        let shown = format!("{error} {error:?} {target:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
