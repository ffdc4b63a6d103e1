//! How a shopper who lost her device gets back in (requirement C14).
//!
//! A mailed code proves her address, and where there is a passkey nothing more. With it she gives one of the
//! ten recovery codes that she was shown when the passkey was made: two things, the mailbox and the code. Whoever
//! has none left asks to get in without, hears of it by mail, waits for [`DELAY`], and proves her address once
//! more. Either way the session is good for making a new passkey; all others end.
//!
//! INVARIANT: nothing shortens the wait, and a passkey that still answers ends it.
//!
//! # What an attacker can still do
//!
//! - *Wait.* Who reads her mailbox twice, a day or more apart, and removes the one notice before she sees it, gets in.
//!   Any use of her passkey stops it. Whoever would rather lose her account than risk this cannot choose so yet.
//! - *Stop her.* Who reads her mailbox can end a wait that she began. She sees that it ended, and asks again.
//! - *Guess.* A code has 50 bits, ten of them are good, and an account takes ten tries an hour.

use core::time::Duration;

use guard::gate::AccountNotice;
use store::{
    Snapshot, Transaction,
    keys::Owner,
    recovery::RecoveryRequestRow,
    sessions::{ProvedBy, SessionLevel},
};
use terms::{RetentionClass, ShopId, ShopperId, Timestamp};
use vault::Domain;

pub use factors::recovery::{CODES, RecoveryCode};

use crate::{
    Identity, IdentityError, Shopper, Verified,
    codes::{Proved, WINDOW},
    effects::{Recovered, RecoveryAsked, RecoveryCodesMade, RecoveryRefused, RecoveryStopped},
    level::{Address, Session},
    whence::Entry,
};

/// How long she waits who has no recovery code. No setting and no person shortens it.
pub const DELAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long after the wait she can still get in.
pub const OPEN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Tries in one window: of an account, and of a session.
const TRIES_OF_OWNER: i64 = 10;
const TRIES_OF_SESSION: i64 = 5;
/// Waits that an account begins in one window.
const WAITS_OF_OWNER: i64 = 3;

/// What became of a try to get back in.
#[derive(Debug)]
pub enum Recovery {
    Accepted(Proved),
    /// Refused, for whichever reason: no such code, used before, or nobody waits.
    Refused,
}

/// Somebody asked to get back in, and waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub asked_at: Timestamp,
    pub opens_at: Timestamp,
    pub expires_at: Timestamp,
}

/// What a shopper sees of her ways back in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaysBack {
    /// How many recovery codes are left. Only for who is signed in: an address alone learns nothing of them.
    pub codes_left: Option<i64>,
    pub codes_made_at: Option<Timestamp>,
    pub waiting: Option<Waiting>,
}

impl Identity {
    /// Her ways back in.
    pub async fn ways_back(
        &self,
        read: &mut dyn Snapshot,
        proof: &Verified<'_, Shopper, Address>,
    ) -> Result<WaysBack, IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let owner = Owner::Shopper(shopper);
        let codes = read.recovery_codes_of(shop, owner).await?;
        let signed_in = proof.standing() >= SessionLevel::Session;
        let now = self.clock.now();
        let waiting = read.recovery_request(shop, owner).await?;
        Ok(WaysBack {
            codes_left: signed_in.then_some(codes.left),
            codes_made_at: codes.made_at.filter(|_| signed_in),
            waiting: waiting.filter(|row| row.expires_at > now).map(waiting_of),
        })
    }

    /// Makes ten recovery codes in the place of all from before, and tells her by mail: of a shopper who signed in
    /// by her passkey a moment ago.
    pub async fn make_recovery_codes(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        entry: &Entry,
    ) -> Result<[RecoveryCode; CODES], IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        tx.lock_owner(shop, Owner::Shopper(shopper)).await?;
        self.hold_shopper(tx, proof).await?;
        if !self.has_passkey(tx, shop, shopper).await? {
            return Err(IdentityError::NoPasskey);
        }
        if proof.row().proved_by != Some(ProvedBy::Passkey) {
            return Err(IdentityError::HasPasskey);
        }
        self.demand_fresh_shopper(proof.row())?;
        let codes = self.replace_recovery_codes(tx, shop, shopper).await?;
        let notice = AccountNotice::RecoveryCodesMade;
        self.mail_notice(tx, shop, shopper, notice, entry).await?;
        Ok(codes)
    }

    /// Gets her back in by one recovery code, which is used up by it. The caller commits in every case: a
    /// refused try must be counted.
    pub async fn recover(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
        code: &RecoveryCode,
        entry: &Entry,
    ) -> Result<Recovery, IdentityError> {
        let (shop, shopper) = self.may_recover(tx, proof).await?;
        let owner = Owner::Shopper(shopper);
        for (subject, most) in [
            (
                [owner.kind().as_bytes(), owner.uuid().as_bytes()],
                TRIES_OF_OWNER,
            ),
            ([b"session", proof.session().as_bytes()], TRIES_OF_SESSION),
        ] {
            // The try is counted before the code is looked at.
            if self
                .count_in_window(tx, shop, "recovery_codes", &subject)
                .await?
                > most
            {
                return Err(IdentityError::TooManyTries {
                    minutes: WINDOW.as_secs() / 60,
                });
            }
        }
        // The same work whether she has codes or not: one hash, and one row that is there or is not.
        let hash = self.recovery_hash(tx, shop, shopper, code).await?;
        let by = "recovery_code";
        if !tx.use_recovery_code(shop, owner, &hash).await? {
            self.note_of_shopper(tx, shop, shopper, RecoveryRefused { by })
                .await?;
            return Ok(Recovery::Refused);
        }
        self.stop_waiting(tx, shop, shopper, by).await?;
        let notice = AccountNotice::RecoveryCodeUsed;
        self.let_in(tx, shop, shopper, by, notice, entry).await
    }

    /// Asks to get back in without a recovery code, and tells her by mail how to stop it. Where somebody waits
    /// already, that wait goes on.
    pub async fn ask_to_recover(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
        entry: &Entry,
    ) -> Result<Waiting, IdentityError> {
        let (shop, shopper) = self.may_recover(tx, proof).await?;
        let owner = Owner::Shopper(shopper);
        let now = self.clock.now();
        if let Some(row) = tx.recovery_request(shop, owner).await? {
            if row.expires_at > now {
                return Ok(waiting_of(row));
            }
            // Nobody came back for it.
            tx.end_recovery_request(shop, owner).await?;
        }
        // Each one is a mail to her: stopped and asked again, it must not become many.
        let subject = [owner.kind().as_bytes(), owner.uuid().as_bytes()];
        if self
            .count_in_window(tx, shop, "recovery_waits", &subject)
            .await?
            > WAITS_OF_OWNER
        {
            return Err(IdentityError::TooManyTries {
                minutes: WINDOW.as_secs() / 60,
            });
        }
        let row = RecoveryRequestRow {
            shop,
            owner,
            asked_at: now,
            opens_at: now.after(DELAY),
            expires_at: now.after(DELAY.saturating_add(OPEN)),
        };
        tx.insert_recovery_request(&row).await?;
        self.note_of_shopper(tx, shop, shopper, RecoveryAsked)
            .await?;
        let notice = AccountNotice::RecoveryAsked;
        self.mail_notice(tx, shop, shopper, notice, entry).await?;
        Ok(waiting_of(row))
    }

    /// Gets her back in who asked for it and waited. The caller commits in every case.
    pub async fn recover_after_wait(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
        entry: &Entry,
    ) -> Result<Recovery, IdentityError> {
        let (shop, shopper) = self.may_recover(tx, proof).await?;
        let owner = Owner::Shopper(shopper);
        let now = self.clock.now();
        let by = "wait";
        if !tx.use_recovery_request(shop, owner, now).await? {
            let waiting = tx.recovery_request(shop, owner).await?;
            if waiting.is_some_and(|row| row.expires_at > now) {
                return Err(IdentityError::RecoveryWaits);
            }
            self.note_of_shopper(tx, shop, shopper, RecoveryRefused { by })
                .await?;
            return Ok(Recovery::Refused);
        }
        // Whoever has her device may have her codes: a new passkey brings new ones.
        tx.replace_recovery_codes(shop, owner, &[], now).await?;
        let notice = AccountNotice::RecoveryWaitUsed;
        self.let_in(tx, shop, shopper, by, notice, entry).await
    }

    /// Ends her wait; `false` where nobody waits.
    pub async fn stop_recovery(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
    ) -> Result<bool, IdentityError> {
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        self.stop_waiting(tx, proof.shop(), shopper, "owner").await
    }

    /// Ends the wait of this shopper, if there is one.
    pub(crate) async fn stop_waiting(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        by: &'static str,
    ) -> Result<bool, IdentityError> {
        if !tx
            .end_recovery_request(shop, Owner::Shopper(shopper))
            .await?
        {
            return Ok(false);
        }
        self.note_of_shopper(tx, shop, shopper, RecoveryStopped { by })
            .await?;
        Ok(true)
    }

    /// Puts ten fresh codes in the place of all from before. They are here and nowhere else.
    pub(crate) async fn replace_recovery_codes(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<[RecoveryCode; CODES], IdentityError> {
        let codes = factors::recovery::fresh(&*self.rng);
        let mut hashes = Vec::with_capacity(CODES);
        for code in &codes {
            hashes.push(self.recovery_hash(tx, shop, shopper, code).await?);
        }
        let (owner, now) = (Owner::Shopper(shopper), self.clock.now());
        tx.replace_recovery_codes(shop, owner, &hashes, now).await?;
        let count = i64::try_from(CODES).unwrap_or(i64::MAX);
        self.note_of_shopper(tx, shop, shopper, RecoveryCodesMade { count })
            .await?;
        Ok(codes)
    }

    /// Who may try: whoever gave back a mailed code a moment ago, where that is not enough. Holds her account, so
    /// that of two who try at once the second finds what the first has done.
    async fn may_recover(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Address>,
    ) -> Result<(ShopId, ShopperId), IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        tx.lock_owner(shop, Owner::Shopper(shopper)).await?;
        self.hold_shopper(tx, proof).await?;
        if proof.standing() != SessionLevel::Address {
            return Err(IdentityError::SignedInAlready);
        }
        self.demand_fresh_shopper(proof.row())?;
        Ok((shop, shopper))
    }

    /// She is in: all her sessions end, and one takes their place that may make a passkey.
    async fn let_in(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        by: &'static str,
        notice: AccountNotice,
        entry: &Entry,
    ) -> Result<Recovery, IdentityError> {
        let owner = Owner::Shopper(shopper);
        let left = tx.recovery_codes_of(shop, owner).await?.left;
        self.note_of_shopper(tx, shop, shopper, Recovered { by, left })
            .await?;
        self.end_shopper_sessions_but(tx, shop, shopper, None)
            .await?;
        self.mail_notice(tx, shop, shopper, notice, entry).await?;
        let (level, by) = (SessionLevel::Session, ProvedBy::Recovery);
        let opened = self
            .open_shopper_session(tx, shop, shopper, level, by, entry)
            .await?;
        Ok(Recovery::Accepted(Proved { shopper, opened }))
    }

    /// What is kept of a code.
    ///
    /// INVARIANT: the tag of her account's key goes in: once that key is destroyed, no code of hers is found any more.
    async fn recovery_hash(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        code: &RecoveryCode,
    ) -> Result<[u8; 32], IdentityError> {
        let (owner, class) = (Owner::Shopper(shopper), RetentionClass::Account);
        let key = self.vault.sealing_key(tx, shop, owner, class).await?;
        let tag = key.subject_tag();
        let parts: &[&[u8]] = &[
            owner.kind().as_bytes(),
            owner.uuid().as_bytes(),
            tag.as_bytes(),
            code.normal().expose().as_bytes(),
        ];
        let hash = self
            .vault
            .keyed_hash(tx, shop, Domain::RecoveryCode, parts)
            .await?;
        Ok(hash)
    }
}

fn waiting_of(row: RecoveryRequestRow) -> Waiting {
    Waiting {
        asked_at: row.asked_at,
        opens_at: row.opens_at,
        expires_at: row.expires_at,
    }
}
