//! From what is wanted to products, best first.

use std::collections::BinaryHeap;

use super::{
    Entry, Filters, PackedVariant, ProductHit, ProductIndex,
    plan::{Plan, Wanted},
    strings::index,
    words::folded,
};

/// The products that were found, best first, and only as many of them put in order as are asked
/// for.
#[derive(Debug)]
pub struct Ranked<'a> {
    index: &'a ProductIndex,
    found: Found,
}

#[derive(Debug)]
enum Found {
    /// All that pass, from this one on.
    All { next: u32, sieve: Sieve },
    /// Score and product in one number, the product turned round so that the earlier one is the
    /// larger.
    Best(BinaryHeap<u64>),
}

/// Stands on top of the score of a product that fits every word.
const ALL_WORDS: u32 = 1 << 30;

/// Whether a score is of a product that fits every word, and the score without that.
pub(super) fn parts(score: i64) -> (bool, i64) {
    let all = i64::from(ALL_WORDS);
    if score >= all {
        (true, score.saturating_sub(all))
    } else {
        (score == 0, score)
    }
}

impl<'a> Ranked<'a> {
    pub(super) fn nothing(index: &'a ProductIndex) -> Self {
        Self {
            index,
            found: Found::Best(BinaryHeap::new()),
        }
    }

    pub(super) const fn all(index: &'a ProductIndex, sieve: Sieve) -> Self {
        Self {
            index,
            found: Found::All { next: 0, sieve },
        }
    }

    pub(super) fn best(index: &'a ProductIndex, sieve: &Sieve, plan: &Plan) -> Self {
        let mut board = Board::new(index.len());
        for (bit, wanted) in plan.wanted.iter().enumerate() {
            board.score(index, u32::try_from(bit).unwrap_or(31), wanted);
        }
        let found = board.found(index, sieve, plan);
        Self {
            index,
            found: Found::Best(found.into()),
        }
    }
}

impl<'a> Iterator for Ranked<'a> {
    type Item = ProductHit<'a>;

    fn next(&mut self) -> Option<ProductHit<'a>> {
        let (product, score) = match &mut self.found {
            Found::All { next, sieve } => loop {
                let product = *next;
                if index(product) >= self.index.len() {
                    return None;
                }
                *next = product.saturating_add(1);
                if sieve.passes(self.index, product) {
                    break (product, 0);
                }
            },
            Found::Best(heap) => {
                let best = heap.pop()?;
                let product = u32::try_from(best & u64::from(u32::MAX)).unwrap_or(0);
                (!product, i64::try_from(best >> 32).unwrap_or(0))
            }
        };
        Some(ProductHit {
            id: self.index.ids.text(product),
            score,
        })
    }
}

/// The scores of all products while a query is worked on.
struct Board {
    tallies: Vec<Tally>,
    /// The products that have a score.
    touched: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    score: u32,
    /// Which words it fits, a bit each.
    words: u32,
    /// The best score of the last of these words.
    last: u32,
    /// How much these words tell together.
    told: u32,
}

impl Board {
    fn new(products: usize) -> Self {
        Self {
            tallies: vec![Tally::default(); products],
            touched: Vec::new(),
        }
    }

    /// A product counts for a word by its best sense.
    fn score(&mut self, index: &ProductIndex, bit: u32, wanted: &Wanted) {
        let mask = 1_u32.checked_shl(bit).unwrap_or(0);
        for product in &wanted.coded {
            let score = wanted.rarity.saturating_mul(CODE_WEIGHT);
            self.count(*product, mask, wanted.rarity, score);
        }
        for sense in &wanted.senses {
            // At most 255 * 100 * 300, for each of so few words: far below `ALL_WORDS`.
            let factor = sense.sureness.saturating_mul(sense.rarity);
            for (product, weight) in index.dictionary.postings.of(sense.term) {
                let score = factor.saturating_mul(u32::from(weight));
                self.count(product, mask, wanted.rarity, score);
            }
        }
    }

    fn count(&mut self, product: u32, mask: u32, told: u32, score: u32) {
        let Some(tally) = self.tallies.get_mut(super::strings::index(product)) else {
            return;
        };
        if tally.words == 0 {
            self.touched.push(product);
        }
        if tally.words & mask == 0 {
            tally.words |= mask;
            tally.told = tally.told.saturating_add(told);
            tally.score = tally.score.saturating_add(score);
            tally.last = score;
        } else if score > tally.last {
            tally.score = tally.score.saturating_add(score.saturating_sub(tally.last));
            tally.last = score;
        }
    }

    /// What fits enough of the words and passes the sieve.
    fn found(&self, index: &ProductIndex, sieve: &Sieve, plan: &Plan) -> Vec<u64> {
        let told: u32 = plan.wanted.iter().map(|wanted| wanted.rarity).sum();
        let all = (0..plan.wanted.len()).fold(0_u32, |all, _| all << 1 | 1);
        let touched = self.touched.iter().copied();
        let scored = touched.filter_map(|product| {
            let at = super::strings::index(product);
            let tally = self.tallies.get(at)?;
            let mut score = tally.score.min(ALL_WORDS.saturating_sub(1));
            // Nothing of it can be bought: below its like.
            if !index.entries.get(at)?.available {
                score = score.saturating_sub(score / 8);
            }
            if tally.words == all {
                score = score.saturating_add(ALL_WORDS);
            } else if tally.told.saturating_mul(3) < told {
                return None;
            }
            sieve
                .passes(index, product)
                .then(|| u64::from(score) << 32 | u64::from(!product))
        });
        scored.collect()
    }
}

/// A code says more than any word.
const CODE_WEIGHT: u32 = 255 * 100 * 2;

/// Filters in the index's own numbers.
#[derive(Debug)]
pub(super) struct Sieve {
    category: Option<u32>,
    least: i64,
    most: i64,
    options: Vec<u32>,
    /// Whether a variant has to pass as well.
    variants: bool,
}

impl Sieve {
    /// `None` when nothing can pass, because the shop has no such category or option.
    pub(super) fn new(index: &ProductIndex, filters: &Filters) -> Option<Self> {
        let category = match &filters.category {
            Some(category) => Some(index.categories.number(&folded(category))?),
            None => None,
        };
        let options = filters.options.iter().map(|(name, value)| {
            index
                .options
                .number(&super::build::option_name(name, value))
        });
        let options: Option<Vec<u32>> = options.collect();
        let options = options?;
        Some(Self {
            category,
            least: filters.min_price.unwrap_or(i64::MIN),
            most: filters.max_price.unwrap_or(i64::MAX),
            variants: !options.is_empty()
                || filters.min_price.is_some()
                || filters.max_price.is_some(),
            options,
        })
    }

    fn passes(&self, index: &ProductIndex, product: u32) -> bool {
        let Some(entry) = index.entries.get(super::strings::index(product)) else {
            return false;
        };
        if self.category.is_some() && self.category != entry.category {
            return false;
        }
        !self.variants || self.has_variant(index, product, *entry)
    }

    fn has_variant(&self, shop: &ProductIndex, product: u32, entry: Entry) -> bool {
        let first = index(entry.first_variant);
        let next = shop.entries.get(index(product.saturating_add(1)));
        let end = next.map_or(shop.variants.len(), |next| index(next.first_variant));
        let variants = shop.variants.get(first..end).unwrap_or_default();
        let mut numbered = (first..).zip(variants);
        numbered.any(|(at, variant)| {
            (self.least..=self.most).contains(&variant.price)
                && self.has_options(shop, at, *variant)
        })
    }

    fn has_options(&self, shop: &ProductIndex, at: usize, variant: PackedVariant) -> bool {
        if self.options.is_empty() {
            return true;
        }
        let next = shop.variants.get(at.saturating_add(1));
        let end = next.map_or(shop.variant_options.len(), |next| index(next.first_option));
        let range = index(variant.first_option)..end;
        let options = shop.variant_options.get(range).unwrap_or_default();
        self.options.iter().all(|wanted| options.contains(wanted))
    }
}
