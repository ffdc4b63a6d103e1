//! What a change does, in sentences for the card that is confirmed.

use store::orders::MovementKind;
use terms::{Language, Money};

use crate::{
    change::{Change, OrderChange, What},
    model::{Customer, OrderState, Terms, labelled, line_total},
    proposals::{EffectLine, one_line},
    rules,
    wording::{Arrives, Sentence},
};

/// A card's words, and what it costs (or, negative, gives back) in minor units.
pub(crate) struct Told {
    pub(crate) title: String,
    pub(crate) effect: Vec<EffectLine>,
    pub(crate) total: Option<i64>,
}

/// What a change was judged by.
pub(crate) enum Facts {
    Bought {
        /// Name and address of who buys.
        who: String,
        total: i64,
        /// Tax that the prices contain.
        contained_tax: Option<i64>,
    },
    Serviced(Box<About>),
}

pub(crate) struct About {
    pub(crate) customer: Customer,
    /// The order as it is.
    pub(crate) state: Option<OrderState>,
    /// The variants that are named.
    pub(crate) offers: rules::Offers,
}

/// A change's card.
pub(crate) fn effect(change: &Change, facts: &Facts, terms: &Terms, language: Language) -> Told {
    match facts {
        Facts::Bought {
            who,
            total,
            contained_tax,
        } => {
            let words = Words { terms, language };
            Told {
                title: words.say(Sentence::PlaceOrder),
                effect: words.bought(change, who, *contained_tax),
                total: Some(*total),
            }
        }
        Facts::Serviced(about) => {
            let words = Words { terms, language };
            Teller { about, words }.serviced(change)
        }
    }
}

/// How a card speaks.
#[derive(Clone, Copy)]
struct Words<'a> {
    terms: &'a Terms,
    language: Language,
}

impl Words<'_> {
    fn say(self, sentence: Sentence<'_>) -> String {
        sentence.say(self.language)
    }

    /// A line without an amount.
    fn line(self, sentence: Sentence<'_>) -> EffectLine {
        EffectLine {
            text: self.say(sentence),
            amount: None,
        }
    }

    fn moved(self, sentence: Sentence<'_>, amount: i64) -> EffectLine {
        EffectLine {
            text: self.say(sentence),
            amount: Some(amount),
        }
    }

    fn money(self, minor: i64) -> String {
        Money::new(minor, self.terms.currency).written(self.language)
    }

    /// INVARIANT: whose order it will be stands on the card: a planner that names somebody else is
    /// seen before anything is confirmed.
    fn bought(self, change: &Change, who: &str, contained_tax: Option<i64>) -> Vec<EffectLine> {
        let mut effect = Vec::new();
        if let Some(order) = &change.order {
            for line in &order.order.lines {
                let label = labelled(&line.title, &line.options);
                effect.push(EffectLine {
                    text: format!("{} × {label}", line.quantity),
                    amount: Some(line_total(line)),
                });
            }
            for adjustment in &order.order.adjustments {
                effect.push(EffectLine {
                    text: adjustment.told(self.language),
                    amount: Some(adjustment.amount),
                });
            }
            effect.push(self.line(Sentence::ReceiptFor { who }));
            let address = one_line(&order.order.shipping_address);
            effect.push(self.line(Sentence::DeliveredTo { address: &address }));
        }
        if let Some(tax) = contained_tax {
            let amount = self.money(tax);
            effect.push(self.line(Sentence::ContainsTax { amount: &amount }));
        }
        effect.push(self.line(Sentence::PaidOnPage));
        effect
    }
}

struct Teller<'a> {
    about: &'a About,
    words: Words<'a>,
}

impl Teller<'_> {
    fn serviced(&self, change: &Change) -> Told {
        let words = self.words;
        let told = |title: Sentence<'_>, effect: Vec<EffectLine>, total: Option<i64>| Told {
            title: words.say(title),
            effect,
            total,
        };
        if let Some(profile) = &change.profile {
            let default = profile
                .addresses
                .iter()
                .find(|address| address.default == Some(true));
            let address = default.map(|address| one_line(&address.address()));
            let line = address.map(|address| {
                let address = &address;
                words.line(Sentence::NewDefaultAddress { address })
            });
            let effect = line.into_iter().collect();
            return told(Sentence::ChangeDefaultAddress, effect, None);
        }
        let Some(order) = &change.order else {
            return Told {
                title: change.what.as_str().to_owned(),
                effect: Vec::new(),
                total: None,
            };
        };
        let number = order.order.id.as_str();
        let total = change.payments().saturating_sub(change.refunds());
        let total = (total != 0).then_some(total);
        match change.what {
            What::Cancel => {
                let mut effect = vec![words.line(Sentence::NotSent)];
                effect.extend(self.movements(order));
                told(Sentence::CancelOrder { number }, effect, total)
            }
            What::ChangeAddress => {
                let address = one_line(&order.order.shipping_address);
                let line = words.line(Sentence::DeliveredTo { address: &address });
                told(Sentence::SendElsewhere { number }, vec![line], None)
            }
            What::ChangePayment => told(
                Sentence::PayAnotherWay { number },
                self.movements(order),
                None,
            ),
            What::ChangeItems => {
                let mut effect = self.swapped(order);
                effect.extend(self.movements(order));
                effect.push(words.line(Sentence::Frozen));
                told(Sentence::ChangeItems { number }, effect, total)
            }
            What::RequestReturn => {
                let (effect, total) = self.returned(order);
                told(Sentence::ReturnItems { number }, effect, total)
            }
            _ => {
                let (effect, total) = self.exchanged(order);
                told(Sentence::ExchangeItems { number }, effect, total)
            }
        }
    }

    /// How a method is called, and when a refund to it arrives.
    fn method(&self, id: Option<terms::PaymentMethodId>) -> (String, Arrives) {
        match id.and_then(|id| self.about.customer.method_by_id(id)) {
            Some(method) if method.is_gift_card() => {
                (method.label(self.words.language), Arrives::AtOnce)
            }
            Some(method) => (method.label(self.words.language), Arrives::InDays),
            None => (self.words.say(Sentence::MethodUsed), Arrives::InDays),
        }
    }

    fn movements(&self, order: &OrderChange) -> Vec<EffectLine> {
        let movements = order.movements.iter();
        movements
            .map(|movement| {
                let (method, arrives) = self.method(movement.method);
                let (method, amount) = (method.as_str(), movement.amount);
                match movement.kind {
                    MovementKind::Payment => self.words.moved(Sentence::Charged { method }, amount),
                    MovementKind::Refund => self.words.moved(
                        Sentence::Refunded { method, arrives },
                        amount.saturating_neg(),
                    ),
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
                    self.words.line(Sentence::Becomes {
                        before: &labelled(&old.title, &old.options),
                        after: &labelled(&new.title, &new.options),
                        new_price: &self.words.money(new.unit_price),
                        old_price: &self.words.money(old.unit_price),
                    })
                })
            })
            .collect()
    }

    fn returned(&self, order: &OrderChange) -> (Vec<EffectLine>, Option<i64>) {
        let (Some(returned), Some(state)) = (&order.order.returned, &self.about.state) else {
            return (Vec::new(), None);
        };
        let lines: Vec<_> = returned
            .lines
            .iter()
            .filter_map(|id| state.line(id))
            .collect();
        let mut effect: Vec<EffectLine> = lines
            .iter()
            .map(|line| {
                self.words.line(Sentence::GoesBack {
                    quantity: line.quantity,
                    label: &labelled(&line.title, &line.options),
                })
            })
            .collect();
        let customer = &self.about.customer;
        let method = customer.method(&returned.refund_to);
        let refunds = method.map_or_else(Vec::new, |method| {
            rules::staff::refund_of_return(customer, state, method, &lines)
        });
        let worth = refunds.iter().map(|refund| refund.amount);
        let worth = worth.fold(0, i64::saturating_add);
        for refund in refunds {
            let (method, arrives) = self.method(refund.method);
            let method = method.as_str();
            effect.push(self.words.moved(
                Sentence::RefundedWhenBack { method, arrives },
                refund.amount.saturating_neg(),
            ));
        }
        effect.push(self.words.line(Sentence::OnlyOnce));
        (effect, Some(worth.saturating_neg()))
    }

    fn exchanged(&self, order: &OrderChange) -> (Vec<EffectLine>, Option<i64>) {
        let (Some(exchange), Some(state)) = (&order.order.exchange, &self.about.state) else {
            return (Vec::new(), None);
        };
        let mut effect: Vec<EffectLine> = exchange
            .changes
            .iter()
            .filter_map(|change| {
                let line = state.line(&change.line)?;
                let wanted = self.about.offers.get(&change.variant)?;
                Some(self.words.line(Sentence::GoesBackFor {
                    quantity: line.quantity,
                    label: &labelled(&line.title, &line.options),
                    wanted: &labelled(&wanted.title, &wanted.options),
                }))
            })
            .collect();
        let method = self
            .about
            .customer
            .method(&exchange.payment_method)
            .map(|method| method.id);
        let (method, arrives) = self.method(method);
        let method = method.as_str();
        let difference = exchange.difference;
        effect.push(match difference {
            0 => self.words.line(Sentence::SamePrice),
            1.. => self
                .words
                .moved(Sentence::ChargedWhenBack { method }, difference),
            _ => self
                .words
                .moved(Sentence::RefundedWhenBack { method, arrives }, difference),
        });
        effect.push(self.words.line(Sentence::OnlyOnce));
        (effect, (difference != 0).then_some(difference))
    }
}
