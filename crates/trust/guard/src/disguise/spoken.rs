//! Numbers in words and marks in words: "four one one one", "doppelt vier", "ada at example dot
//! com", and marks with blanks around them.

use super::{Draft, Reading};
use crate::{
    fold::MARK,
    numbers::{byte, byte_before},
    scan::Scan,
    view::View,
    vocabulary::{Topics, is_letter},
};

/// Numerals in a row from which on they are more than a quantity.
const FEWEST_NUMERALS: usize = 3;
/// Between two numerals of a row, in characters.
const WIDEST_GAP: usize = 24;

pub(super) fn read(view: &View, scan: &Scan<'_>) -> Option<Reading> {
    let numerals = has_numerals(scan);
    let marks = scan.mentions.iter().any(|mention| {
        mention
            .topics
            .meets(Topics::SPELLED_AT.with(Topics::SPELLED_DOT))
    }) || has_spaced_mark(&view.folded);
    if !numerals && !marks {
        return None;
    }
    let mut speech = Speech {
        folded: &view.folded,
        characters: view.clean().chars().collect(),
        draft: Draft::new(view.folded.len()),
        position: 0,
        numerals,
        marks,
    };
    speech.read();
    speech.draft.finished()
}

fn has_numerals(scan: &Scan<'_>) -> bool {
    let mut row = 0;
    let mut end = 0;
    for mention in &scan.mentions {
        if mention.topics.meets(Topics::NUMERAL) {
            row = if mention.start <= end + WIDEST_GAP {
                row + 1
            } else {
                1
            };
            end = mention.end;
            if row >= FEWEST_NUMERALS {
                return true;
            }
        }
    }
    false
}

/// " @ ", which is no name of somebody on a network.
fn has_spaced_mark(folded: &[u8]) -> bool {
    folded
        .windows(3)
        .any(|three| matches!(three, [b' ', b'@', _] | [_, b'@', b' ']))
}

struct Speech<'view> {
    folded: &'view [u8],
    characters: Vec<char>,
    draft: Draft,
    position: usize,
    numerals: bool,
    marks: bool,
}

impl Speech<'_> {
    fn read(&mut self) {
        while self.position < self.folded.len() {
            let start = self.position;
            let opens = !is_letter(byte_before(self.folded, start));
            let bracket = matches!(byte(self.folded, start), b'(' | b'[' | b'{' | b'<' | b'_');
            if self.marks && (opens || bracket) && self.mark() {
                continue;
            }
            if self.numerals
                && opens
                && is_letter(byte(self.folded, start))
                && let Some((digits, end)) = number(self.folded, start)
            {
                self.draft.change(&digits, start..end);
                self.position = end;
                self.gap(true);
                continue;
            }
            let seen = byte(self.folded, start);
            if let Some(character) = self.characters.get(start) {
                self.draft.keep(*character, start);
            }
            self.position += 1;
            if self.numerals
                && seen.is_ascii_digit()
                && !byte(self.folded, start + 1).is_ascii_digit()
            {
                self.gap(false);
            }
        }
    }

    /// Leaves out what stands between two parts of a number of which one is in words.
    fn gap(&mut self, counted: bool) {
        let rest = self.folded.get(self.position..).unwrap_or_default();
        let width = rest
            .iter()
            .take(4)
            .take_while(|byte| matches!(**byte, b' ' | b',' | b'-' | b'.' | b'\n' | MARK))
            .count();
        let next = self.position + width;
        if width == 0 || width > 3 {
            return;
        }
        let word = is_letter(byte(self.folded, next)) && number(self.folded, next).is_some();
        let figure = counted && byte(self.folded, next).is_ascii_digit();
        if word || figure {
            self.position = next;
        }
    }

    /// Reads a mark in words, or one with blanks around it.
    fn mark(&mut self) -> bool {
        let start = self.position;
        let (word, end, bracketed) = word(self.folded, start);
        let Some(read) = meaning(&word, bracketed) else {
            return false;
        };
        if !bracketed && read.perhaps && !self.is_dictated(start, end, read.mark) {
            return false;
        }
        self.draft.tighten();
        self.draft.change(read.mark, start..end);
        self.position = end;
        while byte(self.folded, self.position) == b' ' {
            self.position += 1;
        }
        true
    }

    /// Whether an ordinary word is a mark here: "at" when a dot in words follows it soon; a dot when
    /// letters or digits stand on both sides of it.
    fn is_dictated(&self, start: usize, end: usize, mark: &str) -> bool {
        let before = self.folded.get(..start).unwrap_or_default();
        let after = self.folded.get(end..).unwrap_or_default();
        let sides = matches!(before, [.., one, b' ' | b'_'] if one.is_ascii_alphanumeric())
            && matches!(after, [b' ' | b'_', one, ..] if one.is_ascii_alphanumeric());
        if mark != "@" {
            return sides;
        }
        let window = after.get(..after.len().min(48)).unwrap_or_default();
        let line = window
            .split(|byte| matches!(byte, b'\n' | b',' | b'?' | b'!'))
            .next();
        let mut words = line
            .unwrap_or_default()
            .split(|byte| *byte == b' ')
            .map(|word| {
                word.iter()
                    .filter(|byte| is_letter(**byte))
                    .map(u8::to_ascii_lowercase)
                    .collect::<Vec<u8>>()
            })
            .filter(|word| !word.is_empty())
            .skip(1)
            .take(5)
            .peekable();
        // "Meet me at the dot on the map": nothing is called ".on".
        let mut dictated = false;
        while let Some(word) = words.next() {
            let top = words.peek().is_some_and(|next| is_top_level(next));
            dictated |= top && DOTS.contains(&word.as_slice());
        }
        sides && dictated
    }
}

/// Whether domains end so, by the public suffix list or by RFC 2606.
fn is_top_level(word: &[u8]) -> bool {
    matches!(word, b"example" | b"test" | b"invalid" | b"localhost")
        || psl::suffix(word).is_some_and(|suffix| suffix.is_known())
}

struct Mark {
    mark: &'static str,
    /// Whether it is an ordinary word as well.
    perhaps: bool,
}

const DOTS: [&[u8]; 9] = [
    b"dot", b"punkt", b"punto", b"point", b"ponto", b"kropka", b"punt", b"pkt", b"period",
];

/// The word that starts there, lower case, in its brackets when it has any, and where it ends.
fn word(folded: &[u8], start: usize) -> (Vec<u8>, usize, bool) {
    let close = match byte(folded, start) {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        b'_' => b'_',
        _ => 0,
    };
    let inner = start + usize::from(close != 0);
    let rest = folded.get(inner..).unwrap_or_default();
    if close == 0
        && let [mark @ (b'@' | b'.'), b' ', next, ..] = rest
        && byte_before(folded, start) == b' '
        && next.is_ascii_alphanumeric()
    {
        return (vec![*mark], start + 1, false);
    }
    let letters: Vec<u8> = rest
        .iter()
        .take(16)
        .take_while(|byte| is_letter(**byte) || (close != 0 && matches!(byte, b'.' | b'@')))
        .map(u8::to_ascii_lowercase)
        .collect();
    let end = inner + letters.len();
    let bracketed = close != 0 && byte(folded, end) == close;
    if close != 0 && !bracketed {
        return (Vec::new(), start, false);
    }
    if letters == b"guion"
        && folded
            .get(end..end + 5)
            .is_some_and(|rest| rest.eq_ignore_ascii_case(b" bajo"))
    {
        return (b"underscore".to_vec(), end + 5, false);
    }
    (letters, end + usize::from(bracketed), bracketed)
}

fn meaning(word: &[u8], bracketed: bool) -> Option<Mark> {
    let (mark, perhaps) = match word {
        b"at" => ("@", true),
        b"a" if bracketed => ("@", false),
        b"@" | b"arroba" | b"arobase" | b"chiocciola" | b"klammeraffe" | b"affenschwanz"
        | b"malpa" | b"apenstaartje" | b"apestaartje" => ("@", false),
        b"." => (".", false),
        b"underscore" | b"unterstrich" | b"underline" => ("_", true),
        b"minus" | b"dash" | b"hyphen" | b"bindestrich" | b"guion" => ("-", true),
        word if DOTS.contains(&word) => (".", true),
        _ => return None,
    };
    Some(Mark { mark, perhaps })
}

/// The digits that words say from a position on, and where they end.
fn number(folded: &[u8], start: usize) -> Option<(String, usize)> {
    let (word, end) = letters(folded, start)?;
    if let Some(times) = times(&word) {
        let (next, next_end) = letters(folded, skip(folded, end))?;
        let digit = unit(&next)?;
        return Some((digit.to_string().repeat(times), next_end));
    }
    if matches!(word.as_slice(), b"plus" | b"mas" | b"piu") {
        let (next, _) = letters(folded, skip(folded, end))?;
        return unit(&next).map(|_| ("+".to_owned(), end));
    }
    if let Some(digit) = unit(&word) {
        return Some((digit.to_string(), end));
    }
    if let Some(number) = teen(&word) {
        return Some((number.to_string(), end));
    }
    if let Some(ten) = tens(&word) {
        let mut at = skip(folded, end);
        let (mut next, mut next_end) = letters(folded, at).unwrap_or_default();
        if matches!(next.as_slice(), b"y" | b"e" | b"and") {
            at = skip(folded, next_end);
            (next, next_end) = letters(folded, at).unwrap_or_default();
        }
        return Some(match unit(&next).filter(|digit| *digit > 0) {
            Some(digit) => ((ten * 10 + digit).to_string(), next_end),
            None => ((ten * 10).to_string(), end),
        });
    }
    german(&word).map(|number| (number.to_string(), end))
}

fn skip(folded: &[u8], end: usize) -> usize {
    end + usize::from(matches!(byte(folded, end), b' ' | b'-'))
}

const LONGEST_NUMERAL: usize = 20;

/// The whole word there, lower case.
fn letters(folded: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
    let rest = folded.get(start..)?;
    let word: Vec<u8> = rest
        .iter()
        .take(LONGEST_NUMERAL + 1)
        .take_while(|byte| is_letter(**byte))
        .map(u8::to_ascii_lowercase)
        .collect();
    let end = start + word.len();
    (1..=LONGEST_NUMERAL)
        .contains(&word.len())
        .then_some((word, end))
}

fn times(word: &[u8]) -> Option<usize> {
    Some(match word {
        b"double" | b"doppel" | b"doppelt" | b"zweimal" | b"doble" | b"doppio" | b"duplo" => 2,
        b"triple" | b"treble" | b"dreifach" | b"dreimal" | b"triplo" => 3,
        b"quadruple" | b"vierfach" | b"viermal" | b"cuadruple" => 4,
        _ => return None,
    })
}

fn among(word: &[u8], lists: &[&str]) -> Option<u32> {
    let word = core::str::from_utf8(word).ok()?;
    let found = |list: &&str| list.split(' ').any(|one| one == word);
    lists
        .iter()
        .position(found)
        .and_then(|index| u32::try_from(index).ok())
}

/// English, German, Spanish, French, Italian, Portuguese, Dutch and Polish, without accents.
fn unit(word: &[u8]) -> Option<u32> {
    among(
        word,
        &[
            "zero oh null cero nul",
            "one eins ein uno un um een jeden",
            "two zwei zwo dos deux due dois twee dwa",
            "three drei tres trois tre drie trzy",
            "four vier cuatro quatre quattro quatro cztery",
            "five funf fuenf cinco cinq cinque vijf piec",
            "six sechs seis sei zes szesc",
            "seven sieben siete sept sette sete zeven siedem",
            "eight acht ocho huit otto oito osiem",
            "nine neun nueve neuf nove negen dziewiec",
        ],
    )
}

fn teen(word: &[u8]) -> Option<u32> {
    among(
        word,
        &[
            "ten zehn diez dix dieci dez tien",
            "eleven elf once onze undici",
            "twelve zwolf doce douze dodici doze twaalf",
            "thirteen dreizehn trece treize tredici treze dertien",
            "fourteen vierzehn catorce quatorze quattordici veertien",
            "fifteen funfzehn quince quinze quindici vijftien",
            "sixteen sechzehn dieciseis seize sedici zestien",
            "seventeen siebzehn diecisiete diciassette zeventien",
            "eighteen achtzehn dieciocho diciotto achttien",
            "nineteen neunzehn diecinueve diciannove negentien",
        ],
    )
    .map(|index| index + 10)
}

fn tens(word: &[u8]) -> Option<u32> {
    among(
        word,
        &[
            "twenty zwanzig veinte vingt venti vinte twintig",
            "thirty dreissig dreisig treinta trente trenta trinta dertig",
            "forty fourty vierzig cuarenta quarante quaranta quarenta veertig",
            "fifty funfzig cincuenta cinquante cinquanta cinquenta vijftig",
            "sixty sechzig sesenta soixante sessanta sessenta zestig",
            "seventy siebzig setenta settanta zeventig",
            "eighty achtzig ochenta ottanta oitenta tachtig",
            "ninety neunzig noventa novanta negentig",
        ],
    )
    .map(|index| index + 2)
}

/// "zweiundvierzig".
fn german(word: &[u8]) -> Option<u32> {
    let at = word.windows(3).position(|three| three == b"und")?;
    let ten = tens(word.get(at + 3..)?)?;
    let digit = unit(word.get(..at)?)?;
    Some(ten * 10 + digit)
}
