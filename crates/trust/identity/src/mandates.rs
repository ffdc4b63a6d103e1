//! Step-ups by passkey, and the mandates they leave.
//!
//! The challenge of the ceremony *is* the proposal's hash: what the authenticator signs names exactly what was
//! shown, and nothing else can be confirmed by it. The signed assertion is kept with the key that verifies it,
//! so that anybody with the record can check later what a shopper agreed to, without this program's word.

use factors::webauthn::{
    AssertionResponse, Challenge, Mandate, PublicKey, RelyingParty, WebauthnError, verify_mandate,
};
use ledger::Actor;
use serde::{Deserialize, Serialize};
use store::{
    Snapshot, Transaction,
    factors::{CeremonyPurpose, MandateRow},
    keys::Owner,
    places::MandateBody,
};
use terms::{CeremonyId, MandateId, RetentionClass, Timestamp};
use vault::Row;

use crate::{
    Identity, IdentityError, Permit, Shopper, Verified,
    actions::ReadLedger,
    effects::{StepUpRefused, SteppedUp},
    level::Session,
    passkeys::{Ceremony, Outcome, Refusal},
};

/// What is sealed of a mandate: all that a verifier needs.
#[derive(Serialize, Deserialize)]
struct Body {
    assertion: Mandate,
    /// COSE_Key, as CBOR.
    key: Vec<u8>,
    relying_party: String,
    origins: Vec<String>,
}

/// What confirmed a proposal, verified again just now.
#[derive(Debug)]
pub struct KeptMandate {
    pub id: MandateId,
    pub created_at: Timestamp,
    pub assertion: Mandate,
    /// COSE_Key, as CBOR (RFC 9052 section 7).
    pub key: Vec<u8>,
    pub relying_party: String,
    pub origins: Vec<String>,
    /// Whether the signature holds over exactly this proposal.
    pub verified: Result<(), WebauthnError>,
}

impl Identity {
    /// Asks the browser to confirm one proposal (`binding` is its hash) with one of her passkeys.
    pub async fn begin_step_up(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        binding: [u8; 32],
    ) -> Result<Ceremony, IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let known = self
            .descriptors_of(tx, shop, Owner::Shopper(shopper))
            .await?;
        if known.is_empty() {
            return Err(IdentityError::NoPasskey);
        }
        let challenge = Challenge::of(binding);
        let (purpose, session) = (CeremonyPurpose::StepUp, Some(proof.session()));
        let options = self.request_options(&challenge, &known)?;
        self.begin_ceremony(tx, shop, purpose, session, &challenge, options)
            .await
    }

    /// Checks the assertion over the proposal, and keeps it.
    pub(crate) async fn check_step_up_by_passkey(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        binding: [u8; 32],
    ) -> Result<Outcome<()>, IdentityError> {
        self.hold_shopper(tx, proof).await?;
        let outcome = self
            .try_step_up(tx, proof, ceremony, response, binding)
            .await?;
        if let Outcome::Refused(refusal) = &outcome {
            let effect = StepUpRefused {
                because: refusal.word(),
            };
            self.recorder
                .note(tx, proof.shop(), Actor::Shopper, None, effect)
                .await?;
        }
        Ok(outcome)
    }

    async fn try_step_up(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Session>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        binding: [u8; 32],
    ) -> Result<Outcome<()>, IdentityError> {
        let shop = proof.shop();
        let shopper = proof.shopper().ok_or(IdentityError::NeedsSession)?;
        let (purpose, session) = (CeremonyPurpose::StepUp, Some(proof.session()));
        let challenge = self
            .spend_ceremony(tx, shop, ceremony, purpose, session)
            .await?;
        // A ceremony that was begun for another proposal has another challenge.
        let Some(challenge) = challenge.filter(|challenge| *challenge.as_bytes() == binding) else {
            return Ok(Outcome::Refused(Refusal::Spent));
        };
        let answered = match self.check_assertion(tx, shop, &challenge, response).await? {
            Outcome::Accepted(answered) => answered,
            Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        if answered.owner != Owner::Shopper(shopper) || answered.shop != shop {
            return Ok(Outcome::Refused(Refusal::NotHere));
        }
        self.stop_waiting(tx, shop, shopper, "passkey").await?;
        let body = Body {
            assertion: response.mandate(),
            key: answered.key.to_bytes(),
            relying_party: self.relying_party.id().to_owned(),
            origins: self.relying_party.origins().to_vec(),
        };
        let (owner, class) = (Owner::Shopper(shopper), RetentionClass::Statutory);
        let key = self.vault.sealing_key(tx, shop, owner, class).await?;
        let id = MandateId::ordered(&*self.clock, &*self.rng);
        let text = serde_json::to_vec(&body).map_err(|_| IdentityError::Unreadable("mandate"))?;
        let identity = [id.as_bytes().as_slice()];
        let sealed = key.seal::<MandateBody>(&*self.rng, Row::new(shop, &identity), &text)?;
        tx.insert_mandate(&MandateRow {
            shop,
            id,
            owner: shopper,
            binding,
            body: sealed,
            created_at: self.clock.now(),
        })
        .await?;
        let effect = SteppedUp {
            by: "passkey",
            evidence: Some((answered.passkey, id)),
        };
        let tag = Some(key.subject_tag());
        self.recorder
            .note(tx, shop, Actor::Shopper, tag, effect)
            .await?;
        Ok(Outcome::Accepted(()))
    }

    /// What confirmed the proposal with this hash, each verified again from what was kept.
    pub async fn mandates(
        &self,
        read: &mut dyn Snapshot,
        permit: &Permit<ReadLedger>,
        binding: &[u8; 32],
    ) -> Result<Vec<KeptMandate>, IdentityError> {
        let shop = permit.shop();
        let mut kept = Vec::new();
        for row in read.mandates_of_binding(shop, binding).await? {
            let identity = [row.id.as_bytes().as_slice()];
            let bound = Row::new(shop, &identity);
            let text = match self.vault.open_sealed(read, bound, &row.body).await {
                Ok(text) => text,
                Err(vault::VaultError::Forgotten(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            let body: Body = serde_json::from_slice(text.expose())
                .map_err(|_| IdentityError::Unreadable("mandate"))?;
            let verified = verified(&body, binding);
            kept.push(KeptMandate {
                id: row.id,
                created_at: row.created_at,
                assertion: body.assertion,
                key: body.key,
                relying_party: body.relying_party,
                origins: body.origins,
                verified,
            });
        }
        Ok(kept)
    }
}

fn verified(body: &Body, binding: &[u8; 32]) -> Result<(), WebauthnError> {
    let unreadable = |what: &str| WebauthnError::Response(format!("the {what} cannot be read"));
    let (id, origins) = (body.relying_party.clone(), body.origins.clone());
    let party = RelyingParty::new(id.clone(), id, origins);
    let party = party.map_err(|_| unreadable("relying party"))?;
    let key = PublicKey::from_bytes(&body.key).map_err(|_| unreadable("public key"))?;
    let challenge = Challenge::of(*binding);
    let credential = body.assertion.credential_id();
    verify_mandate(&party, &challenge, credential, &key, &body.assertion)
}
