//! Limits on size, rate and time.

use core::{num::NonZeroU32, time::Duration};
use std::{net::IpAddr, sync::Arc};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use terms::SessionId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::problem::Problem;

/// What one node lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute from one network address.
    pub requests_per_minute: NonZeroU32,
    /// Messages a minute in one session.
    pub messages_per_minute: NonZeroU32,
    /// Guest sessions a minute opened from one network address.
    pub sessions_per_minute: NonZeroU32,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Time a request may take, streams excepted.
    pub request_time: Duration,
    /// Event streams open at once.
    pub streams: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const fn per_minute(count: u32) -> NonZeroU32 {
            match NonZeroU32::new(count) {
                Some(count) => count,
                None => NonZeroU32::MIN,
            }
        }
        Self {
            requests_per_minute: per_minute(1_200),
            messages_per_minute: per_minute(60),
            sessions_per_minute: per_minute(60),
            body_bytes: 64 * 1024,
            request_time: Duration::from_secs(30),
            streams: 10_000,
        }
    }
}

/// Counts and refuses.
pub(crate) struct Gatekeeper {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    sessions: DefaultKeyedRateLimiter<IpAddr>,
    messages: DefaultKeyedRateLimiter<SessionId>,
    streams: Arc<Semaphore>,
}

impl Gatekeeper {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            requests: RateLimiter::keyed(Quota::per_minute(limits.requests_per_minute)),
            sessions: RateLimiter::keyed(Quota::per_minute(limits.sessions_per_minute)),
            messages: RateLimiter::keyed(Quota::per_minute(limits.messages_per_minute)),
            streams: Arc::new(Semaphore::new(limits.streams)),
        }
    }

    pub(crate) fn request(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.requests, &network(from))
    }

    pub(crate) fn session(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.sessions, &network(from))
    }

    pub(crate) fn message(&self, session: SessionId) -> Result<(), Problem> {
        check(&self.messages, &session)
    }

    /// A place for one event stream; free again when dropped.
    pub(crate) fn stream(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.streams)
            .try_acquire_owned()
            .map_err(|_| Problem::rate_limited(10))
    }

    /// Forgets who has not been here for a while, so that memory stays bounded.
    pub(crate) fn tidy(&self) {
        self.requests.retain_recent();
        self.sessions.retain_recent();
        self.messages.retain_recent();
    }
}

/// One subscriber's whole IPv6 network counts as one address.
fn network(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V4(_) => from,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

fn check<K>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Problem>
where
    K: core::hash::Hash + Eq + Clone,
{
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Problem::rate_limited(wait.as_secs().saturating_add(1))
    })
}
