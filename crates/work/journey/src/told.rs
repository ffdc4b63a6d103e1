//! What tools answered, as the planner may know it: every text of the shop and of hers goes through the
//! guard first.

use commerce::{
    cart::CartTold,
    goods::FoundGoods,
    told_orders::{OrderTold, ProfileTold},
};
use dialogue::{
    FoundAddress, FoundCart, FoundCartLine, FoundKind, FoundLine, FoundMethod, FoundOrder,
    FoundPassage, FoundProduct, FoundProfile, FoundShipping, OrderStatus, ToolResult,
};
use guard::gate::{self, Pseudonyms, QuoteKind, Redacted};
use knowledge::Hit;
use store::passages::PassageKind;
use terms::Untrusted;

/// Redacts what is told.
pub(crate) struct Told<'a>(pub(crate) &'a mut Pseudonyms);

impl Told<'_> {
    fn text(&mut self, text: &str) -> Redacted {
        gate::tool_result(Untrusted::new(text.to_owned()), self.0)
    }

    pub(crate) fn policies(&mut self, hits: &[Hit]) -> ToolResult {
        let found = hits.iter().map(|hit| FoundPassage {
            kind: quoted(hit.kind),
            id: hit.source.clone(),
            title: hit.title.clone(),
            text: self.text(&hit.text),
            score: hit.confidence,
        });
        ToolResult::Policies(found.collect())
    }

    pub(crate) fn products(&mut self, found: &[FoundGoods]) -> ToolResult {
        let found = found.iter().map(|product| FoundProduct {
            id: product.id.clone(),
            title: self.text(&product.title),
            category: product.category.as_deref().map(|name| self.text(name)),
            currency: product.currency.as_str().to_owned(),
            price: product.price,
            from: product.from,
            kinds: product
                .kinds
                .iter()
                .map(|kind| FoundKind {
                    id: kind.id.clone(),
                    options: kind
                        .options
                        .0
                        .iter()
                        .map(|(name, value)| (name.clone(), self.text(value)))
                        .collect(),
                    price: kind.price,
                    in_stock: kind.in_stock,
                })
                .collect(),
            in_stock: product.in_stock,
            whole: product.whole,
        });
        ToolResult::Products(found.collect())
    }

    pub(crate) fn categories(&mut self, names: &[String]) -> ToolResult {
        ToolResult::Categories(names.iter().map(|name| self.text(name)).collect())
    }

    pub(crate) fn cart(&mut self, cart: &CartTold) -> FoundCart {
        let lines = cart.lines.iter().map(|line| FoundCartLine {
            id: line.id.clone(),
            product: line.offer.as_ref().map(|offer| offer.product.clone()),
            title: self.text(&line.offer.as_ref().map_or_else(String::new, |o| o.label())),
            quantity: line.quantity,
            total: line.total(),
            in_stock: line.in_stock(),
        });
        FoundCart {
            lines: lines.collect(),
            currency: cart.currency.as_str().to_owned(),
            subtotal: cart.subtotal,
            discount: cart.discount.as_ref().map(|(code, _)| code.clone()),
            total: cart.total,
        }
    }

    pub(crate) fn orders(&mut self, orders: Option<Vec<OrderTold>>) -> ToolResult {
        let found = orders.map(|orders| {
            let orders = orders.into_iter().map(|order| FoundOrder {
                lines: order
                    .lines
                    .iter()
                    .map(|line| FoundLine {
                        id: line.id.clone(),
                        product: line.product.clone(),
                        variant: line.variant.clone(),
                        title: self.text(&line.title),
                        options: self.text(&line.options.label()),
                        quantity: line.quantity,
                    })
                    .collect(),
                status: status(order.status),
                servicing: order
                    .servicing
                    .map(|servicing| servicing.as_str().to_owned()),
                id: order.id,
                paid: order.paid,
                total: order.total,
                currency: order.currency.as_str().to_owned(),
                tracking: order.tracking,
                placed_at: order.placed_at,
                hours_ago: order.hours_ago,
                may_cancel: order.may_cancel,
                may_change: order.may_change,
                may_return: order.may_return,
                paid_with: order.paid_with,
            });
            orders.collect()
        });
        ToolResult::Orders(found)
    }

    pub(crate) fn profile(&mut self, profile: Option<ProfileTold>) -> ToolResult {
        ToolResult::Profile(profile.map(|profile| {
            FoundProfile {
                methods: profile
                    .methods
                    .iter()
                    .map(|method| FoundMethod {
                        id: method.id.clone(),
                        label: self.text(&method.label),
                        is_gift_card: method.kind == "gift_card",
                        once: method.once,
                    })
                    .collect(),
                addresses: profile
                    .addresses
                    .iter()
                    .map(|saved| FoundAddress {
                        id: saved.id.clone(),
                        label: self.text(&saved.label),
                    })
                    .collect(),
                cancel_reasons: profile.cancel_reasons,
                shipping: profile
                    .shipping
                    .iter()
                    .map(|option| FoundShipping {
                        id: option.id.clone(),
                        title: self.text(&option.title),
                        price: option.price,
                        currency: option.currency.as_str().to_owned(),
                    })
                    .collect(),
            }
        }))
    }
}

const fn status(status: commerce::document::OrderStatus) -> OrderStatus {
    use commerce::document::OrderStatus as Stored;
    match status {
        Stored::Pending => OrderStatus::Pending,
        Stored::Processed => OrderStatus::Processed,
        Stored::Shipped => OrderStatus::Shipped,
        Stored::Delivered => OrderStatus::Delivered,
        Stored::Cancelled => OrderStatus::Cancelled,
    }
}

pub(crate) const fn quoted(kind: PassageKind) -> QuoteKind {
    match kind {
        PassageKind::Policy => QuoteKind::Policy,
        PassageKind::Faq => QuoteKind::Faq,
        PassageKind::Page => QuoteKind::Page,
        PassageKind::Product => QuoteKind::Product,
    }
}
