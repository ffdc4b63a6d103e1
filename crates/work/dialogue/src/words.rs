//! Words as the planner compares them: lower case, without marks, with room for a slip of the
//! finger.

/// A message in sentences, each a list of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<String>,
    /// Whether it ended with a question mark.
    pub(crate) asks: bool,
    /// Whether it ended with a comma: what follows goes on with it.
    pub(crate) goes_on: bool,
    /// The sentence as it was written.
    pub(crate) text: String,
}

/// Splits a text at sentence ends, commas and line breaks. Placeholders of personal values are no
/// words.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut current = Sentence::default();
    let mut word = String::new();
    let mut in_placeholder = false;
    let end_word = |current: &mut Sentence, word: &mut String| {
        if !word.is_empty() {
            current.words.push(core::mem::take(word));
        }
    };
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '[' => in_placeholder = true,
            ']' if in_placeholder => in_placeholder = false,
            _ if in_placeholder
                && (character.is_ascii_uppercase()
                    || character.is_ascii_digit()
                    || character == '_') =>
            {
                continue;
            }
            _ => in_placeholder = false,
        }
        // Whoever sets a face there has said what she said.
        if matches!(character, '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}') {
            end_word(&mut current, &mut word);
            finish(&mut sentences, &mut current);
            continue;
        }
        let decimal =
            matches!(character, '.' | ',') && characters.peek().is_some_and(char::is_ascii_digit);
        if matches!(character, '.' | '!' | '?' | ';' | ',' | '\n' | ':' | '…') && !decimal {
            end_word(&mut current, &mut word);
            current.asks |= character == '?';
            current.goes_on = matches!(character, ',' | ':');
            if character != ',' && character != ':' || !current.words.is_empty() {
                finish(&mut sentences, &mut current);
            }
            continue;
        }
        current.text.push(character);
        // "A-10760" is one word: the number of an order.
        let joins = character == '-'
            && (1..=4).contains(&word.len())
            && word.chars().all(char::is_alphabetic)
            && characters.peek().is_some_and(char::is_ascii_digit);
        match character {
            '-' if joins => {}
            '\'' | '’' | '‘' | '`' | '´' => {}
            _ if character.is_alphanumeric() => push_folded(&mut word, character),
            _ if is_mark(character) => {}
            _ => end_word(&mut current, &mut word),
        }
    }
    end_word(&mut current, &mut word);
    finish(&mut sentences, &mut current);
    sentences
}

fn finish(sentences: &mut Vec<Sentence>, current: &mut Sentence) {
    let done = core::mem::take(current);
    if !done.words.is_empty() {
        sentences.push(done);
    } else if done.asks
        && let Some(last) = sentences.last_mut()
    {
        last.asks = true; // "!?" ends one sentence
    }
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

fn push_folded(word: &mut String, character: char) {
    for lower in character.to_lowercase() {
        match lower {
            'à'..='æ' | 'ā' | 'ă' | 'ą' => word.push('a'),
            'ç' | 'ć' | 'č' => word.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => word.push('e'),
            'ì'..='ï' | 'ı' => word.push('i'),
            'ł' => word.push('l'),
            'ñ' | 'ń' | 'ň' => word.push('n'),
            'ò'..='ö' | 'ø' | 'ő' => word.push('o'),
            'ß' => word.push_str("ss"),
            'ś' | 'š' => word.push('s'),
            'ù'..='ü' | 'ű' | 'ů' => word.push('u'),
            'ý' | 'ÿ' => word.push('y'),
            'ź' | 'ż' | 'ž' => word.push('z'),
            _ if is_mark(lower) => {}
            _ => word.push(lower),
        }
    }
}

/// Words shorter than this are compared letter by letter: too many short words differ in one.
const FEWEST_LETTERS_FOR_A_SLIP: usize = 5;
/// Beginnings shorter than this are compared letter by letter.
pub(crate) const FEWEST_LETTERS_OF_A_BEGINNING: usize = FEWEST_LETTERS_FOR_A_SLIP + 1;
/// In words of this length and more, two neighbours may be swapped.
const FEWEST_LETTERS_FOR_A_SWAP: usize = 4;
/// No word of a lexicon is longer; a longer one is not compared for slips.
const LONGEST_WORD: usize = 24;

/// In words of this length and more, two slips are forgiven.
const FEWEST_LETTERS_FOR_TWO: usize = 8;

/// Whether a typed word is the expected one, up to a slip: a letter too many, too few, another
/// one, or two swapped; up to two of them in a long word. The first letter is right.
pub(crate) fn is_same(expected: &str, typed: &str) -> bool {
    // Most words of a lexicon are told apart by their first letter: this is what is done most often.
    if expected.as_bytes().first() != typed.as_bytes().first() {
        return false;
    }
    if expected == typed {
        return true;
    }
    if typed.len() > LONGEST_WORD {
        return false;
    }
    is_alike(expected, typed)
        || is_doubled(expected, typed)
        || contracted(typed).is_some_and(|typed| expected == typed || is_alike(expected, &typed))
}

fn is_alike(expected: &str, typed: &str) -> bool {
    let (expected, typed) = (expected.as_bytes(), typed.as_bytes());
    // A slip changes the length by one letter at most.
    match expected.len().abs_diff(typed.len()) {
        0 | 1 => {}
        2 if expected.len() >= FEWEST_LETTERS_FOR_TWO => {}
        _ => return false,
    }
    (expected.len() >= FEWEST_LETTERS_FOR_A_SWAP && is_swapped(expected, typed))
        || (expected.len() >= FEWEST_LETTERS_FOR_A_SLIP && is_one_letter_off(expected, typed))
        || (expected.len() >= FEWEST_LETTERS_FOR_TWO
            && typed.len() + 2 >= FEWEST_LETTERS_FOR_TWO
            && slips(expected, typed) <= 2)
}

/// "rugg" is a rug, "coffe" is coffee: a letter written twice, or once.
fn is_doubled(expected: &str, typed: &str) -> bool {
    const SHORTEST: usize = 3;
    let once = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    expected.len().min(typed.len()) >= SHORTEST
        && expected.len() != typed.len()
        && once(expected) == once(typed)
}

/// "koennen" is "konnen", as "können" folds to.
pub(crate) fn contracted(typed: &str) -> Option<String> {
    let mut pairs = typed.as_bytes().windows(2);
    let has = pairs.any(|pair| matches!(pair, b"ae" | b"oe" | b"ue"));
    has.then(|| {
        typed
            .replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u")
    })
}

/// How many letters are to be put in, left out, changed or swapped with their neighbour. Both are short.
fn slips(one: &[u8], other: &[u8]) -> usize {
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut current: Vec<usize> = Vec::with_capacity(width);
    for (row, letter) in one.iter().enumerate() {
        current.clear();
        current.push(row + 1);
        for (column, typed) in other.iter().enumerate() {
            let at =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(letter != typed);
            let mut fewest = changed
                .min(at(&last, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(typed)
                && other.get(column - 1) == Some(letter);
            if swapped {
                fewest = fewest.min(at(&before, column - 1) + 1);
            }
            current.push(fewest);
        }
        core::mem::swap(&mut before, &mut last);
        core::mem::swap(&mut last, &mut current);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

/// Whether a typed word begins as expected, up to a slip in a beginning that is long enough.
pub(crate) fn begins_same(beginning: &str, typed: &str) -> bool {
    if typed.starts_with(beginning) {
        return true;
    }
    if beginning.len() < FEWEST_LETTERS_OF_A_BEGINNING || typed.len() > LONGEST_WORD {
        return false;
    }
    (beginning.len() - 1..=beginning.len() + 1)
        .filter_map(|length| typed.get(..length))
        .any(|start| {
            is_one_letter_off(beginning.as_bytes(), start.as_bytes())
                || is_swapped(beginning.as_bytes(), start.as_bytes())
        })
}

fn is_swapped(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = after_common_start(a, b);
    matches!((a, b), ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 && a == b)
}

fn is_one_letter_off(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = after_common_start(a, b);
    let (a_next, b_next) = (a.get(1..), b.get(1..));
    (a_next.is_some() && a_next == b_next) || a_next == Some(b) || Some(a) == b_next
}

fn after_common_start<'word>(a: &'word [u8], b: &'word [u8]) -> (&'word [u8], &'word [u8]) {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven() {
        for typed in ["person", "persn", "persson", "pesron", "persin", "persons"] {
            assert!(is_same("person", typed), "{typed}");
        }
        for typed in ["per", "prsn", "qerson", "personal", "reason"] {
            assert!(!is_same("person", typed), "{typed}");
        }
        assert!(!is_same("ship", "shop"));
    }

    #[test]
    fn sentences_and_words() {
        let found = sentences("Hi, I'd like… a Größe 4.5?! Mail [EMAIL_1] please");
        let words: Vec<_> = found
            .iter()
            .map(|sentence| sentence.words.join(" "))
            .collect();
        assert_eq!(words, ["hi", "id like", "a grosse 4 5", "mail please"]);
        assert_eq!(
            found
                .iter()
                .map(|sentence| sentence.asks)
                .collect::<Vec<_>>(),
            [false, false, true, false]
        );
    }
}
