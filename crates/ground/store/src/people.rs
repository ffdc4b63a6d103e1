//! Shoppers, staff, and the one-time links by which staff sign in.

use async_trait::async_trait;
use terms::{RoleName, Sealed, ShopId, ShopperId, SignInLinkId, StaffId, Timestamp};

use crate::{
    Result,
    places::{ShopperEmail, StaffName},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopperRow {
    pub shop: ShopId,
    pub id: ShopperId,
    /// Blind index of the address: an HMAC under the shop's index key. Unique in the shop.
    pub email_index: [u8; 32],
    pub email: Sealed<ShopperEmail>,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    pub shop: ShopId,
    pub id: StaffId,
    pub name: Sealed<StaffName>,
    /// What she may do is decided by this role, as the shop's rules say.
    pub role: RoleName,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
    /// Until when she has access; auditors always have such a day.
    pub access_ends: Option<Timestamp>,
}

impl StaffRow {
    /// Whether she works here at this time: not shut out, and her access not over.
    #[must_use]
    pub fn works_here(&self, now: Timestamp) -> bool {
        self.disabled_at.is_none() && self.access_ends.is_none_or(|ends| ends > now)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLinkRow {
    pub shop: ShopId,
    pub id: SignInLinkId,
    pub staff: StaffId,
    /// SHA-256 of the token in the link. Unique.
    pub token_hash: [u8; 32],
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[async_trait]
pub trait ReadPeople: Send {
    async fn shopper(&mut self, shop: ShopId, id: ShopperId) -> Result<Option<ShopperRow>>;
    async fn shopper_by_email(
        &mut self,
        shop: ShopId,
        email_index: &[u8; 32],
    ) -> Result<Option<ShopperRow>>;
    async fn staff(&mut self, shop: ShopId, id: StaffId) -> Result<Option<StaffRow>>;
    /// All staff of the shop, oldest first.
    async fn staff_of(&mut self, shop: ShopId) -> Result<Vec<StaffRow>>;
    async fn sign_in_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<SignInLinkRow>>;
}

#[async_trait]
pub trait WritePeople: ReadPeople {
    /// Inserts a shopper unless the address has one by now; `false` then.
    async fn insert_shopper(&mut self, row: &ShopperRow) -> Result<bool>;
    async fn insert_staff(&mut self, row: &StaffRow) -> Result<()>;
    /// Marks somebody as working here no more; who is marked already keeps her date.
    async fn disable_staff(&mut self, shop: ShopId, id: StaffId, at: Timestamp) -> Result<()>;
    /// Gives somebody who works here another role, and says until when she has access.
    async fn change_standing(
        &mut self,
        shop: ShopId,
        id: StaffId,
        role: &RoleName,
        access_ends: Option<Timestamp>,
    ) -> Result<()>;
    /// Lets somebody in again who was shut out.
    async fn enable_staff(&mut self, shop: ShopId, id: StaffId) -> Result<()>;
    async fn insert_sign_in_link(&mut self, row: &SignInLinkRow) -> Result<()>;
    /// Marks every unused link of somebody as used.
    async fn use_sign_in_links_of(
        &mut self,
        shop: ShopId,
        staff: StaffId,
        at: Timestamp,
    ) -> Result<()>;
    /// Marks an unused link as used; `false` if it was used by now. At most one caller ever gets
    /// `true`.
    async fn use_sign_in_link(
        &mut self,
        shop: ShopId,
        id: SignInLinkId,
        at: Timestamp,
    ) -> Result<bool>;
}
