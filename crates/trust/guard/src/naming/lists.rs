//! What is known of a word: given names, surnames, towns, everyday words, goods, brands and so on.
//!
//! `lists.bin`, made by `training/retrain`: `PLW1`; [`CLASSES`] and a line break; the number of
//! sets of marks and of words (u32 each); the sets (u32 each); the words' hashes (u32 each, ascending); the set of each word (u16).
//! All little-endian.

use std::sync::LazyLock;

/// What the lists say of a word, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(pub(crate) u32);

/// The classes of words, in the order of their bits; `lists.bin` says for which it was made.
pub(crate) const CLASSES: &str = "GIVEN GIVEN_COMMON SURNAME SURNAME_COMMON TOWN SMALL_TOWN COUNTRY \
    REGION STATE_CODE NRP GOODS BRAND ORGANISATION TITLE STREET_WORD UNIT ORG_ENDING CALENDAR JOB \
    EVERYDAY ENGLISH GERMAN ROMANCE OTHER_LANGUAGE SELDOM";

impl Marks {
    pub(crate) const GIVEN: Self = Self(1);
    pub(crate) const GIVEN_COMMON: Self = Self(1 << 1);
    pub(crate) const SURNAME: Self = Self(1 << 2);
    pub(crate) const SURNAME_COMMON: Self = Self(1 << 3);
    pub(crate) const COUNTRY: Self = Self(1 << 6);
    /// A town, a country, a region; most small towns are also called like something else.
    pub(crate) const PLACE: Self = Self(1 << 4 | 1 << 6 | 1 << 7);
    pub(crate) const SMALL_TOWN: Self = Self(1 << 5);
    pub(crate) const STATE_CODE: Self = Self(1 << 8);
    pub(crate) const GOODS: Self = Self(1 << 10);
    pub(crate) const BRAND: Self = Self(1 << 11);
    pub(crate) const TITLE: Self = Self(1 << 13);
    pub(crate) const STREET_WORD: Self = Self(1 << 14);
    pub(crate) const UNIT: Self = Self(1 << 15);
    pub(crate) const ORG_ENDING: Self = Self(1 << 16);
    pub(crate) const CALENDAR: Self = Self(1 << 17);
    pub(crate) const JOB: Self = Self(1 << 18);
    pub(crate) const EVERYDAY: Self = Self(1 << 19);
    pub(crate) const ENGLISH: Self = Self(1 << 20);
    pub(crate) const GERMAN: Self = Self(1 << 21);
    pub(crate) const ROMANCE: Self = Self(1 << 22);
    pub(crate) const OTHER_LANGUAGE: Self = Self(1 << 23);
    /// A word, though a rare one.
    pub(crate) const SELDOM: Self = Self(1 << 24);
    /// The end of the word is that of a street; not in the lists.
    pub(crate) const STREET_ENDING: Self = Self(1 << 25);
    /// The word is unknown and ends like what is sold ("Gardinenstange"); not in the lists.
    pub(crate) const GOODS_ENDING: Self = Self(1 << 26);
    const BEGINS_TWO: Self = Self(1 << 28);
    const BEGINS_THREE: Self = Self(1 << 29);
    const BEGINS_FOUR: Self = Self(1 << 30);
}

impl Marks {
    pub(crate) const NAME: Self =
        Self(Self::GIVEN.0 | Self::GIVEN_COMMON.0 | Self::SURNAME.0 | Self::SURNAME_COMMON.0);
    const PHRASES: Self = Self(Self::BEGINS_TWO.0 | Self::BEGINS_THREE.0 | Self::BEGINS_FOUR.0);

    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The classes, without what is there for looking up phrases.
    pub(crate) const fn classes(self) -> Self {
        self.without(Self::PHRASES)
    }

    /// The mark of a word that phrases of so many words begin with.
    pub(crate) const fn begins(words: usize) -> Self {
        match words {
            2 => Self::BEGINS_TWO,
            3 => Self::BEGINS_THREE,
            4 => Self::BEGINS_FOUR,
            _ => Self(0),
        }
    }
}

/// Words of the longest phrase in the lists.
pub(crate) const LONGEST_PHRASE: usize = 4;

/// The lists, by hash.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    hashes: Vec<u32>,
    marks: Vec<Marks>,
    /// Where the hashes begin that have an index in their upper half.
    buckets: Vec<u32>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(include_bytes!("lists.bin")).unwrap_or_default());

/// The lists that come with the guard.
pub(crate) fn lists() -> &'static Lists {
    &LISTS
}

/// Where a word's hash stands in the lists.
pub(crate) fn key(hash: u64) -> u32 {
    let spread = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    u32::try_from(spread).unwrap_or_default()
}

impl Lists {
    pub(crate) fn read(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(b"PLW1")?;
        let rest = rest.strip_prefix(CLASSES.as_bytes())?.strip_prefix(b"\n")?;
        let (sets, rest) = number(rest)?;
        let (words, rest) = number(rest)?;
        let sets_bytes = usize::try_from(sets).ok()?.checked_mul(4)?;
        let (sets, rest) = rest.split_at_checked(sets_bytes)?;
        let hash_bytes = usize::try_from(words).ok()?.checked_mul(4)?;
        let (hashes, rest) = rest.split_at_checked(hash_bytes)?;
        if rest.len() != hash_bytes / 2 {
            return None;
        }
        let sets: Vec<Marks> = numbers(sets).map(Marks).collect();
        let hashes: Vec<u32> = numbers(hashes).collect();
        if !hashes.is_sorted() {
            return None;
        }
        let marks: Vec<Marks> = rest
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| sets.get(usize::from(u16::from_le_bytes(*pair))).copied())
            .collect::<Option<_>>()?;
        let mut buckets = Vec::with_capacity(0x1_0001);
        let mut position = 0;
        for bucket in 0..=0x1_0000_u32 {
            while hashes.get(position).is_some_and(|hash| hash >> 16 < bucket) {
                position += 1;
            }
            buckets.push(u32::try_from(position).ok()?);
        }
        Some(Self {
            hashes,
            marks,
            buckets,
        })
    }

    /// What is known of a word or a phrase.
    pub(crate) fn marks(&self, hash: u64) -> Marks {
        self.find(key(hash)).unwrap_or_default()
    }

    fn find(&self, key: u32) -> Option<Marks> {
        let bucket = usize::try_from(key >> 16).ok()?;
        let from = usize::try_from(*self.buckets.get(bucket)?).ok()?;
        let to = usize::try_from(*self.buckets.get(bucket + 1)?).ok()?;
        let step = self
            .hashes
            .get(from..to)?
            .iter()
            .position(|hash| *hash == key)?;
        self.marks.get(from + step).copied()
    }
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*first), rest))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let lists = Lists::read(include_bytes!("lists.bin")).expect("lists");
        assert!(lists.hashes.len() > 100_000);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let file = include_bytes!("lists.bin");
        for length in [0, 3, 4, 11, 200, 300, 5000, file.len() - 1] {
            assert!(
                Lists::read(file.get(..length).unwrap()).is_none(),
                "{length}"
            );
        }
        let mut longer = file.to_vec();
        longer.push(0);
        assert!(Lists::read(&longer).is_none());
        let mut counted = file.to_vec();
        let counts = 5 + CLASSES.len();
        counted.get_mut(counts..counts + 8).unwrap().fill(0xFF);
        assert!(Lists::read(&counted).is_none());
    }
}
