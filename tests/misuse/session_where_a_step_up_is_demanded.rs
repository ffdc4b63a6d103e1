//! A refund above the limit does not go by a plain session.

use identity::{Shopper, Verified, level::{AtLeast, Level, Session, StepUp}};

fn refund<L: Level + AtLeast<StepUp>>(_: &Verified<'_, Shopper, L>) {}

fn misuse(proof: &Verified<'_, Shopper, Session>) {
    refund(proof);
}

fn main() {}
