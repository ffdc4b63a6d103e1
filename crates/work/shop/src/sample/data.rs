//! What is written by hand: the catalogue, offers, texts, and the names people are given.

use commerce::document::{Discount, Faq, Policy, Product, Promotion, ShippingOption};
use serde::{Deserialize, de::DeserializeOwned};
use terms::Currency;

const CATALOGUE: &[&str] = &[
    include_str!("../../sample/products/furniture.json"),
    include_str!("../../sample/products/storage.json"),
    include_str!("../../sample/products/lighting.json"),
    include_str!("../../sample/products/textiles.json"),
    include_str!("../../sample/products/bedding.json"),
    include_str!("../../sample/products/bath.json"),
    include_str!("../../sample/products/tableware.json"),
    include_str!("../../sample/products/kitchen.json"),
    include_str!("../../sample/products/candles.json"),
    include_str!("../../sample/products/jewellery.json"),
    include_str!("../../sample/products/garden.json"),
    include_str!("../../sample/products/clothing.json"),
    include_str!("../../sample/products/gifts-and-care.json"),
];
const OFFERS: &str = include_str!("../../sample/offers.json");
const TEXTS: &str = include_str!("../../sample/texts.json");
const PEOPLE: &str = include_str!("../../sample/people.json");

#[derive(Debug)]
pub(super) struct Data {
    pub(super) products: Vec<Product>,
    pub(super) offers: Offers,
    pub(super) texts: Texts,
    pub(super) countries: Vec<Country>,
}

impl Data {
    pub(super) fn read() -> Self {
        let products = CATALOGUE
            .iter()
            .flat_map(|text| parsed::<Vec<Product>>(text));
        Self {
            products: products.collect(),
            offers: parsed(OFFERS),
            texts: parsed(TEXTS),
            countries: parsed(PEOPLE),
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "INVARIANT: the texts are compiled in, and no input reaches this; every test of the room reads them all"
)]
fn parsed<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("compiled-in sample data is of its type")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offers {
    pub(super) currency: Currency,
    pub(super) discounts: Vec<Discount>,
    pub(super) promotions: Vec<Promotion>,
    pub(super) shipping: Vec<ShippingOption>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) policies: Vec<Policy>,
    pub(super) faqs: Vec<Faq>,
}

/// A country the shop delivers to, with what people and streets are called there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Country {
    pub(super) country: String,
    /// How many customers live there, in relation to the others.
    pub(super) share: u64,
    pub(super) given: Vec<String>,
    pub(super) family: Vec<String>,
    pub(super) streets: Vec<String>,
    /// `12 Mill Road` instead of `Erlenweg 12`.
    pub(super) number_first: bool,
    /// Numbers that this country keeps for fiction, `#` for a digit; without it nobody has one.
    #[serde(default)]
    pub(super) phone: Option<String>,
    pub(super) places: Vec<Town>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Town {
    pub(super) postal_code: String,
    pub(super) city: String,
    #[serde(default)]
    pub(super) region: Option<String>,
}
