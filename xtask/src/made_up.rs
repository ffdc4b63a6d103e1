//! A made-up shop of any size, the same for the same sizes: what benchmarks import, propose and read.
//!
//! Every member is worked out from its number alone, so that a document of any length is written
//! member by member, and whoever needs one order makes it again.

use commerce::document::{
    Address, Customer, Element, Faq, Fulfilment, Head, Line, MethodKind, Options, Order,
    OrderStatus, Payment, PaymentKind, PaymentMethod, Policy, Product, SavedAddress,
    ShippingOption, Variant,
};
use serde_json::{Value, json};

/// How large the shop is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) products: u64,
    pub(crate) customers: u64,
    pub(crate) orders: u64,
    /// Whether every order waits to be packed; else they stand anywhere on their way.
    pub(crate) all_pending: bool,
}

/// Each product in three colours.
pub(crate) const VARIANTS: u64 = 3;
const COLOURS: [&str; 3] = ["blue", "green", "red"];
const THINGS: [&str; 8] = [
    "Oak table",
    "Linen curtain",
    "Brass lamp",
    "Wool throw",
    "Stoneware bowl",
    "Felt basket",
    "Beeswax candle",
    "Glass jug",
];
const GIVEN: [&str; 8] = [
    "Ann", "Ben", "Clara", "David", "Elif", "Frank", "Greta", "Hugo",
];
const FAMILY: [&str; 9] = [
    "Adler", "Bell", "Costa", "Diaz", "Ek", "Fischer", "Grant", "Horn", "Ito",
];
const STREETS: [&str; 5] = [
    "Elm Street",
    "Mill Lane",
    "Station Road",
    "Garden Row",
    "High Street",
];

pub(crate) fn head() -> anyhow::Result<Head> {
    Ok(Head {
        currency: "USD".parse()?,
        tax: None,
    })
}

/// All members, in the document's order.
pub(crate) fn elements(sizes: Sizes) -> impl Iterator<Item = Element> {
    let products = (0..sizes.products).map(|number| Element::Product(product(number)));
    let customers =
        (0..sizes.customers).map(|number| Element::Customer(Box::new(customer(number))));
    let orders =
        (0..sizes.orders).map(move |number| Element::Order(Box::new(order(sizes, number))));
    products.chain(texts()).chain(customers).chain(orders)
}

pub(crate) fn texts() -> [Element; 3] {
    [
        Element::Shipping(ShippingOption {
            id: "standard".to_owned(),
            title: "Standard delivery".to_owned(),
            price: 500,
            country: None,
            level: "standard".to_owned(),
        }),
        Element::Policy(Policy {
            id: "returns".to_owned(),
            title: "Returns".to_owned(),
            text: "Goods can be returned within thirty days.".to_owned(),
        }),
        Element::Faq(Faq {
            id: "delivery".to_owned(),
            question: "How long does delivery take?".to_owned(),
            answer: "Two to four days.".to_owned(),
        }),
    ]
}

pub(crate) fn one<'a>(of: &[&'a str], number: u64) -> &'a str {
    let count = u64::try_from(of.len()).unwrap_or(1).max(1);
    let at = usize::try_from(number % count).unwrap_or(0);
    of.get(at).copied().unwrap_or_default()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

/// Mixes a number, so that neighbours differ (splitmix64).
pub(crate) const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn product_id(number: u64) -> String {
    format!("prod-{number:05}")
}

fn variant_id(product: u64, colour: u64) -> String {
    format!("var-{product:05}-{colour}")
}

fn price(product: u64, colour: u64) -> i64 {
    let base = 1_000 + 50 * signed(mixed(product) % 400);
    base + 100 * signed(colour)
}

fn title(product: u64) -> String {
    format!("{} No. {product}", one(&THINGS, product))
}

fn colour(number: u64) -> Options {
    Options(vec![("color".to_owned(), one(&COLOURS, number).to_owned())])
}

fn product(number: u64) -> Product {
    let variants = (0..VARIANTS).map(|at| Variant {
        id: variant_id(number, at),
        sku: Some(format!("SKU-{number:05}-{at}")),
        title: None,
        options: colour(at),
        price: price(number, at),
        available: true,
        stock: Some(1_000_000),
    });
    Product {
        id: product_id(number),
        title: title(number),
        description: Some("Made by hand in a small workshop, to last for years.".to_owned()),
        category: Some("House".to_owned()),
        image_url: None,
        options: vec!["color".to_owned()],
        variants: variants.collect(),
    }
}

pub(crate) fn customer_id(number: u64) -> String {
    format!("cust-{number:06}")
}

fn address(number: u64) -> Address {
    Address {
        line1: format!("{} {}", 1 + number % 200, one(&STREETS, mixed(number))),
        line2: None,
        city: "Springfield".to_owned(),
        region: Some("IL".to_owned()),
        postal_code: format!("{:05}", 10_000 + number % 80_000),
        country: "US".to_owned(),
    }
}

pub(crate) fn customer(number: u64) -> Customer {
    let Address {
        line1,
        line2,
        city,
        region,
        postal_code,
        country,
    } = address(number);
    let method = |id: &str, kind| PaymentMethod {
        id: id.to_owned(),
        kind,
        brand: None,
        last4: None,
        balance: None,
        once: None,
    };
    Customer {
        id: customer_id(number),
        email: format!("customer-{number}@example.org"),
        given_name: one(&GIVEN, mixed(number)).to_owned(),
        family_name: one(&FAMILY, number).to_owned(),
        phone: None,
        addresses: vec![SavedAddress {
            id: "home".to_owned(),
            line1,
            line2,
            city,
            region,
            postal_code,
            country,
            default: Some(true),
        }],
        payment_methods: vec![
            PaymentMethod {
                brand: Some("Visa".to_owned()),
                last4: Some(format!("{:04}", number % 10_000)),
                ..method("card", MethodKind::Card)
            },
            PaymentMethod {
                balance: Some(100_000_000),
                ..method("gift", MethodKind::GiftCard)
            },
            method("paypal", MethodKind::Paypal),
        ],
    }
}

/// The customer whose order this is.
pub(crate) fn buyer(sizes: Sizes, order: u64) -> u64 {
    order.checked_rem(sizes.customers).unwrap_or(0)
}

pub(crate) fn order(sizes: Sizes, number: u64) -> Order {
    let buyer = buyer(sizes, number);
    let chance = mixed(number ^ 0x5eed);
    let status = match chance % 20 {
        _ if sizes.all_pending => OrderStatus::Pending,
        0..=7 => OrderStatus::Pending,
        8..=9 => OrderStatus::Processed,
        10..=11 => OrderStatus::Shipped,
        12..=18 => OrderStatus::Delivered,
        _ => OrderStatus::Cancelled,
    };
    let first = (chance >> 8) % sizes.products.max(1);
    let count = (1 + (chance >> 40) % 3).min(sizes.products);
    let lines: Vec<Line> = (0..count)
        .map(|at| line(at, (first + at) % sizes.products.max(1)))
        .collect();
    let total: i64 = lines
        .iter()
        .map(|line| line.quantity * line.unit_price)
        .sum();
    let payment = |id: &str, kind| Payment {
        id: id.to_owned(),
        kind,
        method: "card".to_owned(),
        amount: total,
    };
    let mut payments = vec![payment("pay-1", PaymentKind::Payment)];
    let cancelled = status == OrderStatus::Cancelled;
    if cancelled {
        payments.push(payment("pay-2", PaymentKind::Refund));
    }
    let left = matches!(status, OrderStatus::Shipped | OrderStatus::Delivered);
    let fulfilments = left.then(|| Fulfilment {
        id: "parcel-1".to_owned(),
        tracking: vec![format!("1Z{:012}", chance % 1_000_000_000_000)],
        lines: lines.iter().map(|line| line.id.clone()).collect(),
    });
    Order {
        id: format!("W{number:07}"),
        customer: customer_id(buyer),
        placed_at: Some("2026-11-22T09:30:00Z".to_owned()),
        status,
        servicing: None,
        cancel_reason: cancelled.then(|| "no_longer_needed".to_owned()),
        shipping_address: address(buyer),
        lines,
        adjustments: Vec::new(),
        fulfilments: fulfilments.into_iter().collect(),
        payments,
        returned: None,
        exchange: None,
    }
}

fn line(at: u64, product: u64) -> Line {
    Line {
        id: format!("line-{at}"),
        product: product_id(product),
        variant: variant_id(product, 0),
        title: title(product),
        options: colour(0),
        quantity: 1 + signed(at % 2),
        unit_price: price(product, 0),
    }
}

/// A call of a tool.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The number of the customer who calls.
    pub(crate) customer: u64,
    pub(crate) tool: &'static str,
    pub(crate) args: Value,
    /// Whether it makes a proposal.
    pub(crate) proposes: bool,
}

/// What this order allows: one proposal, another kind for each order in turn; a read when there is
/// nothing to propose.
pub(crate) fn call(sizes: Sizes, number: u64) -> Call {
    let order = order(sizes, number);
    let id = order.id.as_str();
    let other_colour = order.lines.first().and_then(|line| {
        let product = line.variant.strip_suffix('0')?;
        Some(json!([{ "line": line.id, "variant": format!("{product}1") }]))
    });
    let (tool, args) = match (order.status, number % 4) {
        (OrderStatus::Pending, 0) => (
            "cancel_order",
            json!({ "order": id, "reason": "no_longer_needed" }),
        ),
        (OrderStatus::Pending, 1) => (
            "change_order_address",
            json!({ "order": id, "address": address(number + 7_919) }),
        ),
        (OrderStatus::Pending, 2) => (
            "change_order_items",
            json!({ "order": id, "changes": other_colour, "payment_method": "gift" }),
        ),
        (OrderStatus::Pending, _) => (
            "change_order_payment",
            json!({ "order": id, "payment_method": "paypal" }),
        ),
        (OrderStatus::Delivered, 0 | 1) => (
            "exchange_items",
            json!({ "order": id, "changes": other_colour, "payment_method": "gift" }),
        ),
        (OrderStatus::Delivered, _) => (
            "return_items",
            json!({ "order": id, "lines": ["line-0"], "refund_to": "card" }),
        ),
        _ => return read(sizes, number),
    };
    Call {
        customer: buyer(sizes, number),
        tool,
        args,
        proposes: true,
    }
}

/// A read, another kind for each number in turn.
pub(crate) fn read(sizes: Sizes, number: u64) -> Call {
    let order = order(sizes, number.checked_rem(sizes.orders).unwrap_or(0));
    let product = mixed(number) % sizes.products.max(1);
    let (tool, args) = match number % 6 {
        0 => ("get_order", json!({ "order": order.id })),
        1 => ("track_order", json!({ "order": order.id })),
        2 => ("list_orders", json!({})),
        3 => ("get_profile", json!({})),
        4 => (
            "search_products",
            json!({ "query": one(&THINGS, number).to_lowercase() }),
        ),
        _ => ("get_product", json!({ "product": product_id(product) })),
    };
    Call {
        customer: buyer(sizes, number),
        tool,
        args,
        proposes: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes {
        products: 10,
        customers: 7,
        orders: 200,
        all_pending: false,
    };

    #[test]
    fn every_member_keeps_the_rules_of_the_document() {
        let all: Vec<Element> = elements(SIZES).collect();
        assert_eq!(all.len(), 10 + 3 + 7 + 200);
        for element in &all {
            files::shop::check::element(element).unwrap();
        }
        assert!(all.iter().eq(elements(SIZES).collect::<Vec<_>>().iter()));
    }

    #[test]
    fn every_tool_of_servicing_is_called() {
        let calls: Vec<Call> = (0..200).map(|number| call(SIZES, number)).collect();
        for tool in [
            "cancel_order",
            "change_order_address",
            "change_order_items",
            "change_order_payment",
            "return_items",
            "exchange_items",
        ] {
            assert!(calls.iter().any(|call| call.tool == tool), "{tool}");
        }
        for call in calls.iter().chain(&[read(SIZES, 4), read(SIZES, 9)]) {
            let tool = commerce::tools::Tool::from_name(call.tool).unwrap();
            let args = call.args.to_string();
            assert_eq!(commerce::check_arguments(tool, args.as_bytes()), Ok(()));
        }
    }
}
