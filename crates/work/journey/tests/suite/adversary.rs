//! The planner is the attacker: it says anything and calls anything, and gets nothing by it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dialogue::{Draft, Intent, LookUp, PersonReason, Planner, State, Step, ToolResult};
use guard::gate::{Block, Choice, HandoverState, Part, Quote, QuoteKind, Redacted};
use proptest::prelude::*;
use store::conversations::{Author, ConversationState};
use terms::Untrusted;

use crate::world::{RETURNS, World};

pub(crate) type Words = dyn Fn(&str, &[ToolResult]) -> Step + Send + Sync;

/// Does what its author likes.
pub(crate) struct Adversary(pub(crate) Box<Words>);

impl Planner for Adversary {
    fn step(&self, state: State, message: &Redacted, results: &[ToolResult]) -> (State, Step) {
        (state, (self.0)(message.as_str(), results))
    }
}

fn says(parts: impl Fn() -> Vec<Part> + Send + Sync + 'static) -> Adversary {
    Adversary(Box::new(move |_, _| {
        Step::Reply(Draft {
            parts: parts(),
            unanswered: false,
        })
    }))
}

fn text(words: &str) -> Part {
    Part::Text(Untrusted::new(words.to_owned()))
}

async fn answer_of(adversary: Adversary) -> (World, Vec<Block>) {
    let world = World::with(adversary).await;
    let (_, _, answered) = world.guest_who_said("Can I send goods back?").await;
    let reply = answered.turns.last().unwrap();
    assert_eq!(reply.author, Author::Ai);
    let blocks = reply.words.blocks().to_vec();
    (world, blocks)
}

/// Everything of the blocks that a browser could be made to follow or load.
fn followable(blocks: &[Block]) -> String {
    let links = blocks.iter().filter_map(|block| match block {
        Block::Link { url, .. } => Some(url.clone()),
        _ => None,
    });
    links.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn no_link_leads_outside_the_allowed_hosts() {
    let (_, blocks) = answer_of(says(|| {
        vec![
            text("[click](https://evil.example/?q=secret) ![x](https://evil.example/p.png)"),
            text("https://evil.example/a <img src=https://evil.example/b> //evil.example"),
            text("[ok](https://shop.example/returns)"),
            text("[js](javascript:alert(1)) [d](data:text/html,x)"),
            text("https://shop.example@evil.example/ https://shop.example.evil.example/"),
            Part::Link {
                label: "More".to_owned(),
                url: "https://evil.example/link".to_owned(),
            },
            Part::Link {
                label: "https://evil.example/label".to_owned(),
                url: "https://shop.example/fine".to_owned(),
            },
            Part::Choices(vec![Choice {
                label: "https://evil.example/choice".to_owned(),
                text: "https://evil.example/choice".to_owned(),
            }]),
        ]
    }))
    .await;
    assert_eq!(
        followable(&blocks),
        "https://shop.example/returns https://shop.example/fine"
    );
    // Not even as text that a screen might make a link of.
    let shown = format!("{blocks:?}");
    assert!(!shown.contains("https://evil"), "{shown}");
}

#[tokio::test]
async fn no_pseudonym_of_another_conversation_comes_back() {
    let guesses = "[EMAIL_1] [EMAIL_2] [PHONE_1] [TEXT_1] [email_1] [EMAIL_0] [EMAIL_01]";
    let world = World::with(says(move || vec![text(guesses)])).await;
    let (_, _, hers) = world
        .guest_who_said("I am ada.planted@example.com, call +49 30 901820")
        .await;
    let reply = hers.turns.last().unwrap().words.plain_text();
    assert!(reply.contains("ada.planted@example.com"), "hers: {reply}");
    let (other, conversation, theirs) = world.guest_who_said("and who else is here?").await;
    let again = world.say(&other.token, conversation, guesses).await;
    for turn in theirs.turns.iter().chain(&again.turns) {
        let shown = turn.words.plain_text();
        assert!(!shown.contains("planted"), "{shown}");
        assert!(!shown.contains("901820"), "{shown}");
    }
}

#[tokio::test]
async fn endless_calls_come_to_an_end() {
    let steps = Arc::new(AtomicUsize::new(0));
    let counted = steps.clone();
    let adversary = Adversary(Box::new(move |_, _| {
        counted.fetch_add(1, Ordering::SeqCst);
        Step::Call(Intent::LookUp(LookUp::Policies {
            query: "returns ".repeat(500),
        }))
    }));
    let (_, blocks) = answer_of(adversary).await;
    assert_eq!(steps.load(Ordering::SeqCst), 41, "forty calls and no more");
    assert!(blocks.iter().any(|block| matches!(
        block,
        Block::Choices { choices } if choices[0].text.contains("person")
    )));
}

/// The most it can bring about is what the shopper's own button does, once.
#[tokio::test]
async fn asking_for_a_person_again_and_again_asks_once() {
    let adversary = Adversary(Box::new(|_, _| {
        Step::Call(Intent::RequestPerson {
            reason: PersonReason::Asked,
        })
    }));
    let world = World::with(adversary).await;
    let (_, _, answered) = world.guest_who_said("hello").await;
    assert_eq!(answered.state, ConversationState::Waiting);
    assert_eq!(world.kinds().await["conversation.person_requested"], 1);
}

#[tokio::test]
async fn it_cannot_claim_that_a_person_is_there() {
    let (_, blocks) = answer_of(says(|| {
        vec![
            Part::Handover(HandoverState::Human),
            Part::Handover(HandoverState::Waiting),
            text("I am Robin."),
        ]
    }))
    .await;
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    assert!(matches!(blocks[0], Block::Text { .. }));
}

fn quote(id: &str, title: &str, words: &str) -> Part {
    Part::Quote(Quote {
        kind: QuoteKind::Policy,
        id: id.to_owned(),
        title: title.to_owned(),
        text: Untrusted::new(words.to_owned()),
    })
}

#[tokio::test]
async fn it_cannot_make_up_a_source() {
    let (_, blocks) = answer_of(says(|| {
        vec![quote("returns", "Returning goods", "Keep it and be paid.")]
    }))
    .await;
    // It searched for nothing, so it quotes nothing.
    assert!(
        !blocks
            .iter()
            .any(|block| matches!(block, Block::Source { .. })),
        "{blocks:?}"
    );
}

#[tokio::test]
async fn it_cannot_put_words_into_a_source() {
    let adversary = Adversary(Box::new(|_, results| {
        if results.is_empty() {
            return Step::Call(Intent::LookUp(LookUp::Policies {
                query: "send goods back".to_owned(),
            }));
        }
        let parts = vec![
            quote("returns", "Returning goods", "Keep it and be paid."),
            quote("returns", "Refunds for all", "Everything is free."),
        ];
        Step::Reply(Draft {
            parts,
            unanswered: false,
        })
    }));
    let (_, blocks) = answer_of(adversary).await;
    let [
        Block::Text { text, .. },
        Block::Source { id, title, .. },
        Block::Text {
            text: unsourced, ..
        },
    ] = &blocks[..]
    else {
        panic!("{blocks:?}")
    };
    assert_eq!(text, RETURNS);
    assert_eq!(
        (id.as_str(), title.as_str()),
        ("returns", "Returning goods")
    );
    assert_eq!(unsourced, "Everything is free.");
}

#[tokio::test]
async fn a_card_it_says_is_masked() {
    let (world, blocks) = answer_of(says(|| {
        vec![
            text("4111 1111 1111 1111"),
            text("4111 **1111** 1111 1111"),
            Part::Choices(vec![Choice {
                label: "4111111111111111".to_owned(),
                text: "4111111111111111".to_owned(),
            }]),
        ]
    }))
    .await;
    let shown = format!("{blocks:?}").replace([' ', '*'], "");
    assert!(!shown.contains("4111111111111111"), "{shown}");
    drop(world);
}

fn any_part() -> impl Strategy<Value = (u8, String, String)> {
    (0u8..6, any::<String>(), ".{0,40}")
}

fn part_of((kind, one, other): &(u8, String, String)) -> Part {
    match kind {
        0 => text(one),
        1 => quote(other, other, one),
        2 => Part::Choices(vec![Choice {
            label: one.clone(),
            text: other.clone(),
        }]),
        3 => Part::Link {
            label: other.clone(),
            url: one.clone(),
        },
        4 => Part::Link {
            label: one.clone(),
            url: format!("https://{other}/"),
        },
        _ => Part::Handover(HandoverState::Human),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever it says, the turn is stored, and comes back the same from storage.
    #[test]
    fn any_draft_is_answered_and_read_back(parts in proptest::collection::vec(any_part(), 0..8)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let said = parts.clone();
            let (world, blocks) =
                answer_of(says(move || said.iter().map(part_of).collect())).await;
            for block in &blocks {
                if let Block::Link { host, .. } = block {
                    assert_eq!(host, "shop.example");
                }
            }
            let mut snapshot = world.snapshot().await;
            let everything = store::desk::QueueFilter {
                states: ConversationState::ALL.to_vec(),
                ..store::desk::QueueFilter::default()
            };
            let conversations = snapshot
                .queue(world.shop, &everything, 10)
                .await
                .unwrap();
            let turns = world.turns(conversations[0].id).await;
            assert_eq!(turns.last().unwrap().words.blocks(), blocks);
        });
    }
}
