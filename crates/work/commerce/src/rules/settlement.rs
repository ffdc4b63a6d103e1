//! What a gateway said about a movement, as a change of its order.

use store::orders::{MovementKind, MovementRow, MovementState};
use terms::PaymentMethodId;

use super::{money, unchanged};
use crate::{
    change::{Change, NewMovement, Settled, Settlement, What},
    document::OrderStatus,
    model::{Customer, Method, OrderState},
};

/// A payment was made on the gateway's page. If the order was given up meanwhile, the money is
/// booked all the same and goes back at once.
#[must_use]
pub fn paid(
    state: &OrderState,
    movement: &MovementRow,
    method: &Method,
    reference: &str,
) -> Change {
    let late =
        state.order.status == OrderStatus::Cancelled || movement.state == MovementState::Dropped;
    let what = if late { What::PaidTooLate } else { What::Paid };
    let (mut change, mut order) = unchanged(what, state);
    order.settled = vec![Settlement {
        movement: movement.id,
        done: true,
        booked: true,
        method: Some(method.id),
        reference: Some(reference.to_owned()),
    }];
    order.pay_until = None;
    if late {
        order.movements = vec![NewMovement {
            kind: MovementKind::Refund,
            method: Some(method.id),
            original: Some(movement.id),
            amount: movement.amount,
            settled: money::settled(method),
        }];
    }
    change.order = Some(order);
    change
}

/// The gateway moved the money.
#[must_use]
pub fn done(state: &OrderState, movement: &MovementRow, reference: &str) -> Change {
    let (mut change, mut order) = unchanged(What::TransferDone, state);
    order.settled = vec![Settlement {
        movement: movement.id,
        done: true,
        booked: true,
        method: movement.method,
        reference: Some(reference.to_owned()),
    }];
    change.order = Some(order);
    change
}

/// The gateway refused for good. A refund goes on being owed, and people see to it. A charge does
/// not count any more, and refunds that the same change brought about in return for it are taken
/// back: those on their way are dropped, a gift card gives back what it got, as far as it has it.
#[must_use]
pub fn declined(customer: &Customer, state: &OrderState, movement: &MovementRow) -> Change {
    let (mut change, mut order) = unchanged(What::TransferDeclined, state);
    let charge = movement.kind == MovementKind::Payment;
    order.settled = vec![Settlement {
        movement: movement.id,
        done: false,
        booked: !charge,
        method: movement.method,
        reference: None,
    }];
    if charge {
        let together = state.movements.iter().filter(|other| {
            other.kind == MovementKind::Refund
                && other.booked
                && other.created_at == movement.created_at
        });
        for refund in together {
            let method = refund
                .method
                .and_then(|id: PaymentMethodId| customer.method_by_id(id));
            match (refund.state, method) {
                (MovementState::Intended, _) => order.dropped.push(refund.id),
                (MovementState::Done, Some(card)) if card.is_gift_card() => {
                    let amount = refund.amount.min(card.own.balance.unwrap_or(0));
                    if amount > 0 {
                        order.movements.push(NewMovement {
                            kind: MovementKind::Payment,
                            method: Some(card.id),
                            original: None,
                            amount,
                            settled: Settled::AtOnce,
                        });
                    }
                }
                _ => {}
            }
        }
    }
    change.order = Some(order);
    change
}
