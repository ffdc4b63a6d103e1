//! Internet addresses: four octets, or the hexadecimal groups of version 6 (RFC 4291, RFC 5952).

use core::{net::Ipv6Addr, ops::Range};

use crate::{
    finding::FindingKind,
    numbers::{byte, byte_before, digits},
    recognise::Recognised,
    scan::{Scan, is_word},
    vocabulary::Topics,
};

pub(super) fn find(scan: &Scan<'_>) -> Vec<Recognised> {
    let mut found: Vec<Recognised> = Vec::new();
    let mut index = 0;
    while let Some(piece) = scan.pieces.get(index) {
        index += 1;
        if found
            .last()
            .is_some_and(|last| last.range.end > piece.start)
        {
            continue;
        }
        let free = found.last().map_or(0, |last| last.range.end);
        let range = version_6(scan.folded, piece.start, piece.end)
            .filter(|range| range.start >= free)
            .or_else(|| version_4(scan, index - 1));
        // "version 1.2.3.4" is no address.
        let is_version = piece.said.label.meets(Topics::VERSION);
        if let Some(range) = range.filter(|_| !is_version) {
            found.push(Recognised::new(FindingKind::IpAddress, range, 95));
        }
    }
    found
}

fn version_4(scan: &Scan<'_>, index: usize) -> Option<Range<usize>> {
    let folded = scan.folded;
    let octets = scan.pieces.get(index..index + 4)?;
    let (first, last) = (octets.first()?, octets.last()?);
    let joined = octets
        .iter()
        .zip(octets.iter().skip(1))
        .all(|(a, b)| dotted(folded, a.end, b.start));
    let fits = octets.iter().all(|octet| {
        let length = octet.end - octet.start;
        length == octet.digits
            && length <= 3
            && (length == 1 || byte(folded, octet.start) != b'0')
            && digits(folded, octet.start..octet.end)
                .fold(0_u32, |value, digit| value * 10 + u32::from(digit))
                < 256
    });
    let before = byte_before(folded, first.start);
    let open = !is_word(before) && !matches!(before, b'.' | b',');
    let longer = byte(folded, last.end) == b'.' && byte(folded, last.end + 1).is_ascii_digit();
    (joined && fits && open && !longer).then_some(first.start..last.end)
}

/// A dot between octets, also "[.]" as people write an address nobody shall follow.
fn dotted(folded: &[u8], end: usize, start: usize) -> bool {
    matches!(folded.get(end..start), Some(b"." | b"[.]" | b"(.)"))
}

/// The longest spelling: eight groups, or six and four octets, and a zone.
const LONGEST: usize = 45;

fn version_6(folded: &[u8], start: usize, end: usize) -> Option<Range<usize>> {
    if byte(folded, end) != b':' && byte_before(folded, start) != b':' {
        return None;
    }
    let part = |byte: &&u8| byte.is_ascii_hexdigit() || matches!(**byte, b':' | b'.');
    let head = folded.get(..start).unwrap_or_default();
    let back = head.iter().rev().take(LONGEST).take_while(part).count();
    let begin = start - back;
    let ahead = folded.get(begin..).unwrap_or_default();
    let length = ahead.iter().take(LONGEST + 1).take_while(part).count();
    if length > LONGEST || is_word(byte_before(folded, begin)) {
        return None;
    }
    let mut text = ahead.get(..length)?;
    while let [rest @ .., b'.'] = text {
        text = rest;
    }
    // "at 10:30: …" ends with a colon that is the sentence's.
    if let [rest @ .., b':'] = text
        && !rest.ends_with(b":")
    {
        text = rest;
    }
    let colons = text.iter().filter(|byte| **byte == b':').count();
    let parsed = core::str::from_utf8(text).ok()?.parse::<Ipv6Addr>().is_ok();
    let whole = !is_word(byte(folded, begin + text.len()));
    let zone = zone(folded, begin + text.len());
    (colons >= 2 && parsed && whole && text.len() > 3).then_some(begin..begin + text.len() + zone)
}

/// "%eth0" behind a link-local address.
fn zone(folded: &[u8], at: usize) -> usize {
    if byte(folded, at) != b'%' {
        return 0;
    }
    let name = folded.get(at + 1..).unwrap_or_default();
    let length = name
        .iter()
        .take(12)
        .take_while(|byte| is_word(**byte))
        .count();
    if length == 0 { 0 } else { length + 1 }
}

#[cfg(test)]
mod tests {
    use crate::identifiers::tests::{found, kinds};

    #[test]
    fn addresses_of_both_versions() {
        for text in [
            "86.121.97.248",
            "192.168.0.1",
            "10[.]0[.]0[.]1",
            "2001:db8::8a2e:370:7334",
            "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
            "fe80::1%eth0",
            "::ffff:192.0.2.128",
            "2001:db8::",
        ] {
            assert_eq!(found(text), [("IP_ADDRESS", text)], "{text}");
        }
        assert_eq!(
            found("client_ip = ?%//!%20\\|86.121.97.248|%20/"),
            [("IP_ADDRESS", "86.121.97.248")]
        );
        for text in [
            "version 1.2.3.4",
            "at 10:30:15",
            "1.2.3.4.5",
            "300.1.1.1",
            "ratio 3:2",
            "std::vec 3",
            "firmware 10.0.1.2",
        ] {
            assert!(!kinds(text).contains(&"IP_ADDRESS"), "{text}");
        }
    }
}
