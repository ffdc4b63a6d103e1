//! What the planner may ask for. Whether it is done is decided elsewhere.

use serde::{Deserialize, Serialize};
use terms::Language;

/// A tool the planner wants called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Something of what the shop publishes.
    LookUp(LookUp),
    /// `get_cart {}`
    Cart,
    /// `add_to_cart {variant, quantity}`
    AddToCart { variant: String, quantity: i64 },
    /// `update_cart_line {line, quantity}`
    UpdateCartLine { line: String, quantity: i64 },
    /// `remove_from_cart {line}`
    RemoveFromCart { line: String },
    /// `apply_discount {code}`
    ApplyDiscount { code: String },
    /// `list_orders {}`, or `get_order {order}` where a number was said.
    Orders { number: Option<String> },
    /// `get_profile {}`, with what a change may name.
    Profile {
        /// What means of payment are called in.
        language: Language,
    },
    /// One of the tools that answer with a proposal.
    Propose(Deed),
    /// `request_person {reason}`
    RequestPerson { reason: PersonReason },
}

/// What is read of what the shop publishes: it is nobody's, and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// `search_policies {query}`
    Policies { query: String },
    /// `search_policies` over what the catalogue says of its goods, or of this one.
    Descriptions {
        query: String,
        product: Option<String>,
    },
    /// `search_products {query, filters}`
    Products(Wanted),
    /// `get_product {product}`
    Product { id: String },
    /// The names of the catalogue's categories.
    Categories,
}

/// Goods that are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// What they are called.
    pub words: String,
    /// In whole major units of the shop's currency, as people say prices.
    pub at_least: Option<i64>,
    pub at_most: Option<i64>,
    pub in_stock: bool,
}

/// What would be done, for the shopper to confirm. Ids are those that a tool answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// `checkout {shipping_address, shipping_option}`
    Checkout {
        shipping_option: Option<String>,
        /// Where else than to her default address.
        to: Option<Destination>,
    },
    /// `cancel_order {order, reason}`
    Cancel { order: String, reason: String },
    /// `change_order_address {order, address}`
    ChangeAddress { order: String, to: Destination },
    /// `change_order_payment {order, payment_method}`
    ChangePayment { order: String, method: String },
    /// `change_order_items {order, changes, payment_method}`
    ChangeItems {
        order: String,
        changes: Vec<Swap>,
        method: String,
    },
    /// `return_items {order, lines, refund_to}`
    Return {
        order: String,
        lines: Vec<String>,
        refund_to: String,
    },
    /// `exchange_items {order, changes, payment_method}`
    Exchange {
        order: String,
        changes: Vec<Swap>,
        method: String,
    },
    /// `change_default_address {address}`
    ChangeDefaultAddress { to: Destination },
}

/// A line of an order and the variant it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    pub line: String,
    pub variant: String,
}

/// Where something goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// One of her saved addresses, by its id.
    Saved(String),
    /// As she wrote it down.
    Written(Written),
    /// Words with placeholders of parts of an address in them. Whoever carries the call out puts the
    /// values back and reads them with [`crate::written_address`].
    Told(String),
    /// The same, with numbers that she corrected afterwards.
    Corrected { words: String, numbers: Numbers },
}

/// The numbers of an address that are wrong most often.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub house: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

/// An address in a message. The country, where none is written, is the one she lives in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    pub line1: String,
    pub postal_code: String,
    pub city: String,
    pub country: Option<String>,
}

impl core::fmt::Debug for Destination {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Saved(_) => "Saved(..)",
            Self::Written(_) => "Written(..)",
            Self::Told(_) => "Told(..)",
            Self::Corrected { .. } => "Corrected(..)",
        })
    }
}

impl Numbers {
    pub(crate) const fn is_empty(&self) -> bool {
        self.house.is_none() && self.postal_code.is_none()
    }
}

impl core::fmt::Debug for Numbers {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Numbers(..)")
    }
}

impl Written {
    /// With other numbers; a street that has none keeps what it has.
    #[must_use]
    pub fn corrected(mut self, numbers: &Numbers) -> Self {
        if let Some(house) = &numbers.house {
            let mut parts: Vec<&str> = self.line1.split(' ').collect();
            let number = parts
                .iter_mut()
                .find(|part| part.starts_with(|letter: char| letter.is_ascii_digit()));
            if let Some(number) = number {
                *number = house;
            }
            self.line1 = parts.join(" ");
        }
        if let Some(code) = &numbers.postal_code {
            code.clone_into(&mut self.postal_code);
        }
        self
    }
}

impl core::fmt::Debug for Written {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Written(..)")
    }
}

/// Why a person is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonReason {
    /// The shopper asked for a person in so many words.
    Asked,
    /// The shopper said yes when a person was offered.
    AcceptedOffer,
    /// The shopper complained and asked for a person.
    Complaint,
}

impl PersonReason {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::AcceptedOffer => "accepted_offer",
            Self::Complaint => "complaint",
        }
    }
}
