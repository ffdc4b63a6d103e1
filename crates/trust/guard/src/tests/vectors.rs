//! The numbers that are cards and those that are not, from the list that the widget's own pass is
//! held to as well.

use serde::Deserialize;

use super::inbound;
use crate::gate;

#[derive(Deserialize)]
struct Vectors {
    cards: Vec<Card>,
    other_numbers: Vec<String>,
}

#[derive(Deserialize)]
struct Card {
    text: String,
    /// What is left when card numbers are taken out.
    masked: String,
    /// And security codes, where there are any.
    with_codes: Option<String>,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../tests/vectors/cards.json")).unwrap()
}

fn admitted(text: &str) -> (String, bool) {
    let inbound = inbound(text);
    let visible = gate::echo(&inbound.admitted).plain_text();
    assert_eq!(visible, inbound.admitted.as_str().trim(), "{text}");
    (inbound.admitted.as_str().to_owned(), inbound.card_removed)
}

#[test]
fn every_card_of_the_list_is_removed() {
    let cards = vectors().cards;
    assert!(cards.len() > 90);
    let missed: Vec<String> = cards
        .into_iter()
        .filter_map(|card| {
            let expected = card.with_codes.unwrap_or(card.masked);
            let (left, removed) = admitted(&card.text);
            (left != expected || !removed).then(|| format!("{:?}: {left:?}", card.text))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_other_number_of_the_list_stays() {
    let numbers = vectors().other_numbers;
    assert!(numbers.len() > 30);
    let lost: Vec<String> = numbers
        .into_iter()
        .filter_map(|text| {
            let (left, removed) = admitted(&text);
            (left != text || removed).then(|| format!("{text:?}: {left:?}"))
        })
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[derive(Deserialize)]
struct Secret {
    text: String,
    masked: String,
}

/// Passwords, codes and keys, with and without cards, and what is none of them.
#[test]
fn secrets_of_the_list_are_removed_and_nothing_else_is() {
    let secrets: Vec<Secret> =
        serde_json::from_str(include_str!("../../tests/vectors/secrets.json")).unwrap();
    assert!(secrets.len() > 200);
    let wrong: Vec<String> = secrets
        .into_iter()
        .filter_map(|secret| {
            let left = admitted(&secret.text).0;
            let again = admitted(&left).0;
            (left != secret.masked || again != left).then(|| format!("{:?}: {left:?}", secret.text))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
