//! Finding products: the index alone, and the tool with its row reads.

use std::time::{Duration, Instant};

use commerce::{
    document::{Element, Options, Product, Variant},
    tools::Tool,
};
use serde_json::{Value, json};
use shop::search::{Filters, IndexedProduct, ProductIndex, synthetic};
use terms::SessionId;
use tokio::runtime::Builder;

use super::{Bench, Place, row};
use crate::{
    figures::{Series, millis, say, seconds},
    made_up::{self, Sizes},
    process,
    rooms::Rooms,
};

const SEED: u64 = 7;
/// Products of a page.
const PAGE: usize = 10;
const ROUNDS: usize = 200;

/// What is looked for: a name of the kind, queries, a filter.
struct Kind {
    name: &'static str,
    queries: &'static [&'static str],
    filtered: bool,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "typical",
        queries: &[
            "oak table",
            "linen curtain blue",
            "soft wool throw",
            "brass lamp",
            "organic cotton towel",
        ],
        filtered: false,
    },
    Kind {
        name: "misspelled",
        queries: &[
            "oka tabel",
            "linnen curtian",
            "wol thrwo",
            "bras lapm",
            "stonewear bowel",
        ],
        filtered: false,
    },
    Kind {
        name: "unfinished",
        queries: &["o", "lin", "oak ta", "bee", "quilted co"],
        filtered: false,
    },
    Kind {
        name: "filtered",
        queries: &["table", "cushion", "rug", "", "handwoven throw"],
        filtered: true,
    },
    Kind {
        name: "nothing fits",
        queries: &["zeppelin", "qqqqqqqq", "dishwasher zeppelin motor"],
        filtered: false,
    },
];

pub(super) fn measure(bench: &Bench, places: &[Place]) -> anyhow::Result<()> {
    say(&format!("\nsearch: {} products, the index", bench.products));
    let index = build(bench.products)?;
    for kind in KINDS {
        let mut times = Vec::new();
        for query in kind.queries.iter().cycle().take(ROUNDS) {
            let filters = filters(kind);
            let begun = Instant::now();
            let found = index.search(query, &filters).take(PAGE).count();
            times.push(begun.elapsed());
            anyhow::ensure!(found <= PAGE, "a page of {found}");
        }
        row(kind.name, &Series::new(times).told());
    }
    drop(index);
    for place in places {
        through_the_tool(bench, place)?;
    }
    Ok(())
}

/// Builds it twice: what the second takes is what one takes, since it finds the memory that the
/// products of the first left behind.
fn build(products: usize) -> anyhow::Result<ProductIndex> {
    let (first, _) = built(products);
    let (before, _) = process::memory_kib("self")?;
    let (second, took) = built(products);
    let (after, _) = process::memory_kib("self")?;
    row("build", &seconds(took));
    let one = after.saturating_sub(before);
    row("memory", &format!("{} MiB", one / 1_024));
    anyhow::ensure!(first.len() == second.len(), "two indexes of one catalogue");
    Ok(second)
}

fn built(products: usize) -> (ProductIndex, Duration) {
    let products = synthetic(products, SEED);
    let begun = Instant::now();
    let index = ProductIndex::build(products);
    (index, begun.elapsed())
}

fn filters(kind: &Kind) -> Filters {
    if !kind.filtered {
        return Filters::default();
    }
    Filters {
        category: Some("Textiles".to_owned()),
        min_price: Some(2_000),
        max_price: Some(90_000),
        options: vec![("colour".to_owned(), "blue".to_owned())],
    }
}

fn arguments(kind: &Kind, query: &str) -> Value {
    if !kind.filtered {
        return json!({ "query": query });
    }
    json!({
        "query": query,
        "filters": {
            "category": "Textiles", "min_price": 2_000, "max_price": 90_000, "in_stock": true,
            "options": { "colour": "blue" },
        },
    })
}

fn through_the_tool(bench: &Bench, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("search, the tool");
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let people = Sizes {
            products: 0,
            customers: 1,
            orders: 0,
            all_pending: true,
        };
        let products = synthetic(bench.products, SEED).into_iter().map(product);
        let keys = bed.data.path().join("keys");
        let begun = Instant::now();
        let rooms = Rooms::open(
            bed.target()?,
            &keys,
            products.chain(made_up::elements(people)),
        );
        let rooms = rooms.await?;
        row("import of the catalogue", &seconds(begun.elapsed()));
        let session = rooms.sign_in(&made_up::customer_id(0)).await?;
        let first = searched(&rooms, session, &json!({ "query": "oak table" })).await?;
        row("first call, which builds the index", &seconds(first));
        for kind in KINDS {
            let (before, mut times) = (process::cpu("self")?, Vec::new());
            for query in kind.queries.iter().cycle().take(ROUNDS) {
                times.push(searched(&rooms, session, &arguments(kind, query)).await?);
            }
            let cpu = process::cpu("self")?.saturating_sub(before);
            let each = cpu / u32::try_from(ROUNDS)?;
            row(
                kind.name,
                &format!("{}  CPU {} each", Series::new(times).told(), millis(each)),
            );
        }
        Ok(())
    })
}

async fn searched(rooms: &Rooms, session: SessionId, args: &Value) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    rooms.call(session, Tool::SearchProducts, args).await?;
    Ok(begun.elapsed())
}

fn product(indexed: IndexedProduct) -> Element {
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
        stock: None,
    });
    Element::Product(Product {
        variants: variants.collect(),
        id: indexed.id,
        title: indexed.title,
        description: indexed.description,
        category: indexed.category,
        image_url: None,
        options: indexed.options,
    })
}
