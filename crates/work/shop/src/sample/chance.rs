//! Repeatable chance for sample data: splitmix64. Never for anything that must not be guessed.

#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when there is none.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next().checked_rem(limit).unwrap_or(0)
    }

    /// An amount from `least` to `most` in steps.
    pub(crate) fn amount(&mut self, least: i64, most: i64, step: i64) -> i64 {
        let steps = most.saturating_sub(least).checked_div(step).unwrap_or(0);
        let taken = self.below(u64::try_from(steps).unwrap_or(0).saturating_add(1));
        least.saturating_add(i64::try_from(taken).unwrap_or(0).saturating_mul(step))
    }

    /// True once in `times` on average.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of them; none when there are none.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(u64::try_from(all.len()).unwrap_or(u64::MAX));
        all.get(usize::try_from(at).ok()?)
    }

    /// `pattern` with a digit for each `#`.
    pub(crate) fn digits(&mut self, pattern: &str) -> String {
        let mut text = String::with_capacity(pattern.len());
        for character in pattern.chars() {
            match character {
                '#' => text.push_str(&self.below(10).to_string()),
                other => text.push(other),
            }
        }
        text
    }
}
