//! Keys, sealing bound to its place, rotation, and forgetting by key destruction.
//!
//! ```text
//! root key (outside the database)            epoch key (outside the database, rolls weekly)
//!    └─ wraps the shop key (key table)          │
//!          ├─ derives blind indexes             │
//!          └─────────────┬──────────────────────┘
//!                        └─ wrap each data key (key table): one per owner and retention class
//!                              └─ seals rows: AES-256-GCM-SIV, bound to place, row, and key
//! ```
//!
//! This room knows no file and no SQL: the keys outside the database come through
//! [`KeyCustody`], the key table through the storage ports.
//!
//! INVARIANT: an unwrapped data key lives for one request. It is never cached, so that a key
//! deleted on one node is unusable on every node from the next statement on.

mod aead;
mod custody;
mod data_key;
mod derive;
mod forget;
mod keyring;
mod rolling;
mod row;
#[cfg(feature = "testing")]
pub mod testing;

pub use custody::{CustodyError, EpochNumber, KeyCustody, StoredEpoch};
pub use data_key::DataKey;
pub use derive::Domain;
pub use forget::{Erasure, Shredding};
pub use keyring::Vault;
pub use rolling::EpochReport;
pub use row::Row;

use terms::DataKeyId;

/// What the vault refuses.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The data key was destroyed, or never existed: the data is forgotten.
    #[error("the data key `{0}` is gone: what it sealed is forgotten")]
    Forgotten(DataKeyId),
    /// Ciphertext, its place, its row or its key do not belong together.
    #[error(
        "the sealed value of `{table}.{column}` does not open: it was altered or moved from its row"
    )]
    DoesNotOpen {
        table: &'static str,
        column: &'static str,
    },
    /// The root key is not the one this installation's shop keys were wrapped under.
    #[error(
        "the shop key does not open with this root key: check that the key directory belongs to this database"
    )]
    WrongRootKey,
    /// A data key is wrapped under an epoch key that was destroyed.
    #[error("the epoch key {0} is gone: data keys wrapped under it cannot be opened")]
    EpochGone(EpochNumber),
    /// A wrapped data key was altered or given to another owner.
    #[error("the wrapped data key `{0}` does not open: the key table was altered")]
    WrappedKeyDoesNotOpen(DataKeyId),
    /// The key's retention class is not the place's: a programming error, refused.
    #[error("`{table}.{column}` belongs to another retention class than the data key")]
    OtherClass {
        table: &'static str,
        column: &'static str,
    },
    /// The key is another shop's than the row: a programming error, refused.
    #[error("the row of `{table}.{column}` belongs to another shop than the data key")]
    OtherShop {
        table: &'static str,
        column: &'static str,
    },
    /// The shop has no key yet.
    #[error("the shop has no key: create the shop first")]
    NoShopKey,
    #[error(transparent)]
    NotSealed(#[from] terms::NotSealed),
    #[error(transparent)]
    Custody(#[from] CustodyError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
    /// The cryptographic library refused an operation on valid input.
    #[error("a cryptographic operation failed")]
    Crypto,
}
