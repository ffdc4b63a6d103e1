//! What is verified: a database or an export, read in order and in batches.

use std::collections::VecDeque;

use store::ledger::{CheckpointRow, EntryRow, ReadLedger};
use terms::ShopId;

use super::{Finding, VerifyError, report::Findings};
use crate::{
    checkpoint::{Checkpoint, parse_size},
    export::{ExportSource, width_of},
    keys::PublicKey,
    layout,
    tiles::{WIDTH, from_stored, hashes_at, hashes_of, to_stored},
    tree::Hash,
};

const ENTRIES: u32 = 1_000;
const CHECKPOINTS: u32 = 500;

/// Where a log is read from.
pub enum Source<'a> {
    /// A snapshot of the database.
    Database {
        ledger: &'a mut (dyn ReadLedger + Send),
        shop: ShopId,
    },
    /// The files of an export.
    Export(&'a dyn ExportSource),
}

/// An entry as it was found.
pub(super) struct Found {
    pub(super) position: u64,
    pub(super) body: Vec<u8>,
    /// Its row, when it comes from a database.
    pub(super) row: Option<EntryRow>,
}

/// A checkpoint as it was found.
pub(super) struct FoundCheckpoint {
    /// What its row or its path says.
    pub(super) size: u64,
    /// What its row says.
    pub(super) root: Option<Hash>,
    pub(super) note: String,
}

/// Reads a source from its beginning to its end.
pub(super) struct Reader<'a> {
    source: Source<'a>,
    /// Size of the tree that an export claims; decides the names of its last files.
    size: u64,
    entries: VecDeque<Found>,
    /// Where the next batch of entries begins.
    next_entry: u64,
    checkpoints: VecDeque<FoundCheckpoint>,
    after: i64,
    /// Sizes of the checkpoints of an export, and at last its newest checkpoint.
    sizes: VecDeque<u64>,
    newest: Option<FoundCheckpoint>,
}

impl<'a> Reader<'a> {
    pub(super) fn open(
        source: Source<'a>,
        key: &PublicKey,
        findings: &mut Findings,
    ) -> Result<Self, VerifyError> {
        let mut reader = Self {
            source,
            size: 0,
            entries: VecDeque::new(),
            next_entry: 0,
            checkpoints: VecDeque::new(),
            after: -1,
            sizes: VecDeque::new(),
            newest: None,
        };
        if let Source::Export(files) = reader.source {
            reader.sizes = sizes_of(files, findings)?;
            match text_of(files, layout::CHECKPOINT, findings)? {
                None => {}
                Some(note) => match Checkpoint::open(&note, key) {
                    Ok(Checkpoint { size, .. }) => {
                        reader.size = size;
                        if reader.sizes.back() != Some(&size) {
                            findings.push(Finding::FileMalformed {
                                path: layout::SIZES.to_owned(),
                                reason: format!("it does not end with the newest size, {size}"),
                            });
                        }
                        reader.newest = Some(FoundCheckpoint {
                            size,
                            root: None,
                            note,
                        });
                    }
                    Err(error) => findings.push(Finding::FileMalformed {
                        path: layout::CHECKPOINT.to_owned(),
                        reason: error.to_string(),
                    }),
                },
            }
        }
        Ok(reader)
    }

    /// The next entry, left where it is.
    pub(super) async fn peek_entry(
        &mut self,
        findings: &mut Findings,
    ) -> Result<Option<&Found>, VerifyError> {
        if self.entries.is_empty() {
            self.read_entries(findings).await?;
        }
        Ok(self.entries.front())
    }

    pub(super) fn take_entry(&mut self) -> Option<Found> {
        self.entries.pop_front()
    }

    async fn read_entries(&mut self, findings: &mut Findings) -> Result<(), VerifyError> {
        match &mut self.source {
            // Nothing is stored beyond the last place there is.
            Source::Database { .. } if i64::try_from(self.next_entry).is_err() => {}
            Source::Database { ledger, shop } => {
                let rows = ledger
                    .entries_from(*shop, to_stored(self.next_entry), ENTRIES)
                    .await?;
                for row in rows {
                    let position = from_stored(row.position.unwrap_or(-1))?;
                    self.next_entry = position.saturating_add(1);
                    self.entries.push_back(Found {
                        position,
                        body: row.body.clone(),
                        row: Some(row),
                    });
                }
            }
            Source::Export(files) => {
                // A bundle that is missing leaves a gap, like rows that are missing.
                while self.entries.is_empty() && self.next_entry < self.size {
                    let first = self.next_entry;
                    let bundle = first / WIDTH;
                    let width = width_of(bundle, self.size);
                    self.next_entry = first.saturating_add(width);
                    let path = layout::entries_path(bundle, width);
                    let Some(bytes) = read(*files, &path, findings)? else {
                        continue;
                    };
                    let (bodies, whole) = layout::decode_bundle(&bytes);
                    if !whole || u64::try_from(bodies.len()) != Ok(width) {
                        let reason = format!("it is not {width} entries, each after its length");
                        findings.push(Finding::FileMalformed { path, reason });
                    }
                    let positions = first..self.next_entry;
                    self.entries
                        .extend(positions.zip(bodies).map(|(position, body)| Found {
                            position,
                            body,
                            row: None,
                        }));
                }
            }
        }
        Ok(())
    }

    /// The next checkpoint, smallest first.
    pub(super) async fn next_checkpoint(
        &mut self,
        findings: &mut Findings,
    ) -> Result<Option<FoundCheckpoint>, VerifyError> {
        match &mut self.source {
            Source::Database { ledger, shop } => {
                if self.checkpoints.is_empty() {
                    let rows = ledger
                        .checkpoints_after(*shop, self.after, CHECKPOINTS)
                        .await?;
                    for CheckpointRow {
                        size, root, note, ..
                    } in rows
                    {
                        self.after = size;
                        let size = from_stored(size)?;
                        self.checkpoints.push_back(FoundCheckpoint {
                            size,
                            root: Some(root),
                            note,
                        });
                    }
                }
                Ok(self.checkpoints.pop_front())
            }
            Source::Export(files) => {
                while let Some(size) = self.sizes.pop_front() {
                    if let Some(note) = text_of(*files, &layout::checkpoint_path(size), findings)? {
                        return Ok(Some(FoundCheckpoint {
                            size,
                            root: None,
                            note,
                        }));
                    }
                }
                Ok(self.newest.take())
            }
        }
    }

    /// The hashes of a tile; none when it is not there or has another form.
    pub(super) async fn tile(&mut self, level: u32, tile: u64) -> Result<Vec<Hash>, VerifyError> {
        let bytes = match &mut self.source {
            Source::Database { ledger, shop } => ledger
                .tile(*shop, i64::from(level), to_stored(tile))
                .await?
                .map(|row| row.hashes),
            Source::Export(files) => match width_of(tile, hashes_at(level, self.size)) {
                0 => None,
                width => files
                    .read(&layout::tile_path(level, tile, width))
                    .map_err(VerifyError::Read)?,
            },
        };
        Ok(bytes
            .and_then(|bytes| hashes_of(&bytes))
            .unwrap_or_default())
    }

    /// Entries without a place, and the size that the head says; nothing for an export.
    pub(super) async fn head(&mut self) -> Result<(u64, Option<u64>), VerifyError> {
        match &mut self.source {
            Source::Database { ledger, shop } => {
                let (_, unplaced) = ledger.entry_counts(*shop).await?;
                let head = ledger.ledger_size(*shop).await?;
                Ok((from_stored(unplaced)?, Some(from_stored(head)?)))
            }
            Source::Export(_) => Ok((0, None)),
        }
    }
}

fn read(
    files: &dyn ExportSource,
    path: &str,
    findings: &mut Findings,
) -> Result<Option<Vec<u8>>, VerifyError> {
    let bytes = files.read(path).map_err(VerifyError::Read)?;
    if bytes.is_none() {
        findings.push(Finding::FileMissing {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}

fn text_of(
    files: &dyn ExportSource,
    path: &str,
    findings: &mut Findings,
) -> Result<Option<String>, VerifyError> {
    let Some(bytes) = read(files, path, findings)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes).ok();
    if text.is_none() {
        let reason = "it is not UTF-8".to_owned();
        findings.push(Finding::FileMalformed {
            path: path.to_owned(),
            reason,
        });
    }
    Ok(text)
}

fn sizes_of(
    files: &dyn ExportSource,
    findings: &mut Findings,
) -> Result<VecDeque<u64>, VerifyError> {
    let Some(text) = text_of(files, layout::SIZES, findings)? else {
        return Ok(VecDeque::new());
    };
    let lines = text.strip_suffix('\n').map(|lines| lines.split('\n'));
    let sizes: Option<VecDeque<u64>> = lines.into_iter().flatten().map(parse_size).collect();
    match sizes {
        Some(sizes)
            if text.is_empty() == sizes.is_empty()
                && sizes.iter().is_sorted_by(|before, after| before < after) =>
        {
            Ok(sizes)
        }
        _ => {
            findings.push(Finding::FileMalformed {
                path: layout::SIZES.to_owned(),
                reason: "it is not one size a line, smallest first".to_owned(),
            });
            Ok(VecDeque::new())
        }
    }
}

impl core::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Database { shop, .. } => write!(f, "Database({shop})"),
            Self::Export(_) => f.write_str("Export"),
        }
    }
}
