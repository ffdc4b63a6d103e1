//! Check digits, as the standards and the authorities publish them.

/// ISO/IEC 7064 MOD 97-10 of letters and digits, as IBANs use it: what is left over.
pub(crate) fn mod_97(text: impl Iterator<Item = u8>) -> u32 {
    text.fold(0, |rest, byte| {
        let value = value_of(byte);
        if value < 10 {
            (rest * 10 + value) % 97
        } else {
            (rest * 100 + value) % 97
        }
    })
}

/// Digits as they are, A as 10 up to Z as 35.
pub(crate) fn value_of(byte: u8) -> u32 {
    u32::from(match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'Z' => byte - b'A' + 10,
        b'a'..=b'z' => byte - b'a' + 10,
        _ => 0,
    })
}

/// ISO/IEC 7812-1 annex B over digits.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let doubled = value_of(*byte) * if index % 2 == 0 { 1 } else { 2 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|byte| *byte != b'0')
}

/// The sum of the digits, each times its weight.
pub(crate) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(byte, weight)| value_of(*byte) * weight)
        .sum()
}

/// ISO/IEC 7064 MOD 11,10: the German tax id and others.
pub(crate) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((check, number)) = digits.split_last() else {
        return false;
    };
    let product = number.iter().fold(10, |product, byte| {
        let sum = (product + value_of(*byte)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == value_of(*check)
}

/// J. Verhoeff's code over the dihedral group of order ten.
pub(crate) fn verhoeff(digits: &[u8]) -> bool {
    let check = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0_usize, |check, (index, byte)| {
            let digit = usize::from(byte.saturating_sub(b'0'));
            let permuted = PERMUTATION
                .get(index % 8)
                .and_then(|row| row.get(digit))
                .copied()
                .unwrap_or_default();
            product(check, usize::from(permuted))
        });
    check == 0
}

/// Multiplication in the dihedral group.
const fn product(a: usize, b: usize) -> usize {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

const PERMUTATION: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Two digits as a number.
pub(crate) fn pair(text: &[u8], at: usize) -> u32 {
    text.get(at..at + 2)
        .unwrap_or_default()
        .iter()
        .fold(0, |value, byte| value * 10 + value_of(*byte))
}

/// The digits as a number, as far as it fits.
pub(crate) fn number(digits: &[u8]) -> u64 {
    digits
        .iter()
        .take(18)
        .fold(0, |value, byte| value * 10 + u64::from(value_of(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        assert!(luhn(b"79927398713") && !luhn(b"79927398710"));
        assert!(verhoeff(b"2363") && !verhoeff(b"2364"));
        assert!(mod_11_10(b"86095742719") && !mod_11_10(b"86095742718"));
        assert_eq!(mod_97(b"3214282912345698765432161182".iter().copied()), 1);
    }
}
