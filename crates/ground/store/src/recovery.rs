//! How somebody gets back in who lost what she signs in with: recovery codes, and a wait that she is told of.

use async_trait::async_trait;
use terms::{ShopId, Timestamp};

use crate::{Result, keys::Owner};

/// What is known of an owner's recovery codes: never which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecoveryCodes {
    /// How many are unused.
    pub left: i64,
    /// When these were made; `None` where none is left.
    pub made_at: Option<Timestamp>,
}

/// Somebody asked to get back in without what she signs in with, and waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryRequestRow {
    pub shop: ShopId,
    pub owner: Owner,
    pub asked_at: Timestamp,
    /// From then on it may be used.
    pub opens_at: Timestamp,
    /// From then on it may not be used any more.
    pub expires_at: Timestamp,
}

#[async_trait]
pub trait ReadRecovery: Send {
    async fn recovery_codes_of(&mut self, shop: ShopId, owner: Owner) -> Result<RecoveryCodes>;
    async fn recovery_request(
        &mut self,
        shop: ShopId,
        owner: Owner,
    ) -> Result<Option<RecoveryRequestRow>>;
}

#[async_trait]
pub trait WriteRecovery: ReadRecovery {
    /// Puts these hashes in the place of all that the owner had.
    async fn replace_recovery_codes(
        &mut self,
        shop: ShopId,
        owner: Owner,
        hashes: &[[u8; 32]],
        at: Timestamp,
    ) -> Result<()>;
    /// Takes the code of this hash away; `false` when there is none. At most one caller ever gets `true`.
    async fn use_recovery_code(
        &mut self,
        shop: ShopId,
        owner: Owner,
        hash: &[u8; 32],
    ) -> Result<bool>;

    /// Inserts a request unless one of this owner waits; `false` then.
    async fn insert_recovery_request(&mut self, row: &RecoveryRequestRow) -> Result<bool>;
    /// Takes the owner's request away if it may be used at `now`; `false` when there is none, or it is too early
    /// or too late for it. At most one caller ever gets `true`.
    async fn use_recovery_request(
        &mut self,
        shop: ShopId,
        owner: Owner,
        now: Timestamp,
    ) -> Result<bool>;
    /// Takes the owner's request away, whatever its times; `false` when there is none.
    async fn end_recovery_request(&mut self, shop: ShopId, owner: Owner) -> Result<bool>;
    /// Deletes requests that expired before `before`; returns how many.
    async fn sweep_recovery_requests(&mut self, before: Timestamp) -> Result<u64>;
}
