//! The port to a payment gateway: where money really moves, on the gateway's own pages.
//!
//! Card data never comes near this program. A shopper pays on the gateway's page, reached by a link
//! that binds amount, order and movement and expires; the gateway tells the outcome by a signed
//! webhook. Charges and refunds to a method the gateway knows are calls that carry the movement's
//! id as idempotency key, so that a call made twice moves money once.

pub mod demo_ports;
pub mod demo_wire;

use async_trait::async_trait;
use terms::{Money, MovementId, Timestamp};

/// A payment that a shopper is sent to the gateway's page for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedPayment {
    pub movement: MovementId,
    /// The shop's own number of the order, shown on the page.
    pub order: String,
    pub amount: Money,
    /// Where the page leads back to.
    pub return_url: String,
    pub expires_at: Timestamp,
}

/// Money to be moved without the shopper: a charge to, or a refund to, a method the gateway knows.
#[derive(Clone)]
pub struct Transfer {
    pub movement: MovementId,
    pub direction: Direction,
    pub amount: Money,
    /// What the gateway knows the method by.
    pub token: String,
    /// The payment that a refund undoes, where the gateway made it.
    pub original: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Charge,
    Refund,
}

impl Direction {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Refund => "refund",
        }
    }
}

/// What became of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done; the gateway's own reference of it.
    Done { reference: String },
    /// Refused for good: another try with the same key gives the same answer. The reason is a word
    /// of the gateway's closed list.
    Declined { reason: String },
}

/// A webhook whose signature and time were right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The gateway's id of the event: seen twice, done once.
    pub id: String,
    pub movement: MovementId,
    pub order: String,
    pub amount: Money,
    pub result: PaymentResult,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentResult {
    /// Paid, with the method the shopper chose on the page.
    Paid {
        reference: String,
        method: PaidWith,
    },
    Declined {
        reason: String,
    },
}

/// The method a shopper chose on the gateway's page: never its number.
#[derive(Clone, PartialEq, Eq)]
pub struct PaidWith {
    /// `card` or `paypal`.
    pub kind: String,
    pub brand: Option<String>,
    pub last4: Option<String>,
    /// What the gateway knows the method by.
    pub token: String,
}

impl core::fmt::Debug for Transfer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "Transfer({}, {})",
            self.direction.as_str(),
            self.movement
        )
    }
}

impl core::fmt::Debug for PaidWith {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PaidWith(..)")
    }
}

/// Why a webhook is not believed. What it said is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    #[error("the webhook has no signature of the expected form")]
    NoSignature,
    #[error("the webhook's signature is not the gateway's over these bytes")]
    WrongSignature,
    #[error("the webhook is older than five minutes, or from the future")]
    OutOfTime,
    #[error("the webhook's body is not an event of this gateway")]
    NotAnEvent,
}

/// The gateway cannot be reached or answers nonsense: nothing is known about what it did.
#[derive(Debug, thiserror::Error)]
#[error("the payment gateway is not available: {0}")]
pub struct GatewayUnavailable(pub String);

/// A payment gateway.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// The host of its pages, for the registry of allowed links.
    fn host(&self) -> &str;

    /// The address of the page on which this payment is made. Needs no call: the link carries its
    /// terms and a signature over them, so it may be made as often as it is asked for.
    fn payment_link(&self, payment: &HostedPayment) -> String;

    /// Reads a webhook: signature over the raw bytes first, then time, then the event.
    fn read_webhook(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Event, NotBelieved>;

    /// Moves money. Called again with the same movement it moves nothing and answers the same.
    async fn transfer(&self, transfer: &Transfer) -> Result<Outcome, GatewayUnavailable>;

    /// Asks for the webhook of a payment once more: what a reconciliation does about a payment
    /// whose webhook did not come. `false` when nothing was paid: not yet, or declined.
    async fn ask_again(&self, movement: MovementId) -> Result<bool, GatewayUnavailable>;
}
