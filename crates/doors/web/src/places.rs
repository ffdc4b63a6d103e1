//! Places for what stays open: event streams and connections. Nobody takes them all.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use terms::SessionId;

use crate::problem::Problem;

/// Open at once in one session: tabs, and streams whose end was not noticed yet.
const PER_SESSION: usize = 12;
/// Open at once from one network address; many people may share one.
const PER_ADDRESS: usize = 1_000;

/// Counts what is open, in all and by holder.
#[derive(Debug)]
pub(crate) struct Places<K: Hash + Eq> {
    most: usize,
    most_each: usize,
    open: Mutex<HashMap<K, usize>>,
    all: Mutex<usize>,
}

/// One place; free again when dropped.
#[derive(Debug)]
pub(crate) struct Place<K: Hash + Eq + Copy> {
    places: Arc<Places<K>>,
    holder: K,
}

impl<K: Hash + Eq + Copy> Places<K> {
    pub(crate) fn new(most: usize, most_each: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            most_each,
            open: Mutex::default(),
            all: Mutex::default(),
        })
    }

    /// A place for `holder`, unless she has as many as anybody may, or all are taken.
    pub(crate) fn take(self: &Arc<Self>, holder: K) -> Option<Place<K>> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let hers = open.entry(holder).or_default();
        if *all >= self.most || *hers >= self.most_each {
            if *hers == 0 {
                open.remove(&holder);
            }
            return None;
        }
        *hers += 1;
        *all += 1;
        Some(Place {
            places: Arc::clone(self),
            holder,
        })
    }
}

impl<K: Hash + Eq + Copy> Drop for Place<K> {
    fn drop(&mut self) {
        let mut all = self
            .places
            .all
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut open = self
            .places
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *all = all.saturating_sub(1);
        if let Some(hers) = open.get_mut(&self.holder) {
            *hers = hers.saturating_sub(1);
            if *hers == 0 {
                open.remove(&self.holder);
            }
        }
    }
}

/// Places for event streams: by session and by network address.
#[derive(Debug)]
pub(crate) struct Streams {
    sessions: Arc<Places<SessionId>>,
    addresses: Arc<Places<IpAddr>>,
}

/// A stream's places.
#[derive(Debug)]
pub(crate) struct StreamPlace {
    _session: Place<SessionId>,
    _address: Place<IpAddr>,
}

impl Streams {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            sessions: Places::new(most, PER_SESSION),
            addresses: Places::new(most, PER_ADDRESS),
        }
    }

    pub(crate) fn take(&self, session: SessionId, address: IpAddr) -> Result<StreamPlace, Problem> {
        let full = || Problem::rate_limited(10);
        Ok(StreamPlace {
            _session: self.sessions.take(session).ok_or_else(full)?,
            _address: self.addresses.take(address).ok_or_else(full)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_them_all() {
        let places = Places::new(3, 2);
        let first = places.take(1);
        let _second = places.take(1).unwrap();
        assert!(first.is_some() && places.take(1).is_none());
        let _other = places.take(2).unwrap();
        assert!(places.take(3).is_none(), "all are taken");
        drop(first);
        assert!(places.take(3).is_some());
        assert!(places.take(1).is_some(), "what was dropped is free again");
    }
}
