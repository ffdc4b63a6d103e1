//! Cancelling an order, and giving up one that nobody paid.

use super::{Judged, money, must_be_open, stock, unchanged};
use crate::{
    change::{Change, What},
    document::OrderStatus,
    model::{Customer, OrderState, Terms},
    refusal::{Code, Refusal},
};

/// The reason kept with an order that was given up because nobody paid it.
pub const NOT_PAID: &str = "not_paid";

/// Whether a cancellation with one of the shop's reasons would be taken.
#[must_use]
pub fn may_cancel(state: &OrderState) -> bool {
    must_be_open(state).is_ok()
}

/// Cancels a pending order for one of the shop's reasons: everything paid goes back to the methods
/// that paid it, the goods go back to stock.
pub fn cancel(terms: &Terms, customer: &Customer, state: &OrderState, reason: &str) -> Judged {
    must_be_open(state)?;
    if !terms.cancel_reasons.iter().any(|known| known == reason) {
        return Err(Refusal::new(
            Code::BadReason,
            format!(
                "this is not a reason for a cancellation: allowed are {}",
                terms.cancel_reasons.join(", ")
            ),
        ));
    }
    Ok(cancelled(What::Cancel, customer, state, reason))
}

/// Gives up a pending order whose time to be paid has passed; `None` when it was paid or cancelled
/// meanwhile.
#[must_use]
pub fn expire(customer: &Customer, state: &OrderState) -> Option<Change> {
    let open = state.order.status == OrderStatus::Pending && !state.was_paid();
    open.then(|| cancelled(What::Expire, customer, state, NOT_PAID))
}

/// Gives up a pending order that holds less than it is worth, frozen or not: what was paid goes back.
/// It is how a change ends whose charge was declined.
pub(super) fn give_up_pending(customer: &Customer, state: &OrderState) -> Judged {
    if state.held() >= state.value {
        return Err(Refusal::new(
            Code::NotReady,
            "this order is paid, or its payment is under way: only the shopper can cancel it",
        ));
    }
    Ok(cancelled(What::GiveUp, customer, state, NOT_PAID))
}

fn cancelled(what: What, customer: &Customer, state: &OrderState, reason: &str) -> Change {
    let (mut change, mut order) = unchanged(what, state);
    order.order.status = OrderStatus::Cancelled;
    order.order.cancel_reason = Some(reason.to_owned());
    order.movements = money::refund_all(state, customer);
    order.dropped = state
        .awaited()
        .map(|movement| movement.id)
        .into_iter()
        .collect();
    order.value_delta = state.value.saturating_neg();
    order.value = 0;
    order.pay_until = None;
    let lines = state.order.lines.iter();
    order.stock = stock(lines.map(|line| (line.variant.clone(), line.quantity)));
    change.order = Some(order);
    change
}
