//! Card numbers that hide in what a document says about people: the shop's own tool may have let
//! one into a street or a name, and it goes no further.
//!
//! Telephone numbers are left out, since many of them look like a card's; so are ids, which stand
//! in other programs.

use commerce::document::{Address, Customer, Order};
use terms::Untrusted;

/// The path, from the element on, of a field with a card number in it.
pub(crate) fn card_in_customer(customer: &Customer) -> Option<String> {
    if holds_card(&[&customer.given_name, &customer.family_name]) {
        return Some("given_name".to_owned());
    }
    for (address, at) in customer.addresses.iter().zip(0_usize..) {
        if in_address(&address.address()) {
            return Some(format!("addresses[{at}]"));
        }
    }
    let brands = customer.payment_methods.iter().zip(0_usize..);
    brands
        .filter(|(method, _)| {
            method
                .brand
                .as_deref()
                .is_some_and(|brand| holds_card(&[brand]))
        })
        .map(|(_, at)| format!("payment_methods[{at}].brand"))
        .next()
}

/// As [`card_in_customer`].
pub(crate) fn card_in_order(order: &Order) -> Option<String> {
    in_address(&order.shipping_address).then(|| "shipping_address".to_owned())
}

fn in_address(address: &Address) -> bool {
    let optional = |part: &Option<String>| part.as_deref().unwrap_or_default().to_owned();
    holds_card(&[
        &address.line1,
        &optional(&address.line2),
        &optional(&address.region),
        &address.city,
        &address.postal_code,
        &address.country,
    ])
}

/// The parts are read one after the other, since a number can be split over them.
fn holds_card(parts: &[&str]) -> bool {
    let joined = parts.join(" ");
    matches!(
        guard::gate::form_text(Untrusted::new(joined), usize::MAX),
        Err(guard::Refused::CardNumber)
    )
}
