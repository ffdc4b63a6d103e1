//! Names, places, organisations, titles, nationalities and ages, by a small tagger of our own.
//!
//! A text becomes [`tokens`]; [`lists`] know given names, towns, everyday words, goods and brands;
//! [`features`] turn a token and its neighbours into numbers; [`model`] adds up their weights and
//! finds the best sequence of labels. `training/` has the scripts, the sources and the score.
//!
//! It only advises: a text without a finding is not a text without a name.

use crate::{
    finding::{FindingKind, Recognised},
    postal,
    view::View,
};

pub(crate) mod features;
pub(crate) mod lists;
pub(crate) mod model;
pub(crate) mod tokens;

use lists::Marks;
use model::{KINDS, Labelled, Model};
use tokens::{Form, Token, word_hash};

/// What the tagger sees in a text, in order.
pub(crate) fn find(view: &View) -> Vec<Recognised> {
    let tokens = tokens::tokens(view, lists::lists());
    tagged(&tokens, model::model())
}

/// What the tagger sees in the tokens of a text.
pub(crate) fn tagged(tokens: &[Token], model: Option<&Model>) -> Vec<Recognised> {
    let mut found = model.map_or_else(Vec::new, |model| spans(tokens, &model.labels(tokens)));
    for one in &mut found {
        trim(tokens, one);
    }
    found.retain(|one| is_believed(tokens, one));
    for one in &mut found {
        one.certainty = weighed(tokens, one);
    }
    postal::settled(tokens, found)
}

fn kind(label: usize) -> Option<FindingKind> {
    KINDS.get(label.checked_sub(1)? / 2).copied()
}

fn spans(tokens: &[Token], labels: &[Labelled]) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut open = false;
    for (token, labelled) in tokens.iter().zip(labels) {
        let Some(kind) = kind(labelled.label) else {
            open = false;
            continue;
        };
        let begins = !labelled.label.is_multiple_of(2);
        match found.last_mut().filter(|_| open && !begins) {
            Some(last) if token.form != Form::Break => {
                last.range.end = token.end;
                last.certainty = last.certainty.min(certainty(labelled.margin));
            }
            Some(_) => {}
            None if token.form == Form::Break => {}
            None => found.push(Recognised::new(
                kind,
                token.range(),
                certainty(labelled.margin),
            )),
        }
        open = true;
    }
    found
}

/// Whether there is enough certainty. A shop sells shelves, dresses and plums that are called like
/// people, so one word by itself needs more of it, and more still beside goods.
fn is_believed(tokens: &[Token], one: &Recognised) -> bool {
    if one.kind == FindingKind::Place {
        return is_believed_place(tokens, one);
    }
    if one.kind != FindingKind::Person {
        return true;
    }
    let first = tokens.partition_point(|token| token.start < one.range.start);
    let end = tokens.partition_point(|token| token.start < one.range.end);
    if is_verb(tokens, first, end) {
        return false;
    }
    if is_introduced(tokens, first) || is_signature(tokens, first, end) {
        return one.certainty >= ENOUGH;
    }
    if is_of_goods(tokens, first, end) {
        return one.certainty >= ENOUGH_OF_GOODS;
    }
    if end - first > 1 {
        return one.certainty >= ENOUGH;
    }
    if tokens.get(first).is_some_and(is_dictionary_word) {
        return one.certainty >= ENOUGH_OF_A_WORD;
    }
    let around = tokens
        .get(first.saturating_sub(NEAR)..tokens.len().min(end + NEAR))
        .unwrap_or_default();
    let beside_goods = around
        .iter()
        .any(|token| token.start != one.range.start && is_goods(token));
    // A given name and nothing else is more likely somebody than a word that nobody lists.
    let is_given = is_given_name(tokens.get(first));
    one.certainty
        >= match (beside_goods, is_given) {
            (true, _) => ENOUGH_BESIDE_GOODS,
            (false, true) => ENOUGH_GIVEN_NAME,
            (false, false) => ENOUGH_ALONE,
        }
}

/// How sure it is once the words around it count: a given name with another behind it, and whoever introduces
/// herself or signs, is a person; a word by itself that is no given name may be a slip of the finger
/// ("baskett"), of which a model is as sure.
fn weighed(tokens: &[Token], one: &Recognised) -> u8 {
    if one.kind != FindingKind::Person {
        return one.certainty;
    }
    let first = tokens.partition_point(|token| token.start < one.range.start);
    let end = tokens.partition_point(|token| token.start < one.range.end);
    let is_whole = end - first > 1 && is_given_name(tokens.get(first));
    if is_whole || is_introduced(tokens, first) || is_signature(tokens, first, end) {
        one.certainty.max(INTRODUCED)
    } else if end - first == 1 && !is_given_name(tokens.get(first)) {
        one.certainty.saturating_sub(UNLISTED_ALONE)
    } else {
        one.certainty
    }
}

/// A word that dictionaries have and lists of names have not: "Gießkanne".
fn is_dictionary_word(token: &Token) -> bool {
    let words = Marks::EVERYDAY
        .with(Marks::SELDOM)
        .with(Marks::GOODS_ENDING);
    token.marks.any(words) && !token.marks.any(Marks::NAME)
}

fn is_given_name(token: Option<&Token>) -> bool {
    let given = Marks::GIVEN.with(Marks::GIVEN_COMMON);
    let other = Marks::EVERYDAY
        .with(Marks::GOODS)
        .with(Marks::BRAND)
        .with(Marks::CALENDAR)
        .with(Marks::SELDOM)
        .with(Marks::PLACE);
    token.is_some_and(|token| token.marks.any(given) && !token.marks.any(other))
}

fn is_goods(token: &Token) -> bool {
    let goods = Marks::GOODS.with(Marks::BRAND).with(Marks::GOODS_ENDING);
    // "Lamp" is a surname too, "lamp" is seldom one.
    let names = match token.form {
        Form::Lower => Marks::GIVEN.with(Marks::GIVEN_COMMON),
        _ => Marks::NAME,
    };
    (token.marks.any(goods) || token.phrase.any(goods)) && !token.marks.any(names)
}

/// Whether what is sold stands right before or behind a name, or in it: "the Laura lamp", "Schrank Konrad".
fn is_of_goods(tokens: &[Token], first: usize, end: usize) -> bool {
    let inside = tokens.get(first..end).unwrap_or_default();
    let before = first.checked_sub(1).and_then(|index| tokens.get(index));
    let behind = tokens.get(end).filter(|token| token.form == Form::Lower);
    inside.iter().chain(before).chain(behind).any(is_goods)
}

/// A place begins and ends with a word that is written like a name, or is known as one; an address with
/// nothing of the sentence around it: "it's corso Garibaldi 112, 80142 Napoli, ok".
fn trim(tokens: &[Token], one: &mut Recognised) {
    let first = tokens.partition_point(|token| token.start < one.range.start);
    let end = tokens.partition_point(|token| token.start < one.range.end);
    let inside = tokens.get(first..end).unwrap_or_default();
    let named = |token: &&Token| {
        token.has_capital() || matches!(token.form, Form::Number | Form::Code) || known_place(token)
    };
    let (begin, stop) = match one.kind {
        FindingKind::Place => (inside.iter().find(named), inside.iter().rev().find(named)),
        FindingKind::StreetAddress => {
            let is_cased = inside.iter().any(Token::has_capital);
            let part = |token: &&Token| {
                token.has_capital()
                    || matches!(token.form, Form::Number | Form::Code)
                    || token.marks.any(Marks::STREET_WORD.with(Marks::UNIT))
                    || token.is_word() && !token.marks.any(Marks::EVERYDAY)
                    || token.is_word() && !is_cased && known_place(token)
            };
            let opens = |token: &&Token| {
                (part(token) && (token.form != Form::Lower || token.length() > 1))
                    || token.form == Form::Mark && token.hash == 0x23
            };
            let last = inside.iter().rposition(|token| part(&token));
            // A mark may close a part ("St.").
            let last = last.map(|last| match inside.get(last + 1) {
                Some(next) if next.glued && next.hash == 0x2E => last + 1,
                _ => last,
            });
            (
                inside.iter().find(opens),
                last.and_then(|last| inside.get(last)),
            )
        }
        _ => return,
    };
    if let (Some(begin), Some(stop)) = (begin, stop) {
        one.range = begin.start..stop.end;
    }
}

fn known_place(token: &Token) -> bool {
    let places = Marks::PLACE.with(Marks::SMALL_TOWN);
    token.marks.any(places) || token.phrase.any(places)
}

/// As [`is_believed`]: nobody is harmed by a place, and words that lists do not know are seldom one.
fn is_believed_place(tokens: &[Token], one: &Recognised) -> bool {
    let first = tokens.partition_point(|token| token.start < one.range.start);
    let end = tokens.partition_point(|token| token.start < one.range.end);
    let inside = tokens.get(first..end).unwrap_or_default();
    if is_compound(inside) {
        return false;
    }
    let is_listed = inside.iter().any(known_place);
    let is_written_so = inside.iter().any(|token| token.has_capital());
    one.certainty
        >= match (is_listed, is_written_so) {
            (true, true) => ENOUGH_LISTED,
            (true, false) => ENOUGH,
            (false, true) => ENOUGH_UNLISTED,
            (false, false) => return false,
        }
}

/// "EU-Länder", "Berlin-Reise": what a hyphen ties to a place is the thing that is meant.
fn is_compound(inside: &[Token]) -> bool {
    match inside {
        [place, hyphen, thing] => {
            hyphen.hash == HYPHEN
                && known_place(place)
                && thing.marks.any(Marks::EVERYDAY)
                && !known_place(thing)
        }
        _ => false,
    }
}

const HYPHEN: u64 = 0x2D;

/// Whether a name is announced right in front: "my name is", "Dear", "Frau", "me llamo".
fn is_introduced(tokens: &[Token], first: usize) -> bool {
    let before = |step: usize| first.checked_sub(step).and_then(|index| tokens.get(index));
    let Some(word) = before(1) else { return false };
    word.marks.any(Marks::TITLE)
        || INTRODUCTIONS.contains(&word.hash)
        || before(2).is_some_and(|other| INTRODUCTIONS_OF_TWO.contains(&[other.hash, word.hash]))
}

/// "Ben je een mens?": a verb of Dutch that is a name elsewhere.
fn is_verb(tokens: &[Token], first: usize, end: usize) -> bool {
    let word = tokens.get(first).filter(|_| end - first == 1);
    word.is_some_and(|word| word.hash == BEN)
        && tokens
            .get(end)
            .is_some_and(|next| BEN_WHO.contains(&next.hash))
}

const BEN: u64 = word_hash(b"ben");
const BEN_WHO: [u64; 5] = [
    word_hash(b"je"),
    word_hash(b"jij"),
    word_hash(b"ik"),
    word_hash(b"u"),
    word_hash(b"nu"),
];

/// Whether a name stands below or behind the greeting that ends a message: "Cheers, Dev".
fn is_signature(tokens: &[Token], first: usize, end: usize) -> bool {
    let ends = tokens.get(end).is_none_or(|token| {
        token.form == Form::Break || token.form == Form::Mark && end + 1 == tokens.len()
    });
    let before = |step: usize| first.checked_sub(step).and_then(|index| tokens.get(index));
    let greeting = before(1).and_then(|token| match token.form {
        Form::Break | Form::Mark => before(2),
        _ => Some(token),
    });
    let greeting = greeting.and_then(|token| match token.form {
        Form::Mark => before(3),
        _ => Some(token),
    });
    ends && greeting.is_some_and(|token| GREETINGS_AT_THE_END.contains(&token.hash))
}

const INTRODUCTIONS_OF_TWO: [[u64; 2]; 11] = [
    [word_hash(b"i"), word_hash(b"am")],
    [word_hash(b"this"), word_hash(b"is")],
    [word_hash(b"ich"), word_hash(b"bin")],
    [word_hash(b"je"), word_hash(b"suis")],
    [word_hash(b"ik"), word_hash(b"ben")],
    [word_hash(b"eu"), word_hash(b"sou")],
    [word_hash(b"name"), word_hash(b"is")],
    [word_hash(b"naam"), word_hash(b"is")],
    [word_hash(b"name"), word_hash(b"ist")],
    [word_hash(b"nome"), word_hash(b"e")],
    [word_hash(b"nazywam"), word_hash(b"sie")],
];
const INTRODUCTIONS: [u64; 26] = [
    word_hash(b"soy"),
    word_hash(b"sono"),
    word_hash(b"heise"),
    word_hash(b"heisse"),
    word_hash(b"appelle"),
    word_hash(b"llamo"),
    word_hash(b"chiamo"),
    word_hash(b"dear"),
    word_hash(b"hi"),
    word_hash(b"hello"),
    word_hash(b"hallo"),
    word_hash(b"liebe"),
    word_hash(b"lieber"),
    word_hash(b"cher"),
    word_hash(b"chere"),
    word_hash(b"bonjour"),
    word_hash(b"hola"),
    word_hash(b"ciao"),
    word_hash(b"beste"),
    word_hash(b"heet"),
    word_hash(b"ola"),
    word_hash(b"caro"),
    word_hash(b"cara"),
    word_hash(b"czesc"),
    word_hash(b"imie"),
    word_hash(b"familie"),
];
const GREETINGS_AT_THE_END: [u64; 32] = [
    word_hash(b"cheers"),
    word_hash(b"thanks"),
    word_hash(b"thx"),
    word_hash(b"regards"),
    word_hash(b"wishes"),
    word_hash(b"love"),
    word_hash(b"best"),
    word_hash(b"sincerely"),
    word_hash(b"yours"),
    word_hash(b"lg"),
    word_hash(b"vg"),
    word_hash(b"mfg"),
    word_hash(b"grus"),
    word_hash(b"gruse"),
    word_hash(b"grusen"),
    word_hash(b"danke"),
    word_hash(b"merci"),
    word_hash(b"cordialement"),
    word_hash(b"bises"),
    word_hash(b"saludo"),
    word_hash(b"saludos"),
    word_hash(b"gracias"),
    word_hash(b"saluti"),
    word_hash(b"grazie"),
    word_hash(b"obrigado"),
    word_hash(b"obrigada"),
    word_hash(b"cumprimentos"),
    word_hash(b"groet"),
    word_hash(b"groetjes"),
    word_hash(b"groeten"),
    word_hash(b"pozdrawiam"),
    word_hash(b"dziekuje"),
];

const INTRODUCED: u8 = 66;
const UNLISTED_ALONE: u8 = 10;
const ENOUGH: u8 = 52;
const ENOUGH_GIVEN_NAME: u8 = 64;
const ENOUGH_ALONE: u8 = 69;
const ENOUGH_BESIDE_GOODS: u8 = 68;
const ENOUGH_OF_GOODS: u8 = 85;
const ENOUGH_OF_A_WORD: u8 = 82;
const ENOUGH_LISTED: u8 = 50;
const ENOUGH_UNLISTED: u8 = 73;
/// Tokens to either side in which goods count.
const NEAR: usize = 4;

/// A margin in hundredths of certainty.
fn certainty(margin: i32) -> u8 {
    u8::try_from((50 + margin / 60).clamp(1, 99)).unwrap_or(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, kind: FindingKind) -> Vec<String> {
        let view = View::of(text);
        find(&view)
            .into_iter()
            .filter(|one| one.kind == kind)
            .map(|one| view.text(one.range).to_owned())
            .collect()
    }

    #[test]
    fn people_are_found_where_they_are_named() {
        for (text, name) in [
            (
                "My name is Rosalind Achterberg and my parcel is late.",
                "Rosalind Achterberg",
            ),
            ("Ich heiße Friedhelm Wackernagel.", "Friedhelm Wackernagel"),
            ("Je m'appelle Solène Desrosiers.", "Solène Desrosiers"),
            ("Me llamo Itziar Goñi.", "Itziar Goñi"),
            ("Mi chiamo Fiorenza Baldacci.", "Fiorenza Baldacci"),
            (
                "my name is ingrid haugland and i want to return it",
                "ingrid haugland",
            ),
        ] {
            assert_eq!(found(text, FindingKind::Person), [name], "{text}");
        }
    }

    #[test]
    fn goods_are_nobody() {
        for text in [
            "Is the Black-eyed Susan still in stock?",
            "I ordered the Chelsea boots in size 42.",
            "Handy lädt nicht, Ladegerät defekt.",
            "Do you sell Dr. Martens?",
            "Wann kommt die Bettwäsche wieder?",
        ] {
            assert_eq!(found(text, FindingKind::Person), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_country_alone_is_a_place() {
        assert_eq!(
            found("Do you ship to Austria?", FindingKind::Place),
            ["Austria"]
        );
        assert_eq!(
            found("Do you ship to Austria?", FindingKind::StreetAddress),
            [""; 0]
        );
    }

    #[test]
    fn the_longest_texts_end() {
        for piece in [
            "A. ",
            "Mr. Jo Day ",
            "12 ",
            "\n",
            "a",
            "É-",
            "St. 1, ",
            "Åse\n> ",
        ] {
            let text = piece.repeat(1_000_000 / piece.len());
            let view = View::of(&text);
            for one in find(&view) {
                assert!(one.range.start < one.range.end && one.range.end <= view.folded.len());
            }
        }
    }
}
