//! Exporting a log as files that anyone's program can verify, and reading such files back.
//!
//! The files are made one after the other; who writes them where is not this room's business.

use std::collections::{BTreeMap, VecDeque};

use store::{StoreError, ledger::ReadLedger};
use terms::ShopId;

use crate::{
    layout,
    tiles::{TileError, WIDTH, from_stored, hashes_at, read_tile, to_stored},
};

/// Checkpoints read at once.
const BATCH: u32 = 500;

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Relative, with `/` between its elements; only letters, digits, `.` and `/`.
    pub path: String,
    pub bytes: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the ledger has no checkpoint yet; there is nothing to export")]
    Empty,
    #[error(
        "the entry at position {position} is missing or out of place; run a verification of the ledger"
    )]
    Entry { position: u64 },
    #[error(
        "an entry at position {position} or after it is longer than 65535 bytes; run a verification of the ledger"
    )]
    TooLong { position: u64 },
    #[error(transparent)]
    Tile(#[from] TileError),
    #[error("the ledger cannot be read: {0}")]
    Store(#[from] StoreError),
}

/// An export under way: everything that the newest checkpoint covers. Read it from one snapshot.
pub struct Export<'a> {
    ledger: &'a mut (dyn ReadLedger + Send),
    shop: ShopId,
    size: u64,
    note: String,
    stage: Stage,
    sizes: String,
}

/// What comes next. The newest checkpoint comes last, so that an export that was cut off is not
/// taken for a whole one.
enum Stage {
    Entries {
        bundle: u64,
    },
    Tiles {
        level: u32,
        tile: u64,
    },
    Checkpoints {
        after: i64,
        read: VecDeque<ExportFile>,
    },
    Sizes,
    Checkpoint,
    Done,
}

impl<'a> Export<'a> {
    /// Begins an export of a shop's log.
    pub async fn begin(
        ledger: &'a mut (dyn ReadLedger + Send),
        shop: ShopId,
    ) -> Result<Self, ExportError> {
        let newest = ledger
            .latest_checkpoint(shop)
            .await?
            .ok_or(ExportError::Empty)?;
        Ok(Self {
            ledger,
            shop,
            size: from_stored(newest.size)?,
            note: newest.note,
            stage: Stage::Entries { bundle: 0 },
            sizes: String::new(),
        })
    }

    /// How many entries it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The next file; `None` when there is no more.
    pub async fn next(&mut self) -> Result<Option<ExportFile>, ExportError> {
        loop {
            match &mut self.stage {
                Stage::Entries { bundle } => {
                    let number = *bundle;
                    *bundle = number.saturating_add(1);
                    match width_of(number, self.size) {
                        0 => self.stage = Stage::Tiles { level: 0, tile: 0 },
                        width => return self.bundle(number, width).await.map(Some),
                    }
                }
                Stage::Tiles { level, tile } => {
                    let (at, number) = (*level, *tile);
                    match width_of(number, hashes_at(at, self.size)) {
                        0 if number == 0 => {
                            self.stage = Stage::Checkpoints {
                                after: -1,
                                read: VecDeque::new(),
                            };
                        }
                        0 => (*level, *tile) = (at.saturating_add(1), 0),
                        width => {
                            *tile = number.saturating_add(1);
                            return self.tile(at, number, width).await.map(Some);
                        }
                    }
                }
                Stage::Checkpoints { after, read } => {
                    if let Some(file) = read.pop_front() {
                        return Ok(Some(file));
                    }
                    let rows = self
                        .ledger
                        .checkpoints_after(self.shop, *after, BATCH)
                        .await?;
                    let Some(last) = rows.last() else {
                        self.stage = Stage::Sizes;
                        continue;
                    };
                    *after = last.size;
                    for row in rows {
                        let size = from_stored(row.size)?;
                        self.sizes.push_str(&format!("{size}\n"));
                        let path = layout::checkpoint_path(size);
                        read.push_back(ExportFile {
                            path,
                            bytes: row.note.into_bytes(),
                        });
                    }
                }
                Stage::Sizes => {
                    self.stage = Stage::Checkpoint;
                    let bytes = core::mem::take(&mut self.sizes).into_bytes();
                    return Ok(Some(ExportFile {
                        path: layout::SIZES.to_owned(),
                        bytes,
                    }));
                }
                Stage::Checkpoint => {
                    self.stage = Stage::Done;
                    let bytes = core::mem::take(&mut self.note).into_bytes();
                    return Ok(Some(ExportFile {
                        path: layout::CHECKPOINT.to_owned(),
                        bytes,
                    }));
                }
                Stage::Done => return Ok(None),
            }
        }
    }

    async fn bundle(&mut self, bundle: u64, width: u64) -> Result<ExportFile, ExportError> {
        let first = bundle.saturating_mul(WIDTH);
        let limit = u32::try_from(width).unwrap_or(u32::MAX);
        let rows = self
            .ledger
            .entries_from(self.shop, to_stored(first), limit)
            .await?;
        for position in first..first.saturating_add(width) {
            let offset = usize::try_from(position.saturating_sub(first)).unwrap_or(usize::MAX);
            if rows.get(offset).and_then(|row| row.position) != Some(to_stored(position)) {
                return Err(ExportError::Entry { position });
            }
        }
        let bytes = layout::encode_bundle(rows.iter().map(|row| row.body.as_slice()))
            .ok_or(ExportError::TooLong { position: first })?;
        Ok(ExportFile {
            path: layout::entries_path(bundle, width),
            bytes,
        })
    }

    async fn tile(&mut self, level: u32, tile: u64, width: u64) -> Result<ExportFile, ExportError> {
        let hashes = read_tile(self.ledger, self.shop, level, tile).await?;
        let hashes = usize::try_from(width)
            .ok()
            .and_then(|width| hashes.get(..width))
            .ok_or(TileError::Missing { level, tile })?;
        Ok(ExportFile {
            path: layout::tile_path(level, tile, width),
            bytes: hashes.concat(),
        })
    }
}

impl core::fmt::Debug for Export<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Export({} entries of {})", self.size, self.shop)
    }
}

/// How many of `count` things are in the `number`th group of 256.
pub(crate) fn width_of(number: u64, count: u64) -> u64 {
    count
        .saturating_sub(number.saturating_mul(WIDTH))
        .min(WIDTH)
}

/// Why a file of an export could not be read. A file that is not there is `Ok(None)`, not an error.
pub type ReadError = Box<dyn core::error::Error + Send + Sync>;

/// The files of an export, wherever they are.
pub trait ExportSource: Send + Sync {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError>;
}

/// An export in memory: path and bytes.
impl ExportSource for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.get(path).cloned())
    }
}
