//! Only the ledger's gate says that an effect was recorded.

use ledger::Recorded;
use terms::EntryId;
use vault::Erasure;

fn misuse(effect: Erasure, entry: EntryId, transaction: store::TransactionId) -> Recorded<Erasure> {
    Recorded { effect, entry, transaction }
}

fn main() {}
