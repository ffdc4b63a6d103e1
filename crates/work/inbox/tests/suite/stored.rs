//! What lies in the database: sealed in its place, useless in any other, and nothing in the clear.

use guard::gate;
use inbox::InboxError;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::Database as _;
use terms::{NoteId, RoleName, Untrusted};
use vault::VaultError;

use crate::world::{World, policy, reply};

async fn tamper(world: &World, statement: &'static str) {
    let file = world.directory.path().join("parlour.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut outsider = SqliteConnection::connect_with(&options).await.unwrap();
    let done = sqlx::query(statement).execute(&mut outsider).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    outsider.close().await.unwrap();
}

fn does_not_open<T: core::fmt::Debug>(outcome: Result<T, InboxError>) {
    assert!(
        matches!(
            outcome,
            Err(InboxError::Vault(VaultError::DoesNotOpen {
                table: "turns",
                column: "body"
            }))
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_turn_opens_at_its_own_position_only() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("yes, please").await;
    world.say(&guest.token, id, "no, thanks").await.unwrap();
    tamper(
        &world,
        "UPDATE turns SET body = (SELECT body FROM turns WHERE position = 1) WHERE position = 2",
    )
    .await;
    does_not_open(world.seen_by(&guest.token, id).await);
}

#[tokio::test]
async fn turns_that_changed_places_do_not_open() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("yes, please").await;
    world.say(&guest.token, id, "no, thanks").await.unwrap();
    tamper(&world, "UPDATE turns SET position = 3 WHERE position = 1").await;
    tamper(&world, "UPDATE turns SET position = 1 WHERE position = 2").await;
    tamper(&world, "UPDATE turns SET position = 2 WHERE position = 3").await;
    does_not_open(world.seen_by(&guest.token, id).await);
}

#[tokio::test]
async fn words_given_to_another_author_do_not_open() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("I agree to everything").await;
    tamper(&world, "UPDATE turns SET author = 'ai' WHERE position = 1").await;
    does_not_open(world.seen_by(&guest.token, id).await);
}

#[tokio::test]
async fn a_turn_moved_to_another_conversation_does_not_open() {
    let world = World::new().await;
    let (_, victim) = world.guest_who_said("my secret").await;
    world.tick();
    let (thief, own) = world.guest_who_said("nothing").await;
    assert_ne!(victim, own);
    tamper(
        &world,
        "UPDATE turns SET position = 2, \
         conversation = (SELECT conversation FROM turns ORDER BY at DESC LIMIT 1) \
         WHERE at = (SELECT min(at) FROM turns)",
    )
    .await;
    does_not_open(world.seen_by(&thief.token, own).await);
}

#[tokio::test]
async fn a_conversation_given_to_another_session_by_hand_is_still_sealed_under_its_owner() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("as a guest").await;
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    // Taken from her by somebody who can write to the database: new words go under the
    // conversation's own key again, and what she said dies with her all the same.
    tamper(&world, "UPDATE conversations SET shopper = NULL").await;
    let row = world.row(id).await;
    assert_eq!(row.shopper, None);
    let mut snapshot = world.snapshot().await;
    let rows = snapshot.turns_after(world.shop, id, 0, 1).await.unwrap();
    let key = world
        .vault
        .key(&mut *snapshot, world.shop, rows[0].body.key())
        .await
        .unwrap();
    assert_eq!(key.owner(), store::keys::Owner::Shopper(ada.shopper));
}

#[tokio::test]
async fn nothing_said_or_noted_is_in_a_file() {
    let world = World::new().await;
    let (guest, id) = world.guest_who_said("planted-by-a-guest").await;
    let robin = world.agent("Planted Robin", RoleName::AGENT).await;
    let (taking, replying, noting) = (
        world.permit(&robin).await,
        world.permit(&robin).await,
        world.permit(&robin).await,
    );
    let mut tx = world.begin().await;
    world.inbox.take_over(&mut *tx, &taking, id).await.unwrap();
    let words = reply("planted-by-staff");
    world
        .inbox
        .reply(&mut *tx, &replying, id, world.message(), &words, &policy())
        .await
        .unwrap();
    let text = gate::note(Untrusted::new("planted-in-a-note".to_owned())).unwrap();
    world
        .inbox
        .write_note(&mut *tx, &noting, id, NoteId::random(&*world.rng), &text)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world
        .prove_address(&guest.token, "planted@example.com")
        .await;

    for scrubbed in [false, true] {
        if scrubbed {
            world.database.scrub().await.unwrap();
        }
        let mut sees_the_handle = false;
        for entry in std::fs::read_dir(world.directory.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|found| found == needle);
            assert!(!holds(b"planted"), "{}", path.display());
            sees_the_handle |= holds(b"linden");
        }
        assert!(sees_the_handle, "the carver is blind");
    }
}
