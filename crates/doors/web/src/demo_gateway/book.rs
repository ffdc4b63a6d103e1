//! What the gateway decided: each payment, charge and refund, once.
//!
//! A decision is made under one lock, appended to the journal, and only then taken into memory and
//! told. Reading the journal again takes the same way into memory, so a restart changes no answer.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use commerce::gateway::{
    Direction, Event, HostedPayment, PaymentResult,
    demo_ports::Journal,
    demo_wire::{Answer, EventBody, TransferBody, reasons},
};
use serde::{Deserialize, Serialize};
use terms::{Clock, Money, MovementId, Rng, Timestamp};

use super::choices::Method;

pub(super) struct Book {
    journal: Arc<dyn Journal>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    /// The last decision about each payment on the page.
    payments: HashMap<MovementId, Event>,
    transfers: HashMap<MovementId, (TransferBody, Answer)>,
    /// What is left of each payment and charge, by its reference.
    left: HashMap<String, Money>,
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Payment {
        at: Timestamp,
        event: EventBody,
    },
    Transfer {
        at: Timestamp,
        transfer: TransferBody,
        answer: Answer,
    },
}

/// How a payment stands, as its page needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    /// The last try was declined; another may be made.
    Declined(String),
    Paid,
    /// The movement's id was used for something else.
    Other,
}

/// What became of a try to pay.
#[derive(Debug)]
pub(super) enum Tried {
    Decided(Event),
    AlreadyPaid,
    Other,
}

/// What became of a transfer.
#[derive(Debug)]
pub(super) enum Transferred {
    Answered(Answer),
    /// The movement's id was used for something else.
    Conflict,
}

impl Book {
    pub(super) fn open(
        journal: Arc<dyn Journal>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> io::Result<Self> {
        let mut pages = Pages::default();
        for (index, text) in journal.lines()?.iter().enumerate() {
            let line = serde_json::from_str(text).ok();
            line.and_then(|line| pages.take(line)).ok_or_else(|| {
                let number = index.saturating_add(1);
                let what = format!("line {number} of the demo gateway's journal is not one of its");
                io::Error::new(io::ErrorKind::InvalidData, what)
            })?;
        }
        Ok(Self {
            journal,
            clock,
            rng,
            pages: Mutex::new(pages),
        })
    }

    pub(super) fn standing(&self, payment: &HostedPayment) -> Standing {
        self.pages().standing(payment)
    }

    /// Decides about a payment: paid once, declined as often as it is tried.
    pub(super) fn pay(&self, payment: &HostedPayment, method: Method) -> io::Result<Tried> {
        let mut pages = self.pages();
        match pages.standing(payment) {
            Standing::Paid => return Ok(Tried::AlreadyPaid),
            Standing::Other => return Ok(Tried::Other),
            Standing::Open | Standing::Declined(_) => {}
        }
        let result = match method.outcome() {
            Ok(method) => PaymentResult::Paid {
                reference: self.fresh("pay"),
                method,
            },
            Err(reason) => PaymentResult::Declined {
                reason: reason.to_owned(),
            },
        };
        let event = Event {
            id: self.fresh("evt"),
            movement: payment.movement,
            order: payment.order.clone(),
            amount: payment.amount,
            result,
        };
        self.write(
            &mut pages,
            Line::Payment {
                at: self.clock.now(),
                event: EventBody::from(&event),
            },
        )?;
        Ok(Tried::Decided(event))
    }

    /// Decides about a charge or a refund; asked again it answers the same.
    pub(super) fn transfer(&self, transfer: TransferBody) -> io::Result<Transferred> {
        let mut pages = self.pages();
        if let Some((known, answer)) = pages.transfers.get(&transfer.movement) {
            return Ok(if *known == transfer {
                Transferred::Answered(answer.clone())
            } else {
                Transferred::Conflict
            });
        }
        if pages.payments.contains_key(&transfer.movement) {
            return Ok(Transferred::Conflict);
        }
        let answer = match pages.refusal(&transfer) {
            Some(reason) => Answer::Declined(reason.to_owned()),
            None => Answer::Reference(self.fresh(match transfer.direction {
                Direction::Charge => "charge",
                Direction::Refund => "refund",
            })),
        };
        self.write(
            &mut pages,
            Line::Transfer {
                at: self.clock.now(),
                transfer,
                answer: answer.clone(),
            },
        )?;
        Ok(Transferred::Answered(answer))
    }

    /// The last decision about a payment on the page.
    pub(super) fn decided(&self, movement: MovementId) -> Option<Event> {
        self.pages().payments.get(&movement).cloned()
    }

    fn write(&self, pages: &mut Pages, line: Line) -> io::Result<()> {
        self.journal.append(&serde_json::to_string(&line)?)?;
        pages
            .take(line)
            .ok_or_else(|| io::Error::other("a decision of the demo gateway contradicts its book"))
    }

    fn fresh(&self, kind: &str) -> String {
        let mut bytes = [0; 16];
        self.rng.fill(&mut bytes);
        format!("{kind}_{:032x}", u128::from_be_bytes(bytes))
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    fn standing(&self, payment: &HostedPayment) -> Standing {
        let Some(event) = self.payments.get(&payment.movement) else {
            return match self.transfers.contains_key(&payment.movement) {
                true => Standing::Other,
                false => Standing::Open,
            };
        };
        if event.order != payment.order || event.amount != payment.amount {
            return Standing::Other;
        }
        match &event.result {
            PaymentResult::Paid { .. } => Standing::Paid,
            PaymentResult::Declined { reason } => Standing::Declined(reason.clone()),
        }
    }

    /// Why a transfer is declined.
    fn refusal(&self, transfer: &TransferBody) -> Option<&'static str> {
        if !Method::issued(&transfer.token) && !transfer.token.starts_with(IMPORTED) {
            return Some(reasons::NO_SUCH_METHOD);
        }
        if Method::declines_later(&transfer.token) {
            return Some(reasons::CARD_DECLINED);
        }
        let original = transfer.original.as_ref()?;
        let Some(left) = self.left.get(original) else {
            return Some(reasons::NO_SUCH_PAYMENT);
        };
        if left.currency != transfer.currency {
            return Some(reasons::OTHER_CURRENCY);
        }
        (transfer.amount > left.minor).then_some(reasons::EXCEEDS_PAYMENT)
    }

    /// Takes a decision in. `None` when it contradicts an earlier one: then nothing has changed.
    fn take(&mut self, line: Line) -> Option<()> {
        match line {
            Line::Payment { event, .. } => {
                let event = event.event()?;
                let known = self.payments.get(&event.movement);
                let paid =
                    known.is_some_and(|known| matches!(known.result, PaymentResult::Paid { .. }));
                if paid || self.transfers.contains_key(&event.movement) {
                    return None;
                }
                if let PaymentResult::Paid { reference, .. } = &event.result {
                    self.left.insert(reference.clone(), event.amount);
                }
                self.payments.insert(event.movement, event);
            }
            Line::Transfer {
                transfer, answer, ..
            } => {
                let movement = transfer.movement;
                if self.transfers.contains_key(&movement) || self.payments.contains_key(&movement) {
                    return None;
                }
                if let Answer::Reference(reference) = &answer {
                    self.move_money(&transfer, reference)?;
                }
                self.transfers.insert(movement, (transfer, answer));
            }
        }
        Some(())
    }

    fn move_money(&mut self, transfer: &TransferBody, reference: &str) -> Option<()> {
        match (transfer.direction, &transfer.original) {
            (Direction::Charge, _) => {
                self.left.insert(reference.to_owned(), transfer.money());
            }
            // A refund of a payment that was made elsewhere.
            (Direction::Refund, None) => {}
            (Direction::Refund, Some(original)) => {
                let left = self.left.get_mut(original)?;
                let after = left.minus(transfer.money()).ok()?;
                if after.minor < 0 {
                    return None;
                }
                *left = after;
            }
        }
        Some(())
    }
}

/// How tokens of methods begin that the shop brought from elsewhere.
const IMPORTED: &str = "ext_";
