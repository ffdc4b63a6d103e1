//! What tools answer, as JSON. Amounts are whole minor units; every object that has amounts says
//! their currency.

use serde_json::{Map, Value, json};
use store::orders::{MovementKind, MovementState};
use terms::{Currency, Language};

use crate::{
    document::{Address, Adjustment, Product},
    model::{Customer, OrderState, Terms, line_total},
};

/// How much of an order is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Whole,
    /// To whoever has proved the address alone: where it goes and how it was paid is masked.
    Masked,
}

pub(crate) fn product(product: &Product, currency: Currency) -> Value {
    let variants: Vec<Value> = product
        .variants
        .iter()
        .map(|variant| {
            let mut view = Map::new();
            view.insert("id".to_owned(), json!(variant.id));
            insert(&mut view, "sku", variant.sku.as_ref());
            insert(&mut view, "title", variant.title.as_ref());
            view.insert("options".to_owned(), json!(variant.options));
            view.insert("price".to_owned(), json!(variant.price));
            view.insert("available".to_owned(), json!(variant.available));
            view.insert("in_stock".to_owned(), json!(variant.in_stock()));
            Value::Object(view)
        })
        .collect();
    let mut view = Map::new();
    view.insert("id".to_owned(), json!(product.id));
    view.insert("title".to_owned(), json!(product.title));
    insert(&mut view, "description", product.description.as_ref());
    insert(&mut view, "category", product.category.as_ref());
    insert(&mut view, "image_url", product.image_url.as_ref());
    view.insert("currency".to_owned(), json!(currency.as_str()));
    view.insert("options".to_owned(), json!(product.options));
    view.insert("variants".to_owned(), Value::Array(variants));
    Value::Object(view)
}

fn insert(view: &mut Map<String, Value>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        view.insert(name.to_owned(), json!(value));
    }
}

pub(crate) fn order_summary(state: &OrderState, currency: Currency) -> Value {
    let order = &state.order;
    let titles: Vec<&str> = order.lines.iter().map(|line| line.title.as_str()).collect();
    json!({
        "id": order.id, "placed_at": order.placed_at, "status": order.status.as_str(),
        "servicing": order.servicing.map(crate::document::Servicing::as_str),
        "paid": state.is_paid(), "titles": titles, "total": state.value,
        "currency": currency.as_str(),
    })
}

pub(crate) fn tracking(state: &OrderState) -> Value {
    let order = &state.order;
    json!({
        "id": order.id, "status": order.status.as_str(),
        "servicing": order.servicing.map(crate::document::Servicing::as_str),
        "paid": state.is_paid(), "fulfilments": order.fulfilments,
    })
}

pub(crate) fn order(
    state: &OrderState,
    customer: &Customer,
    terms: &Terms,
    shown: Shown,
    language: Language,
) -> Value {
    let order = &state.order;
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id, "product": line.product, "variant": line.variant,
                "title": line.title, "options": line.options, "quantity": line.quantity,
                "unit_price": line.unit_price, "total": line_total(line),
            })
        })
        .collect();
    let address = match shown {
        Shown::Whole => json!(order.shipping_address),
        Shown::Masked => masked(&order.shipping_address),
    };
    let adjustments: Vec<Adjustment> = order
        .adjustments
        .iter()
        .map(|adjustment| Adjustment {
            title: adjustment.told(language),
            ..adjustment.clone()
        })
        .collect();
    let mut view = json!({
        "id": order.id, "placed_at": order.placed_at, "status": order.status.as_str(),
        "servicing": order.servicing.map(crate::document::Servicing::as_str),
        "cancel_reason": order.cancel_reason, "paid": state.is_paid(),
        "shipping_address": address, "lines": lines, "adjustments": adjustments,
        "fulfilments": order.fulfilments, "payments": payments(state, customer, shown, language),
        "total": state.value, "currency": terms.currency.as_str(),
    });
    if let Value::Object(fields) = &mut view {
        if let Some(returned) = &order.returned {
            fields.insert(
                "return".to_owned(),
                unnamed(json!(returned), "refund_to", shown),
            );
        }
        if let Some(exchange) = &order.exchange {
            fields.insert(
                "exchange".to_owned(),
                unnamed(json!(exchange), "payment_method", shown),
            );
        }
    }
    view
}

/// Without the means of payment, where she has not signed in.
fn unnamed(mut view: Value, method: &str, shown: Shown) -> Value {
    if let (Shown::Masked, Value::Object(fields)) = (shown, &mut view) {
        fields.remove(method);
    }
    view
}

/// The movements that count, and those that failed, with what is shown of their methods.
pub(crate) fn payments(
    state: &OrderState,
    customer: &Customer,
    shown: Shown,
    language: Language,
) -> Vec<Value> {
    let told = state
        .movements
        .iter()
        .filter(|movement| movement.booked || movement.state == MovementState::Failed);
    told.map(|movement| {
        let method = movement.method.and_then(|id| customer.method_by_id(id));
        let label = match shown {
            Shown::Whole => method.map(|method| method.label(language)),
            Shown::Masked => None,
        };
        json!({
            "id": movement.label, "kind": movement.kind.as_str(), "amount": movement.amount,
            "state": movement_state(movement.kind, movement.state),
            "method": match shown {
                Shown::Whole => method.map(|method| method.own.id.clone()),
                Shown::Masked => None,
            },
            "method_label": label,
        })
    })
    .collect()
}

/// What a shopper is told of a movement: a refund that a bank still carries is on its way.
const fn movement_state(kind: MovementKind, state: MovementState) -> &'static str {
    match (kind, state) {
        (_, MovementState::Done) => "done",
        (_, MovementState::Failed) => "failed",
        (_, MovementState::Dropped) => "dropped",
        (
            MovementKind::Refund | MovementKind::Payment,
            MovementState::Intended | MovementState::Asked,
        ) => "under_way",
    }
}

fn masked(address: &Address) -> Value {
    json!({ "city": address.city, "country": address.country })
}

pub(crate) fn profile(customer: &Customer, language: Language) -> Value {
    let profile = &customer.profile;
    let methods: Vec<Value> = customer
        .methods
        .iter()
        .map(|method| {
            let mut view = json!({
                "id": method.own.id, "kind": method.own.kind.as_str(), "brand": method.own.brand,
                "last4": method.own.last4, "balance": method.own.balance,
                "label": method.label(language),
            });
            // It paid a guest's order, takes that one's refunds, and can be named for nothing else.
            if let (true, Value::Object(fields)) = (method.once, &mut view) {
                fields.insert("once".to_owned(), json!(true));
            }
            view
        })
        .collect();
    json!({
        "email": profile.email, "given_name": profile.given_name,
        "family_name": profile.family_name, "phone": profile.phone,
        "addresses": profile.addresses, "payment_methods": methods,
    })
}
