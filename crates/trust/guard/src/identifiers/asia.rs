//! Numbers of India.

use super::{
    checks::verhoeff,
    national::{Candidate, Strength},
};

pub(super) fn strength(candidate: &Candidate<'_>) -> Option<Strength> {
    let text = candidate.text;
    match text.len() {
        12 if is_aadhaar(candidate) => Some(if candidate.is_grouped(&[4, 8]) {
            Strength::Likely
        } else {
            Strength::Plain
        }),
        10 if is_permanent_account(text) => Some(Strength::Unique),
        _ => None,
    }
}

/// Aadhaar: twelve digits, Verhoeff's check.
fn is_aadhaar(candidate: &Candidate<'_>) -> bool {
    candidate.is_digits()
        && matches!(candidate.text.first(), Some(b'2'..=b'9'))
        && verhoeff(candidate.text)
}

/// Permanent account number: the fourth letter says whose it is.
fn is_permanent_account(text: &[u8]) -> bool {
    text.iter().enumerate().all(|(index, byte)| match index {
        3 => b"ABCFGHLJPT".contains(byte),
        5..=8 => byte.is_ascii_digit(),
        _ => byte.is_ascii_uppercase(),
    })
}
