//! Exchanging lines of a delivered order for other variants.

use super::{
    Judged, Offers, her_method, items::worth, listed, money, must_be_delivered,
    repricing::repriced, stock, swaps, unchanged,
};
use crate::{
    change::What,
    document::{Exchange, LineChange, Servicing},
    model::{Customer, OrderState},
};

/// Asks for an exchange. The new pieces are set aside at once; lines and money change when the old
/// pieces are back ([`super::staff::receive`]), by the difference agreed here.
pub fn exchange_items(
    customer: &Customer,
    state: &OrderState,
    changes: &[LineChange],
    own_id: &str,
    offers: &Offers,
) -> Judged {
    must_be_delivered(state)?;
    let swapped = swaps(state, changes, offers)?;
    let method = her_method(customer, own_id)?;
    let difference = repriced(state, listed(&swapped))?.difference;
    worth(state.value, difference)?;
    // Judged now, so that nobody sends anything back for an exchange that cannot be paid.
    money::difference_moved(state, customer, difference, method)?;
    let (mut change, mut order) = unchanged(What::RequestExchange, state);
    order.order.servicing = Some(Servicing::ExchangeRequested);
    order.order.exchange = Some(Exchange {
        changes: changes.to_vec(),
        payment_method: own_id.to_owned(),
        difference,
        received: None,
    });
    let aside = swapped.iter().map(|swap| {
        (
            swap.offer.variant.clone(),
            swap.line.quantity.saturating_neg(),
        )
    });
    order.stock = stock(aside);
    change.order = Some(order);
    Ok(change)
}
