//! What may be stated: what tools answered in this turn, and what the shopper said in it.

use core::fmt;
use std::collections::BTreeSet;

use terms::Currency;

use crate::{
    facts::{
        calendar, promises,
        promises::Family,
        read::{self, Key},
        sentences,
        tokens::{self, Date},
        units, voice, words,
    },
    view::View,
};

/// Characters of one text that are read; no tool answers with more that is then quoted.
const LONGEST_TEXT: usize = 200_000;

/// What is known in a turn. It is built anew for each.
#[derive(Default)]
pub struct Known {
    keys: BTreeSet<Key>,
    said: BTreeSet<Key>,
    families: BTreeSet<Family>,
    goods: Vec<Goods>,
    /// Words of what tools answered.
    words: BTreeSet<String>,
    asked_who: bool,
}

/// What is known of one thing: the words of its name, and whether it can be had.
struct Goods {
    name: Vec<String>,
    in_stock: bool,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Shipped,
    Delivered,
    Cancelled,
}

impl Known {
    /// A text that a tool answered with, or a passage that is cited.
    pub fn text(&mut self, text: &str) {
        for sentence in Self::sentences(text) {
            let words = words::words(&sentence).into_iter();
            self.words.extend(words.map(|word| word.text));
            for statement in read::statements(&sentence) {
                for key in statement.any_of {
                    self.add(key);
                }
            }
            for clause in promises::clauses(&sentence) {
                self.families.extend(promises::asserted(&clause));
            }
        }
    }

    /// What the shopper said in this turn. It counts as said, never as so.
    pub fn said(&mut self, text: &str) {
        self.asked_who |= voice::asks_who_answers(&View::of(text));
        for sentence in Self::sentences(text) {
            let statements = read::statements(&sentence);
            let keys = statements
                .into_iter()
                .flat_map(|statement| statement.any_of);
            for key in keys {
                self.said.extend(implied(&key));
                self.said.insert(key);
            }
        }
    }

    fn sentences(text: &str) -> Vec<View> {
        let text: String = text
            .chars()
            .take(LONGEST_TEXT)
            .filter(|one| *one != '*')
            .collect();
        let view = View::of(&text);
        let lines = sentences::lines(&view);
        let ranges = lines.iter().flat_map(|line| &line.sentences);
        ranges
            .map(|range| View::of(view.text(range.clone())))
            .collect()
    }

    /// An amount in minor units.
    pub fn amount(&mut self, minor: i64, currency: &str) {
        let Ok(currency) = currency.parse::<Currency>() else {
            return;
        };
        let scale = 10_i64.checked_pow(3_u32.saturating_sub(currency.exponent()));
        if let Some(value) = scale.and_then(|scale| minor.checked_mul(scale)) {
            self.add(Key::Money(value, currency));
        }
    }

    /// A count, such as how many of something there are.
    pub fn count(&mut self, count: i64) {
        if let Some(value) = count.checked_mul(1000) {
            self.add(Key::Number(value));
        }
    }

    /// A number of an order or a parcel, a code, an id.
    pub fn identifier(&mut self, identifier: &str) {
        let compact = tokens::compact(&View::of(identifier).folded);
        if !compact.is_empty() {
            self.add(Key::Identifier(compact));
        }
        self.text(identifier);
    }

    /// Hours since something, as hours and as whole days.
    pub fn hours_ago(&mut self, hours: i64) {
        for (value, unit) in [(hours, units::Unit::Hour), (hours / 24, units::Unit::Day)] {
            if let Some(value) = value.checked_mul(1000) {
                self.add(read::span(value, unit));
            }
        }
    }

    /// Something that is sold, and whether it can be had now.
    pub fn goods(&mut self, name: &str, in_stock: bool) {
        let name = words::words(&View::of(name));
        self.goods.push(Goods {
            name: name.into_iter().map(|word| word.text).collect(),
            in_stock,
        });
    }

    /// Where an order of hers stands.
    pub fn progress(&mut self, progress: Progress) {
        self.families.extend(match progress {
            Progress::Shipped => &[Family::Shipped][..],
            Progress::Delivered => &[Family::Shipped, Family::Delivered][..],
            Progress::Cancelled => &[Family::Cancelled][..],
        });
    }

    fn add(&mut self, key: Key) {
        self.keys.extend(implied(&key));
        self.keys.insert(key);
    }

    pub(crate) fn has(&self, any_of: &[Key]) -> bool {
        any_of.iter().any(|key| self.keys.contains(key))
    }

    pub(crate) fn was_said(&self, any_of: &[Key]) -> bool {
        any_of.iter().any(|key| self.said.contains(key))
    }

    /// Whether she asked who or what answers.
    pub(crate) const fn asked_who(&self) -> bool {
        self.asked_who
    }

    /// Whether every word of a text is one that a tool answered with.
    pub(crate) fn has_words_of(&self, text: &str) -> bool {
        let mut words = words::words(&View::of(text)).into_iter().peekable();
        words.peek().is_some() && words.all(|word| self.words.contains(&word.text))
    }

    /// Whether a family may be asserted in a sentence: of goods, of those that it names.
    pub(crate) fn supports(&self, family: Family, sentence: &View) -> bool {
        let in_stock = match family {
            Family::InStock => true,
            Family::SoldOut => false,
            _ => return self.families.contains(&family),
        };
        let words = words::words(sentence);
        let named = self.goods.iter().filter(|goods| {
            !goods.name.is_empty()
                && words.windows(goods.name.len()).any(|window| {
                    let texts = window.iter().map(|word| &word.text);
                    texts.eq(&goods.name)
                })
        });
        let mut named = named.peekable();
        if named.peek().is_some() {
            return named.any(|goods| goods.in_stock == in_stock);
        }
        let mut goods = self.goods.iter();
        goods.any(|goods| goods.in_stock == in_stock) || self.families.contains(&family)
    }
}

/// What else is so when a fact is: a date without its year, an amount without its currency.
fn implied(key: &Key) -> Vec<Key> {
    match key {
        Key::Money(value, _) => vec![Key::Number(*value), Key::Cents(value.saturating_mul(100))],
        Key::Percent(value) | Key::Cents(value) => vec![Key::Number(*value)],
        Key::Span(value, unit) => {
            let mut keys = vec![Key::Number(*value)];
            match unit {
                // Fourteen days are two weeks, in either's number.
                units::Unit::Day if value % 7 == 0 => keys.push(Key::Number(value / 7)),
                units::Unit::Month if value % 12 == 0 => keys.push(Key::Number(value / 12)),
                _ => {}
            }
            keys
        }
        Key::Number(value) if value % 1000 == 0 => {
            vec![Key::Identifier((value / 1000).to_string())]
        }
        Key::Identifier(digits) if digits.len() <= 15 => {
            let number: Option<i64> = digits.parse().ok();
            let number = number.and_then(|number| number.checked_mul(1000));
            number.map(Key::Number).into_iter().collect()
        }
        Key::Date(Date {
            year: Some(year),
            month,
            day,
        }) => vec![
            Key::Date(Date {
                year: None,
                month: *month,
                day: *day,
            }),
            Key::Weekday(calendar::weekday_of(*year, *month, *day)),
            Key::Number(i64::from(*year) * 1000),
        ],
        _ => Vec::new(),
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Known({}, {})", self.keys.len(), self.said.len())
    }
}
