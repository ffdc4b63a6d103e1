//! Changing lines of a pending order into other variants: once.

use super::{
    Judged, Offers, her_method, listed, money, must_be_open,
    repricing::{Repriced, repriced},
    stock, swaps, unchanged,
};
use crate::{
    change::What,
    document::{LineChange, Servicing},
    model::{Customer, OrderState},
    refusal::{Code, Refusal},
};

/// Changes lines into other available variants of the same products. The difference is charged or
/// refunded to the named method; afterwards the order is frozen.
pub fn change_items(
    customer: &Customer,
    state: &OrderState,
    changes: &[LineChange],
    own_id: &str,
    offers: &Offers,
) -> Judged {
    must_be_open(state)?;
    let swapped = swaps(state, changes, offers)?;
    let method = her_method(customer, own_id)?;
    if !state.was_paid() {
        return Err(Refusal::new(
            Code::MethodNotAllowed,
            "this order has not been paid yet: cancel it and order what you would rather have",
        ));
    }
    let Repriced {
        adjustments,
        difference,
    } = repriced(state, listed(&swapped))?;
    let (mut change, mut order) = unchanged(What::ChangeItems, state);
    order.movements = money::difference_moved(state, customer, difference, method)?;
    order.value = worth(state.value, difference)?;
    order.value_delta = difference;
    order.order.servicing = Some(Servicing::ItemsChanged);
    order.stock = stock(swapped.iter().flat_map(|swap| {
        let (line, offer) = (swap.line, swap.offer);
        [
            (line.variant.clone(), line.quantity),
            (offer.variant.clone(), line.quantity.saturating_neg()),
        ]
    }));
    for swap in &swapped {
        let new = swap.line();
        if let Some(line) = order.order.lines.iter_mut().find(|line| line.id == new.id) {
            *line = new;
        }
    }
    // INVARIANT: lines and adjustments go on adding up to the order's value.
    order.order.adjustments = adjustments;
    change.order = Some(order);
    Ok(change)
}

/// A value that stays an amount.
pub(super) fn worth(value: i64, difference: i64) -> Result<i64, Refusal> {
    value
        .checked_add(difference)
        .filter(|value| (0..=terms::LARGEST_AMOUNT).contains(value))
        .ok_or_else(out_of_range)
}

pub(super) fn out_of_range() -> Refusal {
    Refusal::new(
        Code::OverLimit,
        "the new price is out of range: please ask a person of the shop",
    )
}
