//! Orders: whose they are, and how they are listed.

use core::cmp::Reverse;

use terms::{OrderId, ShopId};

use super::samples;
use crate::{
    Snapshot,
    contract::{
        Stage,
        samples::{EVENING, at, order_id, sealed, session_id},
        verdict::{Verdict, conflict, ensure, missing, same},
    },
    customers::CustomerRow,
    desk::OrdersCount,
    orders::{OrderFilter, OrderRow},
};

pub(in crate::contract) async fn taken_once(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let row = samples::new_order(&mut *tx, &customer).await?;
    let same_id = OrderRow {
        id: row.id,
        ..samples::order(&other, 1)?
    };
    conflict("orders", tx.insert_order(&same_id).await)?;
    let same_number = OrderRow {
        number: row.number.clone(),
        ..samples::order(&other, 1)?
    };
    conflict("orders", tx.insert_order(&same_number).await)?;
    let found = tx.order_by_number(shop, &row.number).await?;
    same("the first", found, Some(row.clone()))?;
    let found = tx.lock_order(shop, row.id).await?;
    same("locked", found, Some(row.clone()))?;
    same("none", tx.order(shop, order_id()).await?, None)?;
    let found = tx.lock_order(shop, order_id()).await?;
    same("none to lock", found, None)?;
    let found = tx.orders_of(shop, other.shopper, None, 9).await?;
    same("another's", found, vec![])
}

pub(in crate::contract) async fn updated(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let row = samples::new_order(&mut *tx, &customer).await?;
    let neighbour = samples::new_order(&mut *tx, &customer).await?;
    let next = OrderRow {
        status: "processed".to_owned(),
        servicing: Some("exchange_requested".to_owned()),
        value: 1,
        body: sealed()?,
        pay_until: Some(EVENING),
        updated_at: EVENING,
        ..row.clone()
    };
    // Number, shopper and place are asked for, and stay.
    let asked = OrderRow {
        number: samples::word("#W"),
        shopper: other.shopper,
        position: 99,
        ..next.clone()
    };
    tx.update_order(&asked).await?;
    same("updated", tx.order(shop, row.id).await?, Some(next))?;
    tx.update_order(&row).await?;
    let found = tx.order(shop, row.id).await?;
    same("what may be absent is absent again", found, Some(row))?;
    let found = tx.order(shop, neighbour.id).await?;
    same("another order", found, Some(neighbour))?;
    let absent = samples::order(&customer, 1)?;
    missing("orders", tx.update_order(&absent).await)
}

pub(in crate::contract) async fn own_alone(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let mut rows = Vec::new();
    for (position, status) in [
        (i64::MAX, "pending"),
        (2, "delivered"),
        (2, "pending"),
        (2, "pending"),
        (i64::MIN, "delivered"),
    ] {
        rows.push(OrderRow {
            status: status.to_owned(),
            ..samples::order(&customer, position)?
        });
    }
    rows.sort_by_key(|row| (row.position, row.id));
    let theirs = OrderRow {
        position: 3,
        ..samples::order(&other, 2)?
    };
    for row in rows.iter().chain([&theirs]) {
        tx.insert_order(row).await?;
    }
    rows.reverse();

    let (hers, shopper) = (customer.shopper, other.shopper);
    for row in &rows {
        let number = row.number.as_str();
        let found = tx.order_of(shop, hers, number).await?;
        same("her order", found, Some(row.clone()))?;
        let found = tx.lock_order_of(shop, hers, number).await?;
        same("her order, locked", found, Some(row.clone()))?;
        let found = tx.order_of(shop, shopper, number).await?;
        same("another's order", found, None)?;
        let found = tx.lock_order_of(shop, shopper, number).await?;
        same("another's order, locked", found, None)?;
    }
    let found = tx.order_of(shop, hers, &theirs.number).await?;
    same("her neighbour's order", found, None)?;
    let found = tx.orders_of(shop, hers, None, 9).await?;
    same("newest first", found, rows.clone())?;
    let found = tx.orders_of(shop, hers, None, 3).await?;
    let newest = rows.iter().take(3).cloned().collect();
    same("the newest three", found, newest)?;
    for status in ["pending", "delivered", "cancelled"] {
        let of_status = rows.iter().filter(|row| row.status == status).cloned();
        let found = tx.orders_of(shop, hers, Some(status), 9).await?;
        same(status, found, of_status.clone().collect())?;
        let found = tx.orders_of(shop, hers, Some(status), 1).await?;
        same("the newest one", found, of_status.take(1).collect())?;
    }
    let found = tx.orders_of(shop, shopper, None, 9).await?;
    same("of another", found, vec![theirs])?;

    // What a stranger ordered in her name is not among hers, before it is paid; it is found by its
    // number, and by the shop.
    let (session, another) = (session_id(), session_id());
    let elsewhere = samples::new_shop(&mut *tx).await?;
    let listed = rows.split_off(1);
    for newest in rows {
        let strangers = OrderRow {
            guest: Some(session),
            ..newest
        };
        tx.update_order(&strangers).await?;
        let found = tx.orders_of(shop, hers, None, 9).await?;
        same("listed ones", found, listed.clone())?;
        let found = tx.order_of(shop, hers, &strangers.number).await?;
        same("one that is not listed", found, Some(strangers.clone()))?;
        for (session, shop, waiting) in [
            (session, shop, i64::from(strangers.pay_until.is_some())),
            (another, shop, 0),
            (session, elsewhere, 0),
        ] {
            let found = tx.unpaid_orders_of_guest(shop, session).await?;
            same("of the session, unpaid", found, waiting)?;
        }
        // Nobody else's proof lists it, and her own does.
        for (session, shopper) in [(another, hers), (session, shopper)] {
            let adopted = tx.adopt_orders(shop, session, shopper).await?;
            same("not adopted", adopted, vec![])?;
        }
        let adopted = tx.adopt_orders(shop, session, hers).await?;
        same("adopted", adopted, vec![strangers.id])?;
        let found = tx.orders_of(shop, hers, None, 1).await?;
        let hers_now = OrderRow {
            guest: None,
            ..strangers
        };
        same("hers by now", found, vec![hers_now])?;
    }
    Ok(())
}

/// Orders of two customers over all statuses and servicings, at places that are equal, smallest and
/// greatest, as they are listed: oldest first.
fn spread(customer: &CustomerRow, other: &CustomerRow) -> Verdict<Vec<OrderRow>> {
    let mut rows = Vec::new();
    for (position, status, servicing) in [
        (i64::MIN, "pending", None),
        (1, "pending", None),
        (1, "delivered", None),
        (1, "delivered", Some("return_requested")),
        (1, "delivered", Some("return_requested")),
        (1, "cancelled", Some("return_requested")),
        (2, "delivered", Some("exchange_requested")),
        (i64::MAX, "pending", Some("return_requested")),
    ] {
        for customer in [customer, other] {
            rows.push(OrderRow {
                status: status.to_owned(),
                servicing: servicing.map(str::to_owned),
                ..samples::order(customer, position)?
            });
        }
    }
    rows.sort_by_key(|row| (row.position, row.id));
    Ok(rows)
}

pub(in crate::contract) async fn paged_backwards(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let mut rows = spread(&customer, &other)?;
    for row in &rows {
        tx.insert_order(row).await?;
    }
    rows.reverse();
    let servicings = [
        None,
        Some("return_requested"),
        Some("exchange_requested"),
        Some("lost"),
    ];
    for status in [None, Some("pending"), Some("delivered"), Some("cancelled")] {
        for servicing in servicings {
            let fits = |row: &OrderRow| {
                status.is_none_or(|status| row.status == status)
                    && (servicing.is_none() || row.servicing.as_deref() == servicing)
            };
            let expected: Vec<_> = rows.iter().filter(|row| fits(row)).cloned().collect();
            let filter = OrderFilter {
                status: status.map(str::to_owned),
                servicing: servicing.map(str::to_owned),
            };
            for limit in [1, 3, 99] {
                let found = all_before(&mut *tx, shop, &filter, limit).await?;
                same(&format!("{filter:?}"), found, expected.clone())?;
            }
        }
    }
    let none = OrderFilter::default();
    let found = tx.orders_before(shop, &none, None, 0).await?;
    same("no room", found, vec![])
}

async fn all_before(
    db: &mut dyn Snapshot,
    shop: ShopId,
    filter: &OrderFilter,
    limit: u32,
) -> Verdict<Vec<OrderRow>> {
    let mut all = Vec::new();
    loop {
        let page = db.orders_before(shop, filter, last(&all), limit).await?;
        if page.is_empty() {
            return Ok(all);
        }
        append(&mut all, page, limit)?;
    }
}

pub(in crate::contract) async fn paged_forwards(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    let mut rows = spread(&customer, &other)?;
    rows.sort_by_key(|row| Reverse((row.position, row.id)));
    for row in &rows {
        tx.insert_order(row).await?;
    }
    rows.reverse();
    for limit in [1, 2, 3, 99] {
        let mut all = Vec::new();
        loop {
            let page = tx.orders_after(shop, last(&all), limit).await?;
            if page.is_empty() {
                break;
            }
            append(&mut all, page, limit)?;
        }
        same("oldest first", all, rows.clone())?;
    }
    same("no room", tx.orders_after(shop, None, 0).await?, vec![])
}

fn last(all: &[OrderRow]) -> Option<(i64, OrderId)> {
    all.last().map(|row| (row.position, row.id))
}

fn append(all: &mut Vec<OrderRow>, page: Vec<OrderRow>, limit: u32) -> Verdict {
    ensure!(
        u32::try_from(page.len()).is_ok_and(|count| count <= limit),
        "a page of at most {limit} orders holds {}",
        page.len()
    );
    all.extend(page);
    ensure!(all.len() < 99, "the pages of orders do not end");
    Ok(())
}

pub(in crate::contract) async fn counted(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let other = samples::new_customer(&mut *tx, shop).await?;
    same("before", tx.order_counts(shop).await?, vec![])?;
    for row in spread(&customer, &other)? {
        tx.insert_order(&row).await?;
    }
    let mut found = tx.order_counts(shop).await?;
    found.sort();
    let expected = [
        ("cancelled", Some("return_requested"), 2),
        ("delivered", None, 2),
        ("delivered", Some("exchange_requested"), 2),
        ("delivered", Some("return_requested"), 4),
        ("pending", None, 4),
        ("pending", Some("return_requested"), 2),
    ];
    let expected = expected
        .into_iter()
        .map(|(status, servicing, count)| (status.to_owned(), servicing.map(str::to_owned), count))
        .collect();
    same("after", found, expected)
}

/// Plays long before every other case, so that only its own orders are due.
pub(in crate::contract) async fn unpaid(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let mut due = Vec::new();
    // Of any shop.
    for pay_until in [30, 10, 20] {
        let shop = samples::new_shop(&mut *tx).await?;
        let customer = samples::new_customer(&mut *tx, shop).await?;
        let row = OrderRow {
            pay_until: Some(at(pay_until)),
            ..samples::order(&customer, 1)?
        };
        tx.insert_order(&row).await?;
        samples::new_order(&mut *tx, &customer).await?;
        due.push((pay_until, shop, row));
    }
    due.sort_by_key(|(pay_until, ..)| *pay_until);
    let ids = |due: &[(i64, ShopId, OrderRow)]| -> Vec<(ShopId, OrderId)> {
        due.iter().map(|(_, shop, row)| (*shop, row.id)).collect()
    };
    let expected = ids(&due);
    for (now, count) in [(9, 0), (10, 1), (29, 2), (30, 3), (99, 3)] {
        let found = tx.unpaid_orders(at(now), 9).await?;
        let expected = expected.iter().take(count).copied().collect();
        same("unpaid by then", found, expected)?;
    }
    for (_, shop, row) in &due {
        for (listed, count) in [(true, 1), (false, 0)] {
            let found = tx.unpaid_orders_of(*shop, row.shopper, listed).await?;
            same("hers that wait", found, count)?;
        }
        for (_, _, other) in due.iter().filter(|(_, other, _)| other != shop) {
            let found = tx.unpaid_orders_of(*shop, other.shopper, true).await?;
            same("another's that wait", found, 0)?;
        }
    }
    let found = tx.unpaid_orders(at(99), 2).await?;
    let longest = expected.iter().take(2).copied().collect();
    same("the two that are due longest", found, longest)?;
    // Paid, or given up.
    for (_, _, row) in due.into_iter().take(1) {
        let paid = OrderRow {
            pay_until: None,
            ..row
        };
        tx.update_order(&paid).await?;
    }
    let found = tx.unpaid_orders(at(99), 9).await?;
    let rest = expected.into_iter().skip(1).collect();
    same("those that still wait", found, rest)
}

pub(in crate::contract) async fn placed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let shop = samples::new_shop(&mut *tx).await?;
    let customer = samples::new_customer(&mut *tx, shop).await?;
    let plan: [(i64, i64, Option<terms::Timestamp>); 4] = [
        (100, 50, None),
        (109, 7, Some(EVENING)),
        (110, 3, Some(at(9))),
        (200, 1_000, None),
    ];
    for (placed, value, pay_until) in plan {
        let row = OrderRow {
            value,
            pay_until,
            placed_at: Some(at(placed)),
            ..samples::order(&customer, 1)?
        };
        tx.insert_order(&row).await?;
    }
    let unknown = OrderRow {
        placed_at: None,
        ..samples::order(&customer, 105)?
    };
    tx.insert_order(&unknown).await?;
    let count = |stretch, orders, worth| OrdersCount {
        stretch,
        orders,
        worth,
    };
    let found = tx.orders_placed(shop, at(100), at(200), 10).await?;
    same("placed", found, vec![count(0, 2, 57), count(1, 1, 3)])?;
    let found = tx.orders_unpaid(shop).await?;
    same("unpaid", found, count(0, 2, 10))
}
