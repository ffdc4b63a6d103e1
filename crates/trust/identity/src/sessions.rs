//! Sessions: opened, seen, ended.
//!
//! Limits follow ASVS 7.3 and NIST SP 800-63B section 2: staff 12 h and 15 min idle, shoppers
//! 24 h and 1 h idle, guests one absolute limit.

use core::time::Duration;

use guard::gate::AccountNotice;
use ledger::Actor;
use store::{
    Pulse, Snapshot, StoreError, Transaction,
    keys::Owner,
    people::StaffRow,
    places::ShopperSessionDevice,
    sessions::{ProvedBy, SessionLevel, ShopperSessionRow, StaffSessionRow, WriteSessions},
};
use terms::{RetentionClass, SessionId, ShopId, ShopperId, StaffId, Timestamp};
use vault::Row;

use crate::{
    Identity, IdentityError, Permit, SessionToken, Shopper, Staff, Verified,
    actions::{Action, OwnSession},
    effects::{SessionEnded, ShopperSignedIn, SignedOut},
    level::{Guest, Level, Session},
    staff::entry::SETTING_UP,
    whence::{Entry, Familiar},
};

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// A guest's session, whether used or not.
    pub guest: Duration,
    pub shopper: Duration,
    pub shopper_idle: Duration,
    pub staff: Duration,
    pub staff_idle: Duration,
    /// A one-time sign-in link.
    pub sign_in_link: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        const HOUR: u64 = 3_600;
        Self {
            guest: Duration::from_secs(7 * 24 * HOUR),
            shopper: Duration::from_secs(24 * HOUR),
            shopper_idle: Duration::from_secs(HOUR),
            staff: Duration::from_secs(12 * HOUR),
            staff_idle: Duration::from_secs(15 * 60),
            sign_in_link: Duration::from_secs(HOUR),
        }
    }
}

/// How long ago somebody must have signed in to change what she signs in with (ASVS 7.5.1).
pub const FRESH: Duration = Duration::from_secs(10 * 60);

/// `seen_at` is written when it is older than this, not at every request.
const SEEN_STEP: Duration = Duration::from_secs(60);

/// A session just opened: the token is here and nowhere else.
#[derive(Debug)]
pub struct Opened {
    pub token: SessionToken,
    pub session: SessionId,
    pub level: SessionLevel,
    pub expires_at: Timestamp,
}

impl Identity {
    /// Opens an anonymous session.
    pub async fn open_guest(
        &self,
        tx: &mut dyn WriteSessions,
        shop: ShopId,
    ) -> Result<Opened, IdentityError> {
        let row = self.shopper_session_row(shop, None, SessionLevel::Guest, None);
        self.insert_opened(tx, row).await
    }

    /// Opens a session of this shopper on the word of the operator who holds the machine and its
    /// keys; nobody gets its token. No door of the network may call it.
    pub async fn danger_open_session_as_operator(
        &self,
        tx: &mut dyn WriteSessions,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<SessionId, IdentityError> {
        let row = self.shopper_session_row(shop, Some(shopper), SessionLevel::Session, None);
        Ok(self.insert_opened(tx, row).await?.session)
    }

    /// Opens a session of a shopper who proved who she is, and tells her by mail when she comes from where
    /// she did not come from for long.
    pub(crate) async fn open_shopper_session(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        level: SessionLevel,
        by: ProvedBy,
        entry: &Entry,
    ) -> Result<Opened, IdentityError> {
        let owner = Owner::Shopper(shopper);
        let familiar = self.see_whence(tx, shop, owner, &entry.whence).await?;
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Account)
            .await?;
        let (mut row, token) = self.shopper_session_row(shop, Some(shopper), level, Some(by));
        let identity = [row.id.as_bytes().as_slice()];
        let device =
            serde_json::to_vec(&entry.whence).map_err(|_| IdentityError::Unreadable("device"))?;
        let bound = Row::new(shop, &identity);
        row.device = Some(key.seal::<ShopperSessionDevice>(&*self.rng, bound, &device)?);
        let effect = ShopperSignedIn {
            session: row.id,
            by,
            odd: familiar == Familiar::Odd,
        };
        let tag = Some(key.subject_tag());
        self.recorder
            .note(tx, shop, Actor::Shopper, tag, effect)
            .await?;
        if familiar == Familiar::Odd {
            let notice = AccountNotice::NewSignIn;
            self.mail_notice(tx, shop, shopper, notice, entry).await?;
        }
        self.insert_opened(tx, (row, token)).await
    }

    fn shopper_session_row(
        &self,
        shop: ShopId,
        shopper: Option<ShopperId>,
        level: SessionLevel,
        by: Option<ProvedBy>,
    ) -> (ShopperSessionRow, SessionToken) {
        let now = self.clock.now();
        let lasts = if shopper.is_some() {
            self.timeouts.shopper
        } else {
            self.timeouts.guest
        };
        let token = SessionToken::fresh(&*self.rng);
        let row = ShopperSessionRow {
            shop,
            id: SessionId::ordered(&*self.clock, &*self.rng),
            token_hash: token.hash().0,
            shopper,
            level,
            proved_by: by,
            device: None,
            created_at: now,
            seen_at: now,
            expires_at: now.after(lasts),
            ended_at: None,
        };
        (row, token)
    }

    async fn insert_opened(
        &self,
        tx: &mut (impl WriteSessions + ?Sized),
        (row, token): (ShopperSessionRow, SessionToken),
    ) -> Result<Opened, IdentityError> {
        tx.insert_shopper_session(&row).await?;
        Ok(Opened {
            token,
            session: row.id,
            level: row.level,
            expires_at: row.expires_at,
        })
    }

    /// Whether the session must be marked as seen. Reading is a snapshot's work; the mark needs a
    /// transaction of its own, so it is made about once a minute.
    #[must_use]
    pub fn shopper_seen_is_due(&self, proof: &Verified<'_, Shopper, Guest>) -> bool {
        proof.row().seen_at.after(SEEN_STEP) <= self.clock.now()
    }

    /// Marks the session as seen.
    pub async fn see_shopper(
        &self,
        tx: &mut dyn WriteSessions,
        proof: &Verified<'_, Shopper, Guest>,
    ) -> Result<(), IdentityError> {
        Ok(tx
            .touch_shopper_session(proof.shop(), proof.session(), self.clock.now())
            .await?)
    }

    /// As [`Identity::shopper_seen_is_due`], for staff.
    #[must_use]
    pub fn staff_seen_is_due(&self, proof: &Verified<'_, Staff, Session>) -> bool {
        proof.seen_at().after(SEEN_STEP) <= self.clock.now()
    }

    /// Marks a member of staff's session as seen.
    pub async fn see_staff(
        &self,
        tx: &mut dyn WriteSessions,
        permit: &Permit<OwnSession>,
    ) -> Result<(), IdentityError> {
        Ok(tx
            .touch_staff_session(permit.shop(), permit.session(), self.clock.now())
            .await?)
    }

    /// Keeps the session open until this transaction ends: whoever wants to end it waits. Refuses
    /// when it was ended after its proof was minted. For what must never happen in an ended
    /// session, such as a code accepted twice or a conversation opened that nobody would own.
    pub async fn hold_shopper<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
    ) -> Result<(), IdentityError> {
        let (shop, session) = (proof.shop(), proof.session());
        // Written first: the write is what makes others wait, and what the read then sees is so.
        match tx
            .touch_shopper_session(shop, session, self.clock.now())
            .await
        {
            Err(StoreError::Missing { .. }) => return Err(IdentityError::NeedsSession),
            touched => touched?,
        }
        let row = tx.shopper_session(shop, session).await?;
        row.filter(|row| self.shopper_session_is_open(row))
            .map(|_| ())
            .ok_or(IdentityError::NeedsSession)
    }

    /// Ends the shopper's session. What she holds is worth nothing from the commit on.
    pub async fn end_shopper(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
    ) -> Result<(), IdentityError> {
        self.recorder
            .note(tx, proof.shop(), actor_of(proof), None, SessionEnded)
            .await?;
        tx.announce(Pulse::Session {
            shop: proof.shop(),
            session: proof.session(),
        });
        Ok(tx
            .end_shopper_session(proof.shop(), proof.session(), self.clock.now())
            .await?)
    }

    /// Signs a member of staff out.
    pub async fn end_staff(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<OwnSession>,
    ) -> Result<(), IdentityError> {
        let effect = SignedOut {
            session: permit.session(),
        };
        self.recorder
            .note(
                tx,
                permit.shop(),
                Actor::Staff(permit.staff()),
                None,
                effect,
            )
            .await?;
        tx.announce(Pulse::Session {
            shop: permit.shop(),
            session: permit.session(),
        });
        Ok(tx
            .end_staff_session(permit.shop(), permit.session(), self.clock.now())
            .await?)
    }

    /// Whether a session that was open a moment ago still is: what a long-lived stream asks.
    pub async fn shopper_is_still_here(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        session: SessionId,
    ) -> Result<bool, IdentityError> {
        let row = snapshot.shopper_session(shop, session).await?;
        Ok(row.is_some_and(|row| self.shopper_session_is_open(&row)))
    }

    /// Of an open session of somebody who works here: the session, and who she is.
    pub(crate) async fn who_is_here(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        session: SessionId,
    ) -> Result<Option<(StaffSessionRow, StaffRow)>, IdentityError> {
        let Some(row) = snapshot.staff_session(shop, session).await? else {
            return Ok(None);
        };
        let now = self.clock.now();
        let staff = snapshot.staff(shop, row.staff).await?;
        let staff = staff.filter(|staff| staff.works_here(now));
        let open = self.staff_session_is_open(&row);
        Ok(staff.filter(|_| open).map(|staff| (row, staff)))
    }

    /// Whoever acts on others, as she is at this moment: a permit is as old as the request, and a request takes as
    /// long as its sender likes.
    pub(crate) async fn hold_actor<A: Action>(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<A>,
    ) -> Result<(), IdentityError> {
        tx.lock_owner(permit.shop(), Owner::Staff(permit.staff()))
            .await?;
        let here = self.who_is_here(tx, permit.shop(), permit.session());
        match here.await? {
            Some((_, staff)) if staff.role == *permit.role() => Ok(()),
            _ => Err(IdentityError::NeedsSession),
        }
    }

    /// As [`Identity::hold_actor`], with the row of whom she acts on; `None` when nobody of this id works here.
    ///
    /// INVARIANT: both rows are held, in one order, until the transaction ends. Of two who shut each other out at
    /// once, the second is out before she has done it.
    pub(crate) async fn hold_colleague<A: Action>(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<A>,
        staff: StaffId,
    ) -> Result<Option<StaffRow>, IdentityError> {
        let shop = permit.shop();
        if staff < permit.staff() {
            self.hold_somebody(tx, shop, staff).await?;
        }
        self.hold_actor(tx, permit).await?;
        self.hold_somebody(tx, shop, staff).await
    }

    /// The row of a member of staff, which nobody else changes until the transaction ends.
    pub(crate) async fn hold_somebody(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
    ) -> Result<Option<StaffRow>, IdentityError> {
        if tx.staff(shop, staff).await?.is_none() {
            return Ok(None);
        }
        tx.lock_owner(shop, Owner::Staff(staff)).await?;
        Ok(tx.staff(shop, staff).await?)
    }

    pub(crate) fn shopper_session_is_open(&self, row: &ShopperSessionRow) -> bool {
        let now = self.clock.now();
        let idle =
            row.level > SessionLevel::Guest && row.seen_at.after(self.timeouts.shopper_idle) <= now;
        row.ended_at.is_none() && row.expires_at > now && !idle
    }

    pub(crate) fn staff_session_is_open(&self, row: &StaffSessionRow) -> bool {
        let now = self.clock.now();
        let idle = row.seen_at.after(self.timeouts.staff_idle) <= now;
        // A link's session lives for setting up a factor, also where it was opened before links were for that alone.
        let over = row.proved_by == ProvedBy::Link && row.created_at.after(SETTING_UP) <= now;
        row.ended_at.is_none() && row.expires_at > now && !idle && !over
    }
}

/// How the ledger names the holder of a shopper's session; who she is stands in the subject.
pub fn actor_of<L: Level>(proof: &Verified<'_, Shopper, L>) -> Actor {
    if proof.shopper().is_some() {
        Actor::Shopper
    } else {
        Actor::Guest
    }
}
