//! Sessions of shoppers and of staff, and requests for mailed codes. Tokens and codes are stored as
//! hashes only.

use async_trait::async_trait;
use terms::{CodeRequestId, Sealed, SessionId, ShopId, ShopperId, StaffId, Timestamp};

use crate::{
    Result,
    people::StaffRow,
    places::{CodeEmail, ShopperSessionDevice, StaffSessionDevice},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopperSessionRow {
    pub shop: ShopId,
    pub id: SessionId,
    /// SHA-256 of the bearer token. Unique.
    pub token_hash: [u8; 32],
    /// `None` for a guest.
    pub shopper: Option<ShopperId>,
    pub level: SessionLevel,
    /// By what it was signed in; `None` for a guest.
    pub proved_by: Option<ProvedBy>,
    /// The device and network it was opened from; not kept for guests.
    pub device: Option<Sealed<ShopperSessionDevice>>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// The absolute end, whatever happens in between.
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// The standing level of a session. A step-up is never a standing level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SessionLevel {
    Guest,
    Address,
    Session,
}

impl SessionLevel {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Address => "address",
            Self::Session => "session",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::Guest, Self::Address, Self::Session]
            .into_iter()
            .find(|level| level.as_str() == name)
    }
}

/// By what somebody proved who she is when her session was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProvedBy {
    /// A one-time link for staff: good for setting up a factor, and for nothing else.
    Link,
    /// A code mailed to an address.
    MailedCode,
    Passkey,
    /// A recovery code, or the wait that takes its place, after a mailed code: good for making a new passkey.
    Recovery,
}

impl ProvedBy {
    pub const ALL: [Self; 4] = [Self::Link, Self::MailedCode, Self::Passkey, Self::Recovery];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::MailedCode => "mailed_code",
            Self::Passkey => "passkey",
            Self::Recovery => "recovery",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSessionRow {
    pub shop: ShopId,
    pub id: SessionId,
    /// SHA-256 of the bearer token. Unique.
    pub token_hash: [u8; 32],
    pub staff: StaffId,
    pub proved_by: ProvedBy,
    pub device: Option<Sealed<StaffSessionDevice>>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRequestRow {
    pub shop: ShopId,
    pub id: CodeRequestId,
    /// The session that asked; only it may answer.
    pub session: SessionId,
    pub email_index: [u8; 32],
    pub email: Sealed<CodeEmail>,
    /// HMAC of the code, bound to this request.
    pub code_hash: [u8; 32],
    /// What the code confirms (the hash of a proposal), or `None` for a sign-in.
    pub binding: Option<[u8; 32]>,
    pub attempts: i64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[async_trait]
pub trait ReadSessions: Send {
    async fn shopper_session_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<ShopperSessionRow>>;
    async fn shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
    ) -> Result<Option<ShopperSessionRow>>;
    async fn staff_session_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<StaffSessionRow>>;
    /// The session and whose it is, in one read: every request of staff begins with it.
    async fn staff_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<(StaffSessionRow, StaffRow)>>;
    async fn staff_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
    ) -> Result<Option<StaffSessionRow>>;
    /// The shopper's sessions that were not ended, newest first; expired ones among them, until they are
    /// swept.
    async fn shopper_sessions_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<ShopperSessionRow>>;
    /// As `shopper_sessions_of`, for a member of staff.
    async fn staff_sessions_of(
        &mut self,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<Vec<StaffSessionRow>>;
    async fn code_request(
        &mut self,
        shop: ShopId,
        id: CodeRequestId,
    ) -> Result<Option<CodeRequestRow>>;
}

#[async_trait]
pub trait WriteSessions: ReadSessions {
    async fn insert_shopper_session(&mut self, row: &ShopperSessionRow) -> Result<()>;
    async fn touch_shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        seen_at: Timestamp,
    ) -> Result<()>;
    /// Ends a session; ending an ended one changes nothing.
    async fn end_shopper_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        at: Timestamp,
    ) -> Result<()>;
    async fn insert_staff_session(&mut self, row: &StaffSessionRow) -> Result<()>;
    async fn touch_staff_session(
        &mut self,
        shop: ShopId,
        id: SessionId,
        seen_at: Timestamp,
    ) -> Result<()>;
    async fn end_staff_session(&mut self, shop: ShopId, id: SessionId, at: Timestamp)
    -> Result<()>;

    async fn insert_code_request(&mut self, row: &CodeRequestRow) -> Result<()>;
    /// Counts one more attempt and returns how many there have been, this one included.
    async fn count_code_attempt(&mut self, shop: ShopId, id: CodeRequestId) -> Result<i64>;
    /// Marks an unused code as used; `false` if it was used by now.
    async fn use_code_request(
        &mut self,
        shop: ShopId,
        id: CodeRequestId,
        at: Timestamp,
    ) -> Result<bool>;

    /// Deletes sessions that expired or ended before `before` and code requests that expired before
    /// it, with the transient keys of those sessions; returns how many rows went. A session that a
    /// conversation still names keeps its row.
    async fn sweep_sessions(&mut self, before: Timestamp) -> Result<u64>;
}
