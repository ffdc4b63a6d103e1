//! A small shop on a temporary database, with its customers, its staff and a gateway.

use core::time::Duration;
use std::{collections::BTreeMap, sync::Arc};

use commerce::{
    document::{Element, Head},
    payments::WebhookAnswer,
    port::Shop as _,
    proposals::{Confirmation, Outcome, Proposal},
    refusal::{Code, Refusal},
    staff::Step,
    tools::{Answer, Commerce, CommerceError, Payment},
};
use identity::{
    Identity, Scope, SessionToken, Shopper, Timeouts, Verified,
    level::{Guest, Session},
    testing::sign_in_with_new_passkey,
};
use ledger::Recorder;
use serde_json::{Value, json};
use shop::{Embedded, Import, NotImported};
use sql::SqlDatabase;
use store::{
    Database, Transaction,
    orders::ProposalLevel,
    sessions::{ProvedBy, SessionLevel, ShopperSessionRow},
    shops::ShopRow,
};
use tempfile::TempDir;
use terms::{
    Clock as _, Language, ProposalId, Rng as _, RoleName, SessionId, ShopId, ShopperId, Untrusted,
};
use vault::{
    Vault,
    testing::{HandClock, MemoryCustody, SeededRng},
};

use crate::gateway::{SIGNATURE, StrictGateway};

/// The session of a shopper or a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Who(pub(crate) SessionId);

pub(crate) struct World {
    pub(crate) database: SqlDatabase,
    pub(crate) directory: Option<TempDir>,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) rng: Arc<SeededRng>,
    custody: Arc<MemoryCustody>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) identity: Identity,
    pub(crate) embedded: Embedded,
    pub(crate) commerce: Commerce,
    pub(crate) gateway: Arc<StrictGateway>,
    pub(crate) shop: ShopId,
}

/// The shop "Linden" as a document, for tests that want it a little different.
pub(crate) fn linden() -> Value {
    serde_json::from_str(include_str!("linden.json")).unwrap()
}

/// Head and elements of a document.
pub(crate) fn parts(document: &Value) -> (Head, Vec<Element>) {
    fn all<T: serde::de::DeserializeOwned>(document: &Value, list: &str) -> Vec<T> {
        serde_json::from_value(document[list].clone()).unwrap()
    }
    let head = Head {
        currency: document["currency"].as_str().unwrap().parse().unwrap(),
        tax: serde_json::from_value(document["tax"].clone()).unwrap(),
    };
    let mut elements = Vec::new();
    elements.extend(all(document, "products").into_iter().map(Element::Product));
    elements.extend(
        all(document, "discounts")
            .into_iter()
            .map(Element::Discount),
    );
    elements.extend(
        all(document, "promotions")
            .into_iter()
            .map(Element::Promotion),
    );
    elements.extend(all(document, "shipping").into_iter().map(Element::Shipping));
    elements.extend(
        all(document, "customers")
            .into_iter()
            .map(Element::Customer),
    );
    elements.extend(all(document, "orders").into_iter().map(Element::Order));
    (head, elements)
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(&linden()).await
    }

    pub(crate) async fn with(document: &Value) -> Self {
        let world = Self::empty(7, true).await;
        world.import(document).await.unwrap();
        world
    }

    /// A shop that takes money by hand.
    pub(crate) async fn without_gateway() -> Self {
        let world = Self::empty(7, false).await;
        world.import(&linden()).await.unwrap();
        world
    }

    pub(crate) async fn empty(seed: u64, takes_cards: bool) -> Self {
        let (database, directory) = sql::testing::temporary().await.unwrap();
        let world = Self::on(database, Some(directory), seed, takes_cards);
        world.found().await;
        world
    }

    pub(crate) fn on(
        database: SqlDatabase,
        directory: Option<TempDir>,
        seed: u64,
        takes_cards: bool,
    ) -> Self {
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(seed));
        let custody = Arc::new(MemoryCustody::new([4; 32]));
        let shop = ShopId::ordered(&*clock, &*rng);
        Self::assembled(
            database,
            directory,
            (clock, rng, custody),
            shop,
            takes_cards,
        )
    }

    /// A copy of this shop as it is now, in a database of its own.
    pub(crate) async fn copy(&self, seed: u64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("parlour.db");
        self.copy_file(&file).await;
        let target = sql::Target::Sqlite { file };
        let database = sql::open(&target).await.unwrap();
        let clock = Arc::new(HandClock::default());
        let rng = Arc::new(SeededRng::new(seed));
        let shared = (clock, rng, self.custody.clone());
        Self::assembled(database, Some(directory), shared, self.shop, true)
    }

    fn assembled(
        database: SqlDatabase,
        directory: Option<TempDir>,
        (clock, rng, custody): (Arc<HandClock>, Arc<SeededRng>, Arc<MemoryCustody>),
        shop: ShopId,
        takes_cards: bool,
    ) -> Self {
        let vault = Arc::new(Vault::open(custody.clone(), clock.clone(), rng.clone()).unwrap());
        let recorder = Arc::new(Recorder::new(clock.clone(), rng.clone()));
        let identity = Identity::new(
            vault.clone(),
            recorder.clone(),
            clock.clone(),
            rng.clone(),
            Timeouts::default(),
            identity::testing::relying_party().unwrap(),
        );
        let embedded = Embedded::new(vault.clone(), clock.clone(), rng.clone());
        let gateway = Arc::new(StrictGateway::default());
        let payment = takes_cards.then(|| Payment {
            gateway: gateway.clone(),
            return_url: "https://shop.example/thanks".to_owned(),
        });
        let commerce = Commerce::new(
            Arc::new(embedded.clone()),
            payment,
            vault.clone(),
            recorder,
            identity.clone(),
            clock.clone(),
            rng.clone(),
        );
        Self {
            database,
            directory,
            clock,
            rng,
            custody,
            vault,
            identity,
            embedded,
            commerce,
            gateway,
            shop,
        }
    }

    pub(crate) async fn found(&self) {
        let mut tx = self.begin().await;
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
        tx.commit().await.unwrap();
    }

    pub(crate) async fn import(&self, document: &Value) -> Result<(), NotImported> {
        let (head, elements) = parts(document);
        let mut tx = self.begin().await;
        let mut import =
            Import::begin(&self.embedded, &self.identity, &mut *tx, self.shop, &head).await?;
        for element in elements {
            import.put(&mut *tx, element).await?;
        }
        tx.commit().await.unwrap();
        Ok(())
    }

    pub(crate) async fn begin(&self) -> Box<dyn Transaction> {
        self.database.begin().await.unwrap()
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub(crate) async fn shopper(&self, own_id: &str) -> ShopperId {
        let mut tx = self.begin().await;
        let found = self
            .embedded
            .shopper_by_own_id(&mut *tx, self.shop, own_id)
            .await;
        found.unwrap().unwrap()
    }

    /// A signed-in session of a customer.
    pub(crate) async fn customer(&self, own_id: &str) -> Who {
        let shopper = self.shopper(own_id).await;
        let mut tx = self.begin().await;
        let session = self
            .identity
            .danger_open_session_as_operator(&mut *tx, self.shop, shopper)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Who(session)
    }

    /// A session that has proved the customer's address and no more.
    pub(crate) async fn address_only(&self, own_id: &str) -> Who {
        let shopper = self.shopper(own_id).await;
        let (now, id) = (self.clock.now(), SessionId::random(&*self.rng));
        let mut token_hash = [0; 32];
        self.rng.fill(&mut token_hash);
        let mut tx = self.begin().await;
        tx.insert_shopper_session(&ShopperSessionRow {
            shop: self.shop,
            id,
            token_hash,
            shopper: Some(shopper),
            level: SessionLevel::Address,
            proved_by: Some(ProvedBy::MailedCode),
            device: None,
            created_at: now,
            seen_at: now,
            expires_at: now.after(Duration::from_secs(3_600)),
            ended_at: None,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Who(id)
    }

    pub(crate) async fn guest(&self) -> Who {
        let mut tx = self.begin().await;
        let opened = self.identity.open_guest(&mut *tx, self.shop).await.unwrap();
        tx.commit().await.unwrap();
        Who(opened.session)
    }

    pub(crate) async fn proof<'scope>(
        &self,
        scope: &'scope Scope,
        tx: &mut dyn Transaction,
        who: Who,
    ) -> Verified<'scope, Shopper, Guest> {
        self.identity
            .danger_shopper_as_operator(scope, tx, self.shop, who.0)
            .await
            .unwrap()
    }

    pub(crate) async fn call(&self, who: Who, tool: &str, args: Value) -> Result<Answer, Refusal> {
        self.call_in(Language::English, who, tool, args).await
    }

    /// What a reading or cart tool answers.
    pub(crate) async fn result(&self, who: Who, tool: &str, args: Value) -> Value {
        match self.call(who, tool, args).await {
            Ok(Answer::Result(value)) => value,
            other => panic!("{tool}: {other:?}"),
        }
    }

    pub(crate) async fn propose(&self, who: Who, tool: &str, args: Value) -> Proposal {
        match self.call(who, tool, args).await {
            Ok(Answer::Proposal(proposal)) => *proposal,
            other => panic!("{tool}: {other:?}"),
        }
    }

    /// The refusal of a tool, which must have written nothing.
    pub(crate) async fn refusal(&self, who: Who, tool: &str, args: Value) -> Refusal {
        let before = self.rows().await;
        match self.call(who, tool, args).await {
            Err(refusal) => {
                assert_eq!(before, self.rows().await, "{tool} was refused and wrote");
                refusal
            }
            Ok(answer) => panic!("{tool}: {answer:?}"),
        }
    }

    pub(crate) async fn refused(&self, who: Who, tool: &str, args: Value) -> Code {
        self.refusal(who, tool, args).await.code
    }

    pub(crate) async fn confirm(&self, who: Who, id: ProposalId) -> Confirmation {
        self.confirm_at(who, id, None).await
    }

    /// Confirms one proposal with a fresh factor that was won for `binding`.
    pub(crate) async fn confirm_at(
        &self,
        who: Who,
        id: ProposalId,
        binding: Option<[u8; 32]>,
    ) -> Confirmation {
        let mut tx = self.begin().await;
        let confirmed = self.confirm_in(&mut *tx, who, id, binding).await.unwrap();
        tx.commit().await.unwrap();
        confirmed
    }

    pub(crate) async fn confirm_in(
        &self,
        tx: &mut dyn Transaction,
        who: Who,
        id: ProposalId,
        binding: Option<[u8; 32]>,
    ) -> Result<Confirmation, CommerceError> {
        let scope = Scope::new();
        let proof = self.proof(&scope, tx, who).await;
        let step_up = binding.map(|binding| {
            let signed_in = proof.raise::<Session>().unwrap();
            let step_up = self
                .identity
                .danger_step_up_as_operator(&signed_in, binding);
            step_up.confirm(&binding).unwrap()
        });
        self.commerce.confirm(tx, &proof, id, step_up).await
    }

    /// Confirms a proposal at the level it asks for.
    pub(crate) async fn accept(&self, who: Who, proposal: &Proposal) -> Outcome {
        let binding = (proposal.level == ProposalLevel::StepUp).then_some(proposal.hash);
        match self.confirm_at(who, proposal.id, binding).await {
            Confirmation::Done(outcome) => *outcome,
            other => panic!("{}: {other:?}", proposal.tool.as_str()),
        }
    }

    /// Proposes and confirms.
    pub(crate) async fn done(&self, who: Who, tool: &str, args: Value) -> Outcome {
        let proposal = self.propose(who, tool, args).await;
        self.accept(who, &proposal).await
    }

    /// Confirms a proposal that is refused; the refusal.
    pub(crate) async fn overtaken(&self, who: Who, proposal: &Proposal) -> Refusal {
        let binding = (proposal.level == ProposalLevel::StepUp).then_some(proposal.hash);
        let before = self.document().await;
        match self.confirm_at(who, proposal.id, binding).await {
            Confirmation::Refused(refusal) => {
                assert_eq!(before, self.document().await);
                refusal
            }
            other => panic!("{}: {other:?}", proposal.tool.as_str()),
        }
    }

    /// Puts one thing in the cart and orders it; the order's number.
    pub(crate) async fn order_of(&self, who: Who, variant: &str, quantity: i64) -> Outcome {
        let add = json!({ "variant": variant, "quantity": quantity });
        self.result(who, "add_to_cart", add).await;
        self.done(who, "checkout", json!({})).await
    }

    /// The gateway's webhook arrives.
    pub(crate) async fn hook(&self, body: &[u8]) -> WebhookAnswer {
        self.commerce
            .webhook(&self.database, self.shop, Some(SIGNATURE), body)
            .await
            .unwrap()
    }

    /// Pays an order that was just placed, and the webhook says so.
    pub(crate) async fn pay(&self, placed: &Outcome, token: &str) -> WebhookAnswer {
        let page = self.page(placed);
        let body = self.gateway.pay(&page, token);
        self.hook(&body).await
    }

    /// The gateway's page for an order that was just placed.
    pub(crate) fn page(&self, placed: &Outcome) -> commerce::gateway::HostedPayment {
        let url = placed.payment.as_ref().unwrap().url.as_ref().unwrap();
        let movement = url.rsplit('/').next().unwrap();
        self.gateway.page(movement.parse().unwrap())
    }

    pub(crate) async fn settle(&self) -> usize {
        self.commerce.settle(&self.database).await.unwrap()
    }

    /// Settles until nothing is due, in time.
    pub(crate) async fn settle_all(&self) {
        for _ in 0..6 {
            self.settle().await;
            self.wait(31);
        }
    }

    /// As [`World::settle_all`], however many are due.
    pub(crate) async fn settle_all_of_many(&self) {
        for _ in 0..3 {
            while self.settle().await > 0 {}
            self.wait(31);
        }
    }

    /// A member of staff signs in.
    pub(crate) async fn staff(&self, role: RoleName) -> SessionToken {
        let name = guard::gate::person_name(Untrusted::new("Robin Reed".to_owned())).unwrap();
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
        signed_in.token
    }

    /// Staff take a step. Commits after a refusal too: it must have written nothing.
    pub(crate) async fn step(&self, order: &str, step: Step) -> Result<Value, Refusal> {
        let token = self.staff(RoleName::AGENT).await;
        let scope = Scope::new();
        let mut tx = self.begin().await;
        let staff = self.identity.staff_member(&scope, &mut *tx, &token).await;
        let permit = staff.unwrap().permit().unwrap();
        let taken = self
            .commerce
            .take_step(&mut *tx, &permit, order, step.clone())
            .await;
        let answer = refusal_or(taken);
        tx.commit().await.unwrap();
        answer
    }

    pub(crate) async fn seen_by_staff(&self, order: &str) -> Value {
        let token = self.staff(RoleName::AGENT).await;
        let scope = Scope::new();
        let mut tx = self.begin().await;
        let staff = self.identity.staff_member(&scope, &mut *tx, &token).await;
        let permit = staff.unwrap().permit().unwrap();
        let seen = self
            .commerce
            .order_for_staff(&mut *tx, &permit, order)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        seen
    }

    pub(crate) async fn mark_paid(&self, order: &str) -> Result<Value, Refusal> {
        let token = self.staff(RoleName::ADMIN).await;
        let scope = Scope::new();
        let mut tx = self.begin().await;
        let staff = self.identity.staff_member(&scope, &mut *tx, &token).await;
        let permit = staff.unwrap().permit().unwrap();
        let answer = refusal_or(self.commerce.mark_paid(&mut *tx, &permit, order).await);
        tx.commit().await.unwrap();
        answer
    }

    pub(crate) async fn ship_all(&self, order: &str) -> Result<Value, Refusal> {
        let step = Step::Ship {
            tracking: vec!["TRACK-9".to_owned()],
            lines: None,
        };
        self.step(order, step).await
    }

    /// From pending and paid to delivered.
    pub(crate) async fn deliver(&self, order: &str) {
        self.step(order, Step::Process).await.unwrap();
        self.ship_all(order).await.unwrap();
        self.step(order, Step::Deliver).await.unwrap();
    }

    /// How many ledger entries there are of each kind.
    pub(crate) async fn kinds(&self) -> BTreeMap<String, usize> {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let entries = snapshot.unplaced_entries(self.shop, 100_000).await.unwrap();
        let mut kinds = BTreeMap::new();
        for entry in entries {
            *kinds.entry(entry.kind).or_insert(0) += 1;
        }
        kinds
    }

    /// How many changes of orders and profiles there were, by what they were.
    pub(crate) async fn changes(&self) -> BTreeMap<String, usize> {
        let mut snapshot = self.database.snapshot().await.unwrap();
        let entries = snapshot.unplaced_entries(self.shop, 100_000).await.unwrap();
        let mut changes = BTreeMap::new();
        for entry in entries {
            let body: Value = serde_json::from_slice(&entry.body).unwrap();
            if let Some(what) = body["details"]["what"].as_str() {
                *changes.entry(what.to_owned()).or_insert(0) += 1;
            }
        }
        changes
    }

    /// The shop's own terms, changed.
    pub(crate) async fn change_terms(&self, change: impl FnOnce(&mut commerce::model::Terms)) {
        let mut tx = self.begin().await;
        let mut terms = self.embedded.terms(&mut *tx, self.shop).await.unwrap();
        change(&mut terms);
        let body = serde_json::to_string(&terms).unwrap();
        tx.put_shop_terms(self.shop, &body).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub(crate) fn refusal_or<T>(answer: Result<T, CommerceError>) -> Result<T, Refusal> {
    match answer {
        Ok(answer) => Ok(answer),
        Err(CommerceError::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}
