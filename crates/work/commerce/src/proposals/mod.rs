//! Proposals and their confirmation.
//!
//! - Comes in: a tool's arguments and the session's proof; later the proposal's id, by the same
//!   shopper (or guest's session), with a proof of the level it demands.
//! - Stored: arguments, the exact change that was worked out, and a hash over all of it, which a
//!   step-up is bound to.
//! - Refused: another's proposal (as if it did not exist), a second confirmation, one that is too
//!   old, a level that was not proved, and a change that would not be what was shown.
//! - The attacks it answers: a model that acts by itself; a confirmation that is replayed, taken to
//!   another proposal, or overtaken by a new price.

mod carrying_out;
mod judging;

use core::time::Duration;

use aws_lc_rs::digest;
use identity::{Confirmed, level::Session, sessions::actor_of};
use ledger::SubjectTag;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    Transaction,
    keys::Owner,
    orders::{ProposalLevel, ProposalRow, ProposalState},
};
use terms::{ConversationId, Language, Money, ProposalId, RetentionClass, ShopId, Timestamp};
use vault::Row;

use crate::{
    cart::owner_of,
    change::Change,
    effects::{ProposalConfirmed, ProposalExpired, ProposalMade},
    refusal::{Code, Refusal},
    told::Told,
    tools::{Commerce, CommerceError, Proof, Result, Tool},
};
pub(crate) use judging::Asked;
use judging::Judged;

/// How long a proposal can be confirmed.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// One line of an effect: what happens, and the money in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectLine {
    pub text: String,
    /// Minor units; what the shopper gets back is negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

/// A proposal as it is shown: the platform draws it, whatever a planner says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub tool: Tool,
    pub title: String,
    pub effect: Vec<EffectLine>,
    /// What it costs (or, negative, gives back), in minor units.
    pub total: Option<i64>,
    pub currency: terms::Currency,
    pub level: ProposalLevel,
    pub expires_at: Timestamp,
    /// What a step-up must be bound to.
    pub hash: [u8; 32],
}

/// Where a proposal was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Occasion {
    /// The conversation that is told what its confirmation did.
    pub conversation: Option<ConversationId>,
    /// What the card is written in; what was done is told as it was shown.
    pub language: Language,
}

/// What a confirmation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub proposal: ProposalId,
    pub tool: Tool,
    pub title: String,
    pub effect: Vec<EffectLine>,
    pub currency: terms::Currency,
    /// The order's number, where there is one.
    pub order: Option<String>,
    /// The payment to be made on the gateway's page.
    pub payment: Option<PaymentDue>,
}

/// A payment that waits for the shopper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDue {
    pub amount: Money,
    /// The gateway's page; `None` when no gateway is set up.
    pub url: Option<String>,
    pub until: Timestamp,
}

/// What a confirmation came to. Each is durable once the caller commits: a proposal that expired
/// stays expired.
#[derive(Debug)]
pub enum Confirmation {
    Done(Box<Outcome>),
    Refused(Refusal),
    /// It was confirmed before; nothing was done again. What it did then, and the payment if it still
    /// waits.
    Already(Box<Outcome>),
}

/// What is stored of a proposal, sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    args: Value,
    title: String,
    effect: Vec<EffectLine>,
    total: Option<i64>,
    /// The change as it was worked out.
    change: Value,
    /// The conversation it was asked for in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conversation: Option<ConversationId>,
}

impl Commerce {
    /// Works out what a tool would do, and keeps it to be confirmed.
    pub async fn propose(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
        occasion: Occasion,
    ) -> Result<Proposal> {
        let subject = self.subject_of(tx, proof).await?;
        let judged = self.judge(tx, proof, tool, args.clone()).await?;
        let made = self.make(tx, proof, tool, args, judged, subject, occasion);
        Ok(made.await?.0)
    }

    /// The conversation that a proposal of hers was asked for in.
    pub async fn conversation_of(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
    ) -> Result<Option<ConversationId>> {
        let row = tx.proposal(proof.shop(), id).await?;
        match row.filter(|row| row.owner == owner_of(proof)) {
            Some(row) => Ok(self.stored(tx, &row).await?.conversation),
            None => Ok(None),
        }
    }

    /// Proposes, and confirms in the same transaction, for whoever brings the confirmation along.
    /// `step_up` is asked for the fresh factor over the proposal's hash.
    ///
    /// What was judged stays locked until the transaction ends, so it need not be judged again.
    pub async fn propose_and_confirm<'scope>(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, 'scope>,
        tool: Tool,
        args: Value,
        step_up: impl FnOnce([u8; 32]) -> Result<Option<Confirmed<'scope>>> + Send,
    ) -> Result<(Proposal, Confirmation)> {
        let subject = self.subject_of(tx, proof).await?;
        let judged = self.judge(tx, proof, tool, args.clone()).await?;
        let occasion = Occasion::default();
        let made = self.make(tx, proof, tool, args, judged, subject, occasion);
        let (proposal, row, judged) = made.await?;
        let confirmation = match proved(proof, &row, step_up(row.hash)?) {
            Err(refusal) => Confirmation::Refused(refusal),
            Ok(()) => {
                let shown = (proposal.title.clone(), proposal.effect.clone());
                self.carry_out_confirmed(tx, proof, &row, tool, shown, judged, subject)
                    .await?
            }
        };
        Ok((proposal, confirmation))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a proposal's parts, named where it is called"
    )]
    async fn make(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
        judged: Judged,
        subject: Option<SubjectTag>,
        occasion: Occasion,
    ) -> Result<(Proposal, ProposalRow, Judged)> {
        let (shop, owner) = (proof.shop(), owner_of(proof));
        let Told {
            title,
            effect,
            total,
        } = judged.told(occasion.language);
        let stored = Stored {
            args,
            title,
            effect,
            total,
            change: basis(&judged.change)?,
            conversation: occasion.conversation,
        };
        let bytes =
            serde_json::to_vec(&stored).map_err(|_| CommerceError::Unreadable("proposal"))?;
        let id = ProposalId::random(&*self.rng);
        let key = self
            .vault
            .sealing_key(tx, shop, owner, RetentionClass::Transient)
            .await?;
        let now = self.clock.now();
        let row = ProposalRow {
            shop,
            id,
            owner,
            tool: tool.as_str().to_owned(),
            level: judged.level,
            state: ProposalState::Open,
            hash: hash(shop, owner, id, tool, judged.level, &bytes),
            body: key.seal(&*self.rng, Row::new(shop, &[id.as_bytes()]), &bytes)?,
            created_at: now,
            expires_at: now.after(LIFETIME),
            decided_at: None,
        };
        tx.insert_proposal(&row).await?;
        let made = ProposalMade {
            proposal: id,
            tool: tool.as_str(),
            level: judged.level,
        };
        self.recorder
            .note(tx, shop, actor_of(proof), subject, made)
            .await?;
        let proposal = Proposal {
            id,
            tool,
            title: stored.title,
            effect: stored.effect,
            total: stored.total,
            currency: judged.terms.currency,
            level: row.level,
            expires_at: row.expires_at,
            hash: row.hash,
        };
        Ok((proposal, row, judged))
    }

    /// What a proposal of hers was asked with: its tool and arguments.
    pub async fn asked(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
    ) -> Result<Option<(String, Value)>> {
        let row = tx.proposal(proof.shop(), id).await?;
        match row.filter(|row| row.owner == owner_of(proof)) {
            Some(row) => {
                let stored = self.stored(tx, &row).await?;
                Ok(Some((row.tool, stored.args)))
            }
            None => Ok(None),
        }
    }

    /// What a step-up must be bound to: the hash of an open proposal of hers.
    pub async fn proposal_hash(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
    ) -> Result<[u8; 32]> {
        let row = tx.proposal(proof.shop(), id).await?;
        let row = row.filter(|row| row.owner == owner_of(proof));
        let row = row.ok_or_else(no_such_proposal)?;
        self.must_be_open(&row)?;
        Ok(row.hash)
    }

    /// Confirms a proposal. `step_up` is the fresh factor, where the proposal demands one.
    ///
    /// The caller commits in every case but an error.
    pub async fn confirm(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
        step_up: Option<Confirmed<'_>>,
    ) -> Result<Confirmation> {
        let (shop, owner) = (proof.shop(), owner_of(proof));
        let row = tx.lock_proposal(shop, id).await?;
        let Some(row) = row.filter(|row| row.owner == owner) else {
            return Ok(Confirmation::Refused(no_such_proposal()));
        };
        let Some(tool) = Tool::from_name(&row.tool) else {
            return Err(CommerceError::Unreadable("proposal"));
        };
        if row.state == ProposalState::Confirmed {
            let stored = self.stored(tx, &row).await?;
            let outcome = self.outcome_again(tx, &row, tool, stored).await?;
            return Ok(Confirmation::Already(Box::new(outcome)));
        }
        if let Err(refusal) = self.must_be_open(&row) {
            return self.expire_proposal(tx, &row, refusal).await;
        }
        if let Err(refusal) = proved(proof, &row, step_up) {
            return Ok(Confirmation::Refused(refusal));
        }
        let stored = self.stored(tx, &row).await?;
        let judged = match self.judge(tx, proof, tool, stored.args.clone()).await {
            Ok(judged) => judged,
            // What the rules say now is why it cannot be done any more.
            Err(CommerceError::Refused(refusal)) => {
                let why = Refusal::new(Code::Expired, format!("this has changed since: {refusal}"));
                return self.expire_proposal(tx, &row, why).await;
            }
            Err(error) => return Err(error),
        };
        let now = basis(&judged.change)?;
        if now != stored.change || judged.level != row.level {
            let why = Refusal::new(Code::Expired, what_changed(&stored.change, &now));
            return self.expire_proposal(tx, &row, why).await;
        }
        let subject = self.subject_of(tx, proof).await?;
        let shown = (stored.title, stored.effect);
        self.carry_out_confirmed(tx, proof, &row, tool, shown, judged, subject)
            .await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a confirmation's parts, named where it is called"
    )]
    async fn carry_out_confirmed(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        row: &ProposalRow,
        tool: Tool,
        shown: (String, Vec<EffectLine>),
        judged: Judged,
        subject: Option<SubjectTag>,
    ) -> Result<Confirmation> {
        tx.decide_proposal(row.shop, row.id, ProposalState::Confirmed, self.clock.now())
            .await?;
        let confirmed = ProposalConfirmed { proposal: row.id };
        self.recorder
            .note(tx, row.shop, actor_of(proof), subject, confirmed)
            .await?;
        let outcome = self
            .carry_out(tx, proof, row.id, tool, shown, judged, subject)
            .await?;
        Ok(Confirmation::Done(Box::new(outcome)))
    }

    fn must_be_open(&self, row: &ProposalRow) -> core::result::Result<(), Refusal> {
        match row.state {
            ProposalState::Open if self.clock.now() < row.expires_at => Ok(()),
            ProposalState::Confirmed => Err(Refusal::new(
                Code::AlreadyConfirmed,
                "this was confirmed already: nothing was done again",
            )),
            ProposalState::Open | ProposalState::Expired => Err(Refusal::new(
                Code::Expired,
                "this proposal has expired: ask for it again to see what it would do now",
            )),
        }
    }

    async fn expire_proposal(
        &self,
        tx: &mut dyn Transaction,
        row: &ProposalRow,
        why: Refusal,
    ) -> Result<Confirmation> {
        if row.state == ProposalState::Open {
            tx.decide_proposal(row.shop, row.id, ProposalState::Expired, self.clock.now())
                .await?;
            let expired = ProposalExpired { proposal: row.id };
            self.recorder
                .note(tx, row.shop, ledger::Actor::System, None, expired)
                .await?;
        }
        Ok(Confirmation::Refused(why))
    }

    async fn stored(&self, tx: &mut dyn Transaction, row: &ProposalRow) -> Result<Stored> {
        let identity = [row.id.as_bytes().as_slice()];
        let bytes = self
            .vault
            .open_sealed(tx, Row::new(row.shop, &identity), &row.body)
            .await?;
        // INVARIANT: what is carried out is what the hash, and so a step-up, was made over.
        let tool = Tool::from_name(&row.tool).ok_or(CommerceError::Unreadable("proposal"))?;
        let again = hash(row.shop, row.owner, row.id, tool, row.level, bytes.expose());
        if again != row.hash {
            return Err(CommerceError::Unreadable("proposal"));
        }
        serde_json::from_slice(bytes.expose()).map_err(|_| CommerceError::Unreadable("proposal"))
    }

    async fn subject_of(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
    ) -> Result<Option<ledger::SubjectTag>> {
        match proof.shopper() {
            Some(shopper) => Ok(Some(self.subject(tx, proof.shop(), shopper).await?)),
            None => Ok(None),
        }
    }
}

/// The level that was proved for this confirmation.
fn proved(
    proof: Proof<'_, '_>,
    row: &ProposalRow,
    step_up: Option<Confirmed<'_>>,
) -> core::result::Result<(), Refusal> {
    let needs = |text: String| Refusal::new(Code::NeedsLevel, text);
    match row.level {
        ProposalLevel::Guest => Ok(()),
        ProposalLevel::Session => proof
            .raise::<Session>()
            .map(drop)
            .map_err(|error| needs(error.to_string())),
        ProposalLevel::StepUp => {
            let confirmed = step_up.is_some_and(|confirmed| {
                *confirmed.proposal() == row.hash
                    && confirmed.shop() == row.shop
                    && confirmed.session() == proof.session()
            });
            if confirmed {
                return Ok(());
            }
            Err(needs(
                "this needs level `step_up`: confirm it with a fresh code for exactly this proposal".to_owned(),
            ))
        }
    }
}

/// An address on one line.
pub(crate) fn one_line(address: &crate::document::Address) -> String {
    let parts = [
        Some(&address.line1),
        address.line2.as_ref(),
        Some(&address.postal_code),
        Some(&address.city),
        address.region.as_ref(),
        Some(&address.country),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

/// The change as it is compared: everything but what is drawn anew at its execution.
fn basis(change: &Change) -> Result<Value> {
    serde_json::to_value(change).map_err(|_| CommerceError::Unreadable("change"))
}

/// Says which part of a change is not as it was shown.
fn what_changed(shown: &Value, now: &Value) -> String {
    let part = |value: &Value, pointer: &str| value.pointer(pointer).cloned();
    let prices = |value: &Value| -> Vec<Value> {
        let lines = value
            .pointer("/order/order/lines")
            .and_then(Value::as_array);
        let lines = lines.into_iter().flatten();
        lines
            .map(|line| json!([line.get("variant"), line.get("unit_price")]))
            .collect()
    };
    let lines = |value: &Value| -> Vec<Value> {
        let lines = value
            .pointer("/order/order/lines")
            .and_then(Value::as_array);
        let lines = lines.into_iter().flatten();
        lines
            .map(|line| json!([line.get("variant"), line.get("quantity")]))
            .collect()
    };
    let what = if lines(shown) != lines(now) {
        "what is in it has changed"
    } else if prices(shown) != prices(now)
        || part(shown, "/order/order/exchange/difference")
            != part(now, "/order/order/exchange/difference")
    {
        "a price has changed"
    } else if part(shown, "/order/order/adjustments") != part(now, "/order/order/adjustments") {
        "discount, delivery or tax has changed"
    } else if part(shown, "/order/movements") != part(now, "/order/movements") {
        "the money in it has changed"
    } else {
        "the order or the account has changed"
    };
    format!("{what} since this was proposed: ask for it again to see what it would do now")
}

/// SHA-256 over everything that is confirmed, each part preceded by its length.
fn hash(
    shop: ShopId,
    owner: Owner,
    id: ProposalId,
    tool: Tool,
    level: ProposalLevel,
    body: &[u8],
) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    let parts: [&[u8]; 8] = [
        b"parlour/v1/proposal",
        shop.as_bytes(),
        owner.kind().as_bytes(),
        owner.uuid().as_bytes(),
        id.as_bytes(),
        tool.as_str().as_bytes(),
        level.as_str().as_bytes(),
        body,
    ];
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        context.update(&length.to_be_bytes());
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

fn no_such_proposal() -> Refusal {
    Refusal::new(Code::NotFound, "there is no such proposal in this account")
}
