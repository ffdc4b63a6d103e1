//! The rules of servicing: pure functions from facts to a [`Change`] or a [`Refusal`].
//!
//! Each takes what it judges as arguments and looks nothing up. What it returns is the exact effect
//! that the shopper is shown, and that is carried out when she confirms it.

mod address;
mod cancel;
mod exchange;
mod items;
mod money;
mod payment;
mod repricing;
#[cfg(test)]
mod repricing_tests;
mod returns;
mod settlement;
pub mod staff;
#[cfg(test)]
mod tests;

pub use address::{change_address, change_default_address};
pub use cancel::{NOT_PAID, cancel, expire, may_cancel};
pub use exchange::exchange_items;
pub use items::change_items;
pub use payment::change_payment;
pub use returns::{return_items, return_value};
pub use settlement::{declined, done, paid};

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    change::{Change, OrderChange, StockChange, What},
    document::{Line, LineChange, OrderStatus, Servicing},
    model::{Customer, Method, Offer, OrderState},
    refusal::{Code, Refusal, shown},
};

type Judged = Result<Change, Refusal>;

/// The variants that the changes of an order name, by id.
pub type Offers = BTreeMap<String, Offer>;

/// Cancel, address, payment and items: only while the order is pending, and not after its items
/// were changed, which freezes it.
fn must_be_open(state: &OrderState) -> Result<(), Refusal> {
    if state.order.status != OrderStatus::Pending {
        return Err(Refusal::new(
            Code::NotPending,
            format!(
                "this order is {} and can no longer be changed: only pending orders can",
                state.order.status.as_str()
            ),
        ));
    }
    if state.order.servicing.is_some() {
        return Err(Refusal::new(
            Code::AlreadyChanged,
            "the items of this order were changed once already: after that it can be neither changed nor cancelled",
        ));
    }
    Ok(())
}

/// Whether address, payment and items of an order may be changed.
#[must_use]
pub fn may_change(state: &OrderState) -> bool {
    must_be_open(state).is_ok()
}

/// Whether a return or an exchange of an order may be asked for.
#[must_use]
pub fn may_return(state: &OrderState) -> bool {
    must_be_delivered(state).is_ok()
}

/// Return and exchange: only when the order is delivered, and one of the two, once.
fn must_be_delivered(state: &OrderState) -> Result<(), Refusal> {
    if state.order.status != OrderStatus::Delivered {
        return Err(Refusal::new(
            Code::NotDelivered,
            format!(
                "this order is {}: a return or an exchange can be asked for once it is delivered",
                state.order.status.as_str()
            ),
        ));
    }
    match state.order.servicing {
        Some(Servicing::ReturnRequested | Servicing::ExchangeRequested) => Err(Refusal::new(
            Code::AlreadyChanged,
            "a return or an exchange was asked for already: an order has one of them, once",
        )),
        Some(Servicing::ItemsChanged) | None => Ok(()),
    }
}

/// A means of payment of this shopper.
fn her_method<'a>(customer: &'a Customer, own_id: &str) -> Result<&'a Method, Refusal> {
    customer.method(own_id).ok_or_else(|| {
        Refusal::new(
            Code::MethodNotOwned,
            format!(
                "{} is not a means of payment in this account",
                shown(own_id)
            ),
        )
    })
}

/// The named lines, each once, all of this order.
fn named_lines<'a, 'b>(
    state: &'a OrderState,
    ids: impl IntoIterator<Item = &'b str>,
) -> Result<Vec<&'a Line>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Refusal::new(
                Code::DuplicateLine,
                format!("the line {} is named twice", shown(id)),
            ));
        }
        let line = state.line(id).ok_or_else(|| {
            Refusal::new(
                Code::NotFound,
                format!("the line {} is not in this order", shown(id)),
            )
        })?;
        lines.push(line);
    }
    if lines.is_empty() {
        return Err(Refusal::new(
            Code::EmptyList,
            "no line is named: name at least one line of the order",
        ));
    }
    Ok(lines)
}

/// Lines with the variants they are changed into.
struct Swapped<'a> {
    line: &'a Line,
    offer: &'a Offer,
}

/// Judges changes of lines into other variants of the same products, and whether all of them
/// together can be had.
fn swaps<'a>(
    state: &'a OrderState,
    changes: &[LineChange],
    offers: &'a Offers,
) -> Result<Vec<Swapped<'a>>, Refusal> {
    let lines = named_lines(state, changes.iter().map(|change| change.line.as_str()))?;
    let mut swapped = Vec::new();
    let mut wanted: BTreeMap<&str, i64> = BTreeMap::new();
    for (line, change) in lines.into_iter().zip(changes) {
        let offer = offers.get(&change.variant).ok_or_else(|| {
            Refusal::new(
                Code::NotFound,
                format!("there is no variant {}", shown(&change.variant)),
            )
        })?;
        if offer.product != line.product {
            return Err(Refusal::new(
                Code::OtherProduct,
                format!(
                    "{} is another product than the line {}: only another variant of the same product is possible",
                    shown(&change.variant),
                    shown(&line.id)
                ),
            ));
        }
        if offer.variant == line.variant {
            return Err(Refusal::new(
                Code::SameItem,
                format!(
                    "the line {} has the variant {} already",
                    shown(&line.id),
                    shown(&change.variant)
                ),
            ));
        }
        if !offer.available {
            return Err(Refusal::new(
                Code::Unavailable,
                format!("the variant {} is not available", shown(&change.variant)),
            ));
        }
        let pieces = wanted.entry(&offer.variant).or_default();
        *pieces = pieces.saturating_add(line.quantity);
        if !offer.has(*pieces) {
            return Err(Refusal::new(
                Code::OutOfStock,
                format!(
                    "there are not enough pieces of {} in stock",
                    shown(&change.variant)
                ),
            ));
        }
        swapped.push(Swapped { line, offer });
    }
    Ok(swapped)
}

impl Swapped<'_> {
    /// What the new variant costs more, or negative, less.
    fn difference(&self) -> i64 {
        self.offer
            .price
            .saturating_sub(self.line.unit_price)
            .saturating_mul(self.line.quantity)
    }

    fn line(&self) -> Line {
        Line {
            variant: self.offer.variant.clone(),
            options: self.offer.options.clone(),
            unit_price: self.offer.price,
            ..self.line.clone()
        }
    }
}

/// What changed lines cost more or, negative, less, by their list prices.
fn listed(swapped: &[Swapped<'_>]) -> i64 {
    swapped
        .iter()
        .map(Swapped::difference)
        .fold(0, i64::saturating_add)
}

/// Stock changes added up by variant and sorted; what adds up to nothing is left out.
fn stock(changes: impl IntoIterator<Item = (String, i64)>) -> Vec<StockChange> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (variant, delta) in changes {
        let sum = sums.entry(variant).or_default();
        *sum = sum.saturating_add(delta);
    }
    sums.into_iter()
        .filter(|(_, delta)| *delta != 0)
        .map(|(variant, delta)| StockChange { variant, delta })
        .collect()
}

/// A change of this order that so far changes nothing.
fn unchanged(what: What, state: &OrderState) -> (Change, OrderChange) {
    let order = OrderChange {
        id: Some(state.id),
        is_new: false,
        order: state.order.clone(),
        value: state.value,
        value_delta: 0,
        movements: Vec::new(),
        dropped: Vec::new(),
        settled: Vec::new(),
        stock: Vec::new(),
        pay_until: state.pay_until,
        guest: state.guest,
    };
    let change = Change {
        what,
        order: None,
        profile: None,
    };
    (change, order)
}
