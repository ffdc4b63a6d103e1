//! Keys are destroyed only when the ledger says so first.

use vault::{Erasure, Vault};

async fn misuse(vault: &Vault, tx: &mut dyn store::Transaction, erasure: Erasure) {
    let _ = vault.forget(tx, erasure).await;
}

fn main() {}
