//! The tools: what a shopper, an assistant on her behalf, or a page may ask for.
//!
//! Each acts for the session's shopper and has no way to name another. Reads answer, cart edits are
//! done at once, everything else answers with a proposal.

use std::sync::Arc;

use identity::{
    Identity, NeedsLevel, Shopper, Verified,
    level::{Address, Guest, Session, Standing},
    sessions::actor_of,
};
use ledger::{Recorder, SubjectTag};
use serde_json::{Value, json};
use store::{Snapshot, Transaction, keys::Owner};
use terms::{Clock, Language, RetentionClass, Rng, ShopId, ShopperId};
use vault::Vault;

use crate::{
    arguments,
    effects::ToolRead,
    gateway::Gateway,
    port::{Shop, ShopError},
    proposals::{Occasion, Proposal},
    refusal::{Code, Refusal, shown},
    rules,
    views::{self, Shown},
};

/// The rules and tools of a shop. Cheap to clone.
#[derive(Clone)]
pub struct Commerce {
    pub(crate) shop: Arc<dyn Shop>,
    pub(crate) payment: Option<Payment>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) identity: Identity,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
}

/// How money is taken.
#[derive(Clone)]
pub struct Payment {
    pub gateway: Arc<dyn Gateway>,
    /// Where the gateway's page leads back to.
    pub return_url: String,
}

macro_rules! tools {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// A tool by its name in the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Tool { $($(#[$doc])* $name),+ }

        impl Tool {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|tool| tool.as_str() == name)
            }
        }
    };
}

tools! {
    SearchProducts = "search_products",
    GetProduct = "get_product",
    GetCart = "get_cart",
    ListOrders = "list_orders",
    GetOrder = "get_order",
    TrackOrder = "track_order",
    GetProfile = "get_profile",
    AddToCart = "add_to_cart",
    UpdateCartLine = "update_cart_line",
    RemoveFromCart = "remove_from_cart",
    ApplyDiscount = "apply_discount",
    Checkout = "checkout",
    CancelOrder = "cancel_order",
    ChangeOrderAddress = "change_order_address",
    ChangeOrderPayment = "change_order_payment",
    ChangeOrderItems = "change_order_items",
    ReturnItems = "return_items",
    ExchangeItems = "exchange_items",
    ChangeDefaultAddress = "change_default_address",
}

impl Tool {
    /// Whether it answers with a proposal.
    #[must_use]
    pub const fn proposes(self) -> bool {
        matches!(
            self,
            Self::Checkout
                | Self::CancelOrder
                | Self::ChangeOrderAddress
                | Self::ChangeOrderPayment
                | Self::ChangeOrderItems
                | Self::ReturnItems
                | Self::ExchangeItems
                | Self::ChangeDefaultAddress
        )
    }

    /// What it looks up, where nothing of anybody is read and nothing is written.
    #[must_use]
    pub const fn look_up(self) -> Option<LookUp> {
        match self {
            Self::SearchProducts => Some(LookUp::Products),
            Self::GetProduct => Some(LookUp::Product),
            _ => None,
        }
    }
}

/// A tool that reads what the shop publishes. A snapshot is enough for it, so that it never waits
/// for whoever is writing, nor makes them wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookUp {
    Products,
    Product,
}

/// What a tool answered.
#[derive(Debug)]
pub enum Answer {
    Result(Value),
    Proposal(Box<Proposal>),
}

/// What went wrong: refused, with a code and a sentence, or broken.
#[derive(Debug, thiserror::Error)]
pub enum CommerceError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Shop(#[from] ShopError),
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// What is stored of a cart or a proposal does not have the shape that was written.
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
}

impl From<NeedsLevel> for CommerceError {
    fn from(error: NeedsLevel) -> Self {
        Self::Refused(Refusal::new(Code::NeedsLevel, error.to_string()))
    }
}

pub(crate) type Result<T> = core::result::Result<T, CommerceError>;

/// A shopper's proof, as every session has it.
pub(crate) type Proof<'a, 'scope> = &'a Verified<'scope, Shopper, Guest>;

impl Commerce {
    #[must_use]
    pub fn new(
        shop: Arc<dyn Shop>,
        payment: Option<Payment>,
        vault: Arc<Vault>,
        recorder: Arc<Recorder>,
        identity: Identity,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        Self {
            shop,
            payment,
            vault,
            recorder,
            identity,
            clock,
            rng,
        }
    }

    #[must_use]
    pub fn shop(&self) -> &dyn Shop {
        &*self.shop
    }

    #[must_use]
    pub fn gateway(&self) -> Option<&dyn Gateway> {
        self.payment.as_ref().map(|payment| &*payment.gateway)
    }

    /// Calls a tool; what is told in words is told in `language`. The caller commits when it answers and when it refuses: a refusal has written
    /// nothing but that it was asked.
    pub async fn call(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
        language: Language,
    ) -> Result<Answer> {
        let result = match tool {
            Tool::SearchProducts => {
                self.look_up(tx, proof.shop(), LookUp::Products, args)
                    .await?
            }
            Tool::GetProduct => {
                self.look_up(tx, proof.shop(), LookUp::Product, args)
                    .await?
            }
            Tool::GetCart => {
                arguments::read::<arguments::Nothing>(tool.as_str(), args)?;
                self.cart_view(tx, proof).await?
            }
            Tool::ListOrders => self.list_orders(tx, proof, args).await?,
            Tool::GetOrder => self.one_order(tx, proof, tool, args, language).await?,
            Tool::TrackOrder => self.one_order(tx, proof, tool, args, language).await?,
            Tool::GetProfile => self.profile(tx, proof, args, language).await?,
            Tool::AddToCart | Tool::UpdateCartLine | Tool::RemoveFromCart | Tool::ApplyDiscount => {
                self.edit_cart(tx, proof, tool, args).await?
            }
            Tool::Checkout
            | Tool::CancelOrder
            | Tool::ChangeOrderAddress
            | Tool::ChangeOrderPayment
            | Tool::ChangeOrderItems
            | Tool::ReturnItems
            | Tool::ExchangeItems
            | Tool::ChangeDefaultAddress => {
                // Everything else: an effect is only ever proposed here.
                let occasion = Occasion {
                    conversation: None,
                    language,
                };
                let proposal = self.propose(tx, proof, tool, args, occasion).await?;
                return Ok(Answer::Proposal(Box::new(proposal)));
            }
        };
        Ok(Answer::Result(result))
    }

    /// Looks up what the shop publishes.
    pub async fn look_up(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        what: LookUp,
        args: Value,
    ) -> Result<Value> {
        match what {
            LookUp::Products => self.search_products(read, shop, args).await,
            LookUp::Product => self.product(read, shop, args).await,
        }
    }

    async fn search_products(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        args: Value,
    ) -> Result<Value> {
        let asked: arguments::SearchProducts =
            arguments::read(Tool::SearchProducts.as_str(), args)?;
        let search = asked.search()?;
        let terms = self.shop.terms(read, shop).await?;
        let found = self.shop.search(read, shop, &search).await?;
        let products: Vec<Value> = found
            .iter()
            .map(|found| views::product(&found.product, terms.currency))
            .collect();
        Ok(json!({ "currency": terms.currency.as_str(), "products": products }))
    }

    async fn product(&self, read: &mut dyn Snapshot, shop: ShopId, args: Value) -> Result<Value> {
        let asked: arguments::GetProduct = arguments::read(Tool::GetProduct.as_str(), args)?;
        let id = arguments::id("product", &asked.product)?;
        let terms = self.shop.terms(read, shop).await?;
        let product = self.shop.product(read, shop, id).await?;
        let product = product.ok_or_else(|| {
            Refusal::new(Code::NotFound, format!("there is no product {}", shown(id)))
        })?;
        Ok(views::product(&product, terms.currency))
    }

    async fn list_orders(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        args: Value,
    ) -> Result<Value> {
        let shopper = self.known::<Address>(proof)?;
        let asked: arguments::ListOrders = arguments::read(Tool::ListOrders.as_str(), args)?;
        let asked = asked.asked()?;
        let terms = self.shop.terms(tx, proof.shop()).await?;
        let orders = self
            .shop
            .orders_of(tx, proof.shop(), shopper, &asked)
            .await?;
        self.note_read(tx, proof, shopper, Tool::ListOrders).await?;
        let orders: Vec<Value> = orders
            .iter()
            .map(|state| views::order_summary(state, terms.currency))
            .collect();
        Ok(json!({ "orders": orders }))
    }

    async fn one_order(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
        language: Language,
    ) -> Result<Value> {
        let shopper = self.known::<Address>(proof)?;
        let asked: arguments::OneOrder = arguments::read(tool.as_str(), args)?;
        let number = arguments::id("order", &asked.order)?;
        let shop = proof.shop();
        let terms = self.shop.terms(tx, shop).await?;
        let state = self.shop.order_of(tx, shop, shopper, number).await?;
        // The customer is read, and the read recorded, whether there is such an order or not: an
        // order of another takes the same statements as one that does not exist.
        let customer = self.shop.customer(tx, shop, shopper).await?;
        self.note_read(tx, proof, shopper, tool).await?;
        let (Some(state), Some(customer)) = (state, customer) else {
            return Err(no_such_order().into());
        };
        let shown = if proof.raise::<Session>().is_ok() {
            Shown::Whole
        } else {
            Shown::Masked
        };
        Ok(match tool {
            Tool::TrackOrder => views::tracking(&state),
            _ => {
                let mut view = views::order(&state, &customer, &terms, shown, language);
                if let (true, Value::Object(fields)) = (rules::may_cancel(&state), &mut view) {
                    let reasons = json!(terms.cancel_reasons);
                    fields.insert("cancel_reasons".to_owned(), reasons);
                }
                let due = self.payment_waiting(&state, terms.currency);
                if let (Some(due), Value::Object(fields)) = (due, &mut view) {
                    fields.insert(
                        "payment_due".to_owned(),
                        json!({
                            "amount": due.amount.minor, "url": due.url,
                            "until": due.until.to_string(),
                        }),
                    );
                }
                view
            }
        })
    }

    async fn profile(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        args: Value,
        language: Language,
    ) -> Result<Value> {
        arguments::read::<arguments::Nothing>(Tool::GetProfile.as_str(), args)?;
        let shopper = self.known::<Session>(proof)?;
        let customer = self.shop.customer(tx, proof.shop(), shopper).await?;
        self.note_read(tx, proof, shopper, Tool::GetProfile).await?;
        match customer {
            Some(customer) => Ok(views::profile(&customer, language)),
            None => Err(Refusal::new(
                Code::NotFound,
                "this shop has no customer record for you yet: it is made with your first order",
            )
            .into()),
        }
    }

    /// The shopper of a session that has proved at least `L`.
    pub(crate) fn known<L: Standing>(&self, proof: Proof<'_, '_>) -> Result<ShopperId> {
        let raised = proof.raise::<L>()?;
        raised.shopper().ok_or_else(|| {
            Refusal::new(
                Code::NeedsLevel,
                "this needs a session whose address was proved: prove your address first",
            )
            .into()
        })
    }

    pub(crate) async fn note_read(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        shopper: ShopperId,
        tool: Tool,
    ) -> Result<()> {
        let subject = self.subject(tx, proof.shop(), shopper).await?;
        let read = ToolRead {
            tool: tool.as_str(),
        };
        self.recorder
            .note(tx, proof.shop(), actor_of(proof), Some(subject), read)
            .await?;
        Ok(())
    }

    /// The shopper's tag in the ledger, under her account's key.
    pub(crate) async fn subject(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<SubjectTag> {
        let owner = Owner::Shopper(shopper);
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Account)
            .await?;
        Ok(key.subject_tag())
    }
}

/// Also what is said of another's order.
pub(crate) fn no_such_order() -> Refusal {
    Refusal::new(
        Code::NotFound,
        "there is no such order in this account: check its number",
    )
}

impl core::fmt::Debug for Commerce {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Commerce(..)")
    }
}

impl core::fmt::Debug for Payment {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Payment(..)")
    }
}
