//! Card numbers made up by the published rules, each in every disguise: none may come through.

use guard::gate::{self, Pseudonyms};
use terms::Untrusted;

use super::speed::number;
use crate::eval::say;

/// How a number is written.
type Disguise = fn(&[u8]) -> String;

pub(super) const DISGUISES: [(&str, Disguise); 20] = [
    ("plain", |digits| joined(digits, "")),
    ("in fours", |digits| grouped(digits, " ")),
    ("hyphens", |digits| grouped(digits, "-")),
    ("dots", |digits| grouped(digits, ".")),
    ("slashes", |digits| grouped(digits, "/")),
    ("lines", |digits| grouped(digits, "\n")),
    ("digit by digit", |digits| joined(digits, " ")),
    ("commas", |digits| joined(digits, ", ")),
    ("no-break spaces", |digits| grouped(digits, "\u{a0}")),
    ("zero-width spaces", |digits| joined(digits, "\u{200b}")),
    ("direction marks", |digits| grouped(digits, "\u{202e}")),
    ("full width", |digits| shifted(digits, '\u{ff10}')),
    ("Arabic", |digits| shifted(digits, '\u{660}')),
    ("Devanagari", |digits| shifted(digits, '\u{966}')),
    ("mathematical", |digits| shifted(digits, '\u{1d7ce}')),
    ("English words", |digits| spelled(digits, &ENGLISH)),
    ("German words", |digits| spelled(digits, &GERMAN)),
    ("Spanish words", |digits| spelled(digits, &SPANISH)),
    ("character references", |digits| {
        digits
            .iter()
            .map(|digit| format!("&#{};", 48 + digit))
            .collect()
    }),
    ("percent-encoded", |digits| {
        digits.iter().map(|digit| format!("%3{digit}")).collect()
    }),
];

const ENGLISH: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];
const GERMAN: [&str; 10] = [
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
];
const SPANISH: [&str; 10] = [
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
];

/// What stands around the number.
const SENTENCES: [(&str, &str); 6] = [
    ("", ""),
    ("my card is ", ", thanks"),
    ("please charge ", " 04/29"),
    ("Hallo, hier ist sie: ", " und danke"),
    ("pago con ", "."),
    ("(", ")"),
];

/// Prefix and length, as issuers give them out.
const ISSUED: [(&str, usize); 12] = [
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("2720", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
    ("3528", 16),
    ("36", 14),
    ("62", 16),
    ("6304", 16),
];

/// How many came through, whole or in part, of `each` numbers in each disguise.
pub(super) fn missed(each: usize, show: bool) -> f64 {
    let mut missed = 0;
    let mut chance = Chance(0x5eed_ca4d);
    for (name, disguise) in DISGUISES {
        for round in 0..each {
            let digits = card(&mut chance);
            let written = disguise(&digits);
            let (before, after) = SENTENCES
                .get(round % SENTENCES.len())
                .copied()
                .unwrap_or_default();
            let text = format!("{before}{written}{after}");
            let admitted =
                match gate::inbound(Untrusted::new(text.clone()), &mut Pseudonyms::default()) {
                    Ok(inbound) => inbound.admitted.as_str().to_owned(),
                    Err(_) => continue,
                };
            // More than the number may go with it, such as a date beside it; nothing of it may stay.
            let kept = admitted.replace(gate::CARD_MARK, "");
            let mut around = before.chars().chain(after.chars());
            let around = kept.chars().all(|one| around.any(|other| other == one));
            if kept == admitted || !around {
                missed += 1;
                if show {
                    say(&format!(
                        "card missed, {name}: {text:?} became {admitted:?}"
                    ));
                }
            }
        }
    }
    number(missed)
}

/// SplitMix64: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }

    fn digit(&mut self) -> u8 {
        u8::try_from(self.below(10)).unwrap_or_default()
    }
}

/// The digits of a card with its check digit (ISO/IEC 7812-1 annex B).
fn card(chance: &mut Chance) -> Vec<u8> {
    let issued = usize::try_from(chance.below(12)).unwrap_or_default();
    let (prefix, length) = ISSUED.get(issued).copied().unwrap_or(("4", 16));
    let mut digits: Vec<u8> = prefix.bytes().map(|byte| byte - b'0').collect();
    while digits.len() < length - 1 {
        digits.push(chance.digit());
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(*digit);
            match at % 2 {
                0 => digit * 2 / 10 + digit * 2 % 10,
                _ => digit,
            }
        })
        .sum();
    digits.push(u8::try_from((10 - sum % 10) % 10).unwrap_or_default());
    digits
}

fn joined(digits: &[u8], between: &str) -> String {
    let digits: Vec<String> = digits.iter().map(ToString::to_string).collect();
    digits.join(between)
}

fn grouped(digits: &[u8], between: &str) -> String {
    let sizes: &[usize] = match digits.len() {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4],
    };
    let mut rest = digits;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, others) = rest.split_at((*size).min(rest.len()));
        groups.push(joined(group, ""));
        rest = others;
    }
    groups.join(between)
}

fn shifted(digits: &[u8], zero: char) -> String {
    let digit = |digit: &u8| char::from_u32(u32::from(zero) + u32::from(*digit));
    digits.iter().filter_map(digit).collect()
}

fn spelled(digits: &[u8], words: &[&str; 10]) -> String {
    let words: Vec<&str> = digits
        .iter()
        .filter_map(|digit| words.get(usize::from(*digit)).copied())
        .collect();
    words.join(" ")
}
