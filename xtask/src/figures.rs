//! Figures, and how they are told.

use std::time::Duration;

/// Durations in ascending order.
pub(crate) struct Series(Vec<Duration>);

impl Series {
    pub(crate) fn new(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self(durations)
    }

    /// The value below which `per_mille` of all lie.
    pub(crate) fn quantile(&self, per_mille: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0
            .get(last * per_mille / 1_000)
            .copied()
            .unwrap_or_default()
    }

    /// `p50 … p99 …`
    pub(crate) fn told(&self) -> String {
        let (half, most) = (self.quantile(500), self.quantile(990));
        format!("p50 {}  p99 {}", millis(half), millis(most))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Milliseconds with three digits after the point.
pub(crate) fn millis(duration: Duration) -> String {
    let micros = duration.as_micros();
    format!("{}.{:03} ms", micros / 1_000, micros % 1_000)
}

/// Microseconds with one digit after the point.
pub(crate) fn micros(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    format!("{}.{} µs", nanos / 1_000, nanos % 1_000 / 100)
}

/// Seconds with two digits after the point.
pub(crate) fn seconds(duration: Duration) -> String {
    let hundredths = duration.as_millis() / 10;
    format!("{}.{:02} s", hundredths / 100, hundredths % 100)
}

/// Processor time as a share of the time that passed: `12.34 %`.
pub(crate) fn share(cpu: Duration, passed: Duration) -> String {
    let parts = cpu.as_micros().saturating_mul(10_000) / passed.as_micros().max(1);
    format!("{}.{:02} %", parts / 100, parts % 100)
}

/// How many a second.
pub(crate) fn rate(count: u64, took: Duration) -> u64 {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    count.saturating_mul(1_000_000) / micros
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are what this command is for"
)]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
