//! A shopper's orders for a conversation: where they stand, in few facts.

use identity::level::{Address as Proved, Session};
use store::Transaction;
use terms::{Currency, Language, Timestamp};

use crate::{
    document::{Address, Options, OrderStatus, Servicing},
    model::{Customer, OrderState},
    port::OrdersAsked,
    pricing,
    proposals::one_line,
    rules,
    tools::{Commerce, Proof, Result, Tool},
};

/// Orders of one answer.
const MOST: u32 = 10;

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
    pub lines: Vec<LineTold>,
    pub tracking: Vec<String>,
    pub placed_at: Option<String>,
    /// Whole hours since it was placed, where the shop says when that was.
    pub hours_ago: Option<i64>,
    /// Whether it may be cancelled now.
    pub may_cancel: bool,
    /// Whether address, payment and items may be changed now.
    pub may_change: bool,
    /// Whether a return or an exchange may be asked for now.
    pub may_return: bool,
    /// Her own ids of the means that hold money for it; empty where she has not signed in.
    pub paid_with: Vec<String>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineTold {
    pub id: String,
    pub product: String,
    pub variant: String,
    pub title: String,
    pub options: Options,
    pub quantity: i64,
}

/// What a change of an order may name of hers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileTold {
    pub methods: Vec<MethodTold>,
    pub addresses: Vec<AddressTold>,
    /// The reasons that a cancellation may have here.
    pub cancel_reasons: Vec<String>,
    /// Delivery to her default address: what there is to choose from.
    pub shipping: Vec<ShippingTold>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodTold {
    pub id: String,
    pub label: String,
    pub kind: &'static str,
    /// Takes refunds of what it paid and is charged for nothing else.
    pub once: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressTold {
    pub id: String,
    /// On one line.
    pub label: String,
    pub address: Address,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippingTold {
    pub id: String,
    pub title: String,
    /// Minor units.
    pub price: i64,
    pub currency: Currency,
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
        let Ok(shopper) = self.known::<Proved>(proof) else {
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
        let customer = match proof.raise::<Session>() {
            Ok(_) if !found.is_empty() => self.shop.customer(tx, shop, shopper).await?,
            _ => None,
        };
        let told = found
            .iter()
            .map(|state| told(state, customer.as_ref(), currency, self.clock.now()));
        let mut told: Vec<OrderTold> = told.collect();
        // A shop may bring its orders in any order: what she calls her last is what she placed last. Those of
        // which nobody knows when come as they were brought, behind the others.
        told.sort_by_key(|order| order.hours_ago.unwrap_or(i64::MAX));
        Ok(Some(told))
    }

    /// What a change of hers may name; `None` when she has not signed in. The read is recorded.
    pub async fn profile_told(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        language: Language,
    ) -> Result<Option<ProfileTold>> {
        let Ok(shopper) = self.known::<Session>(proof) else {
            return Ok(None);
        };
        let shop = proof.shop();
        let customer = self.shop.customer(tx, shop, shopper).await?;
        self.note_read(tx, proof, shopper, Tool::GetProfile).await?;
        let (Some(customer), Some(currency)) = (customer, self.currency(tx, shop).await?) else {
            return Ok(Some(ProfileTold {
                methods: Vec::new(),
                addresses: Vec::new(),
                cancel_reasons: Vec::new(),
                shipping: Vec::new(),
            }));
        };
        let terms = self.shop.terms(tx, shop).await?;
        let options = self.shop.shipping(tx, shop).await?;
        let shipping = match customer.default_address() {
            Some(home) => pricing::country_of(&options, &home.country)
                .map(|country| pricing::options_for(&options, country))
                .unwrap_or_default(),
            None => Vec::new(),
        };
        let shipping = shipping.iter().map(|option| ShippingTold {
            id: option.id.clone(),
            title: option.title.clone(),
            price: option.price,
            currency,
        });
        let shipping = shipping.collect();
        let methods = customer.methods.iter().map(|method| MethodTold {
            id: method.own.id.clone(),
            label: method.label(language),
            kind: method.own.kind.as_str(),
            once: method.once,
        });
        let addresses = customer.profile.addresses.iter().map(|saved| {
            let address = saved.address();
            AddressTold {
                id: saved.id.clone(),
                label: one_line(&address),
                address,
            }
        });
        Ok(Some(ProfileTold {
            methods: methods.collect(),
            addresses: addresses.collect(),
            cancel_reasons: terms.cancel_reasons,
            shipping,
        }))
    }
}

fn told(
    state: &OrderState,
    customer: Option<&Customer>,
    currency: Currency,
    now: Timestamp,
) -> OrderTold {
    let order = &state.order;
    let paid_with = state.held_by_method().into_iter().filter_map(|held| {
        let method = customer?.method_by_id(held.method?)?;
        Some(method.own.id.clone())
    });
    OrderTold {
        id: order.id.clone(),
        status: order.status,
        servicing: order.servicing,
        paid: state.is_paid(),
        total: state.value,
        currency,
        lines: order
            .lines
            .iter()
            .map(|line| LineTold {
                id: line.id.clone(),
                product: line.product.clone(),
                variant: line.variant.clone(),
                title: line.title.clone(),
                options: line.options.clone(),
                quantity: line.quantity,
            })
            .collect(),
        may_cancel: rules::may_cancel(state),
        may_change: rules::may_change(state),
        may_return: rules::may_return(state),
        paid_with: paid_with.collect(),
        tracking: order
            .fulfilments
            .iter()
            .flat_map(|parcel| parcel.tracking.clone())
            .collect(),
        hours_ago: hours_ago(order.placed_at.as_deref(), now),
        placed_at: order.placed_at.clone(),
    }
}

/// Whole hours between when an order was placed and now; none where that is not written, or lies ahead.
fn hours_ago(placed_at: Option<&str>, now: Timestamp) -> Option<i64> {
    const HOUR: i64 = 3_600_000;
    let placed = Timestamp::parse_rfc3339(placed_at?)?;
    let passed = now.millis().checked_sub(placed.millis())?;
    (passed >= 0).then_some(passed / HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_an_order_was_placed() {
        let now = Timestamp::parse_rfc3339("2026-11-26T12:30:00Z").unwrap();
        for (placed, hours) in [
            (Some("2026-11-26T12:00:00Z"), Some(0)),
            (Some("2026-11-25T12:00:00.250Z"), Some(24)),
            (Some("2026-11-27T12:00:00Z"), None),
            (Some("yesterday"), None),
            (None, None),
        ] {
            assert_eq!(hours_ago(placed, now), hours, "{placed:?}");
        }
    }
}
