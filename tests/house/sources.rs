//! The rules of the sources over the real tree, and each rule shown to fire.

use parlour_tests::sources::{
    LONGEST_FILE, RULES, Rule, Source, findings, hits, long_files, manifests_without_lints,
    shared_schema_names,
};

use crate::project::{assert_found, assert_none, sources};

#[test]
fn the_tree_keeps_every_rule() {
    assert_none(&findings(RULES, sources()).unwrap());
}

#[test]
fn no_file_is_two_rooms() {
    assert_none(&long_files(sources()));
}

#[test]
fn every_package_takes_the_lints_of_the_workspace() {
    assert_none(&manifests_without_lints(sources()));
}

/// Prints where the outside begins, for the reviewer of a change.
#[test]
fn the_outside_begins_where_it_is_marked() {
    let rule = rule("untrusted begins at the doors");
    let doors = hits(rule, sources()).unwrap();
    for door in &doors {
        println!("{}:{}: {}", door.path, door.line, door.text);
    }
    assert!(
        !doors.is_empty(),
        "nothing is marked as untrusted: then nothing is screened"
    );
}

// Shown to fail when broken on purpose.

#[test]
fn every_rule_fires_on_what_it_forbids() {
    let lint = format!("#[{}(dead_code)]", "allow");
    let later = format!("{}!()", "todo");
    let danger = format!("{} {{ launch() }}", "unsafe");
    let path = format!("let path = \"/{}/notes\";", "tmp");
    let doctored: &[(&str, &str, &str)] = &[
        (
            "untrusted begins at the doors",
            "crates/work/inbox/src/lib.rs",
            "let text = Untrusted::new(text);",
        ),
        (
            "untrusted begins at the doors",
            "crates/work/inbox/src/lib.rs",
            "Untrusted::<String>::new(text)",
        ),
        (
            "untrusted begins at the doors",
            "crates/work/inbox/src/lib.rs",
            "texts.map(Untrusted::new)",
        ),
        (
            "only the guard unwraps untrusted text",
            "crates/doors/web/src/chat.rs",
            "text.danger_into_raw()",
        ),
        (
            "only the vault and storage hold sealed bytes",
            "crates/work/inbox/src/lib.rs",
            "Sealed::<TurnBody>::from_storage(bytes)",
        ),
        (
            "only the operator's commands do without a permit",
            "crates/doors/web/src/staff.rs",
            "identity.danger_add_staff_as_operator(tx)",
        ),
        (
            "only the demo shows mails",
            "crates/work/inbox/src/desk.rs",
            "journey.danger_demo_mailbox(snapshot)",
        ),
        (
            "a request's scope is opened at the door",
            "crates/work/inbox/src/desk.rs",
            "let scope = Scope::new();",
        ),
        (
            "nothing lives for ever",
            "crates/doors/web/src/staff.rs",
            "static SCOPE: Scope = Scope::new();",
        ),
        (
            "nothing lives for ever",
            "crates/doors/web/src/staff.rs",
            "let scope = Box::leak(Box::new(scope));",
        ),
        (
            "proof types keep their names",
            "crates/work/inbox/src/lib.rs",
            "use terms::{Untrusted as Text};",
        ),
        ("no silenced lints", "xtask/src/main.rs", &lint),
        ("no unsafe code", "xtask/src/main.rs", &danger),
        (
            "nothing is left for later in the code",
            "crates/app/src/main.rs",
            &later,
        ),
        ("no path of one machine", "crates/app/src/main.rs", &path),
        (
            "markup is built, never parsed",
            "widget/widget.js",
            "turn.innerHTML = text;",
        ),
        (
            "no code from text in the browser",
            "console/console.js",
            "eval (text)",
        ),
        (
            "no inline scripts, handlers or styles",
            "widget/frame.html",
            "<button onclick=\"go()\">",
        ),
        (
            "no inline scripts, handlers or styles",
            "widget/frame.html",
            "<script>go()</script>",
        ),
        (
            "nothing personal in web storage",
            "widget/widget.js",
            "localStorage.setItem(key, text);",
        ),
    ];
    for (name, path, line) in doctored {
        assert_found(
            &findings(&[*rule(name)], &[source(path, line)]).unwrap(),
            &[path, name],
        );
    }
    for rule in RULES {
        let covered = doctored.iter().any(|(name, ..)| *name == rule.name);
        assert!(covered, "nothing shows that the rule `{}` fires", rule.name);
    }
}

#[test]
fn what_may_stand_is_left_alone() {
    let kept = [
        source(
            "crates/doors/web/src/chat.rs",
            "let text = Untrusted::new(body.text);",
        ),
        source(
            "crates/work/inbox/src/lib.rs",
            "// a comment about Untrusted::new",
        ),
        source(
            "crates/work/inbox/src/lib.rs",
            "#[cfg(test)]\nmod tests {\n    Untrusted::new(1);\n}\n",
        ),
        source(
            "crates/work/dialogue/src/lib.rs",
            "see crates/work/dialogue/src/lib.rs",
        ),
    ];
    assert_none(&findings(RULES, &kept).unwrap());
}

#[test]
fn what_follows_a_test_module_is_searched_again() {
    let text = "#[cfg(test)]\nmod tests {\n}\nfn read() { text.danger_into_raw(); }\n";
    let found = findings(RULES, &[source("crates/doors/web/src/chat.rs", text)]).unwrap();
    assert_found(&found, &["crates/doors/web/src/chat.rs:4"]);
}

#[test]
fn a_long_file_and_a_manifest_without_lints_are_found() {
    let long = source("crates/app/src/main.rs", &"\n".repeat(LONGEST_FILE + 1));
    assert_found(&long_files(&[long]), &["crates/app/src/main.rs"]);
    let manifest = source("crates/app/Cargo.toml", "[package]\nname = \"parlour\"\n");
    assert_found(
        &manifests_without_lints(&[manifest]),
        &["crates/app/Cargo.toml"],
    );
}

#[test]
fn schemas_have_names_of_their_own() {
    let doors: Vec<Source> = sources()
        .iter()
        .filter(|source| source.path.starts_with("crates/doors/web/src/"))
        .cloned()
        .collect();
    assert_none(&shared_schema_names(&doors));
    let twice = "/// struct Note\n#[derive(Debug, ToSchema)]\n#[serde(deny_unknown_fields)]\npub(crate) struct View {";
    let found = shared_schema_names(&[source("a.rs", twice), source("b.rs", twice)]);
    assert_found(&found, &["View", "a.rs:4", "b.rs:4"]);
    assert_none(&shared_schema_names(&[source("a.rs", twice)]));
}

fn rule(name: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.name == name).unwrap()
}

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
