//! What the screen makes of a shopper's message, beside what it takes out: how much the message reads
//! like an attempt to steer the assistant, which of its links would deceive, and what it tells of the
//! special categories of Art. 9 GDPR.
//!
//! It advises: it takes nothing out and lets nothing in. Staff see it beside the message, a turn that is
//! flagged proposes nothing, and the record counts what was flagged.
//!
//! INVARIANT: it holds words of closed lists, numbers, and hosts of the shop's own, never anything that
//! somebody typed.

use core::ops::Range;

use crate::{
    injection::{InjectionReason, InjectionScore},
    links::verdict::{LinkReason, ShopHosts, Verdict},
    refused::Unreadable,
    scan::Scan,
    sensitive::{self, Category},
    view::View,
    web_addresses,
};

/// What a message is advised on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    pub risk: Risk,
    /// The links that speak against themselves, in the order of the message.
    pub links: Vec<LinkAdvice>,
    /// What it tells of a person, each once.
    pub sensitive: Vec<Category>,
}

/// How much a message reads like an attempt to steer the assistant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Risk {
    /// 0 to 100.
    pub hundredths: u8,
    /// Whether that is at or above the shop's threshold.
    pub flagged: bool,
    /// The strongest first.
    pub reasons: Vec<InjectionReason>,
}

/// What speaks against a link of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAdvice {
    /// Which of the message's web addresses it is, from 1.
    pub number: usize,
    /// [`Verdict::Suspicious`] or [`Verdict::Blocked`].
    pub verdict: Verdict,
    /// 0 to 100.
    pub hundredths: u8,
    /// The host of the shop's own that it imitates, when it does.
    pub imitates: Option<String>,
    /// The strongest first.
    pub reasons: Vec<LinkReason>,
}

/// Web addresses of a message that are judged: each takes bounded work.
const MOST_JUDGED: usize = 100;
/// Links that are told of, the first.
const MOST_LINKS: usize = 10;

impl Advice {
    /// What to make of a message, seen from a shop with these hosts. `raw` is what the view is of.
    pub(crate) fn of(raw: &str, view: &View, hosts: &ShopHosts) -> Self {
        Self {
            risk: Risk::of(crate::injection::of_view(raw, view)),
            links: links(view, hosts),
            sensitive: sensitive::sensitive(view),
        }
    }

    /// Whether there is nothing to say: the score of an ordinary message is nobody's business.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        !self.risk.flagged && self.links.is_empty() && self.sensitive.is_empty()
    }

    /// The bytes to seal and store; [`Advice::from_stored`] takes them back.
    #[must_use]
    pub fn to_stored(&self) -> Vec<u8> {
        let stored = Stored {
            version: STORED_VERSION,
            score: self.risk.hundredths,
            flagged: self.risk.flagged,
            reasons: self
                .risk
                .reasons
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            links: self.links.iter().map(StoredLink::of).collect(),
            sensitive: self
                .sensitive
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
        };
        // INVARIANT: plain data with string keys; it always serialises.
        serde_json::to_vec(&stored).unwrap_or_default()
    }

    /// Takes back what was stored. A word that this version does not know is left out.
    pub fn from_stored(bytes: &[u8]) -> Result<Self, Unreadable> {
        let stored: Stored =
            serde_json::from_slice(bytes).map_err(|error| Unreadable::json("advice", &error))?;
        if stored.version != STORED_VERSION {
            return Err(Unreadable {
                what: "advice",
                reason: format!("unknown version `{}`", stored.version),
            });
        }
        let known = |word: &String| {
            let mut all = InjectionReason::ALL.iter().copied();
            all.find(|one| one.as_str() == word)
        };
        let category = |word: &String| {
            let mut all = Category::ALL.iter().copied();
            all.find(|one| one.as_str() == word)
        };
        Ok(Self {
            risk: Risk {
                hundredths: stored.score.min(100),
                flagged: stored.flagged,
                reasons: stored.reasons.iter().filter_map(known).collect(),
            },
            links: stored
                .links
                .into_iter()
                .filter_map(StoredLink::read)
                .collect(),
            sensitive: stored.sensitive.iter().filter_map(category).collect(),
        })
    }
}

impl Risk {
    fn of(score: InjectionScore) -> Self {
        Self {
            hundredths: hundredths(score.permille),
            flagged: score.flag,
            reasons: score.reasons,
        }
    }
}

/// Linear: the addresses are found in two passes, and of each a bounded part is read.
fn links(view: &View, hosts: &ShopHosts) -> Vec<LinkAdvice> {
    let addresses = addresses(view).into_iter().take(MOST_JUDGED);
    let judged = addresses.enumerate().filter_map(|(index, range)| {
        let found = hosts.verdict(view.text(range));
        matches!(found.verdict, Verdict::Suspicious | Verdict::Blocked).then(|| LinkAdvice {
            number: index + 1,
            verdict: found.verdict,
            hundredths: hundredths(found.permille),
            imitates: found.imitates,
            reasons: found.reasons,
        })
    });
    judged.take(MOST_LINKS).collect()
}

/// The web addresses of a text, in order. What is written with a scheme is read to its end, as a
/// browser would read it: in `https://shop.example@evil.example` the host is the last of both.
///
/// They are looked for in all that is visible, also where a card or a phone number was recognised: what
/// goes out of a text says nothing about where a link leads.
fn addresses(view: &View) -> Vec<Range<usize>> {
    let folded = view.folded.as_slice();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut floor = 0;
    for (colon, _) in folded
        .windows(3)
        .enumerate()
        .filter(|(_, window)| *window == b"://")
    {
        if colon < floor {
            continue;
        }
        let before = folded.get(floor..colon).unwrap_or_default().iter().rev();
        let scheme = before
            .take(LONGEST_SCHEME)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let rest = folded.get(colon..).unwrap_or_default();
        let length = rest
            .iter()
            .take(LONGEST_ADDRESS)
            .take_while(|byte| !byte.is_ascii_whitespace() && !b"<>\"`|,;()".contains(byte))
            .count();
        floor = colon + length;
        found.push(colon - scheme..floor);
    }
    let scan = Scan::of(folded);
    let mut whole = found.iter().cloned().peekable();
    let mut bare: Vec<Range<usize>> = Vec::new();
    for one in web_addresses::find(&scan) {
        while whole
            .next_if(|whole| whole.end <= one.range.start)
            .is_some()
        {}
        if whole
            .peek()
            .is_none_or(|whole| one.range.end <= whole.start)
        {
            bare.push(one.range);
        }
    }
    found.extend(bare);
    found.sort_by_key(|range| range.start);
    found
}

/// Of `https` and the like.
const LONGEST_SCHEME: usize = 12;
const LONGEST_ADDRESS: usize = 2_048;

fn hundredths(permille: u16) -> u8 {
    u8::try_from(permille.min(1_000) / 10).unwrap_or(100)
}

const STORED_VERSION: u32 = 1;

#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    version: u32,
    score: u8,
    flagged: bool,
    reasons: Vec<String>,
    links: Vec<StoredLink>,
    sensitive: Vec<String>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct StoredLink {
    number: usize,
    verdict: String,
    score: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    imitates: Option<String>,
    reasons: Vec<String>,
}

impl StoredLink {
    fn of(link: &LinkAdvice) -> Self {
        Self {
            number: link.number,
            verdict: link.verdict.as_str().to_owned(),
            score: link.hundredths,
            imitates: link.imitates.clone(),
            reasons: link
                .reasons
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
        }
    }

    fn read(self) -> Option<LinkAdvice> {
        let mut verdicts = [Verdict::Suspicious, Verdict::Blocked].into_iter();
        let verdict = verdicts.find(|one| one.as_str() == self.verdict)?;
        let known = |word: &String| {
            let mut all = LinkReason::ALL.iter().copied();
            all.find(|one| one.as_str() == word)
        };
        Some(LinkAdvice {
            number: self.number,
            verdict,
            hundredths: self.score.min(100),
            imitates: self.imitates,
            reasons: self.reasons.iter().filter_map(known).collect(),
        })
    }
}

#[cfg(test)]
mod tests;
