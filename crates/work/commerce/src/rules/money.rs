//! Where money goes back to, and where it comes from.

use store::orders::MovementKind;

use crate::{
    change::{NewMovement, Settled},
    document::MethodKind,
    model::{Customer, HeldBy, Method, OrderState},
    refusal::{Code, Refusal},
};

/// How a method of payment is settled.
pub(super) const fn settled(method: &Method) -> Settled {
    match method.own.kind {
        MethodKind::GiftCard => Settled::AtOnce,
        MethodKind::Transfer => Settled::ByHand,
        MethodKind::Card | MethodKind::Paypal => Settled::ByGateway,
    }
}

/// The difference of a change or an exchange, moved to or from the named method. Nothing moves when
/// nothing differs. A refund undoes what the method has paid for the order, as far as it has.
pub(super) fn difference_moved(
    state: &OrderState,
    customer: &Customer,
    difference: i64,
    method: &Method,
) -> Result<Vec<NewMovement>, Refusal> {
    if difference > 0 {
        return Ok(vec![charge(method, difference)?]);
    }
    let amount = difference.saturating_abs();
    let paid = state
        .held_by_method()
        .into_iter()
        .find(|held| held.method == Some(method.id));
    let has_paid = paid.as_ref().map_or(0, |held| held.amount);
    if method.once && amount > has_paid {
        return Err(Refusal::new(
            Code::MethodNotAllowed,
            "this means of payment paid a guest's order and takes back no more than it paid for that one: choose another",
        ));
    }
    let back = HeldBy {
        method: Some(method.id),
        amount,
        payments: paid.map(|held| held.payments).unwrap_or_default(),
    };
    Ok(refunds(&[back], amount, customer))
}

/// A charge of this method. A bank transfer cannot be charged: it would count though no money came.
pub(super) fn charge(method: &Method, amount: i64) -> Result<NewMovement, Refusal> {
    if method.own.kind == MethodKind::Transfer {
        return Err(Refusal::new(
            Code::MethodNotAllowed,
            "a bank transfer cannot be charged: choose another means of payment",
        ));
    }
    if method.once {
        return Err(Refusal::new(
            Code::MethodNotAllowed,
            "this means of payment paid a guest's order and takes refunds of it alone: choose another",
        ));
    }
    must_cover(method, amount)?;
    Ok(NewMovement {
        kind: MovementKind::Payment,
        method: Some(method.id),
        original: None,
        amount,
        settled: settled(method),
    })
}

/// A gift card must cover its sum.
fn must_cover(method: &Method, amount: i64) -> Result<(), Refusal> {
    if method.is_gift_card() && method.own.balance.unwrap_or(0) < amount {
        return Err(Refusal::new(
            Code::GiftCardTooSmall,
            "this gift card does not cover the amount: choose another means of payment",
        ));
    }
    Ok(())
}

/// Refunds everything held for the order to the methods that paid it.
pub(super) fn refund_all(state: &OrderState, customer: &Customer) -> Vec<NewMovement> {
    let held = state.held_by_method();
    refunds(&held, state.held(), customer)
}

/// Refunds `amount`: first to `first`, at most what that method has paid (a gift card that has not
/// paid takes all of it), and what is left to the other methods that paid.
///
/// INVARIANT: the sum of the refunds is at most what is held for the order, so that no unit of money
/// goes back twice.
pub(super) fn refund_to(
    state: &OrderState,
    customer: &Customer,
    first: &Method,
    amount: i64,
) -> Vec<NewMovement> {
    let amount = amount.min(state.held());
    let mut held = state.held_by_method();
    match held.iter().position(|held| held.method == Some(first.id)) {
        Some(at) => {
            let hers = held.remove(at);
            held.insert(0, hers);
        }
        None => held.insert(
            0,
            HeldBy {
                method: Some(first.id),
                amount,
                payments: Vec::new(),
            },
        ),
    }
    refunds(&held, amount, customer)
}

/// INVARIANT: no payment is refunded beyond itself: a method that has paid in parts gets them back
/// in parts.
fn refunds(held: &[HeldBy], amount: i64, customer: &Customer) -> Vec<NewMovement> {
    let mut left = amount;
    let mut movements = Vec::new();
    for held in held {
        let method = held.method.and_then(|id| customer.method_by_id(id));
        let mut of_method = held.amount.min(left);
        left = left.saturating_sub(of_method.max(0));
        let payments = held.payments.iter().map(|(id, paid)| (Some(*id), *paid));
        // What it has not paid is no payment's refund.
        for (original, paid) in payments.chain([(None, i64::MAX)]) {
            let part = paid.min(of_method);
            if part <= 0 {
                continue;
            }
            of_method = of_method.saturating_sub(part);
            movements.push(NewMovement {
                kind: MovementKind::Refund,
                method: held.method,
                original,
                amount: part,
                settled: method.map_or(Settled::ByHand, settled),
            });
        }
    }
    movements
}
