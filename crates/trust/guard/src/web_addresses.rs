//! Web addresses: with a scheme, with `www.`, bare, and as people write those that nobody shall
//! follow (`hxxp`, `[.]`).
//!
//! A bare name counts as an address when it ends in a top-level domain people register names
//! under, and reads like no two sentences somebody wrote without a blank between.

use core::ops::Range;

use crate::{
    finding::FindingKind,
    fold::LETTER,
    numbers::{byte, byte_before},
    recognise::Recognised,
    scan::{Scan, is_word},
    vocabulary::{Topics, is_letter},
};

/// Addresses in order, not overlapping. Linear: each dot is looked at once, and no further back
/// than the address before it or [`LONGEST_HOST`].
pub(crate) fn find(scan: &Scan<'_>) -> Vec<Recognised> {
    let folded = scan.folded;
    let mut found: Vec<Recognised> = Vec::new();
    let mut floor = 0;
    for (dot, _) in folded.iter().enumerate().filter(|(_, byte)| **byte == b'.') {
        if dot < floor {
            continue;
        }
        if let Some((range, certainty)) = address(scan, dot, floor) {
            floor = range.end;
            found.push(Recognised::new(FindingKind::Url, range, certainty));
        }
    }
    found
}

/// RFC 1035, 2.3.4.
const LONGEST_HOST: usize = 253;
const LONGEST_ADDRESS: usize = 2_048;

/// A dot of a host name as it is written: how far back and how far on the name goes.
fn dot_width(folded: &[u8], dot: usize) -> (usize, usize) {
    match (byte_before(folded, dot), byte(folded, dot + 1)) {
        (b'[', b']') | (b'(', b')') | (b'{', b'}') => (dot - 1, dot + 2),
        _ => (dot, dot + 1),
    }
}

fn in_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == LETTER || matches!(byte, b'-' | b'_')
}

fn address(scan: &Scan<'_>, dot: usize, floor: usize) -> Option<(Range<usize>, u8)> {
    let folded = scan.folded;
    let (before, _) = dot_width(folded, dot);
    let first = folded.get(floor..before)?;
    let label = first
        .iter()
        .rev()
        .take(64)
        .take_while(|byte| in_label(**byte))
        .count();
    if label == 0 {
        return None;
    }
    let host_start = before - label;
    let (host_end, labels) = host(folded, host_start);
    if labels.len() < 2 {
        return None;
    }
    let scheme = scheme(folded, host_start, floor);
    let end = tail(folded, host_end);
    if let Some(start) = scheme {
        return Some((start..end, 98));
    }
    // The local part of an e-mail address, and a path of something else.
    let glued = byte_before(folded, host_start);
    if is_word(glued)
        || matches!(glued, b'@' | b'/' | b'\\' | b'.' | b'-' | b'#' | b'$')
        || byte(folded, host_end) == b'@'
    {
        return None;
    }
    let name = labels.first()?;
    let www = folded
        .get(name.clone())
        .is_some_and(|label| label.eq_ignore_ascii_case(b"www"));
    let top = folded.get(labels.last()?.clone())?;
    if !is_top_level(top) {
        return None;
    }
    if www && labels.len() >= 3 {
        return Some((host_start..end, 95));
    }
    bare(scan, &labels, host_end, end).map(|certainty| (host_start..end, certainty))
}

/// The labels of the host that starts there, and where it ends.
fn host(folded: &[u8], start: usize) -> (usize, Vec<Range<usize>>) {
    let mut labels: Vec<Range<usize>> = Vec::with_capacity(4);
    let mut end = start;
    let mut position = start;
    while position - start < LONGEST_HOST {
        let rest = folded.get(position..).unwrap_or_default();
        let length = rest
            .iter()
            .take(64)
            .take_while(|byte| in_label(**byte))
            .count();
        if length == 0 {
            break;
        }
        end = position + length;
        labels.push(position..end);
        position = match folded.get(end..).unwrap_or_default() {
            [b'.', ..] => end + 1,
            [b'[', b'.', b']', ..] | [b'(', b'.', b')', ..] | [b'{', b'.', b'}', ..] => end + 3,
            _ => break,
        };
    }
    // "example.com-" and the dash of a sentence
    while end > start && byte_before(folded, end) == b'-' {
        end -= 1;
    }
    if let Some(last) = labels.last_mut() {
        last.end = end.max(last.start);
        if last.start == last.end {
            labels.pop();
        }
    }
    (end, labels)
}

/// Where an address starts whose scheme stands directly before its host, user information aside.
fn scheme(folded: &[u8], host: usize, floor: usize) -> Option<usize> {
    let slashes = host
        .checked_sub(2)
        .filter(|at| folded.get(*at..host) == Some(b"//"))?;
    let mut colon = slashes;
    // "hxxp[:]//"
    while colon > floor && matches!(byte_before(folded, colon), b'[' | b']' | b':') {
        colon -= 1;
    }
    let letters = folded.get(floor..colon)?.iter().rev();
    let length = letters
        .take(6)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let name = folded.get(colon - length..colon)?;
    let known = SCHEMES
        .iter()
        .any(|scheme| name.eq_ignore_ascii_case(scheme));
    (colon < slashes && known).then_some(colon - length)
}

const SCHEMES: [&[u8]; 8] = [
    b"http", b"https", b"hxxp", b"hxxps", b"ftp", b"ftps", b"ws", b"wss",
];

/// One past port, path, query and fragment; the marks that end a sentence are not theirs.
fn tail(folded: &[u8], host_end: usize) -> usize {
    let mut end = host_end;
    if byte(folded, end) == b':' {
        let port = folded.get(end + 1..).unwrap_or_default();
        let length = port
            .iter()
            .take(6)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if (1..=5).contains(&length) {
            end += 1 + length;
        }
    }
    if !matches!(byte(folded, end), b'/' | b'?' | b'#') {
        return end;
    }
    let rest = folded.get(end..).unwrap_or_default();
    let length = rest
        .iter()
        .take(LONGEST_ADDRESS)
        .take_while(|byte| in_path(**byte))
        .count();
    let mut text = rest.get(..length).unwrap_or_default();
    let opened = text.contains(&b'(');
    while let [before @ .., last] = text {
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'\'' | b'*' | b'_' => text = before,
            b'?' if before.contains(&b'?') || before.len() > 1 => text = before,
            b')' if !opened => text = before,
            _ => break,
        }
    }
    end + text.len()
}

fn in_path(byte: u8) -> bool {
    is_word(byte)
        || matches!(
            byte,
            b'/' | b'?'
                | b'#'
                | b'.'
                | b'-'
                | b'_'
                | b'~'
                | b'%'
                | b'&'
                | b'='
                | b'+'
                | b'@'
                | b':'
                | b','
                | b';'
                | b'!'
                | b'$'
                | b'\''
                | b'('
                | b')'
                | b'*'
        )
}

/// How sure a name without a scheme and without `www` is an address.
fn bare(scan: &Scan<'_>, labels: &[Range<usize>], host_end: usize, end: usize) -> Option<u8> {
    let folded = scan.folded;
    let text = |range: &Range<usize>| folded.get(range.clone()).unwrap_or_default();
    let top = text(labels.last()?);
    let name = text(labels.get(labels.len() - 2)?);
    if name.len() < 2 || !name.iter().any(|byte| is_letter(*byte)) {
        return None;
    }
    let has_path = end > host_end;
    let digits_or_dash = name
        .iter()
        .any(|byte| byte.is_ascii_digit() || *byte == b'-');
    let defanged = labels.first()?.end + 1 < labels.get(1)?.start;
    // A name of three and more labels, such as "shop.example.co.uk".
    let deep = labels.len() >= 3;
    let capital = top.first().is_some_and(u8::is_ascii_uppercase);
    let shouted = top.iter().all(u8::is_ascii_uppercase)
        && name.iter().all(|byte| !byte.is_ascii_lowercase());
    if capital && !shouted && !has_path {
        return None; // "Thanks.It came"
    }
    if GENERIC.contains(&lower(top).as_str()) {
        return Some(90);
    }
    let index = scan
        .mentions
        .partition_point(|mention| mention.end <= labels.first().map_or(0, |first| first.start));
    let spoken = index
        .checked_sub(1)
        .and_then(|index| scan.mentions.get(index))
        .is_some_and(|mention| {
            mention.topics.meets(Topics::SITE)
                && mention.end + 16 >= labels.first().map_or(0, |first| first.start)
        });
    let plain = !WORDS.contains(&lower(top).as_str());
    (has_path || digits_or_dash || defanged || deep || spoken || plain).then_some(75)
}

fn lower(word: &[u8]) -> String {
    word.iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// Whether names are registered under a top-level domain.
pub(crate) fn is_top_level(label: &[u8]) -> bool {
    let label = lower(label);
    label.starts_with("xn--")
        || GENERIC.contains(&label.as_str())
        || RESERVED.contains(&label.as_str())
        || (label.len() == 2 && label.is_ascii() && {
            let mut codes = COUNTRIES.as_bytes().chunks_exact(2);
            codes.any(|code| code == label.as_bytes())
        })
}

/// RFC 2606: names for documents, and for what runs at home.
const RESERVED: [&str; 4] = ["example", "test", "local", "onion"];

/// The generic top-level domains with most names, IANA's list.
const GENERIC: [&str; 74] = [
    "com",
    "net",
    "org",
    "info",
    "biz",
    "edu",
    "gov",
    "mil",
    "int",
    "eu",
    "shop",
    "store",
    "online",
    "site",
    "xyz",
    "top",
    "app",
    "dev",
    "cloud",
    "tech",
    "blog",
    "club",
    "website",
    "space",
    "fun",
    "live",
    "life",
    "world",
    "today",
    "email",
    "agency",
    "company",
    "group",
    "digital",
    "media",
    "news",
    "solutions",
    "services",
    "center",
    "network",
    "systems",
    "design",
    "studio",
    "art",
    "guru",
    "academy",
    "finance",
    "money",
    "bank",
    "insurance",
    "health",
    "care",
    "fashion",
    "jewelry",
    "shoes",
    "clothing",
    "toys",
    "games",
    "tours",
    "travel",
    "hotel",
    "restaurant",
    "coffee",
    "pizza",
    "berlin",
    "wien",
    "hamburg",
    "koeln",
    "bayern",
    "paris",
    "london",
    "icu",
    "click",
    "link",
];

/// Country codes that are words as well: two sentences may meet there.
const WORDS: [&str; 34] = [
    "is", "it", "so", "my", "me", "to", "in", "at", "be", "do", "no", "am", "as", "us", "de", "la",
    "es", "se", "un", "an", "et", "il", "si", "im", "ma", "mu", "tu", "pa", "na", "ne", "va", "su",
    "ai", "id",
];

/// ISO 3166-1 as top-level domains, and those of the same kind.
const COUNTRIES: &str = "acadaeafagaialamaoaqarasatauawaxazbabbbdbebfbgbhbibjbmbnbobrbsbtbwbybz\
    cacccdcfcgchcickclcmcncocrcucvcwcxcyczdedjdkdmdodzeceeegereseteufifjfkfmfofrgagdgegfggghgiglgmgn\
    gpgqgrgsgtgugwgyhkhmhnhrhthuidieiliminioiqirisitjejmjojpkekgkhkikmknkpkrkwkykzlalblclilklrlsltlulvly\
    mamcmdmemgmhmkmlmmmnmompmqmrmsmtmumvmwmxmymznancnenfngninlnonpnrnunzompapepfpgphpkplpmpnprpsptpwpyqa\
    rerorsrurwsasbscsdsesgshsiskslsmsnsosrssstsusvsxsysztctdtftgthtjtktltmtntotrtttvtwtzuaugukusuyuz\
    vavcvevgvivnvuwfwsyeytzazmzw";

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(&Scan::of(text.as_bytes()))
            .into_iter()
            .map(|one| text.get(one.range).unwrap_or_default())
            .collect()
    }

    #[test]
    fn addresses_of_the_web() {
        for text in [
            "https://ClickPhobia.com.br/",
            "http://www.FaceUpdate.com.br/",
            "www.example.org",
            "example.com",
            "shop.example.co.uk/returns?id=4",
            "https://localhost.test:8443/a#b",
            "hxxps://evil[.]example[.]com/login",
            "hxxp://evil.example/x",
            "evil[.]com",
            "FTP://files.example.net/a.zip",
            "https://en.wikipedia.org/wiki/Card_(disambiguation)",
            "my-shop.de",
        ] {
            assert_eq!(found(text), [text], "{text}");
        }
        for (text, expected) in [
            (
                "see https://example.com/a, or (www.example.org).",
                vec!["https://example.com/a", "www.example.org"],
            ),
            ("visit nike.de!", vec!["nike.de"]),
            ("ada@example.com", vec![]),
            ("It was great.it came late", vec![]),
            ("Thanks.My order", vec![]),
            ("costs 49.99 or 1.299.00", vec![]),
            ("e.g. z.B. report.pdf", vec![]),
            ("...com", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn country_codes_come_in_pairs() {
        assert_eq!(COUNTRIES.len() % 2, 0);
        for code in ["de", "uk", "br", "ee", "si", "ch", "zw", "nz", "io"] {
            assert!(is_top_level(code.as_bytes()), "{code}");
        }
        assert!(!is_top_level(b"pdf") && !is_top_level(b"xx"));
    }
}
