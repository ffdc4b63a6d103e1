//! The Merkle tree of RFC 6962 section 2 (RFC 9162 section 2.1): hashes, and the proofs that an
//! entry is in a tree and that one tree continues another. Pure functions; where nodes are stored
//! is the business of [`crate::tiles`].

use aws_lc_rs::digest::{Context, SHA256};

/// A node of the tree: a SHA-256 digest.
pub type Hash = [u8; 32];

/// Prefixes that keep a leaf from being mistaken for a node (RFC 6962 section 2.1).
const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The hash of an entry's bytes.
#[must_use]
pub fn leaf_hash(body: &[u8]) -> Hash {
    sha256(&[&[LEAF], body])
}

/// The hash of two neighbours.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[NODE], left, right])
}

/// The root of the tree without entries.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(&[])
}

pub(crate) fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    // INVARIANT: a SHA-256 digest has 32 bytes, so both slices are equally long.
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// The roots of the complete subtrees that make up a tree, largest first. Enough to add leaves and
/// to know the root at every size; 64 hashes at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds the next leaf (or, in a tile, the next node of one level).
    pub fn push(&mut self, hash: Hash) {
        let mut hash = hash;
        // Two complete subtrees of one height become one of the next.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size = self.size.saturating_add(1);
    }

    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.peaks).unwrap_or_else(empty_root)
    }

    pub(crate) fn into_peaks(self) -> Vec<Hash> {
        self.peaks
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(hashes: I) -> Self {
        let mut frontier = Self::default();
        hashes.into_iter().for_each(|hash| frontier.push(hash));
        frontier
    }
}

/// Joins the roots of complete subtrees, largest first, into the root of their tree.
pub(crate) fn fold(peaks: &[Hash]) -> Option<Hash> {
    let (last, rest) = peaks.split_last()?;
    Some(
        rest.iter()
            .rev()
            .fold(*last, |right, left| node_hash(left, &right)),
    )
}

/// A run of leaves whose subtree's root is one hash of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

/// A complete subtree: `1 << level` leaves from `index << level` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) level: u32,
    pub(crate) index: u64,
}

impl Span {
    /// The complete subtrees it is made of, largest first.
    ///
    /// INVARIANT: `start` is a multiple of the largest power of two that fits into the span; every
    /// span that the two functions below make is like that.
    pub(crate) fn nodes(self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut start = self.start;
        while let Some(level) = self.end.saturating_sub(start).checked_ilog2() {
            nodes.push(Node {
                level,
                index: start >> level,
            });
            start += 1 << level;
        }
        nodes
    }

    const fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Splits at the largest power of two below its length.
    fn split(self) -> Option<(Self, Self)> {
        let level = self.len().checked_sub(1)?.checked_ilog2()?;
        let middle = self.start + (1 << level);
        Some((
            Self {
                start: self.start,
                end: middle,
            },
            Self {
                start: middle,
                end: self.end,
            },
        ))
    }
}

/// The spans whose roots prove that leaf `position` is in the tree of `size` (RFC 9162 section
/// 2.1.3.1); `None` when it is not.
pub(crate) fn inclusion_spans(position: u64, size: u64) -> Option<Vec<Span>> {
    let mut span = (position < size).then_some(Span {
        start: 0,
        end: size,
    })?;
    let mut siblings = Vec::new();
    while let Some((left, right)) = span.split() {
        let (inside, sibling) = if position < left.end {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        span = inside;
    }
    siblings.reverse();
    Some(siblings)
}

/// The spans whose roots prove that the tree of `new` continues the tree of `old` (RFC 9162 section
/// 2.1.4.1); `None` when `old` is 0 or larger than `new`.
pub(crate) fn consistency_spans(old: u64, new: u64) -> Option<Vec<Span>> {
    let mut span = (0 < old && old <= new).then_some(Span { start: 0, end: new })?;
    let mut siblings = Vec::new();
    while old < span.end {
        let (left, right) = span.split()?;
        let (inside, sibling) = if old <= left.end {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        span = inside;
    }
    // The old root itself is known to the verifier; a subtree of it is not.
    if span.start > 0 {
        siblings.push(span);
    }
    siblings.reverse();
    Some(siblings)
}

/// Whether `proof` shows that `leaf` is at `position` of the tree of `size` with this `root`
/// (RFC 9162 section 2.1.3.2).
#[must_use]
pub fn verify_inclusion(
    leaf: &Hash,
    position: u64,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> bool {
    if position >= size {
        return false;
    }
    let (mut index, mut last, mut hash) = (position, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if index & 1 == 1 || index == last {
            hash = node_hash(sibling, &hash);
            while index & 1 == 0 && index != 0 {
                index >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        index >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `new` entries continues the tree of `old` entries
/// (RFC 9162 section 2.1.4.2). Every tree continues the empty one, without proof.
#[must_use]
pub fn verify_consistency(
    (old, old_root): (u64, &Hash),
    (new, new_root): (u64, &Hash),
    proof: &[Hash],
) -> bool {
    if old > new {
        return false;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == empty_root();
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    // A complete old tree is the first subtree of the path and is not repeated in the proof.
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        match proof.split_first() {
            Some(split) => split,
            None => return false,
        }
    };
    let shift = (old - 1).trailing_ones();
    let (mut index, mut last) = ((old - 1) >> shift, (new - 1) >> shift);
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if index & 1 == 1 || index == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while index & 1 == 0 && index != 0 {
                index >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        index >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

#[cfg(test)]
mod tests;
