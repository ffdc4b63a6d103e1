//! One message as digits: which of its numbers could be a piece of a card, and what surrounds them.

use core::ops::Range;

use crate::{
    cards::{Cluster, clusters},
    fold::{LETTER, MARK},
    numbers::{byte, byte_before},
    scan::Scan,
    view::View,
};

/// A message with its numbers, spelled ones read as digits.
pub(super) struct Reading {
    pub(super) view: View,
    /// As the view's folded text, with each digit word as its digit and marks.
    pub(super) digits: Vec<u8>,
    /// Words that were read as a digit.
    spelled: Vec<Range<usize>>,
    /// Whether there is nothing but numbers and a few words that lead from one to the next.
    pub(super) bare: bool,
    /// Whether it speaks of payment cards.
    pub(super) of_cards: bool,
    /// How many numbers it has.
    pub(super) numbers: usize,
    /// Those that nothing else explains.
    pub(super) pieces: Vec<Number>,
}

/// A number of a message.
pub(super) struct Number {
    pub(super) cluster: Cluster,
    /// Whether it has the shape of a price, a date or a time.
    pub(super) is_shaped: bool,
}

/// Numbers of one message that are looked at; who writes more tells no card in parts.
const MOST_PIECES: usize = 8;

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let view = View::of(text);
        let (digits, spelled) = with_digit_words_read(&view.folded);
        let words: Vec<String> = words(&digits).map(|(_, word)| word).collect();
        let bare = words
            .iter()
            .all(|word| word.len() == 1 || LEADING.contains(&word.as_str()) || is_of_cards(word));
        let of_cards = words.iter().any(|word| is_of_cards(word));
        let mut pieces = numbers(&digits);
        let count = pieces.len();
        let scan = Scan::of(&digits);
        pieces.retain(|piece| !is_explained(&scan, &piece.cluster) && (bare || !piece.is_shaped));
        pieces.truncate(MOST_PIECES);
        Self {
            view,
            digits,
            spelled,
            bare,
            of_cards,
            numbers: count,
            pieces,
        }
    }

    /// With every number there is, whatever it is called.
    pub(super) fn everything(text: &str) -> Self {
        let mut reading = Self::of(text);
        reading.pieces = numbers(&reading.digits);
        reading
    }

    /// A stretch of digits, with all of the word where its last digit was spelled.
    pub(super) fn whole(&self, range: Range<usize>) -> Range<usize> {
        let end = self
            .spelled
            .iter()
            .find(|word| word.start + 1 == range.end)
            .map_or(range.end, |word| word.end);
        range.start..end
    }
}

fn numbers(digits: &[u8]) -> Vec<Number> {
    let clusters = clusters(digits, 1).into_iter();
    clusters
        .map(|cluster| Number {
            is_shaped: is_shaped(digits, &cluster),
            cluster,
        })
        .collect()
}

/// Letters in a row, with where they stand.
fn words(folded: &[u8]) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == LETTER;
    let mut position = 0;
    folded
        .chunk_by(move |a, b| is_letter(a) == is_letter(b))
        .filter_map(move |chunk| {
            let start = position;
            position += chunk.len();
            chunk.first().is_some_and(is_letter).then(|| {
                let word = chunk
                    .iter()
                    .take(LONGEST_WORD)
                    .map(|byte| char::from(byte.to_ascii_lowercase()));
                (start..position, word.collect())
            })
        })
}

const LONGEST_WORD: usize = 24;

/// The text with digit words read, and where they stood. One alone is a word ("the first four"); two
/// in a row, or one that is all there is, are a number.
fn with_digit_words_read(folded: &[u8]) -> (Vec<u8>, Vec<Range<usize>>) {
    let mut read = folded.to_vec();
    let mut spelled: Vec<Range<usize>> = Vec::new();
    let mut run: Vec<(Range<usize>, u8)> = Vec::new();
    let mut end = 0;
    let mut keep = |run: &mut Vec<(Range<usize>, u8)>, alone: bool| {
        if run.len() > 1 || alone {
            for (range, digit) in run.iter() {
                if let Some(word) = read.get_mut(range.clone()) {
                    word.fill(MARK);
                    if let Some(first) = word.first_mut() {
                        *first = *digit;
                    }
                }
                spelled.push(range.clone());
            }
        }
        run.clear();
    };
    let mut only = true;
    for (range, word) in words(folded) {
        let between = folded.get(end..range.start).unwrap_or_default();
        let touches = between.len() <= 4 && !between.iter().any(u8::is_ascii_digit);
        if !touches && end > 0 {
            keep(&mut run, false);
        }
        end = range.end;
        match digit_word(&word) {
            Some(digit) => run.push((range, digit)),
            None => {
                only = false;
                keep(&mut run, false);
            }
        }
    }
    let alone = only && run.len() == 1 && !folded.iter().any(u8::is_ascii_digit);
    keep(&mut run, alone);
    (read, spelled)
}

/// The digit that a word names in the languages the guard knows, accents folded away.
fn digit_word(word: &str) -> Option<u8> {
    let row = DIGIT_WORDS.iter().zip(b'0'..=b'9');
    let mut row = row.filter(|(names, _)| names.contains(&word));
    row.next().map(|(_, digit)| digit)
}

const DIGIT_WORDS: [&[&str]; 10] = [
    &["zero", "oh", "null", "nul", "cero"],
    &[
        "one", "eins", "ein", "un", "une", "uno", "um", "uma", "een", "jeden",
    ],
    &[
        "two", "zwei", "zwo", "deux", "dos", "due", "dois", "duas", "twee", "dwa",
    ],
    &["three", "drei", "trois", "tres", "tre", "drie", "trzy"],
    &[
        "four", "vier", "quatre", "cuatro", "quattro", "quatro", "cztery",
    ],
    &[
        "five", "funf", "fuenf", "cinq", "cinco", "cinque", "vijf", "piec",
    ],
    &["six", "sechs", "seis", "sei", "zes", "szesc"],
    &[
        "seven", "sieben", "sept", "siete", "sette", "sete", "zeven", "siedem",
    ],
    &["eight", "acht", "huit", "ocho", "otto", "oito", "osiem"],
    &["nine", "neun", "neuf", "nueve", "nove", "negen", "dziewiec"],
];

/// Whether something other than a card explains a number: what it is called, what it counts.
fn is_explained(scan: &Scan<'_>, piece: &Cluster) -> bool {
    let text = scan.folded;
    let (Some(first), Some(last)) = (piece.groups.first(), piece.groups.last()) else {
        return true;
    };
    let before = byte_before(text, first.start);
    let after = byte(text, last.end);
    matches!(before, b'+' | b'#' | b'@')
        || before.is_ascii_alphabetic()
        || after.is_ascii_alphabetic() && !after.eq_ignore_ascii_case(&b'x')
        || is_of_a_shop(scan, first.start)
        || is_date(text, piece)
        || named(text, first.start)
        || counted(text, last.end)
}

/// Whether the number that starts there is called an order, a parcel or an article.
fn is_of_a_shop(scan: &Scan<'_>, start: usize) -> bool {
    let next = scan.pieces.partition_point(|piece| piece.end <= start);
    let piece = scan.pieces.get(next).filter(|piece| piece.start <= start);
    piece.is_some_and(|piece| piece.said.is_of_a_shop())
}

/// Words in front of `position` on the same line, nearest first, in lower case, at most `reach`
/// characters back.
fn words_before(folded: &[u8], position: usize, reach: usize) -> Vec<String> {
    let window = folded
        .get(position.saturating_sub(reach)..position)
        .unwrap_or_default();
    let line = window
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    line.rsplit(|byte| !byte.is_ascii_alphabetic() && *byte != LETTER)
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.iter()
                .map(|byte| char::from(byte.to_ascii_lowercase()))
                .collect()
        })
        .collect()
}

/// "size 42", "€ 50": what stands in front.
fn named(text: &[u8], start: usize) -> bool {
    let near = words_before(text, start, 24);
    let sign = text.get(start.saturating_sub(2)..start).unwrap_or_default();
    // No card begins with a zero: a number that is called one and does is a telephone's.
    let called = near.iter().take(2).any(|word| word.starts_with("num"));
    sign.contains(&b'$')
        || byte(text, start) == b'0' && called
        || near
            .iter()
            .take(2)
            .any(|word| NAMES.contains(&word.as_str()) || COUNTED.contains(&word.as_str()))
}

/// "42 cm", "2 pairs", "5 %".
fn counted(text: &[u8], end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let rest: &[u8] = match rest.iter().take(3).position(|byte| *byte != b' ') {
        Some(first) => rest.get(first..).unwrap_or_default(),
        None => return false,
    };
    if matches!(rest.first(), Some(b'%' | b'$')) {
        return true;
    }
    let word: String = rest
        .iter()
        .take(LONGEST_WORD)
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte == LETTER)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    COUNTED.contains(&word.as_str())
}

/// "49.99", "1.299,00", "12.05.", "18:30", "0171 1234567".
fn is_shaped(text: &[u8], piece: &Cluster) -> bool {
    let lengths: Vec<usize> = piece.groups.iter().map(Range::len).collect();
    let joints: Vec<&[u8]> = piece
        .groups
        .iter()
        .zip(piece.groups.iter().skip(1))
        .map(|(one, next)| text.get(one.end..next.start).unwrap_or_default())
        .collect();
    let first = piece
        .groups
        .first()
        .map_or(0, |first| byte(text, first.start));
    let phone = first == b'0' && (9..=12).contains(&lengths.iter().sum::<usize>());
    phone
        || match (lengths.as_slice(), joints.as_slice()) {
            ([_, 2], [b"." | b"," | b":"]) => true,
            ([_, 3, 2], [b"." | b"," | b"'", b"." | b","]) => true,
            ([1..=2, 1..=2, 2], [a @ (b"." | b"/" | b"-"), b]) => a == b,
            _ => false,
        }
}

/// "12.05.2026", "5/12/2026", "2026-05-12".
fn is_date(text: &[u8], piece: &Cluster) -> bool {
    let [one, two, three] = piece.groups.as_slice() else {
        return false;
    };
    let (year, month, day) = if one.len() == 4 {
        (one, two, three)
    } else {
        (three, two, one)
    };
    let value = |group: &Range<usize>| {
        text.get(group.clone())
            .and_then(|digits| core::str::from_utf8(digits).ok())
            .and_then(|digits| digits.parse::<u16>().ok())
            .unwrap_or_default()
    };
    let small = |group: &Range<usize>| group.len() <= 2 && (1..=31).contains(&value(group));
    let joint = |range: Range<usize>| {
        let between = text.get(range).unwrap_or_default();
        matches!(between, b"." | b". " | b"/" | b"-")
    };
    year.len() == 4
        && (1900..=2100).contains(&value(year))
        && small(month)
        && small(day)
        && (value(month) <= 12 || value(day) <= 12)
        && joint(one.end..two.start)
        && joint(two.end..three.start)
}

fn is_of_cards(word: &str) -> bool {
    CARDS.iter().any(|stem| word.starts_with(stem))
        || ["karte", "kaart", "card"]
            .iter()
            .any(|end| word.ends_with(end))
}

/// How words about payment cards begin. Narrower than for one message: what is said over several is
/// joined only where cards are the matter.
const CARDS: [&str; 18] = [
    "card",
    "credit",
    "debit",
    "visa",
    "mastercard",
    "maestro",
    "amex",
    "cvv",
    "cvc",
    "karte",
    "kredit",
    "carte",
    "tarjeta",
    "carta",
    "cartao",
    "kaart",
    "karta",
    "kart",
];

/// What a number is called when it is no card's.
const NAMES: [&str; 38] = [
    "size",
    "sizes",
    "grosse",
    "taille",
    "talla",
    "taglia",
    "tamanho",
    "maat",
    "rozmiar",
    "phone",
    "mobile",
    "telefon",
    "handy",
    "tel",
    "call",
    "telephone",
    "telefono",
    "zip",
    "postcode",
    "plz",
    "postleitzahl",
    "cap",
    "street",
    "age",
    "aged",
    "since",
    "from",
    "until",
    "seit",
    "depuis",
    "desde",
    "postal",
    "quantity",
    "menge",
    "code",
    "postnummer",
    "kod",
    "room",
];

/// What numbers count.
const COUNTED: [&str; 62] = [
    "eur", "euro", "euros", "usd", "dollar", "dollars", "gbp", "pounds", "pln", "zl", "chf", "cm",
    "mm", "m", "km", "kg", "g", "gr", "lb", "lbs", "oz", "ml", "l", "liter", "litre", "inch",
    "inches", "days", "day", "weeks", "hours", "hour", "minutes", "months", "month", "years",
    "year", "tage", "tagen", "wochen", "stunden", "jahre", "uhr", "h", "am", "pm", "jours",
    "heures", "dias", "giorni", "dagen", "dni", "times", "pairs", "pieces", "pcs", "stuck", "paar",
    "items", "percent", "prozent", "watt",
];

/// Words between the parts of a number.
const LEADING: [&str; 118] = [
    "and",
    "then",
    "next",
    "rest",
    "remaining",
    "last",
    "first",
    "second",
    "third",
    "fourth",
    "final",
    "part",
    "parts",
    "half",
    "digits",
    "digit",
    "numbers",
    "number",
    "no",
    "nr",
    "the",
    "is",
    "are",
    "it",
    "my",
    "here",
    "comes",
    "now",
    "continue",
    "continued",
    "followed",
    "by",
    "finally",
    "ok",
    "okay",
    "yes",
    "so",
    "starts",
    "start",
    "begins",
    "with",
    "ends",
    "end",
    "in",
    "more",
    "four",
    "wait",
    "also",
    "of",
    "this",
    "that",
    "after",
    "to",
    "und",
    "dann",
    "weiter",
    "letzten",
    "ersten",
    "nummer",
    "ziffern",
    "die",
    "der",
    "das",
    "ist",
    "sind",
    "meine",
    "jetzt",
    "noch",
    "geht",
    "danach",
    "zuerst",
    "folgt",
    "et",
    "puis",
    "suite",
    "le",
    "la",
    "les",
    "reste",
    "derniers",
    "premiers",
    "chiffres",
    "numero",
    "est",
    "ensuite",
    "voici",
    "luego",
    "despues",
    "el",
    "los",
    "resto",
    "ultimos",
    "primeros",
    "digitos",
    "es",
    "ahora",
    "poi",
    "il",
    "ultime",
    "prime",
    "cifre",
    "ora",
    "ecco",
    "depois",
    "os",
    "agora",
    "en",
    "dan",
    "de",
    "laatste",
    "eerste",
    "cijfers",
    "nu",
    "volgt",
    "potem",
    "reszta",
    "numer",
    "dalej",
];
