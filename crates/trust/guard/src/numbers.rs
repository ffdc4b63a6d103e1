//! Bytes and digits of a folded text.

use core::ops::Range;

/// Digits that touch.
pub(crate) type Group = Range<usize>;

/// The byte at a position; 0 outside.
pub(crate) fn byte(folded: &[u8], position: usize) -> u8 {
    folded.get(position).copied().unwrap_or_default()
}

/// The byte before a position; 0 at the start.
pub(crate) fn byte_before(folded: &[u8], position: usize) -> u8 {
    position
        .checked_sub(1)
        .map_or(0, |before| byte(folded, before))
}

/// The values of the digits in a stretch.
pub(crate) fn digits(folded: &[u8], range: Range<usize>) -> impl Iterator<Item = u8> + '_ {
    folded
        .get(range)
        .unwrap_or_default()
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .map(|byte| byte - b'0')
}
