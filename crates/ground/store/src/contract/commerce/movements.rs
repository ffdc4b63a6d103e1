//! Movements of money, who asks about them, and whether the books are in balance.

use core::cmp::Reverse;

use terms::OrderId;

use super::samples;
use crate::{
    Transaction,
    contract::{
        Stage,
        samples::{EVENING, NOON, at, method_id, movement_id, order_id},
        verdict::{Verdict, conflict, missing, same},
    },
    customers::CustomerRow,
    orders::{MovementKind, MovementRow, MovementState, OrderRow},
};

/// The longest a row waits to be claimed here; every other case's rows wait longer.
const LATE: i64 = 99;

async fn new_order(tx: &mut dyn Transaction) -> Verdict<OrderRow> {
    let shop = samples::new_shop(tx).await?;
    let customer = samples::new_customer(tx, shop).await?;
    samples::new_order(tx, &customer).await
}

pub(in crate::contract) async fn taken_once(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let order = new_order(&mut *tx).await?;
    let row = samples::payment(&order, 1, 100);
    tx.insert_movement(&row).await?;
    let same_id = MovementRow {
        id: row.id,
        ..samples::payment(&order, 2, 1)
    };
    conflict("movements", tx.insert_movement(&same_id).await)?;
    let same_label = MovementRow {
        label: row.label.clone(),
        ..samples::payment(&order, 2, 1)
    };
    conflict("movements", tx.insert_movement(&same_label).await)?;
    // Another order counts its payments anew.
    let shopper = OrderRow {
        id: order_id(),
        number: samples::word("#W"),
        ..order.clone()
    };
    tx.insert_order(&shopper).await?;
    let elsewhere = MovementRow {
        order: shopper.id,
        id: movement_id(),
        ..row.clone()
    };
    tx.insert_movement(&elsewhere).await?;
    let found = tx.movements(order.shop, order.id).await?;
    same("the first", found, vec![row.clone()])?;
    let found = tx.movements(order.shop, shopper.id).await?;
    same("of another order", found, vec![elsewhere])?;
    let found = tx.lock_movement(order.shop, row.id).await?;
    same("locked", found, Some(row))?;
    let absent = movement_id();
    same("none", tx.movement(order.shop, absent).await?, None)?;
    let found = tx.lock_movement(order.shop, absent).await?;
    same("none to lock", found, None)
}

pub(in crate::contract) async fn in_order(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let order = new_order(&mut *tx).await?;
    let positions = [-1, 2, 2, 2, 3];
    let mut rows = positions.map(|position| samples::payment(&order, position, 1));
    rows.sort_by_key(|row| Reverse((row.position, row.id)));
    for row in &rows {
        tx.insert_movement(row).await?;
    }
    rows.reverse();
    let found = tx.movements(order.shop, order.id).await?;
    same("by position, then id", found, rows.to_vec())?;
    let found = tx.movements(order.shop, order_id()).await?;
    same("of an order that is not there", found, vec![])
}

pub(in crate::contract) async fn updated(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let order = new_order(&mut *tx).await?;
    let row = samples::payment(&order, 1, 100);
    let neighbour = samples::payment(&order, 2, 100);
    tx.insert_movement(&row).await?;
    tx.insert_movement(&neighbour).await?;
    for state in MovementState::ALL {
        let next = MovementRow {
            method: Some(method_id()),
            booked: *state == MovementState::Done,
            state: *state,
            reference: Some(samples::word("pi")),
            attempts: 7,
            next_at: Some(EVENING),
            updated_at: EVENING,
            ..row.clone()
        };
        // What was agreed is asked for, and stays.
        let asked = MovementRow {
            order: order_id(),
            label: samples::word("payment"),
            position: 99,
            kind: MovementKind::Refund,
            original: Some(movement_id()),
            amount: 1,
            created_at: at(1),
            ..next.clone()
        };
        tx.update_movement(&asked).await?;
        let found = tx.movement(order.shop, row.id).await?;
        same("updated", found, Some(next))?;
    }
    tx.update_movement(&row).await?;
    let found = tx.movement(order.shop, row.id).await?;
    same("what may be absent is absent again", found, Some(row))?;
    let found = tx.movement(order.shop, neighbour.id).await?;
    same("another movement", found, Some(neighbour))?;
    let absent = samples::payment(&order, 3, 1);
    missing("movements", tx.update_movement(&absent).await)
}

/// Plays long before every other case, so that only its own movements are due.
pub(in crate::contract) async fn claimed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let mut due = Vec::new();
    // Of any shop.
    for next_at in [30, 10, 20] {
        let order = new_order(&mut *tx).await?;
        let row = samples::due(&order, at(next_at));
        tx.insert_movement(&row).await?;
        let settled = samples::payment(&order, 1, 100);
        tx.insert_movement(&settled).await?;
        due.push(row);
    }
    due.sort_by_key(|row| row.next_at);
    let again_at = at(LATE);
    let claimed = |rows: &[MovementRow]| -> Vec<MovementRow> {
        let mut rows = rows.to_vec();
        for row in &mut rows {
            row.next_at = Some(again_at);
        }
        rows.sort_by_key(|row| row.id);
        rows
    };
    for (now, limit, count) in [(9, 9, 0), (30, 0, 0), (30, 2, 2), (29, 9, 0), (30, 9, 1)] {
        let mut found = tx.claim_movements(at(now), again_at, limit).await?;
        found.sort_by_key(|row| row.id);
        let rest = due.split_off(count);
        same("claimed, longest due first", found, claimed(&due))?;
        for row in claimed(&due) {
            let kept = tx.movement(row.shop, row.id).await?;
            same("kept as it was claimed", kept, Some(row))?;
        }
        due = rest;
    }
    same("none is left", due, vec![])?;
    let found = tx.claim_movements(at(LATE - 1), EVENING, 9).await?;
    same("claimed again too soon", found, vec![])?;
    let found = tx.claim_movements(at(LATE), EVENING, 9).await?;
    same("claimed again when their time comes", found.len(), 3)
}

/// An order worth `value`, with these movements.
async fn book(
    tx: &mut dyn Transaction,
    customer: &CustomerRow,
    value: i64,
    moved: &[(MovementKind, i64, bool)],
) -> Verdict<OrderId> {
    let order = OrderRow {
        value,
        ..samples::order(customer, 0)?
    };
    tx.insert_order(&order).await?;
    for (kind, amount, booked) in moved.iter().copied() {
        let row = MovementRow {
            kind,
            booked,
            created_at: NOON,
            ..samples::payment(&order, 0, amount)
        };
        tx.insert_movement(&row).await?;
    }
    Ok(order.id)
}

pub(in crate::contract) async fn balanced(stage: Stage) -> Verdict {
    use MovementKind::{Payment, Refund};

    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let good: [(i64, &[_]); 7] = [
        (100, &[(Payment, 100, true)]),
        (100, &[(Payment, 60, true), (Payment, 40, true)]),
        (0, &[(Payment, 100, true), (Refund, 100, true)]),
        (70, &[(Payment, 100, true), (Refund, 30, true)]),
        // What is not booked does not count.
        (100, &[(Payment, 100, true), (Refund, 30, false)]),
        // Never paid: it holds nothing, and owes nothing yet.
        (100, &[]),
        (100, &[(Payment, 100, false)]),
    ];
    for (value, moved) in good {
        book(&mut *tx, &customer, value, moved).await?;
    }
    let found = tx.orders_out_of_balance(shop, 99).await?;
    same("books in balance", found, vec![])?;

    let bad: [(i64, i64, &[_]); 6] = [
        (99, 100, &[(Payment, 99, true)]),
        (200, 100, &[(Payment, 100, true), (Payment, 100, true)]),
        // Given back, and still worth something; given up, and still held.
        (0, 100, &[(Payment, 100, true), (Refund, 100, true)]),
        (100, 0, &[(Payment, 100, true), (Refund, 100, false)]),
        (-1, 0, &[(Payment, 100, true), (Refund, 101, true)]),
        // Beyond 32 bits.
        (1 << 40, 100, &[(Payment, 1 << 40, true)]),
    ];
    let mut expected = Vec::new();
    for (held, value, moved) in bad {
        let order = book(&mut *tx, &customer, value, moved).await?;
        expected.push((order, held, value));
    }
    expected.sort();
    let mut found = tx.orders_out_of_balance(shop, 99).await?;
    found.sort();
    same("books out of balance", found, expected.clone())?;
    let found = tx.orders_out_of_balance(shop, 2).await?;
    same("at most two", found.len(), 2)?;
    same(
        "two of them",
        found.iter().all(|found| expected.contains(found)),
        true,
    )?;
    let other = samples::new_shop(&mut *tx).await?;
    let found = tx.orders_out_of_balance(other, 99).await?;
    same("another shop's books", found, vec![])
}
