//! A web address as a browser would read it, however it is written: without a scheme, defanged,
//! with look-alike dots, with backslashes, percent-encoded or as a number.

use std::sync::LazyLock;

use regex::Regex;

use super::{DOTS, percent_decoded};
use crate::view::View;

/// Characters of an address that are read; what stands behind them is only counted.
const MOST_READ: usize = 4_096;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WebAddress {
    /// In small letters, when one is written.
    pub(crate) scheme: Option<String>,
    /// What stands before an `@`.
    pub(crate) user: Option<String>,
    pub(crate) host: Host,
    pub(crate) port: Option<String>,
    /// Path, query and fragment.
    pub(crate) rest: String,
    /// Written so that it is no link for a program, such as `hxxp` or `[.]`.
    pub(crate) defanged: bool,
    /// Characters nobody sees were in it.
    pub(crate) hidden: bool,
    pub(crate) long: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host {
    /// Letters, digits and hyphens, as it is asked for in the domain name system.
    pub(crate) ascii: String,
    /// As it is shown.
    pub(crate) unicode: String,
    /// A number in place of a name.
    pub(crate) is_number: bool,
    /// No name that the domain name system would know.
    pub(crate) is_malformed: bool,
}

impl WebAddress {
    /// The address a text stands for; none where there is no host in it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let end = text
            .char_indices()
            .nth(MOST_READ)
            .map_or(text.len(), |(at, _)| at);
        let view = View::of(text.get(..end).unwrap_or(text));
        let seen = view.clean().trim();
        let fanged = fanged(seen);
        let mut address = Self {
            scheme: None,
            user: None,
            host: Host::of(""),
            port: None,
            rest: String::new(),
            defanged: fanged != seen,
            hidden: view.hidden().next().is_some(),
            long: end < text.len(),
        };
        let (scheme, rest) = split_scheme(&fanged);
        address.scheme = scheme.map(str::to_ascii_lowercase);
        let is_mail = address.scheme.as_deref() == Some("mailto");
        let rest = rest.replace('\\', "/");
        let rest = rest.trim_start_matches('/');
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        path.clone_into(&mut address.rest);
        let host_and_port = match authority.rsplit_once('@') {
            // "ada@example.com" is an address for mail.
            Some((_, host)) if is_mail || (address.scheme.is_none() && path.is_empty()) => host,
            Some((user, host)) => {
                address.user = Some(user.to_owned());
                host
            }
            None => authority,
        };
        let (host, port) = split_port(host_and_port);
        address.port = port.filter(|port| !port.is_empty()).map(str::to_owned);
        address.host = Host::of(host);
        (!address.host.ascii.is_empty()).then_some(address)
    }

    /// The scheme of a text that runs something instead of leading somewhere.
    pub(crate) fn runs(text: &str) -> bool {
        let start: String = text
            .chars()
            .take(MOST_READ)
            .filter(|character| !character.is_whitespace() && !crate::view::is_hidden(*character))
            .take(12)
            .collect();
        let start = start.to_ascii_lowercase();
        ["javascript:", "vbscript:", "data:", "file:"]
            .into_iter()
            .any(|scheme| start.starts_with(scheme))
    }
}

impl Host {
    pub(crate) fn of(written: &str) -> Self {
        let decoded = percent_decoded(written);
        let dotted: String = decoded
            .chars()
            .filter(|character| !character.is_whitespace())
            .map(|character| {
                if DOTS.contains(character) {
                    '.'
                } else {
                    character
                }
            })
            .collect();
        let name = dotted.trim_end_matches('.');
        if name.starts_with('[') {
            return Self {
                ascii: name.to_ascii_lowercase(),
                unicode: name.to_ascii_lowercase(),
                is_number: true,
                is_malformed: false,
            };
        }
        let (ascii, known) = match idna::domain_to_ascii(name) {
            Ok(ascii) => (ascii, true),
            Err(_) => (name.to_lowercase(), false),
        };
        let labelled = ascii.len() <= 253
            && ascii.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            });
        let unicode = if known {
            idna::domain_to_unicode(&ascii).0
        } else {
            ascii.clone()
        };
        Self {
            is_number: is_number(&ascii),
            is_malformed: !(known && labelled),
            ascii,
            unicode,
        }
    }

    /// The part that somebody registered, and the public suffix behind it.
    pub(crate) fn registered(&self) -> (&str, &str) {
        if self.is_number {
            return (&self.ascii, "");
        }
        let whole = self.ascii.as_str();
        let Some(domain) = psl::domain_str(whole) else {
            return (whole, "");
        };
        let suffix = domain.split_once('.').map_or("", |(_, suffix)| suffix);
        (domain, suffix)
    }
}

/// Whether browsers take the host for a number: its last label is one, decimal or hexadecimal.
fn is_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hexadecimal || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
}

static DEFANGED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?P<dot>\s*[\[({]\s*(?:\.|dot|punkt|punto|point|punt)\s*[\])}]\s*|\s+dot\s+)",
        r"|(?P<colon>[\[({]:[\])}])|(?P<slashes>[\[({]:?//[\])}])",
    ))
    .ok()
});

static DEFANGED_SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^h(?:xx|\*\*|tx|xt|__|t\*)p(?P<s>s?)\s*(?P<behind>[:\[({])").ok()
});

/// The text with a scheme and dots where somebody took them away.
fn fanged(text: &str) -> String {
    let (Some(pattern), Some(scheme)) = (DEFANGED.as_ref(), DEFANGED_SCHEME.as_ref()) else {
        return text.to_owned();
    };
    let text = scheme.replace(text, "http${s}${behind}");
    let text = pattern.replace_all(&text, |found: &regex::Captures<'_>| {
        if found.name("dot").is_some() {
            "."
        } else if found.name("colon").is_some() {
            ":"
        } else {
            "://"
        }
    });
    text.into_owned()
}

/// The scheme, if one is written, and what follows its colon.
fn split_scheme(text: &str) -> (Option<&str>, &str) {
    let Some((before, after)) = text.split_once(':') else {
        return (None, text);
    };
    let is_name = before.starts_with(|first: char| first.is_ascii_alphabetic())
        && before
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let known = [
        "http",
        "https",
        "ftp",
        "ws",
        "wss",
        "mailto",
        "blob",
        "view-source",
    ];
    let is_scheme = is_name
        && (after.starts_with("//")
            || known
                .into_iter()
                .any(|known| before.eq_ignore_ascii_case(known)));
    if is_scheme {
        (Some(before), after)
    } else {
        (None, text)
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port))
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && (!host.contains(':') || host.ends_with(']')) =>
        {
            (host, Some(port))
        }
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_however_it_is_written() {
        for text in [
            "https://evil.example/x",
            "evil.example",
            "EVIL.example.",
            "hxxps://evil[.]example/x",
            "hXXp[:]//evil(.)example",
            "evil [dot] example",
            "evil dot example",
            "https:\\\\evil.example\\x",
            "https:/evil.example",
            "https:evil.example",
            "//evil.example",
            "https://evil。example",
            "https://evil․example",
            "https://%65vil.example",
            "https://ev\u{200B}il.example",
            "https://shop.example@evil.example/",
            "https://evil.example\\@shop.example/",
            "evil.example:8443/x",
            "mailto:ada@evil.example",
            "ada@evil.example",
            "http://ｅｖｉｌ.example",
        ] {
            let address = WebAddress::of(text);
            assert_eq!(
                address.map(|address| address.host.ascii).as_deref(),
                Some("evil.example"),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_are_no_names() {
        for text in [
            "http://192.0.2.1/",
            "http://3221225985/",
            "http://0xC0.0x00.0x02.0x01",
            "http://[2001:db8::1]:80/",
        ] {
            assert!(
                WebAddress::of(text).is_some_and(|address| address.host.is_number),
                "{text}"
            );
        }
        assert!(WebAddress::of("1und1.de").is_some_and(|address| !address.host.is_number));
    }

    #[test]
    fn what_is_registered() {
        for (host, domain, suffix) in [
            ("a.b.shop.example", "shop.example", "example"),
            ("www.shop.co.uk", "shop.co.uk", "co.uk"),
            ("rosa.myshopify.com", "rosa.myshopify.com", "myshopify.com"),
            ("localhost", "localhost", ""),
        ] {
            assert_eq!(Host::of(host).registered(), (domain, suffix));
        }
    }

    #[test]
    fn no_host_no_address() {
        for text in [
            "",
            "   ",
            "https://",
            "/path/only",
            "?",
            "javascript:alert(1)",
        ] {
            let host = WebAddress::of(text).map(|address| address.host);
            assert!(
                host.as_ref()
                    .is_none_or(|host| host.is_malformed || !host.ascii.contains('.')),
                "{text} {host:?}"
            );
        }
        assert!(WebAddress::runs(" java\tscript:alert(1)"));
    }
}
