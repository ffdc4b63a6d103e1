//! A shop on a temporary database, with shoppers, staff and their conversations.

use std::{collections::BTreeMap, sync::Arc};

use guard::gate::{self, Cleared, LinkPolicy, Pseudonyms};
use identity::{
    Identity, Permit, Scope, SessionToken, Shopper, Timeouts, Verified,
    actions::Action,
    codes::{CodeOutcome, Proved},
    level::Guest,
    sessions::Opened,
    testing::{entry, sign_in_with_new_passkey},
};
use inbox::{Inbox, InboxError, NewTurn, Turn};
use ledger::{Recorder, gate::Actor};
use sql::SqlDatabase;
use store::{
    Database, Snapshot, Transaction,
    conversations::{Author, ConversationRow},
    shops::ShopRow,
};
use tempfile::TempDir;
use terms::{
    Clock as _, ConversationId, Locale, MessageId, RoleName, Secret, ShopId, StaffId, Untrusted,
};
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
    pub(crate) inbox: Inbox,
    pub(crate) shop: ShopId,
}

/// A member of staff who is signed in.
pub(crate) struct Agent {
    pub(crate) id: StaffId,
    pub(crate) token: SessionToken,
}

/// What a shopper typed, let in.
pub(crate) fn words(text: &str) -> Cleared {
    let inbound = gate::inbound(Untrusted::new(text.to_owned()), &mut Pseudonyms::default());
    gate::echo(&inbound.unwrap().admitted)
}

/// What a member of staff typed, cleared.
pub(crate) fn reply(text: &str) -> Cleared {
    gate::reply(Untrusted::new(text.to_owned()), &policy()).unwrap()
}

pub(crate) fn policy() -> LinkPolicy {
    LinkPolicy::new(["shop.example".to_owned()])
}

impl World {
    pub(crate) async fn new() -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(4));
        let custody = Arc::new(MemoryCustody::new([5; 32]));
        let vault = Arc::new(Vault::open(custody, clock.clone(), rng.clone()).unwrap());
        let recorder = Arc::new(Recorder::new(clock.clone(), rng.clone()));
        let identity = Identity::new(
            vault.clone(),
            recorder.clone(),
            clock.clone(),
            rng.clone(),
            Timeouts::default(),
            identity::testing::relying_party().unwrap(),
        );
        let inbox = Inbox::new(
            vault.clone(),
            recorder,
            identity.clone(),
            clock.clone(),
            rng.clone(),
        );
        let shop = ShopId::ordered(&*clock, &*rng);
        let world = Self {
            database,
            directory,
            clock,
            rng,
            vault,
            identity,
            inbox,
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

    /// The same installation, seen from a second shop of it.
    pub(crate) async fn moved_to_second_shop(self) -> Self {
        let shop = ShopId::ordered(&*self.clock, &*self.rng);
        self.found(shop, "rowan").await;
        Self { shop, ..self }
    }

    pub(crate) fn tick(&self) {
        self.clock.advance(core::time::Duration::from_secs(1));
    }

    pub(crate) async fn begin(&self) -> Box<dyn Transaction> {
        self.database.begin().await.unwrap()
    }

    pub(crate) async fn snapshot(&self) -> Box<dyn Snapshot> {
        self.database.snapshot().await.unwrap()
    }

    pub(crate) fn conversation(&self) -> ConversationId {
        ConversationId::random(&*self.rng)
    }

    pub(crate) fn message(&self) -> MessageId {
        MessageId::random(&*self.rng)
    }

    pub(crate) async fn guest(&self) -> Opened {
        let mut tx = self.begin().await;
        let opened = self.identity.open_guest(&mut *tx, self.shop).await.unwrap();
        tx.commit().await.unwrap();
        opened
    }

    pub(crate) async fn proof<'scope>(
        &self,
        scope: &'scope Scope,
        token: &SessionToken,
    ) -> Verified<'scope, Shopper, Guest> {
        self.identity
            .shopper(scope, &mut *self.snapshot().await, token)
            .await
            .unwrap()
    }

    /// The holder of this session proves an address; what she had said comes with her.
    pub(crate) async fn prove_address(&self, token: &SessionToken, address: &str) -> Proved {
        self.tick();
        let scope = Scope::new();
        let proof = self.proof(&scope, token).await;
        let address = gate::email_address(Untrusted::new(address.to_owned())).unwrap();
        let mut tx = self.begin().await;
        let sent = self
            .identity
            .request_code(&mut *tx, &proof, &address, &Locale::default())
            .await
            .unwrap();
        let code = self.mailed_code(&mut *tx).await;
        let outcome = self
            .identity
            .prove_address(&mut *tx, &proof, sent.request, &code, &entry())
            .await
            .unwrap();
        let CodeOutcome::Accepted(proved) = outcome else {
            panic!("{outcome:?}")
        };
        self.inbox
            .adopt(&mut *tx, self.shop, proof.session(), proved.shopper)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        proved
    }

    async fn mailed_code(&self, tx: &mut dyn Transaction) -> Secret<String> {
        let mails = tx.mails(self.shop, 50).await.unwrap();
        let mail = mails.iter().max_by_key(|mail| mail.created_at).unwrap();
        let identity = [mail.id.as_bytes().as_slice()];
        let row = Row::new(self.shop, &identity);
        let text = self
            .vault
            .open_sealed(tx, row, &mail.message)
            .await
            .unwrap();
        let text = String::from_utf8(text.expose().clone()).unwrap();
        let mut words = text.split(|letter: char| !letter.is_ascii_digit());
        Secret::new(words.find(|word| word.len() == 6).unwrap().to_owned())
    }

    /// Says something in a conversation, which is opened when it is not there.
    pub(crate) async fn say(
        &self,
        token: &SessionToken,
        conversation: ConversationId,
        text: &str,
    ) -> Result<i64, InboxError> {
        let scope = Scope::new();
        let proof = self.proof(&scope, token).await;
        self.say_by(&proof, conversation, text).await
    }

    pub(crate) async fn say_by(
        &self,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: ConversationId,
        text: &str,
    ) -> Result<i64, InboxError> {
        let mut tx = self.begin().await;
        let (mut row, _) = self
            .inbox
            .hers_locked_or_opened(&mut *tx, proof, conversation, &Locale::default())
            .await?;
        let turn = NewTurn {
            author: Author::Shopper,
            staff: None,
            message: Some(self.message()),
            in_reply_to: None,
            words: &words(text),
        };
        let stored = self.inbox.append(&mut *tx, &mut row, turn).await?;
        tx.update_conversation(&row).await?;
        tx.commit().await?;
        Ok(stored.position)
    }

    /// A guest with a conversation in which she said one thing.
    pub(crate) async fn guest_who_said(&self, text: &str) -> (Opened, ConversationId) {
        let (guest, conversation) = (self.guest().await, self.conversation());
        self.say(&guest.token, conversation, text).await.unwrap();
        (guest, conversation)
    }

    /// The conversation as its row stands.
    pub(crate) async fn row(&self, conversation: ConversationId) -> ConversationRow {
        let mut snapshot = self.snapshot().await;
        let row = snapshot.conversation(self.shop, conversation).await;
        row.unwrap().unwrap()
    }

    /// All turns of her conversation as the holder of this session sees them.
    pub(crate) async fn seen_by(
        &self,
        token: &SessionToken,
        conversation: ConversationId,
    ) -> Result<Vec<Turn>, InboxError> {
        let scope = Scope::new();
        let proof = self.proof(&scope, token).await;
        let mut snapshot = self.snapshot().await;
        let row = self
            .inbox
            .hers(&mut *snapshot, &proof, conversation)
            .await?;
        let rows = snapshot.turns_after(row.shop, row.id, 0, 1_000).await?;
        self.inbox.open(&mut *snapshot, rows, &policy()).await
    }

    pub(crate) async fn agent(&self, name: &str, role: RoleName) -> Agent {
        let name = gate::person_name(Untrusted::new(name.to_owned())).unwrap();
        let mut tx = self.begin().await;
        let invitation = self
            .identity
            .danger_add_staff_as_operator(&mut *tx, self.shop, &name, &role.into())
            .await
            .unwrap();
        let link = &invitation.token;
        let (signed_in, _) = sign_in_with_new_passkey(&self.identity, &mut *tx, link)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Agent {
            id: signed_in.staff,
            token: signed_in.token,
        }
    }

    pub(crate) async fn permit<A: Action>(&self, agent: &Agent) -> Permit<A> {
        let scope = Scope::new();
        let proof = self
            .identity
            .staff_member(&scope, &mut *self.snapshot().await, &agent.token)
            .await
            .unwrap();
        proof.permit().unwrap()
    }

    /// Puts the conversation into the queue.
    pub(crate) async fn ask_for_person(&self, conversation: ConversationId) -> bool {
        let mut tx = self.begin().await;
        let mut row = tx
            .lock_conversation(self.shop, conversation)
            .await
            .unwrap()
            .unwrap();
        let asked = self
            .inbox
            .request_person(&mut *tx, &mut row, Actor::Guest, "button")
            .await
            .unwrap();
        tx.update_conversation(&row).await.unwrap();
        tx.commit().await.unwrap();
        asked
    }

    /// The ledger's entries of a kind: subject and details.
    pub(crate) async fn entries(&self, kind: &str) -> Vec<(Option<[u8; 32]>, serde_json::Value)> {
        let mut snapshot = self.snapshot().await;
        let entries = snapshot.unplaced_entries(self.shop, 10_000).await.unwrap();
        entries
            .into_iter()
            .filter(|entry| entry.kind == kind)
            .map(|entry| {
                let leaf: serde_json::Value = serde_json::from_slice(&entry.body).unwrap();
                (entry.subject, leaf)
            })
            .collect()
    }

    /// How many entries there are of each kind.
    pub(crate) async fn kinds(&self) -> BTreeMap<String, usize> {
        let mut snapshot = self.snapshot().await;
        let entries = snapshot.unplaced_entries(self.shop, 10_000).await.unwrap();
        let mut kinds = BTreeMap::new();
        for entry in entries {
            *kinds.entry(entry.kind).or_insert(0) += 1;
        }
        kinds
    }
}
