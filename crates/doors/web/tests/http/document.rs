//! The published document: sound, complete, and the one that is served and committed.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    client::get,
    house::TestHouse,
    operations::{self, Filling},
};

const COMMITTED: &str = include_str!("../../../../../docs/openapi.json");
const ROUTER: &str = include_str!("../../src/router.rs");

#[tokio::test]
async fn the_committed_document_is_current() {
    let document = operations::document();
    let committed: Value = serde_json::from_str(COMMITTED).unwrap();
    assert!(
        committed == document,
        "docs/openapi.json is not what the code says: run `parlour openapi > docs/openapi.json`"
    );
    let house = TestHouse::open().await;
    let served = house.send(get("/openapi.json")).await.expect(200);
    assert_eq!(served.json(), document);
    assert_eq!(served.header("content-type"), Some("application/json"));
}

#[test]
fn the_document_is_sound() {
    let document = operations::document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let mut references = BTreeSet::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 10);
    for reference in &references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "`{reference}` leads nowhere"
        );
    }
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{method} {path}");
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "`{id}` is there twice");
            assert!(operation["summary"].is_string(), "{name} says what it does");
            assert_parameters(&name, path, operation);
            assert_answers(&name, operation);
            // Whoever sends a session says so, and the other way round.
            let open = [
                "healthz",
                "readyz",
                "notice",
                "choose_language",
                "dismiss_greeting",
                "open_session",
                "picture",
                "staff_sign_in",
                "begin_staff_sign_in",
                "finish_staff_sign_in",
                "payment_webhook",
            ];
            let secured = operation.get("security").is_some();
            assert_eq!(secured, !open.contains(&id), "{name}: security");
        }
    }
}

fn assert_parameters(name: &str, path: &str, operation: &Value) {
    let declared: BTreeSet<&str> = operation["parameters"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|parameter| parameter["in"] == "path")
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    let placed: BTreeSet<&str> = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .collect();
    assert_eq!(declared, placed, "{name}");
}

fn assert_answers(name: &str, operation: &Value) {
    let answers = operation["responses"].as_object().unwrap();
    assert!(
        answers.keys().any(|status| status.starts_with('2')),
        "{name}"
    );
    for (status, answer) in answers {
        let kinds: Vec<&String> = answer["content"]
            .as_object()
            .map_or(Vec::new(), |content| content.keys().collect());
        if status.starts_with(['4', '5']) {
            assert_eq!(kinds, ["application/problem+json"], "{name} {status}");
        }
    }
    assert!(answers.contains_key("4XX"), "{name} says how it refuses");
}

fn collect_references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(reference) if name == "$ref" => {
                        found.insert(reference.to_owned());
                    }
                    _ => collect_references(value, found),
                }
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_references(value, found)),
        _ => {}
    }
}

/// Nothing of the API is served without standing in the document, and the other way round.
#[tokio::test]
async fn the_document_is_complete() {
    let apart: Vec<&str> = ROUTER
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("\"/v1"))
        .collect();
    assert!(apart.is_empty(), "routes beside the document: {apart:?}");
    let house = TestHouse::open().await;
    let filling = Filling {
        picture: house.picture(&house.admin().await).await,
        ..Filling::default()
    };
    for operation in operations::all() {
        let asking = operation.asking(&filling);
        let response = house.respond(asking).await;
        assert!(
            !matches!(response.status().as_u16(), 404 | 405),
            "{} is not served",
            operation.name()
        );
    }
}
