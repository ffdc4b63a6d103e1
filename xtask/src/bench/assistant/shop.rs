//! The shop that the assistant is asked about: products with words like those of a real catalogue, customers
//! with orders of them, and guides for staff to be quoted from.

use std::{fs, path::Path};

use anyhow::Context;
use commerce::document::{Element, Faq, Line, Options, Order, Policy, Product, Variant};
use files::shop::DocumentWriter;
use serde::Deserialize;
use shop::search::synthetic;

use crate::{
    made_up::{self, Sizes, mixed, one},
    shop_document,
};

const SEED: u64 = 7;

/// Policies and questions of the sample shop.
#[derive(Deserialize)]
struct Texts {
    policies: Vec<Policy>,
    faqs: Vec<Faq>,
}

/// Writes the shop as a document, with so many passages in its texts.
pub(super) fn write(sizes: Sizes, passages: usize, to: &Path) -> anyhow::Result<()> {
    let products: Vec<Product> = synthetic(usize::try_from(sizes.products)?, SEED)
        .into_iter()
        .map(product)
        .collect();
    let mut writer = DocumentWriter::new(shop_document::create(to)?, &made_up::head()?)?;
    let mut put = |element: Element| writer.element(&element);
    for product in &products {
        put(Element::Product(product.clone()))?;
    }
    let (shipping, Texts { policies, mut faqs }) = texts()?;
    let split = |text: &str| knowledge::split(text).len();
    let own: usize = policies.iter().map(|policy| split(&policy.text)).sum();
    let own = own + faqs.iter().map(|faq| split(&faq.answer)).sum::<usize>();
    faqs.extend((0..).take(passages.saturating_sub(own)).map(guide));
    put(shipping)?;
    for policy in policies {
        put(Element::Policy(policy))?;
    }
    for faq in faqs {
        put(Element::Faq(faq))?;
    }
    for number in 0..sizes.customers {
        put(Element::Customer(Box::new(made_up::customer(number))))?;
    }
    for number in 0..sizes.orders {
        put(Element::Order(Box::new(order(sizes, &products, number)?)))?;
    }
    writer.finish()?;
    Ok(())
}

fn texts() -> anyhow::Result<(Element, Texts)> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/work/shop/sample/texts.json"
    );
    let text = fs::read_to_string(file).context("the sample texts are missing")?;
    let [shipping, ..] = made_up::texts();
    Ok((shipping, serde_json::from_str(&text)?))
}

fn product(indexed: shop::search::IndexedProduct) -> Product {
    let number = indexed.id.clone();
    let variants = indexed.variants.into_iter().zip(0_u32..);
    let variants = variants.map(|(variant, at)| Variant {
        // Made up by chance, they are not all different.
        id: format!("{number}-{at}"),
        sku: variant.sku,
        title: variant.title,
        options: Options(variant.options.0),
        price: variant.price,
        available: variant.available,
        stock: Some(1_000_000),
    });
    Product {
        variants: variants.collect(),
        id: indexed.id,
        title: indexed.title,
        description: indexed.description,
        category: indexed.category,
        image_url: None,
        options: indexed.options,
    }
}

/// An order of these products.
fn order(sizes: Sizes, products: &[Product], number: u64) -> anyhow::Result<Order> {
    let mut order = made_up::order(sizes, number);
    let chance = usize::try_from(mixed(number) % sizes.products.max(1))?;
    let chosen = products.iter().cycle().skip(chance);
    let lines = order.lines.iter().zip(chosen);
    let lines: Option<Vec<Line>> = lines
        .map(|(line, product)| {
            let variant = product.variants.first()?;
            Some(Line {
                product: product.id.clone(),
                variant: variant.id.clone(),
                title: product.title.clone(),
                options: variant.options.clone(),
                unit_price: variant.price,
                ..line.clone()
            })
        })
        .collect();
    order.lines = lines.context("a product without a variant")?;
    let prices = order.lines.iter();
    let total = prices.map(|line| line.quantity * line.unit_price).sum();
    for payment in &mut order.payments {
        payment.amount = total;
    }
    Ok(order)
}

/// Materials and things, in English and in German.
const MATERIALS: &[(&str, &str)] = &[
    ("oak", "Eiche"),
    ("ash", "Esche"),
    ("linen", "Leinen"),
    ("cotton", "Baumwolle"),
    ("wool", "Wolle"),
    ("velvet", "Samt"),
    ("steel", "Stahl"),
    ("brass", "Messing"),
    ("glass", "Glas"),
    ("stoneware", "Steingut"),
    ("beeswax", "Bienenwachs"),
    ("leather", "Leder"),
    ("jute", "Jute"),
    ("terracotta", "Terrakotta"),
    ("bamboo", "Bambus"),
    ("felt", "Filz"),
];
const THINGS: &[(&str, &str)] = &[
    ("table", "einen Tisch"),
    ("chair", "einen Stuhl"),
    ("bench", "eine Bank"),
    ("shelf", "ein Regal"),
    ("basket", "einen Korb"),
    ("lamp", "eine Lampe"),
    ("cushion", "ein Kissen"),
    ("throw", "eine Decke"),
    ("curtain", "einen Vorhang"),
    ("rug", "einen Teppich"),
    ("plate", "einen Teller"),
    ("bowl", "eine Schale"),
    ("mug", "eine Tasse"),
    ("board", "ein Brett"),
    ("planter", "einen Pflanztopf"),
    ("candle holder", "einen Kerzenhalter"),
];
const QUESTIONS: &[&str] = &[
    "How do I clean a {material} {thing}?",
    "Can a {material} {thing} stay outside in winter?",
    "Wie pflege ich {thing} aus {material}?",
    "Kann ich {thing} aus {material} reparieren lassen?",
];
const ENGLISH: &[&str] = &[
    "Wipe it with a damp cloth and dry it at once.",
    "Keep it away from radiators and from direct sun.",
    "A few drops of mild soap are enough; scouring powder scratches.",
    "Treat it with natural oil twice a year.",
    "Small marks are no fault: each piece is made by hand.",
    "Stains come out best while they are fresh.",
    "It may be used outdoors from April to October, under a roof.",
    "Do not put it into the dishwasher or the microwave.",
    "Wash it at thirty degrees and let it dry flat.",
    "Our workshop mends it for a fixed price within three weeks.",
];
const GERMAN: &[&str] = &[
    "Wischen Sie mit einem feuchten Tuch und trocknen Sie gleich nach.",
    "Halten Sie Abstand zu Heizkörpern und direkter Sonne.",
    "Wenige Tropfen milder Seife genügen; Scheuermittel zerkratzen die Oberfläche.",
    "Behandeln Sie das Stück zweimal im Jahr mit Naturöl.",
    "Kleine Unebenheiten sind kein Mangel: Jedes Stück ist von Hand gemacht.",
    "Frische Flecken lassen sich am besten entfernen.",
    "Von April bis Oktober darf das Stück überdacht im Freien stehen.",
    "Bitte nicht in die Spülmaschine oder die Mikrowelle geben.",
    "Waschen Sie bei dreißig Grad und trocknen Sie liegend.",
    "Unsere Werkstatt repariert zum Festpreis innerhalb von drei Wochen.",
];
const SENTENCES: u64 = 4;

/// A question of one passage. The numbers run through every question of every thing in every material.
fn guide(number: u64) -> Faq {
    let (questions, things) = (length(QUESTIONS), length(THINGS));
    let question = one(QUESTIONS, number);
    let german = number % questions >= questions / 2;
    let word = |pairs: &[(&'static str, &'static str)], at: u64| {
        let at = usize::try_from(at % length(pairs)).unwrap_or(0);
        let (english, own) = pairs.get(at).copied().unwrap_or_default();
        if german { own } else { english }
    };
    let thing = word(THINGS, number / questions);
    let material = word(MATERIALS, number / questions / things);
    let sentences = if german { GERMAN } else { ENGLISH };
    let first = mixed(number);
    let answer = (0..SENTENCES).map(|at| one(sentences, first.wrapping_add(3 * at)));
    Faq {
        id: format!("guide-{number}"),
        question: question
            .replace("{material}", material)
            .replace("{thing}", thing),
        answer: answer.collect::<Vec<_>>().join(" "),
    }
}

fn length<T>(of: &[T]) -> u64 {
    u64::try_from(of.len()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes {
        products: 50,
        customers: 4,
        orders: 20,
        all_pending: false,
    };

    #[test]
    fn the_shop_can_be_imported_and_has_its_passages() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.json");
        write(SIZES, 1_000, &file).unwrap();
        let document: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let texts = |section: &str, name: &str| -> Vec<String> {
            let entries = document[section].as_array().unwrap().iter();
            entries
                .map(|one| one[name].as_str().unwrap().to_owned())
                .collect()
        };
        let passages: usize = [texts("policies", "text"), texts("faqs", "answer")]
            .concat()
            .iter()
            .map(|text| knowledge::split(text).len())
            .sum();
        assert_eq!(passages, 1_000);
        let mut questions = texts("faqs", "question");
        questions.sort();
        let all = questions.len();
        questions.dedup();
        assert_eq!(questions.len(), all, "no question is asked twice");
        let products: Vec<Product> = synthetic(50, SEED).into_iter().map(product).collect();
        for number in 0..SIZES.orders {
            let order = order(SIZES, &products, number).unwrap();
            files::shop::check::element(&Element::Order(Box::new(order))).unwrap();
        }
    }
}
