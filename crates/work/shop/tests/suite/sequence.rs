//! One sequence of acts on one shop: each act is played, and then everything that must hold is
//! looked at.

use std::collections::BTreeMap;

use commerce::{
    payments::WebhookAnswer,
    proposals::{Confirmation, Proposal},
    refusal::Code,
    staff::Step,
    tools::Answer,
};
use serde_json::{Value, json};
use store::orders::{MovementKind, MovementState, ProposalLevel};
use terms::RoleName;

use crate::{
    books::{list, named},
    gateway::{Mood, declined_event, paid_event},
    world::{Who, World, refusal_or},
};

/// What becomes of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    /// The process dies before it is durable.
    Dropped,
    /// Two do it at the same time.
    Twice,
}

/// Numbers pick among what there is, whatever that is when the act's turn comes.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Fill {
        who: u8,
        variant: u8,
        quantity: u8,
    },
    Discount {
        who: u8,
        code: u8,
    },
    Propose {
        who: u8,
        tool: u8,
        order: u8,
        pick: [u8; 3],
    },
    Confirm {
        proposal: u8,
        by: u8,
        fate: Fate,
    },
    /// Proposes and confirms.
    Do {
        who: u8,
        tool: u8,
        order: u8,
        pick: [u8; 3],
    },
    Serve {
        order: u8,
        step: u8,
        fate: Fate,
    },
    Pay {
        page: u8,
        token: u8,
        heard: bool,
    },
    Hear {
        page: u8,
        how: u8,
    },
    Settle {
        moods: Vec<Mood>,
        at_once: bool,
    },
    Expire {
        deaf: bool,
    },
    Wait {
        step: u8,
    },
    Reprice {
        variant: u8,
        price: i64,
    },
}

pub(crate) const CUSTOMERS: [&str; 3] = ["ada", "ben", "cleo"];
pub(crate) const GUEST: &str = "gus@example.net";

pub(crate) struct Sequence {
    pub(crate) world: World,
    guest: Who,
    proposals: Vec<(usize, Proposal)>,
    /// Webhooks as they were sent.
    sent: Vec<Vec<u8>>,
    /// How many pieces there are of each variant that is counted, on the shelf and in orders.
    pieces: BTreeMap<String, i64>,
    pub(crate) document: Value,
}

pub(crate) fn pick<T>(from: &[T], number: u8) -> Option<&T> {
    let count = from.len().max(1);
    from.get(usize::from(number) % count)
}

/// Pieces on the shelf, in orders and set aside for exchanges. What was cancelled or came back lies
/// on the shelf.
fn pieces(document: &Value) -> BTreeMap<String, i64> {
    let mut pieces = BTreeMap::new();
    for product in list(document, "products") {
        for variant in list(product, "variants") {
            if let (Some(id), Some(stock)) = (variant["id"].as_str(), variant["stock"].as_i64()) {
                pieces.insert(id.to_owned(), stock);
            }
        }
    }
    let mut add = |variant: &Value, quantity: &Value| {
        if let Some(count) = variant.as_str().and_then(|id| pieces.get_mut(id)) {
            *count += quantity.as_i64().unwrap();
        }
    };
    for order in list(document, "orders") {
        if order["status"] == "cancelled" {
            continue;
        }
        let back = list(&order["return"], "lines");
        for line in list(order, "lines") {
            let is_back = order["return"]["received"] == true && back.contains(&line["id"]);
            if !is_back {
                add(&line["variant"], &line["quantity"]);
            }
        }
        if order["exchange"]["received"] != true {
            for change in list(&order["exchange"], "changes") {
                let line = named(order, "lines", change["line"].as_str().unwrap());
                add(&change["variant"], &line["quantity"]);
            }
        }
    }
    pieces
}

impl Sequence {
    pub(crate) async fn begin(world: World) -> Self {
        let guest = world.guest().await;
        let document = world.document().await;
        Self {
            pieces: pieces(&document),
            world,
            guest,
            proposals: Vec::new(),
            sent: Vec::new(),
            document,
        }
    }

    pub(crate) async fn session(&self, who: usize) -> Who {
        match CUSTOMERS.get(who) {
            Some(own_id) => self.world.customer(own_id).await,
            None => self.guest,
        }
    }

    /// The document's id of who acts; a guest has one from her first order on.
    pub(crate) fn own_id(&self, who: usize) -> Option<String> {
        if let Some(own_id) = CUSTOMERS.get(who) {
            return Some((*own_id).to_owned());
        }
        let mut customers = list(&self.document, "customers").iter();
        let gus = customers.find(|customer| customer["email"] == GUEST)?;
        gus["id"].as_str().map(str::to_owned)
    }

    pub(crate) async fn play(&mut self, act: &Act) {
        // Two acts are not done in the same millisecond.
        self.world
            .clock
            .advance(core::time::Duration::from_millis(1));
        // Who may find her own rows changed; `None` is anyone.
        let acting = match act {
            Act::Fill {
                who,
                variant,
                quantity,
            } => {
                let args = json!({ "variant": self.variant(*variant), "quantity": quantity });
                self.edit(*who, "add_to_cart", args).await
            }
            Act::Discount { who, code } => {
                let code = pick(&["TEN", "FIVER", "ALL", "NONE"], *code);
                self.edit(*who, "apply_discount", json!({ "code": code }))
                    .await
            }
            Act::Propose {
                who,
                tool,
                order,
                pick,
            } => {
                self.propose(usize::from(*who), *tool, *order, *pick).await;
                Some(Vec::new())
            }
            Act::Do {
                who,
                tool,
                order,
                pick,
            } => {
                let who = usize::from(*who);
                match self.propose(who, *tool, *order, *pick).await {
                    Some(proposal) => self.confirm(who, who, &proposal, Fate::Kept).await,
                    None => Some(Vec::new()),
                }
            }
            Act::Confirm { proposal, by, fate } => {
                match pick(&self.proposals, *proposal).cloned() {
                    Some((who, proposal)) => {
                        let by = if *by < 4 { usize::from(*by) } else { who };
                        self.confirm(who, by, &proposal, *fate).await
                    }
                    None => Some(Vec::new()),
                }
            }
            Act::Serve { order, step, fate } => self.serve(*order, *step, *fate).await,
            Act::Pay { page, token, heard } => self.pay(*page, *token, *heard).await,
            Act::Hear { page, how } => self.hear(*page, *how).await,
            Act::Settle { moods, at_once } => {
                self.settle(moods, *at_once).await;
                None
            }
            Act::Expire { deaf } => {
                if *deaf {
                    self.world.gateway.will_be(&[Mood::Deaf]);
                }
                let expired = self.world.commerce.expire_unpaid(&self.world.database);
                expired.await.unwrap();
                None
            }
            Act::Wait { step } => {
                let seconds = pick(&[1, 31, 130, 901, 3_601], *step);
                self.world.wait(*seconds.unwrap());
                Some(Vec::new())
            }
            Act::Reprice { variant, price } => {
                let variant = self.variant(*variant);
                self.world.reprice(&variant, *price).await;
                Some(Vec::new())
            }
        };
        self.look(acting).await;
    }

    /// Everything that must hold after an act.
    async fn look(&mut self, acting: Option<Vec<String>>) {
        let after = self.world.document().await;
        if let Some(mut acting) = acting {
            let before = &self.document;
            // A guest's first order makes her a customer.
            let gus = list(&after, "customers")
                .iter()
                .find(|one| one["email"] == GUEST);
            if acting.iter().any(|own_id| own_id == GUEST) {
                acting.extend(gus.and_then(|gus| gus["id"].as_str()).map(str::to_owned));
            }
            for (section, owner) in [("customers", "id"), ("orders", "customer")] {
                let others = |document: &Value| -> Vec<Value> {
                    let rows = list(document, section).iter();
                    let others =
                        rows.filter(|row| !acting.iter().any(|own_id| row[owner] == **own_id));
                    others.cloned().collect()
                };
                assert_eq!(
                    others(before),
                    others(&after),
                    "{section} of others changed"
                );
            }
        }
        assert_eq!(self.pieces, pieces(&after), "pieces came or went");
        let faults = self.world.faults_in(&after).await;
        assert!(faults.is_empty(), "{faults:#?}");
        self.document = after;
    }

    /// Lets everything that is under way come to its end, and compares the gateway's book with the
    /// shop's. Answers how often each kind of change was made.
    pub(crate) async fn end(mut self) -> BTreeMap<String, usize> {
        for _ in 0..3 {
            for body in self.world.gateway.webhooks_again() {
                self.world.hook(&body).await;
            }
            for _ in 0..4 {
                while self.world.settle().await > 0 {}
                self.world.wait(3_601);
            }
        }
        self.look(None).await;
        for order in list(&self.document, "orders") {
            let state = self.world.state(order["id"].as_str().unwrap()).await;
            for movement in &state.movements {
                let by_gateway = movement.reference.is_some();
                let open = matches!(
                    movement.state,
                    MovementState::Intended | MovementState::Asked
                );
                assert!(
                    !open || movement.next_at.is_none() || movement.method.is_none(),
                    "{movement:?} never came to its end"
                );
                let moved = self.world.gateway.moved_by(movement.id);
                let expected = match movement.kind {
                    _ if !by_gateway || movement.state != MovementState::Done => 0,
                    MovementKind::Payment => movement.amount,
                    MovementKind::Refund => -movement.amount,
                };
                assert_eq!(moved, expected, "{movement:?}");
            }
        }
        self.world.changes().await
    }

    pub(crate) fn variant(&self, number: u8) -> String {
        let products = list(&self.document, "products").iter();
        let variants: Vec<&Value> = products
            .flat_map(|product| list(product, "variants"))
            .collect();
        let variant = pick(&variants, number).unwrap();
        variant["id"].as_str().unwrap().to_owned()
    }

    async fn edit(&self, who: u8, tool: &str, args: Value) -> Option<Vec<String>> {
        let session = self.session(usize::from(who)).await;
        let _refused_or_not = self.world.call(session, tool, args).await;
        Some(Vec::new())
    }

    async fn propose(
        &mut self,
        who: usize,
        tool: u8,
        order: u8,
        numbers: [u8; 3],
    ) -> Option<Proposal> {
        let (tool, args) = self.asked(who, tool, order, numbers).await?;
        let session = self.session(who).await;
        let answer = self.world.call(session, tool, args).await;
        assert_eq!(
            self.document,
            self.world.document().await,
            "{tool} did something"
        );
        match answer {
            Ok(Answer::Proposal(proposal)) => {
                self.proposals.push((who, (*proposal).clone()));
                Some(*proposal)
            }
            Ok(Answer::Result(_)) => None,
            Err(refusal) => {
                assert_ne!(refusal.code, Code::AlreadyConfirmed);
                None
            }
        }
    }

    async fn confirm(
        &self,
        who: usize,
        by: usize,
        proposal: &Proposal,
        fate: Fate,
    ) -> Option<Vec<String>> {
        let session = self.session(by).await;
        let stepped = proposal.level == ProposalLevel::StepUp && by < CUSTOMERS.len();
        let binding = stepped.then_some(proposal.hash);
        if who != by {
            let confirmed = self.world.confirm_at(session, proposal.id, binding).await;
            let Confirmation::Refused(refusal) = confirmed else {
                panic!("{by} confirmed what {who} proposed: {confirmed:?}");
            };
            assert_eq!(refusal.code, Code::NotFound);
            return Some(Vec::new());
        }
        match fate {
            Fate::Dropped => {
                let mut tx = self.world.begin().await;
                let confirmed = self
                    .world
                    .confirm_in(&mut *tx, session, proposal.id, binding)
                    .await;
                confirmed.unwrap();
                drop(tx);
                assert_eq!(self.document, self.world.document().await);
                return Some(Vec::new());
            }
            Fate::Kept => {
                self.world.confirm_at(session, proposal.id, binding).await;
            }
            Fate::Twice => {
                let (one, two) = tokio::join!(
                    self.world.confirm_at(session, proposal.id, binding),
                    self.world.confirm_at(session, proposal.id, binding)
                );
                let both = [one, two];
                let done = both
                    .iter()
                    .filter(|one| matches!(one, Confirmation::Done(_)));
                assert!(done.count() < 2, "{both:?}");
            }
        }
        let after = self.world.document().await;
        // Once more it does nothing.
        match self.world.confirm_at(session, proposal.id, binding).await {
            Confirmation::Already(outcome) => assert_eq!(outcome.effect, proposal.effect),
            Confirmation::Refused(refusal) => assert_eq!(refusal.code, Code::Expired),
            Confirmation::Done(_) => panic!("{} was done twice", proposal.tool.as_str()),
        }
        assert_eq!(after, self.world.document().await, "a replay did something");
        let acting = self.own_id(who).unwrap_or_else(|| GUEST.to_owned());
        Some(vec![acting])
    }

    async fn serve(&self, order: u8, step: u8, fate: Fate) -> Option<Vec<String>> {
        let open = |order: &&Value| {
            let received = |part: &str| order[part]["received"] == true;
            order["status"] != "cancelled" && !received("return") && !received("exchange")
        };
        let orders: Vec<&Value> = list(&self.document, "orders").iter().filter(open).collect();
        let order = *pick(&orders, order)?;
        let number = order["id"].as_str()?;
        let tracking = vec!["TRACK-9".to_owned()];
        let lines = list(order, "lines").iter().take(1);
        let first = lines.filter_map(|line| line["id"].as_str().map(str::to_owned));
        // Mostly the step that comes next.
        let step = match (step, order["status"].as_str()?) {
            (28.., _) => Some(Step::GiveUp),
            (0, _) | (6.., "pending") => Some(Step::Process),
            (1, _) | (7.., "processed") => Some(Step::Ship {
                tracking,
                lines: None,
            }),
            (2, _) | (6, "processed") => Some(Step::Ship {
                tracking,
                lines: Some(first.collect()),
            }),
            (3, _) | (6.., "shipped") => Some(Step::Deliver),
            (4, _) | (6.., "delivered") => Some(Step::Receive),
            _ => None,
        };
        let take = async |kept: bool| {
            let token = self.world.staff(RoleName::ADMIN).await;
            let scope = identity::Scope::new();
            let mut tx = self.world.begin().await;
            let staff = self
                .world
                .identity
                .staff_member(&scope, &mut *tx, &token)
                .await;
            let staff = staff.unwrap();
            let commerce = &self.world.commerce;
            let taken = match step.clone() {
                Some(step) => {
                    let permit = staff.permit().unwrap();
                    commerce.take_step(&mut *tx, &permit, number, step).await
                }
                None => {
                    let permit = staff.permit().unwrap();
                    commerce.mark_paid(&mut *tx, &permit, number).await
                }
            };
            let taken = refusal_or(taken);
            if kept {
                tx.commit().await.unwrap();
            }
            taken.is_ok()
        };
        match fate {
            Fate::Kept => {
                take(true).await;
            }
            Fate::Dropped => {
                take(false).await;
                assert_eq!(self.document, self.world.document().await);
            }
            Fate::Twice => {
                let (one, two) = tokio::join!(take(true), take(true));
                // A part of an order may be shipped, and then the rest.
                let parts = matches!(&step, Some(Step::Ship { .. }));
                assert!(parts || !(one && two), "{step:?} was taken twice");
            }
        }
        Some(vec![order["customer"].as_str()?.to_owned()])
    }

    async fn pay(&mut self, page: u8, token: u8, heard: bool) -> Option<Vec<String>> {
        let mut pages = self.world.gateway.unpaid_pages();
        // Nobody was shown the link to an order that was never durable.
        let orders = list(&self.document, "orders");
        pages.retain(|page| orders.iter().any(|order| order["id"] == *page.order));
        let Some(page) = pick(&pages, page) else {
            return Some(Vec::new());
        };
        let token = pick(&["tok_1", "tok_2"], token)?;
        let customer = named(&self.document, "orders", &page.order)["customer"].clone();
        let token = format!("{token}_{}", customer.as_str()?);
        let body = self.world.gateway.pay(page, &token);
        self.sent.push(body.clone());
        if heard {
            let answer = self.world.hook(&body).await;
            assert_eq!(answer, WebhookAnswer::Done);
        }
        Some(vec![customer.as_str()?.to_owned()])
    }

    /// A webhook again, in other words, or one that does not agree.
    async fn hear(&self, number: u8, how: u8) -> Option<Vec<String>> {
        if how == 0 {
            let Some(body) = pick(&self.sent, number) else {
                return Some(Vec::new());
            };
            self.world.hook(body).await;
            return None;
        }
        if how == 1 {
            let again = self.world.gateway.webhooks_again();
            if let Some(body) = pick(&again, number) {
                self.world.hook(body).await;
            }
            return None;
        }
        let pages = self.world.gateway.unpaid_pages();
        let Some(page) = pick(&pages, number) else {
            return Some(Vec::new());
        };
        let id = format!("odd_{number}_{how}");
        let mut odd = page.clone();
        let body = match how {
            2 => declined_event(&id, page),
            3 => {
                odd.amount.minor += 1;
                paid_event(&id, &odd, "tok_odd")
            }
            _ => {
                odd.order = "B-PENDING".to_owned();
                paid_event(&id, &odd, "tok_odd")
            }
        };
        self.world.hook(&body).await;
        Some(Vec::new())
    }

    async fn settle(&self, moods: &[Mood], at_once: bool) {
        self.world.gateway.will_be(moods);
        let hung = self.world.gateway.hangs.notified();
        if at_once {
            tokio::select! {
                _ = async { tokio::join!(self.world.settle(), self.world.settle()) } => {}
                () = hung => {}
            }
        } else {
            tokio::select! {
                _ = self.world.settle() => {}
                () = hung => {}
            }
        }
        self.world.gateway.is_well();
    }
}
