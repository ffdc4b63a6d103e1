//! What a shop sells, takes and owes: the rules, the tools, proposals and confirmations, and the
//! ports that a shop and a payment gateway implement.

pub mod document;
pub mod gateway;
