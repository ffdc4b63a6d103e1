//! What the assistant remembers: pseudonyms stay the same over turns and are of one conversation.

use std::sync::{Arc, Mutex};

use dialogue::{Draft, Planner, State, Step, ToolResult};
use guard::gate::{Part, Redacted, Treatments};
use store::conversations::ConversationState;
use terms::Untrusted;

use crate::world::World;

/// Writes down what it sees and says it back.
#[derive(Clone, Default)]
pub(crate) struct Parrot {
    pub(crate) saw: Arc<Mutex<Vec<String>>>,
}

impl Planner for Parrot {
    fn step(&self, state: State, message: &Redacted, _: &[ToolResult]) -> (State, Step) {
        self.saw.lock().unwrap().push(message.as_str().to_owned());
        let words = Untrusted::new(message.as_str().to_owned());
        let parts = vec![Part::Text(words)];
        (
            state,
            Step::Reply(Draft {
                parts,
                unanswered: false,
            }),
        )
    }
}

#[tokio::test]
async fn the_same_value_has_the_same_placeholder_in_every_turn() {
    let parrot = Parrot::default();
    let world = World::with(parrot.clone()).await;
    let (guest, conversation, _) = world.guest_who_said("I am ada@example.com").await;
    world
        .say(&guest.token, conversation, "or bo@example.com")
        .await;
    let answered = world
        .say(&guest.token, conversation, "no: ada@example.com")
        .await;
    assert_eq!(
        *parrot.saw.lock().unwrap(),
        ["I am [EMAIL_1]", "or [EMAIL_2]", "no: [EMAIL_1]"]
    );
    // Restored for its owner.
    let reply = answered.turns.last().unwrap();
    assert_eq!(reply.words.plain_text(), "no: ada@example.com");
}

/// By the table a planner reads towns and never who lives where; a shop that hides towns as well tightens it.
#[tokio::test]
async fn a_planner_sees_what_the_table_keeps_and_a_shop_may_tighten_it() {
    let said =
        "The parcel is for Rosalind Achterberg, Gartenweg 5, 10115 Berlin. Do you ship to Austria?";
    let by_the_table = "The parcel is for [PERSON_1], [ADDRESS_1]. Do you ship to Austria?";
    let tightened = "The parcel is for [PERSON_1], [ADDRESS_1]. Do you ship to [PLACE_1]?";
    for (hidden, sees) in [(&[][..], by_the_table), (&["LOCATION"][..], tightened)] {
        let parrot = Parrot::default();
        let mut world = World::with(parrot.clone()).await;
        let treatments = Treatments::hiding(hidden.iter().copied()).unwrap();
        world.journey = world.journey.clone().hiding(treatments);
        let (_, _, answered) = world.guest_who_said(said).await;
        assert_eq!(*parrot.saw.lock().unwrap(), [sees]);
        // She reads her own words as she wrote them, and the values in what is said back to her.
        let read: Vec<String> = answered
            .turns
            .iter()
            .map(|turn| turn.words.plain_text())
            .collect();
        assert!(read.iter().any(|words| words == said), "{read:?}");
        let reply = read.last().unwrap();
        assert!(reply.contains("Rosalind Achterberg"), "{reply}");
        assert!(reply.contains("Austria") && !reply.contains('['), "{reply}");
    }
}

#[tokio::test]
async fn placeholders_survive_the_merge() {
    let parrot = Parrot::default();
    let world = World::with(parrot.clone()).await;
    let (guest, conversation, _) = world.guest_who_said("I am ada@example.com").await;
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    world
        .say(&ada.opened.token, conversation, "ada@example.com it is")
        .await;
    assert_eq!(parrot.saw.lock().unwrap()[1], "[EMAIL_1] it is");
}

/// A repeated message is not planned again, and what it would have added is not remembered.
#[tokio::test]
async fn a_repeated_message_is_not_seen_twice() {
    let parrot = Parrot::default();
    let world = World::with(parrot.clone()).await;
    let (guest, conversation, answered) = world.guest_who_said("hello").await;
    let id = answered.turns[0].message.unwrap();
    world
        .send(&guest.token, conversation, id, "hello")
        .await
        .unwrap();
    assert_eq!(parrot.saw.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn while_a_person_is_awaited_or_there_the_planner_sees_nothing() {
    let parrot = Parrot::default();
    let world = World::with(parrot.clone()).await;
    let (guest, conversation, _) = world.guest_who_said("hello").await;
    let scope = identity::Scope::new();
    let proof = world
        .identity
        .shopper(&scope, &mut *world.snapshot().await, &guest.token)
        .await
        .unwrap();
    for expected in [1, 0] {
        let answered = world
            .journey
            .ask_for_person(&world.database, &proof, conversation)
            .await
            .unwrap();
        assert_eq!(answered.state, ConversationState::Waiting);
        assert_eq!(answered.turns.len(), expected);
    }
    let answered = world.say(&guest.token, conversation, "anybody?").await;
    assert_eq!(answered.turns.len(), 1, "her own words and no answer");
    assert_eq!(parrot.saw.lock().unwrap().len(), 1);

    let other = world.guest().await;
    let proof = world
        .identity
        .shopper(&scope, &mut *world.snapshot().await, &other.token)
        .await
        .unwrap();
    let outcome = world
        .journey
        .ask_for_person(&world.database, &proof, conversation)
        .await;
    assert!(outcome.is_err(), "another's conversation is not queued");
}
