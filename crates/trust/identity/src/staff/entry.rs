//! How staff come in: by a passkey, and the first time by a one-time link that is good for making one.
//!
//! A session that a link opened may set up a factor and nothing else; no setting changes that (ASVS 6.3.3).

use core::time::Duration;

use factors::webauthn::{AssertionResponse, Challenge, RegistrationResponse};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    factors::CeremonyPurpose,
    keys::Owner,
    people::StaffRow,
    places::StaffSessionDevice,
    sessions::{ProvedBy, StaffSessionRow},
};
use terms::{CeremonyId, PasskeyId, RetentionClass, SessionId, ShopId};
use vault::Row;

use super::SignedInStaff;
use crate::{
    Identity, IdentityError, Permit, SessionToken,
    actions::{Action, OwnFactors, SetUpFactor},
    effects::{LinkOpened, PasskeyAdded, PasskeyRemoved, SignedIn},
    entering::Which,
    passkeys::{Ceremony, Outcome, OwnPasskey, Refusal},
    sessions::FRESH,
    whence::{Familiar, Whence},
};

/// A session that only sets up a factor ends after this.
pub(crate) const SETTING_UP: Duration = Duration::from_secs(30 * 60);

/// A passkey was made.
#[derive(Debug)]
pub struct Enrolled {
    pub passkey: PasskeyId,
    /// The session that takes the place of the link's; `None` where she was signed in already.
    pub session: Option<SignedInStaff>,
}

impl Identity {
    /// Asks the browser for a new passkey.
    pub async fn begin_staff_enrolment(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<SetUpFactor>,
    ) -> Result<Ceremony, IdentityError> {
        self.demand_fresh(tx, permit).await?;
        let (shop, staff) = (permit.shop(), permit.staff());
        let challenge = Challenge::fresh(&*self.rng);
        let name = self.staff_name(tx, shop, staff).await?.unwrap_or_default();
        let owner = Owner::Staff(staff);
        let options = self
            .creation_options(tx, shop, owner, &name, &challenge)
            .await?;
        let (purpose, session) = (CeremonyPurpose::StaffEnrolment, Some(permit.session()));
        self.begin_ceremony(tx, shop, purpose, session, &challenge, options)
            .await
    }

    /// Keeps the new passkey. A session that a link had opened ends, and another takes its place.
    ///
    /// The caller commits in every case: a ceremony is spent by its first answer.
    pub async fn finish_staff_enrolment(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<SetUpFactor>,
        ceremony: CeremonyId,
        response: &RegistrationResponse,
        name: &str,
        whence: &Whence,
    ) -> Result<Outcome<Enrolled>, IdentityError> {
        let row = self.demand_fresh(tx, permit).await?;
        let (shop, staff) = (permit.shop(), permit.staff());
        let owner = Owner::Staff(staff);
        let (purpose, session) = (CeremonyPurpose::StaffEnrolment, Some(permit.session()));
        let challenge = self
            .spend_ceremony(tx, shop, ceremony, purpose, session)
            .await?;
        let Some(challenge) = challenge else {
            return Ok(Outcome::Refused(Refusal::Spent));
        };
        let kept = self
            .keep_passkey(tx, shop, owner, &challenge, response, name)
            .await?;
        let passkey = match kept {
            Outcome::Accepted(passkey) => passkey,
            Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        self.recorder
            .note(
                tx,
                shop,
                Actor::Staff(staff),
                None,
                PasskeyAdded {
                    passkey,
                    by: row.proved_by,
                },
            )
            .await?;
        let session = match row.proved_by {
            ProvedBy::Link => {
                self.end_staff_session_of(tx, &row).await?;
                let member = self.working(tx, shop, staff).await?;
                let opened = self
                    .open_staff_session(tx, &member, ProvedBy::Passkey, whence)
                    .await?;
                Some(opened)
            }
            _ => None,
        };
        Ok(Outcome::Accepted(Enrolled { passkey, session }))
    }

    /// Asks the browser for any passkey it has for this house: nobody says who she is.
    pub async fn begin_staff_sign_in(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
    ) -> Result<Ceremony, IdentityError> {
        let challenge = Challenge::fresh(&*self.rng);
        let purpose = CeremonyPurpose::StaffSignIn;
        let options = self.request_options(&challenge, &[])?;
        self.begin_ceremony(tx, shop, purpose, None, &challenge, options)
            .await
    }

    /// Signs in by a passkey. `held` is the token of the session that the browser has already: signing in again
    /// takes its place, and is for its owner alone. The caller commits in every case.
    pub async fn finish_staff_sign_in(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        held: Option<&SessionToken>,
        whence: &Whence,
    ) -> Result<Outcome<SignedInStaff>, IdentityError> {
        let held = match held {
            Some(token) => tx.staff_session_by_token(&token.hash().0).await?,
            None => None,
        };
        let held = held.filter(|row| self.staff_session_is_open(row));
        let outcome = self
            .try_staff_sign_in(tx, shop, ceremony, response, held, whence)
            .await?;
        self.judge_sign_in(tx, shop, "staff", outcome).await
    }

    async fn try_staff_sign_in(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        held: Option<StaffSessionRow>,
        whence: &Whence,
    ) -> Result<Outcome<SignedInStaff>, IdentityError> {
        let purpose = CeremonyPurpose::StaffSignIn;
        let challenge = self
            .spend_ceremony(tx, shop, ceremony, purpose, None)
            .await?;
        let Some(challenge) = challenge else {
            return Ok(Outcome::Refused(Refusal::Spent));
        };
        // Nobody said who she is: the passkey must (WebAuthn section 7.2, step 6).
        if let Err(error) = response.discovered() {
            return Ok(Outcome::Refused(error.into()));
        }
        let answered = match self.check_assertion(tx, shop, &challenge, response).await? {
            Outcome::Accepted(answered) => answered,
            Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let Owner::Staff(staff) = answered.owner else {
            return Ok(Outcome::Refused(Refusal::NotHere));
        };
        let member = match self.working(tx, answered.shop, staff).await {
            Err(IdentityError::NeedsSession) => return Ok(Outcome::Refused(Refusal::NotHere)),
            member => member?,
        };
        if let Some(held) = held {
            if (held.shop, held.staff) != (member.shop, member.id) {
                return Ok(Outcome::Refused(Refusal::NotHere));
            }
            self.end_staff_session_of(tx, &held).await?;
        }
        let opened = self
            .open_staff_session(tx, &member, ProvedBy::Passkey, whence)
            .await?;
        Ok(Outcome::Accepted(opened))
    }

    /// One's own passkeys.
    pub async fn staff_passkeys(
        &self,
        read: &mut dyn Snapshot,
        permit: &Permit<OwnFactors>,
    ) -> Result<Vec<OwnPasskey>, IdentityError> {
        let owner = Owner::Staff(permit.staff());
        self.passkeys_of(read, permit.shop(), owner).await
    }

    /// Gives one's own passkey another name; `false` when one has none of this id.
    pub async fn name_staff_passkey(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<OwnFactors>,
        passkey: PasskeyId,
        name: &str,
    ) -> Result<bool, IdentityError> {
        let owner = Owner::Staff(permit.staff());
        self.name_passkey(tx, permit.shop(), owner, passkey, name)
            .await
    }

    /// Removes one's own passkey; `false` when one has none of this id. The last one stays: without it
    /// nobody gets in again.
    pub async fn remove_staff_passkey(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<OwnFactors>,
        passkey: PasskeyId,
    ) -> Result<bool, IdentityError> {
        self.demand_fresh(tx, permit).await?;
        let (shop, staff) = (permit.shop(), permit.staff());
        let owner = Owner::Staff(staff);
        let known = tx.passkeys_of(shop, owner).await?;
        if !known.iter().any(|row| row.id == passkey) {
            return Ok(false);
        }
        if known.len() == 1 {
            return Err(IdentityError::LastFactor);
        }
        let effect = PasskeyRemoved { passkey };
        self.recorder
            .note(tx, shop, Actor::Staff(staff), None, effect)
            .await?;
        // Whoever was signed in by it is out: which session that is nobody can say.
        self.end_sessions_of_staff(tx, shop, staff, permit.session(), Which::AllOthers)
            .await?;
        Ok(tx.delete_passkey(shop, owner, passkey).await?)
    }

    /// Who works here; refuses like an ended session who does not.
    async fn working(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: terms::StaffId,
    ) -> Result<StaffRow, IdentityError> {
        let row = tx.staff(shop, staff).await?;
        row.filter(|row| row.disabled_at.is_none())
            .ok_or(IdentityError::NeedsSession)
    }

    /// Opens a session of staff.
    pub(crate) async fn open_staff_session(
        &self,
        tx: &mut dyn Transaction,
        staff: &StaffRow,
        by: ProvedBy,
        whence: &Whence,
    ) -> Result<SignedInStaff, IdentityError> {
        let (shop, now) = (staff.shop, self.clock.now());
        let id = SessionId::ordered(&*self.clock, &*self.rng);
        let owner = Owner::Staff(staff.id);
        let familiar = self.see_whence(tx, shop, owner, whence).await?;
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Account)
            .await?;
        let device = serde_json::to_vec(whence).map_err(|_| IdentityError::Unreadable("device"))?;
        let identity = [id.as_bytes().as_slice()];
        let row = Row::new(shop, &identity);
        let token = SessionToken::fresh(&*self.rng);
        let lasts = match by {
            ProvedBy::Link => SETTING_UP.min(self.timeouts.staff),
            _ => self.timeouts.staff,
        };
        let row = StaffSessionRow {
            shop,
            id,
            token_hash: token.hash().0,
            staff: staff.id,
            proved_by: by,
            device: Some(key.seal::<StaffSessionDevice>(&*self.rng, row, &device)?),
            created_at: now,
            seen_at: now,
            expires_at: now.after(lasts),
            ended_at: None,
        };
        tx.insert_staff_session(&row).await?;
        let actor = Actor::Staff(staff.id);
        match by {
            // Nobody is signed in by a link: it is good for setting up a factor.
            ProvedBy::Link => {
                let effect = LinkOpened { session: id };
                self.recorder.note(tx, shop, actor, None, effect).await?;
            }
            _ => {
                let odd = familiar == Familiar::Odd;
                let session = id;
                let effect = SignedIn { session, by, odd };
                self.recorder.note(tx, shop, actor, None, effect).await?;
            }
        }
        Ok(SignedInStaff {
            shop,
            staff: staff.id,
            role: staff.role.clone(),
            by,
            token,
            expires_at: row.expires_at,
        })
    }

    pub(crate) async fn end_staff_session_of(
        &self,
        tx: &mut dyn Transaction,
        row: &StaffSessionRow,
    ) -> Result<(), IdentityError> {
        tx.announce(store::Pulse::Session {
            shop: row.shop,
            session: row.id,
        });
        Ok(tx
            .end_staff_session(row.shop, row.id, self.clock.now())
            .await?)
    }

    /// The session at hand, when it was opened a moment ago.
    ///
    /// INVARIANT: of two that change the factors of one person at once, the second waits here and sees what the
    /// first has done: her row is locked first.
    async fn demand_fresh<A: Action>(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<A>,
    ) -> Result<StaffSessionRow, IdentityError> {
        let shop = permit.shop();
        tx.lock_owner(shop, Owner::Staff(permit.staff())).await?;
        let row = tx.staff_session(shop, permit.session()).await?;
        let row = row
            .filter(|row| self.staff_session_is_open(row))
            .ok_or(IdentityError::NeedsSession)?;
        let fresh = row.created_at.after(FRESH) > self.clock.now();
        // A link's session lives for setting up a factor, and may take its time.
        if !fresh && row.proved_by != ProvedBy::Link {
            return Err(IdentityError::NeedsFreshSignIn {
                minutes: FRESH.as_secs() / 60,
            });
        }
        Ok(row)
    }
}
