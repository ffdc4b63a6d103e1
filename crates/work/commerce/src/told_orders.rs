//! A shopper's orders for a conversation: where they stand, in few facts.

use identity::level::Address;
use store::Transaction;
use terms::Currency;

use crate::{
    document::{OrderStatus, Servicing},
    model::OrderState,
    port::OrdersAsked,
    tools::{Commerce, Proof, Result, Tool},
};

/// Orders of one answer.
const MOST: u32 = 3;

/// An order in few facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTold {
    /// The order's number.
    pub id: String,
    pub status: OrderStatus,
    pub servicing: Option<Servicing>,
    pub paid: bool,
    /// Minor units.
    pub total: i64,
    pub currency: Currency,
    pub titles: Vec<String>,
    pub tracking: Vec<String>,
    pub placed_at: Option<String>,
}

impl Commerce {
    /// Her orders, newest first, or the one of a number; `None` when she has not proved an address.
    /// The read is recorded, as with the tools that a page calls.
    pub async fn orders_told(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        number: Option<&str>,
    ) -> Result<Option<Vec<OrderTold>>> {
        let Ok(shopper) = self.known::<Address>(proof) else {
            return Ok(None);
        };
        let shop = proof.shop();
        let Some(currency) = self.currency(tx, shop).await? else {
            return Ok(Some(Vec::new()));
        };
        let (tool, found) = match number {
            Some(number) => {
                let found = self.shop.order_of(tx, shop, shopper, number).await?;
                (Tool::GetOrder, found.into_iter().collect())
            }
            None => {
                let asked = OrdersAsked {
                    status: None,
                    limit: MOST,
                };
                let found = self.shop.orders_of(tx, shop, shopper, &asked).await?;
                (Tool::ListOrders, found)
            }
        };
        self.note_read(tx, proof, shopper, tool).await?;
        Ok(Some(
            found.iter().map(|state| told(state, currency)).collect(),
        ))
    }
}

fn told(state: &OrderState, currency: Currency) -> OrderTold {
    let order = &state.order;
    OrderTold {
        id: order.id.clone(),
        status: order.status,
        servicing: order.servicing,
        paid: state.is_paid(),
        total: state.value,
        currency,
        titles: order.lines.iter().map(|line| line.title.clone()).collect(),
        tracking: order
            .fulfilments
            .iter()
            .flat_map(|parcel| parcel.tracking.clone())
            .collect(),
        placed_at: order.placed_at.clone(),
    }
}
