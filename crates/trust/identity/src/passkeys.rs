//! Passkeys: made, used, listed, renamed, removed (WebAuthn Level 3).
//!
//! A ceremony is one challenge for one purpose and one session. It is spent before the answer is looked at, so
//! that an answer is tried once; whoever calls commits in every case.
//!
//! # What an attacker can still do
//!
//! - *Ask for challenges.* They are good for five minutes and kept for an hour; the door limits how many a network address
//!   opens, and nobody is kept from signing in by them.
//! - *Enrol on an address she can read.* Who holds a mailbox can prove the address, and with it make the
//!   first passkey of an account that has none. Its owner hears of it by mail, and from the first passkey on
//!   the mailbox alone proves the address and nothing more.

use core::time::Duration;

use aws_lc_rs::digest;
use factors::webauthn::{
    Challenge, CreationOptions, CredentialId, Descriptor, KnownPasskey, NewPasskey, PublicKey,
    RequestOptions, Transport, User, UserHandle, WebauthnError, verify_assertion,
    verify_registration,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    Snapshot, Transaction,
    factors::{CeremonyPurpose, CeremonyRow, PasskeyRow},
    keys::Owner,
    places::PasskeyBody,
};
use terms::{
    CeremonyId, DataKeyId, PasskeyId, RetentionClass, SessionId, ShopId, ShopperId, Timestamp,
};
use vault::{Domain, Row, VaultError};

pub use factors::webauthn::{AssertionResponse, RegistrationResponse};

use crate::{Identity, IdentityError};

/// How long a browser may take over one ceremony.
pub const CEREMONY: Duration = Duration::from_secs(5 * 60);
/// As many passkeys as anybody needs; more would only lengthen what a browser is asked to exclude.
const MOST: usize = 20;

/// A ceremony was begun: what the browser is asked, and by which id it answers.
#[derive(Debug)]
pub struct Ceremony {
    pub id: CeremonyId,
    /// As `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` reads them.
    pub options: Value,
    pub expires_at: Timestamp,
}

/// What became of a ceremony.
#[derive(Debug)]
pub enum Outcome<T> {
    Accepted(T),
    /// Refused. The reason is for the log and the ledger; the outside gets one answer for all of them.
    Refused(Refusal),
}

impl<T> Outcome<T> {
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Accepted(value) => Outcome::Accepted(f(value)),
            Self::Refused(refusal) => Outcome::Refused(refusal),
        }
    }
}

/// Why a ceremony was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the ceremony was used, has expired, is another session's, or never was")]
    Spent,
    #[error("no passkey is known by this credential")]
    Unknown,
    #[error("the passkey is of somebody who may not sign in here")]
    NotHere,
    #[error("the credential is known already")]
    Taken,
    /// Refused like any other, while so much fails in the shop that it is told to wait.
    #[error("refused, while sign-ins that fail are held for {seconds} seconds")]
    Held { seconds: u64 },
    #[error(transparent)]
    Response(#[from] WebauthnError),
}

impl Refusal {
    /// The word in the ledger.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Spent => "ceremony_spent",
            Self::Unknown => "unknown_passkey",
            Self::NotHere => "not_here",
            Self::Taken => "passkey_taken",
            Self::Held { .. } => "held",
            Self::Response(WebauthnError::CountWentBack { .. }) => "passkey_cloned",
            Self::Response(_) => "bad_response",
        }
    }

    /// Two devices have one key: told of whatever else is going on.
    pub(crate) const fn is_a_copied_passkey(&self) -> bool {
        matches!(self, Self::Response(WebauthnError::CountWentBack { .. }))
    }
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
    /// Kept by more than one device.
    pub backed_up: bool,
}

/// What is sealed of a passkey.
#[derive(Serialize, Deserialize)]
struct Body {
    credential: CredentialId,
    /// COSE_Key, as CBOR.
    key: Vec<u8>,
    backup_eligible: bool,
    transports: Vec<Transport>,
    name: String,
}

impl Body {
    fn descriptor(self) -> Descriptor {
        Descriptor {
            credential_id: self.credential,
            transports: self.transports,
        }
    }
}

/// A passkey that answered for its owner.
pub(crate) struct Answered {
    pub(crate) passkey: PasskeyId,
    pub(crate) owner: Owner,
    pub(crate) shop: ShopId,
    pub(crate) key: PublicKey,
}

/// A point of P-256 that no passkey has, as COSE_Key: the curve's own base point.
#[rustfmt::skip]
const STAND_IN: [u8; 77] = [
    0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20,
    0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
    0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
    0x22, 0x58, 0x20,
    0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
    0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
];

fn hash_of(credential: &CredentialId) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, credential.as_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_ref());
    hash
}

impl Identity {
    /// Hands out a challenge.
    pub(crate) async fn begin_ceremony(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        purpose: CeremonyPurpose,
        session: Option<SessionId>,
        challenge: &Challenge,
        options: Value,
    ) -> Result<Ceremony, IdentityError> {
        let now = self.clock.now();
        let row = CeremonyRow {
            shop,
            id: CeremonyId::random(&*self.rng),
            purpose,
            session,
            challenge: *challenge.as_bytes(),
            created_at: now,
            expires_at: now.after(CEREMONY),
            used_at: None,
        };
        tx.insert_ceremony(&row).await?;
        Ok(Ceremony {
            id: row.id,
            options,
            expires_at: row.expires_at,
        })
    }

    /// Takes a challenge back: once, by the session that asked, for what it was handed out for.
    pub(crate) async fn spend_ceremony(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        id: CeremonyId,
        purpose: CeremonyPurpose,
        session: Option<SessionId>,
    ) -> Result<Option<Challenge>, IdentityError> {
        let now = self.clock.now();
        let Some(row) = tx.ceremony(shop, id).await? else {
            return Ok(None);
        };
        let fits = row.purpose == purpose && row.session == session && row.expires_at > now;
        if !fits || !tx.use_ceremony(shop, id, now).await? {
            return Ok(None);
        }
        Ok(Some(Challenge::of(row.challenge)))
    }

    /// What a browser is asked for a new passkey of this owner.
    pub(crate) async fn creation_options(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        name: &str,
        challenge: &Challenge,
    ) -> Result<Value, IdentityError> {
        let known = self.descriptors_of(tx, shop, owner).await?;
        if known.len() >= MOST {
            return Err(IdentityError::TooManyPasskeys { most: MOST });
        }
        let user = User {
            handle: self.user_handle(tx, shop, owner).await?,
            name: name.to_owned(),
            display_name: name.to_owned(),
        };
        let (party, time) = (&*self.relying_party, CEREMONY);
        let options = CreationOptions::new(party, &user, challenge, &known, &[], time);
        serde_json::to_value(options).map_err(|_| IdentityError::Unreadable("ceremony"))
    }

    /// What a browser is asked for to sign somebody in whom it knows.
    pub(crate) fn request_options(
        &self,
        challenge: &Challenge,
        known: &[Descriptor],
    ) -> Result<Value, IdentityError> {
        let options = RequestOptions::new(&self.relying_party, challenge, known, &[], CEREMONY);
        serde_json::to_value(options).map_err(|_| IdentityError::Unreadable("ceremony"))
    }

    /// The credentials of an owner, for a browser to choose from.
    pub(crate) async fn descriptors_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        owner: Owner,
    ) -> Result<Vec<Descriptor>, IdentityError> {
        let mut known = Vec::new();
        for row in read.passkeys_of(shop, owner).await? {
            known.push(self.passkey_body(read, &row).await?.descriptor());
        }
        Ok(known)
    }

    /// Keeps a new passkey, when the response is what was asked for.
    pub(crate) async fn keep_passkey(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        challenge: &Challenge,
        response: &RegistrationResponse,
        name: &str,
    ) -> Result<Outcome<PasskeyId>, IdentityError> {
        tx.lock_owner(shop, owner).await?;
        if tx.passkeys_of(shop, owner).await?.len() >= MOST {
            return Err(IdentityError::TooManyPasskeys { most: MOST });
        }
        let made = match verify_registration(&self.relying_party, challenge, response) {
            Ok(made) => made,
            Err(error) => return Ok(Outcome::Refused(error.into())),
        };
        let id = PasskeyId::ordered(&*self.clock, &*self.rng);
        let NewPasskey {
            credential_id,
            public_key,
            sign_count,
            backup_eligible,
            backed_up,
            transports,
            ..
        } = made;
        let body = Body {
            key: public_key.to_bytes(),
            backup_eligible,
            transports,
            name: name.to_owned(),
            credential: credential_id,
        };
        let credential = hash_of(&body.credential);
        let row = PasskeyRow {
            shop,
            id,
            owner,
            credential,
            body: self.seal_passkey(tx, shop, owner, id, &body).await?,
            sign_count: i64::from(sign_count),
            backed_up,
            created_at: self.clock.now(),
            used_at: None,
        };
        if !tx.insert_passkey(&row).await? {
            return Ok(Outcome::Refused(Refusal::Taken));
        }
        Ok(Outcome::Accepted(id))
    }

    /// Finds the passkey that a response names, and checks that it answers this challenge. `shop` is the shop
    /// whose ceremony it is.
    ///
    /// INVARIANT: a credential that nobody has costs what a known one costs whose signature is wrong: one look-up of
    /// the passkey, one of a key, one keyed hash, one signature verified (requirement C09).
    pub(crate) async fn check_assertion(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        challenge: &Challenge,
        response: &AssertionResponse,
    ) -> Result<Outcome<Answered>, IdentityError> {
        let credential = hash_of(response.credential_id());
        let found = match tx.passkey_by_credential(&credential).await? {
            // Whose keys were destroyed is as if she had never been.
            Some(row) => match self.passkey_body(tx, &row).await {
                Err(IdentityError::Vault(VaultError::Forgotten(_))) => None,
                body => Some((row, body?)),
            },
            None => {
                self.look_for_no_key(tx, shop).await?;
                None
            }
        };
        let Some((row, body)) = found else {
            self.check_against_nobody(tx, shop, challenge, response)
                .await?;
            return Ok(Outcome::Refused(Refusal::Unknown));
        };
        let key = PublicKey::from_bytes(&body.key)
            .map_err(|_| IdentityError::Unreadable("public key of a passkey"))?;
        let owner = self.user_handle(tx, row.shop, row.owner).await?;
        let was = u32::try_from(row.sign_count)
            .map_err(|_| IdentityError::Unreadable("counter of a passkey"))?;
        let known = KnownPasskey {
            credential_id: body.credential,
            owner,
            public_key: key,
            sign_count: was,
            backup_eligible: body.backup_eligible,
        };
        let asserted = match verify_assertion(&self.relying_party, challenge, &known, response) {
            Ok(asserted) => asserted,
            Err(error) => {
                if matches!(error, WebauthnError::UserHandleDiffers) {
                    // Refused before the signature was looked at: it is looked at all the same.
                    self.verify_for_nothing(challenge, response)?;
                }
                return Ok(Outcome::Refused(error.into()));
            }
        };
        let now = self.clock.now();
        let count = i64::from(asserted.sign_count);
        let used = tx
            .use_passkey(
                row.shop,
                row.id,
                row.sign_count,
                count,
                asserted.backed_up,
                now,
            )
            .await?;
        if !used {
            return Ok(Outcome::Refused(Refusal::Spent));
        }
        Ok(Outcome::Accepted(Answered {
            passkey: row.id,
            owner: row.owner,
            shop: row.shop,
            key: known.public_key,
        }))
    }

    /// Looks for a key that is not there, as a known passkey's is looked for.
    async fn look_for_no_key(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<(), IdentityError> {
        let id = DataKeyId::ordered(&*self.clock, &*self.rng);
        match self.vault.key(read, shop, id).await {
            Ok(_) | Err(VaultError::Forgotten(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Does with a credential that nobody has what is done with one that somebody has.
    async fn check_against_nobody(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        challenge: &Challenge,
        response: &AssertionResponse,
    ) -> Result<(), IdentityError> {
        let nobody = ShopperId::ordered(&*self.clock, &*self.rng);
        self.user_handle(read, shop, Owner::Shopper(nobody)).await?;
        self.verify_for_nothing(challenge, response)
    }

    /// Verifies a response as if its credential had the stand-in's key.
    ///
    /// INVARIANT: what comes out is thrown away. The stand-in's key is known to everybody.
    fn verify_for_nothing(
        &self,
        challenge: &Challenge,
        response: &AssertionResponse,
    ) -> Result<(), IdentityError> {
        let unreadable = || IdentityError::Unreadable("stand-in of a passkey");
        let public_key = PublicKey::from_bytes(&STAND_IN).map_err(|_| unreadable())?;
        let owner = match response.user_handle() {
            Some(handle) => handle.clone(),
            None => UserHandle::from_bytes(&[0; 32]).map_err(|_| unreadable())?,
        };
        let known = KnownPasskey {
            credential_id: response.credential_id().clone(),
            owner,
            public_key,
            sign_count: 0,
            backup_eligible: false,
        };
        let thrown_away = verify_assertion(&self.relying_party, challenge, &known, response);
        drop(core::hint::black_box(thrown_away));
        Ok(())
    }

    /// An owner's passkeys, oldest first.
    pub(crate) async fn passkeys_of(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        owner: Owner,
    ) -> Result<Vec<OwnPasskey>, IdentityError> {
        let mut own = Vec::new();
        for row in read.passkeys_of(shop, owner).await? {
            let body = self.passkey_body(read, &row).await?;
            own.push(OwnPasskey {
                id: row.id,
                name: body.name,
                created_at: row.created_at,
                used_at: row.used_at,
                backed_up: row.backed_up,
            });
        }
        Ok(own)
    }

    /// Gives a passkey another name; `false` when the owner has none of this id.
    pub(crate) async fn name_passkey(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        id: PasskeyId,
        name: &str,
    ) -> Result<bool, IdentityError> {
        let rows = tx.passkeys_of(shop, owner).await?;
        let Some(row) = rows.iter().find(|row| row.id == id) else {
            return Ok(false);
        };
        let body = Body {
            name: name.to_owned(),
            ..self.passkey_body(tx, row).await?
        };
        let sealed = self.seal_passkey(tx, shop, owner, id, &body).await?;
        tx.rewrite_passkey(shop, id, &sealed).await?;
        Ok(true)
    }

    async fn seal_passkey(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        owner: Owner,
        id: PasskeyId,
        body: &Body,
    ) -> Result<terms::Sealed<PasskeyBody>, IdentityError> {
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Account)
            .await?;
        let text = serde_json::to_vec(body).map_err(|_| IdentityError::Unreadable("passkey"))?;
        let identity = [id.as_bytes().as_slice()];
        Ok(key.seal::<PasskeyBody>(&*self.rng, Row::new(shop, &identity), &text)?)
    }

    async fn passkey_body(
        &self,
        read: &mut dyn Snapshot,
        row: &PasskeyRow,
    ) -> Result<Body, IdentityError> {
        let identity = [row.id.as_bytes().as_slice()];
        let bound = Row::new(row.shop, &identity);
        let text = self.vault.open_sealed(read, bound, &row.body).await?;
        serde_json::from_slice(text.expose()).map_err(|_| IdentityError::Unreadable("passkey"))
    }

    /// The opaque name by which authenticators know the owner (WebAuthn section 5.4.3): nothing can be read
    /// from it, and it is another in every shop.
    async fn user_handle(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        owner: Owner,
    ) -> Result<UserHandle, IdentityError> {
        let parts: &[&[u8]] = &[owner.kind().as_bytes(), owner.uuid().as_bytes()];
        let handle = self
            .vault
            .keyed_hash(read, shop, Domain::UserHandle, parts)
            .await?;
        UserHandle::from_bytes(&handle).map_err(|_| IdentityError::Unreadable("user handle"))
    }
}
