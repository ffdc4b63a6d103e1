//! Where an order goes, and where a customer lives.

use super::{Judged, must_be_open, unchanged};
use crate::{
    change::{Change, What},
    document::{Address, SavedAddress, ShippingOption},
    model::{Customer, OrderState},
    pricing,
    refusal::{Code, Refusal},
};

/// Sends a pending order elsewhere: where delivery is offered on other terms, it would have cost
/// something else.
pub fn change_address(state: &OrderState, address: &Address, options: &[ShippingOption]) -> Judged {
    must_be_open(state)?;
    let before = state.order.shipping_address.country.as_str();
    // Addresses of imported orders are written as their shop wrote them.
    let before = pricing::country_of(options, before).unwrap_or(before);
    let after = pricing::country_of(options, &address.country)?;
    if pricing::options_for(options, before) != pricing::options_for(options, after) {
        return Err(Refusal::new(
            Code::BadArgument,
            "delivery to that country is offered on other terms: cancel this order and place it anew",
        ));
    }
    let (mut change, mut order) = unchanged(What::ChangeAddress, state);
    order.order.shipping_address = address.clone();
    change.order = Some(order);
    Ok(change)
}

/// Makes this address the customer's default. One that is in her book already is marked; another
/// takes the place of the present default, which is where she does not live any more.
#[must_use]
pub fn change_default_address(customer: &Customer, address: &Address) -> Change {
    let mut profile = customer.profile.clone();
    let known = profile
        .addresses
        .iter()
        .position(|saved| saved.address() == *address);
    let default = profile
        .addresses
        .iter()
        .position(|saved| saved.default == Some(true));
    let none_marked = default.is_none();
    match known {
        Some(known) => {
            for (at, saved) in profile.addresses.iter_mut().enumerate() {
                if at == known {
                    saved.default = Some(true);
                } else if saved.default == Some(true) {
                    saved.default = None;
                }
            }
        }
        None => match profile.addresses.get_mut(default.unwrap_or(0)) {
            Some(saved) => {
                let (id, marked) = (saved.id.clone(), saved.default);
                *saved = saved_as(id, address, if none_marked { Some(true) } else { marked });
            }
            None => profile
                .addresses
                .push(saved_as("addr_1".to_owned(), address, Some(true))),
        },
    }
    Change {
        what: What::ChangeDefaultAddress,
        order: None,
        profile: Some(profile),
    }
}

fn saved_as(id: String, address: &Address, default: Option<bool>) -> SavedAddress {
    let address = address.clone();
    SavedAddress {
        id,
        line1: address.line1,
        line2: address.line2,
        city: address.city,
        region: address.region,
        postal_code: address.postal_code,
        country: address.country,
        default,
    }
}
