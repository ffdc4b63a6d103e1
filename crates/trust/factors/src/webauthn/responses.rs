//! What a page sends back: `PublicKeyCredential.toJSON()` of either ceremony (§5.1).
//!
//! Members that browsers add are passed over. Those that stand here are of their type and within
//! their bounds also when nobody reads them: they are copies of what the attestation object says.

use serde::Deserialize;

use super::{
    ATTESTATION_MAX, AUTHENTICATOR_DATA_MAX, CLIENT_DATA_MAX, RESPONSE_MAX, SIGNATURE_MAX,
    credential::{CredentialId, Transport, UserHandle},
    error::WebauthnError,
};
use crate::base64url::Base64Url;

/// `RegistrationResponseJSON`.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct RegistrationResponse {
    id: CredentialId,
    raw_id: CredentialId,
    #[serde(rename = "type")]
    _kind: PublicKeyCredential,
    pub(super) response: Attestation,
    #[serde(default)]
    authenticator_attachment: Option<String>,
    pub(super) client_extension_results: ExtensionResults,
}

/// `AuthenticatorAttestationResponseJSON`.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Attestation {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data: Base64Url<CLIENT_DATA_MAX>,
    pub(super) attestation_object: Base64Url<ATTESTATION_MAX>,
    #[serde(default)]
    pub(super) transports: Vec<Transport>,
    #[serde(default, rename = "authenticatorData")]
    _authenticator_data: Option<Base64Url<ATTESTATION_MAX>>,
    #[serde(default, rename = "publicKey")]
    _public_key: Option<Base64Url<1024>>,
    #[serde(default, rename = "publicKeyAlgorithm")]
    _public_key_algorithm: Option<i64>,
}

/// `AuthenticationResponseJSON`.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub struct AssertionResponse {
    id: CredentialId,
    raw_id: CredentialId,
    #[serde(rename = "type")]
    _kind: PublicKeyCredential,
    pub(super) response: Assertion,
    #[serde(default)]
    authenticator_attachment: Option<String>,
    #[serde(rename = "clientExtensionResults")]
    _client_extension_results: ExtensionResults,
}

/// `AuthenticatorAssertionResponseJSON`.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct Assertion {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data: Base64Url<CLIENT_DATA_MAX>,
    pub(super) authenticator_data: Base64Url<AUTHENTICATOR_DATA_MAX>,
    pub(super) signature: Base64Url<SIGNATURE_MAX>,
    #[serde(default)]
    user_handle: Option<UserHandle>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(super) struct ExtensionResults {
    #[serde(default)]
    pub(super) cred_props: Option<CredentialProperties>,
}

/// §10.1.3.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self")]
pub(super) struct CredentialProperties {
    /// Whether it can be found without its id.
    #[serde(default)]
    pub(super) rk: Option<bool>,
}

terms::objects_only!(
    RegistrationResponse,
    Attestation,
    AssertionResponse,
    Assertion,
    ExtensionResults,
    CredentialProperties,
);

/// The one type of credential there is.
#[derive(Debug, Clone, Deserialize)]
#[serde(remote = "Self")]
enum PublicKeyCredential {
    #[serde(rename = "public-key")]
    PublicKey,
}

terms::words_only!(PublicKeyCredential);

impl RegistrationResponse {
    /// Reads the JSON of a response, of at most [`RESPONSE_MAX`] bytes.
    pub fn from_json(json: &[u8]) -> Result<Self, WebauthnError> {
        read(json)
    }

    #[must_use]
    pub const fn credential_id(&self) -> &CredentialId {
        &self.raw_id
    }

    /// `platform` for a device's own authenticator, `cross-platform` for one that moves; only what the
    /// client says.
    #[must_use]
    pub fn attachment(&self) -> Option<&str> {
        known_attachment(self.authenticator_attachment.as_deref())
    }

    pub(super) fn check_ids(&self) -> Result<(), WebauthnError> {
        one_id(&self.id, &self.raw_id)
    }
}

impl AssertionResponse {
    /// Reads the JSON of a response, of at most [`RESPONSE_MAX`] bytes.
    pub fn from_json(json: &[u8]) -> Result<Self, WebauthnError> {
        read(json)
    }

    /// Which passkey it claims to be of: look that one up, of the account that is signed in.
    #[must_use]
    pub const fn credential_id(&self) -> &CredentialId {
        &self.raw_id
    }

    #[must_use]
    pub const fn user_handle(&self) -> Option<&UserHandle> {
        self.response.user_handle.as_ref()
    }

    /// Whose passkey it claims to be, when anybody was asked (§7.2, step 6, second case): look up that
    /// account, and its passkey of that id. A response without a user handle names nobody.
    pub fn discovered(&self) -> Result<(&UserHandle, &CredentialId), WebauthnError> {
        let owner = self.user_handle().ok_or(WebauthnError::NoUserHandle)?;
        Ok((owner, &self.raw_id))
    }

    /// As [`RegistrationResponse::attachment`].
    #[must_use]
    pub fn attachment(&self) -> Option<&str> {
        known_attachment(self.authenticator_attachment.as_deref())
    }

    pub(super) fn check_ids(&self) -> Result<(), WebauthnError> {
        one_id(&self.id, &self.raw_id)
    }
}

fn read<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, WebauthnError> {
    if json.len() > RESPONSE_MAX {
        return Err(WebauthnError::ResponseTooLong(json.len()));
    }
    serde_json::from_slice(json)
        .map_err(|error| WebauthnError::Response(terms::without_value(&error.to_string())))
}

fn one_id(id: &CredentialId, raw_id: &CredentialId) -> Result<(), WebauthnError> {
    if id == raw_id {
        Ok(())
    } else {
        Err(WebauthnError::IdsDiffer)
    }
}

/// §5.4.5: a word that is not known counts as none.
fn known_attachment(word: Option<&str>) -> Option<&str> {
    word.filter(|word| matches!(*word, "platform" | "cross-platform"))
}
