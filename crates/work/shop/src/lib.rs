//! The embedded shop: commerce's ports on Parlour's own storage.

pub mod sample;
pub mod search;
