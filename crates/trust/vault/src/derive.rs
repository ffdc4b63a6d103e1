//! Keys derived from keys (HKDF-SHA-256, RFC 5869) and keyed hashes (HMAC-SHA-256, RFC 2104).

use aws_lc_rs::{hkdf, hmac};
use terms::Secret;

use crate::{VaultError, aead::join};

/// What a keyed hash is for; each domain has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Look-up of a shopper by a proved address.
    EmailIndex,
    /// Look-up of a customer by the shop's own id, which may say who she is.
    CustomerIndex,
    /// Mailed codes, so that a stolen database does not reveal them.
    MailedCode,
    /// Subjects of shared limits.
    LimitSubject,
    /// What shows a member of staff the widget before the shop is live.
    Preview,
    /// The opaque name by which authenticators know somebody.
    UserHandle,
    /// From which device and network somebody signed in.
    KnownDevice,
    /// Recovery codes, so that a stolen database does not reveal them.
    RecoveryCode,
}

impl Domain {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::EmailIndex => b"parlour/v1/blind-index/email",
            Self::CustomerIndex => b"parlour/v1/blind-index/customer",
            Self::MailedCode => b"parlour/v1/keyed-hash/mailed-code",
            Self::LimitSubject => b"parlour/v1/keyed-hash/limit-subject",
            Self::Preview => b"parlour/v1/keyed-hash/preview",
            Self::UserHandle => b"parlour/v1/keyed-hash/user-handle",
            Self::KnownDevice => b"parlour/v1/keyed-hash/known-device",
            Self::RecoveryCode => b"parlour/v1/keyed-hash/recovery-code",
        }
    }
}

struct Length32;

impl hkdf::KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

/// HKDF with `salt` and `key` as input, and `info` naming the use.
pub(crate) fn derive(
    salt: &[u8],
    key: &[u8; 32],
    info: &[u8],
) -> Result<Secret<[u8; 32]>, VaultError> {
    let mut derived = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(key)
        .expand(&[info], Length32)
        .and_then(|okm| okm.fill(&mut derived))
        .map_err(|_| VaultError::Crypto)?;
    Ok(Secret::new(derived))
}

/// HMAC of the parts, joined so that no two lists collide.
pub(crate) fn keyed_hash(key: &Secret<[u8; 32]>, parts: &[&[u8]]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose());
    let tag = hmac::sign(&key, &join(parts));
    let mut hash = [0; 32];
    hash.copy_from_slice(tag.as_ref());
    hash
}

pub(crate) fn domain_hash(
    shop_key: &Secret<[u8; 32]>,
    domain: Domain,
    parts: &[&[u8]],
) -> Result<[u8; 32], VaultError> {
    Ok(keyed_hash(
        &derive(&[], shop_key.expose(), domain.label())?,
        parts,
    ))
}
