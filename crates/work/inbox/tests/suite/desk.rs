//! Taking over, answering, handing back, noting; and the line in the ledger for each.

use guard::gate;
use inbox::{Head, InboxError, Turn, desk::MOST_NOTES};
use store::conversations::{Author, ConversationState};
use store::desk::QueueFilter;
use terms::{ConversationId, MessageId, NoteId, RoleName, Untrusted};

use crate::world::{Agent, World, policy, reply};

async fn take(world: &World, agent: &Agent, id: ConversationId) -> Result<Head, InboxError> {
    let permit = world.permit(agent).await;
    let mut tx = world.begin().await;
    let head = world.inbox.take_over(&mut *tx, &permit, id).await?;
    tx.commit().await.unwrap();
    Ok(head)
}

async fn hand_back(world: &World, agent: &Agent, id: ConversationId) -> Result<Head, InboxError> {
    let permit = world.permit(agent).await;
    let mut tx = world.begin().await;
    let head = world.inbox.hand_back(&mut *tx, &permit, id).await?;
    tx.commit().await.unwrap();
    Ok(head)
}

async fn answer(
    world: &World,
    agent: &Agent,
    id: ConversationId,
    message: MessageId,
    text: &str,
) -> Result<Vec<Turn>, InboxError> {
    let permit = world.permit(agent).await;
    let mut tx = world.begin().await;
    let turns = world
        .inbox
        .reply(&mut *tx, &permit, id, message, &reply(text), &policy())
        .await?;
    tx.commit().await.unwrap();
    Ok(turns)
}

async fn note(
    world: &World,
    agent: &Agent,
    id: ConversationId,
    note: NoteId,
    text: &str,
) -> Result<inbox::Note, InboxError> {
    let permit = world.permit(agent).await;
    let admitted = gate::note(Untrusted::new(text.to_owned())).unwrap();
    let mut tx = world.begin().await;
    let written = world
        .inbox
        .write_note(&mut *tx, &permit, id, note, &admitted)
        .await?;
    tx.commit().await.unwrap();
    Ok(written)
}

async fn read(world: &World, agent: &Agent, id: ConversationId, after: i64) -> inbox::Transcript {
    let permit = world.permit(agent).await;
    let mut tx = world.begin().await;
    let transcript = world
        .inbox
        .read(&mut *tx, &permit, id, after, &policy())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    transcript
}

#[tokio::test]
async fn from_the_assistant_to_a_person_and_back() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    assert_eq!(world.row(id).await.state, ConversationState::Assistant);

    assert!(world.ask_for_person(id).await);
    assert!(!world.ask_for_person(id).await, "it waits already");
    let row = world.row(id).await;
    assert_eq!(row.state, ConversationState::Waiting);
    assert_eq!(row.waiting_since, Some(row.updated_at));

    let head = take(&world, &robin, id).await.unwrap();
    assert_eq!(head.assigned, Some((robin.id, "Robin Reed".to_owned())));
    let row = world.row(id).await;
    assert_eq!(row.state, ConversationState::Human);
    assert_eq!((row.assigned, row.waiting_since), (Some(robin.id), None));
    assert!(!world.ask_for_person(id).await, "a person is there");

    answer(&world, &robin, id, world.message(), "here I am")
        .await
        .unwrap();
    hand_back(&world, &robin, id).await.unwrap();
    let row = world.row(id).await;
    assert_eq!(
        (row.state, row.assigned),
        (ConversationState::Assistant, None)
    );

    let turns = world.seen_by(&guest.token, id).await.unwrap();
    let seen: Vec<_> = turns
        .iter()
        .map(|turn| (turn.position, turn.author, turn.name.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, Author::Shopper, None),
            (2, Author::System, None),
            (3, Author::Human, Some("Robin Reed")),
            (4, Author::System, None),
        ]
    );
    let kinds = world.kinds().await;
    for (kind, count) in [
        ("conversation.person_requested", 1),
        ("conversation.taken_over", 1),
        ("conversation.handed_back", 1),
        ("conversation.turn_stored", 4),
    ] {
        assert_eq!(kinds[kind], count, "{kind}");
    }
}

#[tokio::test]
async fn taking_twice_changes_nothing_and_a_colleague_comes_too_late() {
    let world = World::new().await;
    let (_, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Keller", RoleName::ADMIN).await;
    take(&world, &robin, id).await.unwrap();
    let before = world.row(id).await;
    take(&world, &robin, id).await.unwrap();
    assert!(matches!(
        take(&world, &kim, id).await,
        Err(InboxError::AlreadyTaken)
    ));
    assert_eq!(world.row(id).await, before);
    assert_eq!(world.entries("conversation.taken_over").await.len(), 1);
    assert!(matches!(
        hand_back(&world, &kim, id).await,
        Err(InboxError::NotAssigned)
    ));
    hand_back(&world, &robin, id).await.unwrap();
    assert!(matches!(
        hand_back(&world, &robin, id).await,
        Err(InboxError::NotAssigned)
    ));
    take(&world, &kim, id).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_colleagues_who_take_it_at_once_one_has_it() {
    let world = std::sync::Arc::new(World::new().await);
    let (_, id) = world.guest_who_said("help").await;
    let mut tasks = Vec::new();
    for number in 0..6 {
        let agent = world
            .agent(&format!("Agent {number}"), RoleName::AGENT)
            .await;
        let world = world.clone();
        tasks.push(tokio::spawn(async move {
            match take(&world, &agent, id).await {
                Ok(_) => true,
                Err(InboxError::AlreadyTaken) => false,
                Err(other) => panic!("{other}"),
            }
        }));
    }
    let mut winners = 0;
    for task in tasks {
        winners += usize::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
}

#[tokio::test]
async fn only_who_has_taken_it_over_answers() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Keller", RoleName::ADMIN).await;
    for _ in 0..2 {
        for agent in [&kim, &robin] {
            assert!(matches!(
                answer(&world, agent, id, world.message(), "hello").await,
                Err(InboxError::NotAssigned)
            ));
        }
        assert_eq!(world.seen_by(&guest.token, id).await.unwrap().len(), 1);
        world.ask_for_person(id).await;
    }
    take(&world, &robin, id).await.unwrap();
    assert!(matches!(
        answer(&world, &kim, id, world.message(), "hello").await,
        Err(InboxError::NotAssigned)
    ));
}

#[tokio::test]
async fn an_answer_sent_again_is_the_same_turn() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Keller", RoleName::AGENT).await;
    take(&world, &robin, id).await.unwrap();
    let message = world.message();
    let text = "see **this** [page](https://shop.example/returns)";
    let first = answer(&world, &robin, id, message, text).await.unwrap();
    let again = answer(&world, &robin, id, message, text).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(
        (first[0].id, first[0].position),
        (again[0].id, again[0].position)
    );
    assert_eq!(first[0].words.blocks(), again[0].words.blocks());
    assert!(matches!(
        answer(&world, &robin, id, message, "something else").await,
        Err(InboxError::OtherText)
    ));
    hand_back(&world, &robin, id).await.unwrap();
    // The acknowledgement was lost and the conversation handed back meanwhile: still the same turn.
    let late = answer(&world, &robin, id, message, text).await.unwrap();
    assert_eq!(late[0].id, first[0].id);
    // A colleague who happens on the id gets nothing by it.
    take(&world, &kim, id).await.unwrap();
    assert!(matches!(
        answer(&world, &kim, id, message, text).await,
        Err(InboxError::OtherText)
    ));
    let turns = world.seen_by(&guest.token, id).await.unwrap();
    let human = turns.iter().filter(|turn| turn.author == Author::Human);
    assert_eq!(human.count(), 1);
}

#[tokio::test]
async fn a_note_is_never_among_the_shoppers_turns() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let (_, other) = world.guest_who_said("help me too").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Keller", RoleName::AGENT).await;
    let note_id = NoteId::random(&*world.rng);
    let secret = "suspects a fraud";
    let written = note(&world, &robin, id, note_id, secret).await.unwrap();
    assert_eq!(written.text, secret);
    assert_eq!(written.name.as_deref(), Some("Robin Reed"));
    // The same again is the same; other words, another author or another conversation are refused.
    let again = note(&world, &robin, id, note_id, secret).await.unwrap();
    assert_eq!(again.at, written.at);
    for (agent, id, text) in [
        (&robin, id, "other words"),
        (&kim, id, secret),
        (&robin, other, secret),
    ] {
        assert!(matches!(
            note(&world, agent, id, note_id, text).await,
            Err(InboxError::OtherText)
        ));
    }
    assert_eq!(world.entries("conversation.note_written").await.len(), 1);

    let turns = world.seen_by(&guest.token, id).await.unwrap();
    assert_eq!(turns.len(), 1);
    assert!(!turns[0].words.plain_text().contains(secret));
    let transcript = read(&world, &kim, id, 0).await;
    assert_eq!(transcript.notes.len(), 1);
    assert_eq!(transcript.turns.len(), 1);
}

#[tokio::test]
async fn notes_have_an_end() {
    let world = World::new().await;
    let (_, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let new = || NoteId::random(&*world.rng);
    let first = new();
    note(&world, &robin, id, first, "one more").await.unwrap();
    for _ in 1..MOST_NOTES {
        note(&world, &robin, id, new(), "one more").await.unwrap();
    }
    let refused = note(&world, &robin, id, new(), "one more").await;
    assert!(matches!(refused, Err(InboxError::TooManyNotes)));
    // One that was written is still the same when it is sent again.
    note(&world, &robin, id, first, "one more").await.unwrap();
    assert_eq!(read(&world, &robin, id, 0).await.notes.len(), MOST_NOTES);
}

#[tokio::test]
async fn what_staff_read_is_recorded_exactly() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("one").await;
    for text in ["two", "three"] {
        world.say(&guest.token, id, text).await.unwrap();
    }
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    assert_eq!(read(&world, &robin, id, 0).await.turns.len(), 3);
    assert_eq!(read(&world, &robin, id, 2).await.turns.len(), 1);
    // No new turn: the notes and whose conversation it is were read all the same.
    assert_eq!(read(&world, &robin, id, 3).await.turns.len(), 0);

    let entries = world.entries("conversation.read").await;
    let stored = world.entries("conversation.turn_stored").await;
    let mut ranges = Vec::new();
    for (subject, leaf) in &entries {
        assert_eq!(leaf["actor"], format!("staff:{}", robin.id));
        // Hers to find, as long as her key lives.
        assert_eq!(*subject, stored[0].0);
        assert!(subject.is_some());
        let details = &leaf["details"];
        ranges.push((
            details["after"].as_i64().unwrap(),
            details["through"].as_i64().unwrap(),
        ));
        assert!(!leaf.to_string().contains(&id.to_string()));
    }
    ranges.sort_unstable();
    assert_eq!(ranges, [(0, 3), (2, 3), (3, 3)]);
}

/// A read whose entry does not become durable shows nothing: the caller commits before showing.
#[tokio::test]
async fn a_read_that_is_rolled_back_leaves_no_entry() {
    let world = World::new().await;
    let (_, id) = world.guest_who_said("one").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let permit = world.permit(&robin).await;
    let taking = world.permit(&robin).await;
    let before = world.kinds().await;
    let mut tx = world.begin().await;
    world
        .inbox
        .read(&mut *tx, &permit, id, 0, &policy())
        .await
        .unwrap();
    world.inbox.take_over(&mut *tx, &taking, id).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(world.kinds().await, before);
    assert_eq!(world.row(id).await.state, ConversationState::Assistant);
}

#[tokio::test]
async fn a_long_conversation_is_read_in_pages() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("1").await;
    for number in 2..=205 {
        world
            .say(&guest.token, id, &number.to_string())
            .await
            .unwrap();
    }
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let first = read(&world, &robin, id, 0).await;
    assert_eq!((first.turns.len(), first.more), (200, true));
    let rest = read(&world, &robin, id, 200).await;
    assert_eq!((rest.turns.len(), rest.more), (5, false));
    assert_eq!(world.entries("conversation.read").await.len(), 2);
}

#[tokio::test]
async fn the_queue_shows_the_longest_waiting_first_and_no_address() {
    let world = World::new().await;
    let mut waiting = Vec::new();
    for address in ["ada@example.com", "bo@example.com"] {
        let (guest, id) = world.guest_who_said("help").await;
        world.prove_address(&guest.token, address).await;
        world.tick();
        world.ask_for_person(id).await;
        waiting.push(id);
    }
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let heads = world
        .inbox
        .queue(
            &mut *world.snapshot().await,
            &world.permit(&robin).await,
            &QueueFilter {
                states: vec![ConversationState::Waiting],
                ..QueueFilter::default()
            },
            10,
        )
        .await
        .unwrap();
    let shown: Vec<_> = heads
        .iter()
        .map(|head| (head.conversation, head.shopper.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            (waiting[0], Some("a•••@example.com")),
            (waiting[1], Some("b•••@example.com")),
        ]
    );
}
