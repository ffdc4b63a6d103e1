//! Customers and their means of payment, sealed, and their carts.

use async_trait::async_trait;
use terms::{PaymentMethodId, Sealed, ShopId, ShopperId, Timestamp};

use crate::{
    Result,
    keys::Owner,
    places::{CartBody, CustomerBody, PaymentMethodBody},
};

/// What a shop knows of a shopper as its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    pub shop: ShopId,
    pub shopper: ShopperId,
    /// Keyed hash of the shop's own id of the customer. Unique in the shop.
    pub own_index: [u8; 32],
    pub position: i64,
    /// Own id, names, phone, addresses.
    pub body: Sealed<CustomerBody>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethodRow {
    pub shop: ShopId,
    pub id: PaymentMethodId,
    pub shopper: ShopperId,
    pub position: i64,
    /// Own id, kind, brand, last four digits, balance, the gateway's token.
    pub body: Sealed<PaymentMethodBody>,
}

/// The cart of a shopper, or of a guest's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartRow {
    pub shop: ShopId,
    pub owner: Owner,
    pub body: Sealed<CartBody>,
    pub updated_at: Timestamp,
}

#[async_trait]
pub trait ReadCustomers: Send {
    async fn customer(&mut self, shop: ShopId, shopper: ShopperId) -> Result<Option<CustomerRow>>;
    async fn customer_by_own_id(
        &mut self,
        shop: ShopId,
        own_index: &[u8; 32],
    ) -> Result<Option<CustomerRow>>;
    /// Customers after a position and shopper, in that order, at most `limit`.
    async fn customers_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, ShopperId)>,
        limit: u32,
    ) -> Result<Vec<CustomerRow>>;
    async fn customer_count(&mut self, shop: ShopId) -> Result<i64>;
    /// The means of payment of a customer, by position and id.
    async fn payment_methods(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<PaymentMethodRow>>;
    async fn cart(&mut self, shop: ShopId, owner: Owner) -> Result<Option<CartRow>>;
}

#[async_trait]
pub trait WriteCustomers: ReadCustomers {
    async fn insert_customer(&mut self, row: &CustomerRow) -> Result<()>;
    async fn update_customer(&mut self, row: &CustomerRow) -> Result<()>;
    /// The customer, locked until the transaction ends: who changes her orders or her balances
    /// holds this lock.
    async fn lock_customer(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<CustomerRow>>;
    async fn insert_payment_method(&mut self, row: &PaymentMethodRow) -> Result<()>;
    async fn update_payment_method(&mut self, row: &PaymentMethodRow) -> Result<()>;
    async fn lock_cart(&mut self, shop: ShopId, owner: Owner) -> Result<Option<CartRow>>;
    /// Keeps a cart unless the owner has one by now; `false` then. Of two that open one at once, the
    /// second waits for the first: a lock on a cart that is not there would keep nobody out.
    async fn open_cart(&mut self, row: &CartRow) -> Result<bool>;
    async fn put_cart(&mut self, row: &CartRow) -> Result<()>;
    async fn delete_cart(&mut self, shop: ShopId, owner: Owner) -> Result<()>;
    /// Deletes carts of sessions that were last changed before `before`; returns how many.
    async fn sweep_carts(&mut self, before: Timestamp) -> Result<u64>;
}
