//! The ledger as its users see it.

mod growing;
mod memory;
mod tampering;
