//! The cases of commerce: catalogue, customers, carts, orders, movements of money, proposals.

pub(super) mod carts;
pub(super) mod catalogue;
pub(super) mod concurrency;
pub(super) mod customers;
pub(super) mod movements;
pub(super) mod orders;
pub(super) mod parents;
pub(super) mod proposals;
mod samples;
pub(super) mod trade;
