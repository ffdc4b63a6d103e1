//! What was found against what is there.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, bail};
use guard::FindingKind;

use super::{
    scan,
    sets::{self, Message, Number, Prediction},
    speed::number,
};
use crate::eval::say;

/// A figure as it is told: with the digits that matter at its size.
pub(super) fn told(value: f64) -> String {
    match value {
        _ if value >= 1_000.0 => format!("{value:.0}"),
        _ if value >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

/// The scorer's figures.
pub(super) struct Labelled {
    pub(super) core_f2: f64,
    pub(super) core_chars_f2: f64,
    pub(super) core_chars_precision: f64,
    pub(super) struct_f2: f64,
    pub(super) pay_recall: f64,
    /// Of a hundred messages.
    pub(super) pay_leak_free: f64,
    pub(super) core_leak_free: f64,
}

impl Labelled {
    pub(super) fn score(
        shared: &Path,
        messages: &[Message],
        predictions: &[Vec<Prediction>],
    ) -> anyhow::Result<Self> {
        if messages.len() != predictions.len() {
            bail!("{} messages, {} answers", messages.len(), predictions.len());
        }
        let scratch = tempfile::tempdir()?;
        let found = scratch.path().join("found.jsonl");
        fs::write(&found, sets::lines(predictions)?)?;
        let done = Command::new("python3")
            .arg(shared.join("tools/score_pii.py"))
            .args([&sets::gold(shared), &found])
            .output()
            .context("`python3` cannot be started: the scorer needs it")?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            bail!("the scorer failed: {}", said.trim());
        }
        let said = String::from_utf8_lossy(&done.stdout);
        Self::read(&said).with_context(|| format!("the scorer's table was not understood:\n{said}"))
    }

    /// The scorer's table: `micro CORE gold P R F1 F2 …`, `char-level CORE P=… F2=… leak-free messages a/b=c`.
    fn read(said: &str) -> Option<Self> {
        let line = |start: &str| said.lines().find(|line| line.starts_with(start));
        let column = |start: &str, column: usize| -> Option<f64> {
            line(start)?.split_whitespace().nth(column)?.parse().ok()
        };
        let after = |start: &str, mark: &str| -> Option<f64> {
            let rest = line(start)?.split(mark).nth(1)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        let leak_free = |start: &str| -> Option<f64> {
            Some(
                line(start)?
                    .rsplit('=')
                    .next()?
                    .trim()
                    .parse::<f64>()
                    .ok()?
                    * 100.0,
            )
        };
        Some(Self {
            core_f2: column("micro CORE", 6)?,
            core_chars_f2: after("char-level CORE", "F2=")?,
            core_chars_precision: after("char-level CORE", "P=")?,
            struct_f2: column("micro STRUCT", 6)?,
            pay_recall: column("micro PAY", 4)?,
            pay_leak_free: leak_free("char-level PAY")?,
            core_leak_free: leak_free("char-level CORE")?,
        })
    }
}

/// The scorer's names for our kinds.
fn merged(kind: &str) -> &str {
    match kind {
        "STREET_ADDRESS" | "ADDRESS" | "GPE" | "ZIP_CODE" => "LOCATION",
        "DATE" | "DOB" | "DATE_OF_BIRTH" => "DATE_TIME",
        "NAME" => "PERSON",
        "PREFIX" => "TITLE",
        "DOMAIN_NAME" => "URL",
        other => other,
    }
}

const CORE: [&str; 10] = [
    "PERSON",
    "LOCATION",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "US_SSN",
    "US_DRIVER_LICENSE",
    "IP_ADDRESS",
    "URL",
];

/// What ordinary messages came to: all of them, or one half.
#[derive(Default)]
pub(super) struct Ordinary {
    pub(super) messages: usize,
    found: usize,
    right: usize,
    false_people: usize,
}

impl Ordinary {
    /// Of the letters and digits that were taken for something personal, how many are.
    pub(super) fn precision(&self) -> Option<f64> {
        (self.found > 0).then(|| number(self.right) / number(self.found))
    }

    /// Of a hundred messages.
    pub(super) fn false_people(&self) -> Option<f64> {
        (self.messages > 0).then(|| number(self.false_people) * 100.0 / number(self.messages))
    }
}

pub(super) fn ordinary<'a>(
    all: impl Iterator<Item = (&'a Message, &'a Vec<Prediction>)>,
    kept_back: Option<bool>,
) -> Ordinary {
    let mut sum = Ordinary::default();
    for (message, predictions) in
        all.filter(|(message, _)| kept_back.is_none_or(|kept| message.kept_back == kept))
    {
        sum.messages += 1;
        let core = |kind: &str| CORE.contains(&merged(kind));
        let truth: Vec<_> = message
            .spans
            .iter()
            .filter(|(_, _, kind)| core(kind))
            .collect();
        let found: Vec<_> = predictions.iter().filter(|one| core(&one.kind)).collect();
        for (at, character) in message.text.chars().enumerate() {
            if character.is_alphanumeric()
                && found.iter().any(|one| (one.start..one.end).contains(&at))
            {
                sum.found += 1;
                let right = truth
                    .iter()
                    .any(|(start, end, _)| (*start..*end).contains(&at));
                sum.right += usize::from(right);
            }
        }
        sum.false_people += found
            .iter()
            .filter(|one| is_false_person(message, one))
            .count();
    }
    sum
}

fn is_false_person(message: &Message, one: &Prediction) -> bool {
    one.kind == "PERSON"
        && !message
            .spans
            .iter()
            .any(|(start, end, kind)| kind == "PERSON" && *start < one.end && one.start < *end)
}

pub(super) fn ordinary_misses(messages: &[Message], found: &[Vec<Prediction>]) {
    let open = messages.iter().zip(found).filter(|(one, _)| !one.kept_back);
    for (message, predictions) in open {
        for one in predictions {
            let wrong = CORE.contains(&merged(&one.kind))
                && !message.spans.iter().any(|(start, end, kind)| {
                    CORE.contains(&merged(kind)) && *start < one.end && one.start < *end
                });
            if wrong {
                say(&format!(
                    "ordinary, wrongly {}: {:?} in {:?}",
                    one.kind,
                    part(&message.text, one.start, one.end),
                    message.text
                ));
            }
        }
    }
}

/// How many of a hundred numbers were masked as a card or a telephone number.
pub(super) fn masked_numbers<'a>(
    numbers: impl Iterator<Item = &'a Number>,
    show: bool,
) -> (usize, f64) {
    let numbers: Vec<&Number> = numbers.collect();
    let masked = numbers.iter().filter(|one| {
        let found = scan(&one.text);
        let wrong = found.iter().find(|found| {
            let kind = matches!(
                found.kind.as_str(),
                "CREDIT_CARD" | "CARD_SECURITY_CODE" | "PHONE_NUMBER"
            );
            kind && found.start < one.end && one.start < found.end
        });
        if show && let Some(wrong) = wrong {
            say(&format!("number masked as {}: {:?}", wrong.kind, one.text));
        }
        wrong.is_some()
    });
    let share = number(masked.count()) * 100.0 / number(numbers.len().max(1));
    (numbers.len(), share)
}

/// The share of what is personal of which no letter and no digit would reach a planner.
pub(super) fn disguised(messages: &[Message], show: bool) -> f64 {
    let (mut all, mut caught) = (0, 0);
    for message in messages {
        let found = scan(&message.text);
        let masked = |at: usize| {
            found
                .iter()
                .filter(|one| is_masked(&one.kind))
                .any(|one| (one.start..one.end).contains(&at))
        };
        for (start, end, kind) in &message.spans {
            all += 1;
            let characters = message.text.chars().enumerate();
            let inside = characters.skip(*start).take(end.saturating_sub(*start));
            let whole = inside
                .filter(|(_, character)| character.is_alphanumeric())
                .all(|(at, _)| masked(at));
            caught += usize::from(whole);
            if show && !whole && !message.kept_back {
                say(&format!("disguised {kind} missed: {:?}", message.text));
            }
        }
    }
    number(caught) / number(all.max(1))
}

fn is_masked(kind: &str) -> bool {
    FindingKind::ALL
        .iter()
        .find(|one| one.as_str() == kind)
        .is_some_and(|one| one.treatment() != guard::Treatment::Kept)
        // A link is taken out of the text by the gate for links, not by a placeholder.
        || kind == "URL"
}

/// What was missed and what was wrong on the labelled set, by kind; of the half that may be looked at.
pub(super) fn misses(messages: &[Message], predictions: &[Vec<Prediction>]) {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let open = messages
        .iter()
        .zip(predictions)
        .filter(|(one, _)| !one.kept_back);
    for (message, found) in open {
        let overlaps = |kind: &str, start: usize, end: usize, other: (&str, usize, usize)| {
            merged(other.0) == merged(kind) && other.1 < end && start < other.2
        };
        for (start, end, kind) in &message.spans {
            let seen = found
                .iter()
                .any(|one| overlaps(kind, *start, *end, (&one.kind, one.start, one.end)));
            if !seen {
                let part = part(&message.text, *start, *end);
                lists
                    .entry(format!("missed {}", merged(kind)))
                    .or_default()
                    .push(format!("{part:?} in {:?}", message.text));
            }
        }
        for one in found {
            let right = message.spans.iter().any(|(start, end, kind)| {
                overlaps(&one.kind, one.start, one.end, (kind, *start, *end))
            });
            if !right {
                let part = part(&message.text, one.start, one.end);
                lists
                    .entry(format!("wrongly {}", merged(&one.kind)))
                    .or_default()
                    .push(format!("{part:?} in {:?}", message.text));
            }
        }
    }
    for (what, list) in lists {
        say(&format!("\n{what}: {}", list.len()));
        for line in list {
            say(&format!("  {line}"));
        }
    }
}

fn part(text: &str, start: usize, end: usize) -> String {
    text.chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect()
}
