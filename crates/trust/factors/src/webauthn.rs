//! Passkeys: the relying party's half of Web Authentication, Level 3.
//!
//! What is asked for is little, and so is what is taken: no attestation (or a key's own signature,
//! which a client may keep), ES256, EdDSA with Ed25519 or RS256, a credential that its holder's device
//! can find by itself, and always user verification. Frames of other sites are refused.
//!
//! - [`CreationOptions`] and [`RequestOptions`] are what a page gives to the browser.
//! - [`verify_registration`] is §7.1, [`verify_assertion`] §7.2; comments number their steps as the
//!   Editor's Draft of Level 3 does. Step 26 of §7.1 (nobody has that credential yet) and the freshness
//!   of the challenge need a memory, and are the caller's.
//! - [`verify_mandate`] looks at an assertion again, long after it was made. Its challenge is the hash
//!   of what was agreed to ([`Challenge::of`]), so that the assertion is the mandate.
//!
//! Why this is written here and not taken from a crate: `docs/decisions/0020`.

mod assertion;
mod authenticator_data;
mod cbor;
mod challenge;
mod client_data;
mod cose;
mod credential;
mod error;
mod mandate;
mod options;
mod registration;
mod relying_party;
mod responses;

pub use assertion::{Asserted, verify_assertion};
pub use cbor::CborError;
pub use challenge::Challenge;
pub use cose::{Algorithm, PublicKey, PublicKeyError};
pub use credential::{
    Aaguid, CredentialId, Descriptor, KnownPasskey, NewPasskey, Transport, UserHandle,
};
pub use error::WebauthnError;
pub use mandate::{Mandate, verify_mandate};
pub use options::{CreationOptions, Hint, RequestOptions, User};
pub use registration::verify_registration;
pub use relying_party::{RelyingParty, RelyingPartyError};
pub use responses::{AssertionResponse, RegistrationResponse};

/// The longest response that is read, in bytes of JSON.
pub const RESPONSE_MAX: usize = 64 * 1024;

/// Bounds of the parts, in bytes. What passes them is far below: a credential with a key of RSA and
/// the longest id makes an attestation object of less than 2 KiB.
const CLIENT_DATA_MAX: usize = 4 * 1024;
const ATTESTATION_MAX: usize = 16 * 1024;
const AUTHENTICATOR_DATA_MAX: usize = 4 * 1024;
const SIGNATURE_MAX: usize = 512;
