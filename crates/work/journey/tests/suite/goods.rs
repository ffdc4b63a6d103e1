//! Goods in a conversation: what is shown is what the search found.

use dialogue::{Draft, Intent, LookUp, Step, Wanted};
use gallery::Drawing;
use guard::{
    OrderCard, ProductCard,
    gate::{Block, Part, QuoteKind},
};

use store::Database as _;
use terms::{Picture, PictureKind, PictureName, Timestamp};

use crate::{adversary::Adversary, world::World};

fn shown(blocks: &[Block]) -> Vec<ProductCard> {
    let products = blocks.iter().filter_map(|block| match block {
        Block::Products { products } => Some(products.clone()),
        Block::Product { product } => Some(vec![product.card.clone()]),
        _ => None,
    });
    products.flatten().collect()
}

async fn answer(world: &World, text: &str) -> Vec<Block> {
    let (_, _, answered) = world.guest_who_said(text).await;
    answered.turns.last().unwrap().words.blocks().to_vec()
}

#[tokio::test]
async fn goods_are_shown_with_their_price_and_whether_they_are_there() {
    let world = World::new().await;
    world.sell().await;
    let found = shown(&answer(&world, "show me mugs under 20 euros").await);
    let [mug] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (mug.id.as_str(), mug.title.as_str()),
        ("mug", "Stoneware mug")
    );
    assert_eq!((mug.price, mug.currency.as_str()), (1_600, "EUR"));
    assert!(!mug.from && !mug.in_stock);
    let there = answer(&world, "any mugs in stock?").await;
    assert!(shown(&there).is_empty());
}

/// What the catalogue says is quoted word for word with its source, and the next version of it at once.
#[tokio::test]
async fn what_is_asked_of_goods_is_answered_from_the_catalogue() {
    let world = World::new().await;
    world.sell().await;
    let blocks = answer(&world, "how do I wash the mug with gold rim?").await;
    let source = blocks.iter().find_map(|block| match block {
        Block::Source { kind, id, title } => Some((*kind, id.as_str(), title.as_str())),
        _ => None,
    });
    assert_eq!(
        source,
        Some((QuoteKind::Product, "rim", "Mug with gold rim"))
    );
    let words = |blocks: &[Block]| {
        let texts = blocks.iter().filter_map(|block| match block {
            Block::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    assert!(
        words(&blocks).contains("washed by hand and never in a machine"),
        "{blocks:?}"
    );
    // Another mug is described by nothing: nothing is quoted.
    let blocks = answer(&world, "how do I wash the stoneware mug?").await;
    let mut sources = blocks
        .iter()
        .filter(|block| matches!(block, Block::Source { .. }));
    assert_eq!(sources.next(), None, "{blocks:?}");
}

/// A shop that only answers questions is asked for goods like any other.
#[tokio::test]
async fn a_shop_without_a_catalogue_answers() {
    let blocks = answer(&World::new().await, "show me mugs").await;
    assert!(shown(&blocks).is_empty());
    assert!(matches!(blocks[0], Block::Text { .. }), "{blocks:?}");
}

fn card(id: &str) -> ProductCard {
    ProductCard {
        id: id.to_owned(),
        title: "Yours for nothing".to_owned(),
        category: None,
        currency: "EUR".to_owned(),
        price: 1,
        from: false,
        variants: 1,
        in_stock: true,
        picture: None,
    }
}

/// The planner is the attacker: it writes another price on a card, and makes one up.
#[tokio::test]
async fn a_card_says_what_the_search_found_and_none_is_made_up() {
    let liar = Adversary(Box::new(|_, results| {
        if results.is_empty() {
            return Step::Call(Intent::LookUp(LookUp::Products(Wanted {
                words: "mug".to_owned(),
                ..Wanted::default()
            })));
        }
        let parts = vec![Part::Products(vec![card("rim"), card("yacht")])];
        Step::Reply(Draft {
            parts,
            unanswered: false,
        })
    }));
    let world = World::with(liar).await;
    world.sell().await;
    let found = shown(&answer(&world, "hello").await);
    let [rim] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (rim.title.as_str(), rim.price),
        ("Mug with gold rim", 2_400)
    );
    assert!(!rim.in_stock);

    let without_looking = Adversary(Box::new(|_, _| {
        let parts = vec![Part::Products(vec![card("mug")])];
        Step::Reply(Draft {
            parts,
            unanswered: false,
        })
    }));
    let world = World::with(without_looking).await;
    world.sell().await;
    assert!(shown(&answer(&world, "hello").await).is_empty());
}

/// The name of a picture that nobody keeps.
fn made_up() -> Picture {
    let name = PictureName::new([0xee; 32], PictureKind::Svg);
    Picture {
        card: name,
        detail: name,
    }
}

/// The planner is the attacker: what picture stands on a card is not its to say.
#[tokio::test]
async fn a_card_has_the_picture_that_the_shop_keeps_and_no_other() {
    let liar = Adversary(Box::new(|_, results| {
        if results.is_empty() {
            return Step::Call(Intent::LookUp(LookUp::Products(Wanted {
                words: "mug".to_owned(),
                ..Wanted::default()
            })));
        }
        let pictured = |id: &str| ProductCard {
            picture: Some(made_up()),
            ..card(id)
        };
        Step::Reply(Draft {
            parts: vec![Part::Products(vec![pictured("mug"), pictured("rim")])],
            unanswered: false,
        })
    }));
    let world = World::with(liar).await;
    world.sell().await;
    let none = shown(&answer(&world, "hello").await);
    assert_eq!(
        none.iter().map(|card| card.picture).collect::<Vec<_>>(),
        [None, None]
    );

    let drawing = Drawing {
        body: "<circle ~a/>",
        backdrop: "#ffffff",
        colours: ["#111111"; 3],
    };
    let mut tx = world.database.begin().await.unwrap();
    let now = Timestamp::from_millis(1_000);
    drawing
        .give(&mut *tx, world.shop, "mug", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let found = shown(&answer(&world, "hello").await);
    let [mug, rim] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(rim.picture, None);
    let kept = mug.picture.unwrap();
    assert_ne!(kept, made_up());
    let mut read = world.database.snapshot().await.unwrap();
    let row = read.picture(world.shop, kept.card).await.unwrap().unwrap();
    assert_eq!(row.image, drawing.svg().into_bytes());
}

fn order_of(blocks: &[Block]) -> Vec<OrderCard> {
    let orders = blocks.iter().filter_map(|block| match block {
        Block::Order { order } => Some(order.clone()),
        _ => None,
    });
    orders.collect()
}

fn words(blocks: &[Block]) -> String {
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// A conversation of whoever has proved this address.
async fn told(world: &World, email: &str, text: &str) -> Vec<Block> {
    let guest = world.guest().await;
    let proved = world.prove_address(&guest.token, email).await;
    let conversation = world.conversation();
    let answered = world
        .send(&proved.opened.token, conversation, world.message(), text)
        .await
        .unwrap();
    answered.turns.last().unwrap().words.blocks().to_vec()
}

#[tokio::test]
async fn where_an_order_is_is_told_to_whoever_proved_to_be_its_owner() {
    let world = World::new().await;
    world.sell().await;
    let guest = answer(&world, "where is my order?").await;
    assert!(order_of(&guest).is_empty());
    assert!(
        words(&guest).contains("confirm your e-mail address"),
        "{}",
        words(&guest)
    );

    let blocks = told(&world, "ada@example.com", "where is my order?").await;
    let found = order_of(&blocks);
    let [order] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (order.id.as_str(), order.status.as_str()),
        ("ADA-1001", "shipped")
    );
    assert_eq!(
        (order.total, &order.tracking[..]),
        (1_600, &["TRACK-7".to_owned()][..])
    );
    assert!(words(&blocks).contains("on its way"));
    assert_eq!(world.kinds().await["tool.read"], 1);

    // Another's is not found, and is called as what does not exist.
    let others = told(&world, "ada@example.com", "where is my order BEN-1001?").await;
    let none = told(&world, "ada@example.com", "where is my order NO-1001?").await;
    assert_eq!(words(&others), words(&none));
    assert!(
        words(&others).contains("no order of that number"),
        "{}",
        words(&others)
    );
    // What she may have meant instead is hers.
    for blocks in [others, none] {
        let shown = order_of(&blocks);
        assert!(shown.iter().all(|order| order.id == "ADA-1001") && shown.len() == 1);
    }
    // Who has not bought yet is told so.
    let nothing = told(&world, "new@example.com", "where is my order?").await;
    assert!(words(&nothing).contains("no order under your e-mail address"));
}

/// The planner is the attacker: it draws an order that the tools did not give it.
#[tokio::test]
async fn no_order_is_shown_that_was_not_found_for_her() {
    let liar = Adversary(Box::new(|_, results| {
        if results.is_empty() {
            return Step::Call(Intent::Orders {
                number: Some("BEN-1001".to_owned()),
            });
        }
        let card = OrderCard {
            id: "BEN-1001".to_owned(),
            status: "delivered".to_owned(),
            servicing: None,
            paid: true,
            total: 1,
            currency: "EUR".to_owned(),
            titles: vec!["A secret".to_owned()],
            tracking: Vec::new(),
            placed_at: None,
            pictures: vec![made_up().card],
        };
        Step::Reply(Draft {
            parts: vec![Part::Order(card)],
            unanswered: false,
        })
    }));
    let world = World::with(liar).await;
    world.sell().await;
    assert!(order_of(&told(&world, "ada@example.com", "hello").await).is_empty());
    let world_of_ben = told(&world, "ben@example.com", "hello").await;
    let found = order_of(&world_of_ben);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].total, found[0].titles[0].as_str()),
        (1_600, "Stoneware mug")
    );
    assert!(found[0].pictures.is_empty());
}
