//! Numbers of Canada and Brazil; those of the United States have kinds of their own.

use super::{
    checks::{luhn, value_of, weighted},
    national::{Candidate, Strength},
};

pub(super) fn strength(candidate: &Candidate<'_>) -> Option<Strength> {
    if !candidate.is_digits() {
        return None;
    }
    let text = candidate.text;
    match text.len() {
        9 if canadian(text) => Some(Strength::Plain),
        11 if brazilian(text) => {
            let written = candidate.mark_behind(3) == b'.' && candidate.mark_behind(9) == b'-';
            Some(if written {
                Strength::Unique
            } else {
                Strength::Plain
            })
        }
        14 if brazilian_company(text) => {
            let written = candidate.mark_behind(8) == b'/';
            Some(if written {
                Strength::Unique
            } else {
                Strength::Plain
            })
        }
        _ => None,
    }
}

/// Social insurance number; none begins with 0 or 8.
fn canadian(text: &[u8]) -> bool {
    !matches!(text.first(), Some(b'8')) && luhn(text)
}

fn check_digit(sum: u32) -> u32 {
    match sum % 11 {
        rest if rest < 2 => 0,
        rest => 11 - rest,
    }
}

fn ends_in(text: &[u8], first: &[u32], second: &[u32]) -> bool {
    let checks = [weighted(text, first), weighted(text, second)].map(check_digit);
    text.iter()
        .skip(first.len())
        .map(|byte| value_of(*byte))
        .eq(checks)
}

/// Cadastro de Pessoas Físicas.
fn brazilian(text: &[u8]) -> bool {
    ends_in(
        text,
        &[10, 9, 8, 7, 6, 5, 4, 3, 2],
        &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
    )
}

/// Cadastro Nacional da Pessoa Jurídica.
fn brazilian_company(text: &[u8]) -> bool {
    ends_in(
        text,
        &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2],
        &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2],
    )
}
