//! A step-up confirms only once it was spent on one proposal: the proof itself is not taken.

use commerce::tools::Commerce;
use identity::{
    Shopper, Verified,
    level::{Guest, StepUp},
};

async fn misuse<'scope>(
    commerce: &Commerce,
    tx: &mut dyn store::Transaction,
    proof: &Verified<'scope, Shopper, Guest>,
    proposal: terms::ProposalId,
    step_up: Verified<'scope, Shopper, StepUp>,
) {
    let _ = commerce.confirm(tx, proof, proposal, Some(step_up)).await;
}

fn main() {}
