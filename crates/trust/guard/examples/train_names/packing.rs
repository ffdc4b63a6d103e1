//! The word lists, packed as [`crate::naming::lists`] reads them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Trouble,
    naming::{
        lists::{CLASSES, Lists, Marks, key},
        tokens::{phrase_hash, tokens},
    },
    view::View,
};

/// Packs lines of `word<TAB>CLASS,CLASS`, where a word may be a phrase of some words.
pub(crate) fn packed(lines: &str) -> Result<Vec<u8>, Trouble> {
    let mut known: BTreeMap<u32, u32> = BTreeMap::new();
    let mut add = |hash: u64, marks: u32| *known.entry(key(hash)).or_default() |= marks;
    for (number, line) in (1..).zip(lines.lines()) {
        let (text, classes) = line
            .split_once('\t')
            .ok_or_else(|| format!("line {number}: no tab between word and classes"))?;
        let marks = marks(classes).ok_or_else(|| {
            format!("line {number}: `{classes}` has a class that is not one of {CLASSES}")
        })?;
        let words = words(text);
        let Some((first, rest)) = words.split_first() else {
            continue;
        };
        let whole = rest
            .iter()
            .fold(*first, |hash, word| phrase_hash(hash, *word));
        add(whole, marks);
        let begins = Marks::begins(words.len()).0;
        if begins != 0 {
            add(*first, begins);
        }
    }

    let sets: BTreeSet<u32> = known.values().copied().collect();
    let numbers: BTreeMap<u32, u16> = sets.iter().copied().zip(0..=u16::MAX).collect();
    if numbers.len() != sets.len() {
        return Err("more sets of classes than a number of two bytes can count".into());
    }
    let mut file = b"PLW1".to_vec();
    file.extend(CLASSES.as_bytes());
    file.push(b'\n');
    file.extend(u32::try_from(sets.len())?.to_le_bytes());
    file.extend(u32::try_from(known.len())?.to_le_bytes());
    file.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    file.extend(known.keys().flat_map(|key| key.to_le_bytes()));
    for set in known.values() {
        let number = numbers.get(set).ok_or("a set of classes has no number")?;
        file.extend(number.to_le_bytes());
    }
    Ok(file)
}

fn marks(classes: &str) -> Option<u32> {
    classes.split(',').try_fold(0, |marks, class| {
        let bit = CLASSES.split_whitespace().position(|name| name == class)?;
        Some(marks | 1_u32.checked_shl(u32::try_from(bit).ok()?)?)
    })
}

/// The hashes of the words of a text, as the guard will ask for them.
fn words(text: &str) -> Vec<u64> {
    tokens(&View::of(text), &Lists::default())
        .iter()
        .map(|token| token.hash)
        .collect()
}
