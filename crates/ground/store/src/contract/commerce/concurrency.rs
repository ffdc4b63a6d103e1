//! Eight at once at the till: who wins, and whether anything is lost.

use std::collections::BTreeSet;

use super::samples;
use crate::{
    Transaction,
    contract::{
        Stage,
        concurrency::{EIGHT, all_numbers, eight, one_won},
        samples::{EVENING, NOON, at, shop_id, shopper_id},
        verdict::{Verdict, fail, same},
    },
    customers::CartRow,
    keys::Owner,
    orders::{MovementRow, OrderRow, ProposalState},
};

/// Five pieces, and eight who want one.
pub(in crate::contract) async fn last_pieces(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let product = samples::new_product(&mut *tx, shop).await?;
    let row = samples::variant(&product, 1);
    tx.insert_variant(&row).await?;
    tx.commit().await?;
    let taken = eight(&stage, |database| {
        let id = row.id.clone();
        async move {
            let mut tx = database.begin().await?;
            let taken = tx.change_stock(shop, &id, -1).await?;
            tx.commit().await?;
            Ok(taken)
        }
    });
    let taken = taken.await?.into_iter().filter(|taken| *taken).count();
    same("pieces taken", taken, 5)?;
    let mut snapshot = stage.database.snapshot().await?;
    let left = snapshot.variant(shop, &row.id).await?;
    same("pieces left", left.and_then(|row| row.stock), Some(0))
}

pub(in crate::contract) async fn variant_locked(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let product = samples::new_product(&mut *tx, shop).await?;
    let row = samples::variant(&product, 1);
    tx.insert_variant(&row).await?;
    tx.commit().await?;
    let seen = eight(&stage, |database| {
        let id = row.id.clone();
        async move {
            let mut tx = database.begin().await?;
            let stock = tx.lock_variant(shop, &id).await?.and_then(|row| row.stock);
            let Some(stock) = stock else {
                return fail("the variant to lock is not to be seen");
            };
            tx.change_stock(shop, &id, 1).await?;
            tx.commit().await?;
            Ok(stock)
        }
    });
    all_numbers("stocks seen", seen.await?, 5)
}

/// Counts her orders under the lock and appends the next: what a checkout does.
pub(in crate::contract) async fn customer_locked(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    tx.commit().await?;
    let shopper = customer.shopper;
    let seen = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let Some(customer) = tx.lock_customer(shop, shopper).await? else {
            return fail("the customer to lock is not to be seen");
        };
        let orders = tx.orders_of(shop, shopper, None, 99).await?;
        let next = orders.first().map_or(0, |newest| newest.position + 1);
        tx.insert_order(&samples::order(&customer, next)?).await?;
        tx.commit().await?;
        Ok(next)
    });
    all_numbers("places given", seen.await?, 0)
}

pub(in crate::contract) async fn cart_locked(stage: Stage) -> Verdict {
    let (shop, owner) = (shop_id(), Owner::Shopper(shopper_id()));
    let row = samples::cart(shop, owner)?;
    let first = row.updated_at.millis();
    let mut tx = stage.database.begin().await?;
    tx.put_cart(&row).await?;
    tx.commit().await?;
    let seen = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let Some(row) = tx.lock_cart(shop, owner).await? else {
            return fail("the cart to lock is not to be seen");
        };
        let seen = row.updated_at.millis();
        let updated_at = at(seen + 1);
        tx.put_cart(&CartRow { updated_at, ..row }).await?;
        tx.commit().await?;
        Ok(seen)
    });
    all_numbers("carts seen", seen.await?, first)
}

pub(in crate::contract) async fn cart_opened(stage: Stage) -> Verdict {
    let (shop, owner) = (shop_id(), Owner::Shopper(shopper_id()));
    let opened = eight(&stage, |database| async move {
        let row = samples::cart(shop, owner)?;
        let mut tx = database.begin().await?;
        let opened = tx.open_cart(&row).await?;
        tx.commit().await?;
        Ok((opened, row))
    });
    let opened = opened.await?;
    let mut won = opened.iter().filter(|(opened, _)| *opened);
    let Some((_, first)) = won.next() else {
        return fail("nobody opened the cart");
    };
    same("others who opened it", won.count(), 0)?;
    let mut tx = stage.database.begin().await?;
    let found = tx.cart(shop, owner).await?;
    same("the first one's stays", found, Some(first.clone()))?;
    same("opened again", tx.open_cart(first).await?, false)
}

/// A new order, durable, that is worth nothing yet.
async fn worthless(stage: &Stage) -> Verdict<OrderRow> {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let row = OrderRow {
        value: 0,
        ..samples::order(&customer, 1)?
    };
    tx.insert_order(&row).await?;
    tx.commit().await?;
    Ok(row)
}

async fn raise(tx: &mut dyn Transaction, locked: Option<OrderRow>) -> Verdict<i64> {
    let Some(row) = locked else {
        return fail("the order to lock is not to be seen");
    };
    let seen = row.value;
    let value = seen + 1;
    tx.update_order(&OrderRow { value, ..row }).await?;
    Ok(seen)
}

pub(in crate::contract) async fn order_locked(stage: Stage) -> Verdict {
    let row = worthless(&stage).await?;
    let (shop, id) = (row.shop, row.id);
    let seen = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let locked = tx.lock_order(shop, id).await?;
        let seen = raise(&mut *tx, locked).await?;
        tx.commit().await?;
        Ok(seen)
    });
    all_numbers("values seen", seen.await?, 0)
}

pub(in crate::contract) async fn own_order_locked(stage: Stage) -> Verdict {
    let row = worthless(&stage).await?;
    let (shop, shopper) = (row.shop, row.shopper);
    let seen = eight(&stage, |database| {
        let number = row.number.clone();
        async move {
            let mut tx = database.begin().await?;
            let locked = tx.lock_order_of(shop, shopper, &number).await?;
            let seen = raise(&mut *tx, locked).await?;
            tx.commit().await?;
            Ok(seen)
        }
    });
    all_numbers("values seen", seen.await?, 0)
}

pub(in crate::contract) async fn movement_locked(stage: Stage) -> Verdict {
    let order = worthless(&stage).await?;
    let row = samples::payment(&order, 1, 100);
    let (shop, id) = (row.shop, row.id);
    let mut tx = stage.database.begin().await?;
    tx.insert_movement(&row).await?;
    tx.commit().await?;
    let seen = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let Some(row) = tx.lock_movement(shop, id).await? else {
            return fail("the movement to lock is not to be seen");
        };
        let seen = row.attempts;
        let attempts = seen + 1;
        tx.update_movement(&MovementRow { attempts, ..row }).await?;
        tx.commit().await?;
        Ok(seen)
    });
    all_numbers("attempts seen", seen.await?, 0)
}

/// Looks under the lock whether it is open, and confirms it only then.
pub(in crate::contract) async fn one_confirms(stage: Stage) -> Verdict {
    let row = samples::proposal(shop_id(), Owner::Shopper(shopper_id()))?;
    let (shop, id) = (row.shop, row.id);
    let mut tx = stage.database.begin().await?;
    tx.insert_proposal(&row).await?;
    tx.commit().await?;
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let Some(row) = tx.lock_proposal(shop, id).await? else {
            return fail("the proposal to lock is not to be seen");
        };
        let open = row.state == ProposalState::Open;
        if open {
            tx.decide_proposal(shop, id, ProposalState::Confirmed, NOON)
                .await?;
        }
        tx.commit().await?;
        Ok(open)
    });
    one_won(&won.await?)
}

/// More are due than one claims. Plays long before every other case, so that only its own are due.
pub(in crate::contract) async fn claimed_by_one(stage: Stage) -> Verdict {
    const EACH: u32 = 3;
    let order = worthless(&stage).await?;
    let mut tx = stage.database.begin().await?;
    let mut due = BTreeSet::new();
    for _ in 0..4 * EIGHT {
        let row = samples::due(&order, at(1));
        tx.insert_movement(&row).await?;
        due.insert(row.id);
    }
    tx.commit().await?;
    let claimed = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let rows = tx.claim_movements(at(1), EVENING, EACH).await?;
        tx.commit().await?;
        Ok(rows)
    });
    let mut claimed = claimed.await?;
    for rows in &claimed {
        let few = u32::try_from(rows.len()).is_ok_and(|count| count <= EACH);
        same("whether one claimed at most three", few, true)?;
    }
    // Whoever comes later gets what was left.
    let mut tx = stage.database.begin().await?;
    claimed.push(tx.claim_movements(at(1), EVENING, 99).await?);
    tx.commit().await?;
    let claimed = claimed.into_iter().flatten();
    let mut ids = claimed.map(|row| row.id).collect::<Vec<_>>();
    ids.sort();
    same("claimed, each once", ids, due.into_iter().collect())
}

pub(in crate::contract) async fn event_seen_by_one(stage: Stage) -> Verdict {
    let (shop, event) = (shop_id(), samples::word("evt"));
    let won = eight(&stage, |database| {
        let event = event.clone();
        async move {
            let mut tx = database.begin().await?;
            let new = tx.see_gateway_event(shop, &event, NOON).await?;
            tx.commit().await?;
            Ok(new)
        }
    });
    one_won(&won.await?)
}
