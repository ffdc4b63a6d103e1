//! Numbers that European states give people, each by its published rules.

use super::{
    checks::{luhn, mod_11_10, number, pair, value_of, weighted},
    national::{Candidate, Strength},
};

pub(super) fn strength(candidate: &Candidate<'_>) -> Option<Strength> {
    use Strength::{Likely, Plain, Unique};
    let text = candidate.text;
    let digits = candidate.is_digits();
    let grouped = |breaks: &[usize]| candidate.is_grouped(breaks);
    match text.len() {
        8 if irish(text) => Some(Likely),
        9 if spanish_foreigner(text) || british_insurance(text) => Some(Unique),
        9 if spanish(text) || irish(text) => Some(Likely),
        9 if spanish_company(text) => Some(Plain),
        9 if digits && (dutch(text) || portuguese(text)) => Some(Plain),
        10 if digits && austrian(text) => Some(if grouped(&[4]) { Likely } else { Plain }),
        10 if digits && swedish(text) => Some(if matches!(candidate.mark_behind(6), b'-' | b'+') {
            Unique
        } else {
            Plain
        }),
        10 if digits && british_health(text) => Some(Plain),
        10 if digits && polish_tax(text) => Some(if grouped(&[3, 6, 8]) || grouped(&[3, 5, 7]) {
            Likely
        } else {
            Plain
        }),
        10 if german_card(text) => Some(Plain),
        11 if digits && belgian(text) => {
            Some(if text.len() == 11 && candidate.mark_behind(2) == b'.' {
                Unique
            } else {
                Likely
            })
        }
        11 if digits && polish(text) => Some(Likely),
        11 if digits && german_tax(text) => Some(if grouped(&[2, 5, 8]) { Likely } else { Plain }),
        12 if german_insurance(text) => Some(Unique),
        12 if digits && long_swedish(text) => Some(Likely),
        13 if digits && romanian(text) => Some(Likely),
        15 if french(text) => Some(Unique),
        16 if italian(text) => Some(Unique),
        _ => None,
    }
}

/// The first `letters` characters are letters, the next `digits` are digits.
fn is_shaped(text: &[u8], shape: &[u8]) -> bool {
    text.len() == shape.len()
        && text.iter().zip(shape).all(|(byte, kind)| match kind {
            b'L' => byte.is_ascii_uppercase(),
            b'D' => byte.is_ascii_digit(),
            _ => true,
        })
}

fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Identifikationsnummer, § 139b AO: one digit twice or three times among the first ten.
fn german_tax(text: &[u8]) -> bool {
    let first = text.get(..10).unwrap_or_default();
    let mut counts = [0_u8; 10];
    for byte in first {
        if let Some(count) = counts.get_mut(usize::from(byte.saturating_sub(b'0'))) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|count| **count > 1).count();
    let most = counts.iter().max().copied().unwrap_or_default();
    text.first() != Some(&b'0') && repeated == 1 && most <= 3 && mod_11_10(text)
}

/// The serial number of an identity card or a passport, with its check digit (ICAO 9303).
fn german_card(text: &[u8]) -> bool {
    const LETTERS: &[u8] = b"CFGHJKLMNPRTVWXYZ";
    let Some((check, serial)) = text.split_last() else {
        return false;
    };
    let known = serial
        .iter()
        .all(|byte| byte.is_ascii_digit() || LETTERS.contains(byte));
    let weights = [7, 3, 1, 7, 3, 1, 7, 3, 1];
    known
        && serial.first().is_some_and(u8::is_ascii_uppercase)
        && check.is_ascii_digit()
        && weighted(serial, &weights) % 10 == value_of(*check)
}

/// Versicherungsnummer of the pension insurance, VKVV: area, birthday, letter, serial, check digit.
fn german_insurance(text: &[u8]) -> bool {
    if !is_shaped(text, b"DDDDDDDDLDDD") {
        return false;
    }
    let written: Vec<u8> = text
        .iter()
        .take(11)
        .flat_map(|byte| {
            let value = u8::try_from(value_of(*byte)).unwrap_or_default();
            let letter = byte.is_ascii_uppercase();
            let value = if letter { value - 9 } else { value };
            let tens = letter.then_some(b'0' + value / 10);
            tens.into_iter().chain([b'0' + value % 10])
        })
        .collect();
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let sum: u32 = written
        .iter()
        .zip(weights)
        .map(|(byte, weight)| {
            let product = value_of(*byte) * weight;
            product / 10 + product % 10
        })
        .sum();
    let check = text.last().map(|byte| value_of(*byte));
    is_day(pair(text, 4), pair(text, 2)) && check == Some(sum % 10)
}

/// Numéro d'inscription au répertoire: sex, year, month, place, order, key.
fn french(text: &[u8]) -> bool {
    let place = text.get(5..7).unwrap_or_default();
    let (corsican, less) = match place {
        b"2A" => (true, 1_000_000),
        b"2B" => (true, 2_000_000),
        _ => (false, 0),
    };
    let digits: Vec<u8> = text
        .iter()
        .enumerate()
        .map(|(index, byte)| if corsican && index == 6 { b'0' } else { *byte })
        .collect();
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let month = pair(&digits, 3);
    let known = (1..=12).contains(&month) || (20..=42).contains(&month) || month >= 50;
    let body = number(digits.get(..13).unwrap_or_default());
    let key = 97 - body.saturating_sub(less) % 97;
    matches!(text.first(), Some(b'1'..=b'4' | b'7' | b'8'))
        && known
        && u64::from(pair(&digits, 13)) == key
}

/// Codice fiscale with its check character; digits may be letters where two people would share one.
fn italian(text: &[u8]) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3,
        6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    let digit = |byte: u8| byte.is_ascii_digit() || b"LMNPQRSTUV".contains(&byte);
    let shaped = text.iter().enumerate().all(|(index, byte)| match index {
        6 | 7 | 9 | 10 | 12..=14 => digit(*byte),
        8 => b"ABCDEHLMPRST".contains(byte),
        _ => byte.is_ascii_uppercase(),
    });
    let sum: u32 = text
        .iter()
        .take(15)
        .enumerate()
        .map(|(index, byte)| {
            let value = value_of(*byte);
            if index % 2 == 0 {
                usize::try_from(value)
                    .ok()
                    .and_then(|value| ODD.get(value).copied())
                    .unwrap_or_default()
            } else if byte.is_ascii_digit() {
                value
            } else {
                value - 10
            }
        })
        .sum();
    let check = text.last().map(|byte| value_of(*byte));
    shaped && check == Some(sum % 26 + 10)
}

const SPANISH_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn spanish_letter(body: u64, letter: Option<&u8>) -> bool {
    let index = usize::try_from(body % 23).unwrap_or_default();
    letter.is_some() && SPANISH_LETTERS.get(index) == letter
}

/// Documento nacional de identidad.
fn spanish(text: &[u8]) -> bool {
    is_shaped(text, b"DDDDDDDDL")
        && spanish_letter(number(text.get(..8).unwrap_or_default()), text.last())
}

/// Número de identidad de extranjero.
fn spanish_foreigner(text: &[u8]) -> bool {
    let lead = match text.first() {
        Some(b'X') => 0,
        Some(b'Y') => 10_000_000,
        Some(b'Z') => 20_000_000,
        _ => return false,
    };
    is_shaped(text, b"LDDDDDDDL")
        && spanish_letter(
            lead + number(text.get(1..8).unwrap_or_default()),
            text.last(),
        )
}

/// Número de identificación fiscal of those who are no natural persons, and of some who are.
fn spanish_company(text: &[u8]) -> bool {
    let body = text.get(1..8).unwrap_or_default();
    let Some((first, last)) = text.first().zip(text.last()) else {
        return false;
    };
    if !b"ABCDEFGHJKLMNPQRSUVW".contains(first) || !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(index, byte)| {
            let value = value_of(*byte) * if index % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    let check = (10 - sum % 10) % 10;
    let letter = usize::try_from(check)
        .ok()
        .and_then(|check| b"JABCDEFGHI".get(check));
    value_of(*last) == check || Some(last) == letter
}

/// Burgerservicenummer: the "elfproef".
fn dutch(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let sum = weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum % 11 == value_of(*check)
}

/// Número de identificação fiscal.
fn portuguese(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let rest = weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let expected = if rest < 2 { 0 } else { 11 - rest };
    matches!(text.first(), Some(b'1'..=b'3' | b'5' | b'6' | b'8' | b'9'))
        && expected == value_of(*check)
}

/// PESEL: birthday with the century in the month, serial, check digit.
fn polish(text: &[u8]) -> bool {
    let month = pair(text, 2);
    let sum = weighted(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    is_day(if month > 20 { month - 20 } else { month }, pair(text, 4)) && sum.is_multiple_of(10)
}

/// NIP.
fn polish_tax(text: &[u8]) -> bool {
    let sum = weighted(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    text.last().map(|byte| value_of(*byte)) == Some(sum)
}

/// Personnummer; sixty is added to the day of those who are not registered.
fn swedish(text: &[u8]) -> bool {
    let day = pair(text, 4);
    is_day(pair(text, 2), if day > 60 { day - 60 } else { day }) && luhn(text)
}

fn long_swedish(text: &[u8]) -> bool {
    matches!(pair(text, 0), 18..=20) && text.get(2..).is_some_and(swedish)
}

/// Rijksregisternummer: the check counts from 97, with a 2 in front for those born since 2000.
fn belgian(text: &[u8]) -> bool {
    let body = number(text.get(..9).unwrap_or_default());
    let check = u64::from(pair(text, 9));
    let day = pair(text, 2) == 0 || is_day(pair(text, 2) % 20, pair(text, 4).max(1));
    day && [body, body + 2_000_000_000]
        .iter()
        .any(|body| 97 - body % 97 == check)
}

/// Sozialversicherungsnummer: serial, check digit, birthday.
fn austrian(text: &[u8]) -> bool {
    let sum = weighted(text, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
    let check = text.get(3).map(|byte| value_of(*byte));
    is_day(pair(text, 6), pair(text, 4)) && text.first() != Some(&b'0') && check == Some(sum)
}

/// Cod numeric personal.
fn romanian(text: &[u8]) -> bool {
    let sum = weighted(text, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let expected = if sum == 10 { 1 } else { sum };
    let county = pair(text, 7);
    matches!(text.first(), Some(b'1'..=b'8'))
        && is_day(pair(text, 3), pair(text, 5))
        && ((1..=52).contains(&county) || county == 70)
        && text.last().map(|byte| value_of(*byte)) == Some(expected)
}

/// Personal public service number: seven digits, check letter, and perhaps a second letter.
fn irish(text: &[u8]) -> bool {
    let shaped = is_shaped(text, b"DDDDDDDL") || is_shaped(text, b"DDDDDDDLL");
    let second = text.get(8).map_or(0, |letter| match letter {
        b'A'..=b'I' => value_of(*letter) - 9,
        _ => 0,
    });
    let known = text
        .get(8)
        .is_none_or(|letter| matches!(letter, b'A'..=b'I' | b'T' | b'W' | b'X'));
    let sum = weighted(text.get(..7).unwrap_or_default(), &[8, 7, 6, 5, 4, 3, 2]) + second * 9;
    let check = match sum % 23 {
        0 => b'W',
        rest => b'A' + u8::try_from(rest).unwrap_or_default() - 1,
    };
    shaped && known && text.get(7) == Some(&check)
}

/// National Insurance number: HMRC's rules for prefixes.
fn british_insurance(text: &[u8]) -> bool {
    let prefix = text.get(..2).unwrap_or_default();
    let letters = |forbidden: &[u8], at: usize| {
        prefix
            .get(at)
            .is_some_and(|letter| !forbidden.contains(letter))
    };
    is_shaped(text, b"LLDDDDDDL")
        && letters(b"DFIQUV", 0)
        && letters(b"DFIOQUV", 1)
        && ![&b"BG"[..], b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].contains(&prefix)
        && matches!(text.last(), Some(b'A'..=b'D'))
}

/// NHS number.
fn british_health(text: &[u8]) -> bool {
    let sum = weighted(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let check = (11 - sum) % 11;
    check < 10 && text.last().map(|byte| value_of(*byte)) == Some(check)
}
