//! How a case ends.

use core::fmt;

use crate::{Result, StoreError};

/// What a case expected, and what happened instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

/// How a case ended.
pub type Verdict<T = ()> = core::result::Result<T, Failure>;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(format!("an error where none was expected: {error}"))
    }
}

pub(super) fn fail<T>(text: impl Into<String>) -> Verdict<T> {
    Err(Failure(text.into()))
}

/// Fails with the text unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($text:tt)+) => {
        if !$condition {
            return $crate::contract::verdict::fail(format!($($text)+));
        }
    };
}
pub(super) use ensure;

pub(super) fn same<T: PartialEq + fmt::Debug>(what: &str, found: T, expected: T) -> Verdict {
    ensure!(
        found == expected,
        "{what}: found {found:?}, expected {expected:?}"
    );
    Ok(())
}

pub(super) fn conflict<T: fmt::Debug>(table: &str, answer: Result<T>) -> Verdict {
    match answer {
        Err(StoreError::Conflict { table: named }) if named == table => Ok(()),
        other => fail(format!("found {other:?}, expected a conflict in `{table}`")),
    }
}

pub(super) fn missing<T: fmt::Debug>(table: &str, answer: Result<T>) -> Verdict {
    match answer {
        Err(StoreError::Missing { table: named }) if named == table => Ok(()),
        other => fail(format!(
            "found {other:?}, expected a missing row of `{table}`"
        )),
    }
}
