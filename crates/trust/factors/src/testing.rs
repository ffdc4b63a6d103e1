//! An authenticator in software with the browser in front of it, for the tests of other rooms: it answers
//! what it is asked with, as `PublicKeyCredential.toJSON()` writes it. Never in the product.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// User present, user verified.
const PRESENT_AND_VERIFIED: u8 = 0b101;
/// The same, with a credential's data behind.
const WITH_CREDENTIAL: u8 = 0b100_0101;

/// Why the authenticator cannot answer: what it was asked with is not what the standard says.
#[derive(Debug, thiserror::Error)]
#[error("the authenticator cannot answer: {0}")]
pub struct Unanswerable(String);

fn missing(what: &str) -> Unanswerable {
    Unanswerable(format!("no `{what}` in the options"))
}

/// One device with one passkey at most.
pub struct Authenticator {
    origin: String,
    key: EcdsaKeyPair,
    credential: Vec<u8>,
    /// Whose passkey it is, once it made one.
    user: Option<String>,
    count: u32,
}

impl core::fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Authenticator(..)")
    }
}

impl Authenticator {
    /// A device whose browser shows a page of this origin.
    pub fn new(origin: &str) -> Result<Self, Unanswerable> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
            .map_err(|_| Unanswerable("no key was made".to_owned()))?;
        let credential = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        Ok(Self {
            origin: origin.to_owned(),
            key,
            credential,
            user: None,
            count: 0,
        })
    }

    /// Makes a passkey, as `navigator.credentials.create` does.
    pub fn create(&mut self, options: &Value) -> Result<Value, Unanswerable> {
        let text = |pointer: &str| {
            let found = options.pointer(pointer).and_then(Value::as_str);
            found.ok_or_else(|| missing(pointer))
        };
        let client_data = self.client_data("webauthn.create", text("/challenge")?);
        self.user = Some(text("/user/id")?.to_owned());
        let data = self.authenticator_data(text("/rp/id")?, WITH_CREDENTIAL);
        let data = [data, self.credential_data()].concat();
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let attestation = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData".as_slice(),
            // 37 octets, 18 of a credential's head, 32 of its id and 77 of its key: one octet says how many.
            &[0x58, u8::try_from(data.len()).unwrap_or(0)],
            &data,
        ]
        .concat();
        Ok(self.credential_json(json!({
            "clientDataJSON": encoded(client_data.as_bytes()),
            "attestationObject": encoded(&attestation),
            "transports": ["internal"],
        })))
    }

    /// Uses the passkey, as `navigator.credentials.get` does.
    pub fn get(&mut self, options: &Value) -> Result<Value, Unanswerable> {
        let text = |pointer: &str| {
            let found = options.pointer(pointer).and_then(Value::as_str);
            found.ok_or_else(|| missing(pointer))
        };
        let user = self.user.clone();
        let user = user.ok_or_else(|| Unanswerable("it has no passkey".to_owned()))?;
        let client_data = self.client_data("webauthn.get", text("/challenge")?);
        self.count = self.count.saturating_add(1);
        let data = self.authenticator_data(text("/rpId")?, PRESENT_AND_VERIFIED);
        let hash = digest(&SHA256, client_data.as_bytes());
        let signed = [data.as_slice(), hash.as_ref()].concat();
        let signature = self
            .key
            .sign(&SystemRandom::new(), &signed)
            .map_err(|_| Unanswerable("it could not sign".to_owned()))?;
        Ok(self.credential_json(json!({
            "clientDataJSON": encoded(client_data.as_bytes()),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_ref()),
            "userHandle": user,
        })))
    }

    fn client_data(&self, kind: &str, challenge: &str) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn authenticator_data(&self, relying_party: &str, flags: u8) -> Vec<u8> {
        let hash = digest(&SHA256, relying_party.as_bytes());
        [hash.as_ref(), &[flags], &self.count.to_be_bytes()].concat()
    }

    /// No AAGUID, the credential's id, and the public key as COSE_Key {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn credential_data(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = (point.get(1..33), point.get(33..65));
        [
            &[0; 16],
            u16::try_from(self.credential.len())
                .unwrap_or(0)
                .to_be_bytes()
                .as_slice(),
            &self.credential,
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20",
            x.unwrap_or_default(),
            b"\x22\x58\x20",
            y.unwrap_or_default(),
        ]
        .concat()
    }

    fn credential_json(&self, response: Value) -> Value {
        let id = encoded(&self.credential);
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response,
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
        })
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
