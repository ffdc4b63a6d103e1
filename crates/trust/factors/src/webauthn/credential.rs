//! A passkey as it is named, told of and kept.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use terms::Rng;

use super::{cose::PublicKey, error::WebauthnError};
use crate::base64url::{Base64Url, encoded};

/// The name that an authenticator gave to a credential: 16 to 1023 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(Vec<u8>);

impl CredentialId {
    /// §4: at least 16 bytes, of which 100 bits cannot be guessed.
    pub const LEAST: usize = 16;
    /// §7.1, step 25.
    pub const MOST: usize = 1023;

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WebauthnError> {
        if (Self::LEAST..=Self::MOST).contains(&bytes.len()) {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(WebauthnError::CredentialIdLength(bytes.len()))
        }
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The account that a passkey belongs to, as authenticators know it: 16 to 64 bytes that say nothing
/// about anybody.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserHandle(Vec<u8>);

impl UserHandle {
    pub const LEAST: usize = 16;
    /// §5.4.3.
    pub const MOST: usize = 64;

    /// A handle of 32 bytes that is nobody's yet.
    #[must_use]
    pub fn fresh(rng: &dyn Rng) -> Self {
        let mut bytes = vec![0; 32];
        rng.fill(&mut bytes);
        Self(bytes)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WebauthnError> {
        if (Self::LEAST..=Self::MOST).contains(&bytes.len()) {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(WebauthnError::UserHandleLength(bytes.len()))
        }
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// They travel as base64url, and so they are shown.
macro_rules! travels_as_base64url {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&encoded(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&encoded(&self.0))
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let bytes = Base64Url::<{ $name::MOST }>::deserialize(deserializer)?;
                Self::from_bytes(bytes.as_bytes()).map_err(de::Error::custom)
            }
        }
    )*};
}
travels_as_base64url!(CredentialId, UserHandle);

/// How a device may be reached, such as `internal` or `hybrid`: a hint that a browser gave and gets
/// back. Words of later standards are kept as they are (§7.1, step 27).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Transport(String);

impl Transport {
    /// So many hints are kept of one passkey; there are six words today.
    pub const MOST: usize = 16;

    /// A word of 1 to 32 lower-case letters, digits and hyphens.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((1..=32).contains(&word.len()) && word.bytes().all(plain)).then(|| Self(word.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Transport {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl de::Visitor<'_> for Word {
            type Value = Transport;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a transport of 1 to 32 lower-case letters, digits and hyphens")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Transport, E> {
                Transport::parse(word)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(word), &self))
            }
        }
        deserializer.deserialize_str(Word)
    }
}

/// The model of an authenticator, as far as it told: 16 zero bytes say nothing, and without an
/// attestation nothing is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Aaguid(pub [u8; 16]);

/// As a UUID, the way lists of models have it.
impl fmt::Display for Aaguid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// A passkey that was verified and is not kept yet.
///
/// Before it is kept, the caller makes sure that nobody has a credential of this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    pub credential_id: CredentialId,
    pub public_key: PublicKey,
    pub sign_count: u32,
    /// Whether it may be copied to other devices of its holder, for good.
    pub backup_eligible: bool,
    /// Whether it is, at this time.
    pub backed_up: bool,
    pub aaguid: Aaguid,
    pub transports: Vec<Transport>,
    /// Whether it can be found without its id; a claim of the client, if it made one.
    pub discoverable: Option<bool>,
}

/// A passkey as it is kept, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPasskey {
    pub credential_id: CredentialId,
    pub owner: UserHandle,
    pub public_key: PublicKey,
    pub sign_count: u32,
    pub backup_eligible: bool,
}

/// A passkey as the options name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    pub credential_id: CredentialId,
    pub transports: Vec<Transport>,
}
