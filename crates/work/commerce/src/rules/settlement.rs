//! What a gateway said about a movement, as a change of its order.

use std::collections::BTreeMap;

use store::orders::{MovementKind, MovementRow, MovementState};
use terms::PaymentMethodId;

use super::{money, unchanged};
use crate::{
    change::{Change, NewMovement, OrderChange, Settled, Settlement, What},
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
    order.guest = None;
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
/// not count any more, and neither does what would have given it back. If the order then holds less
/// than it is worth, refunds that were brought about in return for it, or for another charge that
/// failed, are taken back: those on their way are dropped, a gift card gives back what it got, as
/// far as it has it.
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
        take_back(customer, state, movement, &mut order);
    }
    change.order = Some(order);
    change
}

fn take_back(
    customer: &Customer,
    state: &OrderState,
    charge: &MovementRow,
    order: &mut OrderChange,
) {
    let mut held = state.held().saturating_sub(charge.amount);
    let refunds = state
        .movements
        .iter()
        .filter(|other| other.kind == MovementKind::Refund && other.booked);
    let (of_it, others): (Vec<_>, Vec<_>) =
        refunds.partition(|refund| refund.original == Some(charge.id));
    for refund in of_it {
        // It waited for the charge, so that no gateway was asked for it.
        order.dropped.push(refund.id);
        held = held.saturating_add(refund.amount);
    }
    // A change's movements are made at one time.
    let in_return = |refund: &MovementRow| {
        state.movements.iter().any(|paid| {
            paid.kind == MovementKind::Payment
                && paid.created_at == refund.created_at
                && (paid.id == charge.id || paid.state == MovementState::Failed)
        })
    };
    // INVARIANT: a card that got several refunds gives back what it has once.
    let mut left: BTreeMap<PaymentMethodId, i64> = BTreeMap::new();
    for refund in others.into_iter().filter(|refund| in_return(refund)) {
        let short = state.value.saturating_sub(held);
        if short <= 0 {
            break;
        }
        let method = refund
            .method
            .and_then(|id: PaymentMethodId| customer.method_by_id(id));
        match (refund.state, method) {
            (MovementState::Intended, _) => {
                order.dropped.push(refund.id);
                held = held.saturating_add(refund.amount);
            }
            (MovementState::Done, Some(card)) if card.is_gift_card() => {
                let has = left
                    .entry(card.id)
                    .or_insert_with(|| card.own.balance.unwrap_or(0));
                let amount = refund.amount.min(*has).min(short);
                if amount > 0 {
                    *has = has.saturating_sub(amount);
                    order.movements.push(NewMovement {
                        kind: MovementKind::Payment,
                        method: Some(card.id),
                        original: None,
                        amount,
                        settled: Settled::AtOnce,
                    });
                    held = held.saturating_add(amount);
                }
            }
            _ => {}
        }
    }
}
