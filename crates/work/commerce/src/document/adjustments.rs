//! What an order's total is made of beside its lines.

use serde::{Deserialize, Serialize};
use terms::Language;

use super::{AdjustmentKind, DiscountKind};
use crate::wording::Sentence;

/// A part of the total: what is taken off is negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Adjustment {
    pub kind: AdjustmentKind,
    pub title: String,
    pub amount: i64,
    /// How a discount was reckoned, so that it can be reckoned for other lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Reduction>,
    /// The rate of added tax, in hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<i64>,
}

/// What a discount takes off: a percentage of the goods, or a fixed amount of at most the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Reduction {
    pub kind: DiscountKind,
    pub value: i64,
}

impl Adjustment {
    /// One that says no more than its amount.
    #[must_use]
    pub const fn plain(kind: AdjustmentKind, title: String, amount: i64) -> Self {
        Self {
            kind,
            title,
            amount,
            discount: None,
            rate: None,
        }
    }

    /// The title in the reader's language, where Parlour gave it: an order's document has it in
    /// English. Any other title is the shop's own words.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let before_code = Sentence::Discount { code: "" }.say(Language::English);
        let sentence = match self.kind {
            AdjustmentKind::Tax => Sentence::Tax,
            AdjustmentKind::Exchange => Sentence::PriceAgreed,
            AdjustmentKind::Discount => Sentence::Discount {
                code: self.title.strip_prefix(&before_code).unwrap_or_default(),
            },
            AdjustmentKind::Shipping => return self.title.clone(),
        };
        if sentence.say(Language::English) == self.title {
            sentence.say(language)
        } else {
            self.title.clone()
        }
    }
}

terms::objects!(Adjustment, Reduction);
