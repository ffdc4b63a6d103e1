//! The real clock and the real randomness. Nothing else in the program reads either.

use std::{
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use terms::{Clock, Rng, Timestamp};

/// The system's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock of the program"
    )]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The cryptographic library's generator, seeded by the system.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        if aws_lc_rs::rand::fill(bytes).is_err() {
            // Without randomness every key and token would be guessable: better no service.
            process::abort();
        }
    }
}
