//! A plain session confirms nothing.

use identity::{Shopper, Verified, level::Session};

fn misuse(proof: Verified<'_, Shopper, Session>, proposal: &[u8; 32]) {
    let _ = proof.confirm(proposal);
}

fn main() {}
