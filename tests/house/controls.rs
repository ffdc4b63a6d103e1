//! `docs/controls.csv` is complete and claims only proofs that exist.

use std::{env, path::PathBuf};

use parlour_tests::{
    controls::{Control, Proofs, findings, parse, required_ids},
    sources::Source,
};

use crate::project::{assert_found, assert_none, metadata, root, sources, text};

#[test]
fn the_ledger_of_controls_is_complete_and_honest() {
    let controls = parse(&text("docs/controls.csv")).unwrap();
    let packages = packages();
    let proofs = Proofs {
        sources: sources(),
        packages: &packages,
    };
    assert_none(&findings(&controls, &required_ids(), &proofs));
    for state in ["proved", "partly", "planned", "not_applicable"] {
        let count = controls
            .iter()
            .filter(|control| control.state == state)
            .count();
        println!("{count:3} {state}");
    }
}

/// The requirements are kept beside the project; where they are not at hand, the list of ids in
/// `parlour_tests::controls` stands for them.
#[test]
fn the_ids_are_those_of_the_requirements() {
    let shared =
        env::var_os("PARLOUR_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let Ok(requirements) = std::fs::read_to_string(shared.join("requirements.md")) else {
        println!("requirements.md is not at hand (PARLOUR_SHARED names its folder): not compared");
        return;
    };
    let rows = requirements
        .lines()
        .filter_map(|line| line.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.split(" |").next());
    let is_id = |cell: &&str| {
        let (area, number) = cell.split_at_checked(1).unwrap_or_default();
        cell.len() == 3 && "ABCDEFG".contains(area) && number.parse::<u8>().is_ok()
    };
    let ids: Vec<String> = cells.filter(is_id).map(str::to_owned).collect();
    assert_eq!(ids, required_ids());
}

// Shown to fail when broken on purpose.

#[test]
fn a_missing_a_doubled_and_an_unknown_id_are_found() {
    let found = check(&[
        row("A01", "planned", "3", &[], ""),
        row("A01", "planned", "3", &[], ""),
        row("Z99", "planned", "3", &[], ""),
    ]);
    assert_found(&found, &["A02 has no row"]);
    assert_found(&found, &["A01 has 2 rows"]);
    assert_found(&found, &["`Z99` is not a requirement"]);
}

#[test]
fn a_state_without_what_it_needs_is_found() {
    assert_found(
        &check(&[row("A01", "proved", "", &[], "")]),
        &["A01", "proved by nothing"],
    );
    assert_found(
        &check(&[row("A01", "partly", "", &[], "n")]),
        &["A01", "partly proved by nothing"],
    );
    assert_found(
        &check(&[row("A01", "partly", "", &["pkg::it_holds"], "")]),
        &["A01", "what is missing"],
    );
    assert_found(
        &check(&[row("A01", "planned", "soon", &[], "")]),
        &["A01", "`soon`"],
    );
    assert_found(
        &check(&[row("A01", "planned", "3", &["pkg::it_holds"], "")]),
        &["A01", "names a proof"],
    );
    assert_found(
        &check(&[row("A01", "not_applicable", "", &[], "")]),
        &["A01", "must say why"],
    );
    assert_found(
        &check(&[row("A01", "done", "", &[], "")]),
        &["A01", "state `done`"],
    );
}

#[test]
fn a_proof_that_does_not_exist_is_found() {
    for missing in [
        "pkg::it_does_not_hold",
        "pkg::helper",
        "pkg::it_hol",
        "other::it_holds",
        "it_holds",
        "tests/browser/chat.mjs::she is not answered",
        "run:tests/fuzz_api/run",
        "run:forgotten",
    ] {
        assert_found(
            &check(&[row("A01", "proved", "", &[missing], "")]),
            &["A01", missing, "does not exist"],
        );
    }
    for present in [
        "pkg::it_holds",
        "pkg::it_waits",
        "tests/browser/chat.mjs::she is answered",
        "run:kill",
    ] {
        let found = check(&[row("A01", "proved", "", &[present], "")]);
        assert!(
            !found
                .iter()
                .any(|finding| finding.contains("does not exist")),
            "{found:?}"
        );
    }
}

#[test]
fn a_broken_file_is_an_error() {
    assert!(
        parse("id,area\n")
            .unwrap_err()
            .to_string()
            .contains("first line")
    );
    let head = "id,area,statement,state,issue,proof,note\n";
    assert!(
        parse(&format!("{head}A01,privacy\n"))
            .unwrap_err()
            .to_string()
            .contains("2 fields")
    );
    assert!(
        parse(&format!("{head}\"A01"))
            .unwrap_err()
            .to_string()
            .contains("not closed")
    );
    let quoted = parse(&format!("{head}A01,p,\"a, \"\"b\"\"\",planned,3,,\n")).unwrap();
    assert_eq!(quoted[0].statement, "a, \"b\"");
}

fn check(controls: &[Control]) -> Vec<String> {
    let tests = "#[test]\nfn it_holds() {}\nfn helper() {}\n#[tokio::test(\n    flavor = \"multi_thread\"\n)]\nasync fn it_waits() {}\n";
    let sources = [
        source("crates/pkg/src/lib.rs", tests),
        source(
            "tests/browser/chat.mjs",
            "test(\"she is answered\", async () => {});",
        ),
        source("test", "step kill ./kill\n"),
        source("kill", "#!/bin/sh\n"),
        source("forgotten", "#!/bin/sh\n"),
    ];
    let packages = [("pkg".to_owned(), "crates/pkg".to_owned())];
    findings(
        controls,
        &required_ids(),
        &Proofs {
            sources: &sources,
            packages: &packages,
        },
    )
}

fn row(id: &str, state: &str, issue: &str, proofs: &[&str], note: &str) -> Control {
    Control {
        id: id.to_owned(),
        statement: "a statement".to_owned(),
        state: state.to_owned(),
        issue: issue.to_owned(),
        proofs: proofs.iter().map(|proof| (*proof).to_owned()).collect(),
        note: note.to_owned(),
    }
}

fn packages() -> Vec<(String, String)> {
    let metadata = metadata();
    let members = metadata.members();
    members
        .map(|package| (package.name.clone(), metadata.folder(package)))
        .collect()
}

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
