//! After a busy talk: no card anywhere, not even for who holds the keys; nothing personal in the
//! clear.

use store::Database as _;

use crate::{memory::Parrot, world::World};

const CARDS: [&str; 4] = [
    "4111 1111 1111 1111",
    "5500-0000-0000-0004",
    "3782 822463 10005",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
];

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[tokio::test]
async fn no_card_is_kept_and_nothing_personal_is_in_a_file() {
    let parrot = Parrot::default();
    let world = World::with(parrot.clone()).await;
    let (guest, conversation, _) = world
        .guest_who_said("I am planted.ada@example.com and live in Plantedstreet")
        .await;
    for card in CARDS {
        let text = format!("please charge {card}, security code 737");
        let answered = world.say(&guest.token, conversation, &text).await;
        for turn in &answered.turns {
            let shown = digits(&turn.words.plain_text());
            assert!(!shown.contains(&digits(card)), "{shown}");
        }
    }
    world
        .prove_address(&guest.token, "planted.ada@example.com")
        .await;
    // Not to the planner, and not under the seal either.
    for seen in parrot.saw.lock().unwrap().iter() {
        assert!(!seen.contains("planted.ada"), "{seen}");
        for card in CARDS {
            assert!(!digits(seen).contains(&digits(card)), "{seen}");
        }
    }
    let row = world
        .snapshot()
        .await
        .conversation(world.shop, conversation)
        .await
        .unwrap()
        .unwrap();
    let context = world
        .journey
        .inbox()
        .context(&mut *world.snapshot().await, &row)
        .await
        .unwrap()
        .unwrap();
    let context = String::from_utf8(context.expose().clone()).unwrap();
    assert!(
        context.contains("planted.ada"),
        "the context is not the one"
    );
    for turn in world.turns(conversation).await {
        let shown = digits(&String::from_utf8(turn.words.to_stored()).unwrap());
        for card in CARDS {
            assert!(!shown.contains(&digits(card)));
        }
    }
    for card in CARDS {
        assert!(!digits(&context).contains(&digits(card)), "{context}");
    }

    for scrubbed in [false, true] {
        if scrubbed {
            world.database.scrub().await.unwrap();
        }
        let mut sees_the_policy = false;
        for entry in std::fs::read_dir(world.directory.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            let holds = |needle: &str| {
                bytes
                    .windows(needle.len())
                    .any(|found| found == needle.as_bytes())
            };
            assert!(!holds("planted"), "{}", path.display());
            for card in CARDS {
                assert!(!holds(card) && !holds(&digits(card)), "{}", path.display());
            }
            sees_the_policy |= holds("within two working days");
        }
        assert!(sees_the_policy, "the carver is blind");
    }
}
