//! Who you are, proved; what you may, decided in one place.
//!
//! Sessions of guests, shoppers and staff; addresses proved by mailed codes; one-time sign-in
//! links; and the gate that turns a bearer token into a proof for one request.
//!
//! This room must never keep a token or a code in the clear, tell anybody whether an address is
//! known, or let a proof outlive its request.

pub mod actions;
pub mod codes;
pub mod effects;
pub mod gate;
pub mod level;
pub mod sessions;
pub mod staff;
mod tokens;

use std::sync::Arc;

use ledger::Recorder;
use terms::{Clock, Rng};
use vault::Vault;

pub use gate::{
    Confirmed, Denied, NeedsLevel, OtherProposal, Permit, Scope, Shopper, Staff, Verified,
};
pub use sessions::Timeouts;
pub use tokens::{SessionToken, TokenHash};

/// The room's services, shared by all requests.
#[derive(Clone)]
pub struct Identity {
    pub(crate) vault: Arc<Vault>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) timeouts: Timeouts,
}

impl Identity {
    #[must_use]
    pub fn new(
        vault: Arc<Vault>,
        recorder: Arc<Recorder>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        timeouts: Timeouts,
    ) -> Self {
        Self {
            vault,
            recorder,
            clock,
            rng,
            timeouts,
        }
    }
}

impl core::fmt::Debug for Identity {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Identity(..)")
    }
}

/// What this room refuses.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// No token, an unknown one, or one whose session ended.
    #[error("there is no session, or it has ended: open a new one")]
    NeedsSession,
    #[error(transparent)]
    NeedsLevel(#[from] NeedsLevel),
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Too many codes were asked for.
    #[error("too many codes were asked for: wait {minutes} minutes and ask again")]
    TooManyCodes { minutes: u64 },
    /// The sign-in link was used, is too old, or never was.
    #[error("this sign-in link was used or has expired: ask an admin for a new one")]
    LinkSpent,
    #[error("there is no such shop")]
    NoSuchShop,
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
    /// A stored name or address is not text.
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
}
