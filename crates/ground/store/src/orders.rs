//! Orders, the movements of money for them, and proposals that wait for their confirmation.

use async_trait::async_trait;
use terms::{
    MovementId, OrderId, PaymentMethodId, ProposalId, Sealed, SessionId, ShopId, ShopperId,
    Timestamp,
};

use crate::{
    Result,
    keys::Owner,
    places::{OrderBody, ProposalBody},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    pub shop: ShopId,
    pub id: OrderId,
    /// The shop's own number. Unique in the shop.
    pub number: String,
    pub shopper: ShopperId,
    pub position: i64,
    /// `commerce`'s names of status and servicing.
    pub status: String,
    pub servicing: Option<String>,
    /// What the order is worth now, in minor units: lines and adjustments, less what was returned;
    /// nothing once it is cancelled.
    pub value: i64,
    /// Lines, addresses, fulfilments, return, exchange.
    pub body: Sealed<OrderBody>,
    /// Until when an order that was not paid yet is kept.
    pub pay_until: Option<Timestamp>,
    /// When it was placed, also for one that was brought in from elsewhere; `None` where nobody knows.
    /// Fixed.
    pub placed_at: Option<Timestamp>,
    /// The session of whoever ordered it without having proved to be its shopper, until it is paid or
    /// that session proves to be hers. While it is there, the order does not stand among hers.
    pub guest: Option<SessionId>,
    pub updated_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementRow {
    pub shop: ShopId,
    pub id: MovementId,
    pub order: OrderId,
    /// The shop's own id of the payment; unique within its order.
    pub label: String,
    pub position: i64,
    pub kind: MovementKind,
    /// `None` while a shopper has not yet chosen one on the gateway's page.
    pub method: Option<PaymentMethodId>,
    /// The payment that a refund undoes.
    pub original: Option<MovementId>,
    /// Minor units.
    pub amount: i64,
    /// Whether it counts: paid, owed back, or charged. A payment on a gateway's page counts from
    /// its webhook on; what failed does not count.
    pub booked: bool,
    pub state: MovementState,
    /// The gateway's own reference.
    pub reference: Option<String>,
    pub attempts: i64,
    /// When a gateway is asked (again); `None` when there is nothing to ask.
    pub next_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member:meta])* $variant:ident = $text:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$member])* $variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            #[must_use]
            pub fn from_stored(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == name)
            }
        }
    )+ };
}

names! {
    MovementKind {
        Payment = "payment",
        Refund = "refund",
    }
    /// How far a movement is. Intent before the call, outcome after it.
    MovementState {
        /// Written down; no gateway was asked.
        Intended = "intended",
        /// A gateway was asked and has not answered: it is asked again, under the same key.
        Asked = "asked",
        /// Done.
        Done = "done",
        /// Refused for good.
        Failed = "failed",
        /// Given up before anything was moved.
        Dropped = "dropped",
    }
    ProposalState {
        Open = "open",
        Confirmed = "confirmed",
        /// Too old, or what it stood on has changed.
        Expired = "expired",
    }
    /// The level a confirmation demands.
    ProposalLevel {
        Guest = "guest",
        Session = "session",
        StepUp = "step_up",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalRow {
    pub shop: ShopId,
    pub id: ProposalId,
    /// Who may confirm it: a shopper, or a guest's session.
    pub owner: Owner,
    pub tool: String,
    pub level: ProposalLevel,
    pub state: ProposalState,
    /// SHA-256 over shop, owner, tool, arguments and effect: what a step-up is bound to.
    pub hash: [u8; 32],
    pub body: Sealed<ProposalBody>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// `Some` exactly when it is not open any more.
    pub decided_at: Option<Timestamp>,
}

/// Which orders of a shop are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    pub status: Option<String>,
    pub servicing: Option<String>,
}

#[async_trait]
pub trait ReadOrders: Send {
    /// An order of this shopper by its number. Another's is not found, by the same query.
    async fn order_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderRow>>;
    async fn order_by_number(&mut self, shop: ShopId, number: &str) -> Result<Option<OrderRow>>;
    async fn order(&mut self, shop: ShopId, id: OrderId) -> Result<Option<OrderRow>>;
    /// The shopper's listed orders, newest first, at most `limit`; only those of one status if one
    /// is named.
    async fn orders_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        status: Option<&str>,
        limit: u32,
    ) -> Result<Vec<OrderRow>>;
    /// How many orders of hers wait to be paid: of those that are listed, or of guests'.
    async fn unpaid_orders_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        listed: bool,
    ) -> Result<i64>;
    /// How many orders that a guest's session placed wait to be paid, in whatever name.
    async fn unpaid_orders_of_guest(&mut self, shop: ShopId, guest: SessionId) -> Result<i64>;
    /// The shop's orders, newest first, those before a position and id, at most `limit`.
    async fn orders_before(
        &mut self,
        shop: ShopId,
        filter: &OrderFilter,
        before: Option<(i64, OrderId)>,
        limit: u32,
    ) -> Result<Vec<OrderRow>>;
    /// The shop's orders after a position and id, in that order, at most `limit`.
    async fn orders_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, OrderId)>,
        limit: u32,
    ) -> Result<Vec<OrderRow>>;
    /// How many orders there are of each status and servicing.
    async fn order_counts(&mut self, shop: ShopId) -> Result<Vec<(String, Option<String>, i64)>>;
    /// The movements of an order, by position and id.
    async fn movements(&mut self, shop: ShopId, order: OrderId) -> Result<Vec<MovementRow>>;
    async fn movement(&mut self, shop: ShopId, id: MovementId) -> Result<Option<MovementRow>>;
    async fn proposal(&mut self, shop: ShopId, id: ProposalId) -> Result<Option<ProposalRow>>;
    /// Booked payments less booked refunds of every order, with the order's value: those where the
    /// two differ, at most `limit`. An order that was never paid holds nothing.
    async fn orders_out_of_balance(
        &mut self,
        shop: ShopId,
        limit: u32,
    ) -> Result<Vec<(OrderId, i64, i64)>>;
}

#[async_trait]
pub trait WriteOrders: ReadOrders {
    async fn insert_order(&mut self, row: &OrderRow) -> Result<()>;
    async fn update_order(&mut self, row: &OrderRow) -> Result<()>;
    /// As [`ReadOrders::order_of`], locked until the transaction ends.
    async fn lock_order_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderRow>>;
    async fn lock_order(&mut self, shop: ShopId, id: OrderId) -> Result<Option<OrderRow>>;
    async fn insert_movement(&mut self, row: &MovementRow) -> Result<()>;
    async fn update_movement(&mut self, row: &MovementRow) -> Result<()>;
    async fn lock_movement(&mut self, shop: ShopId, id: MovementId) -> Result<Option<MovementRow>>;
    /// Takes movements of any shop whose `next_at` has come, at most `limit`, the longest due first,
    /// and sets their `next_at` to `again_at`: another node that asks now gets others.
    async fn claim_movements(
        &mut self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u32,
    ) -> Result<Vec<MovementRow>>;
    /// The session proved to be the shopper: what it ordered in her name as a guest is listed. Returns
    /// which orders those are, in the order of their ids.
    async fn adopt_orders(
        &mut self,
        shop: ShopId,
        session: SessionId,
        shopper: ShopperId,
    ) -> Result<Vec<OrderId>>;
    /// Orders of any shop whose time to be paid has passed, at most `limit`, the longest due first.
    async fn unpaid_orders(&mut self, now: Timestamp, limit: u32)
    -> Result<Vec<(ShopId, OrderId)>>;
    async fn insert_proposal(&mut self, row: &ProposalRow) -> Result<()>;
    async fn lock_proposal(&mut self, shop: ShopId, id: ProposalId) -> Result<Option<ProposalRow>>;
    async fn decide_proposal(
        &mut self,
        shop: ShopId,
        id: ProposalId,
        state: ProposalState,
        at: Timestamp,
    ) -> Result<()>;
    /// Deletes proposals that expired before `before`; returns how many.
    async fn sweep_proposals(&mut self, before: Timestamp) -> Result<u64>;
    /// Remembers a webhook's event; `false` when it was seen before.
    async fn see_gateway_event(&mut self, shop: ShopId, id: &str, at: Timestamp) -> Result<bool>;
    /// Forgets events seen before `before`; returns how many.
    async fn sweep_gateway_events(&mut self, before: Timestamp) -> Result<u64>;
}
