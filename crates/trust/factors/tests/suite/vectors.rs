//! The examples of the standard itself (Web Authentication Level 3, section "Test Vectors").
//!
//! Each is held against the rules of this house, which asks for more than the standard demands: user
//! verification always, no frames, no maker's attestation. What such a rule refuses is verified without it.

use factors::webauthn::{
    Asserted, Challenge, CredentialId, KnownPasskey, PublicKey, PublicKeyError,
    RegistrationResponse, RelyingParty, UserHandle, WebauthnError, verify_assertion,
    verify_registration,
};
use serde::Deserialize;
use serde_json::json;

use crate::authenticator::{USER_VERIFIED, base64url, from_hex, sha256};

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    registration: Registration,
    authentication: Authentication,
}

#[derive(Deserialize)]
struct Registration {
    challenge: String,
    credential_id: String,
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "attestationObject")]
    attestation_object: String,
}

#[derive(Deserialize)]
struct Authentication {
    challenge: String,
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "authenticatorData")]
    authenticator_data: String,
    signature: String,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../vectors/webauthn_level_3.json");
    serde_json::from_str::<Vectors>(text).unwrap().vectors
}

fn relying_party() -> RelyingParty {
    let origins = vec!["https://example.org".to_owned()];
    RelyingParty::new("example.org".to_owned(), "Example".to_owned(), origins).unwrap()
}

/// This house asks with 32 bytes. One example has 128: whichever of them are asked with, it is no answer.
fn challenge(hex: &str) -> Challenge {
    Challenge::of(*from_hex(hex).first_chunk().unwrap())
}

/// Where the authenticator data begins: it is the last in the map.
fn authenticator_data(object: &[u8]) -> usize {
    let hash = sha256(b"example.org");
    object
        .windows(32)
        .position(|window| window == hash)
        .expect("its relying party")
}

fn registration_of(vector: &Vector, object: &[u8]) -> Result<(), WebauthnError> {
    let id = base64url(&from_hex(&vector.registration.credential_id));
    let json = json!({
        "id": id,
        "rawId": id,
        "type": "public-key",
        "response": {
            "clientDataJSON": base64url(&from_hex(&vector.registration.client_data)),
            "attestationObject": base64url(object),
        },
        "clientExtensionResults": {},
    });
    let response = RegistrationResponse::from_json(json.to_string().as_bytes()).unwrap();
    let challenge = challenge(&vector.registration.challenge);
    let new = verify_registration(&relying_party(), &challenge, &response)?;
    assert_eq!(
        new.credential_id.as_bytes(),
        from_hex(&vector.registration.credential_id)
    );
    Ok(())
}

/// The key of the credential, cut out by hand.
fn key_of(vector: &Vector) -> Result<PublicKey, PublicKeyError> {
    let object = from_hex(&vector.registration.attestation_object);
    let id = vector.registration.credential_id.len() / 2;
    PublicKey::from_bytes(&object[authenticator_data(&object) + 37 + 16 + 2 + id..])
}

fn assertion_of(vector: &Vector, public_key: PublicKey) -> Result<Asserted, WebauthnError> {
    let object = from_hex(&vector.registration.attestation_object);
    let flags = object[authenticator_data(&object) + 32];
    let id = from_hex(&vector.registration.credential_id);
    let json = json!({
        "id": base64url(&id),
        "rawId": base64url(&id),
        "type": "public-key",
        "response": {
            "clientDataJSON": base64url(&from_hex(&vector.authentication.client_data)),
            "authenticatorData": base64url(&from_hex(&vector.authentication.authenticator_data)),
            "signature": base64url(&from_hex(&vector.authentication.signature)),
        },
        "clientExtensionResults": {},
    });
    let known = KnownPasskey {
        credential_id: CredentialId::from_bytes(&id).unwrap(),
        owner: UserHandle::from_bytes(&[1; 16]).unwrap(),
        public_key,
        sign_count: 0,
        backup_eligible: flags & (1 << 3) != 0,
    };
    let response =
        factors::webauthn::AssertionResponse::from_json(json.to_string().as_bytes()).unwrap();
    let challenge = challenge(&vector.authentication.challenge);
    verify_assertion(&relying_party(), &challenge, &known, &response)
}

#[test]
fn each_example_is_judged_by_the_rules_of_this_house() {
    use WebauthnError::{
        AttestationCertificate, AttestationFormat, ChallengeDiffers, CrossOrigin, UserNotVerified,
    };
    let of_maker = |format: &str| Err(AttestationFormat(format.to_owned()));
    // The registration; the assertion, when the key can be kept.
    let expected = [
        (
            "none-es256",
            Err(UserNotVerified),
            Some(Err(UserNotVerified)),
        ),
        ("packed-self-es256", Ok(()), Some(Err(UserNotVerified))),
        (
            "none-es256-crossOrigin",
            Err(CrossOrigin),
            Some(Err(CrossOrigin)),
        ),
        (
            "none-es256-topOrigin",
            Err(CrossOrigin),
            Some(Err(CrossOrigin)),
        ),
        (
            "none-es256-long-credential-id",
            Err(UserNotVerified),
            Some(Ok(())),
        ),
        ("packed-es256", Err(AttestationCertificate), Some(Ok(()))),
        ("packed-es384", Err(UserNotVerified), None),
        ("packed-es512", Err(ChallengeDiffers), None),
        (
            "packed-rs256",
            Err(AttestationCertificate),
            Some(Err(UserNotVerified)),
        ),
        (
            "packed-eddsa",
            Err(UserNotVerified),
            Some(Err(UserNotVerified)),
        ),
        ("packed-ed448", Err(UserNotVerified), None),
        ("tpm-es256", of_maker("tpm"), Some(Ok(()))),
        (
            "android-key-es256",
            of_maker("android-key"),
            Some(Err(UserNotVerified)),
        ),
        (
            "apple-es256",
            Err(UserNotVerified),
            Some(Err(UserNotVerified)),
        ),
        (
            "fido-u2f-es256",
            Err(UserNotVerified),
            Some(Err(UserNotVerified)),
        ),
    ];
    let vectors = vectors();
    assert_eq!(vectors.len(), expected.len());
    for (vector, (name, registration, assertion)) in vectors.iter().zip(expected) {
        assert_eq!(vector.name, name);
        let object = from_hex(&vector.registration.attestation_object);
        assert_eq!(registration_of(vector, &object), registration, "{name}");
        let key = key_of(vector).ok();
        let asserted = key.map(|key| assertion_of(vector, key).map(|_| ()));
        assert_eq!(asserted, assertion, "{name}");
    }
}

/// Whatever the rules say: each signature of an algorithm that is taken is the credential's.
#[test]
fn each_signature_is_that_of_its_key() {
    let mut refused = Vec::new();
    let mut signed = 0;
    for vector in vectors() {
        let key = match key_of(&vector) {
            Ok(key) => key,
            Err(error) => {
                refused.push((vector.name, error));
                continue;
            }
        };
        let message = [
            from_hex(&vector.authentication.authenticator_data),
            sha256(&from_hex(&vector.authentication.client_data)),
        ]
        .concat();
        let mut signature = from_hex(&vector.authentication.signature);
        assert!(key.signed(&message, &signature), "{}", vector.name);
        *signature.last_mut().unwrap() ^= 1;
        assert!(!key.signed(&message, &signature), "{}", vector.name);
        signed += 1;
    }
    assert_eq!(signed, 12);
    let algorithm = PublicKeyError::Algorithm;
    let expected = [
        ("packed-es384".to_owned(), algorithm(-35)),
        ("packed-es512".to_owned(), algorithm(-36)),
        ("packed-ed448".to_owned(), algorithm(-53)),
    ];
    assert_eq!(refused, expected);
}

/// Nothing signs a registration without attestation: with the one flag set, the rest of it holds.
#[test]
fn registrations_without_attestation_hold_but_for_the_flag() {
    for name in ["none-es256", "none-es256-long-credential-id"] {
        let vectors = vectors();
        let vector = vectors.iter().find(|vector| vector.name == name).unwrap();
        let mut object = from_hex(&vector.registration.attestation_object);
        let flags = authenticator_data(&object) + 32;
        object[flags] |= USER_VERIFIED;
        assert_eq!(registration_of(vector, &object), Ok(()), "{name}");
    }
    // A key's own signature does cover it.
    let vectors = vectors();
    let vector = vectors
        .iter()
        .find(|vector| vector.name == "packed-self-es256")
        .unwrap();
    let mut object = from_hex(&vector.registration.attestation_object);
    let flags = authenticator_data(&object) + 32;
    object[flags] ^= 1 << 1;
    assert_eq!(
        registration_of(vector, &object),
        Err(WebauthnError::SelfAttestationSignature)
    );
}
