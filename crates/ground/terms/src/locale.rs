//! Language tags of interface texts (BCP 47, the `language[-REGION]` subset).

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language with an optional region, such as `en` or `de-AT`, in canonical case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a language tag: expected a two- or three-letter language and an optional region, such as `en` or `de-AT`"
)]
pub struct LocaleError(String);

impl Locale {
    /// The language subtag, lower case.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl FromStr for Locale {
    type Err = LocaleError;
    fn from_str(tag: &str) -> Result<Self, LocaleError> {
        let refuse = || LocaleError(tag.chars().take(16).collect());
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let region = parts.next();
        let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(2..=3).contains(&language.len()) || !letters(language) || parts.next().is_some() {
            return Err(refuse());
        }
        let language = language.to_ascii_lowercase();
        match region {
            None => Ok(Self(language)),
            Some(region) if region.len() == 2 && letters(region) => {
                Ok(Self(format!("{language}-{}", region.to_ascii_uppercase())))
            }
            Some(_) => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Locale {
    type Error = LocaleError;
    fn try_from(tag: String) -> Result<Self, LocaleError> {
        tag.parse()
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_case_and_refusals() {
        assert_eq!("DE-at".parse::<Locale>().unwrap().as_str(), "de-AT");
        assert_eq!("en".parse::<Locale>().unwrap().language(), "en");
        for bad in ["", "e", "engl", "en-", "en-USA", "en-US-x", "e1"] {
            assert!(bad.parse::<Locale>().is_err(), "{bad}");
        }
    }
}
