//! Keys of notes: the signer made from a seed, and the verifier key that anyone may hold (C2SP
//! signed-note, sections "Signatures" and "Verifier keys").

use core::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use terms::Secret;

use crate::{leaf::hex, tree::sha256};

/// Signature type identifier of Ed25519 (C2SP signed-note, "Signature types").
const ED25519_TYPE: u8 = 1;
const ED25519_SIGNATURE: usize = 64;

/// What tells keys of one name apart. An identifier, not a commitment.
pub type KeyId = [u8; 4];

/// Why a text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the key name `{0}` is empty, too long, or has a space, a `+` or a control character")]
    Name(String),
    #[error(
        "`{0}` is not a verifier key: expected `name+hash+key` such as `parlour/shop+530d903a+AekyeRrm56hA…`"
    )]
    Form(String),
    #[error("the verifier key of `{0}` is not an Ed25519 key (type 1, 32 bytes)")]
    Algorithm(String),
    #[error("the verifier key of `{name}` has the hash `{given}` but its bytes have `{computed}`")]
    Hash {
        name: String,
        given: String,
        computed: String,
    },
    #[error("the seed is not an Ed25519 private key")]
    Seed,
}

/// The public key of one log: a name and an Ed25519 key. Its text is C2SP's verifier key,
/// `name+hash+base64`.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: [u8; 32],
}

impl PublicKey {
    pub fn new(name: &str, key: [u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// The key's name, which is the log's origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.key
    }

    /// First four bytes of SHA-256(name ‖ newline ‖ type ‖ key).
    #[must_use]
    pub fn id(&self) -> KeyId {
        let [a, b, c, d, ..] = sha256(&[self.name.as_bytes(), b"\n", &[ED25519_TYPE], &self.key]);
        [a, b, c, d]
    }

    pub(crate) fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        signature.len() == ED25519_SIGNATURE
            && UnparsedPublicKey::new(&ED25519, &self.key)
                .verify(text.as_bytes(), signature)
                .is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![ED25519_TYPE];
        typed.extend_from_slice(&self.key);
        write!(
            f,
            "{}+{}+{}",
            self.name,
            hex(&self.id()),
            STANDARD.encode(typed)
        )
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let form = || KeyError::Form(shown(text));
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(given), Some(encoded)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(form());
        };
        check_name(name)?;
        let typed = STANDARD.decode(encoded).map_err(|_| form())?;
        let Some((&ED25519_TYPE, key)) = typed.split_first() else {
            return Err(KeyError::Algorithm(shown(name)));
        };
        let key = key
            .try_into()
            .map_err(|_| KeyError::Algorithm(shown(name)))?;
        let key = Self {
            name: name.to_owned(),
            key,
        };
        let computed = hex(&key.id());
        if computed == given {
            Ok(key)
        } else {
            Err(KeyError::Hash {
                name: shown(name),
                given: shown(given),
                computed,
            })
        }
    }
}

/// Signs the heads of the trees. Made from a seed that the vault keeps.
pub struct Signer {
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The signer of a 32-byte Ed25519 seed (RFC 8032 section 5.1.5).
    pub fn from_seed(seed: &Secret<[u8; 32]>) -> Result<Self, KeyError> {
        let pair =
            Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| KeyError::Seed)?;
        Ok(Self { pair })
    }

    /// The public key under a log's name.
    pub fn public_key(&self, name: &str) -> Result<PublicKey, KeyError> {
        let key = self
            .pair
            .public_key()
            .as_ref()
            .try_into()
            .map_err(|_| KeyError::Seed)?;
        PublicKey::new(name, key)
    }

    pub(crate) fn sign(&self, text: &str) -> Vec<u8> {
        self.pair.sign(text.as_bytes()).as_ref().to_vec()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(..)")
    }
}

/// Key names are not empty and have no space, plus or control character.
pub(crate) fn check_name(name: &str) -> Result<(), KeyError> {
    let refused = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '+';
    if (1..=255).contains(&name.len()) && !name.contains(refused) {
        Ok(())
    } else {
        Err(KeyError::Name(shown(name)))
    }
}

/// The beginning of a text for an error message.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From <https://github.com/golang/mod/blob/02c991387e35f9e4c0a9b7ce137717055f8d716d/sumdb/note/note_test.go>.
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn a_published_key_is_read_and_written_back() {
        let key: PublicKey = PETER.parse().unwrap();
        assert_eq!(
            (key.name(), key.id()),
            ("PeterNeumann", [0xc7, 0x4f, 0x20, 0xa3])
        );
        assert_eq!(key.to_string(), PETER);
    }

    #[test]
    fn no_mangled_key_is_accepted() {
        for start in 0..PETER.len() {
            for end in start + 1..=PETER.len() {
                let part = PETER.get(start..end).unwrap();
                assert_eq!(part.parse::<PublicKey>().is_ok(), part == PETER, "{part}");
            }
        }
        for at in 0..PETER.len() {
            let mut bytes = PETER.as_bytes().to_vec();
            bytes[at] += 1;
            assert!(
                String::from_utf8(bytes)
                    .unwrap()
                    .parse::<PublicKey>()
                    .is_err(),
                "{at}"
            );
        }
        // Of a wrong length, and of an unknown type, each with the hash that fits; same source.
        for bad in [
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ] {
            assert!(bad.parse::<PublicKey>().is_err(), "{bad}");
        }
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{7}b"] {
            assert!(PublicKey::new(name, [0; 32]).is_err(), "{name:?}");
        }
    }
}
