//! There is one proof for each request; a copy would outlive the check.

use identity::{Shopper, Verified, level::Session};

fn misuse<'scope>(proof: &Verified<'scope, Shopper, Session>) -> Verified<'scope, Shopper, Session> {
    proof.clone()
}

fn main() {}
