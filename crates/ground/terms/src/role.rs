//! The name of a role. What a role may do is decided elsewhere (`access`).

use core::{fmt, str::FromStr};
use std::borrow::Cow;

use serde::{Deserialize, Serialize, de};

/// The longest name of a role.
const NAME_MAX: usize = 40;

/// The text cannot be the name of a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` cannot be the name of a role: expected a lower-case letter, then lower-case letters, digits and underscores, {NAME_MAX} at most"
)]
pub struct RoleNameError {
    given: String,
}

/// The name of a role, built in or composed by a shop. A name is no right: one that the shop does not
/// have may do nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RoleName(Cow<'static, str>);

impl RoleName {
    pub const OWNER: Self = Self::built_in("owner");
    pub const ADMIN: Self = Self::built_in("admin");
    pub const AGENT: Self = Self::built_in("agent");

    /// The name of a role that every shop has, as `access` lists them.
    #[must_use]
    pub const fn built_in(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoleName {
    type Err = RoleNameError;

    fn from_str(text: &str) -> Result<Self, RoleNameError> {
        let begins = text.starts_with(|first: char| first.is_ascii_lowercase());
        let goes_on =
            |next: char| next.is_ascii_lowercase() || next.is_ascii_digit() || next == '_';
        if begins && text.len() <= NAME_MAX && text.chars().all(goes_on) {
            return Ok(Self(Cow::Owned(text.to_owned())));
        }
        Err(RoleNameError {
            given: text.chars().take(64).collect(),
        })
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RoleName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
