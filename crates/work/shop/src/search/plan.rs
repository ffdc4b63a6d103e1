//! A query's words as the terms they may stand for.

use super::{ProductIndex, kin::kin, words::stem};

/// What is looked for: a product that fits every one of these is above all that do not.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) wanted: Vec<Wanted>,
}

/// One word of the query.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Terms it may stand for, the surest first.
    pub(super) senses: Vec<Sense>,
    /// Products whose code it is.
    pub(super) coded: Vec<u32>,
    /// How much it tells: the rarer, the more.
    pub(super) rarity: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) term: u32,
    /// Percent: the word itself, its beginning, or a slip.
    pub(super) sureness: u32,
    pub(super) rarity: u32,
}

const ITSELF: u32 = 100;
const JOINED: u32 = 90;
const KIN: u32 = 75;
const BEGINNING: u32 = 55;
const SLIP: u32 = 60;

/// INVARIANT: fewer than the bits of a tally. A word may fall into two.
const MOST_WANTED: usize = 24;

/// Searching for slips reads the whole dictionary: it is done for so many words of a query.
const MOST_SLIPPED: usize = 6;

pub(super) fn plan(index: &ProductIndex, chunks: &[Vec<String>]) -> Plan {
    let mut planner = Planner {
        index,
        slips_left: MOST_SLIPPED,
        plan: Plan::default(),
    };
    let whole = chunks.concat().concat();
    let coded = index.codes.products(&whole, true);
    if chunks.len() > 1 && !coded.is_empty() {
        planner.coded(coded);
        return planner.plan;
    }
    let last = chunks.len().saturating_sub(1);
    for (at, chunk) in chunks.iter().enumerate() {
        planner.chunk(chunk, at == last);
    }
    planner.join_neighbours(&chunks.concat());
    planner
        .plan
        .wanted
        .retain(|wanted| !wanted.senses.is_empty() || !wanted.coded.is_empty());
    planner.plan.wanted.truncate(MOST_WANTED);
    planner.plan
}

struct Planner<'a> {
    index: &'a ProductIndex,
    slips_left: usize,
    plan: Plan,
}

impl Planner<'_> {
    /// `T-shirt` is looked for as a code, as `tshirt`, and as `t` and `shirt`.
    fn chunk(&mut self, words: &[String], last: bool) {
        let joined = words.concat();
        let coded = self.index.codes.products(&joined, last);
        if !coded.is_empty() {
            self.coded(coded);
            return;
        }
        if words.len() > 1
            && let Some(sense) = self.itself(&joined, ITSELF)
        {
            self.push(vec![sense]);
            return;
        }
        let final_word = words.len().saturating_sub(1);
        for (at, word) in words.iter().enumerate() {
            self.word(word, last && at == final_word);
        }
    }

    fn coded(&mut self, products: &[u32]) {
        self.plan.wanted.push(Wanted {
            senses: Vec::new(),
            coded: products.to_vec(),
            rarity: rarity(1, self.index.len()),
        });
    }

    fn word(&mut self, word: &str, last: bool) {
        let mut senses: Vec<Sense> = self.itself(word, ITSELF).into_iter().collect();
        if last && word.chars().nth(1).is_some() {
            let mut continued = self.index.dictionary.continued(word);
            continued.retain(|term| senses.iter().all(|sense| sense.term != *term));
            senses.extend(self.group(&continued, BEGINNING));
        }
        if senses.is_empty() {
            senses = self.kin(word);
        }
        if senses.is_empty()
            && let Some((left, right)) = self.halves(word)
        {
            self.push(left);
            self.push(right);
            return;
        }
        if senses.is_empty() && self.slips_left > 0 {
            self.slips_left = self.slips_left.saturating_sub(1);
            let dictionary = &self.index.dictionary;
            let mut slips = dictionary.one_slip_away(word);
            if slips.is_empty() {
                slips = dictionary.one_slip_away(&stem(word));
            }
            senses = self.group(&slips, SLIP);
        }
        self.push(senses);
    }

    fn push(&mut self, senses: Vec<Sense>) {
        let rarity = senses.first().map_or(0, |sense| sense.rarity);
        self.plan.wanted.push(Wanted {
            senses,
            coded: Vec::new(),
            rarity,
        });
    }

    fn itself(&self, word: &str, sureness: u32) -> Option<Sense> {
        let dictionary = &self.index.dictionary;
        let term = dictionary
            .term(word)
            .or_else(|| dictionary.term(&stem(word)))?;
        Some(Sense {
            term,
            sureness,
            rarity: rarity(dictionary.postings.count(term), self.index.len()),
        })
    }

    /// Terms of which each may be meant: together they are as rare as all of them.
    fn group(&self, terms: &[u32], sureness: u32) -> Vec<Sense> {
        let counts = terms
            .iter()
            .map(|term| self.index.dictionary.postings.count(*term));
        let rarity = rarity(counts.sum(), self.index.len());
        let senses = terms.iter().map(|term| Sense {
            term: *term,
            sureness,
            rarity,
        });
        senses.collect()
    }

    /// What else in the catalogue means the same.
    fn kin(&self, word: &str) -> Vec<Sense> {
        let known = kin(word).filter_map(|other| self.itself(other, KIN));
        let mut terms: Vec<u32> = known.map(|sense| sense.term).collect();
        terms.sort_unstable();
        terms.dedup();
        self.group(&terms, KIN)
    }

    /// `teatowel` as `tea` and `towel`, if the catalogue has something for both: the longest first.
    fn halves(&self, word: &str) -> Option<(Vec<Sense>, Vec<Sense>)> {
        let half = |half: &str| match self.itself(half, JOINED) {
            Some(sense) => vec![sense],
            None => self.kin(half),
        };
        let cuts = word.char_indices().map(|(at, _)| at).rev();
        let mut halves = cuts
            .filter_map(|at| word.split_at_checked(at))
            .filter(|(left, right)| left.len() >= 3 && right.len() >= 3);
        halves.find_map(|(left, right)| {
            let left = half(left);
            if left.is_empty() {
                return None;
            }
            Some((left, half(right))).filter(|(_, right)| !right.is_empty())
        })
    }

    /// `table cloth` may be written `tablecloth`: then either word may stand for it.
    fn join_neighbours(&mut self, words: &[String]) {
        // Only while each word is one wanted thing, so that the two lists go together.
        if words.len() != self.plan.wanted.len() {
            return;
        }
        for (at, pair) in words.windows(2).enumerate() {
            let joined = pair.concat();
            if let Some(sense) = self.itself(&joined, JOINED) {
                for wanted in self.plan.wanted.iter_mut().skip(at).take(2) {
                    wanted.senses.push(sense);
                    if wanted.rarity == 0 {
                        wanted.rarity = sense.rarity;
                    }
                }
            }
        }
    }
}

/// How much a word tells that stands in `count` of `all` products: the logarithm of how rare it is,
/// in eighths, and at least one.
fn rarity(count: usize, all: usize) -> u32 {
    let ratio = all
        .saturating_add(1)
        .saturating_mul(8)
        .checked_div(count.max(1))
        .unwrap_or(8)
        .max(8);
    let whole = ratio.ilog2();
    // The three bits after the leading one are the logarithm's eighths, nearly.
    let eighths = (ratio.saturating_mul(8) >> whole) & 7;
    let eighths = u32::try_from(eighths).unwrap_or(0);
    whole
        .saturating_sub(3)
        .saturating_mul(8)
        .saturating_add(eighths)
        .saturating_add(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{synthetic, words};

    #[test]
    fn a_plan_is_bounded_whatever_falls_into_halves() {
        let index = ProductIndex::build(synthetic(500, 1));
        let plan_of = |query: &str| plan(&index, &words::query(query)).wanted.len();
        assert_eq!(plan_of("tablelamp"), 2);
        assert_eq!(plan_of("blue lamp"), 2);
        assert_eq!(plan_of(&"tablelamp ".repeat(20)), MOST_WANTED);
    }

    #[test]
    fn the_rarer_tells_more() {
        let told: Vec<u32> = [100, 90, 50, 25, 3, 1, 0]
            .map(|count| rarity(count, 100))
            .to_vec();
        assert!(told.is_sorted() && told[0] > 0, "{told:?}");
        assert!(told[5] > 4 * told[0]);
        assert!(rarity(0, usize::MAX) < 600);
    }
}
