//! The distinct words of a catalogue, where they stand, and the shop's own codes.

use core::ops::Range;

use super::strings::{Strings, index};

/// Every spelling that occurs, with the term it is a form of, and where each term stands.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// Sorted.
    pub(super) spellings: Strings,
    pub(super) terms: Vec<u32>,
    /// Which letters a spelling has, a bit each: two spellings an edit apart differ in two at most.
    pub(super) letters: Vec<u32>,
    pub(super) postings: Postings,
}

/// For each term the products it stands in, ascending, and how much it weighs there.
#[derive(Debug, Default)]
pub(super) struct Postings {
    pub(super) starts: Vec<u32>,
    pub(super) products: Vec<u32>,
    pub(super) weights: Vec<u8>,
}

/// Stock keeping units without their hyphens, sorted, with the product of each.
#[derive(Debug, Default)]
pub(super) struct Codes {
    pub(super) texts: Strings,
    pub(super) products: Vec<u32>,
}

/// A spelling taken for a slip of what was typed, at most.
const MOST_SLIPS: usize = 32;
/// Continuations of a beginning that are looked at, at most.
const MOST_CONTINUED: usize = 256;
/// Products of one code, at most.
const MOST_CODES: usize = 64;
/// A word of fewer letters is taken as it is.
const FEWEST_LETTERS: usize = 5;

impl Dictionary {
    /// The term of exactly this spelling.
    pub(super) fn term(&self, spelling: &str) -> Option<u32> {
        let number = self.spellings.number(spelling)?;
        self.terms.get(index(number)).copied()
    }

    /// Terms of the spellings that begin with `beginning`, without repeats. Of very many the most
    /// frequent ones.
    pub(super) fn continued(&self, beginning: &str) -> Vec<u32> {
        let range = self.spellings.beginning_with(beginning);
        let range = index(range.start)..index(range.end);
        let mut terms = self.terms.get(range).unwrap_or_default().to_vec();
        terms.sort_unstable();
        terms.dedup();
        if terms.len() > MOST_CONTINUED {
            let rarity =
                |term: &u32| core::cmp::Reverse((self.postings.count(*term), u32::MAX - term));
            terms.select_nth_unstable_by_key(MOST_CONTINUED, rarity);
            terms.truncate(MOST_CONTINUED);
        }
        terms
    }

    /// Terms with a spelling that is one slip away: a letter too many, missing, wrong, or two
    /// neighbours swapped.
    pub(super) fn one_slip_away(&self, word: &str) -> Vec<u32> {
        let typed: Vec<char> = word.chars().collect();
        if typed.len() < FEWEST_LETTERS || typed.iter().any(char::is_ascii_digit) {
            return Vec::new();
        }
        let letters = letters(word);
        let mut terms: Vec<u32> = Vec::new();
        for (at, (other, term)) in (0..).zip(self.letters.iter().zip(&self.terms)) {
            if (letters ^ other).count_ones() > 2 || terms.contains(term) {
                continue;
            }
            if one_slip(&typed, self.spellings.text(at)) {
                terms.push(*term);
                if terms.len() == MOST_SLIPS {
                    break;
                }
            }
        }
        terms
    }
}

impl Postings {
    fn range(&self, term: u32) -> Range<usize> {
        let at = index(term);
        let bound = |at: usize| self.starts.get(at).copied().map_or(0, index);
        bound(at)..bound(at.saturating_add(1))
    }

    /// In how many products the term stands.
    pub(super) fn count(&self, term: u32) -> usize {
        self.range(term).len()
    }

    pub(super) fn of(&self, term: u32) -> impl Iterator<Item = (u32, u8)> {
        let range = self.range(term);
        let products = self.products.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        products.iter().copied().zip(weights.iter().copied())
    }
}

impl Codes {
    /// The products of this code; if it may be unfinished, of all codes that begin with it.
    pub(super) fn products(&self, code: &str, unfinished: bool) -> &[u32] {
        if code.len() < 3 {
            return &[];
        }
        let start = self.texts.partition_point(|text| text < code);
        let end = self.texts.partition_point(|text| text <= code);
        let mut range = start..end;
        if range.is_empty() && unfinished && code.len() >= 5 {
            range = self.texts.beginning_with(code);
        }
        let range = index(range.start)..index(range.end);
        // A beginning that very many share points at none of them.
        let products = self.products.get(range).unwrap_or_default();
        if products.len() > MOST_CODES {
            &[]
        } else {
            products
        }
    }
}

/// Which letters a word has. Beside the 26 there are six bits for all others.
pub(super) fn letters(word: &str) -> u32 {
    let bit = |character: char| match u32::from(character) {
        latin @ 0x61..=0x7a => latin.saturating_sub(0x61),
        other => 26 + other % 6,
    };
    word.chars()
        .fold(0, |letters, character| letters | 1 << bit(character))
}

fn one_slip(typed: &[char], spelling: &str) -> bool {
    // Four bytes are the longest letter.
    if spelling.len() > typed.len().saturating_add(1).saturating_mul(4) {
        return false;
    }
    let mut known = spelling.chars();
    let mut typed = typed.iter().copied();
    loop {
        let (before_typed, before_known) = (typed.clone(), known.clone());
        match (typed.next(), known.next()) {
            (None, None) => return true,
            (one, other) if one == other => (),
            (one, other) => {
                let missing = before_typed.eq(known.clone());
                let extra = typed.clone().eq(before_known);
                let wrong = one.is_some() && other.is_some() && typed.clone().eq(known.clone());
                let swapped = one.is_some()
                    && typed.next() == other
                    && known.next() == one
                    && typed.eq(known);
                return missing || extra || wrong || swapped;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_or_one_swap() {
        let slip = |one: &str, other: &str| {
            let typed: Vec<char> = one.chars().collect();
            let close = one_slip(&typed, other);
            let apart = (letters(one) ^ letters(other)).count_ones();
            assert!(!close || apart <= 2, "{one} {other} {apart}");
            close
        };
        for (one, other) in [
            ("candle", "candle"),
            ("candel", "candle"),
            ("candl", "candle"),
            ("candlee", "candle"),
            ("xandle", "candle"),
            ("andle", "candle"),
            ("acndle", "candle"),
            ("чашко", "чашка"),
            ("кашка", "чашка"),
        ] {
            assert!(slip(one, other) && slip(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("cand", "candle"),
            ("cadnel", "candle"),
            ("ca", ""),
            ("handel", "candle"),
            ("dlecan", "candle"),
        ] {
            assert!(!slip(one, other) && !slip(other, one), "{one} {other}");
        }
    }
}
