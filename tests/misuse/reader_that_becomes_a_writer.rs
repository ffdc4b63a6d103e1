//! A snapshot does not turn into a transaction.

fn misuse(snapshot: &mut dyn store::Snapshot) -> &mut dyn store::Transaction {
    snapshot
}

fn main() {}
