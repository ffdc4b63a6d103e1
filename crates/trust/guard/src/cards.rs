//! Payment card numbers and the security codes beside them.
//!
//! A number counts as a card when 12 to 19 digits begin and end where groups of digits begin and
//! end, an issuer has that prefix at that length, and the Luhn check (ISO/IEC 7812-1 annex B)
//! holds. Every such stretch is taken, also where several overlap, so that no reading of the
//! digits leaves a valid number behind. Where the groups are those of a card, or the words around
//! them speak of cards, digits may also be glued to it.
//!
//! INVARIANT: in doubt a number is a card. It stays only when an order, a parcel or an article is
//! named directly before it, no expiry date and no code follow, and nothing speaks of paying.

mod codes;
mod issuers;
mod runs;
mod words;

#[cfg(test)]
mod tests;

use core::ops::Range;

use self::{
    codes::named_codes,
    runs::decoded,
    words::{is_article, is_labelled, is_referred, speaks_of_cards},
};
pub(crate) use self::{
    codes::{following, is_code_named},
    issuers::{issued_lengths, luhn},
    runs::{Cluster, clusters},
};
use crate::{
    finding::FindingKind,
    numbers::{byte, byte_before, digits},
    shop_numbers,
};

const FEWEST_DIGITS: usize = 12;
const FEWEST_DIGITS_OF_A_CODE: usize = 3;
const MOST_DIGITS: usize = 19;

/// Cards and security codes, in order, not overlapping.
pub(crate) fn find(folded: &[u8]) -> Vec<(FindingKind, Range<usize>)> {
    let figures = folded.iter().filter(|byte| byte.is_ascii_digit()).count();
    if figures < FEWEST_DIGITS_OF_A_CODE {
        return Vec::new();
    }
    let decoded = decoded(folded);
    let readings = || core::iter::once(folded).chain(decoded.as_deref());
    let mut found: Vec<(FindingKind, Range<usize>)> = readings()
        .flat_map(named_codes)
        .map(|code| (FindingKind::CardSecurityCode, code))
        .collect();
    if figures >= FEWEST_DIGITS {
        numbers(&readings().collect::<Vec<_>>(), &mut found);
    }
    in_order(found)
}

/// Card numbers in any reading of a text, and the codes behind them. `found`: the codes with a name.
fn numbers(readings: &[&[u8]], found: &mut Vec<(FindingKind, Range<usize>)>) {
    let clusters: Vec<(&[u8], Vec<Cluster>)> = readings
        .iter()
        .map(|text| (*text, clusters(text, FEWEST_DIGITS)))
        .collect();
    if clusters.iter().all(|(_, clusters)| clusters.is_empty()) {
        return;
    }
    // A text with one card in it, or its code, is about cards.
    let named = found.len();
    let mut speaks = named > 0 || readings.iter().any(|text| speaks_of_cards(text));
    let mut read_all = |speaks| {
        found.truncate(named);
        for (text, clusters) in &clusters {
            read(text, clusters, speaks, found);
        }
        found.len() > named
    };
    if read_all(speaks) && !speaks {
        speaks = true;
        read_all(speaks);
    }
}

fn read(
    text: &[u8],
    clusters: &[Cluster],
    speaks: bool,
    found: &mut Vec<(FindingKind, Range<usize>)>,
) {
    for cluster in clusters {
        if !speaks && is_named_number(text, cluster) {
            continue;
        }
        let mut cards = aligned(text, cluster, speaks);
        cards.extend(grown(text, cluster));
        cards.extend(within_runs(text, cluster, speaks));
        for card in cards {
            let codes = following(text, cluster, card.end).codes;
            found.push((FindingKind::CreditCard, card));
            found.extend(
                codes
                    .into_iter()
                    .map(|code| (FindingKind::CardSecurityCode, code)),
            );
        }
    }
}

/// Sorts, and joins what overlaps. A stretch with a card in it is a card.
fn in_order(mut found: Vec<(FindingKind, Range<usize>)>) -> Vec<(FindingKind, Range<usize>)> {
    found.sort_by_key(|(_, range)| (range.start, core::cmp::Reverse(range.end)));
    let mut kept: Vec<(FindingKind, Range<usize>)> = Vec::with_capacity(found.len());
    for (kind, range) in found {
        match kept.last_mut() {
            Some((joined, last)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                if kind == FindingKind::CreditCard {
                    *joined = kind;
                }
            }
            _ => kept.push((kind, range)),
        }
    }
    kept
}

/// Cards that are whole groups.
fn aligned(text: &[u8], cluster: &Cluster, speaks: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let numbers: Vec<u8> = cluster
        .groups
        .iter()
        .flat_map(|group| digits(text, group.clone()))
        .collect();
    // Digits before each group, and the first group with which the number is long enough.
    let (mut before, mut shortest) = (0, 0);
    let mut shortest_end = 0;
    for (index, first) in cluster.groups.iter().enumerate() {
        let rest = numbers.get(before..).unwrap_or_default();
        let lengths = issued_lengths(rest);
        while shortest_end < before + FEWEST_DIGITS {
            let Some(group) = cluster.groups.get(shortest) else {
                return found;
            };
            shortest_end += group.len();
            shortest += 1;
        }
        let mut length = shortest_end - before;
        for last in shortest - 1.. {
            if length > MOST_DIGITS {
                break;
            }
            if lengths & (1 << length) != 0 && rest.get(..length).is_some_and(luhn) {
                let groups = cluster.groups.get(index..=last).unwrap_or_default();
                let worded = cluster.worded.get(index + 1..=last).unwrap_or_default();
                let range = first.start..groups.last().map_or(first.end, |last| last.end);
                let joined = !worded.contains(&true) || is_regular(groups);
                if joined && !is_other_number(text, cluster, &range, groups, speaks) {
                    found.push(range);
                }
            }
            let Some(next) = cluster.groups.get(last + 1) else {
                break;
            };
            length += next.len();
        }
        before += first.len();
    }
    found
}

/// Groups as cards have them: all alike but the last, or those of fifteen and fourteen digits.
/// Only such groups are read over letters.
fn is_regular(groups: &[Range<usize>]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(Range::len).collect();
    let [first, inner @ .., last] = lengths.as_slice() else {
        return true;
    };
    (inner.iter().all(|length| length == first) && last <= first)
        || GROUPINGS.contains(&lengths.as_slice())
}

/// How cards are printed.
const GROUPINGS: [&[usize]; 4] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3]];

/// Cards in printed groups, with digits glued to the first or the last: "4242 4242 4242 42421".
/// The groups go as a whole.
fn grown(text: &[u8], cluster: &Cluster) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for index in 0..cluster.groups.len() {
        for grouping in GROUPINGS {
            let groups = cluster.groups.get(index..index + grouping.len());
            let (Some([first, inner @ .., last]), [head, middle @ .., tail]) = (groups, grouping)
            else {
                continue;
            };
            let fits = first.len() >= *head
                && last.len() >= *tail
                && (first.len() > *head || last.len() > *tail)
                && inner.iter().map(Range::len).eq(middle.iter().copied());
            if !fits {
                continue;
            }
            let number: Vec<u8> = digits(text, first.end - head..last.start + tail).collect();
            if issued_lengths(&number) & (1 << number.len()) != 0 && luhn(&number) {
                found.push(first.start..last.end);
            }
        }
    }
    found
}

/// In a text about cards: unbroken runs of digits with a card in them. The run goes as a whole.
fn within_runs(text: &[u8], cluster: &Cluster, speaks: bool) -> Vec<Range<usize>> {
    let runs = cluster.groups.iter().filter(|run| {
        speaks
            && run.len() > FEWEST_DIGITS + 1
            && (!is_labelled(text, run.start) || following(text, cluster, run.end).like_a_card)
    });
    runs.filter(|run| {
        let number: Vec<u8> = digits(text, (*run).clone()).collect();
        // Other starts leave more than a few digits on either side.
        let near_end = number.len().saturating_sub(MOST_DIGITS);
        let mut starts = (0..=MOST_GLUED).chain(near_end.max(MOST_GLUED + 1)..number.len());
        starts.any(|start| {
            let rest = number.get(start..).unwrap_or_default();
            let lengths = issued_lengths(rest);
            (FEWEST_DIGITS + 1..=MOST_DIGITS.min(rest.len()))
                .filter(|length| lengths & (1 << length) != 0)
                // At either end, or with little on both sides: a long number has room for
                // something like a card by chance.
                .filter(|length| {
                    start == 0 || rest.len() == *length || number.len() - length <= MOST_GLUED
                })
                .any(|length| rest.get(..length).is_some_and(luhn))
        })
    })
    .cloned()
    .collect()
}

/// Digits on both sides of a card in a run.
const MOST_GLUED: usize = 3;

/// Whether something else explains the digits better.
fn is_other_number(
    text: &[u8],
    cluster: &Cluster,
    range: &Range<usize>,
    groups: &[Range<usize>],
    speaks: bool,
) -> bool {
    if byte_before(text, range.start) == b'+' && digits(text, range.clone()).count() <= 13 {
        return true; // an international phone number
    }
    if groups.len() == 1 {
        return !speaks
            && (is_labelled(text, range.start)
                || is_article(text, range)
                || is_referred(text, range.start) && shop_numbers::is_trade_number(text, range)
                || shop_numbers::is_in_a_parcel_number(text, range))
            && !following(text, cluster, range.end).like_a_card;
    }
    is_series(text, groups) || is_price_list(text, groups)
}

/// A number longer than a card's, in groups in which no card is printed, that a shop or a carrier
/// gives out: "tracking 0034 0434 1610 9404 2557", "302-1234567-1234567".
fn is_named_number(text: &[u8], cluster: &Cluster) -> bool {
    let Some((first, last)) = cluster.groups.first().zip(cluster.groups.last()) else {
        return false;
    };
    let lengths = || cluster.groups.iter().map(Range::len);
    let parted = |mark: u8| {
        let starts = cluster.groups.iter().skip(1);
        let mut gaps = cluster.groups.iter().zip(starts);
        gaps.all(|(end, start)| text.get(end.end..start.start) == Some(&[mark]))
    };
    let alone = !byte(text, last.end).is_ascii_alphanumeric();
    // Twenty digits of a carrier, or the twenty-two and twenty-four of others.
    let count = cluster.groups.len();
    let fours = match cluster.groups.split_last() {
        Some((last, others)) => {
            others.iter().all(|group| group.len() == 4)
                && matches!((count, last.len()), (5 | 6, 4) | (6, 2))
        }
        None => false,
    };
    let printed = || {
        let lengths: Vec<usize> = lengths().collect();
        let number: Vec<u8> = digits(text, first.start..last.end)
            .map(|digit| digit + b'0')
            .collect();
        parted(b' ') && shop_numbers::printed([b' '], &lengths, &number).is_some()
            || parted(b'-') && shop_numbers::printed([b'-'], &lengths, &number).is_some()
    };
    let marketplace = lengths().eq([3, 7, 7]);
    let labelled = is_labelled(text, first.start);
    let named = (fours && parted(b' ') && labelled) || (marketplace && parted(b'-')) || printed();
    alone && named
}

/// Sizes: pairs of digits that only rise or only fall, or numbers at equal steps.
fn is_series(text: &[u8], groups: &[Range<usize>]) -> bool {
    let value = |group: &Range<usize>| {
        digits(text, group.clone())
            .take(3)
            .fold(0_i32, |value, digit| value * 10 + i32::from(digit))
    };
    let values: Vec<i32> = groups.iter().map(value).collect();
    let steps: Vec<i32> = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(a, b)| b - a)
        .collect();
    let one_way = steps.iter().all(|step| *step > 0) || steps.iter().all(|step| *step < 0);
    let even = steps.iter().all(|step| Some(step) == steps.first());
    let longest = groups
        .iter()
        .map(|group| group.len())
        .max()
        .unwrap_or_default();
    groups.len() >= 4 && one_way && (longest <= 2 || (longest == 3 && even))
}

/// "49.99 39.99 29.99": every second group is the end of a price.
fn is_price_list(text: &[u8], groups: &[Range<usize>]) -> bool {
    groups.len() >= 4
        && groups.len().is_multiple_of(2)
        && groups.chunks_exact(2).all(|pair| {
            let [whole, cents] = pair else { return false };
            whole.end + 1 == cents.start
                && matches!(byte(text, whole.end), b'.' | b',')
                && matches!(
                    text.get(cents.clone()),
                    Some(b"99" | b"95" | b"90" | b"50" | b"49" | b"00")
                )
        })
}
