//! Passkeys: any JSON as a response, any bytes as a key, and as the parts of a ceremony: the first line is the
//! client data, the rest the attestation object or the authenticator data.
//!
//! The assertion is signed by the target, so that what is behind the signature is reached. What is taken
//! is looked at again, by another reader of JSON and by the places that the standard gives to bytes.
#![no_main]

use std::sync::LazyLock;

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use factors::webauthn::{
    AssertionResponse, Challenge, CredentialId, KnownPasskey, Mandate, PublicKey,
    RegistrationResponse, RelyingParty, UserHandle, WebauthnError, verify_assertion,
    verify_mandate, verify_registration,
};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const ID: [u8; 16] = [0xc1; 16];

struct House {
    relying_party: RelyingParty,
    challenge: Challenge,
    keys: Ed25519KeyPair,
    known: KnownPasskey,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let origins = vec!["https://shop.example".to_owned()];
    let keys = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key has 32 bytes");
    let cose = [
        &[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32],
        keys.public_key().as_ref(),
    ];
    House {
        relying_party: RelyingParty::new("shop.example".to_owned(), "Shop".to_owned(), origins)
            .expect("an origin of the domain"),
        challenge: Challenge::of([0xa7; 32]),
        known: KnownPasskey {
            credential_id: CredentialId::from_bytes(&ID).expect("an id has 16 bytes"),
            owner: UserHandle::from_bytes(&[1; 16]).expect("a handle has 16 bytes"),
            public_key: PublicKey::from_bytes(&cose.concat()).expect("a key of Ed25519"),
            sign_count: 0,
            backup_eligible: true,
        },
        keys,
    }
});

fuzz_target!(|bytes: &[u8]| {
    let house = &*HOUSE;
    json_alone(house, bytes);
    if let Ok(key) = PublicKey::from_bytes(bytes) {
        assert_eq!(key.to_bytes(), bytes);
        assert!(!key.signed(b"nobody signed this", &[0; 64]));
    }
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let client_data = parts.next().unwrap_or_default();
    let rest = parts.next().unwrap_or_default();
    registration(house, client_data, rest);
    assertion(house, client_data, rest);
});

/// As it came, signed by nobody.
fn json_alone(house: &House, bytes: &[u8]) {
    if let Ok(response) = AssertionResponse::from_json(bytes) {
        let _ = response.discovered();
        let verdict = verify_assertion(
            &house.relying_party,
            &house.challenge,
            &house.known,
            &response,
        );
        assert!(verdict.is_err(), "nobody signed this");
        let mandate = serde_json::to_vec(&response.mandate()).expect("a mandate has a JSON form");
        let read: Mandate = serde_json::from_slice(&mandate).expect("it is read again");
        assert_eq!(read, response.mandate());
    }
    if let Ok(response) = RegistrationResponse::from_json(bytes) {
        let _ = verify_registration(&house.relying_party, &house.challenge, &response);
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn response(parts: Value) -> Vec<u8> {
    let json = json!({
        "id": encoded(&ID),
        "rawId": encoded(&ID),
        "type": "public-key",
        "response": parts,
        "clientExtensionResults": {},
    });
    json.to_string().into_bytes()
}

fn registration(house: &House, client_data: &[u8], object: &[u8]) {
    let json = response(json!({
        "clientDataJSON": encoded(client_data),
        "attestationObject": encoded(object),
    }));
    let Ok(response) = RegistrationResponse::from_json(&json) else {
        return;
    };
    let Ok(new) = verify_registration(&house.relying_party, &house.challenge, &response) else {
        return;
    };
    told("webauthn.create", client_data);
    assert_eq!(new.credential_id.as_bytes(), ID);
    assert!(new.backup_eligible || !new.backed_up);
    let hash = digest(&SHA256, b"shop.example");
    let data = object
        .windows(32)
        .position(|window| window == hash.as_ref())
        .expect("it names the relying party");
    let key = new.public_key.to_bytes();
    let behind = object.get(data..).unwrap_or_default();
    assert!(behind.windows(key.len()).any(|window| window == key));
    assert_eq!(PublicKey::from_bytes(&key), Ok(new.public_key));
}

fn assertion(house: &House, client_data: &[u8], data: &[u8]) {
    let message = [data, digest(&SHA256, client_data).as_ref()].concat();
    let mut signature = house.keys.sign(&message).as_ref().to_vec();
    let with = |signature: &[u8]| {
        let json = response(json!({
            "clientDataJSON": encoded(client_data),
            "authenticatorData": encoded(data),
            "signature": encoded(signature),
        }));
        AssertionResponse::from_json(&json)
    };
    let Ok(response) = with(&signature) else {
        return;
    };
    let verify = |response: &AssertionResponse| {
        verify_assertion(
            &house.relying_party,
            &house.challenge,
            &house.known,
            response,
        )
    };
    let verdict = verify(&response);
    assert_ne!(verdict, Err(WebauthnError::SignatureWrong), "it is signed");
    let mandate = verify_mandate(
        &house.relying_party,
        &house.challenge,
        &house.known.credential_id,
        &house.known.public_key,
        &response.mandate(),
    );
    let Ok(asserted) = verdict else {
        return;
    };
    assert_eq!(mandate, Ok(()), "a mandate asks for no more");
    told("webauthn.get", client_data);
    let hash = digest(&SHA256, b"shop.example");
    assert_eq!(data.get(..32), Some(hash.as_ref()));
    let flags = data.get(32).copied().unwrap_or_default();
    // Present, verified, eligible as before, and no new credential.
    assert_eq!(flags & 0b0100_1101, 0b0000_1101, "{flags:b}");
    assert_eq!(flags & 0b1_0000 != 0, asserted.backed_up);
    let count = data.get(33..37).expect("a count has four bytes");
    assert_eq!(count, asserted.sign_count.to_be_bytes());
    assert!(data.len() == 37 || flags & 0b1000_0000 != 0, "bytes behind");
    if let Some(last) = signature.last_mut() {
        *last ^= 1;
    }
    let unsigned = with(&signature).expect("it is as long as before");
    assert_eq!(verify(&unsigned), Err(WebauthnError::SignatureWrong));
}

/// What is taken says what it must, to a reader that does not know what it should.
fn told(ceremony: &str, client_data: &[u8]) {
    let data: Value = serde_json::from_slice(client_data).expect("it was read as JSON");
    assert_eq!(data["type"], ceremony);
    assert_eq!(data["challenge"], encoded(&[0xa7; 32]));
    assert_eq!(data["origin"], "https://shop.example");
    assert!(matches!(
        data.get("crossOrigin"),
        None | Some(Value::Bool(false))
    ));
    assert_eq!(data.get("topOrigin"), None);
}
