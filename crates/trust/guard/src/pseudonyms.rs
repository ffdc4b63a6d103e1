//! Placeholders that stand for personal values, and the way back to them.

mod stream;

pub use stream::StreamingRestorer;

use core::fmt;
use std::{collections::BTreeMap, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::recognise::Recognised;
use crate::{
    finding::FindingKind,
    gate::{CARD_MARK, ToldInParts},
    refused::Unreadable,
    view::View,
};

/// The pseudonyms of one conversation. The same value has the same placeholder for as long as the
/// conversation lasts; a placeholder this conversation never issued stands for nothing.
///
/// It holds personal values in the clear: it is stored only sealed, and shows nothing in a log.
#[derive(Default)]
pub struct Pseudonyms {
    issued: BTreeMap<Kind, Issued>,
}

#[derive(Default)]
struct Issued {
    values: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What a placeholder stands for; its name in the placeholder.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        enum Kind { $($(#[$doc])* #[serde(rename = $name)] $variant,)* }

        impl Kind {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    Account = "ACCOUNT";
    Address = "ADDRESS";
    Age = "AGE";
    Birthday = "BIRTHDAY";
    Date = "DATE";
    Email = "EMAIL";
    /// Numbers by which an authority knows a person.
    Identity = "IDENTITY";
    Ip = "IP";
    Link = "LINK";
    /// A people, a faith, a party.
    Nationality = "NATIONALITY";
    Organization = "ORGANIZATION";
    Person = "PERSON";
    Phone = "PHONE";
    Place = "PLACE";
    /// Text that looked like a placeholder when it was typed.
    Text = "TEXT";
    Title = "TITLE";
}

impl From<FindingKind> for Kind {
    fn from(kind: FindingKind) -> Self {
        match kind {
            FindingKind::EmailAddress => Self::Email,
            FindingKind::PhoneNumber => Self::Phone,
            FindingKind::Person => Self::Person,
            FindingKind::StreetAddress => Self::Address,
            FindingKind::DateOfBirth => Self::Birthday,
            FindingKind::IpAddress => Self::Ip,
            FindingKind::IbanCode | FindingKind::BankAccount => Self::Account,
            FindingKind::UsSsn
            | FindingKind::UsDriverLicense
            | FindingKind::NationalId
            | FindingKind::Passport => Self::Identity,
            FindingKind::Age => Self::Age,
            FindingKind::DateTime => Self::Date,
            FindingKind::Url => Self::Link,
            FindingKind::Nrp => Self::Nationality,
            FindingKind::Organization => Self::Organization,
            FindingKind::Place => Self::Place,
            FindingKind::Title => Self::Title,
            _ => Self::Text,
        }
    }
}

/// Placeholders of one kind in one conversation. Beyond them a value is replaced without a way
/// back, so that a flood of addresses cannot grow the conversation's context without bound.
const MOST_OF_A_KIND: usize = 500;
/// Characters of a value; nothing longer is recognised as an address or a number anyway.
const LONGEST_VALUE: usize = 400;
/// Characters of a name that is looked for again: shorter ones are words of many kinds.
const SHORTEST_NAME: usize = 4;

/// The names of all kinds, as a pattern.
fn names() -> String {
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    names.join("|")
}

static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = names();
    Regex::new(&format!(
        r"\[(?P<kind>{names})(?:_(?P<number>[0-9]{{1,4}}))?\]"
    ))
    .ok()
});

/// What imitates a placeholder, in any case and with spaces, in folded text.
static LOOKALIKE: LazyLock<Option<regex::bytes::Regex>> = LazyLock::new(|| {
    let names = names();
    regex::bytes::Regex::new(&format!(
        r"(?i-u)\[ {{0,2}}(?:{names})(?: {{0,2}}[_\- ] {{0,2}}[0-9]{{1,9}})? {{0,2}}\]",
    ))
    .ok()
});

impl Pseudonyms {
    /// The placeholder of a value.
    pub(crate) fn placeholder(&mut self, kind: FindingKind, value: &str) -> String {
        let kind = Kind::from(kind);
        let issued = self.issued.entry(kind).or_default();
        match issued.number(value) {
            Some(number) => format!("[{}_{number}]", kind.as_str()),
            None => format!("[{}]", kind.as_str()),
        }
    }

    /// Where a text names people again who have a placeholder: who introduced herself once is masked from
    /// then on, however she is named. In order, not overlapping.
    pub(crate) fn named_again(&self, view: &View) -> Vec<Recognised> {
        let Some(people) = self.issued.get(&Kind::Person) else {
            return Vec::new();
        };
        let names = people
            .values
            .iter()
            .filter(|name| name.chars().count() >= SHORTEST_NAME);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names);
        let Ok(automaton) = automaton else {
            return Vec::new();
        };
        let is_letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        automaton
            .find_iter(view.clean())
            .filter(|found| {
                let before = view.clean().get(..found.start()).unwrap_or_default();
                let after = view.clean().get(found.end()..).unwrap_or_default();
                !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
            })
            .map(|found| Recognised::new(FindingKind::Person, view.characters(&found.range()), 100))
            .collect()
    }

    /// Puts the values back. What was put back is not looked at again, so a value cannot conjure
    /// another one.
    pub(crate) fn restored(&self, text: &str) -> String {
        let Some(pattern) = PLACEHOLDER.as_ref() else {
            return text.to_owned();
        };
        let value = |found: &regex::Captures<'_>| {
            let kind = Kind::from_name(found.name("kind")?.as_str())?;
            let number: usize = found.name("number")?.as_str().parse().ok()?;
            self.issued.get(&kind)?.values.get(number.checked_sub(1)?)
        };
        pattern
            .replace_all(text, |found: &regex::Captures<'_>| match value(found) {
                Some(value) => value.clone(),
                None => found
                    .get(0)
                    .map(|whole| whole.as_str().to_owned())
                    .unwrap_or_default(),
            })
            .into_owned()
    }

    /// Forgets what was a part of a card after all: its placeholder stands for nothing any more, and its
    /// number is not given to another value.
    pub fn erase(&mut self, told: &ToldInParts) {
        for issued in self.issued.values_mut() {
            let values = issued.values.iter_mut();
            for value in values.filter(|value| told.touches(value)) {
                issued.numbers.remove(value.as_str());
                CARD_MARK.clone_into(value);
            }
        }
    }

    /// The pseudonyms as bytes to seal.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let values: BTreeMap<Kind, &Vec<String>> = self
            .issued
            .iter()
            .map(|(kind, issued)| (*kind, &issued.values))
            .collect();
        // INVARIANT: a map of unit variants to strings always serialises.
        serde_json::to_vec(&values).unwrap_or_default()
    }

    /// Takes back what [`Pseudonyms::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let values: BTreeMap<Kind, Vec<String>> = serde_json::from_slice(bytes)
            .map_err(|error| Unreadable::json("pseudonyms", &error))?;
        let issued = values
            .into_iter()
            .map(|(kind, values)| (kind, Issued::of(values)))
            .collect();
        Ok(Self { issued })
    }

    /// The values that have a placeholder.
    pub(crate) fn values(&self) -> impl Iterator<Item = &str> {
        let issued = self.issued.values();
        issued.flat_map(|issued| issued.values.iter().map(String::as_str))
    }

    /// How many values have a placeholder.
    #[must_use]
    pub fn len(&self) -> usize {
        self.issued.values().map(|issued| issued.values.len()).sum()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Stretches of a view that imitate a placeholder.
pub(crate) fn lookalikes(view: &View) -> Vec<(FindingKind, core::ops::Range<usize>)> {
    LOOKALIKE
        .iter()
        .flat_map(|pattern| pattern.find_iter(&view.folded))
        .map(|found| (FindingKind::PlaceholderLookalike, found.range()))
        .collect()
}

/// Whether a text is exactly the inside of a placeholder: `EMAIL_1`.
pub(crate) fn is_placeholder_name(text: &str) -> bool {
    PLACEHOLDER.as_ref().is_some_and(|pattern| {
        let whole = format!("[{text}]");
        pattern
            .find(&whole)
            .is_some_and(|found| found.range() == (0..whole.len()))
    })
}

impl Issued {
    fn of(values: Vec<String>) -> Self {
        let mut issued = Self::default();
        for value in values.into_iter().take(MOST_OF_A_KIND) {
            issued
                .numbers
                .entry(value.clone())
                .or_insert(issued.values.len() + 1);
            issued.values.push(value);
        }
        issued
    }

    /// The number of a value, from 1; `None` when there is no room for another.
    fn number(&mut self, value: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(value) {
            return Some(*number);
        }
        if self.values.len() >= MOST_OF_A_KIND || value.chars().count() > LONGEST_VALUE {
            return None;
        }
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), self.values.len());
        Some(self.values.len())
    }
}

impl Kind {
    fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| kind.as_str() == name)
    }
}

impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pseudonyms({} values)", self.len())
    }
}
