//! Who you are, proved; what you may, decided in one place.
//!
//! Sessions of guests, shoppers and staff; addresses proved by mailed codes; one-time sign-in
//! links; and the gate that turns a bearer token into a proof for one request.
//!
//! This room must never keep a token or a code in the clear, tell anybody whether an address is
//! known, or let a proof outlive its request.

mod about;
pub mod actions;
pub mod codes;
pub mod effects;
pub mod entering;
pub mod gate;
pub mod guessing;
pub mod level;
pub mod mandates;
pub mod passkeys;
pub mod recovery;
pub mod roles;
mod rules;
pub mod sessions;
pub mod staff;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
pub mod whence;

use std::sync::{Arc, Mutex};

use ledger::Recorder;
use terms::{Clock, Rng, RoleName, Timestamp};
use vault::Vault;

pub use factors::webauthn::{RelyingParty, RelyingPartyError};
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
    /// The house as browsers and authenticators know it.
    pub(crate) relying_party: Arc<RelyingParty>,
    /// The rules of shops with roles of their own, and the rows that they were made of.
    pub(crate) rules: Arc<Mutex<rules::OfShops>>,
    /// What fails in each shop.
    pub(crate) watch: Arc<guessing::Watch>,
}

impl Identity {
    #[must_use]
    pub fn new(
        vault: Arc<Vault>,
        recorder: Arc<Recorder>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        timeouts: Timeouts,
        relying_party: RelyingParty,
    ) -> Self {
        Self {
            vault,
            recorder,
            clock,
            rng,
            timeouts,
            relying_party: Arc::new(relying_party),
            rules: Arc::default(),
            watch: Arc::default(),
        }
    }

    /// With other thresholds from which on failures are guessing.
    #[must_use]
    pub fn noticing(self, thresholds: guessing::Thresholds) -> Self {
        Self {
            watch: Arc::new(guessing::Watch::with(thresholds)),
            ..self
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
    /// Somebody guesses at many addresses of the shop.
    #[error(
        "so many sign-ins fail in this shop just now that no code is mailed or taken: wait {seconds} seconds and try again, or use a passkey now"
    )]
    Held { seconds: u64 },
    /// The sign-in link was used, is too old, or never was.
    #[error("this sign-in link was used or has expired: ask an admin for a new one")]
    LinkSpent,
    /// The last factor cannot be removed.
    #[error("this is your only passkey: set up another one before you remove it")]
    LastFactor,
    /// A mailed code makes the first passkey of an account, and adds nothing from then on.
    #[error(
        "this account has a passkey, and a mailed code is not enough any more: use the passkey"
    )]
    HasPasskey,
    #[error("there is no passkey to confirm this with: set one up first")]
    NoPasskey,
    /// What one signs in with is changed only shortly after signing in.
    #[error("this needs a sign-in within the last {minutes} minutes: sign in again")]
    NeedsFreshSignIn { minutes: u64 },
    /// Recovery is for whoever cannot sign in.
    #[error("you are signed in: there is nothing to recover")]
    SignedInAlready,
    /// Too many recovery codes were tried.
    #[error("too many recovery codes were tried: wait {minutes} minutes and try again")]
    TooManyTries { minutes: u64 },
    /// The wait to get back in is not over.
    #[error("the wait is not over yet: come back when it is, with a new code by mail")]
    RecoveryWaits,
    #[error("there are {most} passkeys already: remove one you do not use any more")]
    TooManyPasskeys { most: usize },
    #[error("the shop has no role `{role}`: choose one of its roles, or compose it first")]
    NoSuchRole { role: RoleName },
    #[error("an auditor has access for a time: say until when")]
    AuditorForEver,
    #[error("the day until which there is access is over already: choose a later one")]
    AccessInThePast,
    #[error(
        "your own access ends at {ends}: nobody gives another access for longer than she has it herself"
    )]
    LongerThanOwn { ends: Timestamp },
    #[error("a shop has {most} roles of its own at most: remove one that nobody has")]
    TooManyRoles { most: usize },
    #[error("there is no such shop")]
    NoSuchShop,
    #[error(transparent)]
    Rules(#[from] access::RulesError),
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
