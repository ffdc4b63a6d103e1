//! The staff's API. Every handler takes the permit for what it does.

mod advice;
pub(crate) mod conversations;
pub(crate) mod desk;
pub(crate) mod entry;
pub(crate) mod events;
pub(crate) mod finding;
pub(crate) mod front;
pub(crate) mod knowledge;
pub(crate) mod ledger;
pub(crate) mod orders;
pub(crate) mod overview;
pub(crate) mod people;
pub(crate) mod pictures;
pub(crate) mod questions;
pub(crate) mod ratings;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod shoppers;
