//! Mailed codes: an address proved by giving back what was mailed to it.
//!
//! Six digits, ten minutes, five attempts, single use, bound to the session that asked and, for a
//! step-up, to the proposal it confirms (ASVS 6.5, NIST SP 800-63B section 3.1.3).
//!
//! INVARIANT: asking for a code does the same work and gives the same answer whether the address
//! is known or not.
//!
//! # What an attacker can still do
//!
//! - *Guess.* An address can be sent five codes an hour with five guesses each: 25 guesses, one
//!   chance in 40,000 every hour, and its owner gets five mails she did not ask for. This ends with
//!   passkeys; until then the ledger shows every refused code. Guessing at many addresses is noticed by
//!   [`crate::guessing`].
//! - *Keep an address from signing in.* Whoever asks for five codes for somebody's address delays
//!   its owner's sign-in until the hour is over. The limit stays all the same, since without it the
//!   shop would mail-bomb whomever a stranger names. A shopper who is signed in is not concerned:
//!   codes that confirm a proposal are counted by shopper, where no stranger can count.
//! - *Burn a code.* Only the session that asked can spend its attempts; to every other session a
//!   request looks as if it never was.

use core::time::Duration;

use guard::gate::{AccountNotice, ClearedMail, EmailAddress, MailTemplate};
use store::{
    Transaction,
    keys::Owner,
    mails::MailRow,
    people::ShopperRow,
    places::{CodeEmail, MailMessage, MailRecipient, ShopperEmail},
    sessions::{CodeRequestRow, ProvedBy, SessionLevel},
};
use terms::{CodeRequestId, Locale, MailId, RetentionClass, Secret, ShopId, ShopperId, Timestamp};
use vault::{DataKey, Domain, Row};

use crate::{
    Identity, IdentityError, Shopper, Verified,
    effects::{AddressProved, CodeRefused, CodeRequested, SteppedUp},
    guessing::Attempt,
    level::{Guest, Level, Session},
    sessions::{Opened, actor_of},
    whence::Entry,
};

const MINUTES: u32 = 10;
const LIFETIME: Duration = Duration::from_secs(600);
/// How long a mail that tells of an answer is kept.
const ANSWER_KEPT: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const ATTEMPTS: i64 = 5;
/// Codes an address or a session may ask for in one window.
const REQUESTS: i64 = 5;
pub(crate) const WINDOW: Duration = Duration::from_secs(3_600);

/// A code is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSent {
    pub request: CodeRequestId,
    pub expires_at: Timestamp,
}

/// What became of a code that was given.
#[derive(Debug)]
pub enum CodeOutcome<T> {
    Accepted(T),
    /// Wrong; so many attempts are left.
    Wrong {
        left: i64,
    },
    /// Used, too old, asked for by somebody else, or never asked for.
    Expired,
}

impl<T> CodeOutcome<T> {
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> CodeOutcome<U> {
        match self {
            Self::Accepted(value) => CodeOutcome::Accepted(f(value)),
            Self::Wrong { left } => CodeOutcome::Wrong { left },
            Self::Expired => CodeOutcome::Expired,
        }
    }
}

/// Somebody proved who she is: a new session, the old one ended.
#[derive(Debug)]
pub struct Proved {
    pub shopper: ShopperId,
    pub opened: Opened,
}

impl Identity {
    /// Mails a code that proves `address` to this session.
    pub async fn request_code(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        address: &EmailAddress,
        locale: &Locale,
    ) -> Result<CodeSent, IdentityError> {
        self.demand_codes_are_not_held(proof.shop())?;
        let index = self.email_index(tx, proof.shop(), address).await?;
        let counted: &[&[u8]] = &[b"address", &index];
        let sent = self
            .send_code(tx, proof, address, counted, None, locale)
            .await?;
        self.count_attempt(tx, proof.shop(), ProvedBy::MailedCode, Attempt::Asked)
            .await?;
        Ok(sent)
    }

    /// Mails a code that confirms one proposal (`binding` is its hash) to the shopper's own
    /// address.
    pub async fn request_step_up(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        binding: [u8; 32],
        locale: &Locale,
    ) -> Result<CodeSent, IdentityError> {
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        if self.has_passkey(tx, proof.shop(), shopper).await? {
            return Err(IdentityError::HasPasskey);
        }
        let address = self.address_of(tx, proof.shop(), shopper).await?;
        let address = address.ok_or(IdentityError::Unreadable("address"))?;
        let counted: &[&[u8]] = &[b"shopper", shopper.as_bytes()];
        self.send_code(tx, proof, &address, counted, Some(binding), locale)
            .await
    }

    /// Checks a code. When it is right, the guest is a shopper: she has a new session, and the old
    /// one is ended. The caller commits in every case: a refused attempt must be counted.
    pub async fn prove_address(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        request: CodeRequestId,
        code: &Secret<String>,
        entry: &Entry,
    ) -> Result<CodeOutcome<Proved>, IdentityError> {
        let (shop, by) = (proof.shop(), ProvedBy::MailedCode);
        self.demand_codes_are_not_held(shop)?;
        let row = match self.check_code(tx, proof, request, code, None).await? {
            CodeOutcome::Accepted(row) => row,
            CodeOutcome::Wrong { left } => {
                self.count_attempt(tx, shop, by, Attempt::Failed).await?;
                return Ok(CodeOutcome::Wrong { left });
            }
            CodeOutcome::Expired => return Ok(CodeOutcome::Expired),
        };
        self.count_attempt(tx, shop, by, Attempt::Proved).await?;
        let email = self
            .vault
            .open_sealed(tx, Row::new(shop, &[row.id.as_bytes()]), &row.email)
            .await?;
        let (shopper, first) = self
            .shopper_of(tx, shop, row.email_index, email.expose())
            .await?;
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Shopper(shopper), RetentionClass::Account)
            .await?;
        let tag = Some(key.subject_tag());
        self.recorder
            .note(tx, shop, actor_of(proof), tag, AddressProved { first })
            .await?;
        tx.end_shopper_session(shop, proof.session(), self.clock.now())
            .await?;
        tx.announce(store::Pulse::Session {
            shop,
            session: proof.session(),
        });
        // INVARIANT: where there is a passkey, the mailbox alone proves the address and nothing more.
        let level = match self.has_passkey(tx, shop, shopper).await? {
            true => SessionLevel::Address,
            false => SessionLevel::Session,
        };
        let opened = self
            .open_shopper_session(tx, shop, shopper, level, by, entry)
            .await?;
        Ok(CodeOutcome::Accepted(Proved { shopper, opened }))
    }

    pub(crate) async fn check_step_up(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        request: CodeRequestId,
        code: &Secret<String>,
        binding: [u8; 32],
    ) -> Result<CodeOutcome<()>, IdentityError> {
        // Asked for before there was a passkey, it confirms nothing after.
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        if self.has_passkey(tx, proof.shop(), shopper).await? {
            return Err(IdentityError::HasPasskey);
        }
        let outcome = self
            .check_code(tx, proof, request, code, Some(binding))
            .await?;
        if let CodeOutcome::Accepted(_) = &outcome {
            let effect = SteppedUp {
                by: "mailed_code",
                evidence: None,
            };
            self.recorder
                .note(tx, proof.shop(), actor_of(proof), None, effect)
                .await?;
        }
        Ok(outcome.map(|_| ()))
    }

    /// Stores a fresh code and the mail that carries it. `counted` is whose limit it counts in, the
    /// session's aside.
    async fn send_code<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        address: &EmailAddress,
        counted: &[&[u8]],
        binding: Option<[u8; 32]>,
        locale: &Locale,
    ) -> Result<CodeSent, IdentityError> {
        let (shop, session) = (proof.shop(), proof.session());
        self.hold_shopper(tx, proof).await?;
        self.limit_requests(tx, shop, counted).await?;
        self.limit_requests(tx, shop, &[b"session", session.as_bytes()])
            .await?;

        let now = self.clock.now();
        let id = CodeRequestId::random(&*self.rng);
        let code = self.fresh_code();
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Session(session), RetentionClass::Transient)
            .await?;
        let row = CodeRequestRow {
            shop,
            id,
            session,
            email_index: self.email_index(tx, shop, address).await?,
            email: key.seal::<CodeEmail>(
                &*self.rng,
                Row::new(shop, &[id.as_bytes()]),
                address.normalised().as_bytes(),
            )?,
            code_hash: self.code_hash(tx, shop, id, &code).await?,
            binding,
            attempts: 0,
            created_at: now,
            expires_at: now.after(LIFETIME),
            used_at: None,
        };
        tx.insert_code_request(&row).await?;
        let mail = self
            .code_mail(tx, shop, &code, binding.is_some(), locale)
            .await?;
        self.post(tx, &key, shop, address, &mail, row.expires_at)
            .await?;
        self.recorder
            .note(tx, shop, actor_of(proof), None, CodeRequested)
            .await?;
        Ok(CodeSent {
            request: id,
            expires_at: row.expires_at,
        })
    }

    async fn code_mail(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        code: &Secret<String>,
        confirms: bool,
        locale: &Locale,
    ) -> Result<ClearedMail, IdentityError> {
        let shop_name = tx.shop(shop).await?.ok_or(IdentityError::NoSuchShop)?.name;
        let shop_name = &shop_name;
        let template = if confirms {
            MailTemplate::ConfirmCode {
                shop_name,
                code,
                minutes: MINUTES,
            }
        } else {
            MailTemplate::SignInCode {
                shop_name,
                code,
                minutes: MINUTES,
            }
        };
        Ok(guard::gate::mail(template, locale))
    }

    /// Tells a shopper by mail that a person has answered her; `false` where she has no address any more.
    /// The mail is sealed under a key that dies with her.
    pub async fn mail_answer(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        link: &str,
        locale: &Locale,
    ) -> Result<bool, IdentityError> {
        let Some(address) = self.address_of(tx, shop, shopper).await? else {
            return Ok(false);
        };
        let name = tx.shop(shop).await?.ok_or(IdentityError::NoSuchShop)?.name;
        let template = MailTemplate::Answered {
            shop_name: &name,
            link,
        };
        let mail = guard::gate::mail(template, locale);
        let class = RetentionClass::Transient;
        let owner = Owner::Shopper(shopper);
        let key = self.vault.sealing_key(tx, shop, owner, class).await?;
        let expires_at = self.clock.now().after(ANSWER_KEPT);
        self.post(tx, &key, shop, &address, &mail, expires_at)
            .await?;
        Ok(true)
    }

    /// Tells a shopper by mail what happened to her account; nothing where she has no address any more.
    pub(crate) async fn mail_notice(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        shopper: ShopperId,
        notice: AccountNotice,
        entry: &Entry,
    ) -> Result<(), IdentityError> {
        let Some(address) = self.address_of(tx, shop, shopper).await? else {
            return Ok(());
        };
        let name = tx.shop(shop).await?.ok_or(IdentityError::NoSuchShop)?.name;
        let template = MailTemplate::Account {
            shop_name: &name,
            notice,
            device: &entry.whence.device,
        };
        let mail = guard::gate::mail(template, &entry.locale);
        let (class, owner) = (RetentionClass::Transient, Owner::Shopper(shopper));
        let key = self.vault.sealing_key(tx, shop, owner, class).await?;
        let expires_at = self.clock.now().after(ANSWER_KEPT);
        self.post(tx, &key, shop, &address, &mail, expires_at).await
    }

    /// Leaves a mail to be delivered, sealed under the given key.
    async fn post(
        &self,
        tx: &mut dyn Transaction,
        key: &DataKey,
        shop: ShopId,
        address: &EmailAddress,
        mail: &ClearedMail,
        expires_at: Timestamp,
    ) -> Result<(), IdentityError> {
        let id = MailId::ordered(&*self.clock, &*self.rng);
        let identity = [id.as_bytes().as_slice()];
        let row = Row::new(shop, &identity);
        let recipient = address.normalised();
        let message = Secret::new(format!("{}\n\n{}", mail.subject(), mail.text()));
        tx.insert_mail(&MailRow {
            shop,
            id,
            recipient: key.seal::<MailRecipient>(&*self.rng, row, recipient.as_bytes())?,
            message: key.seal::<MailMessage>(&*self.rng, row, message.expose().as_bytes())?,
            created_at: self.clock.now(),
            expires_at,
        })
        .await?;
        Ok(())
    }

    async fn check_code<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        request: CodeRequestId,
        code: &Secret<String>,
        binding: Option<[u8; 32]>,
    ) -> Result<CodeOutcome<CodeRequestRow>, IdentityError> {
        let shop = proof.shop();
        self.hold_shopper(tx, proof).await?;
        let given = self.code_hash(tx, shop, request, code).await?;
        let Some(row) = tx.code_request(shop, request).await? else {
            return Ok(CodeOutcome::Expired);
        };
        let now = self.clock.now();
        let dead = row.session != proof.session() || row.used_at.is_some() || row.expires_at <= now;
        if dead || row.binding != binding {
            return Ok(CodeOutcome::Expired);
        }
        // The attempt is counted before the code is compared: of many at once, only so many are
        // compared at all.
        let attempt = tx.count_code_attempt(shop, request).await?;
        if attempt > ATTEMPTS {
            return Ok(CodeOutcome::Expired);
        }
        if aws_lc_rs::constant_time::verify_slices_are_equal(&given, &row.code_hash).is_err() {
            self.recorder
                .note(tx, shop, actor_of(proof), None, CodeRefused { attempt })
                .await?;
            return Ok(CodeOutcome::Wrong {
                left: ATTEMPTS - attempt,
            });
        }
        if !tx.use_code_request(shop, request, now).await? {
            return Ok(CodeOutcome::Expired);
        }
        Ok(CodeOutcome::Accepted(row))
    }

    async fn shopper_of(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        email_index: [u8; 32],
        email: &[u8],
    ) -> Result<(ShopperId, bool), IdentityError> {
        if let Some(row) = tx.shopper_by_email(shop, &email_index).await? {
            return Ok((row.id, false));
        }
        let id = ShopperId::ordered(&*self.clock, &*self.rng);
        let key = self
            .vault
            .sealing_key(tx, shop, Owner::Shopper(id), RetentionClass::Account)
            .await?;
        let row = ShopperRow {
            shop,
            id,
            email_index,
            email: key.seal::<ShopperEmail>(&*self.rng, Row::new(shop, &[id.as_bytes()]), email)?,
            created_at: self.clock.now(),
        };
        if tx.insert_shopper(&row).await? {
            return Ok((id, true));
        }
        // Another session proved the same address a moment ago; hers is the row, and the key made
        // for ours seals nothing.
        tx.delete_data_keys(shop, Owner::Shopper(id), &RetentionClass::ALL)
            .await?;
        let row = tx.shopper_by_email(shop, &email_index).await?;
        Ok((row.ok_or(IdentityError::Unreadable("address"))?.id, false))
    }

    /// The shopper with this address, made when there is none. Nothing is proved by it: whoever
    /// says an address at a checkout, or stands in an imported list, is known by it and gets no
    /// session from it. She proves it like anyone else before she sees anything.
    pub async fn shopper_of_unproved_address(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        address: &EmailAddress,
    ) -> Result<(ShopperId, bool), IdentityError> {
        let index = self.email_index(tx, shop, address).await?;
        self.shopper_of(tx, shop, index, address.normalised().as_bytes())
            .await
    }

    /// The shopper with this address, if there is one: whom a checkout locks before it makes one.
    pub async fn known_shopper_of_unproved_address(
        &self,
        read: &mut dyn store::Snapshot,
        shop: ShopId,
        address: &EmailAddress,
    ) -> Result<Option<ShopperId>, IdentityError> {
        let index = self.email_index(read, shop, address).await?;
        let row = read.shopper_by_email(shop, &index).await?;
        Ok(row.map(|row| row.id))
    }

    /// The address of a shopper; `None` when there is no such shopper, or she was forgotten.
    pub async fn address_of(
        &self,
        read: &mut dyn store::Snapshot,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<EmailAddress>, IdentityError> {
        let Some(row) = read.shopper(shop, shopper).await? else {
            return Ok(None);
        };
        let identity = [row.id.as_bytes().as_slice()];
        let bound = Row::new(shop, &identity);
        let email = match self.vault.open_sealed(read, bound, &row.email).await {
            Ok(email) => email,
            Err(vault::VaultError::Forgotten(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let email = String::from_utf8(email.expose().clone())
            .map_err(|_| IdentityError::Unreadable("address"))?;
        let email = guard::gate::email_address(terms::Untrusted::new(email));
        email
            .map(Some)
            .map_err(|_| IdentityError::Unreadable("address"))
    }

    async fn email_index(
        &self,
        read: &mut dyn store::Snapshot,
        shop: ShopId,
        address: &EmailAddress,
    ) -> Result<[u8; 32], IdentityError> {
        let normalised = address.normalised();
        Ok(self
            .vault
            .keyed_hash(read, shop, Domain::EmailIndex, &[normalised.as_bytes()])
            .await?)
    }

    async fn code_hash(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        request: CodeRequestId,
        code: &Secret<String>,
    ) -> Result<[u8; 32], IdentityError> {
        let parts: &[&[u8]] = &[request.as_bytes(), code.expose().as_bytes()];
        Ok(self
            .vault
            .keyed_hash(tx, shop, Domain::MailedCode, parts)
            .await?)
    }

    async fn limit_requests(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        subject: &[&[u8]],
    ) -> Result<(), IdentityError> {
        if self
            .count_in_window(tx, shop, "code_requests", subject)
            .await?
            > REQUESTS
        {
            return Err(IdentityError::TooManyCodes {
                minutes: WINDOW.as_secs() / 60,
            });
        }
        Ok(())
    }

    /// Counts one more event of the subject; says how many there were in this window.
    pub(crate) async fn count_in_window(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        name: &str,
        subject: &[&[u8]],
    ) -> Result<i64, IdentityError> {
        let subject = self
            .vault
            .keyed_hash(tx, shop, Domain::LimitSubject, subject)
            .await?;
        let window = i64::try_from(WINDOW.as_millis()).unwrap_or(i64::MAX);
        let now = self.clock.now().millis();
        let start = Timestamp::from_millis(now - now.rem_euclid(window));
        Ok(tx.count_limit(shop, name, &subject, start).await?)
    }

    /// Six digits, each value equally likely.
    fn fresh_code(&self) -> Secret<String> {
        const CODES: u32 = 1_000_000;
        const FAIR: u32 = u32::MAX - u32::MAX % CODES;
        loop {
            let mut bytes = [0; 4];
            self.rng.fill(&mut bytes);
            let drawn = u32::from_be_bytes(bytes);
            if drawn < FAIR {
                return Secret::new(format!("{:06}", drawn % CODES));
            }
        }
    }
}
