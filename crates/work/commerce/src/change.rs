//! A change: everything that one confirmed proposal, or one step of staff, does. The rules work it
//! out from what they are shown; the shop carries out exactly it, and nothing else.
//!
//! INVARIANT: the same facts give the same change, byte for byte, so that a proposal whose change is
//! worked out again at its confirmation is either what was shown or has expired.

use ledger::{Details, gate::Effect};
use serde::Serialize;
use store::orders::MovementKind;
use terms::{MovementId, OrderId, PaymentMethodId, SessionId, Timestamp};

use crate::document;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Checkout,
    Cancel,
    ChangeAddress,
    ChangePayment,
    ChangeItems,
    RequestReturn,
    RequestExchange,
    ChangeDefaultAddress,
    MarkPaid,
    Process,
    Ship,
    Deliver,
    ReceiveReturn,
    ReceiveExchange,
    /// Staff give up a pending order that was not paid in full.
    GiveUp,
    /// Staff give up a return or an exchange whose goods never came back.
    GiveUpReturn,
    GiveUpExchange,
    Expire,
    Paid,
    /// Paid after it was given up: the money goes back.
    PaidTooLate,
    TransferDone,
    TransferDeclined,
}

impl What {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checkout => "checkout",
            Self::Cancel => "cancel",
            Self::ChangeAddress => "change_address",
            Self::ChangePayment => "change_payment",
            Self::ChangeItems => "change_items",
            Self::RequestReturn => "request_return",
            Self::RequestExchange => "request_exchange",
            Self::ChangeDefaultAddress => "change_default_address",
            Self::MarkPaid => "mark_paid",
            Self::Process => "process",
            Self::Ship => "ship",
            Self::Deliver => "deliver",
            Self::ReceiveReturn => "receive_return",
            Self::ReceiveExchange => "receive_exchange",
            Self::GiveUp => "give_up",
            Self::GiveUpReturn => "give_up_return",
            Self::GiveUpExchange => "give_up_exchange",
            Self::Expire => "expire",
            Self::Paid => "paid",
            Self::PaidTooLate => "paid_too_late",
            Self::TransferDone => "transfer_done",
            Self::TransferDeclined => "transfer_declined",
        }
    }
}

/// A change to one order or to a profile.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    pub what: What,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderChange>,
    /// The profile as it is afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<document::Customer>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OrderChange {
    /// The order that is changed. A new order gets its id, and its number, when the change is
    /// carried out.
    pub id: Option<OrderId>,
    pub is_new: bool,
    /// The order as it is afterwards.
    pub order: document::Order,
    /// What it is worth afterwards.
    pub value: i64,
    /// What it is worth more (or less) than before.
    pub value_delta: i64,
    pub movements: Vec<NewMovement>,
    /// Payments that are given up: nobody paid them.
    pub dropped: Vec<MovementId>,
    /// What became of movements that waited for a gateway.
    pub settled: Vec<Settlement>,
    /// By variant; positive is put back. Sorted, so that rows are locked in one order.
    pub stock: Vec<StockChange>,
    /// Until when it waits for its payment. Set when the change is carried out; not a part of what
    /// was shown.
    #[serde(skip)]
    pub pay_until: Option<Timestamp>,
    /// The session of the guest who ordered it, as long as it does not stand among its customer's
    /// orders: until it is paid, or that session proves to be hers.
    #[serde(skip)]
    pub guest: Option<SessionId>,
}

/// The outcome of a movement that waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settlement {
    pub movement: MovementId,
    /// Whether the money moved.
    pub done: bool,
    /// Whether it counts from now on.
    pub booked: bool,
    /// The method that was chosen on the gateway's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<PaymentMethodId>,
    /// The gateway's own reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockChange {
    pub variant: String,
    pub delta: i64,
}

/// A movement of money that the change brings about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewMovement {
    #[serde(serialize_with = "movement_kind")]
    pub kind: MovementKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<PaymentMethodId>,
    /// The payment that a refund undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<MovementId>,
    pub amount: i64,
    pub settled: Settled,
}

/// How a movement comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// A gift card's balance changes together with the order.
    AtOnce,
    /// A gateway is asked after this is durable.
    ByGateway,
    /// The shopper pays on the gateway's page; it counts from the webhook on.
    OnPage,
    /// People of the shop see to it.
    ByHand,
}

fn movement_kind<S: serde::Serializer>(
    kind: &MovementKind,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.as_str())
}

impl Change {
    /// Refunds that this change brings about, in minor units.
    #[must_use]
    pub fn refunds(&self) -> i64 {
        self.sum(MovementKind::Refund)
    }

    /// Payments that this change brings about, in minor units.
    #[must_use]
    pub fn payments(&self) -> i64 {
        self.sum(MovementKind::Payment)
    }

    fn sum(&self, kind: MovementKind) -> i64 {
        let movements = self.order.iter().flat_map(|order| &order.movements);
        movements
            .filter(|movement| movement.kind == kind)
            .map(|movement| movement.amount)
            .fold(0, i64::saturating_add)
    }
}

/// The ledger's line: which order, what, and how much money; never who or what goods.
impl Effect for Change {
    const KIND: &'static str = "order.changed";

    fn details(&self) -> Details {
        let details = Details::none()
            .word("what", self.what.as_str())
            .number("payments", self.payments())
            .number("refunds", self.refunds());
        match self.order.as_ref().and_then(|order| order.id) {
            Some(id) => details.id("order", id),
            None => details,
        }
    }
}
