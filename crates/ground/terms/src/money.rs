//! Money: whole minor units of one currency. Never a float, never an overflow, never two currencies
//! in one sum.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A currency's code (ISO 4217), such as `USD`: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency: expected three capital letters (ISO 4217), such as `USD`")]
pub struct CurrencyError(String);

/// Currencies whose minor unit is not a hundredth (ISO 4217).
const EXPONENTS: &[(&str, u32)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

impl Currency {
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: three ASCII letters, made by `from_str` only.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimal places the minor unit is.
    #[must_use]
    pub fn exponent(&self) -> u32 {
        let code = self.as_str();
        EXPONENTS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(2, |(_, exponent)| *exponent)
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;
    fn from_str(code: &str) -> Result<Self, CurrencyError> {
        <[u8; 3]>::try_from(code.as_bytes())
            .ok()
            .filter(|bytes| bytes.iter().all(u8::is_ascii_uppercase))
            .map(Self)
            .ok_or_else(|| CurrencyError(code.chars().take(16).collect()))
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;
    fn try_from(code: String) -> Result<Self, CurrencyError> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The largest amount that is handled, in minor units: 2^53 - 1, which every JSON reader keeps
/// exactly (RFC 7493 section 2.2).
pub const LARGEST_AMOUNT: i64 = 9_007_199_254_740_991;

/// An amount of one currency in its minor unit: 3500 of `USD` is 35 dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Why two amounts cannot be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("the amount is beyond 2^53 - 1 minor units")]
    TooLarge,
    #[error("{left} and {right} cannot be put into one sum: a shop has one currency")]
    OtherCurrency { left: Currency, right: Currency },
}

impl Money {
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        fits(self.minor.checked_add(other.minor)).map(|minor| Self { minor, ..self })
    }

    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        fits(self.minor.checked_sub(other.minor)).map(|minor| Self { minor, ..self })
    }

    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        fits(self.minor.checked_mul(quantity)).map(|minor| Self { minor, ..self })
    }

    /// `numerator / denominator` of the amount, rounded half away from zero to a whole minor unit.
    /// A denominator of zero gives nothing.
    pub fn share(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        let minor = rounded_share(self.minor, numerator, denominator)?;
        Ok(Self { minor, ..self })
    }

    const fn same(self, other: Self) -> Result<(), MoneyError> {
        let (one, two) = (self.currency.0, other.currency.0);
        if one[0] == two[0] && one[1] == two[1] && one[2] == two[2] {
            return Ok(());
        }
        Err(MoneyError::OtherCurrency {
            left: self.currency,
            right: other.currency,
        })
    }
}

/// `amount * numerator / denominator`, rounded half away from zero.
pub fn rounded_share(amount: i64, numerator: i64, denominator: i64) -> Result<i64, MoneyError> {
    if denominator == 0 {
        return Ok(0);
    }
    let product = i128::from(amount) * i128::from(numerator);
    let denominator = i128::from(denominator);
    let (quotient, remainder) = (product / denominator, product % denominator);
    let away = if (product < 0) == (denominator < 0) {
        1
    } else {
        -1
    };
    let half = remainder.abs() * 2 >= denominator.abs();
    let rounded = if half { quotient + away } else { quotient };
    fits(i64::try_from(rounded).ok())
}

fn fits(minor: Option<i64>) -> Result<i64, MoneyError> {
    minor
        .filter(|minor| (-LARGEST_AMOUNT..=LARGEST_AMOUNT).contains(minor))
        .ok_or(MoneyError::TooLarge)
}

/// `35.00 USD`: the amount in its major unit with a decimal point, and the currency's code.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exponent = self.currency.exponent();
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let unit = 10_u64.pow(exponent);
        let width = usize::try_from(exponent).unwrap_or(0);
        let (whole, part) = (minor / unit, minor % unit);
        if width == 0 {
            write!(f, "{sign}{whole} {}", self.currency)
        } else {
            write!(f, "{sign}{whole}.{part:0width$} {}", self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn shown_in_the_major_unit() {
        assert_eq!(money(3500, "USD").to_string(), "35.00 USD");
        assert_eq!(money(-5, "EUR").to_string(), "-0.05 EUR");
        assert_eq!(money(1200, "JPY").to_string(), "1200 JPY");
        assert_eq!(money(1200, "KWD").to_string(), "1.200 KWD");
    }

    #[test]
    fn currencies_do_not_mix_and_nothing_overflows() {
        let refused = money(1, "USD").plus(money(1, "EUR")).unwrap_err();
        assert!(matches!(refused, MoneyError::OtherCurrency { .. }));
        let most = money(LARGEST_AMOUNT, "USD");
        assert_eq!(most.plus(money(1, "USD")), Err(MoneyError::TooLarge));
        assert_eq!(most.times(2), Err(MoneyError::TooLarge));
        assert_eq!(most.times(i64::MAX), Err(MoneyError::TooLarge));
        assert_eq!(most.share(1, 1), Ok(most));
        for bad in ["usd", "US", "USDX", "", "U$D", "ÄÖÜ"] {
            assert!(bad.parse::<Currency>().is_err(), "{bad}");
        }
    }

    #[test]
    fn shares_are_rounded_half_away_from_zero() {
        for (amount, numerator, denominator, share) in [
            (1005, 10, 100, 101),
            (1004, 10, 100, 100),
            (-1005, 10, 100, -101),
            (1005, -10, 100, -101),
            (1, 1, 3, 0),
            (2, 1, 3, 1),
            (7, 1, 0, 0),
            (LARGEST_AMOUNT, 10_000, 10_000, LARGEST_AMOUNT),
        ] {
            assert_eq!(rounded_share(amount, numerator, denominator), Ok(share));
        }
    }
}
