//! The port of a shop: what commerce asks of whoever keeps catalogue, customers and orders.
//!
//! The embedded shop implements it on Parlour's own storage, in the caller's transaction. Reads for
//! a decision lock what they read, so that what was judged is what is changed.

use async_trait::async_trait;
use ledger::Recorded;
use store::{Snapshot, StoreError, Transaction};
use terms::{MovementId, OrderId, ShopId, ShopperId};

use crate::{
    change::Change,
    document::{Discount, Product, Promotion, ShippingOption},
    gateway::PaidWith,
    model::{Customer, Offer, OrderState, Terms},
};

/// What went wrong at the shop; never the shopper's fault.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    #[error("the shop has no terms yet: import a catalogue first")]
    NoTerms,
    /// What is stored does not have the shape that was written.
    #[error("a stored {0} of the shop cannot be read")]
    Unreadable(&'static str),
    /// A change that would break an invariant was refused as a whole.
    #[error("the change was refused: {0}")]
    Broken(&'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
}

type Result<T> = core::result::Result<T, ShopError>;

/// What a search asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    pub query: String,
    pub category: Option<String>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    pub in_stock: Option<bool>,
    /// Names and values that one variant must have.
    pub options: Vec<(String, String)>,
    pub limit: usize,
}

/// A product that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub product: Product,
    /// Whether it fits every word that was looked for.
    pub whole: bool,
    /// How well it fits, in thousandths of the best that was found.
    pub likeness: u32,
}

/// Where the catalogue says that the picture of a product is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureAt {
    pub product: String,
    pub title: String,
    /// Of the product in the catalogue.
    pub position: i64,
    /// `None` when it says nothing.
    pub address: Option<String>,
}

/// What the catalogue says of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub product: String,
    pub title: String,
    pub text: String,
}

/// Which of her orders a shopper asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrdersAsked {
    pub status: Option<&'static str>,
    pub limit: u32,
}

/// Who buys, where no customer is known by that address yet.
#[derive(Clone, PartialEq, Eq)]
pub struct NewCustomer {
    /// Written down, not proved.
    pub email: String,
    pub given_name: String,
    pub family_name: String,
}

impl NewCustomer {
    /// Name and address, for a card.
    #[must_use]
    pub fn who(&self) -> String {
        crate::document::who(&self.given_name, &self.family_name, &self.email)
    }
}

impl core::fmt::Debug for NewCustomer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NewCustomer(..)")
    }
}

/// What was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub order: Option<OrderId>,
    /// The movements of the change, in its order.
    pub movements: Vec<MovementId>,
}

#[async_trait]
pub trait Shop: Send + Sync {
    async fn terms(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Terms>;
    /// Products that fit, best first, at most the limit.
    async fn search(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        search: &Search,
    ) -> Result<Vec<Found>>;
    /// The names of the catalogue's categories, each once.
    async fn categories(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<String>>;
    async fn product(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        id: &str,
    ) -> Result<Option<Product>>;
    /// Where the pictures of the products after this position and id are, in the catalogue's order, at
    /// most `limit`.
    async fn pictures_named(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<PictureAt>>;
    /// What the catalogue says of every product that it describes, in its own order.
    async fn descriptions(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<Described>>;
    async fn offer(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        variant: &str,
    ) -> Result<Option<Offer>>;
    async fn discount(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        code: &str,
    ) -> Result<Option<Discount>>;
    async fn shipping(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<ShippingOption>>;
    async fn promotions(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<Promotion>>;
    async fn customer(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<Customer>>;
    /// The shopper's orders, newest first.
    async fn orders_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
        asked: &OrdersAsked,
    ) -> Result<Vec<OrderState>>;
    /// An order of this shopper by its number; not one that a guest placed in her name, before it is
    /// paid or she proves that it was she. INVARIANT: another's order and one that does not
    /// exist take the same statements and give the same answer.
    async fn order_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderState>>;
    async fn order(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        id: OrderId,
    ) -> Result<Option<OrderState>>;
    async fn order_by_number(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        number: &str,
    ) -> Result<Option<OrderState>>;

    /// Locks a customer until the transaction ends: who changes her orders or balances holds it.
    async fn lock_customer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<Customer>>;
    /// Locks a variant until the transaction ends. Several are locked in the order of their ids.
    async fn lock_offer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        variant: &str,
    ) -> Result<Option<Offer>>;
    /// The customer of a shopper, made when there is none.
    async fn ensure_customer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        new: &NewCustomer,
    ) -> Result<Customer>;
    /// Her bank transfer as a means of payment, made when there is none.
    async fn ensure_transfer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
    ) -> Result<crate::model::Method>;
    /// The means of payment that was chosen on the gateway's page, kept under its token. `once`: for
    /// refunds of what it paid alone, since whoever paid had not proved to be this customer.
    async fn ensure_paid_with(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
        paid_with: &PaidWith,
        once: bool,
    ) -> Result<crate::model::Method>;

    /// Carries a recorded change out: the order, its money, stock and balances, all of it or
    /// nothing. Refuses what would leave a balance or a stock below nothing.
    async fn apply(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        change: Recorded<Change>,
    ) -> Result<Applied>;
}
