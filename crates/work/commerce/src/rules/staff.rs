//! The steps that people of the shop take with an order: paid, processed, shipped, delivered, and
//! goods that came back.

use std::collections::BTreeSet;

use store::orders::MovementKind;
use terms::Language;

use super::{
    Judged, Offers, cancel::give_up_pending, items::worth, money, returns::return_value, stock,
    unchanged,
};
use crate::{
    change::{NewMovement, Settled, Settlement, What},
    document::{Adjustment, AdjustmentKind, Fulfilment, Line, OrderStatus, Servicing},
    model::{Customer, Method, OrderState, line_total},
    refusal::{Code, Refusal, shown},
    wording::Sentence,
};

/// What has not been paid for a pending order, and may come in outside any gateway. Nothing where
/// only movements wait that people see to.
pub fn due(state: &OrderState) -> Result<i64, Refusal> {
    let pending = state.order.status == OrderStatus::Pending;
    let due = state.value.saturating_sub(state.held());
    let waits = state.by_hand().next().is_some();
    match (pending, due) {
        (true, 1..) => Ok(due),
        _ if waits => Ok(0),
        (true, _) => Err(Refusal::new(
            Code::AlreadyChanged,
            "this order has been paid already",
        )),
        (false, _) => Err(not_ready(
            state,
            "only a pending order can be marked as paid",
        )),
    }
}

/// Money was moved outside any gateway: what waits for people to see to it is done, charges and
/// refunds alike, and what a pending order was not paid for has come in by `transfer`.
pub fn mark_paid(state: &OrderState, transfer: Option<&Method>) -> Judged {
    let due = due(state)?;
    let (mut change, mut order) = unchanged(What::MarkPaid, state);
    order.settled = state
        .by_hand()
        .map(|movement| Settlement {
            movement: movement.id,
            done: true,
            booked: true,
            method: movement.method,
            reference: None,
        })
        .collect();
    if due > 0 {
        order.movements = vec![NewMovement {
            kind: MovementKind::Payment,
            method: transfer.map(|method| method.id),
            original: None,
            amount: due,
            settled: Settled::AtOnce,
        }];
        let awaited = state.awaited().map(|movement| movement.id);
        order.dropped = awaited.into_iter().collect();
        order.pay_until = None;
        order.guest = None;
    }
    change.order = Some(order);
    Ok(change)
}

/// The order is being packed: from now on the shopper cannot change it.
pub fn process(state: &OrderState) -> Judged {
    if state.order.status != OrderStatus::Pending {
        return Err(not_ready(state, "only a pending order can be processed"));
    }
    must_be_paid(state)?;
    let (mut change, mut order) = unchanged(What::Process, state);
    order.order.status = OrderStatus::Processed;
    change.order = Some(order);
    Ok(change)
}

/// Lines left the warehouse. Without `lines`, all that have not left yet. The order is shipped once
/// all of them have.
pub fn ship(state: &OrderState, tracking: &[String], lines: Option<&[String]>) -> Judged {
    if state.order.status != OrderStatus::Processed {
        return Err(not_ready(state, "only a processed order can be shipped"));
    }
    must_be_paid(state)?;
    let gone: BTreeSet<&str> = state
        .order
        .fulfilments
        .iter()
        .flat_map(|fulfilment| fulfilment.lines.iter().map(String::as_str))
        .collect();
    let left = state
        .order
        .lines
        .iter()
        .filter(|line| !gone.contains(line.id.as_str()));
    let left: Vec<&Line> = left.collect();
    let now: Vec<String> = match lines {
        None => left.iter().map(|line| line.id.clone()).collect(),
        Some(named) => {
            super::named_lines(state, named.iter().map(String::as_str))?;
            if let Some(twice) = named.iter().find(|line| gone.contains(line.as_str())) {
                return Err(Refusal::new(
                    Code::DuplicateLine,
                    format!("the line {} was shipped already", shown(twice)),
                ));
            }
            named.to_vec()
        }
    };
    if tracking.is_empty() || now.is_empty() {
        return Err(Refusal::new(
            Code::EmptyList,
            "name at least one tracking number and one line",
        ));
    }
    let (mut change, mut order) = unchanged(What::Ship, state);
    if now.len() == left.len() {
        order.order.status = OrderStatus::Shipped;
    }
    let known: BTreeSet<&str> = state
        .order
        .fulfilments
        .iter()
        .map(|known| known.id.as_str())
        .collect();
    order.order.fulfilments.push(Fulfilment {
        id: fresh_id("F", &known),
        tracking: tracking.to_vec(),
        lines: now,
    });
    change.order = Some(order);
    Ok(change)
}

/// Everything arrived.
pub fn deliver(state: &OrderState) -> Judged {
    if state.order.status != OrderStatus::Shipped {
        return Err(not_ready(state, "only a shipped order can be delivered"));
    }
    let (mut change, mut order) = unchanged(What::Deliver, state);
    order.order.status = OrderStatus::Delivered;
    change.order = Some(order);
    Ok(change)
}

/// The goods of a return or an exchange are back: a return is refunded, an exchange takes its new
/// lines and settles the difference that was agreed.
pub fn receive(customer: &Customer, state: &OrderState, offers: &Offers) -> Judged {
    if state.order.status == OrderStatus::Delivered {
        match state.order.servicing {
            Some(Servicing::ReturnRequested) => return receive_return(customer, state),
            Some(Servicing::ExchangeRequested) => return receive_exchange(customer, state, offers),
            Some(Servicing::ItemsChanged) | None => {}
        }
    }
    Err(not_ready(
        state,
        "neither a return nor an exchange was asked for",
    ))
}

/// Gives up what is not going to be finished: a pending order that was not paid in full, or a return
/// or an exchange whose goods do not come back. What was set aside goes back to stock, and the order
/// is as if nothing had been asked for.
pub fn give_up(customer: &Customer, state: &OrderState) -> Judged {
    let received = |received: Option<Option<bool>>| received.flatten() == Some(true);
    let returned = state.order.returned.as_ref().map(|asked| asked.received);
    let exchanged = state.order.exchange.as_ref().map(|asked| asked.received);
    match (state.order.status, state.order.servicing) {
        (OrderStatus::Pending, _) => give_up_pending(customer, state),
        (OrderStatus::Delivered, Some(Servicing::ReturnRequested)) if !received(returned) => {
            let (mut change, mut order) = unchanged(What::GiveUpReturn, state);
            order.order.servicing = None;
            order.order.returned = None;
            change.order = Some(order);
            Ok(change)
        }
        (OrderStatus::Delivered, Some(Servicing::ExchangeRequested)) if !received(exchanged) => {
            let (mut change, mut order) = unchanged(What::GiveUpExchange, state);
            let changes = order.order.exchange.take();
            let changes = changes.into_iter().flat_map(|exchange| exchange.changes);
            order.stock = stock(changes.filter_map(|change| {
                let line = state.line(&change.line)?;
                Some((change.variant, line.quantity))
            }));
            order.order.servicing = None;
            change.order = Some(order);
            Ok(change)
        }
        _ => Err(not_ready(state, "there is nothing under way to give up")),
    }
}

/// What goes back once returned goods are here, as `receive` will compute it.
pub fn refund_of_return(
    customer: &Customer,
    state: &OrderState,
    refund_to: &Method,
    lines: &[&Line],
) -> Vec<NewMovement> {
    let worth = return_value(&state.order, lines).min(state.held());
    money::refund_to(state, customer, refund_to, worth)
}

/// What receiving the returned goods of an order would give back now.
pub fn refunds_of_return(
    customer: &Customer,
    state: &OrderState,
) -> Result<Vec<NewMovement>, Refusal> {
    let change = receive_return(customer, state)?;
    Ok(change.order.map_or_else(Vec::new, |order| order.movements))
}

fn receive_return(customer: &Customer, state: &OrderState) -> Judged {
    let Some(asked) = &state.order.returned else {
        return Err(not_ready(state, "the return names no lines"));
    };
    if asked.received == Some(true) {
        return Err(already_received());
    }
    let method = super::her_method(customer, &asked.refund_to)?;
    let lines = super::named_lines(state, asked.lines.iter().map(String::as_str))?;
    let worth = return_value(&state.order, &lines).min(state.held());
    let (mut change, mut order) = unchanged(What::ReceiveReturn, state);
    order.movements = refund_of_return(customer, state, method, &lines);
    order.stock = stock(
        lines
            .iter()
            .map(|line| (line.variant.clone(), line.quantity)),
    );
    // An order that holds more than it is worth (imported so) is not worth less than nothing.
    order.value = state.value.saturating_sub(worth).max(0);
    order.value_delta = order.value.saturating_sub(state.value);
    if let Some(returned) = &mut order.order.returned {
        returned.received = Some(true);
    }
    change.order = Some(order);
    Ok(change)
}

fn receive_exchange(customer: &Customer, state: &OrderState, offers: &Offers) -> Judged {
    let Some(asked) = &state.order.exchange else {
        return Err(not_ready(state, "the exchange names no lines"));
    };
    if asked.received == Some(true) {
        return Err(already_received());
    }
    let method = super::her_method(customer, &asked.payment_method)?;
    let (mut change, mut order) = unchanged(What::ReceiveExchange, state);
    order.value = worth(state.value, asked.difference)?;
    order.value_delta = asked.difference;
    order.movements = money::difference_moved(state, customer, asked.difference, method)?;
    let mut back = Vec::new();
    let mut now = 0_i64;
    for swap in &asked.changes {
        let offer = offers.get(&swap.variant).ok_or_else(|| {
            Refusal::new(
                Code::NotFound,
                format!("there is no variant {} any more", shown(&swap.variant)),
            )
        })?;
        let Some(line) = order
            .order
            .lines
            .iter_mut()
            .find(|line| line.id == swap.line)
        else {
            return Err(not_ready(
                state,
                "the exchange names a line that is not there",
            ));
        };
        back.push((line.variant.clone(), line.quantity));
        let before = line_total(line);
        line.variant.clone_from(&offer.variant);
        line.options = offer.options.clone();
        line.unit_price = offer.price;
        now = now.saturating_add(line_total(line)).saturating_sub(before);
    }
    // INVARIANT: lines and adjustments go on adding up to the order's value, at the price that was
    // agreed and not at today's.
    let agreed = asked.difference.saturating_sub(now);
    if agreed != 0 {
        let title = Sentence::PriceAgreed.say(Language::English);
        let agreed = Adjustment::plain(AdjustmentKind::Exchange, title, agreed);
        order.order.adjustments.push(agreed);
    }
    order.stock = stock(back);
    if let Some(exchange) = &mut order.order.exchange {
        exchange.received = Some(true);
    }
    change.order = Some(order);
    Ok(change)
}

fn must_be_paid(state: &OrderState) -> Result<(), Refusal> {
    if state.is_paid() {
        return Ok(());
    }
    let due = state.value.saturating_sub(state.in_hand());
    Err(Refusal::new(
        Code::NotPaid,
        format!("{due} minor units of this order have not come in yet"),
    ))
}

fn not_ready(state: &OrderState, why: &str) -> Refusal {
    let status = state.order.status.as_str();
    Refusal::new(Code::NotReady, format!("this order is {status}: {why}"))
}

fn already_received() -> Refusal {
    Refusal::new(
        Code::AlreadyChanged,
        "the goods were received and settled already",
    )
}

/// `F1`, `F2`, … the first that is not taken.
pub(crate) fn fresh_id(prefix: &str, known: &BTreeSet<&str>) -> String {
    (1_u32..)
        .map(|number| format!("{prefix}{number}"))
        .find(|id| !known.contains(id.as_str()))
        .unwrap_or_default()
}
