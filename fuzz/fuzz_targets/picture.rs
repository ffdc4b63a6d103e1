//! A file that a catalogue names as a picture: any bytes at all.
//!
//! Whatever it is, it is refused or drawn anew, and what is drawn is a whole JPEG of a bounded size. The
//! checks of a PNG's chunks are put right first, so that what stands behind them is reached.
#![no_main]

use gallery::redraw::redrawn;
use libfuzzer_sys::fuzz_target;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    if bytes.starts_with(PNG) {
        put_right(&mut bytes);
    }
    let Ok(drawn) = redrawn(&bytes) else { return };
    let (card, detail) = drawn.into_sizes();
    for picture in [card, detail] {
        assert!(picture.starts_with(&[0xff, 0xd8, 0xff]) && picture.ends_with(&[0xff, 0xd9]));
        assert!(picture.len() <= 512 * 1024);
    }
});

/// Writes the check behind each chunk that is whole.
fn put_right(bytes: &mut [u8]) {
    let mut at = PNG.len();
    while let Some(length) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
        let Ok(length) = usize::try_from(u32::from_be_bytes(*length)) else {
            return;
        };
        let (from, end) = (at + 4, at.saturating_add(length).saturating_add(8));
        let Some(sum) = bytes.get(from..end).map(check) else {
            return;
        };
        let Some(place) = bytes.get_mut(end..end.saturating_add(4)) else {
            return;
        };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
}

/// ISO 3309, as PNG has it.
fn check(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let odd = sum & 1 == 1;
            sum >>= 1;
            if odd {
                sum ^= 0xedb8_8320;
            }
        }
    }
    !sum
}
