//! A message id is answered once, however often and however many at once it is sent.

use std::sync::Arc;

use identity::sessions::Opened;
use inbox::{InboxError, Turn};
use journey::{Answered, JourneyError};
use store::conversations::Author;
use terms::{ConversationId, MessageId};

use crate::world::World;

fn shape(turns: &[Turn]) -> Vec<(terms::TurnId, i64, Vec<u8>)> {
    turns
        .iter()
        .map(|turn| (turn.id, turn.position, turn.words.to_stored()))
        .collect()
}

fn other_text(outcome: Result<Answered, JourneyError>) -> bool {
    matches!(outcome, Err(JourneyError::Inbox(InboxError::OtherText)))
}

#[tokio::test]
async fn the_same_again_is_the_same_answer() {
    let world = World::new().await;
    let (guest, conversation) = (world.guest().await, world.conversation());
    let text = "Can I send goods back? My card is 4111 1111 1111 1111.";
    let mut first = Vec::new();
    for (number, id) in [world.message(), world.message()].into_iter().enumerate() {
        let answered = world
            .send(&guest.token, conversation, id, text)
            .await
            .unwrap();
        assert!(!answered.repeated);
        // Own words, notice of the card, answer; the AI notice in the first reply only.
        assert_eq!(answered.turns.len(), if number == 0 { 4 } else { 3 });
        first.push((id, answered));
    }
    // Also when more was said since.
    world.say(&guest.token, conversation, "hello").await;
    let before = world.turns(conversation).await.len();
    for (id, first) in first {
        let again = world
            .send(&guest.token, conversation, id, text)
            .await
            .unwrap();
        assert!(again.repeated);
        assert_eq!(shape(&again.turns), shape(&first.turns));
        assert!(other_text(
            world
                .send(&guest.token, conversation, id, "other words")
                .await
        ));
    }
    assert_eq!(world.turns(conversation).await.len(), before);
}

#[tokio::test]
async fn an_id_of_the_assistants_or_anothers_turn_gives_nothing_away() {
    let world = World::new().await;
    let (guest, conversation, answered) = world.guest_who_said("hello").await;
    let id = answered.turns[0].message.unwrap();
    // The same id in a conversation of one's own is a new message.
    let other = world.guest().await;
    let fresh = world
        .send(&other.token, world.conversation(), id, "hi there")
        .await
        .unwrap();
    assert!(!fresh.repeated);
    // In hers it is refused as if the conversation did not exist.
    assert!(matches!(
        world.send(&other.token, conversation, id, "hello").await,
        Err(JourneyError::Inbox(InboxError::NoSuchConversation))
    ));
    assert!(
        world
            .send(&guest.token, conversation, id, "hello")
            .await
            .unwrap()
            .repeated
    );
}

async fn sent_at_once(
    world: &Arc<World>,
    guest: &Arc<Opened>,
    conversation: ConversationId,
    messages: Vec<(MessageId, String)>,
) -> Vec<Answered> {
    let tasks: Vec<_> = messages
        .into_iter()
        .map(|(id, text)| {
            let (world, guest) = (world.clone(), guest.clone());
            tokio::spawn(async move {
                world
                    .send(&guest.token, conversation, id, &text)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_message_sent_eight_times_at_once_is_stored_once() {
    let world = Arc::new(World::new().await);
    let guest = Arc::new(world.guest().await);
    let (conversation, id) = (world.conversation(), world.message());
    let messages = vec![(id, "Can I send goods back?".to_owned()); 8];
    let answers = sent_at_once(&world, &guest, conversation, messages).await;
    let firsts = answers.iter().filter(|answer| !answer.repeated);
    assert_eq!(firsts.count(), 1);
    for answer in &answers {
        assert_eq!(shape(&answer.turns), shape(&answers[0].turns));
    }
    assert_eq!(world.turns(conversation).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn different_messages_at_once_have_places_without_gaps() {
    let world = Arc::new(World::new().await);
    let guest = Arc::new(world.guest().await);
    let conversation = world.conversation();
    let messages: Vec<_> = (0..12)
        .map(|number| (world.message(), format!("question number {number}")))
        .collect();
    let answers = sent_at_once(&world, &guest, conversation, messages.clone()).await;
    assert!(answers.iter().all(|answer| !answer.repeated));
    let turns = world.turns(conversation).await;
    let positions: Vec<i64> = turns.iter().map(|turn| turn.position).collect();
    let expected: Vec<i64> = (1..).take(positions.len()).collect();
    assert_eq!(positions, expected);
    // Each once, each answered once and directly after it.
    let own: Vec<&Turn> = turns
        .iter()
        .filter(|turn| turn.author == Author::Shopper)
        .collect();
    assert_eq!(own.len(), 12);
    for (id, text) in &messages {
        let mut stored = own.iter().filter(|turn| turn.message == Some(*id));
        let stored = stored.next().unwrap();
        assert_eq!(stored.words.plain_text(), *text);
        let replies = turns
            .iter()
            .filter(|turn| turn.in_reply_to == Some(stored.position) && turn.author == Author::Ai);
        assert_eq!(replies.count(), 1);
    }
    let notices = turns.iter().filter(|turn| turn.author == Author::System);
    assert_eq!(notices.count(), 1, "the AI notice comes once");
}

#[tokio::test]
async fn an_ended_session_sends_nothing() {
    let world = World::new().await;
    let (guest, conversation, _) = world.guest_who_said("hello").await;
    world.prove_address(&guest.token, "ada@example.com").await;
    let outcome = world
        .send(&guest.token, conversation, world.message(), "hello")
        .await;
    assert!(matches!(
        outcome,
        Err(JourneyError::Identity(
            identity::IdentityError::NeedsSession
        ))
    ));
}
