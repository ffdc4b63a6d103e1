//! What the rules make of a tool's arguments: the change, how it is told, and the level it demands.

use identity::level::Session;
use serde_json::Value;
use store::{Transaction, orders::ProposalLevel};
use terms::{Language, ShopId, ShopperId};

use crate::{
    arguments,
    change::{Change, What},
    checkout::{Bought, Buyer},
    model::{OrderState, Terms},
    refusal::{Code, Refusal},
    rules,
    told::{self, About, Facts, Told},
    tools::{Commerce, Proof, Result, Tool, no_such_order},
};

/// What the rules made of a tool's arguments.
pub(crate) struct Judged {
    pub(crate) change: Change,
    pub(crate) buyer: Buyer,
    pub(super) level: ProposalLevel,
    pub(super) terms: Terms,
    facts: Facts,
}

impl Judged {
    /// The card, in a language.
    pub(super) fn told(&self, language: Language) -> Told {
        told::effect(&self.change, &self.facts, &self.terms, language)
    }
}

impl Commerce {
    /// What the rules make of a tool's arguments, from facts that stay locked until the transaction
    /// ends.
    pub(crate) async fn judge(
        &self,
        tx: &mut dyn Transaction,
        proof: Proof<'_, '_>,
        tool: Tool,
        args: Value,
    ) -> Result<Judged> {
        if tool == Tool::Checkout {
            let asked: arguments::Checkout = arguments::read(tool.as_str(), args)?;
            return Ok(checkout_judged(
                self.judge_checkout(tx, proof, asked).await?,
            ));
        }
        let shopper = self.known::<Session>(proof)?;
        let shop = proof.shop();
        let terms = self.shop.terms(tx, shop).await?;
        let customer = self.shop.lock_customer(tx, shop, shopper).await?;
        if tool == Tool::ChangeDefaultAddress {
            let asked: arguments::ChangeDefaultAddress = arguments::read(tool.as_str(), args)?;
            let address = arguments::address(asked.address)?;
            let customer = customer.ok_or_else(no_such_customer)?;
            let change = rules::change_default_address(&customer, &address);
            let about = About {
                customer,
                state: None,
                offers: rules::Offers::new(),
            };
            return Ok(judged(tool, change, shopper, about, terms));
        }
        let asked = Asked::read(tool, args)?;
        let state = self.shop.order_of(tx, shop, shopper, asked.order()).await?;
        let (Some(customer), Some(state)) = (customer, state) else {
            return Err(no_such_order().into());
        };
        let offers = match &asked {
            Asked::Items(asked) | Asked::Exchange(asked) => {
                self.offers(tx, shop, &state, asked).await?
            }
            _ => rules::Offers::new(),
        };
        let change = match &asked {
            Asked::Cancel(asked) => rules::cancel(&terms, &customer, &state, &asked.reason)?,
            Asked::Address(asked) => {
                let options = self.shop.shipping(tx, shop).await?;
                rules::change_address(&state, &asked.address, &options)?
            }
            Asked::Payment(asked) => {
                rules::change_payment(&customer, &state, &asked.payment_method)?
            }
            Asked::Items(asked) => rules::change_items(
                &customer,
                &state,
                &asked.changes,
                &asked.payment_method,
                &offers,
            )?,
            Asked::Exchange(asked) => rules::exchange_items(
                &customer,
                &state,
                &asked.changes,
                &asked.payment_method,
                &offers,
            )?,
            Asked::Return(asked) => {
                rules::return_items(&customer, &state, &asked.lines, &asked.refund_to)?
            }
        };
        let about = About {
            customer,
            state: Some(state),
            offers,
        };
        Ok(judged(tool, change, shopper, about, terms))
    }

    /// The variants that are named, and those they stand in for: all whose stock changes are locked
    /// in one order, so that two who swap them the other way round do not wait for each other.
    async fn offers(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        state: &OrderState,
        asked: &arguments::ChangeItems,
    ) -> Result<rules::Offers> {
        let changes = asked.changes.iter();
        let named: std::collections::BTreeSet<&str> = changes
            .flat_map(|change| {
                let line = state.line(&change.line);
                let before = line.map(|line| line.variant.as_str());
                [Some(change.variant.as_str()), before]
            })
            .flatten()
            .collect();
        let mut offers = rules::Offers::new();
        for variant in named {
            if let Some(offer) = self.shop.lock_offer(tx, shop, variant).await? {
                offers.insert(variant.to_owned(), offer);
            }
        }
        Ok(offers)
    }
}

/// The arguments of the tools that are about one order.
pub(crate) enum Asked {
    Cancel(arguments::CancelOrder),
    Address(arguments::ChangeOrderAddress),
    Payment(arguments::ChangeOrderPayment),
    Items(arguments::ChangeItems),
    Exchange(arguments::ChangeItems),
    Return(arguments::ReturnItems),
}

impl Asked {
    pub(crate) fn read(tool: Tool, args: Value) -> core::result::Result<Self, Refusal> {
        let name = tool.as_str();
        let asked = match tool {
            Tool::CancelOrder => Self::Cancel(arguments::read(name, args)?),
            Tool::ChangeOrderAddress => {
                let asked: arguments::ChangeOrderAddress = arguments::read(name, args)?;
                Self::Address(arguments::ChangeOrderAddress {
                    address: arguments::address(asked.address)?,
                    ..asked
                })
            }
            Tool::ChangeOrderPayment => Self::Payment(arguments::read(name, args)?),
            Tool::ChangeOrderItems => Self::Items(arguments::read(name, args)?),
            Tool::ExchangeItems => Self::Exchange(arguments::read(name, args)?),
            _ => Self::Return(arguments::read(name, args)?),
        };
        arguments::id("order", asked.order())?;
        match &asked {
            Self::Items(changes) | Self::Exchange(changes) => {
                arguments::lines(changes.changes.iter().map(|change| change.line.as_str()))?;
                arguments::lines(changes.changes.iter().map(|change| change.variant.as_str()))?;
                arguments::id("payment_method", &changes.payment_method)?;
            }
            Self::Return(returned) => {
                arguments::lines(returned.lines.iter().map(String::as_str))?;
                arguments::id("refund_to", &returned.refund_to)?;
            }
            Self::Payment(payment) => {
                arguments::id("payment_method", &payment.payment_method)?;
            }
            Self::Cancel(_) | Self::Address(_) => {}
        }
        Ok(asked)
    }

    fn order(&self) -> &str {
        match self {
            Self::Cancel(asked) => &asked.order,
            Self::Address(asked) => &asked.order,
            Self::Payment(asked) => &asked.order,
            Self::Items(asked) | Self::Exchange(asked) => &asked.order,
            Self::Return(asked) => &asked.order,
        }
    }
}

/// A refund above the shop's limit, a changed address or means of payment needs a fresh factor.
fn level_of(
    tool: Tool,
    change: &Change,
    state: Option<&OrderState>,
    terms: &Terms,
) -> ProposalLevel {
    let given_back = match change.what {
        What::RequestReturn => expected_return(change, state),
        What::RequestExchange => exchange_refund(change),
        _ => change.refunds(),
    };
    let always = matches!(
        tool,
        Tool::ChangeOrderAddress | Tool::ChangeOrderPayment | Tool::ChangeDefaultAddress
    );
    if always || given_back > terms.refund_limit {
        ProposalLevel::StepUp
    } else if tool == Tool::Checkout {
        ProposalLevel::Guest
    } else {
        ProposalLevel::Session
    }
}

/// What a return will give back once the goods are here.
fn expected_return(change: &Change, state: Option<&OrderState>) -> i64 {
    let (Some(order), Some(state)) = (&change.order, state) else {
        return 0;
    };
    let named = order
        .order
        .returned
        .iter()
        .flat_map(|returned| &returned.lines);
    let lines: Vec<_> = named.filter_map(|id| state.line(id)).collect();
    rules::return_value(&order.order, &lines).min(state.held())
}

fn exchange_refund(change: &Change) -> i64 {
    let exchange = change
        .order
        .as_ref()
        .and_then(|order| order.order.exchange.as_ref());
    exchange.map_or(0, |exchange| exchange.difference.min(0).saturating_neg())
}

fn checkout_judged(bought: Bought) -> Judged {
    let Bought {
        buyer,
        who,
        change,
        priced,
        terms,
    } = bought;
    Judged {
        level: level_of(Tool::Checkout, &change, None, &terms),
        buyer,
        facts: Facts::Bought {
            who,
            total: priced.total,
            contained_tax: priced.contained_tax,
        },
        change,
        terms,
    }
}

fn judged(tool: Tool, change: Change, shopper: ShopperId, about: About, terms: Terms) -> Judged {
    Judged {
        level: level_of(tool, &change, about.state.as_ref(), &terms),
        buyer: Buyer::Known(shopper),
        facts: Facts::Serviced(Box::new(about)),
        change,
        terms,
    }
}

fn no_such_customer() -> Refusal {
    Refusal::new(
        Code::NotFound,
        "this shop has no customer record for you yet: it is made with your first order",
    )
}
