//! For tests: a clock that stands still until it is moved, repeatable randomness, and a custody in
//! memory that can be made to fail. No product crate names the feature.

use core::{
    sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    time::Duration,
};
use std::sync::{Mutex, MutexGuard, PoisonError};

use terms::{Clock, Rng, Secret, Timestamp};

use crate::{CustodyError, EpochNumber, KeyCustody, StoredEpoch};

/// Stands at 2026-11-22T09:00:00Z until it is moved.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl Default for HandClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_795_338_000_000))
    }
}

impl HandClock {
    pub fn advance(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap_or(0);
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The same bytes in the same order for the same seed, never the same twice (splitmix64).
#[derive(Debug)]
pub struct SeededRng(AtomicU64);

impl SeededRng {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut mixed = self.0.fetch_add(STEP, Ordering::SeqCst).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_le_bytes();
            chunk
                .iter_mut()
                .zip(drawn)
                .for_each(|(byte, drawn)| *byte = drawn);
        }
    }
}

/// What of a custody fails from now on.
#[derive(Debug, Default)]
pub struct Faults {
    pub keep: AtomicBool,
    pub destroy: AtomicBool,
}

/// Keys in memory.
#[derive(Debug)]
pub struct MemoryCustody {
    root: [u8; 32],
    epochs: Mutex<Vec<StoredEpoch>>,
    pub faults: Faults,
}

impl MemoryCustody {
    #[must_use]
    pub const fn new(root: [u8; 32]) -> Self {
        Self {
            root,
            epochs: Mutex::new(Vec::new()),
            faults: Faults {
                keep: AtomicBool::new(false),
                destroy: AtomicBool::new(false),
            },
        }
    }

    /// Another custody with the same epochs, under another root key.
    #[must_use]
    pub fn with_root(&self, root: [u8; 32]) -> Self {
        let other = Self::new(root);
        other.kept().clone_from(&self.kept());
        other
    }

    fn kept(&self) -> MutexGuard<'_, Vec<StoredEpoch>> {
        self.epochs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fails(fault: &AtomicBool) -> Result<(), CustodyError> {
    if fault.load(Ordering::SeqCst) {
        return Err(CustodyError::Unavailable("it was made to fail".to_owned()));
    }
    Ok(())
}

impl KeyCustody for MemoryCustody {
    fn root_key(&self) -> Result<Secret<[u8; 32]>, CustodyError> {
        Ok(Secret::new(self.root))
    }

    fn epochs(&self) -> Result<Vec<StoredEpoch>, CustodyError> {
        Ok(self.kept().clone())
    }

    fn keep_epoch(&self, epoch: &StoredEpoch) -> Result<(), CustodyError> {
        fails(&self.faults.keep)?;
        let mut kept = self.kept();
        if kept.iter().any(|known| known.number == epoch.number) {
            return Err(CustodyError::Exists(epoch.number));
        }
        kept.push(epoch.clone());
        Ok(())
    }

    fn destroy_epoch(&self, number: EpochNumber) -> Result<(), CustodyError> {
        fails(&self.faults.destroy)?;
        self.kept().retain(|epoch| epoch.number != number);
        Ok(())
    }
}
