//! Rows of commerce to play with.

use terms::{ShopId, Timestamp};

use crate::{
    Transaction,
    catalogue::{EntryKind, ProductRow, ShopEntryRow, VariantRow},
    contract::{
        samples::{self, EVENING, NOON},
        verdict::{Verdict, same},
    },
    customers::{CartRow, CustomerRow, PaymentMethodRow},
    keys::Owner,
    orders::{
        MovementKind, MovementRow, MovementState, OrderRow, ProposalLevel, ProposalRow,
        ProposalState,
    },
    people::ShopperRow,
};

/// A text of the shop's own making, different on every call.
pub(super) fn word(prefix: &str) -> String {
    format!("{prefix}-{}", samples::uuid())
}

/// JSON as far as storage is concerned: a text that is none of its business.
pub(super) fn json() -> String {
    format!(
        "{{\"title\":\"Käse & Wein 🧀; '--\\n\",\"n\":\"{}\"}}",
        samples::uuid()
    )
}

pub(super) fn entry(shop: ShopId, kind: EntryKind, position: i64) -> ShopEntryRow {
    ShopEntryRow {
        shop,
        kind,
        id: word("entry"),
        position,
        body: json(),
    }
}

pub(super) fn product(shop: ShopId, position: i64) -> ProductRow {
    ProductRow {
        shop,
        id: word("product"),
        position,
        body: json(),
    }
}

/// A variant of which there are five pieces.
pub(super) fn variant(product: &ProductRow, position: i64) -> VariantRow {
    VariantRow {
        shop: product.shop,
        id: word("variant"),
        product: product.id.clone(),
        position,
        price: 1_299,
        available: true,
        stock: Some(5),
        body: json(),
    }
}

pub(super) fn customer(shopper: &ShopperRow, position: i64) -> Verdict<CustomerRow> {
    Ok(CustomerRow {
        shop: shopper.shop,
        shopper: shopper.id,
        own_index: samples::hash(),
        position,
        body: samples::sealed()?,
    })
}

pub(super) fn method(customer: &CustomerRow, position: i64) -> Verdict<PaymentMethodRow> {
    Ok(PaymentMethodRow {
        shop: customer.shop,
        id: samples::method_id(),
        shopper: customer.shopper,
        position,
        body: samples::sealed()?,
    })
}

pub(super) fn cart(shop: ShopId, owner: Owner) -> Verdict<CartRow> {
    Ok(CartRow {
        shop,
        owner,
        body: samples::sealed()?,
        updated_at: NOON,
    })
}

/// An order that nobody waits for.
pub(super) fn order(customer: &CustomerRow, position: i64) -> Verdict<OrderRow> {
    Ok(OrderRow {
        shop: customer.shop,
        id: samples::order_id(),
        number: word("#W"),
        shopper: customer.shopper,
        position,
        status: "pending".to_owned(),
        servicing: None,
        value: 4_998,
        body: samples::sealed()?,
        pay_until: None,
        placed_at: Some(NOON),
        guest: None,
        updated_at: NOON,
    })
}

/// A payment that is done and booked, and that nobody asks about any more.
pub(super) fn payment(order: &OrderRow, position: i64, amount: i64) -> MovementRow {
    MovementRow {
        shop: order.shop,
        id: samples::movement_id(),
        order: order.id,
        label: word("payment"),
        position,
        kind: MovementKind::Payment,
        method: None,
        original: None,
        amount,
        booked: true,
        state: MovementState::Done,
        reference: None,
        attempts: 0,
        next_at: None,
        created_at: NOON,
        updated_at: NOON,
    }
}

/// A movement that a gateway is asked about from `next_at` on.
pub(super) fn due(order: &OrderRow, next_at: Timestamp) -> MovementRow {
    MovementRow {
        state: MovementState::Asked,
        next_at: Some(next_at),
        ..payment(order, 0, 100)
    }
}

pub(super) fn proposal(shop: ShopId, owner: Owner) -> Verdict<ProposalRow> {
    Ok(ProposalRow {
        shop,
        id: samples::proposal_id(),
        owner,
        tool: "cancel_order".to_owned(),
        level: ProposalLevel::StepUp,
        state: ProposalState::Open,
        hash: samples::hash(),
        body: samples::sealed()?,
        created_at: NOON,
        expires_at: EVENING,
        decided_at: None,
    })
}

/// A new shop, written down.
pub(super) async fn new_shop(tx: &mut dyn Transaction) -> Verdict<ShopId> {
    let shop = samples::shop();
    tx.insert_shop(&shop).await?;
    Ok(shop.id)
}

/// A new product of a shop, written down.
pub(super) async fn new_product(tx: &mut dyn Transaction, shop: ShopId) -> Verdict<ProductRow> {
    let row = product(shop, 0);
    tx.insert_product(&row).await?;
    Ok(row)
}

/// A new shopper of a shop, written down.
pub(super) async fn new_shopper(tx: &mut dyn Transaction, shop: ShopId) -> Verdict<ShopperRow> {
    let row = samples::shopper(shop)?;
    same("a new shopper", tx.insert_shopper(&row).await?, true)?;
    Ok(row)
}

/// A new customer of a shop, written down.
pub(super) async fn new_customer(tx: &mut dyn Transaction, shop: ShopId) -> Verdict<CustomerRow> {
    let row = customer(&new_shopper(tx, shop).await?, 0)?;
    tx.insert_customer(&row).await?;
    Ok(row)
}

/// A new order of a customer, written down.
pub(super) async fn new_order(
    tx: &mut dyn Transaction,
    customer: &CustomerRow,
) -> Verdict<OrderRow> {
    let row = order(customer, 0)?;
    tx.insert_order(&row).await?;
    Ok(row)
}
