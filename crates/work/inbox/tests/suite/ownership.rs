//! A conversation is shown to its own shopper and to nobody else.

use identity::{IdentityError, Scope};
use inbox::InboxError;
use terms::{Locale, RoleName};

use crate::world::World;

fn no_such<T: core::fmt::Debug>(outcome: Result<T, InboxError>) -> bool {
    matches!(outcome, Err(InboxError::NoSuchConversation))
}

#[tokio::test]
async fn another_guest_finds_nothing() {
    let world = World::new().await;
    let (hers, conversation) = world.guest_who_said("mine").await;
    let other = world.guest().await;
    assert!(no_such(world.seen_by(&other.token, conversation).await));
    assert!(no_such(
        world.say(&other.token, conversation, "let me in").await
    ));
    // Like one that does not exist.
    assert!(no_such(
        world.seen_by(&other.token, world.conversation()).await
    ));
    assert_eq!(
        world
            .seen_by(&hers.token, conversation)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn another_shopper_finds_nothing() {
    let world = World::new().await;
    let (guest, conversation) = world.guest_who_said("mine").await;
    world.prove_address(&guest.token, "ada@example.com").await;
    let stranger = world.guest().await;
    let stranger = world
        .prove_address(&stranger.token, "eve@example.com")
        .await
        .opened;
    assert!(no_such(world.seen_by(&stranger.token, conversation).await));
    assert!(no_such(
        world.say(&stranger.token, conversation, "let me in").await
    ));
    let scope = Scope::new();
    let proof = world.proof(&scope, &stranger.token).await;
    let all = world
        .inbox
        .all_hers(&mut *world.snapshot().await, &proof)
        .await;
    assert!(all.unwrap().is_empty());
}

#[tokio::test]
async fn the_same_id_in_another_shop_is_another_conversation() {
    let world = World::new().await;
    let (_, conversation) = world.guest_who_said("at the linden").await;
    let staff_there = world.agent("Robin Reed", RoleName::ADMIN).await;
    let reads = world.permit(&staff_there).await;
    let world = world.moved_to_second_shop().await;
    let (guest, own) = (world.guest().await, conversation);
    assert!(no_such(world.seen_by(&guest.token, own).await));
    world.say(&guest.token, own, "at the rowan").await.unwrap();
    let turns = world.seen_by(&guest.token, own).await.unwrap();
    assert_eq!(turns.len(), 1);
    assert_eq!(turns[0].words.plain_text(), "at the rowan");

    // Staff of the first shop read what was said there.
    let mut tx = world.begin().await;
    let read = world
        .inbox
        .read(&mut *tx, &reads, own, 0, &crate::world::policy())
        .await
        .unwrap();
    assert_eq!(read.turns[0].turn.words.plain_text(), "at the linden");
    assert_eq!(read.turns.len(), 1);
}

#[tokio::test]
async fn staff_of_another_shop_cannot_read_or_take_it() {
    let world = World::new().await;
    let (_, conversation) = world.guest_who_said("mine").await;
    let world = world.moved_to_second_shop().await;
    let stranger = world.agent("Sam Stranger", RoleName::ADMIN).await;
    let mut tx = world.begin().await;
    let read = world
        .inbox
        .read(
            &mut *tx,
            &world.permit(&stranger).await,
            conversation,
            0,
            &crate::world::policy(),
        )
        .await;
    assert!(no_such(read));
    let taken = world
        .inbox
        .take_over(&mut *tx, &world.permit(&stranger).await, conversation)
        .await;
    assert!(no_such(taken));
    let queue = world
        .inbox
        .queue(
            &mut *tx,
            &world.permit(&stranger).await,
            &store::desk::QueueFilter {
                states: store::conversations::ConversationState::ALL.to_vec(),
                ..store::desk::QueueFilter::default()
            },
            100,
        )
        .await;
    assert!(queue.unwrap().is_empty());
}

/// A proof minted before its session ended opens nothing any more: what was said there would be
/// acknowledged and belong to nobody.
#[tokio::test]
async fn an_ended_session_opens_no_conversation() {
    let world = World::new().await;
    let guest = world.guest().await;
    let scope = Scope::new();
    let stale = world.proof(&scope, &guest.token).await;
    world.prove_address(&guest.token, "ada@example.com").await;
    let mut tx = world.begin().await;
    let outcome = world
        .inbox
        .hers_locked_or_opened(&mut *tx, &stale, world.conversation(), &Locale::default())
        .await;
    assert!(matches!(
        outcome,
        Err(InboxError::Identity(IdentityError::NeedsSession))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_opens_so_many_conversations_and_no_more() {
    let world = World::new().await;
    let guest = world.guest().await;
    for _ in 0..50 {
        let conversation = world.conversation();
        world
            .say(&guest.token, conversation, "hello")
            .await
            .unwrap();
    }
    let conversation = world.conversation();
    assert!(matches!(
        world.say(&guest.token, conversation, "hello").await,
        Err(InboxError::TooManyConversations)
    ));
    // Somebody else's limit is her own.
    let other = world.guest().await;
    world
        .say(&other.token, conversation, "hello")
        .await
        .unwrap();
}
