//! How much a text reads like an attempt to give an assistant instructions.
//!
//! The score advises: it raises risk, adds friction and feeds detection, and it is never the only
//! thing between an attacker and an effect. Every disguise of the letters is taken off, then rules
//! with names and a small linear model read what is left; hidden text that spells words is read too.

mod encoded;
mod hidden;
mod model;
mod rules;
mod spelling;

use crate::view::View;

pub use hidden::{HiddenKind, HiddenText};

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal;)*) => {
        /// Why a text reads like an attack.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum InjectionReason { $($(#[$doc])* $variant,)* }

        impl InjectionReason {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The reason in words that do not change.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

reasons! {
    IgnoreInstructions = "asks to ignore instructions";
    UnrestrictedRole = "role play as unrestricted";
    SystemPrompt = "system prompt request";
    ChatTemplate = "chat template tokens";
    ToolCall = "tool call syntax";
    NewInstructions = "gives new instructions";
    RefusalSuppression = "forbids to refuse";
    ClaimsAuthority = "claims to be in charge of the assistant";
    DebugMode = "asks for another mode";
    Exfiltration = "asks for what belongs to others";
    CodeOrShell = "code or a command";
    SaysWhatItIsTold = "makes the assistant say something";
    /// Base64 and the like that spells words, or is to be decoded and followed.
    EncodedPayload = "encoded payload";
    HiddenText = "hidden text";
    /// Letters set apart, digits for letters: the rules found only what was written plainly.
    DisguisedLetters = "disguised letters";
    /// The model alone is sure of it.
    ReadsLikeAttack = "reads like known attacks";
}

/// How much a text reads like an attack, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InjectionScore {
    /// 0 to 1000.
    pub permille: u16,
    /// Whether it is at or above the shop's threshold.
    pub flag: bool,
    pub reasons: Vec<InjectionReason>,
    /// What nobody sees in it.
    pub hidden: Vec<HiddenText>,
}

/// From here on a text is flagged: set on ordinary shop messages kept back from training, of which
/// at most one in two thousand may be.
pub const INJECTION_THRESHOLD: u16 = 850;

/// Scores a text. The work is linear in its length.
#[must_use]
pub fn injection(text: &str) -> InjectionScore {
    of_view(text, &View::of(text))
}

/// As [`injection`], for whoever has the text's view already.
pub(crate) fn of_view(text: &str, view: &View) -> InjectionScore {
    let plain = spelling::plain(view);
    let mut found = rules::found(&plain);
    let respelled = spelling::respelled(&plain);
    if respelled.trim_end() != plain.trim_end() {
        let new: Vec<_> = rules::found(&respelled)
            .into_iter()
            .filter(|one| !found.contains(one))
            .collect();
        if !new.is_empty() {
            found.extend(new);
            found.push((InjectionReason::DisguisedLetters, 300));
        }
    }
    let mut model = model::permille(&rules::without_shop_talk(&plain));

    for decoded in encoded::decoded(view.clean()) {
        let inside = inner(&decoded);
        if inside.permille >= INJECTION_THRESHOLD {
            found.push((InjectionReason::EncodedPayload, 900));
            found.extend(inside.reasons);
        }
    }
    let hidden = hidden::of(text);
    for one in &hidden {
        found.push((InjectionReason::HiddenText, one.points()));
        if let Some(decoded) = &one.decoded {
            let inside = inner(decoded);
            model = model.max(inside.permille);
            found.extend(inside.reasons);
        }
    }
    scored(found, model, hidden)
}

/// What was found inside of something: an encoding, or hidden text. It is not looked into again.
struct Inner {
    permille: u16,
    reasons: Vec<(InjectionReason, u16)>,
}

fn inner(text: &str) -> Inner {
    let plain = spelling::plain(&View::of(text));
    let reasons = rules::found(&plain);
    let score = scored(reasons.clone(), model::permille(&plain), Vec::new());
    Inner {
        permille: score.permille,
        reasons,
    }
}

/// Rules and model together: each takes its part of what the others left open.
fn scored(
    mut found: Vec<(InjectionReason, u16)>,
    model: u16,
    hidden: Vec<HiddenText>,
) -> InjectionScore {
    found.sort_by_key(|(_, points)| core::cmp::Reverse(*points));
    let mut reasons: Vec<InjectionReason> = Vec::new();
    let mut open = 1_000 - u32::from(model.min(1_000));
    for (reason, points) in found {
        if !reasons.contains(&reason) {
            open = open * (1_000 - u32::from(points.min(1_000))) / 1_000;
            reasons.push(reason);
        }
    }
    let permille = u16::try_from(1_000_u32.saturating_sub(open)).unwrap_or(1_000);
    let flag = permille >= INJECTION_THRESHOLD;
    if reasons.is_empty() && flag {
        reasons.push(InjectionReason::ReadsLikeAttack);
    }
    InjectionScore {
        permille,
        flag,
        reasons,
        hidden,
    }
}

#[cfg(test)]
mod tests;
