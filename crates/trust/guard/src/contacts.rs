//! E-mail addresses.

use core::ops::Range;

use crate::{
    finding::FindingKind,
    fold::LETTER,
    numbers::{byte, byte_before},
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Cut, View};

    fn without(text: &str) -> String {
        let view = View::of(text);
        let cuts: Vec<_> = emails(&view.folded)
            .into_iter()
            .map(|(_, range)| Cut {
                range,
                with: "<mail>".to_owned(),
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
}
