//! E-mail addresses and phone numbers.

use core::ops::Range;

use crate::{
    finding::FindingKind,
    fold::{LETTER, OTHER},
    numbers::{Group, byte, byte_before, clusters, digits, is_labelled, words_before},
};

/// E-mail addresses, in order, not overlapping. Linear: the stretch before an `@` is walked back no
/// further than the `@` or the address before it.
pub(crate) fn emails(folded: &[u8]) -> Vec<(FindingKind, Range<usize>)> {
    let mut found: Vec<(FindingKind, Range<usize>)> = Vec::new();
    let mut floor = 0;
    for (at, _) in folded.iter().enumerate().filter(|(_, byte)| **byte == b'@') {
        if at < floor {
            continue;
        }
        let before = folded.get(floor..at).unwrap_or_default();
        let local = before
            .iter()
            .rev()
            .take_while(|byte| in_local_part(**byte))
            .count();
        let mut start = at - local;
        while start < at && !is_word(byte(folded, start)) {
            start += 1;
        }
        let end = domain_end(folded, at + 1);
        if start < at && end > at + 1 {
            found.push((FindingKind::EmailAddress, start..end));
            floor = end;
        } else {
            floor = at + 1;
        }
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == LETTER || byte == b'_'
}

fn in_local_part(byte: u8) -> bool {
    is_word(byte)
        || matches!(
            byte,
            b'.' | b'%'
                | b'+'
                | b'-'
                | b'\''
                | b'&'
                | b'!'
                | b'#'
                | b'$'
                | b'*'
                | b'~'
                | b'^'
                | b'='
        )
}

/// One past the last character of the domain that starts at `start`; `start` when there is none.
fn domain_end(folded: &[u8], start: usize) -> usize {
    let mut end = start;
    let mut labels = 0;
    let mut position = start;
    loop {
        let label = folded
            .get(position..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == LETTER || **byte == b'-')
            .count();
        if label == 0 {
            break;
        }
        labels += 1;
        let label_end = position + label;
        let top_level = folded.get(position..label_end).unwrap_or_default();
        let letters = top_level
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic() || **byte == LETTER)
            .count();
        if labels >= 2 && letters >= 2 {
            end = label_end;
        }
        if byte(folded, label_end) != b'.' {
            break;
        }
        position = label_end + 1;
    }
    while end > start && byte_before(folded, end) == b'-' {
        end -= 1;
    }
    end
}

const FEWEST_DIGITS: usize = 7;
/// ITU-T E.164.
const MOST_DIGITS: usize = 15;

/// Phone numbers outside the stretches that are `taken` (in order), in order, not overlapping.
pub(crate) fn phones(folded: &[u8], taken: &[Range<usize>]) -> Vec<(FindingKind, Range<usize>)> {
    let mut found = Vec::new();
    let mut taken = taken.iter().peekable();
    for cluster in clusters(folded, separates, 3) {
        let mut rest = cluster.groups.as_slice();
        let start = rest.first().map_or(0, |first| first.start);
        let labelled = is_labelled(folded, start);
        let spoken = speaks_of_phones(folded, start);
        while let Some((first, others)) = rest.split_first() {
            while taken.next_if(|range| range.end <= first.start).is_some() {}
            if taken.peek().is_some_and(|range| range.start < first.end) {
                rest = others;
                continue;
            }
            if is_date(folded, rest) {
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            let limit = taken.peek().map_or(folded.len(), |range| range.start);
            let near = rest.iter().take(MOST_DIGITS + 1);
            let free = near.take_while(|group| group.end <= limit).count();
            let candidates = rest.get(..free).unwrap_or_default();
            // A label names the number that follows it, not the ones after that.
            let labelled = labelled && first.start == start;
            let Some(count) = phone(folded, candidates, labelled, spoken) else {
                rest = others;
                continue;
            };
            let end = candidates
                .get(count - 1)
                .map_or(first.end, |group| group.end);
            found.push((FindingKind::PhoneNumber, lead(folded, first.start)..end));
            rest = rest.get(count..).unwrap_or_default();
        }
    }
    found
}

fn separates(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')')
}

/// Where the number starts with its plus and its bracket.
fn lead(folded: &[u8], start: usize) -> usize {
    let mut lead = start;
    if byte_before(folded, lead) == b'(' {
        lead -= 1;
    }
    if byte_before(folded, lead) == b'+' {
        lead -= 1;
        if byte_before(folded, lead) == b'(' {
            lead -= 1;
        }
    }
    // A bracket that is not closed inside the number belongs to the sentence.
    let text = folded.get(lead..start).unwrap_or_default();
    let closed = folded
        .get(start..(start + 8).min(folded.len()))
        .unwrap_or_default()
        .contains(&b')');
    if text.first() == Some(&b'(') && !closed {
        lead + 1
    } else {
        lead
    }
}

/// How many of the groups, from the first, are one phone number: `labelled` when it is called an
/// order or the like, `spoken` when a word about phones stands before it.
fn phone(folded: &[u8], groups: &[Group], labelled: bool, spoken: bool) -> Option<usize> {
    let first = groups.first()?;
    let glued = byte_before(folded, first.start);
    if glued.is_ascii_alphabetic()
        || glued == LETTER
        || matches!(glued, b'$' | OTHER | b'_' | b'@' | b'-' | b'.' | b'/')
    {
        return None;
    }
    let run = fitting(folded, groups);
    if run.1 < FEWEST_DIGITS {
        return None;
    }
    let lead = folded
        .get(lead(folded, first.start)..first.start)
        .unwrap_or_default();
    if lead.contains(&b'+') {
        let international = run.1 > FEWEST_DIGITS && byte(folded, first.start) != b'0';
        return international.then_some(run.0);
    }
    if labelled {
        return None;
    }
    if spoken && !is_amount(folded, groups, run.0) {
        return Some(run.0);
    }
    shape(folded, groups, run)
}

/// How many groups fit into one number, and their digits.
fn fitting(folded: &[u8], groups: &[Group]) -> (usize, usize) {
    let mut count = 0_usize;
    let mut total = 0;
    let mut end = None;
    for group in groups {
        let gap = end.map_or(&[][..], |end: usize| {
            folded.get(end..group.start).unwrap_or_default()
        });
        let sentence = matches!(gap, [b'.', b' ', ..] | [b')', b'.', ..]);
        // "… 1234567 2 pairs": a lone digit after a whole number is not part of it.
        let over = total >= 10
            && group.len() <= 2
            && gap == b" "
            && groups
                .get(count.saturating_sub(1))
                .is_some_and(|last| last.len() >= 4);
        if total + group.len() > MOST_DIGITS || sentence || over {
            break;
        }
        total += group.len();
        count += 1;
        end = Some(group.end);
    }
    (count, total)
}

/// Formats that say "phone" without a word beside them.
fn shape(folded: &[u8], groups: &[Group], run: (usize, usize)) -> Option<usize> {
    let lengths: Vec<usize> = groups.iter().take(6).map(Group::len).collect();
    let text = folded.get(groups.first()?.clone()).unwrap_or_default();
    let area = |group: usize| {
        groups
            .get(group)
            .is_some_and(|group| matches!(byte(folded, group.start), b'2'..=b'9'))
    };
    match (text, lengths.as_slice()) {
        // A social security number of the United States
        (_, [3, 2, 4, ..]) => None,
        // North America
        (b"1", [1, 3, 3, 4, ..]) if area(1) => Some(4),
        (_, [3, 3, 4, ..]) if area(0) && byte(folded, groups.get(1)?.end) != b' ' => Some(3),
        (_, [3, 3, 4, ..]) if area(0) && byte_before(folded, groups.first()?.start) == b'(' => {
            Some(3)
        }
        (_, [3, 3, 4, ..]) if area(0) && groups.len() == 3 => Some(3),
        // International with 00
        ([b'0', b'0', b'1'..=b'9', ..], _) if (11..=MOST_DIGITS).contains(&run.1) => Some(run.0),
        // Trunk prefix 0, written in groups
        ([b'0', b'1'..=b'9', ..], [_, _, ..]) if (9..=12).contains(&run.1) => Some(run.0),
        // Mobile numbers written in one piece
        ([b'0', b'6' | b'7', ..], [10, ..]) | ([b'0', b'7', ..], [11, ..]) => Some(1),
        ([b'0', b'1', b'5'..=b'7', ..], [11 | 12, ..]) | ([b'0', b'4', ..], [10, ..]) => Some(1),
        _ => None,
    }
}

/// Two dates and times are eight digits and more, too.
fn is_date(folded: &[u8], groups: &[Group]) -> bool {
    let [a, b, c, ..] = groups else { return false };
    let value = |group: &Group| {
        digits(folded, group.clone())
            .take(4)
            .fold(0_u32, |value, digit| value * 10 + u32::from(digit))
    };
    let marks = (byte(folded, a.end), byte(folded, b.end));
    let parted = marks.0 == marks.1 && matches!(marks.0, b'.' | b'/' | b'-');
    let day_first =
        a.len() <= 2 && b.len() <= 2 && (c.len() == 4 || (c.len() == 2 && groups.len() == 3));
    let year_first = a.len() == 4 && b.len() <= 2 && c.len() <= 2;
    let plausible = if year_first {
        value(b) <= 12 && value(c) <= 31
    } else {
        value(a) <= 31 && value(b) <= 31
    };
    parted && (day_first || year_first) && plausible
}

/// "1 234 567 €", "1.234.567".
fn is_amount(folded: &[u8], groups: &[Group], count: usize) -> bool {
    let end = groups
        .get(count.saturating_sub(1))
        .map_or(0, |group| group.end);
    let after = folded
        .get(end..(end + 4).min(folded.len()))
        .unwrap_or_default();
    let currency = [
        &b"$"[..],
        b" $",
        b" eur",
        b" EUR",
        b" usd",
        b" USD",
        b"%",
        b" gbp",
        b" GBP",
    ];
    currency.iter().any(|mark| after.starts_with(mark))
        || matches!(after, [OTHER, ..] | [b' ', OTHER, ..])
}

fn speaks_of_phones(folded: &[u8], start: usize) -> bool {
    // "Phone:" may stand on the line before.
    let space = folded.get(..start).unwrap_or_default().iter().rev().take(8);
    let start = start
        - space
            .take_while(|byte| matches!(byte, b' ' | b'\n' | b'(' | b'+'))
            .count();
    words_before(folded, start, 48).iter().any(|word| {
        PHONE_WORDS.contains(&word.as_str())
            || PHONE_STEMS.iter().any(|stem| word.starts_with(stem))
    })
}

const PHONE_WORDS: [&str; 9] = [
    "tel", "sms", "text", "ring", "fax", "bel", "cell", "dial", "reach",
];

/// How words about phones begin.
const PHONE_STEMS: [&str; 18] = [
    "phone",
    "call",
    "mobil",
    "cellphone",
    "whatsapp",
    "telephon",
    "telefon",
    "handy",
    "ruf",
    "anruf",
    "erreich",
    "durchwahl",
    "portable",
    "appel",
    "movil",
    "llam",
    "chiam",
    "telemovel",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Cut, View};

    fn without(text: &str) -> String {
        let view = View::of(text);
        let emails = emails(&view.folded);
        let taken: Vec<_> = emails.iter().map(|(_, range)| range.clone()).collect();
        let mut found = emails;
        found.extend(phones(&view.folded, &taken));
        found.sort_by_key(|(_, range)| range.start);
        let cuts: Vec<_> = found
            .into_iter()
            .map(|(kind, range)| Cut {
                range,
                with: if kind == FindingKind::EmailAddress {
                    "<mail>"
                } else {
                    "<phone>"
                }
                .to_owned(),
            })
            .collect();
        view.replaced(&cuts)
    }

    #[test]
    fn addresses() {
        for (text, expected) in [
            ("write to ada@example.com.", "write to <mail>."),
            ("<ada.l+x@mail.example.co.uk>, thanks", "<<mail>>, thanks"),
            ("müller@bücher.example", "<mail>"),
            ("иван@почта.example", "<mail>"),
            ("ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "<mail>"),
            ("a\u{200B}da@exam\u{2060}ple.com", "<mail>"),
            (
                "mailto:ada@example.com?subject=x",
                "mailto:<mail>?subject=x",
            ),
            (
                "a@example.com,b@example.com;c@example.com",
                "<mail>,<mail>;<mail>",
            ),
            ("a@example.com@example.org", "<mail>@example.org"),
            ("@nike or a@b or 5@3.50", "@nike or a@b or 5@3.50"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn phone_numbers() {
        for text in [
            "+49 171 1234567",
            "+49 (0)30 1234567",
            "+1 (555) 123-4567",
            "+442079460018",
            "(+49) 30 1234567",
            "0049 30 1234567",
            "00441632960001",
            "(555) 123-4567",
            "555-123-4567",
            "555.123.4567",
            "1-800-555-0199",
            "030 1234567",
            "0171/1234567",
            "020 7946 0018",
            "01 23 45 67 89",
            "06-12345678",
            "07700900123",
            "01711234567",
            "(030) 1234567",
            "+３３ １ ２３ ４５ ６７ ８９",
        ] {
            assert_eq!(without(text), "<phone>", "{text}");
        }
        for (text, expected) in [
            ("my phone is 5551234567", "my phone is <phone>"),
            ("call me at 555-1234", "call me at <phone>"),
            ("Telefon: 612 345 678", "Telefon: <phone>"),
            ("call +49 171 1234567 2 times", "call <phone> 2 times"),
            ("01711234567, bitte", "<phone>, bitte"),
            ("reach me (07700 900123)", "reach me (<phone>)"),
        ] {
            assert_eq!(without(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "order #10023",
            "#5551234567",
            "order 5551234567",
            "order number 100-234-5678",
            "on 12.05.2024 at 10:30",
            "2024-05-12 2024-05-13",
            "01/02/2024 - 05/02/2024",
            "it costs 1,299.00",
            "1.299.000 €",
            "size 38 or 40",
            "iPhone 15 Pro 256",
            "between 10-12 days",
            "postcode 1010 or 10115",
            "tracking 00340434161094042557",
            "SKU 0012-3456-7890",
            "EAN 4006381333931",
            "160 x 200 cm",
            "invoice 2024-000123",
            "8:30-17:00",
            "call me about order 1002345",
            "I ordered 3 on 01.02.2024 15 minutes ago",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
