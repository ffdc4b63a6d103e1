//! A text in tokens: words, numbers, single marks and line breaks, with what the lists know of each.

use core::ops::{Range, RangeInclusive};

use super::lists::{LONGEST_PHRASE, Lists, Marks};
use crate::{
    fold::{LETTER, MARK},
    view::View,
};

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Lower,
    /// One capital letter.
    Initial,
    Capitalised,
    Capitals,
    /// Capitals inside: "McDonald", "iPhone".
    Mixed,
    Number,
    /// Letters and digits.
    Code,
    Mark,
    Break,
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// In visible characters.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) form: Form,
    /// Of the folded word in lower case; of a mark, the mark itself; of a number, its length.
    pub(crate) hash: u64,
    /// What the lists say of the word itself.
    pub(crate) marks: Marks,
    /// What the lists say of the phrase it stands in.
    pub(crate) phrase: Marks,
    /// Whether it stands right behind the token before it.
    pub(crate) glued: bool,
    /// Whether a letter of it has an accent, or is of another alphabet.
    pub(crate) foreign: bool,
    /// The first letters and the last ones, folded, in lower case.
    pub(crate) head: [u8; 4],
    pub(crate) tail: [u8; 4],
}

impl Token {
    pub(crate) const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) const fn length(&self) -> usize {
        self.end - self.start
    }

    pub(crate) const fn is_word(&self) -> bool {
        matches!(self.form, Form::Lower) || self.has_capital()
    }

    pub(crate) const fn has_capital(&self) -> bool {
        matches!(
            self.form,
            Form::Initial | Form::Capitalised | Form::Capitals | Form::Mixed
        )
    }
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const STEP: u64 = 0x0000_0100_0000_01B3;

/// One more value into a hash.
pub(crate) const fn mixed(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(21) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The hash of a word in small ASCII letters, as tokens have it.
#[expect(
    clippy::as_conversions,
    reason = "`u64::from` is not const; nothing is lost"
)]
pub(crate) const fn word_hash(word: &[u8]) -> u64 {
    let mut hash = SEED;
    let mut rest = word;
    while let [first, others @ ..] = rest {
        hash = (hash ^ *first as u64).wrapping_mul(STEP);
        rest = others;
    }
    hash
}

/// The tokens of a text, with the marks of `lists`.
pub(crate) fn tokens(view: &View, lists: &Lists) -> Vec<Token> {
    let mut found = split(view);
    for token in &mut found {
        if token.is_word() {
            token.marks = lists.marks(token.hash);
            if ends_like_a_street(token) {
                token.marks = token.marks.with(Marks::STREET_ENDING);
            }
            if token.marks.without(Marks::SELDOM) == Marks(0) && ends_like_goods(view, token, lists)
            {
                token.marks = token.marks.with(Marks::GOODS_ENDING);
            }
        }
    }
    mark_phrases(&mut found, lists);
    found
}

fn ends_like_a_street(token: &Token) -> bool {
    token.length() >= 6 && STREET_TAILS.contains(&token.tail)
}

/// Whether a word that nobody lists is put together as German and Dutch do it, its last part being what is sold.
/// INVARIANT: looks at a bounded number of characters.
fn ends_like_goods(view: &View, token: &Token, lists: &Lists) -> bool {
    const SHORTEST: usize = 7;
    const ENDINGS: RangeInclusive<usize> = 4..=12;
    if token.length() < SHORTEST {
        return false;
    }
    let letters = view.folded.get(token.range()).unwrap_or_default();
    ENDINGS.rev().any(|length| {
        let begin = letters
            .len()
            .checked_sub(length)
            .filter(|begin| *begin >= 3);
        let ending = begin.and_then(|begin| letters.get(begin..));
        ending.is_some_and(|ending| {
            let marks = lists.marks(word_hash(&ending.to_ascii_lowercase()));
            marks.any(Marks::GOODS) && !marks.any(Marks::NAME)
        })
    })
}

/// The ends of "Goethestraße", "Lindenweg", "Vasagatan" and the like.
const STREET_TAILS: [[u8; 4]; 26] = [
    *b"rase", *b"asse", *b"nstr", *b"rstr", *b"nweg", *b"rweg", *b"gweg", *b"dweg", *b"llee",
    *b"latz", *b"damm", *b"ufer", *b"raat", *b"laan", *b"lein", *b"atan", *b"agen", *b"gade",
    *b"evej", *b"svej", *b"veie", *b"gata", *b"katu", *b"anav", *b"utca", *b"stig",
];

/// Reads words, numbers, marks and breaks. Hidden characters are gone from a view already.
fn split(view: &View) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(view.folded.len() / 4);
    let mut open: Option<Open> = None;
    let mut glued = false;
    let characters = view.clean().chars().zip(view.folded.iter().copied());
    for (position, (character, folded)) in characters.enumerate() {
        let lower = folded.to_ascii_lowercase();
        if lower.is_ascii_lowercase() || folded == LETTER || folded.is_ascii_digit() {
            open.get_or_insert_with(|| Open::at(position, glued))
                .add(character, lower);
            continue;
        }
        if folded == MARK && open.is_some() {
            continue;
        }
        if let Some(word) = open.take() {
            found.push(word.closed(position));
            glued = true;
        }
        match folded {
            b' ' | b'\t' => glued = false,
            b'\n' => {
                glued = false;
                match found.last_mut() {
                    Some(last) if last.form == Form::Break => {
                        last.end = position + 1;
                        last.hash = 2;
                    }
                    _ => found.push(single(position, Form::Break, 1, false)),
                }
            }
            _ => {
                found.push(single(position, Form::Mark, u64::from(folded), glued));
                glued = true;
            }
        }
    }
    if let Some(word) = open {
        found.push(word.closed(view.folded.len()));
    }
    found
}

const fn single(position: usize, form: Form, hash: u64, glued: bool) -> Token {
    Token {
        start: position,
        end: position + 1,
        form,
        hash,
        marks: Marks(0),
        phrase: Marks(0),
        glued,
        foreign: false,
        head: [0; 4],
        tail: [0; 4],
    }
}

/// A word or a number that is being read.
struct Open {
    start: usize,
    glued: bool,
    hash: u64,
    letters: usize,
    digits: usize,
    capitals: usize,
    first_is_capital: bool,
    foreign: bool,
    head: [u8; 4],
    tail: [u8; 4],
}

impl Open {
    const fn at(start: usize, glued: bool) -> Self {
        Self {
            start,
            glued,
            hash: SEED,
            letters: 0,
            digits: 0,
            capitals: 0,
            first_is_capital: false,
            foreign: false,
            head: [0; 4],
            tail: [0; 4],
        }
    }

    fn add(&mut self, character: char, lower: u8) {
        let value = if lower == LETTER {
            lower_of_other(character)
        } else {
            u64::from(lower)
        };
        self.hash = (self.hash ^ value).wrapping_mul(STEP);
        if let Some(slot) = self.head.get_mut(self.letters + self.digits) {
            *slot = lower;
        }
        self.tail.rotate_left(1);
        if let Some(last) = self.tail.last_mut() {
            *last = lower;
        }
        if lower.is_ascii_digit() {
            self.digits += 1;
            return;
        }
        self.foreign |= !character.is_ascii();
        if character.is_uppercase() {
            self.capitals += 1;
            self.first_is_capital |= self.letters == 0;
        }
        self.letters += 1;
    }

    fn closed(self, end: usize) -> Token {
        let form = match (self.letters, self.digits, self.capitals) {
            (0, ..) => Form::Number,
            (_, 1.., _) => Form::Code,
            (.., 0) => Form::Lower,
            (1, _, 1) => Form::Initial,
            (_, _, 1) if self.first_is_capital => Form::Capitalised,
            (letters, _, capitals) if letters == capitals => Form::Capitals,
            _ => Form::Mixed,
        };
        let hash = if form == Form::Number {
            u64::try_from(self.digits.min(20)).unwrap_or_default()
        } else {
            self.hash
        };
        let mut token = single(self.start, form, hash, self.glued);
        token.end = end;
        token.foreign = self.foreign;
        token.head = self.head;
        token.tail = self.tail;
        token
    }
}

/// Greek and Cyrillic capitals as their small letters; anything else as it is.
fn lower_of_other(character: char) -> u64 {
    let code = u64::from(u32::from(character));
    match code {
        0xC6 | 0xD0 | 0xDE | 0x0391..=0x03A9 | 0x0410..=0x042F => code + 32,
        0x0400..=0x040F => code + 80,
        _ => code,
    }
}

/// The hash of a phrase of which `hash` is the beginning.
pub(crate) const fn phrase_hash(hash: u64, next: u64) -> u64 {
    mixed(hash, next)
}

/// Writes on every token what the lists say of the longest phrase that begins at or before it.
fn mark_phrases(found: &mut [Token], lists: &Lists) {
    let mut position = 0;
    while let Some(token) = found.get(position) {
        let longest = (2..=LONGEST_PHRASE)
            .rev()
            .find(|words| token.marks.any(Marks::begins(*words)));
        let known = longest.and_then(|longest| phrase_at(found, position, longest, lists));
        let Some((end, marks)) = known else {
            position += 1;
            continue;
        };
        for token in found.iter_mut().take(end).skip(position) {
            token.phrase = marks;
        }
        position = end;
    }
}

fn phrase_at(
    found: &[Token],
    start: usize,
    longest: usize,
    lists: &Lists,
) -> Option<(usize, Marks)> {
    let mut best = None;
    let mut hash = 0;
    let mut words = 0;
    // Marks between the words of a phrase do not count: "Marc O'Polo", "Jack & Jones".
    for (step, token) in found.iter().skip(start).take(2 * longest).enumerate() {
        match token.form {
            Form::Mark if matches!(token.hash, 0x26 | 0x27 | 0x2D | 0x2E) => continue,
            Form::Mark | Form::Break => break,
            _ => {}
        }
        hash = if words == 0 {
            token.hash
        } else {
            phrase_hash(hash, token.hash)
        };
        words += 1;
        if words > 1 {
            let marks = lists.marks(hash).classes();
            if marks != Marks(0) {
                best = Some((start + step + 1, marks));
            }
        }
        if words == longest {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, Form)> {
        let view = View::of(text);
        tokens(&view, &Lists::default())
            .iter()
            .map(|token| (view.text(token.range()).to_owned(), token.form))
            .collect()
    }

    #[test]
    fn words_numbers_marks_and_breaks() {
        let shown = shown("Zoë O'Neil-McRae\n\n12 A3 ул. J");
        let texts: Vec<&str> = shown.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Zoë", "O", "'", "Neil", "-", "McRae", "\n\n", "12", "A3", "ул", ".", "J"
            ]
        );
        let forms: Vec<Form> = shown.iter().map(|(_, form)| *form).collect();
        assert_eq!(
            forms,
            [
                Form::Capitalised,
                Form::Initial,
                Form::Mark,
                Form::Capitalised,
                Form::Mark,
                Form::Mixed,
                Form::Break,
                Form::Number,
                Form::Code,
                Form::Lower,
                Form::Mark,
                Form::Initial
            ]
        );
    }

    #[test]
    fn spelling_does_not_change_a_word() {
        let view = View::of("ZOË zoe ΝΙΚΟΣ νικοσ ИВАН иван");
        let found = tokens(&view, &Lists::default());
        let hashes: Vec<u64> = found.iter().map(|token| token.hash).collect();
        for pair in hashes.chunks(2) {
            assert_eq!(pair.first(), pair.last());
        }
    }
}
