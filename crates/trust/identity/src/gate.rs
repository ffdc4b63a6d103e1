//! The only minter of [`Verified`] and [`Permit`].
//!
//! | gate | comes in | mints | refuses | the attack it answers |
//! |---|---|---|---|---|
//! | [`Identity::shopper`] | a bearer token | `Verified<Shopper, Guest>` for one request | unknown, ended, expired, idle sessions | replay of an old or stolen-then-ended token |
//! | [`Verified::raise`] | a proof | the same proof at a standing level | a session that never proved it | order data by bare id, guests reading histories |
//! | [`Identity::step_up`] | a proof and a fresh code bound to one proposal | `Verified<Shopper, StepUp>` | a code for another proposal, address or session; used, old or guessed codes | a confirmation that was never given |
//! | [`Identity::step_up_by_passkey`] | a proof and an assertion over the proposal's hash | `Verified<Shopper, StepUp>` | an assertion over anything else, of another's passkey, in another session's ceremony or a spent one | a relayed confirmation |
//! | [`Identity::staff_member`] | a bearer token | `Verified<Staff, Session>` for one request | as above, and disabled staff | a colleague who left |
//! | [`Verified::confirm`] | a step-up, by value | `Confirmed` for its own proposal | any other proposal, a second use | a code for a small refund that confirms a large one |
//! | [`Verified::permit`] | a proof of staff | `Permit<Action>` | roles that may not, whatever it were done to; everything but setting up a factor in a session that a link opened | a handler that forgot its check: it has no permit to pass on |
//! | [`Permit::about`] | a permit and the row at hand | nothing; the deed goes on | what this role may not do to this very thing | a colleague's conversation by its bare id; a role that makes itself more |
//!
//! The proofs' fields are private to this file. `Verified` borrows the request's [`Scope`], so it
//! cannot be kept in a state, sent to a spawned task or stored; neither proof is `Clone`.

use core::marker::PhantomData;
use std::sync::Arc;

use access::{Decision, Question, Resource, Rules, Who};
use factors::webauthn::AssertionResponse;
use store::{
    Snapshot, Transaction,
    people::StaffRow,
    sessions::{ProvedBy, SessionLevel, ShopperSessionRow, StaffSessionRow},
};
use terms::{
    CeremonyId, CodeRequestId, RoleName, Secret, SessionId, ShopId, ShopperId, StaffId, Timestamp,
};

use crate::{
    Identity, IdentityError, SessionToken,
    actions::Action,
    codes::CodeOutcome,
    level::{AtLeast, Guest, Level, Session, Standing, StepUp},
    passkeys::Outcome,
    rules,
};

/// One request. Proofs borrow it and end with it.
#[derive(Debug)]
pub struct Scope {
    _private: (),
}

impl Scope {
    /// Opens the scope of the request at hand.
    #[expect(
        clippy::new_without_default,
        reason = "a scope is opened on purpose, never by default"
    )]
    #[must_use]
    pub fn new() -> Self {
        Self { _private: () }
    }
}

/// A shopper or guest, as her session knows her.
#[derive(Debug)]
pub struct Shopper {
    pub(crate) row: ShopperSessionRow,
}

/// A member of staff.
#[derive(Debug)]
pub struct Staff {
    pub(crate) row: StaffSessionRow,
    asker: Arc<Asker>,
}

/// What rules are asked with: who she is to them, for the length of one request.
#[derive(Debug)]
struct Asker {
    who: Who,
    rules: Rules,
    now: Timestamp,
}

/// Proof, for the length of one request, of who someone is and how well that was proved.
#[derive(Debug)]
pub struct Verified<'scope, W, L: Level> {
    who: W,
    /// The one proposal that a step-up confirms, as its hash.
    binding: Option<[u8; 32]>,
    level: PhantomData<fn() -> L>,
    scope: PhantomData<&'scope Scope>,
}

/// Proof that a shopper confirmed exactly one proposal with a fresh factor. Demanded by whoever
/// carries a proposal of that level out, and spent there.
#[derive(Debug)]
pub struct Confirmed<'scope> {
    proposal: [u8; 32],
    who: Shopper,
    scope: PhantomData<&'scope Scope>,
}

/// The step-up was won for another proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this confirmation was given for another proposal: ask for a new code for this one")]
pub struct OtherProposal;

/// Proof that a member of staff may do `A` to something of her shop. Demanded as an argument by every
/// staff handler; whoever does it to one thing of several asks [`Permit::about`] that thing first.
#[derive(Debug)]
pub struct Permit<A: Action> {
    shop: ShopId,
    staff: StaffId,
    session: SessionId,
    asker: Arc<Asker>,
    action: PhantomData<fn() -> A>,
}

/// The session's level is too low.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this needs level `{needed}`, and the session has `{standing}`: prove your address first")]
pub struct NeedsLevel {
    pub needed: &'static str,
    pub standing: &'static str,
}

/// A member of staff may not do this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("{}", words(*action, role, decision))]
    Rule {
        action: access::Action,
        role: RoleName,
        /// Why, and which roles might.
        decision: Box<Decision>,
    },
    /// A one-time link opened the session: it is good for setting up a factor.
    #[error(
        "a sign-in link is good for setting up a passkey, not for `{action}`: set one up first"
    )]
    NeedsFactor { action: &'static str },
}

/// A refusal in words: what, why, and whom to ask.
fn words(action: access::Action, role: &RoleName, decision: &Decision) -> String {
    let by_default = decision
        .because()
        .iter()
        .any(|reason| reason.rule() == access::BY_DEFAULT);
    if by_default && action.subject() == access::Subject::Conversation {
        return format!(
            "this conversation is not yours, and the role `{role}` may `{action}` only with what is assigned to you or waits: \
             ask whoever has it, or a supervisor"
        );
    }
    if !by_default {
        let reasons: Vec<&str> = decision
            .because()
            .iter()
            .map(access::Reason::words)
            .collect();
        let reasons = reasons.join("; ");
        return format!("the role `{role}` may not `{action}`: {reasons}");
    }
    let others: Vec<String> = decision
        .allowed_for()
        .iter()
        .map(|other| format!("`{other}`"))
        .collect();
    let whom = match others.split_last() {
        Some((last, [])) => format!("a colleague with the role {last}"),
        Some((last, others)) => {
            format!("a colleague with the role {} or {last}", others.join(", "))
        }
        None => "an admin of the shop".to_owned(),
    };
    let deed = action.words();
    format!("the role `{role}` may not `{action}` ({deed}): ask {whom}")
}

impl Identity {
    /// Who holds this token, as a guest at least.
    pub async fn shopper<'scope>(
        &self,
        _scope: &'scope Scope,
        snapshot: &mut dyn Snapshot,
        token: &SessionToken,
    ) -> Result<Verified<'scope, Shopper, Guest>, IdentityError> {
        let row = snapshot.shopper_session_by_token(&token.hash().0).await?;
        let row = row
            .filter(|row| self.shopper_session_is_open(row))
            .ok_or(IdentityError::NeedsSession)?;
        Ok(Verified {
            who: Shopper { row },
            binding: None,
            level: PhantomData,
            scope: PhantomData,
        })
    }

    /// A shopper's session without its token, on the word of the operator who holds the machine and
    /// its keys: `parlour tool run` acts as a customer. No door of the network may call it.
    pub async fn danger_shopper_as_operator<'scope>(
        &self,
        _scope: &'scope Scope,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        session: SessionId,
    ) -> Result<Verified<'scope, Shopper, Guest>, IdentityError> {
        let row = snapshot.shopper_session(shop, session).await?;
        let row = row
            .filter(|row| self.shopper_session_is_open(row))
            .ok_or(IdentityError::NeedsSession)?;
        Ok(Verified {
            who: Shopper { row },
            binding: None,
            level: PhantomData,
            scope: PhantomData,
        })
    }

    /// A step-up for one proposal on the operator's word, as [`Identity::danger_shopper_as_operator`].
    pub fn danger_step_up_as_operator<'scope>(
        &self,
        proof: &Verified<'scope, Shopper, Session>,
        binding: [u8; 32],
    ) -> Verified<'scope, Shopper, StepUp> {
        Verified {
            who: Shopper {
                row: proof.who.row.clone(),
            },
            binding: Some(binding),
            level: PhantomData,
            scope: PhantomData,
        }
    }

    /// Which member of staff holds this token.
    pub async fn staff_member<'scope>(
        &self,
        _scope: &'scope Scope,
        snapshot: &mut dyn Snapshot,
        token: &SessionToken,
    ) -> Result<Verified<'scope, Staff, Session>, IdentityError> {
        let found = snapshot.staff_by_token(&token.hash().0).await?;
        let (row, staff) = found
            .filter(|(row, staff)| self.staff_session_is_open(row) && staff.disabled_at.is_none())
            .ok_or(IdentityError::NeedsSession)?;
        let asker = self.asker(snapshot, &row, staff).await?;
        Ok(Verified {
            who: Staff {
                row,
                asker: Arc::new(asker),
            },
            binding: None,
            level: PhantomData,
            scope: PhantomData,
        })
    }

    /// Whether somebody is still here, and her role still lets her do this to anything at all: what goes on by itself
    /// asks it again and again.
    pub async fn staff_may_still<A: Action>(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        session: SessionId,
    ) -> Result<bool, IdentityError> {
        let Some((row, staff)) = self.who_is_here(snapshot, shop, session).await? else {
            return Ok(false);
        };
        let asker = self.asker(snapshot, &row, staff).await?;
        Ok(asker.possible(A::WHAT).is_allowed())
    }

    /// Who she is to the rules, by her session and her row.
    async fn asker(
        &self,
        snapshot: &mut dyn Snapshot,
        row: &StaffSessionRow,
        staff: StaffRow,
    ) -> Result<Asker, IdentityError> {
        let rules = self.rules_for(snapshot, staff.shop, &staff.role).await?;
        Ok(Asker {
            who: rules::who(staff, row.proved_by != ProvedBy::Link),
            rules,
            now: self.clock.now(),
        })
    }

    /// Raises a signed-in shopper's proof to a step-up for exactly one proposal (`binding` is its
    /// hash), by a fresh code that was mailed to her own address for that proposal.
    ///
    /// The caller commits the transaction in every case: a refused attempt must be counted.
    pub async fn step_up<'scope>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'scope, Shopper, Session>,
        request: CodeRequestId,
        code: &Secret<String>,
        binding: [u8; 32],
    ) -> Result<CodeOutcome<Verified<'scope, Shopper, StepUp>>, IdentityError> {
        let outcome = self
            .check_step_up(tx, proof, request, code, binding)
            .await?;
        Ok(outcome.map(|()| stepped_up(proof, binding)))
    }

    /// As [`Identity::step_up`], by an assertion of one of her passkeys whose challenge is the proposal's hash.
    ///
    /// The caller commits the transaction in every case: a ceremony is spent by its first answer.
    pub async fn step_up_by_passkey<'scope>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'scope, Shopper, Session>,
        ceremony: CeremonyId,
        response: &AssertionResponse,
        binding: [u8; 32],
    ) -> Result<Outcome<Verified<'scope, Shopper, StepUp>>, IdentityError> {
        let outcome = self
            .check_step_up_by_passkey(tx, proof, ceremony, response, binding)
            .await?;
        Ok(outcome.map(|()| stepped_up(proof, binding)))
    }
}

/// The proof of a step-up that was checked just now, for this proposal and no other.
fn stepped_up<'scope>(
    proof: &Verified<'scope, Shopper, Session>,
    binding: [u8; 32],
) -> Verified<'scope, Shopper, StepUp> {
    Verified {
        who: Shopper {
            row: proof.who.row.clone(),
        },
        binding: Some(binding),
        level: PhantomData,
        scope: PhantomData,
    }
}

impl<'scope, L: Level> Verified<'scope, Shopper, L> {
    #[must_use]
    pub const fn shop(&self) -> ShopId {
        self.who.row.shop
    }

    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.who.row.id
    }

    /// The shopper this session has proved to be; `None` for a guest.
    #[must_use]
    pub const fn shopper(&self) -> Option<ShopperId> {
        self.who.row.shopper
    }

    pub(crate) const fn row(&self) -> &ShopperSessionRow {
        &self.who.row
    }

    /// The session's standing level, for display.
    #[must_use]
    pub const fn standing(&self) -> SessionLevel {
        self.who.row.level
    }

    /// When the session ends at the latest.
    #[must_use]
    pub const fn expires_at(&self) -> terms::Timestamp {
        self.who.row.expires_at
    }
}

impl<'scope> Verified<'scope, Shopper, Guest> {
    /// A proof for the same request at the level the session has by standing.
    pub fn raise<L: Standing>(&self) -> Result<Verified<'scope, Shopper, L>, NeedsLevel> {
        if self.who.row.level < L::STANDING {
            return Err(NeedsLevel {
                needed: L::NAME,
                standing: self.who.row.level.as_str(),
            });
        }
        Ok(Verified {
            who: Shopper {
                row: self.who.row.clone(),
            },
            binding: None,
            level: PhantomData,
            scope: PhantomData,
        })
    }
}

impl<'scope> Verified<'scope, Shopper, StepUp> {
    /// Spends the proof on the proposal it was won for (`proposal` is its hash). What was won for
    /// one proposal confirms no other, and confirms it once.
    pub fn confirm(self, proposal: &[u8; 32]) -> Result<Confirmed<'scope>, OtherProposal> {
        let won_for = self.binding.as_ref();
        if won_for != Some(proposal) {
            return Err(OtherProposal);
        }
        Ok(Confirmed {
            proposal: *proposal,
            who: self.who,
            scope: PhantomData,
        })
    }
}

impl Confirmed<'_> {
    /// The proposal's hash.
    #[must_use]
    pub const fn proposal(&self) -> &[u8; 32] {
        &self.proposal
    }

    #[must_use]
    pub const fn shop(&self) -> ShopId {
        self.who.row.shop
    }

    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.who.row.id
    }
}

impl<'scope, L: AtLeast<Session>> Verified<'scope, Staff, L> {
    #[must_use]
    pub const fn shop(&self) -> ShopId {
        self.who.row.shop
    }

    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.who.row.id
    }

    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.who.row.staff
    }

    #[must_use]
    pub fn role(&self) -> &RoleName {
        self.who.asker.who.role()
    }

    #[must_use]
    pub const fn expires_at(&self) -> terms::Timestamp {
        self.who.row.expires_at
    }

    /// By what she proved who she is when the session was opened.
    #[must_use]
    pub const fn proved_by(&self) -> ProvedBy {
        self.who.row.proved_by
    }

    pub(crate) const fn seen_at(&self) -> terms::Timestamp {
        self.who.row.seen_at
    }

    /// Permits one action, if the role may do it to anything at all.
    pub fn permit<A: Action>(&self) -> Result<Permit<A>, Denied> {
        if self.who.row.proved_by == ProvedBy::Link && !A::WHAT.is_before_a_factor() {
            return Err(Denied::NeedsFactor { action: A::NAME });
        }
        let asker = &self.who.asker;
        asker.admit(A::WHAT, asker.possible(A::WHAT))?;
        Ok(Permit {
            shop: self.who.row.shop,
            staff: self.who.row.staff,
            session: self.who.row.id,
            asker: Arc::clone(asker),
            action: PhantomData,
        })
    }
}

impl<A: Action> Permit<A> {
    #[must_use]
    pub const fn shop(&self) -> ShopId {
        self.shop
    }

    #[must_use]
    pub const fn staff(&self) -> StaffId {
        self.staff
    }

    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    #[must_use]
    pub fn role(&self) -> &RoleName {
        self.asker.who.role()
    }

    /// Until when she has access herself.
    pub(crate) fn access_ends(&self) -> Option<Timestamp> {
        match &self.asker.who {
            Who::Staff(staff) => staff.access_ends,
            Who::Client(client) => client.access_ends,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.asker.now
    }

    /// Whether it may be done to exactly this, as its row says now.
    pub fn about(&self, thing: &Resource) -> Result<(), Denied> {
        self.decide(Question::new(
            &self.asker.who,
            A::WHAT,
            thing,
            self.asker.now,
        ))
    }

    /// As [`Permit::about`], for what hands out a role.
    pub fn handing_out(&self, thing: &Resource, role: &RoleName) -> Result<(), Denied> {
        let question = Question::new(&self.asker.who, A::WHAT, thing, self.asker.now);
        self.decide(question.handing_out(role))
    }

    /// Whether she may do something to this, without the reasons: for lists that show only what she may
    /// see. No permit comes of it.
    #[must_use]
    pub fn covers(&self, action: access::Action, thing: &Resource) -> bool {
        let asker = &self.asker;
        let question = Question::new(&asker.who, action, thing, asker.now);
        asker.rules.allows(&question)
    }

    /// Whether she might do something else, for what a screen offers; no permit comes of it.
    #[must_use]
    pub fn might(&self, action: access::Action) -> bool {
        self.asker.possible(action).is_allowed()
    }

    fn decide(&self, question: Question<'_>) -> Result<(), Denied> {
        let decision = self.asker.rules.decide(&question);
        self.asker.admit(A::WHAT, decision)
    }
}

impl Asker {
    fn possible(&self, action: access::Action) -> Decision {
        self.rules.possible(&self.who, action, self.now)
    }

    fn admit(&self, action: access::Action, decision: Decision) -> Result<(), Denied> {
        if decision.is_allowed() {
            return Ok(());
        }
        Err(Denied::Rule {
            action,
            role: self.who.role().clone(),
            decision: Box::new(decision),
        })
    }
}
