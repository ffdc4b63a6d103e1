//! What the planner remembers from turn to turn.

use serde::{Deserialize, Serialize};
use terms::Locale;

use crate::{
    calls::{Destination, Swap, Wanted},
    lexicon::Language,
};

/// What the planner remembers. Small, and stored sealed like the messages themselves: it holds words that
/// were looked for, ids of what was shown, and what is being filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub(crate) language: Language,
    /// Whether the assistant has said hello.
    pub(crate) greeted: bool,
    /// Whether the last reply offered a person, so that "yes" means "ask one".
    pub(crate) offered_person: bool,
    /// The shop's own id of the document quoted last, for "and for sale items?".
    pub(crate) topic: Option<String>,
    /// How many messages in a row found no answer.
    pub(crate) unanswered: u8,
    /// What was looked for last, for "and in blue?".
    pub(crate) looked_for: Option<Wanted>,
    /// The products shown last, in their order, for "the second one".
    pub(crate) shown: Vec<Shown>,
    /// The product spoken of, for "is it there in M?".
    pub(crate) focus: Option<Shown>,
    /// The kind of it that was asked for: names and values of options.
    pub(crate) chosen: Vec<(String, String)>,
    /// The product that was put into the cart last, for "no, rather the blue one".
    pub(crate) added: Option<String>,
    /// The order spoken of.
    pub(crate) order: Option<String>,
    /// The orders shown last, for "the other one".
    pub(crate) orders: Vec<String>,
    /// What is being filled in.
    pub(crate) task: Option<Task>,
}

/// A product that was shown: the shop's own id and title.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Its lowest price, for "the cheaper one".
    pub(crate) price: i64,
}

impl core::fmt::Debug for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Shown({})", self.id.len())
    }
}

/// A wish that takes more than one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Task {
    /// Something for the cart.
    Add(Adding),
    /// A change to an order, or to her account.
    Service(Servicing),
    /// Where her orders stand, once she has proved who she is.
    Orders {
        number: Option<String>,
        /// The words in which she asked.
        said: Vec<String>,
    },
    /// Her cart becomes an order.
    Checkout { shipping: Option<String> },
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Adding {
    /// Which product; `None` while it is one of those shown.
    pub(crate) product: Option<String>,
    pub(crate) quantity: Option<i64>,
    /// The values chosen so far.
    pub(crate) options: Vec<(String, String)>,
    /// How often the answer was not understood.
    pub(crate) missed: u8,
}

/// The changes that are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeedKind {
    Cancel,
    Address,
    Payment,
    Items,
    Return,
    Exchange,
    DefaultAddress,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Servicing {
    pub(crate) kind: DeedKind,
    #[serde(default)]
    pub(crate) order: Option<String>,
    #[serde(default)]
    pub(crate) lines: Vec<String>,
    #[serde(default)]
    pub(crate) swaps: Vec<Swap>,
    /// Values said before it was clear of which line.
    #[serde(default)]
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) to: Option<Destination>,
    /// Words of the messages before, in which an answer may have been given already.
    #[serde(default)]
    pub(crate) said: Vec<String>,
    #[serde(default)]
    pub(crate) asked: Option<Slot>,
    #[serde(default)]
    pub(crate) missed: u8,
}

impl Servicing {
    pub(crate) const fn new(kind: DeedKind) -> Self {
        Self {
            kind,
            order: None,
            lines: Vec::new(),
            swaps: Vec::new(),
            method: None,
            reason: None,
            to: None,
            said: Vec::new(),
            asked: None,
            missed: 0,
        }
    }
}

/// What was asked last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Slot {
    Order,
    Reason,
    Lines,
    Variant,
    Method,
    Address,
    /// She has to prove who she is first.
    Proof,
    /// The card waits for her.
    Confirm,
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

    /// What was proposed is done: nothing waits for that card any more, and its order is the one spoken of.
    /// What else is being filled in goes on.
    pub fn done(&mut self, order: Option<&str>) {
        let goes_on = match &self.task {
            Some(Task::Service(task)) => task.asked != Some(Slot::Confirm),
            Some(Task::Add(_) | Task::Orders { .. }) => true,
            Some(Task::Checkout { .. }) | None => false,
        };
        if !goes_on {
            self.task = None;
        }
        if let Some(order) = order {
            self.order = Some(order.to_owned());
        }
    }
}
