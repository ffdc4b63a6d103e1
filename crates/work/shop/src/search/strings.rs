//! Many short texts in one long one.

use std::collections::HashMap;

/// Texts by number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        // Beyond four gigabytes texts are empty.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn text(&self, number: u32) -> &str {
        let at = index(number);
        let start = at
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(at).copied());
        range
            .and_then(|(start, end)| self.text.get(index(start)..index(end)))
            .unwrap_or_default()
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// The first number whose text is not `before` the one looked for. The texts are sorted.
    pub(super) fn partition_point(&self, before: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = u32::midpoint(low, high);
            if before(self.text(middle)) {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
    }

    /// The numbers of the sorted texts that begin with `prefix`.
    pub(super) fn beginning_with(&self, prefix: &str) -> core::ops::Range<u32> {
        let start = self.partition_point(|text| text < prefix);
        let end = self.partition_point(|text| text < prefix || text.starts_with(prefix));
        start..end
    }

    /// The number of the sorted text that is `wanted`.
    pub(super) fn number(&self, wanted: &str) -> Option<u32> {
        let at = self.partition_point(|text| text < wanted);
        (at < self.count() && self.text(at) == wanted).then_some(at)
    }
}

/// Numbers for texts, the same for the same text.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<Box<str>, u32>);

impl Names {
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.0.get(name).copied()
    }

    pub(super) fn number_or_new(&mut self, name: &str) -> u32 {
        self.number(name).unwrap_or_else(|| {
            let new = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            self.0.insert(name.into(), new);
            new
        })
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn into_pairs(self) -> impl Iterator<Item = (Box<str>, u32)> {
        self.0.into_iter()
    }
}

/// A number as an index; the far end where that does not fit.
pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
