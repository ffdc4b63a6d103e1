//! A linear model over hashed pieces of words, trained offline (`training/injection/`): weights of
//! one byte each, and nothing but whole numbers here.

/// Characters of a piece of a text that is scored at once, and how far the next piece begins behind
/// it: an attack in the middle of a long letter is not watered down.
const PIECE: usize = 512;
const STEP: usize = 256;

/// Buckets that pieces of words are hashed to.
const BUCKETS: u32 = 1 << 17;

/// Made by `training/injection/train.py`: bias, scale and a weight for each bucket.
static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// The bytes before the weights: the bias and the scale, 32 bits each.
const HEAD: usize = 8;

/// How sure the model is of an attack, in thousandths: that of the piece it is surest of.
pub(crate) fn permille(plain: &str) -> u16 {
    pieces(plain)
        .map(|piece| squashed(logit(&features(piece))))
        .max()
        .unwrap_or_default()
}

/// Overlapping pieces of a plain text, which is ASCII.
pub(crate) fn pieces(plain: &str) -> impl Iterator<Item = &[u8]> {
    let bytes = plain.as_bytes();
    let last = bytes.len().saturating_sub(PIECE).div_ceil(STEP);
    (0..=last).filter_map(move |number| {
        let start = number * STEP;
        bytes.get(start..bytes.len().min(start + PIECE))
    })
}

/// The buckets of a piece, each once: letters of three to five beside each other within a word and
/// its borders, words, and two words together.
pub(crate) fn features(piece: &[u8]) -> Vec<u32> {
    let mut features: Vec<u32> = Vec::with_capacity(piece.len() * 4);
    let mut before: Option<&[u8]> = None;
    let mut bordered: Vec<u8> = Vec::new();
    for word in piece
        .split(|byte| byte.is_ascii_whitespace())
        .flat_map(|token| token.chunk_by(|one, other| is_word(*one) == is_word(*other)))
    {
        // Of scripts without ASCII counterparts, and of pictures, the model knows nothing.
        if word.iter().all(|byte| matches!(byte, 1 | b'~')) {
            before = None;
            continue;
        }
        bordered.clear();
        bordered.push(b' ');
        bordered.extend(
            word.iter()
                .map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }),
        );
        bordered.push(b' ');
        for length in 3..=5 {
            features.extend(bordered.windows(length).map(|gram| bucket(1, gram, &[])));
        }
        features.push(bucket(2, &bordered, &[]));
        if let Some(before) = before {
            features.push(bucket(3, before, word));
        }
        before = Some(word);
    }
    features.sort_unstable();
    features.dedup();
    features
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | 1)
}

/// FNV-1a over what a feature is made of.
fn bucket(kind: u8, one: &[u8], other: &[u8]) -> u32 {
    let mut hash: u32 = 0x811C_9DC5;
    let parts = [&[kind][..], one, b"\n", other];
    for byte in parts.into_iter().flatten() {
        hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)) % BUCKETS
}

/// The logit in 256ths: the mean of the weights by the root of their number, and the bias.
fn logit(features: &[u32]) -> i64 {
    let head = |at: usize| {
        let bytes = WEIGHTS
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok());
        i64::from(i32::from_le_bytes(bytes.unwrap_or_default()))
    };
    let (bias, scale) = (head(0), head(4));
    let weight = |feature: &u32| {
        let at = usize::try_from(*feature).ok().map(|at| at + HEAD);
        let byte = at
            .and_then(|at| WEIGHTS.get(at))
            .copied()
            .unwrap_or_default();
        i64::from(i8::from_le_bytes([byte]))
    };
    let sum: i64 = features.iter().map(weight).sum();
    let number = u64::try_from(features.len()).unwrap_or(u64::MAX);
    // The root in 256ths.
    let root = i64::try_from(number.saturating_mul(1 << 16).isqrt())
        .unwrap_or(i64::MAX)
        .max(1);
    bias + sum.saturating_mul(scale) / root
}

/// The logistic function, in thousandths, at every half from -8 to 8.
const LOGISTIC: [u16; 33] = [
    0, 1, 1, 2, 2, 4, 7, 11, 18, 29, 47, 76, 119, 182, 269, 378, 500, 622, 731, 818, 881, 924, 953,
    971, 982, 989, 993, 996, 998, 998, 999, 999, 1000,
];

/// The probability of a logit in 256ths, in thousandths.
fn squashed(logit: i64) -> u16 {
    let from_start = logit.saturating_add(8 * 256).clamp(0, 16 * 256);
    let step = usize::try_from(from_start / 128).unwrap_or_default();
    let within = u32::try_from(from_start % 128).unwrap_or_default();
    let at = |step: usize| u32::from(LOGISTIC.get(step).copied().unwrap_or(1_000));
    let (low, high) = (at(step), at(step + 1));
    let value = low + (high.saturating_sub(low) * within) / 128;
    u16::try_from(value).unwrap_or(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_complete() {
        assert_eq!(WEIGHTS.len(), HEAD + usize::try_from(BUCKETS).unwrap());
    }

    #[test]
    fn the_squash_is_the_logistic_function() {
        for (logit, permille) in [
            (0, 500),
            (256, 731),
            (-256, 269),
            (i64::MAX, 1_000),
            (i64::MIN, 0),
            (64, 561),
        ] {
            assert_eq!(squashed(logit), permille);
        }
        assert!((-4_000..4_000).map(squashed).is_sorted());
    }

    #[test]
    fn pieces_cover_everything() {
        for length in [0, 1, 511, 512, 513, 768, 769, 5_000] {
            let text = "x".repeat(length);
            let all: Vec<_> = pieces(&text).collect();
            assert_eq!(
                all.last()
                    .map_or(0, |last| (all.len() - 1) * STEP + last.len()),
                length
            );
        }
    }
}
