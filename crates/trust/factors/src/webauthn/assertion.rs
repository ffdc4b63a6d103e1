//! A passkey used: §7.2 of Web Authentication.

use super::{
    authenticator_data::AuthenticatorData,
    challenge::Challenge,
    client_data::{self, Ceremony},
    cose::PublicKey,
    credential::KnownPasskey,
    error::WebauthnError,
    relying_party::RelyingParty,
    responses::AssertionResponse,
};

/// What to write down about the passkey, in the place of what was known (step 24).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asserted {
    pub sign_count: u32,
    pub backed_up: bool,
}

/// Verifies what a browser answered to [`super::RequestOptions`] with this challenge.
///
/// Steps 1 to 4 are done by the page and by whoever read the response, step 5 and the look-up of step 6
/// by the caller: `known` is the passkey of [`AssertionResponse::credential_id`] that the signed-in
/// account has, or the one that [`AssertionResponse::discovered`] names. The challenge was asked with
/// for this purpose, and is used up.
pub fn verify_assertion(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    known: &KnownPasskey,
    response: &AssertionResponse,
) -> Result<Asserted, WebauthnError> {
    response.check_ids()?;
    // Step 6.
    if *response.credential_id() != known.credential_id {
        return Err(WebauthnError::CredentialIdDiffers);
    }
    if response
        .user_handle()
        .is_some_and(|handle| *handle != known.owner)
    {
        return Err(WebauthnError::UserHandleDiffers);
    }
    // Step 7.
    let signed = Signed {
        client_data: response.response.client_data.as_bytes(),
        authenticator_data: response.response.authenticator_data.as_bytes(),
        signature: response.response.signature.as_bytes(),
    };
    // Steps 8 to 21.
    let data = signed.verified(relying_party, challenge, &known.public_key, |data| {
        data.check_eligibility(known)
    })?;
    // Step 22. Authenticators that do not count say 0 for ever. A count that stands still or goes back
    // means two copies of a key, one of which is not its holder's: neither gets in.
    let (given, before) = (data.sign_count, known.sign_count);
    if (given != 0 || before != 0) && given <= before {
        return Err(WebauthnError::CountWentBack { given, before });
    }
    // Step 23: no extension was asked for. Step 24.
    Ok(Asserted {
        sign_count: given,
        backed_up: data.backed_up(),
    })
}

/// The three parts of an assertion.
pub(super) struct Signed<'a> {
    pub(super) client_data: &'a [u8],
    pub(super) authenticator_data: &'a [u8],
    pub(super) signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Steps 8 to 21; `eligibility` is step 19.
    pub(super) fn verified(
        &self,
        relying_party: &RelyingParty,
        challenge: &Challenge,
        public_key: &PublicKey,
        eligibility: impl FnOnce(&AuthenticatorData<'a>) -> Result<(), WebauthnError>,
    ) -> Result<AuthenticatorData<'a>, WebauthnError> {
        // Steps 8 to 14, and 20.
        let hash =
            client_data::verified(self.client_data, Ceremony::Get, relying_party, challenge)?;
        let data = AuthenticatorData::read(self.authenticator_data)?;
        // §6.1: an assertion carries no new credential.
        if data.credential.is_some() {
            return Err(WebauthnError::UnexpectedCredential);
        }
        // Steps 15 to 18.
        data.check(relying_party)?;
        // Step 19.
        eligibility(&data)?;
        // Step 21.
        let message = [self.authenticator_data, &hash].concat();
        if !public_key.signed(&message, self.signature) {
            return Err(WebauthnError::SignatureWrong);
        }
        Ok(data)
    }
}
