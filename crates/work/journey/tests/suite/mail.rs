//! Wrong codes count although they change nothing else; the demo's mailbox opens mails.

use identity::{Scope, codes::CodeOutcome};
use terms::{Locale, Secret, Untrusted};

use crate::world::World;

#[tokio::test]
async fn a_wrong_code_is_counted_and_adopts_nothing() {
    let world = World::new().await;
    let (guest, conversation, _) = world.guest_who_said("hello").await;
    let scope = Scope::new();
    let proof = world
        .identity
        .shopper(&scope, &mut *world.snapshot().await, &guest.token)
        .await
        .unwrap();
    let address = guard::gate::email_address(Untrusted::new("ada@example.com".to_owned())).unwrap();
    let mut tx = store::Database::begin(&world.database).await.unwrap();
    let sent = world
        .identity
        .request_code(&mut *tx, &proof, &address, &Locale::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mails = world
        .journey
        .danger_demo_mailbox(&mut *world.snapshot().await, world.shop)
        .await
        .unwrap();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "ada@example.com");
    assert!(!mails[0].subject.is_empty() && !mails[0].subject.contains('\n'));

    // A code the mail does not hold.
    let wrong = (0..10)
        .map(|digit| digit.to_string().repeat(6))
        .find(|code| !mails[0].text.contains(code))
        .unwrap();
    for left in [4, 3, 2, 1, 0] {
        let outcome = world
            .journey
            .prove_address(
                &world.database,
                &proof,
                sent.request,
                &Secret::new(wrong.clone()),
                &identity::testing::entry(),
            )
            .await
            .unwrap();
        assert!(matches!(outcome, CodeOutcome::Wrong { left: found } if found == left));
    }
    let row = world
        .snapshot()
        .await
        .conversation(world.shop, conversation)
        .await;
    assert_eq!(row.unwrap().unwrap().shopper, None);
    assert_eq!(world.kinds().await["shopper.code_refused"], 5);
}
