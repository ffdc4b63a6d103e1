//! Public keys as COSE writes them (RFC 9052 §7, RFC 9053, RFC 8230), and what they signed.

use core::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use thiserror::Error;

use super::cbor::{self, CborError, Value};

/// What keys may sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA with SHA-256 on P-256.
    Es256,
    /// EdDSA with Ed25519.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256; some computers' built-in authenticators know nothing else.
    Rs256,
}

impl Algorithm {
    /// In the order of preference that the options tell.
    pub(super) const OFFERED: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// The number of the IANA registry "COSE Algorithms".
    #[must_use]
    pub const fn identifier(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }

    fn offered(identifier: i64) -> Option<Self> {
        let mut offered = Self::OFFERED.into_iter();
        offered.find(|algorithm| algorithm.identifier() == identifier)
    }
}

/// Why a public key is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PublicKeyError {
    #[error("it is not CBOR as it is taken: {0}")]
    Cbor(#[from] CborError),
    #[error("it is not a map")]
    NotAMap,
    #[error("it has a member that such a key does not have")]
    UnknownMember,
    #[error("the member `{0}` is missing, or is of another kind than it should be")]
    Member(&'static str),
    #[error("its algorithm `{0}` was not offered: -8, -7 and -257 are")]
    Algorithm(i64),
    #[error("its key type `{key_type}` does not go with its algorithm `{algorithm}`")]
    KeyType { key_type: i64, algorithm: i64 },
    #[error("its curve `{0}` does not go with its algorithm")]
    Curve(i64),
    #[error("the member `{0}` has another length than it should have")]
    Length(&'static str),
    #[error("it is no point of the curve")]
    OffCurve,
    #[error("it is a point of small order, for which anybody can sign")]
    SmallOrder,
    #[error(
        "its modulus has {0} bits, or is not written as short as it can be: 2048 to 4096 are taken"
    )]
    Modulus(usize),
    #[error("its exponent is not 65537")]
    Exponent,
    #[error("its modulus is even, which no product of two great primes is")]
    EvenModulus,
}

/// A passkey's public key; checked, and kept in the bytes in which it came.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    bytes: Vec<u8>,
    key: Key,
}

#[derive(Clone, PartialEq, Eq)]
enum Key {
    /// An uncompressed point: 4, x, y.
    Es256([u8; 65]),
    EdDsa([u8; 32]),
    Rs256 {
        modulus: Vec<u8>,
    },
}

/// 65537.
const EXPONENT: [u8; 3] = [1, 0, 1];

/// The longest key in bytes: RSA with 4096 bits, and some for its labels.
const LONGEST: usize = 600;

impl PublicKey {
    /// Reads a COSE key.
    ///
    /// RFC 9052 lets a reader pass over members it does not know. §6.5.1.1 of Web Authentication does
    /// not let a key have any but those its type and algorithm need, and so they are refused here: what
    /// nobody reads must not be kept as part of a key either.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PublicKeyError> {
        if bytes.len() > LONGEST {
            return Err(PublicKeyError::Length("key"));
        }
        let members = cbor::whole(bytes)?;
        let mut members = Members(members.into_map().ok_or(PublicKeyError::NotAMap)?);
        let key_type = members.integer(1, "kty")?;
        let identifier = members.integer(3, "alg")?;
        let algorithm =
            Algorithm::offered(identifier).ok_or(PublicKeyError::Algorithm(identifier))?;
        let key = match (algorithm, key_type) {
            (Algorithm::Es256, 2) => members.es256()?,
            (Algorithm::EdDsa, 1) => members.ed25519()?,
            (Algorithm::Rs256, 3) => members.rs256()?,
            _ => {
                return Err(PublicKeyError::KeyType {
                    key_type,
                    algorithm: identifier,
                });
            }
        };
        if !members.0.is_empty() {
            return Err(PublicKeyError::UnknownMember);
        }
        Ok(Self {
            bytes: bytes.to_vec(),
            key,
        })
    }

    /// The bytes to keep; [`Self::from_bytes`] takes them back.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self.key {
            Key::Es256(_) => Algorithm::Es256,
            Key::EdDsa(_) => Algorithm::EdDsa,
            Key::Rs256 { .. } => Algorithm::Rs256,
        }
    }

    /// Whether the holder of the private key signed this message.
    ///
    /// An ES256 signature has a twin with the other sign of `s`, and both are taken: authenticators
    /// make either, and no signature is ever the name of anything.
    #[must_use]
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        // For whoever compares the work of two branches.
        tracing::trace!(target: "parlour::work", "signature {:?}", self.algorithm());
        let verdict = match &self.key {
            Key::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Key::EdDsa(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature),
            Key::Rs256 { modulus } => {
                rsa(modulus).verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        verdict.is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?})", self.algorithm())
    }
}

const fn rsa(modulus: &[u8]) -> RsaPublicKeyComponents<&[u8]> {
    RsaPublicKeyComponents {
        n: modulus,
        e: &EXPONENT,
    }
}

/// The members of a key that were not read yet.
struct Members<'a>(Vec<(Value<'a>, Value<'a>)>);

impl<'a> Members<'a> {
    fn take(&mut self, label: i64, name: &'static str) -> Result<Value<'a>, PublicKeyError> {
        let label = Value::Integer(label);
        let found = self.0.iter().position(|(key, _)| *key == label);
        let index = found.ok_or(PublicKeyError::Member(name))?;
        Ok(self.0.swap_remove(index).1)
    }

    fn integer(&mut self, label: i64, name: &'static str) -> Result<i64, PublicKeyError> {
        let value = self.take(label, name)?;
        value.as_integer().ok_or(PublicKeyError::Member(name))
    }

    fn bytes(&mut self, label: i64, name: &'static str) -> Result<&'a [u8], PublicKeyError> {
        let value = self.take(label, name)?;
        value.as_bytes().ok_or(PublicKeyError::Member(name))
    }

    fn coordinate(&mut self, label: i64, name: &'static str) -> Result<[u8; 32], PublicKeyError> {
        let bytes = self.bytes(label, name)?;
        bytes.try_into().map_err(|_| PublicKeyError::Length(name))
    }

    fn curve(&mut self, expected: i64) -> Result<(), PublicKeyError> {
        match self.integer(-1, "crv")? {
            curve if curve == expected => Ok(()),
            curve => Err(PublicKeyError::Curve(curve)),
        }
    }

    /// §5.8.5: on P-256, and the point in full. A compressed one has a truth value for `y`.
    fn es256(&mut self) -> Result<Key, PublicKeyError> {
        self.curve(1)?;
        let (x, y) = (self.coordinate(-2, "x")?, self.coordinate(-3, "y")?);
        let mut point = [4; 65];
        for (to, from) in point.iter_mut().skip(1).zip(x.iter().chain(&y)) {
            *to = *from;
        }
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point)
            .parse()
            .map_err(|_| PublicKeyError::OffCurve)?;
        Ok(Key::Es256(point))
    }

    /// §5.8.5: with Ed25519. That these bytes are a point shows with the first signature; without one,
    /// nobody can sign for them, which harms none but who registered them.
    fn ed25519(&mut self) -> Result<Key, PublicKeyError> {
        self.curve(6)?;
        let point = self.coordinate(-2, "x")?;
        if is_of_small_order(&point) {
            return Err(PublicKeyError::SmallOrder);
        }
        Ok(Key::EdDsa(point))
    }

    fn rs256(&mut self) -> Result<Key, PublicKeyError> {
        let modulus = self.bytes(-1, "n")?;
        if self.bytes(-2, "e")? != EXPONENT {
            return Err(PublicKeyError::Exponent);
        }
        let unused = modulus.first().map_or(8, |byte| byte.leading_zeros());
        let unused = usize::try_from(unused).unwrap_or(8);
        let bits = modulus.len().saturating_mul(8).saturating_sub(unused);
        // A first byte of zero is a second spelling of the same number.
        if !(2048..=4096).contains(&bits) || unused == 8 {
            return Err(PublicKeyError::Modulus(bits));
        }
        // The provider would notice with the first signature only.
        if modulus.last().is_none_or(|byte| byte % 2 == 0) {
            return Err(PublicKeyError::EvenModulus);
        }
        Ok(Key::Rs256 {
            modulus: modulus.to_vec(),
        })
    }
}

/// The eight points of edwards25519 whose order divides eight, and other spellings of them, by their
/// `y` in little endian; the sign of `x` in the last bit aside. A signature of such a key needs no
/// private key: whoever knows the key can sign whatever anybody is said to have agreed to.
const SMALL_ORDER: [[u8; 32]; 7] = [
    with_ends(0, 0, 0),
    with_ends(1, 0, 0),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    // p - 1, p and p + 1, where p is 2^255 - 19.
    with_ends(0xec, 0xff, 0x7f),
    with_ends(0xed, 0xff, 0x7f),
    with_ends(0xee, 0xff, 0x7f),
];

const fn with_ends(first: u8, between: u8, last: u8) -> [u8; 32] {
    let mut bytes = [between; 32];
    let [start, .., end] = &mut bytes;
    *start = first;
    *end = last;
    bytes
}

fn is_of_small_order(point: &[u8; 32]) -> bool {
    let mut y = *point;
    if let Some(last) = y.last_mut() {
        *last &= 0x7f;
    }
    SMALL_ORDER.contains(&y)
}
