//! A card, or its security code, told over several messages: "4111 1111", and then "1111 1111".
//!
//! Each message alone passes the gate: eight digits are no card. Together they are one, so the
//! messages of a conversation are read as one number whenever a new one brings digits. What is found
//! is taken out of the new message before it is stored, and named in the earlier ones, so that
//! whoever keeps them can rewrite them.
//!
//! INVARIANT: nothing is remembered between messages. What was told before is read again from where
//! it is kept sealed; a piece of a card never lies in the clear.
//!
//! Numbers of ordinary talk are many, and one in ten passes the check digit. So digits are joined only
//! where nothing else explains them (an order, a size, a price, a date), and where one of three things
//! speaks for a card: the talk is of cards; the pieces are cut as cards are printed; or the messages
//! are nothing but numbers, one after the other.

mod reading;

#[cfg(test)]
mod tests;

use core::{cell::Cell, ops::Range};

use self::reading::{Number, Reading};
use crate::{
    cards::{self, Cluster, following, is_code_named, issued_lengths, luhn},
    finding::FindingKind,
    gate::{CARD_MARK, SECURITY_CODE_MARK},
    numbers::digits,
    view::View,
};

/// How many of the shopper's messages before the new one are read: a number of nineteen digits may
/// be told one by one.
pub const MESSAGES_BEFORE: usize = 18;
const FEWEST_DIGITS: usize = 12;
const MOST_DIGITS: usize = 19;
/// Numbers between two pieces that belong to neither, where cards are the matter.
const MOST_SKIPPED: usize = 2;
/// Ways to join pieces that are tried for one message; a card told in parts needs a few dozen.
const MOST_READINGS: u32 = 4_000;
/// Messages between a card, or the name of a code, and the code.
const CODE_WITHIN: usize = 4;
/// Digits that are looked for wherever they were repeated. Fewer are anything.
pub(crate) const FEWEST_REPEATED: usize = 4;

/// What of a conversation's messages was a part of a card or of its code.
#[derive(Default)]
pub(crate) struct Told {
    /// In the new message, in visible characters.
    pub(crate) here: Vec<(FindingKind, Range<usize>)>,
    /// In each of the earlier messages, in the order in which they were given.
    pub(crate) before: Vec<Vec<(FindingKind, Range<usize>)>>,
    /// The digits of each part that is long enough to be known again.
    pub(crate) digits: Vec<String>,
}

/// A number in one of the messages.
#[derive(Clone, Copy)]
struct Piece<'a> {
    message: usize,
    reading: &'a Reading,
    cluster: &'a Cluster,
    /// Nothing else explains it, in its message or by its shape.
    sure: bool,
}

impl Piece<'_> {
    fn number(&self, groups: &[Range<usize>]) -> Vec<u8> {
        let groups = groups.iter().cloned();
        groups
            .flat_map(|group| digits(&self.reading.digits, group))
            .collect()
    }

    fn digits(&self) -> usize {
        self.cluster.groups.iter().map(Range::len).sum()
    }
}

/// Some groups of one piece.
#[derive(Clone)]
struct Stretch {
    message: usize,
    range: Range<usize>,
}

/// Whether a text could complete anything: it has a digit, or a word for one.
pub(crate) fn may_complete(text: &str) -> bool {
    !Reading::of(text).pieces.is_empty()
}

/// Reads the earlier messages (oldest first) and the new one together.
pub(crate) fn told(earlier: &[&str], new: &View) -> Told {
    if earlier.is_empty() {
        return Told::default();
    }
    let first = earlier.len().saturating_sub(MESSAGES_BEFORE);
    let readings: Vec<Reading> = earlier
        .iter()
        .skip(first)
        .copied()
        .chain([new.clean()])
        .map(Reading::of)
        .collect();
    let whole: Vec<Range<usize>> = cards::find(&new.folded)
        .into_iter()
        .filter(|(kind, _)| *kind == FindingKind::CreditCard)
        .map(|(_, range)| range)
        .collect();
    let mut stretches: Vec<(FindingKind, Stretch)> = Vec::new();
    let card = if whole.is_empty() {
        card(&readings)
    } else {
        None
    };
    let code_after = card.as_deref().and_then(<[Stretch]>::last).cloned();
    for stretch in card.into_iter().flatten() {
        stretches.push((FindingKind::CreditCard, stretch));
    }
    if !whole.is_empty() {
        stretches.extend(began(&readings, &whole).map(|one| (FindingKind::CreditCard, one)));
    }
    let codes = match &code_after {
        Some(end) => codes_behind(&readings, end),
        None if whole.is_empty() => code(&readings),
        None => Vec::new(),
    };
    stretches.extend(
        codes
            .into_iter()
            .map(|one| (FindingKind::CardSecurityCode, one)),
    );
    gathered(&readings, stretches, first, earlier.len())
}

fn gathered(
    readings: &[Reading],
    mut stretches: Vec<(FindingKind, Stretch)>,
    first: usize,
    earlier: usize,
) -> Told {
    let mut told = Told {
        before: vec![Vec::new(); earlier],
        ..Told::default()
    };
    stretches.sort_by_key(|(_, stretch)| (stretch.message, stretch.range.start));
    for (kind, stretch) in stretches {
        let Some(reading) = readings.get(stretch.message) else {
            continue;
        };
        let number: String = digits(&reading.digits, stretch.range.clone())
            .map(|digit| char::from(b'0' + digit))
            .collect();
        if number.len() >= FEWEST_REPEATED {
            told.digits.push(number);
        }
        let range = reading.whole(stretch.range);
        match told.before.get_mut(stretch.message + first) {
            Some(cuts) => cuts.push((kind, range)),
            None => told.here.push((kind, range)),
        }
    }
    told
}

/// The card that the new message completes, as its stretches in the order in which they were told.
fn card(readings: &[Reading]) -> Option<Vec<Stretch>> {
    let (new, _) = readings.split_last()?;
    if new.pieces.is_empty() {
        return None;
    }
    let of_cards = readings.iter().any(|reading| reading.of_cards);
    let last = readings.len() - 1;
    let candidates: Vec<Piece<'_>> = readings
        .iter()
        .enumerate()
        .flat_map(|(message, reading)| {
            let sure = reading.bare || reading.of_cards;
            reading.pieces.iter().map(move |number| Piece {
                message,
                reading,
                cluster: &number.cluster,
                sure: sure && !number.is_shaped,
            })
        })
        .filter(|piece| piece.sure || piece.reading.bare || of_cards && piece.digits() % 4 == 0)
        .collect();
    let search = Search {
        readings,
        candidates: &candidates,
        last,
        left: Cell::new(MOST_READINGS),
    };
    let ends = candidates.iter().enumerate();
    let mut best = None;
    for (end, _) in ends.filter(|(_, piece)| piece.message == last) {
        search.back(end, &mut Vec::new(), 0, &mut best);
    }
    best.map(|found| found.stretches)
}

/// A way to read a card out of the messages.
struct Found {
    /// Whether the pieces are all that was said, and how many digits they have: the fuller, the better.
    fullness: (bool, usize),
    stretches: Vec<Stretch>,
}

struct Search<'a> {
    readings: &'a [Reading],
    /// In the order in which they were told.
    candidates: &'a [Piece<'a>],
    /// Number of the new message.
    last: usize,
    /// How many more ways to join pieces are tried.
    left: Cell<u32>,
}

impl Search<'_> {
    /// Takes the piece at `at` before those in `chain` (the last told first), reads what there is by
    /// now, and goes further back.
    fn back(&self, at: usize, chain: &mut Vec<usize>, skipped: usize, best: &mut Option<Found>) {
        let (Some(piece), Some(left)) = (self.candidates.get(at), self.left.get().checked_sub(1))
        else {
            return;
        };
        self.left.set(left);
        // What lies between the ends of a number is all of it.
        let inner: usize = chain
            .iter()
            .skip(1)
            .filter_map(|index| self.candidates.get(*index))
            .map(Piece::digits)
            .sum();
        if inner >= MOST_DIGITS {
            return;
        }
        chain.push(at);
        if piece.message != self.last {
            self.read(chain, skipped, best);
        }
        let mut skipped = skipped;
        for next in (0..at).rev() {
            self.back(next, chain, skipped, best);
            skipped += usize::from(self.candidates.get(next).is_some_and(|next| next.sure));
            if skipped > MOST_SKIPPED {
                break;
            }
        }
        chain.pop();
    }

    /// Cards that begin with a group of the first piece and end with one of the last.
    fn read(&self, chain: &[usize], skipped: usize, best: &mut Option<Found>) {
        let pieces: Vec<&Piece<'_>> = chain
            .iter()
            .rev()
            .filter_map(|index| self.candidates.get(*index))
            .collect();
        let [first, inner @ .., end] = pieces.as_slice() else {
            return;
        };
        let inside: Vec<u8> = inner
            .iter()
            .flat_map(|piece| piece.number(&piece.cluster.groups))
            .collect();
        for begin in 0..first.cluster.groups.len().min(MOST_DIGITS) {
            let head = first.number(first.cluster.groups.get(begin..).unwrap_or_default());
            let fixed = [head.as_slice(), inside.as_slice()].concat();
            if fixed.len() >= MOST_DIGITS {
                continue;
            }
            for until in 1..=end.cluster.groups.len().min(MOST_DIGITS) {
                let tail = end.number(end.cluster.groups.get(..until).unwrap_or_default());
                let whole = [fixed.as_slice(), tail.as_slice()].concat();
                let all = begin == 0 && (until == end.cluster.groups.len() || is_end(end, until));
                let fullness = (all && skipped == 0, whole.len());
                if best.as_ref().is_some_and(|best| best.fullness >= fullness) || !is_card(&whole) {
                    continue;
                }
                let lengths = [head.len()]
                    .into_iter()
                    .chain(inner.iter().map(|piece| piece.digits()));
                let printed = is_printed(lengths, whole.len());
                if self.is_told(&pieces, skipped, all, printed) {
                    *best = Some(Found {
                        fullness,
                        stretches: stretches(&pieces, begin, until),
                    });
                }
            }
        }
    }

    /// Whether something speaks for it that these pieces were meant as one number. `all`: they are
    /// everything that those messages count; `printed`: cut where cards have their gaps.
    fn is_told(&self, pieces: &[&Piece<'_>], skipped: usize, all: bool, printed: bool) -> bool {
        let bare = pieces.iter().all(|piece| piece.reading.bare);
        let alone = all && skipped == 0 && bare && self.nothing_counted_between(pieces);
        if pieces.iter().all(|piece| piece.sure) {
            let announced = pieces.first().is_some_and(|first| {
                let from = first.message.saturating_sub(1);
                let near = self.readings.get(from..=first.message);
                near.is_some_and(|near| near.iter().any(|reading| reading.of_cards))
            });
            return announced || alone || bare && printed;
        }
        // Numbers among other words, or shaped like something else.
        let some_sure = pieces.iter().any(|piece| piece.sure);
        alone && some_sure || !bare && all && skipped == 0 && printed
    }

    /// Whether no message between the first piece and the last has another number.
    fn nothing_counted_between(&self, pieces: &[&Piece<'_>]) -> bool {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return false;
        };
        let between = self.readings.get(first.message..=last.message);
        let mut between = between.unwrap_or_default().iter().zip(first.message..);
        between.all(|(reading, message)| {
            let taken = pieces.iter().filter(|piece| piece.message == message);
            reading.numbers == taken.count()
        })
    }
}

/// Whether what follows in the last message is what follows a card: its expiry, its code.
fn is_end(piece: &Piece<'_>, until: usize) -> bool {
    let end = until
        .checked_sub(1)
        .and_then(|index| piece.cluster.groups.get(index))
        .map_or(0, |group| group.end);
    following(&piece.reading.digits, piece.cluster, end).like_a_card
}

fn is_card(number: &[u8]) -> bool {
    (FEWEST_DIGITS..=MOST_DIGITS).contains(&number.len())
        && issued_lengths(number) & (1 << number.len()) != 0
        && luhn(number)
}

/// Whether the messages part a number where cards are printed with a gap.
fn is_printed(lengths: impl Iterator<Item = usize>, whole: usize) -> bool {
    let mut joints = lengths.scan(0, |joint, length| {
        *joint += length;
        Some(*joint)
    });
    match whole {
        14 | 15 => joints.all(|joint| [4, 10].contains(&joint)),
        _ => joints.all(|joint| joint.is_multiple_of(4)),
    }
}

fn stretches(pieces: &[&Piece<'_>], begin: usize, until: usize) -> Vec<Stretch> {
    let last = pieces.len().saturating_sub(1);
    pieces
        .iter()
        .enumerate()
        .filter_map(|(index, piece)| {
            let groups = &piece.cluster.groups;
            let from = if index == 0 { begin } else { 0 };
            let to = if index == last { until } else { groups.len() };
            let groups = groups.get(from..to)?;
            Some(Stretch {
                message: piece.message,
                range: groups.first()?.start..groups.last()?.end,
            })
        })
        .collect()
}

/// What was begun before a message that has the whole card in it.
fn began<'a>(
    readings: &'a [Reading],
    whole_cards: &'a [Range<usize>],
) -> impl Iterator<Item = Stretch> + 'a {
    let whole: Vec<String> = readings
        .last()
        .into_iter()
        .flat_map(|new| {
            whole_cards
                .iter()
                .map(|range| written(&new.view.folded, range.clone()))
        })
        .collect();
    let before = readings.len().saturating_sub(1);
    readings
        .iter()
        .take(before)
        .enumerate()
        .flat_map(move |(message, reading)| {
            let whole = whole.clone();
            reading.pieces.iter().filter_map(move |piece| {
                let piece = &piece.cluster;
                let (first, last) = (piece.groups.first()?, piece.groups.last()?);
                let number = written(&reading.digits, first.start..last.end);
                let begun = number.len() >= FEWEST_REPEATED
                    && whole.iter().any(|card| card.contains(&number));
                begun.then_some(Stretch {
                    message,
                    range: first.start..last.end,
                })
            })
        })
}

fn written(text: &[u8], range: Range<usize>) -> String {
    digits(text, range)
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// Codes right behind the card that the new message completes.
fn codes_behind(readings: &[Reading], end: &Stretch) -> Vec<Stretch> {
    let Some(reading) = readings.get(end.message) else {
        return Vec::new();
    };
    let behind = reading
        .pieces
        .iter()
        .map(|number| &number.cluster)
        .filter(|piece| {
            piece
                .groups
                .last()
                .is_some_and(|last| last.end >= end.range.end)
        })
        .flat_map(|piece| following(&reading.digits, piece, end.range.end).codes);
    let mut codes: Vec<Range<usize>> = behind.collect();
    codes.sort_by_key(|code| code.start);
    codes.dedup();
    let message = end.message;
    codes
        .into_iter()
        .map(|range| Stretch { message, range })
        .collect()
}

/// The code that the new message is or completes: three or four digits by themselves, after a card was
/// taken out or after a code was named.
fn code(readings: &[Reading]) -> Vec<Stretch> {
    let Some((new, before)) = readings.split_last() else {
        return Vec::new();
    };
    if new.pieces.is_empty() || !new.bare {
        return Vec::new();
    }
    let near = before.len().saturating_sub(CODE_WITHIN);
    let opened = before.iter().enumerate().skip(near).rev().find(|(_, one)| {
        let text = one.view.clean();
        text.contains(CARD_MARK)
            || is_code_named(&one.view.folded) && !text.contains(SECURITY_CODE_MARK)
    });
    let Some((opening, opener)) = opened else {
        return Vec::new();
    };
    // "cvv 1", "2", "3": what stands behind the name belongs to it.
    let from = if opener.view.clean().contains(CARD_MARK) || opener.pieces.is_empty() {
        opening + 1
    } else {
        opening
    };
    let mut told: Vec<Stretch> = Vec::new();
    let mut count = 0;
    for (message, reading) in readings.iter().enumerate().skip(from) {
        if !reading.bare {
            continue;
        }
        for piece in &reading.pieces {
            let groups = without_expiry(&reading.digits, &piece.cluster);
            let (Some(first), Some(last)) = (groups.first(), groups.last()) else {
                continue;
            };
            count += groups.iter().map(Range::len).sum::<usize>();
            told.push(Stretch {
                message,
                range: first.start..last.end,
            });
        }
    }
    let completed = told
        .last()
        .is_some_and(|last| last.message == readings.len() - 1);
    if completed && (3..=4).contains(&count) {
        told
    } else {
        Vec::new()
    }
}

/// The groups of a piece behind a month and a year: "12/27 123".
fn without_expiry<'a>(text: &[u8], piece: &'a Cluster) -> &'a [Range<usize>] {
    match piece.groups.as_slice() {
        [month, year, rest @ ..]
            if month.len() <= 2
                && matches!(year.len(), 2 | 4)
                && matches!(
                    text.get(month.end..year.start),
                    Some(b"/" | b" / " | b"-" | b".")
                ) =>
        {
            rest
        }
        groups => groups,
    }
}

/// Where the digits of a part were repeated in another text: an answer that quotes them, a message
/// sent twice.
pub(crate) fn repeated(text: &str, told: &[String]) -> (View, Vec<Range<usize>>) {
    let reading = Reading::everything(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for Number { cluster, .. } in &reading.pieces {
        for (index, first) in cluster.groups.iter().enumerate() {
            if found.last().is_some_and(|last| last.end > first.start) {
                continue;
            }
            let mut number = String::new();
            for group in cluster.groups.iter().skip(index) {
                number.push_str(&written(&reading.digits, group.clone()));
                if told.contains(&number) {
                    found.push(reading.whole(first.start..group.end));
                    break;
                }
                if number.len() >= MOST_DIGITS {
                    break;
                }
            }
        }
    }
    (reading.view, found)
}
