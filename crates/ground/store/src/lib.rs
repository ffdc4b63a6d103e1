//! Storage ports: the rows of every room, the repositories that keep them, and transactions.
//!
//! This room knows no database. An adapter implements [`Database`] and passes the contract suite;
//! the rooms above hold `&mut dyn Snapshot` to read and `&mut dyn Transaction` to write, so a
//! reader that writes does not compile.
//!
//! # How to add a row
//!
//! 1. A row struct with a `shop: ShopId`, integer millisecond times, and `Sealed<Place>` for every
//!    personal column; the place is declared beside the row with its data-map entry and listed in
//!    [`places::ALL`].
//! 2. A `Read…` and a `Write…` trait in the same module, added to [`Snapshot`] and [`Transaction`].
//!    "Not found" is `Ok(None)`; an update that finds no row is an error.
//! 3. A migration (only ever added), the adapter's implementation, and the contract suite's case.

pub mod catalogue;
#[cfg(feature = "contract")]
pub mod contract;
pub mod conversations;
pub mod customers;
pub mod database;
pub mod desk;
pub mod documents;
pub mod factors;
pub mod front;
pub mod keys;
pub mod ledger;
pub mod limits;
pub mod mails;
pub mod orders;
pub mod passages;
pub mod people;
pub mod pictures;
pub mod places;
pub mod recovery;
pub mod roles;
pub mod sessions;
pub mod shops;
pub mod unanswered;

pub use database::{
    Database, Heard, NotAPulse, Pulse, Pulses, Snapshot, StoreError, Transaction, TransactionId,
};

/// Result of every storage call.
pub type Result<T> = core::result::Result<T, StoreError>;
