//! `parlour tool run`: the tool layer for integrators and tests, as one customer or another.
//!
//! Whoever runs it holds the machine and its keys, and acts on that word. What a customer may do is
//! judged as everywhere: levels, rules, proposals and confirmations.

mod lines;

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Write},
};

use anyhow::Context;
use commerce::{
    port::ShopError,
    proposals::{Confirmation, EffectLine, Outcome, Proposal},
    refusal::{Code, Refusal},
    tools::{Answer, CommerceError},
};
use identity::{
    Confirmed, Scope, Shopper, Verified,
    level::{Guest, Session},
};
use journey::{JourneyError, tool::AnyTool};
use serde_json::{Value, json};
use store::{Database, StoreError, Transaction, shops::ShopRow};
use terms::{Language, ProposalId, SessionId, ShopId};

use super::block_on;
use crate::{
    arguments::{Common, ToolCommand, ToolWhat, Where},
    installation::Installation,
    logging::complain,
};
use lines::{Call, Level, Line, Parsed};

/// How often a line is tried again while another process writes.
const TRIES: usize = 6;

pub(crate) fn run(common: &Common, tool: &ToolCommand) -> anyhow::Result<()> {
    let ToolWhat::Run { at, script } = &tool.what;
    stay_on_one_core();
    block_on(async {
        match script {
            Some(path) => {
                let file = File::open(path)
                    .with_context(|| format!("`{}` cannot be opened", path.display()))?;
                answer_all(common, at, BufReader::new(file)).await
            }
            None => answer_all(common, at, BufReader::new(io::stdin())).await,
        }
    })
}

/// Each statement goes to the database's thread and comes back before the next one is made: never
/// do both work. On two cores each would sleep until the other wakes it, for longer than most
/// statements take.
///
/// INVARIANT: called before any thread is started, since threads inherit it.
#[cfg(target_os = "linux")]
fn stay_on_one_core() {
    use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};
    let core = sched_getcpu();
    if core < CpuSet::MAX_CPU {
        let mut only = CpuSet::new();
        only.set(core);
        // Where it is not allowed, everything is merely slower.
        let _ = sched_setaffinity(None, &only);
    }
}

#[cfg(not(target_os = "linux"))]
const fn stay_on_one_core() {}

async fn answer_all(
    common: &Common,
    at: &Where,
    mut lines: BufReader<impl io::Read>,
) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut runner = Runner {
        installation: &installation,
        shop: &shop,
        sessions: HashMap::new(),
    };
    // INVARIANT: whatever ends the run, its sessions end with it.
    let answered = runner.run(&mut lines, &mut io::stdout().lock()).await;
    answered.and(runner.leave().await)
}

struct Runner<'a> {
    installation: &'a Installation,
    shop: &'a ShopRow,
    /// Sessions of the customers seen so far.
    sessions: HashMap<String, SessionId>,
}

/// Answers that are durable, and what ended the run after them, if anything did.
struct Answered {
    answers: Vec<Value>,
    ended: anyhow::Result<()>,
}

impl Runner<'_> {
    async fn run(
        &mut self,
        lines: &mut BufReader<impl io::Read>,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let mut number = 0;
        while let Some(batch) = lines::batch(lines, &mut number)? {
            let Answered { answers, ended } = self.answers(&batch).await;
            for answer in answers {
                writeln!(out, "{answer}").context("standard output cannot be written")?;
            }
            out.flush().context("standard output cannot be written")?;
            ended?;
        }
        Ok(())
    }

    /// Answers lines in order: in one transaction, and when that cannot be had, each in its own.
    async fn answers(&mut self, batch: &[Parsed]) -> Answered {
        if batch.len() > 1
            && let Ok(answers) = self.together(batch).await
        {
            return Answered {
                answers,
                ended: Ok(()),
            };
        }
        let mut answers = Vec::new();
        for line in batch {
            match self.alone(line).await {
                Ok(answer) => answers.extend(answer),
                Err(error) => {
                    return Answered {
                        answers,
                        ended: Err(error),
                    };
                }
            }
        }
        Answered {
            answers,
            ended: Ok(()),
        }
    }

    /// Answers one line. What breaks over it is its answer, and the next lines go on; only a database
    /// that is gone is an error.
    async fn alone(&mut self, line: &Parsed) -> anyhow::Result<Vec<Value>> {
        let mut tries = 1;
        let error = loop {
            match self.together(core::slice::from_ref(line)).await {
                Ok(answers) => return Ok(answers),
                // Another process writes; what this line would have written was not.
                Err(error) if is_busy(&error) && tries < TRIES => tries += 1,
                Err(error) => break error,
            }
        };
        if is_busy(&error) && !self.database_is_there().await {
            return Err(error);
        }
        let number = line.number;
        complain(&format!("parlour: line {number} broke: {error:#}"));
        Ok(vec![json!({
            "ok": false,
            "message": format!("line {number} broke in the program: nothing of it was done, and the reason is on standard error"),
        })])
    }

    async fn database_is_there(&self) -> bool {
        let Ok(mut tx) = self.installation.database.begin().await else {
            return false;
        };
        tx.shop(self.shop.id).await.is_ok()
    }

    async fn together(&mut self, lines: &[Parsed]) -> anyhow::Result<Vec<Value>> {
        let mut tx = self.installation.database.begin().await?;
        let mut answers = Vec::new();
        let mut opened = Vec::new();
        for line in lines {
            answers.push(match &line.read {
                Ok((line, call)) => self.answer(&mut *tx, line, call, &mut opened).await?,
                Err(refusal) => refused(refusal),
            });
        }
        tx.commit().await?;
        self.sessions.extend(opened);
        Ok(answers)
    }

    async fn answer(
        &self,
        tx: &mut dyn Transaction,
        line: &Line,
        call: &Call,
        opened: &mut Vec<(String, SessionId)>,
    ) -> anyhow::Result<Value> {
        let fresh = opened
            .iter()
            .find(|(customer, _)| *customer == line.customer);
        let known = fresh.map(|(_, session)| *session);
        let session = match known.or_else(|| self.sessions.get(&line.customer).copied()) {
            Some(session) => session,
            None => match self.session_of(tx, &line.customer).await? {
                Some(session) => {
                    opened.push((line.customer.clone(), session));
                    session
                }
                None => {
                    return Ok(refused(&Refusal::new(
                        Code::NotFound,
                        "there is no customer with the id in `as`",
                    )));
                }
            },
        };
        let scope = Scope::new();
        let proof = self
            .installation
            .identity
            .danger_shopper_as_operator(&scope, tx, self.shop.id, session)
            .await?;
        let acting = Acting {
            installation: self.installation,
            proof,
            level: line.level,
        };
        match call {
            Call::Tool(tool) => {
                acting
                    .tool(tx, *tool, line.args.clone(), line.confirm)
                    .await
            }
            Call::Confirm(proposal) => acting.confirm(tx, *proposal).await,
        }
    }

    async fn session_of(
        &self,
        tx: &mut dyn Transaction,
        customer: &str,
    ) -> anyhow::Result<Option<SessionId>> {
        let shop: ShopId = self.shop.id;
        let embedded = &self.installation.embedded;
        let Some(shopper) = embedded.shopper_by_own_id(tx, shop, customer).await? else {
            return Ok(None);
        };
        let session = self
            .installation
            .identity
            .danger_open_session_as_operator(tx, shop, shopper)
            .await?;
        Ok(Some(session))
    }

    /// Ends the sessions: nobody has their tokens, and nobody needs them any more.
    async fn leave(self) -> anyhow::Result<()> {
        if self.sessions.is_empty() {
            return Ok(());
        }
        let now = self.installation.clock.now();
        let mut tx = self.installation.database.begin().await?;
        for session in self.sessions.values() {
            tx.end_shopper_session(self.shop.id, *session, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// One customer, for one line.
struct Acting<'a, 'scope> {
    installation: &'a Installation,
    proof: Verified<'scope, Shopper, Guest>,
    level: Level,
}

impl<'scope> Acting<'_, 'scope> {
    async fn tool(
        &self,
        tx: &mut dyn Transaction,
        tool: AnyTool,
        args: Value,
        confirm: bool,
    ) -> anyhow::Result<Value> {
        match self.called(tx, tool, args, confirm).await {
            Ok(answer) => Ok(answer),
            Err(JourneyError::Commerce(CommerceError::Refused(refusal))) => Ok(refused(&refusal)),
            Err(JourneyError::Refused(refusal)) => Ok(refused(&Refusal::new(
                Code::BadArgument,
                refusal.to_string(),
            ))),
            Err(error) => Err(error.into()),
        }
    }

    async fn called(
        &self,
        tx: &mut dyn Transaction,
        tool: AnyTool,
        args: Value,
        confirm: bool,
    ) -> Result<Value, JourneyError> {
        let journey = &self.installation.journey;
        if let (AnyTool::Commerce(tool), true) = (tool, confirm)
            && tool.proposes()
        {
            let (proposal, confirmation) = journey
                .commerce()
                .propose_and_confirm(tx, &self.proof, tool, args, |hash| self.step_up(hash))
                .await?;
            let mut answer = json!({ "proposal": proposal_view(&proposal) });
            merge(&mut answer, confirmed(confirmation));
            return Ok(answer);
        }
        Ok(
            match journey
                .tool(tx, &self.proof, tool, args, Language::default())
                .await?
            {
                Answer::Result(result) => json!({ "ok": true, "result": result }),
                Answer::Proposal(proposal) => {
                    json!({ "ok": true, "proposal": proposal_view(&proposal) })
                }
            },
        )
    }

    /// The fresh factor over a proposal's hash, where the line says that there is one.
    fn step_up(&self, hash: [u8; 32]) -> Result<Option<Confirmed<'scope>>, CommerceError> {
        if self.level == Level::Session {
            return Ok(None);
        }
        let signed_in = self.proof.raise::<Session>()?;
        let identity = &self.installation.identity;
        let step_up = identity.danger_step_up_as_operator(&signed_in, hash);
        // Made for this very hash: it confirms it.
        Ok(step_up.confirm(&hash).ok())
    }

    async fn confirm(&self, tx: &mut dyn Transaction, id: ProposalId) -> anyhow::Result<Value> {
        let commerce = self.installation.journey.commerce();
        let step_up = match commerce.proposal_hash(tx, &self.proof, id).await {
            Ok(hash) => self.step_up(hash)?,
            // Why it cannot be confirmed is said below.
            Err(CommerceError::Refused(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let confirmation = commerce.confirm(tx, &self.proof, id, step_up).await?;
        Ok(confirmed(confirmation))
    }
}

fn confirmed(confirmation: Confirmation) -> Value {
    match confirmation {
        Confirmation::Done(outcome) => done(&outcome),
        Confirmation::Refused(refusal) => refused(&refusal),
        Confirmation::Already(outcome) => {
            let refusal = Refusal::new(
                Code::AlreadyConfirmed,
                "this was confirmed already: nothing was done again",
            );
            let mut view = refused(&refusal);
            merge(&mut view, json!({ "effect": outcome.effect }));
            view
        }
    }
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

fn refused(refusal: &Refusal) -> Value {
    json!({ "ok": false, "code": refusal.code, "message": refusal.message })
}

fn proposal_view(proposal: &Proposal) -> Value {
    let effect: &[EffectLine] = &proposal.effect;
    json!({
        "id": proposal.id.to_string(), "title": proposal.title, "effect": effect,
        "total": proposal.total, "currency": proposal.currency.as_str(),
        "level": proposal.level.as_str(), "expires_at": proposal.expires_at.to_string(),
    })
}

fn done(outcome: &Outcome) -> Value {
    let payment = outcome.payment.as_ref().map(|payment| {
        json!({
            "amount": payment.amount.minor, "currency": payment.amount.currency.as_str(),
            "url": payment.url, "until": payment.until.to_string(),
        })
    });
    json!({
        "ok": true, "effect": outcome.effect,
        "result": { "order": outcome.order, "payment": payment },
    })
}

/// Errors pass their causes on as themselves, which keeps those out of the chain: they are looked
/// for by name.
fn is_busy(error: &anyhow::Error) -> bool {
    let of_commerce = |error: &CommerceError| match error {
        CommerceError::Store(error) | CommerceError::Shop(ShopError::Store(error)) => busy(error),
        _ => false,
    };
    error.chain().any(|cause| {
        if let Some(JourneyError::Store(error)) = cause.downcast_ref() {
            return busy(error);
        }
        if let Some(JourneyError::Commerce(error)) = cause.downcast_ref() {
            return of_commerce(error);
        }
        cause.downcast_ref().is_some_and(busy) || cause.downcast_ref().is_some_and(of_commerce)
    })
}

const fn busy(error: &StoreError) -> bool {
    matches!(error, StoreError::Unavailable(_))
}
