use commerce::document::{Element, Options};
use terms::Timestamp;

use super::{Filters, IndexedProduct, IndexedVariant, ProductIndex, synthetic};

fn sample() -> ProductIndex {
    let (_, elements) = crate::sample::elements(7, Timestamp::from_millis(1_795_339_800_125));
    let products = elements.iter().filter_map(|element| match element {
        Element::Product(product) => Some(IndexedProduct::from(product)),
        _ => None,
    });
    ProductIndex::build(products)
}

fn ids<'a>(index: &'a ProductIndex, query: &str, filters: &Filters) -> Vec<&'a str> {
    index.search(query, filters).map(|hit| hit.id).collect()
}

fn found<'a>(index: &'a ProductIndex, query: &str) -> Vec<&'a str> {
    ids(index, query, &Filters::default())
}

/// What people ask for, and what they should see first.
#[test]
fn the_right_product_comes_first() {
    let index = sample();
    let mut wrong = Vec::new();
    for (query, expected) in [
        // Words of the title, in any order and case.
        ("oak dining table", "oak-dining-table"),
        ("TABLE dining OAK", "oak-dining-table"),
        ("linen cushion", "linen-cushion-cover"),
        ("chopping board", "ash-chopping-board"),
        ("signet ring", "silver-signet-ring"),
        ("bird box", "larch-bird-box"),
        ("gift card", "gift-card"),
        // What it is stands above what it is made of or goes with.
        ("candle holder", "brass-candle-holder"),
        ("stool", "ash-step-stool"),
        ("sofa", "boucle-sofa"),
        ("lantern", "zinc-storm-lantern"),
        // Options.
        ("blue linen cushion", "linen-cushion-cover"),
        ("rust sofa", "boucle-sofa"),
        ("sage duvet", "linen-duvet-set"),
        ("fig leaf candle", "scented-soy-candle"),
        ("linen cushion 50x50", "linen-cushion-cover"),
        ("navy cardigan xl", "merino-cardigan"),
        ("red paper stars", "paper-stars"),
        // The plural, and the singular of a plural.
        ("linen cushions", "linen-cushion-cover"),
        ("pillowcase", "linen-pillowcases"),
        ("tumbler", "recycled-tumblers"),
        ("hammocks", "cotton-hammock"),
        ("coat racks", "alder-coat-rack"),
        ("gloves", "gardening-gloves"),
        // Slips.
        ("linen cushoin", "linen-cushion-cover"),
        ("hamock", "cotton-hammock"),
        ("cutlary", "cutlery-set"),
        ("casserolle", "cast-iron-casserole"),
        ("neklace", "moonstone-necklace"),
        ("wtaering can", "watering-can"),
        ("secaters", "forged-secateurs"),
        // Unfinished.
        ("oak side", "oak-sideboard"),
        ("moonst", "moonstone-necklace"),
        ("storage ja", "glass-storage-jars"),
        // Accents, foreign words.
        ("boucle", "boucle-sofa"),
        ("BOUCLÉ sofa", "boucle-sofa"),
        ("Zirbenkissen", "swiss-pine-pillow"),
        ("Räuchermännchen", "smoker-figure"),
        ("rauchermannchen", "smoker-figure"),
        ("Gugelhupf", "gugelhupf-tin"),
        ("schwibogen", "schwibbogen-candle-arch"),
        ("kelim", "wool-rug"),
        ("Fröbel stars", "paper-stars"),
        // Written apart or together.
        ("teatowels", "linen-tea-towels"),
        ("tea lights", "beeswax-tea-lights"),
        ("side board", "oak-sideboard"),
        ("end grain board", "ash-chopping-board"),
        // Codes.
        ("AA-TX101-BLU-45X45C", "linen-cushion-cover"),
        ("aa-fu102-nat", "ash-dining-chair"),
        ("AA FU107 RUS", "boucle-sofa"),
        // Padding and unknown words.
        (
            "I am looking for a hammock for the garden",
            "cotton-hammock",
        ),
        ("do you have an apron please", "linen-apron"),
        ("flumsige hammock", "cotton-hammock"),
        // Other words for the same.
        ("couch", "boucle-sofa"),
        ("settee", "boucle-sofa"),
        ("carpet round", "jute-rug"),
        ("silver jewelry", "silver-leaf-earrings"),
        ("gray scarf", "lambswool-scarf"),
        ("cushion insert", "feather-cushion-inner"),
        ("Hängematte", "cotton-hammock"),
        ("Kerzen", "beeswax-pillar-candle"),
        ("Leinenkissen", "linen-cushion-cover"),
        ("weiße Handtücher", "waffle-towel"),
        ("Bett aus Eiche", "oak-bed-frame"),
        ("flower pot", "terracotta-plant-pot"),
        ("knife", "cutlery-set"),
        // Descriptions.
        ("induction pot", "cast-iron-casserole"),
        ("wood oil", "wood-care-oil"),
        ("wool detergent", "wool-detergent"),
        ("great tits", "larch-bird-box"),
    ] {
        let found = found(&index, query);
        if found.first() != Some(&expected) {
            wrong.push(format!("{query}: {:?}", found.get(..4).unwrap_or(&found)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_fits_every_word_is_above_what_does_not() {
    let index = sample();
    let hits: Vec<_> = index.search("ash chair", &Filters::default()).collect();
    assert!(hits.is_sorted_by(|one, other| one.score >= other.score));
    let all = hits.iter().take_while(|hit| hit.score >= 1 << 30).count();
    assert!(all >= 1 && all < hits.len());
    assert!(found(&index, "xylophone").is_empty());
    assert!(
        found(&index, "lamo").is_empty(),
        "four letters are taken as they are"
    );
    assert!(found(&index, "cotonn hammok").contains(&"cotton-hammock"));
}

#[test]
fn without_words_everything_comes_in_its_own_order() {
    let index = sample();
    for query in [
        "",
        "   ",
        "\n\t",
        "?!…",
        "\u{0}\u{1b}",
        "🙂🛋️",
        "---",
        "\u{200B}",
    ] {
        assert_eq!(found(&index, query).len(), index.len(), "{query:?}");
    }
    assert_eq!(found(&index, "").first(), Some(&"oak-dining-table"));
    let candles = Filters {
        category: Some(" CANDLES ".to_owned()),
        ..Filters::default()
    };
    assert_eq!(ids(&index, "", &candles).len(), 8);
    assert!(!index.is_empty() && ProductIndex::build([]).is_empty());
    assert_eq!(found(&ProductIndex::build([]), "oak").len(), 0);
}

fn product(id: &str, variants: &[(&str, &str, i64)]) -> IndexedProduct {
    let variants = variants.iter().map(|(colour, size, price)| IndexedVariant {
        id: format!("{id}-{colour}-{size}"),
        sku: None,
        title: None,
        options: Options(vec![
            ("Colour".to_owned(), (*colour).to_owned()),
            ("Size".to_owned(), (*size).to_owned()),
        ]),
        price: *price,
        available: true,
    });
    IndexedProduct {
        id: id.to_owned(),
        title: format!("Shirt {id}"),
        description: None,
        category: Some("Möbel".to_owned()),
        options: vec!["Colour".to_owned(), "Size".to_owned()],
        variants: variants.collect(),
    }
}

#[test]
fn one_variant_passes_all_filters_together() {
    let bare = IndexedProduct {
        variants: Vec::new(),
        category: None,
        ..product("d", &[])
    };
    let index = ProductIndex::build([
        product("a", &[("blue", "L", 1000), ("red", "S", 2000)]),
        product("b", &[("Blue", "S", 3000)]),
        product("c", &[("red", "L", 500)]),
        bare,
    ]);
    let options = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    let colour = |colour: &str| Filters {
        options: options(&[("COLOUR", colour)]),
        ..Filters::default()
    };
    let price = |min_price, max_price, colour: Option<&str>| Filters {
        min_price,
        max_price,
        options: colour
            .map(|colour| options(&[("colour", colour)]))
            .unwrap_or_default(),
        ..Filters::default()
    };
    let category = |category: &str| Filters {
        category: Some(category.to_owned()),
        ..Filters::default()
    };
    let blue_small = Filters {
        options: options(&[("colour", "blue"), ("size", "s")]),
        ..Filters::default()
    };
    for (filters, expected) in [
        (Filters::default(), &["a", "b", "c", "d"][..]),
        (colour("BLUE"), &["a", "b"]),
        (colour("green"), &[]),
        (blue_small, &["b"]),
        (price(Some(1500), None, Some("blue")), &["b"]),
        (price(None, Some(1000), None), &["a", "c"]),
        (price(Some(1000), Some(1000), None), &["a"]),
        (price(Some(2), Some(1), None), &[]),
        (
            price(Some(i64::MIN), Some(i64::MAX), None),
            &["a", "b", "c"],
        ),
        (category("MOBEL"), &["a", "b", "c"]),
        (category("Furniture"), &[]),
        (category(""), &[]),
    ] {
        for query in ["", "shirt", "shirts"] {
            assert_eq!(
                ids(&index, query, &filters),
                expected,
                "{query} {filters:?}"
            );
        }
    }
}

#[test]
fn what_cannot_be_bought_is_below_its_like() {
    let mut gone = product("a", &[("blue", "L", 1000)]);
    gone.variants[0].available = false;
    let index = ProductIndex::build([gone, product("b", &[("blue", "L", 1000)])]);
    assert_eq!(found(&index, "blue shirt"), ["b", "a"]);
}

#[test]
fn what_a_title_names_in_the_end_weighs_more() {
    let titled = |id: &str, title: &str| IndexedProduct {
        title: title.to_owned(),
        ..product(id, &[])
    };
    let index = ProductIndex::build([titled("a", "Table lamp"), titled("b", "Lamp table")]);
    assert_eq!(found(&index, "table"), ["b", "a"]);
    assert_eq!(found(&index, "lamps"), ["a", "b"]);
}

#[test]
fn a_search_may_be_pulled_and_left() {
    let index = sample();
    let filters = Filters::default();
    let all = found(&index, "oak");
    let mut ranked = index.search("oak", &filters);
    let first: Vec<_> = ranked.by_ref().take(3).map(|hit| hit.id).collect();
    let rest: Vec<_> = ranked.map(|hit| hit.id).collect();
    assert_eq!([first, rest].concat(), all);
    assert_eq!(all, found(&index, "oak"));
}

/// Whatever is asked, no panic, and no hit twice.
#[test]
fn hostile_queries_are_only_queries() {
    let index = ProductIndex::build(synthetic(2000, 1));
    let halves = "tablelamp chairbench ringboard rugbowl ".repeat(1000);
    let long = "a".repeat(100_000);
    let words = "table ".repeat(20_000);
    let typos = "tabke lapm cusion blnket chiar ".repeat(4000);
    let nested = "a-b.c/".repeat(20_000);
    let accents = "e\u{301}\u{308}".repeat(30_000);
    for query in [
        &long,
        &halves,
        &words,
        &typos,
        &nested,
        &accents,
        "'; DROP TABLE products; --",
        "<script>alert(1)</script>",
        "\u{202E}elbat\u{0}\u{FFFF}",
        "🛋️ table 🛋️",
        "%_*?[](){}^$\\",
        "ﬁ ǅ ẞ İ ٣ 茶",
        "s",
        "sy",
        "SY-",
    ] {
        let found = found(&index, query);
        let mut distinct = found.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), found.len());
    }
    assert_eq!(
        found(&index, &words).first(),
        found(&index, "table").first(),
        "a word said often is one word said often"
    );
}

#[test]
fn hostile_products_are_only_products() {
    let mut odd = product("odd", &[("", "", i64::MIN), ("\u{0}", "🙂", i64::MAX)]);
    odd.title = "x".repeat(50_000);
    odd.description = Some("\u{301}".repeat(50_000));
    odd.category = Some(String::new());
    odd.variants[0].sku = Some("-".repeat(5000));
    let twin = odd.clone();
    let index = ProductIndex::build([odd, twin, product("b", &[])]);
    assert_eq!(found(&index, ""), ["odd", "odd", "b"]);
    assert_eq!(found(&index, "shirt b"), ["b"]);
    let cheap = Filters {
        max_price: Some(i64::MIN),
        ..Filters::default()
    };
    assert_eq!(ids(&index, "", &cheap), ["odd", "odd"]);
}

#[test]
fn synthetic_products_are_the_same_for_the_same_seed() {
    assert!(synthetic(50, 3) == synthetic(50, 3));
    assert!(synthetic(50, 3) != synthetic(50, 4));
    let products = synthetic(3000, 3);
    let index = ProductIndex::build(products.clone());
    assert_eq!(index.len(), 3000);
    // Every product is found by its code.
    for product in products.iter().step_by(97) {
        let code = product.variants[0].sku.as_deref().unwrap();
        assert!(found(&index, code).contains(&product.id.as_str()), "{code}");
    }
}
