//! Recovery codes: ten of them, written down for the day on which a device is lost.
//!
//! This module makes them and reads them. It never stores one, and neither does anybody else: what is
//! kept is a keyed hash of [`RecoveryCode::normal`] and of whose it is, which the caller makes. A code
//! is shown once, and taken once.

use terms::{Rng, Secret};

use crate::base32::{CROCKFORD, letter};

/// How many are given out together.
pub const CODES: usize = 10;

/// Ten letters of five bits: 50 bits that cannot be guessed.
const LETTERS: usize = 10;

/// The longest text that is looked at, in bytes; a code with spaces round it is far shorter.
const LONGEST: usize = 64;

/// A code, as it was made or as somebody typed it.
#[derive(Debug)]
pub struct RecoveryCode(Secret<String>);

/// Ten codes, for the one time that they are shown. The hashes of these take the place of all that were
/// kept before.
#[must_use]
pub fn fresh(rng: &dyn Rng) -> [RecoveryCode; CODES] {
    core::array::from_fn(|_| {
        let mut bits = [0; LETTERS];
        rng.fill(&mut bits);
        let mut normal = String::with_capacity(LETTERS);
        // There are 256 bytes to 32 letters: each is as likely as the other.
        normal.extend(bits.iter().map(|bits| letter(*bits, CROCKFORD)));
        RecoveryCode(Secret::new(normal))
    })
}

impl RecoveryCode {
    /// Reads what somebody typed or pasted: in either case, with or without dashes and spaces. `O` is
    /// read as zero, `I` and `L` as one, which no code has. `None` when it is no code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut normal = String::with_capacity(LONGEST);
        for typed in text.chars().filter(|typed| !is_between(*typed)) {
            let letter = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let known = CROCKFORD.iter().any(|known| char::from(*known) == letter);
            if !known {
                return None;
            }
            normal.push(letter);
        }
        (normal.len() == LETTERS).then(|| Self(Secret::new(normal)))
    }

    /// The one spelling that is hashed: ten letters, without the dash.
    #[must_use]
    pub const fn normal(&self) -> &Secret<String> {
        &self.0
    }

    /// As it is shown and printed: `7KQ2M-9XTRD`.
    #[must_use]
    pub fn shown(&self) -> Secret<String> {
        let mut shown = String::with_capacity(LETTERS + 1);
        for (index, letter) in self.0.expose().chars().enumerate() {
            if index == LETTERS / 2 {
                shown.push('-');
            }
            shown.push(letter);
        }
        Secret::new(shown)
    }
}

/// Spaces, and the dashes that a keyboard or a word processor makes of one.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
