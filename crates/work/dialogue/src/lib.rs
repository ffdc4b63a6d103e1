//! One step of a turn: understand the message, plan, draft.
//!
//! This is the room with the language model, so it reaches `guard` and `terms` and nothing else: it
//! cannot name the vault, the store or a payment gateway. It sees [`Redacted`] text only. It does
//! no I/O; it asks for things by answering with [`Step::Call`], and `journey` decides whether the
//! call is made.
//!
//! The built-in planner needs no model. It answers from the shop's own policies and questions, word
//! for word and with their source, and shows goods and her own orders as the tools found them; it never
//! makes up a fact, and where nothing fits it says that it does not know.

mod answer;
mod goods;
mod lexicon;
mod understand;
mod words;

#[cfg(test)]
mod tests;

use guard::{
    OrderCard, ProductCard,
    gate::{Part, QuoteKind, Redacted},
};
use serde::{Deserialize, Serialize};
use terms::Locale;

pub use lexicon::Language;

/// What the planner remembers from turn to turn. Small, and no text a shopper wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    language: Language,
    /// Whether the assistant has said hello.
    greeted: bool,
    /// Whether the last reply offered a person, so that "yes" means "ask one".
    offered_person: bool,
    /// The shop's own id of the document quoted last, for "and for sale items?".
    topic: Option<String>,
    /// How many messages in a row found no answer.
    unanswered: u8,
}

impl State {
    /// The state at the start of a conversation in a language.
    #[must_use]
    pub fn new(locale: &Locale) -> Self {
        Self {
            language: Language::of(locale),
            ..Self::default()
        }
    }
}

/// A tool the planner wants called. Whether it is called is decided elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// `search_policies {query}`
    SearchPolicies { query: String },
    /// `search_products {query, filters}`
    SearchProducts(Wanted),
    /// `list_orders {}`, or `get_order {order}` where a number was said.
    Orders { number: Option<String> },
    /// `request_person {reason}`
    RequestPerson { reason: PersonReason },
}

/// Goods that are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What they are called.
    pub words: String,
    /// In whole major units of the shop's currency, as people say prices.
    pub at_least: Option<i64>,
    pub at_most: Option<i64>,
    pub in_stock: bool,
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

/// What a tool answered.
#[derive(Debug)]
pub enum ToolResult {
    /// What `search_policies` found, best first; empty when nothing was found.
    Policies(Vec<FoundPassage>),
    /// What `search_products` found, best first; empty when nothing was found.
    Products(Vec<FoundProduct>),
    /// Her orders, newest first; `None` when she has not proved who she is.
    Orders(Option<Vec<FoundOrder>>),
    /// A person has been asked for; `already` when one was asked for before.
    PersonRequested { already: bool },
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
    /// In how many kinds it comes.
    pub variants: u32,
    /// Whether any of them can be had now.
    pub in_stock: bool,
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
            variants: self.variants,
            in_stock: self.in_stock,
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
    pub titles: Vec<Redacted>,
    pub tracking: Vec<String>,
    pub placed_at: Option<String>,
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
        let titles = self.titles.iter().map(|title| title.as_str().to_owned());
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
        }
    }
}

/// What to do next.
#[derive(Debug)]
pub enum Step {
    Call(Intent),
    Reply(Draft),
}

/// What the planner wants to say. Untrusted until `guard::gate::outbound` has cleared it.
#[derive(Debug, Default)]
pub struct Draft {
    pub parts: Vec<Part>,
}

/// A planner: the built-in one, or one that asks a language model.
pub trait Planner: Send + Sync {
    /// One step of a turn. `results` are the answers to the calls made so far in this turn, in
    /// order; `state` is what the last step returned.
    fn step(&self, state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step);
}

/// The planner that needs no model.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltIn;

impl Planner for BuiltIn {
    fn step(&self, state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step) {
        step(state, message, results)
    }
}

/// The built-in planner's step: pure and deterministic. It makes two calls in a turn at most, and then
/// replies.
///
/// INVARIANT: a step that calls leaves the state as it was, so the step after it understands the
/// message as this one did.
#[must_use]
pub fn step(state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step) {
    let meaning = understand::meaning(&state, message.as_str());
    if let Some(intent) = answer::call(&meaning, results) {
        return (state, Step::Call(intent));
    }
    let (state, draft) = answer::reply(state, &meaning, results);
    (state, Step::Reply(draft))
}
