//! A page is fed to the tokenizer in pieces, so that one that was written to be slow is left in the middle.

/// How much of a page is fed to the tokenizer at once, in bytes.
const PIECE: usize = 1_024;

/// A text in pieces of about this length.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Pieces that gave no token stand inside of one tag. The tokenizer compares each attribute of a tag with
/// all before it, so that a page of one tag would cost the square of its length: it is read no further.
#[derive(Default)]
pub(super) struct Silence {
    /// What may part attributes since the last token.
    parts: u64,
    /// Pairs of attributes that may have been compared so far.
    pairs: u64,
}

/// Images that stand in the page itself, as long as pages have them, stay far below it.
const MOST_PAIRS: u64 = 100_000_000;

impl Silence {
    pub(super) fn is_too_much(&mut self, piece: &str, silent: bool) -> bool {
        if !silent {
            self.parts = 0;
            return false;
        }
        let parts = piece
            .bytes()
            .filter(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let parts = u64::try_from(parts.count()).unwrap_or(u64::MAX);
        let pairs = parts.saturating_mul(self.parts.saturating_add(parts));
        self.pairs = self.pairs.saturating_add(pairs);
        self.parts = self.parts.saturating_add(parts);
        self.pairs > MOST_PAIRS
    }
}
