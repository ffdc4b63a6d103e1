//! Every effect has its entry, in its own transaction.

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::world::World;

#[tokio::test]
async fn every_turn_has_its_entry() {
    let world = World::new().await;
    let (guest, conversation, _) = world.guest_who_said("Can I send goods back?").await;
    world
        .say(&guest.token, conversation, "my card: 4111 1111 1111 1111")
        .await;
    world
        .say(&guest.token, conversation, "I want to talk to a person")
        .await;
    let turns = world.turns(conversation).await.len();
    let kinds = world.kinds().await;
    assert_eq!(kinds["conversation.turn_stored"], turns);
    assert_eq!(kinds["conversation.person_requested"], 1);
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    let kinds = world.kinds().await;
    for kind in [
        "shopper.code_requested",
        "shopper.address_proved",
        "conversation.adopted",
    ] {
        assert_eq!(kinds[kind], 1, "{kind}");
    }
    world
        .say(&ada.opened.token, conversation, "still there?")
        .await;
    let turns = world.turns(conversation).await.len();
    assert_eq!(world.kinds().await["conversation.turn_stored"], turns);
}

/// The disk fails between the entry and its turn: neither is there.
#[tokio::test]
async fn what_fails_leaves_neither_effect_nor_entry() {
    let world = World::new().await;
    let (guest, conversation, _) = world.guest_who_said("hello").await;
    let before = (world.kinds().await, world.turns(conversation).await.len());
    let file = world.directory.path().join("parlour.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut outsider = SqliteConnection::connect_with(&options).await.unwrap();
    for (sabotage, mend) in [
        (
            "CREATE TRIGGER full BEFORE INSERT ON turns WHEN new.author = 'ai' \
             BEGIN SELECT RAISE(ABORT, 'disk full'); END",
            "DROP TRIGGER full",
        ),
        (
            "CREATE TRIGGER full BEFORE INSERT ON ledger_entries \
             BEGIN SELECT RAISE(ABORT, 'disk full'); END",
            "DROP TRIGGER full",
        ),
        (
            "CREATE TRIGGER full BEFORE UPDATE ON conversations \
             BEGIN SELECT RAISE(ABORT, 'disk full'); END",
            "DROP TRIGGER full",
        ),
    ] {
        sqlx::query(sabotage).execute(&mut outsider).await.unwrap();
        let outcome = world
            .send(&guest.token, conversation, world.message(), "and now?")
            .await;
        assert!(outcome.is_err());
        sqlx::query(mend).execute(&mut outsider).await.unwrap();
        let after = (world.kinds().await, world.turns(conversation).await.len());
        assert_eq!(after, before);
    }
    outsider.close().await.unwrap();
    world.say(&guest.token, conversation, "and now?").await;
}
