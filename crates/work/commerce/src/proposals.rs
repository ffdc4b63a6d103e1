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

use core::time::Duration;

use aws_lc_rs::digest;
use identity::{Confirmed, level::Session, sessions::actor_of};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    Transaction,
    keys::Owner,
    orders::{ProposalLevel, ProposalRow, ProposalState},
};
use terms::{Money, MovementId, OrderId, ProposalId, RetentionClass, ShopId, ShopperId, Timestamp};
use vault::Row;

use crate::{
    arguments,
    cart::owner_of,
    change::{Change, What},
    checkout::{Bought, Buyer},
    effects::{ProposalConfirmed, ProposalExpired, ProposalMade},
    gateway::HostedPayment,
    model::{Customer, OrderState, Terms},
    refusal::{Code, Refusal},
    rules,
    tools::{Commerce, CommerceError, Proof, Result, Tool, no_such_order},
};

/// How long a proposal can be confirmed.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// How long goods are kept for an order that is paid by hand, where no gateway is set up.
const BY_HAND: Duration = Duration::from_secs(7 * 24 * 3_600);

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

/// What a confirmation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub proposal: ProposalId,
    pub tool: Tool,
    pub effect: Vec<EffectLine>,
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
    /// It was confirmed before; nothing was done again.
    Already(Vec<EffectLine>),
}

/// What the rules made of a tool's arguments.
pub(crate) struct Judged {
    pub(crate) change: Change,
    pub(crate) buyer: Buyer,
    title: String,
    effect: Vec<EffectLine>,
    total: Option<i64>,
    level: ProposalLevel,
    terms: Terms,
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
}

impl Commerce {
    pub(crate) async fn propose(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
    ) -> Result<Proposal> {
        let judged = self.judge(tx, proof, tool, args.clone()).await?;
        let (shop, owner) = (proof.shop(), owner_of(proof));
        let stored = Stored {
            args,
            title: judged.title,
            effect: judged.effect,
            total: judged.total,
            change: basis(&judged.change)?,
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
        let subject = self.subject_of(tx, proof).await?;
        self.recorder
            .note(tx, shop, actor_of(proof), subject, made)
            .await?;
        Ok(Proposal {
            id,
            tool,
            title: stored.title,
            effect: stored.effect,
            total: stored.total,
            currency: judged.terms.currency,
            level: row.level,
            expires_at: row.expires_at,
            hash: row.hash,
        })
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
        if row.state == ProposalState::Confirmed {
            let stored = self.stored(tx, &row).await?;
            return Ok(Confirmation::Already(stored.effect));
        }
        if let Err(refusal) = self.must_be_open(&row) {
            return self.expire_proposal(tx, &row, refusal).await;
        }
        let Some(tool) = Tool::from_name(&row.tool) else {
            return Err(CommerceError::Unreadable("proposal"));
        };
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
        tx.decide_proposal(shop, id, ProposalState::Confirmed, self.clock.now())
            .await?;
        let subject = self.subject_of(tx, proof).await?;
        let confirmed = ProposalConfirmed { proposal: id };
        self.recorder
            .note(tx, shop, actor_of(proof), subject, confirmed)
            .await?;
        let outcome = self
            .carry_out(tx, proof, id, tool, stored.effect, judged)
            .await?;
        Ok(Confirmation::Done(Box::new(outcome)))
    }

    async fn carry_out(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
        tool: Tool,
        effect: Vec<EffectLine>,
        judged: Judged,
    ) -> Result<Outcome> {
        let shop = proof.shop();
        let shopper = self.buyer_of(tx, shop, judged.buyer).await?;
        let mut change = judged.change;
        let mut payment = None;
        if let Some(order) = &mut change.order
            && order.is_new
        {
            let now = self.clock.now();
            let until = now.after(match &self.payment {
                Some(_) => {
                    let minutes = u64::from(judged.terms.pay_within_minutes);
                    Duration::from_secs(minutes.saturating_mul(60))
                }
                None => BY_HAND,
            });
            order.id = Some(OrderId::ordered(&*self.clock, &*self.rng));
            order.order.id = self.order_number();
            order.order.placed_at = Some(now.to_string());
            if order.value > 0 {
                order.pay_until = Some(until);
                payment = Some((Money::new(order.value, judged.terms.currency), until));
            } else {
                // There is nothing to pay, and so nothing to wait for.
                order.movements.clear();
            }
        }
        let number = change.order.as_ref().map(|order| order.order.id.clone());
        let subject = self.subject(tx, shop, shopper).await?;
        let recorded = self
            .recorder
            .record(tx, shop, actor_of(proof), Some(subject), change)
            .await?;
        let applied = self.shop.apply(tx, shop, shopper, recorded).await?;
        if tool == Tool::Checkout {
            self.empty_cart(tx, shop, owner_of(proof)).await?;
        }
        let payment = payment.map(|(amount, until)| {
            let movement = applied.movements.first().copied();
            self.payment_due(movement, number.as_deref(), amount, until)
        });
        Ok(Outcome {
            proposal: id,
            tool,
            effect,
            order: number,
            payment,
        })
    }

    /// A payment that waits, with the link to the gateway's page, which may be made as often as it
    /// is asked for.
    pub(crate) fn payment_due(
        &self,
        movement: Option<MovementId>,
        order: Option<&str>,
        amount: Money,
        until: Timestamp,
    ) -> PaymentDue {
        let link = || {
            let payment = self.payment.as_ref()?;
            Some(payment.gateway.payment_link(&HostedPayment {
                movement: movement?,
                order: order?.to_owned(),
                amount,
                return_url: payment.return_url.clone(),
                expires_at: until,
            }))
        };
        PaymentDue {
            amount,
            url: link(),
            until,
        }
    }

    async fn buyer_of(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        buyer: Buyer,
    ) -> Result<ShopperId> {
        match buyer {
            Buyer::Known(shopper) => Ok(shopper),
            Buyer::Guest(new) => {
                let address = guard::gate::email_address(terms::Untrusted::new(new.email.clone()))
                    .map_err(|_| CommerceError::Unreadable("address"))?;
                let (shopper, _) = self
                    .identity
                    .shopper_of_unproved_address(tx, shop, &address)
                    .await?;
                self.shop.ensure_customer(tx, shop, shopper, &new).await?;
                Ok(shopper)
            }
        }
    }

    /// What the rules make of a tool's arguments, from facts that stay locked until the transaction
    /// ends.
    pub(crate) async fn judge(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
    ) -> Result<Judged> {
        if tool == Tool::Checkout {
            let asked: arguments::Checkout = arguments::read(tool.as_str(), args)?;
            return Ok(checkout_judged(
                self.judge_checkout(tx, proof, asked).await?,
            ));
        }
        let shopper = self.known::<Session>(proof)?;
        let shop = proof.shop();
        let terms = self.shop.terms(tx, shop).await?;
        let customer = self.shop.lock_customer(tx, shop, shopper).await?;
        if tool == Tool::ChangeDefaultAddress {
            let asked: arguments::ChangeDefaultAddress = arguments::read(tool.as_str(), args)?;
            let address = arguments::address(asked.address)?;
            let customer = customer.ok_or_else(no_such_customer)?;
            let change = rules::change_default_address(&customer, &address);
            return Ok(judged(tool, change, shopper, &customer, None, terms));
        }
        let asked = Asked::read(tool, args)?;
        let state = self.shop.order_of(tx, shop, shopper, asked.order()).await?;
        let (Some(customer), Some(state)) = (customer, state) else {
            return Err(no_such_order().into());
        };
        let change = match &asked {
            Asked::Cancel(asked) => rules::cancel(&terms, &customer, &state, &asked.reason)?,
            Asked::Address(asked) => rules::change_address(&state, &asked.address)?,
            Asked::Payment(asked) => {
                rules::change_payment(&customer, &state, &asked.payment_method)?
            }
            Asked::Items(asked) => {
                let offers = self.offers(tx, shop, asked).await?;
                rules::change_items(
                    &customer,
                    &state,
                    &asked.changes,
                    &asked.payment_method,
                    &offers,
                )?
            }
            Asked::Exchange(asked) => {
                let offers = self.offers(tx, shop, asked).await?;
                rules::exchange_items(
                    &customer,
                    &state,
                    &asked.changes,
                    &asked.payment_method,
                    &offers,
                )?
            }
            Asked::Return(asked) => {
                rules::return_items(&customer, &state, &asked.lines, &asked.refund_to)?
            }
        };
        Ok(judged(
            tool,
            change,
            shopper,
            &customer,
            Some(&state),
            terms,
        ))
    }

    async fn offers(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        asked: &arguments::ChangeItems,
    ) -> Result<rules::Offers> {
        let named: std::collections::BTreeSet<&str> = asked
            .changes
            .iter()
            .map(|change| change.variant.as_str())
            .collect();
        let mut offers = rules::Offers::new();
        for variant in named {
            if let Some(offer) = self.shop.lock_offer(tx, shop, variant).await? {
                offers.insert(variant.to_owned(), offer);
            }
        }
        Ok(offers)
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

    /// `P-` and ten characters that are not mistaken for one another.
    fn order_number(&self) -> String {
        const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut bytes = [0; 10];
        self.rng.fill(&mut bytes);
        let letters = bytes
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
            .map(|letter| char::from(*letter));
        format!("P-{}", letters.collect::<String>())
    }
}

/// The arguments of the tools that are about one order.
pub(crate) enum Asked {
    Cancel(arguments::CancelOrder),
    Address(arguments::ChangeOrderAddress),
    Payment(arguments::ChangeOrderPayment),
    Items(arguments::ChangeItems),
    Exchange(arguments::ChangeItems),
    Return(arguments::ReturnItems),
}

impl Asked {
    pub(crate) fn read(tool: Tool, args: Value) -> core::result::Result<Self, Refusal> {
        let name = tool.as_str();
        let asked = match tool {
            Tool::CancelOrder => Self::Cancel(arguments::read(name, args)?),
            Tool::ChangeOrderAddress => {
                let asked: arguments::ChangeOrderAddress = arguments::read(name, args)?;
                Self::Address(arguments::ChangeOrderAddress {
                    address: arguments::address(asked.address)?,
                    ..asked
                })
            }
            Tool::ChangeOrderPayment => Self::Payment(arguments::read(name, args)?),
            Tool::ChangeOrderItems => Self::Items(arguments::read(name, args)?),
            Tool::ExchangeItems => Self::Exchange(arguments::read(name, args)?),
            _ => Self::Return(arguments::read(name, args)?),
        };
        arguments::id("order", asked.order())?;
        match &asked {
            Self::Items(changes) | Self::Exchange(changes) => {
                arguments::lines(changes.changes.iter().map(|change| change.line.as_str()))?;
                arguments::lines(changes.changes.iter().map(|change| change.variant.as_str()))?;
                arguments::id("payment_method", &changes.payment_method)?;
            }
            Self::Return(returned) => {
                arguments::lines(returned.lines.iter().map(String::as_str))?;
                arguments::id("refund_to", &returned.refund_to)?;
            }
            Self::Payment(payment) => {
                arguments::id("payment_method", &payment.payment_method)?;
            }
            Self::Cancel(_) | Self::Address(_) => {}
        }
        Ok(asked)
    }

    fn order(&self) -> &str {
        match self {
            Self::Cancel(asked) => &asked.order,
            Self::Address(asked) => &asked.order,
            Self::Payment(asked) => &asked.order,
            Self::Items(asked) | Self::Exchange(asked) => &asked.order,
            Self::Return(asked) => &asked.order,
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

/// A refund above the shop's limit, a changed address or means of payment needs a fresh factor.
fn level_of(
    tool: Tool,
    change: &Change,
    state: Option<&OrderState>,
    terms: &Terms,
) -> ProposalLevel {
    let given_back = match change.what {
        What::RequestReturn => expected_return(change, state),
        What::RequestExchange => exchange_refund(change),
        _ => change.refunds(),
    };
    let always = matches!(
        tool,
        Tool::ChangeOrderAddress | Tool::ChangeOrderPayment | Tool::ChangeDefaultAddress
    );
    if always || given_back > terms.refund_limit {
        ProposalLevel::StepUp
    } else if tool == Tool::Checkout {
        ProposalLevel::Guest
    } else {
        ProposalLevel::Session
    }
}

/// What a return will give back once the goods are here.
fn expected_return(change: &Change, state: Option<&OrderState>) -> i64 {
    let (Some(order), Some(state)) = (&change.order, state) else {
        return 0;
    };
    let named = order
        .order
        .returned
        .iter()
        .flat_map(|returned| &returned.lines);
    let lines: Vec<_> = named.filter_map(|id| state.line(id)).collect();
    rules::return_value(&order.order, &lines).min(state.held())
}

fn exchange_refund(change: &Change) -> i64 {
    let exchange = change
        .order
        .as_ref()
        .and_then(|order| order.order.exchange.as_ref());
    exchange.map_or(0, |exchange| exchange.difference.min(0).saturating_neg())
}

fn checkout_judged(bought: Bought) -> Judged {
    let Bought {
        buyer,
        change,
        priced,
        terms,
    } = bought;
    let mut effect = Vec::new();
    if let Some(order) = &change.order {
        for line in &order.order.lines {
            let label = crate::model::labelled(&line.title, &line.options);
            effect.push(EffectLine {
                text: format!("{} × {label}", line.quantity),
                amount: Some(crate::model::line_total(line)),
            });
        }
        for adjustment in &order.order.adjustments {
            effect.push(EffectLine {
                text: adjustment.title.clone(),
                amount: Some(adjustment.amount),
            });
        }
        let address = &order.order.shipping_address;
        effect.push(told(format!("Delivered to {}", one_line(address))));
    }
    if let Some(tax) = priced.contained_tax {
        effect.push(told(format!(
            "Contains {} tax",
            Money::new(tax, terms.currency)
        )));
    }
    effect.push(told("Paid on the payment page that opens next".to_owned()));
    let level = level_of(Tool::Checkout, &change, None, &terms);
    Judged {
        change,
        buyer,
        title: "Place this order".to_owned(),
        effect,
        total: Some(priced.total),
        level,
        terms,
    }
}

fn judged(
    tool: Tool,
    change: Change,
    shopper: ShopperId,
    customer: &Customer,
    state: Option<&OrderState>,
    terms: Terms,
) -> Judged {
    let level = level_of(tool, &change, state, &terms);
    let (title, effect, total) = crate::told::effect(&change, customer, state, &terms);
    Judged {
        change,
        buyer: Buyer::Known(shopper),
        title,
        effect,
        total,
        level,
        terms,
    }
}

pub(crate) fn told(text: String) -> EffectLine {
    EffectLine { text, amount: None }
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
    } else if prices(shown) != prices(now) {
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

fn no_such_customer() -> Refusal {
    Refusal::new(
        Code::NotFound,
        "this shop has no customer record for you yet: it is made with your first order",
    )
}
