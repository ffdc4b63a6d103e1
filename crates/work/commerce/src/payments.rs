//! Money that moves outside: webhooks that come in, transfers that are asked for, and what is done
//! about both after a crash.
//!
//! INVARIANT: the intent is durable before a gateway is asked, and the outcome is written under the
//! same movement, whose id is the gateway's idempotency key. Whatever happens in between, asking
//! again moves nothing twice. An order becomes paid by a webhook, never by what a page or a
//! reconciliation says: those only ask the gateway to send it again.

use core::time::Duration;

use ledger::Actor;
use store::{
    Database, Transaction,
    orders::{MovementKind, MovementRow, MovementState},
};
use terms::{Money, MovementId, OrderId, ShopId, Timestamp};

use crate::{
    change::Change,
    effects::{TransferAsked, WebhookDone},
    gateway::{Direction, Event, Gateway, NotBelieved, Outcome, PaymentResult, Transfer},
    model::{Customer, OrderState},
    port::ShopError,
    rules,
    tools::{Commerce, CommerceError, Result},
};

/// After so long a transfer that was asked for without an answer is asked for again; doubled with
/// each attempt, up to an hour.
const FIRST_WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);
/// Movements that are taken up in one round.
const ROUND: u32 = 20;
/// An order whose payment the gateway knows of is kept this much longer for its webhook.
const GRACE: Duration = Duration::from_secs(300);

/// What a webhook came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookAnswer {
    Done,
    /// Seen before: nothing was done again.
    Repeated,
    /// About no movement of this shop, or another amount: nothing was booked, people must look.
    Mismatch,
}

/// A webhook that was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error(transparent)]
    NotBelieved(#[from] NotBelieved),
    #[error("no payment gateway is set up")]
    NoGateway,
    #[error(transparent)]
    Commerce(#[from] CommerceError),
}

impl Commerce {
    /// Takes a webhook: signature and time first, then what it says, once.
    pub async fn webhook(
        &self,
        database: &dyn Database,
        shop: ShopId,
        signature: Option<&str>,
        body: &[u8],
    ) -> core::result::Result<WebhookAnswer, WebhookError> {
        let gateway = self.gateway().ok_or(WebhookError::NoGateway)?;
        let event = gateway.read_webhook(signature, body, self.clock.now())?;
        let mut tx = database.begin().await.map_err(CommerceError::from)?;
        let answer = self.take_event(&mut *tx, shop, &event).await?;
        tx.commit().await.map_err(CommerceError::from)?;
        Ok(answer)
    }

    async fn take_event(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        event: &Event,
    ) -> Result<WebhookAnswer> {
        let now = self.clock.now();
        let Some(found) = tx.movement(shop, event.movement).await? else {
            tracing::error!(movement.id = %event.movement, "a webhook is about a payment this shop does not know");
            return Ok(WebhookAnswer::Mismatch);
        };
        let (customer, state) = self.locked(tx, shop, &found).await?;
        if !tx.see_gateway_event(shop, &event.id, now).await? {
            return Ok(WebhookAnswer::Repeated);
        }
        let movement = movement_of(&state, event.movement)?;
        let terms = self.shop.terms(tx, shop).await?;
        let expected = Money::new(movement.amount, terms.currency);
        let same = event.amount == expected && event.order == state.order.id;
        let (outcome, answer) = match (&event.result, same) {
            (_, false) => ("mismatch", WebhookAnswer::Mismatch),
            (PaymentResult::Declined { .. }, true) => ("declined", WebhookAnswer::Done),
            (PaymentResult::Paid { reference, .. }, true) => match movement.state {
                MovementState::Done if movement.reference.as_deref() == Some(reference) => {
                    ("repeated", WebhookAnswer::Repeated)
                }
                MovementState::Done => ("mismatch", WebhookAnswer::Mismatch),
                _ => ("paid", WebhookAnswer::Done),
            },
        };
        let done = WebhookDone {
            movement: movement.id,
            order: state.id,
            outcome,
            amount: event.amount.minor,
        };
        let subject = self.subject(tx, shop, state.shopper).await?;
        self.recorder
            .note(tx, shop, Actor::System, Some(subject), done)
            .await?;
        if outcome == "mismatch" {
            // B05: what was paid is not what was owed. Nothing is booked on a guess.
            tracing::error!(movement.id = %movement.id, order.id = %state.id, "a webhook does not agree with the order: nothing was booked");
        }
        if let ("paid", PaymentResult::Paid { reference, method }) = (outcome, &event.result) {
            // An order that nobody proved to have made may have been paid by anybody.
            let once = state.guest.is_some();
            let method = self
                .shop
                .ensure_paid_with(tx, shop, &customer, method, once)
                .await?;
            let change = rules::paid(&state, &movement, &method, reference);
            self.carry_out_by_system(tx, shop, &state, change).await?;
        }
        Ok(answer)
    }

    /// Asks the gateway about every movement whose time has come. Returns how many were taken up.
    ///
    /// One that fails does not hold up the others: it is claimed again when its time comes.
    pub async fn settle(&self, database: &dyn Database) -> Result<usize> {
        let Some(gateway) = self.gateway() else {
            return Ok(0);
        };
        let now = self.clock.now();
        let mut tx = database.begin().await?;
        // Claimed for long enough that no other node asks meanwhile, and committed at once: rows of
        // movements are never held while a customer is waited for.
        let claimed = tx
            .claim_movements(now, now.after(FIRST_WAIT), ROUND)
            .await?;
        tx.commit().await?;
        for movement in &claimed {
            if let Err(error) = self.settle_one(database, gateway, movement, now).await {
                tracing::error!(movement.id = %movement.id, %error, "a movement could not be settled: it is tried again");
            }
        }
        Ok(claimed.len())
    }

    async fn settle_one(
        &self,
        database: &dyn Database,
        gateway: &dyn Gateway,
        claimed: &MovementRow,
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = database.begin().await?;
        let ask = self.intend(&mut *tx, claimed, now).await?;
        // INVARIANT: what is about to be asked for is durable before anyone is asked.
        tx.commit().await?;
        match ask {
            None => {}
            Some(Ask::Again(movement)) => {
                if let Err(error) = gateway.ask_again(movement).await {
                    tracing::warn!(movement.id = %movement, %error, "the gateway could not be asked about a payment: it is asked again");
                }
            }
            Some(Ask::Transfer(transfer)) => match gateway.transfer(&transfer).await {
                Ok(outcome) => {
                    self.settled(database, claimed.shop, transfer.movement, &outcome)
                        .await?;
                }
                Err(error) => {
                    tracing::warn!(movement.id = %transfer.movement, %error, "the gateway gave no answer: it is asked again under the same key");
                }
            },
        }
        Ok(())
    }

    /// Writes the intent to ask down, and says what to ask; `None` when there is nothing to ask now.
    async fn intend(
        &self,
        tx: &mut dyn Transaction,
        claimed: &MovementRow,
        now: Timestamp,
    ) -> Result<Option<Ask>> {
        let shop = claimed.shop;
        let (customer, state) = self.locked(tx, shop, claimed).await?;
        let mut movement = movement_of(&state, claimed.id)?;
        let open = matches!(
            movement.state,
            MovementState::Intended | MovementState::Asked
        );
        if !open {
            movement.next_at = None;
            tx.update_movement(&movement).await?;
            return Ok(None);
        }
        if movement.method.is_none() && movement.kind == MovementKind::Payment {
            movement.attempts = movement.attempts.saturating_add(1);
            movement.next_at = Some(now.after(wait(movement.attempts)));
            tx.update_movement(&movement).await?;
            return Ok(Some(Ask::Again(movement.id)));
        }
        // What a change gives back goes out only once what it takes has come in, a payment is undone
        // only once it was made, and what one charge was to stand for may have to stand after all
        // when the next is declined: a refund waits for every charge of its order.
        let waits = movement.kind == MovementKind::Refund
            && state.movements.iter().any(|other| {
                other.kind == MovementKind::Payment
                    && other.booked
                    && matches!(other.state, MovementState::Intended | MovementState::Asked)
            });
        if waits {
            return Ok(None);
        }
        let method = movement.method.and_then(|id| customer.method_by_id(id));
        let Some(method) = method else {
            movement.next_at = None;
            tx.update_movement(&movement).await?;
            return Ok(None);
        };
        movement.state = MovementState::Asked;
        movement.attempts = movement.attempts.saturating_add(1);
        movement.next_at = Some(now.after(wait(movement.attempts)));
        movement.updated_at = now;
        tx.update_movement(&movement).await?;
        let asked = TransferAsked {
            movement: movement.id,
            order: state.id,
            attempt: movement.attempts,
        };
        self.recorder
            .note(tx, shop, Actor::System, None, asked)
            .await?;
        let terms = self.shop.terms(tx, shop).await?;
        let original = movement.original.and_then(|id| {
            let original = state.movements.iter().find(|other| other.id == id);
            original.and_then(|original| original.reference.clone())
        });
        Ok(Some(Ask::Transfer(Transfer {
            movement: movement.id,
            direction: match movement.kind {
                MovementKind::Payment => Direction::Charge,
                MovementKind::Refund => Direction::Refund,
            },
            amount: Money::new(movement.amount, terms.currency),
            // A method that came with an import is known to its gateway by the id it has here.
            token: method
                .token
                .clone()
                .unwrap_or_else(|| format!("ext_{}", method.id)),
            original,
        })))
    }

    async fn settled(
        &self,
        database: &dyn Database,
        shop: ShopId,
        id: MovementId,
        outcome: &Outcome,
    ) -> Result<()> {
        let mut tx = database.begin().await?;
        let Some(found) = tx.movement(shop, id).await? else {
            return Ok(());
        };
        let (customer, state) = self.locked(&mut *tx, shop, &found).await?;
        let movement = movement_of(&state, id)?;
        if movement.state != MovementState::Asked {
            return Ok(());
        }
        let change = match outcome {
            Outcome::Done { reference } => rules::done(&state, &movement, reference),
            Outcome::Declined { reason } => {
                tracing::warn!(movement.id = %id, order.id = %state.id, gateway.reason = %word(reason), "the gateway declined a transfer");
                rules::declined(&customer, &state, &movement)
            }
        };
        self.carry_out_by_system(&mut *tx, shop, &state, change)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives up orders that nobody paid in time. The gateway is asked first: an order it knows a
    /// payment of is kept for its webhook. Returns how many were given up.
    pub async fn expire_unpaid(&self, database: &dyn Database) -> Result<usize> {
        let mut given_up = 0_usize;
        // Round after round, so that no more can be placed than are given up; until one gets nowhere,
        // as when the gateway gives no answer.
        loop {
            let (due, gone) = self.expire_some(database).await?;
            given_up = given_up.saturating_add(gone);
            if gone == 0 || u32::try_from(due).is_ok_and(|due| due < ROUND) {
                return Ok(given_up);
            }
        }
    }

    /// One round: how many were due, and how many of them were given up.
    async fn expire_some(&self, database: &dyn Database) -> Result<(usize, usize)> {
        let now = self.clock.now();
        let mut tx = database.begin().await?;
        let due = tx.unpaid_orders(now, ROUND).await?;
        tx.rollback().await?;
        let looked_at = due.len();
        let mut given_up = 0_usize;
        for (shop, order) in due {
            match self.expire_one(database, shop, order, now).await {
                Ok(gone) => given_up = given_up.saturating_add(usize::from(gone)),
                Err(error) => {
                    tracing::error!(order.id = %order, %error, "an unpaid order could not be given up: it is tried again");
                    // Later, so that it does not stand before those that can be.
                    self.wait_for_payment(database, shop, order, Some(now.after(GRACE)))
                        .await?;
                }
            }
        }
        Ok((looked_at, given_up))
    }

    async fn expire_one(
        &self,
        database: &dyn Database,
        shop: ShopId,
        order: OrderId,
        now: Timestamp,
    ) -> Result<bool> {
        let mut snapshot = database.snapshot().await?;
        let Some(state) = self.shop.order(&mut *snapshot, shop, order).await? else {
            // Whoever ordered it was forgotten: nobody can pay it any more.
            drop(snapshot);
            self.wait_for_payment(database, shop, order, None).await?;
            return Ok(false);
        };
        drop(snapshot);
        let known = match (self.gateway(), state.awaited()) {
            (Some(gateway), Some(movement)) => match gateway.ask_again(movement.id).await {
                Ok(known) => known,
                // Nothing is known: it is tried again in the next round.
                Err(_) => return Ok(false),
            },
            _ => false,
        };
        let mut tx = database.begin().await?;
        let customer = self
            .shop
            .lock_customer(&mut *tx, shop, state.shopper)
            .await?;
        let state = self.shop.order(&mut *tx, shop, order).await?;
        let (Some(customer), Some(state)) = (customer, state) else {
            return Ok(false);
        };
        if state.pay_until.is_none_or(|until| until > now) {
            return Ok(false);
        }
        let change = if known {
            None
        } else {
            rules::expire(&customer, &state)
        };
        if let Some(change) = change {
            self.carry_out_by_system(&mut *tx, shop, &state, change)
                .await?;
            tx.commit().await?;
            return Ok(true);
        }
        tx.rollback().await?;
        let until = known.then(|| now.after(GRACE));
        self.wait_for_payment(database, shop, order, until).await?;
        Ok(false)
    }

    /// Moves the time until which an order is kept, unless it was paid or given up meanwhile.
    async fn wait_for_payment(
        &self,
        database: &dyn Database,
        shop: ShopId,
        order: OrderId,
        until: Option<Timestamp>,
    ) -> Result<()> {
        let mut tx = database.begin().await?;
        if let Some(mut row) = tx.lock_order(shop, order).await?
            && row.pay_until.is_some()
        {
            row.pay_until = until;
            tx.update_order(&row).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn carry_out_by_system(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        state: &OrderState,
        change: Change,
    ) -> Result<()> {
        let subject = self.subject(tx, shop, state.shopper).await?;
        let recorded = self
            .recorder
            .record(tx, shop, Actor::System, Some(subject), change)
            .await?;
        self.shop.apply(tx, shop, state.shopper, recorded).await?;
        Ok(())
    }

    /// The customer and the order of a movement, locked.
    async fn locked(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        movement: &MovementRow,
    ) -> Result<(Customer, OrderState)> {
        let missing = || CommerceError::Shop(ShopError::Unreadable("order"));
        let order = tx.order(shop, movement.order).await?.ok_or_else(missing)?;
        let customer = self.shop.lock_customer(tx, shop, order.shopper).await?;
        let state = self.shop.order(tx, shop, movement.order).await?;
        Ok((customer.ok_or_else(missing)?, state.ok_or_else(missing)?))
    }
}

enum Ask {
    /// The webhook of a payment on the gateway's page, once more.
    Again(MovementId),
    Transfer(Transfer),
}

fn movement_of(state: &OrderState, id: MovementId) -> Result<MovementRow> {
    let found = state.movements.iter().find(|movement| movement.id == id);
    found
        .cloned()
        .ok_or(CommerceError::Shop(ShopError::Unreadable("movement")))
}

fn wait(attempts: i64) -> Duration {
    let doubled = u32::try_from(attempts.clamp(1, 16)).unwrap_or(1);
    let factor = 2_u32.saturating_pow(doubled.saturating_sub(1));
    FIRST_WAIT.saturating_mul(factor).min(LONGEST_WAIT)
}

/// A gateway's reason as a log may show it.
fn word(reason: &str) -> String {
    let plain = reason
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '_');
    plain.take(40).collect()
}
