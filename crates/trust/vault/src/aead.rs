//! AES-256-GCM-SIV (RFC 8452) with random nonces. Misuse-resistant: a repeated nonce reveals only
//! whether two plaintexts under one key and one place are equal.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use terms::{Rng, Secret};

use crate::VaultError;

/// A key ready to seal and open.
pub(crate) struct AeadKey(LessSafeKey);

impl AeadKey {
    pub(crate) fn new(key: &[u8; 32]) -> Result<Self, VaultError> {
        let unbound = UnboundKey::new(&AES_256_GCM_SIV, key).map_err(|_| VaultError::Crypto)?;
        Ok(Self(LessSafeKey::new(unbound)))
    }

    /// Appends `nonce ‖ ciphertext ‖ tag` to `out`.
    pub(crate) fn seal_into(
        &self,
        rng: &dyn Rng,
        aad: &[u8],
        plain: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), VaultError> {
        let mut nonce = [0; NONCE_LEN];
        rng.fill(&mut nonce);
        let mut buffer = Vec::with_capacity(plain.len() + AES_256_GCM_SIV.tag_len());
        buffer.extend_from_slice(plain);
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad),
                &mut buffer,
            )
            .map_err(|_| VaultError::Crypto)?;
        out.extend_from_slice(&nonce);
        out.append(&mut buffer);
        Ok(())
    }

    /// Opens `nonce ‖ ciphertext ‖ tag`; `None` when anything differs from what was sealed.
    pub(crate) fn open(&self, aad: &[u8], sealed: &[u8]) -> Option<Secret<Vec<u8>>> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut buffer = ciphertext.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self
            .0
            .open_in_place(nonce, Aad::from(aad), &mut buffer)
            .ok()?
            .len();
        buffer.truncate(length);
        Some(Secret::new(buffer))
    }
}

/// Joins parts so that no two lists of parts give the same bytes: each is preceded by its length.
pub(crate) fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        joined.extend_from_slice(&length.to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}
