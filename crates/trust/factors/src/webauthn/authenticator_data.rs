//! Authenticator data (§6.1): what the authenticator says about itself and the moment, and signs.

use super::{
    cbor,
    credential::{Aaguid, KnownPasskey},
    error::WebauthnError,
    relying_party::RelyingParty,
};

/// Read, and borrowing from the bytes.
#[derive(Debug)]
pub(super) struct AuthenticatorData<'a> {
    relying_party: &'a [u8; 32],
    flags: u8,
    pub(super) sign_count: u32,
    /// Attested credential data (§6.5.1).
    pub(super) credential: Option<AttestedCredential<'a>>,
}

#[derive(Debug)]
pub(super) struct AttestedCredential<'a> {
    pub(super) aaguid: Aaguid,
    pub(super) id: &'a [u8],
    /// A COSE key.
    pub(super) public_key: &'a [u8],
}

/// Bits of the flags. Those that §6.1 reserves may be set: later standards will give them a meaning,
/// and the signature covers them.
const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

impl<'a> AuthenticatorData<'a> {
    /// INVARIANT: every byte belongs to a part that the flags announce; none is left over.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, WebauthnError> {
        let (relying_party, rest) = bytes.split_first_chunk().ok_or(CUT)?;
        let (&[flags], rest) = rest.split_first_chunk().ok_or(CUT)?;
        let (count, mut rest) = rest.split_first_chunk().ok_or(CUT)?;
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            let (attested, behind) = AttestedCredential::read(rest)?;
            (credential, rest) = (Some(attested), behind);
        }
        if flags & HAS_EXTENSIONS != 0 {
            let (extensions, behind) = cbor::first(rest).map_err(WebauthnError::Extensions)?;
            // Nothing was asked for that would be answered there, so the answers are not looked at.
            extensions
                .into_map()
                .ok_or(WebauthnError::ExtensionsNotAMap)?;
            rest = behind;
        }
        if !rest.is_empty() {
            return Err(WebauthnError::AuthenticatorDataTrailing);
        }
        Ok(Self {
            relying_party,
            flags,
            sign_count: u32::from_be_bytes(*count),
            credential,
        })
    }

    /// Steps 14 to 17 of §7.1, which are steps 15 to 18 of §7.2.
    pub(super) fn check(&self, relying_party: &RelyingParty) -> Result<(), WebauthnError> {
        if *self.relying_party != relying_party.id_hash() {
            return Err(WebauthnError::RelyingPartyDiffers);
        }
        if !self.has(USER_PRESENT) {
            return Err(WebauthnError::UserNotPresent);
        }
        if !self.has(USER_VERIFIED) {
            return Err(WebauthnError::UserNotVerified);
        }
        if self.backed_up() && !self.backup_eligible() {
            return Err(WebauthnError::BackedUpButNotEligible);
        }
        Ok(())
    }

    /// Step 19 of §7.2: eligibility is told once and for all when a credential is made.
    pub(super) fn check_eligibility(&self, known: &KnownPasskey) -> Result<(), WebauthnError> {
        if self.backup_eligible() == known.backup_eligible {
            Ok(())
        } else {
            Err(WebauthnError::EligibilityChanged)
        }
    }

    pub(super) const fn backup_eligible(&self) -> bool {
        self.has(BACKUP_ELIGIBLE)
    }

    pub(super) const fn backed_up(&self) -> bool {
        self.has(BACKED_UP)
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

impl<'a> AttestedCredential<'a> {
    fn read(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), WebauthnError> {
        let (aaguid, rest) = bytes.split_first_chunk().ok_or(CUT)?;
        let (length, rest) = rest.split_first_chunk().ok_or(CUT)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, rest) = rest.split_at_checked(length).ok_or(CUT)?;
        // The key's own length is told nowhere: it ends where its CBOR ends.
        let (_, behind) =
            cbor::first(rest).map_err(|error| WebauthnError::PublicKey(error.into()))?;
        let length = rest.len().saturating_sub(behind.len());
        let credential = Self {
            aaguid: Aaguid(*aaguid),
            id,
            public_key: rest.get(..length).unwrap_or_default(),
        };
        Ok((credential, behind))
    }
}

const CUT: WebauthnError = WebauthnError::AuthenticatorDataCut;
