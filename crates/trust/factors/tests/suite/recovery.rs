//! Recovery codes, made and read again.

use std::collections::BTreeSet;

use aws_lc_rs::rand;
use factors::recovery::{CODES, RecoveryCode, fresh};
use proptest::prelude::*;

struct Random;

impl terms::Rng for Random {
    fn fill(&self, bytes: &mut [u8]) {
        rand::fill(bytes).unwrap();
    }
}

fn normal(text: &str) -> Option<String> {
    RecoveryCode::parse(text).map(|code| code.normal().expose().clone())
}

#[test]
fn ten_codes_of_ten_letters() {
    let codes = fresh(&Random);
    assert_eq!(codes.len(), CODES);
    let mut different = BTreeSet::new();
    for code in &codes {
        let shown = code.shown();
        let shown = shown.expose();
        let (left, right) = shown.split_once('-').unwrap();
        assert_eq!((left.len(), right.len()), (5, 5), "{shown}");
        assert!(!shown.contains(['I', 'L', 'O', 'U']), "{shown}");
        assert_eq!(normal(shown).as_ref(), Some(code.normal().expose()));
        assert_eq!(format!("{code:?}"), "RecoveryCode(Secret(..))");
        different.insert(shown.clone());
    }
    assert_eq!(different.len(), CODES);
}

#[test]
fn each_bit_of_chance_counts_once() {
    struct Bytes;
    impl terms::Rng for Bytes {
        fn fill(&self, bytes: &mut [u8]) {
            for (byte, value) in bytes
                .iter_mut()
                .zip([0, 9, 10, 17, 18, 31, 32, 255, 224, 63])
            {
                *byte = value;
            }
        }
    }
    let [code, ..] = fresh(&Bytes);
    assert_eq!(code.shown().expose(), "09AHJ-Z0Z0Z");
    // Every letter occurs, none oftener than chance has it: ten thousand letters, some 312 each.
    let mut counts = std::collections::BTreeMap::new();
    for code in (0..100).flat_map(|_| fresh(&Random)) {
        for letter in code.normal().expose().chars() {
            *counts.entry(letter).or_insert(0) += 1;
        }
    }
    assert_eq!(counts.len(), 32);
    assert!(
        counts.values().all(|count| (150..=550).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn people_type_as_they_like() {
    for text in [
        "7KQ2M-9XT10",
        "7kq2m-9xt10",
        "7KQ2M9XT10",
        " 7KQ2M - 9XT10\r\n",
        "7kq2m 9xt1o",
        "7KQ2M\u{2013}9XTIO",
        "7KQ2M\u{2011}9XTl0",
        "7-K-Q-2-M-9-X-T-i-O",
        "7KQ2M\u{a0}9XTL0",
    ] {
        assert_eq!(normal(text).as_deref(), Some("7KQ2M9XT10"), "{text}");
    }
}

#[test]
fn what_is_no_code_is_none() {
    for text in [
        "",
        "-",
        "7KQ2M-9XT1",
        "7KQ2M-9XT100",
        "7KQ2M-9XTU0",
        "7KQ2M_9XT10",
        "7KQ2M-9XT1\u{ff10}",
        "7KQ2M-9XT1\u{660}",
        "\u{212a}KQ2M-9XT10",
        "755224",
        &format!("7KQ2M-9XT10{}", " ".repeat(60)),
        &"7KQ2M9XT10".repeat(7),
    ] {
        assert_eq!(normal(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_read_again(letters in "[0-9A-HJKMNP-TV-Z]{10}") {
        let code = RecoveryCode::parse(&letters).unwrap();
        prop_assert_eq!(code.normal().expose(), &letters);
        prop_assert_eq!(normal(code.shown().expose()), Some(letters.clone()));
        prop_assert_eq!(normal(&letters.to_lowercase()), Some(letters));
    }

    #[test]
    fn no_text_is_too_odd(text in ".*") {
        if let Some(normal) = normal(&text) {
            prop_assert!(normal.len() == 10 && !normal.contains(['I', 'L', 'O', 'U']));
        }
    }
}
