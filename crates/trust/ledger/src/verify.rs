//! Verifying a log with its public key alone.
//!
//! Found are: an entry that was edited, deleted, inserted or moved; a row whose columns differ from
//! its body; a log with fewer entries than were signed; tiles that disagree; checkpoints with a bad
//! signature; and a fork, where the key signed two histories.
//!
//! What a log says about itself has a limit: whoever holds the signing key, or cuts off the newest
//! entries together with the checkpoints that cover them, leaves a log that is sound in itself. Only
//! a checkpoint that somebody else kept tells. Give such notes as [`Options::witnessed`].
//!
//! Memory stays bounded however long the log is: entries and checkpoints are read in batches.

mod heads;
mod report;
mod source;
mod walk;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::{StoreError, ledger::EntryRow};
use terms::{EntryId, ShopId};

pub use report::{Finding, Report};
pub use source::Source;

use crate::{
    export::{ReadError, width_of},
    keys::PublicKey,
    leaf::Leaf,
    tiles::{HEIGHT, WIDTH, hashes_at},
    tree::{Frontier, Hash, leaf_hash},
};
use heads::Heads;
use report::Findings;
use source::{Found, Reader};
use walk::Walk;

/// What the verifier knows beside the public key.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Checkpoints of the log that somebody else kept, as signed notes.
    pub witnessed: Vec<String>,
}

/// Why a verification could not be done. What is wrong with the log is a finding, not an error.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("the ledger cannot be read: {0}")]
    Store(#[from] StoreError),
    #[error("a file of the export cannot be read: {0}")]
    Read(#[source] ReadError),
}

/// Verifies everything that the source has. The key's name is the log's origin.
pub async fn verify(
    source: Source<'_>,
    key: &PublicKey,
    options: &Options,
) -> Result<Report, VerifyError> {
    let mut findings = Findings::default();
    let mut reader = Reader::open(source, key, &mut findings)?;
    let mut heads = Heads::new(key, &options.witnessed, &mut findings);
    let mut walk = Walk::default();
    let mut places = Places::default();

    let mut position = 0;
    loop {
        while let Some(head) = heads
            .next_within(position, &mut reader, &mut findings)
            .await?
        {
            walk.head(head, &mut findings);
        }
        let tile = places.tile_hash(position, &mut reader).await?;
        let next = reader
            .peek_entry(&mut findings)
            .await?
            .map(|found| found.position);
        match (next, tile) {
            (Some(next), _) if next < position => {
                let id = reader
                    .take_entry()
                    .and_then(|found| places.inspect(&found, &mut findings));
                findings.push(Finding::EntryInserted { position: next, id });
                continue;
            }
            (Some(next), tile) if next == position => {
                if let Some(found) = reader.take_entry() {
                    let id = places.inspect(&found, &mut findings);
                    walk.entry(position, id, leaf_hash(&found.body), tile);
                    places.entries = places.entries.saturating_add(1);
                    places.end = position.saturating_add(1);
                    if tile.is_none() {
                        findings.push(Finding::TileMissing {
                            level: 0,
                            tile: position / WIDTH,
                        });
                    }
                }
            }
            (Some(_), Some(tile)) => {
                findings.push(Finding::EntryDeleted {
                    first: position,
                    last: position,
                });
                walk.missing(tile);
            }
            (Some(next), None) => {
                findings.push(Finding::EntryDeleted {
                    first: position,
                    last: next.saturating_sub(1),
                });
                walk.lose();
                position = next;
                continue;
            }
            // The entries end before the tree does: the tiles still tell how the heads were meant.
            (None, Some(tile)) => walk.missing(tile),
            (None, None) => break,
        }
        position = position.saturating_add(1);
    }
    while let Some(head) = heads
        .next_within(u64::MAX, &mut reader, &mut findings)
        .await?
    {
        walk.head(head, &mut findings);
    }

    let agreed = walk.finish(&mut findings);
    let (unplaced, head) = reader.head().await?;
    if heads.signed > places.end {
        findings.push(Finding::Truncated {
            entries: places.end,
            signed: heads.signed,
        });
    }
    if places.end > heads.newest {
        let count = places.end.saturating_sub(heads.newest);
        findings.push(Finding::Unsigned {
            first: heads.newest,
            count,
        });
    }
    if let Some(head) = head.filter(|head| *head != heads.newest) {
        findings.push(Finding::HeadDiffers {
            head,
            signed: heads.newest,
        });
    }
    check_tiles(heads.newest.min(position), &mut reader, &mut findings).await?;

    let (findings, further_findings) = findings.into_parts();
    Ok(Report {
        origin: key.name().to_owned(),
        entries: places.entries,
        unplaced,
        checkpoints: heads.count,
        size: agreed.as_ref().map_or(0, |checkpoint| checkpoint.size),
        root: agreed.map(|checkpoint| STANDARD.encode(checkpoint.root)),
        findings,
        further_findings,
    })
}

/// What is known about the places walked so far.
#[derive(Default)]
struct Places {
    entries: u64,
    /// One after the last entry.
    end: u64,
    /// The shop of the first entry; a log has one.
    shop: Option<ShopId>,
    /// The tile of level 0 that covers the present position.
    tile: Option<(u64, Vec<Hash>)>,
}

impl Places {
    /// The hash that the tiles have for a position.
    async fn tile_hash(
        &mut self,
        position: u64,
        reader: &mut Reader<'_>,
    ) -> Result<Option<Hash>, VerifyError> {
        let number = position / WIDTH;
        if self.tile.as_ref().is_none_or(|(tile, _)| *tile != number) {
            self.tile = Some((number, reader.tile(0, number).await?));
        }
        let index = usize::try_from(position % WIDTH).unwrap_or(usize::MAX);
        Ok(self
            .tile
            .as_ref()
            .and_then(|(_, hashes)| hashes.get(index).copied()))
    }

    /// Looks at the entry itself: its form, and its row's columns. Returns its id.
    fn inspect(&mut self, found: &Found, findings: &mut Findings) -> Option<EntryId> {
        let position = found.position;
        let row_id = found.row.as_ref().map(|row| row.id);
        let leaf = match Leaf::decode(&found.body) {
            Ok(leaf) => leaf,
            Err(error) => {
                let reason = error.to_string();
                findings.push(Finding::EntryBody {
                    position,
                    id: row_id,
                    reason,
                });
                return row_id;
            }
        };
        let id = Some(row_id.unwrap_or(leaf.id()));
        let shop = *self
            .shop
            .get_or_insert(found.row.as_ref().map_or(leaf.shop(), |row| row.shop));
        if leaf.shop() != shop {
            findings.push(Finding::EntryColumn {
                position,
                id,
                column: "shop",
            });
        }
        for column in found.row.iter().flat_map(|row| differing(row, &leaf)) {
            findings.push(Finding::EntryColumn {
                position,
                id,
                column,
            });
        }
        id
    }
}

/// The columns of a row that do not repeat what its body says.
fn differing(row: &EntryRow, leaf: &Leaf) -> impl Iterator<Item = &'static str> {
    let subject = leaf.subject().map(|tag| *tag.as_bytes());
    [
        ("id", row.id == leaf.id()),
        ("at", row.at == leaf.at()),
        ("kind", row.kind == leaf.kind()),
        ("subject", row.subject == subject),
    ]
    .into_iter()
    .filter_map(|(column, same)| (!same).then_some(column))
}

/// Checks that every tile has its width and that every full one has its root in the tile above.
async fn check_tiles(
    size: u64,
    reader: &mut Reader<'_>,
    findings: &mut Findings,
) -> Result<(), VerifyError> {
    for level in 0..u64::BITS / HEIGHT {
        let count = hashes_at(level, size);
        let mut above = (0, Vec::new());
        for tile in 0..count.div_ceil(WIDTH) {
            if tile % WIDTH == 0 {
                let parent = tile / WIDTH;
                above = (parent, reader.tile(level.saturating_add(1), parent).await?);
            }
            let hashes = reader.tile(level, tile).await?;
            let expected = width_of(tile, count);
            let found = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
            if found < expected {
                findings.push(Finding::TileMissing { level, tile });
                continue;
            }
            if found > expected {
                findings.push(Finding::TileWidth {
                    level,
                    tile,
                    expected,
                    found,
                });
            }
            let (parent, parents) = &above;
            let index = tile % WIDTH;
            let in_parent = usize::try_from(index)
                .ok()
                .and_then(|index| parents.get(index));
            let root = hashes.into_iter().collect::<Frontier>().root();
            if expected == WIDTH && in_parent.is_some_and(|hash| *hash != root) {
                let level = level.saturating_add(1);
                findings.push(Finding::TileHash {
                    level,
                    tile: *parent,
                    index,
                });
            }
        }
    }
    Ok(())
}
