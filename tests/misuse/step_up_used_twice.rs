//! A step-up confirms one proposal, once.

use identity::{Shopper, Verified, level::StepUp};

fn misuse(proof: Verified<'_, Shopper, StepUp>, small: &[u8; 32], large: &[u8; 32]) {
    let _ = proof.confirm(small);
    let _ = proof.confirm(large);
}

fn main() {}
