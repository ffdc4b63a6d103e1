//! Proofs die with the process: a stored reply passes the gate again, it is not read back as one.

use guard::gate::Cleared;

fn misuse(bytes: &[u8]) -> Option<Cleared> {
    serde_json::from_slice::<Cleared>(bytes).ok()
}

fn main() {}
