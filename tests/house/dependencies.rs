//! `deny.toml` holds for everything that is built into Parlour.

use std::collections::BTreeSet;

use parlour_tests::{
    dependencies::{Policy, allowed, findings},
    metadata::{Dependency, Metadata},
};

use crate::project::{assert_found, assert_none, cargo, text};

#[test]
fn every_dependency_is_admitted() {
    assert_none(&findings(&policy(), &built()));
    println!("advisories were not looked up: their data cannot be had without a network");
}

// Shown to fail when broken on purpose.

#[test]
fn a_foreign_source_or_licence_is_found() {
    let mut metadata = built();
    let foreign = metadata
        .packages
        .iter_mut()
        .find(|package| package.name == "serde")
        .unwrap();
    foreign.source = Some("git+https://example.com/serde".to_owned());
    foreign.license = Some("AGPL-3.0-only".to_owned());
    let found = findings(&policy(), &metadata);
    assert_found(&found, &["serde@", "expected an allowed registry"]);
    assert_found(&found, &["serde@", "AGPL-3.0-only"]);
    metadata
        .packages
        .iter_mut()
        .for_each(|package| package.license = None);
    assert_found(
        &findings(&policy(), &metadata),
        &["serde@", "names no licence"],
    );
}

#[test]
fn a_banned_crate_and_one_outside_its_room_are_found() {
    let mut metadata = built();
    metadata
        .packages
        .iter_mut()
        .find(|package| package.name == "serde")
        .unwrap()
        .name = "ring".to_owned();
    let inbox = metadata
        .packages
        .iter_mut()
        .find(|package| package.name == "parlour-inbox")
        .unwrap();
    let sqlx = Dependency {
        name: "sqlx".to_owned(),
        kind: None,
        features: Vec::new(),
        path: None,
    };
    inbox.dependencies.push(sqlx);
    let found = findings(&policy(), &metadata);
    assert_found(&found, &["`ring@", "is banned"]);
    assert_found(&found, &["`parlour-inbox` depends on `sqlx`"]);
}

#[test]
fn a_second_version_without_a_reason_and_a_stale_reason_are_found() {
    let mut metadata = built();
    let mut second = metadata
        .packages
        .iter()
        .find(|package| package.name == "serde")
        .unwrap()
        .clone();
    second.version = "0.9.0".to_owned();
    metadata.packages.push(second);
    assert_found(
        &findings(&policy(), &metadata),
        &["`serde` is there in the versions 0.9.0"],
    );
    metadata.packages.retain(|package| package.name != "syn");
    assert_found(
        &findings(&policy(), &metadata),
        &["`syn@", "remove its line"],
    );
}

#[test]
fn licence_expressions_are_read() {
    let admitted = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for good in [
        "MIT",
        "MIT/GPL-3.0",
        "GPL-3.0 OR MIT",
        "MIT AND (GPL-3.0 OR ISC)",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(allowed(good, &admitted), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "MIT OR",
        "(MIT",
        "MIT MIT",
        "Apache-2.0",
        "MIT AND (GPL-3.0 OR AGPL-3.0)",
    ] {
        assert!(!allowed(bad, &admitted), "{bad}");
    }
}

fn policy() -> Policy {
    Policy::parse(&text("deny.toml")).unwrap()
}

/// The packages that are compiled on this machine. `cargo metadata` also lists what only weak
/// features name; `cargo tree` does not.
fn built() -> Metadata {
    let tree = cargo(&[
        "tree",
        "--workspace",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let compiled: BTreeSet<String> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some(format!(
                "{}@{}",
                words.next()?,
                words.next()?.trim_start_matches('v')
            ))
        })
        .collect();
    let about = cargo(&["--version", "--verbose"]);
    let platform = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let metadata = cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--filter-platform",
        platform,
    ]);
    let mut metadata = Metadata::parse(&metadata).unwrap();
    metadata
        .packages
        .retain(|package| compiled.contains(&format!("{}@{}", package.name, package.version)));
    metadata
}
