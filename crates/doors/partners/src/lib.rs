//! The door to partners: the only room that opens connections to others over HTTP.
//!
//! It implements ports of other rooms and decides nothing. It must never follow a redirect, wait
//! without an end, read an answer without a bound, or take a proxy from the environment.

mod client;
pub mod demo_gateway;
pub mod pages;
pub mod pictures;
mod sites;

pub use client::ClientError;
