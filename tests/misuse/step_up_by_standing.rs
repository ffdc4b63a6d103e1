//! A step-up is a fresh factor: no session has it by standing.

use identity::{Shopper, Verified, level::{Guest, StepUp}};

fn misuse(proof: Verified<'_, Shopper, Guest>) {
    let _ = proof.raise::<StepUp>();
}

fn main() {}
