//! Bearer tokens: 256 random bits, given out once, stored as SHA-256 only.
//!
//! The plain and the hashed token are two types; storage takes the second.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use terms::{Rng, Secret};

/// Length of a token in its text form: 32 bytes in unpadded base64url (RFC 4648 section 5).
const TEXT_LENGTH: usize = 43;

/// A token as its holder has it.
pub struct SessionToken(Secret<String>);

/// A token as it is stored and looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl SessionToken {
    pub(crate) fn fresh(rng: &dyn Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill(&mut bytes);
        let bytes = Secret::new(bytes);
        Self(Secret::new(URL_SAFE_NO_PAD.encode(bytes.expose())))
    }

    /// Takes a token from a header, a cookie or a body; `None` when it does not have a token's
    /// form, so that no look-up is made for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == TEXT_LENGTH
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        fits.then(|| Self(Secret::new(text.to_owned())))
    }

    #[must_use]
    pub fn hash(&self) -> TokenHash {
        let digest = digest::digest(&digest::SHA256, self.0.expose().as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(digest.as_ref());
        TokenHash(hash)
    }

    /// The token's text, to be given to its holder and to nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl core::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SessionToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Rng for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::try_from(at % 251).unwrap();
            }
        }
    }

    #[test]
    fn a_token_survives_its_text_form() {
        let token = SessionToken::fresh(&Counting);
        let again = SessionToken::parse(token.expose()).unwrap();
        assert_eq!(token.hash(), again.hash());
        assert_eq!(format!("{token:?}"), "SessionToken(..)");
    }

    #[test]
    fn what_is_no_token_is_never_looked_up() {
        let long = "a".repeat(44);
        for text in [
            "",
            "abc",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh=",
            long.as_str(),
            "ä",
        ] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
    }
}
