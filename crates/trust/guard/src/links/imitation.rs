//! Whether a host imitates another: by look-alike characters, by an edit that the eye passes over,
//! or by carrying the other's name.

use super::{
    verdict::LinkReason,
    web_address::Host,
    words::{CREDENTIAL_WORDS, GENERIC_NAMES, WORDS_BESIDE_A_NAME},
};
use crate::{
    confusables::{looks_like, script},
    fold::fold,
};

/// The name of a shop, as it could be imitated.
#[derive(Debug, Clone)]
pub(crate) struct ShopName {
    host: String,
    domain: String,
    suffix: String,
    /// The registered label, in small ASCII letters, with its hyphens.
    name: String,
    joined: String,
    skeleton: String,
    /// A word like "shop": many hosts carry it who imitate nobody.
    is_generic: bool,
}

/// The kinship of a host with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// The shop's own.
    Own,
    /// Below the same registered domain.
    SameDomain,
    None,
}

impl ShopName {
    pub(crate) fn of(host: &str) -> Option<Self> {
        let host = host.trim().trim_end_matches('.');
        let host = host.split_once("://").map_or(host, |(_, rest)| rest);
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let host = Host::of(name);
        if host.ascii.is_empty() {
            return None;
        }
        let (domain, suffix) = host.registered();
        let has_name = !host.is_number && !suffix.is_empty();
        let shown = Host::of(domain).unicode;
        let label = if has_name {
            plain(shown.split('.').next().unwrap_or_default())
        } else {
            String::new()
        };
        let joined = without_hyphens(&label);
        Some(Self {
            domain: domain.to_owned(),
            suffix: suffix.to_owned(),
            skeleton: skeleton(&joined),
            is_generic: joined.len() < 3
                || GENERIC_NAMES.contains(&joined.as_str())
                || WORDS_BESIDE_A_NAME.contains(&joined.as_str())
                || CREDENTIAL_WORDS.contains(&joined.as_str()),
            host: host.ascii,
            name: label,
            joined,
        })
    }

    /// As it was configured, without a port, in ASCII.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn kinship(&self, host: &Host) -> Kinship {
        let below = |parent: &str| {
            host.ascii
                .strip_suffix(parent)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let whole_domain =
            self.host == self.domain || self.host.strip_prefix("www.") == Some(&self.domain);
        if below(&self.host) || (whole_domain && !host.is_number && below(&self.domain)) {
            Kinship::Own
        } else if host.ascii == self.domain {
            // "shop.example" of the shop "de.shop.example".
            Kinship::Own
        } else if !host.is_number && host.registered().0 == self.domain {
            Kinship::SameDomain
        } else {
            Kinship::None
        }
    }

    /// Whether the name of a user, as in `https://shop.example@evil.example/`, names the shop.
    pub(crate) fn is_named_in(&self, user: &str) -> bool {
        let user = user.to_lowercase();
        user.contains(&self.host)
            || user.contains(&self.domain)
            || (!self.is_generic && user.contains(&self.joined))
    }

    /// How the host imitates the shop, and how sure that is, in thousandths.
    pub(crate) fn imitated_by(&self, host: &Host) -> Option<(LinkReason, u16)> {
        if self.joined.is_empty() || host.is_number {
            return None;
        }
        let (domain, suffix) = host.registered();
        let ending = if suffix.is_empty() {
            0
        } else {
            suffix.len() + 1
        };
        let before = host
            .ascii
            .get(..host.ascii.len().saturating_sub(ending))
            .unwrap_or(&host.ascii);
        let shown = Host::of(before).unicode;
        let labels: Vec<&str> = shown.split('.').rev().take(MOST_LABELS).collect();
        let same_suffix = suffix == self.suffix;

        if let Some(found) = self.host_inside(&host.ascii, domain) {
            return Some(found);
        }
        let (own, below) = labels.split_first()?;
        let mut best = self.label_imitates(own, same_suffix);
        // "s.hop.example" for "shop.example".
        let plain_labels: Vec<String> = labels
            .iter()
            .rev()
            .map(|label| plain(label))
            .filter(|label| label != "www")
            .collect();
        if plain_labels.len() > 1 {
            let together = without_hyphens(&plain_labels.concat());
            if together == self.joined || skeleton(&together) == self.skeleton {
                best = stronger(best, Some((LinkReason::ShopNameSplit, 900)));
            } else if self.joined.len() >= 8 && half_edits(&together, &self.joined) <= 2 {
                best = stronger(best, Some((LinkReason::ShopNameMisspelt, 750)));
            }
        }
        for label in below {
            best = stronger(best, self.label_carries(label, same_suffix));
        }
        best
    }

    /// "shop.example.evil.example" and "shop-example.com".
    fn host_inside(&self, host: &str, domain: &str) -> Option<(LinkReason, u16)> {
        let dotted = format!(".{host}.");
        if dotted.contains(&format!(".{}.", self.domain)) && domain != self.domain {
            return Some((LinkReason::ShopHostInside, 1_000));
        }
        let hyphenated = self.domain.replace('.', "-");
        let bounded = host
            .split('.')
            .any(|label| format!("-{label}-").contains(&format!("-{hyphenated}-")));
        if bounded {
            return Some((LinkReason::ShopHostInside, 950));
        }
        let joined = without_hyphens(&self.domain.replace('.', ""));
        let whole = host.split('.').any(|label| {
            let label = without_hyphens(label);
            let label = label.strip_prefix("www").unwrap_or(&label);
            label == joined
        });
        whole.then_some((LinkReason::ShopHostInside, 900))
    }

    /// The label that somebody registered.
    fn label_imitates(&self, label: &str, same_suffix: bool) -> Option<(LinkReason, u16)> {
        let foreign = !label.is_ascii();
        let spelled_out = plain(
            &label
                .replace('ä', "ae")
                .replace('ö', "oe")
                .replace('ü', "ue")
                .replace('ß', "ss"),
        );
        let label = plain(label);
        let joined = without_hyphens(&label);
        if label == self.name && !foreign {
            return (!same_suffix).then_some((
                LinkReason::ShopNameOtherEnding,
                if self.is_generic { 300 } else { 700 },
            ));
        }
        if foreign
            && (joined == self.joined
                || without_hyphens(&spelled_out) == self.joined
                || skeleton(&joined) == self.skeleton)
        {
            return Some((LinkReason::LookAlikeCharacters, 1_000));
        }
        if joined == self.joined {
            return Some((LinkReason::ShopNameHyphenated, 900));
        }
        if skeleton(&joined) == self.skeleton {
            return Some((LinkReason::LookAlikeCharacters, 950));
        }
        if ["www", "ww"]
            .into_iter()
            .any(|start| joined.strip_prefix(start) == Some(&self.joined))
        {
            return Some((LinkReason::ShopNameInside, 900));
        }
        stronger(
            self.near(&joined, same_suffix),
            self.label_carries(&label, same_suffix),
        )
    }

    /// An edit or two from the shop's name.
    fn near(&self, joined: &str, same_suffix: bool) -> Option<(LinkReason, u16)> {
        let (near, far) = match self.joined.len() {
            0..=2 => return None,
            3..=6 => (2, 1),
            7..=9 => (3, 2),
            _ => (4, 3),
        };
        let allowed = if same_suffix {
            near
        } else if self.is_generic || self.joined.len() < 5 {
            0
        } else {
            far
        };
        let distance =
            half_edits(joined, &self.joined).min(half_edits(&skeleton(joined), &self.skeleton));
        if distance > allowed {
            return None;
        }
        let reason = if is_bit_flip(joined, &self.joined) {
            LinkReason::ShopNameBitFlipped
        } else {
            LinkReason::ShopNameMisspelt
        };
        let sure = match (distance, same_suffix) {
            (0..=2, true) => 900,
            (0..=2, false) | (_, true) => 800,
            _ => 700,
        };
        Some((reason, sure))
    }

    /// A label in which the shop's name is a part.
    fn label_carries(&self, label: &str, same_suffix: bool) -> Option<(LinkReason, u16)> {
        let label = plain(label);
        let joined = without_hyphens(&label);
        let tokens = || label.split(['-', '_']).filter(|token| !token.is_empty());
        let beside = |word: &str| {
            CREDENTIAL_WORDS.contains(&word)
                || ((!self.is_generic || same_suffix) && WORDS_BESIDE_A_NAME.contains(&word))
        };
        // "shoplogin", "login-shop", "shop24".
        for (part, whole) in [
            (&self.joined, &joined),
            (&self.skeleton, &skeleton(&joined)),
        ] {
            let rests = [
                whole.strip_prefix(part.as_str()),
                whole.strip_suffix(part.as_str()),
            ];
            for rest in rests.into_iter().flatten() {
                let digits = rest.bytes().all(|byte| byte.is_ascii_digit());
                if beside(rest)
                    || (!self.is_generic && (digits || rest.len() <= 1) && self.joined.len() >= 4)
                {
                    return Some((LinkReason::ShopNameInside, 850));
                }
            }
        }
        if self.is_generic {
            let named = tokens().any(|token| token == self.joined);
            return (named && tokens().filter(|token| *token != self.joined).any(beside))
                .then_some((LinkReason::ShopNameInside, 750));
        }
        if tokens().any(|token| token == self.joined || skeleton(token) == self.skeleton)
            || (self.joined.len() >= 7
                && (joined.contains(&self.joined) || skeleton(&joined).contains(&self.skeleton)))
        {
            return Some((LinkReason::ShopNameInside, 850));
        }
        let near = |token: &str| self.joined.len() >= 6 && half_edits(token, &self.joined) <= 2;
        tokens()
            .any(near)
            .then_some((LinkReason::ShopNameMisspelt, 750))
    }
}

/// Labels of a host that are looked at; names have three or four.
const MOST_LABELS: usize = 16;

fn stronger(
    one: Option<(LinkReason, u16)>,
    other: Option<(LinkReason, u16)>,
) -> Option<(LinkReason, u16)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.1 > one.1 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// A label in small ASCII letters, digits and hyphens, each character as what it looks like.
pub(crate) fn plain(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    for character in label.chars() {
        if let Some(prototype) = looks_like(character) {
            plain.push_str(prototype);
        } else {
            match fold(character) {
                byte if byte.is_ascii_graphic() => {
                    plain.push(char::from(byte.to_ascii_lowercase()))
                }
                crate::fold::MARK => {}
                _ => plain.push(character),
            }
        }
    }
    plain
}

fn without_hyphens(label: &str) -> String {
    label.replace(['-', '_'], "")
}

/// What is left of a plain label when everything that looks alike is one.
pub(crate) fn skeleton(plain: &str) -> String {
    let once = plain
        .replace("rn", "m")
        .replace("nn", "m")
        .replace("vv", "w");
    let single: String = once
        .chars()
        .map(|character| match character {
            '0' => 'o',
            '1' | 'i' | 'j' | '|' | '!' => 'l',
            '2' => 'z',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            '8' | '6' => 'b',
            '9' | 'q' => 'g',
            'v' => 'u',
            other => other,
        })
        .collect();
    single.replace("cl", "d").replace("lc", "k")
}

/// Whether a label mixes scripts that no word mixes, or is written in another script with nothing
/// but characters that look Latin.
pub(crate) fn mixes_scripts(label: &str) -> bool {
    let scripts: std::collections::BTreeSet<_> = label.chars().filter_map(script).collect();
    let imitates = |character: char| script(character).is_none() || looks_like(character).is_some();
    match scripts.len() {
        0 => false,
        1 => {
            use crate::confusables::Script::{Armenian, Cherokee, Cyrillic, Greek};
            label
                .chars()
                .filter(|character| script(*character).is_some())
                .count()
                > 3
                && label.chars().all(imitates)
                && scripts
                    .iter()
                    .all(|script| matches!(script, Greek | Cyrillic | Armenian | Cherokee))
        }
        // Japanese and Korean names go together with Latin, and they are one script here.
        2 => {
            !(scripts.contains(&crate::confusables::Script::Latin)
                && scripts.contains(&crate::confusables::Script::Other)
                && !label.chars().any(|character| {
                    script(character) == Some(crate::confusables::Script::Other)
                        && looks_like(character).is_some()
                }))
        }
        _ => true,
    }
}

/// The edits between two labels, in halves: characters that look or sound alike, a doubled letter
/// and two that changed places count half. Labels have 63 characters at most, so the work is bounded.
pub(crate) fn half_edits(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(64).collect();
    let other: Vec<char> = other.chars().take(64).collect();
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).map(|length| length * 2).collect();
    for (row, character) in one.iter().enumerate() {
        let above = row.checked_sub(1).and_then(|above| one.get(above));
        let mut current = Vec::with_capacity(last.len());
        current.push((row + 1) * 2);
        for (column, wanted) in other.iter().enumerate() {
            let left = column.checked_sub(1).and_then(|left| other.get(left));
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let deleted = at(&last, column + 1) + if above == Some(character) { 1 } else { 2 };
            let inserted = at(&current, column) + if left == Some(wanted) { 1 } else { 2 };
            let replaced = at(&last, column) + replacing(*character, *wanted);
            let mut least = deleted.min(inserted).min(replaced);
            if above == Some(wanted) && left == Some(character) {
                let start = column
                    .checked_sub(1)
                    .map_or(usize::MAX / 2, |start| at(&before_last, start));
                least = least.min(start + 1);
            }
            current.push(least);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

fn replacing(one: char, other: char) -> usize {
    if one == other {
        return 0;
    }
    let together = |group: &str| group.contains(one) && group.contains(other);
    let alike = [
        "aeiou", "bdh", "ce", "gqy9", "ijl1", "mn", "nr", "nh", "uvw", "o0", "s5z2", "ckq", "ft",
        "pq", "vy", "xk",
    ];
    if alike.into_iter().any(together) {
        1
    } else {
        2
    }
}

/// One bit of one character differs: what a fault in memory makes of a name.
fn is_bit_flip(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut flipped = one
        .bytes()
        .zip(other.bytes())
        .filter(|(one, other)| one != other);
    let first = flipped
        .next()
        .is_some_and(|(one, other)| (one ^ other).is_power_of_two());
    first && flipped.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_in_halves() {
        for (one, other, halves) in [
            ("bloom", "bloom", 0),
            ("bloom", "blom", 1),
            ("bloom", "bolom", 1),
            ("bloom", "bloon", 1),
            ("bloom", "blxom", 2),
            ("bloom", "bloomx", 2),
            ("bloom", "xxxom", 6),
        ] {
            assert_eq!(half_edits(one, other), halves, "{one} {other}");
        }
    }

    #[test]
    fn skeletons_fall_together() {
        for (one, other) in [("b1oorn", "bloom"), ("vvoods", "woods"), ("c1oud", "doud")] {
            assert_eq!(skeleton(one), skeleton(other));
        }
    }

    #[test]
    fn mixed_scripts_are_seen() {
        for label in ["blооm", "аррӏе", "pаypal"] {
            assert!(mixes_scripts(label), "{label}");
        }
        for label in [
            "bloom",
            "münchen",
            "пример",
            "例え-shop",
            "ελλάδα",
            "café24",
        ] {
            assert!(!mixes_scripts(label), "{label}");
        }
    }
}
