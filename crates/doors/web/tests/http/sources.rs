//! Time that stands still until it is moved, randomness, and keys that live as long as the test.

use std::sync::{
    Mutex,
    atomic::{AtomicI64, Ordering},
};

use terms::{Clock, Rng, Secret, Timestamp};
use vault::{CustodyError, EpochNumber, KeyCustody, StoredEpoch};

/// 2026-11-22T09:30:00Z.
const START: i64 = 1_795_339_800_000;

pub(crate) struct HeldClock(AtomicI64);

impl HeldClock {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(START))
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.advance_millis(seconds * 1_000);
    }

    pub(crate) fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).unwrap();
    }
}

#[derive(Default)]
pub(crate) struct MemoryCustody(Mutex<Vec<StoredEpoch>>);

impl KeyCustody for MemoryCustody {
    fn root_key(&self) -> Result<Secret<[u8; 32]>, CustodyError> {
        Ok(Secret::new([7; 32]))
    }

    fn epochs(&self) -> Result<Vec<StoredEpoch>, CustodyError> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn keep_epoch(&self, epoch: &StoredEpoch) -> Result<(), CustodyError> {
        let mut epochs = self.0.lock().unwrap();
        if epochs.iter().any(|kept| kept.number == epoch.number) {
            return Err(CustodyError::Exists(epoch.number));
        }
        epochs.push(epoch.clone());
        Ok(())
    }

    fn destroy_epoch(&self, number: EpochNumber) -> Result<(), CustodyError> {
        self.0.lock().unwrap().retain(|kept| kept.number != number);
        Ok(())
    }
}
