//! Reading JSON of an expected shape: an error names the field and what is allowed, never a value.

use core::fmt;

use serde::{Deserialize, Deserializer};
use serde_path_to_error::{Path, Segment};

/// Why JSON does not have the expected shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misshapen {
    /// Of the line it was noticed in, from 1; 0 where it is not known.
    pub column: usize,
    /// Such as `changes[0].line`; may be empty.
    path: String,
    reason: String,
}

impl fmt::Display for Misshapen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

impl core::error::Error for Misshapen {}

impl From<serde_json::Error> for Misshapen {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Self {
            column: error.column(),
            path: String::new(),
            reason: terms::without_value(text.strip_suffix(&place).unwrap_or(&text)),
        }
    }
}

/// Reads one value.
pub fn read_shape<'de, T, D>(from: D) -> Result<T, Misshapen>
where
    T: Deserialize<'de>,
    D: Deserializer<'de, Error = serde_json::Error>,
{
    serde_path_to_error::deserialize(from).map_err(|error| {
        let path = named(error.path());
        Misshapen {
            path,
            ..error.into_inner().into()
        }
    })
}

/// `changes[0].line`. Keys that are no names of ours are left out: they may be anything.
fn named(path: &Path) -> String {
    const MOST: usize = 64;
    let ours = |key: &str| {
        let mut letters = key.bytes();
        key.len() <= MOST && letters.all(|letter| letter.is_ascii_lowercase() || letter == b'_')
    };
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                text.push_str(&format!("[{index}]"));
                continue;
            }
            _ if !text.is_empty() => text.push('.'),
            _ => {}
        }
        match segment {
            Segment::Map { key } | Segment::Enum { variant: key } if ours(key) => {
                text.push_str(key);
            }
            _ => text.push('?'),
        }
    }
    text
}
