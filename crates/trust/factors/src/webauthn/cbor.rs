//! Strict CBOR (RFC 8949): the form that CTAP2 calls canonical, but for the order of a map's keys.
//!
//! Each value has one spelling: lengths are definite and integers as short as they go, no key stands
//! twice, and nothing follows. Tags, floating-point numbers, `undefined` and simple values occur
//! nowhere in what authenticators send, and are refused.

use std::collections::BTreeSet;

use thiserror::Error;

/// So deep may arrays and maps be nested.
const DEEPEST: usize = 8;

/// Why bytes are not the CBOR that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CborError {
    #[error("the value is cut off")]
    Cut,
    #[error("bytes follow the value")]
    Trailing,
    #[error("a length or a number is not written as short as it can be")]
    NotShortest,
    #[error("a length is indefinite")]
    Indefinite,
    #[error("a number is greater than 64 bits with a sign can hold")]
    Large,
    #[error("a text is not UTF-8")]
    NotUtf8,
    #[error("a map has the same key twice")]
    KeyTwice,
    #[error("arrays and maps are nested deeper than {DEEPEST}")]
    TooDeep,
    #[error(
        "a tag, a floating-point number or a simple value other than `true`, `false` and `null`"
    )]
    Kind,
}

/// A value, borrowing from where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Integer(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Vec<Self>),
    Map(Vec<(Self, Self)>),
    Bool(bool),
    Null,
}

impl<'a> Value<'a> {
    pub(super) fn into_map(self) -> Option<Vec<(Self, Self)>> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(super) const fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) const fn as_bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) const fn as_text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The one value that these bytes are.
pub(super) fn whole(bytes: &[u8]) -> Result<Value<'_>, CborError> {
    match first(bytes)? {
        (value, []) => Ok(value),
        _ => Err(CborError::Trailing),
    }
}

/// The value that these bytes begin with, and what is behind it.
pub(super) fn first(bytes: &[u8]) -> Result<(Value<'_>, &[u8]), CborError> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(DEEPEST)?;
    Ok((value, reader.rest))
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, deeper: usize) -> Result<Value<'a>, CborError> {
        let [initial, rest @ ..] = self.rest else {
            return Err(CborError::Cut);
        };
        self.rest = rest;
        // The upper three bits are the kind, the lower five what is said about its size.
        let (kind, said) = (initial >> 5, initial & 0x1f);
        match kind {
            0 => Ok(Value::Integer(self.integer(said)?)),
            // What stands there is -1 - n, which is every bit turned over.
            1 => Ok(Value::Integer(!self.integer(said)?)),
            2 => Ok(Value::Bytes(self.bytes(said)?)),
            3 => {
                let text = core::str::from_utf8(self.bytes(said)?);
                Ok(Value::Text(text.map_err(|_| CborError::NotUtf8)?))
            }
            4 => {
                let count = self.argument(said)?;
                let deeper = deeper.checked_sub(1).ok_or(CborError::TooDeep)?;
                // Memory is taken as elements are read, never by what a length claims.
                let mut elements = Vec::new();
                for _ in 0..count {
                    elements.push(self.value(deeper)?);
                }
                Ok(Value::Array(elements))
            }
            5 => {
                let count = self.argument(said)?;
                let deeper = deeper.checked_sub(1).ok_or(CborError::TooDeep)?;
                Ok(Value::Map(self.entries(count, deeper)?))
            }
            _ => match initial {
                0xf4 => Ok(Value::Bool(false)),
                0xf5 => Ok(Value::Bool(true)),
                0xf6 => Ok(Value::Null),
                0xff => Err(CborError::Indefinite),
                _ => Err(CborError::Kind),
            },
        }
    }

    fn entries(
        &mut self,
        count: u64,
        deeper: usize,
    ) -> Result<Vec<(Value<'a>, Value<'a>)>, CborError> {
        let mut entries = Vec::new();
        // A value has one spelling, so equal keys are equal bytes.
        let mut keys = BTreeSet::new();
        for _ in 0..count {
            let before = self.rest;
            let key = self.value(deeper)?;
            let length = before.len().saturating_sub(self.rest.len());
            if !keys.insert(before.get(..length).unwrap_or_default()) {
                return Err(CborError::KeyTwice);
            }
            entries.push((key, self.value(deeper)?));
        }
        Ok(entries)
    }

    fn integer(&mut self, said: u8) -> Result<i64, CborError> {
        i64::try_from(self.argument(said)?).map_err(|_| CborError::Large)
    }

    fn bytes(&mut self, said: u8) -> Result<&'a [u8], CborError> {
        // A length that no memory has is more than there is.
        let length = usize::try_from(self.argument(said)?).map_err(|_| CborError::Cut)?;
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(CborError::Cut)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A number or a length, in the initial byte or in the one, two, four or eight behind it.
    fn argument(&mut self, said: u8) -> Result<u64, CborError> {
        let (width, least) = match said {
            0..=23 => return Ok(u64::from(said)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            31 => return Err(CborError::Indefinite),
            // Not in use.
            _ => return Err(CborError::Kind),
        };
        let (bytes, rest) = self.rest.split_at_checked(width).ok_or(CborError::Cut)?;
        self.rest = rest;
        let argument = bytes
            .iter()
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        if argument < least {
            return Err(CborError::NotShortest);
        }
        Ok(argument)
    }
}

#[cfg(test)]
mod tests;
