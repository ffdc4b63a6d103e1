//! Keys kept outside the database.

use core::fmt;

use terms::{Secret, Timestamp};

/// Epochs are numbered 1, 2, 3 …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochNumber(pub i64);

impl fmt::Display for EpochNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An epoch key as it is kept: wrapped under the root key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEpoch {
    pub number: EpochNumber,
    pub created_at: Timestamp,
    pub wrapped: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum CustodyError {
    #[error("the key custody cannot be used: {0}")]
    Unavailable(String),
    #[error("the epoch key {0} exists already: another node has rolled the epoch")]
    Exists(EpochNumber),
}

/// Whoever keeps the root key and the epoch keys: a directory of files, or a key service.
///
/// INVARIANT: never the database. What backs the database up must leave this out: a copy of both can
/// be read by whoever has it.
pub trait KeyCustody: Send + Sync {
    /// The root key of the installation.
    fn root_key(&self) -> Result<Secret<[u8; 32]>, CustodyError>;
    /// All epochs, oldest first.
    fn epochs(&self) -> Result<Vec<StoredEpoch>, CustodyError>;
    /// Keeps a new epoch durably; [`CustodyError::Exists`] when its number is taken.
    fn keep_epoch(&self, epoch: &StoredEpoch) -> Result<(), CustodyError>;
    /// Destroys an epoch key beyond recovery. Destroying what is gone is no error.
    fn destroy_epoch(&self, number: EpochNumber) -> Result<(), CustodyError>;
}
