//! Questions that found no answer: collected without who asked, and gone with whose they are.

use identity::{
    SessionToken,
    actions::{ReadKnowledge, WriteKnowledge},
};
use journey::{JourneyError, questions::Question};
use ledger::{Actor, Recorder};
use store::{Database as _, keys::Owner};
use terms::{QuestionId, RetentionClass};
use vault::Erasure;

use crate::world::World;

async fn open(world: &World, agent: &SessionToken) -> Vec<Question> {
    let permit = world.permit::<ReadKnowledge>(agent).await;
    // Somebody writes meanwhile, and neither waits for the other.
    let writing = world.database.begin().await.unwrap();
    let mut snapshot = world.snapshot().await;
    let found = world.journey.questions(&mut *snapshot, &permit).await;
    drop((snapshot, writing));
    let mut tx = world.database.begin().await.unwrap();
    let found = world
        .journey
        .record_questions(&mut *tx, &permit, found.unwrap())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    found
}

#[tokio::test]
async fn the_same_question_of_many_is_one_without_their_names() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    assert!(open(&world, &agent).await.is_empty());
    for text in [
        "Do you repair zithers? Write to mara.klein@example.com or call +49 170 1234567",
        "Who is the president of Peru?",
        "who's the president of PERU",
        "How can I return goods?",
        "hello",
        "thanks",
    ] {
        world.clock.advance(core::time::Duration::from_secs(1));
        world.guest_who_said(text).await;
    }
    let found = open(&world, &agent).await;
    let texts: Vec<(&str, usize)> = found
        .iter()
        .map(|one| (one.text.as_str(), one.count))
        .collect();
    assert_eq!(
        texts,
        [
            ("who's the president of PERU", 2),
            (
                "Do you repair zithers? Write to [EMAIL_1] or call [PHONE_1]",
                1
            ),
        ]
    );
    assert_eq!(
        world.kinds().await.get("knowledge.questions_read"),
        Some(&2)
    );

    let permit = world.permit::<WriteKnowledge>(&agent).await;
    let put_away = |id| world.journey.put_away(&world.database, &permit, id);
    put_away(found[0].id).await.unwrap();
    let again = put_away(found[0].id).await;
    assert!(matches!(again, Err(JourneyError::NoSuchQuestion)));
    let none = put_away(QuestionId::random(&*world.rng)).await;
    assert!(matches!(none, Err(JourneyError::NoSuchQuestion)));
    assert_eq!(open(&world, &agent).await.len(), 1);
    // Asked again in vain, it is back.
    world.guest_who_said("Who is the president of Peru?").await;
    assert_eq!(open(&world, &agent).await.len(), 2);
}

#[tokio::test]
async fn sent_twice_is_asked_once() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let (guest, conversation) = (world.guest().await, world.conversation());
    let message = world.message();
    for _ in 0..2 {
        let sent = world.send(
            &guest.token,
            conversation,
            message,
            "Do you repair zithers?",
        );
        sent.await.unwrap();
    }
    assert_eq!(open(&world, &agent).await[0].count, 1);
}

#[tokio::test]
async fn who_is_forgotten_has_asked_nothing() {
    let world = World::new().await;
    let agent = world.agent("Kim Lindgren").await;
    let (_, conversation, _) = world.guest_who_said("Do you repair zithers?").await;
    world.guest_who_said("do you repair zithers").await;
    assert_eq!(open(&world, &agent).await[0].count, 2);

    let mut tx = world.database.begin().await.unwrap();
    let erasure = Erasure {
        shop: world.shop,
        owner: Owner::Conversation(conversation),
        classes: RetentionClass::ALL.to_vec(),
        reason: "shopper_asked",
    };
    let recorder = Recorder::new(world.clock.clone(), world.rng.clone());
    let recorded = recorder
        .record(&mut *tx, world.shop, Actor::System, None, erasure)
        .await
        .unwrap();
    world.vault.forget(&mut *tx, recorded).await.unwrap();
    tx.commit().await.unwrap();
    let left = open(&world, &agent).await;
    assert_eq!((left.len(), left[0].count), (1, 1));
    // In the database there was never a word of it outside of the turn.
    let mut snapshot = world.snapshot().await;
    let marks = snapshot.unanswered(world.shop, 9).await.unwrap();
    assert_eq!(marks.len(), 2);
}
