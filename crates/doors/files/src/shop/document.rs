//! Reading `parlour-shop/1` as a stream.
//!
//! Keys may stand in any order, so reading is a matter of passes over the file: [`read_head`] checks
//! all of it and learns what stands anywhere, then [`read_document`] hands out the members of the
//! lists it is asked for. Each pass holds one member at a time.

use core::{fmt, marker::PhantomData};
use std::{collections::BTreeMap, fs::File, io::Read, path::Path, sync::Arc};

use commerce::document::{Element, FORMAT, Head, Section, Tax};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_path_to_error::{Segment, Track};
use terms::Currency;

use super::{
    check,
    error::{ImportError, Refusal, joined, shown, without_value},
    place::{Followed, LARGEST_MEMBER, Place, Progress},
};

/// One member, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub element: Element,
    pub file: Arc<str>,
    /// Where it begins.
    pub line: u64,
    /// Where it begins, in bytes, from 1; unknown in CSV files.
    pub column: Option<u64>,
    /// Such as `orders[3]`; empty in CSV files.
    pub path: String,
}

impl Located {
    /// What is wrong with it, as an error that says where.
    #[must_use]
    pub fn refused(&self, refusal: &Refusal) -> ImportError {
        ImportError {
            file: self.file.to_string(),
            line: Some(self.line),
            column: self.column,
            path: joined(&self.path, &refusal.path),
            reason: refusal.reason.clone(),
            environment: false,
        }
    }
}

/// How many members each list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<Section, u64>);

impl Counts {
    #[must_use]
    pub fn of(&self, section: Section) -> u64 {
        self.0.get(&section).copied().unwrap_or(0)
    }

    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    pub(super) fn add(&mut self, section: Section) {
        *self.0.entry(section).or_default() += 1;
    }
}

/// What a pass saw. A file that is the same in two passes has the same summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub head: Head,
    pub counts: Counts,
    pub bytes: u64,
}

/// Checks a whole document, every field of every member, and tells what it says about the shop and
/// how many members its lists have.
pub fn read_head(path: &Path, progress: &Progress) -> Result<Summary, ImportError> {
    let (file, name) = open(path, progress)?;
    read_head_from(file, &name, progress)
}

/// As [`read_head`], from a reader that errors call `name`.
pub fn read_head_from(
    reader: impl Read,
    name: &str,
    progress: &Progress,
) -> Result<Summary, ImportError> {
    pass(reader, name, progress, &Section::ALL, &mut |_| Ok(()))
}

/// Hands the members of the lists in `sections` to the sink, in the order of the file. They are
/// checked like [`read_head`] does; of the other lists only the form is.
///
/// The sink may refuse a member, which ends the reading with an error that says where it stands.
pub fn read_document(
    path: &Path,
    sections: &[Section],
    progress: &Progress,
    sink: &mut dyn FnMut(Located) -> Result<(), Refusal>,
) -> Result<Summary, ImportError> {
    let (file, name) = open(path, progress)?;
    read_document_from(file, &name, sections, progress, sink)
}

/// As [`read_document`], from a reader that errors call `name`.
pub fn read_document_from(
    reader: impl Read,
    name: &str,
    sections: &[Section],
    progress: &Progress,
    sink: &mut dyn FnMut(Located) -> Result<(), Refusal>,
) -> Result<Summary, ImportError> {
    pass(reader, name, progress, sections, sink)
}

fn open(path: &Path, progress: &Progress) -> Result<(File, String), ImportError> {
    let name = path.display().to_string();
    let file =
        File::open(path).map_err(|error| ImportError::unreadable(&name, "opened", &error))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    progress.begin(length);
    Ok((file, name))
}

fn pass(
    reader: impl Read,
    name: &str,
    progress: &Progress,
    sections: &[Section],
    sink: &mut dyn FnMut(Located) -> Result<(), Refusal>,
) -> Result<Summary, ImportError> {
    let place = Place::default();
    let mut json = serde_json::Deserializer::from_reader(Followed::new(reader, &place, progress));
    let mut pass = Pass {
        file: Arc::from(name),
        place: &place,
        sections,
        sink,
        counts: Counts::default(),
        path: String::new(),
        refused: None,
    };
    let read = Document(&mut pass)
        .deserialize(&mut json)
        .and_then(|head| json.end().map(|()| head));
    match read {
        Ok(head) => Ok(Summary {
            head,
            counts: pass.counts,
            bytes: place.bytes(),
        }),
        Err(error) => Err(pass.fault(&error)),
    }
}

/// What the visitors share.
struct Pass<'a> {
    file: Arc<str>,
    place: &'a Place,
    sections: &'a [Section],
    sink: &'a mut dyn FnMut(Located) -> Result<(), Refusal>,
    counts: Counts,
    /// What is being read, as far as a fault would name it.
    path: String,
    /// A fault in what is said rather than in its form, already in full.
    refused: Option<ImportError>,
}

impl Pass<'_> {
    /// The error for people. The JSON reader's own error knows the form and the place; a refusal
    /// came through it as a mere interruption.
    fn fault(self, error: &serde_json::Error) -> ImportError {
        if let Some(refused) = self.refused {
            return refused;
        }
        let reason = if self.place.too_large() {
            format!("takes more than {LARGEST_MEMBER} bytes")
        } else if self.place.failed() {
            format!("cannot be read: {}", without_value(error))
        } else {
            without_value(error)
        };
        // The reader knows the place of its own faults; of others, where it stands.
        let (line, column) = match (error.line(), error.column()) {
            (0, _) => (self.place.line(), self.place.column()),
            (line, column) => (
                u64::try_from(line).unwrap_or(u64::MAX),
                u64::try_from(column).unwrap_or(u64::MAX),
            ),
        };
        ImportError {
            file: self.file.to_string(),
            line: Some(line),
            column: Some(column),
            path: self.path,
            reason,
            environment: self.place.failed(),
        }
    }

    /// One value of the document, whose faults are named with their path.
    fn parse<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
    ) -> Result<T, D::Error> {
        self.tracked().deserialize(deserializer)
    }

    fn tracked<T>(&mut self) -> Tracked<'_, T> {
        Tracked {
            path: &mut self.path,
            value: PhantomData,
        }
    }

    /// A fault in what was read last.
    fn refuse<E: serde::de::Error>(&mut self, path: &str, reason: impl Into<String>) -> E {
        self.refuse_at(self.place.line(), self.place.column(), path, reason)
    }

    fn refuse_at<E: serde::de::Error>(
        &mut self,
        line: u64,
        column: u64,
        path: &str,
        reason: impl Into<String>,
    ) -> E {
        self.refused = Some(ImportError {
            file: self.file.to_string(),
            line: Some(line),
            column: Some(column),
            path: path.to_owned(),
            reason: reason.into(),
            environment: false,
        });
        E::custom("refused")
    }
}

/// The document: an object with what it says about the shop, and its lists.
struct Document<'p, 'a>(&'p mut Pass<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = Head;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Head, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = Head;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `format`, `currency` and the lists of a shop")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Head, A::Error> {
        let Self(pass) = self;
        let mut seen: Vec<String> = Vec::new();
        let mut currency: Option<Currency> = None;
        let mut tax: Option<Tax> = None;
        while let Some(key) = map.next_key::<String>()? {
            pass.place.begin_member();
            if seen.contains(&key) {
                return Err(pass.refuse(&key, "is given twice"));
            }
            pass.path.clone_from(&key);
            match (key.as_str(), Section::from_name(&key)) {
                (_, Some(section)) => map.next_value_seed(Members {
                    pass: &mut *pass,
                    section,
                })?,
                ("format", _) => {
                    if map.next_value::<String>()? != FORMAT {
                        return Err(pass.refuse("format", format!("expected `{FORMAT}`")));
                    }
                }
                ("currency", _) => {
                    let code: String = map.next_value()?;
                    let Ok(code) = code.parse() else {
                        return Err(pass.refuse("currency", EXPECTED_CURRENCY));
                    };
                    currency = Some(code);
                }
                ("tax", _) => {
                    let given = map.next_value_seed(pass.tracked())?;
                    if let Err(refusal) = check::tax(given) {
                        let refusal = refusal.inside("tax");
                        return Err(pass.refuse(&refusal.path, refusal.reason));
                    }
                    tax = Some(given);
                }
                _ => return Err(pass.refuse("", unknown_key(&key))),
            }
            pass.path.clear();
            pass.place.begin_member();
            seen.push(key);
        }
        if !seen.iter().any(|key| key == "format") {
            return Err(pass.refuse("format", format!("is missing: expected `{FORMAT}`")));
        }
        let Some(currency) = currency else {
            return Err(pass.refuse("currency", format!("is missing: {EXPECTED_CURRENCY}")));
        };
        Ok(Head { currency, tax })
    }
}

const EXPECTED_CURRENCY: &str = "expected three capital letters (ISO 4217), such as `USD`";

fn unknown_key(key: &str) -> String {
    const MOST: usize = 64;
    let key: String = shown(key).chars().take(MOST).collect();
    let known: Vec<String> = ["format", "currency", "tax"]
        .into_iter()
        .chain(Section::ALL.map(Section::as_str))
        .map(|known| format!("`{known}`"))
        .collect();
    format!(
        "unknown field `{key}`, expected one of {}",
        known.join(", ")
    )
}

/// One of the lists.
struct Members<'p, 'a> {
    pass: &'p mut Pass<'a>,
    section: Section,
}

impl<'de> DeserializeSeed<'de> for Members<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { pass, section } = self;
        loop {
            pass.place.begin_member();
            let member = Member {
                pass: &mut *pass,
                section,
            };
            if list.next_element_seed(member)?.is_none() {
                return Ok(());
            }
            pass.counts.add(section);
        }
    }
}

/// One member of a list.
struct Member<'p, 'a> {
    pass: &'p mut Pass<'a>,
    section: Section,
}

impl<'de> DeserializeSeed<'de> for Member<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { pass, section } = self;
        // Its first byte has been looked at, and nothing after it.
        pass.place.begin_member();
        let (line, column) = (pass.place.line(), pass.place.column());
        pass.path = format!("{}[{}]", section.as_str(), pass.counts.of(section));
        if !pass.sections.contains(&section) {
            IgnoredAny::deserialize(deserializer)?;
            pass.path = section.as_str().to_owned();
            return Ok(());
        }
        let element = match section {
            Section::Products => Element::Product(pass.parse(deserializer)?),
            Section::Discounts => Element::Discount(pass.parse(deserializer)?),
            Section::Promotions => Element::Promotion(pass.parse(deserializer)?),
            Section::Shipping => Element::Shipping(pass.parse(deserializer)?),
            Section::Policies => Element::Policy(pass.parse(deserializer)?),
            Section::Faqs => Element::Faq(pass.parse(deserializer)?),
            Section::Customers => Element::Customer(pass.parse(deserializer)?),
            Section::Orders => Element::Order(pass.parse(deserializer)?),
        };
        let path = core::mem::replace(&mut pass.path, section.as_str().to_owned());
        let outer = path.clone();
        let handed = check::element(&element).and_then(|()| {
            (pass.sink)(Located {
                element,
                file: Arc::clone(&pass.file),
                line,
                column: Some(column),
                path,
            })
        });
        handed.map_err(|refusal| {
            let refusal = refusal.inside(&outer);
            pass.refuse_at(line, column, &refusal.path, refusal.reason)
        })
    }
}

/// A value whose faults are named with their path.
struct Tracked<'p, T> {
    /// The path of the value; the path of the fault when there is one.
    path: &'p mut String,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Tracked<'_, T> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let mut track = Track::new();
        let tracked = serde_path_to_error::Deserializer::new(deserializer, &mut track);
        let value = T::deserialize(tracked);
        if value.is_err() {
            *self.path = joined(self.path, &field_path(&track.path()));
        }
        value
    }
}

/// `lines[0].quantity`. Keys that are no names are left out: they may be anything.
fn field_path(path: &serde_path_to_error::Path) -> String {
    const MOST: usize = 64;
    path.iter()
        .fold(String::new(), |outer, segment| match segment {
            Segment::Seq { index } => joined(&outer, &format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key }
                if key.chars().count() <= MOST && !key.chars().any(char::is_control) =>
            {
                joined(&outer, key)
            }
            _ => joined(&outer, "?"),
        })
}
