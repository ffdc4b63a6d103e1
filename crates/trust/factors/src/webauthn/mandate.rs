//! An assertion that is kept as evidence: its challenge is the hash of what was agreed to.

use serde::{Deserialize, Serialize};

use super::{
    AUTHENTICATOR_DATA_MAX, CLIENT_DATA_MAX, SIGNATURE_MAX, assertion::Signed,
    challenge::Challenge, cose::PublicKey, credential::CredentialId, error::WebauthnError,
    relying_party::RelyingParty, responses::AssertionResponse,
};
use crate::base64url::Base64Url;

/// The parts of an assertion that prove it, to whoever has the public key. It says which passkey agreed
/// and that its holder was there; it names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Mandate {
    credential_id: CredentialId,
    authenticator_data: Base64Url<AUTHENTICATOR_DATA_MAX>,
    client_data_json: Base64Url<CLIENT_DATA_MAX>,
    signature: Base64Url<SIGNATURE_MAX>,
}

terms::objects!(Mandate);

impl Mandate {
    /// From parts that were kept one by one.
    pub fn from_parts(
        credential_id: CredentialId,
        authenticator_data: Vec<u8>,
        client_data_json: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<Self, WebauthnError> {
        const LONG: WebauthnError = WebauthnError::MandateTooLong;
        Ok(Self {
            credential_id,
            authenticator_data: Base64Url::new(authenticator_data).ok_or(LONG)?,
            client_data_json: Base64Url::new(client_data_json).ok_or(LONG)?,
            signature: Base64Url::new(signature).ok_or(LONG)?,
        })
    }

    /// Which passkey's public key it is verified with.
    #[must_use]
    pub const fn credential_id(&self) -> &CredentialId {
        &self.credential_id
    }

    #[must_use]
    pub fn authenticator_data(&self) -> &[u8] {
        self.authenticator_data.as_bytes()
    }

    #[must_use]
    pub fn client_data_json(&self) -> &[u8] {
        self.client_data_json.as_bytes()
    }

    #[must_use]
    pub fn signature(&self) -> &[u8] {
        self.signature.as_bytes()
    }
}

impl AssertionResponse {
    /// What to keep of it. It proves nothing until it is verified, here or at any later time.
    #[must_use]
    pub fn mandate(&self) -> Mandate {
        Mandate {
            credential_id: self.credential_id().clone(),
            authenticator_data: self.response.authenticator_data.clone(),
            client_data_json: self.response.client_data.clone(),
            signature: self.response.signature.clone(),
        }
    }
}

/// Verifies that the holder of this passkey agreed to what `challenge` is the hash of, on a page of
/// the relying party, being there and having shown the device who they are.
///
/// It needs no memory: neither the count nor the backup state is compared, which the verification at
/// the time did. `public_key` is the one that was kept for `credential_id`.
pub fn verify_mandate(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    credential_id: &CredentialId,
    public_key: &PublicKey,
    mandate: &Mandate,
) -> Result<(), WebauthnError> {
    if mandate.credential_id != *credential_id {
        return Err(WebauthnError::CredentialIdDiffers);
    }
    let signed = Signed {
        client_data: mandate.client_data_json(),
        authenticator_data: mandate.authenticator_data(),
        signature: mandate.signature(),
    };
    signed.verified(relying_party, challenge, public_key, |_| Ok(()))?;
    Ok(())
}
