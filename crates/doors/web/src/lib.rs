//! The HTTP door: shopper and staff API, event streams, the widget's frame, the console's pages.
//!
//! What comes in is marked `Untrusted` here and goes to a gate; what goes out to a shopper is
//! `Cleared`. This room decides who may frame, call and stream; it decides nothing about shops,
//! and never sees a key.

pub mod addresses;
mod assets;
mod blocks;
mod ceremonies;
mod connections;
mod cookies;
pub mod demo_gateway;
mod digest;
mod extract;
mod headers;
mod hosts;
mod house;
mod languages;
mod limits;
mod openapi;
mod operations;
mod pages;
mod places;
mod problem;
mod router;
pub mod serve;
mod shopper;
mod sign_in;
mod staff;
mod stream;
mod switchboard;
mod views;

pub use house::{DemoShop, House, LedgerFacts, Settings};
pub use limits::Limits;
pub use openapi::document as openapi_document;
pub use router::router;
pub use sign_in::sign_in_link;
