//! What people of the shop do with orders: look, and take the steps of an order's life. Each hands
//! over the permit for it; every look and every step is recorded.

use identity::{
    Permit,
    actions::{BookPayment, ReadOrders, ServeOrders},
};
use ledger::{Actor, Details, gate::Effect};
use serde_json::{Value, json};
use store::{
    Transaction,
    orders::{OrderFilter, OrderRow},
};
use terms::{Currency, Language, OrderId, ShopId, ShopperId, StaffId};

use crate::{
    arguments,
    document::{OrderStatus, Servicing},
    model::{Customer, Offer, OrderState},
    refusal::{Code, Refusal},
    rules,
    tools::{Commerce, Result},
    views::{self, Shown},
};

/// What people of the shop read: the console speaks English.
const DESK: Language = Language::English;

/// A step that changes an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Process,
    Ship {
        tracking: Vec<String>,
        /// Without them, all lines that have not left yet.
        lines: Option<Vec<String>>,
    },
    Deliver,
    /// The goods of a return or an exchange are back.
    Receive,
    /// An order that is not paid in full, a return or an exchange is not going to be finished.
    GiveUp,
}

/// A page of orders, newest first.
#[derive(Debug)]
pub struct OrdersPage {
    pub orders: Vec<Value>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<(i64, OrderId)>,
    pub counts: Vec<(String, Option<String>, i64)>,
}

/// Staff looked at an order.
#[derive(Debug)]
struct OrderRead {
    order: OrderId,
}

impl Effect for OrderRead {
    const KIND: &'static str = "order.read_by_staff";
    fn details(&self) -> Details {
        Details::none().id("order", self.order)
    }
}

/// Staff looked at a page of orders.
#[derive(Debug)]
struct OrdersListed {
    orders: i64,
}

impl Effect for OrdersListed {
    const KIND: &'static str = "order.listed_by_staff";
    fn details(&self) -> Details {
        Details::none().number("orders", self.orders)
    }
}

impl Commerce {
    /// The shop's orders. A list shows numbers, states and sums; who bought is shown with the order.
    pub async fn orders_for_staff(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadOrders>,
        status: Option<OrderStatus>,
        servicing: Option<Servicing>,
        before: Option<(i64, OrderId)>,
        limit: u32,
    ) -> Result<OrdersPage> {
        let shop = permit.shop();
        let terms = self.shop.terms(tx, shop).await?;
        let filter = OrderFilter {
            status: status.map(|status| status.as_str().to_owned()),
            servicing: servicing.map(|servicing| servicing.as_str().to_owned()),
        };
        let rows = tx.orders_before(shop, &filter, before, limit).await?;
        let full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
        let next = rows
            .last()
            .filter(|_| full)
            .map(|row| (row.position, row.id));
        let orders = self.summaries(tx, shop, &rows, terms.currency).await?;
        let listed = OrdersListed {
            orders: i64::try_from(orders.len()).unwrap_or(i64::MAX),
        };
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, listed)
            .await?;
        let counts = tx.order_counts(shop).await?;
        Ok(OrdersPage {
            orders,
            next,
            counts,
        })
    }

    /// A shopper's newest orders as a list shows them: numbers, states and sums.
    pub async fn orders_of_shopper_for_staff(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadOrders>,
        shopper: ShopperId,
        limit: u32,
    ) -> Result<Vec<Value>> {
        let shop = permit.shop();
        // A shop that sells nothing yet has no orders.
        let Some(currency) = self.currency(tx, shop).await? else {
            return Ok(Vec::new());
        };
        let rows = tx.orders_of(shop, shopper, None, limit).await?;
        let orders = self.summaries(tx, shop, &rows, currency).await?;
        let listed = OrdersListed {
            orders: i64::try_from(orders.len()).unwrap_or(i64::MAX),
        };
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, listed)
            .await?;
        Ok(orders)
    }

    async fn summaries(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        rows: &[OrderRow],
        currency: Currency,
    ) -> Result<Vec<Value>> {
        let mut orders = Vec::new();
        for row in rows {
            if let Some(state) = self.shop.order(tx, shop, row.id).await? {
                let mut view = views::order_summary(&state, currency);
                if let Value::Object(fields) = &mut view {
                    let pieces = state.order.lines.iter().map(|line| line.quantity);
                    fields.remove("titles");
                    fields.insert(
                        "pieces".to_owned(),
                        json!(pieces.fold(0, i64::saturating_add)),
                    );
                }
                orders.push(view);
            }
        }
        Ok(orders)
    }

    /// One order with who bought it.
    pub async fn order_for_staff(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadOrders>,
        number: &str,
    ) -> Result<Value> {
        let shop = permit.shop();
        let (customer, state) = self.order_named(tx, shop, number).await?;
        let subject = self.subject(tx, shop, state.shopper).await?;
        let read = OrderRead { order: state.id };
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), Some(subject), read)
            .await?;
        self.staff_view(tx, shop, &customer, &state).await
    }

    /// Takes a step of an order's life.
    pub async fn take_step(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ServeOrders>,
        number: &str,
        step: Step,
    ) -> Result<Value> {
        let shop = permit.shop();
        let (customer, state) = self.order_named(tx, shop, number).await?;
        let change = match step {
            Step::Process => rules::staff::process(&state)?,
            Step::Ship { tracking, lines } => {
                let tracking = tracking_numbers(tracking)?;
                if let Some(lines) = &lines {
                    arguments::lines(lines.iter().map(String::as_str))?;
                }
                rules::staff::ship(&state, &tracking, lines.as_deref())?
            }
            Step::Deliver => rules::staff::deliver(&state)?,
            Step::GiveUp => rules::staff::give_up(&customer, &state)?,
            Step::Receive => {
                let mut offers = rules::Offers::new();
                let changes = state
                    .order
                    .exchange
                    .iter()
                    .flat_map(|exchange| &exchange.changes);
                for change in changes {
                    if let Some(offer) = self.shop.offer(tx, shop, &change.variant).await? {
                        offers.insert(change.variant.clone(), offer);
                    }
                }
                rules::staff::receive(&customer, &state, &offers)?
            }
        };
        self.carry_out_by_staff(tx, shop, permit.staff(), &state, change)
            .await
    }

    /// Money for an order came in outside any gateway.
    pub async fn mark_paid(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<BookPayment>,
        number: &str,
    ) -> Result<Value> {
        let shop = permit.shop();
        let (customer, state) = self.order_named(tx, shop, number).await?;
        // A refusal writes nothing, and so not the method either.
        let method = match rules::staff::due(&state)? {
            0 => None,
            _ => Some(self.shop.ensure_transfer(tx, shop, &customer).await?),
        };
        let change = rules::staff::mark_paid(&state, method.as_ref())?;
        self.carry_out_by_staff(tx, shop, permit.staff(), &state, change)
            .await
    }

    async fn carry_out_by_staff(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        staff: StaffId,
        state: &OrderState,
        mut change: crate::change::Change,
    ) -> Result<Value> {
        self.settle_here(&mut change);
        let subject = self.subject(tx, shop, state.shopper).await?;
        let recorded = self
            .recorder
            .record(tx, shop, Actor::Staff(staff), Some(subject), change)
            .await?;
        self.shop.apply(tx, shop, state.shopper, recorded).await?;
        let (customer, state) = self.order_named(tx, shop, &state.order.id).await?;
        self.staff_view(tx, shop, &customer, &state).await
    }

    /// An order of the shop by its number, with its customer locked.
    async fn order_named(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        number: &str,
    ) -> Result<(Customer, OrderState)> {
        let none = || {
            Refusal::new(
                Code::NotFound,
                "there is no such order in this shop: check its number",
            )
        };
        arguments::id("order", number)?;
        let found = self.shop.order_by_number(tx, shop, number).await?;
        let found = found.ok_or_else(none)?;
        let customer = self.shop.lock_customer(tx, shop, found.shopper).await?;
        let state = self.shop.order(tx, shop, found.id).await?;
        Ok((customer.ok_or_else(none)?, state.ok_or_else(none)?))
    }
}

/// Tracking numbers as carriers write them.
fn tracking_numbers(given: Vec<String>) -> core::result::Result<Vec<String>, Refusal> {
    const MOST: usize = 20;
    if given.len() > MOST {
        return Err(arguments::bad(format!("at most {MOST} tracking numbers")));
    }
    given
        .into_iter()
        .map(|number| {
            let number = number.trim().to_owned();
            let plain = (1..=60).contains(&number.len())
                && number
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_. /".contains(&byte));
            if plain {
                Ok(number)
            } else {
                Err(arguments::bad(
                    "a tracking number must be 1 to 60 letters, digits, `-`, `_`, `.`, `/` or spaces",
                ))
            }
        })
        .collect()
}

/// What the order's next steps are, so that a screen offers only what can be done.
fn steps(customer: &Customer, state: &OrderState) -> Vec<&'static str> {
    let order = &state.order;
    let received = order
        .returned
        .as_ref()
        .and_then(|returned| returned.received)
        == Some(true)
        || order
            .exchange
            .as_ref()
            .and_then(|exchange| exchange.received)
            == Some(true);
    let by_hand = state.by_hand().next().is_some();
    let mut steps = match order.status {
        OrderStatus::Pending if state.is_paid() => vec!["process"],
        OrderStatus::Pending => vec!["mark_paid"],
        OrderStatus::Processed => vec!["ship"],
        OrderStatus::Shipped => vec!["deliver"],
        OrderStatus::Delivered
            if !received
                && matches!(
                    order.servicing,
                    Some(Servicing::ReturnRequested | Servicing::ExchangeRequested)
                ) =>
        {
            vec!["receive"]
        }
        OrderStatus::Delivered | OrderStatus::Cancelled => Vec::new(),
    };
    if by_hand && !steps.contains(&"mark_paid") {
        steps.push("mark_paid");
    }
    if rules::staff::give_up(customer, state).is_ok() {
        steps.push("give_up");
    }
    steps
}

impl Commerce {
    async fn staff_view(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        customer: &Customer,
        state: &OrderState,
    ) -> Result<Value> {
        let terms = self.shop.terms(tx, shop).await?;
        let mut view = views::order(state, customer, &terms, Shown::Whole, DESK);
        let mut wanted = Vec::new();
        let changes = state.order.exchange.iter();
        for change in changes.flat_map(|exchange| &exchange.changes) {
            // Taken out of the catalogue meanwhile, it is known by its id alone.
            let offer = self.shop.offer(tx, shop, &change.variant).await?;
            wanted.push(json!({
                "line": change.line, "variant": change.variant,
                "label": offer.as_ref().map(Offer::label),
            }));
        }
        if let Some(changes) = view.pointer_mut("/exchange/changes") {
            *changes = json!(wanted);
        }
        let profile = &customer.profile;
        if let Value::Object(fields) = &mut view {
            let name = format!("{} {}", profile.given_name, profile.family_name);
            fields.insert(
                "customer".to_owned(),
                json!({ "name": name.trim(), "email": profile.email, "phone": profile.phone }),
            );
            let steps = steps(customer, state);
            fields.insert("steps".to_owned(), json!(steps));
            fields.insert("held".to_owned(), json!(state.held()));
            if steps.contains(&"receive") && state.order.returned.is_some() {
                fields.insert("refunds".to_owned(), json!(refunds(customer, state)));
            }
        }
        Ok(view)
    }
}

/// What receiving the returned goods will give back, and to what.
fn refunds(customer: &Customer, state: &OrderState) -> Vec<Value> {
    let movements = rules::staff::refunds_of_return(customer, state).unwrap_or_default();
    movements
        .iter()
        .map(|refund| {
            let method = refund.method.and_then(|id| customer.method_by_id(id));
            json!({ "method_label": method.map(|method| method.label(DESK)), "amount": refund.amount })
        })
        .collect()
}
