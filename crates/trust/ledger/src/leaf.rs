//! The leaf: the bytes of one entry that are hashed into the tree.
//!
//! Canonical JSON (RFC 8785) of strings and integers only: names sorted, no spaces. One entry has
//! exactly one spelling, and no string in it has a character that JSON would escape.

use core::fmt::Write as _;
use std::collections::BTreeMap;

use serde_json::{Map, Value};
use store::ledger::EntryRow;
use terms::{EntryId, ShopId, Timestamp};

use crate::{
    details::{DetailValue, is_kind, is_safe_integer, is_word},
    gate::{Actor, SubjectTag},
};

/// Version of the leaf's format.
const VERSION: i64 = 1;
/// An entry in an export has a 16-bit length (C2SP tlog-tiles, "Log entries").
const MAX_BODY: usize = 65_535;

/// One entry, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    pub(crate) shop: ShopId,
    pub(crate) id: EntryId,
    pub(crate) at: Timestamp,
    pub(crate) kind: String,
    pub(crate) actor: Actor,
    pub(crate) subject: Option<SubjectTag>,
    pub(crate) details: BTreeMap<String, DetailValue>,
}

/// Why bytes are not the leaf of an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error("the time `{0}` is beyond 2^53 - 1 milliseconds")]
    Time(i64),
    #[error("the entry has {0} bytes, more than 65535")]
    TooLong(usize),
    #[error("the body is not a JSON object")]
    NotJson,
    #[error("the body has no valid `{0}`")]
    Field(&'static str),
    #[error("the body is not in canonical form (sorted names, no spaces, nothing else)")]
    NotCanonical,
}

impl Leaf {
    #[must_use]
    pub const fn shop(&self) -> ShopId {
        self.shop
    }

    #[must_use]
    pub const fn id(&self) -> EntryId {
        self.id
    }

    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    #[must_use]
    pub const fn subject(&self) -> Option<SubjectTag> {
        self.subject
    }

    /// The row of a new entry.
    pub(crate) fn into_row(self) -> Result<EntryRow, LeafError> {
        let body = self.encode()?;
        Ok(EntryRow {
            shop: self.shop,
            id: self.id,
            at: self.at,
            kind: self.kind,
            subject: self.subject.map(|tag| *tag.as_bytes()),
            body,
            position: None,
        })
    }

    /// The canonical bytes.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        if !is_safe_integer(self.at.millis()) {
            return Err(LeafError::Time(self.at.millis()));
        }
        // INVARIANT: every name and string below is a word, an id or hexadecimal digits, so that
        // nothing needs escaping and byte order is the order RFC 8785 asks for.
        let mut text = format!(
            r#"{{"actor":"{}","at":{},"details":{{"#,
            self.actor,
            self.at.millis()
        );
        for (index, (name, value)) in self.details.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = match value {
                DetailValue::Text(word) => write!(text, r#"{comma}"{name}":"{word}""#),
                DetailValue::Number(number) => write!(text, r#"{comma}"{name}":{number}"#),
            };
        }
        let _ = write!(
            text,
            r#"}},"id":"{}","kind":"{}","shop":"{}""#,
            self.id, self.kind, self.shop
        );
        if let Some(subject) = &self.subject {
            let _ = write!(text, r#","subject":"{}""#, hex(subject.as_bytes()));
        }
        let _ = write!(text, r#","version":{VERSION}}}"#);
        if text.len() > MAX_BODY {
            return Err(LeafError::TooLong(text.len()));
        }
        Ok(text.into_bytes())
    }

    /// Reads canonical bytes; refuses every other spelling.
    pub fn decode(body: &[u8]) -> Result<Self, LeafError> {
        if body.len() > MAX_BODY {
            return Err(LeafError::TooLong(body.len()));
        }
        let Ok(Value::Object(object)) = serde_json::from_slice(body) else {
            return Err(LeafError::NotJson);
        };
        if object.get("version").and_then(Value::as_i64) != Some(VERSION) {
            return Err(LeafError::Field("version"));
        }
        let leaf = Self {
            shop: text_of(&object, "shop")?
                .parse()
                .map_err(|_| LeafError::Field("shop"))?,
            id: text_of(&object, "id")?
                .parse()
                .map_err(|_| LeafError::Field("id"))?,
            at: object
                .get("at")
                .and_then(Value::as_i64)
                .map(Timestamp::from_millis)
                .ok_or(LeafError::Field("at"))?,
            kind: Some(text_of(&object, "kind")?)
                .filter(|kind| is_kind(kind))
                .map(str::to_owned)
                .ok_or(LeafError::Field("kind"))?,
            actor: actor_of(text_of(&object, "actor")?)?,
            subject: match object.get("subject") {
                None => None,
                Some(value) => Some(subject_of(value).ok_or(LeafError::Field("subject"))?),
            },
            details: details_of(object.get("details")).ok_or(LeafError::Field("details"))?,
        };
        // Duplicate and unknown names, spaces, escapes, other orders: none of them is written back.
        if leaf.encode()? == body {
            Ok(leaf)
        } else {
            Err(LeafError::NotCanonical)
        }
    }
}

fn text_of<'a>(object: &'a Map<String, Value>, name: &'static str) -> Result<&'a str, LeafError> {
    object
        .get(name)
        .and_then(Value::as_str)
        .ok_or(LeafError::Field(name))
}

fn actor_of(text: &str) -> Result<Actor, LeafError> {
    match text {
        "guest" => Ok(Actor::Guest),
        "shopper" => Ok(Actor::Shopper),
        "assistant" => Ok(Actor::Assistant),
        "system" => Ok(Actor::System),
        _ => text
            .strip_prefix("staff:")
            .and_then(|id| id.parse().ok())
            .map(Actor::Staff)
            .ok_or(LeafError::Field("actor")),
    }
}

fn subject_of(value: &Value) -> Option<SubjectTag> {
    let digits = value.as_str()?.as_bytes();
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?))
        .collect();
    Some(SubjectTag::from_keyed_hash(bytes?.try_into().ok()?))
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

fn details_of(value: Option<&Value>) -> Option<BTreeMap<String, DetailValue>> {
    value?
        .as_object()?
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::String(text) if is_word(text) => DetailValue::Text(text.clone()),
                Value::Number(number) => {
                    DetailValue::Number(number.as_i64().filter(|number| is_safe_integer(*number))?)
                }
                _ => return None,
            };
            is_word(name).then(|| (name.clone(), value))
        })
        .collect()
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            shop: "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10".parse().unwrap(),
            id: "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d11".parse().unwrap(),
            at: Timestamp::from_millis(1_795_339_800_125),
            kind: "conversation.taken_over".to_owned(),
            actor: Actor::Staff("0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d12".parse().unwrap()),
            subject: Some(SubjectTag::from_keyed_hash([0xab; 32])),
            details: [
                ("position".to_owned(), DetailValue::Number(-7)),
                ("reason".to_owned(), DetailValue::Text("asked".to_owned())),
            ]
            .into(),
        }
    }

    #[test]
    fn the_bytes_are_settled() {
        let expected = concat!(
            r#"{"actor":"staff:0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d12","at":1795339800125,"#,
            r#""details":{"position":-7,"reason":"asked"},"id":"0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d11","#,
            r#""kind":"conversation.taken_over","shop":"0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10","#,
            r#""subject":"abababababababababababababababababababababababababababababababab","version":1}"#,
        );
        assert_eq!(
            String::from_utf8(leaf().encode().unwrap()).unwrap(),
            expected
        );
        assert_eq!(Leaf::decode(expected.as_bytes()).unwrap(), leaf());
    }

    #[test]
    fn other_spellings_are_refused() {
        let body = String::from_utf8(leaf().encode().unwrap()).unwrap();
        for (from, to) in [
            (r#""at":1"#, r#""at": 1"#),
            (r#""position":-7,"#, ""),
            (r#""position":-7"#, r#""position":-7.0"#),
            (r#""asked""#, r#""asked\u0020""#),
            (r#""asked""#, r#""Ada asked""#),
            (r#""asked""#, r#""\u0061sked""#),
            (r#""asked""#, "null"),
            (r#""version":1"#, r#""version":2"#),
            (r#""version":1"#, r#""version":1,"zebra":1"#),
            (r#""abab"#, r#""ABab"#),
            (r#""abab"#, r#""ab"#),
            ("conversation.taken_over", "conversation"),
        ] {
            let other = body.replacen(from, to, 1);
            let decoded = Leaf::decode(other.as_bytes());
            assert_ne!(decoded.as_ref().ok(), Some(&leaf()), "{other}");
            if from != r#""position":-7,"# {
                assert!(decoded.is_err(), "{other}");
            }
        }
        assert_eq!(Leaf::decode(b"[]"), Err(LeafError::NotJson));
        assert_eq!(
            Leaf::decode(&[b' '; MAX_BODY + 1]),
            Err(LeafError::TooLong(MAX_BODY + 1))
        );
        assert!(Leaf::decode(format!("{body} ").as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_crash_and_whatever_decodes_is_canonical(body in any::<Vec<u8>>(), at in any::<usize>(), byte in any::<u8>()) {
            let _ = Leaf::decode(&body);
            let mut body = leaf().encode().unwrap();
            let at = at % body.len();
            body[at] = byte;
            if let Ok(decoded) = Leaf::decode(&body) {
                prop_assert_eq!(decoded.encode().unwrap(), body);
            }
        }
    }
}
