//! Goods in a conversation: what is shown is what the search found.

use dialogue::{Draft, Intent, Step, Wanted};
use guard::gate::{Block, Part, ProductCard};

use crate::{adversary::Adversary, world::World};

fn shown(blocks: &[Block]) -> Vec<ProductCard> {
    let products = blocks.iter().filter_map(|block| match block {
        Block::Products { products } => Some(products.clone()),
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
    }
}

/// The planner is the attacker: it writes another price on a card, and makes one up.
#[tokio::test]
async fn a_card_says_what_the_search_found_and_none_is_made_up() {
    let liar = Adversary(Box::new(|_, results| {
        if results.is_empty() {
            return Step::Call(Intent::SearchProducts(Wanted {
                words: "mug".to_owned(),
                ..Wanted::default()
            }));
        }
        let parts = vec![Part::Products(vec![card("rim"), card("yacht")])];
        Step::Reply(Draft { parts })
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
        Step::Reply(Draft { parts })
    }));
    let world = World::with(without_looking).await;
    world.sell().await;
    assert!(shown(&answer(&world, "hello").await).is_empty());
}
