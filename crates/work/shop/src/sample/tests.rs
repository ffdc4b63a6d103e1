mod orders;

use std::collections::{BTreeSet, HashMap, HashSet};

use commerce::document::{
    Customer, Element, Faq, Head, MethodKind, Order, Policy, Product, Section, Variant,
};
use terms::Timestamp;

use super::{
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
fn any_moment_will_do() {
    for millis in [i64::MIN, 0, i64::MAX] {
        let (_, elements) = elements(1, Timestamp::from_millis(millis));
        assert!(elements.len() > 800);
    }
}
