//! What the rules look at: a shop's terms, a customer, an order with its money, an offer.

use core::fmt;

use serde::{Deserialize, Serialize};
use store::orders::{MovementKind, MovementRow, MovementState};
use terms::{Currency, Language, OrderId, PaymentMethodId, SessionId, ShopperId, Timestamp};

use crate::{
    document::{self, MethodKind, Options, OrderStatus, Tax},
    wording::Sentence,
};

/// The terms a shop sells under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Tax>,
    /// Refunds above this many minor units need a fresh factor.
    pub refund_limit: i64,
    /// The reasons a cancellation may have.
    pub cancel_reasons: Vec<String>,
    /// How long goods are kept for an order that is not paid yet.
    pub pay_within_minutes: u32,
}

/// Without a word of the shop, refunds above this many major units need a fresh factor.
const REFUND_LIMIT: i64 = 100;
const PAY_WITHIN_MINUTES: u32 = 60;

impl Terms {
    /// The terms of a shop that has said nothing but its currency and tax.
    #[must_use]
    pub fn new(currency: Currency, tax: Option<Tax>) -> Self {
        let unit = 10_i64.checked_pow(currency.exponent()).unwrap_or(100);
        Self {
            currency,
            tax,
            refund_limit: REFUND_LIMIT.saturating_mul(unit),
            cancel_reasons: ["no_longer_needed", "ordered_by_mistake"]
                .map(str::to_owned)
                .to_vec(),
            pay_within_minutes: PAY_WITHIN_MINUTES,
        }
    }
}

/// A variant with what its product says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub product: String,
    pub title: String,
    pub variant: String,
    pub options: Options,
    /// Minor units.
    pub price: i64,
    pub available: bool,
    pub stock: Option<i64>,
}

impl Offer {
    /// Whether so many pieces can be had now.
    #[must_use]
    pub fn has(&self, quantity: i64) -> bool {
        self.available && self.stock.is_none_or(|stock| stock >= quantity)
    }

    /// `Linen cushion (blue)`
    #[must_use]
    pub fn label(&self) -> String {
        labelled(&self.title, &self.options)
    }
}

/// A title with its options.
#[must_use]
pub fn labelled(title: &str, options: &Options) -> String {
    let options = options.label();
    if options.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({options})")
    }
}

/// A customer, with means of payment kept apart from the profile.
#[derive(Clone)]
pub struct Customer {
    pub shopper: ShopperId,
    pub position: i64,
    /// The profile; its `payment_methods` are empty.
    pub profile: document::Customer,
    pub methods: Vec<Method>,
}

#[derive(Clone)]
pub struct Method {
    pub id: PaymentMethodId,
    pub position: i64,
    pub own: document::PaymentMethod,
    /// What the gateway knows it by.
    pub token: Option<String>,
    /// Whether it takes refunds of what it paid, and is charged for nothing else: it paid an order of
    /// somebody who had not proved to be this customer.
    pub once: bool,
}

impl Method {
    #[must_use]
    pub const fn is_gift_card(&self) -> bool {
        matches!(self.own.kind, MethodKind::GiftCard)
    }

    /// `Visa ending in 4242`, as a card may be shown, in the reader's language.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let own = &self.own;
        let name = match own.kind {
            // Gateways write `visa`.
            MethodKind::Card => own
                .brand
                .as_deref()
                .map_or_else(|| Sentence::Card.say(language), capitalised),
            MethodKind::Paypal => Sentence::PayPal.say(language),
            MethodKind::GiftCard => Sentence::GiftCard.say(language),
            MethodKind::Transfer => Sentence::BankTransfer.say(language),
        };
        match &own.last4 {
            Some(last4) => Sentence::EndingIn { name: &name, last4 }.say(language),
            None => name,
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

impl Customer {
    #[must_use]
    pub fn method(&self, own_id: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.own.id == own_id)
    }

    #[must_use]
    pub fn method_by_id(&self, id: PaymentMethodId) -> Option<&Method> {
        self.methods.iter().find(|method| method.id == id)
    }

    /// The address in use: the one marked as default, or else the first.
    #[must_use]
    pub fn default_address(&self) -> Option<&document::SavedAddress> {
        let addresses = &self.profile.addresses;
        let marked = addresses
            .iter()
            .find(|address| address.default == Some(true));
        marked.or_else(|| addresses.first())
    }
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Customer({})", self.shopper)
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Method({}, {})", self.id, self.own.kind.as_str())
    }
}

/// An order with the movements of its money.
#[derive(Clone)]
pub struct OrderState {
    pub id: OrderId,
    pub shopper: ShopperId,
    pub position: i64,
    /// What it is worth now, in minor units.
    pub value: i64,
    /// The order as a document has it, without `payments` and `customer`.
    pub order: document::Order,
    pub movements: Vec<MovementRow>,
    pub pay_until: Option<Timestamp>,
    /// The session of the guest who ordered it, while it does not stand among its customer's orders.
    pub guest: Option<SessionId>,
    pub updated_at: Timestamp,
}

impl fmt::Debug for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderState({}, {})", self.id, self.order.status.as_str())
    }
}

impl OrderState {
    /// Booked payments less booked refunds: what the shop holds for this order.
    #[must_use]
    pub fn held(&self) -> i64 {
        self.movements
            .iter()
            .map(signed)
            .fold(0, i64::saturating_add)
    }

    /// Whether money was ever booked for it.
    #[must_use]
    pub fn was_paid(&self) -> bool {
        self.movements
            .iter()
            .any(|movement| movement.booked && movement.kind == MovementKind::Payment)
    }

    /// Whether all it is worth was paid. An order that is worth nothing needs no payment, unless it
    /// is worth nothing because it was cancelled.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        let free = self.value == 0 && self.order.status != OrderStatus::Cancelled;
        (self.was_paid() || free) && self.in_hand() >= self.value
    }

    /// Payments that were really made, less booked refunds: a charge that a gateway has not answered
    /// yet counts for the books, and not for sending goods.
    #[must_use]
    pub fn in_hand(&self) -> i64 {
        let counted = self.movements.iter().filter(|movement| {
            movement.kind == MovementKind::Refund || movement.state == MovementState::Done
        });
        counted.map(signed).fold(0, i64::saturating_add)
    }

    /// Booked movements that no gateway is asked about: people of the shop see to them.
    pub fn by_hand(&self) -> impl Iterator<Item = &MovementRow> {
        self.movements.iter().filter(|movement| {
            movement.booked
                && movement.state == MovementState::Intended
                && movement.next_at.is_none()
        })
    }

    /// What each method has paid and not got back, in the order of their first payments; methods
    /// that have got everything back are left out. With it the payments that refunds undo.
    #[must_use]
    pub fn held_by_method(&self) -> Vec<HeldBy> {
        let mut held: Vec<HeldBy> = Vec::new();
        for movement in self.movements.iter().filter(|movement| movement.booked) {
            let at = held.iter().position(|held| held.method == movement.method);
            let known = match at.and_then(|at| held.get_mut(at)) {
                Some(known) => known,
                None => held.push_mut(HeldBy {
                    method: movement.method,
                    amount: 0,
                    payments: Vec::new(),
                }),
            };
            known.amount = known.amount.saturating_add(signed(movement));
            match movement.kind {
                MovementKind::Payment => known.payments.insert(0, (movement.id, movement.amount)),
                MovementKind::Refund => {
                    let undone = known.payments.iter_mut();
                    for (_, left) in undone.filter(|(id, _)| movement.original == Some(*id)) {
                        *left = left.saturating_sub(movement.amount);
                    }
                }
            }
            known.payments.retain(|(_, left)| *left > 0);
        }
        held.retain(|held| held.amount > 0);
        held
    }

    /// A payment on the gateway's page that was neither made nor given up.
    #[must_use]
    pub fn awaited(&self) -> Option<&MovementRow> {
        self.movements.iter().find(|movement| {
            !movement.booked
                && movement.kind == MovementKind::Payment
                && movement.method.is_none()
                && movement.state == MovementState::Intended
        })
    }

    #[must_use]
    pub fn line(&self, id: &str) -> Option<&document::Line> {
        self.order.lines.iter().find(|line| line.id == id)
    }
}

/// What one method has paid for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBy {
    pub method: Option<PaymentMethodId>,
    pub amount: i64,
    /// Its payments and what was not refunded of each, the newest first.
    pub payments: Vec<(terms::MovementId, i64)>,
}

fn signed(movement: &MovementRow) -> i64 {
    match (movement.booked, movement.kind) {
        (false, _) => 0,
        (true, MovementKind::Payment) => movement.amount,
        (true, MovementKind::Refund) => movement.amount.saturating_neg(),
    }
}

/// Price times quantity.
#[must_use]
pub fn line_total(line: &document::Line) -> i64 {
    line.unit_price.saturating_mul(line.quantity)
}

/// What lines and adjustments come to.
#[must_use]
pub fn document_value(order: &document::Order) -> i64 {
    let lines = order.lines.iter().map(line_total);
    let adjustments = order.adjustments.iter().map(|adjustment| adjustment.amount);
    lines.chain(adjustments).fold(0, i64::saturating_add)
}
