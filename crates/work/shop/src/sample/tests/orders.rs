//! What must hold for every order.

use std::collections::{BTreeMap, HashMap};

use commerce::document::{
    AdjustmentKind, DiscountKind, Exchange, Order, OrderStatus, PaymentKind, Product, Servicing,
    Variant,
};
use terms::rounded_share;

use super::{
    super::{
        data::{Data, Offers},
        orders::can_return,
    },
    SEEDS, Shop, distinct, until,
};

#[test]
fn every_state_occurs() {
    for seed in SEEDS {
        let shop = Shop::new(seed);
        let mut states: BTreeMap<String, usize> = BTreeMap::new();
        for order in shop.orders() {
            let servicing = order.servicing.map_or("", Servicing::as_str);
            let received = order
                .returned
                .as_ref()
                .and_then(|returned| returned.received);
            let received = received.or(order
                .exchange
                .as_ref()
                .and_then(|exchange| exchange.received));
            let received = if received == Some(true) {
                " received"
            } else {
                ""
            };
            let state = format!("{} {servicing}{received}", order.status.as_str());
            *states.entry(state.trim_end().to_owned()).or_default() += 1;
        }
        for (state, fewest) in [
            ("pending", 10),
            ("pending items_changed", 2),
            ("processed", 10),
            ("shipped", 10),
            ("delivered", 200),
            ("delivered items_changed", 5),
            ("delivered return_requested", 5),
            ("delivered return_requested received", 10),
            ("delivered exchange_requested", 3),
            ("delivered exchange_requested received", 10),
            ("cancelled", 10),
        ] {
            assert!(
                states.get(state).is_some_and(|count| *count >= fewest),
                "{state} {states:?}"
            );
        }
    }
}

#[test]
fn orders_refer_to_what_is_there() {
    for seed in SEEDS {
        let shop = Shop::new(seed);
        let variants = shop.variants();
        let customers: HashMap<_, _> = shop
            .customers()
            .into_iter()
            .map(|customer| (customer.id.as_str(), customer))
            .collect();
        let placed: Vec<_> = shop
            .orders()
            .iter()
            .map(|order| order.placed_at.clone().unwrap())
            .collect();
        assert!(placed.is_sorted());
        assert_eq!(placed[0].len(), "2026-11-22T09:30:00.125Z".len());
        assert!(
            placed[0]
                > until()
                    .before(core::time::Duration::from_secs(548 * 86_400))
                    .to_string()
        );
        assert!(*placed.last().unwrap() < until().to_string());
        distinct(shop.orders().iter().map(|order| order.id.as_str()));
        for order in shop.orders() {
            assert!(
                order.id.starts_with("AA-10") && order.id.len() == 9,
                "{}",
                order.id
            );
            let customer = customers[order.customer.as_str()];
            assert!(
                customer
                    .addresses
                    .iter()
                    .any(|address| address.address() == order.shipping_address)
            );
            assert!(!order.lines.is_empty());
            distinct(order.lines.iter().map(|line| line.id.as_str()));
            distinct(order.payments.iter().map(|payment| payment.id.as_str()));
            for line in &order.lines {
                let (product, variant) = variants[line.variant.as_str()];
                assert_eq!((&line.product, &line.title), (&product.id, &product.title));
                assert_eq!(
                    (&line.options, line.unit_price),
                    (&variant.options, variant.price)
                );
                assert!(line.quantity >= 1);
            }
            let owns =
                |method: &String| customer.payment_methods.iter().any(|own| own.id == *method);
            assert!(
                order
                    .payments
                    .iter()
                    .all(|payment| owns(&payment.method) && payment.amount > 0)
            );
            assert_eq!(
                order.cancel_reason.is_some(),
                order.status == OrderStatus::Cancelled
            );
            fulfilled(order);
            serviced(order, &variants, &owns);
        }
    }
}

/// What left the warehouse left it once, with a number to follow it by.
fn fulfilled(order: &Order) {
    let mut sent: Vec<_> = order
        .fulfilments
        .iter()
        .flat_map(|fulfilment| &fulfilment.lines)
        .collect();
    sent.sort();
    let mut lines: Vec<_> = order.lines.iter().map(|line| &line.id).collect();
    lines.sort();
    if matches!(order.status, OrderStatus::Shipped | OrderStatus::Delivered) {
        assert_eq!(sent, lines, "{}", order.id);
    } else {
        assert!(sent.is_empty(), "{}", order.id);
    }
    distinct(
        order
            .fulfilments
            .iter()
            .map(|fulfilment| fulfilment.id.as_str()),
    );
    for fulfilment in &order.fulfilments {
        assert!(!fulfilment.tracking.is_empty());
        distinct(fulfilment.tracking.iter().map(String::as_str));
    }
}

fn serviced(
    order: &Order,
    variants: &HashMap<&str, (&Product, &Variant)>,
    owns: &impl Fn(&String) -> bool,
) {
    let line = |id: &String| order.lines.iter().find(|line| line.id == *id).unwrap();
    assert_eq!(
        order.returned.is_some(),
        order.servicing == Some(Servicing::ReturnRequested)
    );
    assert_eq!(
        order.exchange.is_some(),
        order.servicing == Some(Servicing::ExchangeRequested)
    );
    if order.returned.is_some() || order.exchange.is_some() {
        assert_eq!(order.status, OrderStatus::Delivered);
    }
    if let Some(returned) = &order.returned {
        assert!(owns(&returned.refund_to) && !returned.lines.is_empty());
        distinct(returned.lines.iter().map(String::as_str));
        for id in &returned.lines {
            assert!(
                can_return(variants[line(id).variant.as_str()].0),
                "{}",
                order.id
            );
        }
        assert!(!["CH", "GB"].contains(&order.shipping_address.country.as_str()));
    }
    if let Some(Exchange {
        changes,
        payment_method,
        difference,
        received,
    }) = &order.exchange
    {
        assert!(owns(payment_method) && !changes.is_empty());
        let mut dearer = 0;
        for change in changes {
            let (product, variant) = variants[change.variant.as_str()];
            let line = line(&change.line);
            assert_eq!(line.product, product.id);
            assert_eq!(line.variant == change.variant, received == &Some(true));
            assert!(variant.available);
            dearer += line.quantity * (variant.price - line.unit_price);
        }
        if received.is_none() {
            assert_eq!(*difference, dearer, "{}", order.id);
        }
    }
}

#[test]
fn money_adds_up() {
    let offers = Data::read().offers;
    let (mut discounted, mut refunded, mut charged, mut split) = (0, 0, 0, 0);
    for seed in SEEDS {
        for order in Shop::new(seed).orders() {
            let goods: i64 = order
                .lines
                .iter()
                .map(|line| line.quantity * line.unit_price)
                .sum();
            let added: i64 = order
                .adjustments
                .iter()
                .map(|adjustment| adjustment.amount)
                .sum();
            let total = goods + added;
            let moved = |kind: PaymentKind| -> i64 {
                let movements = order.payments.iter().filter(|payment| payment.kind == kind);
                movements.map(|payment| payment.amount).sum()
            };
            let kept = moved(PaymentKind::Payment) - moved(PaymentKind::Refund);
            let expected = match &order.returned {
                _ if order.status == OrderStatus::Cancelled => 0,
                Some(returned) if returned.received == Some(true) => {
                    total - net_of(order, &returned.lines, goods)
                }
                _ => total,
            };
            assert_eq!(kept, expected, "{}", order.id);
            assert!(total > 0);
            adjusted(order, &offers);
            discounted += usize::from(added < 0);
            let changed =
                order.servicing == Some(Servicing::ItemsChanged) || order.exchange.is_some();
            refunded += usize::from(changed && moved(PaymentKind::Refund) > 0);
            charged += usize::from(changed && order.payments.len() > 1);
            split += usize::from(
                !changed
                    && order
                        .payments
                        .iter()
                        .filter(|payment| payment.kind == PaymentKind::Payment)
                        .count()
                        > 1,
            );
        }
    }
    // The rules above were met by orders of every kind.
    for met in [discounted, refunded, charged, split] {
        assert!(met > 0, "{:?}", [discounted, refunded, charged, split]);
    }
}

fn net_of(order: &Order, returned: &[String], goods: i64) -> i64 {
    let lines = order
        .lines
        .iter()
        .filter(|line| returned.contains(&line.id));
    let gross: i64 = lines.map(|line| line.quantity * line.unit_price).sum();
    let discounts = order
        .adjustments
        .iter()
        .filter(|adjustment| adjustment.kind == AdjustmentKind::Discount);
    let discount: i64 = discounts.map(|adjustment| adjustment.amount).sum();
    gross + rounded_share(discount, gross, goods).unwrap()
}

/// Discount and delivery are those of the offers.
fn adjusted(order: &Order, offers: &Offers) {
    let goods: i64 = order
        .lines
        .iter()
        .map(|line| line.quantity * line.unit_price)
        .sum();
    for adjustment in &order.adjustments {
        match adjustment.kind {
            AdjustmentKind::Discount => {
                let discount = offers
                    .discounts
                    .iter()
                    .find(|discount| discount.code == adjustment.title)
                    .unwrap();
                let taken = match discount.kind {
                    DiscountKind::Percentage => rounded_share(goods, discount.value, 100).unwrap(),
                    DiscountKind::Fixed => discount.value.min(goods),
                };
                assert_eq!(adjustment.amount, -taken, "{}", order.id);
            }
            AdjustmentKind::Shipping => {
                let option = offers
                    .shipping
                    .iter()
                    .find(|option| option.title == adjustment.title)
                    .unwrap();
                let country = order.shipping_address.country.as_str();
                assert!(
                    option.country.as_deref().is_none_or(|own| own == country),
                    "{}",
                    order.id
                );
                let swapped =
                    order.servicing == Some(Servicing::ItemsChanged) || order.exchange.is_some();
                let free = option.level == "standard" && goods >= 6000;
                if !swapped {
                    assert_eq!(
                        adjustment.amount,
                        if free { 0 } else { option.price },
                        "{}",
                        order.id
                    );
                }
            }
            AdjustmentKind::Tax | AdjustmentKind::Exchange => panic!("tax is in the prices"),
        }
    }
    let shipping = order
        .adjustments
        .iter()
        .filter(|adjustment| adjustment.kind == AdjustmentKind::Shipping);
    assert_eq!(shipping.count(), 1);
}
