//! The arguments of tools: strict shapes, and every free text through the guard's gate.
//!
//! An argument names what it is about by the shop's own ids. None has a place for a customer, but for
//! the `contact` that a guest writes at the checkout, which proves nothing.

mod check;

use guard::EmailAddress;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use terms::Untrusted;

use crate::{
    document::{Address, LineChange},
    port::{OrdersAsked, Search},
    refusal::{Code, Refusal},
    shape::read_shape,
};

pub use check::check_arguments;

/// The longest id, code or query that is looked at.
const LONGEST_ID: usize = 200;
const LONGEST_QUERY: usize = 300;
/// More lines than an order has.
const MOST_LINES: usize = 200;

/// Reads the arguments of a tool. An error names the field and says what is allowed there; of what
/// was given it repeats names of fields alone.
pub fn read_arguments<T: DeserializeOwned>(tool: &str, args: Value) -> Result<T, Refusal> {
    let args = match args {
        // A missing `args` is an empty object.
        Value::Null => Value::Object(serde_json::Map::new()),
        Value::Object(_) => args,
        // The derived readers would take a list for the fields in their order. What is inside takes
        // none either: it is read by `objects_only`.
        _ => {
            return Err(bad(format!("the arguments of `{tool}` must be an object")));
        }
    };
    read_shape(args)
        .map_err(|error| bad(format!("the arguments of `{tool}` cannot be read: {error}")))
}

pub(crate) use read_arguments as read;

pub(crate) fn bad(message: impl Into<String>) -> Refusal {
    Refusal::new(Code::BadArgument, message)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchProducts {
    pub(crate) query: String,
    #[serde(default)]
    pub(crate) filters: Filters,
    pub(crate) limit: Option<i64>,
}

impl SearchProducts {
    /// What the shop is asked.
    pub(crate) fn search(self) -> Result<Search, Refusal> {
        let limit = limit(self.limit, 10, 50)?;
        let filters = self.filters;
        for (name, price) in [
            ("min_price", filters.min_price),
            ("max_price", filters.max_price),
        ] {
            if price.is_some_and(|price| price < 0) {
                return Err(bad(format!(
                    "`filters.{name}` must be 0 or more minor units"
                )));
            }
        }
        Ok(Search {
            query: query(&self.query)?.to_owned(),
            category: filters.category,
            min_price: filters.min_price,
            max_price: filters.max_price,
            in_stock: filters.in_stock,
            options: filters.options.0,
            limit: usize::try_from(limit).unwrap_or(10),
        })
    }
}

#[derive(Deserialize, Default)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Filters {
    pub(crate) category: Option<String>,
    pub(crate) min_price: Option<i64>,
    pub(crate) max_price: Option<i64>,
    pub(crate) in_stock: Option<bool>,
    #[serde(default)]
    pub(crate) options: crate::document::Options,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetProduct {
    pub(crate) product: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListOrders {
    pub(crate) status: Option<crate::document::OrderStatus>,
    pub(crate) limit: Option<i64>,
}

impl ListOrders {
    /// What the shop is asked.
    pub(crate) fn asked(&self) -> Result<OrdersAsked, Refusal> {
        Ok(OrdersAsked {
            status: self.status.map(crate::document::OrderStatus::as_str),
            limit: limit(self.limit, 20, 100)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneOrder {
    pub(crate) order: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddToCart {
    pub(crate) variant: String,
    pub(crate) quantity: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateCartLine {
    pub(crate) line: String,
    pub(crate) quantity: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemoveFromCart {
    pub(crate) line: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApplyDiscount {
    pub(crate) code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checkout {
    pub(crate) shipping_address: Option<Address>,
    pub(crate) shipping_option: Option<String>,
    /// Who buys, when nobody is signed in.
    pub(crate) contact: Option<Contact>,
}

#[derive(Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct Contact {
    pub(crate) email: String,
    pub(crate) given_name: String,
    pub(crate) family_name: String,
}

terms::objects_only!(Filters, Contact);

impl Contact {
    pub(crate) fn email(&self) -> Result<EmailAddress, Refusal> {
        let email = guard::gate::email_address(Untrusted::new(self.email.clone()))
            .map_err(|refused| bad(format!("`contact.email`: {refused}")))?;
        text("contact.email", email.as_str().to_owned(), usize::MAX)?;
        Ok(email)
    }

    /// Given and family name, both through the gate.
    pub(crate) fn names(&self) -> Result<(String, String), Refusal> {
        let names = (
            text("given_name", self.given_name.clone(), 80)?,
            text("family_name", self.family_name.clone(), 80)?,
        );
        // Together too, since a card's number can be split over them.
        text("contact", format!("{} {}", names.0, names.1), 161)?;
        Ok(names)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelOrder {
    pub(crate) order: String,
    pub(crate) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOrderAddress {
    pub(crate) order: String,
    pub(crate) address: Address,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOrderPayment {
    pub(crate) order: String,
    pub(crate) payment_method: String,
}

/// Of `change_order_items` and of `exchange_items`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeItems {
    pub(crate) order: String,
    pub(crate) changes: Vec<LineChange>,
    pub(crate) payment_method: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnItems {
    pub(crate) order: String,
    pub(crate) lines: Vec<String>,
    pub(crate) refund_to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeDefaultAddress {
    pub(crate) address: Address,
}

/// An id as it may be looked up: not longer than any that was imported.
pub(crate) fn id<'a>(name: &str, value: &'a str) -> Result<&'a str, Refusal> {
    if value.is_empty() || value.chars().count() > LONGEST_ID || value.contains('\0') {
        return Err(bad(format!(
            "`{name}` must be 1 to {LONGEST_ID} characters"
        )));
    }
    Ok(value)
}

pub(crate) fn query(value: &str) -> Result<&str, Refusal> {
    if value.chars().count() > LONGEST_QUERY {
        return Err(bad(format!(
            "`query` must be at most {LONGEST_QUERY} characters"
        )));
    }
    Ok(value)
}

/// A limit, or the standard one.
pub(crate) fn limit(given: Option<i64>, standard: u32, most: u32) -> Result<u32, Refusal> {
    let Some(given) = given else {
        return Ok(standard);
    };
    u32::try_from(given)
        .ok()
        .filter(|limit| (1..=most).contains(limit))
        .ok_or_else(|| bad(format!("`limit` must be 1 to {most}")))
}

/// Not more lines than any order has, each of an id's length.
pub(crate) fn lines<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> Result<(), Refusal> {
    if ids.len() > MOST_LINES {
        return Err(bad(format!(
            "at most {MOST_LINES} lines can be named at once"
        )));
    }
    for line in ids {
        id("line", line)?;
    }
    Ok(())
}

/// An address whose every line passed the gate.
///
/// INVARIANT: its lines pass together too, since a card's number can be split over them.
pub(crate) fn address(given: Address) -> Result<Address, Refusal> {
    let parts = [
        Some(&given.line1),
        given.line2.as_ref(),
        given.region.as_ref(),
        Some(&given.city),
        Some(&given.postal_code),
        Some(&given.country),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let joined = parts.join(" ");
    let most = joined.chars().count();
    let address = Address {
        line1: text("line1", given.line1, 200)?,
        line2: given
            .line2
            .map(|line| text("line2", line, 200))
            .transpose()?,
        city: text("city", given.city, 120)?,
        region: given
            .region
            .map(|line| text("region", line, 120))
            .transpose()?,
        postal_code: text("postal_code", given.postal_code, 20)?,
        country: text("country", given.country, 60)?,
    };
    text("address", joined, most)?;
    Ok(address)
}

/// One line of free text, through the guard's gate.
pub(crate) fn text(name: &str, given: String, most: usize) -> Result<String, Refusal> {
    let admitted = guard::gate::form_text(Untrusted::new(given), most);
    match admitted {
        Ok(admitted) => Ok(admitted.as_str().to_owned()),
        Err(refused) => Err(bad(format!("`{name}`: {refused}"))),
    }
}
