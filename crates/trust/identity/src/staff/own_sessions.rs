//! From where a member of staff is signed in, and ending it.

use ledger::Actor;
use store::{Snapshot, Transaction};
use terms::{SessionId, ShopId, StaffId};

use crate::{
    Identity, IdentityError, Permit,
    actions::OwnSessions,
    effects::SignedOut,
    entering::{OwnSession, Which},
};

impl Identity {
    /// From where one is signed in, the newest first.
    pub async fn staff_sessions(
        &self,
        read: &mut dyn Snapshot,
        permit: &Permit<OwnSessions>,
    ) -> Result<Vec<OwnSession>, IdentityError> {
        let shop = permit.shop();
        let mut own = Vec::new();
        for row in read.staff_sessions_of(shop, permit.staff()).await? {
            if !self.staff_session_is_open(&row) {
                continue;
            }
            let device = row.device.as_ref();
            let whence = self.whence_of(read, shop, row.id, device).await?;
            own.push(OwnSession {
                id: row.id,
                this_one: row.id == permit.session(),
                by: Some(row.proved_by),
                whence,
                created_at: row.created_at,
                seen_at: row.seen_at,
            });
        }
        Ok(own)
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

    /// Ends every open session of a member of staff, because of what `by` did.
    pub(crate) async fn end_all_sessions_of(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
        by: Actor,
    ) -> Result<(), IdentityError> {
        for row in tx.staff_sessions_of(shop, staff).await? {
            if self.staff_session_is_open(&row) {
                let effect = SignedOut { session: row.id };
                self.recorder.note(tx, shop, by, None, effect).await?;
                self.end_staff_session_of(tx, &row).await?;
            }
        }
        Ok(())
    }
}
