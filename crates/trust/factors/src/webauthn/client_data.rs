//! Client data (§5.8.1): what the browser says it asked the authenticator for, and where.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::{
    challenge::Challenge,
    error::{WebauthnError, shown},
    relying_party::{RelyingParty, sha256},
};

/// Which of the two ceremonies it was made for, lest a signature of one serve in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ceremony {
    Create,
    Get,
}

impl Ceremony {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

/// Later standards add members, and §5.8.1 asks that they be passed over. Those that are read here
/// stand once: which of two would count is a matter of the reader, and an attacker would choose it.
#[derive(Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Given,
    #[serde(default)]
    token_binding: TokenBinding,
}

/// Reserved in Level 3; in its predecessors, the connection by its own key.
#[derive(Default, Deserialize)]
#[serde(remote = "Self")]
struct TokenBinding {
    status: String,
}

terms::objects_only!(ClientData, TokenBinding);

/// Whether a member is there, whatever it says.
#[derive(Default)]
struct Given(bool);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

/// Steps 5 to 12 of §7.1, which are steps 8 to 14 and 20 of §7.2. Gives back the hash of the client
/// data, which is what is signed.
pub(super) fn verified(
    bytes: &[u8],
    ceremony: Ceremony,
    relying_party: &RelyingParty,
    challenge: &Challenge,
) -> Result<[u8; 32], WebauthnError> {
    // Step 5. "UTF-8 decode" would take a byte order mark away and mend what is not UTF-8; no client
    // writes either (§5.8.1.1), so both are refused. That is looked at over the whole text, since the
    // reader looks only at the members it keeps.
    let text = core::str::from_utf8(bytes).map_err(|_| WebauthnError::ClientDataNotUtf8)?;
    // Step 6.
    let data: ClientData = serde_json::from_str(text)
        .map_err(|error| WebauthnError::ClientData(terms::without_value(&error.to_string())))?;
    // Step 7.
    if data.kind != ceremony.name() {
        return Err(WebauthnError::WrongCeremony {
            expected: ceremony.name(),
        });
    }
    // Step 8.
    if !challenge.is_written_as(&data.challenge) {
        return Err(WebauthnError::ChallengeDiffers);
    }
    // Step 9.
    if !relying_party.expects(&data.origin) {
        return Err(WebauthnError::OriginUnknown(shown(&data.origin)));
    }
    // Step 10: no page of ours asks from within another site's.
    if data.cross_origin {
        return Err(WebauthnError::CrossOrigin);
    }
    // Step 11.
    if data.top_origin.0 {
        return Err(WebauthnError::TopOrigin);
    }
    // A claim about the connection that cannot be looked at. `supported` claims nothing.
    if data.token_binding.status == "present" {
        return Err(WebauthnError::TokenBinding);
    }
    // Step 12.
    Ok(sha256(bytes))
}
