//! The project as the tests see it: its files, and what cargo says about it.

use std::{path::PathBuf, process::Command, sync::LazyLock};

use parlour_tests::{architecture::Architecture, metadata::Metadata, sources::Source, tree};

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| tree::read(&root()).unwrap());

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

pub(crate) fn sources() -> &'static [Source] {
    &SOURCES
}

pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

pub(crate) fn architecture() -> Architecture {
    Architecture::parse(&text("ARCHITECTURE.md")).unwrap()
}

/// The packages of the workspace alone.
pub(crate) fn metadata() -> Metadata {
    Metadata::parse(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap()
}

pub(crate) fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Fails with one finding a line.
pub(crate) fn assert_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// Fails unless one finding holds all the words.
pub(crate) fn assert_found(findings: &[String], words: &[&str]) {
    let holds_all = |finding: &&String| words.iter().all(|word| finding.contains(word));
    assert!(
        findings.iter().any(|finding| holds_all(&finding)),
        "no finding with {words:?} in {findings:#?}"
    );
}
