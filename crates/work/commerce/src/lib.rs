//! What a shop sells, takes and owes: the rules, the tools, proposals and confirmations, and the
//! ports that a shop and a payment gateway implement.
//!
//! A tool reads, edits a cart, or *proposes*: it works out the exact effect and stores it. A
//! confirmation works the effect out again, and carries it out only if it is still the same. Text
//! never confirms anything, and no tool can name another shopper.

mod arguments;
pub mod cart;
pub mod change;
mod checkout;
pub mod document;
mod effects;
pub mod gateway;
pub mod goods;
pub mod house_rules;
pub mod model;
pub mod payments;
pub mod port;
pub mod pricing;
pub mod proposals;
pub mod refusal;
pub mod rules;
pub mod shape;
pub mod staff;
mod told;
pub mod told_orders;
pub mod tools;
mod views;
mod wording;

pub use arguments::read_arguments;

#[doc(hidden)]
pub use arguments::check_arguments;
