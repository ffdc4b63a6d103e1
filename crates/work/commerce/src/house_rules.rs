//! What a shop may set of its terms, and within which bounds.

use std::collections::BTreeSet;

use ledger::{Details, gate::Effect};
use terms::LARGEST_AMOUNT;

use crate::{model::Terms, rules::NOT_PAID};

const MOST_REASONS: usize = 20;
const LONGEST_REASON: usize = 40;
/// From long enough for a payment page to as long as goods are ever set aside by hand and more.
const PAY_WITHIN: core::ops::RangeInclusive<i64> = 5..=43_200;

/// What a shop would have otherwise; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub refund_limit: Option<i64>,
    /// Empty: as they are.
    pub cancel_reasons: Vec<String>,
    pub pay_within_minutes: Option<i64>,
}

/// Why terms are not set. Each says what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    #[error("the refund limit `{0}` is not allowed: expected 0 to {LARGEST_AMOUNT} minor units")]
    RefundLimit(i64),
    #[error("{0} reasons for a cancellation are too many: expected 1 to {MOST_REASONS}")]
    TooManyReasons(usize),
    #[error(
        "`{0}` is not a reason for a cancellation: expected 1 to {LONGEST_REASON} lower-case letters, digits and `_`"
    )]
    Reason(String),
    #[error(
        "the reason `{NOT_PAID}` is taken: it stands with orders that were given up because nobody paid them"
    )]
    Reserved,
    #[error("the reason `{0}` is given twice")]
    Twice(String),
    #[error(
        "`{0}` minutes to pay are not allowed: expected {least} to {most}",
        least = PAY_WITHIN.start(),
        most = PAY_WITHIN.end()
    )]
    PayWithin(i64),
}

impl Wish {
    /// Whether anything is wished for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The terms as they would be.
    pub fn granted(&self, terms: &Terms) -> Result<Terms, NotAllowed> {
        let mut terms = terms.clone();
        if let Some(limit) = self.refund_limit {
            if !(0..=LARGEST_AMOUNT).contains(&limit) {
                return Err(NotAllowed::RefundLimit(limit));
            }
            terms.refund_limit = limit;
        }
        if !self.cancel_reasons.is_empty() {
            must_be_reasons(&self.cancel_reasons)?;
            terms.cancel_reasons.clone_from(&self.cancel_reasons);
        }
        if let Some(minutes) = self.pay_within_minutes {
            terms.pay_within_minutes = u32::try_from(minutes)
                .ok()
                .filter(|_| PAY_WITHIN.contains(&minutes))
                .ok_or(NotAllowed::PayWithin(minutes))?;
        }
        Ok(terms)
    }
}

fn must_be_reasons(reasons: &[String]) -> Result<(), NotAllowed> {
    if reasons.len() > MOST_REASONS {
        return Err(NotAllowed::TooManyReasons(reasons.len()));
    }
    let mut known = BTreeSet::new();
    for reason in reasons {
        let letters = reason
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if reason.is_empty() || reason.len() > LONGEST_REASON || !letters {
            let clean = reason.chars().filter(|letter| !letter.is_control());
            return Err(NotAllowed::Reason(clean.take(64).collect()));
        }
        if reason == NOT_PAID {
            return Err(NotAllowed::Reserved);
        }
        if !known.insert(reason) {
            return Err(NotAllowed::Twice(reason.clone()));
        }
    }
    Ok(())
}

/// A shop's terms were changed. The ledger has the numbers; the reasons are the shop's own words and
/// only counted.
#[derive(Debug)]
pub struct TermsChanged {
    pub terms: Terms,
}

impl Effect for TermsChanged {
    const KIND: &'static str = "shop.terms_changed";
    fn details(&self) -> Details {
        let reasons = i64::try_from(self.terms.cancel_reasons.len()).unwrap_or(i64::MAX);
        Details::none()
            .number("refund_limit", self.terms.refund_limit)
            .number("cancel_reasons", reasons)
            .number(
                "pay_within_minutes",
                i64::from(self.terms.pay_within_minutes),
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        Terms::new("USD".parse().unwrap(), None)
    }

    fn reasons(reasons: &[&str]) -> Result<Terms, NotAllowed> {
        let cancel_reasons = reasons.iter().map(|reason| (*reason).to_owned()).collect();
        Wish {
            cancel_reasons,
            ..Wish::default()
        }
        .granted(&terms())
    }

    #[test]
    fn what_is_not_named_stays() {
        assert_eq!(Wish::default().granted(&terms()), Ok(terms()));
        let wish = Wish {
            refund_limit: Some(5),
            ..Wish::default()
        };
        let changed = Terms {
            refund_limit: 5,
            ..terms()
        };
        assert_eq!(wish.granted(&terms()), Ok(changed));
    }

    #[test]
    fn numbers_have_bounds() {
        for (limit, good) in [
            (-1, false),
            (0, true),
            (LARGEST_AMOUNT, true),
            (LARGEST_AMOUNT + 1, false),
        ] {
            let wish = Wish {
                refund_limit: Some(limit),
                ..Wish::default()
            };
            assert_eq!(wish.granted(&terms()).is_ok(), good, "{limit}");
        }
        for (minutes, good) in [
            (-5, false),
            (4, false),
            (5, true),
            (43_200, true),
            (43_201, false),
            (i64::MAX, false),
        ] {
            let wish = Wish {
                pay_within_minutes: Some(minutes),
                ..Wish::default()
            };
            assert_eq!(wish.granted(&terms()).is_ok(), good, "{minutes}");
        }
    }

    #[test]
    fn reasons_are_words_each_once() {
        assert_eq!(reasons(&["a", "b_2"]).unwrap().cancel_reasons, ["a", "b_2"]);
        let longest = "x".repeat(40);
        assert!(reasons(&[&longest]).is_ok());
        for bad in ["", "A", "too long", "ü", "a-b", &"x".repeat(41)] {
            assert!(matches!(reasons(&["a", bad]), Err(NotAllowed::Reason(_))));
        }
        assert_eq!(reasons(&["not_paid"]), Err(NotAllowed::Reserved));
        assert_eq!(
            reasons(&["a", "b", "a"]),
            Err(NotAllowed::Twice("a".to_owned()))
        );
        let many: Vec<String> = (0..21).map(|number| format!("r{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(reasons(&many), Err(NotAllowed::TooManyReasons(21)));
        assert!(reasons(&many[..20]).is_ok());
    }
}
