//! Limits on size, rate and time.

use core::{num::NonZeroU32, time::Duration};
use std::net::IpAddr;

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use terms::SessionId;

use crate::{places::Streams, problem::Problem};

/// Codes asked for or given back from one network address.
const CODES_PER_MINUTE: NonZeroU32 = match NonZeroU32::new(20) {
    Some(count) => count,
    None => NonZeroU32::MIN,
};

/// Steps of passkeys from one network address: counted apart from codes and sessions, so that whoever uses those
/// up keeps nobody from signing in with a passkey (requirement C07).
const CEREMONIES_PER_MINUTE: NonZeroU32 = match NonZeroU32::new(120) {
    Some(count) => count,
    None => NonZeroU32::MIN,
};

/// Tools called and proposals confirmed in one session.
const TOOLS_PER_MINUTE: NonZeroU32 = match NonZeroU32::new(240) {
    Some(count) => count,
    None => NonZeroU32::MIN,
};

/// Proposals confirmed from one network address: a confirmation may place an order, which keeps
/// goods from others until it is paid, and a new session costs nothing.
const CONFIRMATIONS_PER_MINUTE: NonZeroU32 = match NonZeroU32::new(60) {
    Some(count) => count,
    None => NonZeroU32::MIN,
};

/// Embedded scripts and styles beside each request: a page of the console is some forty of them, a
/// desk of many people has one address, and they cost a look into memory.
const ASSETS_PER_REQUEST: NonZeroU32 = match NonZeroU32::new(40) {
    Some(count) => count,
    None => NonZeroU32::MIN,
};

/// What one node lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute from one network address, embedded scripts and styles excepted.
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
    /// Connections open at once; one address holds a quarter of them at most.
    pub connections: usize,
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
            body_bytes: 128 * 1024,
            request_time: Duration::from_secs(30),
            streams: 10_000,
            connections: 20_000,
        }
    }
}

/// Counts and refuses.
pub(crate) struct Gatekeeper {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    assets: DefaultKeyedRateLimiter<IpAddr>,
    sessions: DefaultKeyedRateLimiter<IpAddr>,
    messages: DefaultKeyedRateLimiter<SessionId>,
    codes: DefaultKeyedRateLimiter<IpAddr>,
    ceremonies: DefaultKeyedRateLimiter<IpAddr>,
    tools: DefaultKeyedRateLimiter<SessionId>,
    confirmations: DefaultKeyedRateLimiter<IpAddr>,
    pub(crate) streams: Streams,
}

impl Gatekeeper {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            requests: RateLimiter::keyed(Quota::per_minute(limits.requests_per_minute)),
            assets: RateLimiter::keyed(Quota::per_minute(
                limits
                    .requests_per_minute
                    .saturating_mul(ASSETS_PER_REQUEST),
            )),
            sessions: RateLimiter::keyed(Quota::per_minute(limits.sessions_per_minute)),
            messages: RateLimiter::keyed(Quota::per_minute(limits.messages_per_minute)),
            codes: RateLimiter::keyed(Quota::per_minute(CODES_PER_MINUTE)),
            ceremonies: RateLimiter::keyed(Quota::per_minute(CEREMONIES_PER_MINUTE)),
            tools: RateLimiter::keyed(Quota::per_minute(TOOLS_PER_MINUTE)),
            confirmations: RateLimiter::keyed(Quota::per_minute(CONFIRMATIONS_PER_MINUTE)),
            streams: Streams::new(limits.streams),
        }
    }

    pub(crate) fn request(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.requests, &network(from))
    }

    pub(crate) fn asset(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.assets, &network(from))
    }

    pub(crate) fn session(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.sessions, &network(from))
    }

    pub(crate) fn message(&self, session: SessionId) -> Result<(), Problem> {
        check(&self.messages, &session)
    }

    pub(crate) fn tool(&self, session: SessionId) -> Result<(), Problem> {
        check(&self.tools, &session)
    }

    /// A code asked for or given back: guessing spread over many addresses and sessions still
    /// comes from somewhere.
    pub(crate) fn code(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.codes, &network(from))
    }

    /// A passkey asked for, used, made, named or removed.
    pub(crate) fn ceremony(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.ceremonies, &network(from))
    }

    /// A proposal confirmed, in whatever session.
    pub(crate) fn confirmation(&self, from: IpAddr) -> Result<(), Problem> {
        check(&self.confirmations, &network(from))
    }

    /// Forgets who has not been here for a while, so that memory stays bounded.
    pub(crate) fn tidy(&self) {
        self.requests.retain_recent();
        self.assets.retain_recent();
        self.sessions.retain_recent();
        self.messages.retain_recent();
        self.codes.retain_recent();
        self.ceremonies.retain_recent();
        self.tools.retain_recent();
        self.confirmations.retain_recent();
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
