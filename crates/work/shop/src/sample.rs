//! The sample shop, "Alder & Ash": furniture, textiles, candles and jewellery for a house, sold in
//! euros with 19 % tax included, with two hundred invented customers and five hundred orders in
//! every state.
//!
//! What is sold and said is data, written by hand in `sample/*.json`. Customers and orders are
//! drawn from a seed: the same seed and the same moment give the same shop. Nobody in it exists;
//! e-mail addresses are at `example.com` and its siblings, telephone numbers are of the ranges kept
//! for fiction, and nothing refers to another host.
//!
//! The room reads no clock, draws no other randomness and stores nothing.

mod chance;
mod data;
mod fate;
mod orders;
mod people;
mod sketches;
#[cfg(test)]
mod tests;

use commerce::document::{Element, Head, Tax};
use terms::Timestamp;

pub(crate) use chance::Chance;
use data::Data;
use orders::OrderBook;
pub use sketches::{Sketch, sketches};

/// The shop's name, for pages and mails.
pub const NAME: &str = "Alder & Ash";

const CUSTOMERS: usize = 200;
const ORDERS: usize = 500;

/// The whole shop, what an element refers to before it. Its orders were placed in the eighteen
/// months before `until`.
#[must_use]
pub fn elements(seed: u64, until: Timestamp) -> (Head, Vec<Element>) {
    let data = Data::read();
    let mut chance = Chance::new(seed);
    let customers = people::customers(&data.countries, CUSTOMERS, &mut chance);
    let orders = OrderBook::new(&data, &customers, &mut chance).orders(ORDERS, until);

    let head = Head {
        currency: data.offers.currency,
        tax: Some(Tax {
            rate: 1900,
            included: true,
        }),
    };
    let mut elements = Vec::new();
    elements.extend(data.products.into_iter().map(Element::Product));
    elements.extend(data.offers.discounts.into_iter().map(Element::Discount));
    elements.extend(data.offers.promotions.into_iter().map(Element::Promotion));
    elements.extend(data.offers.shipping.into_iter().map(Element::Shipping));
    elements.extend(data.texts.policies.into_iter().map(Element::Policy));
    elements.extend(data.texts.faqs.into_iter().map(Element::Faq));
    elements.extend(customers.into_iter().map(Box::new).map(Element::Customer));
    elements.extend(orders.into_iter().map(Box::new).map(Element::Order));
    (head, elements)
}
