//! What the guard costs: processor time of this one thread, and memory.

use std::{fs, hint, time::Duration};

use guard::gate;
use rustix::time::{ClockId, clock_gettime};
use terms::Untrusted;

use super::{Baseline, Bound, Table, scan, sets::Message};
use crate::figures::Series;

/// The message of the baseline's own script, 200 characters.
const MESSAGE: &str = "Hi, my name is Maria Gonzalez and my order 10482 never arrived at 14 Rose Street, Leeds LS1 4AP. \
    Please call me on +44 7700 900123 or write to maria.g@example.com, I paid with 4111 1111 1111 1111. Thx!";

/// Processor time of this thread, so that what else the machine does is not counted.
pub(super) fn cpu() -> Duration {
    let told = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(told).unwrap_or_default()
}

/// Resident memory of this process in KiB; 0 where the system does not tell.
pub(super) fn resident() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or_default()
}

/// `spent` and `added`: the first pass over the labelled set, with all that is made once.
pub(super) fn rows(
    table: &mut Table,
    labelled: &[Message],
    spent: Duration,
    added: u64,
    baseline: Option<&Baseline>,
) {
    let rounds: usize = 10;
    let started = cpu();
    for _ in 0..rounds {
        for message in labelled {
            hint::black_box(scan(&message.text));
        }
    }
    let all = cpu().saturating_sub(started);
    let messages = number(labelled.len() * rounds);
    let ours = messages / all.as_secs_f64();
    let theirs = baseline.map(|baseline| baseline.speed.cpu_msg_s);
    let told = ("", "");
    table.row(
        "whole guard on the labelled set, messages a second of one core",
        Some(ours),
        theirs,
        Bound::AtLeast(0.0),
        told,
    );
    table.row(
        "… the first pass, with all that is made once, ms",
        Some(spent.as_secs_f64() * 1e3),
        None,
        Bound::AtMost(f64::MAX),
        told,
    );
    if let Some(theirs) = theirs {
        table.row(
            "… times the baseline",
            Some(ours / theirs),
            Some(1.0),
            Bound::AtLeast(100.0),
            ("100", "500"),
        );
    }
    let bytes: usize = labelled.iter().map(|one| one.text.len()).sum();
    let started = cpu();
    for _ in 0..rounds {
        for message in labelled {
            hint::black_box(gate::structured(Untrusted::new(message.text.clone())));
        }
    }
    let structured = cpu().saturating_sub(started);
    table.row(
        "structured types alone, MB a second",
        Some(number(bytes * rounds) / 1e6 / structured.as_secs_f64()),
        None,
        Bound::AtLeast(20.0),
        ("20", "57"),
    );
    let text: String = MESSAGE.chars().take(200).collect();
    let each = Series::new(
        (0..4_000)
            .map(|_| {
                let started = cpu();
                hint::black_box(scan(&text));
                cpu().saturating_sub(started)
            })
            .collect(),
    );
    let theirs = |of: fn(&Baseline) -> f64| baseline.map(|one| of(one) * 1e3);
    for (figure, per_mille, theirs, bound, told) in [
        (
            "message of 200 characters, p50, µs",
            500,
            theirs(|one| one.speed.m200_cpu_p50_ms),
            100.0,
            ("100", "30"),
        ),
        (
            "message of 200 characters, p99, µs",
            990,
            theirs(|one| one.speed.m200_cpu_p99_ms),
            300.0,
            ("300", "100"),
        ),
    ] {
        let ours = each.quantile(per_mille).as_secs_f64() * 1e6;
        table.row(figure, Some(ours), theirs, Bound::AtMost(bound), told);
    }
    table.row(
        "memory added by the first pass, MiB",
        Some(number(usize::try_from(added).unwrap_or(usize::MAX)) / 1024.0),
        None,
        Bound::AtMost(60.0),
        ("60", "30"),
    );
}

/// A count as a figure.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts far below 2^52"
)]
pub(super) fn number(count: usize) -> f64 {
    count as f64
}
