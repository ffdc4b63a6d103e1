//! Base64url without padding (RFC 4648 §5), in the one spelling that each value has.

use core::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Bytes that travel as base64url; at most `MOST` of them.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Base64Url<const MOST: usize>(Vec<u8>);

impl<const MOST: usize> Base64Url<MOST> {
    /// `None` when there are too many.
    pub(crate) fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= MOST).then_some(Self(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl<const MOST: usize> fmt::Debug for Base64Url<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Url({} bytes)", self.0.len())
    }
}

impl<const MOST: usize> Serialize for Base64Url<MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encoded(&self.0))
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Base64Url<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<const MOST: usize>;
        impl<const MOST: usize> de::Visitor<'_> for Text<MOST> {
            type Value = Base64Url<MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {MOST} bytes in base64url without padding")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Base64Url<MOST>, E> {
                // Measured before it is decoded: four letters are three bytes.
                if text.len() > MOST.saturating_mul(4).div_ceil(3) {
                    return Err(E::custom(format!(
                        "too long: at most {MOST} bytes are taken"
                    )));
                }
                // INVARIANT: two texts never decode to the same bytes. The engine refuses padding,
                // letters of the other alphabet, and bits behind the last byte.
                let bytes = URL_SAFE_NO_PAD
                    .decode(text)
                    .map_err(|_| E::custom("not base64url without padding"))?;
                Base64Url::new(bytes)
                    .ok_or_else(|| E::custom(format!("too long: at most {MOST} bytes are taken")))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
