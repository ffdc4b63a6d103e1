//! Ranking by Okapi BM25 (Robertson and Zaragoza 2009, section 3.4) over title and text.

#![expect(
    clippy::float_arithmetic,
    reason = "BM25 is a formula over real numbers; only an order and bounded integers leave this file"
)]

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::{
    Hit, Passage,
    tokens::{asks_how, is_padding_swapped, parts, synonyms, tells_how, terms, wording},
};

/// How soon another occurrence of a term stops counting.
const SATURATION: f64 = 1.2;
/// How much a long passage must say a term more often.
const LENGTH_MATTERS: f64 = 0.5;
/// What a term in the title adds, whatever the text says.
const TITLE_BONUS: f64 = 1.2;
/// What a title of which every term is asked for adds, and of which half of them are, half of it: the
/// payment is what "How can I pay?" asks for, and not whether one has to pay customs.
const TITLE_ASKED: f64 = 0.3;
/// How far a term elsewhere in the document shows that a passage is about it.
const DOCUMENT_EVIDENCE: f64 = 0.4;
/// The first passage of a document says what matters most.
const FIRST_PASSAGE: f64 = 1.1;
/// And more so where the title has all that was asked.
const FIRST_OF_WHAT_WAS_ASKED: f64 = 1.5;
/// A passage that tells how something is done, when that is what was asked.
const INSTRUCTION: f64 = 1.2;
/// A title in the very words of the question, padding included.
const SAME_WORDING: f64 = 0.1;
/// What a term nobody wrote weighs when confidence is measured, of what the rarest one weighs.
const UNKNOWN_WEIGHT: f64 = 1.1;
/// How far a term in the text, but not in the title, shows that the passage is about it: the more
/// the fewer documents have it.
const LEAST_TEXT_EVIDENCE: f64 = 0.4;
const MOST_TEXT_EVIDENCE: f64 = 0.9;
/// What a match with a slip of the finger is worth.
const SLIP_WEIGHT: f64 = 0.8;
/// What the parts of a word are worth when all of it is known, and when one part is.
const PARTS_WEIGHT: f64 = 0.9;
const PART_WEIGHT: f64 = 0.6;
/// Shorter words are not compared for slips: too many of them differ in one letter.
const FEWEST_LETTERS_FOR_A_SLIP: usize = 5;
/// Terms of a query that are looked at.
const MOST_TERMS: usize = 64;

/// An index over the passages of one shop.
#[derive(Debug, Default)]
pub struct Index {
    passages: Vec<Indexed>,
    average_length: f64,
    /// How many documents there are.
    documents: usize,
    known: HashMap<String, Known>,
    /// Words with one letter left out, and the words themselves, and what they may be slips of.
    slips: HashMap<String, Vec<Meant>>,
}

#[derive(Debug)]
struct Indexed {
    row: Passage,
    /// Number of the document it belongs to.
    document: usize,
    /// Number of terms in the text.
    length: u32,
    /// Whether it tells how something is done.
    instructs: bool,
    /// All words of its title.
    wording: HashSet<String>,
    /// Number of terms in the title.
    titled: usize,
}

/// Where a term stands.
#[derive(Debug, Default)]
struct Known {
    places: Vec<Occurrence>,
    /// Documents that have it.
    documents: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Occurrence {
    passage: usize,
    /// How often the text has it.
    count: u32,
    in_title: bool,
}

/// A word people write, and the term it counts as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Meant {
    word: String,
    term: String,
}

/// A term of a query as the index knows it.
struct Asked<'index> {
    /// How telling it is: its inverse document frequency.
    rarity: f64,
    /// Below 1 when the term is a guess at what was meant.
    trust: f64,
    known: Option<&'index Known>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Score {
    rank: f64,
    /// Rarity of the query's terms that the passage has.
    covered: f64,
    /// How many of them it has.
    matched: f64,
    /// How many of them its title has.
    titled: f64,
    /// The mean of both, as shares of the query.
    confidence: f64,
}

impl Index {
    #[must_use]
    pub fn new<P: Into<Passage>>(passages: Vec<P>) -> Self {
        let mut index = Self::default();
        let mut documents = HashMap::new();
        for row in passages.into_iter().map(P::into) {
            let next = documents.len();
            let document = *documents
                .entry((row.kind, row.source.clone()))
                .or_insert(next);
            index.add(row, document);
        }
        index.documents = documents.len();
        let lengths: f64 = index
            .passages
            .iter()
            .map(|passage| f64::from(passage.length))
            .sum();
        index.average_length = lengths / real(index.passages.len().max(1));
        index.learn_slips();
        index
    }

    fn add(&mut self, row: Passage, document: usize) {
        let title: BTreeSet<String> = terms(&row.title).into_iter().collect();
        let text = terms(&row.text);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut counts: BTreeMap<String, u32> =
            title.iter().map(|term| (term.clone(), 0)).collect();
        for term in text {
            *counts.entry(term).or_default() += 1;
        }
        for (term, count) in counts {
            let in_title = title.contains(&term);
            let known = self.known.entry(term).or_default();
            known.places.push(Occurrence {
                passage: self.passages.len(),
                count,
                in_title,
            });
            // In order, and nearly always at the end.
            if let Err(at) = known.documents.binary_search(&document) {
                known.documents.insert(at, document);
            }
        }
        let instructs = tells_how(&row.text);
        let wording = wording(&row.title);
        let titled = title.len();
        self.passages.push(Indexed {
            row,
            document,
            length,
            instructs,
            wording,
            titled,
        });
    }

    /// Learns the words that slips are compared with: every term, and every synonym of one.
    fn learn_slips(&mut self) {
        let own = self.known.keys().map(|term| Meant {
            word: term.clone(),
            term: term.clone(),
        });
        let synonyms = synonyms().map(|(word, term)| Meant {
            word: word.to_owned(),
            term: term.to_owned(),
        });
        let words: BTreeSet<Meant> = own.chain(synonyms).collect();
        for meant in words {
            if meant.word.len() >= FEWEST_LETTERS_FOR_A_SLIP && self.known.contains_key(&meant.term)
            {
                for variant in variants(&meant.word) {
                    self.slips.entry(variant).or_default().push(meant.clone());
                }
            }
        }
    }

    /// The passages that fit the query best, best first, one of each document at most.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let asked = self.asked(query);
        let mut ranked: Vec<(&Indexed, Score)> =
            self.scored(&asked, asks_how(query), &wording(query), None);
        // Stable, so that equals keep the order in which the shop wrote them.
        ranked.sort_by(|(_, a), (_, b)| b.rank.partial_cmp(&a.rank).unwrap_or(Ordering::Equal));
        let mut documents = HashSet::new();
        let best = ranked
            .into_iter()
            .filter(|(passage, _)| documents.insert(passage.document));
        best.take(limit)
            .map(|(passage, score)| passage.hit(score))
            .collect()
    }

    /// The passages of one document: those that have a term of the query, best first, then the others in
    /// their order.
    pub(crate) fn within(&self, source: &str, query: &str) -> Vec<Hit> {
        let mut passages = self.passages.iter();
        let Some(first) = passages.find(|passage| passage.row.source == source) else {
            return Vec::new();
        };
        let document = first.document;
        let asked = self.asked(query);
        let scored = self.scored(&asked, asks_how(query), &wording(query), Some(document));
        let scores: HashMap<i64, Score> = scored
            .into_iter()
            .map(|(passage, score)| (passage.row.position, score))
            .collect();
        let own =
            core::iter::once(first).chain(passages.filter(|passage| passage.document == document));
        let mut hits: Vec<Hit> = own
            .map(|passage| {
                let score = scores.get(&passage.row.position).copied();
                passage.hit(score.unwrap_or_default())
            })
            .collect();
        hits.sort_by_key(|hit| core::cmp::Reverse(hit.score));
        hits
    }

    /// Every passage that has a term of the query, in order, with its score; of one document alone where
    /// one is named.
    fn scored(
        &self,
        asked: &[Asked<'_>],
        how: bool,
        wording: &HashSet<String>,
        only: Option<usize>,
    ) -> Vec<(&Indexed, Score)> {
        let mut scores: BTreeMap<usize, Score> = BTreeMap::new();
        let mut documents: HashMap<usize, f64> = HashMap::new();
        for Asked {
            rarity,
            trust,
            known,
        } in asked
        {
            let Some(known) = known else { continue };
            for document in &known.documents {
                *documents.entry(*document).or_default() += rarity * trust;
            }
            for place in &known.places {
                let passage = self.passages.get(place.passage);
                let Some(passage) =
                    passage.filter(|one| only.is_none_or(|only| one.document == only))
                else {
                    continue;
                };
                let (bonus, evidence) = if place.in_title {
                    (TITLE_BONUS, 1.0)
                } else {
                    (0.0, self.evidence(*rarity))
                };
                let score = scores.entry(place.passage).or_default();
                score.rank += rarity * trust * (bonus + self.saturated(passage, place.count));
                score.covered += rarity * trust * evidence;
                score.matched += trust * evidence;
                score.titled += if place.in_title { *trust } else { 0.0 };
            }
        }
        let whole: f64 = asked.iter().map(|term| term.rarity).sum();
        let terms = real(asked.len()).max(1.0);
        let finished = |(number, mut score): (usize, Score)| {
            let passage = self.passages.get(number)?;
            // What the rest of the document says counts a little for each of its passages.
            let elsewhere = documents
                .get(&passage.document)
                .copied()
                .unwrap_or_default()
                - score.covered;
            score.covered += DOCUMENT_EVIDENCE * elsewhere.max(0.0);
            score.confidence =
                (score.covered / whole.max(f64::MIN_POSITIVE) + score.matched / terms) / 2.0;
            // Who asks for nothing but what a document is about is told how it begins.
            let first = match passage.row.position {
                0 if score.titled >= terms => FIRST_OF_WHAT_WAS_ASKED,
                0 => FIRST_PASSAGE,
                _ => 1.0,
            };
            let told = if how && passage.instructs {
                // The way to do it goes before how the document begins.
                INSTRUCTION
                    * if score.titled >= terms {
                        FIRST_OF_WHAT_WAS_ASKED
                    } else {
                        1.0
                    }
            } else {
                1.0
            };
            // "How long does a repair take?" and "Do you repair …?" differ in padding alone.
            let shared = wording.intersection(&passage.wording).count();
            let alike = 1.0 + SAME_WORDING * real(shared) / real(wording.len()).max(1.0);
            let asked_for = 1.0 + TITLE_ASKED * score.titled / real(passage.titled).max(1.0);
            score.rank *= first * told * alike * asked_for * (0.5 + score.confidence);
            Some((passage, score))
        };
        scores.into_iter().filter_map(finished).collect()
    }

    /// The terms of a query with their weights, each once.
    fn asked(&self, query: &str) -> Vec<Asked<'_>> {
        let mut seen = HashSet::new();
        let distinct = terms(query)
            .into_iter()
            .filter(|term| seen.insert(term.clone()));
        distinct
            .take(MOST_TERMS)
            .filter(|term| self.known.contains_key(term) || !is_padding_swapped(term))
            .flat_map(|term| self.read(&term))
            .collect()
    }

    /// A term of a query as the index knows it: as it is, by a slip of the finger, or by its parts.
    fn read(&self, term: &str) -> Vec<Asked<'_>> {
        let asked = |term: &str, trust: f64| {
            let known = self.known.get(term)?;
            let rarity = self.rarity(known.documents.len());
            Some(Asked {
                rarity,
                trust,
                known: Some(known),
            })
        };
        let slipped = || asked(&self.meant(term)?.term, SLIP_WEIGHT);
        if let Some(found) = asked(term, 1.0).or_else(slipped) {
            return vec![found];
        }
        let parts = parts(term, |part| self.known.contains_key(part));
        // A word of which one part is known is half understood.
        let trust = if parts.len() > 1 {
            PARTS_WEIGHT
        } else {
            PART_WEIGHT
        };
        let parts: Vec<_> = parts.iter().filter_map(|part| asked(part, trust)).collect();
        if !parts.is_empty() {
            return parts;
        }
        vec![Asked {
            rarity: self.rarity(0) * UNKNOWN_WEIGHT,
            trust: 1.0,
            known: None,
        }]
    }

    /// What a misspelled word probably stands for: one letter too many, too few, another one, or
    /// two swapped. Bounded: the variants of one word are looked up, no list is walked.
    fn meant(&self, typed: &str) -> Option<&Meant> {
        if typed.len() < FEWEST_LETTERS_FOR_A_SLIP {
            return None;
        }
        let candidates = variants(typed)
            .into_iter()
            .filter_map(|variant| self.slips.get(&variant))
            .flatten();
        candidates
            .filter(|meant| is_one_slip(&meant.word, typed))
            .min()
    }
}

impl Indexed {
    fn hit(&self, score: Score) -> Hit {
        let Self { row, .. } = self;
        Hit {
            kind: row.kind,
            source: row.source.clone(),
            title: row.title.clone(),
            text: row.text.clone(),
            audience: row.audience,
            score: thousandths(score.rank),
            confidence: thousandths(score.confidence).clamp(0, 1_000),
        }
    }
}

impl Index {
    /// The inverse document frequency, never negative.
    fn rarity(&self, documents: usize) -> f64 {
        let (all, with) = (real(self.documents), real(documents));
        ((all - with + 0.5) / (with + 0.5)).ln_1p()
    }

    /// How far a term of this rarity in the text of a passage shows what the passage is about.
    fn evidence(&self, rarity: f64) -> f64 {
        let relative = rarity / self.rarity(1).max(f64::MIN_POSITIVE);
        LEAST_TEXT_EVIDENCE + (MOST_TEXT_EVIDENCE - LEAST_TEXT_EVIDENCE) * relative.min(1.0)
    }

    /// How much the occurrences of a term count in a passage.
    fn saturated(&self, passage: &Indexed, count: u32) -> f64 {
        let relative = f64::from(passage.length) / self.average_length.max(1.0);
        let count = f64::from(count);
        let norm = SATURATION * (1.0 - LENGTH_MATTERS + LENGTH_MATTERS * relative);
        count * (SATURATION + 1.0) / (count + norm)
    }
}

fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "`as` from a float saturates and makes not-a-number zero, which is what is wanted; there is no other conversion"
)]
fn thousandths(value: f64) -> i64 {
    (value * 1_000.0).round() as i64
}

/// A term and all it becomes with one letter left out.
fn variants(term: &str) -> Vec<String> {
    let without = term.char_indices().map(|(at, letter)| {
        let (before, after) = term.split_at(at);
        format!("{before}{}", after.strip_prefix(letter).unwrap_or(after))
    });
    core::iter::once(term.to_owned()).chain(without).collect()
}

/// Whether two words differ in one letter, or in two neighbours that are swapped. Two words that
/// share a variant may also differ in two letters far apart.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    let (a_next, b_next) = (a.get(1..), b.get(1..));
    (a_next.is_some() && a_next == b_next)
        || a_next == Some(b)
        || Some(a) == b_next
        || matches!((a, b), ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 && a == b)
}

#[cfg(test)]
mod tests {
    use store::{documents::Audience, passages::PassageKind};

    use super::*;

    fn passage(source: &str, text: &str) -> Passage {
        Passage {
            kind: PassageKind::Faq,
            source: source.to_owned(),
            title: String::new(),
            text: text.to_owned(),
            audience: Audience::Everyone,
            position: 0,
        }
    }

    /// The formula of Robertson and Zaragoza, worked out by hand: k1 = 1.2, b = 0.5, N = 4.
    #[test]
    fn the_weights_are_those_of_bm25() {
        let index = Index::new(vec![
            passage("a", "zither zither flute"),
            passage("b", "flute"),
            passage("c", "cello harp viola lute"),
            passage("d", "flute cello"),
        ]);
        assert!((index.average_length - 2.5).abs() < 1e-9);
        // ln(1 + (4 - 1 + 0.5) / (1 + 0.5)) and ln(1 + (4 - 3 + 0.5) / (3 + 0.5))
        assert!((index.rarity(1) - 1.203_972_8).abs() < 1e-6);
        assert!((index.rarity(3) - 0.356_674_9).abs() < 1e-6);
        // 2 × 2.2 / (2 + 1.2 × (0.5 + 0.5 × 3 / 2.5)) and 1 × 2.2 / (1 + 1.2 × (0.5 + 0.5 × 1 / 2.5))
        let saturated = |at: usize, count| index.saturated(index.passages.get(at).unwrap(), count);
        assert!((saturated(0, 2) - 1.325_301_2).abs() < 1e-6);
        assert!((saturated(1, 1) - 1.195_652_2).abs() < 1e-6);
        let hits = index.search("zither", 4);
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].source, "a");
    }

    #[test]
    fn words_put_together_are_understood_by_their_parts() {
        let index = Index::new(vec![
            passage("a", "Der Reifen hat Druck."),
            passage("b", "Ein Termin ist in der Werkstatt."),
            passage("c", "Ganz anders."),
        ]);
        for (query, source) in [
            ("Reifendruck", "a"),
            ("werkstatttermin", "b"),
            ("Werkstattstermine", "b"),
        ] {
            let hits = index.search(query, 1);
            assert_eq!(
                hits.first().map(|hit| hit.source.as_str()),
                Some(source),
                "{query}"
            );
        }
        assert!(index.search("Druckerei", 1).is_empty());
    }
}
