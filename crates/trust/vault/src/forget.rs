//! Forgetting: an owner's data keys are destroyed, and what they sealed is noise.

use ledger::{
    Details,
    gate::{Effect, Recorded},
};
use store::{Transaction, keys::Owner};
use terms::{DataKeyId, RetentionClass, ShopId};

use crate::{Vault, VaultError};

/// The destruction of an owner's data keys of some retention classes.
///
/// The ledger keeps that it happened, not to whom: the subject's tag dies with the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    pub shop: ShopId,
    pub owner: Owner,
    pub classes: Vec<RetentionClass>,
    /// Why, from a closed list of the caller: `retention_ended`, `shopper_asked`.
    pub reason: &'static str,
}

impl Effect for Erasure {
    const KIND: &'static str = "keys.destroyed";

    fn details(&self) -> Details {
        let details = Details::none()
            .word("owner", self.owner.kind())
            .word("reason", self.reason);
        self.classes.iter().fold(details, |details, class| {
            details.word(class.as_str(), "destroyed")
        })
    }
}

/// The destruction of keys that each sealed one row, which was written anew without what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shredding {
    pub shop: ShopId,
    pub keys: Vec<DataKeyId>,
    /// Why, from a closed list of the caller: `card_told_in_parts`.
    pub reason: &'static str,
}

impl Effect for Shredding {
    const KIND: &'static str = "keys.shredded";

    fn details(&self) -> Details {
        let keys = i64::try_from(self.keys.len()).unwrap_or(i64::MAX);
        Details::none()
            .word("reason", self.reason)
            .number("keys", keys)
    }
}

impl Vault {
    /// Destroys keys of single rows. INVARIANT: only what the ledger has recorded, in the same
    /// transaction.
    pub async fn shred(
        &self,
        tx: &mut dyn Transaction,
        recorded: Recorded<Shredding>,
    ) -> Result<(), VaultError> {
        let shredding = recorded.into_effect(tx.id())?;
        for key in shredding.keys {
            tx.delete_data_key(shredding.shop, key).await?;
        }
        Ok(())
    }

    /// Destroys the keys. INVARIANT: only what the ledger has recorded, in the same transaction.
    pub async fn forget(
        &self,
        tx: &mut dyn Transaction,
        recorded: Recorded<Erasure>,
    ) -> Result<u64, VaultError> {
        let erasure = recorded.into_effect(tx.id())?;
        Ok(tx
            .delete_data_keys(erasure.shop, erasure.owner, &erasure.classes)
            .await?)
    }
}
