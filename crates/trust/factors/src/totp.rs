//! One-time codes of authenticator apps: RFC 6238 over RFC 4226, with SHA-1, six digits and thirty
//! seconds, which is what every app can do.
//!
//! SHA-1 is not asked to be free of collisions here: in HMAC nobody has found a way round it (RFC 6194
//! §3.3), and some apps pass over a request for another hash and show codes that never fit.
//!
//! A code is six digits of which three are right at any time: who may try without end finds one. How
//! often somebody may try is the caller's, and so is keeping the secret sealed.

mod qr;

use core::time::Duration;

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    hmac::{self, HMAC_SHA1_FOR_LEGACY_USE_ONLY},
};
use terms::{Rng, Secret, Timestamp};

use crate::base32;
pub use qr::{QrCode, QrError};

/// How long a code is shown.
pub const PERIOD: Duration = Duration::from_secs(30);
const PERIOD_MILLIS: i64 = 30_000;

const DIGITS: usize = 6;

/// So many steps may a clock be off, either way.
const DRIFT: i64 = 1;

/// The secret that an app and this house share.
#[derive(Debug)]
pub struct TotpSecret(Secret<[u8; 20]>);

/// Which thirty seconds since 1970 a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(i64);

impl Step {
    #[must_use]
    pub const fn at(moment: Timestamp) -> Self {
        Self(moment.millis().div_euclid(PERIOD_MILLIS))
    }

    /// From where it is kept.
    #[must_use]
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// To keep it.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl TotpSecret {
    /// 160 bits, as RFC 4226 §4 recommends.
    #[must_use]
    pub fn fresh(rng: &dyn Rng) -> Self {
        let mut bytes = [0; 20];
        rng.fill(&mut bytes);
        Self(Secret::new(bytes))
    }

    #[must_use]
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Secret::new(bytes))
    }

    /// The bytes to seal and keep.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 20] {
        self.0.expose()
    }

    /// For those who type it: base32 in groups of four.
    #[must_use]
    pub fn for_typing(&self) -> Secret<String> {
        let letters = base32::encoded(self.expose());
        let mut text = String::with_capacity(40);
        for (index, letter) in letters.expose().chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        Secret::new(text)
    }

    /// For those who scan it: the address that authenticator apps open. `issuer` is the shop and
    /// `account` what tells accounts apart; both are shown by the app. A colon would end the issuer's
    /// name there and is left out, and so is what is behind 40 and 64 characters.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> Secret<String> {
        let issuer = percent_encoded(issuer, 40);
        let account = percent_encoded(account, 64);
        let secret = base32::encoded(self.expose());
        let secret = secret.expose();
        Secret::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
        ))
    }

    /// The code of a step (RFC 4226 §5.3). A step before 1970 has none.
    fn code(&self, step: Step) -> Option<[u8; DIGITS]> {
        let counter = u64::try_from(step.number()).ok()?;
        let key = hmac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.expose());
        let tag = hmac::sign(&key, &counter.to_be_bytes());
        let tag = tag.as_ref();
        // The lower half of the last byte says where the four bytes are that count.
        let offset = usize::from(tag.last()? & 0x0f);
        let four = tag.get(offset..)?.first_chunk()?;
        let mut number = u32::from_be_bytes(*four) & 0x7fff_ffff;
        let mut digits = [b'0'; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit += u8::try_from(number % 10).ok()?;
            number /= 10;
        }
        Some(digits)
    }
}

/// Whether a code is one of now, or of one step before or after. Gives back the step to keep as
/// `last_used_step`.
///
/// INVARIANT: a step is taken once, and none that is older than one that was taken (RFC 6238 §5.2). The
/// caller keeps the step in the transaction in which it acts on the code.
#[must_use]
pub fn check(
    secret: &TotpSecret,
    code: &str,
    now: Timestamp,
    last_used_step: Option<Step>,
) -> Option<Step> {
    let now = Step::at(now).number();
    let mut found = None;
    // All three are worked out and compared, whichever fits.
    for drift in -DRIFT..=DRIFT {
        let step = Step(now.saturating_add(drift));
        let fits = secret
            .code(step)
            .is_some_and(|digits| verify_slices_are_equal(&digits, code.as_bytes()).is_ok());
        if fits && last_used_step.is_none_or(|last| step > last) {
            found = Some(step);
        }
    }
    found
}

/// Letters, digits and `-._~` stay (RFC 3986 §2.3); everything else is its bytes.
fn percent_encoded(text: &str, most: usize) -> String {
    let mut encoded = String::new();
    for letter in text.chars().filter(|letter| *letter != ':').take(most) {
        if letter.is_ascii_alphanumeric() || "-._~".contains(letter) {
            encoded.push(letter);
        } else {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                encoded.push('%');
                for half in [byte >> 4, byte & 0x0f] {
                    let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                    encoded.push(digit.to_ascii_uppercase());
                }
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes themselves, which nobody outside may have.
    #[test]
    fn codes_are_those_of_rfc_4226() {
        let secret = TotpSecret::from_bytes(*b"12345678901234567890");
        for (counter, code) in (0..).zip([
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]) {
            let digits = secret.code(Step::from_number(counter)).unwrap();
            assert_eq!(digits, code.as_bytes(), "{counter}");
        }
        assert_eq!(secret.code(Step::from_number(-1)), None);
    }
}
