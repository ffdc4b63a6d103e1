//! What to think of a link that somebody sent: is it the shop's own, does it imitate the shop, does
//! it read like phishing. It advises people; what may go out is [`LinkPolicy`](super::LinkPolicy).

use serde::Serialize;

use super::{
    imitation::{Kinship, ShopName},
    lexical,
    web_address::WebAddress,
};

/// What a link is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One of the shop's hosts, or below one.
    Ok,
    /// Somebody else's, and nothing speaks against it.
    Unknown,
    /// Something speaks against it.
    Suspicious,
    /// It imitates the shop, or it is built to deceive.
    Blocked,
}

impl Verdict {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unknown => "unknown",
            Self::Suspicious => "suspicious",
            Self::Blocked => "blocked",
        }
    }
}

/// A verdict, how sure it is of a danger, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkVerdict {
    pub verdict: Verdict,
    /// How much speaks against the link, 0 to 1000.
    pub permille: u16,
    /// The strongest first.
    pub reasons: Vec<LinkReason>,
    /// The host of the shop that it imitates, when it does.
    pub imitates: Option<String>,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal;)*) => {
        /// Why a link is what it is taken for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LinkReason { $($(#[$doc])* $variant,)* }

        impl LinkReason {
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
    OwnHost = "host of the shop";
    SameDomain = "same registered domain as the shop";
    NoAddress = "no web address";
    /// `javascript:` and the like.
    RunsSomething = "runs something instead of leading somewhere";
    /// `shop.example.evil.example`
    ShopHostInside = "shop's host inside another";
    /// `shop-login.example`
    ShopNameInside = "shop's name inside another host";
    ShopNameMisspelt = "shop's name misspelt";
    ShopNameBitFlipped = "shop's name with one bit flipped";
    ShopNameHyphenated = "shop's name with hyphens";
    /// `s.hop.example`
    ShopNameSplit = "shop's name split by dots";
    ShopNameOtherEnding = "shop's name under another ending";
    LookAlikeCharacters = "shop's name in look-alike characters";
    /// Another address in the query leads to a host that imitates the shop.
    LeadsOn = "leads on to an address that imitates the shop";
    MixedScripts = "mixed scripts in the host";
    Punycode = "internationalised host";
    UserBeforeHost = "name of a user before the host";
    NumberForHost = "number for a host";
    MalformedHost = "malformed host";
    Shortener = "link shortener";
    BorrowedName = "name of a known service in a host that is not its own";
    CredentialWords = "words of signing in or paying in the host";
    CredentialPath = "words of signing in or paying in the path";
    CheapEnding = "ending that phishing favours";
    ManyHyphens = "many hyphens";
    ManyLabels = "many labels";
    LongHost = "long host";
    RandomLetters = "host of random letters";
    UnusualPort = "unusual port";
    NotEncrypted = "not encrypted";
    ProgramFile = "leads to a program";
    HiddenCharacters = "hidden characters";
    Defanged = "written so that it is no link";
    VeryLong = "very long";
}

/// From here on a link is suspicious.
const SUSPICIOUS: u16 = 500;
/// From here on an imitation is blocked, and any other link.
const BLOCKED: u16 = 850;

/// The hosts of a shop, made ready to judge links by.
#[derive(Debug, Clone, Default)]
pub struct ShopHosts(Vec<ShopName>);

impl ShopHosts {
    /// Hosts as they are configured: a name, with a port or without. What is none is left out.
    pub fn new<'host>(hosts: impl IntoIterator<Item = &'host str>) -> Self {
        Self(hosts.into_iter().filter_map(ShopName::of).collect())
    }

    /// What to think of a link, seen from this shop. The work is bounded: of a long address the
    /// first four thousand characters are read.
    #[must_use]
    pub fn verdict(&self, url: &str) -> LinkVerdict {
        judged(url, &self.0)
    }
}

/// What to think of a link, seen from a shop with these hosts.
#[must_use]
pub fn verdict(url: &str, shop_hosts: &[&str]) -> LinkVerdict {
    ShopHosts::new(shop_hosts.iter().copied()).verdict(url)
}

fn judged(url: &str, shops: &[ShopName]) -> LinkVerdict {
    if WebAddress::runs(url) {
        return LinkVerdict::of(Verdict::Blocked, 1_000, LinkReason::RunsSomething);
    }
    let Some(address) = WebAddress::of(url) else {
        return LinkVerdict::of(Verdict::Unknown, 0, LinkReason::NoAddress);
    };
    let kin = |kinship: Kinship| {
        shops
            .iter()
            .any(|shop| shop.kinship(&address.host) == kinship)
    };
    let own = kin(Kinship::Own);
    let mut imitates: Option<&ShopName> = None;
    let mut signs: Vec<(LinkReason, u16)> = Vec::new();
    if own {
        // `https://paypal.com@shop.example/` leads to the shop, and still is no address of the shop.
        signs.extend(
            address
                .user
                .as_ref()
                .map(|_| (LinkReason::UserBeforeHost, SUSPICIOUS)),
        );
    } else {
        signs = lexical::signs(&address);
        if !kin(Kinship::SameDomain)
            && let Some((shop, sign)) = imitated(shops, &address.host)
        {
            imitates = Some(shop);
            signs.push(sign);
        }
        let user = address.user.as_deref().unwrap_or_default();
        let named = shops
            .iter()
            .find(|shop| !user.is_empty() && shop.is_named_in(user));
        if let Some(shop) = named {
            imitates = imitates.or(Some(shop));
            signs.push((LinkReason::UserBeforeHost, 1_000));
        }
    }
    if let Some((shop, sure)) = leads_on(&address, shops) {
        imitates = imitates.or(Some(shop));
        signs.push((LinkReason::LeadsOn, sure));
    }
    signs.sort_by_key(|(_, points)| core::cmp::Reverse(*points));
    let strongest = signs.first().map_or(0, |(_, points)| *points);
    let sum = signs
        .iter()
        .fold(0_u16, |sum, (_, points)| sum.saturating_add(*points));
    // Many small signs add up to a suspicion; only a strong one blocks.
    let permille = strongest.max(sum.min(BLOCKED - 1)).min(1_000);
    let verdict = match permille {
        BLOCKED.. => Verdict::Blocked,
        SUSPICIOUS.. => Verdict::Suspicious,
        _ if own => Verdict::Ok,
        _ => Verdict::Unknown,
    };
    let mut reasons: Vec<LinkReason> = Vec::new();
    if own {
        reasons.push(LinkReason::OwnHost);
    } else if kin(Kinship::SameDomain) {
        reasons.push(LinkReason::SameDomain);
    }
    for (reason, _) in signs {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    LinkVerdict {
        verdict,
        permille,
        reasons,
        imitates: imitates.map(|shop| shop.host().to_owned()),
    }
}

/// Which of the shop's hosts a host imitates most surely, and how.
fn imitated<'shop>(
    shops: &'shop [ShopName],
    host: &super::web_address::Host,
) -> Option<(&'shop ShopName, (LinkReason, u16))> {
    let imitations = shops
        .iter()
        .filter_map(|shop| Some((shop, shop.imitated_by(host)?)));
    // Of two that are imitated alike, the one that was configured first.
    imitations.rev().max_by_key(|(_, (_, sure))| *sure)
}

impl LinkVerdict {
    fn of(verdict: Verdict, permille: u16, reason: LinkReason) -> Self {
        Self {
            verdict,
            permille,
            reasons: vec![reason],
            imitates: None,
        }
    }
}

/// Whether the path or the query holds an address that imitates the shop: which of its hosts, and how
/// sure, when it does.
fn leads_on<'shop>(
    address: &WebAddress,
    shops: &'shop [ShopName],
) -> Option<(&'shop ShopName, u16)> {
    let decoded = super::percent_decoded(&super::percent_decoded(&address.rest));
    decoded
        .match_indices("://")
        .take(4)
        .filter_map(|(at, slashes)| {
            let behind = decoded.get(at + slashes.len()..)?;
            let host = super::web_address::Host::of(
                behind
                    .split(|character: char| {
                        !(character.is_alphanumeric() || "-._".contains(character))
                    })
                    .next()
                    .unwrap_or_default(),
            );
            if host.ascii.is_empty()
                || shops
                    .iter()
                    .any(|shop| shop.kinship(&host) != Kinship::None)
            {
                return None;
            }
            imitated(shops, &host).map(|(shop, (_, sure))| (shop, sure))
        })
        .max_by_key(|(_, sure)| *sure)
}

#[cfg(test)]
mod tests;
