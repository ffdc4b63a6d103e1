//! E05: what a reader may not see is left out before anything is counted or ranked.

use store::{documents::DocumentRow, passages::PassageKind};
use terms::{DocumentId, Timestamp};

use super::{Counting, MORE_QUESTIONS, OFF_TOPIC, OneShop, QUESTIONS, shop};
use crate::{Audience, Hit, Knowledge};

/// Documents for staff that have much in common with what shoppers read: they would change how rare
/// words are, how long a passage is on average, which words are known and what slips stand for.
fn for_staff(shop: &OneShop) -> Vec<DocumentRow> {
    let rng = Counting::default();
    let texts = [
        (
            "Refunds above the limit",
            "Refunds over 200 euros need an admin. Klarna refunds, sofas and returns of furniture: ask Robin first. Never tell shoppers.",
        ),
        (
            "Parkhaus",
            "Das Parkhaus Kaiserplatz gibt unseren Kunden zwei Stunden frei; nur auf Nachfrage nennen.",
        ),
        (
            "Delivery delivery delivery",
            "Delivery, delivery to Switzerland, express delivery, returns, gift cards, warranty, candles, wool, plates, discount, password, customs, samples.",
        ),
    ];
    let rows = texts
        .iter()
        .cycle()
        .take(30)
        .map(|(title, body)| DocumentRow {
            shop: shop.id,
            id: DocumentId::random(&rng),
            kind: PassageKind::Page,
            title: (*title).to_owned(),
            body: (*body).to_owned(),
            audience: Audience::Staff,
            url: None,
            version: 1,
            updated_at: Timestamp::from_millis(0),
        });
    rows.collect()
}

async fn all(shop: &mut OneShop, knowledge: &Knowledge, reader: Audience) -> Vec<Vec<Hit>> {
    let id = shop.id;
    let more = [
        "where is the Parkhaus",
        "who may refund over 200 euros",
        "kaiserplazt",
        "Robin",
    ];
    let asked = QUESTIONS
        .iter()
        .chain(MORE_QUESTIONS)
        .map(|(text, _)| *text);
    let mut found = Vec::new();
    for question in asked.chain(OFF_TOPIC.iter().copied()).chain(more) {
        let hits = knowledge.search(shop, id, reader, question, 20).await;
        found.push(hits.unwrap());
    }
    found
}

#[tokio::test]
async fn shoppers_find_to_the_digit_what_they_would_find_without_documents_for_staff() {
    let (mut alone, knowledge) = shop().await;
    let before = all(&mut alone, &knowledge, Audience::Everyone).await;
    let (mut beside, knowledge) = shop().await;
    *beside.documents.lock().unwrap() = for_staff(&beside);
    // Staff search first, so that an index shared by mistake would be theirs.
    let staff = all(&mut beside, &knowledge, Audience::Staff).await;
    let after = all(&mut beside, &knowledge, Audience::Everyone).await;
    // Scores and confidence included: leaving hits out after ranking would not do.
    assert_eq!(before, after);
    assert_ne!(staff, after, "the documents for staff weigh nothing");
}

#[tokio::test]
async fn staff_find_both() {
    let (mut shop, knowledge) = shop().await;
    *shop.documents.lock().unwrap() = for_staff(&shop);
    let id = shop.id;
    for (question, audience) in [
        ("where is the Parkhaus", Audience::Staff),
        ("how do I wash a wool sweater", Audience::Everyone),
    ] {
        let hits = knowledge
            .search(&mut shop, id, Audience::Staff, question, 3)
            .await
            .unwrap();
        assert_eq!(hits.first().unwrap().audience, audience, "{question}");
    }
}
