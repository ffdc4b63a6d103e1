//! What an order costs beside its goods, and how it was paid.

use commerce::{
    document::{
        Adjustment, AdjustmentKind, Customer, Discount, Line, MethodKind, Payment, PaymentKind,
        Reduction,
    },
    pricing,
};
use terms::rounded_share;

use super::super::{chance::Chance, data::Offers};

/// The movements of money of one order.
#[derive(Debug)]
pub(super) struct Purse<'a> {
    order: &'a str,
    customer: &'a Customer,
    pub(super) movements: Vec<Payment>,
}

impl<'a> Purse<'a> {
    pub(super) const fn new(order: &'a str, customer: &'a Customer) -> Self {
        Self {
            order,
            customer,
            movements: Vec::new(),
        }
    }

    /// Pays the total, now and then a part of it with a gift card.
    pub(super) fn pay(&mut self, total: i64, chance: &mut Chance) {
        let methods = self.customer.payment_methods.iter();
        let methods: Vec<_> = methods
            .filter(|method| method.kind != MethodKind::GiftCard)
            .collect();
        let Some(method) = chance.pick(&methods) else {
            return;
        };
        let mut left = total;
        if let Some(card) = self.gift_card().filter(|_| chance.once_in(4)) {
            let part = chance.amount(500, 5000, 500);
            if part < total {
                left = total.saturating_sub(part);
                self.moved(PaymentKind::Payment, part, &card);
            }
        }
        self.moved(PaymentKind::Payment, left, &method.id);
    }

    /// The method that paid the most recent part.
    pub(super) fn main(&self) -> Option<String> {
        let mut payments = self.movements.iter();
        payments
            .rfind(|movement| movement.kind == PaymentKind::Payment)
            .map(|payment| payment.method.clone())
    }

    /// Where a refund goes: back to the method that paid, or to a gift card of the customer. If
    /// two methods paid, to the gift card, because no method gets back more than it paid.
    pub(super) fn refund_method(&self, chance: &mut Chance) -> Option<String> {
        let to_card = self.movements.len() > 1 || chance.once_in(4);
        let card = self.gift_card().filter(|_| to_card);
        card.or_else(|| self.main())
    }

    fn gift_card(&self) -> Option<String> {
        let mut methods = self.customer.payment_methods.iter();
        methods
            .find(|method| method.kind == MethodKind::GiftCard)
            .map(|card| card.id.clone())
    }

    pub(super) fn refund(&mut self, amount: i64, method: &str) {
        self.moved(PaymentKind::Refund, amount, method);
    }

    pub(super) fn refund_all(&mut self) {
        for payment in self.movements.clone() {
            self.refund(payment.amount, &payment.method);
        }
    }

    /// Charges a difference, or refunds it if it is negative.
    pub(super) fn settle(&mut self, difference: i64, method: &str) {
        match difference {
            0 => (),
            1.. => self.moved(PaymentKind::Payment, difference, method),
            _ => self.moved(PaymentKind::Refund, difference.saturating_neg(), method),
        }
    }

    fn moved(&mut self, kind: PaymentKind, amount: i64, method: &str) {
        let number = self.movements.len().saturating_add(1);
        self.movements.push(Payment {
            id: format!("{}-P{number}", self.order),
            kind,
            method: method.to_owned(),
            amount,
        });
    }
}

/// A code somebody used: new subscribers have one for their first order.
pub(super) fn discount(
    offers: &Offers,
    goods: i64,
    first_order: bool,
    chance: &mut Chance,
) -> Option<Adjustment> {
    let welcome = |discount: &&Discount| discount.code == "WELCOME10";
    let discount = if first_order {
        offers.discounts.iter().find(welcome)
    } else {
        let others = offers.discounts.iter().filter(|code| !welcome(code));
        let others: Vec<_> = others.collect();
        chance.pick(&others).copied()
    };
    let discount = discount.filter(|_| chance.once_in(if first_order { 2 } else { 6 }))?;
    let (kind, value) = (discount.kind, discount.value);
    let taken = pricing::taken_off(kind, value, goods)?;
    let (title, amount) = (discount.code.clone(), taken.saturating_neg());
    Some(Adjustment {
        discount: Some(Reduction { kind, value }),
        ..Adjustment::plain(AdjustmentKind::Discount, title, amount)
    })
}

/// Delivery at a level: the country's own option stands above the one for all others.
pub(super) fn shipping(
    offers: &Offers,
    level: &str,
    goods: i64,
    country: &str,
) -> Option<Adjustment> {
    let options = || {
        let options = offers.shipping.iter();
        options.filter(|option| option.level == level)
    };
    let own = options().find(|option| option.country.as_deref() == Some(country));
    let option = own.or_else(|| options().find(|option| option.country.is_none()))?;
    let free = level == "standard"
        && offers
            .promotions
            .iter()
            .any(|promotion| promotion.min_subtotal.is_none_or(|least| goods >= least));
    let cost = if free { 0 } else { option.price };
    let title = option.title.clone();
    Some(Adjustment::plain(AdjustmentKind::Shipping, title, cost))
}

/// What these lines cost after their share of the order's discount.
pub(super) fn net(lines: &[Line], goods: i64, adjustments: &[Adjustment]) -> Option<i64> {
    let prices = lines
        .iter()
        .map(|line| line.quantity.saturating_mul(line.unit_price));
    let gross = prices.fold(0, i64::saturating_add);
    let discounts = adjustments
        .iter()
        .filter(|adjustment| adjustment.kind == AdjustmentKind::Discount);
    let discount: i64 = discounts.map(|adjustment| adjustment.amount).sum();
    let share = rounded_share(discount, gross, goods).ok()?;
    Some(gross.saturating_add(share))
}
