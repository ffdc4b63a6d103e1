//! An authenticator and the browser in front of it, made of key pairs and the standard. It does as it
//! should, or as it is told.

use std::sync::LazyLock;

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use factors::webauthn::{
    AssertionResponse, Challenge, CredentialId, KnownPasskey, PublicKey, RegistrationResponse,
    RelyingParty, UserHandle,
};
use serde_json::{Value, json};

pub(crate) const USER_PRESENT: u8 = 1;
pub(crate) const USER_VERIFIED: u8 = 1 << 2;
pub(crate) const BACKUP_ELIGIBLE: u8 = 1 << 3;
pub(crate) const BACKED_UP: u8 = 1 << 4;
pub(crate) const HAS_CREDENTIAL: u8 = 1 << 6;
pub(crate) const HAS_EXTENSIONS: u8 = 1 << 7;

pub(crate) const ORIGIN: &str = "https://shop.example";

pub(crate) fn relying_party() -> RelyingParty {
    let origins = vec![ORIGIN.to_owned(), "https://help.shop.example".to_owned()];
    RelyingParty::new("shop.example".to_owned(), "Shop".to_owned(), origins).unwrap()
}

pub(crate) fn challenge() -> Challenge {
    Challenge::of([0xa7; 32])
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// CBOR, written by hand.
pub(crate) mod cbor {
    fn head(kind: u8, argument: usize) -> Vec<u8> {
        let kind = kind << 5;
        match argument {
            0..=23 => vec![kind | u8::try_from(argument).unwrap()],
            24..=0xff => vec![kind | 24, u8::try_from(argument).unwrap()],
            _ => {
                let wide = u16::try_from(argument).unwrap().to_be_bytes();
                vec![kind | 25, wide[0], wide[1]]
            }
        }
    }

    pub(crate) fn integer(number: i64) -> Vec<u8> {
        match usize::try_from(number) {
            Ok(number) => head(0, number),
            Err(_) => head(1, usize::try_from(!number).unwrap()),
        }
    }

    pub(crate) fn bytes(bytes: &[u8]) -> Vec<u8> {
        [head(2, bytes.len()), bytes.to_vec()].concat()
    }

    pub(crate) fn text(text: &str) -> Vec<u8> {
        [head(3, text.len()), text.as_bytes().to_vec()].concat()
    }

    pub(crate) fn map(entries: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
        let mut map = head(5, entries.len());
        for (key, value) in entries {
            map.extend(key);
            map.extend(value);
        }
        map
    }
}

/// A pair of keys of each algorithm.
#[derive(Debug)]
pub(crate) enum Keys {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(RsaKeyPair),
}

pub(crate) static ES256: LazyLock<Keys> =
    LazyLock::new(|| Keys::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()));
pub(crate) static OTHER_ES256: LazyLock<Keys> =
    LazyLock::new(|| Keys::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap()));
pub(crate) static EDDSA: LazyLock<Keys> =
    LazyLock::new(|| Keys::EdDsa(Ed25519KeyPair::generate().unwrap()));
pub(crate) static RS256: LazyLock<Keys> =
    LazyLock::new(|| Keys::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()));

pub(crate) fn every_kind() -> [&'static Keys; 3] {
    [&ES256, &EDDSA, &RS256]
}

impl Keys {
    pub(crate) fn algorithm(&self) -> i64 {
        match self {
            Self::Es256(_) => -7,
            Self::EdDsa(_) => -8,
            Self::Rs256(_) => -257,
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
        }
    }

    /// The members of the COSE key, in the order that CTAP2 calls canonical.
    pub(crate) fn members(&self) -> Vec<(i64, Member)> {
        match self {
            Self::Es256(pair) => {
                let point = pair.public_key().as_ref();
                es256_members(&point[1..33], &point[33..])
            }
            Self::EdDsa(pair) => ed25519_members(pair.public_key().as_ref()),
            Self::Rs256(pair) => {
                // SEQUENCE, INTEGER with a byte of zero in front, INTEGER: 2048 bits throughout.
                let der = pair.public_key().as_ref();
                rs256_members(&der[9..265], &[1, 0, 1])
            }
        }
    }

    pub(crate) fn cose(&self) -> Vec<u8> {
        cose_of(self.members())
    }
}

pub(crate) enum Member {
    Integer(i64),
    Bytes(Vec<u8>),
}

pub(crate) fn es256_members(x: &[u8], y: &[u8]) -> Vec<(i64, Member)> {
    vec![
        (1, Member::Integer(2)),
        (3, Member::Integer(-7)),
        (-1, Member::Integer(1)),
        (-2, Member::Bytes(x.to_vec())),
        (-3, Member::Bytes(y.to_vec())),
    ]
}

pub(crate) fn ed25519_members(x: &[u8]) -> Vec<(i64, Member)> {
    vec![
        (1, Member::Integer(1)),
        (3, Member::Integer(-8)),
        (-1, Member::Integer(6)),
        (-2, Member::Bytes(x.to_vec())),
    ]
}

pub(crate) fn rs256_members(n: &[u8], e: &[u8]) -> Vec<(i64, Member)> {
    vec![
        (1, Member::Integer(3)),
        (3, Member::Integer(-257)),
        (-1, Member::Bytes(n.to_vec())),
        (-2, Member::Bytes(e.to_vec())),
    ]
}

pub(crate) fn cose_of(members: Vec<(i64, Member)>) -> Vec<u8> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(label, value)| match value {
            Member::Integer(number) => (cbor::integer(label), cbor::integer(number)),
            Member::Bytes(value) => (cbor::integer(label), cbor::bytes(&value)),
        })
        .collect();
    cbor::map(&members)
}

/// What is put together, part by part; every part can be another than it should be.
pub(crate) struct Ceremony {
    pub(crate) keys: &'static Keys,
    /// Who signs, if not the holder of `keys`.
    pub(crate) signer: &'static Keys,

    pub(crate) kind: &'static str,
    pub(crate) challenge: String,
    pub(crate) origin: String,
    /// Members behind the origin, each with a comma before it.
    pub(crate) members: String,
    /// In place of all of it.
    pub(crate) client_data: Option<Vec<u8>>,

    pub(crate) relying_party_id: &'static str,
    pub(crate) flags: u8,
    pub(crate) sign_count: u32,
    pub(crate) aaguid: [u8; 16],
    pub(crate) credential_id: Vec<u8>,
    pub(crate) cose: Vec<u8>,
    pub(crate) extensions: Vec<u8>,
    pub(crate) behind: Vec<u8>,
    pub(crate) authenticator_data: Option<Vec<u8>>,

    pub(crate) format: &'static str,
    pub(crate) statement: Option<Vec<u8>>,
    pub(crate) attestation_object: Option<Vec<u8>>,

    pub(crate) signature: Option<Vec<u8>>,
    pub(crate) user_handle: Option<Vec<u8>>,
    /// The id around the rest, if it is another.
    pub(crate) outer_id: Option<Vec<u8>>,
    pub(crate) json: Option<fn(&mut Value)>,
    pub(crate) text: Option<fn(String) -> String>,
}

pub(crate) const CREDENTIAL_ID: [u8; 32] = [0xc1; 32];
pub(crate) const OWNER: [u8; 32] = [0x0a; 32];

impl Ceremony {
    pub(crate) fn registration(keys: &'static Keys) -> Self {
        Self {
            keys,
            signer: keys,
            kind: "webauthn.create",
            challenge: base64url(challenge().as_bytes()),
            origin: ORIGIN.to_owned(),
            members: r#","crossOrigin":false"#.to_owned(),
            client_data: None,
            relying_party_id: "shop.example",
            flags: USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP | HAS_CREDENTIAL,
            sign_count: 0,
            aaguid: [0; 16],
            credential_id: CREDENTIAL_ID.to_vec(),
            cose: keys.cose(),
            extensions: vec![],
            behind: vec![],
            authenticator_data: None,
            format: "none",
            statement: None,
            attestation_object: None,
            signature: None,
            user_handle: Some(OWNER.to_vec()),
            outer_id: None,
            json: None,
            text: None,
        }
    }

    pub(crate) fn self_attested(keys: &'static Keys) -> Self {
        Self {
            format: "packed",
            ..Self::registration(keys)
        }
    }

    pub(crate) fn assertion(keys: &'static Keys) -> Self {
        Self {
            kind: "webauthn.get",
            flags: USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP,
            ..Self::registration(keys)
        }
    }

    pub(crate) fn client_data(&self) -> Vec<u8> {
        let Self {
            kind,
            challenge,
            origin,
            members,
            ..
        } = self;
        self.client_data.clone().unwrap_or_else(|| {
            format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}"{members}}}"#)
                .into_bytes()
        })
    }

    pub(crate) fn authenticator_data(&self) -> Vec<u8> {
        if let Some(data) = &self.authenticator_data {
            return data.clone();
        }
        let mut data = sha256(self.relying_party_id.as_bytes());
        data.push(self.flags);
        data.extend(self.sign_count.to_be_bytes());
        if self.flags & HAS_CREDENTIAL != 0 {
            data.extend(self.aaguid);
            data.extend(
                u16::try_from(self.credential_id.len())
                    .unwrap()
                    .to_be_bytes(),
            );
            data.extend(&self.credential_id);
            data.extend(&self.cose);
        }
        data.extend(&self.extensions);
        data.extend(&self.behind);
        data
    }

    fn message(&self) -> Vec<u8> {
        [self.authenticator_data(), sha256(&self.client_data())].concat()
    }

    pub(crate) fn signature(&self) -> Vec<u8> {
        let signed = || self.signer.sign(&self.message());
        self.signature.clone().unwrap_or_else(signed)
    }

    pub(crate) fn statement(&self) -> Vec<u8> {
        let made = || match self.format {
            "packed" => cbor::map(&[
                (cbor::text("alg"), cbor::integer(self.keys.algorithm())),
                (cbor::text("sig"), cbor::bytes(&self.signature())),
            ]),
            _ => cbor::map(&[]),
        };
        self.statement.clone().unwrap_or_else(made)
    }

    pub(crate) fn attestation_object(&self) -> Vec<u8> {
        let made = || {
            cbor::map(&[
                (cbor::text("fmt"), cbor::text(self.format)),
                (cbor::text("attStmt"), self.statement()),
                (
                    cbor::text("authData"),
                    cbor::bytes(&self.authenticator_data()),
                ),
            ])
        };
        self.attestation_object.clone().unwrap_or_else(made)
    }

    fn around(&self, response: Value) -> String {
        let id = base64url(self.outer_id.as_ref().unwrap_or(&self.credential_id));
        let mut json = json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
        });
        if let Some(edit) = self.json {
            edit(&mut json);
        }
        let text = json.to_string();
        match self.text {
            Some(edit) => edit(text),
            None => text,
        }
    }

    pub(crate) fn registration_json(&self) -> String {
        self.around(json!({
            "clientDataJSON": base64url(&self.client_data()),
            "attestationObject": base64url(&self.attestation_object()),
            "authenticatorData": base64url(&self.authenticator_data()),
            "transports": ["internal", "hybrid"],
            "publicKey": base64url(b"what nobody reads"),
            "publicKeyAlgorithm": self.keys.algorithm(),
        }))
    }

    pub(crate) fn assertion_json(&self) -> String {
        let mut response = json!({
            "clientDataJSON": base64url(&self.client_data()),
            "authenticatorData": base64url(&self.authenticator_data()),
            "signature": base64url(&self.signature()),
        });
        if let Some(handle) = &self.user_handle {
            response["userHandle"] = base64url(handle).into();
        }
        self.around(response)
    }

    pub(crate) fn registration_response(&self) -> RegistrationResponse {
        RegistrationResponse::from_json(self.registration_json().as_bytes()).unwrap()
    }

    pub(crate) fn assertion_response(&self) -> AssertionResponse {
        AssertionResponse::from_json(self.assertion_json().as_bytes()).unwrap()
    }
}

/// The passkey of these keys, as it is kept.
pub(crate) fn known(keys: &Keys) -> KnownPasskey {
    KnownPasskey {
        credential_id: CredentialId::from_bytes(&CREDENTIAL_ID).unwrap(),
        owner: UserHandle::from_bytes(&OWNER).unwrap(),
        public_key: PublicKey::from_bytes(&keys.cose()).unwrap(),
        sign_count: 0,
        backup_eligible: true,
    }
}

pub(crate) fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    assert!(rest.is_empty(), "{text}");
    pairs.iter().map(|[high, low]| high * 16 + low).collect()
}
