//! How shoppers come in: by a passkey, which is offered after the first mailed code; what they sign in with,
//! and from where they are signed in.

use factors::{
    recovery::{CODES, RecoveryCode},
    webauthn::{AssertionResponse, Challenge, RegistrationResponse},
};
use guard::gate::AccountNotice;
use ledger::Actor;
use store::{
    Pulse, Snapshot, Transaction,
    factors::CeremonyPurpose,
    keys::Owner,
    sessions::{ProvedBy, SessionLevel, ShopperSessionRow},
};
use terms::{CeremonyId, PasskeyId, RetentionClass, SessionId, ShopId, ShopperId, Timestamp};

use crate::{
    Identity, IdentityError, Shopper, Verified,
    codes::Proved,
    effects::{PasskeyAdded, PasskeyRemoved, SessionEnded},
    level::{Address, Guest, Session},
    passkeys::{Ceremony, Outcome, OwnPasskey, Refusal},
    sessions::{FRESH, Opened},
    whence::{Entry, Whence},
};

/// A passkey was made.
#[derive(Debug)]
pub struct EnrolledShopper {
    pub passkey: PasskeyId,
    /// The signed-in session that takes the place of one that a mailed code had opened; `None` where she was
    /// signed in by a passkey already.
    pub opened: Option<Opened>,
    /// Made where she had none left; to be shown now and never again.
    pub recovery_codes: Option<[RecoveryCode; CODES]>,
}

/// A session of one's own, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    pub id: SessionId,
    /// The session that asks.
    pub this_one: bool,
    pub by: Option<ProvedBy>,
    pub whence: Option<Whence>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

impl Identity {
    /// Asks the browser for a new passkey: of a shopper who proved her address a moment ago and has none yet,
    /// or who signed in a moment ago.
    pub async fn begin_enrolment(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
    ) -> Result<Ceremony, IdentityError> {
        let (shop, shopper) = self.may_enrol(tx, proof).await?;
        let address = self.address_of(tx, shop, shopper).await?;
        let address = address.ok_or(IdentityError::Unreadable("address"))?;
        let challenge = Challenge::fresh(&*self.rng);
        let owner = Owner::Shopper(shopper);
        // The name is for her own list of passkeys; it goes to her browser and nowhere else.
        let name = address.normalised();
        let options = self
            .creation_options(tx, shop, owner, &name, &challenge)
            .await?;
        let (purpose, session) = (CeremonyPurpose::ShopperEnrolment, Some(proof.session()));
        self.begin_ceremony(tx, shop, purpose, session, &challenge, options)
            .await
    }

    /// Keeps the new passkey. With the first one, and with the one after a loss, all her sessions end, and a
    /// signed-in one takes their place. Where she has no recovery codes left she gets new ones. The caller commits in every case: a ceremony is spent by its first answer.
    pub async fn finish_enrolment(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
        ceremony: CeremonyId,
        response: &RegistrationResponse,
        name: &str,
        entry: &Entry,
    ) -> Result<Outcome<EnrolledShopper>, IdentityError> {
        // Her account first, then the session: whoever ends her sessions holds the account already.
        let (shop, shopper) = self.may_enrol(tx, proof).await?;
        self.hold_shopper(tx, proof).await?;
        let owner = Owner::Shopper(shopper);
        let (purpose, session) = (CeremonyPurpose::ShopperEnrolment, Some(proof.session()));
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
        let by = proof.row().proved_by.unwrap_or(ProvedBy::MailedCode);
        self.note_of_shopper(tx, shop, shopper, PasskeyAdded { passkey, by })
            .await?;
        self.stop_waiting(tx, shop, shopper, "passkey").await?;
        let recovery_codes = match tx.recovery_codes_of(shop, owner).await?.left {
            0 => Some(self.replace_recovery_codes(tx, shop, shopper).await?),
            _ => None,
        };
        let notice = match &recovery_codes {
            Some(_) => AccountNotice::PasskeyAndCodesAdded,
            None => AccountNotice::PasskeyAdded,
        };
        self.mail_notice(tx, shop, shopper, notice, entry).await?;
        let opened = if proof.row().proved_by == Some(ProvedBy::Passkey) {
            None
        } else {
            // The first passkey, or the one after a loss: whoever came in before is out, and she is signed in by it.
            self.end_shopper_sessions_but(tx, shop, shopper, None)
                .await?;
            let (level, by) = (SessionLevel::Session, ProvedBy::Passkey);
            let opened = self.open_shopper_session(tx, shop, shopper, level, by, entry);
            Some(opened.await?)
        };
        Ok(Outcome::Accepted(EnrolledShopper {
            passkey,
            opened,
            recovery_codes,
        }))
    }

    /// Asks the browser for any passkey it has for this house: nobody says who she is.
    pub async fn begin_sign_in(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
    ) -> Result<Ceremony, IdentityError> {
        let challenge = Challenge::fresh(&*self.rng);
        let (purpose, session) = (CeremonyPurpose::ShopperSignIn, Some(proof.session()));
        let options = self.request_options(&challenge, &[])?;
        self.begin_ceremony(tx, proof.shop(), purpose, session, &challenge, options)
            .await
    }

    /// Signs in by a passkey: the session at hand ends, and a signed-in one takes its place. The caller
    /// commits in every case.
    pub async fn finish_sign_in(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        entry: &Entry,
    ) -> Result<Outcome<Proved>, IdentityError> {
        self.hold_shopper(tx, proof).await?;
        let outcome = self
            .try_sign_in(tx, proof, ceremony, response, entry)
            .await?;
        self.judge_sign_in(tx, proof.shop(), "shopper", outcome)
            .await
    }

    async fn try_sign_in(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        entry: &Entry,
    ) -> Result<Outcome<Proved>, IdentityError> {
        let shop = proof.shop();
        let (purpose, session) = (CeremonyPurpose::ShopperSignIn, Some(proof.session()));
        let challenge = self
            .spend_ceremony(tx, shop, ceremony, purpose, session)
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
        // A passkey of staff, or of a shopper of another shop in the same house, opens nothing here.
        let shopper = match answered.owner {
            Owner::Shopper(shopper) if answered.shop == shop => shopper,
            _ => return Ok(Outcome::Refused(Refusal::NotHere)),
        };
        // Signing in again is for who is signed in: on a shared device another's passkey is a mistake.
        let signed_in = proof.standing() >= SessionLevel::Session;
        if signed_in && proof.shopper().is_some_and(|who| who != shopper) {
            return Ok(Outcome::Refused(Refusal::NotHere));
        }
        // Who has the passkey has lost nothing: whoever waits to get in without it waits in vain.
        self.stop_waiting(tx, shop, shopper, "passkey").await?;
        self.end_and_tell(tx, shop, proof.session()).await?;
        let (level, by) = (SessionLevel::Session, ProvedBy::Passkey);
        let opened = self
            .open_shopper_session(tx, shop, shopper, level, by, entry)
            .await?;
        Ok(Outcome::Accepted(Proved { shopper, opened }))
    }

    /// Her passkeys.
    pub async fn shopper_passkeys(
        &self,
        read: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, Session>,
    ) -> Result<Vec<OwnPasskey>, IdentityError> {
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        self.passkeys_of(read, proof.shop(), Owner::Shopper(shopper))
            .await
    }

    /// Whether she has a passkey: what decides if one is offered, or asked for.
    pub async fn has_passkey(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<bool, IdentityError> {
        let rows = read.passkeys_of(shop, Owner::Shopper(shopper)).await?;
        Ok(!rows.is_empty())
    }

    /// Gives her passkey another name; `false` when she has none of this id.
    pub async fn name_shopper_passkey(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        passkey: PasskeyId,
        name: &str,
    ) -> Result<bool, IdentityError> {
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let owner = Owner::Shopper(shopper);
        self.name_passkey(tx, proof.shop(), owner, passkey, name)
            .await
    }

    /// Removes her passkey, and tells her by mail; `false` when she has none of this id.
    pub async fn remove_shopper_passkey(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        passkey: PasskeyId,
        entry: &Entry,
    ) -> Result<bool, IdentityError> {
        if proof.row().proved_by != Some(ProvedBy::Passkey) {
            return Err(IdentityError::HasPasskey);
        }
        self.demand_fresh_shopper(proof.row())?;
        let (shop, shopper) = (proof.shop(), proof.shopper());
        let shopper = shopper.ok_or(IdentityError::NeedsSession)?;
        let owner = Owner::Shopper(shopper);
        tx.lock_owner(shop, owner).await?;
        self.hold_shopper(tx, proof).await?;
        let known = tx.passkeys_of(shop, owner).await?;
        if !known.iter().any(|row| row.id == passkey) {
            return Ok(false);
        }
        if known.len() == 1 {
            return Err(IdentityError::LastFactor);
        }
        // Whoever was signed in by it is out: which session that is nobody can say.
        let here = Some(proof.session());
        self.end_shopper_sessions_but(tx, shop, shopper, here)
            .await?;
        self.note_of_shopper(tx, shop, shopper, PasskeyRemoved { passkey })
            .await?;
        let notice = AccountNotice::PasskeyRemoved;
        self.mail_notice(tx, shop, shopper, notice, entry).await?;
        Ok(tx.delete_passkey(shop, owner, passkey).await?)
    }

    /// From where she is signed in, the newest first.
    pub async fn shopper_sessions(
        &self,
        read: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, Session>,
    ) -> Result<Vec<OwnSession>, IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let mut own = Vec::new();
        for row in read.shopper_sessions_of(shop, shopper).await? {
            if !self.shopper_session_is_open(&row) {
                continue;
            }
            let device = row.device.as_ref();
            let whence = self.whence_of(read, shop, row.id, device).await?;
            own.push(OwnSession {
                id: row.id,
                this_one: row.id == proof.session(),
                by: row.proved_by,
                whence,
                created_at: row.created_at,
                seen_at: row.seen_at,
            });
        }
        Ok(own)
    }

    /// Ends one of her sessions, or all but the one at hand; says how many ended.
    pub async fn end_shopper_sessions(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        which: Which,
    ) -> Result<u64, IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let Which::One(id) = which else {
            let here = Some(proof.session());
            return self.end_shopper_sessions_but(tx, shop, shopper, here).await;
        };
        let rows = tx.shopper_sessions_of(shop, shopper).await?;
        let row = rows.iter().find(|row| row.id == id);
        if !row.is_some_and(|row| self.shopper_session_is_open(row)) {
            return Ok(0);
        }
        self.note_of_shopper(tx, shop, shopper, SessionEnded)
            .await?;
        self.end_and_tell(tx, shop, id).await?;
        Ok(1)
    }

    /// Ends her open sessions, all but `here`.
    pub(crate) async fn end_shopper_sessions_but(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        here: Option<SessionId>,
    ) -> Result<u64, IdentityError> {
        let mut ended: u64 = 0;
        for row in tx.shopper_sessions_of(shop, shopper).await? {
            if Some(row.id) != here && self.shopper_session_is_open(&row) {
                self.note_of_shopper(tx, shop, shopper, SessionEnded)
                    .await?;
                self.end_and_tell(tx, shop, row.id).await?;
                ended = ended.saturating_add(1);
            }
        }
        Ok(ended)
    }

    async fn end_and_tell(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        session: SessionId,
    ) -> Result<(), IdentityError> {
        tx.end_shopper_session(shop, session, self.clock.now())
            .await?;
        tx.announce(Pulse::Session { shop, session });
        Ok(())
    }

    pub(crate) async fn note_of_shopper<E: ledger::Effect>(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        effect: E,
    ) -> Result<(), IdentityError> {
        let (owner, class) = (Owner::Shopper(shopper), RetentionClass::Account);
        let key = self.vault.sealing_key(tx, shop, owner, class).await?;
        let tag = Some(key.subject_tag());
        self.recorder
            .note(tx, shop, Actor::Shopper, tag, effect)
            .await?;
        Ok(())
    }

    /// Whose passkey may be made in this session.
    ///
    /// INVARIANT: a mailed code makes the first passkey of an account and no other: from then on the mailbox
    /// alone adds nothing (requirement C11). With a recovery code, or after a day that she was told of, it does (C14).
    async fn may_enrol(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
    ) -> Result<(ShopId, ShopperId), IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        tx.lock_owner(shop, Owner::Shopper(shopper)).await?;
        let proved = matches!(
            proof.row().proved_by,
            Some(ProvedBy::Passkey | ProvedBy::Recovery)
        );
        if !proved && self.has_passkey(tx, shop, shopper).await? {
            return Err(IdentityError::HasPasskey);
        }
        self.demand_fresh_shopper(proof.row())?;
        Ok((shop, shopper))
    }

    pub(crate) fn demand_fresh_shopper(
        &self,
        row: &ShopperSessionRow,
    ) -> Result<(), IdentityError> {
        if row.created_at.after(FRESH) > self.clock.now() {
            return Ok(());
        }
        Err(IdentityError::NeedsFreshSignIn {
            minutes: FRESH.as_secs() / 60,
        })
    }
}

/// Which sessions are to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    One(SessionId),
    /// All but the one at hand.
    AllOthers,
}
