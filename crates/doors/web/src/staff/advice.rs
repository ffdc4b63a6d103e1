//! A turn as staff see it: with what the screen makes of a shopper's message. A shopper's own views are
//! made of `TurnView`, which has no place for it.

use guard::{Advice, Category, LinkAdvice, Risk, Verdict};
use inbox::Advised;
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::TurnView;

/// A turn, with what staff are advised about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffTurnView {
    #[serde(flatten)]
    turn: TurnView,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<AdviceView>,
}

/// What the screen makes of a message. It advises: a false alarm happens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdviceView {
    /// It reads like an attempt to steer the assistant, which therefore did nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    steering: Option<SteeringView>,
    /// Links that speak against themselves, at most ten.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkAdviceView>,
    /// What it tells of a person (GDPR Art. 9).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sensitive: Vec<SensitiveName>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SteeringView {
    /// How much it reads like one, in hundredths.
    #[schema(minimum = 0, maximum = 100)]
    score: u8,
    /// In English, the strongest first.
    reasons: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinkAdviceView {
    /// Which of the message's web addresses it is, from 1.
    #[schema(minimum = 1)]
    number: usize,
    verdict: LinkVerdictName,
    /// How much speaks against it, in hundredths.
    #[schema(minimum = 0, maximum = 100)]
    score: u8,
    /// The shop's own host that it imitates, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    imitates: Option<String>,
    /// In English, the strongest first.
    reasons: Vec<&'static str>,
}

/// What a link is taken for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkVerdictName {
    /// Something speaks against it.
    Suspicious,
    /// It imitates the shop, or it is built to deceive.
    Blocked,
}

/// A special category of personal data.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SensitiveName {
    Health,
    Religion,
    EthnicOrigin,
    Politics,
    TradeUnion,
    SexLife,
    Genetic,
    Biometric,
}

impl From<Advised> for StaffTurnView {
    fn from(Advised { turn, advice }: Advised) -> Self {
        Self {
            turn: turn.into(),
            advice: advice.map(AdviceView::from),
        }
    }
}

impl From<Advice> for AdviceView {
    fn from(advice: Advice) -> Self {
        let Risk {
            hundredths,
            flagged,
            reasons,
        } = advice.risk;
        Self {
            steering: flagged.then(|| SteeringView {
                score: hundredths,
                reasons: reasons.iter().map(|reason| reason.as_str()).collect(),
            }),
            links: advice.links.into_iter().map(LinkAdviceView::from).collect(),
            sensitive: advice
                .sensitive
                .into_iter()
                .map(SensitiveName::from)
                .collect(),
        }
    }
}

impl From<LinkAdvice> for LinkAdviceView {
    fn from(link: LinkAdvice) -> Self {
        Self {
            number: link.number,
            verdict: match link.verdict {
                Verdict::Blocked => LinkVerdictName::Blocked,
                Verdict::Ok | Verdict::Unknown | Verdict::Suspicious => LinkVerdictName::Suspicious,
            },
            score: link.hundredths,
            imitates: link.imitates,
            reasons: link.reasons.iter().map(|reason| reason.as_str()).collect(),
        }
    }
}

impl From<Category> for SensitiveName {
    fn from(category: Category) -> Self {
        match category {
            Category::Health => Self::Health,
            Category::Religion => Self::Religion,
            Category::EthnicOrigin => Self::EthnicOrigin,
            Category::Politics => Self::Politics,
            Category::TradeUnion => Self::TradeUnion,
            Category::SexLife => Self::SexLife,
            Category::Genetic => Self::Genetic,
            Category::Biometric => Self::Biometric,
        }
    }
}
