//! The ledger of controls, `docs/controls.csv`: one row for each requirement, with its state and
//! the tests that prove it.

use crate::sources::Source;

/// Areas and how many requirements each has: A01 to A42, and so on.
pub const AREAS: [(char, usize); 7] = [
    ('A', 42),
    ('B', 12),
    ('C', 26),
    ('D', 27),
    ('E', 16),
    ('F', 22),
    ('G', 11),
];

const HEAD: [&str; 7] = ["id", "area", "statement", "state", "issue", "proof", "note"];
const STATES: [&str; 4] = ["proved", "partly", "planned", "not_applicable"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    pub id: String,
    pub statement: String,
    pub state: String,
    pub issue: String,
    pub proofs: Vec<String>,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ControlsError {
    #[error("the first line must be `{}`", HEAD.join(","))]
    Head,
    #[error("record {record} has {has} fields: expected {}", HEAD.len())]
    Fields { record: usize, has: usize },
    #[error("a quoted field is not closed")]
    Quote,
}

/// Ids of all requirements, in order.
#[must_use]
pub fn required_ids() -> Vec<String> {
    let areas = AREAS.into_iter();
    areas
        .flat_map(|(area, count)| (1..=count).map(move |n| format!("{area}{n:02}")))
        .collect()
}

pub fn parse(csv: &str) -> Result<Vec<Control>, ControlsError> {
    let mut records = records(csv)?.into_iter();
    if records.next().is_none_or(|head| head != HEAD) {
        return Err(ControlsError::Head);
    }
    let numbered = (2..).zip(records);
    numbered
        .map(|(record, fields)| {
            let has = fields.len();
            let [id, _, statement, state, issue, proof, note] = <[String; 7]>::try_from(fields)
                .map_err(|_| ControlsError::Fields { record, has })?;
            let proofs = proof
                .split(';')
                .map(str::trim)
                .filter(|proof| !proof.is_empty());
            let proofs = proofs.map(str::to_owned).collect();
            Ok(Control {
                id,
                statement,
                state,
                issue,
                proofs,
                note,
            })
        })
        .collect()
}

/// RFC 4180: fields may be quoted, and a doubled quote inside stands for one.
fn records(csv: &str) -> Result<Vec<Vec<String>>, ControlsError> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut characters = csv.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quoted) {
            ('"', true) if characters.next_if_eq(&'"').is_some() => field.push('"'),
            ('"', _) => quoted = !quoted,
            (',', false) => record.push(core::mem::take(&mut field)),
            ('\n', false) => {
                record.push(core::mem::take(&mut field));
                records.push(core::mem::take(&mut record));
            }
            ('\r', false) => {}
            (other, _) => field.push(other),
        }
    }
    if quoted {
        return Err(ControlsError::Quote);
    }
    if !(field.is_empty() && record.is_empty()) {
        record.push(field);
        records.push(record);
    }
    Ok(records)
}

/// Everything in the ledger that is not honest: ids missing or twice, states without what they
/// need, proofs that do not exist.
#[must_use]
pub fn findings(controls: &[Control], required: &[String], proofs: &Proofs<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for id in required {
        match controls.iter().filter(|control| control.id == *id).count() {
            0 => found.push(format!("{id} has no row")),
            1 => {}
            many => found.push(format!("{id} has {many} rows: expected one")),
        }
    }
    for control in controls {
        let id = &control.id;
        if !required.contains(id) {
            found.push(format!("`{id}` is not a requirement"));
        }
        if control.statement.is_empty() {
            found.push(format!("{id} has no statement"));
        }
        found.extend(state_finding(control).map(|finding| format!("{id} {finding}")));
        for proof in control.proofs.iter().filter(|proof| !proofs.exists(proof)) {
            found.push(format!("{id} names the proof `{proof}`, which does not exist: expected `package::test`, `file.mjs::title`, or `run:script` that ./test runs"));
        }
    }
    found
}

fn state_finding(control: &Control) -> Option<String> {
    let Control {
        state,
        issue,
        proofs,
        note,
        ..
    } = control;
    let known_issue = issue == "later" || issue.parse::<u32>().is_ok_and(|number| number > 0);
    match state.as_str() {
        "proved" if proofs.is_empty() => Some("is proved by nothing: name a test".to_owned()),
        "proved" => None,
        "partly" if proofs.is_empty() => {
            Some("is partly proved by nothing: name a test".to_owned())
        }
        "partly" if note.is_empty() => {
            Some("is partly proved: its note must say what is missing".to_owned())
        }
        "partly" => None,
        "planned" if !known_issue => Some(format!(
            "is planned in `{issue}`: expected an issue's number or `later`"
        )),
        "planned" if !proofs.is_empty() => {
            Some("is planned but names a proof: make it `partly`".to_owned())
        }
        "planned" => None,
        "not_applicable" if note.is_empty() => {
            Some("does not apply: its note must say why".to_owned())
        }
        "not_applicable" => None,
        other => Some(format!(
            "has the state `{other}`: expected one of {}",
            STATES.join(", ")
        )),
    }
}

/// Where proofs are looked up.
#[derive(Debug)]
pub struct Proofs<'tree> {
    pub sources: &'tree [Source],
    /// Name and folder of every package of the workspace.
    pub packages: &'tree [(String, String)],
}

impl Proofs<'_> {
    /// Whether the tree holds the test that a proof names.
    #[must_use]
    pub fn exists(&self, proof: &str) -> bool {
        if let Some(script) = proof.strip_prefix("run:") {
            return self.is_run_by_the_suite(script);
        }
        let Some((home, test)) = proof.split_once("::") else {
            return false;
        };
        if home.ends_with(".mjs") {
            return self
                .sources
                .iter()
                .any(|source| source.path == home && has_title(source, test));
        }
        let folder = self
            .packages
            .iter()
            .find(|(name, _)| name == home)
            .map(|(_, folder)| folder);
        folder.is_some_and(|folder| {
            let inside = format!("{folder}/");
            let mut sources = self.sources.iter();
            sources.any(|source| source.path.starts_with(&inside) && has_test(source, test))
        })
    }

    fn is_run_by_the_suite(&self, script: &str) -> bool {
        let exists = self.sources.iter().any(|source| source.path == script);
        let suite = self.sources.iter().find(|source| source.path == "test");
        exists && suite.is_some_and(|suite| suite.text.contains(script))
    }
}

/// A function `name` that carries a test attribute.
fn has_test(source: &Source, name: &str) -> bool {
    let mut marked = false;
    for line in source.text.lines().map(str::trim) {
        if line.starts_with("#[") {
            marked |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if marked
                && rest
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(['(', '<']))
            {
                return true;
            }
            marked = false;
        } else if !line.starts_with("//") && !line.is_empty() {
            // Attributes may run over several lines.
            marked &= !line.ends_with([';', '}', '{']);
        }
    }
    false
}

fn has_title(source: &Source, title: &str) -> bool {
    ["test", "it"].iter().any(|call| {
        ["\"", "'", "`"].iter().any(|quote| {
            source
                .text
                .contains(&format!("{call}({quote}{title}{quote}"))
        })
    })
}
