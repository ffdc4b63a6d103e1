//! What a verification found.

use serde::Serialize;
use terms::EntryId;

/// Findings told in full; more of them are counted.
const MAX_FINDINGS: usize = 1_000;

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The log: the name of the key it was verified with.
    pub origin: String,
    /// Entries that were found in their places.
    pub entries: u64,
    /// Entries that wait for a place. Nothing protects them yet.
    pub unplaced: u64,
    /// Checkpoints with a good signature.
    pub checkpoints: u64,
    /// Size of the largest tree whose checkpoint and entries agree.
    pub size: u64,
    /// Root of that tree, in base64 as the checkpoint has it; `None` when none agreed.
    pub root: Option<String>,
    pub findings: Vec<Finding>,
    /// How many findings more there were than are listed.
    pub further_findings: u64,
}

impl Report {
    /// Whether nothing was found.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Something that is not as it was signed. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    #[error("the entry {} at position {position} is not the one that was placed there: it was edited", named(*id))]
    EntryEdited { position: u64, id: Option<EntryId> },
    #[error("the entries at positions {first} to {last} are missing")]
    EntryDeleted { first: u64, last: u64 },
    #[error("the entry {} at position {position} was never placed there: it was inserted", named(*id))]
    EntryInserted { position: u64, id: Option<EntryId> },
    #[error("the entry {} is at position {position} but was placed at {belongs}: entries were reordered", named(*id))]
    EntryMoved {
        position: u64,
        id: Option<EntryId>,
        belongs: u64,
    },
    #[error("the column `{column}` of the entry {} at position {position} differs from the entry's body", named(*id))]
    EntryColumn {
        position: u64,
        id: Option<EntryId>,
        column: &'static str,
    },
    #[error("the entry {} at position {position} is not in the form of an entry: {reason}", named(*id))]
    EntryBody {
        position: u64,
        id: Option<EntryId>,
        reason: String,
    },
    #[error("{count} entries from position {first} on have a place but no checkpoint covers them")]
    Unsigned { first: u64, count: u64 },
    #[error("the log was signed with {signed} entries but ends after {entries}: it was truncated")]
    Truncated { entries: u64, signed: u64 },
    #[error("the tile {tile} of level {level} is missing or too short")]
    TileMissing { level: u32, tile: u64 },
    #[error("the tile {tile} of level {level} has {found} hashes instead of {expected}")]
    TileWidth {
        level: u32,
        tile: u64,
        expected: u64,
        found: u64,
    },
    #[error("hash {index} of the tile {tile} of level {level} is not the hash of what is below it")]
    TileHash { level: u32, tile: u64, index: u64 },
    #[error("the checkpoint of size {size} is not valid: {reason}")]
    CheckpointInvalid { size: u64, reason: String },
    #[error("the column `{column}` of the checkpoint of size {size} differs from its note")]
    CheckpointColumn { size: u64, column: &'static str },
    #[error("the entries do not give the signed root of the checkpoint of size {size}: something at positions {agreed} to {} was changed together with its tiles", size.saturating_sub(1))]
    RootDiffers {
        size: u64,
        agreed: u64,
        signed: String,
        computed: String,
    },
    #[error(
        "the log was forked: at size {size} one signed root is `{signed}`, the other history has `{other}`"
    )]
    Fork {
        size: u64,
        signed: String,
        other: String,
    },
    #[error("witnessed checkpoint number {number} is not one of this log: {reason}")]
    WitnessInvalid { number: u64, reason: String },
    #[error("the head of the tree says {head} entries, the newest checkpoint {signed}")]
    HeadDiffers { head: u64, signed: u64 },
    #[error("the file `{path}` is missing")]
    FileMissing { path: String },
    #[error("the file `{path}` is not in its form: {reason}")]
    FileMalformed { path: String, reason: String },
}

fn named(id: Option<EntryId>) -> String {
    id.map_or_else(
        || "without a readable id".to_owned(),
        |id| format!("`{id}`"),
    )
}

/// Collects findings; keeps the first ones and counts the rest.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    further: u64,
}

impl Findings {
    pub(super) fn push(&mut self, finding: Finding) {
        if let (
            Some(Finding::EntryDeleted { last: end, .. }),
            Finding::EntryDeleted { first, last },
        ) = (self.list.last_mut(), &finding)
            && end.saturating_add(1) == *first
        {
            *end = *last;
        } else if self.list.contains(&finding) {
        } else if self.list.len() < MAX_FINDINGS {
            self.list.push(finding);
        } else {
            self.further = self.further.saturating_add(1);
        }
    }

    pub(super) fn into_parts(self) -> (Vec<Finding>, u64) {
        (self.list, self.further)
    }
}
