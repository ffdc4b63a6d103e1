//! Links in what goes out. A link is made by code, for a host the shop allows, or it is text.

mod imitation;
mod lexical;
pub(crate) mod verdict;
mod web_address;
mod words;

use std::{collections::BTreeSet, sync::LazyLock};

use regex::{Captures, Regex};

use crate::{fold::fold, pseudonyms::is_placeholder_name, view::is_hidden};

/// The hosts replies may link to. A host matches exactly: `shop.example` does not allow
/// `www.shop.example`. Links are `https` on the default port; a loopback host in the list may also
/// be linked by `http` and on any port, so that a demo on one machine can link to itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkPolicy {
    hosts: BTreeSet<String>,
}

impl LinkPolicy {
    pub fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        let canonical = |host: String| {
            idna::domain_to_ascii_strict(host.trim())
                .ok()
                .filter(|host| !host.is_empty())
        };
        // An address in brackets or with a port is no domain; it is compared as written.
        let written = |host: &String| host.trim().to_ascii_lowercase();
        let hosts = hosts
            .into_iter()
            .map(|host| canonical(host.clone()).unwrap_or_else(|| written(&host)));
        Self {
            hosts: hosts.filter(|host| !host.is_empty()).collect(),
        }
    }

    /// The link a URL stands for, when its host is allowed.
    pub(crate) fn link(&self, url: &str) -> Option<Target> {
        let url = url.trim();
        if url.len() > LONGEST_URL
            || !url
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte))
        {
            return None;
        }
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        // A placeholder of a personal value; another address, for the host to send people on to.
        if path.contains(['[', ']']) || names_an_address(path) {
            return None;
        }
        let authority = authority.to_ascii_lowercase();
        let (host, port) = split_port(&authority)?;
        let secure = scheme.eq_ignore_ascii_case("https");
        let plain = scheme.eq_ignore_ascii_case("http");
        let loopback = is_loopback(host);
        let allowed = self.hosts.contains(&authority)
            || (self.hosts.contains(host) && (port.is_none() || port == Some("443") || loopback));
        if !allowed || !(secure || (plain && loopback)) {
            return None;
        }
        let scheme = if secure { "https" } else { "http" };
        Some(Target {
            host: host.to_owned(),
            url: format!("{scheme}://{authority}{path}"),
        })
    }
}

/// Whether what follows the host could send people on to somewhere else: `//evil.example`,
/// `https:evil.example`, `/\evil.example`, as they stand or percent-encoded up to three times.
/// Browsers skip tabs and line breaks in addresses and take a backslash for a slash.
fn names_an_address(path: &str) -> bool {
    let mut text = path.to_owned();
    for _ in 0..=MOST_ENCODED {
        let read: String = text
            .chars()
            .filter(|character| !is_hidden(*character) && !character.is_whitespace())
            .map(|character| char::from(fold(character).to_ascii_lowercase()))
            .collect();
        let slashed = read.replace('\\', "/");
        let scheme = |name: &str| slashed.contains(&format!("{name}:"));
        if slashed.contains("//") || slashed.contains(":/") || read.contains('\\') {
            return true;
        }
        if ["http", "https", "ftp", "javascript", "data", "vbscript"]
            .into_iter()
            .any(scheme)
        {
            return true;
        }
        let decoded = percent_decoded(&text);
        if decoded == text {
            return false;
        }
        text = decoded;
    }
    // Encoded more often than anyone needs.
    true
}

/// Levels of percent-encoding that are looked through.
const MOST_ENCODED: u8 = 3;

pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let value = match (byte, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match value {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// Where an allowed link goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) host: String,
    pub(crate) url: String,
}

const LONGEST_URL: usize = 2_000;

/// Host and port of an authority without user information.
fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            (host, Some(port))
        }
        _ => (authority, None),
    };
    let named = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    (named || host == "[::1]").then_some((host, port))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "127.0.0.1" || host == "[::1]" || host.ends_with(".localhost")
}

/// A text without links, and the links that stood in it and are allowed.
pub(crate) struct Unlinked {
    pub(crate) text: String,
    pub(crate) links: Vec<(String, Target)>,
}

/// Takes every link out of a text: images and reference links vanish, a link to an allowed host
/// leaves its label behind and is handed back, any other becomes "[link removed: host]".
pub(crate) fn unlinked(text: &str, policy: &LinkPolicy) -> Unlinked {
    let mut links: Vec<(String, Target)> = Vec::new();
    let Some(pattern) = LINKS.as_ref() else {
        return Unlinked {
            text: text.to_owned(),
            links,
        };
    };
    let replaced = pattern.replace_all(text, |found: &Captures<'_>| {
        let whole = found.get(0).map(|whole| whole.as_str()).unwrap_or_default();
        let group = |name| found.name(name).map(|group| group.as_str());
        if group("image").is_some() || group("definition").is_some() {
            return String::new();
        }
        if let Some(label) = group("reference") {
            // "[EMAIL_1][EMAIL_2]" are two placeholders, no reference; what else stands behind a placeholder goes, as
            // it does behind words: it may be an address.
            return match (is_placeholder_name(label), group("id")) {
                (true, Some(id)) if is_placeholder_name(id) => whole.to_owned(),
                (true, _) => format!("[{label}]"),
                (false, _) => as_words(label, policy),
            };
        }
        if let (Some(label), Some(to)) = (group("label"), group("to")) {
            let label = if is_placeholder_name(label) {
                format!("[{label}]")
            } else {
                as_words(label, policy)
            };
            return match policy.link(to) {
                Some(target) => {
                    links.push((label.clone(), target));
                    label
                }
                None => format!("{label} {}", removed(to)).trim_start().to_owned(),
            };
        }
        if let Some(url) = group("url") {
            let (url, tail) = without_punctuation(url);
            return match policy.link(url) {
                Some(target) => {
                    let label = target.host.clone();
                    links.push((label.clone(), target));
                    format!("{label}{tail}")
                }
                None => format!("{}{tail}", removed(url)),
            };
        }
        // A bare domain: no link, so an allowed one may stay; an e-mail address is not one.
        let at = found.get(0).map(|whole| whole.range()).unwrap_or_default();
        let before = text
            .get(..at.start)
            .and_then(|text| text.chars().next_back());
        let after = text.get(at.end..).and_then(|text| text.chars().next());
        if after == Some('@') {
            return whole.to_owned();
        }
        let (bare, tail) = without_punctuation(whole);
        if before == Some('@') {
            // "ada@example.com:https://evil.example": what stands behind an address is no part of it.
            match bare.split_once(':') {
                Some((domain, behind)) if !domain.contains(['/', '?', '#']) => {
                    let behind = unlinked(behind, policy);
                    links.extend(behind.links);
                    return format!("{domain}:{}{tail}", behind.text);
                }
                _ if !bare.contains(['/', '?', '#']) => return whole.to_owned(),
                _ => {}
            }
        }
        if policy.link(&format!("https://{bare}")).is_some() {
            return whole.to_owned();
        }
        format!("{}{tail}", removed(bare))
    });
    let mut seen = BTreeSet::new();
    let text = replaced.into_owned();
    links.retain(|(_, target)| seen.insert(target.url.clone()));
    Unlinked { text, links }
}

/// A label without addresses of its own: "[https://evil.example](555)" must not leave one behind. It has no
/// brackets, so nothing in it is a labelled link again.
fn as_words(label: &str, policy: &LinkPolicy) -> String {
    unlinked(label, policy).text
}

/// What stands where a link stood.
pub(crate) fn removed(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host: String = host
        .chars()
        .map(|c| if DOTS.contains(c) { '.' } else { c })
        .filter(|c| (c.is_alphanumeric() && !is_hidden(*c)) || matches!(c, '.' | '-'))
        .take(80)
        .collect();
    if host.is_empty() {
        "[link removed]".to_owned()
    } else {
        format!("[link removed: {host}]")
    }
}

/// What a browser or an eye takes for the dot of a domain name.
const DOTS: &str = ".。․．｡﹒·‧∙⋅・۔܁܂ꓸ";

fn without_punctuation(url: &str) -> (&str, &str) {
    let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_', '~']);
    url.split_at(trimmed.len())
}

static LINKS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LINKS_PATTERN).ok());

/// Each alternative stops at a bracket or a space, so no stretch is walked twice.
const LINKS_PATTERN: &str = concat!(
    r"(?P<image>!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\]))",
    r"|\[(?P<label>[^\[\]\n]*)\]\([ \t]*<?(?P<to>[^()\s<>]*)>?(?:[ \t]+[^()\n]*)?\)",
    r"|\[(?P<reference>[^\[\]\n]*)\]\[(?P<id>[^\[\]\n]*)\]",
    r"|(?P<definition>(?m:^)[ ]{0,3}\[[^\[\]\n]+\]:[ \t]*\S+[^\n]*)",
    r#"|(?P<url>(?i:\b[a-z][a-z0-9+.\-]{0,20}://|\bwww\.)[^\s<>()"'`\[\]{}|\\^]*)"#,
    r"|(?P<bare>(?:[\p{L}\p{N}][\p{L}\p{N}\-]*[.。․．｡﹒·‧∙⋅・۔܁܂ꓸ])+(?i:com|net|org|info|biz|shop|store|online|site|app|dev|io|co|ai|me|us|uk|de|at|ch|fr|es|it|nl|be|pl|pt|eu|ru|su|cn|jp|in|br|ca|au|xyz|top|club|live|link|click|tk|ml|ga|cf|gq|buzz|icu|vip|work|support|help|zip|mov|ly|gl|to|cc|tv|ws|pw|page|web|cloud|tech|space|website|example|test|xn--[a-z0-9\-]+)\b",
    r#"(?:[/:?#][^\s<>()"'`\[\]{}|\\^]*)?)"#,
);

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> LinkPolicy {
        LinkPolicy::new(["Shop.example", "127.0.0.1", "help.shop.example:8443"].map(str::to_owned))
    }

    #[test]
    fn the_pattern_compiles() {
        assert!(LINKS.is_some());
    }

    #[test]
    fn a_label_leaves_no_address_behind() {
        for (text, expected) in [
            (
                "[https://evil.example/?q=](555) 123",
                "[link removed: evil.example] [link removed: 555] 123",
            ),
            (
                "[evil.com](https://evil.com/x)",
                "[link removed: evil.com] [link removed: evil.com]",
            ),
            (
                "[https://evil.example/x][1]",
                "[link removed: evil.example]",
            ),
            (
                "[https://evil.example/x](https://shop.example/a)",
                "[link removed: evil.example]",
            ),
            ("[our returns](https://shop.example/a)", "our returns"),
            (
                "[EMAIL_1](https://evil.example)",
                "[EMAIL_1] [link removed: evil.example]",
            ),
        ] {
            assert_eq!(unlinked(text, &policy()).text, expected, "{text}");
        }
    }

    #[test]
    fn hosts_match_exactly() {
        for url in [
            "https://shop.example",
            "https://SHOP.example/returns?x=1#y",
            "https://shop.example:443/",
            "http://127.0.0.1:8080/shop/",
            "https://help.shop.example:8443/",
            "https://shop.example/a/b?q=100%25&time=10:30&x=a%2Fb#c/d",
            "https://shop.example/search?q=r%C3%BCckgabe%20frist",
            "https://shop.example/100%",
        ] {
            assert!(policy().link(url).is_some(), "{url}");
        }
        for url in [
            "http://shop.example/",
            "https://shop.example.evil.example/",
            "https://evil.example/shop.example",
            "https://shop.example@evil.example/",
            "https://evil.example\\@shop.example/",
            "https://shop.example:8443/",
            "https://www.shop.example/",
            "//shop.example/",
            "javascript:alert(1)//https://shop.example",
            "https:shop.example",
            "https://shop.example /",
            "https://shop.example\u{FF0F}x",
            "https://help.shop.example/",
            "ftp://127.0.0.1/",
            "https://shop.exampl\u{0435}/",
            "https://[::1]/",
            "https:///shop.example",
            "https://shop.example/r?to=https://evil.com",
            "https://shop.example/r?to=https%3A%2F%2fevil.com",
            "https://shop.example./",
            "https://shop.example//evil.com/x",
            "https://shop.example/a//evil.com",
            "https://shop.example/r?to=//evil.com",
            "https://shop.example/r#//evil.com",
            "https://shop.example/r?to=https:%2F%2Fevil.com",
            "https://shop.example/r?to=https%3A//evil.com",
            "https://shop.example/r?to=https%3a%2f/evil.com",
            "https://shop.example/r?to=%2F%2Fevil.com",
            "https://shop.example/r?to=/%2Fevil.com",
            "https://shop.example/r?to=%252F%252Fevil.com",
            "https://shop.example/r?to=https%253A%252F%252Fevil.com",
            "https://shop.example/r?to=%25252F%25252Fevil.com",
            "https://shop.example/r?to=%2525252F%2525252Fevil.com",
            "https://shop.example/%2F%2Fevil.com",
            "https://shop.example/\\evil.com",
            "https://shop.example/r?to=/%5Cevil.com",
            "https://shop.example/r?to=%5C%5Cevil.com",
            "https://shop.example/r?to=%255Cevil.com",
            "https://shop.example/r?to=https:evil.com",
            "https://shop.example/r?to=HTTPS%3Aevil.com",
            "https://shop.example/r?to=ht%09tps:/evil.com",
            "https://shop.example/r?to=/%09/evil.com",
            "https://shop.example/r?to=/%0A/evil.com",
            "https://shop.example/r?to=javascript%3Aalert(1)",
            "https://shop.example/r?to=%EF%BC%8F%EF%BC%8Fevil.com",
        ] {
            assert_eq!(policy().link(url), None, "{url}");
        }
    }

    #[test]
    fn links_become_text() {
        for (text, expected) in [
            (
                "see https://evil.example/a?b=c.",
                "see [link removed: evil.example].",
            ),
            (
                "see [here](https://evil.example/x) now",
                "see here [link removed: evil.example] now",
            ),
            ("![x](https://evil.example/?q=secret) done", " done"),
            ("![x][1] [words][1]\n[1]: https://evil.example/", " words\n"),
            ("<https://evil.example/>", "<[link removed: evil.example]>"),
            ("www.evil.example/x", "[link removed: www.evil.example]"),
            ("go to evil.com/login", "go to [link removed: evil.com]"),
            ("https://shop.example@evil.com/", "[link removed: evil.com]"),
            ("at shop.example today", "at shop.example today"),
            (
                "at shop.example//evil.com",
                "at [link removed: shop.example]",
            ),
            ("go to evil․com/x now", "go to [link removed: evil.com] now"),
            ("go to evil．com", "go to [link removed: evil.com]"),
            ("go to evil｡com", "go to [link removed: evil.com]"),
            ("go to evil。com", "go to [link removed: evil.com]"),
            ("go to evil·com", "go to [link removed: evil.com]"),
            (
                "[here](https://evil․com/x)",
                "here [link removed: evil.com]",
            ),
            (
                "https://shop.example/r?to=//evil.com",
                "[link removed: shop.example]",
            ),
            (
                "[here](https://shop.example/r?to=https:%2F%2Fevil.com)",
                "here [link removed: shop.example]",
            ),
            ("help@evil.com", "help@evil.com"),
            ("help@evil.com: soon", "help@evil.com: soon"),
            (
                "help@shop.example:https://evil.com/?q=",
                "help@shop.example:[link removed: evil.com]",
            ),
            (
                "ada@a.com:b@b.com:https://evil.com/x.",
                "ada@a.com:b@b.com:[link removed: evil.com].",
            ),
            ("ada@evil.com/login", "ada@[link removed: evil.com]"),
            ("e.g. size 4.5 and i.e. this", "e.g. size 4.5 and i.e. this"),
            ("[EMAIL_1][EMAIL_2]", "[EMAIL_1][EMAIL_2]"),
            ("[EMAIL_1][https://evil.example/?q=x]", "[EMAIL_1]"),
            ("javascript:alert(1)", "javascript:alert(1)"),
        ] {
            assert_eq!(unlinked(text, &policy()).text, expected, "{text}");
        }
    }

    #[test]
    fn allowed_links_are_handed_back() {
        let unlinked = unlinked(
            "[Returns](https://shop.example/returns) or https://shop.example/faq, https://shop.example/faq",
            &policy(),
        );
        assert_eq!(unlinked.text, "Returns or shop.example, shop.example");
        let links: Vec<_> = unlinked
            .links
            .iter()
            .map(|(label, target)| (label.as_str(), target.url.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("Returns", "https://shop.example/returns"),
                ("shop.example", "https://shop.example/faq")
            ]
        );
    }
}
