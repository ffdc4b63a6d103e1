//! A guest proves her address: what she said comes with her, and nothing else does.

use identity::Scope;
use inbox::InboxError;
use ledger::gate::Actor;
use store::{conversations::ConversationState, keys::Owner, places::ConversationContext};
use terms::RetentionClass;
use vault::{Erasure, Row, VaultError};

use crate::world::{World, policy};

#[tokio::test]
async fn the_conversation_follows_her_and_her_other_device_sees_it() {
    let world = World::new().await;
    let (phone, conversation) = world.guest_who_said("on the phone").await;
    let phone = world.prove_address(&phone.token, "ada@example.com").await;
    assert_eq!(world.row(conversation).await.shopper, Some(phone.shopper));
    world
        .say(&phone.opened.token, conversation, "still on the phone")
        .await
        .unwrap();

    let desk = world.guest().await;
    assert!(world.seen_by(&desk.token, conversation).await.is_err());
    let desk = world.prove_address(&desk.token, "ada@example.com").await;
    for token in [&phone.opened.token, &desk.opened.token] {
        let turns = world.seen_by(token, conversation).await.unwrap();
        let words: Vec<String> = turns.iter().map(|turn| turn.words.plain_text()).collect();
        assert_eq!(words, ["on the phone", "still on the phone"]);
    }
    let scope = Scope::new();
    let proof = world.proof(&scope, &desk.opened.token).await;
    let all = world
        .inbox
        .all_hers(&mut *world.snapshot().await, &proof)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(world.entries("conversation.adopted").await.len(), 1);
}

#[tokio::test]
async fn the_old_session_no_longer_reaches_it() {
    let world = World::new().await;
    let (guest, conversation) = world.guest_who_said("as a guest").await;
    let scope = Scope::new();
    let stale = world.proof(&scope, &guest.token).await;
    world.prove_address(&guest.token, "ada@example.com").await;
    assert!(matches!(
        world.say_by(&stale, conversation, "me again").await,
        Err(InboxError::NoSuchConversation)
    ));
    let hers = world
        .inbox
        .hers(&mut *world.snapshot().await, &stale, conversation)
        .await;
    assert!(matches!(hers, Err(InboxError::NoSuchConversation)));
}

#[tokio::test]
async fn what_is_anothers_is_not_adopted() {
    let world = World::new().await;
    let (guest, first) = world.guest_who_said("one").await;
    let (other, theirs) = world.guest_who_said("another's").await;
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    // Ada proves a second address in the same browser: that is another shopper, and what belongs to
    // the first stays hers.
    let second = world.conversation();
    world.say(&ada.opened.token, second, "two").await.unwrap();
    let bea = world
        .prove_address(&ada.opened.token, "bea@example.com")
        .await;
    assert_ne!(ada.shopper, bea.shopper);
    for conversation in [first, second] {
        assert_eq!(world.row(conversation).await.shopper, Some(ada.shopper));
        assert!(
            world
                .seen_by(&bea.opened.token, conversation)
                .await
                .is_err()
        );
    }
    assert_eq!(world.row(theirs).await.shopper, None);
    assert_eq!(world.seen_by(&other.token, theirs).await.unwrap().len(), 1);
}

#[tokio::test]
async fn forgetting_the_shopper_forgets_what_she_said_as_a_guest() {
    let world = World::new().await;
    let (guest, conversation) = world.guest_who_said("as a guest").await;
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    world
        .say(&ada.opened.token, conversation, "as Ada")
        .await
        .unwrap();
    let mut tx = world.begin().await;
    let erasure = Erasure {
        shop: world.shop,
        owner: Owner::Shopper(ada.shopper),
        classes: RetentionClass::ALL.to_vec(),
        reason: "shopper_asked",
    };
    let recorder = ledger::Recorder::new(world.clock.clone(), world.rng.clone());
    let recorded = recorder
        .record(&mut *tx, world.shop, Actor::System, None, erasure)
        .await
        .unwrap();
    // The guest's key and two of the shopper's: her words, her address.
    assert_eq!(world.vault.forget(&mut *tx, recorded).await.unwrap(), 3);
    tx.commit().await.unwrap();

    let mut snapshot = world.snapshot().await;
    let rows = snapshot
        .turns_after(world.shop, conversation, 0, 10)
        .await
        .unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let outcome = world.inbox.open(&mut *snapshot, vec![row], &policy()).await;
        assert!(matches!(
            outcome,
            Err(InboxError::Vault(VaultError::Forgotten(_)))
        ));
    }
}

/// The assistant's context comes along, under the guest's key that the shopper now owns.
#[tokio::test]
async fn the_context_opens_after_the_merge_and_in_its_own_conversation_only() {
    let world = World::new().await;
    let (guest, conversation) = world.guest_who_said("one").await;
    let mut tx = world.begin().await;
    let mut row = tx
        .lock_conversation(world.shop, conversation)
        .await
        .unwrap()
        .unwrap();
    let key = world.inbox.key_of(&mut *tx, &row).await.unwrap();
    world
        .inbox
        .set_context(&key, &mut row, b"remembered")
        .unwrap();
    // The key of one conversation seals nothing of another.
    let mut other = row.clone();
    other.id = terms::ConversationId::random(&*world.rng);
    let refused = world.inbox.set_context(&key, &mut other, b"remembered");
    assert!(matches!(refused, Err(inbox::InboxError::OtherKey)));
    tx.update_conversation(&row).await.unwrap();
    tx.commit().await.unwrap();
    world.prove_address(&guest.token, "ada@example.com").await;

    let row = world.row(conversation).await;
    let mut snapshot = world.snapshot().await;
    let context = world.inbox.context(&mut *snapshot, &row).await.unwrap();
    assert_eq!(context.unwrap().expose(), b"remembered");
    let elsewhere = store::conversations::ConversationRow {
        id: world.conversation(),
        ..row.clone()
    };
    assert!(matches!(
        world.inbox.context(&mut *snapshot, &elsewhere).await,
        Err(InboxError::Vault(VaultError::DoesNotOpen {
            table: "conversations",
            column: "context"
        }))
    ));
    let identity = [row.id.as_bytes().as_slice()];
    let sealed: &terms::Sealed<ConversationContext> = row.context.as_ref().unwrap();
    let opened = world
        .vault
        .open_sealed(&mut *snapshot, Row::new(world.shop, &identity), sealed)
        .await;
    assert!(opened.is_ok());
    assert_eq!(row.state, ConversationState::Assistant);
}
