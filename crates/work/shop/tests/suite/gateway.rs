//! A payment gateway in memory, stricter than any real one: what a real one would forgive or
//! quietly decline, it notes down as an offence, and a test that has one fails.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use commerce::gateway::{
    Direction, Event, Gateway, GatewayUnavailable, HostedPayment, NotBelieved, Outcome, PaidWith,
    PaymentResult, Transfer,
};
use serde_json::{Value, json};
use terms::{Money, MovementId, Timestamp};

/// The only signature that it makes.
pub(crate) const SIGNATURE: &str = "signed";

/// What happens to the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It does not hear the call.
    Deaf,
    /// It moves the money, and its answer is lost.
    Mute,
    /// It declines, for good.
    Hard,
    /// It moves the money, and never answers.
    Hung,
}

#[derive(Default)]
struct Inner {
    moods: VecDeque<Mood>,
    /// Pages by movement, as the links say.
    pages: BTreeMap<MovementId, HostedPayment>,
    /// What was paid on pages, with the method's token.
    paid: BTreeMap<MovementId, (Money, String)>,
    transfers: BTreeMap<MovementId, (Transfer, Outcome)>,
    calls: Vec<Transfer>,
    asked_again: Vec<MovementId>,
    offences: Vec<String>,
    drawn: u64,
}

#[derive(Default)]
pub(crate) struct StrictGateway {
    inner: Mutex<Inner>,
    /// Told when a call hangs.
    pub(crate) hangs: tokio::sync::Notify,
}

impl StrictGateway {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next calls meet these moods, one each; after them all is well.
    pub(crate) fn will_be(&self, moods: &[Mood]) {
        self.inner().moods.extend(moods);
    }

    /// Forgets the moods that no call has met.
    pub(crate) fn is_well(&self) {
        self.inner().moods.clear();
    }

    /// All calls it heard or should have heard, in order.
    pub(crate) fn calls(&self) -> Vec<Transfer> {
        self.inner().calls.clone()
    }

    /// Every movement it knows: direction, amount, whether the money moved.
    pub(crate) fn moved(&self) -> Vec<(Direction, i64)> {
        let inner = self.inner();
        let done = inner
            .transfers
            .values()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Done { .. }));
        done.map(|(transfer, _)| (transfer.direction, transfer.amount.minor))
            .collect()
    }

    /// What it moved under one key: positive is charged.
    pub(crate) fn moved_by(&self, movement: MovementId) -> i64 {
        let inner = self.inner();
        if let Some((amount, _)) = inner.paid.get(&movement) {
            return amount.minor;
        }
        match inner.transfers.get(&movement) {
            Some((transfer, Outcome::Done { .. })) => match transfer.direction {
                Direction::Charge => transfer.amount.minor,
                Direction::Refund => -transfer.amount.minor,
            },
            _ => 0,
        }
    }

    pub(crate) fn asked_again(&self) -> Vec<MovementId> {
        self.inner().asked_again.clone()
    }

    pub(crate) fn offences(&self) -> Vec<String> {
        self.inner().offences.clone()
    }

    /// Pages that were linked to and not paid.
    pub(crate) fn unpaid_pages(&self) -> Vec<HostedPayment> {
        let inner = self.inner();
        let open = inner
            .pages
            .iter()
            .filter(|(movement, _)| !inner.paid.contains_key(movement));
        open.map(|(_, page)| page.clone()).collect()
    }

    pub(crate) fn page(&self, movement: MovementId) -> HostedPayment {
        self.inner().pages[&movement].clone()
    }

    /// A shopper pays on the page; the webhook that says so.
    pub(crate) fn pay(&self, page: &HostedPayment, token: &str) -> Vec<u8> {
        let known = (page.amount, token.to_owned());
        self.inner().paid.insert(page.movement, known);
        self.webhook_of(page, token)
    }

    /// The webhook of a paid page, with a new id each time.
    pub(crate) fn webhook_of(&self, page: &HostedPayment, token: &str) -> Vec<u8> {
        let id = self.event_id();
        paid_event(&id, page, token)
    }

    fn event_id(&self) -> String {
        let mut inner = self.inner();
        inner.drawn += 1;
        format!("evt_{}", inner.drawn)
    }

    /// The webhooks it would send again: those of every page that was paid.
    pub(crate) fn webhooks_again(&self) -> Vec<Vec<u8>> {
        let paid: Vec<(HostedPayment, String)> = {
            let inner = self.inner();
            let paid = inner.paid.iter();
            paid.map(|(movement, (_, token))| (inner.pages[movement].clone(), token.clone()))
                .collect()
        };
        paid.iter()
            .map(|(page, token)| self.webhook_of(page, token))
            .collect()
    }
}

/// A webhook's body; a page's reference is its movement's, so that it is the same each time.
pub(crate) fn paid_event(id: &str, page: &HostedPayment, token: &str) -> Vec<u8> {
    let body = json!({
        "id": id, "movement": page.movement.to_string(), "order": page.order,
        "amount": page.amount.minor, "currency": page.amount.currency.as_str(),
        "paid": { "reference": format!("ref_{}", page.movement), "token": token,
                  "brand": "Visa", "last4": "9999" },
    });
    body.to_string().into_bytes()
}

pub(crate) fn declined_event(id: &str, page: &HostedPayment) -> Vec<u8> {
    let body = json!({
        "id": id, "movement": page.movement.to_string(), "order": page.order,
        "amount": page.amount.minor, "currency": page.amount.currency.as_str(),
        "declined": "card_declined",
    });
    body.to_string().into_bytes()
}

impl Inner {
    /// What a refund may not do: give back more than its payment, to another method than paid, or
    /// a payment that was not made.
    fn judge(&mut self, transfer: &Transfer) {
        if transfer.amount.minor <= 0 {
            self.offences.push(format!("{transfer:?} moves nothing"));
        }
        let Some(original) = &transfer.original else {
            return;
        };
        if transfer.direction == Direction::Charge {
            self.offences.push(format!("{transfer:?} undoes a payment"));
        }
        let paid = self
            .paid
            .iter()
            .find(|(movement, _)| format!("ref_{movement}") == *original)
            .map(|(_, (amount, token))| (amount.minor, token.clone()));
        let charged = self
            .transfers
            .values()
            .find(|(charge, outcome)| {
                charge.direction == Direction::Charge
                    && matches!(outcome, Outcome::Done { reference } if reference == original)
            })
            .map(|(charge, _)| (charge.amount.minor, charge.token.clone()));
        let Some((amount, token)) = paid.or(charged) else {
            self.offences
                .push(format!("{transfer:?} undoes a payment that was not made"));
            return;
        };
        if token != transfer.token {
            self.offences
                .push(format!("{transfer:?} goes to another method than paid"));
        }
        let before: i64 = self
            .transfers
            .values()
            .filter(|(other, outcome)| {
                other.original.as_ref() == Some(original) && matches!(outcome, Outcome::Done { .. })
            })
            .map(|(other, _)| other.amount.minor)
            .sum();
        if before + transfer.amount.minor > amount {
            self.offences.push(format!(
                "{transfer:?}: {before} of {amount} went back, and now {}",
                transfer.amount.minor
            ));
        }
    }

    fn decide(&mut self, transfer: &Transfer, hard: bool) -> Outcome {
        if let Some((known, outcome)) = self.transfers.get(&transfer.movement) {
            let same = known.amount == transfer.amount
                && known.direction == transfer.direction
                && known.token == transfer.token
                && known.original == transfer.original;
            let outcome = outcome.clone();
            if !same {
                self.offences
                    .push(format!("{transfer:?} is another than before by that key"));
            }
            return outcome;
        }
        let outcome = if hard {
            Outcome::Declined {
                reason: "card_declined".to_owned(),
            }
        } else {
            self.judge(transfer);
            Outcome::Done {
                reference: format!("ref_{}", transfer.movement),
            }
        };
        let known = (transfer.clone(), outcome.clone());
        self.transfers.insert(transfer.movement, known);
        outcome
    }
}

#[async_trait]
impl Gateway for StrictGateway {
    fn host(&self) -> &str {
        "pay.example"
    }

    fn payment_link(&self, payment: &HostedPayment) -> String {
        let mut inner = self.inner();
        inner.pages.insert(payment.movement, payment.clone());
        format!("https://pay.example/{}", payment.movement)
    }

    fn read_webhook(
        &self,
        signature: Option<&str>,
        body: &[u8],
        _now: Timestamp,
    ) -> Result<Event, NotBelieved> {
        match signature {
            None => return Err(NotBelieved::NoSignature),
            Some(SIGNATURE) => {}
            Some(_) => return Err(NotBelieved::WrongSignature),
        }
        let event: Value = serde_json::from_slice(body).map_err(|_| NotBelieved::NotAnEvent)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let paid = &event["paid"];
        let result = match (text(&paid["reference"]), text(&event["declined"])) {
            (Some(reference), None) => PaymentResult::Paid {
                reference,
                method: PaidWith {
                    kind: "card".to_owned(),
                    brand: text(&paid["brand"]),
                    last4: text(&paid["last4"]),
                    token: text(&paid["token"]).ok_or(NotBelieved::NotAnEvent)?,
                },
            },
            (_, Some(reason)) => PaymentResult::Declined { reason },
            (None, None) => return Err(NotBelieved::NotAnEvent),
        };
        let event = || -> Option<Event> {
            Some(Event {
                id: text(&event["id"])?,
                movement: text(&event["movement"])?.parse().ok()?,
                order: text(&event["order"])?,
                amount: Money::new(
                    event["amount"].as_i64()?,
                    text(&event["currency"])?.parse().ok()?,
                ),
                result,
            })
        };
        event().ok_or(NotBelieved::NotAnEvent)
    }

    async fn transfer(&self, transfer: &Transfer) -> Result<Outcome, GatewayUnavailable> {
        let (mood, outcome) = {
            let mut inner = self.inner();
            inner.calls.push(transfer.clone());
            let mood = inner.moods.pop_front();
            if mood == Some(Mood::Deaf) {
                return Err(GatewayUnavailable("it does not answer".to_owned()));
            }
            let outcome = inner.decide(transfer, mood == Some(Mood::Hard));
            (mood, outcome)
        };
        if mood == Some(Mood::Hung) {
            self.hangs.notify_one();
            core::future::pending::<()>().await;
        }
        if mood == Some(Mood::Mute) {
            return Err(GatewayUnavailable("its answer was lost".to_owned()));
        }
        Ok(outcome)
    }

    async fn ask_again(&self, movement: MovementId) -> Result<bool, GatewayUnavailable> {
        let mut inner = self.inner();
        inner.asked_again.push(movement);
        if inner.moods.pop_front() == Some(Mood::Deaf) {
            return Err(GatewayUnavailable("it does not answer".to_owned()));
        }
        Ok(inner.paid.contains_key(&movement))
    }
}
