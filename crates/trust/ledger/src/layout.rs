//! The files of an exported log: the layout of C2SP tlog-tiles, and the history of its checkpoints
//! beside it.
//!
//! ```text
//! checkpoint                      the newest signed checkpoint
//! checkpoints/sizes               the sizes of all checkpoints, one a line, smallest first
//! checkpoints/<size>              each of them
//! tile/<level>/<N>[.p/<width>]    hashes
//! tile/entries/<N>[.p/<width>]    entries, each after its length as a big-endian 16-bit number
//! ```

use crate::tiles::WIDTH;

pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const SIZES: &str = "checkpoints/sizes";

pub(crate) fn checkpoint_path(size: u64) -> String {
    format!("checkpoints/{size}")
}

/// The path of a tile that has `width` hashes.
pub(crate) fn tile_path(level: u32, tile: u64, width: u64) -> String {
    format!("tile/{level}/{}{}", index(tile), partial(width))
}

/// The path of a bundle of `width` entries.
pub(crate) fn entries_path(bundle: u64, width: u64) -> String {
    format!("tile/entries/{}{}", index(bundle), partial(width))
}

/// Three digits a path element, all but the last with an `x` before them.
fn index(mut number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    while number >= 1000 {
        number /= 1000;
        path = format!("x{:03}/{path}", number % 1000);
    }
    path
}

fn partial(width: u64) -> String {
    if width < WIDTH {
        format!(".p/{width}")
    } else {
        String::new()
    }
}

/// The bytes of a bundle; `None` when an entry is longer than 65,535 bytes.
pub(crate) fn encode_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

/// The entries of a bundle, and whether nothing was left over or cut off.
pub(crate) fn decode_bundle(mut bytes: &[u8]) -> (Vec<Vec<u8>>, bool) {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let Some((entry, rest)) = rest.split_at_checked(u16::from_be_bytes(*length).into()) else {
            return (entries, false);
        };
        entries.push(entry.to_vec());
        bytes = rest;
    }
    (entries, bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_specification() {
        // C2SP tlog-tiles, "Merkle Tree".
        assert_eq!(tile_path(0, 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(tile_path(1, 0, 17), "tile/1/000.p/17");
        assert_eq!(tile_path(2, 1000, 256), "tile/2/x001/000");
        assert_eq!(entries_path(999, 255), "tile/entries/999.p/255");
    }

    #[test]
    fn bundles() {
        let long = vec![7; 65_535];
        let bytes = encode_bundle([&b"a"[..], b"", &long]).unwrap();
        assert_eq!(bytes[..5], [0, 1, b'a', 0, 0]);
        assert_eq!(
            decode_bundle(&bytes),
            (vec![b"a".to_vec(), Vec::new(), long], true)
        );
        assert_eq!(
            decode_bundle(&bytes[..6]),
            (vec![b"a".to_vec(), Vec::new()], false)
        );
        assert_eq!(
            decode_bundle(&bytes[..20]),
            (vec![b"a".to_vec(), Vec::new()], false)
        );
        assert_eq!(encode_bundle([&vec![7; 65_536][..]]), None);
    }
}
