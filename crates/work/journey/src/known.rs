//! What a draft may state in its own words: what tools answered in this turn, and what she said in it.

use dialogue::{
    FoundCart, FoundOrder, FoundPassage, FoundProduct, FoundProfile, OrderStatus, ToolResult,
};
use guard::gate::{Known, Progress, Redacted};

/// All that is known in a turn.
pub(crate) fn in_this_turn(results: &[ToolResult], message: &Redacted) -> Known {
    let mut known = Known::default();
    known.said(message.as_str());
    for result in results {
        match result {
            ToolResult::Policies(passages) => {
                passages.iter().for_each(|one| passage(&mut known, one))
            }
            ToolResult::Products(products) => {
                counted(&mut known, products.len());
                products.iter().for_each(|one| product(&mut known, one));
            }
            ToolResult::Categories(names) => {
                counted(&mut known, names.len());
                names.iter().for_each(|name| known.text(name.as_str()));
            }
            ToolResult::Cart(Ok(one)) => cart(&mut known, one),
            ToolResult::Orders(Some(orders)) => {
                counted(&mut known, orders.len());
                orders.iter().for_each(|one| order(&mut known, one));
            }
            ToolResult::Profile(Some(one)) => profile(&mut known, one),
            ToolResult::Cart(Err(_))
            | ToolResult::Orders(None)
            | ToolResult::Profile(None)
            | ToolResult::Proposed(_)
            | ToolResult::PersonRequested { .. } => {}
        }
    }
    known
}

fn counted(known: &mut Known, count: usize) {
    known.count(i64::try_from(count).unwrap_or(i64::MAX));
}

fn passage(known: &mut Known, passage: &FoundPassage) {
    known.text(&passage.title);
    known.text(passage.text.as_str());
}

fn product(known: &mut Known, product: &FoundProduct) {
    let title = product.title.as_str();
    known.identifier(&product.id);
    known.text(title);
    if let Some(category) = &product.category {
        known.text(category.as_str());
    }
    known.amount(product.price, &product.currency);
    known.goods(title, product.in_stock);
    counted(known, product.kinds.len());
    for kind in &product.kinds {
        known.identifier(&kind.id);
        known.amount(kind.price, &product.currency);
        // One kind may be sold out while another is there.
        known.goods(title, kind.in_stock);
        for (name, value) in &kind.options {
            known.text(name);
            known.text(value.as_str());
        }
    }
}

fn cart(known: &mut Known, cart: &FoundCart) {
    counted(known, cart.lines.len());
    known.amount(cart.subtotal, &cart.currency);
    known.amount(cart.total, &cart.currency);
    // What the code takes off is what lies between both.
    known.amount(cart.subtotal.saturating_sub(cart.total), &cart.currency);
    if let Some(code) = &cart.discount {
        known.identifier(code);
    }
    for line in &cart.lines {
        known.text(line.title.as_str());
        known.goods(line.title.as_str(), line.in_stock);
        known.count(line.quantity);
        known.amount(line.total, &cart.currency);
    }
}

fn order(known: &mut Known, order: &FoundOrder) {
    known.identifier(&order.id);
    known.amount(order.total, &order.currency);
    order.tracking.iter().for_each(|one| known.identifier(one));
    if let Some(placed_at) = &order.placed_at {
        known.text(placed_at);
    }
    if let Some(hours) = order.hours_ago {
        known.hours_ago(hours);
    }
    counted(known, order.lines.len());
    for line in &order.lines {
        known.text(&line.label());
        known.count(line.quantity);
    }
    match order.status {
        OrderStatus::Pending | OrderStatus::Processed => {}
        OrderStatus::Shipped => known.progress(Progress::Shipped),
        OrderStatus::Delivered => known.progress(Progress::Delivered),
        OrderStatus::Cancelled => known.progress(Progress::Cancelled),
    }
}

fn profile(known: &mut Known, profile: &FoundProfile) {
    profile
        .methods
        .iter()
        .for_each(|method| known.text(method.label.as_str()));
    profile
        .addresses
        .iter()
        .for_each(|address| known.text(address.label.as_str()));
    for option in &profile.shipping {
        known.text(option.title.as_str());
        known.amount(option.price, &option.currency);
    }
}
