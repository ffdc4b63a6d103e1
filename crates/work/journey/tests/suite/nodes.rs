//! Two nodes over one PostgreSQL, where transactions run beside each other: each race that a single
//! writer decides by itself is run here again. Needs a server, named by the environment.

use core::{
    str::FromStr as _,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use std::{future::Future, sync::Arc};

use identity::{IdentityError, codes::CodeOutcome, sessions::Opened};
use inbox::InboxError;
use journey::JourneyError;
use sql::{SqlDatabase, Target};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, postgres::PgConnectOptions};
use store::{Database as _, conversations::Author, keys::Owner};
use terms::Secret;

use crate::world::World;

/// Two nodes of one installation.
type Nodes = [Arc<World>; 2];

#[expect(
    clippy::disallowed_methods,
    reason = "a test server is named by the environment"
)]
fn address() -> Option<String> {
    std::env::var("PARLOUR_TEST_POSTGRES")
        .ok()
        .filter(|address| !address.is_empty())
}

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Plays on a fresh database and drops it afterwards, whatever happened. Says that it skipped when
/// the environment names no server.
async fn play<F>(play: impl FnOnce(Nodes) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let Some(address) = address() else {
        println!("skipped: PARLOUR_TEST_POSTGRES is not set");
        return;
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("parlour_journey_{}_{count}", std::process::id());
    let server = PgConnectOptions::from_str(&address).unwrap();
    administer(&server, "DROP DATABASE IF EXISTS ", &name, " WITH (FORCE)").await;
    administer(&server, "CREATE DATABASE ", &name, " TEMPLATE template0").await;
    let options = server.clone().database(&name);
    let first = World::on_empty(open(&options).await).await;
    let second = first.node(open(&options).await);
    let outcome = tokio::spawn(play([Arc::new(first), Arc::new(second)])).await;
    administer(&server, "DROP DATABASE ", &name, " WITH (FORCE)").await;
    if let Err(error) = outcome {
        std::panic::resume_unwind(error.into_panic());
    }
}

async fn open(options: &PgConnectOptions) -> SqlDatabase {
    let url = options.to_url_lossy().to_string();
    sql::open(&Target::Postgres {
        url: Secret::new(url),
        max_connections: 6,
    })
    .await
    .unwrap()
}

/// A database's name cannot be a parameter; this one is made of letters and digits above.
async fn administer(server: &PgConnectOptions, verb: &'static str, name: &str, rest: &str) {
    let mut connection = server.connect().await.unwrap();
    let mut order = QueryBuilder::new(verb);
    order.push(name).push(rest);
    order.build().execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Runs the futures at once, each on a task of its own.
async fn at_once<F>(futures: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = futures.map(tokio::spawn).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// The nodes in turn, `count` of them.
fn in_turn(nodes: &Nodes, count: usize) -> impl Iterator<Item = Arc<World>> {
    nodes.iter().cycle().take(count).cloned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_message_sent_to_both_nodes_at_once_is_stored_once() {
    play(async |nodes: Nodes| {
        let guest = Arc::new(nodes[0].guest().await);
        let (conversation, id) = (nodes[0].conversation(), nodes[0].message());
        let answers = at_once(in_turn(&nodes, 8).map(|node| {
            let guest = guest.clone();
            async move {
                node.send(&guest.token, conversation, id, "Can I send goods back?")
                    .await
                    .unwrap()
            }
        }))
        .await;
        assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
        for answer in &answers {
            assert_eq!(answer.turns.len(), 3);
            assert_eq!(answer.turns[2].id, answers[0].turns[2].id);
        }
        assert_eq!(nodes[1].turns(conversation).await.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn different_messages_to_both_nodes_have_places_without_gaps() {
    play(async |nodes: Nodes| {
        let guest = Arc::new(nodes[0].guest().await);
        let conversation = nodes[0].conversation();
        at_once(in_turn(&nodes, 12).map(|node| {
            let guest = guest.clone();
            async move {
                let id = node.message();
                node.send(&guest.token, conversation, id, "Can I send goods back?")
                    .await
                    .unwrap()
            }
        }))
        .await;
        let turns = nodes[1].turns(conversation).await;
        let positions: Vec<i64> = turns.iter().map(|turn| turn.position).collect();
        let expected: Vec<i64> = (1..=25).collect();
        assert_eq!(positions, expected);
        let notices = turns.iter().filter(|turn| turn.author == Author::System);
        assert_eq!(notices.count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_given_to_both_nodes_at_once_is_accepted_once() {
    play(async |nodes: Nodes| {
        let guest = Arc::new(nodes[0].guest().await);
        let (request, code) = nodes[0].ask_for_code(&guest.token, "ada@example.com").await;
        let code = Arc::new(code);
        let outcomes = at_once(in_turn(&nodes, 8).map(|node| {
            let (guest, code) = (guest.clone(), code.clone());
            async move { node.give_code(&guest.token, request, &code).await }
        }))
        .await;
        assert_eq!(accepted(&outcomes), 1);
    })
    .await;
}

fn accepted(outcomes: &[Result<CodeOutcome<identity::codes::Proved>, JourneyError>]) -> usize {
    for outcome in outcomes {
        assert!(
            matches!(
                outcome,
                Ok(CodeOutcome::Accepted(_) | CodeOutcome::Expired)
                    | Err(JourneyError::Identity(IdentityError::NeedsSession))
            ),
            "{outcome:?}"
        );
    }
    outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(CodeOutcome::Accepted(_))))
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_guesses_at_both_nodes_five_are_compared() {
    play(async |nodes: Nodes| {
        let guest = Arc::new(nodes[0].guest().await);
        let (request, code) = nodes[0].ask_for_code(&guest.token, "ada@example.com").await;
        let number: u32 = code.expose().parse().unwrap();
        let wrong = Arc::new(Secret::new(format!("{:06}", (number + 1) % 1_000_000)));
        let outcomes = at_once(in_turn(&nodes, 20).map(|node| {
            let (guest, wrong) = (guest.clone(), wrong.clone());
            async move { node.give_code(&guest.token, request, &wrong).await.unwrap() }
        }))
        .await;
        let mut left: Vec<i64> = outcomes
            .iter()
            .filter_map(|outcome| match outcome {
                CodeOutcome::Wrong { left } => Some(*left),
                CodeOutcome::Expired => None,
                CodeOutcome::Accepted(_) => panic!("a wrong code was accepted"),
            })
            .collect();
        left.sort_unstable();
        assert_eq!(left, [0, 1, 2, 3, 4]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_becomes_one_shoppers_only() {
    play(async |nodes: Nodes| {
        let guest = Arc::new(nodes[0].guest().await);
        let mut codes = Vec::new();
        for address in ["ada@example.com", "bo@example.com"] {
            codes.push(nodes[0].ask_for_code(&guest.token, address).await);
        }
        let outcomes = at_once(
            in_turn(&nodes, 2)
                .zip(codes)
                .map(|(node, (request, code))| {
                    let guest = guest.clone();
                    async move { node.give_code(&guest.token, request, &code).await }
                }),
        )
        .await;
        assert_eq!(accepted(&outcomes), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sessions_that_prove_a_new_address_at_both_nodes_are_one_shopper() {
    play(async |nodes: Nodes| {
        let mut asked = Vec::new();
        for node in in_turn(&nodes, 5) {
            let guest = node.guest().await;
            let (request, code) = node.ask_for_code(&guest.token, "ada@example.com").await;
            asked.push((node, guest, request, code));
        }
        let shoppers = at_once(
            asked
                .into_iter()
                .map(|(node, guest, request, code)| async move {
                    match node.give_code(&guest.token, request, &code).await.unwrap() {
                        CodeOutcome::Accepted(proved) => proved.shopper,
                        other => panic!("{other:?}"),
                    }
                }),
        )
        .await;
        assert!(
            shoppers.iter().all(|shopper| *shopper == shoppers[0]),
            "{shoppers:?}"
        );
    })
    .await;
}

/// She opens conversations on one node while she proves her address on the other: what was
/// acknowledged is hers afterwards, and what was not is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_conversation_is_orphaned_while_a_guest_becomes_a_shopper() {
    play(async |nodes: Nodes| {
        for round in 0..10 {
            let guest: Arc<Opened> = Arc::new(nodes[0].guest().await);
            let address = format!("ada{round}@example.com");
            let (request, code) = nodes[0].ask_for_code(&guest.token, &address).await;
            let proving = {
                let (node, guest) = (nodes[0].clone(), guest.clone());
                tokio::spawn(async move { node.give_code(&guest.token, request, &code).await })
            };
            let opened = at_once(in_turn(&nodes, 8).map(|node| {
                let guest = guest.clone();
                async move {
                    let conversation = node.conversation();
                    let sent = node
                        .send(&guest.token, conversation, node.message(), "hello")
                        .await;
                    (conversation, sent)
                }
            }))
            .await;
            let CodeOutcome::Accepted(proved) = proving.await.unwrap().unwrap() else {
                panic!("the code was right")
            };
            let mut snapshot = nodes[1].snapshot().await;
            for (conversation, sent) in opened {
                let row = snapshot
                    .conversation(nodes[1].shop, conversation)
                    .await
                    .unwrap();
                match sent {
                    Ok(_) => assert_eq!(row.unwrap().shopper, Some(proved.shopper)),
                    Err(
                        JourneyError::Identity(IdentityError::NeedsSession)
                        | JourneyError::Inbox(InboxError::Identity(IdentityError::NeedsSession)),
                    ) => assert_eq!(row, None),
                    Err(other) => panic!("{other}"),
                }
            }
        }
    })
    .await;
}

/// One node rolls the epoch again and again while guests become shoppers on the other: every key
/// ends with its shopper, and everything opens.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_that_are_adopted_while_the_epoch_rolls_stay_adopted() {
    play(async |nodes: Nodes| {
        let mut asked = Vec::new();
        for number in 0..12 {
            let (guest, conversation, _) = nodes[0].guest_who_said("my words").await;
            let address = format!("ada{number}@example.com");
            let (request, code) = nodes[0].ask_for_code(&guest.token, &address).await;
            asked.push((guest, conversation, request, code));
        }
        let roller = {
            let node = nodes[1].clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    node.vault
                        .roll_epoch(&node.database, Duration::ZERO)
                        .await
                        .unwrap();
                }
            })
        };
        let adopted = at_once(
            asked
                .into_iter()
                .map(|(guest, conversation, request, code)| {
                    let node = nodes[0].clone();
                    async move {
                        let outcome = node.give_code(&guest.token, request, &code).await;
                        match outcome.unwrap() {
                            CodeOutcome::Accepted(proved) => (conversation, proved.shopper),
                            other => panic!("{other:?}"),
                        }
                    }
                }),
        )
        .await;
        roller.await.unwrap();
        let mut snapshot = nodes[0].database.snapshot().await.unwrap();
        for (conversation, shopper) in adopted {
            let guest = Owner::Conversation(conversation);
            let left = snapshot.data_keys_of(nodes[0].shop, guest).await.unwrap();
            assert_eq!(left, []);
            let hers = Owner::Shopper(shopper);
            let keys = snapshot.data_keys_of(nodes[0].shop, hers).await.unwrap();
            assert_eq!(keys.len(), 3, "the guest's, her words', her address's");
            for node in &nodes {
                assert_eq!(
                    node.turns(conversation).await[0].words.plain_text(),
                    "my words"
                );
            }
        }
    })
    .await;
}

/// What the screen makes of a message is read by another node, as it was written.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_advised_is_read_by_another_node() {
    play(|[first, second]| async move {
        crate::advice::reaches_staff(&first, &second).await;
    })
    .await;
}
