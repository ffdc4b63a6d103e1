//! The walk along a log: two trees grow side by side, one of the entries and one of the hashes in
//! the tiles, and both are compared with every signed head. Where they part, the head says which of
//! the two was changed, so that a finding can name the place.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use terms::EntryId;

use super::{Finding, heads::Head, report::Findings};
use crate::{
    checkpoint::Checkpoint,
    tiles::WIDTH,
    tree::{Frontier, Hash},
};

/// Disagreements remembered; those beyond would not be told anyway.
const MAX_PENDING: usize = 100_000;

/// A place where entry and tile differ.
#[derive(Debug, Clone)]
struct Disagreement {
    position: u64,
    id: Option<EntryId>,
    entry: Hash,
    tile: Hash,
}

#[derive(Debug, Default)]
pub(super) struct Walk {
    entries: Frontier,
    tiles: Frontier,
    /// Since the last head that agreed.
    pending: Vec<Disagreement>,
    /// Of which the head said that the entry was changed.
    changed: Vec<Disagreement>,
    /// The last head that agreed.
    agreed: Option<Checkpoint>,
    /// The last head that was looked at.
    seen: Option<Checkpoint>,
    /// Whether neither tree can agree with a head any more.
    lost: bool,
}

impl Walk {
    /// An entry in its place, with the tile's hash of that place if there is one.
    pub(super) fn entry(
        &mut self,
        position: u64,
        id: Option<EntryId>,
        entry: Hash,
        tile: Option<Hash>,
    ) {
        let tile = tile.unwrap_or(entry);
        if entry != tile && self.pending.len() < MAX_PENDING {
            self.pending.push(Disagreement {
                position,
                id,
                entry,
                tile,
            });
        }
        self.entries.push(entry);
        self.tiles.push(tile);
    }

    /// A place without an entry, of which the tile still has the hash.
    pub(super) fn missing(&mut self, tile: Hash) {
        self.entries.push(tile);
        self.tiles.push(tile);
    }

    /// A place of which nothing is left: no head after it can be checked.
    pub(super) const fn lose(&mut self) {
        self.lost = true;
    }

    /// Compares both trees with a signed head of their size.
    pub(super) fn head(&mut self, head: Head, findings: &mut Findings) {
        let Head {
            checkpoint,
            witnessed,
        } = head;
        let size = checkpoint.size;
        if let Some(seen) = self.seen.as_ref().filter(|seen| seen.size == size)
            && seen.root != checkpoint.root
        {
            findings.push(Finding::Fork {
                size,
                signed: STANDARD.encode(seen.root),
                other: STANDARD.encode(checkpoint.root),
            });
            return;
        }
        self.seen = Some(checkpoint.clone());
        if self.lost || self.entries.size() != size {
            return;
        }
        let computed = self.entries.root();
        match (
            computed == checkpoint.root,
            self.tiles.root() == checkpoint.root,
        ) {
            (true, true) => self.pending.clear(),
            (false, true) => {
                self.settle();
                self.entries = self.tiles.clone();
            }
            (true, false) => {
                for Disagreement { position, .. } in self.pending.drain(..) {
                    let (tile, index) = (position / WIDTH, position % WIDTH);
                    findings.push(Finding::TileHash {
                        level: 0,
                        tile,
                        index,
                    });
                }
                self.tiles = self.entries.clone();
            }
            (false, false) => {
                let (signed, computed) =
                    (STANDARD.encode(checkpoint.root), STANDARD.encode(computed));
                if witnessed {
                    findings.push(Finding::Fork {
                        size,
                        signed,
                        other: computed,
                    });
                } else {
                    let agreed = self.agreed.as_ref().map_or(0, |agreed| agreed.size);
                    findings.push(Finding::RootDiffers {
                        size,
                        agreed,
                        signed,
                        computed,
                    });
                    self.lost = true;
                }
                return;
            }
        }
        self.agreed = Some(checkpoint);
    }

    /// The entries are what was changed.
    fn settle(&mut self) {
        let room = MAX_PENDING.saturating_sub(self.changed.len());
        self.changed.extend(self.pending.drain(..).take(room));
    }

    /// Says of each changed entry what became of it, and returns the last head that agreed.
    pub(super) fn finish(mut self, findings: &mut Findings) -> Option<Checkpoint> {
        self.settle();
        let belongs: HashMap<Hash, u64> = self
            .changed
            .iter()
            .map(|place| (place.tile, place.position))
            .collect();
        let found: HashMap<Hash, u64> = self
            .changed
            .iter()
            .map(|place| (place.entry, place.position))
            .collect();
        for Disagreement {
            position,
            id,
            entry,
            tile,
        } in self.changed
        {
            let expected_elsewhere = found.contains_key(&tile);
            match belongs.get(&entry) {
                Some(&belongs) => {
                    if !expected_elsewhere {
                        findings.push(Finding::EntryDeleted {
                            first: position,
                            last: position,
                        });
                    }
                    findings.push(Finding::EntryMoved {
                        position,
                        id,
                        belongs,
                    });
                }
                // What belongs here stands elsewhere, so this one came in between.
                None if expected_elsewhere => {
                    findings.push(Finding::EntryInserted { position, id })
                }
                None => findings.push(Finding::EntryEdited { position, id }),
            }
        }
        self.agreed
    }
}
