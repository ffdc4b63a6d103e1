//! What tools answered: redacted texts, the shop's own ids, and facts.

use guard::{
    CartCard, CartCardLine, OptionSheet, OrderCard, ProductCard, ProductSheet, VariantCard,
    gate::{QuoteKind, Redacted},
};

/// What a tool answered.
#[derive(Debug)]
pub enum ToolResult {
    /// What `search_policies` found, best first; empty when nothing was found.
    Policies(Vec<FoundPassage>),
    /// What `search_products` or `get_product` found, best first; empty when nothing was found.
    Products(Vec<FoundProduct>),
    /// The names of the catalogue's categories.
    Categories(Vec<Redacted>),
    /// The cart as it is now, or why it was not edited.
    Cart(Result<FoundCart, Refused>),
    /// Her orders, newest first; `None` when she has not proved who she is.
    Orders(Option<Vec<FoundOrder>>),
    /// What her changes may name; `None` when she has not signed in.
    Profile(Option<FoundProfile>),
    /// Whether it was proposed, or why it cannot be. The card is the platform's own: it is shown whatever
    /// the planner says, and the planner never sees what is on it.
    Proposed(Result<(), Refused>),
    /// A person has been asked for; `already` when one was asked for before.
    PersonRequested { already: bool },
}

/// Why a tool did not do what it was asked: a code of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    NeedsLevel,
    NotPending,
    NotDelivered,
    AlreadyChanged,
    Unavailable,
    OutOfStock,
    SameItem,
    SameMethod,
    MethodNotAllowed,
    GiftCardTooSmall,
    DiscountInvalid,
    OverLimit,
    EmptyList,
    /// Nothing is done about the message of this turn, whatever it asks for.
    Withheld,
    /// Any other: it is not explained further.
    Other,
}

/// A passage the shop may be quoted with.
#[derive(Debug)]
pub struct FoundPassage {
    pub kind: QuoteKind,
    /// The shop's own id of the document, such as `returns`.
    pub id: String,
    pub title: String,
    pub text: Redacted,
    /// How sure the search is that the passage answers the question, in thousandths
    /// (`knowledge::Hit::confidence`).
    pub score: i64,
}

/// A product of the catalogue.
#[derive(Debug)]
pub struct FoundProduct {
    /// The shop's own id.
    pub id: String,
    pub title: Redacted,
    pub category: Option<Redacted>,
    /// ISO 4217.
    pub currency: String,
    /// The lowest price of what it comes in, in minor units.
    pub price: i64,
    /// Whether some of what it comes in costs more.
    pub from: bool,
    pub kinds: Vec<FoundKind>,
    /// Whether any of them can be had now.
    pub in_stock: bool,
    /// Whether it fits every word that was looked for.
    pub whole: bool,
}

/// One of the kinds that a product comes in.
#[derive(Debug)]
pub struct FoundKind {
    /// The variant's id.
    pub id: String,
    /// Names and values, in the product's order.
    pub options: Vec<(String, Redacted)>,
    pub price: i64,
    pub in_stock: bool,
}

impl FoundKind {
    /// Its options in one text, such as `blue, M`.
    #[must_use]
    pub fn label(&self) -> String {
        let values: Vec<&str> = self.options.iter().map(|(_, v)| v.as_str()).collect();
        values.join(", ")
    }

    /// Its options as names and values.
    pub(crate) fn values(&self) -> impl Iterator<Item = (String, String)> {
        let options = self.options.iter();
        options.map(|(name, value)| (name.clone(), value.as_str().to_owned()))
    }

    #[must_use]
    pub fn card(&self) -> VariantCard {
        VariantCard {
            id: self.id.clone(),
            label: self.label(),
            price: self.price,
            in_stock: self.in_stock,
        }
    }
}

impl FoundProduct {
    /// It as a reply shows it.
    #[must_use]
    pub fn card(&self) -> ProductCard {
        ProductCard {
            id: self.id.clone(),
            title: self.title.as_str().to_owned(),
            category: self
                .category
                .as_ref()
                .map(|category| category.as_str().to_owned()),
            currency: self.currency.clone(),
            price: self.price,
            from: self.from,
            variants: u32::try_from(self.kinds.len()).unwrap_or(u32::MAX),
            in_stock: self.in_stock,
            picture: None,
        }
    }

    /// It with all it comes in, and perhaps the one kind that was asked for.
    #[must_use]
    pub fn sheet(&self, variant: Option<&str>) -> ProductSheet {
        let options = self.option_names().into_iter().map(|name| OptionSheet {
            values: self.values_of(&name),
            name,
        });
        ProductSheet {
            card: self.card(),
            options: options.collect(),
            variant: self.kind(variant).map(FoundKind::card),
        }
    }

    #[must_use]
    pub fn kind(&self, variant: Option<&str>) -> Option<&FoundKind> {
        let id = variant?;
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// What its kinds differ in.
    #[must_use]
    pub fn option_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.kinds.iter().flat_map(|kind| &kind.options) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// The values there are of an option, each once.
    #[must_use]
    pub fn values_of(&self, name: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for (known, value) in self.kinds.iter().flat_map(|kind| &kind.options) {
            if known == name && !values.iter().any(|known| known == value.as_str()) {
                values.push(value.as_str().to_owned());
            }
        }
        values
    }
}

/// Her cart.
#[derive(Debug)]
pub struct FoundCart {
    pub lines: Vec<FoundCartLine>,
    pub currency: String,
    pub subtotal: i64,
    pub discount: Option<String>,
    pub total: i64,
}

#[derive(Debug)]
pub struct FoundCartLine {
    pub id: String,
    pub product: Option<String>,
    /// With its options.
    pub title: Redacted,
    pub quantity: i64,
    pub total: i64,
    pub in_stock: bool,
}

impl FoundCart {
    #[must_use]
    pub fn card(&self) -> CartCard {
        let lines = self.lines.iter().map(|line| CartCardLine {
            id: line.id.clone(),
            title: line.title.as_str().to_owned(),
            quantity: line.quantity,
            total: line.total,
            in_stock: line.in_stock,
            picture: None,
        });
        CartCard {
            lines: lines.collect(),
            currency: self.currency.clone(),
            subtotal: self.subtotal,
            discount: self.discount.clone(),
            total: self.total,
        }
    }
}

/// An order of the shopper's own.
#[derive(Debug)]
pub struct FoundOrder {
    /// The order's number.
    pub id: String,
    pub status: OrderStatus,
    pub servicing: Option<String>,
    pub paid: bool,
    pub total: i64,
    pub currency: String,
    pub lines: Vec<FoundLine>,
    pub tracking: Vec<String>,
    pub placed_at: Option<String>,
    /// Whole hours since it was placed, where that is known.
    pub hours_ago: Option<i64>,
    pub may_cancel: bool,
    pub may_change: bool,
    pub may_return: bool,
    /// Ids of her means of payment that hold money for it.
    pub paid_with: Vec<String>,
}

#[derive(Debug)]
pub struct FoundLine {
    pub id: String,
    pub product: String,
    pub variant: String,
    pub title: Redacted,
    /// Its options, such as `blue, M`; empty where there are none.
    pub options: Redacted,
    pub quantity: i64,
}

impl FoundLine {
    /// `Linen shirt (blue, M)`
    #[must_use]
    pub fn label(&self) -> String {
        match self.options.as_str() {
            "" => self.title.as_str().to_owned(),
            options => format!("{} ({options})", self.title.as_str()),
        }
    }
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderStatus {
    Pending,
    Processed,
    Shipped,
    Delivered,
    Cancelled,
}

impl OrderStatus {
    /// Its name in the contract.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processed => "processed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }
}

impl FoundOrder {
    /// It as a reply shows it.
    #[must_use]
    pub fn card(&self) -> OrderCard {
        let titles = self.lines.iter().map(|line| line.title.as_str().to_owned());
        OrderCard {
            id: self.id.clone(),
            status: self.status.as_str().to_owned(),
            servicing: self.servicing.clone(),
            paid: self.paid,
            total: self.total,
            currency: self.currency.clone(),
            titles: titles.collect(),
            tracking: self.tracking.clone(),
            placed_at: self.placed_at.clone(),
            pictures: Vec::new(),
        }
    }
}

/// What a change of hers may name.
#[derive(Debug)]
pub struct FoundProfile {
    pub methods: Vec<FoundMethod>,
    pub addresses: Vec<FoundAddress>,
    /// The reasons that a cancellation may have here.
    pub cancel_reasons: Vec<String>,
    pub shipping: Vec<FoundShipping>,
}

#[derive(Debug)]
pub struct FoundMethod {
    pub id: String,
    pub label: Redacted,
    pub is_gift_card: bool,
    /// Takes refunds of what it paid and is charged for nothing else.
    pub once: bool,
}

#[derive(Debug)]
pub struct FoundAddress {
    pub id: String,
    /// On one line.
    pub label: Redacted,
}

#[derive(Debug)]
pub struct FoundShipping {
    pub id: String,
    pub title: Redacted,
    pub price: i64,
    pub currency: String,
}
