//! One entry, one effect.

use ledger::Recorded;
use vault::{Erasure, Vault, VaultError};

async fn misuse(
    vault: &Vault,
    tx: &mut dyn store::Transaction,
    recorded: Recorded<Erasure>,
) -> Result<(), VaultError> {
    vault.forget(tx, recorded).await?;
    vault.forget(tx, recorded).await?;
    Ok(())
}

fn main() {}
