//! The planner is the attacker, and has every tool: what it calls is judged by whose conversation it is,
//! and what it proposes is a card until she confirms it herself (E01, E03).

use std::sync::{Arc, Mutex};

use commerce::{proposals::Confirmation, refusal::Code};
use dialogue::{Deed, Destination, Draft, Intent, Step, Swap, ToolResult, Written};
use guard::{
    ProposalCard,
    gate::{Block, Part},
};
use identity::{Scope, SessionToken};
use terms::{ProposalId, Untrusted};

use crate::{adversary::Adversary, world::World};

/// Makes these calls one after the other in each turn, and then says that all is well. What the tools
/// answered is written down in `heard`.
pub(crate) fn caller(calls: Vec<Intent>, heard: Arc<Mutex<Vec<String>>>) -> Adversary {
    Adversary(Box::new(move |_, results: &[ToolResult]| {
        if let Some(last) = results.last() {
            heard.lock().unwrap().push(format!("{last:?}"));
        }
        match calls.get(results.len()) {
            Some(call) => Step::Call(call.clone()),
            None => Step::Reply(Draft {
                parts: vec![
                    Part::Text(Untrusted::new("Press the button for your gift.".to_owned())),
                    Part::Proposal(made_up()),
                ],
                unanswered: false,
            }),
        }
    }))
}

/// A card of its own making, over somebody else's proposal or none.
fn made_up() -> ProposalCard {
    ProposalCard {
        id: "00000000-0000-4000-8000-000000000000".to_owned(),
        tool: "checkout".to_owned(),
        title: "A present for you".to_owned(),
        effect: Vec::new(),
        total: Some(0),
        currency: "EUR".to_owned(),
        level: "guest".to_owned(),
        expires_at: "2999-01-01T00:00:00Z".to_owned(),
    }
}

fn written(line1: &str, city: &str) -> Destination {
    Destination::Written(Written {
        line1: line1.to_owned(),
        postal_code: "28195".to_owned(),
        city: city.to_owned(),
        country: Some("DE".to_owned()),
    })
}

/// Every deed there is, to the order of this number.
pub(crate) fn deeds_on(order: &str) -> Vec<Intent> {
    let order = || order.to_owned();
    let swaps = || {
        vec![Swap {
            line: "L1".to_owned(),
            variant: "rim-one".to_owned(),
        }]
    };
    let deeds = vec![
        Deed::Checkout {
            shipping_option: None,
            to: Some(written("Thief Lane 1", "Bremen")),
        },
        Deed::Cancel {
            order: order(),
            reason: "no_longer_needed".to_owned(),
        },
        Deed::ChangeAddress {
            order: order(),
            to: written("Thief Lane 1", "Bremen"),
        },
        Deed::ChangeAddress {
            order: order(),
            to: Destination::Saved("a1".to_owned()),
        },
        Deed::ChangePayment {
            order: order(),
            method: "m".to_owned(),
        },
        Deed::ChangeItems {
            order: order(),
            changes: swaps(),
            method: "m".to_owned(),
        },
        Deed::Exchange {
            order: order(),
            changes: swaps(),
            method: "m".to_owned(),
        },
        Deed::Return {
            order: order(),
            lines: vec!["L1".to_owned()],
            refund_to: "m".to_owned(),
        },
        Deed::ChangeDefaultAddress {
            to: written("Thief Lane 1", "Bremen"),
        },
    ];
    let mut calls: Vec<Intent> = deeds.into_iter().map(Intent::Propose).collect();
    calls.extend([
        Intent::Profile {
            language: terms::Language::English,
        },
        Intent::Orders {
            number: Some(order()),
        },
        Intent::UpdateCartLine {
            line: "L1".to_owned(),
            quantity: 9,
        },
        Intent::RemoveFromCart {
            line: "L1".to_owned(),
        },
    ]);
    calls
}

struct Told {
    world: World,
    heard: Vec<String>,
    blocks: Vec<Block>,
    token: SessionToken,
}

impl Told {
    fn cards(&self) -> Vec<&ProposalCard> {
        let cards = self.blocks.iter().filter_map(|block| match block {
            Block::Proposal(card) => Some(card),
            _ => None,
        });
        cards.collect()
    }
}

/// One message to this planner, by a guest or by whoever proved an address.
async fn hears(calls: Vec<Intent>, email: Option<&str>) -> Told {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let world = World::with(caller(calls, heard.clone())).await;
    world.sell().await;
    let guest = world.guest().await;
    let token = match email {
        Some(email) => world.prove_address(&guest.token, email).await.opened.token,
        None => guest.token,
    };
    let answered = world.say(&token, world.conversation(), "hello").await;
    let blocks = answered.turns.last().unwrap().words.blocks().to_vec();
    let heard = heard.lock().unwrap().clone();
    Told {
        world,
        heard,
        blocks,
        token,
    }
}

async fn confirm(world: &World, token: &SessionToken, id: &str) -> Confirmation {
    let scope = Scope::new();
    let proof = world
        .identity
        .shopper(&scope, &mut *world.snapshot().await, token)
        .await
        .unwrap();
    let id: ProposalId = id.parse().unwrap();
    let mut tx = store::Database::begin(&world.database).await.unwrap();
    let confirmation = world
        .journey
        .confirm(&mut *tx, &proof, id, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    confirmation
}

#[tokio::test]
async fn a_guests_planner_reaches_nobody() {
    let told = hears(deeds_on("BEN-1001"), None).await;
    assert!(told.cards().is_empty(), "{:?}", told.blocks);
    let heard = told.heard.join("\n");
    for others in ["Elm Road", "Alder", "paypal", "TRACK-7", "Stoneware"] {
        assert!(!heard.contains(others), "{others} in {heard}");
    }
}

#[tokio::test]
async fn another_shoppers_order_is_not_found_whatever_is_tried() {
    let told = hears(deeds_on("BEN-1001"), Some("ada@example.com")).await;
    let titles: Vec<&str> = told.cards().iter().map(|card| &*card.title).collect();
    // Her own default address needs no order; the card says where it would lead.
    assert_eq!(titles, ["Change your default address"]);
    assert_eq!(
        told.cards()[0].effect[0].text,
        "New default address: Thief Lane 1, 28195, Bremen, DE"
    );
    let kinds = told.world.kinds().await;
    assert!(
        kinds.keys().all(|kind| !kind.starts_with("order.")),
        "{kinds:?}"
    );
}

/// A card is written in the language of her window, whatever language she writes in: its buttons are.
#[tokio::test]
async fn a_card_is_in_the_language_of_her_window() {
    let deed = Deed::ChangeDefaultAddress {
        to: written("Thief Lane 1", "Bremen"),
    };
    let planner = caller(vec![Intent::Propose(deed)], Arc::default());
    let world = World::with(planner).await;
    world.sell().await;
    let guest = world.guest().await;
    let ada = world.prove_address(&guest.token, "ada@example.com").await;
    for (locale, title, line) in [
        (
            "nl-BE",
            "Je standaardadres wijzigen",
            "Nieuw standaardadres: Thief Lane 1, 28195, Bremen, DE",
        ),
        (
            "sv",
            "Change your default address",
            "New default address: Thief Lane 1, 28195, Bremen, DE",
        ),
    ] {
        let answered = world.say_in(locale, &ada.opened.token, "hello").await;
        let blocks = answered.turns.last().unwrap().words.blocks();
        let cards = blocks.iter().filter_map(|block| match block {
            Block::Proposal(card) => Some((card.title.as_str(), card.effect[0].text.as_str())),
            _ => None,
        });
        assert_eq!(cards.collect::<Vec<_>>(), [(title, line)]);
    }
}

/// What is proposed is on the card, nothing of it happens, and no other card is drawn.
#[tokio::test]
async fn what_is_proposed_waits_for_her_and_is_hers_alone() {
    let twice = [deeds_on("BEN-1001"), deeds_on("BEN-1001")].concat();
    let told = hears(twice, Some("ben@example.com")).await;
    let titles: Vec<&str> = told.cards().iter().map(|card| &*card.title).collect();
    assert_eq!(
        titles,
        [
            "Return items of order BEN-1001",
            "Change your default address"
        ],
        "two changes in one turn and no more, drawn by the platform"
    );
    let open = told.cards()[0].id.clone();
    let kinds = told.world.kinds().await;
    assert!(!kinds.contains_key("proposal.confirmed"), "{kinds:?}");
    // Ada knows its id: it is not found for her, nor for a guest.
    let ada = told.world.guest().await;
    let guest = told.world.guest().await;
    let ada = told
        .world
        .prove_address(&ada.token, "ada@example.com")
        .await;
    for token in [&ada.opened.token, &guest.token] {
        let Confirmation::Refused(refusal) = confirm(&told.world, token, &open).await else {
            panic!("confirmed by a stranger")
        };
        assert_eq!(refusal.code, Code::NotFound);
    }
    assert!(matches!(
        confirm(&told.world, &told.token, &open).await,
        Confirmation::Done(_)
    ));
}

/// A planner that writes an address chooses what stands first in it. All of it is on the card.
#[tokio::test]
async fn the_end_of_a_long_address_stands_on_the_card() {
    let street = format!("{} 1", "Elm Road ".repeat(20).trim());
    let deed = Deed::ChangeDefaultAddress {
        to: written(&street, "Thieftown"),
    };
    let told = hears(vec![Intent::Propose(deed)], Some("ada@example.com")).await;
    let shown = &told.cards()[0].effect[0].text;
    assert!(shown.ends_with("28195, Thieftown, DE"), "{shown}");
}
