//! What a page hands to the browser, as `PublicKeyCredential.parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON` read it (§5.1.8 and §5.1.9).

use core::time::Duration;

use serde::{Serialize, ser::Serializer};

use super::{
    challenge::Challenge,
    cose::Algorithm,
    credential::{CredentialId, Descriptor, Transport, UserHandle},
    relying_party::RelyingParty,
};

/// Whose passkey it will be. The names are shown by the holder's own device, and stay there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[serde(rename = "id")]
    pub handle: UserHandle,
    /// Tells accounts apart, such as an address.
    pub name: String,
    pub display_name: String,
}

/// Which way to a passkey the browser should offer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    SecurityKey,
    ClientDevice,
    Hybrid,
}

/// `PublicKeyCredentialCreationOptionsJSON`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions<'a> {
    rp: Entity<'a>,
    user: &'a User,
    challenge: Challenge,
    pub_key_cred_params: [Parameters; Algorithm::OFFERED.len()],
    #[serde(serialize_with = "milliseconds")]
    timeout: Duration,
    exclude_credentials: Vec<Credential<'a>>,
    authenticator_selection: Selection,
    hints: &'a [Hint],
    attestation: &'static str,
    extensions: Extensions,
}

impl<'a> CreationOptions<'a> {
    /// Asks for a passkey of `user`, on a device that has none of `known` yet.
    #[must_use]
    pub fn new(
        relying_party: &'a RelyingParty,
        user: &'a User,
        challenge: &Challenge,
        known: &'a [Descriptor],
        hints: &'a [Hint],
        timeout: Duration,
    ) -> Self {
        Self {
            rp: Entity {
                id: relying_party.id(),
                name: relying_party.name(),
            },
            user,
            challenge: *challenge,
            pub_key_cred_params: Algorithm::OFFERED.map(|algorithm| Parameters {
                kind: PUBLIC_KEY,
                alg: algorithm.identifier(),
            }),
            timeout,
            exclude_credentials: credentials(known),
            authenticator_selection: Selection {
                resident_key: "required",
                require_resident_key: true,
                user_verification: REQUIRED,
            },
            hints,
            attestation: "none",
            extensions: Extensions { cred_props: true },
        }
    }
}

/// `PublicKeyCredentialRequestOptionsJSON`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions<'a> {
    challenge: Challenge,
    #[serde(serialize_with = "milliseconds")]
    timeout: Duration,
    rp_id: &'a str,
    allow_credentials: Vec<Credential<'a>>,
    user_verification: &'static str,
    hints: &'a [Hint],
}

impl<'a> RequestOptions<'a> {
    /// Asks for one of `known`; for whichever the holder picks when there is none.
    #[must_use]
    pub fn new(
        relying_party: &'a RelyingParty,
        challenge: &Challenge,
        known: &'a [Descriptor],
        hints: &'a [Hint],
        timeout: Duration,
    ) -> Self {
        Self {
            challenge: *challenge,
            timeout,
            rp_id: relying_party.id(),
            allow_credentials: credentials(known),
            user_verification: REQUIRED,
            hints,
        }
    }
}

const PUBLIC_KEY: &str = "public-key";
const REQUIRED: &str = "required";

#[derive(Debug, Clone, Serialize)]
struct Entity<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Debug, Clone, Serialize)]
struct Parameters {
    #[serde(rename = "type")]
    kind: &'static str,
    alg: i64,
}

#[derive(Debug, Clone, Serialize)]
struct Credential<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a CredentialId,
    #[serde(skip_serializing_if = "<[Transport]>::is_empty")]
    transports: &'a [Transport],
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    resident_key: &'static str,
    require_resident_key: bool,
    user_verification: &'static str,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    cred_props: bool,
}

fn credentials(known: &[Descriptor]) -> Vec<Credential<'_>> {
    let known = known.iter().map(|one| Credential {
        kind: PUBLIC_KEY,
        id: &one.credential_id,
        transports: &one.transports,
    });
    known.collect()
}

/// An `unsigned long`, as browsers read it.
fn milliseconds<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u32(u32::try_from(span.as_millis()).unwrap_or(u32::MAX))
}
