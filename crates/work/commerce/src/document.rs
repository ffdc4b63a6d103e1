//! The shop document, `parlour-shop/1`: a whole shop as one JSON object.
//!
//! Amounts are whole minor units of the document's currency, ids are the shop's own strings.
//! Unknown fields are refused, and so are lists for objects. A field that is `Option` may be missing
//! and is then not written again, so that the export of an import is the same document.
//!
//! Whoever reads or writes a document streams it: [`Element`] is one member of one of its lists.

mod adjustments;
mod options;

use core::fmt;

use serde::{Deserialize, Serialize};
use terms::Currency;

pub use adjustments::{Adjustment, Reduction};
pub use options::Options;

/// The value of the document's `format`.
pub const FORMAT: &str = "parlour-shop/1";

/// One member of one of the document's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    Product(Product),
    Discount(Discount),
    Promotion(Promotion),
    Shipping(ShippingOption),
    Policy(Policy),
    Faq(Faq),
    Customer(Box<Customer>),
    Order(Box<Order>),
}

/// The document's lists, in the order in which they are written. What an order refers to stands
/// before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    Products,
    Discounts,
    Promotions,
    Shipping,
    Policies,
    Faqs,
    Customers,
    Orders,
}

impl Section {
    pub const ALL: [Self; 8] = [
        Self::Products,
        Self::Discounts,
        Self::Promotions,
        Self::Shipping,
        Self::Policies,
        Self::Faqs,
        Self::Customers,
        Self::Orders,
    ];

    /// The list's name in the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Discounts => "discounts",
            Self::Promotions => "promotions",
            Self::Shipping => "shipping",
            Self::Policies => "policies",
            Self::Faqs => "faqs",
            Self::Customers => "customers",
            Self::Orders => "orders",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|section| section.as_str() == name)
    }
}

impl Element {
    #[must_use]
    pub const fn section(&self) -> Section {
        match self {
            Self::Product(_) => Section::Products,
            Self::Discount(_) => Section::Discounts,
            Self::Promotion(_) => Section::Promotions,
            Self::Shipping(_) => Section::Shipping,
            Self::Policy(_) => Section::Policies,
            Self::Faq(_) => Section::Faqs,
            Self::Customer(_) => Section::Customers,
            Self::Order(_) => Section::Orders,
        }
    }
}

/// What the document says about the whole shop, beside its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub currency: Currency,
    /// How tax is reckoned; without it prices are final and tax is not shown.
    pub tax: Option<Tax>,
}

/// One rate of tax for the whole shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Tax {
    /// In hundredths of a percent: 1900 is 19 %.
    pub rate: i64,
    /// Whether prices contain the tax. If not, it is added at the checkout.
    pub included: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Product {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Names of the options its variants differ in.
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub variants: Vec<Variant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Variant {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default)]
    pub options: Options,
    pub price: i64,
    pub available: bool,
    /// Pieces in stock; without it as many as are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
}

impl Variant {
    /// Whether a piece can be had now.
    #[must_use]
    pub fn in_stock(&self) -> bool {
        self.available && self.stock.is_none_or(|stock| stock > 0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum DiscountKind {
    /// `value` percent of the goods.
    Percentage,
    /// `value` minor units, at most the goods.
    Fixed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Discount {
    pub code: String,
    pub kind: DiscountKind,
    pub value: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum PromotionKind {
    /// Delivery at level `standard` costs nothing.
    FreeShipping,
}

/// What the shop grants without a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Promotion {
    pub id: String,
    pub kind: PromotionKind,
    /// From this value of goods on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_subtotal: Option<i64>,
    /// Only when one of these products is bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ShippingOption {
    pub id: String,
    pub title: String,
    pub price: i64,
    /// The country it is for (ISO 3166-1 alpha-2); without it every country that has no option of
    /// its own at this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// `standard`, `express`, …
    pub level: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Policy {
    pub id: String,
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Faq {
    pub id: String,
    pub question: String,
    pub answer: String,
}

/// Personal data: `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Customer {
    pub id: String,
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default)]
    pub addresses: Vec<SavedAddress>,
    #[serde(default)]
    pub payment_methods: Vec<PaymentMethod>,
}

/// An address in a customer's book.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct SavedAddress {
    pub id: String,
    pub line1: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    pub city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    pub postal_code: String,
    pub country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

/// An address as an order or a tool's argument has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Address {
    pub line1: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    pub city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    pub postal_code: String,
    pub country: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum MethodKind {
    Card,
    Paypal,
    GiftCard,
    /// By bank transfer or in cash: no gateway is asked, people of the shop see to it.
    Transfer,
}

impl MethodKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Paypal => "paypal",
            Self::GiftCard => "gift_card",
            Self::Transfer => "transfer",
        }
    }
}

/// A means of payment. Financial data: `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct PaymentMethod {
    pub id: String,
    pub kind: MethodKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The last four digits, as text: `0000` keeps its zeros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last4: Option<String>,
    /// What is left on a gift card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<i64>,
    /// `true` where it paid a guest's order in the customer's name, and takes the refunds of that
    /// order and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<bool>,
}

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member:meta])* $variant:ident = $text:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(remote = "Self", rename_all = "snake_case")]
        pub enum $name { $($(#[$member])* $variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name in documents, storage and tools.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            #[must_use]
            pub fn from_stored(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.as_str() == name)
            }
        }
    )+ };
}

states! {
    /// Where an order is on its way.
    OrderStatus {
        Pending = "pending",
        Processed = "processed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
    }
    /// What was asked for beside the way; each at most once in an order's life.
    Servicing {
        ItemsChanged = "items_changed",
        ReturnRequested = "return_requested",
        ExchangeRequested = "exchange_requested",
    }
    PaymentKind {
        Payment = "payment",
        Refund = "refund",
    }
    /// What a total is made of beside its lines.
    AdjustmentKind {
        Discount = "discount",
        Shipping = "shipping",
        Tax = "tax",
        /// What an exchange was agreed at, beside the price of the day it was carried out.
        Exchange = "exchange",
    }
}

/// An order. `Debug` shows its number and state, and nothing of who or what.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Order {
    pub id: String,
    pub customer: String,
    /// RFC 3339 in UTC, such as `2026-11-22T09:30:00.125Z`; kept as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<String>,
    pub status: OrderStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servicing: Option<Servicing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancel_reason: Option<String>,
    pub shipping_address: Address,
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Discount, delivery and tax; without it the lines are the whole value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
    #[serde(default)]
    pub fulfilments: Vec<Fulfilment>,
    #[serde(default)]
    pub payments: Vec<Payment>,
    #[serde(default, rename = "return", skip_serializing_if = "Option::is_none")]
    pub returned: Option<Return>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Line {
    pub id: String,
    pub product: String,
    pub variant: String,
    pub title: String,
    #[serde(default)]
    pub options: Options,
    pub quantity: i64,
    pub unit_price: i64,
}

/// Lines that left the warehouse together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Fulfilment {
    pub id: String,
    #[serde(default)]
    pub tracking: Vec<String>,
    #[serde(default)]
    pub lines: Vec<String>,
}

/// A movement of money; `method` is an id of the customer's payment methods.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Payment {
    pub id: String,
    pub kind: PaymentKind,
    pub method: String,
    pub amount: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Return {
    pub lines: Vec<String>,
    pub refund_to: String,
    /// Whether the goods are back and their price was refunded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<bool>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Exchange {
    pub changes: Vec<LineChange>,
    pub payment_method: String,
    /// What the new variants cost more (charged) or, negative, less (refunded).
    pub difference: i64,
    /// Whether the goods are back, the new ones taken from stock and the difference settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct LineChange {
    pub line: String,
    pub variant: String,
}

// A list is no object, however well its values fit the fields' order, and an object no word.
terms::objects!(
    Tax,
    Product,
    Variant,
    Discount,
    Promotion,
    ShippingOption,
    Policy,
    Faq,
    Customer,
    SavedAddress,
    Address,
    PaymentMethod,
    Order,
    Line,
    Fulfilment,
    Payment,
    Return,
    Exchange,
    LineChange
);
terms::words!(
    DiscountKind,
    PromotionKind,
    MethodKind,
    OrderStatus,
    Servicing,
    PaymentKind,
    AdjustmentKind
);
macro_rules! shows_nothing {
    ($($name:ident),*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )* };
}
shows_nothing!(
    Customer,
    SavedAddress,
    Address,
    PaymentMethod,
    Payment,
    Return,
    Exchange
);

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({}, {})", self.id, self.status.as_str())
    }
}

impl Customer {
    /// Name and address, for a card.
    #[must_use]
    pub fn who(&self) -> String {
        who(&self.given_name, &self.family_name, &self.email)
    }
}

pub(crate) fn who(given_name: &str, family_name: &str, email: &str) -> String {
    let name = format!("{given_name} {family_name}");
    format!("{}, {email}", name.trim())
}

impl SavedAddress {
    /// The address without its place in the book.
    #[must_use]
    pub fn address(&self) -> Address {
        Address {
            line1: self.line1.clone(),
            line2: self.line2.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
        }
    }
}
