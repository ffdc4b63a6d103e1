//! The proof of an entry cannot be copied for a second effect.

use ledger::Recorded;
use vault::Erasure;

fn misuse(recorded: &Recorded<Erasure>) -> Recorded<Erasure> {
    recorded.clone()
}

fn main() {}
