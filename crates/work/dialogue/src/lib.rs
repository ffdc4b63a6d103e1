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

mod basket;
mod calls;
mod cart;
mod checkout;
mod cues;
mod describing;
mod finding;
mod found;
mod goods;
mod lexicon;
mod mention;
mod orders;
mod recommending;
mod servicing;
mod shopping;
mod state;
mod suggesting;
mod talk;
mod turn;
mod understand;
mod words;

#[cfg(test)]
mod tests;

use guard::gate::{Part, Redacted};

pub use calls::{Deed, Destination, Intent, LookUp, Numbers, PersonReason, Swap, Wanted, Written};
pub use found::{
    FoundAddress, FoundCart, FoundCartLine, FoundKind, FoundLine, FoundMethod, FoundOrder,
    FoundPassage, FoundProduct, FoundProfile, FoundShipping, OrderStatus, Refused, ToolResult,
};
pub use lexicon::Language;
pub use state::State;

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
    /// Whether a question was asked and nothing answers it.
    pub unanswered: bool,
}

/// A planner: the built-in one, or one that asks a language model.
pub trait Planner: Send + Sync {
    /// One step of a turn. `results` are the answers to the calls made so far in this turn, in
    /// order; `state` is what the last step returned.
    fn step(&self, state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step);
}

/// An address in words, as [`Destination::Told`] has them once its values are put back.
#[must_use]
pub fn written_address(words: &str) -> Option<Written> {
    Language::ALL
        .into_iter()
        .find_map(|language| mention::written(language.lexicon(), words))
}

/// The planner that needs no model.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltIn;

impl Planner for BuiltIn {
    fn step(&self, state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step) {
        step(state, message, results)
    }
}

/// The built-in planner's step: pure and deterministic.
///
/// INVARIANT: a step that calls leaves the state as it was, so the step after it understands the
/// message as this one did, and comes by the same calls to the next.
#[must_use]
pub fn step(state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step) {
    let meaning = understand::meaning(&state, message.as_str());
    match turn::answer(state.clone(), &meaning, results) {
        Ok((state, draft)) => (state, Step::Reply(draft)),
        Err(turn::Needs(intent)) => (state, Step::Call(*intent)),
    }
}
