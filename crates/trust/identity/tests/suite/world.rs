//! A shop on a temporary database, with a mailbox that everybody's owner can look into.

use std::{collections::BTreeMap, sync::Arc};

use guard::gate::{self, EmailAddress};
use identity::{
    Identity, IdentityError, Scope, SessionToken, Shopper, Staff, Timeouts, Verified,
    codes::{CodeOutcome, CodeSent, Proved},
    level::{Guest, Session},
    sessions::Opened,
    staff::{Invitation, SignedInStaff},
    testing::{entry, sign_in_with_new_passkey},
};
use ledger::Recorder;
use sql::SqlDatabase;
use sqlx::{Connection as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Database, Snapshot, Transaction, shops::ShopRow};
use tempfile::TempDir;
use terms::{Clock as _, CodeRequestId, Locale, RoleName, Secret, ShopId, Untrusted};
use vault::{
    Row, Vault,
    testing::{HandClock, MemoryCustody, SeededRng},
};

pub(crate) struct World {
    pub(crate) database: SqlDatabase,
    pub(crate) directory: TempDir,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) rng: Arc<SeededRng>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) identity: Identity,
    pub(crate) shop: ShopId,
}

pub(crate) fn address(text: &str) -> EmailAddress {
    gate::email_address(Untrusted::new(text.to_owned())).unwrap()
}

/// A code that is not `code`.
pub(crate) fn not(code: &Secret<String>) -> Secret<String> {
    let number: u32 = code.expose().parse().unwrap();
    Secret::new(format!("{:06}", (number + 1) % 1_000_000))
}

impl World {
    pub(crate) async fn new() -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(2));
        let custody = Arc::new(MemoryCustody::new([3; 32]));
        let vault = Arc::new(Vault::open(custody, clock.clone(), rng.clone()).unwrap());
        let recorder = Arc::new(Recorder::new(clock.clone(), rng.clone()));
        let identity = Identity::new(
            vault.clone(),
            recorder,
            clock.clone(),
            rng.clone(),
            Timeouts::default(),
            identity::testing::relying_party().unwrap(),
        );
        let shop = ShopId::ordered(&*clock, &*rng);
        let world = Self {
            database,
            directory,
            clock,
            rng,
            vault,
            identity,
            shop,
        };
        world.found(shop, "linden").await;
        world
    }

    pub(crate) async fn found(&self, shop: ShopId, handle: &str) {
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

    pub(crate) async fn begin(&self) -> Box<dyn Transaction> {
        self.database.begin().await.unwrap()
    }

    pub(crate) async fn snapshot(&self) -> Box<dyn Snapshot> {
        self.database.snapshot().await.unwrap()
    }

    pub(crate) async fn guest(&self) -> Opened {
        let mut tx = self.begin().await;
        let opened = self.identity.open_guest(&mut *tx, self.shop).await.unwrap();
        tx.commit().await.unwrap();
        opened
    }

    pub(crate) async fn prove<'scope>(
        &self,
        scope: &'scope Scope,
        token: &SessionToken,
    ) -> Result<Verified<'scope, Shopper, Guest>, IdentityError> {
        self.identity
            .shopper(scope, &mut *self.snapshot().await, token)
            .await
    }

    pub(crate) async fn signed_in<'scope>(
        &self,
        scope: &'scope Scope,
        token: &SessionToken,
    ) -> Verified<'scope, Shopper, Session> {
        let proof = self.prove(scope, token).await.unwrap();
        proof.raise().unwrap()
    }

    pub(crate) async fn prove_staff<'scope>(
        &self,
        scope: &'scope Scope,
        token: &SessionToken,
    ) -> Result<Verified<'scope, Staff, Session>, IdentityError> {
        self.identity
            .staff_member(scope, &mut *self.snapshot().await, token)
            .await
    }

    /// Whether the token opens anything.
    pub(crate) async fn lives(&self, token: &SessionToken) -> bool {
        match self.prove(&Scope::new(), token).await {
            Ok(_) => true,
            Err(IdentityError::NeedsSession) => false,
            Err(other) => panic!("{other}"),
        }
    }

    pub(crate) async fn try_request(
        &self,
        token: &SessionToken,
        to: &str,
    ) -> Result<CodeSent, IdentityError> {
        let scope = Scope::new();
        let proof = self.prove(&scope, token).await?;
        let mut tx = self.begin().await;
        let sent = self
            .identity
            .request_code(&mut *tx, &proof, &address(to), &Locale::default())
            .await?;
        tx.commit().await.unwrap();
        Ok(sent)
    }

    /// Asks for a code; gives the request and the code that was mailed.
    pub(crate) async fn request(
        &self,
        token: &SessionToken,
        to: &str,
    ) -> (CodeRequestId, Secret<String>) {
        let sent = self.try_request(token, to).await.unwrap();
        let (recipient, code) = self.newest_mail().await;
        assert_eq!(recipient, address(to).normalised());
        (sent.request, code)
    }

    /// As the handler does it: committed in every case.
    pub(crate) async fn try_give(
        &self,
        token: &SessionToken,
        request: CodeRequestId,
        code: &Secret<String>,
    ) -> Result<CodeOutcome<Proved>, IdentityError> {
        let scope = Scope::new();
        let proof = self.prove(&scope, token).await?;
        self.give_by(&proof, request, code).await
    }

    pub(crate) async fn give_by(
        &self,
        proof: &Verified<'_, Shopper, Guest>,
        request: CodeRequestId,
        code: &Secret<String>,
    ) -> Result<CodeOutcome<Proved>, IdentityError> {
        let mut tx = self.begin().await;
        let outcome = self
            .identity
            .prove_address(&mut *tx, proof, request, code, &entry())
            .await?;
        tx.commit().await.unwrap();
        Ok(outcome)
    }

    pub(crate) async fn give(
        &self,
        token: &SessionToken,
        request: CodeRequestId,
        code: &Secret<String>,
    ) -> CodeOutcome<Proved> {
        self.try_give(token, request, code).await.unwrap()
    }

    /// A guest who proves her address.
    pub(crate) async fn shopper(&self, address: &str) -> Proved {
        let guest = self.guest().await;
        let (request, code) = self.request(&guest.token, address).await;
        match self.give(&guest.token, request, &code).await {
            CodeOutcome::Accepted(proved) => proved,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn mails(&self) -> usize {
        self.snapshot()
            .await
            .mails(self.shop, 50)
            .await
            .unwrap()
            .len()
    }

    /// Recipient and code of the mail that was sent last.
    pub(crate) async fn newest_mail(&self) -> (String, Secret<String>) {
        let (recipient, message) = self.newest_text().await;
        let mut codes = message
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|word| word.len() == 6);
        let code = codes.next().unwrap().to_owned();
        assert!(codes.all(|again| again == code), "{message}");
        (recipient, Secret::new(code))
    }

    /// Recipient and words of the mail that was sent last.
    pub(crate) async fn newest_text(&self) -> (String, String) {
        let mut snapshot = self.snapshot().await;
        let mails = snapshot.mails(self.shop, 50).await.unwrap();
        // Several in one millisecond have no order among them but that of their random ids.
        let newest = mails.iter().map(|mail| mail.created_at).max();
        let mut newest = mails.iter().filter(|mail| Some(mail.created_at) == newest);
        let mail = newest.next().unwrap();
        assert!(newest.next().is_none(), "move the clock between two mails");
        let identity = [mail.id.as_bytes().as_slice()];
        let row = Row::new(self.shop, &identity);
        let recipient = self.vault.open_sealed(&mut *snapshot, row, &mail.recipient);
        let recipient = String::from_utf8(recipient.await.unwrap().expose().clone()).unwrap();
        let message = self.vault.open_sealed(&mut *snapshot, row, &mail.message);
        let message = String::from_utf8(message.await.unwrap().expose().clone()).unwrap();
        (recipient, message)
    }

    pub(crate) async fn invite(&self, role: RoleName) -> Invitation {
        let name = gate::person_name(Untrusted::new("Robin Reed".to_owned())).unwrap();
        let mut tx = self.begin().await;
        let invitation = self
            .identity
            .danger_add_staff_as_operator(&mut *tx, self.shop, &name, &role.into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        invitation
    }

    pub(crate) async fn sign_in(
        &self,
        token: &SessionToken,
    ) -> Result<SignedInStaff, IdentityError> {
        let mut tx = self.begin().await;
        let (signed_in, _) = sign_in_with_new_passkey(&self.identity, &mut *tx, token).await?;
        tx.commit().await.unwrap();
        Ok(signed_in)
    }

    async fn outsider(&self) -> SqliteConnection {
        let file = self.directory.path().join("parlour.db");
        let options = SqliteConnectOptions::new().filename(file);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Changes a row behind the program's back.
    pub(crate) async fn tamper(&self, statement: &'static str) {
        let mut outsider = self.outsider().await;
        let done = sqlx::query(statement).execute(&mut outsider).await.unwrap();
        assert!(done.rows_affected() > 0, "{statement}");
        outsider.close().await.unwrap();
    }

    /// How many ledger entries there are of each kind.
    pub(crate) async fn entries(&self) -> BTreeMap<String, i64> {
        self.counted("SELECT kind, count(*) FROM ledger_entries GROUP BY kind")
            .await
    }

    /// What is kept of all recovery codes.
    pub(crate) async fn kept_recovery_hashes(&self) -> Vec<Vec<u8>> {
        let mut outsider = self.outsider().await;
        let query = sqlx::query("SELECT hash FROM recovery_codes");
        let rows = query.fetch_all(&mut outsider).await.unwrap();
        outsider.close().await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// How many rows there are in each table that a code touches.
    pub(crate) async fn rows(&self) -> BTreeMap<String, i64> {
        self.counted(
            "SELECT 'data_keys', count(*) FROM data_keys UNION ALL \
             SELECT 'shoppers', count(*) FROM shoppers UNION ALL \
             SELECT 'shopper_sessions', count(*) FROM shopper_sessions UNION ALL \
             SELECT 'code_requests', count(*) FROM code_requests UNION ALL \
             SELECT 'mails', count(*) FROM mails UNION ALL \
             SELECT 'ledger_entries', count(*) FROM ledger_entries UNION ALL \
             SELECT 'limits', count(*) FROM limits",
        )
        .await
    }

    async fn counted(&self, query: &'static str) -> BTreeMap<String, i64> {
        let mut outsider = self.outsider().await;
        let rows = sqlx::query(query).fetch_all(&mut outsider).await.unwrap();
        outsider.close().await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }
}
