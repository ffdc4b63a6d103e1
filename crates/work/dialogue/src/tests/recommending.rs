//! What is recommended from what she bought, and only when she says so.

use guard::gate::{Block, Cleared};

use super::{Talk, goods::bought};

fn shown(reply: &Cleared) -> Vec<&str> {
    let blocks = reply.blocks().iter();
    let cards = blocks.filter_map(|block| match block {
        Block::Products { products } => Some(products.iter().map(|card| card.id.as_str())),
        _ => None,
    });
    cards.flatten().collect()
}

#[test]
fn her_orders_are_looked_at_only_when_she_asks_for_it() {
    let mut talk = Talk::new();
    talk.orders = Some(|| vec![bought("A-1", "stoneware-mug")]);
    let reply = talk.say("can you recommend something?");
    assert!(
        reply
            .plain_text()
            .contains("If you like, I look at what you bought")
    );
    assert_eq!(talk.orders_read, 0, "an offer reads nothing");
    for asked in [
        "Recommend something that goes with what I bought",
        "suggest something based on what i ordered, ah, what I've bought",
        "Empfehlen Sie mir etwas, das zu dem passt, was ich gekauft habe",
    ] {
        let mut talk = Talk::new();
        talk.orders = Some(|| vec![bought("A-1", "stoneware-mug")]);
        let reply = talk.say(asked);
        assert_eq!(talk.orders_read, 1, "{asked}");
        let found = shown(&reply);
        assert!(
            !found.is_empty() && !found.contains(&"stoneware-mug"),
            "{asked}: {found:?}"
        );
        assert!(
            reply.plain_text().contains("Stoneware mug"),
            "{asked}: why is said"
        );
        // The next one does not look again.
        talk.say("and something for the garden?");
        assert_eq!(talk.orders_read, 1, "{asked}");
    }
}

#[test]
fn whoever_has_not_proved_who_she_is_is_asked_to() {
    let reply = Talk::new().say("recommend something that goes with what I bought");
    let mut blocks = reply.blocks().iter();
    assert!(
        blocks.any(|block| matches!(block, Block::Form(_))),
        "{}",
        reply.plain_text()
    );
    assert!(shown(&reply).is_empty());
}

#[test]
fn nothing_is_found_where_nothing_was_bought() {
    let mut talk = Talk::new();
    talk.orders = Some(Vec::new);
    let reply = talk.say("recommend something that goes with what I bought");
    assert!(
        reply.plain_text().contains("nothing that goes with"),
        "{}",
        reply.plain_text()
    );
}
