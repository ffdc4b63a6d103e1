//! What is asked of goods beside their price.

use super::{Talk, sources};

#[test]
fn what_is_asked_of_a_product_is_answered_from_its_description() {
    for (asked, product, words) in [
        (
            "what temperature do I wash the waffle bath towel at?",
            "waffle-towel",
            "60 °C",
        ),
        (
            "how long does the beeswax pillar candle burn?",
            "beeswax-pillar-candle",
            "about 25 hours",
        ),
        (
            "tell me more about the candle snuffer",
            "candle-snuffer",
            "Blackened steel",
        ),
        (
            "what is the candle snuffer made of?",
            "candle-snuffer",
            "Blackened steel",
        ),
        (
            "bei wie viel grad wasche ich das waffle bath towel?",
            "waffle-towel",
            "60 °C",
        ),
        (
            "wie gross ist die tufted cotton bath mat?",
            "cotton-bath-mat",
            "60 × 90 cm",
        ),
    ] {
        let reply = Talk::new().say(asked);
        let text = reply.plain_text();
        assert_eq!(sources(&reply), [product], "{asked}: {text}");
        assert!(text.contains(words), "{asked}: {text}");
    }
}

#[test]
fn what_was_shown_may_be_asked_about() {
    let mut talk = Talk::new();
    talk.say("do you have a waffle bathrobe?");
    let reply = talk.say("can I wash it at 60 degrees?");
    assert_eq!(
        sources(&reply),
        ["waffle-bathrobe"],
        "{}",
        reply.plain_text()
    );
    let reply = talk.say("does it have pockets?");
    assert!(
        reply.plain_text().contains("two deep pockets"),
        "{}",
        reply.plain_text()
    );
    let reply = talk.say("und wie wird er gewaschen?");
    assert_eq!(
        sources(&reply),
        ["waffle-bathrobe"],
        "{}",
        reply.plain_text()
    );
}

/// Nothing is guessed: where the catalogue does not say it, that is what is said.
#[test]
fn what_the_catalogue_does_not_say_is_not_made_up() {
    let reply = Talk::new().say("how heavy is the candle snuffer?");
    let text = reply.plain_text();
    assert!(text.contains("nothing more exact"), "{text}");
    let mut talk = Talk::new();
    talk.say("do you have a waffle bathrobe?");
    let reply = talk.say("who won the world cup?");
    assert!(sources(&reply).is_empty(), "{}", reply.plain_text());
    for asked in [
        "how much is the candle snuffer?",
        "is the waffle bathrobe in stock?",
        "candle snuffer",
    ] {
        let reply = Talk::new().say(asked);
        assert!(
            sources(&reply).is_empty(),
            "{asked}: {}",
            reply.plain_text()
        );
    }
}

#[test]
fn a_question_that_names_no_product_may_be_answered_by_the_catalogue() {
    let reply = Talk::new().say("do hand-turned things need olive oil or lavender and rosemary?");
    assert_eq!(
        sources(&reply),
        ["olive-oil-soap"],
        "{}",
        reply.plain_text()
    );
}
