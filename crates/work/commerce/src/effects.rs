//! What this room records beside changes.

use ledger::{Details, gate::Effect};
use store::orders::ProposalLevel;
use terms::{MovementId, OrderId, ProposalId};

/// A shopper's own data was read by a tool.
#[derive(Debug)]
pub(crate) struct ToolRead {
    pub(crate) tool: &'static str,
}

impl Effect for ToolRead {
    const KIND: &'static str = "tool.read";
    fn details(&self) -> Details {
        Details::none().word("tool", self.tool)
    }
}

/// A proposal was made.
#[derive(Debug)]
pub(crate) struct ProposalMade {
    pub(crate) proposal: ProposalId,
    pub(crate) tool: &'static str,
    pub(crate) level: ProposalLevel,
}

impl Effect for ProposalMade {
    const KIND: &'static str = "proposal.made";
    fn details(&self) -> Details {
        Details::none()
            .id("proposal", self.proposal)
            .word("tool", self.tool)
            .word("level", self.level.as_str())
    }
}

/// A proposal was confirmed; its change follows.
#[derive(Debug)]
pub(crate) struct ProposalConfirmed {
    pub(crate) proposal: ProposalId,
}

impl Effect for ProposalConfirmed {
    const KIND: &'static str = "proposal.confirmed";
    fn details(&self) -> Details {
        Details::none().id("proposal", self.proposal)
    }
}

/// A proposal was too old, or what it stood on had changed.
#[derive(Debug)]
pub(crate) struct ProposalExpired {
    pub(crate) proposal: ProposalId,
}

impl Effect for ProposalExpired {
    const KIND: &'static str = "proposal.expired";
    fn details(&self) -> Details {
        Details::none().id("proposal", self.proposal)
    }
}

/// A gateway is about to be asked to move money: the intent, durable before the call.
#[derive(Debug)]
pub(crate) struct TransferAsked {
    pub(crate) movement: MovementId,
    pub(crate) order: OrderId,
    pub(crate) attempt: i64,
}

impl Effect for TransferAsked {
    const KIND: &'static str = "payment.transfer_asked";
    fn details(&self) -> Details {
        Details::none()
            .id("movement", self.movement)
            .id("order", self.order)
            .number("attempt", self.attempt)
    }
}

/// An order that a guest had placed stands among the orders of the shopper she proved to be.
#[derive(Debug)]
pub(crate) struct OrderAdopted {
    pub(crate) order: OrderId,
}

impl Effect for OrderAdopted {
    const KIND: &'static str = "order.adopted";
    fn details(&self) -> Details {
        Details::none().id("order", self.order)
    }
}

/// A webhook was believed.
#[derive(Debug)]
pub(crate) struct WebhookDone {
    pub(crate) movement: MovementId,
    pub(crate) order: OrderId,
    pub(crate) outcome: &'static str,
    pub(crate) amount: i64,
}

impl Effect for WebhookDone {
    const KIND: &'static str = "payment.webhook";
    fn details(&self) -> Details {
        Details::none()
            .id("movement", self.movement)
            .id("order", self.order)
            .word("outcome", self.outcome)
            .number("amount", self.amount)
    }
}
