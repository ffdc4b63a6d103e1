//! Made-up shops for tests: whole ones that agree with themselves, drawn at random, and members of
//! one of any size, always the same.

use core::ops::RangeInclusive;

use commerce::document::{
    Address, Adjustment, AdjustmentKind, Customer, Discount, DiscountKind, Element, Exchange, Faq,
    Fulfilment, Head, Line, LineChange, MethodKind, Options, Order, OrderStatus, Payment,
    PaymentKind, PaymentMethod, Policy, Product, Promotion, PromotionKind, Reduction, Return,
    SavedAddress, Servicing, ShippingOption, Tax, Variant,
};
use proptest::{
    collection::vec,
    option::of,
    prelude::*,
    sample::{Index, select},
};
use terms::{LARGEST_AMOUNT, Timestamp};

const AMOUNTS: RangeInclusive<i64> = 0..=LARGEST_AMOUNT;
const PRICES: RangeInclusive<i64> = 0..=1_000_000;

/// What a shop says about itself, and its members in the order of the lists. Every reference leads
/// somewhere, and every member passes [`super::check::element`].
pub fn shop() -> impl Strategy<Value = (Head, Vec<Element>)> {
    let without_references = (
        numbered(discount(), |discount| &mut discount.code),
        numbered(shipping(), |option| &mut option.id),
        numbered(policy(), |policy| &mut policy.id),
        numbered(faq(), |faq| &mut faq.id),
    );
    let others = (
        numbered(product(), |product| &mut product.id),
        numbered(promotion(), |promotion| &mut promotion.id),
        numbered(customer(), |customer| &mut customer.id),
        vec(order_plan(), 0..4),
    );
    (head(), without_references, others).prop_map(|(head, without_references, others)| {
        let (discounts, shipping, policies, faqs) = without_references;
        let (products, mut promotions, customers, plans) = others;
        for promotion in &mut promotions {
            let ids = products.iter().map(|product| product.id.clone());
            promotion.products = promotion.products.take().map(|_| ids.collect());
        }
        let orders: Vec<Order> = (1..)
            .zip(plans)
            .filter_map(|(number, plan)| plan.order(number, &products, &customers))
            .collect();
        let elements = (products.into_iter().map(Element::Product))
            .chain(discounts.into_iter().map(Element::Discount))
            .chain(promotions.into_iter().map(Element::Promotion))
            .chain(shipping.into_iter().map(Element::Shipping))
            .chain(policies.into_iter().map(Element::Policy))
            .chain(faqs.into_iter().map(Element::Faq))
            .chain(customers.into_iter().map(Box::new).map(Element::Customer))
            .chain(orders.into_iter().map(Box::new).map(Element::Order));
        (head, elements.collect())
    })
}

/// A few members whose ids begin with their number, and so differ.
fn numbered<T: core::fmt::Debug>(
    member: impl Strategy<Value = T>,
    id: fn(&mut T) -> &mut String,
) -> impl Strategy<Value = Vec<T>> {
    vec(member, 0..4).prop_map(move |mut members| {
        for (number, member) in (1..).zip(&mut members) {
            let id = id(member);
            *id = format!("{number}{id}");
        }
        members
    })
}

/// What may follow the number of an id.
fn id() -> impl Strategy<Value = String> {
    "[^\\x00-\\x1f\\x7f-\\x9f]{0,6}"
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,.]{0,40}",
        r"[^\p{Cc}\u{2028}-\u{202e}\u{2066}-\u{2069}]{0,20}"
    ]
}

fn head() -> impl Strategy<Value = Head> {
    let tax = (0..=10_000_i64, any::<bool>()).prop_map(|(rate, included)| Tax { rate, included });
    let currency = "[A-Z]{3}".prop_filter_map("a currency", |code| code.parse().ok());
    (currency, of(tax)).prop_map(|(currency, tax)| Head { currency, tax })
}

fn product() -> impl Strategy<Value = Product> {
    let names = proptest::sample::subsequence(vec!["color", "size", "Größe \"EU\""], 0..=3);
    let texts = (text(), of(text()), of(text()));
    let image = of("https?://[a-z]{1,8}\\.example/[a-z0-9]{0,9}".prop_map(String::from));
    (id(), texts, image, names)
        .prop_flat_map(|(id, texts, image_url, names)| {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            let variants = numbered(variant(names.clone()), |variant| &mut variant.id);
            (Just((id, texts, image_url, names)), variants)
        })
        .prop_map(|((id, texts, image_url, options), variants)| Product {
            id,
            title: texts.0,
            description: texts.1,
            category: texts.2,
            image_url,
            options,
            variants,
        })
}

fn variant(names: Vec<String>) -> impl Strategy<Value = Variant> {
    let texts = (id(), of(text()), of(text()));
    let options = vec(text(), names.len()).prop_map(move |values| {
        // Variants need not name the options in the product's order.
        Options(names.iter().cloned().zip(values).rev().collect())
    });
    (texts, options, PRICES, any::<bool>(), of(AMOUNTS)).prop_map(
        |((id, sku, title), options, price, available, stock)| Variant {
            id,
            sku,
            title,
            options,
            price,
            available,
            stock,
        },
    )
}

fn discount() -> impl Strategy<Value = Discount> {
    let value = prop_oneof![
        (0..=100_i64).prop_map(|value| (DiscountKind::Percentage, value)),
        AMOUNTS.prop_map(|value| (DiscountKind::Fixed, value)),
    ];
    (id(), value, of(text())).prop_map(|(code, (kind, value), description)| Discount {
        code,
        kind,
        value,
        description,
    })
}

/// Whether it has products is drawn here; which, the shop says.
fn promotion() -> impl Strategy<Value = Promotion> {
    (id(), of(AMOUNTS), of(Just(Vec::new())), of(text())).prop_map(
        |(id, min_subtotal, products, description)| Promotion {
            id,
            kind: PromotionKind::FreeShipping,
            min_subtotal,
            products,
            description,
        },
    )
}

fn shipping() -> impl Strategy<Value = ShippingOption> {
    let level = select(vec!["standard", "express", "next day"]);
    (id(), text(), AMOUNTS, of("[A-Z]{2}"), level).prop_map(|(id, title, price, country, level)| {
        ShippingOption {
            id,
            title,
            price,
            country,
            level: level.to_owned(),
        }
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    (id(), text(), text()).prop_map(|(id, title, text)| Policy { id, title, text })
}

fn faq() -> impl Strategy<Value = Faq> {
    (id(), text(), text()).prop_map(|(id, question, answer)| Faq {
        id,
        question,
        answer,
    })
}

fn customer() -> impl Strategy<Value = Customer> {
    let saved = (id(), address(), of(any::<bool>())).prop_map(|(id, address, default)| {
        let Address {
            line1,
            line2,
            city,
            region,
            postal_code,
            country,
        } = address;
        SavedAddress {
            id,
            line1,
            line2,
            city,
            region,
            postal_code,
            country,
            default,
        }
    });
    (
        (id(), "[a-z.]{1,12}@[a-z]{1,8}\\.example"),
        (text(), text(), of("\\+[0-9]{6,12}")),
        numbered(saved, |address| &mut address.id),
        numbered(method(), |method| &mut method.id),
    )
        .prop_map(
            |((id, email), (given_name, family_name, phone), addresses, payment_methods)| {
                Customer {
                    id,
                    email,
                    given_name,
                    family_name,
                    phone,
                    addresses,
                    payment_methods,
                }
            },
        )
}

fn address() -> impl Strategy<Value = Address> {
    (
        (text(), of(text()), text()),
        (of(text()), "[0-9]{5}", "[A-Za-z ]{2,20}"),
    )
        .prop_map(
            |((line1, line2, city), (region, postal_code, country))| Address {
                line1,
                line2,
                city,
                region,
                postal_code,
                country,
            },
        )
}

fn method() -> impl Strategy<Value = PaymentMethod> {
    let kind = prop_oneof![
        of("[0-9]{4}").prop_map(|last4| (MethodKind::Card, last4, None)),
        Just((MethodKind::Paypal, None, None)),
        AMOUNTS.prop_map(|balance| (MethodKind::GiftCard, None, Some(balance))),
    ];
    (id(), of(text()), kind, of(any::<bool>())).prop_map(
        |(id, brand, (kind, last4, balance), once)| PaymentMethod {
            id,
            kind,
            brand,
            last4,
            balance,
            once,
        },
    )
}

/// An order before it is known what there is to order, and who orders.
#[derive(Debug, Clone)]
struct OrderPlan {
    status: OrderStatus,
    servicing: Option<Servicing>,
    placed_at: Option<Timestamp>,
    text: String,
    address: Address,
    choices: Vec<Index>,
    adjustments: Vec<Adjustment>,
    payment: (i64, i64),
    difference: i64,
    received: Option<bool>,
}

fn order_plan() -> impl Strategy<Value = OrderPlan> {
    let states = (
        select(OrderStatus::ALL.to_vec()),
        of(select(Servicing::ALL.to_vec())),
        of((0..=4_000_000_000_000_i64).prop_map(Timestamp::from_millis)),
    );
    let adjustment = (
        select(AdjustmentKind::ALL.to_vec()),
        text(),
        // Together with the lines they stay an amount.
        -LARGEST_AMOUNT..=LARGEST_AMOUNT / 4,
        of(0..=100_i64),
    )
        .prop_map(|(kind, title, amount, share)| Adjustment {
            discount: share
                .filter(|_| kind == AdjustmentKind::Discount)
                .map(|value| Reduction {
                    kind: DiscountKind::Percentage,
                    value,
                }),
            rate: share.filter(|_| kind == AdjustmentKind::Tax),
            ..Adjustment::plain(kind, title, amount)
        });
    let amounts = (
        vec(adjustment, 0..3),
        (PRICES, PRICES),
        -LARGEST_AMOUNT..=LARGEST_AMOUNT,
        of(any::<bool>()),
    );
    let parts = (text(), address(), vec(any::<Index>(), 3..9));
    (states, parts, amounts).prop_map(|(states, parts, amounts)| OrderPlan {
        status: states.0,
        servicing: states.1,
        placed_at: states.2,
        text: parts.0,
        address: parts.1,
        choices: parts.2,
        adjustments: amounts.0,
        payment: amounts.1,
        difference: amounts.2,
        received: amounts.3,
    })
}

impl OrderPlan {
    /// The order, if there is somebody who can pay and something to buy.
    fn order(self, number: u32, products: &[Product], customers: &[Customer]) -> Option<Order> {
        let mut choices = self.choices.iter();
        let customers: Vec<&Customer> = customers
            .iter()
            .filter(|customer| !customer.payment_methods.is_empty())
            .collect();
        let customer = chosen(&customers, choices.next()?)?;
        let method = &chosen(&customer.payment_methods, choices.next()?)?.id;
        let variants: Vec<(&Product, &Variant)> = products
            .iter()
            .flat_map(|product| {
                product
                    .variants
                    .iter()
                    .map(move |variant| (product, variant))
            })
            .collect();
        let lines: Vec<Line> = (1..)
            .zip(choices)
            .filter_map(|(number, choice)| {
                let (product, variant) = chosen(&variants, choice)?;
                Some(Line {
                    id: format!("line-{number}"),
                    product: product.id.clone(),
                    variant: variant.id.clone(),
                    title: product.title.clone(),
                    options: variant.options.clone(),
                    quantity: number,
                    unit_price: variant.price,
                })
            })
            .collect();
        let first = lines.first()?.clone();
        let (one, two) = self.payment;
        let payment = |id: &str, kind, amount| Payment {
            id: id.to_owned(),
            kind,
            method: method.clone(),
            amount,
        };
        let is = |wanted| self.servicing == Some(wanted);
        Some(Order {
            id: format!("order-{number}"),
            customer: customer.id.clone(),
            placed_at: self.placed_at.map(|moment| moment.to_string()),
            status: self.status,
            servicing: self.servicing,
            cancel_reason: (self.status == OrderStatus::Cancelled).then(|| self.text.clone()),
            shipping_address: self.address,
            adjustments: self.adjustments,
            fulfilments: vec![Fulfilment {
                id: "f".to_owned(),
                tracking: vec![self.text],
                lines: lines.iter().map(|line| line.id.clone()).collect(),
            }],
            lines,
            payments: vec![
                payment("1", PaymentKind::Payment, one.max(two)),
                payment("2", PaymentKind::Refund, one.min(two)),
            ],
            returned: is(Servicing::ReturnRequested).then(|| Return {
                lines: vec![first.id.clone()],
                refund_to: method.clone(),
                received: self.received,
            }),
            exchange: is(Servicing::ExchangeRequested).then(|| Exchange {
                changes: vec![LineChange {
                    line: first.id.clone(),
                    variant: first.variant.clone(),
                }],
                payment_method: method.clone(),
                difference: self.difference,
                received: self.received,
            }),
        })
    }
}

fn chosen<'a, T>(from: &'a [T], choice: &Index) -> Option<&'a T> {
    (!from.is_empty()).then(|| choice.get(from))
}

/// The `number`th order of a shop of any size, always the same: by one of a thousand customers
/// (`customer-0` and on) who paid with `method-0`, of one of a hundred products (`product-0` and
/// on) with a variant of the same id.
#[must_use]
pub fn order(number: u64) -> Element {
    let product = format!("product-{}", number % 100);
    Element::Order(Box::new(Order {
        id: format!("order-{number}"),
        customer: format!("customer-{}", number % 1000),
        placed_at: Some("2026-11-22T09:30:00.125Z".to_owned()),
        status: OrderStatus::Delivered,
        servicing: None,
        cancel_reason: None,
        shipping_address: Address {
            line1: format!("{number} Long Road"),
            line2: None,
            city: "Springfield".to_owned(),
            region: Some("IL".to_owned()),
            postal_code: "62704".to_owned(),
            country: "US".to_owned(),
        },
        lines: vec![Line {
            id: "line-1".to_owned(),
            variant: product.clone(),
            product,
            title: "A thing".to_owned(),
            options: Options::default(),
            quantity: 1,
            unit_price: 3500,
        }],
        adjustments: Vec::new(),
        fulfilments: Vec::new(),
        payments: vec![Payment {
            id: "payment-1".to_owned(),
            kind: PaymentKind::Payment,
            method: "method-0".to_owned(),
            amount: 3500,
        }],
        returned: None,
        exchange: None,
    }))
}
