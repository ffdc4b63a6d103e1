//! From where a member of staff is signed in, and ending it: by herself, or by who may.

use ledger::Actor;
use store::{Snapshot, Transaction};
use terms::{SessionId, ShopId, StaffId};

use crate::{
    Identity, IdentityError, Permit,
    actions::{EndSessions, OwnSessions, ReadSessions},
    effects::SignedOut,
    entering::{OwnSession, Which},
    roles::about,
};

impl Identity {
    /// From where one is signed in, the newest first.
    pub async fn staff_sessions(
        &self,
        read: &mut dyn Snapshot,
        permit: &Permit<OwnSessions>,
    ) -> Result<Vec<OwnSession>, IdentityError> {
        let here = Some(permit.session());
        self.sessions_of(read, permit.shop(), permit.staff(), here)
            .await
    }

    /// From where a colleague is signed in; `None` when nobody of this id works here.
    pub async fn sessions_of_colleague(
        &self,
        read: &mut dyn Snapshot,
        permit: &Permit<ReadSessions>,
        staff: StaffId,
    ) -> Result<Option<Vec<OwnSession>>, IdentityError> {
        let shop = permit.shop();
        let Some(row) = read.staff(shop, staff).await? else {
            return Ok(None);
        };
        permit.about(&about(&row))?;
        let sessions = self.sessions_of(read, shop, staff, Some(permit.session()));
        Ok(Some(sessions.await?))
    }

    /// Signs a colleague out everywhere; says how many sessions ended, or `None` when nobody of this id works
    /// here.
    pub async fn end_sessions_of_colleague(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<EndSessions>,
        staff: StaffId,
    ) -> Result<Option<u64>, IdentityError> {
        let shop = permit.shop();
        let Some(row) = self.hold_colleague(tx, permit, staff).await? else {
            return Ok(None);
        };
        permit.about(&about(&row))?;
        let by = Actor::Staff(permit.staff());
        Ok(Some(self.end_all_sessions_of(tx, shop, staff, by).await?))
    }

    async fn sessions_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        staff: StaffId,
        here: Option<SessionId>,
    ) -> Result<Vec<OwnSession>, IdentityError> {
        let mut open = Vec::new();
        for row in read.staff_sessions_of(shop, staff).await? {
            if !self.staff_session_is_open(&row) {
                continue;
            }
            let device = row.device.as_ref();
            let whence = self.whence_of(read, shop, row.id, device).await?;
            open.push(OwnSession {
                id: row.id,
                this_one: Some(row.id) == here,
                by: Some(row.proved_by),
                whence,
                created_at: row.created_at,
                seen_at: row.seen_at,
            });
        }
        Ok(open)
    }

    /// Ends one of one's own sessions, or all but the one at hand; says how many ended.
    pub async fn end_staff_sessions(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<OwnSessions>,
        which: Which,
    ) -> Result<u64, IdentityError> {
        let (shop, staff) = (permit.shop(), permit.staff());
        self.end_sessions_of_staff(tx, shop, staff, permit.session(), which)
            .await
    }

    /// Ends open sessions of this member of staff, `here` being the one at hand; says how many ended.
    pub(super) async fn end_sessions_of_staff(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
        here: SessionId,
        which: Which,
    ) -> Result<u64, IdentityError> {
        let mut ended: u64 = 0;
        for row in tx.staff_sessions_of(shop, staff).await? {
            let meant = match which {
                Which::One(id) => row.id == id,
                Which::AllOthers => row.id != here,
            };
            if meant && self.staff_session_is_open(&row) {
                let (shop, actor) = (row.shop, Actor::Staff(row.staff));
                let effect = SignedOut { session: row.id };
                self.recorder.note(tx, shop, actor, None, effect).await?;
                self.end_staff_session_of(tx, &row).await?;
                ended = ended.saturating_add(1);
            }
        }
        Ok(ended)
    }

    /// Ends every open session of a member of staff, because of what `by` did; says how many.
    pub(crate) async fn end_all_sessions_of(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
        by: Actor,
    ) -> Result<u64, IdentityError> {
        let mut ended: u64 = 0;
        for row in tx.staff_sessions_of(shop, staff).await? {
            if self.staff_session_is_open(&row) {
                let effect = SignedOut { session: row.id };
                self.recorder.note(tx, shop, by, None, effect).await?;
                self.end_staff_session_of(tx, &row).await?;
                ended = ended.saturating_add(1);
            }
        }
        Ok(ended)
    }
}
