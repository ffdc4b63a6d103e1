//! Ciphertext bound to its place.

use core::{fmt, marker::PhantomData};

use crate::{DataKeyId, DataMapEntry, Place};

/// First byte of every sealed value: the layout `version ‖ data key id ‖ nonce ‖ ciphertext ‖ tag`.
const VERSION: u8 = 1;
const KEY: core::ops::Range<usize> = 1..17;
/// Version, key id (16), nonce (12), tag (16).
const LEAST: usize = 1 + 16 + 12 + 16;

/// A sealed value of place `P`. Only the vault makes one from plain bytes; storage reads it back
/// with [`Sealed::from_storage`]. A value of one place is not a value of another.
pub struct Sealed<P: Place> {
    bytes: Vec<u8>,
    place: PhantomData<fn() -> P>,
}

/// Bytes that were never sealed: too short, or of an unknown version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored bytes of `{table}.{column}` are not a sealed value")]
pub struct NotSealed {
    table: &'static str,
    column: &'static str,
}

impl<P: Place> Sealed<P> {
    /// Takes back what was stored, or what the vault has just sealed.
    ///
    /// INVARIANT: called by the `vault` and the storage adapter only (a test searches the tree for
    /// other callers). Bytes that no vault sealed are useless: they do not open.
    pub fn from_storage(bytes: Vec<u8>) -> Result<Self, NotSealed> {
        if bytes.len() < LEAST || bytes.first() != Some(&VERSION) {
            let DataMapEntry { table, column, .. } = P::ENTRY;
            return Err(NotSealed { table, column });
        }
        Ok(Self {
            bytes,
            place: PhantomData,
        })
    }

    /// The data key that seals it.
    #[must_use]
    pub fn key(&self) -> DataKeyId {
        let mut id = [0; 16];
        if let Some(bytes) = self.bytes.get(KEY) {
            id.copy_from_slice(bytes);
        }
        DataKeyId::from_uuid(uuid::Uuid::from_bytes(id))
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<P: Place> Clone for Sealed<P> {
    fn clone(&self) -> Self {
        Self {
            bytes: self.bytes.clone(),
            place: PhantomData,
        }
    }
}

impl<P: Place> PartialEq for Sealed<P> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<P: Place> Eq for Sealed<P> {}

impl<P: Place> fmt::Debug for Sealed<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Sealed<{}.{}>({} bytes)",
            P::ENTRY.table,
            P::ENTRY.column,
            self.bytes.len()
        )
    }
}
