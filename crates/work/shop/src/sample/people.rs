//! Invented customers with their addresses and means of payment.

use std::collections::HashSet;

use commerce::document::{Customer, MethodKind, PaymentMethod, SavedAddress};

use super::{
    chance::Chance,
    data::{Country, Town},
};
use crate::search::folded;

const MAIL_HOSTS: &[&str] = &["example.com", "example.net", "example.org"];
const CARD_BRANDS: &[&str] = &[
    "Visa",
    "Visa",
    "Mastercard",
    "Mastercard",
    "American Express",
];

pub(super) fn customers(countries: &[Country], count: usize, chance: &mut Chance) -> Vec<Customer> {
    let mut taken = HashSet::new();
    let customers = (1001..).take(count);
    customers
        .filter_map(|number| customer(countries, number, &mut taken, chance))
        .collect()
}

fn customer(
    countries: &[Country],
    number: u32,
    taken: &mut HashSet<String>,
    chance: &mut Chance,
) -> Option<Customer> {
    let country = country(countries, chance)?;
    let given_name = chance.pick(&country.given)?.clone();
    let family_name = chance.pick(&country.family)?.clone();
    let email = email(&given_name, &family_name, taken, chance)?;
    let phone = country.phone.as_deref().filter(|_| !chance.once_in(4));
    let phone = phone.map(|pattern| chance.digits(pattern));
    Some(Customer {
        id: format!("cus-{number}"),
        email,
        given_name,
        family_name,
        phone,
        addresses: addresses(country, number, chance),
        payment_methods: methods(number, chance),
    })
}

fn country<'a>(countries: &'a [Country], chance: &mut Chance) -> Option<&'a Country> {
    let mut left = chance.below(countries.iter().map(|country| country.share).sum());
    countries.iter().find(|country| {
        let here = left < country.share;
        left = left.saturating_sub(country.share);
        here
    })
}

fn email(
    given_name: &str,
    family_name: &str,
    taken: &mut HashSet<String>,
    chance: &mut Chance,
) -> Option<String> {
    let letters = |name: &str| -> String {
        folded(name)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect()
    };
    let host = chance.pick(MAIL_HOSTS)?;
    let name = format!("{}.{}", letters(given_name), letters(family_name));
    let others = (2..).map(|number: u32| format!("{name}{number}@{host}"));
    core::iter::once(format!("{name}@{host}"))
        .chain(others)
        .find(|email| taken.insert(email.clone()))
}

/// One to three addresses, the first of them the default.
fn addresses(country: &Country, number: u32, chance: &mut Chance) -> Vec<SavedAddress> {
    let count = match chance.below(10) {
        0..6 => 1,
        6..9 => 2,
        _ => 3,
    };
    let places = (1..=count).filter_map(|at: u32| {
        let Town {
            postal_code,
            city,
            region,
        } = chance.pick(&country.places)?;
        let street = chance.pick(&country.streets)?;
        let house = chance.amount(1, 98, 1);
        let line1 = if country.number_first {
            format!("{house} {street}")
        } else {
            format!("{street} {house}")
        };
        Some(SavedAddress {
            id: format!("adr-{number}-{at}"),
            line1,
            line2: chance.once_in(6).then(|| "2nd floor".to_owned()),
            city: city.clone(),
            region: region.clone(),
            postal_code: postal_code.clone(),
            country: country.country.clone(),
            default: Some(at == 1),
        })
    });
    places.collect()
}

/// One to three means of payment: a card or PayPal first, a gift card last.
fn methods(number: u32, chance: &mut Chance) -> Vec<PaymentMethod> {
    let first = if chance.once_in(3) {
        MethodKind::Paypal
    } else {
        MethodKind::Card
    };
    let second = match first {
        MethodKind::Paypal => MethodKind::Card,
        _ => MethodKind::Paypal,
    };
    let kinds = [
        Some(first),
        chance.once_in(3).then_some(second),
        chance.once_in(4).then_some(MethodKind::GiftCard),
    ];
    let kinds = kinds.into_iter().flatten().zip(1..);
    kinds
        .map(|(kind, at): (MethodKind, u32)| {
            let card = kind == MethodKind::Card;
            PaymentMethod {
                id: format!("pm-{number}-{at}"),
                kind,
                brand: chance
                    .pick(CARD_BRANDS)
                    .filter(|_| card)
                    .map(|brand| (*brand).to_owned()),
                last4: card.then(|| chance.digits("####")),
                balance: (kind == MethodKind::GiftCard).then(|| chance.amount(0, 20_000, 500)),
                once: None,
            }
        })
        .collect()
}
