//! ARCHITECTURE.md beside `cargo metadata`.

use std::collections::BTreeSet;

use parlour_tests::{
    architecture::Architecture,
    arrows::findings,
    metadata::{Dependency, Metadata},
};

use crate::project::{architecture, assert_found, assert_none, metadata, sources, text};

#[test]
fn rooms_and_arrows_are_as_the_page_says() {
    assert_none(&findings(&architecture(), &metadata()));
}

#[test]
fn the_room_with_the_language_model_reaches_guard_and_terms_and_nothing_else() {
    assert_eq!(
        architecture().reach("dialogue"),
        BTreeSet::from(["guard", "terms"])
    );
}

#[test]
fn every_gate_is_documented_and_declares_what_it_mints() {
    let documented = architecture().gates;
    let gates = sources()
        .iter()
        .filter(|source| source.path.ends_with("/gate.rs"));
    for gate in gates {
        let known = documented
            .iter()
            .any(|documented| documented.path == gate.path);
        assert!(
            known,
            "{} is not in the table of gates of ARCHITECTURE.md",
            gate.path
        );
    }
    for gate in &documented {
        let source = sources().iter().find(|source| source.path == gate.path);
        let source = source.unwrap_or_else(|| {
            panic!(
                "{} is in the table of gates, but not in the tree",
                gate.path
            )
        });
        assert!(!gate.mints.is_empty(), "{} mints nothing", gate.path);
        for proof in &gate.mints {
            let declared = source.text.contains(&format!("pub struct {proof}"));
            assert!(
                declared,
                "{} does not declare `{proof}`, so others could make one",
                gate.path
            );
        }
    }
}

// Shown to fail when broken on purpose.

#[test]
fn an_arrow_that_the_row_does_not_name_is_found() {
    let found = findings(&architecture(), &with_dependency("guard", "parlour-store"));
    assert_found(&found, &["`guard` uses `store`", "row does not say so"]);
    assert_found(&found, &["`guard → store` is not allowed"]);
}

#[test]
fn the_model_reaching_for_the_vault_is_found_even_when_its_row_says_so() {
    let mut page = architecture();
    let dialogue = page
        .rooms
        .iter_mut()
        .find(|room| room.name == "dialogue")
        .unwrap();
    dialogue.uses.insert("vault".to_owned());
    let found = findings(&page, &with_dependency("dialogue", "parlour-vault"));
    assert_found(&found, &["`dialogue → vault` is not allowed by the arrows"]);
    assert!(
        !found
            .iter()
            .any(|finding| finding.contains("row does not say so")),
        "{found:#?}"
    );
}

#[test]
fn a_door_that_uses_a_door_is_found() {
    let found = findings(&architecture(), &with_dependency("web", "parlour-sql"));
    assert_found(&found, &["door `web` uses door `sql`"]);
    let page = page_with("sql → store", "sql → store, web");
    assert_found(
        &findings(&page, &metadata()),
        &["`sql → web` joins two doors"],
    );
}

#[test]
fn a_package_without_a_row_is_found() {
    let mut page = architecture();
    page.rooms.retain(|room| room.name != "knowledge");
    assert_found(
        &findings(&page, &metadata()),
        &["crates/work/knowledge", "add its row"],
    );
}

#[test]
fn a_row_without_a_package_is_found() {
    let mut metadata = metadata();
    metadata
        .packages
        .retain(|package| package.name != "parlour-inbox");
    assert_found(
        &findings(&architecture(), &metadata),
        &["room `inbox`", "no package"],
    );
}

#[test]
fn a_stale_arrow_in_a_row_is_found() {
    let mut metadata = metadata();
    let journey = package(&mut metadata, "parlour-journey");
    journey.retain(|dependency| dependency.name != "parlour-knowledge");
    let found = findings(&architecture(), &metadata);
    assert_found(
        &found,
        &["`journey` says that it uses `knowledge`, but it does not"],
    );
}

#[test]
fn a_planned_room_that_is_built_is_found() {
    let mut page = architecture();
    page.planned.insert("inbox".to_owned(), "work".to_owned());
    assert_found(
        &findings(&page, &metadata()),
        &["`inbox` is both built and planned"],
    );
}

#[test]
fn a_room_on_the_wrong_floor_is_found() {
    let mut page = architecture();
    page.rooms
        .iter_mut()
        .find(|room| room.name == "guard")
        .unwrap()
        .floor = "work".to_owned();
    assert_found(
        &findings(&page, &metadata()),
        &["room `guard` of floor `work`", "expected"],
    );
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let page = page_with("guard → terms", "guard → terms, inbox");
    assert_found(
        &findings(&page, &metadata()),
        &["`guard → inbox` points up"],
    );
}

#[test]
fn an_arrow_to_nowhere_is_found() {
    let page = page_with("guard → terms", "guard → terms, cellar");
    assert_found(
        &findings(&page, &metadata()),
        &["`guard → cellar` points to no room"],
    );
}

#[test]
fn a_crate_behind_its_wall_is_found() {
    let found = findings(&architecture(), &with_external("inbox", "sqlx"));
    assert_found(&found, &["`inbox` uses the crate `sqlx`", "for sql only"]);
    let found = findings(&architecture(), &with_external("web", "hyper"));
    assert_found(&found, &["`web` uses the crate `hyper`", "no room may use"]);
    let found = findings(&architecture(), &with_external("guard", "tokio"));
    assert_found(&found, &["`guard` uses the crate `tokio`"]);
    let found = findings(&architecture(), &with_external("web", "left-pad"));
    assert_found(&found, &["`left-pad`, which is not admitted"]);
}

#[test]
fn an_admission_that_nobody_needs_is_found() {
    let mut metadata = metadata();
    package(&mut metadata, "parlour-sql").retain(|dependency| dependency.name != "sqlx");
    assert_found(
        &findings(&architecture(), &metadata),
        &["`sqlx` is admitted to `sql`"],
    );
}

#[test]
fn a_feature_for_tests_in_the_product_is_found() {
    let mut metadata = metadata();
    let sql = package(&mut metadata, "parlour-sql");
    let normal = |dependency: &&mut Dependency| dependency.kind.is_none();
    let store = sql
        .iter_mut()
        .filter(normal)
        .find(|dependency| dependency.name == "parlour-store");
    store.unwrap().features.push("contract".to_owned());
    assert_found(
        &findings(&architecture(), &metadata),
        &["switches on the feature `contract`"],
    );
}

#[test]
fn development_dependencies_are_exempt() {
    let mut metadata = with_dependency("guard", "parlour-store");
    let added = package(&mut metadata, "parlour-guard").last_mut().unwrap();
    added.kind = Some("dev".to_owned());
    assert_eq!(
        findings(&architecture(), &metadata),
        findings(&architecture(), &crate::project::metadata()),
    );
}

fn page_with(old: &str, new: &str) -> Architecture {
    let page = text("ARCHITECTURE.md");
    assert!(
        page.contains(&format!("\n{old}\n")),
        "the page has no line `{old}`"
    );
    Architecture::parse(&page.replace(&format!("\n{old}\n"), &format!("\n{new}\n"))).unwrap()
}

fn with_dependency(room: &str, target: &str) -> Metadata {
    let mut metadata = metadata();
    let folder = metadata
        .packages
        .iter()
        .find(|package| package.name == target)
        .unwrap();
    let path = folder
        .manifest_path
        .strip_suffix("/Cargo.toml")
        .map(str::to_owned);
    let added = Dependency {
        name: target.to_owned(),
        kind: None,
        features: Vec::new(),
        path,
    };
    package(&mut metadata, &format!("parlour-{room}")).push(added);
    metadata
}

fn with_external(room: &str, name: &str) -> Metadata {
    let mut metadata = metadata();
    let added = Dependency {
        name: name.to_owned(),
        kind: None,
        features: Vec::new(),
        path: None,
    };
    package(&mut metadata, &format!("parlour-{room}")).push(added);
    metadata
}

fn package<'a>(metadata: &'a mut Metadata, name: &str) -> &'a mut Vec<Dependency> {
    let package = metadata
        .packages
        .iter_mut()
        .find(|package| package.name == name);
    &mut package.unwrap().dependencies
}
