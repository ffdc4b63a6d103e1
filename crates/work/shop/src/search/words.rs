//! Texts as words: lower case, without accents, and one stem for singular and plural.

use std::borrow::Cow;

/// A query beyond this many characters, or words, is cut.
const LONGEST_QUERY: usize = 300;
const MOST_WORDS: usize = 20;

/// Bytes beyond this do not tell words apart; they only cost memory.
const LONGEST_WORD: usize = 40;

/// The text in lower case, without accents and without spaces around it.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.trim().chars() {
        fold(&mut folded, character);
    }
    folded
}

/// The words of a query, in chunks: `t-shirt` is one chunk of two words. Padding is left out as
/// long as anything else is left.
pub(super) fn query(text: &str) -> Vec<Vec<String>> {
    let text: String = text.chars().take(LONGEST_QUERY).collect();
    let mut left = MOST_WORDS;
    let mut chunks = Vec::new();
    each_chunk(&text, |words| {
        let words: Vec<String> = words.iter().take(left).cloned().collect();
        left = left.saturating_sub(words.len());
        if !words.is_empty() {
            chunks.push(words);
        }
    });
    let is_padding = |words: &Vec<String>| matches!(words.as_slice(), [word] if PADDING.contains(&word.as_str()));
    if !chunks.iter().all(is_padding) {
        chunks.retain(|words| !is_padding(words));
    }
    chunks
}

/// Words that say nothing about a product.
const PADDING: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "do",
    "for",
    "from",
    "have",
    "i",
    "im",
    "in",
    "is",
    "it",
    "looking",
    "me",
    "my",
    "need",
    "of",
    "on",
    "or",
    "please",
    "show",
    "some",
    "something",
    "that",
    "the",
    "to",
    "want",
    "with",
    "you",
    "your",
    "aus",
    "das",
    "dem",
    "den",
    "der",
    "die",
    "ein",
    "eine",
    "einen",
    "fur",
    "ich",
    "im",
    "mit",
    "suche",
    "und",
    "von",
    "zu",
];

/// Calls `each` with the folded words of each chunk. Words of a chunk are parted by hyphens and
/// the like, chunks by everything else. Apostrophes are left out, and `50x50` is two chunks.
pub(super) fn each_chunk(text: &str, mut each: impl FnMut(&[String])) {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let by = matches!(character, 'x' | 'X')
            && before.is_ascii_digit()
            && characters.peek().is_some_and(char::is_ascii_digit);
        if is_invisible(character) {
            continue;
        }
        before = character;
        if character.is_alphanumeric() && !by {
            if word.len() < LONGEST_WORD {
                fold(&mut word, character);
            }
            continue;
        }
        if !word.is_empty() {
            words.push(core::mem::take(&mut word));
        }
        let joins = matches!(character, '-' | '‐' | '‑' | '.' | '/' | '_' | '+');
        if !joins && !words.is_empty() {
            each(&words);
            words.clear();
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    if !words.is_empty() {
        each(&words);
    }
}

/// Apostrophes, soft hyphens, characters without width, and accents that follow their letter.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    ) || is_accent(character)
}

const fn is_accent(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

fn fold(word: &mut String, character: char) {
    if character.is_ascii() {
        word.push(character.to_ascii_lowercase());
        return;
    }
    for lower in character.to_lowercase() {
        match lower {
            _ if is_accent(lower) => (),
            'à'..='å' | 'ā' | 'ă' | 'ą' => word.push('a'),
            'æ' => word.push_str("ae"),
            'ç' | 'ć' | 'č' | 'ĉ' => word.push('c'),
            'ď' | 'đ' | 'ð' => word.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => word.push('e'),
            'ğ' | 'ģ' => word.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => word.push('i'),
            'ķ' => word.push('k'),
            'ł' | 'ľ' | 'ļ' => word.push('l'),
            'ñ' | 'ń' | 'ň' | 'ņ' => word.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => word.push('o'),
            'œ' => word.push_str("oe"),
            'ř' => word.push('r'),
            'ß' => word.push_str("ss"),
            'ś' | 'š' | 'ş' | 'ș' => word.push('s'),
            'ť' | 'ţ' | 'ț' => word.push('t'),
            'þ' => word.push_str("th"),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => word.push('u'),
            'ý' | 'ÿ' => word.push('y'),
            'ź' | 'ż' | 'ž' => word.push('z'),
            _ => word.push(lower),
        }
    }
}

/// One stem for the forms of an English or German noun. Two words that share a stem by accident do
/// little harm; two forms of a word that do not would hide products.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let mut stem = word;
    let hissing = ["sses", "xes", "ches", "shes", "zes"];
    if hissing.iter().any(|ending| stem.ends_with(ending)) {
        stem = stem.strip_suffix("es").unwrap_or(stem);
    } else if !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem = stem.strip_suffix('s').unwrap_or(stem);
    }
    // Kerzen, Decken; but linen.
    if stem.len() >= 6 && stem.ends_with("en") {
        stem = stem.strip_suffix('n').unwrap_or(stem);
    }
    // Stuhl and Stühle, candle and candles, berry and berries.
    let shorter = stem
        .strip_suffix("ie")
        .or_else(|| stem.strip_suffix(['e', 'y']));
    stem = shorter.filter(|root| root.len() >= 3).unwrap_or(stem);
    // Knife and knives, shelf and shelves, glove and gloves.
    match stem.strip_suffix('v') {
        Some(root) => Cow::Owned(format!("{root}f")),
        None => Cow::Borrowed(stem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<Vec<String>> {
        let mut chunks = Vec::new();
        each_chunk(text, |words| chunks.push(words.to_vec()));
        chunks
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["candle", "candles"][..],
            &["kerze", "kerzen"],
            &["stuhl", "stuhle"],
            &["tisch", "tische"],
            &["decke", "decken"],
            &["box", "boxes"],
            &["brush", "brushes"],
            &["glass", "glasses"],
            &["berry", "berries"],
            &["cookie", "cookies"],
            &["house", "houses"],
            &["vase", "vases"],
            &["towel", "towels"],
            &["garden", "gardens"],
            &["shelf", "shelves"],
            &["knife", "knives"],
            &["glove", "gloves"],
        ] {
            let stems: Vec<_> = forms.iter().map(|word| stem(word)).collect();
            assert!(
                stems.iter().all(|other| other == &stems[0]),
                "{forms:?} {stems:?}"
            );
        }
        for (one, other) in [("linen", "line"), ("bed", "beds1"), ("planter", "plant")] {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn texts_fall_into_chunks_of_words() {
        assert_eq!(chunks("Räucher\u{AD}männchen"), [["rauchermannchen"]]);
        assert_eq!(
            chunks("bouclé BOUCLE\u{301} Maß"),
            [["boucle"], ["boucle"], ["mass"]]
        );
        assert_eq!(chunks("T-shirt"), [["t", "shirt"]]);
        assert_eq!(chunks("don't"), [["dont"]]);
        assert_eq!(
            chunks("50x50 50 × 70cm"),
            [["50"], ["50"], ["50"], ["70cm"]]
        );
        assert_eq!(chunks("box x-ray")[0], ["box"]);
        assert!(chunks(" \u{0}\u{7} --- ... 🙂🙂 ").is_empty());
        assert_eq!(chunks("茶碗 чашка"), [["茶碗"], ["чашка"]]);
    }

    #[test]
    fn a_query_is_cut_and_loses_its_padding() {
        assert_eq!(query("something for the garden"), [["garden"]]);
        assert_eq!(query("for the").len(), 2);
        assert_eq!(query(&"word ".repeat(1000)).len(), MOST_WORDS);
        assert_eq!(query(&"a-".repeat(1000)).concat().len(), MOST_WORDS);
        assert!(query(&"x".repeat(100_000)).concat()[0].len() <= LONGEST_WORD);
    }
}
