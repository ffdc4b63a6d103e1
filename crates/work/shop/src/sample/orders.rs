//! Orders, priced and paid by the shop's own rules.
//!
//! INVARIANT: for each order, what was paid less what was refunded is its total: lines plus
//! adjustments. A cancelled order keeps nothing, and goods that came back keep their net price no
//! longer.

mod basket;
mod money;

use std::{collections::HashSet, time::Duration};

use commerce::document::{
    Address, Adjustment, Customer, Exchange, Fulfilment, Line, LineChange, Order, OrderStatus,
    Return, Servicing,
};
use terms::Timestamp;

use self::{
    basket::{Basket, Goods},
    money::Purse,
};
use super::{
    chance::Chance,
    data::Data,
    fate::{Fate, fate},
};

#[cfg(test)]
pub(super) use self::basket::{by_freight, can_return};

/// The number before that of the first order.
const BEFORE_FIRST: usize = 103_733;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

#[derive(Debug)]
pub(super) struct OrderBook<'a> {
    data: &'a Data,
    goods: Goods<'a>,
    customers: &'a [Customer],
    /// Those parcels come back from without customs.
    in_the_union: Vec<&'a Customer>,
    chance: &'a mut Chance,
    /// Who has ordered before.
    known: HashSet<&'a str>,
}

impl<'a> OrderBook<'a> {
    pub(super) fn new(data: &'a Data, customers: &'a [Customer], chance: &'a mut Chance) -> Self {
        let in_the_union = customers.iter().filter(|customer| {
            let mut addresses = customer.addresses.iter();
            addresses.all(|address| !["CH", "GB"].contains(&address.country.as_str()))
        });
        Self {
            data,
            goods: Goods::new(&data.products),
            customers,
            in_the_union: in_the_union.collect(),
            chance,
            known: HashSet::new(),
        }
    }

    /// The orders, oldest first.
    pub(super) fn orders(&mut self, count: usize, until: Timestamp) -> Vec<Order> {
        let numbers = 1..=count;
        numbers
            .filter_map(|number| {
                let newer = count.saturating_sub(number);
                let id = format!("AA-{}", BEFORE_FIRST.saturating_add(number));
                let placed_at = until.before(self.age(newer));
                self.order(id, placed_at, fate(newer))
            })
            .collect()
    }

    /// Five or six orders a day of late, and about one a day before that.
    fn age(&mut self, newer: usize) -> Duration {
        const RECENT: u64 = 76;
        let newer = u64::try_from(newer).unwrap_or(u64::MAX);
        let (seconds, spread) = if newer < RECENT {
            (newer.saturating_mul(4 * HOUR), 4 * HOUR)
        } else {
            let step = 30 * HOUR;
            let older = newer.saturating_sub(RECENT).saturating_mul(step);
            (older.saturating_add(RECENT * 4 * HOUR), step)
        };
        let millis = self.chance.below(spread.saturating_mul(1000)).max(1);
        Duration::from_secs(seconds).saturating_add(Duration::from_millis(millis))
    }

    fn order(&mut self, id: String, placed_at: Timestamp, fate: Fate) -> Option<Order> {
        let customer = self.customer(fate)?;
        let address = if self.chance.once_in(8) {
            customer.addresses.last()?
        } else {
            customer.addresses.first()?
        };
        let address = address.address();
        let first_order = self.known.insert(&customer.id);

        let mut basket = self.goods.basket(&id, fate.servicing, self.chance)?;
        let adjustments = self.adjustments(&basket, fate, first_order, &address);
        let added: i64 = adjustments.iter().map(|adjustment| adjustment.amount).sum();
        let mut purse = Purse::new(&id, customer);
        purse.pay(basket.value().saturating_add(added), self.chance);

        let mut order = Order {
            customer: customer.id.clone(),
            placed_at: Some(placed_at.to_string()),
            status: fate.status,
            servicing: fate.servicing,
            cancel_reason: None,
            shipping_address: address,
            lines: Vec::new(),
            adjustments,
            fulfilments: Vec::new(),
            payments: Vec::new(),
            returned: None,
            exchange: None,
            id: id.clone(),
        };
        if fate.status == OrderStatus::Cancelled {
            order.cancel_reason = Some(self.reason());
            purse.refund_all();
        }
        match fate.servicing {
            None => (),
            Some(Servicing::ItemsChanged) => {
                let difference = basket.swap()?;
                purse.settle(difference, &purse.main()?);
            }
            Some(Servicing::ExchangeRequested) => {
                order.exchange = Some(exchange(&mut basket, &mut purse, fate)?);
            }
            Some(Servicing::ReturnRequested) => {
                order.returned =
                    Some(self.returned(&basket, &order.adjustments, &mut purse, fate)?);
            }
        }
        if matches!(fate.status, OrderStatus::Shipped | OrderStatus::Delivered) {
            order.fulfilments = self.fulfilments(&order.id, &order.shipping_address, &basket);
        }
        order.lines = basket.lines();
        order.payments = purse.movements;
        Some(order)
    }

    /// Some order often, and some never. Whoever sends something back lives in the Union, where
    /// returns are free.
    fn customer(&mut self, fate: Fate) -> Option<&'a Customer> {
        if fate.servicing == Some(Servicing::ReturnRequested) {
            return self.chance.pick(&self.in_the_union).copied();
        }
        let count = u64::try_from(self.customers.len()).ok()?;
        let at = self.chance.below(count).min(self.chance.below(count));
        self.customers.get(usize::try_from(at).ok()?)
    }

    fn reason(&mut self) -> String {
        let reasons = ["no_longer_needed", "ordered_by_mistake"];
        let reason = self.chance.pick(&reasons).copied();
        reason.unwrap_or_default().to_owned()
    }

    fn adjustments(
        &mut self,
        basket: &Basket<'_>,
        fate: Fate,
        first_order: bool,
        address: &Address,
    ) -> Vec<Adjustment> {
        let offers = &self.data.offers;
        let swaps = matches!(
            fate.servicing,
            Some(Servicing::ItemsChanged | Servicing::ExchangeRequested)
        );
        let discount = if swaps {
            None
        } else {
            money::discount(offers, basket.value(), first_order, self.chance)
        };
        let level = if basket.has_freight() {
            "freight"
        } else if self.chance.once_in(7) {
            "express"
        } else {
            "standard"
        };
        let shipping = money::shipping(offers, level, basket.value(), &address.country);
        discount.into_iter().chain(shipping).collect()
    }

    /// Lines go back one by one or all together, at their price less their share of the discount.
    fn returned(
        &mut self,
        basket: &Basket<'_>,
        adjustments: &[Adjustment],
        purse: &mut Purse<'_>,
        fate: Fate,
    ) -> Option<Return> {
        let everything = basket.all_can_return() && self.chance.once_in(3);
        let lines: Vec<Line> = basket
            .lines()
            .into_iter()
            .take(if everything { usize::MAX } else { 1 })
            .collect();
        let refund_to = purse.refund_method(self.chance)?;
        if fate.received {
            let net = money::net(&lines, basket.value(), adjustments)?;
            purse.refund(net, &refund_to);
        }
        Some(Return {
            lines: lines.into_iter().map(|line| line.id).collect(),
            refund_to,
            received: fate.received.then_some(true),
        })
    }

    /// What comes by freight carrier travels apart from the parcels.
    fn fulfilments(
        &mut self,
        order: &str,
        address: &Address,
        basket: &Basket<'_>,
    ) -> Vec<Fulfilment> {
        let (freight, parcels) = basket.line_ids_by_carrier();
        let mut fulfilments = Vec::new();
        for (lines, carrier) in [(freight, "FR"), (parcels, "PX")] {
            if lines.is_empty() {
                continue;
            }
            let parcels = if lines.len() > 2 { 2 } else { 1 };
            let pattern = format!("{carrier}#########{}", address.country);
            fulfilments.push(Fulfilment {
                id: format!("{order}-F{}", fulfilments.len().saturating_add(1)),
                tracking: (0..parcels).map(|_| self.chance.digits(&pattern)).collect(),
                lines,
            });
        }
        fulfilments
    }
}

/// Another variant for the first line; the new one is on its way once the old one is back.
fn exchange(basket: &mut Basket<'_>, purse: &mut Purse<'_>, fate: Fate) -> Option<Exchange> {
    let mut after = basket.clone();
    let difference = after.swap()?;
    let payment_method = purse.main()?;
    let exchanged = after.lines().into_iter().next()?;
    if fate.received {
        purse.settle(difference, &payment_method);
        *basket = after;
    }
    Some(Exchange {
        changes: vec![LineChange {
            line: exchanged.id,
            variant: exchanged.variant,
        }],
        payment_method,
        difference,
        received: fate.received.then_some(true),
    })
}
