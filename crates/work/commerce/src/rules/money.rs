//! Where money goes back to, and where it comes from.

use store::orders::MovementKind;

use crate::{
    change::{NewMovement, Settled},
    model::{Customer, HeldBy, Method, OrderState},
    refusal::{Code, Refusal},
};

/// How a method of payment is settled.
pub(super) const fn settled(method: &Method) -> Settled {
    match method.own.kind {
        crate::document::MethodKind::GiftCard => Settled::AtOnce,
        crate::document::MethodKind::Transfer => Settled::ByHand,
        crate::document::MethodKind::Card | crate::document::MethodKind::Paypal => {
            Settled::ByGateway
        }
    }
}

/// The difference of a change or an exchange, moved to or from the named method. Nothing moves when
/// nothing differs.
pub(super) fn difference_moved(
    difference: i64,
    method: &Method,
) -> Result<Option<NewMovement>, Refusal> {
    let kind = match difference {
        0 => return Ok(None),
        1.. => MovementKind::Payment,
        _ => MovementKind::Refund,
    };
    if kind == MovementKind::Payment {
        must_cover(method, difference)?;
    }
    Ok(Some(NewMovement {
        kind,
        method: Some(method.id),
        original: None,
        amount: difference.saturating_abs(),
        settled: settled(method),
    }))
}

/// A gift card must cover its sum.
pub(super) fn must_cover(method: &Method, amount: i64) -> Result<(), Refusal> {
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
                payment: None,
            },
        ),
    }
    refunds(&held, amount, customer)
}

fn refunds(held: &[HeldBy], amount: i64, customer: &Customer) -> Vec<NewMovement> {
    let mut left = amount;
    let mut movements = Vec::new();
    for held in held {
        let part = held.amount.min(left);
        if part <= 0 {
            continue;
        }
        left = left.saturating_sub(part);
        let method = held.method.and_then(|id| customer.method_by_id(id));
        movements.push(NewMovement {
            kind: MovementKind::Refund,
            method: held.method,
            original: held.payment,
            amount: part,
            settled: method.map_or(Settled::ByHand, settled),
        });
    }
    movements
}
