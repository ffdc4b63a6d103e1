//! An averaged structured perceptron, in whole numbers: the same sentences give the same weights,
//! on every machine.
//!
//! A sentence is labelled with the weights learned so far (Viterbi, by the guard's own code); where
//! the labels are wrong, or right by too little, the features of the right ones gain and those of the wrong ones lose. What
//! is written is the mean of the weights over the whole of the training (Collins 2002).

use std::io::Write;

use crate::{
    Trouble,
    naming::{
        features::{Context, MOST},
        model::{KINDS, LABELS, NEVER, Scores, best_path, may_follow, row},
    },
    sentences::Sentence,
};

/// Bits of a row's index: four megabytes of weights.
const BITS: u32 = 18;
const EPOCHS: u32 = 5;
/// By how much a right label must beat the others, or it is learned from as if it were wrong. A word
/// that is nobody's name must do so by more: what is taken for a name is masked.
const HANDICAP_OF_NAMES: i32 = 50;
const HANDICAP_OF_THE_REST: i32 = 150;
/// Every so many sentences one is kept back for the report and for the scale.
const KEPT_BACK: usize = 50;
/// Parts of one, in which means are reckoned.
const PARTS: i64 = 256;
/// The median margin of a named token that is found. The guard reads sixty as a hundredth of
/// certainty above a half, so its thresholds stay what they were only while this does.
const MEDIAN_MARGIN: i64 = 1200;
/// The seed of the order in which sentences are learned from.
const SEED: u64 = 1;

/// Weights while they are learned: now, and summed with when they changed.
struct Learner {
    rows: Vec<Scores>,
    row_changes: Vec<[i64; LABELS]>,
    transitions: [Scores; LABELS],
    transition_changes: [[i64; LABELS]; LABELS],
    now: i64,
}

/// The rows of the features of each token.
#[derive(Default)]
struct Rows {
    all: Vec<usize>,
    ends: Vec<usize>,
    features: Vec<u64>,
}

/// Learns from the sentences; answers the file that the guard reads.
pub(crate) fn trained(
    sentences: Vec<Sentence>,
    report: &mut impl Write,
) -> Result<Vec<u8>, Trouble> {
    let (kept, mut learned) = parted(sentences);
    let mut learner = Learner::new()?;
    let mut order = Order(SEED);
    let mut rows = Rows::default();
    for epoch in 1..=EPOCHS {
        order.shuffle(&mut learned);
        let mut wrong = 0_usize;
        let mut tokens = 0_usize;
        for sentence in &learned {
            rows.read(sentence);
            tokens += sentence.tokens.len();
            wrong += learner.learn(&rows, &sentence.labels);
        }
        writeln!(
            report,
            "epoch {epoch}: {wrong} of {tokens} tokens were wrong, or right by too little"
        )?;
    }
    let mean = learner.mean();
    let margin = mean.median_margin(&kept, report)?;
    Ok(mean.file(margin))
}

fn parted(sentences: Vec<Sentence>) -> (Vec<Sentence>, Vec<Sentence>) {
    let (mut kept, mut learned) = (Vec::new(), Vec::new());
    for (number, sentence) in sentences.into_iter().enumerate() {
        if number.is_multiple_of(KEPT_BACK) {
            kept.push(sentence);
        } else {
            learned.push(sentence);
        }
    }
    (kept, learned)
}

impl Rows {
    fn read(&mut self, sentence: &Sentence) {
        let context = Context::of(&sentence.tokens);
        self.all.clear();
        self.ends.clear();
        self.features.reserve(MOST);
        for position in 0..sentence.tokens.len() {
            context.features(&sentence.tokens, position, &mut self.features);
            self.all
                .extend(self.features.iter().map(|feature| row(*feature, BITS)));
            self.ends.push(self.all.len());
        }
    }

    /// The rows of one token after the other.
    fn tokens(&self) -> impl Iterator<Item = &[usize]> {
        let starts = core::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(self.ends.iter().copied())
            .map(|(start, end)| self.all.get(start..end).unwrap_or_default())
    }
}

fn transitions() -> [Scores; LABELS] {
    let mut transitions = [[NEVER; LABELS]; LABELS];
    for (before, to) in transitions.iter_mut().enumerate() {
        for (label, cost) in to.iter_mut().enumerate() {
            if may_follow(before, label) {
                *cost = 0;
            }
        }
    }
    transitions
}

fn scores(rows: &[Scores], of: &[usize]) -> Scores {
    let mut scores: Scores = [0; LABELS];
    for row in of.iter().filter_map(|row| rows.get(*row)) {
        for (score, weight) in scores.iter_mut().zip(row) {
            *score = score.wrapping_add(*weight);
        }
    }
    scores
}

impl Learner {
    fn new() -> Result<Self, Trouble> {
        let count = usize::try_from(1_u64 << BITS)?;
        Ok(Self {
            rows: vec![[0; LABELS]; count],
            row_changes: vec![[0; LABELS]; count],
            transitions: transitions(),
            transition_changes: [[0; LABELS]; LABELS],
            now: 0,
        })
    }

    /// Learns from a sentence; answers how many of its tokens were wrong, or right by too little.
    fn learn(&mut self, rows: &Rows, right: &[usize]) -> usize {
        self.now += 1;
        let mut scores: Vec<Scores> = rows.tokens().map(|of| scores(&self.rows, of)).collect();
        for (scores, right) in scores.iter_mut().zip(right) {
            if let Some(score) = scores.get_mut(*right) {
                *score -= handicap(*right);
            }
        }
        let guessed = best_path(&scores, &self.transitions);
        if guessed == right {
            return 0;
        }
        let mut wrong = 0;
        for ((of, right), guessed) in rows.tokens().zip(right).zip(&guessed) {
            if right == guessed {
                continue;
            }
            wrong += 1;
            for row in of {
                if let (Some(weights), Some(changes)) =
                    (self.rows.get_mut(*row), self.row_changes.get_mut(*row))
                {
                    change(weights, changes, *right, 1, self.now);
                    change(weights, changes, *guessed, -1, self.now);
                }
            }
        }
        self.learn_path(right, 1);
        self.learn_path(&guessed, -1);
        wrong
    }

    fn learn_path(&mut self, path: &[usize], by: i32) {
        let mut before = 0;
        for label in path {
            if let (Some(weights), Some(changes)) = (
                self.transitions.get_mut(before),
                self.transition_changes.get_mut(before),
            ) {
                change(weights, changes, *label, by, self.now);
            }
            before = *label;
        }
    }

    /// The mean of all weights there were, in [`PARTS`].
    fn mean(&self) -> Mean {
        let mean = |weights: &Scores, changes: &[i64; LABELS]| {
            let mut mean = *weights;
            for (slot, changes) in mean.iter_mut().zip(changes) {
                if *slot != NEVER {
                    let sum = i64::from(*slot) * (self.now + 1) - changes;
                    *slot = bounded(divided(sum * PARTS, self.now + 1));
                }
            }
            mean
        };
        let mut transitions = self.transitions;
        for (to, changes) in transitions.iter_mut().zip(&self.transition_changes) {
            *to = mean(to, changes);
        }
        let rows = self.rows.iter().zip(&self.row_changes);
        Mean {
            rows: rows.map(|(row, changes)| mean(row, changes)).collect(),
            transitions,
        }
    }
}

const fn handicap(right: usize) -> i32 {
    if right == 0 {
        HANDICAP_OF_THE_REST
    } else {
        HANDICAP_OF_NAMES
    }
}

fn change(weights: &mut Scores, changes: &mut [i64; LABELS], label: usize, by: i32, now: i64) {
    if let (Some(weight), Some(changes)) = (weights.get_mut(label), changes.get_mut(label)) {
        *weight += by;
        *changes += i64::from(by) * now;
    }
}

/// To the nearest whole number.
fn divided(number: i64, by: i64) -> i64 {
    (2 * number + by).div_euclid(2 * by.max(1))
}

fn bounded(number: i64) -> i32 {
    let bound = i64::from(i32::MAX / 8);
    i32::try_from(number.clamp(-bound, bound)).unwrap_or_default()
}

/// The weights that were learned, in [`PARTS`].
struct Mean {
    rows: Vec<Scores>,
    transitions: [Scores; LABELS],
}

impl Mean {
    /// The median margin of the named tokens that are found in the sentences kept back.
    fn median_margin(&self, kept: &[Sentence], report: &mut impl Write) -> Result<i64, Trouble> {
        let mut margins = Vec::new();
        let mut rows = Rows::default();
        // For each kind: tokens that are of it, that were labelled so, and both.
        let mut counts = [[0_usize; 3]; LABELS];
        for sentence in kept {
            rows.read(sentence);
            let scores: Vec<Scores> = rows.tokens().map(|of| scores(&self.rows, of)).collect();
            let guessed = best_path(&scores, &self.transitions);
            for ((right, guessed), scores) in sentence.labels.iter().zip(&guessed).zip(&scores) {
                let (right_kind, guessed_kind) = (right.div_ceil(2), guessed.div_ceil(2));
                if let Some([of_it, ..]) = counts.get_mut(right_kind) {
                    *of_it += 1;
                }
                if let Some([_, labelled, both]) = counts.get_mut(guessed_kind) {
                    *labelled += 1;
                    *both += usize::from(right_kind == guessed_kind);
                }
                if right == guessed && *right > 0 {
                    let [outside, ..] = *scores;
                    let own = scores.get(*right).copied().unwrap_or_default();
                    margins.push(i64::from(own) - i64::from(outside));
                }
            }
        }
        for (kind, [of_it, labelled, both]) in KINDS.iter().zip(counts.iter().skip(1)) {
            writeln!(
                report,
                "kept back: {}: {both} tokens found of {of_it}, {} wrongly",
                kind.as_str(),
                labelled - both
            )?;
        }
        let middle = margins.len() / 2;
        if margins.is_empty() {
            return Err("no name was found in the sentences kept back".into());
        }
        let (_, median, _) = margins.select_nth_unstable(middle);
        writeln!(report, "kept back: median margin {median} / {PARTS}")?;
        Ok((*median).max(1))
    }

    /// The file, with weights scaled so that the median margin is [`MEDIAN_MARGIN`].
    fn file(&self, median: i64) -> Vec<u8> {
        let scaled = |weight: i32| divided(i64::from(weight) * MEDIAN_MARGIN, median);
        let mut file = b"PLM1".to_vec();
        file.extend(u8::try_from(BITS));
        file.extend([0; 3]);
        for cost in self.transitions.iter().flatten() {
            let cost = if *cost == NEVER { 0 } else { scaled(*cost) };
            let bound = i64::from(i16::MAX);
            let cost = i16::try_from(cost.clamp(-bound, bound)).unwrap_or_default();
            file.extend(cost.to_le_bytes());
        }
        for weight in self.rows.iter().flatten() {
            let bound = i64::from(i8::MAX);
            let weight = i8::try_from(scaled(*weight).clamp(-bound, bound)).unwrap_or_default();
            file.extend(weight.to_le_bytes());
        }
        file
    }
}

/// The order in which sentences are learned from (SplitMix64).
struct Order(u64);

impl Order {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, sentences: &mut [Sentence]) {
        for last in (1..sentences.len()).rev() {
            let count = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let chosen = usize::try_from(self.next() % count).unwrap_or_default();
            sentences.swap(last, chosen);
        }
    }
}
