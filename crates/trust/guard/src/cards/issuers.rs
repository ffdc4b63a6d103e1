//! Which numbers issuers give out.

use core::ops::Range;

/// The check digit of ISO/IEC 7812-1.
pub(crate) fn luhn(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(*digit);
            if index % 2 == 0 {
                digit
            } else {
                digit * 2 / 10 + digit * 2 % 10
            }
        })
        .sum();
    sum.is_multiple_of(10) && number.iter().any(|digit| *digit != 0)
}

/// Prefixes of issuers (six digits, first and last of a range) and the lengths they use.
const ISSUERS: [(u32, u32, Range<u32>); 33] = [
    (400_000, 499_999, 13..14), // Visa
    (400_000, 499_999, 16..17),
    (400_000, 499_999, 19..20),
    (510_000, 559_999, 16..17), // Mastercard
    (222_100, 272_099, 16..17),
    (340_000, 349_999, 15..16), // American Express
    (370_000, 379_999, 15..16),
    (300_000, 305_999, 14..15), // Diners Club
    (309_500, 309_599, 14..15),
    (360_000, 369_999, 14..15),
    (380_000, 399_999, 14..15),
    (300_000, 305_999, 16..20),
    (360_000, 369_999, 16..20),
    (380_000, 399_999, 16..20), // also Hipercard 3841
    (352_800, 358_999, 16..20), // JCB
    (350_000, 359_999, 16..17),
    (213_100, 213_199, 15..16),
    (180_000, 180_099, 15..16),
    (601_100, 601_199, 16..20), // Discover
    (644_000, 659_999, 16..20),
    (620_000, 629_999, 16..20), // UnionPay
    (810_000, 829_999, 16..20), // UnionPay, RuPay
    (600_000, 699_999, 16..17), // RuPay, Elo, Hipercard, InstaPayment and others
    (500_000, 509_999, 12..20), // Maestro, Verve, Elo
    (560_000, 589_999, 12..20),
    (630_400, 630_499, 12..20),
    (639_000, 639_099, 12..20),
    (670_000, 679_999, 12..20),
    (60_400, 60_499, 12..20),
    (220_000, 220_599, 16..20), // Mir, Borica
    (979_200, 979_299, 16..17), // Troy
    (860_000, 860_099, 16..17), // Uzcard
    (986_000, 986_099, 16..17), // Humo
];

/// The lengths that issuers with the prefix of a number use, one bit each.
pub(crate) fn issued_lengths(number: &[u8]) -> u32 {
    let prefix = number
        .iter()
        .take(6)
        .fold(0_u32, |prefix, digit| prefix * 10 + u32::from(*digit));
    ISSUERS
        .iter()
        .filter(|(low, high, _)| (*low..=*high).contains(&prefix))
        .flat_map(|(_, _, lengths)| lengths.clone())
        .fold(0, |bits, length| bits | (1 << length))
}
