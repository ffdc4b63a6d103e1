//! Whole shops in and out through the command line, and tools as a customer.

use core::time::Duration;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    chance::Chance,
    database::{block_on, sqlite},
    program::{BINARY, Done, run},
    variable,
};

/// A shop whose customers' own ids are made of their names, as many shops have them.
fn document(customers: usize, orders: usize) -> Value {
    let variant = |product: usize, number: usize| {
        json!({
            "id": format!("v{product}-{number}"), "options": { "size": number.to_string() },
            "price": 1_000 + 100 * number, "available": number != 4, "stock": 5_000,
        })
    };
    let products: Vec<Value> = (0..20)
        .map(|product| {
            let variants: Vec<Value> = (0..5).map(|number| variant(product, number)).collect();
            json!({
                "id": format!("p{product}"), "title": format!("Lamp {product}"),
                "options": ["size"], "variants": variants,
            })
        })
        .collect();
    let customers: Vec<Value> = (0..customers).map(customer).collect();
    let orders: Vec<Value> = (0..orders)
        .map(|number| order(number, customers.len()))
        .collect();
    json!({
        "format": "parlour-shop/1", "currency": "USD", "products": products, "discounts": [],
        "shipping": [], "policies": [{ "id": "returns", "title": "Returns", "text": "Thirty days." }],
        "faqs": [], "customers": customers, "orders": orders,
    })
}

fn customer(number: usize) -> Value {
    json!({
        "id": format!("wilhelmine_oberst_{number}"),
        "email": format!("wilhelmine.oberst{number}@example.com"),
        "given_name": "Wilhelmine", "family_name": "Oberst",
        "addresses": [{
            "id": "a1", "line1": format!("{number} Quitzow Lane"), "city": "Perleberg",
            "postal_code": "19348", "country": "DE", "default": true,
        }],
        "payment_methods": [
            { "id": format!("card_{number}"), "kind": "card", "brand": "Visa", "last4": "4242" },
            { "id": format!("gift_{number}"), "kind": "gift_card", "balance": 100_000 },
        ],
    })
}

fn order(number: usize, customers: usize) -> Value {
    let owner = number % customers;
    let status = ["pending", "delivered", "processed"][number % 3];
    let fulfilments = if status == "delivered" {
        json!([{ "id": "f1", "tracking": ["T1"], "lines": ["l1"] }])
    } else {
        json!([])
    };
    json!({
        "id": format!("#W{number:06}"), "customer": format!("wilhelmine_oberst_{owner}"),
        "placed_at": "2026-11-22T09:30:00.125Z", "status": status,
        "shipping_address": {
            "line1": format!("{owner} Quitzow Lane"), "city": "Perleberg",
            "postal_code": "19348", "country": "DE",
        },
        "lines": [{
            "id": "l1", "product": format!("p{}", number % 20),
            "variant": format!("v{}-1", number % 20), "title": format!("Lamp {}", number % 20),
            "options": { "size": "1" }, "quantity": 1, "unit_price": 1_100,
        }],
        "fulfilments": fulfilments,
        "payments": [
            { "id": "p1", "kind": "payment", "method": format!("card_{owner}"), "amount": 1_100 },
        ],
    })
}

struct Place {
    directory: TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            directory: TempDir::new().unwrap(),
        }
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.directory.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, arguments: &[&str]) -> Done {
        let data = self.data();
        let data = ["--data", data.to_str().unwrap()];
        run(&[arguments, &data].concat())
    }

    fn import(&self, document: &Value) -> Done {
        let path = self.write("shop.json", &document.to_string());
        self.run(&["shop", "import", "--format", "json", path.to_str().unwrap()])
    }

    fn export(&self) -> Value {
        let done = self.run(&["shop", "export", "--format", "json"]);
        assert_eq!(done.code, 0, "{}", done.err);
        serde_json::from_str(&done.out).unwrap()
    }

    fn tools(&self, lines: &[Value]) -> Vec<Value> {
        let script = self.write("calls.jsonl", &script(lines));
        let done = self.run(&["tool", "run", "--script", script.to_str().unwrap()]);
        assert_eq!(done.code, 0, "{}", done.err);
        answers(&done.out)
    }

    /// What somebody does behind the program's back.
    fn tamper(&self, statements: &[&'static str]) {
        block_on(async {
            let mut connection = sqlite(&self.data().join("parlour.sqlite")).await;
            for statement in statements {
                let changed = sqlx::query(*statement).execute(&mut connection).await;
                changed.unwrap();
            }
        });
    }

    fn open_sessions(&self) -> i64 {
        block_on(async {
            let mut connection = sqlite(&self.data().join("parlour.sqlite")).await;
            let open = "SELECT count(*) FROM shopper_sessions WHERE ended_at IS NULL";
            let counted = sqlx::query_scalar(open).fetch_one(&mut connection).await;
            counted.unwrap()
        })
    }

    /// Every byte of the database and what lies beside it.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in fs::read_dir(self.data()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                bytes.extend(fs::read(path).unwrap());
            }
        }
        bytes
    }
}

fn script(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn answers(out: &str) -> Vec<Value> {
    let lines = out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_export_of_an_import_is_the_same_document() {
    let place = Place::new();
    let given = document(30, 120);
    let done = place.import(&given);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("120 orders"), "{}", done.out);
    assert_eq!(place.export(), given);
    // And once more, from its own export: a new installation, the same document.
    let other = Place::new();
    assert_eq!(other.import(&place.export()).code, 0);
    assert_eq!(other.export(), given);
    // A shop is filled once.
    let again = place.import(&given);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("already"), "{}", again.err);
}

#[test]
fn nothing_of_an_imported_customer_lies_in_the_clear() {
    let place = Place::new();
    assert_eq!(place.import(&document(30, 120)).code, 0);
    let bytes = place.bytes();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    // The carver finds what is there.
    assert!(holds("Lamp 7") && holds("#W000042"));
    for secret in [
        "ilhelmine",
        "Oberst",
        "oberst",
        "Quitzow",
        "Perleberg",
        "card_7",
        "gift_7",
    ] {
        assert!(!holds(secret), "`{secret}` lies in the clear");
    }
}

#[test]
fn the_flower_shop_comes_as_it_stands() {
    let shared = variable("PARLOUR_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let folder = shared.join("data/flower_shop");
    if !folder.exists() {
        eprintln!("skipped: `{}` is not there", folder.display());
        return;
    }
    let place = Place::new();
    let folder = folder.to_str().unwrap();
    let done = place.run(&["shop", "import", "--format", "ucp-csv", folder]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("name no customer"), "{}", done.err);
    let export = place.export();
    let count = |list: &str| export[list].as_array().unwrap().len();
    assert_eq!(export["currency"], "USD");
    assert_eq!(
        (
            count("products"),
            count("discounts"),
            count("shipping"),
            count("customers")
        ),
        (6, 3, 3, 3)
    );
    let gone = place.tools(&[
        json!({ "as": "cust_1", "tool": "add_to_cart", "args": { "variant": "gardenias", "quantity": 1 } }),
        json!({ "as": "cust_1", "tool": "add_to_cart", "args": { "variant": "bouquet_roses", "quantity": 1 } }),
        json!({ "as": "cust_1", "tool": "checkout", "args": {}, "confirm": true }),
    ]);
    assert_eq!(gone[0]["code"], "out_of_stock");
    // Roses are delivered free: a promotion of the folder.
    assert_eq!(gone[2]["proposal"]["total"], 3_500, "{}", gone[2]);
}

#[test]
fn a_broken_document_leaves_nothing_and_says_where() {
    let place = Place::new();
    let mut broken = document(5, 20);
    broken["orders"][17]["lines"][0]["variant"] = json!("nowhere");
    let done = place.import(&broken);
    assert_eq!(done.code, 1);
    for said in [
        "shop.json",
        "orders[17].lines[0].variant",
        "nothing was imported",
    ] {
        assert!(done.err.contains(said), "`{said}` is not in: {}", done.err);
    }
    let mut broken = document(5, 20);
    broken["orders"][3]["surplus"] = json!(1);
    let done = place.import(&broken);
    assert!(
        done.err.contains("orders[3]") && done.err.contains("surplus"),
        "{}",
        done.err
    );
    let mut broken = document(5, 20);
    broken["customers"][4]["email"] = json!("wilhelmine.oberst0@example.com");
    let done = place.import(&broken);
    assert!(done.err.contains("customers[4].email"), "{}", done.err);
    // What was refused is not in the way of what is right.
    assert_eq!(place.import(&document(5, 20)).code, 0);
}

#[test]
fn an_import_that_is_killed_leaves_nothing() {
    let place = Place::new();
    // The installation is there before, so that what the import adds can be told apart.
    assert_eq!(place.import(&document(2, 2)).code, 0);
    let given = document(200, 3_000);
    let path = place.write("large.json", &given.to_string());
    let log = place.data().join("parlour.sqlite-wal");
    let mut cut = 0;
    for more_than in [100_000, 600_000] {
        let mut child = Command::new(BINARY)
            .args(["shop", "import", "--format", "json", "--shop", "large"])
            .arg(&path)
            .arg("--data")
            .arg(place.data())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // In the middle: rows are on their way into the log.
        for _ in 0..4_000 {
            let written = fs::metadata(&log).map_or(0, |log| log.len());
            if written > more_than || child.try_wait().unwrap().is_some() {
                break;
            }
            sleep(Duration::from_millis(5));
        }
        cut += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let export = place.run(&["shop", "export", "--format", "json", "--shop", "large"]);
        let refused = (export.code, export.out.as_str());
        assert_eq!(
            refused,
            (2, ""),
            "a part of the shop is there: {}",
            export.err
        );
        let known = "parlour: name the shop with `--shop HANDLE`; there are: ";
        let known = export
            .err
            .strip_prefix(known)
            .unwrap_or_else(|| panic!("{}", export.err));
        assert!(!known.contains("large"), "{known}");
    }
    assert_eq!(cut, 2, "the import was over before it was cut");
    let done = place.run(&[
        "shop",
        "import",
        "--format",
        "json",
        "--shop",
        "large",
        path.to_str().unwrap(),
    ]);
    assert_eq!(done.code, 0, "{}", done.err);
    let export = place.run(&["shop", "export", "--format", "json", "--shop", "large"]);
    assert_eq!(serde_json::from_str::<Value>(&export.out).unwrap(), given);
}

#[test]
fn tools_answer_line_by_line_as_the_contract_says() {
    let place = Place::new();
    assert_eq!(place.import(&document(3, 9)).code, 0);
    let me = "wilhelmine_oberst_0";
    let lines = script(&[
        json!({ "as": me, "tool": "get_order", "args": { "order": "#W000000" } }),
        json!({ "as": me, "tool": "get_order", "args": { "order": "#W000001" } }),
        json!({ "as": me, "tool": "get_order", "args": { "order": "#W999999" } }),
        json!({ "as": me, "tool": "cancel_order", "args": { "order": "#W000000", "reason": "weather" } }),
        json!({ "as": me, "tool": "cancel_order", "args": { "order": "#W000000", "reason": "no_longer_needed" } }),
        json!({ "as": "nobody", "tool": "get_cart" }),
        json!({ "as": me, "tool": "open_sesame" }),
        json!({ "as": me, "tool": "get_cart", "args": { "customer": "wilhelmine_oberst_1" } }),
        json!({ "as": me }),
    ]) + "{ not json\n\n";
    let script = place.write("calls.jsonl", &lines);
    let done = place.run(&["tool", "run", "--script", script.to_str().unwrap()]);
    assert_eq!(done.code, 0, "{}", done.err);
    let answers = answers(&done.out);
    assert_eq!(answers.len(), 10, "an answer for each line: {}", done.out);
    assert_eq!(answers[0]["result"]["id"], "#W000000");
    assert_eq!(answers[1], answers[2], "another's is like nobody's");
    let codes: Vec<&str> = answers[3..]
        .iter()
        .map(|answer| answer["code"].as_str().unwrap_or("ok"))
        .collect();
    assert_eq!(
        codes,
        [
            "bad_reason",
            "ok",
            "not_found",
            "bad_argument",
            "bad_argument",
            "bad_argument",
            "bad_argument"
        ]
    );
    // An open proposal outlives the process, and is confirmed once.
    let proposal = &answers[4]["proposal"];
    assert_eq!(proposal["level"], "session");
    let confirm = json!({ "as": me, "confirm_proposal": proposal["id"] });
    let stranger = json!({ "as": "wilhelmine_oberst_1", "confirm_proposal": proposal["id"] });
    let answers = place.tools(&[stranger, confirm.clone(), confirm]);
    assert_eq!(answers[0]["code"], "not_found");
    assert_eq!(answers[1]["ok"], true, "{}", answers[1]);
    assert_eq!(answers[2]["code"], "already_confirmed");
    assert_eq!(answers[1]["effect"], answers[2]["effect"]);
    let order = place.export()["orders"][0].clone();
    assert_eq!(order["status"], "cancelled");
    assert_eq!(order["payments"][1]["kind"], "refund");
    assert_eq!(order["payments"][1]["amount"], 1_100);
}

/// A line over which the program breaks is one answer; what was done before it and after it is told.
#[test]
fn a_line_that_breaks_is_answered_and_the_others_go_on() {
    let place = Place::new();
    assert_eq!(place.import(&document(3, 9)).code, 0);
    place.tamper(&["UPDATE products SET body = '{' WHERE id = 'p7'"]);
    let me = "wilhelmine_oberst_0";
    let add = |variant: &str| json!({ "as": me, "tool": "add_to_cart", "args": { "variant": variant, "quantity": 1 } });
    let lines = script(&[
        add("v1-0"),
        json!({ "as": me, "tool": "get_product", "args": { "product": "p7" } }),
        add("v2-0"),
        json!({ "as": me, "tool": "get_cart" }),
    ]);
    let script = place.write("calls.jsonl", &lines);
    let done = place.run(&["tool", "run", "--script", script.to_str().unwrap()]);
    assert_eq!(done.code, 0, "{}", done.err);
    let answers = answers(&done.out);
    let told: Vec<bool> = answers.iter().map(|answer| answer["ok"] == true).collect();
    assert_eq!(told, [true, false, true, true], "{}", done.out);
    let message = answers[1]["message"].as_str().unwrap();
    assert!(message.starts_with("line 2 broke"), "{message}");
    assert!(!message.contains("product"), "{message}");
    let reason = "parlour: line 2 broke: a stored product of the shop cannot be read";
    assert!(done.err.contains(reason), "{}", done.err);
    let cart = &answers[3]["result"];
    assert_eq!(cart["lines"].as_array().map(Vec::len), Some(2), "{cart}");
    assert_eq!(place.open_sessions(), 0);
}

/// Where the database itself is gone the run ends, and says before what it has done.
#[test]
fn a_database_that_is_gone_ends_the_run_after_what_was_done() {
    let place = Place::new();
    assert_eq!(place.import(&document(3, 9)).code, 0);
    let mut child = Command::new(BINARY)
        .args(["tool", "run", "--data"])
        .arg(place.data())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let me = "wilhelmine_oberst_0";
    let call = |tool: &str, args: Value| json!({ "as": me, "tool": tool, "args": args });
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let first = script(&[call("get_cart", json!({}))]);
    input.write_all(first.as_bytes()).unwrap();
    let mut out = String::new();
    output.read_line(&mut out).unwrap();
    assert_eq!(answers(&out)[0]["ok"], true, "{out}");
    place.tamper(&[
        "ALTER TABLE shops RENAME TO shops_gone",
        "ALTER TABLE orders RENAME TO orders_gone",
    ]);
    let rest = script(&[
        call("add_to_cart", json!({ "variant": "v1-0", "quantity": 1 })),
        call("list_orders", json!({})),
        call("get_cart", json!({})),
    ]);
    input.write_all(rest.as_bytes()).unwrap();
    drop(input);
    out.clear();
    output.read_to_string(&mut out).unwrap();
    let ended = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{err}");
    let answers = answers(&out);
    assert_eq!(answers.len(), 1, "what was done is told: {out}");
    assert_eq!(answers[0]["ok"], true, "{out}");
    assert!(err.contains("no such table"), "{err}");
    assert_eq!(place.open_sessions(), 0);
}

/// Four processes at once on one database, each with all calls in an order of its own: what is done
/// is done once, and what is left is what one process alone leaves.
#[test]
fn four_at_once_leave_what_one_leaves() {
    let given = document(12, 48);
    let calls: Vec<Value> = (0..48).filter_map(|number| action(number, 12)).collect();
    assert!(calls.len() >= 30);
    let alone = Place::new();
    assert_eq!(alone.import(&given).code, 0);
    assert!(
        alone
            .tools(&calls)
            .iter()
            .all(|answer| answer["ok"] == true)
    );

    let together = Place::new();
    assert_eq!(together.import(&given).code, 0);
    let mut children = Vec::new();
    for seed in 0..4 {
        let mut shuffled = calls.clone();
        let mut chance = Chance::of(seed);
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, chance.below(at + 1));
        }
        let mut child = Command::new(BINARY)
            .args(["tool", "run", "--data"])
            .arg(together.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = script(&shuffled);
        let mut input = child.stdin.take().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
        drop(input);
        children.push(child);
    }
    let mut done = 0;
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let out = String::from_utf8(output.stdout).unwrap();
        done += answers(&out)
            .iter()
            .filter(|answer| answer["ok"] == true)
            .count();
    }
    // An address may be set again and again; everything else is done once.
    let again = calls
        .iter()
        .filter(|call| call["tool"] == "change_order_address")
        .count();
    assert!(again > 0);
    assert_eq!(done, calls.len() + 3 * again);
    assert_eq!(together.export(), alone.export());
}

/// One thing to do with an order; done twice, the second is refused or changes nothing.
fn action(number: usize, customers: usize) -> Option<Value> {
    let owner = number % customers;
    let order = format!("#W{number:06}");
    let other = format!("v{}-2", number % 20);
    let (tool, args) = match (number % 3, number % 4) {
        (0, 0) => (
            "cancel_order",
            json!({ "order": order, "reason": "no_longer_needed" }),
        ),
        (0, 1) => (
            "change_order_items",
            json!({
                "order": order, "changes": [{ "line": "l1", "variant": other }],
                "payment_method": format!("gift_{owner}"),
            }),
        ),
        (0, 2) => (
            "change_order_payment",
            json!({ "order": order, "payment_method": format!("gift_{owner}") }),
        ),
        (0, _) => (
            "change_order_address",
            json!({
                "order": order, "address": {
                    "line1": "1 New Street", "city": "Lenzen", "postal_code": "19309", "country": "DE",
                },
            }),
        ),
        (1, 0 | 1) => (
            "return_items",
            json!({ "order": order, "lines": ["l1"], "refund_to": format!("gift_{owner}") }),
        ),
        (1, _) => (
            "exchange_items",
            json!({
                "order": order, "changes": [{ "line": "l1", "variant": other }],
                "payment_method": format!("card_{owner}"),
            }),
        ),
        _ => return None,
    };
    Some(json!({
        "as": format!("wilhelmine_oberst_{owner}"), "level": "step_up", "tool": tool, "args": args,
        "confirm": true,
    }))
}
