//! What was decided, and why.

use core::fmt;
use std::sync::Arc;

use crate::RoleName;

/// One rule that decided, and what it says in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    rule: Arc<str>,
    words: Arc<str>,
}

impl Reason {
    pub(crate) fn new(rule: impl Into<Arc<str>>, words: impl Into<Arc<str>>) -> Self {
        Self {
            rule: rule.into(),
            words: words.into(),
        }
    }

    /// The rule's id, as in `policies/`; stable, for logs and the ledger.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// What it says, in plain words: a sentence without its full stop.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// The answer to a question. Shown as a sentence it says why, and of a refusal what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Decision {
    /// These rules permit it, and none forbids it.
    Allowed { because: Vec<Reason> },
    /// Rules forbid it, or none permits it.
    Denied {
        because: Vec<Reason>,
        /// The roles with which the same person might do the same; empty where no role helps.
        allowed_for: Vec<RoleName>,
    },
}

impl Decision {
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }

    #[must_use]
    pub fn because(&self) -> &[Reason] {
        match self {
            Self::Allowed { because } | Self::Denied { because, .. } => because,
        }
    }

    /// The roles that might, where this one may not.
    #[must_use]
    pub fn allowed_for(&self) -> &[RoleName] {
        match self {
            Self::Allowed { .. } => &[],
            Self::Denied { allowed_for, .. } => allowed_for,
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, reason) in self.because().iter().enumerate() {
            let before = if position == 0 { "" } else { "; " };
            write!(f, "{before}{}", reason.words)?;
        }
        for (position, role) in self.allowed_for().iter().enumerate() {
            let before = if position == 0 {
                "; the roles that may: "
            } else {
                ", "
            };
            write!(f, "{before}`{role}`")?;
        }
        Ok(())
    }
}
