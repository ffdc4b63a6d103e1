//! The contract suite shown to fail when broken on purpose: each back-end here breaks one promise,
//! and the suite must name it.

use std::sync::Arc;

use async_trait::async_trait;
use sql::SqlDatabase;
use store::{
    Database, Heard, Pulses, Result, Snapshot, Transaction,
    contract::{self, Broken},
};
use tempfile::TempDir;

use crate::{
    server::play,
    sqlite::{fresh, outsider},
};

/// A database whose schema does what `sabotage` made of it.
async fn sabotaged(sabotage: &'static str) -> (SqlDatabase, TempDir) {
    let (database, directory) = fresh().await;
    let mut outsider = outsider(directory.path()).await;
    sqlx::raw_sql(sabotage)
        .execute(&mut outsider)
        .await
        .unwrap();
    (database, directory)
}

async fn expect(database: impl Database + 'static, case: &str) {
    let broken = contract::run_all(Arc::new(database)).await;
    assert!(
        names(&broken, case),
        "the suite did not find it; it found {broken:#?}"
    );
    assert!(
        broken.len() < contract::CASES.len(),
        "the suite finds everything broken: {broken:#?}"
    );
}

fn names(broken: &[Broken], case: &str) -> bool {
    assert!(
        contract::CASES.iter().any(|known| known.name == case),
        "no case is called `{case}`"
    );
    broken.iter().any(|found| found.case == case)
}

macro_rules! sabotages {
    ($($test:ident: $sabotage:literal => $case:literal;)*) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            let (database, _directory) = sabotaged($sabotage).await;
            expect(database, $case).await;
        }
    )* };
}

sabotages! {
    a_link_that_works_twice:
        "CREATE TRIGGER forgetful AFTER UPDATE OF used_at ON sign_in_links BEGIN \
         UPDATE sign_in_links SET used_at = NULL WHERE shop = new.shop AND id = new.id; END"
        => "of eight who use a sign-in link, one succeeds";
    a_code_that_works_twice:
        "CREATE TRIGGER forgetful AFTER UPDATE OF used_at ON code_requests BEGIN \
         UPDATE code_requests SET used_at = NULL WHERE shop = new.shop AND id = new.id; END"
        => "attempts at a code are counted and a code works once";
    a_message_that_is_kept_twice:
        "DROP INDEX turns_message" => "a position and a message are taken once";
    a_lease_for_everyone:
        "CREATE TRIGGER generous AFTER INSERT ON leases BEGIN \
         UPDATE leases SET until = 0 WHERE shop = new.shop; END"
        => "of eight who want a lease, one gets it";
    a_limit_that_forgets:
        "CREATE TRIGGER forgetful AFTER UPDATE OF count ON limits BEGIN \
         UPDATE limits SET count = 1 WHERE shop = new.shop AND name = new.name; END"
        => "a limit counts everyone";
    a_shop_that_reaches_into_another:
        "CREATE TRIGGER careless AFTER DELETE ON shop_hosts BEGIN DELETE FROM shop_hosts; END; \
         CREATE TRIGGER nosy AFTER INSERT ON shops WHEN (SELECT count(*) FROM mails) > 0 BEGIN \
         INSERT INTO mails SELECT new.id, id, recipient, message, created_at, expires_at \
         FROM mails WHERE shop <> new.id GROUP BY id; END"
        => "a third shop reads nothing of another";
    a_sweep_that_takes_too_much:
        "CREATE TRIGGER greedy AFTER DELETE ON staff_sessions BEGIN \
         DELETE FROM code_requests; END"
        => "the sweep takes what expired or ended, and nothing else";
    a_shopper_who_is_lost:
        "CREATE TRIGGER lossy AFTER INSERT ON shoppers BEGIN \
         DELETE FROM shoppers WHERE shop = new.shop AND id = new.id; END"
        => "every row reads back as it was written";

    terms_that_keep_their_version:
        "CREATE TRIGGER frozen AFTER UPDATE ON shop_terms BEGIN \
         UPDATE shop_terms SET catalogue = old.catalogue WHERE shop = new.shop; END"
        => "terms are replaced and raise the catalogue's version";
    terms_of_one_shop_for_all:
        "CREATE TRIGGER bossy AFTER INSERT ON shop_terms BEGIN \
         UPDATE shop_terms SET body = new.body; END"
        => "a third shop changes nothing of another";
    products_that_lose_their_place:
        "CREATE TRIGGER careless AFTER INSERT ON products BEGIN \
         UPDATE products SET position = 0 WHERE shop = new.shop AND id = new.id; END"
        => "products are paged by position, then id";
    a_shelf_that_fills_itself:
        "CREATE TRIGGER generous AFTER UPDATE OF stock ON variants WHEN new.stock = 0 BEGIN \
         UPDATE variants SET stock = 1 WHERE shop = new.shop AND id = new.id; END"
        => "of eight who want one of the last five pieces, five get it";
    a_stock_that_begins_to_count:
        "CREATE TRIGGER strict AFTER UPDATE OF stock ON variants WHEN new.stock IS NULL BEGIN \
         UPDATE variants SET stock = 9 WHERE shop = new.shop AND id = new.id; END"
        => "stock never falls below nothing, and stays uncounted";
    a_variant_of_no_product:
        "DROP TABLE variants; CREATE TABLE variants (shop TEXT, id TEXT, product TEXT, \
         position BIGINT, price BIGINT, available BOOLEAN, stock BIGINT, body TEXT, \
         PRIMARY KEY (shop, id))"
        => "a row of commerce without its parent is missing";
    a_customer_who_changes_her_own_id:
        "CREATE TRIGGER nosy AFTER UPDATE OF body ON customers BEGIN \
         UPDATE customers SET position = 99 WHERE shop = new.shop AND shopper = new.shopper; END"
        => "an update of a customer changes the body alone";
    a_cart_of_two_owners:
        "CREATE TRIGGER careless AFTER DELETE ON carts BEGIN \
         DELETE FROM carts WHERE shop = old.shop AND owner = old.owner; END"
        => "every owner has one cart";
    a_sweep_of_shoppers_carts:
        "CREATE TRIGGER greedy AFTER DELETE ON carts WHEN old.owner_kind = 'session' BEGIN \
         DELETE FROM carts WHERE updated_at <= old.updated_at; END"
        => "the sweep takes old carts of sessions, and nothing else";
    an_order_that_gives_way:
        "CREATE TRIGGER meek BEFORE INSERT ON orders BEGIN \
         DELETE FROM orders WHERE shop = new.shop AND number = new.number; END"
        => "an order's id and number are taken once";
    an_order_that_goes_to_another:
        "CREATE TRIGGER confused AFTER INSERT ON orders BEGIN \
         UPDATE orders SET shopper = (SELECT min(shopper) FROM customers WHERE shop = new.shop) \
         WHERE shop = new.shop AND id = new.id; END"
        => "a shopper finds her own orders, newest first, and no other's";
    an_order_that_is_never_paid:
        "CREATE TRIGGER stubborn AFTER UPDATE OF pay_until ON orders \
         WHEN old.pay_until IS NOT NULL AND new.pay_until IS NULL BEGIN \
         UPDATE orders SET pay_until = old.pay_until WHERE shop = new.shop AND id = new.id; END"
        => "orders that were not paid in time are found, longest due first";
    a_servicing_that_is_lost:
        "CREATE TRIGGER lossy AFTER INSERT ON orders WHEN new.servicing = 'exchange_requested' \
         BEGIN UPDATE orders SET servicing = NULL WHERE shop = new.shop AND id = new.id; END"
        => "orders are paged backwards under every filter";
    a_movement_that_is_claimed_twice:
        "CREATE TRIGGER forgetful AFTER UPDATE OF next_at ON movements \
         WHEN new.next_at > old.next_at BEGIN \
         UPDATE movements SET next_at = old.next_at WHERE shop = new.shop AND id = new.id; END"
        => "a movement that is due is claimed by one of eight";
    a_refund_that_is_booked_too_early:
        "CREATE TRIGGER hasty AFTER INSERT ON movements WHEN NOT new.booked BEGIN \
         UPDATE movements SET booked = TRUE WHERE shop = new.shop AND id = new.id; END"
        => "books out of balance are found, and no others";
    a_payment_whose_amount_is_changed:
        "CREATE TRIGGER thief AFTER UPDATE OF state ON movements BEGIN \
         UPDATE movements SET amount = amount - 1 WHERE shop = new.shop AND id = new.id; END"
        => "an update of a movement changes all but what was agreed";
    a_proposal_that_is_decided_twice:
        "CREATE TRIGGER forgetful AFTER UPDATE OF decided_at ON proposals BEGIN \
         UPDATE proposals SET state = 'open', decided_at = NULL \
         WHERE shop = new.shop AND id = new.id; END"
        => "of eight who confirm a proposal, one succeeds";
    a_sweep_of_every_proposal:
        "CREATE TRIGGER greedy AFTER DELETE ON proposals BEGIN DELETE FROM proposals; END"
        => "the sweep takes proposals that expired, and nothing else";
    an_event_that_is_always_new:
        "CREATE TRIGGER forgetful AFTER INSERT ON gateway_events BEGIN \
         DELETE FROM gateway_events WHERE shop = new.shop AND id = new.id; END"
        => "a gateway's event is new to one of eight";
}

/// On SQLite a transaction writes alone, so that no lock can be missing there. Here the orders are
/// behind a view that knows nothing of locks.
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_keeps_nobody_out() {
    play(|server| async move {
        let database = server.open().await;
        sqlx::raw_sql(
            "ALTER TABLE orders RENAME TO kept_orders; \
             CREATE FUNCTION loose() RETURNS SETOF kept_orders LANGUAGE plpgsql AS \
             $$ BEGIN RETURN QUERY SELECT * FROM kept_orders; END $$; \
             CREATE VIEW orders AS SELECT * FROM loose(); \
             CREATE FUNCTION keep() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN \
             IF TG_OP = 'INSERT' THEN \
             INSERT INTO kept_orders SELECT new.* ON CONFLICT DO NOTHING; \
             ELSE \
             UPDATE kept_orders SET status = new.status, servicing = new.servicing, \
             value = new.value, body = new.body, pay_until = new.pay_until, \
             guest = new.guest, updated_at = new.updated_at \
             WHERE shop = new.shop AND id = new.id; \
             END IF; \
             IF FOUND THEN RETURN new; END IF; \
             RETURN NULL; END $$; \
             CREATE TRIGGER keep INSTEAD OF INSERT OR UPDATE ON orders \
             FOR EACH ROW EXECUTE FUNCTION keep()",
        )
        .execute(&mut server.outsider().await)
        .await
        .unwrap();
        let broken = contract::run_all(Arc::new(database)).await;
        for case in [
            "a locked order is changed by one at a time",
            "a shopper's locked order is changed by one at a time",
        ] {
            assert!(names(&broken, case), "the suite found {broken:#?}");
        }
        // Nothing else stands on that lock.
        assert_eq!(broken.len(), 2, "{broken:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_column_without_a_data_map_entry() {
    let (database, _directory) =
        sabotaged("ALTER TABLE shoppers ADD COLUMN nickname TEXT; DROP TABLE limits").await;
    let error = contract::data_map(&database.columns().await.unwrap())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`shoppers.nickname` is a column without an entry"),
        "{error}"
    );
    assert!(
        error.contains("`limits.count` has an entry but no column"),
        "{error}"
    );
}

/// What a wrapped database does differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nobody ever hears a pulse.
    Mute,
    /// Pulses are heard that nobody announced.
    Chatty,
    /// Readers see a database where nothing was ever written.
    Blind,
    /// It is never ready.
    Unready,
}

struct Faulty {
    database: SqlDatabase,
    empty: SqlDatabase,
    fault: Fault,
}

struct Ear {
    inner: Box<dyn Pulses>,
    fault: Fault,
    heard: bool,
}

#[async_trait]
impl Pulses for Ear {
    async fn next(&mut self) -> Heard {
        if self.fault == Fault::Mute {
            return Heard::Closed;
        }
        if self.fault == Fault::Chatty && !self.heard {
            self.heard = true;
            let shop = crate::sqlite::shop(1).id;
            let session = terms::SessionId::from_uuid(uuid::Uuid::from_u128(1));
            return Heard::Pulse(store::Pulse::Session { shop, session });
        }
        self.inner.next().await
    }
}

#[async_trait]
impl Database for Faulty {
    async fn snapshot(&self) -> Result<Box<dyn Snapshot>> {
        match self.fault {
            Fault::Blind => self.empty.snapshot().await,
            _ => self.database.snapshot().await,
        }
    }

    async fn begin(&self) -> Result<Box<dyn Transaction>> {
        self.database.begin().await
    }

    fn pulses(&self) -> Box<dyn Pulses> {
        Box::new(Ear {
            inner: self.database.pulses(),
            fault: self.fault,
            heard: false,
        })
    }

    async fn ready(&self) -> Result<()> {
        match self.fault {
            Fault::Unready => Err(store::StoreError::Unavailable("not yet".into())),
            _ => self.database.ready().await,
        }
    }

    async fn settle(&self) -> Result<()> {
        self.database.settle().await
    }

    async fn scrub(&self) -> Result<()> {
        self.database.scrub().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_of_the_whole_database() {
    for (fault, case) in [
        (
            Fault::Mute,
            "pulses are heard after the commit, once, by everyone",
        ),
        (
            Fault::Chatty,
            "pulses of a transaction that did not commit are never heard",
        ),
        (
            Fault::Blind,
            "nothing is seen before the commit, everything after",
        ),
        (Fault::Unready, "the database is ready"),
    ] {
        let ((database, _one), (empty, _two)) = (fresh().await, fresh().await);
        expect(
            Faulty {
                database,
                empty,
                fault,
            },
            case,
        )
        .await;
    }
}
