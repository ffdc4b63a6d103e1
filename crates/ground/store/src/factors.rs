//! What people prove themselves with: passkeys, the ceremonies in which they are made and used, and the
//! mandates that confirmed proposals.

use async_trait::async_trait;
use terms::{CeremonyId, MandateId, PasskeyId, Sealed, SessionId, ShopId, ShopperId, Timestamp};

use crate::{
    Result,
    keys::Owner,
    places::{MandateBody, PasskeyBody},
};

/// A passkey of a shopper or of a member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    pub shop: ShopId,
    pub id: PasskeyId,
    /// [`Owner::Shopper`] or [`Owner::Staff`].
    pub owner: Owner,
    /// SHA-256 of the credential's id. Unique everywhere.
    pub credential: [u8; 32],
    pub body: Sealed<PasskeyBody>,
    /// The authenticator's counter at the last use; 0 where it has none.
    pub sign_count: i64,
    /// Whether the passkey is kept by more than one device.
    pub backed_up: bool,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// What a challenge was handed out for. It is good for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CeremonyPurpose {
    ShopperEnrolment,
    ShopperSignIn,
    /// Confirms the proposal whose hash is the challenge.
    StepUp,
    StaffEnrolment,
    StaffSignIn,
}

impl CeremonyPurpose {
    pub const ALL: [Self; 5] = [
        Self::ShopperEnrolment,
        Self::ShopperSignIn,
        Self::StepUp,
        Self::StaffEnrolment,
        Self::StaffSignIn,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ShopperEnrolment => "shopper_enrolment",
            Self::ShopperSignIn => "shopper_sign_in",
            Self::StepUp => "step_up",
            Self::StaffEnrolment => "staff_enrolment",
            Self::StaffSignIn => "staff_sign_in",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
    }
}

/// A challenge that was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CeremonyRow {
    pub shop: ShopId,
    pub id: CeremonyId,
    pub purpose: CeremonyPurpose,
    /// The session that asked; only it may answer. `None` where nobody is signed in yet.
    pub session: Option<SessionId>,
    pub challenge: [u8; 32],
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// From where somebody signed in before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DevicesSeen {
    pub count: i64,
    /// When the one that was asked about was seen last.
    pub this_one: Option<Timestamp>,
}

/// The signed assertion by which a shopper confirmed a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRow {
    pub shop: ShopId,
    pub id: MandateId,
    pub owner: ShopperId,
    /// The proposal's hash, which was the challenge.
    pub binding: [u8; 32],
    pub body: Sealed<MandateBody>,
    pub created_at: Timestamp,
}

#[async_trait]
pub trait ReadFactors: Send {
    /// The passkey with this credential, whoever owns it.
    async fn passkey_by_credential(&mut self, credential: &[u8; 32]) -> Result<Option<PasskeyRow>>;
    /// All passkeys of the owner, oldest first.
    async fn passkeys_of(&mut self, shop: ShopId, owner: Owner) -> Result<Vec<PasskeyRow>>;
    async fn ceremony(&mut self, shop: ShopId, id: CeremonyId) -> Result<Option<CeremonyRow>>;
    /// From how many devices and networks the owner signed in, and when last from the one of this mark.
    async fn devices_seen(
        &mut self,
        shop: ShopId,
        owner: Owner,
        mark: &[u8; 32],
    ) -> Result<DevicesSeen>;
    /// What confirmed the proposal with this hash, oldest first.
    async fn mandates_of_binding(
        &mut self,
        shop: ShopId,
        binding: &[u8; 32],
    ) -> Result<Vec<MandateRow>>;
}

#[async_trait]
pub trait WriteFactors: ReadFactors {
    /// Keeps everybody else from changing what this owner signs in with until the transaction ends; whoever comes
    /// second waits, and then reads what the first has done. [`Owner::Shopper`] or [`Owner::Staff`].
    async fn lock_owner(&mut self, shop: ShopId, owner: Owner) -> Result<()>;
    /// Inserts a passkey unless its credential is known by now; `false` then.
    async fn insert_passkey(&mut self, row: &PasskeyRow) -> Result<bool>;
    /// Writes counter, backup state and time of a use. INVARIANT: the counter never goes back: the update
    /// finds its row only where the stored counter is `was`; `false` when it is not, because another use of
    /// the same passkey came in between.
    async fn use_passkey(
        &mut self,
        shop: ShopId,
        id: PasskeyId,
        was: i64,
        now: i64,
        backed_up: bool,
        at: Timestamp,
    ) -> Result<bool>;
    /// Writes the sealed body anew: a new name.
    async fn rewrite_passkey(
        &mut self,
        shop: ShopId,
        id: PasskeyId,
        body: &Sealed<PasskeyBody>,
    ) -> Result<()>;
    /// Removes one passkey of this owner; `false` when she has none of this id.
    async fn delete_passkey(&mut self, shop: ShopId, owner: Owner, id: PasskeyId) -> Result<bool>;

    async fn insert_ceremony(&mut self, row: &CeremonyRow) -> Result<()>;
    /// Marks an unused ceremony as used; `false` if it was used by now. At most one caller ever gets
    /// `true`.
    async fn use_ceremony(&mut self, shop: ShopId, id: CeremonyId, at: Timestamp) -> Result<bool>;
    /// Deletes ceremonies that expired before `before`; returns how many.
    async fn sweep_ceremonies(&mut self, before: Timestamp) -> Result<u64>;

    /// Notes that the owner signed in from a device and network, named by a keyed hash.
    async fn see_device(
        &mut self,
        shop: ShopId,
        owner: Owner,
        mark: &[u8; 32],
        at: Timestamp,
    ) -> Result<()>;
    /// Deletes devices that were last seen before `before`; returns how many.
    async fn sweep_devices(&mut self, before: Timestamp) -> Result<u64>;

    async fn insert_mandate(&mut self, row: &MandateRow) -> Result<()>;
}
