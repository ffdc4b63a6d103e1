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

use crate::sqlite::{fresh, outsider};

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
