//! `parlour ledger`: verified on a database and on an export, by this program and by another; and
//! what was done to the file behind its back is found.

use core::time::Duration;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
};

use serde_json::Value;
use sqlx::SqliteConnection;

use crate::support::{
    chance::Chance,
    database::{block_on, sqlite},
    program::{Done, Node, Settings, Site, run},
    talk::{QUESTIONS, guest, say},
};

/// A ledger of a served site, signed up to its end, and at rest.
struct Kept {
    site: Site,
    node: Node,
    key: String,
    /// A checkpoint that somebody else has kept.
    witnessed: PathBuf,
}

impl Kept {
    fn new(chance: &mut Chance) -> Self {
        let site = Site::new(Settings::default());
        let node = site.node("node");
        let mut process = node.start();
        let key = node.ledger_key();
        // In two goes, so that there is more than one checkpoint.
        for _ in 0..2 {
            talk(&node, chance);
            wait_until_placed(&node, &key);
        }
        assert!(process.stop().success());
        let export = site.path("export");
        let done = node.run(&["ledger", "export", "--to", export.to_str().unwrap()]);
        assert_eq!(done.code, 0, "{}", done.err);
        Self {
            witnessed: export.join("checkpoint"),
            site,
            node,
            key,
        }
    }

    fn export(&self) -> PathBuf {
        self.site.path("export")
    }

    /// A copy of the data, to be tampered with.
    fn copy(&self, name: &str) -> PathBuf {
        let to = self.site.path(name);
        copy_tree(&self.site.data(), &to);
        to
    }

    fn verify(&self, data: &Path, more: &[&str]) -> Done {
        let data = data.to_str().unwrap();
        let mut arguments = vec!["ledger", "verify", "--data", data, "--key", &self.key];
        arguments.extend(more);
        run(&arguments)
    }

    fn witness(&self) -> [&str; 2] {
        ["--witnessed", self.witnessed.to_str().unwrap()]
    }
}

fn talk(node: &Node, chance: &mut Chance) {
    let shopper = guest(&node.client());
    let conversation = chance.id();
    for question in QUESTIONS {
        say(&shopper, chance, conversation, question);
    }
}

/// Waits until the sequencer has placed and signed everything.
fn wait_until_placed(node: &Node, key: &str) -> Value {
    loop {
        let done = node.run(&["ledger", "verify", "--json", "--key", key]);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
        let report: Value = serde_json::from_str(&done.out).unwrap();
        if report["unplaced"] == 0 {
            return report;
        }
        sleep(Duration::from_millis(200));
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
}

#[test]
fn a_ledger_verifies_in_the_database_in_an_export_and_with_another_program() {
    let kept = Kept::new(&mut Chance::seeded());
    let in_database = kept.verify(&kept.site.data(), &[]);
    assert_eq!(in_database.code, 0, "{}", in_database.err);
    assert!(
        in_database.out.contains("nothing was found"),
        "{}",
        in_database.out
    );

    let export = kept.export();
    let export = export.to_str().unwrap();
    let key_file = kept.site.path("ledger.pub");
    fs::write(&key_file, &kept.key).unwrap();
    let mut arguments = vec!["ledger", "verify", "--json", "--export", export];
    arguments.extend(["--key-file", key_file.to_str().unwrap()]);
    arguments.extend(kept.witness());
    let in_export = run(&arguments);
    assert_eq!(in_export.code, 0, "{}", in_export.err);
    let from_export: Value = serde_json::from_str(&in_export.out).unwrap();
    let json = kept.verify(&kept.site.data(), &["--json"]);
    let from_database: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(from_export["root"], from_database["root"]);
    assert_eq!(from_export["entries"], from_database["entries"]);
    assert_eq!(from_export["findings"], serde_json::json!([]));

    let other = another_program(export, &kept.key);
    let entries = from_export["entries"].as_u64().unwrap();
    assert!(other.0, "{}", other.1);
    assert!(
        other.1.starts_with(&format!("verified {entries} entries")),
        "{}",
        other.1
    );

    let bundle = kept.export().join(format!("tile/entries/000.p/{entries}"));
    let mut bytes = fs::read(&bundle).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let damaged = run(&arguments);
    assert_eq!(damaged.code, 4, "{}", damaged.out);
    assert!(
        !another_program(export, &kept.key).0,
        "the other program did not find it"
    );

    let again = kept.node.run(&["ledger", "export", "--to", export]);
    assert_ne!(again.code, 0, "an export was written over another");
}

/// The verifier in Python that shares no code with Parlour.
fn another_program(export: &str, key: &str) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../trust/ledger/tests/independent.py");
    let output = Command::new("python3")
        .arg(script)
        .args([export, key])
        .output();
    let output = output.expect("python3 runs the independent verifier");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text)
}

#[test]
fn what_was_done_behind_its_back_is_found() {
    let kept = Kept::new(&mut Chance::seeded());
    let cases: [(&str, &[&'static str], &str); 4] = [
        (
            "edit",
            &[
                "UPDATE ledger_entries SET body = CAST(replace(CAST(body AS TEXT), '\"position\":1,', '\"position\":3,') AS BLOB) \
               WHERE kind = 'conversation.turn_stored'",
                "UPDATE ledger_entries SET body = CAST(replace(CAST(body AS TEXT), '\"position\":1}', '\"position\":3}') AS BLOB) \
               WHERE kind = 'conversation.turn_stored'",
            ],
            "was edited",
        ),
        (
            "delete",
            &["DELETE FROM ledger_entries WHERE position = 5"],
            "at positions 5 to 5 are missing",
        ),
        (
            "reorder",
            &[
                "UPDATE ledger_entries SET position = 1000000 WHERE position = 4",
                "UPDATE ledger_entries SET position = 4 WHERE position = 9",
                "UPDATE ledger_entries SET position = 9 WHERE position = 1000000",
            ],
            "entries were reordered",
        ),
        (
            "truncate",
            &[
                "DELETE FROM ledger_entries WHERE position >= 6",
                "UPDATE ledger_heads SET size = 6",
            ],
            "it was truncated",
        ),
    ];
    for (name, statements, finding) in cases {
        let data = kept.copy(name);
        tamper(&data, statements);
        let done = kept.verify(&data, &[]);
        assert_eq!(done.code, 4, "{name}: {}{}", done.out, done.err);
        assert!(
            done.out.contains("FOUND") && done.out.contains(finding),
            "{name}: {}",
            done.out
        );
        let json = kept.verify(&data, &["--json"]);
        let report: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(json.code, 4);
        assert_ne!(report["findings"], serde_json::json!([]), "{name}");
    }
}

fn tamper(data: &Path, statements: &[&'static str]) {
    block_on(async {
        let mut connection = open(data).await;
        for statement in statements {
            let changed = sqlx::query(*statement).execute(&mut connection).await;
            changed.unwrap();
        }
    });
}

async fn open(data: &Path) -> SqliteConnection {
    sqlite(&data.join("parlour.sqlite")).await
}

/// Whoever can write the whole database can go back to an older state of it; only somebody who
/// kept a newer checkpoint sees it.
#[test]
fn a_log_cut_back_to_an_older_checkpoint_is_found_by_a_witness() {
    let kept = Kept::new(&mut Chance::seeded());
    let data = kept.copy("cut");
    tamper(
        &data,
        &[
            "DELETE FROM ledger_checkpoints WHERE size > (SELECT MIN(size) FROM ledger_checkpoints)",
            "DELETE FROM ledger_entries WHERE position IS NULL OR position >= (SELECT MAX(size) FROM ledger_checkpoints)",
            "UPDATE ledger_heads SET size = (SELECT MAX(size) FROM ledger_checkpoints)",
            "UPDATE ledger_tiles SET hashes = substr(hashes, 1, 32 * (SELECT MAX(size) FROM ledger_checkpoints))",
        ],
    );
    let alone = kept.verify(&data, &[]);
    assert_eq!(
        alone.code, 0,
        "the history was not rewritten well: {}",
        alone.out
    );
    let witnessed = kept.verify(&data, &kept.witness());
    assert_eq!(witnessed.code, 4, "{}", witnessed.out);
    assert!(witnessed.out.contains("truncated"), "{}", witnessed.out);
    let untouched = kept.verify(&kept.site.data(), &kept.witness());
    assert_eq!(untouched.code, 0, "{}", untouched.out);
}

/// Whoever also has the signing key can write another history; the program itself signs it here.
#[test]
fn a_history_written_anew_with_the_real_key_is_found_by_a_witness() {
    let mut chance = Chance::seeded();
    let kept = Kept::new(&mut chance);
    tamper(
        &kept.site.data(),
        &[
            "DELETE FROM ledger_checkpoints",
            "DELETE FROM ledger_tiles",
            "DELETE FROM ledger_heads",
            "DELETE FROM ledger_entries WHERE position = 3",
            "UPDATE ledger_entries SET position = NULL",
        ],
    );
    let mut process = kept.node.start();
    talk(&kept.node, &mut chance);
    wait_until_placed(&kept.node, &kept.key);
    assert!(process.stop().success());
    let alone = kept.verify(&kept.site.data(), &[]);
    assert_eq!(
        alone.code, 0,
        "the history was not rewritten well: {}",
        alone.out
    );
    let witnessed = kept.verify(&kept.site.data(), &kept.witness());
    assert_eq!(witnessed.code, 4, "{}", witnessed.out);
    assert!(
        witnessed.out.contains("the log was forked"),
        "{}",
        witnessed.out
    );
}
