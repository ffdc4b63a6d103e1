//! Digits that may be read as one number, whatever people, keyboards, mail programs and encodings
//! put between them.

use core::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::fold::{LETTER, MARK};

/// Between two groups of digits, in characters; marks and encoded separators are not counted.
const WIDEST_GAP: usize = 12;

/// Groups of digits that may belong together.
pub(crate) struct Cluster {
    pub(crate) groups: Vec<Range<usize>>,
    /// For each group, whether there are letters between it and the one before it.
    pub(crate) worded: Vec<bool>,
}

/// The clusters with at least `fewest` digits. Linear: every byte is looked at a few times.
pub(crate) fn clusters(text: &[u8], fewest: usize) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    let mut end = 0;
    for group in groups(text) {
        let gap = gap(text.get(end..group.start).unwrap_or_default());
        end = group.end;
        match (found.last_mut(), gap) {
            (Some(open), Some(worded)) => {
                open.groups.push(group);
                open.worded.push(worded);
            }
            _ => found.push(Cluster {
                groups: vec![group],
                worded: vec![false],
            }),
        }
    }
    found.retain(|cluster| cluster.groups.iter().map(Range::len).sum::<usize>() >= fewest);
    found
}

fn groups(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut position = 0;
    text.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
        .filter_map(move |chunk| {
            let start = position;
            position += chunk.len();
            chunk
                .first()
                .is_some_and(u8::is_ascii_digit)
                .then_some(start..position)
        })
}

/// Whether groups with this between them may belong together, and if so whether it has letters:
/// anything but letters and digits; single letters ("4242x4242"), and a few words.
fn gap(between: &[u8]) -> Option<bool> {
    let width = between.iter().filter(|byte| **byte != MARK).count();
    if width > WIDEST_GAP {
        return None;
    }
    let words = between
        .split(|byte| !byte.is_ascii_alphabetic() && *byte != LETTER)
        .filter(|word| !word.is_empty());
    let mut worded = false;
    for word in words {
        if word.len() > 1 && !JOINING.iter().any(|join| word.eq_ignore_ascii_case(join)) {
            return None;
        }
        worded = true;
    }
    Some(worded)
}

const JOINING: [&[u8]; 22] = [
    b"and", b"und", b"et", b"en", b"then", b"dann", b"puis", b"dash", b"minus", b"space", b"dot",
    b"nbsp", b"next", b"bit", b"rest", b"weiter", b"luego", b"poi", b"depois", b"suite", b"dan",
    b"potem",
];

static ENCODED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ENCODED_PATTERN).ok());

/// Separators as encodings write them: "%20", "%C2%A0", "&nbsp;", "&#160;", "\u00a0", "<br>".
const ENCODED_PATTERN: &str = concat!(
    r"(?i-u)%(?:25)?(?:0[9ad]|2[0-9a-f]|3[a-f]|5[b-f]|7[b-e]|[89a][0-9a-f]|c2|e2)",
    r"|&(?:#x[0-9a-f]{1,5}|#[0-9]{1,6}|[a-z]{2,8});",
    r"|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])",
    r"|<[/!]?[a-z][^<>]{0,60}>",
);

/// The text with encoded separators blanked, when there are any. A second reading beside the
/// text as it stands: "50%20" may also be a per cent sign and a number.
pub(super) fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded: Option<Vec<u8>> = None;
    for found in ENCODED.as_ref()?.find_iter(text) {
        let decoded = decoded.get_or_insert_with(|| text.to_vec());
        if let Some(stretch) = decoded.get_mut(found.range()) {
            stretch.fill(MARK);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles() {
        assert!(ENCODED.is_some());
    }

    #[test]
    fn what_joins_and_what_does_not() {
        for (between, expected) in [
            (&b" "[..], Some(false)),
            (b"\n> > ", Some(false)),
            (b"            ", Some(false)),
            (b"             ", None),
            (b" x ", Some(true)),
            (b" and ", Some(true)),
            (b" order ", None),
            (b"ab", None),
        ] {
            assert_eq!(gap(between), expected, "{between:?}");
        }
    }

    #[test]
    fn encoded_separators_are_blanked_in_place() {
        assert_eq!(decoded(b"plain 42"), None);
        let text = b"1%202<br>3&nbsp;4";
        let blank = decoded(text).unwrap();
        assert_eq!(blank.len(), text.len());
        let left: Vec<u8> = blank.into_iter().filter(|byte| *byte != MARK).collect();
        assert_eq!(left, b"1234");
    }
}
