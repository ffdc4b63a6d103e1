//! Why a response is refused: one variant for each reason, for logs and tests. Who was refused is told
//! nothing of it.

use thiserror::Error;

use super::{
    RESPONSE_MAX,
    cbor::CborError,
    cose::PublicKeyError,
    credential::{CredentialId, UserHandle},
};

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebauthnError {
    // The response as JSON.
    #[error("the response has {0} bytes; at most {RESPONSE_MAX} are read")]
    ResponseTooLong(usize),
    #[error("the response is not what `PublicKeyCredential.toJSON()` writes: {0}")]
    Response(String),
    #[error("`id` and `rawId` of the response differ")]
    IdsDiffer,
    #[error("a credential id has {least} to {most} bytes, not {0}", least = CredentialId::LEAST, most = CredentialId::MOST)]
    CredentialIdLength(usize),
    #[error("a user handle has {least} to {most} bytes, not {0}", least = UserHandle::LEAST, most = UserHandle::MOST)]
    UserHandleLength(usize),

    // The client data.
    #[error("the client data is not UTF-8")]
    ClientDataNotUtf8,
    #[error("the client data is not the JSON it should be: {0}")]
    ClientData(String),
    #[error("the client data is of another ceremony than `{expected}`")]
    WrongCeremony { expected: &'static str },
    #[error("the challenge is not the one that was asked with")]
    ChallengeDiffers,
    #[error("the origin `{0}` is none of the relying party's")]
    OriginUnknown(String),
    #[error("it was made in a frame on a page of another origin")]
    CrossOrigin,
    #[error("it names the origin of a page around it, which none of ours has")]
    TopOrigin,
    #[error("it claims to be bound to a connection, which cannot be verified")]
    TokenBinding,

    // The attestation object.
    #[error("the attestation object is not CBOR as it is taken: {0}")]
    Attestation(#[source] CborError),
    #[error("the attestation object is not a map of `fmt`, `attStmt` and `authData` alone")]
    AttestationShape,
    #[error(
        "the attestation format `{0}` was not asked for: `none` is taken, and `packed` without certificates"
    )]
    AttestationFormat(String),
    #[error("the attestation statement of the format `none` is not empty")]
    AttestationNotEmpty,
    #[error("the attestation has certificates, which were not asked for")]
    AttestationCertificate,
    #[error("the self attestation is not a map of `alg` and `sig` alone")]
    SelfAttestationShape,
    #[error("the self attestation is of another algorithm than the key")]
    SelfAttestationAlgorithm,
    #[error("the signature of the self attestation is wrong")]
    SelfAttestationSignature,

    // The authenticator data.
    #[error("the authenticator data is cut off")]
    AuthenticatorDataCut,
    #[error("the authenticator data has bytes behind its end")]
    AuthenticatorDataTrailing,
    #[error("the extensions in the authenticator data are not CBOR as it is taken: {0}")]
    Extensions(#[source] CborError),
    #[error("the extensions in the authenticator data are not a map")]
    ExtensionsNotAMap,
    #[error("the authenticator data has no credential, which a registration has")]
    NoCredential,
    #[error("the authenticator data has a credential, which an assertion does not have")]
    UnexpectedCredential,
    #[error("it was made for another relying party")]
    RelyingPartyDiffers,
    #[error("nobody was present")]
    UserNotPresent,
    #[error("the authenticator did not verify who was present")]
    UserNotVerified,
    #[error("it claims to be backed up and not to be eligible for it")]
    BackedUpButNotEligible,
    #[error("it changed whether it is eligible for backup, which no credential does")]
    EligibilityChanged,
    #[error("the public key is not taken: {0}")]
    PublicKey(#[source] PublicKeyError),

    // What all of it is held against.
    #[error("it is of another credential than the one it is held against")]
    CredentialIdDiffers,
    #[error("it names another account than the one that the credential belongs to")]
    UserHandleDiffers,
    #[error("it names no account, and none was known before")]
    NoUserHandle,
    #[error("the signature is wrong")]
    SignatureWrong,
    #[error("the count of signatures is {given} after {before}: there may be a copy of the key")]
    CountWentBack { given: u32, before: u32 },
    #[error("a part of the mandate is longer than any that is verified")]
    MandateTooLong,
}

/// A text from outside as a log may show it: not too long, on one line, and without the sign that
/// stands around it.
pub(super) fn shown(text: &str) -> String {
    let plain = |letter: char| {
        if letter.is_control() || letter == '`' {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    text.chars().take(100).map(plain).collect()
}
