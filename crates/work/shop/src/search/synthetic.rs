//! A catalogue of any size, for benchmarks and tests: words and lengths like those of a real one.

use commerce::document::Options;

use super::{IndexedProduct, IndexedVariant};
use crate::sample::Chance;

/// `count` products, the same for the same seed.
#[must_use]
pub fn synthetic(count: usize, seed: u64) -> Vec<IndexedProduct> {
    let mut chance = Chance::new(seed);
    let numbers = 0..count;
    numbers.map(|number| product(number, &mut chance)).collect()
}

fn product(number: usize, chance: &mut Chance) -> IndexedProduct {
    let material = one(MATERIALS, chance);
    let (thing, category) = chance.pick(THINGS).copied().unwrap_or_default();
    let title = format!(
        "{} {material} {thing} {}",
        one(MANNERS, chance),
        name(chance)
    );
    let words = 14 + chance.below(16);
    let description: Vec<&str> = (0..words).map(|_| one(WORDS, chance)).collect();
    let colours = 1 + chance.below(4);
    let price = chance.amount(500, 150_000, 50);
    let variants = (0..colours).map(|_| {
        let colour = one(COLOURS, chance);
        let size = one(SIZES, chance);
        IndexedVariant {
            id: chance.digits("v########"),
            sku: Some(chance.digits("SY-####-####")),
            title: None,
            options: Options(vec![
                ("colour".to_owned(), colour.to_owned()),
                ("size".to_owned(), size.to_owned()),
            ]),
            price: price.saturating_add(chance.amount(0, 2000, 100)),
            available: !chance.once_in(12),
        }
    });
    IndexedProduct {
        variants: variants.collect(),
        id: format!("product-{number}"),
        title,
        description: Some(description.join(" ")),
        category: Some(category.to_owned()),
        options: vec!["colour".to_owned(), "size".to_owned()],
    }
}

fn one(words: &[&'static str], chance: &mut Chance) -> &'static str {
    chance.pick(words).copied().unwrap_or_default()
}

/// A name such as shops give their lines: some ten thousand different ones.
fn name(chance: &mut Chance) -> String {
    let syllables = 2 + chance.below(2);
    let parts: Vec<&str> = (0..syllables).map(|_| one(SYLLABLES, chance)).collect();
    parts.concat()
}

const MANNERS: &[&str] = &[
    "Round",
    "Handwoven",
    "Small",
    "Large",
    "Folding",
    "Classic",
    "Washed",
    "Plain",
    "Striped",
    "Quilted",
    "Turned",
    "Forged",
    "Soft",
    "Heavy",
    "Light",
    "Rustic",
];

const MATERIALS: &[&str] = &[
    "oak",
    "ash",
    "alder",
    "linen",
    "cotton",
    "wool",
    "velvet",
    "steel",
    "brass",
    "glass",
    "stoneware",
    "beeswax",
    "leather",
    "jute",
    "silver",
    "terracotta",
    "bamboo",
    "felt",
];

const THINGS: &[(&str, &str)] = &[
    ("table", "Furniture"),
    ("chair", "Furniture"),
    ("bench", "Furniture"),
    ("shelf", "Storage"),
    ("basket", "Storage"),
    ("lamp", "Lighting"),
    ("cushion", "Textiles"),
    ("throw", "Textiles"),
    ("curtain", "Textiles"),
    ("rug", "Textiles"),
    ("duvet cover", "Bedding"),
    ("pillowcase", "Bedding"),
    ("towel", "Bath"),
    ("plate", "Tableware"),
    ("bowl", "Tableware"),
    ("mug", "Tableware"),
    ("board", "Kitchen"),
    ("candle", "Candles"),
    ("candle holder", "Candles"),
    ("ring", "Jewellery"),
    ("necklace", "Jewellery"),
    ("planter", "Garden"),
    ("watering can", "Garden"),
    ("cardigan", "Clothing"),
];

const COLOURS: &[&str] = &[
    "white",
    "natural",
    "blue",
    "navy",
    "sage",
    "olive",
    "rust",
    "ochre",
    "plum",
    "charcoal",
    "black",
    "rose",
    "sand",
    "moss green",
];

const SIZES: &[&str] = &[
    "small",
    "medium",
    "large",
    "45 × 45 cm",
    "50 × 50 cm",
    "140 × 200 cm",
    "S",
    "M",
    "L",
];

const SYLLABLES: &[&str] = &[
    "al", "ber", "cor", "dan", "el", "fen", "gar", "hol", "in", "jor", "kel", "lun", "mar", "nor",
    "os", "pel", "ro", "sil", "tor", "ul", "ven", "wick", "yar", "zel",
];

const WORDS: &[&str] = &[
    "made",
    "by",
    "hand",
    "from",
    "solid",
    "wood",
    "with",
    "a",
    "soft",
    "feel",
    "and",
    "natural",
    "oil",
    "wash",
    "at",
    "forty",
    "degrees",
    "woven",
    "in",
    "small",
    "mill",
    "the",
    "cover",
    "zip",
    "certified",
    "organic",
    "fibres",
    "lasts",
    "for",
    "years",
    "warm",
    "evening",
    "light",
    "holds",
    "its",
    "shape",
    "dry",
    "flat",
    "edges",
    "rounded",
    "finish",
    "glazed",
    "kiln",
    "dishwasher",
    "safe",
    "oven",
    "microwave",
    "stackable",
    "packed",
    "paper",
    "gift",
    "winter",
    "summer",
    "garden",
    "balcony",
    "kitchen",
    "bedroom",
    "bath",
    "hall",
    "family",
    "children",
];
