//! Returning lines of a delivered order.

use terms::rounded_share;

use super::{Judged, her_method, must_be_delivered, named_lines, repricing::untaxed, unchanged};
use crate::{
    change::What,
    document::{AdjustmentKind, Line, Order, Return, Servicing},
    model::{Customer, OrderState, line_total},
    refusal::{Code, Refusal},
};

/// Asks for a return. Money moves when the goods are back ([`super::staff::receive`]).
pub fn return_items(
    customer: &Customer,
    state: &OrderState,
    lines: &[String],
    refund_to: &str,
) -> Judged {
    must_be_delivered(state)?;
    named_lines(state, lines.iter().map(String::as_str))?;
    let method = her_method(customer, refund_to)?;
    let has_paid = state
        .held_by_method()
        .iter()
        .any(|held| held.method == Some(method.id));
    if !has_paid && !method.is_gift_card() {
        return Err(Refusal::new(
            Code::MethodNotAllowed,
            "a return is refunded to the means of payment that paid the order, or to a gift card of yours",
        ));
    }
    let (mut change, mut order) = unchanged(What::RequestReturn, state);
    order.order.servicing = Some(Servicing::ReturnRequested);
    order.order.returned = Some(Return {
        lines: lines.to_vec(),
        refund_to: refund_to.to_owned(),
        received: None,
    });
    change.order = Some(order);
    Ok(change)
}

/// What a return of these lines is worth: their price, less their share of the order's discount,
/// plus their share of tax that was added; rounded half away from zero to a whole minor unit.
/// Delivery is not refunded.
#[must_use]
pub fn return_value(order: &Order, lines: &[&Line]) -> i64 {
    let goods = sum(order.lines.iter().map(line_total));
    let back = sum(lines.iter().map(|line| line_total(line)));
    let share = |kinds: &[AdjustmentKind]| {
        let shared = order.adjustments.iter();
        let shared = shared.filter(|adjustment| kinds.contains(&adjustment.kind));
        let shared = shared.map(|shared| rounded_share(shared.amount, back, goods).unwrap_or(0));
        sum(shared)
    };
    let net = back
        .saturating_add(share(&[AdjustmentKind::Discount, AdjustmentKind::Exchange]))
        .max(0);
    // Added tax was reckoned on the delivery too, which stays where it is.
    let taxed = goods.saturating_add(untaxed(&order.adjustments).unwrap_or(0));
    let tax = order.adjustments.iter();
    let tax = tax.filter(|adjustment| adjustment.kind == AdjustmentKind::Tax);
    let tax = tax.map(|tax| rounded_share(tax.amount, net, taxed.max(0)).unwrap_or(0));
    net.saturating_add(sum(tax)).max(0)
}

fn sum(amounts: impl Iterator<Item = i64>) -> i64 {
    amounts.fold(0, i64::saturating_add)
}
