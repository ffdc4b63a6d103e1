//! Time and randomness as parameters, so that every test can hold them still.

use core::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 and nothing else: date, time with seconds, and `Z` or an offset. What is finer
    /// than a millisecond is cut off.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        // `jiff` also reads what other standards write: the form is looked at first.
        if !has_form_of_rfc3339(text.as_bytes()) {
            return None;
        }
        let moment: jiff::Timestamp = text.parse().ok()?;
        Some(Self(moment.as_millisecond()))
    }

    /// This moment plus `span`; the far end of time when that does not fit.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// This moment minus `span`; the far end of time when that does not fit.
    #[must_use]
    pub fn before(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }
}

/// `YYYY-MM-DDThh:mm:ss`, at most nine digits of a second, and `Z` or `+hh:mm`.
fn has_form_of_rfc3339(text: &[u8]) -> bool {
    let Some((date_and_time, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let offset = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            match digits.count() {
                count @ 1..=9 => fraction.get(count..).unwrap_or_default(),
                _ => return false,
            }
        }
        _ => rest,
    };
    is_like(date_and_time, b"0000-00-00T00:00:00")
        && (is_like(offset, b"Z") || is_like(offset, b"+00:00") || is_like(offset, b"-00:00"))
}

/// A `0` of the form stands for any digit, a letter for itself in either case.
fn is_like(text: &[u8], form: &[u8]) -> bool {
    text.len() == form.len()
        && text.iter().zip(form).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            wanted => byte.eq_ignore_ascii_case(wanted),
        })
}

/// RFC 3339 in UTC with milliseconds, such as `2026-11-22T09:30:00.125Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{moment:.3}"),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Where randomness comes from. An implementation used in a running product must be
/// cryptographically secure.
pub trait Rng: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_as_rfc_3339() {
        assert_eq!(
            Timestamp::from_millis(1_795_339_800_125).to_string(),
            "2026-11-22T09:30:00.125Z"
        );
        assert_eq!(
            Timestamp::from_millis(0).to_string(),
            "1970-01-01T00:00:00.000Z"
        );
    }

    #[test]
    fn read_as_rfc_3339() {
        for (text, millis) in [
            ("2026-11-22T09:30:00.125Z", 1_795_339_800_125),
            ("2026-11-22T09:30:00.125999999Z", 1_795_339_800_125),
            ("2026-11-22t09:30:00z", 1_795_339_800_000),
            ("2026-11-22T10:30:00+01:00", 1_795_339_800_000),
            ("2026-11-22T09:30:00-00:00", 1_795_339_800_000),
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            // A leap second is the last one of its day.
            ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        ] {
            let read = Timestamp::parse_rfc3339(text);
            assert_eq!(read, Some(Timestamp::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_not_rfc_3339_is_not_read() {
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T09:30Z",
            "2026-11-22T09:30:00",
            "2026-11-22 09:30:00Z",
            "2026-11-22T09:30:00 Z",
            " 2026-11-22T09:30:00Z",
            "2026-11-22T09:30:00Z ",
            "20261122T093000Z",
            "2026-11-22T09:30:00.Z",
            "2026-11-22T09:30:00,125Z",
            "2026-11-22T09:30:00.1234567891Z",
            "2026-11-22T09:30:00+01",
            "2026-11-22T09:30:00+0100",
            "2026-11-22T09:30:00+01:00[Europe/Berlin]",
            "2026-11-22T09:30:00Z[UTC]",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T09:60:00Z",
            "2026-11-22T09:30:00+99:00",
            "9999-12-31T23:59:59-23:59",
            "-026-11-22T09:30:00Z",
            "+002026-11-22T09:30:00Z",
            "2026-11-22T09:30:0\u{661}Z",
            "\u{1d7d0}\u{1d7d0}\u{1d7d0}\u{1d7d0}-11-2",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_again(millis in -62_000_000_000_000_i64..=253_000_000_000_000) {
            let moment = Timestamp::from_millis(millis);
            proptest::prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Some(moment));
        }

        #[test]
        fn no_text_is_too_odd(text in "[0-9TtZz:. +-]{0,40}|.*") {
            let _ = Timestamp::parse_rfc3339(&text);
        }
    }

    #[test]
    fn spans_do_not_overflow() {
        let end = Timestamp::from_millis(i64::MAX);
        assert_eq!(end.after(Duration::from_secs(1)), end);
    }
}
