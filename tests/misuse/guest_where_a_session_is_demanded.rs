//! What needs a signed-in shopper does not take a guest.

use identity::{Shopper, Verified, level::{Guest, Session}};

fn orders(_: &Verified<'_, Shopper, Session>) {}

fn misuse(proof: &Verified<'_, Shopper, Guest>) {
    orders(proof);
}

fn main() {}
