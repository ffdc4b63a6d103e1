//! What a passkey has to sign.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use serde::{Serialize, Serializer};
use terms::Rng;

use crate::base64url::encoded;

/// 32 bytes: drawn for a sign-in, or the hash of what is agreed to for a mandate.
#[derive(Debug, Clone, Copy)]
pub struct Challenge([u8; 32]);

impl Challenge {
    /// A challenge that nobody has seen. Who asks with it keeps it, takes it once, and not for long.
    #[must_use]
    pub fn fresh(rng: &dyn Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill(&mut bytes);
        Self(bytes)
    }

    /// The challenge of a mandate: the hash of exactly what is agreed to, with something in it that
    /// occurs once, lest one mandate serve twice.
    #[must_use]
    pub const fn of(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether this is how the challenge travels, told in the same time wherever they differ.
    pub(super) fn is_written_as(&self, text: &str) -> bool {
        verify_slices_are_equal(encoded(&self.0).as_bytes(), text.as_bytes()).is_ok()
    }
}

/// As base64url, for the options.
impl Serialize for Challenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoded(&self.0))
    }
}
