//! Only identity's gate says who somebody is.

use identity::{Shopper, Verified, level::Session};

fn misuse<'scope>(who: Shopper) -> Verified<'scope, Shopper, Session> {
    Verified { who, level: core::marker::PhantomData, scope: core::marker::PhantomData }
}

fn main() {}
