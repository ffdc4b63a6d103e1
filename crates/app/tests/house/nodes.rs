//! Two nodes on one PostgreSQL database: they do not queue at the ledger's tree, and what happens
//! on one is seen live on the other.

use core::time::Duration;
use std::thread::{self, sleep};

use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::support::{
    chance::Chance,
    database::{Postgres, block_on, runtime},
    http::{Client, Events},
    program::{Node, Process, Site},
    talk::{QUESTIONS, guest, say, sign_in, text_of},
};

const CLIENTS: usize = 16;
const MESSAGES: usize = 4;

struct Pair {
    nodes: [Node; 2],
    _running: [Process; 2],
    _site: Site,
}

fn pair(postgres: &Postgres) -> Pair {
    let site = Site::on_postgres(&postgres.url(), "info");
    let nodes = [site.node("first"), site.node("second")];
    Pair {
        _running: [nodes[0].start(), nodes[1].start()],
        nodes,
        _site: site,
    }
}

/// Entries with a place and without, the tree's size, and how many different places there are.
#[derive(Debug, PartialEq, Eq)]
struct Tree {
    placed: i64,
    unplaced: i64,
    size: i64,
    places: i64,
    last: i64,
}

async fn tree(postgres: &Postgres) -> Tree {
    let mut connection = postgres.connect().await;
    let row: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "SELECT COUNT(position), COUNT(*) - COUNT(position), \
         COALESCE((SELECT MAX(size) FROM ledger_heads), 0), COUNT(DISTINCT position), \
         COALESCE(MAX(position), -1) FROM ledger_entries",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let (placed, unplaced, size, places, last) = row;
    Tree {
        placed,
        unplaced,
        size,
        places,
        last,
    }
}

/// Sixteen shoppers, half of them on each node, at once. Returns when all were answered.
fn everybody_talks(nodes: &[Node; 2], chance: &mut Chance) {
    let talking: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (client, mut chance) = (nodes[number % 2].client(), chance.branch());
            thread::spawn(move || {
                let shopper = guest(&client);
                let conversation = chance.id();
                for _ in 0..MESSAGES {
                    let question = *chance.one_of(QUESTIONS);
                    say(&shopper, &mut chance, conversation, question);
                }
            })
        })
        .collect();
    for shopper in talking {
        shopper.join().unwrap();
    }
}

/// Waits until everything has its place, and demands that nothing is there twice and all of it
/// verifies.
fn everything_is_placed_once(postgres: &Postgres, node: &Node) -> Tree {
    let tree = loop {
        let tree = block_on(tree(postgres));
        if tree.unplaced == 0 {
            break tree;
        }
        sleep(Duration::from_millis(200));
    };
    assert_eq!(
        (tree.size, tree.places, tree.last),
        (tree.placed, tree.placed, tree.placed - 1)
    );
    let verified = node.run(&["ledger", "verify", "--json", "--key", &node.ledger_key()]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let report: Value = serde_json::from_str(&verified.out).unwrap();
    assert_eq!(
        report["size"], tree.size,
        "a signed checkpoint covers every entry"
    );
    tree
}

#[test]
fn two_nodes_write_at_once_and_do_not_queue_at_the_tree() {
    let Some(postgres) = Postgres::create() else {
        return;
    };
    let mut chance = Chance::seeded();
    let pair = pair(&postgres);
    everybody_talks(&pair.nodes, &mut chance);
    let before = everything_is_placed_once(&postgres, &pair.nodes[0]);

    // The head of the tree is held by somebody else; whoever had to pass there would wait.
    let runtime = runtime();
    let mut holder = runtime.block_on(postgres.connect());
    let mut held = runtime.block_on(holder.begin()).unwrap();
    let lock = sqlx::query("SELECT size FROM ledger_heads FOR UPDATE").fetch_all(&mut *held);
    assert_eq!(runtime.block_on(lock).unwrap().len(), 1);
    let mut another = runtime.block_on(postgres.connect());
    let refused =
        sqlx::query("SELECT size FROM ledger_heads FOR UPDATE NOWAIT").fetch_all(&mut another);
    assert!(runtime.block_on(refused).is_err(), "the head is not held");

    everybody_talks(&pair.nodes, &mut chance);
    let during = block_on(tree(&postgres));
    assert_eq!(
        during.size, before.size,
        "the tree grew although its head was held"
    );
    let turns = i64::try_from(CLIENTS * MESSAGES * 2).unwrap();
    assert!(during.unplaced >= turns, "{during:?}");

    runtime.block_on(held.rollback()).unwrap();
    let after = everything_is_placed_once(&postgres, &pair.nodes[1]);
    assert!(
        after.placed >= before.placed + turns,
        "{before:?} {after:?}"
    );
}

#[test]
fn what_happens_on_one_node_is_seen_live_on_the_other() {
    let Some(postgres) = Postgres::create() else {
        return;
    };
    let mut chance = Chance::seeded();
    let pair = pair(&postgres);
    let [here, there] = pair.nodes.each_ref().map(Node::client);
    let shopper = guest(&here);
    let conversation = chance.id();
    say(&shopper, &mut chance, conversation, QUESTIONS[0]);
    let agent = sign_in(&there, &pair.nodes[1].add_staff("Noor Adler", "agent"));

    let path = format!("/v1/conversations/{conversation}");
    let mut shown = shopper.events(&format!("{path}/events"), Some(3)).unwrap();
    let mut desk = agent.events("/v1/staff/events", None).unwrap();
    assert_eq!(
        desk.next().unwrap().kind,
        "conversation",
        "the first says: read all"
    );

    shopper.expect(200, "POST", &format!("{path}/person"), Some(&json!({})));
    let rung = until(&mut desk, |data| {
        data["conversation"] == conversation.to_string()
    });
    assert_eq!(rung, "conversation");

    let staff = format!("/v1/staff/conversations/{conversation}");
    agent.expect(200, "POST", &format!("{staff}/take"), Some(&json!({})));
    let reply = format!("{staff}/replies/{}", chance.id());
    agent.expect(
        200,
        "PUT",
        &reply,
        Some(&json!({"text": "I am looking for your parcel"})),
    );
    until(&mut shown, |data| {
        data["author"] == "human"
            && data["name"] == "Noor Adler"
            && text_of(data).contains("your parcel")
    });

    // The end of a session on one node ends the stream on the other.
    let elsewhere = Client {
        token: shopper.token.clone(),
        ..there
    };
    assert_eq!(
        elsewhere
            .send("DELETE", "/v1/session", None)
            .unwrap()
            .status,
        204
    );
    while shown.next().unwrap().kind != "ended" {}
}

/// Reads until an event's data is the one that is awaited; says its kind.
fn until(events: &mut Events, awaited: impl Fn(&Value) -> bool) -> String {
    loop {
        let event = events.next().unwrap();
        let data: Value = serde_json::from_str(&event.data).unwrap();
        let tells = data["blocks"].is_array() || data.get("conversation").is_some();
        if tells && awaited(&data) {
            return event.kind;
        }
    }
}
