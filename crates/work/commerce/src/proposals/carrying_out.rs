//! A confirmed change is recorded and carried out.

use core::time::Duration;

use identity::{level::Session, sessions::actor_of};
use ledger::SubjectTag;
use serde_json::Value;
use store::{Transaction, orders::ProposalRow};
use terms::{Currency, Money, MovementId, OrderId, ProposalId, ShopId, ShopperId, Timestamp};

use super::{EffectLine, Judged, Outcome, PaymentDue, Stored};
use crate::{
    cart::owner_of,
    change::{Change, Settled},
    checkout::Buyer,
    gateway::HostedPayment,
    model::OrderState,
    tools::{Commerce, CommerceError, Proof, Result, Tool},
};

/// How long goods are kept for an order that is paid by hand, where no gateway is set up.
const BY_HAND: Duration = Duration::from_secs(7 * 24 * 3_600);

/// INVARIANT: the order of a checkout has its proposal's id, so that one confirmation cannot come to
/// two orders, and the order is found again.
fn order_of(proposal: ProposalId) -> OrderId {
    OrderId::from_uuid(*proposal.as_uuid())
}

impl Commerce {
    #[expect(
        clippy::too_many_arguments,
        reason = "a confirmation's parts, named where it is called"
    )]
    pub(super) async fn carry_out(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        id: ProposalId,
        tool: Tool,
        (title, effect): (String, Vec<EffectLine>),
        judged: Judged,
        subject: Option<SubjectTag>,
    ) -> Result<Outcome> {
        let shop = proof.shop();
        let shopper = self.buyer_of(tx, shop, judged.buyer).await?;
        let mut change = judged.change;
        self.settle_here(&mut change);
        let currency = judged.terms.currency;
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
            order.guest = match proof.raise::<Session>() {
                Ok(_) => None,
                Err(_) => Some(proof.session()),
            };
            order.id = Some(order_of(id));
            order.order.id = self.order_number();
            order.order.placed_at = Some(now.to_string());
            if order.value > 0 {
                order.pay_until = Some(until);
                payment = Some((Money::new(order.value, currency), until));
            } else {
                // There is nothing to pay, and so nothing to wait for.
                order.movements.clear();
            }
        }
        let number = change.order.as_ref().map(|order| order.order.id.clone());
        let subject = match subject {
            Some(subject) => subject,
            // A guest is known from now on.
            None => self.subject(tx, shop, shopper).await?,
        };
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
            title,
            effect,
            currency,
            order: number,
            payment,
        })
    }

    /// What a proposal did that was confirmed before, with the payment if it still waits: for whoever
    /// never got the answer.
    pub(super) async fn outcome_again(
        &self,
        tx: &mut dyn Transaction,
        row: &ProposalRow,
        tool: Tool,
        stored: Stored,
    ) -> Result<Outcome> {
        let number = stored.change.pointer("/order/order/id");
        let currency = self.shop.terms(tx, row.shop).await?.currency;
        let mut outcome = Outcome {
            proposal: row.id,
            tool,
            title: stored.title,
            effect: stored.effect,
            currency,
            order: number.and_then(Value::as_str).map(str::to_owned),
            payment: None,
        };
        if tool == Tool::Checkout {
            let placed = self.shop.order(tx, row.shop, order_of(row.id)).await?;
            outcome.order = placed.as_ref().map(|state| state.order.id.clone());
            if let Some(state) = &placed {
                outcome.payment = self.payment_waiting(state, currency);
            }
        }
        Ok(outcome)
    }

    /// The payment that an order waits for, with its link.
    pub(crate) fn payment_waiting(
        &self,
        state: &OrderState,
        currency: Currency,
    ) -> Option<PaymentDue> {
        let (awaited, until) = (state.awaited()?, state.pay_until?);
        let amount = Money::new(awaited.amount, currency);
        Some(self.payment_due(Some(awaited.id), Some(&state.order.id), amount, until))
    }

    /// Where no gateway is set up, people of the shop move the money.
    pub(crate) fn settle_here(&self, change: &mut Change) {
        if self.payment.is_some() {
            return;
        }
        let movements = change
            .order
            .iter_mut()
            .flat_map(|order| &mut order.movements);
        for movement in movements {
            if movement.settled == Settled::ByGateway {
                movement.settled = Settled::ByHand;
            }
        }
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
