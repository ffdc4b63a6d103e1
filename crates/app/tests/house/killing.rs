//! `kill -9` in the middle of conversations: nothing acknowledged is lost, nothing doubled.

use core::{
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
    time::Duration,
};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle, sleep},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    chance::Chance,
    database::{Counts, Postgres, postgres_counts, sqlite_counts},
    http::Client,
    program::{Node, Process, Settings, Site},
    talk::{Persistent, QUESTIONS, position, text_of},
};

const CLIENTS: usize = 8;
/// Messages of a conversation before its shopper begins another.
const LONGEST: usize = 12;

#[test]
fn fifty_kills_lose_nothing_and_double_nothing_on_sqlite() {
    let mut chance = Chance::seeded();
    let site = Site::new(Settings::default());
    let node = site.node("node");
    let nodes = [node.clone()];
    let told = ordeal(&mut chance, &nodes, 50, (20, 350), &Blow::Kill);
    let counts = sqlite_counts(&site.database());
    agree(&told, &counts, &node);
}

#[test]
fn killing_nodes_by_turns_loses_nothing_and_doubles_nothing_on_postgres() {
    let Some(postgres) = Postgres::create() else {
        return;
    };
    let mut chance = Chance::seeded();
    let site = Site::on_postgres(&postgres.url(), "info");
    let nodes = [site.node("first"), site.node("second")];
    let told = ordeal(&mut chance, &nodes, 10, (150, 700), &Blow::Kill);
    let counts = postgres_counts(&postgres);
    agree(&told, &counts, &nodes[0]);
}

#[test]
fn connections_that_break_lose_nothing_and_double_nothing_on_postgres() {
    let Some(postgres) = Postgres::create() else {
        return;
    };
    let mut chance = Chance::seeded();
    let site = Site::on_postgres(&postgres.url(), "info");
    let nodes = [site.node("first"), site.node("second")];
    let told = ordeal(&mut chance, &nodes, 10, (150, 500), &Blow::Cut(&postgres));
    let counts = postgres_counts(&postgres);
    agree(&told, &counts, &nodes[0]);
}

/// What happens at a moment that nobody expects.
enum Blow<'a> {
    /// One node is killed and started again.
    Kill,
    /// The database server ends every connection of every node, as it does when it crashes.
    Cut(&'a Postgres),
}

/// What the database holds is what the shoppers saw, and the ledger knows of all of it.
fn agree(told: &Told, counts: &Counts, node: &Node) {
    let expected = Counts {
        conversations: told.conversations,
        turns: told.turns,
        recorded: told.turns,
    };
    assert_eq!(*counts, expected);
    let key = node.ledger_key();
    let verified = node.run(&["ledger", "verify", "--json", "--key", &key]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}

/// What all shoppers together saw.
struct Told {
    conversations: i64,
    turns: i64,
}

/// Shoppers hold conversations while nodes are killed and started again; then every conversation
/// is read back and compared with what was acknowledged.
fn ordeal(
    chance: &mut Chance,
    nodes: &[Node],
    blows: usize,
    pause: (u64, u64),
    blow: &Blow<'_>,
) -> Told {
    let mut running: Vec<Process> = nodes.iter().map(Node::start).collect();
    let doors: Vec<_> = nodes.iter().map(Node::client).collect();
    let over = Arc::new(AtomicBool::new(false));
    let followed = Arc::new(Followed::default());
    let shoppers: Vec<JoinHandle<Shopper>> = (0..CLIENTS)
        .map(|number| {
            let mut shopper = Shopper {
                site: Persistent::new(doors.clone(), number),
                chance: chance.branch(),
                held: Vec::new(),
                repeated: 0,
                cut: 0,
                failed: 0,
                // The first is followed live, and keeps to one conversation.
                followed: (number == 0).then(|| Arc::clone(&followed)),
            };
            let over = Arc::clone(&over);
            thread::spawn(move || {
                shopper.talk(&over);
                shopper
            })
        })
        .collect();
    let follower = {
        let (doors, followed) = (doors.clone(), Arc::clone(&followed));
        thread::spawn(move || follow(&doors, &followed))
    };

    for count in 0..blows {
        sleep(chance.millis(pause.0, pause.1));
        match blow {
            Blow::Kill => {
                let victim = count % nodes.len();
                running[victim].kill();
                running[victim] = nodes[victim].start();
            }
            Blow::Cut(postgres) => postgres.end_all_connections(),
        }
    }
    over.store(true, Ordering::SeqCst);
    let shoppers: Vec<Shopper> = shoppers
        .into_iter()
        .map(|shopper| shopper.join().unwrap())
        .collect();

    let mut told = Told {
        conversations: 0,
        turns: 0,
    };
    for shopper in &shoppers {
        for held in &shopper.held {
            let turns = held.site.clone().read_all(held.conversation);
            held.check(&turns);
            told.conversations += 1;
            told.turns += i64::try_from(turns.len()).unwrap();
        }
    }
    let last = &shoppers[0].held[0];
    let turns = last.site.clone().read_all(last.conversation);
    followed
        .last
        .store(turns.last().map_or(0, position), Ordering::SeqCst);
    assert_eq!(
        follower.join().unwrap(),
        turns,
        "what the live stream showed"
    );

    let messages: usize = shoppers
        .iter()
        .flat_map(|shopper| &shopper.held)
        .map(|held| held.acknowledged.len())
        .sum();
    let cut: usize = shoppers.iter().map(|shopper| shopper.cut).sum();
    let failed: usize = shoppers.iter().map(|shopper| shopper.failed).sum();
    let repeated: usize = shoppers.iter().map(|shopper| shopper.repeated).sum();
    println!(
        "{blows} blows, {messages} messages acknowledged, {failed} requests failed, {cut} cut off in flight, {repeated} of them \
         stored before the blow"
    );
    assert!(
        failed > 0 && (cut > 0 || matches!(blow, Blow::Cut(_))),
        "no blow hit a request in flight: the test shows nothing"
    );
    assert!(messages > blows, "too little was said between the blows");
    for process in &mut running {
        assert!(process.stop().success());
    }
    told
}

/// A conversation, and what its shopper was told about it.
struct Held {
    site: Persistent,
    conversation: Uuid,
    acknowledged: Vec<Acknowledged>,
}

struct Acknowledged {
    message: Uuid,
    text: &'static str,
    turns: Vec<Value>,
}

impl Held {
    /// One turn for each message, one answer to each, nothing else, nothing missing, and everything
    /// as it was acknowledged.
    fn check(&self, turns: &[Value]) {
        for (index, turn) in turns.iter().enumerate() {
            assert_eq!(position(turn), i64::try_from(index).unwrap() + 1, "a gap");
        }
        self.check_acknowledged(turns);
        let own = turns.iter().filter(|turn| turn["author"] == "shopper");
        assert_eq!(
            own.count(),
            self.acknowledged.len(),
            "a message was doubled or invented"
        );
        let told: usize = self.acknowledged.iter().map(|each| each.turns.len()).sum();
        assert_eq!(turns.len(), told, "an answer was doubled");
    }

    fn check_acknowledged(&self, turns: &[Value]) {
        let by_position: HashMap<i64, &Value> =
            turns.iter().map(|turn| (position(turn), turn)).collect();
        for each in &self.acknowledged {
            let (own, answers) = each.turns.split_first().unwrap();
            assert_eq!(own["message"], each.message.to_string());
            assert_eq!(text_of(own), each.text);
            let answered = answers.iter().filter(|turn| turn["author"] == "ai");
            assert_eq!(answered.count(), 1, "{answers:?}");
            for turn in &each.turns {
                assert_eq!(
                    by_position.get(&position(turn)),
                    Some(&turn),
                    "lost or changed"
                );
            }
        }
    }
}

struct Shopper {
    site: Persistent,
    chance: Chance,
    held: Vec<Held>,
    repeated: usize,
    cut: usize,
    failed: usize,
    followed: Option<Arc<Followed>>,
}

impl Shopper {
    fn talk(&mut self, over: &AtomicBool) {
        while !over.load(Ordering::SeqCst) {
            let mut held = self.begin();
            let most = if self.followed.is_some() {
                usize::MAX
            } else {
                LONGEST
            };
            while held.acknowledged.is_empty()
                || (held.acknowledged.len() < most && !over.load(Ordering::SeqCst))
            {
                self.say(&mut held);
            }
            self.cut += held.site.cut;
            self.failed += held.site.failed;
            self.held.push(held);
        }
    }

    fn begin(&mut self) -> Held {
        let body = json!({"transport": "bearer"});
        let (status, view) = self
            .site
            .send("POST", "/v1/shops/shop/sessions", Some(&body));
        assert_eq!(status, 201, "{view}");
        let held = Held {
            site: self.site.with_token(view["token"].as_str().unwrap()),
            conversation: self.chance.id(),
            acknowledged: Vec::new(),
        };
        if let Some(followed) = &self.followed {
            let token = view["token"].as_str().unwrap().to_owned();
            *followed.whose.lock().unwrap() = Some((token, held.conversation));
        }
        held
    }

    fn say(&mut self, held: &mut Held) {
        let message = self.chance.id();
        let text = *self.chance.one_of(QUESTIONS);
        let path = format!("/v1/conversations/{}/messages/{message}", held.conversation);
        let failed = held.site.failed;
        let (status, answer) = held.site.send("PUT", &path, Some(&json!({ "text": text })));
        assert!(matches!(status, 200 | 201), "{status} {answer}");
        if status == 200 {
            assert!(
                held.site.failed > failed,
                "a message that was sent once was known already"
            );
            self.repeated += 1;
        }
        held.acknowledged.push(Acknowledged {
            message,
            text,
            turns: answer["turns"].as_array().unwrap().clone(),
        });
        if held.site.failed > failed {
            // After every kill, what had been acknowledged is still there.
            let path = format!("/v1/conversations/{}/turns?limit=200", held.conversation);
            let (status, page) = held.site.send("GET", &path, None);
            assert_eq!(status, 200, "{page}");
            if page["more"] == false {
                held.check_acknowledged(page["turns"].as_array().unwrap());
            }
        }
    }
}

/// The conversation that is watched live.
#[derive(Default)]
struct Followed {
    whose: Mutex<Option<(String, Uuid)>>,
    /// Position of the last turn, once it is known.
    last: AtomicI64,
}

/// Watches a conversation through all kills as a browser does: comes back with the id of the last
/// event it has. Every turn comes once and in order.
fn follow(doors: &[Client], followed: &Followed) -> Vec<Value> {
    let (token, conversation) = loop {
        if let Some(whose) = followed.whose.lock().unwrap().clone() {
            break whose;
        }
        sleep(Duration::from_millis(10));
    };
    let doors = doors.iter().map(|door| Client {
        // A silent stream is left now and then, to see whether this was all.
        patience: Duration::from_secs(2),
        ..door.with_token(&token)
    });
    let mut site = Persistent::new(doors.collect(), 0);
    let path = format!("/v1/conversations/{conversation}/events");
    let mut turns: Vec<Value> = Vec::new();
    let mut connections = 0;
    loop {
        let seen = turns.last().map(position);
        let last = followed.last.load(Ordering::SeqCst);
        if last > 0 && seen == Some(last) {
            println!("followed {last} turns live over {connections} connections");
            return turns;
        }
        let Ok(mut events) = site.door().events(&path, seen) else {
            site.next_door();
            sleep(Duration::from_millis(15));
            continue;
        };
        connections += 1;
        while let Ok(event) = events.next() {
            match event.kind.as_str() {
                "turn" => {
                    let turn: Value = serde_json::from_str(&event.data).unwrap();
                    assert_eq!(event.id, Some(position(&turn)));
                    assert_eq!(
                        position(&turn),
                        turns.last().map_or(0, position) + 1,
                        "a gap or a repetition"
                    );
                    turns.push(turn);
                }
                "state" => {}
                other => panic!("`{other}`: {}", event.data),
            }
            let last = followed.last.load(Ordering::SeqCst);
            if last > 0 && turns.last().map(position) == Some(last) {
                break;
            }
        }
        site.next_door();
    }
}

// The comparison finds what it is there for.

#[test]
fn a_lost_a_doubled_and_a_changed_turn_would_be_found() {
    let message = Chance::unseeded().id();
    let turn = |position: i64, author: &str, text: &str| json!({"position": position, "author": author, "blocks": [{"type": "text", "text": text}]});
    let mut own = turn(1, "shopper", QUESTIONS[0]);
    own["message"] = json!(message.to_string());
    let answer = turn(2, "ai", "Thirty days.");
    let held = Held {
        site: Persistent::new(Vec::new(), 0),
        conversation: message,
        acknowledged: vec![Acknowledged {
            message,
            text: QUESTIONS[0],
            turns: vec![own.clone(), answer.clone()],
        }],
    };
    held.check(&[own.clone(), answer.clone()]);
    let another = turn(2, "ai", "Fourteen days.");
    for broken in [
        vec![],
        vec![own.clone()],
        vec![own.clone(), another],
        vec![own.clone(), answer.clone(), turn(3, "ai", "Thirty days.")],
        vec![
            own.clone(),
            answer.clone(),
            turn(3, "shopper", QUESTIONS[0]),
        ],
        vec![own, answer, turn(4, "system", "later")],
    ] {
        let checked = catch_unwind(AssertUnwindSafe(|| held.check(&broken)));
        assert!(checked.is_err(), "not found: {broken:?}");
    }
}
