//! What the test shops sell, and orders for staff to work on.

use commerce::document::{
    Address, Customer, Element, Head, Line, MethodKind, Options, Order, OrderStatus, Payment,
    PaymentKind, PaymentMethod, Product, Return, Servicing, Variant,
};
use identity::Identity;
use shop::{Embedded, Import};
use store::Database;
use terms::ShopId;

/// What staff do with orders, and the state in which an order must be for it.
pub(crate) const STEPS: [(&str, OrderStatus, Option<Servicing>, bool); 7] = [
    ("read_order", OrderStatus::Pending, None, true),
    ("mark_paid", OrderStatus::Pending, None, false),
    ("process_order", OrderStatus::Pending, None, true),
    ("ship_order", OrderStatus::Processed, None, true),
    ("deliver_order", OrderStatus::Shipped, None, true),
    ("give_up_order", OrderStatus::Pending, None, false),
    (
        "receive_goods",
        OrderStatus::Delivered,
        Some(Servicing::ReturnRequested),
        true,
    ),
];

/// An order of its own for each step and each of those who try.
pub(crate) fn number(step: &str, who: &str) -> String {
    format!("{step}:{who}")
}

/// Fills a shop; `who` names those who try steps on its orders.
pub(crate) async fn fill(
    database: &dyn Database,
    embedded: &Embedded,
    identity: &Identity,
    shop: ShopId,
    who: &[&str],
) {
    let head = Head {
        currency: "EUR".parse().unwrap(),
        tax: None,
    };
    let mut tx = database.begin().await.unwrap();
    let mut import = Import::begin(embedded, identity, &mut *tx, shop, &head)
        .await
        .unwrap();
    let mut elements = vec![
        Element::Product(cushion()),
        Element::Customer(Box::new(customer())),
    ];
    for (step, status, servicing, paid) in STEPS {
        for who in who {
            let order = order(number(step, who), status, servicing, paid);
            elements.push(Element::Order(Box::new(order)));
        }
    }
    for element in elements {
        import.put(&mut *tx, element).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn cushion() -> Product {
    let variant = |colour: &str| Variant {
        id: format!("cushion-{colour}"),
        sku: None,
        title: None,
        options: Options(vec![("colour".to_owned(), colour.to_owned())]),
        price: 2_900,
        available: true,
        stock: None,
    };
    Product {
        id: "cushion".to_owned(),
        title: "Linen cushion".to_owned(),
        description: None,
        category: None,
        image_url: Some("https://alder.example/cushion.png".to_owned()),
        options: vec!["colour".to_owned()],
        variants: vec![variant("blue"), variant("red")],
    }
}

fn address() -> Address {
    Address {
        line1: "Elm Lane 1".to_owned(),
        line2: None,
        city: "Vienna".to_owned(),
        region: None,
        postal_code: "1010".to_owned(),
        country: "AT".to_owned(),
    }
}

fn customer() -> Customer {
    Customer {
        id: "cust_1".to_owned(),
        email: "buyer@example.com".to_owned(),
        given_name: "Bea".to_owned(),
        family_name: "Buyer".to_owned(),
        phone: None,
        addresses: Vec::new(),
        payment_methods: vec![PaymentMethod {
            id: "card_1".to_owned(),
            kind: MethodKind::Card,
            brand: Some("Visa".to_owned()),
            last4: Some("4242".to_owned()),
            balance: None,
            once: None,
        }],
    }
}

fn order(id: String, status: OrderStatus, servicing: Option<Servicing>, paid: bool) -> Order {
    let payment = Payment {
        id: "p1".to_owned(),
        kind: PaymentKind::Payment,
        method: "card_1".to_owned(),
        amount: 2_900,
    };
    Order {
        id,
        customer: "cust_1".to_owned(),
        placed_at: None,
        status,
        servicing,
        cancel_reason: None,
        shipping_address: address(),
        lines: vec![Line {
            id: "L1".to_owned(),
            product: "cushion".to_owned(),
            variant: "cushion-blue".to_owned(),
            title: "Linen cushion".to_owned(),
            options: Options(vec![("colour".to_owned(), "blue".to_owned())]),
            quantity: 1,
            unit_price: 2_900,
        }],
        adjustments: Vec::new(),
        fulfilments: Vec::new(),
        payments: if paid { vec![payment] } else { Vec::new() },
        returned: servicing.map(|_| Return {
            lines: vec!["L1".to_owned()],
            refund_to: "card_1".to_owned(),
            received: None,
        }),
        exchange: None,
    }
}
