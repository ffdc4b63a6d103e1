//! A new passkey: §7.1 of Web Authentication.

use super::{
    authenticator_data::AuthenticatorData,
    cbor::{self, Value},
    challenge::Challenge,
    client_data::{self, Ceremony},
    cose::PublicKey,
    credential::{CredentialId, NewPasskey, Transport},
    error::{WebauthnError, shown},
    relying_party::RelyingParty,
    responses::RegistrationResponse,
};

/// Verifies what a browser answered to [`super::CreationOptions`] with this challenge.
///
/// Steps 1 to 4 are done by the page and by whoever read the response. Two are left to the caller:
/// the challenge was asked with for this account and is used up, and nobody has the credential yet
/// (step 26).
pub fn verify_registration(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    response: &RegistrationResponse,
) -> Result<NewPasskey, WebauthnError> {
    response.check_ids()?;
    // Steps 5 to 12.
    let hash = client_data::verified(
        response.response.client_data.as_bytes(),
        Ceremony::Create,
        relying_party,
        challenge,
    )?;
    // Step 13.
    let attestation = AttestationObject::read(response.response.attestation_object.as_bytes())?;
    let data = AuthenticatorData::read(attestation.authenticator_data)?;
    // Steps 14 to 17.
    data.check(relying_party)?;
    let credential = data
        .credential
        .as_ref()
        .ok_or(WebauthnError::NoCredential)?;
    // Steps 18 and 19 are policy: passkeys that are copied between devices are welcome.
    // Step 20: the key is of one of the algorithms that were offered, and is one.
    let public_key =
        PublicKey::from_bytes(credential.public_key).map_err(WebauthnError::PublicKey)?;
    // Steps 21 and 22.
    attestation.verify(&public_key, &hash)?;
    // Steps 23 and 24: neither of the two formats claims where a key was made, so there is no anchor
    // to ask for.
    // Step 25.
    let credential_id = CredentialId::from_bytes(credential.id)?;
    // What was signed names the credential; what is around it must not name another.
    if credential_id != *response.credential_id() {
        return Err(WebauthnError::CredentialIdDiffers);
    }
    // Step 27.
    Ok(NewPasskey {
        credential_id,
        public_key,
        sign_count: data.sign_count,
        backup_eligible: data.backup_eligible(),
        backed_up: data.backed_up(),
        aaguid: credential.aaguid,
        transports: transports(&response.response.transports),
        // Step 28. Other extensions were not asked for, and are passed over.
        discoverable: response
            .client_extension_results
            .cred_props
            .as_ref()
            .and_then(|properties| properties.rk),
    })
}

/// Each once, in order, and not without end.
fn transports(told: &[Transport]) -> Vec<Transport> {
    let mut transports = told.to_vec();
    transports.sort();
    transports.dedup();
    transports.truncate(Transport::MOST);
    transports
}

/// §6.5.4.
struct AttestationObject<'a> {
    format: &'a str,
    statement: Vec<(Value<'a>, Value<'a>)>,
    authenticator_data: &'a [u8],
}

impl<'a> AttestationObject<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, WebauthnError> {
        let object = cbor::whole(bytes).map_err(WebauthnError::Attestation)?;
        let (mut format, mut statement, mut data) = (None, None, None);
        for (key, value) in object.into_map().ok_or(SHAPE)? {
            match key.as_text() {
                Some("fmt") => format = value.as_text(),
                Some("attStmt") => statement = value.into_map(),
                Some("authData") => data = value.as_bytes(),
                _ => return Err(SHAPE),
            }
        }
        Ok(Self {
            format: format.ok_or(SHAPE)?,
            statement: statement.ok_or(SHAPE)?,
            authenticator_data: data.ok_or(SHAPE)?,
        })
    }

    /// Two formats are taken. `none` is what was asked for. `packed` without certificates is a key's
    /// signature for itself, which a client may leave in place (§5.1.3); it is verified, as it proves
    /// that the private key is at hand. What a maker signed was not asked for: taking it unverified
    /// would look as if it had been.
    fn verify(&self, public_key: &PublicKey, hash: &[u8; 32]) -> Result<(), WebauthnError> {
        match self.format {
            "none" if self.statement.is_empty() => Ok(()),
            "none" => Err(WebauthnError::AttestationNotEmpty),
            "packed" => self.verify_self(public_key, hash),
            other => Err(WebauthnError::AttestationFormat(shown(other))),
        }
    }

    /// §8.2.
    fn verify_self(&self, public_key: &PublicKey, hash: &[u8; 32]) -> Result<(), WebauthnError> {
        let (mut algorithm, mut signature) = (None, None);
        for (key, value) in &self.statement {
            match key.as_text() {
                Some("alg") => algorithm = value.as_integer(),
                Some("sig") => signature = value.as_bytes(),
                Some("x5c") => return Err(WebauthnError::AttestationCertificate),
                _ => return Err(WebauthnError::SelfAttestationShape),
            }
        }
        let (Some(algorithm), Some(signature)) = (algorithm, signature) else {
            return Err(WebauthnError::SelfAttestationShape);
        };
        if algorithm != public_key.algorithm().identifier() {
            return Err(WebauthnError::SelfAttestationAlgorithm);
        }
        let message = [self.authenticator_data, hash].concat();
        if public_key.signed(&message, signature) {
            Ok(())
        } else {
            Err(WebauthnError::SelfAttestationSignature)
        }
    }
}

const SHAPE: WebauthnError = WebauthnError::AttestationShape;
