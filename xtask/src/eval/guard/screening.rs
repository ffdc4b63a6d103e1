//! What only advises: the score of injection, and the verdicts on links.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::Context;
use guard::{Verdict, injection, verdict};
use serde::Deserialize;

use super::{Bound, Table, sets, speed::number};

/// The look-alikes of the guard's own tests.
#[path = "../../../../crates/trust/guard/src/links/verdict/tests/twist.rs"]
#[expect(
    clippy::expect_used,
    reason = "a generator for tests, shared with them"
)]
mod twist;
use twist::SHOPS;

pub(super) fn rows(table: &mut Table, data: &Path) -> anyhow::Result<()> {
    injections(table, data)?;
    links(table, data)
}

fn injections(table: &mut Table, data: &Path) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct Ordinary {
        text: String,
    }
    #[derive(Deserialize)]
    struct Row {
        text: String,
        label: u8,
    }
    let ordinary: Vec<Ordinary> = sets::each_line(&data.join("ordinary_many.jsonl"))?;
    let flagged = ordinary.iter().filter(|one| injection(&one.text).flag);
    table.row(
        &format!(
            "{} ordinary messages: flagged as injection, %",
            ordinary.len()
        ),
        Some(share(flagged.count(), ordinary.len())),
        None,
        Bound::AtMost(0.2),
        ("0.2", "0.05"),
    );
    let rows: Vec<Row> = sets::each_line(&data.join("injection_test.jsonl"))?;
    let scored: Vec<(bool, u16, bool)> = rows
        .iter()
        .map(|row| (row.label == 1, injection(&row.text)))
        .map(|(attack, score)| (attack, score.permille, score.flag))
        .collect();
    let attacks = scored.iter().filter(|(attack, ..)| *attack).count();
    let caught = scored.iter().filter(|(attack, _, flag)| *attack && *flag);
    table.row(
        &format!("{} texts not trained on: injection AUC", rows.len()),
        Some(area_under_curve(&scored)),
        None,
        Bound::AtLeast(0.98),
        (".98", ""),
    );
    table.row(
        &format!("{attacks} attacks among them: caught at the threshold, %"),
        Some(share(caught.count(), attacks)),
        None,
        Bound::AtLeast(60.0),
        ("60", "85"),
    );
    Ok(())
}

/// The chance that an attack scores above an ordinary text; a draw is half.
fn area_under_curve(scored: &[(bool, u16, bool)]) -> f64 {
    let mut by_score: Vec<(u16, bool)> = scored
        .iter()
        .map(|(attack, score, _)| (*score, *attack))
        .collect();
    by_score.sort_unstable();
    let (mut below, mut twice) = (0, 0);
    for same in by_score.chunk_by(|one, next| one.0 == next.0) {
        let attacks = same.iter().filter(|(_, attack)| *attack).count();
        let ordinary = same.len() - attacks;
        twice += attacks * (2 * below + ordinary);
        below += ordinary;
    }
    let attacks = by_score.len() - below;
    number(twice) / number((2 * attacks * below).max(1))
}

fn links(table: &mut Table, data: &Path) -> anyhow::Result<()> {
    let is_alarm = |url: &str, shop: &str| {
        let found = verdict(url, &[shop]).verdict;
        matches!(found, Verdict::Suspicious | Verdict::Blocked)
    };
    let (mut all, mut caught, mut own) = (0, 0, 0);
    for shop in SHOPS {
        let shop = shop.trim_start_matches("www.");
        let twisted: BTreeSet<String> =
            twist::all(shop).into_iter().map(|(_, host)| host).collect();
        all += twisted.len();
        caught += twisted.iter().filter(|host| is_alarm(host, shop)).count();
        for url in [
            format!("https://{shop}/returns?x=1"),
            format!("https://www.{shop}/signin?next=https://{shop}/orders"),
            format!("https://checkout.{shop}/"),
        ] {
            own += usize::from(verdict(&url, &[shop]).verdict != Verdict::Ok);
        }
    }
    table.row(
        &format!(
            "{all} look-alikes of {} shops' hosts: caught, %",
            SHOPS.len()
        ),
        Some(share(caught, all)),
        None,
        Bound::AtLeast(99.0),
        ("99", ""),
    );
    table.row(
        "false alarms on the shops' own hosts",
        Some(number(own)),
        None,
        Bound::AtMost(0.0),
        ("0", ""),
    );
    let file = data.join("ordinary_links.txt");
    let text = fs::read_to_string(&file)
        .with_context(|| format!("`{}` cannot be read", file.display()))?;
    let foreign: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let pairs = SHOPS
        .iter()
        .flat_map(|shop| foreign.iter().map(move |url| (url, shop)));
    let alarms = pairs.filter(|(url, shop)| is_alarm(url, shop)).count();
    table.row(
        &format!("{} ordinary foreign links: false alarms, %", foreign.len()),
        Some(share(alarms, foreign.len() * SHOPS.len())),
        None,
        Bound::AtMost(1.0),
        ("1", ""),
    );
    Ok(())
}

/// In hundredths.
fn share(part: usize, whole: usize) -> f64 {
    100.0 * number(part) / number(whole.max(1))
}
