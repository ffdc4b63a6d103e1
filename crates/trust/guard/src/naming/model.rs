//! The weights, and the best sequence of labels.
//!
//! `weights.bin`, made by `training/retrain`: `PLM1`; the number of bits of a row's index (u8) and
//! three bytes of nothing; what it costs to go from one label to another ([`LABELS`] × [`LABELS`],
//! i16, from the label in front); then a row of [`LABELS`] weights (i8) for every index. All
//! little-endian.

use std::sync::LazyLock;

use super::{
    features::{Context, MOST},
    tokens::Token,
};
use crate::finding::FindingKind;

/// Outside, beginning and inside of each kind, and one that is never used.
pub(crate) const LABELS: usize = 16;
/// The kinds the tagger knows, in the order of their labels.
pub(crate) const KINDS: [FindingKind; 7] = [
    FindingKind::Person,
    FindingKind::Place,
    FindingKind::StreetAddress,
    FindingKind::Organization,
    FindingKind::Title,
    FindingKind::Nrp,
    FindingKind::Age,
];
/// What never happens.
pub(crate) const NEVER: i32 = i32::MIN / 4;
/// Tokens of a stretch that is labelled at once.
const STRETCH: usize = 512;

/// One weight for each label.
pub(crate) type Row = [u8; LABELS];
pub(crate) type Scores = [i32; LABELS];

/// The weights.
#[derive(Debug)]
pub(crate) struct Model {
    bits: u32,
    transitions: [Scores; LABELS],
    rows: &'static [Row],
}

/// A token's label, and by how much it beat being outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) label: usize,
    pub(crate) margin: i32,
}

static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("weights.bin")));

/// The weights that come with the guard.
pub(crate) fn model() -> Option<&'static Model> {
    MODEL.as_ref()
}

/// The row of a feature.
pub(crate) fn row(feature: u64, bits: u32) -> usize {
    let spread = feature.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits.clamp(1, 32));
    usize::try_from(spread).unwrap_or_default()
}

/// Whether a label may follow another: the inside of a kind follows only its beginning or inside.
pub(crate) const fn may_follow(before: usize, label: usize) -> bool {
    let inside = label != 0 && label.is_multiple_of(2);
    label < LABELS - 1 && (!inside || before == label || before + 1 == label)
}

impl Model {
    pub(crate) fn read(file: &'static [u8]) -> Option<Self> {
        let (bits, rest) = file.strip_prefix(b"PLM1")?.split_first()?;
        let bits = u32::from(*bits);
        let rest = rest.strip_prefix(&[0; 3])?;
        let (costs, rest) = rest.split_at_checked(LABELS * LABELS * 2)?;
        let (rows, []) = rest.as_chunks::<LABELS>() else {
            return None;
        };
        if !(1..=24).contains(&bits) || rows.len() != 1_usize.checked_shl(bits)? {
            return None;
        }
        let mut transitions = [[NEVER; LABELS]; LABELS];
        let mut costs = costs.as_chunks::<2>().0.iter();
        for (before, to) in transitions.iter_mut().enumerate() {
            for (label, cost) in to.iter_mut().enumerate() {
                let read = i32::from(i16::from_le_bytes(*costs.next()?));
                if may_follow(before, label) {
                    *cost = read;
                }
            }
        }
        Some(Self {
            bits,
            transitions,
            rows,
        })
    }

    fn scores(&self, features: &[u64]) -> Scores {
        let mut scores: Scores = [0; LABELS];
        for feature in features {
            if let Some(row) = self.rows.get(row(*feature, self.bits)) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    // Wrapping, because a checked sum is not done in lanes; it is far from the bounds.
                    *score = score.wrapping_add(i32::from(i8::from_le_bytes([*weight])));
                }
            }
        }
        scores
    }

    /// The best labels of all tokens.
    pub(crate) fn labels(&self, tokens: &[Token]) -> Vec<Labelled> {
        let context = Context::of(tokens);
        let mut features = Vec::with_capacity(MOST);
        let mut labelled = Vec::with_capacity(tokens.len());
        let mut scores = Vec::with_capacity(tokens.len().min(STRETCH));
        let mut position = 0;
        while position < tokens.len() {
            let end = tokens.len().min(position + STRETCH);
            scores.clear();
            for at in position..end {
                context.features(tokens, at, &mut features);
                scores.push(self.scores(&features));
            }
            let best = best_path(&scores, &self.transitions);
            labelled.extend(best.into_iter().zip(&scores).map(|(label, scores)| {
                let [outside, ..] = *scores;
                let own = scores.get(label).copied().unwrap_or_default();
                Labelled {
                    label,
                    margin: own - outside,
                }
            }));
            position = end;
        }
        labelled
    }
}

/// The sequence of labels with the highest sum (Viterbi).
pub(crate) fn best_path(scores: &[Scores], transitions: &[Scores; LABELS]) -> Vec<usize> {
    let mut came_from: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    // Before the first token nothing is open: as after a token that is outside.
    let mut sums = [NEVER; LABELS];
    if let Some(outside) = sums.first_mut() {
        *outside = 0;
    }
    for own in scores {
        let mut next = [i32::MIN; LABELS];
        let mut from = [0_u8; LABELS];
        for ((before, sum), costs) in (0_u8..).zip(&sums).zip(transitions) {
            for (((slot, came), cost), own) in next.iter_mut().zip(&mut from).zip(costs).zip(own) {
                // Far from the bounds: outside is always possible, so NEVER is added twice at most.
                let total = sum.wrapping_add(*cost).wrapping_add(*own);
                if total > *slot {
                    *slot = total;
                    *came = before;
                }
            }
        }
        sums = next;
        came_from.push(from);
    }
    let mut label = sums
        .iter()
        .enumerate()
        .max_by_key(|(label, sum)| (**sum, core::cmp::Reverse(*label)))
        .map_or(0, |(label, _)| label);
    let mut path = Vec::with_capacity(scores.len());
    for from in came_from.iter().rev() {
        path.push(label);
        label = from.get(label).copied().map_or(0, usize::from);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = include_bytes!("weights.bin");

    #[test]
    fn the_file_is_whole() {
        assert!(Model::read(FILE).is_some());
    }

    #[test]
    fn a_broken_file_is_refused() {
        for length in [
            0,
            3,
            4,
            5,
            8,
            100,
            520,
            521,
            FILE.len() - 16,
            FILE.len() - 1,
        ] {
            assert!(
                Model::read(FILE.get(..length).unwrap()).is_none(),
                "{length}"
            );
        }
        for (place, byte) in [(0, b'X'), (4, 0), (4, 17), (4, 64), (4, 255), (5, 1)] {
            let mut broken = FILE.to_vec();
            *broken.get_mut(place).unwrap() = byte;
            assert!(Model::read(broken.leak()).is_none(), "{place} {byte}");
        }
    }

    #[test]
    fn an_inside_follows_its_own_kind_only() {
        assert!(may_follow(1, 2) && may_follow(2, 2) && may_follow(2, 1) && may_follow(4, 0));
        assert!(!may_follow(0, 2) && !may_follow(3, 2) && !may_follow(1, 4) && !may_follow(0, 15));
    }
}
