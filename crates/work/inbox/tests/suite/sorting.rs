//! Giving a conversation to a colleague, closing it, tags, saved replies; and the line for each.

use inbox::{Head, InboxError};
use store::{conversations::ConversationState, desk::QueueFilter};
use terms::{ConversationId, RoleName, StaffId, Untrusted};

use crate::world::{Agent, World, policy, reply};

async fn assign(
    world: &World,
    by: &Agent,
    id: ConversationId,
    to: StaffId,
) -> Result<Head, InboxError> {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let head = world.inbox.assign(&mut *tx, &permit, id, to).await?;
    tx.commit().await.unwrap();
    Ok(head)
}

async fn close(world: &World, by: &Agent, id: ConversationId) -> Result<Head, InboxError> {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let head = world.inbox.close(&mut *tx, &permit, id).await?;
    tx.commit().await.unwrap();
    Ok(head)
}

async fn reopen(world: &World, by: &Agent, id: ConversationId) -> Head {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let head = world.inbox.reopen(&mut *tx, &permit, id).await.unwrap();
    tx.commit().await.unwrap();
    head
}

async fn tag(
    world: &World,
    by: &Agent,
    id: ConversationId,
    tags: &[&str],
) -> Result<Vec<String>, InboxError> {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
    let head = world.inbox.tag(&mut *tx, &permit, id, tags).await?;
    tx.commit().await.unwrap();
    Ok(head.tags)
}

async fn add_tag(world: &World, by: &Agent, name: &str) -> Result<(), InboxError> {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let name = Untrusted::new(name.to_owned());
    world.inbox.add_tag(&mut *tx, &permit, name).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn save_reply(world: &World, by: &Agent, name: &str, text: &str) -> Result<(), InboxError> {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let text = Untrusted::new(text.to_owned());
    world
        .inbox
        .save_reply(&mut *tx, &permit, name, text, &policy())
        .await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn answer(world: &World, by: &Agent, id: ConversationId) {
    let permit = world.permit(by).await;
    let mut tx = world.begin().await;
    let message = world.message();
    let words = reply("here I am");
    let answered = world
        .inbox
        .reply(&mut *tx, &permit, id, message, &words, &policy())
        .await;
    answered.unwrap();
    tx.commit().await.unwrap();
}

async fn count(world: &World, kind: &str) -> usize {
    world.kinds().await.get(kind).copied().unwrap_or_default()
}

#[tokio::test]
async fn a_conversation_goes_from_hand_to_hand() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Oak", RoleName::AGENT).await;

    world.ask_for_person(id).await;
    let asked_at = world.row(id).await.waiting_since;
    world.tick();
    let head = assign(&world, &robin, id, kim.id).await.unwrap();
    assert_eq!(head.assigned, Some((kim.id, "Kim Oak".to_owned())));
    // She waits for an answer since she asked, whoever got her.
    assert_eq!(
        (head.waiting_since, head.unanswered_since),
        (None, asked_at)
    );
    // It is Kim's now, and hers to give away.
    let taken = assign(&world, &robin, id, robin.id).await;
    assert!(matches!(taken, Err(InboxError::Identity(_))), "{taken:?}");
    let head = assign(&world, &kim, id, robin.id).await.unwrap();
    assert_eq!(head.unanswered_since, asked_at);
    assign(&world, &robin, id, robin.id).await.unwrap();
    assert_eq!(count(&world, "conversation.assigned").await, 2);

    answer(&world, &robin, id).await;
    assert_eq!(world.row(id).await.unanswered_since, None);
    world.say(&guest.token, id, "and now?").await.unwrap();
    let owed = world.row(id).await;
    assert_eq!(owed.unanswered_since, Some(owed.updated_at));
    world.tick();
    world.say(&guest.token, id, "still there?").await.unwrap();
    assert_eq!(world.row(id).await.unanswered_since, owed.unanswered_since);

    // Nobody of another shop, nobody who left, nobody at all.
    let nobody = assign(&world, &robin, id, StaffId::random(&*world.rng)).await;
    assert!(matches!(nobody, Err(InboxError::NoSuchColleague)));
    let mut tx = world.begin().await;
    world
        .identity
        .danger_disable_as_operator(&mut *tx, world.shop, kim.id)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let left = assign(&world, &robin, id, kim.id).await;
    assert!(matches!(left, Err(InboxError::NoSuchColleague)));
    let permit = world.permit(&robin).await;
    let mut snapshot = world.snapshot().await;
    let names = world.inbox.assignees(&mut *snapshot, &permit).await;
    let names: Vec<String> = names.unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Robin Reed"]);
}

#[tokio::test]
async fn what_is_closed_opens_when_she_writes() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::ADMIN).await;
    let kim = world.agent("Kim Oak", RoleName::AGENT).await;

    assign(&world, &robin, id, robin.id).await.unwrap();
    // A colleague's conversation is hers to close.
    let other = close(&world, &kim, id).await;
    assert!(matches!(other, Err(InboxError::AlreadyTaken)));
    let head = close(&world, &robin, id).await.unwrap();
    assert!(head.closed_at.is_some());
    let row = world.row(id).await;
    assert_eq!(
        (row.state, row.assigned),
        (ConversationState::Assistant, None)
    );
    // Robin left, and she is told so.
    assert_eq!(row.last_position, 3);
    close(&world, &robin, id).await.unwrap();
    assert_eq!(count(&world, "conversation.closed").await, 1);

    let permit = world.permit(&robin).await;
    let open = QueueFilter {
        states: ConversationState::ALL.to_vec(),
        ..QueueFilter::default()
    };
    let mut snapshot = world.snapshot().await;
    let listed = world.inbox.queue(&mut *snapshot, &permit, &open, 9).await;
    assert!(listed.unwrap().is_empty());
    let counts = world.inbox.queue_counts(&mut *snapshot, &permit).await;
    assert_eq!(counts.unwrap().closed, 1);
    drop(snapshot);

    assert!(reopen(&world, &kim, id).await.closed_at.is_none());
    close(&world, &robin, id).await.unwrap();
    world.say(&guest.token, id, "one more thing").await.unwrap();
    assert_eq!(world.row(id).await.closed_at, None);
    close(&world, &robin, id).await.unwrap();
    assert!(world.ask_for_person(id).await);
    assert_eq!(world.row(id).await.closed_at, None);
    // Whoever waits is not waiting any more when it is closed, and was not answered.
    close(&world, &robin, id).await.unwrap();
    assert_eq!(world.row(id).await.waiting_since, None);
    let mut snapshot = world.snapshot().await;
    let since = terms::Timestamp::from_millis(0);
    let times = snapshot.answer_times(world.shop, since, 9).await.unwrap();
    assert!(times.is_empty());
}

#[tokio::test]
async fn how_long_people_waited_is_until_the_first_answer() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::ADMIN).await;
    for seconds in [3, 5] {
        let (_, id) = world.guest_who_said("help").await;
        world.ask_for_person(id).await;
        for _ in 1..seconds {
            world.tick();
        }
        assign(&world, &robin, id, robin.id).await.unwrap();
        world.tick();
        answer(&world, &robin, id).await;
        world.tick();
        answer(&world, &robin, id).await;
    }
    // Taken over without having asked: nobody waited.
    let (_, id) = world.guest_who_said("help").await;
    assign(&world, &robin, id, robin.id).await.unwrap();
    answer(&world, &robin, id).await;

    let permit = world.permit(&robin).await;
    let mut snapshot = world.snapshot().await;
    let found = world.inbox.overview(&mut *snapshot, &permit).await.unwrap();
    assert_eq!(found.answer_times.answers, 2);
    assert_eq!(found.answer_times.median, Some(3_000));
    assert_eq!(found.answer_times.ninth_tenth, Some(5_000));
    let today = found.days.last().unwrap();
    assert_eq!((today.opened, today.alone, today.handed_over), (3, 0, 3));
    assert_eq!(found.hours.len(), 24);
    assert_eq!(found.hours.iter().map(|hour| hour.opened).sum::<i64>(), 3);
    assert_eq!((found.queue.human, found.queue.mine), (3, 3));
}

#[tokio::test]
async fn tags_are_the_shops_own() {
    let world = World::new().await;
    let (_, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    for name in [" damaged ", "Größe", "damaged"] {
        add_tag(&world, &robin, name).await.unwrap();
    }
    for bad in [
        "",
        "  ",
        "a\nb",
        "longer than twenty-four letters",
        "4111 1111 1111 1111",
    ] {
        assert!(add_tag(&world, &robin, bad).await.is_err(), "{bad}");
    }
    assert_eq!(count(&world, "desk.tag_added").await, 2);
    let given = tag(&world, &robin, id, &["damaged", "Größe", "damaged"]).await;
    assert_eq!(given.unwrap(), ["Größe", "damaged"]);
    tag(&world, &robin, id, &["Größe", "damaged"])
        .await
        .unwrap();
    assert_eq!(count(&world, "conversation.tagged").await, 1);
    let unknown = tag(&world, &robin, id, &["blue"]).await;
    assert!(matches!(unknown, Err(InboxError::NoSuchName("tag"))));

    let permit = world.permit(&robin).await;
    let mut tx = world.begin().await;
    world
        .inbox
        .remove_tag(&mut *tx, &permit, "damaged")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.begin().await;
    let gone = world.inbox.remove_tag(&mut *tx, &permit, "damaged").await;
    assert!(matches!(gone, Err(InboxError::NoSuchName("tag"))));
    drop(tx);
    assert_eq!(count(&world, "desk.tag_removed").await, 1);
    let mut snapshot = world.snapshot().await;
    let left = snapshot.tags_of(world.shop, id).await.unwrap();
    assert_eq!(left, ["Größe"]);
}

#[tokio::test]
async fn saved_replies_say_what_a_reply_may_say() {
    let world = World::new().await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    save_reply(&world, &robin, "hello", "Hello {given_name}")
        .await
        .unwrap();
    save_reply(&world, &robin, "hello", "Hi").await.unwrap();
    for bad in ["", "Hello", "-a", "a b", "ä", &"a".repeat(33)] {
        let refused = save_reply(&world, &robin, bad, "Hi").await;
        assert!(matches!(refused, Err(InboxError::BadName { .. })), "{bad}");
    }
    assert!(save_reply(&world, &robin, "empty", " ").await.is_err());
    save_reply(&world, &robin, "card", "pay to 4111 1111 1111 1111")
        .await
        .unwrap();
    let permit = world.permit(&robin).await;
    let mut snapshot = world.snapshot().await;
    let words = world
        .inbox
        .desk_words(&mut *snapshot, &permit)
        .await
        .unwrap();
    let kept: Vec<_> = words.replies.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(kept, ["card", "hello"]);
    assert!(
        !words.replies[0].text.contains("4111 1111"),
        "no card number is kept"
    );
    assert_eq!(words.replies[1].text, "Hi");
    drop(snapshot);
    let permit = world.permit(&robin).await;
    let mut tx = world.begin().await;
    world
        .inbox
        .remove_reply(&mut *tx, &permit, "hello")
        .await
        .unwrap();
    let gone = world.inbox.remove_reply(&mut *tx, &permit, "hello").await;
    assert!(matches!(gone, Err(InboxError::NoSuchName("saved reply"))));
}

/// A page that fetches what is new has shown it to nobody; whoever looks says so.
#[tokio::test]
async fn unread_is_each_readers_own() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("one").await;
    world.say(&guest.token, id, "two").await.unwrap();
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Oak", RoleName::AGENT).await;
    let unread = async |agent: &Agent| {
        let permit = world.permit(agent).await;
        let mut snapshot = world.snapshot().await;
        let all = QueueFilter {
            states: ConversationState::ALL.to_vec(),
            ..QueueFilter::default()
        };
        let heads = world.inbox.queue(&mut *snapshot, &permit, &all, 9).await;
        heads.unwrap()[0].unread
    };
    assert_eq!(unread(&robin).await, 2);
    let permit = world.permit(&robin).await;
    for position in [1, 99, -5] {
        let mut tx = world.begin().await;
        let seen = world.inbox.seen(&mut *tx, &permit, id, position).await;
        seen.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!((unread(&robin).await, unread(&kim).await), (0, 2));
    world.say(&guest.token, id, "three").await.unwrap();
    assert_eq!(unread(&robin).await, 1);
}

/// C25: an agent reads a conversation only while it is hers, waits, or is the assistant's.
#[tokio::test]
async fn a_colleagues_conversation_is_closed_to_an_agent() {
    let world = World::new().await;
    let (_, id) = world.guest_who_said("help").await;
    let robin = world.agent("Robin Reed", RoleName::AGENT).await;
    let kim = world.agent("Kim Oak", RoleName::AGENT).await;
    let noor = world.agent("Noor Aziz", RoleName::ADMIN).await;
    world.ask_for_person(id).await;
    for agent in [&robin, &kim] {
        assert!(reads(&world, agent, id).await, "it waits");
    }
    assign(&world, &robin, id, robin.id).await.unwrap();
    assert!(reads(&world, &robin, id).await);
    assert!(!reads(&world, &kim, id).await, "it is a colleague's");
    assert!(
        reads(&world, &noor, id).await,
        "who leads reads all of them"
    );
    // Refused before anything is written: nobody is on the record as having read it.
    assert_eq!(count(&world, "conversation.read").await, 4);

    // Nothing else is done to it by her either, nor told her by what would change nothing.
    let outcome = close(&world, &kim, id).await;
    assert!(outcome.is_err(), "{outcome:?}");
    let outcome = assign(&world, &kim, id, robin.id).await;
    assert!(
        matches!(outcome, Err(InboxError::Identity(_))),
        "{outcome:?}"
    );
    let permit = world.permit(&kim).await;
    let mut tx = world.begin().await;
    let outcome = world.inbox.reopen(&mut *tx, &permit, id).await;
    assert!(
        matches!(outcome, Err(InboxError::Identity(_))),
        "{outcome:?}"
    );
    drop(tx);
    // The list says whose it is, and that she does not open it.
    for (agent, opens) in [(&robin, true), (&kim, false), (&noor, true)] {
        let permit = world.permit(agent).await;
        let filter = QueueFilter {
            states: vec![ConversationState::Human],
            ..QueueFilter::default()
        };
        let mut snapshot = world.snapshot().await;
        let heads = world.inbox.queue(&mut *snapshot, &permit, &filter, 9).await;
        let heads = heads.unwrap();
        assert_eq!(heads.len(), 1);
        assert_eq!(heads[0].opens, opens);
        let name = heads[0].assigned.as_ref().map(|(_, name)| name.as_str());
        assert_eq!(name, Some("Robin Reed"));
    }
    // Of one who left it is nobody's, and waits for whoever comes.
    let mut tx = world.begin().await;
    world
        .identity
        .danger_disable_as_operator(&mut *tx, world.shop, robin.id)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(reads(&world, &kim, id).await);
}

async fn reads(world: &World, who: &Agent, id: ConversationId) -> bool {
    let permit = world.permit(who).await;
    let mut tx = world.begin().await;
    let read = world.inbox.read(&mut *tx, &permit, id, 0, &policy()).await;
    match read {
        Ok(_) => {
            tx.commit().await.unwrap();
            true
        }
        Err(InboxError::Identity(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}
