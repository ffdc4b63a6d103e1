//! The signed heads of a log in the order of their sizes: those the log keeps and those the
//! verifier brings along.

use std::collections::VecDeque;

use super::{
    Finding, VerifyError,
    report::Findings,
    source::{FoundCheckpoint, Reader},
};
use crate::{checkpoint::Checkpoint, keys::PublicKey};

/// A head with a good signature.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) checkpoint: Checkpoint,
    /// Whether the verifier brought it along.
    pub(super) witnessed: bool,
}

pub(super) struct Heads<'k> {
    key: &'k PublicKey,
    witnessed: VecDeque<Head>,
    stored: Option<Head>,
    /// Good checkpoints of the log so far, and the size of its newest one.
    pub(super) count: u64,
    pub(super) newest: u64,
    /// The largest size that was ever signed, as far as is known.
    pub(super) signed: u64,
}

impl<'k> Heads<'k> {
    pub(super) fn new(key: &'k PublicKey, witnessed: &[String], findings: &mut Findings) -> Self {
        let mut heads = Vec::new();
        for (number, note) in (1..).zip(witnessed) {
            match Checkpoint::open(note, key) {
                Ok(checkpoint) => heads.push(Head {
                    checkpoint,
                    witnessed: true,
                }),
                Err(error) => {
                    findings.push(Finding::WitnessInvalid {
                        number,
                        reason: error.to_string(),
                    });
                }
            }
        }
        heads.sort_by_key(|head| head.checkpoint.size);
        let signed = heads.last().map_or(0, |head| head.checkpoint.size);
        Self {
            key,
            witnessed: heads.into(),
            stored: None,
            count: 0,
            newest: 0,
            signed,
        }
    }

    /// The next head whose size is at most `size`.
    pub(super) async fn next_within(
        &mut self,
        size: u64,
        reader: &mut Reader<'_>,
        findings: &mut Findings,
    ) -> Result<Option<Head>, VerifyError> {
        while self.stored.is_none() {
            let Some(found) = reader.next_checkpoint(findings).await? else {
                break;
            };
            self.stored = self.accept(&found, findings);
        }
        let size_of = |head: Option<&Head>| head.map_or(u64::MAX, |head| head.checkpoint.size);
        let (stored, witnessed) = (
            size_of(self.stored.as_ref()),
            size_of(self.witnessed.front()),
        );
        if stored.min(witnessed) > size {
            Ok(None)
        } else if stored <= witnessed {
            Ok(self.stored.take())
        } else {
            Ok(self.witnessed.pop_front())
        }
    }

    fn accept(&mut self, found: &FoundCheckpoint, findings: &mut Findings) -> Option<Head> {
        let size = found.size;
        let checkpoint = match Checkpoint::open(&found.note, self.key) {
            Ok(checkpoint) => checkpoint,
            Err(error) => {
                findings.push(Finding::CheckpointInvalid {
                    size,
                    reason: error.to_string(),
                });
                return None;
            }
        };
        if checkpoint.size != size {
            findings.push(Finding::CheckpointColumn {
                size,
                column: "size",
            });
            return None;
        }
        if found.root.is_some_and(|root| root != checkpoint.root) {
            findings.push(Finding::CheckpointColumn {
                size,
                column: "root",
            });
        }
        // The newest checkpoint of an export is there twice.
        if size != self.newest || self.count == 0 {
            self.count = self.count.saturating_add(1);
        }
        self.newest = self.newest.max(size);
        self.signed = self.signed.max(size);
        Some(Head {
            checkpoint,
            witnessed: false,
        })
    }
}
