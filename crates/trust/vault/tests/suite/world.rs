//! A shop on a temporary database, its vault, and an outsider who writes rows behind its back.

use core::time::Duration;
use std::sync::Arc;

use ledger::Recorder;
use sql::SqlDatabase;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database, Transaction,
    keys::{DataKeyRow, Owner},
    shops::ShopRow,
};
use tempfile::TempDir;
use terms::{
    Clock as _, ConversationId, Place, RetentionClass, Rng as _, Sealed, ShopId, ShopperId,
};
use vault::{
    DataKey, Row, Vault, VaultError,
    testing::{HandClock, MemoryCustody, SeededRng},
};

const ROOT: [u8; 32] = [7; 32];
pub(crate) const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);
pub(crate) const GRACE: Duration = Duration::from_secs(600);

pub(crate) struct World {
    pub(crate) database: Arc<SqlDatabase>,
    pub(crate) directory: TempDir,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) rng: Arc<SeededRng>,
    pub(crate) custody: Arc<MemoryCustody>,
    pub(crate) vault: Vault,
    pub(crate) shop: ShopId,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(1));
        let custody = Arc::new(MemoryCustody::new(ROOT));
        let vault = Vault::open(custody.clone(), clock.clone(), rng.clone()).unwrap();
        let shop = ShopId::ordered(&*clock, &*rng);
        let world = Self {
            database: Arc::new(database),
            directory,
            clock,
            rng,
            custody,
            vault,
            shop,
        };
        world.found(shop, "linden").await;
        world
    }

    async fn found(&self, shop: ShopId, handle: &str) {
        let mut tx = self.begin().await;
        tx.insert_shop(&ShopRow {
            id: shop,
            handle: handle.to_owned(),
            name: handle.to_owned(),
            content_version: 0,
            created_at: self.clock.now(),
        })
        .await
        .unwrap();
        self.vault.create_shop_key(&mut *tx, shop).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A second shop of the installation.
    pub(crate) async fn second_shop(&self) -> ShopId {
        let shop = ShopId::ordered(&*self.clock, &*self.rng);
        self.found(shop, "rowan").await;
        shop
    }

    /// Another node: the same custody, a memory of its own.
    pub(crate) fn node(&self) -> Vault {
        Vault::open(self.custody.clone(), self.clock.clone(), self.rng.clone()).unwrap()
    }

    pub(crate) fn recorder(&self) -> Recorder {
        Recorder::new(self.clock.clone(), self.rng.clone())
    }

    pub(crate) async fn begin(&self) -> Box<dyn Transaction> {
        self.database.begin().await.unwrap()
    }

    pub(crate) fn shopper(&self) -> Owner {
        Owner::Shopper(ShopperId::ordered(&*self.clock, &*self.rng))
    }

    pub(crate) fn guest(&self) -> Owner {
        Owner::Conversation(ConversationId::random(&*self.rng))
    }

    pub(crate) fn fresh_row(&self) -> [u8; 16] {
        let mut id = [0; 16];
        self.rng.fill(&mut id);
        id
    }

    /// The sealing key of the owner, made durable.
    pub(crate) async fn key_by(
        &self,
        vault: &Vault,
        owner: Owner,
        class: RetentionClass,
    ) -> DataKey {
        let mut tx = self.begin().await;
        let key = vault
            .sealing_key(&mut *tx, self.shop, owner, class)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        key
    }

    /// Seals `words` for a row of the owner by this vault, the key made durable.
    pub(crate) async fn seal_by<P: Place>(
        &self,
        vault: &Vault,
        owner: Owner,
        words: &str,
    ) -> Kept<P> {
        let key = self.key_by(vault, owner, P::ENTRY.retention).await;
        let row = self.fresh_row();
        let sealed = key
            .seal(&*self.rng, Row::new(self.shop, &[&row]), words.as_bytes())
            .unwrap();
        Kept { row, sealed }
    }

    pub(crate) async fn seal<P: Place>(&self, owner: Owner, words: &str) -> Kept<P> {
        self.seal_by(&self.vault, owner, words).await
    }

    pub(crate) async fn open_by<P: Place>(
        &self,
        vault: &Vault,
        kept: &Kept<P>,
    ) -> Result<String, VaultError> {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let opened = vault
            .open_sealed(
                &mut *snapshot,
                Row::new(self.shop, &[&kept.row]),
                &kept.sealed,
            )
            .await?;
        Ok(String::from_utf8(opened.expose().clone()).unwrap())
    }

    pub(crate) async fn open<P: Place>(&self, kept: &Kept<P>) -> Result<String, VaultError> {
        self.open_by(&self.vault, kept).await
    }

    pub(crate) async fn key_rows(&self, owner: Owner) -> Vec<DataKeyRow> {
        let mut snapshot = self.database.snapshot().await.unwrap();
        snapshot.data_keys_of(self.shop, owner).await.unwrap()
    }

    /// Puts `row` in the place of `now`, as somebody who can write to the database may.
    pub(crate) async fn overwrite(&self, now: &DataKeyRow, row: &DataKeyRow) {
        let mut tx = self.begin().await;
        assert!(tx.rewrap_data_key(row, &now.wrapped).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// What somebody with the database's file in his hands does.
    pub(crate) async fn tamper(&self, statement: &'static str) {
        let file = self.directory.path().join("parlour.db");
        let options = SqliteConnectOptions::new().filename(file);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query(statement)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
}

/// A sealed value and the row it belongs to.
pub(crate) struct Kept<P: Place> {
    pub(crate) row: [u8; 16],
    pub(crate) sealed: Sealed<P>,
}
