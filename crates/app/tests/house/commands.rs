//! The command line: help, exit codes, and what the commands promise.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    chance::Chance,
    database::{block_on, sqlite},
    http::{Client, PATIENCE},
    program::{Done, Node, Process, Settings, Site, free_port, run},
    talk::{QUESTIONS, guest, read_all, say, sign_in, text_of},
};

#[test]
fn every_command_helps_with_examples() {
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut seen = 0;
    while let Some(command) = waiting.pop() {
        let mut arguments = command.clone();
        arguments.push("--help".to_owned());
        let help = run(&arguments);
        assert_eq!(help.code, 0, "{command:?}");
        assert!(
            help.out.contains("Examples:\n  parlour "),
            "{command:?} shows no example:\n{}",
            help.out
        );
        assert!(
            help.out.contains("--json") && help.out.contains("--data"),
            "{command:?}"
        );
        seen += 1;
        let listed = help.out.split("Commands:\n").nth(1).unwrap_or_default();
        for line in listed.lines().take_while(|line| line.starts_with("  ")) {
            let name = line.split_whitespace().next().unwrap();
            if name != "help" {
                waiting.push([command.clone(), vec![name.to_owned()]].concat());
            }
        }
    }
    assert!(seen >= 15, "only {seen} commands were found");
}

/// Wrong use is 2, the environment is 3, damaged data or keys are 4; each with a text that helps.
fn demand(done: &Done, code: i32, said: &[&str]) {
    assert_eq!(done.code, code, "{}{}", done.out, done.err);
    for text in said {
        assert!(done.err.contains(text), "`{text}` is not in: {}", done.err);
    }
}

#[test]
fn wrong_use_is_told_with_what_is_allowed() {
    demand(&run(&["dance"]), 2, &["dance"]);
    demand(&run(&["serve"]), 2, &["--config"]);
    demand(
        &run(&["demo", "--listen", "0.0.0.0:8080"]),
        2,
        &["0.0.0.0:8080", "loopback", "localhost:8080"],
    );
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("parlour.toml");
    let file = file.to_str().unwrap();
    for (text, said) in [
        (
            "[server]\nlisten = \"0.0.0.0:8443\"",
            ["server.listen", "0.0.0.0:8443", "loopback"],
        ),
        (
            "[server]\nlisten = \"somewhere\"",
            ["server.listen", "somewhere", "a host and a port"],
        ),
        ("[storage]\nkind = \"oracle\"", ["kind", "oracle", "sqlite"]),
        ("[shop]\nhandel = \"shop\"", ["handel", "line 2", "handle"]),
        (
            "[sessions]\nstaff_hours = \"long\"",
            ["staff_hours", "\"long\"", "u32"],
        ),
    ] {
        fs::write(file, text).unwrap();
        let data = directory.path().join("data");
        let done = run(&["serve", "--config", file, "--data", data.to_str().unwrap()]);
        demand(&done, 2, &said);
        assert!(
            !data.exists(),
            "a wrong configuration made a data directory"
        );
    }
}

#[test]
fn a_port_in_use_is_the_environments_fault() {
    let site = Site::new(Settings::default());
    let node = site.node("node");
    let _taken = TcpListener::bind(node.client().at).unwrap();
    demand(
        &node.refused(),
        3,
        &["server.listen", &node.client().at.to_string()],
    );
    let port = node.client().at.port();
    let listen = format!("localhost:{port}");
    let data = site.path("demo");
    let demo = run(&[
        "demo",
        "--listen",
        &listen,
        "--data",
        data.to_str().unwrap(),
    ]);
    demand(&demo, 3, &[&listen, "--listen"]);
}

#[test]
fn init_writes_once() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("parlour.toml");
    let arguments = ["init", "--config", file.to_str().unwrap()];
    let first = run(&arguments);
    assert_eq!(first.code, 0, "{}", first.err);
    let written = fs::read_to_string(&file).unwrap();
    for section in [
        "[server]",
        "[storage]",
        "[keys]",
        "[shop]",
        "[mail]",
        "[log]",
    ] {
        assert!(written.contains(section));
    }
    fs::write(&file, "# mine\n").unwrap();
    demand(&run(&arguments), 1, &["exists already"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine\n");

    // What it writes serves as it is.
    fs::write(&file, written).unwrap();
    let listen = format!("localhost:{}", free_port());
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let serve = [
        "serve",
        "--config",
        file.to_str().unwrap(),
        "--listen",
        &listen,
    ];
    let arguments = [&serve[..], &["--data", data.to_str().unwrap()]].concat();
    let mut process = Process::start(&arguments, &log).unwrap();
    assert!(process.ready.contains(&listen), "{}", process.ready);
    assert!(process.stop().success());
}

/// A running demo and how to reach it.
struct Demo {
    process: Process,
    client: Client,
    link: String,
}

fn demo(data: &Path, more: &[&str]) -> Demo {
    let mut arguments = vec!["demo", "--json", "--listen", "localhost:0", "--data"];
    arguments.push(data.to_str().unwrap());
    arguments.extend(more);
    let log = data.with_extension("log");
    let process = Process::start(&arguments, &log)
        .unwrap_or_else(|status| panic!("{status}: {}", fs::read_to_string(&log).unwrap()));
    let told: Value = serde_json::from_str(&process.ready).unwrap();
    let console = told["console"].as_str().unwrap();
    let host = console
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/console")
        .unwrap();
    let port: u16 = host.strip_prefix("localhost:").unwrap().parse().unwrap();
    let link = told["sign_in_link"]
        .as_str()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1;
    Demo {
        client: Client {
            at: SocketAddr::from(([127, 0, 0, 1], port)),
            host: host.to_owned(),
            token: None,
            patience: PATIENCE,
        },
        link: link.to_owned(),
        process,
    }
}

impl Demo {
    /// The ids of all conversations, as the desk shows them.
    fn conversations(&self) -> Vec<String> {
        let staff = sign_in(&self.client, &self.link);
        let queue = staff.expect(200, "GET", "/v1/staff/queue", None);
        let all = queue["conversations"].as_array().unwrap().iter();
        let mut ids: Vec<String> = all
            .map(|each| each["conversation"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    }
}

fn told(data: &Path, arguments: &[&str]) -> String {
    let done = run(&[arguments, &["--data", data.to_str().unwrap()]].concat());
    assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
    done.out
}

#[test]
fn a_demo_finds_everything_as_it_was_until_it_is_told_to_begin_afresh() {
    let mut chance = Chance::seeded();
    let directory = TempDir::new().unwrap();
    let data = directory.path().join("demo");
    let mut first = demo(&data, &[]);
    let body = json!({"transport": "bearer"});
    let view = first
        .client
        .expect(201, "POST", "/v1/shops/demo/sessions", Some(&body));
    let token = view["token"].as_str().unwrap().to_owned();
    let conversation = chance.id();
    say(
        &first.client.with_token(&token),
        &mut chance,
        conversation,
        QUESTIONS[0],
    );
    let turns = read_all(&first.client.with_token(&token), conversation);
    let conversations = first.conversations();
    assert!(conversations.contains(&conversation.to_string()) && conversations.len() > 1);

    let second = run(&[
        "demo",
        "--listen",
        "localhost:0",
        "--data",
        data.to_str().unwrap(),
    ]);
    demand(&second, 3, &["another parlour is serving", "--data"]);
    let fresh = [
        "demo",
        "--fresh",
        "--listen",
        "localhost:0",
        "--data",
        data.to_str().unwrap(),
    ];
    demand(&run(&fresh), 3, &["another parlour is serving"]);
    assert!(first.process.stop().success());

    let (key, staff) = (
        told(&data, &["ledger", "key"]),
        told(&data, &["staff", "list", "--json"]),
    );
    let mut again = demo(&data, &[]);
    assert_eq!(again.conversations(), conversations);
    assert_eq!(
        read_all(&again.client.with_token(&token), conversation),
        turns
    );
    assert!(again.process.stop().success());
    assert_eq!(told(&data, &["ledger", "key"]), key);
    assert_eq!(told(&data, &["staff", "list", "--json"]), staff);

    let foreign = data.join("thesis.txt");
    fs::write(&foreign, "years of work").unwrap();
    demand(&run(&fresh), 2, &["thesis.txt", "--data"]);
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "years of work");
    assert_eq!(told(&data, &["ledger", "key"]), key);
    fs::remove_file(&foreign).unwrap();

    let mut afresh = demo(&data, &["--fresh"]);
    assert!(!afresh.conversations().contains(&conversation.to_string()));
    assert!(afresh.process.stop().success());
    assert_ne!(told(&data, &["ledger", "key"]), key);
}

#[test]
fn localhost_is_both_loopback_addresses_on_one_port() {
    if TcpListener::bind("[::1]:0").is_err() {
        println!("skipped: this machine has no IPv6 loopback");
        return;
    }
    let directory = TempDir::new().unwrap();
    let demo = demo(&directory.path().join("demo"), &[]);
    let six = Client {
        at: SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, demo.client.at.port())),
        ..demo.client.clone()
    };
    for client in [&demo.client, &six] {
        assert_eq!(client.send("GET", "/readyz", None).unwrap().status, 200);
    }
}

#[test]
fn a_loose_a_wrong_and_a_lost_root_key_are_refused() {
    let site = Site::new(Settings::default());
    let node = site.node("node");
    assert!(node.start().stop().success());
    let root = site.data().join("keys/root.key");
    let right = fs::read_to_string(&root).unwrap();

    fs::set_permissions(&root, fs::Permissions::from_mode(0o644)).unwrap();
    for done in [node.refused(), node.run(&["keys", "status"])] {
        demand(&done, 3, &["root.key", "mode 644", "chmod 600"]);
    }
    fs::set_permissions(&root, fs::Permissions::from_mode(0o600)).unwrap();

    let (header, digits) = right.trim().split_once('\n').unwrap();
    let other: String = digits.chars().rev().collect();
    fs::write(&root, format!("{header}\n{other}\n")).unwrap();
    demand(
        &node.refused(),
        4,
        &["root key", "belongs to this database"],
    );

    fs::remove_file(&root).unwrap();
    demand(&node.refused(), 3, &["root.key", "recovery kit"]);
    assert!(
        !root.exists(),
        "a fresh root key was made, which opens nothing"
    );

    crate::support::program::write_private(&root, &right);
    assert!(node.start().stop().success());
}

#[test]
fn a_schema_that_is_not_ours_is_refused() {
    let site = Site::new(Settings::default());
    let node = site.node("node");
    assert!(node.start().stop().success());
    for statement in [
        "UPDATE schema_migrations SET checksum = 'something else'",
        "UPDATE schema_migrations SET version = version + 1000000",
    ] {
        block_on(async {
            let mut connection = sqlite(&site.database()).await;
            sqlx::query(statement)
                .execute(&mut connection)
                .await
                .unwrap();
        });
        demand(&node.refused(), 4, &["schema"]);
    }
}

#[test]
fn keys_are_rotated_while_shoppers_talk() {
    let mut chance = Chance::seeded();
    let site = Site::new(Settings::default());
    let node = site.node("node");
    let mut process = node.start();
    let shopper = guest(&node.client());
    let conversation = chance.id();
    let mut said = Vec::new();
    let mut talk = |node: &Node| {
        let other = guest(&node.client());
        let aside = chance.id();
        say(&other, &mut chance, aside, QUESTIONS[1]);
        for question in QUESTIONS {
            said.push(*question);
            say(&shopper, &mut chance, conversation, question);
        }
    };
    for epoch in 2..=4 {
        talk(&node);
        let rotated = node.run(&["keys", "rotate", "--json"]);
        assert_eq!(rotated.code, 0, "{}", rotated.err);
        let report: Value = serde_json::from_str(&rotated.out).unwrap();
        assert_eq!(report["epoch"], epoch, "{report}");
        assert!(report["rewrapped"].as_i64().unwrap() > 0, "{report}");
        let status = node.run(&["keys", "status", "--json"]);
        let status: Value = serde_json::from_str(&status.out).unwrap();
        let wrapped = status["shops"][0]["wrapped"].as_array().unwrap();
        assert!(wrapped.iter().any(|row| row["epoch"] == epoch), "{status}");
    }
    talk(&node);
    let own = |turns: &[Value]| -> Vec<String> {
        let turns = turns.iter().filter(|turn| turn["author"] == "shopper");
        turns.map(text_of).collect()
    };
    assert_eq!(own(&read_all(&shopper, conversation)), said);
    process.kill();
    let _process = node.start();
    assert_eq!(own(&read_all(&shopper, conversation)), said);
}

#[test]
fn staff_are_added_linked_and_listed() {
    let site = Site::new(Settings::default());
    let node = site.node("node");
    // The first member of staff is added before the shop was ever served.
    let first = node.add_staff("Robin Vale", "admin");
    let _process = node.start();
    let second = node.add_staff("Noor Adler", "agent");
    let admin = sign_in(&node.client(), &first);
    let agent = sign_in(&node.client(), &second);
    admin.expect(200, "GET", "/v1/staff/people", None);
    agent.expect(403, "GET", "/v1/staff/people", None);
    // A link works once.
    let used = json!({ "token": first });
    node.client()
        .expect(410, "POST", "/v1/staff/sessions", Some(&used));

    let listed = node.run(&["staff", "list", "--json"]);
    let rows: Vec<Value> = listed
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<&str> = rows
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Robin Vale", "Noor Adler"]);
    let id = rows[1]["staff"].as_str().unwrap();
    let linked = node.run(&["staff", "link", "--json", "--staff", id]);
    let linked: Value = serde_json::from_str(&linked.out).unwrap();
    let link = linked["sign_in_link"]
        .as_str()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1;
    let again = sign_in(&node.client(), link);
    let own = again.expect(200, "GET", "/v1/staff/session", None);
    assert_eq!(own["name"], "Noor Adler");

    let nobody = "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10";
    demand(
        &node.run(&["staff", "link", "--staff", nobody]),
        2,
        &[nobody],
    );
    demand(
        &node.run(&["staff", "add", "--name", "12", "--role", "agent"]),
        2,
        &["name"],
    );
}

#[test]
fn a_stop_is_clean_also_while_streams_are_open() {
    let mut chance = Chance::seeded();
    let site = Site::new(Settings::default());
    let node = site.node("node");
    let mut process = node.start();
    let shopper = guest(&node.client());
    let conversation = chance.id();
    say(&shopper, &mut chance, conversation, QUESTIONS[0]);
    let path = format!("/v1/conversations/{conversation}/events");
    let mut streams: Vec<_> = (0..4)
        .map(|_| shopper.events(&path, None).unwrap())
        .collect();
    for stream in &mut streams {
        assert_eq!(stream.next().unwrap().kind, "turn");
    }
    assert!(process.stop().success(), "it did not end by itself");
    for mut stream in streams {
        while stream.next().is_ok() {}
    }
    assert!(node.client().send("GET", "/healthz", None).is_err());
}
