//! The tree as tiles (C2SP tlog-tiles, "Merkle Tree"): 256 hashes of one level side by side, where
//! a full tile's root is one hash of a tile eight levels up.
//!
//! Storage keeps each tile at its widest. A narrower tile of an older size is its beginning.

use store::{
    StoreError,
    ledger::{ReadLedger, TileRow, WriteLedger},
};
use terms::ShopId;

use crate::tree::{Frontier, Hash, Node, Span, consistency_spans, fold, inclusion_spans};

/// Hashes of a full tile.
pub(crate) const WIDTH: u64 = 256;
/// Levels of the tree in one level of tiles.
pub(crate) const HEIGHT: u32 = 8;
/// 256^8 is more than any size.
const LEVELS: u32 = 8;
const TABLE: &str = "ledger_tiles";

/// Why a tile or a proof cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    #[error(
        "the tile {tile} of level {level} is missing or too short; run a verification of the ledger"
    )]
    Missing { level: u32, tile: u64 },
    #[error("the position {position} is not in a tree of {size} entries")]
    Position { position: u64, size: u64 },
    #[error(
        "a tree of {new} entries cannot continue one of {old}; `old` is at least 1 and at most `new`"
    )]
    Sizes { old: u64, new: u64 },
    #[error("the tree has {size} entries, fewer than the {asked} asked for")]
    Size { asked: u64, size: u64 },
    #[error("the ledger cannot be read: {0}")]
    Store(#[from] StoreError),
}

/// Proves that the entry at `position` is in the tree of `size` entries: its siblings on the way to
/// the root, lowest first. [`crate::tree::verify_inclusion`] checks it.
pub async fn inclusion_proof(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    position: u64,
    size: u64,
) -> Result<Vec<Hash>, TileError> {
    let spans = inclusion_spans(position, size).ok_or(TileError::Position { position, size })?;
    within(ledger, shop, size).await?;
    roots_of(ledger, shop, spans).await
}

/// Proves that the tree of `new` entries continues the tree of `old` entries.
/// [`crate::tree::verify_consistency`] checks it.
pub async fn consistency_proof(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, TileError> {
    let spans = consistency_spans(old, new).ok_or(TileError::Sizes { old, new })?;
    within(ledger, shop, new).await?;
    roots_of(ledger, shop, spans).await
}

/// The root of the tree when it had `size` entries, from its tiles.
pub async fn root_at(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    size: u64,
) -> Result<Hash, TileError> {
    let nodes = Span {
        start: 0,
        end: size,
    }
    .nodes();
    let mut peaks = Vec::with_capacity(nodes.len());
    for node in nodes {
        peaks.push(node_of(ledger, shop, node).await?);
    }
    Ok(fold(&peaks).unwrap_or_else(crate::tree::empty_root))
}

async fn within(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    asked: u64,
) -> Result<(), TileError> {
    let size = from_stored(ledger.ledger_size(shop).await?)?;
    if asked <= size {
        Ok(())
    } else {
        Err(TileError::Size { asked, size })
    }
}

async fn roots_of(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    spans: Vec<Span>,
) -> Result<Vec<Hash>, TileError> {
    let mut proof = Vec::with_capacity(spans.len());
    for span in spans {
        let mut peaks = Vec::new();
        for node in span.nodes() {
            peaks.push(node_of(ledger, shop, node).await?);
        }
        proof.extend(fold(&peaks));
    }
    Ok(proof)
}

/// The hash of a complete subtree.
async fn node_of(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    node: Node,
) -> Result<Hash, TileError> {
    let level = node.level / HEIGHT;
    let inside = node.level % HEIGHT;
    // Where the subtree's hashes begin among those of the tile level, and in the tile.
    let first = node.index << inside;
    let (tile, offset) = (first / WIDTH, first % WIDTH);
    let hashes = read_tile(ledger, shop, level, tile).await?;
    let start = usize::try_from(offset).unwrap_or(usize::MAX);
    hashes
        .get(start..start.saturating_add(1 << inside))
        .map(|hashes| hashes.iter().copied().collect::<Frontier>().root())
        .ok_or(TileError::Missing { level, tile })
}

/// The hashes of a tile; none when it is not stored.
pub(crate) async fn read_tile(
    ledger: &mut (dyn ReadLedger + Send),
    shop: ShopId,
    level: u32,
    tile: u64,
) -> Result<Vec<Hash>, StoreError> {
    match ledger.tile(shop, i64::from(level), to_stored(tile)).await? {
        None => Ok(Vec::new()),
        Some(row) => hashes_of(&row.hashes).ok_or_else(|| StoreError::Corrupt {
            table: TABLE,
            reason: format!("tile {tile} of level {level} is not 1 to 256 hashes of 32 bytes"),
        }),
    }
}

/// Reads a tile's bytes; `None` unless they are 1 to 256 hashes.
pub(crate) fn hashes_of(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, []) = bytes.as_chunks::<32>() else {
        return None;
    };
    (1..=256).contains(&hashes.len()).then(|| hashes.to_vec())
}

/// How many hashes of a level a tree of `size` entries has.
pub(crate) const fn hashes_at(level: u32, size: u64) -> u64 {
    match size.checked_shr(level.saturating_mul(HEIGHT)) {
        Some(count) => count,
        None => 0,
    }
}

/// The unfinished right edge of the tiles: enough to append leaves.
#[derive(Debug)]
pub(crate) struct RightEdge {
    size: u64,
    /// For each level the hashes of its last, unfinished tile.
    levels: Vec<Vec<Hash>>,
}

impl RightEdge {
    /// Loads the edge of the tree of `size` entries.
    pub(crate) async fn load(
        ledger: &mut (dyn ReadLedger + Send),
        shop: ShopId,
        size: u64,
    ) -> Result<Self, TileError> {
        let mut levels = Vec::new();
        for level in 0..LEVELS {
            let hashes = hashes_at(level, size);
            let (tile, width) = (hashes / WIDTH, hashes % WIDTH);
            let mut edge = Vec::new();
            if width > 0 {
                edge = read_tile(ledger, shop, level, tile).await?;
                let width = usize::try_from(width).unwrap_or(usize::MAX);
                if edge.len() < width {
                    return Err(TileError::Missing { level, tile });
                }
                edge.truncate(width);
            }
            levels.push(edge);
        }
        Ok(Self { size, levels })
    }

    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree: the complete subtrees of every edge tile, the highest level first.
    pub(crate) fn root(&self) -> Hash {
        let peaks: Vec<Hash> = self
            .levels
            .iter()
            .rev()
            .flat_map(|hashes| hashes.iter().copied().collect::<Frontier>().into_peaks())
            .collect();
        fold(&peaks).unwrap_or_else(crate::tree::empty_root)
    }

    /// Appends leaves and writes every tile that changed.
    pub(crate) async fn append(
        &mut self,
        ledger: &mut (dyn WriteLedger + Send),
        shop: ShopId,
        leaves: &[Hash],
    ) -> Result<(), TileError> {
        let mut touched = [false; 8];
        for leaf in leaves {
            let mut carried = Some(*leaf);
            for (level, (hashes, touched)) in (0..).zip(self.levels.iter_mut().zip(&mut touched)) {
                let Some(hash) = carried.take() else { break };
                hashes.push(hash);
                *touched = true;
                if hashes.len() == 256 {
                    // A full tile is written once; its root moves up.
                    let tile = hashes_at(level, self.size) / WIDTH;
                    ledger
                        .put_tile(&tile_row(shop, level, tile, hashes))
                        .await?;
                    carried = Some(hashes.drain(..).collect::<Frontier>().root());
                    *touched = false;
                }
            }
            self.size = self.size.saturating_add(1);
        }
        for (level, (hashes, touched)) in (0..).zip(self.levels.iter().zip(touched)) {
            if touched {
                let tile = hashes_at(level, self.size) / WIDTH;
                ledger
                    .put_tile(&tile_row(shop, level, tile, hashes))
                    .await?;
            }
        }
        Ok(())
    }
}

fn tile_row(shop: ShopId, level: u32, tile: u64, hashes: &[Hash]) -> TileRow {
    TileRow {
        shop,
        level: i64::from(level),
        tile: to_stored(tile),
        hashes: hashes.concat(),
    }
}

/// A count as storage has it. What does not fit is beyond everything that is stored.
pub(crate) fn to_stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(crate) fn from_stored(count: i64) -> Result<u64, StoreError> {
    u64::try_from(count).map_err(|_| StoreError::Corrupt {
        table: "ledger_heads",
        reason: format!("`{count}` is not a size"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_of_the_specification() {
        // C2SP tlog-tiles, "Partial Tiles": a tree of 70,000.
        let tiles = |level| {
            (
                hashes_at(level, 70_000) / WIDTH,
                hashes_at(level, 70_000) % WIDTH,
            )
        };
        assert_eq!(
            [tiles(0), tiles(1), tiles(2), tiles(3)],
            [(273, 112), (1, 17), (0, 1), (0, 0)]
        );
        assert_eq!(
            (hashes_at(0, 256) % WIDTH, hashes_at(1, 256) % WIDTH),
            (0, 1)
        );
        assert_eq!(hashes_at(8, u64::MAX), 0);
    }

    #[test]
    fn a_tile_is_1_to_256_hashes() {
        assert!(
            hashes_of(&[]).is_none()
                && hashes_of(&[0; 33]).is_none()
                && hashes_of(&[0; 8224]).is_none()
        );
        assert_eq!(hashes_of(&[1; 64]).unwrap().len(), 2);
        assert_eq!(hashes_of(&[1; 8192]).unwrap().len(), 256);
    }
}
