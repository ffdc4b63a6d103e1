//! The embedded shop: commerce's ports on Parlour's own storage.
//!
//! It keeps what it is told, sealed where it is somebody's, and carries out recorded changes as a
//! whole. It decides nothing: the rules stand in `commerce`.

mod apply;
mod catalogue;
mod export;
mod import;
mod people;
mod records;
pub mod sample;
mod screening;
pub mod search;

use std::sync::Arc;

use async_trait::async_trait;
use commerce::{
    change::Change,
    document::{Discount, Product, Promotion, ShippingOption},
    gateway::PaidWith,
    house_rules::TermsChanged,
    model::{Customer, Method, Offer, OrderState, Terms},
    port::{
        Applied, Described, Found, NewCustomer, OrdersAsked, PictureAt, Search, Shop, ShopError,
    },
};
use ledger::Recorded;
use store::{Snapshot, Transaction, catalogue::EntryKind};
use terms::{Clock, OrderId, Rng, ShopId, ShopperId};
use vault::Vault;

pub use export::Export;
pub use import::{Import, NotImported, ShopImported};

type Result<T> = core::result::Result<T, ShopError>;

/// The embedded shop. Cheap to clone.
#[derive(Clone)]
pub struct Embedded {
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    indexes: Arc<catalogue::Indexes>,
}

impl Embedded {
    #[must_use]
    pub fn new(vault: Arc<Vault>, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>) -> Self {
        Self {
            vault,
            clock,
            rng,
            indexes: Arc::default(),
        }
    }

    /// Sets the terms as they were recorded.
    pub async fn change_terms(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        recorded: Recorded<TermsChanged>,
    ) -> Result<()> {
        let TermsChanged { terms } = recorded.into_effect(tx.id())?;
        let body = records::print("terms", &terms)?;
        Ok(tx.put_shop_terms(shop, &body).await?)
    }
}

impl core::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Embedded(..)")
    }
}

#[async_trait]
impl Shop for Embedded {
    async fn terms(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Terms> {
        let row = read.shop_terms(shop).await?.ok_or(ShopError::NoTerms)?;
        records::parse("terms", &row.body)
    }

    async fn search(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        search: &Search,
    ) -> Result<Vec<Found>> {
        self.indexes.search(read, shop, search).await
    }

    async fn categories(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<String>> {
        self.indexes.categories(read, shop).await
    }

    async fn product(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        id: &str,
    ) -> Result<Option<Product>> {
        match read.product(shop, id).await? {
            Some(row) => Ok(Some(catalogue::product(read, &row).await?)),
            None => Ok(None),
        }
    }

    async fn pictures_named(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        after: Option<(i64, &str)>,
        limit: u32,
    ) -> Result<Vec<PictureAt>> {
        let rows = read.products_after(shop, after, limit).await?;
        rows.into_iter().map(catalogue::picture_at).collect()
    }

    async fn descriptions(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<Described>> {
        catalogue::descriptions(read, shop).await
    }

    async fn offer(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        variant: &str,
    ) -> Result<Option<Offer>> {
        match read.variant(shop, variant).await? {
            Some(row) => Ok(Some(catalogue::offer(read, row).await?)),
            None => Ok(None),
        }
    }

    async fn discount(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        code: &str,
    ) -> Result<Option<Discount>> {
        let row = read.shop_entry(shop, EntryKind::Discount, code).await?;
        row.map(|row| records::parse("discount", &row.body))
            .transpose()
    }

    async fn shipping(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<ShippingOption>> {
        catalogue::entries(read, shop, EntryKind::Shipping).await
    }

    async fn promotions(&self, read: &mut dyn Snapshot, shop: ShopId) -> Result<Vec<Promotion>> {
        catalogue::entries(read, shop, EntryKind::Promotion).await
    }

    async fn customer(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<Customer>> {
        let row = read.customer(shop, shopper).await?;
        self.opened_customer(read, row).await
    }

    async fn orders_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
        asked: &OrdersAsked,
    ) -> Result<Vec<OrderState>> {
        let rows = read
            .orders_of(shop, shopper, asked.status, asked.limit)
            .await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            orders.extend(self.opened_order(read, Some(row)).await?);
        }
        Ok(orders)
    }

    async fn order_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderState>> {
        let row = read.order_of(shop, shopper, number).await?;
        // What a guest ordered in her name is not hers before it is paid or adopted.
        let row = row.filter(|row| row.guest.is_none());
        self.opened_order(read, row).await
    }

    async fn order(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        id: OrderId,
    ) -> Result<Option<OrderState>> {
        let row = read.order(shop, id).await?;
        self.opened_order(read, row).await
    }

    async fn order_by_number(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        number: &str,
    ) -> Result<Option<OrderState>> {
        let row = read.order_by_number(shop, number).await?;
        self.opened_order(read, row).await
    }

    async fn lock_customer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<Customer>> {
        let row = tx.lock_customer(shop, shopper).await?;
        self.opened_customer(tx, row).await
    }

    async fn lock_offer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        variant: &str,
    ) -> Result<Option<Offer>> {
        match tx.lock_variant(shop, variant).await? {
            Some(row) => Ok(Some(catalogue::offer(tx, row).await?)),
            None => Ok(None),
        }
    }

    async fn ensure_customer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        new: &NewCustomer,
    ) -> Result<Customer> {
        self.customer_or_new(tx, shop, shopper, new).await
    }

    async fn ensure_transfer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
    ) -> Result<Method> {
        self.transfer_of(tx, shop, customer).await
    }

    async fn ensure_paid_with(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
        paid_with: &PaidWith,
        once: bool,
    ) -> Result<Method> {
        self.paid_with(tx, shop, customer, paid_with, once).await
    }

    async fn apply(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        change: Recorded<Change>,
    ) -> Result<Applied> {
        let change = change.into_effect(tx.id())?;
        self.carry_out(tx, shop, shopper, change).await
    }
}
