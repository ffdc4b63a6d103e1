//! A shopper's proof permits nothing of staff's.

use identity::{Shopper, Verified, actions::ReadQueue, level::Session};

fn misuse(proof: &Verified<'_, Shopper, Session>) {
    let _ = proof.permit::<ReadQueue>();
}

fn main() {}
