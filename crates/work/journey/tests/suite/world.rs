//! A shop with two policies on a temporary database, and shoppers who talk to it.

use std::{collections::BTreeMap, sync::Arc};

use commerce::document::{Element, Head, Options, Product, Variant};
use dialogue::{BuiltIn, Planner};
use gallery::{Gallery, NoPictures};
use guard::gate;
use identity::{
    Identity, Permit, Scope, SessionToken, Timeouts,
    actions::Action,
    codes::{CodeOutcome, Proved},
    sessions::Opened,
    testing::{entry, sign_in_with_new_passkey},
};
use inbox::{Inbox, Turn};
use journey::{Answered, Journey, JourneyError, Library, Message};
use knowledge::{Document, Knowledge, import::NoPages};
use ledger::Recorder;
use sql::SqlDatabase;
use store::{
    Database, Snapshot,
    passages::PassageKind,
    shops::{HostKind, ShopHostRow, ShopRow},
};
use tempfile::TempDir;
use terms::{
    Clock as _, CodeRequestId, ConversationId, Locale, MessageId, RoleName, Secret, ShopId,
    Untrusted,
};
use vault::{
    Vault,
    testing::{HandClock, MemoryCustody, SeededRng},
};

pub(crate) struct World {
    pub(crate) database: SqlDatabase,
    pub(crate) directory: TempDir,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) rng: Arc<SeededRng>,
    custody: Arc<MemoryCustody>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) identity: Identity,
    pub(crate) journey: Journey,
    pub(crate) shop: ShopId,
}

pub(crate) const RETURNS: &str =
    "You can send goods back within 30 days of delivery. Write to returns@shop.example first.";

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(BuiltIn).await
    }

    pub(crate) async fn with(planner: impl Planner + 'static) -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let world = Self::on(planner, database, directory);
        world.found().await;
        world
    }

    /// A shop on a database that is empty so far.
    pub(crate) async fn on_empty(database: SqlDatabase) -> Self {
        let world = Self::on(BuiltIn, database, tempfile::tempdir().unwrap());
        world.found().await;
        world
    }

    fn on(planner: impl Planner + 'static, database: SqlDatabase, directory: TempDir) -> Self {
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(6));
        let custody = Arc::new(MemoryCustody::new([9; 32]));
        let shop = ShopId::ordered(&*clock, &*rng);
        Self::assembled(planner, database, directory, (clock, rng, custody), shop)
    }

    /// Another node of the installation: a pool and a memory of its own.
    pub(crate) fn node(&self, database: SqlDatabase) -> Self {
        let shared = (self.clock.clone(), self.rng.clone(), self.custody.clone());
        let directory = tempfile::tempdir().unwrap();
        Self::assembled(BuiltIn, database, directory, shared, self.shop)
    }

    fn assembled(
        planner: impl Planner + 'static,
        database: SqlDatabase,
        directory: TempDir,
        (clock, rng, custody): (Arc<HandClock>, Arc<SeededRng>, Arc<MemoryCustody>),
        shop: ShopId,
    ) -> Self {
        let vault = Vault::open(custody.clone(), clock.clone(), rng.clone()).unwrap();
        let vault = Arc::new(vault);
        let recorder = Arc::new(Recorder::new(clock.clone(), rng.clone()));
        let identity = Identity::new(
            vault.clone(),
            recorder.clone(),
            clock.clone(),
            rng.clone(),
            Timeouts::default(),
            identity::testing::relying_party().unwrap(),
        );
        let embedded = shop::Embedded::new(vault.clone(), clock.clone(), rng.clone());
        let commerce = commerce::tools::Commerce::new(
            Arc::new(embedded.clone()),
            None,
            vault.clone(),
            recorder.clone(),
            identity.clone(),
            clock.clone(),
            rng.clone(),
        );
        let gallery = Gallery::new(
            Arc::new(embedded),
            Arc::new(NoPictures),
            recorder.clone(),
            clock.clone(),
        );
        let library = Library::new(
            Arc::new(Knowledge::new()),
            recorder.clone(),
            clock.clone(),
            rng.clone(),
            Arc::new(NoPages),
        );
        let inbox = Inbox::new(
            vault.clone(),
            recorder,
            identity.clone(),
            clock.clone(),
            rng.clone(),
        );
        let journey = Journey::new(
            identity.clone(),
            inbox,
            library,
            Arc::new(planner),
            vault.clone(),
            commerce,
            gallery,
        );
        Self {
            database,
            directory,
            clock,
            rng,
            custody,
            vault,
            identity,
            journey,
            shop,
        }
    }

    async fn found(&self) {
        let mut tx = self.database.begin().await.unwrap();
        tx.insert_shop(&ShopRow {
            id: self.shop,
            handle: "linden".to_owned(),
            name: "Linden".to_owned(),
            content_version: 0,
            created_at: self.clock.now(),
        })
        .await
        .unwrap();
        self.vault
            .create_shop_key(&mut *tx, self.shop)
            .await
            .unwrap();
        let host = ShopHostRow {
            shop: self.shop,
            kind: HostKind::Link,
            value: "shop.example".to_owned(),
        };
        tx.replace_shop_hosts(self.shop, &[host]).await.unwrap();
        let document = |id: &str, title: &str, text: &str| Document {
            kind: PassageKind::Policy,
            id: id.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        let documents = [
            document("returns", "Returning goods", RETURNS),
            document("shipping", "Shipping", "We ship within two working days."),
        ];
        knowledge::publish(&mut *tx, self.shop, &*self.rng, &*self.clock, &documents)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The shop sells something.
    pub(crate) async fn sell(&self) {
        let embedded =
            shop::Embedded::new(self.vault.clone(), self.clock.clone(), self.rng.clone());
        let head = Head {
            currency: "EUR".parse().unwrap(),
            tax: None,
        };
        let mut tx = self.database.begin().await.unwrap();
        let begun = shop::Import::begin(&embedded, &self.identity, &mut *tx, self.shop, &head);
        let mut import = begun.await.unwrap();
        let by_hand = "Because of the gold it is washed by hand and never in a machine.";
        for (id, title, price, description) in [
            ("mug", "Stoneware mug", 1_600, None),
            ("rim", "Mug with gold rim", 2_400, Some(by_hand)),
        ] {
            let product = Product {
                id: id.to_owned(),
                title: title.to_owned(),
                description: description.map(str::to_owned),
                category: Some("Tableware".to_owned()),
                image_url: None,
                options: Vec::new(),
                variants: vec![Variant {
                    id: format!("{id}-one"),
                    sku: None,
                    title: None,
                    options: Options::default(),
                    price,
                    available: true,
                    stock: Some(0),
                }],
            };
            import
                .put(&mut *tx, Element::Product(product))
                .await
                .unwrap();
        }
        for (who, status) in [("ada", "shipped"), ("ben", "delivered")] {
            let customer = serde_json::json!({
                "id": who, "email": format!("{who}@example.com"), "given_name": who,
                "family_name": "Alder", "addresses": [],
                "payment_methods": [{ "id": "m", "kind": "paypal" }],
            });
            let order = serde_json::json!({
                "id": format!("{}-1001", who.to_uppercase()), "customer": who, "status": status,
                "shipping_address": { "line1": "Elm Road 1", "city": "Bremen",
                    "postal_code": "28195", "country": "DE" },
                "lines": [{ "id": "L1", "product": "mug", "variant": "mug-one",
                    "title": "Stoneware mug", "quantity": 1, "unit_price": 1_600 }],
                "fulfilments": [{ "id": "F1", "tracking": ["TRACK-7"], "lines": ["L1"] }],
                "payments": [{ "id": "p", "kind": "payment", "method": "m", "amount": 1_600 }],
            });
            let customer = serde_json::from_value(customer).unwrap();
            import
                .put(&mut *tx, Element::Customer(Box::new(customer)))
                .await
                .unwrap();
            let order = serde_json::from_value(order).unwrap();
            import
                .put(&mut *tx, Element::Order(Box::new(order)))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
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
        let mut tx = self.database.begin().await.unwrap();
        let opened = self.identity.open_guest(&mut *tx, self.shop).await.unwrap();
        tx.commit().await.unwrap();
        opened
    }

    /// Sends a message as the handler does.
    pub(crate) async fn send(
        &self,
        token: &SessionToken,
        conversation: ConversationId,
        id: MessageId,
        text: &str,
    ) -> Result<Answered, JourneyError> {
        let scope = Scope::new();
        let proof = self
            .identity
            .shopper(&scope, &mut *self.snapshot().await, token)
            .await?;
        let message = Message {
            conversation,
            id,
            text: Untrusted::new(text.to_owned()),
            locale: Locale::default(),
        };
        self.journey.message(&self.database, &proof, message).await
    }

    /// A member of staff, and what she signs in with.
    pub(crate) async fn agent(&self, name: &str) -> SessionToken {
        let name = gate::person_name(Untrusted::new(name.to_owned())).unwrap();
        let mut tx = self.database.begin().await.unwrap();
        let invited = self
            .identity
            .danger_add_staff_as_operator(&mut *tx, self.shop, &name, &RoleName::AGENT.into())
            .await
            .unwrap();
        let link = &invited.token;
        let (signed_in, _) = sign_in_with_new_passkey(&self.identity, &mut *tx, link)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        signed_in.token
    }

    pub(crate) async fn permit<A: Action>(&self, agent: &SessionToken) -> Permit<A> {
        let scope = Scope::new();
        let mut snapshot = self.snapshot().await;
        let proof = self
            .identity
            .staff_member(&scope, &mut *snapshot, agent)
            .await
            .unwrap();
        proof.permit().unwrap()
    }

    /// Says something and hears the answer.
    pub(crate) async fn say(
        &self,
        token: &SessionToken,
        conversation: ConversationId,
        text: &str,
    ) -> Answered {
        self.send(token, conversation, self.message(), text)
            .await
            .unwrap()
    }

    /// The same from a window in this language.
    pub(crate) async fn say_in(&self, locale: &str, token: &SessionToken, text: &str) -> Answered {
        let message = Message {
            conversation: self.conversation(),
            id: self.message(),
            text: Untrusted::new(text.to_owned()),
            locale: locale.parse().unwrap(),
        };
        let scope = Scope::new();
        let mut snapshot = self.snapshot().await;
        let proof = self.identity.shopper(&scope, &mut *snapshot, token);
        let proof = proof.await.unwrap();
        let answered = self.journey.message(&self.database, &proof, message);
        answered.await.unwrap()
    }

    /// A guest who said one thing, and what came back.
    pub(crate) async fn guest_who_said(&self, text: &str) -> (Opened, ConversationId, Answered) {
        let (guest, conversation) = (self.guest().await, self.conversation());
        let answered = self.say(&guest.token, conversation, text).await;
        (guest, conversation, answered)
    }

    /// The holder of this session proves an address, with the code from the mailbox.
    pub(crate) async fn prove_address(&self, token: &SessionToken, address: &str) -> Proved {
        let (request, code) = self.ask_for_code(token, address).await;
        match self.give_code(token, request, &code).await.unwrap() {
            CodeOutcome::Accepted(proved) => proved,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn ask_for_code(
        &self,
        token: &SessionToken,
        address: &str,
    ) -> (CodeRequestId, Secret<String>) {
        self.clock.advance(core::time::Duration::from_secs(1));
        let scope = Scope::new();
        let proof = self
            .identity
            .shopper(&scope, &mut *self.snapshot().await, token)
            .await
            .unwrap();
        let address = gate::email_address(Untrusted::new(address.to_owned())).unwrap();
        let mut tx = self.database.begin().await.unwrap();
        let sent = self
            .identity
            .request_code(&mut *tx, &proof, &address, &Locale::default())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (sent.request, self.mailed_code().await)
    }

    /// Gives a code as the handler does.
    pub(crate) async fn give_code(
        &self,
        token: &SessionToken,
        request: CodeRequestId,
        code: &Secret<String>,
    ) -> Result<CodeOutcome<Proved>, JourneyError> {
        let scope = Scope::new();
        let proof = self
            .identity
            .shopper(&scope, &mut *self.snapshot().await, token)
            .await?;
        self.journey
            .prove_address(&self.database, &proof, request, code, &entry())
            .await
    }

    async fn mailed_code(&self) -> Secret<String> {
        let mut snapshot = self.snapshot().await;
        let mails = self
            .journey
            .danger_demo_mailbox(&mut *snapshot, self.shop)
            .await
            .unwrap();
        let text = &mails.iter().max_by_key(|mail| mail.at).unwrap().text;
        let mut words = text.split(|letter: char| !letter.is_ascii_digit());
        Secret::new(words.find(|word| word.len() == 6).unwrap().to_owned())
    }

    /// Every turn of the conversation, as its owner sees it.
    pub(crate) async fn turns(&self, conversation: ConversationId) -> Vec<Turn> {
        let mut snapshot = self.snapshot().await;
        let rows = snapshot
            .turns_after(self.shop, conversation, 0, 1_000)
            .await
            .unwrap();
        let policy = self
            .journey
            .link_policy(&mut *snapshot, self.shop)
            .await
            .unwrap();
        self.journey
            .inbox()
            .open(&mut *snapshot, rows, &policy)
            .await
            .unwrap()
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
