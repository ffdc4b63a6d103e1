//! Staff: added, invited by a one-time link, signed in.

pub mod entry;
mod signed_in;

use access::Resource;
use guard::gate::PersonName;
use ledger::{Actor, Recorder};
use store::{
    Snapshot, Transaction,
    keys::Owner,
    people::{SignInLinkRow, StaffRow},
    places::StaffName,
    sessions::ProvedBy,
};
use terms::{RetentionClass, RoleName, ShopId, SignInLinkId, StaffId, Timestamp};
use vault::{Row, VaultError};

use crate::{
    Identity, IdentityError, Permit, SessionToken,
    actions::{InviteStaff, ReadStaff},
    effects::{LinkMade, StaffAdded},
    roles::{Position, demand_no_longer},
    whence::Whence,
};

/// What stands for the name of somebody whose keys were destroyed.
const FORGOTTEN: &str = "(erased)";

/// A one-time sign-in link's token: here and nowhere else.
#[derive(Debug)]
pub struct Invitation {
    pub staff: StaffId,
    pub token: SessionToken,
    pub expires_at: Timestamp,
}

/// A member of staff as colleagues see her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: StaffId,
    pub name: String,
    pub role: RoleName,
    pub created_at: Timestamp,
    pub disabled: bool,
    /// Until when she has access.
    pub access_ends: Option<Timestamp>,
}

/// Who signed in.
#[derive(Debug)]
pub struct SignedInStaff {
    pub shop: ShopId,
    pub staff: StaffId,
    pub role: RoleName,
    pub by: ProvedBy,
    pub token: SessionToken,
    pub expires_at: Timestamp,
}

impl Identity {
    /// Adds a member of staff and makes her first sign-in link.
    pub async fn invite(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<InviteStaff>,
        name: &PersonName,
        position: &Position,
    ) -> Result<Invitation, IdentityError> {
        let shop = permit.shop();
        self.hold_actor(tx, permit).await?;
        permit.handing_out(&Resource::Shop(shop), &position.role)?;
        demand_no_longer(permit, position)?;
        self.add_staff(tx, shop, Actor::Staff(permit.staff()), name, position)
            .await
    }

    /// Adds a member of staff on the operator's word. Only the command line calls this: whoever
    /// can read the root key needs no permit.
    pub async fn danger_add_staff_as_operator(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        name: &PersonName,
        position: &Position,
    ) -> Result<Invitation, IdentityError> {
        self.add_staff(tx, shop, Actor::System, name, position)
            .await
    }

    /// Makes a new sign-in link for somebody who works here already, on the operator's word.
    pub async fn danger_link_as_operator(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<Invitation, IdentityError> {
        self.make_link(tx, shop, Actor::System, staff).await
    }

    /// Shuts somebody out who works here no more, on the operator's word: every session and every
    /// sign-in link of hers is worth nothing from the commit on. Disabling her again changes
    /// nothing; `false` when there is nobody of this id.
    pub async fn danger_disable_as_operator(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<bool, IdentityError> {
        let Some(row) = self.hold_somebody(tx, shop, staff).await? else {
            return Ok(false);
        };
        self.shut_out(tx, Actor::System, &row).await?;
        Ok(true)
    }

    async fn add_staff(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        by: Actor,
        name: &PersonName,
        position: &Position,
    ) -> Result<Invitation, IdentityError> {
        self.demand_role(tx, shop, position).await?;
        let Position { role, access_ends } = position.clone();
        let id = StaffId::ordered(&*self.clock, &*self.rng);
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Staff(id), RetentionClass::Account)
            .await?;
        let row = StaffRow {
            shop,
            id,
            name: key.seal::<StaffName>(
                &*self.rng,
                Row::new(shop, &[id.as_bytes()]),
                name.as_str().as_bytes(),
            )?,
            role: role.clone(),
            created_at: self.clock.now(),
            disabled_at: None,
            access_ends,
        };
        tx.insert_staff(&row).await?;
        let recorder: &Recorder = &self.recorder;
        recorder
            .note(
                tx,
                shop,
                by,
                Some(key.subject_tag()),
                StaffAdded { staff: id, role },
            )
            .await?;
        self.make_link(tx, shop, by, id).await
    }

    async fn make_link(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        by: Actor,
        staff: StaffId,
    ) -> Result<Invitation, IdentityError> {
        let now = self.clock.now();
        let token = SessionToken::fresh(&*self.rng);
        let row = SignInLinkRow {
            shop,
            id: SignInLinkId::ordered(&*self.clock, &*self.rng),
            staff,
            token_hash: token.hash().0,
            created_at: now,
            expires_at: now.after(self.timeouts.sign_in_link),
            used_at: None,
        };
        tx.insert_sign_in_link(&row).await?;
        self.recorder
            .note(tx, shop, by, None, LinkMade { staff })
            .await?;
        Ok(Invitation {
            staff,
            token,
            expires_at: row.expires_at,
        })
    }

    /// Opens the session in which a factor is set up, by a one-time link. Used, expired and unknown links
    /// are refused alike.
    pub async fn sign_in(
        &self,
        tx: &mut dyn Transaction,
        token: &SessionToken,
        whence: &Whence,
    ) -> Result<SignedInStaff, IdentityError> {
        let now = self.clock.now();
        let link = tx
            .sign_in_link(&token.hash().0)
            .await?
            .ok_or(IdentityError::LinkSpent)?;
        let staff = tx
            .staff(link.shop, link.staff)
            .await?
            .ok_or(IdentityError::LinkSpent)?;
        let spent = link.used_at.is_some() || link.expires_at <= now || staff.disabled_at.is_some();
        if spent || !tx.use_sign_in_link(link.shop, link.id, now).await? {
            return Err(IdentityError::LinkSpent);
        }
        self.open_staff_session(tx, &staff, ProvedBy::Link, whence)
            .await
    }

    /// Everyone who works for the shop.
    pub async fn colleagues(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadStaff>,
    ) -> Result<Vec<Colleague>, IdentityError> {
        self.everyone(snapshot, permit.shop()).await
    }

    /// Everyone who works for the shop, on the operator's word.
    pub async fn danger_colleagues_as_operator(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<Colleague>, IdentityError> {
        self.everyone(snapshot, shop).await
    }

    async fn everyone(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Vec<Colleague>, IdentityError> {
        let mut colleagues = Vec::new();
        for row in snapshot.staff_of(shop).await? {
            colleagues.push(self.colleague(snapshot, row).await?);
        }
        Ok(colleagues)
    }

    /// How a member of staff is called: what the shopper and colleagues see.
    pub async fn staff_name(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<Option<String>, IdentityError> {
        match snapshot.staff(shop, staff).await? {
            Some(row) => Ok(Some(self.colleague(snapshot, row).await?.name)),
            None => Ok(None),
        }
    }

    async fn colleague(
        &self,
        snapshot: &mut dyn Snapshot,
        row: StaffRow,
    ) -> Result<Colleague, IdentityError> {
        let identity = [row.id.as_bytes().as_slice()];
        let bound = Row::new(row.shop, &identity);
        let name = match self.vault.open_sealed(snapshot, bound, &row.name).await {
            Ok(name) => String::from_utf8(name.expose().clone())
                .map_err(|_| IdentityError::Unreadable("name"))?,
            Err(VaultError::Forgotten(_)) => FORGOTTEN.to_owned(),
            Err(error) => return Err(error.into()),
        };
        Ok(Colleague {
            id: row.id,
            name,
            role: row.role,
            created_at: row.created_at,
            disabled: row.disabled_at.is_some(),
            access_ends: row.access_ends,
        })
    }
}
