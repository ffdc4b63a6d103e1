use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use commerce::document::{
    AdjustmentKind, Customer, DiscountKind, Element, Exchange, Faq, Head, MethodKind, Order,
    OrderStatus, PaymentKind, Policy, Product, Section, Servicing, Variant,
};
use terms::{Timestamp, rounded_share};

use super::{
    data::Offers,
    elements,
    orders::{by_freight, can_return},
};

const SEEDS: [u64; 4] = [0, 7, 20_260_101, u64::MAX];

fn until() -> Timestamp {
    Timestamp::from_millis(1_795_339_800_125)
}

/// A shop with its lists apart.
struct Shop {
    head: Head,
    elements: Vec<Element>,
}

macro_rules! lists {
    ($($name:ident: $variant:ident($type:ty)),+) => { $(
        fn $name(&self) -> Vec<&$type> {
            let elements = self.elements.iter();
            elements
                .filter_map(|element| match element {
                    Element::$variant(value) => Some(core::borrow::Borrow::borrow(value)),
                    _ => None,
                })
                .collect()
        }
    )+ };
}

impl Shop {
    fn new(seed: u64) -> Self {
        let (head, elements) = elements(seed, until());
        Self { head, elements }
    }

    lists! {
        products: Product(Product),
        policies: Policy(Policy),
        faqs: Faq(Faq),
        customers: Customer(Customer),
        orders: Order(Order)
    }

    fn count(&self, section: Section) -> usize {
        let elements = self.elements.iter();
        elements
            .filter(|element| element.section() == section)
            .count()
    }

    fn variants(&self) -> HashMap<&str, (&Product, &Variant)> {
        let mut variants = HashMap::new();
        for product in self.products() {
            for variant in &product.variants {
                let twice = variants.insert(variant.id.as_str(), (product, variant));
                assert!(twice.is_none(), "{}", variant.id);
            }
        }
        variants
    }
}

fn distinct<'a>(ids: impl IntoIterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    for id in ids {
        assert!(!id.is_empty() && seen.insert(id), "`{id}` stands twice");
    }
}

#[test]
fn the_same_seed_gives_the_same_shop() {
    let (one, other) = (Shop::new(7), Shop::new(7));
    assert!(one.elements == other.elements);
    assert_eq!(one.head, other.head);
    assert!(one.elements != Shop::new(8).elements);
}

#[test]
fn it_is_as_large_as_it_says() {
    let shop = Shop::new(7);
    assert!(shop.count(Section::Products) >= 66);
    assert!(shop.count(Section::Discounts) >= 3);
    assert_eq!(shop.count(Section::Promotions), 1);
    assert_eq!(shop.count(Section::Shipping), 7);
    assert_eq!(shop.count(Section::Policies), 10);
    assert!(shop.count(Section::Faqs) >= 25);
    assert_eq!(shop.count(Section::Customers), 200);
    assert_eq!(shop.count(Section::Orders), 500);
    assert_eq!(shop.head.currency.as_str(), "EUR");
    let tax = shop.head.tax.unwrap();
    assert!(tax.included && tax.rate == 1900);
    let sections: Vec<_> = shop.elements.iter().map(Element::section).collect();
    assert!(sections.is_sorted());
}

#[test]
fn products_read_like_a_shop() {
    let shop = Shop::new(7);
    distinct(shop.products().iter().map(|product| product.id.as_str()));
    distinct(shop.products().iter().map(|product| product.title.as_str()));
    let skus = shop.variants().into_values();
    let skus: Vec<_> = skus
        .map(|(_, variant)| variant.sku.as_deref().unwrap())
        .collect();
    distinct(skus);
    let mut categories = BTreeSet::new();
    for product in shop.products() {
        categories.insert(product.category.as_deref().unwrap());
        let description = product.description.as_deref().unwrap();
        let sentences = description.matches(['.', '!', '?']).count();
        assert!(
            sentences >= 2 && (80..700).contains(&description.len()),
            "{}",
            product.id
        );
        assert_eq!(product.image_url, None);
        assert!(!product.variants.is_empty(), "{}", product.id);
        let options: Vec<_> = product
            .variants
            .iter()
            .map(|variant| variant.options.label())
            .collect();
        distinct(
            options
                .iter()
                .map(|label| if label.is_empty() { "-" } else { label }),
        );
        for variant in &product.variants {
            let names: Vec<_> = variant.options.0.iter().map(|(name, _)| name).collect();
            assert_eq!(
                names,
                product.options.iter().collect::<Vec<_>>(),
                "{}",
                variant.id
            );
            assert!((500..300_000).contains(&variant.price), "{}", variant.id);
            assert!(variant.stock.is_none_or(|stock| stock >= 0));
        }
    }
    assert!(categories.len() >= 8);
    let variants = shop.variants();
    let some = |test: fn(&Variant) -> bool| variants.values().any(|(_, variant)| test(variant));
    assert!(some(|variant| variant.available && variant.stock == Some(0)));
    assert!(some(|variant| !variant.available));
    assert!(some(|variant| variant.available && variant.stock.is_none()));
}

/// What the catalogue and the offers say is what the policies say.
#[test]
fn offers_and_policies_agree() {
    let shop = Shop::new(7);
    let delivery = shop.policies()[0].text.clone();
    for element in &shop.elements {
        match element {
            Element::Shipping(option) => {
                let price = format!("€{}.{:02}", option.price / 100, option.price % 100);
                let price = price.trim_end_matches(".00");
                assert!(delivery.contains(price), "{} {price}", option.id);
            }
            Element::Promotion(promotion) => {
                assert_eq!(promotion.min_subtotal, Some(6000));
                assert!(delivery.contains("free from an order value of €60"));
            }
            Element::Discount(discount) => assert!(discount.value > 0),
            _ => (),
        }
    }
    // Large pieces travel by freight, whatever may come back can come back.
    let freight: Vec<_> = shop
        .products()
        .into_iter()
        .filter(|product| by_freight(product))
        .collect();
    assert!(freight.len() >= 5);
    assert!(
        freight
            .iter()
            .all(|product| product.variants[0].price >= 40_000)
    );
    for kept in [
        "silver-leaf-earrings",
        "beeswax-pillar-candle",
        "latex-mattress",
        "down-pillow",
        "gift-card",
    ] {
        let product = shop
            .products()
            .into_iter()
            .find(|product| product.id == kept)
            .unwrap();
        assert!(!can_return(product), "{kept}");
    }
    let ids = |texts: Vec<&str>| distinct(texts);
    ids(shop.faqs().iter().map(|faq| faq.id.as_str()).collect());
    ids(shop
        .policies()
        .iter()
        .map(|policy| policy.id.as_str())
        .collect());
}

#[test]
fn customers_are_invented_and_whole() {
    for seed in SEEDS {
        let shop = Shop::new(seed);
        let delivered_to = &shop.policies()[0].text;
        let countries = [
            ("AT", "Austria"),
            ("BE", "Belgium"),
            ("FR", "France"),
            ("DE", "Germany"),
            ("IE", "Ireland"),
            ("IT", "Italy"),
            ("LU", "Luxembourg"),
            ("NL", "the Netherlands"),
            ("PT", "Portugal"),
            ("ES", "Spain"),
            ("CH", "Switzerland"),
            ("GB", "the United Kingdom"),
        ];
        let mut seen = BTreeSet::new();
        distinct(shop.customers().iter().map(|customer| customer.id.as_str()));
        distinct(
            shop.customers()
                .iter()
                .map(|customer| customer.email.as_str()),
        );
        distinct(
            shop.customers()
                .iter()
                .flat_map(|customer| &customer.addresses)
                .map(|address| address.id.as_str()),
        );
        distinct(
            shop.customers()
                .iter()
                .flat_map(|customer| &customer.payment_methods)
                .map(|method| method.id.as_str()),
        );
        for customer in shop.customers() {
            let (name, host) = customer.email.split_once('@').unwrap();
            assert!(["example.com", "example.net", "example.org"].contains(&host));
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
            assert!(name.bytes().all(plain) && !name.starts_with('.') && !name.contains(".."));
            if let Some(phone) = &customer.phone {
                let fiction = [
                    "+49 30 23125 ",
                    "+33 1 99 00 ",
                    "+44 1632 960",
                    "+353 20 91",
                ];
                assert!(fiction.iter().any(|range| phone.starts_with(range)));
                assert!(!phone.contains('#'));
            }
            assert!((1..=3).contains(&customer.addresses.len()));
            let defaults = customer
                .addresses
                .iter()
                .filter(|address| address.default == Some(true));
            assert_eq!(defaults.count(), 1);
            for address in &customer.addresses {
                let (_, name) = countries
                    .iter()
                    .find(|(code, _)| *code == address.country)
                    .unwrap();
                assert!(delivered_to.contains(name));
                seen.insert(address.country.clone());
            }
            assert!((1..=3).contains(&customer.payment_methods.len()));
            for method in &customer.payment_methods {
                let card = method.kind == MethodKind::Card;
                assert_eq!(method.brand.is_some(), card);
                assert_eq!(method.last4.as_deref().map(str::len), card.then_some(4));
                assert_eq!(
                    method.balance.is_some(),
                    method.kind == MethodKind::GiftCard
                );
                assert!(method.balance.is_none_or(|balance| balance >= 0));
            }
        }
        assert!(seen.len() >= 8, "{seen:?}");
    }
}

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
    let offers = super::data::Data::read().offers;
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
            AdjustmentKind::Tax => panic!("tax is in the prices"),
        }
    }
    let shipping = order
        .adjustments
        .iter()
        .filter(|adjustment| adjustment.kind == AdjustmentKind::Shipping);
    assert_eq!(shipping.count(), 1);
}

#[test]
fn any_moment_will_do() {
    for millis in [i64::MIN, 0, i64::MAX] {
        let (_, elements) = elements(1, Timestamp::from_millis(millis));
        assert!(elements.len() > 800);
    }
}
