//! What a change does, in sentences for the card that is confirmed.

use store::orders::MovementKind;
use terms::Money;

use crate::{
    change::{Change, OrderChange, What},
    model::{Customer, OrderState, Terms, labelled},
    proposals::{EffectLine, one_line, told},
    rules,
};

/// What a change was judged by.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) customer: &'a Customer,
    /// The order as it is.
    pub(crate) state: Option<&'a OrderState>,
    /// The variants that are named.
    pub(crate) offers: &'a rules::Offers,
}

/// Title, lines and total of a change's card.
pub(crate) fn effect(
    change: &Change,
    about: About<'_>,
    terms: &Terms,
) -> (String, Vec<EffectLine>, Option<i64>) {
    let teller = Teller { about, terms };
    if let Some(profile) = &change.profile {
        let default = profile
            .addresses
            .iter()
            .find(|address| address.default == Some(true));
        let line = default.map(|address| {
            told(format!(
                "New default address: {}",
                one_line(&address.address())
            ))
        });
        return (
            "Change your default address".to_owned(),
            line.into_iter().collect(),
            None,
        );
    }
    let Some(order) = &change.order else {
        return (change.what.as_str().to_owned(), Vec::new(), None);
    };
    let number = &order.order.id;
    match change.what {
        What::Cancel => (
            format!("Cancel order {number}"),
            [
                vec![told("The order will not be sent".to_owned())],
                teller.movements(order),
            ]
            .concat(),
            teller.total(change),
        ),
        What::ChangeAddress => (
            format!("Send order {number} to another address"),
            vec![told(format!(
                "Delivered to {}",
                one_line(&order.order.shipping_address)
            ))],
            None,
        ),
        What::ChangePayment => (
            format!("Pay order {number} another way"),
            teller.movements(order),
            None,
        ),
        What::ChangeItems => (
            format!("Change items of order {number}"),
            [
                teller.swapped(order),
                teller.movements(order),
                vec![told(
                    "After this the order can be neither changed nor cancelled".to_owned(),
                )],
            ]
            .concat(),
            teller.total(change),
        ),
        What::RequestReturn => teller.returned(order),
        _ => teller.exchanged(order),
    }
}

struct Teller<'a> {
    about: About<'a>,
    terms: &'a Terms,
}

impl Teller<'_> {
    fn money(&self, minor: i64) -> String {
        Money::new(minor, self.terms.currency).to_string()
    }

    fn total(&self, change: &Change) -> Option<i64> {
        let total = change.payments().saturating_sub(change.refunds());
        (total != 0).then_some(total)
    }

    /// How a method is called, and when a refund to it arrives.
    fn method(&self, id: Option<terms::PaymentMethodId>) -> (String, &'static str) {
        match id.and_then(|id| self.about.customer.method_by_id(id)) {
            Some(method) if method.is_gift_card() => (method.label(), "at once"),
            Some(method) => (method.label(), "within 5 to 7 business days"),
            None => (
                "the means of payment used".to_owned(),
                "within 5 to 7 business days",
            ),
        }
    }

    fn movements(&self, order: &OrderChange) -> Vec<EffectLine> {
        let movements = order.movements.iter();
        movements
            .map(|movement| {
                let (method, when) = self.method(movement.method);
                match movement.kind {
                    MovementKind::Payment => EffectLine {
                        text: format!("Charged to {method}"),
                        amount: Some(movement.amount),
                    },
                    MovementKind::Refund => EffectLine {
                        text: format!("Refunded to {method}, {when}"),
                        amount: Some(movement.amount.saturating_neg()),
                    },
                }
            })
            .collect()
    }

    fn swapped(&self, order: &OrderChange) -> Vec<EffectLine> {
        let before = self.about.state.iter().flat_map(|state| &state.order.lines);
        before
            .filter_map(|old| {
                let new = order.order.lines.iter().find(|line| line.id == old.id)?;
                (new != old).then(|| {
                    let (from, to) = (
                        labelled(&old.title, &old.options),
                        labelled(&new.title, &new.options),
                    );
                    told(format!(
                        "{from} becomes {to}, {} instead of {} each",
                        self.money(new.unit_price),
                        self.money(old.unit_price)
                    ))
                })
            })
            .collect()
    }

    fn returned(&self, order: &OrderChange) -> (String, Vec<EffectLine>, Option<i64>) {
        let title = format!("Return items of order {}", order.order.id);
        let (Some(returned), Some(state)) = (&order.order.returned, self.about.state) else {
            return (title, Vec::new(), None);
        };
        let lines: Vec<_> = returned
            .lines
            .iter()
            .filter_map(|id| state.line(id))
            .collect();
        let mut effect: Vec<EffectLine> = lines
            .iter()
            .map(|line| {
                told(format!(
                    "{} × {} goes back",
                    line.quantity,
                    labelled(&line.title, &line.options)
                ))
            })
            .collect();
        let method = self.about.customer.method(&returned.refund_to);
        let refunds = method.map_or_else(Vec::new, |method| {
            rules::staff::refund_of_return(self.about.customer, state, method, &lines)
        });
        let worth = refunds.iter().map(|refund| refund.amount);
        let worth = worth.fold(0, i64::saturating_add);
        for refund in refunds {
            let (method, when) = self.method(refund.method);
            effect.push(EffectLine {
                text: format!("Refunded to {method} {when}, once the goods are back"),
                amount: Some(refund.amount.saturating_neg()),
            });
        }
        effect.push(told(
            "An order can be returned or exchanged only once".to_owned(),
        ));
        (title, effect, Some(worth.saturating_neg()))
    }

    fn exchanged(&self, order: &OrderChange) -> (String, Vec<EffectLine>, Option<i64>) {
        let title = format!("Exchange items of order {}", order.order.id);
        let (Some(exchange), Some(state)) = (&order.order.exchange, self.about.state) else {
            return (title, Vec::new(), None);
        };
        let mut effect: Vec<EffectLine> = exchange
            .changes
            .iter()
            .filter_map(|change| {
                let line = state.line(&change.line)?;
                let label = labelled(&line.title, &line.options);
                let wanted = self.about.offers.get(&change.variant)?;
                let wanted = labelled(&wanted.title, &wanted.options);
                Some(told(format!(
                    "{} × {label} goes back for {wanted}",
                    line.quantity
                )))
            })
            .collect();
        let method = self
            .about
            .customer
            .method(&exchange.payment_method)
            .map(|method| method.id);
        let (method, _) = self.method(method);
        let difference = exchange.difference;
        let text = match difference {
            0 => "The price is the same".to_owned(),
            1.. => format!("Charged to {method}, once the goods are back"),
            _ => format!("Refunded to {method}, once the goods are back"),
        };
        effect.push(EffectLine {
            text,
            amount: (difference != 0).then_some(difference),
        });
        effect.push(told(
            "An order can be returned or exchanged only once".to_owned(),
        ));
        (title, effect, (difference != 0).then_some(difference))
    }
}
