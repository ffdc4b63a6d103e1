//! The rules as they stand in `rules.json`, ready to read with.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use crate::finding::FindingKind;

/// `None` when the file is not what it should be, which a test rules out.
pub(super) static RULES: LazyLock<Option<Rules>> =
    LazyLock::new(|| Rules::of(include_str!("rules.json")));

pub(super) struct Rules {
    /// What must stand in a text for a rule to find anything in it, all looked for in one pass: most
    /// texts have none of it.
    needs: RegexSet,
    pub(super) rules: Vec<Rule>,
    /// What stands where a secret was.
    pub(super) marks: Vec<String>,
    /// Words that say something about a password and are none.
    pub(super) no_password: HashSet<String>,
    /// Words with which a sentence goes on behind a password.
    pub(super) goes_on: HashSet<String>,
    /// Words near a number that is called a code and is no secret.
    pub(super) not_code: HashSet<String>,
    /// Words directly in front of the name of a code that make it another code.
    pub(super) not_after: HashSet<String>,
}

pub(super) struct Rule {
    pub(super) kind: FindingKind,
    /// Which of the needs.
    needs: usize,
    pub(super) find: Regex,
    pub(super) value: End,
    pub(super) accept: Accept,
}

impl Rule {
    /// In hundredths.
    pub(super) const fn certainty(&self) -> u8 {
        match self.accept {
            Accept::Any | Accept::Token => 98,
            Accept::Told | Accept::Strong | Accept::Code => 95,
            Accept::Phrase | Accept::Mixed | Accept::Weak | Accept::Six => 85,
        }
    }
}

/// Where in a match the value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum End {
    First,
    Last,
}

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Accept {
    /// Its shape says all.
    Any,
    /// Letters and digits mixed, as a machine makes them.
    Token,
    /// Told to be a password: not a word that says something about it.
    Told,
    /// Looks like a password by itself.
    Strong,
    /// Three words and more.
    Phrase,
    /// Digits, by a name that only codes have.
    Code,
    /// Letters and digits, by a name that only codes have.
    Mixed,
    /// Digits that are called a code, and nothing near says which.
    Weak,
    /// The same with six digits.
    Six,
}

#[derive(Deserialize)]
struct File {
    needs: BTreeMap<String, String>,
    marks: Vec<String>,
    lists: HashMap<String, String>,
    rules: Vec<Entry>,
    no_password: String,
    goes_on: String,
    not_code: String,
    not_after: String,
}

#[derive(Deserialize)]
struct Entry {
    kind: String,
    needs: String,
    value: End,
    accept: Accept,
    /// Whether capitals differ from small letters.
    #[serde(default)]
    case: bool,
    find: String,
}

impl Rules {
    fn of(file: &str) -> Option<Self> {
        let file: File = serde_json::from_str(file).ok()?;
        let rules = file
            .rules
            .iter()
            .map(|entry| {
                let find = RegexBuilder::new(&expanded(&entry.find, &file.lists))
                    .unicode(false)
                    .case_insensitive(!entry.case)
                    .build()
                    .ok()?;
                Some(Rule {
                    kind: *FindingKind::ALL
                        .iter()
                        .find(|kind| kind.as_str() == entry.kind)?,
                    needs: file.needs.keys().position(|name| *name == entry.needs)?,
                    find,
                    value: entry.value,
                    accept: entry.accept,
                })
            })
            .collect::<Option<Vec<Rule>>>()?;
        let words = |list: &str| list.split(' ').map(str::to_owned).collect();
        let needs = RegexSetBuilder::new(file.needs.values())
            .unicode(false)
            .case_insensitive(true)
            .build()
            .ok()?;
        Some(Self {
            needs,
            rules,
            marks: file.marks,
            no_password: words(&file.no_password),
            goes_on: words(&file.goes_on),
            not_code: words(&file.not_code),
            not_after: words(&file.not_after),
        })
    }
}

impl Rules {
    /// The rules that may find something in a text.
    pub(super) fn for_text(&self, text: &[u8]) -> impl Iterator<Item = &Rule> {
        let needs = self.needs.matches(text);
        self.rules
            .iter()
            .filter(move |rule| needs.matched(rule.needs))
    }
}

/// A pattern with the lists it names in angle brackets; lists may name lists.
fn expanded(pattern: &str, lists: &HashMap<String, String>) -> String {
    let mut pattern = pattern.to_owned();
    for _ in 0..DEEPEST {
        for (name, list) in lists {
            pattern = pattern.replace(&format!("<{name}>"), list);
        }
    }
    pattern
}

const DEEPEST: usize = 3;
