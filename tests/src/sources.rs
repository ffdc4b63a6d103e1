//! Rules of the sources: what a search over the tree must not find, each with its reason.

use std::collections::BTreeMap;

use regex::Regex;

/// A text file of the project.
#[derive(Debug, Clone)]
pub struct Source {
    /// Relative to the workspace, with `/` between names.
    pub path: String,
    pub text: String,
}

/// A pattern that may stand in some places only.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    /// A regular expression, searched line by line.
    pub pattern: &'static str,
    /// Ends of the paths that are searched.
    pub files: &'static [&'static str],
    /// Beginnings of the paths that are searched; none means the whole tree.
    pub under: &'static [&'static str],
    /// Beginnings of the paths where it may stand.
    pub may_stand_in: &'static [&'static str],
    /// Whether tests and comments are searched as well.
    pub everywhere: bool,
    pub because: &'static str,
}

const CRATES: &[&str] = &["crates/"];
const RUST: &[&str] = &[".rs"];
const BROWSER: &[&str] = &[".js", ".mjs", ".html"];
const SCREENS: &[&str] = &["widget/", "console/", "crates/doors/web/"];
const CODE: &[&str] = &[".rs", ".js", ".mjs", ".css", ".html", ".sql", ".sh"];

pub const RULES: &[Rule] = &[
    Rule {
        name: "untrusted begins at the doors",
        pattern: r"\bUntrusted(::<[^;(]*>)?::new\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/doors/",
            // The command line is a door too.
            "crates/app/src/",
            "crates/ground/terms/src/untrusted.rs",
            // What a planner says is untrusted again.
            "crates/work/dialogue/src/",
            // An address that storage gives back passes the gate again.
            "crates/trust/identity/src/codes.rs",
            // The arguments of tools come as JSON; each free text in them passes the gate.
            "crates/work/commerce/src/",
            "crates/work/journey/src/tool.rs",
            // So does what an imported document says about people.
            "crates/work/shop/src/import.rs",
            "crates/work/shop/src/screening.rs",
            // What a tool found is redacted like what a stranger said, and a quote of it in a draft
            // is cleared like the rest.
            "crates/work/journey/src/tools.rs",
            "crates/work/journey/src/told.rs",
            "crates/work/journey/src/claims.rs",
            // What stays of a draft is as untrusted as it came.
            "crates/trust/guard/src/gate/checking.rs",
            // So is a text that comes piece by piece.
            "crates/trust/guard/src/pseudonyms/stream.rs",
            // A made-up text that is looked at once, so that the first message need not wait.
            "crates/trust/guard/src/gate.rs",
            // A document is redacted and cleared as it will be when it is quoted, what was read of a file
            // or a page passes the gate, and so does a question before others see it.
            "crates/work/journey/src/library.rs",
            "crates/work/journey/src/questions.rs",
        ],
        everywhere: false,
        because: "where the outside begins must be found with one search; a room that needs raw text gets it from a door",
    },
    Rule {
        name: "only the guard unwraps untrusted text",
        pattern: r"\bdanger_into_raw\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/trust/guard/src/",
            "crates/ground/terms/src/untrusted.rs",
        ],
        everywhere: false,
        because: "raw text that passed no gate could be stored, logged or sent",
    },
    Rule {
        name: "only the vault and storage hold sealed bytes",
        pattern: r"\bSealed(::<[^;(]*>)?::from_storage\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/trust/vault/src/",
            "crates/doors/sql/src/",
            "crates/ground/store/src/contract",
            "crates/ground/terms/src/sealed.rs",
        ],
        everywhere: false,
        because: "a sealed value made elsewhere was not sealed by the vault",
    },
    Rule {
        name: "only the operator's commands do without a permit",
        pattern: r"\bdanger_\w+_as_operator\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/app/src/",
            "crates/trust/identity/src/gate.rs",
            "crates/trust/identity/src/roles.rs",
            "crates/trust/identity/src/sessions.rs",
            "crates/trust/identity/src/staff/mod.rs",
            // The operator fetches pictures by a command.
            "crates/work/gallery/src/fetching.rs",
        ],
        everywhere: false,
        because: "who can read the root key needs no permit; everybody else does",
    },
    Rule {
        name: "only the demo shows mails",
        pattern: r"\bdanger_demo_mailbox\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/doors/web/src/",
            "crates/work/journey/src/mailbox.rs",
        ],
        everywhere: false,
        because: "a mail holds a code, which is its owner's alone",
    },
    Rule {
        name: "a request's scope is opened at the door",
        pattern: r"\bScope::new\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            "crates/doors/web/src/",
            "crates/app/src/sample.rs",
            "crates/app/src/commands/tool.rs",
            // Tests of other rooms sign staff in by it; the product does not have it.
            "crates/trust/identity/src/testing.rs",
        ],
        everywhere: false,
        because: "a proof lives as long as its scope, and a scope as long as its request",
    },
    Rule {
        name: "nothing lives for ever",
        pattern: r"\bBox::leak\b|\.leak\(\)|\bstatic\s+\w+\s*:\s*(\w+<)?Scope\b",
        files: RUST,
        under: CRATES,
        may_stand_in: &[
            // A program that ends with its work, of which nothing is in the product.
            "crates/trust/guard/examples/",
        ],
        everywhere: false,
        because: "a leaked scope would keep proofs beyond their request, a leaked secret is never wiped",
    },
    Rule {
        name: "proof types keep their names",
        pattern: r"\b(Untrusted|Sealed|Redacted|Cleared|Verified|Permit|Recorded)\s+as\s+\w",
        files: RUST,
        under: CRATES,
        may_stand_in: &[],
        everywhere: false,
        because: "the searches above look for these names",
    },
    Rule {
        name: "no silenced lints",
        pattern: r"#!?\[allow\(",
        files: RUST,
        under: &[],
        may_stand_in: &[],
        everywhere: true,
        because: "a lint is silenced by `#[expect(.., reason = \"..\")]`, which says why and reports when it is stale",
    },
    Rule {
        name: "no unsafe code",
        pattern: r"\bunsafe\s*(\{|fn\b|impl\b|trait\b|extern\b)",
        files: RUST,
        under: &[],
        may_stand_in: &[],
        everywhere: true,
        because: "memory safety is the compiler's work here",
    },
    Rule {
        name: "nothing is left for later in the code",
        pattern: r"\b(todo|unimplemented)!\s*\(|\b(TODO|FIXME)\b",
        files: CODE,
        under: &[],
        may_stand_in: &["tests/src/sources.rs"],
        everywhere: true,
        because: "what is missing is an issue, not a remark",
    },
    Rule {
        name: "no path of one machine",
        pattern: r"(^|[^\w.*}$-])/(work|root|tmp|home)/",
        files: &[
            ".rs", ".toml", ".md", ".sql", ".js", ".mjs", ".css", ".html", ".json", ".csv", ".sh",
            ".stderr", "test", "run",
        ],
        under: &[],
        may_stand_in: &["tests/src/sources.rs"],
        everywhere: true,
        because: "the project runs from any folder of any machine",
    },
    Rule {
        name: "markup is built, never parsed",
        pattern: r"\b(innerHTML|outerHTML|insertAdjacentHTML|DOMParser|createContextualFragment|setHTMLUnsafe)\b|document\.write",
        files: BROWSER,
        under: SCREENS,
        may_stand_in: &[],
        everywhere: false,
        because: "text from anyone is rendered as text (D06)",
    },
    Rule {
        name: "no code from text in the browser",
        pattern: r#"\beval\s*\(|new\s+Function\b|set(Timeout|Interval)\(\s*["'`]|javascript:"#,
        files: BROWSER,
        under: SCREENS,
        may_stand_in: &[],
        everywhere: false,
        because: "the Content-Security-Policy forbids it, and so do we (D04)",
    },
    Rule {
        name: "no inline scripts, handlers or styles",
        pattern: r#"\son[a-z]+\s*=\s*["']|\sstyle\s*=\s*["']|<style\b|<script(?:\s+type="module")?\s*>"#,
        files: &[".html"],
        under: SCREENS,
        may_stand_in: &[],
        everywhere: true,
        because: "the Content-Security-Policy has no unsafe-inline (D04)",
    },
    Rule {
        name: "nothing personal in web storage",
        pattern: r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b",
        files: BROWSER,
        under: SCREENS,
        // On or off, and nothing about anyone.
        may_stand_in: &["console/preferences.js"],
        everywhere: false,
        because: "the session lives in an HttpOnly cookie and the words in the vault (D08)",
    },
];

/// A line that a rule forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub path: String,
    pub line: usize,
    pub text: String,
}

/// All lines that match `pattern` in files that `rule` searches, wherever they may stand.
pub fn hits(rule: &Rule, sources: &[Source]) -> Result<Vec<Hit>, regex::Error> {
    let pattern = Regex::new(rule.pattern)?;
    let searched = sources.iter().filter(|source| {
        rule.files.iter().any(|end| source.path.ends_with(end))
            && (rule.under.is_empty() || starts_with_any(&source.path, rule.under))
    });
    Ok(searched
        .flat_map(|source| lines(rule, source, &pattern))
        .collect())
}

/// Every rule that is broken, as sentences.
pub fn findings(rules: &[Rule], sources: &[Source]) -> Result<Vec<String>, regex::Error> {
    let mut found = Vec::new();
    for rule in rules {
        for hit in hits(rule, sources)? {
            if !starts_with_any(&hit.path, rule.may_stand_in) {
                let Hit { path, line, text } = hit;
                found.push(format!(
                    "{path}:{line}: {}: `{text}`: {}",
                    rule.name, rule.because
                ));
            }
        }
    }
    Ok(found)
}

/// A file that passes this many lines is two rooms.
pub const LONGEST_FILE: usize = 600;

/// Names that two types of the published API share. The document keeps one schema of a name, so the
/// other operation would promise what it does not answer.
#[must_use]
pub fn shared_schema_names(sources: &[Source]) -> Vec<String> {
    let derived = |line: &str| line.starts_with("#[derive(") && line.contains("ToSchema");
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in sources {
        let mut awaited = false;
        for (number, line) in source.text.lines().enumerate() {
            awaited |= derived(line.trim_start());
            let name = ["struct ", "enum "].iter().find_map(|kind| {
                let (_, behind) = line.split_once(kind)?;
                behind
                    .split(|letter: char| !letter.is_alphanumeric())
                    .next()
            });
            if let Some(name) = name.filter(|_| awaited && !line.trim_start().starts_with('/')) {
                let place = format!("{}:{}", source.path, number.saturating_add(1));
                places.entry(name).or_default().push(place);
                awaited = false;
            }
        }
    }
    let shared = places.into_iter().filter(|(_, places)| places.len() > 1);
    shared
        .map(|(name, places)| format!("schema {name}: {}", places.join(", ")))
        .collect()
}

/// Files that are too long.
#[must_use]
pub fn long_files(sources: &[Source]) -> Vec<String> {
    let ours = sources
        .iter()
        .filter(|source| CODE.iter().any(|end| source.path.ends_with(end)));
    ours.map(|source| (source, source.text.lines().count()))
        .filter(|(_, count)| *count > LONGEST_FILE)
        .map(|(source, count)| {
            format!(
                "{} has {count} lines: a file has at most {LONGEST_FILE}, divide it",
                source.path
            )
        })
        .collect()
}

/// Manifests of packages that do not take the workspace's lints.
#[must_use]
pub fn manifests_without_lints(sources: &[Source]) -> Vec<String> {
    let manifests = sources.iter().filter(|source| {
        source.path.ends_with("Cargo.toml") && source.text.lines().any(|line| line == "[package]")
    });
    manifests
        .filter(|source| !source.text.contains("[lints]\nworkspace = true"))
        .map(|source| {
            format!(
                "{} does not take the workspace's lints: add `[lints] workspace = true`",
                source.path
            )
        })
        .collect()
}

fn lines(rule: &Rule, source: &Source, pattern: &Regex) -> Vec<Hit> {
    if !rule.everywhere && is_test_file(&source.path) {
        return Vec::new();
    }
    let mut in_tests = false;
    let mut before = "";
    let mut found = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        // A test module opens after its attribute and ends with a brace at the margin.
        in_tests |= before == "#[cfg(test)]" && line.starts_with("mod ") && line.ends_with('{');
        let exempt = !rule.everywhere && (in_tests || is_comment(line));
        if !exempt && pattern.is_match(line) {
            found.push(Hit {
                path: source.path.clone(),
                line: index.saturating_add(1),
                text: line.trim().to_owned(),
            });
        }
        in_tests &= line != "}";
        before = line;
    }
    found
}

fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["//", "/*", "*", "<!--"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

fn starts_with_any(path: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| path.starts_with(beginning))
}
