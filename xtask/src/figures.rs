//! Figures of a series of durations.

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

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Milliseconds with three digits after the point.
pub(crate) fn millis(duration: Duration) -> String {
    let micros = duration.as_micros();
    format!("{}.{:03} ms", micros / 1_000, micros % 1_000)
}
