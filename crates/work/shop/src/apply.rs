//! Carrying a recorded change out: order, money, stock and balances, all of it or nothing.
//!
//! INVARIANT: no balance, no stock and nothing held for an order is ever less than nothing, and what
//! a change of a paid order moves is what its value changes by. A change that would break this is
//! refused as a whole; the caller's transaction then takes nothing more.

use core::time::Duration;

use commerce::{
    change::{Change, NewMovement, OrderChange, Settled, What},
    document::MethodKind,
    model::Customer,
    port::{Applied, ShopError},
};
use store::{
    Pulse, Transaction,
    keys::Owner,
    orders::{MovementKind, MovementRow, MovementState, OrderRow},
    places::OrderBody,
};
use terms::{MovementId, OrderId, PaymentMethodId, RetentionClass, ShopId, ShopperId, Timestamp};
use vault::Row;

use crate::{
    Embedded, Result,
    records::{self, MethodBody},
};

/// When a gateway is asked about a payment on its page whose webhook has not come.
const FIRST_LOOK: Duration = Duration::from_secs(120);

impl Embedded {
    pub(crate) async fn carry_out(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        change: Change,
    ) -> Result<Applied> {
        if let Some(profile) = &change.profile {
            self.update_profile(tx, shop, shopper, profile).await?;
        }
        let Some(order) = change.order else {
            return Ok(Applied {
                order: None,
                movements: Vec::new(),
            });
        };
        let id = order.id.ok_or(ShopError::Broken("the order has no id"))?;
        let now = self.clock.now();
        self.put_order(tx, shop, shopper, id, &order, now).await?;
        let movements = self
            .put_movements(tx, shop, shopper, id, &order, now)
            .await?;
        for change in &order.stock {
            if !tx.change_stock(shop, &change.variant, change.delta).await? {
                return Err(ShopError::Broken("there are not enough pieces in stock"));
            }
        }
        if moves(&order) {
            balanced(change.what, &order, &tx.movements(shop, id).await?)?;
        } else if !matches!(change.what, What::Cancel | What::GiveUp) && order.value_delta != 0 {
            return Err(ShopError::Broken("the value changes and no money moves"));
        }
        tx.announce(Pulse::Order { shop, order: id });
        Ok(Applied {
            order: Some(id),
            movements,
        })
    }

    async fn put_order(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        id: OrderId,
        change: &OrderChange,
        now: Timestamp,
    ) -> Result<()> {
        let mut row = OrderRow {
            shop,
            id,
            number: change.order.id.clone(),
            shopper,
            position: now.millis(),
            status: change.order.status.as_str().to_owned(),
            servicing: change
                .order
                .servicing
                .map(|servicing| servicing.as_str().to_owned()),
            value: change.value,
            body: self
                .sealed_order(tx, shop, shopper, id, &change.order)
                .await?,
            pay_until: change.pay_until,
            placed_at: Some(now),
            guest: change.guest,
            updated_at: now,
        };
        if change.is_new {
            return Ok(tx.insert_order(&row).await?);
        }
        let before = tx.lock_order(shop, id).await?;
        let before = before.ok_or(ShopError::Broken("the order is not there"))?;
        let same = before.shopper == shopper && before.number == row.number;
        if !same || before.value.checked_add(change.value_delta) != Some(change.value) {
            return Err(ShopError::Broken(
                "the order is not the one the change was made for",
            ));
        }
        row.position = before.position;
        row.guest = row.guest.and(before.guest);
        Ok(tx.update_order(&row).await?)
    }

    pub(crate) async fn sealed_order(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        id: OrderId,
        order: &commerce::document::Order,
    ) -> Result<terms::Sealed<OrderBody>> {
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Shopper(shopper), RetentionClass::Statutory)
            .await?;
        let identity: [&[u8]; 3] = [id.as_bytes(), order.id.as_bytes(), shopper.as_bytes()];
        records::seal(&key, &*self.rng, Row::new(shop, &identity), "order", order)
    }

    async fn put_movements(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        order: OrderId,
        change: &OrderChange,
        now: Timestamp,
    ) -> Result<Vec<MovementId>> {
        if !moves(change) {
            return Ok(Vec::new());
        }
        let known = tx.movements(shop, order).await?;
        for dropped in &change.dropped {
            let mut row = known_movement(&known, *dropped)?;
            row.state = MovementState::Dropped;
            row.booked = false;
            row.next_at = None;
            row.updated_at = now;
            tx.update_movement(&row).await?;
        }
        for settlement in &change.settled {
            let mut row = known_movement(&known, settlement.movement)?;
            row.state = if settlement.done {
                MovementState::Done
            } else {
                MovementState::Failed
            };
            row.booked = settlement.booked;
            row.method = settlement.method;
            row.reference.clone_from(&settlement.reference);
            row.next_at = None;
            row.updated_at = now;
            tx.update_movement(&row).await?;
        }
        let at_once = change
            .movements
            .iter()
            .any(|movement| movement.settled == Settled::AtOnce);
        let mut customer = match at_once {
            true => {
                let row = tx.customer(shop, shopper).await?;
                let opened = self.opened_customer(tx, row).await?;
                Some(opened.ok_or(ShopError::Broken("the customer is not there"))?)
            }
            false => None,
        };
        let mut ids = Vec::new();
        let last = known.iter().map(|movement| movement.position).max();
        let mut position = last.map_or(0, |last| last.saturating_add(1));
        let mut labels: Vec<String> = known.into_iter().map(|known| known.label).collect();
        for movement in &change.movements {
            let label = fresh_label(&labels);
            let row = new_row(
                shop,
                order,
                movement,
                &label,
                position,
                self.movement_id(),
                now,
            );
            tx.insert_movement(&row).await?;
            if let (Settled::AtOnce, Some(customer)) = (movement.settled, &mut customer) {
                self.change_balance(tx, shop, customer, movement).await?;
            }
            ids.push(row.id);
            labels.push(label);
            position = position.saturating_add(1);
        }
        Ok(ids)
    }

    /// Random: the gateway and the shopper's browser see it.
    fn movement_id(&self) -> MovementId {
        MovementId::random(&*self.rng)
    }

    /// A gift card pays or takes back. What is no gift card has no balance.
    async fn change_balance(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &mut Customer,
        movement: &NewMovement,
    ) -> Result<()> {
        let id: PaymentMethodId = movement
            .method
            .ok_or(ShopError::Broken("a movement at once has no method"))?;
        let shopper = customer.shopper;
        let method = customer.methods.iter_mut().find(|method| method.id == id);
        let method = method.ok_or(ShopError::Broken("the method is not the customer's"))?;
        if method.own.kind != MethodKind::GiftCard {
            return Ok(());
        }
        let balance = method.own.balance.unwrap_or(0);
        let balance = match movement.kind {
            MovementKind::Payment => balance.checked_sub(movement.amount),
            MovementKind::Refund => balance.checked_add(movement.amount),
        };
        let balance = balance.filter(|balance| (0..=terms::LARGEST_AMOUNT).contains(balance));
        method.own.balance =
            Some(balance.ok_or(ShopError::Broken("a gift card does not cover its part"))?);
        let body = MethodBody {
            own: method.own.clone(),
            token: method.token.clone(),
            once: method.once,
        };
        let position = method.position;
        self.put_method(tx, shop, shopper, id, position, &body, false)
            .await
    }
}

fn new_row(
    shop: ShopId,
    order: OrderId,
    movement: &NewMovement,
    label: &str,
    position: i64,
    id: MovementId,
    now: Timestamp,
) -> MovementRow {
    let (state, booked, next_at) = match movement.settled {
        Settled::AtOnce => (MovementState::Done, true, None),
        Settled::ByGateway => (MovementState::Intended, true, Some(now)),
        Settled::OnPage => (MovementState::Intended, false, Some(now.after(FIRST_LOOK))),
        Settled::ByHand => (MovementState::Intended, true, None),
    };
    MovementRow {
        shop,
        id,
        order,
        label: label.to_owned(),
        position,
        kind: movement.kind,
        method: movement.method,
        original: movement.original,
        amount: movement.amount,
        booked,
        state,
        reference: None,
        attempts: 0,
        next_at,
        created_at: now,
        updated_at: now,
    }
}

/// Whether a change touches the money of its order at all.
fn moves(change: &OrderChange) -> bool {
    !(change.movements.is_empty() && change.dropped.is_empty() && change.settled.is_empty())
}

fn known_movement(known: &[MovementRow], id: MovementId) -> Result<MovementRow> {
    let found = known.iter().find(|movement| movement.id == id);
    found
        .cloned()
        .ok_or(ShopError::Broken("a movement is not the order's"))
}

/// `pay_1`, `pay_2`, … the first that the order does not have.
fn fresh_label(known: &[String]) -> String {
    (known.len().saturating_add(1)..)
        .map(|number| format!("pay_{number}"))
        .find(|label| !known.contains(label))
        .unwrap_or_default()
}

/// What is held is never less than nothing, and a servicing change moves what the value changes by.
fn balanced(what: What, change: &OrderChange, movements: &[MovementRow]) -> Result<()> {
    let signed = |kind: MovementKind, amount: i64| match kind {
        MovementKind::Payment => amount,
        MovementKind::Refund => amount.saturating_neg(),
    };
    let booked = movements.iter().filter(|movement| movement.booked);
    let held = booked
        .map(|movement| signed(movement.kind, movement.amount))
        .fold(0, i64::saturating_add);
    if held < 0 {
        return Err(ShopError::Broken("more would go back than was paid"));
    }
    let moved = change
        .movements
        .iter()
        .map(|movement| signed(movement.kind, movement.amount))
        .fold(0, i64::saturating_add);
    let even = match what {
        What::ChangeItems | What::ReceiveExchange => moved == change.value_delta,
        What::ChangePayment => moved == 0,
        What::Cancel | What::Expire | What::GiveUp => held == 0,
        // What came in goes out, whatever else is held: the order may have been paid by hand.
        What::PaidTooLate => {
            let settled = movements.iter().filter(|movement| {
                let mut settled = change.settled.iter();
                movement.booked && settled.any(|settled| settled.movement == movement.id)
            });
            let came = settled
                .map(|movement| signed(movement.kind, movement.amount))
                .fold(0, i64::saturating_add);
            moved.checked_add(came) == Some(0)
        }
        _ => true,
    };
    if even {
        Ok(())
    } else {
        Err(ShopError::Broken(
            "the money moved is not what the change is worth",
        ))
    }
}
