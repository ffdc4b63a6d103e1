//! Conversations and the people who answer them: turns kept sealed, the queue, taking over,
//! replying, handing back, notes.
//!
//! This room must never give a turn to anybody but the conversation's own shopper and to staff who
//! hold the permit, and never lets staff read without a line in the ledger. It knows no planner.

pub mod advising;
pub mod answers;
pub mod conversation;
pub mod desk;
pub mod effects;
pub mod finding;
pub mod front;
pub mod merge;
pub mod overview;
pub mod ratings;
pub mod rewriting;
pub mod saved;
pub mod shoppers;
pub mod sorting;
pub mod turns;
pub mod words;

use std::sync::Arc;

use identity::Identity;
use ledger::Recorder;
use terms::{Clock, Rng};
use vault::Vault;

pub use advising::Advised;
pub use conversation::ConversationKey;
pub use desk::{Head, Note, Transcript};
pub use ratings::Rating;
pub use rewriting::Recent;
pub use turns::{Keeping, NewTurn, Turn};

/// The room's services, shared by all requests.
#[derive(Clone)]
pub struct Inbox {
    pub(crate) vault: Arc<Vault>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) identity: Identity,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
}

impl Inbox {
    #[must_use]
    pub fn new(
        vault: Arc<Vault>,
        recorder: Arc<Recorder>,
        identity: Identity,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        Self {
            vault,
            recorder,
            identity,
            clock,
            rng,
        }
    }
}

impl core::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Inbox(..)")
    }
}

/// What this room refuses.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// There is none, or it is another's.
    #[error("there is no such conversation")]
    NoSuchConversation,
    #[error("there is no such shopper")]
    NoSuchShopper,
    /// A session has opened as many as it may.
    #[error("this session has opened as many conversations as it may: go on in one of them")]
    TooManyConversations,
    /// A key was held for another conversation: a programming error, refused.
    #[error("the key belongs to another conversation")]
    OtherKey,
    /// The message id was used for other words.
    #[error("the message id was used for another text: choose a new id")]
    OtherText,
    /// A colleague was first.
    #[error("a colleague has taken this conversation over")]
    AlreadyTaken,
    /// Only who has taken it over may answer.
    #[error("this conversation is not assigned to you: take it over first")]
    NotAssigned,
    /// A colleague is meant who does not work here, or not any more.
    #[error("nobody of this id works here: choose one of your colleagues")]
    NoSuchColleague,
    /// A tag, or a saved reply, that the shop does not have.
    #[error("the shop has no {0} of this name")]
    NoSuchName(&'static str),
    /// The shop has as many as it may.
    #[error("there are {most} {what} already, which is the most: remove one first")]
    TooManyNames { what: &'static str, most: usize },
    /// Notes stay as long as the conversation does.
    #[error(
        "this conversation has {} notes already, which is the most",
        desk::MOST_NOTES
    )]
    TooManyNotes,
    /// A name that cannot be typed or shown.
    #[error("a {what}'s name must be {allowed}")]
    BadName {
        what: &'static str,
        allowed: &'static str,
    },
    #[error(transparent)]
    Refused(#[from] guard::gate::Refused),
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
    #[error("a stored turn cannot be read: {0}")]
    Unreadable(#[from] guard::gate::Unreadable),
    #[error("`score` must be 1 to 5")]
    NoScore,
    /// There is no address that a mail could go to.
    #[error("no address is proved here: prove one first")]
    NoAddress,
    /// Somebody else was first.
    #[error("the settings were changed meanwhile: read them again")]
    FrontChanged,
    #[error(transparent)]
    Front(#[from] front::FrontError),
    #[error("the stored settings of the front cannot be read")]
    FrontUnreadable,
    #[error("a stored note is not text")]
    NoteUnreadable,
}
