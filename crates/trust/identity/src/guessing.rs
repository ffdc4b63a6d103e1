//! Guessing that is spread over many accounts, sessions and networks, noticed by what fails in a shop as a whole
//! (requirements C07, C08, C12).
//!
//! The limits of one address, one session and one network stop whoever guesses much in one place. Ten thousand
//! accounts tried once each, from as many networks, pass below all of them. Here each shop counts what failed
//! lately, for each way of proving oneself; past a threshold one entry is recorded, and that way is held for some
//! minutes: no code is mailed and none is compared, right or wrong. A passkey is never held: whoever has hers gets
//! in, and only what fails is answered with the wait.
//!
//! What is counted is kept in memory, on this node: under an attack one row that everybody counts in would be
//! what the shop waits for. A house of several nodes notices when one of them has seen enough. For each shop
//! that somebody failed in there are two rows of sixty small numbers, however many try.
//!
//! # What an attacker can still do
//!
//! - *Guess slowly.* Below thirty wrong codes a minute in the whole shop nothing is noticed; the limits of each
//!   address stay.
//! - *Hold the codes of a shop.* Whoever has several networks can fail often enough that no code is mailed for
//!   some minutes. One network cannot: the door takes fewer codes from it than any threshold. Passkeys go on, sessions that
//!   are open go on, and so do codes that confirm a proposal.

use core::time::Duration;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use ledger::Actor;
use store::{Transaction, sessions::ProvedBy};
use terms::{ShopId, Timestamp};

use crate::{
    Identity, IdentityError,
    effects::{GuessingNoticed, SignInRefused},
    passkeys::{Outcome, Refusal},
};

/// So long a slot is, in milliseconds.
const SLOT: i64 = 10_000;
/// So many slots are looked at: ten minutes.
const SLOTS: usize = 60;
/// So many of them are a minute.
const MINUTE: i64 = 6;

/// From when on failures are more than mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Failures within a minute. The door takes 20 codes a minute from one network.
    pub failed_in_a_minute: u32,
    /// Failures within ten minutes: more than one network can have.
    pub failed_lately: u32,
    /// Failures within ten minutes that no number of successes beside them explains.
    pub failed_at_most: u32,
    /// Codes mailed within ten minutes of which less than a quarter came back.
    pub asked_lately: u32,
    /// How long that way is held.
    pub hold: Duration,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            failed_in_a_minute: 100,
            failed_lately: 300,
            failed_at_most: 1_000,
            asked_lately: 1_000,
            hold: Duration::from_secs(5 * 60),
        }
    }
}

/// What somebody tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// A code was mailed.
    Asked,
    /// A code was compared and was wrong, or a passkey was refused.
    Failed,
    Proved,
}

/// What was counted within ten minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Codes that were mailed.
    pub asked: u32,
    /// Codes that were wrong, or passkeys that were refused.
    pub failed: u32,
    pub proved: u32,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.asked = self.asked.saturating_add(other.asked);
        self.failed = self.failed.saturating_add(other.failed);
        self.proved = self.proved.saturating_add(other.proved);
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Which ten seconds since the epoch are counted here.
    number: i64,
    counted: Counted,
}

/// One way in, in one shop.
#[derive(Debug)]
struct Way {
    slots: [Slot; SLOTS],
    held_since: Option<Timestamp>,
}

impl Default for Way {
    fn default() -> Self {
        Self {
            slots: [Slot::default(); SLOTS],
            held_since: None,
        }
    }
}

impl Way {
    /// How long it is held from now on. A clock that was put back holds nothing.
    fn held_for(&self, thresholds: &Thresholds, now: Timestamp) -> Option<Duration> {
        let since = self.held_since.filter(|since| *since <= now)?;
        let until = since.after(thresholds.hold).millis();
        let left = u64::try_from(until.saturating_sub(now.millis())).ok()?;
        (left > 0).then(|| Duration::from_millis(left))
    }

    /// Counts, and says what was counted when that was too much. From then on the way is held, and counting
    /// begins anew.
    fn count(
        &mut self,
        thresholds: &Thresholds,
        attempt: Attempt,
        now: Timestamp,
    ) -> Option<Counted> {
        let number = now.millis().div_euclid(SLOT);
        let place = usize::try_from(number.rem_euclid(60)).ok()?;
        let slot = self.slots.get_mut(place)?;
        if slot.number != number {
            *slot = Slot {
                number,
                counted: Counted::default(),
            };
        }
        let one = |this| u32::from(attempt == this);
        slot.counted.add(Counted {
            asked: one(Attempt::Asked),
            failed: one(Attempt::Failed),
            proved: one(Attempt::Proved),
        });
        let within = |slots: i64| {
            let mut sum = Counted::default();
            for slot in &self.slots {
                if slot.number <= number && slot.number > number.saturating_sub(slots) {
                    sum.add(slot.counted);
                }
            }
            sum
        };
        let (minute, lately) = (within(MINUTE), within(60));
        // Where many come in, some mistype.
        let mistakes = |counted: Counted| counted.failed <= counted.proved / 2;
        let fast = minute.failed >= thresholds.failed_in_a_minute && !mistakes(minute);
        let many = lately.failed >= thresholds.failed_lately && !mistakes(lately);
        let unanswered =
            lately.asked >= thresholds.asked_lately && lately.proved < lately.asked / 4;
        if fast || many || unanswered || lately.failed >= thresholds.failed_at_most {
            *self = Self {
                held_since: Some(now),
                ..Self::default()
            };
            return Some(lately);
        }
        None
    }
}

/// What is tried in each shop of the house.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    thresholds: Thresholds,
    /// INVARIANT: as many as there are shops, times the ways in; the shops come from sessions and never from what
    /// somebody sent.
    ways: Mutex<HashMap<(ShopId, ProvedBy), Way>>,
}

impl Watch {
    pub(crate) fn with(thresholds: Thresholds) -> Self {
        Self {
            thresholds,
            ways: Mutex::default(),
        }
    }

    pub(crate) fn held_for(&self, shop: ShopId, by: ProvedBy, now: Timestamp) -> Option<Duration> {
        let ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        ways.get(&(shop, by))?.held_for(&self.thresholds, now)
    }

    /// Counts an attempt; what was counted, when it was too much. While the way is held nothing is counted: what
    /// is tried then is refused, and must not hold it for ever.
    pub(crate) fn count(
        &self,
        shop: ShopId,
        by: ProvedBy,
        attempt: Attempt,
        now: Timestamp,
    ) -> Option<Counted> {
        let mut ways = self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        let way = ways.entry((shop, by)).or_default();
        if way.held_for(&self.thresholds, now).is_some() {
            return None;
        }
        way.count(&self.thresholds, attempt, now)
    }
}

impl Identity {
    /// Refuses to mail or compare a code while the codes of this shop are held.
    pub(crate) fn demand_codes_are_not_held(&self, shop: ShopId) -> Result<(), IdentityError> {
        match self
            .watch
            .held_for(shop, ProvedBy::MailedCode, self.clock.now())
        {
            Some(left) => Err(IdentityError::Held {
                seconds: seconds(left),
            }),
            None => Ok(()),
        }
    }

    /// Counts an attempt, and records once when guessing is noticed by it.
    pub(crate) async fn count_attempt(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        by: ProvedBy,
        attempt: Attempt,
    ) -> Result<(), IdentityError> {
        let Some(counted) = self.watch.count(shop, by, attempt, self.clock.now()) else {
            return Ok(());
        };
        let hold = self.watch.thresholds.hold;
        let effect = GuessingNoticed { by, counted, hold };
        self.recorder
            .note(tx, shop, Actor::System, None, effect)
            .await?;
        Ok(())
    }

    /// What becomes of a sign-in by passkey: counted, and recorded where it was refused. `of` is `staff` or
    /// `shopper`.
    ///
    /// While failures are held, whoever is refused hears how long, and is not recorded one by one: the entry of
    /// the hold stands for all of them. A passkey that was copied is told of at any time.
    pub(crate) async fn judge_sign_in<T>(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        of: &'static str,
        outcome: Outcome<T>,
    ) -> Result<Outcome<T>, IdentityError> {
        let by = ProvedBy::Passkey;
        let refusal = match outcome {
            Outcome::Accepted(value) => {
                self.count_attempt(tx, shop, by, Attempt::Proved).await?;
                return Ok(Outcome::Accepted(value));
            }
            Outcome::Refused(refusal) => refusal,
        };
        let held = self.watch.held_for(shop, by, self.clock.now());
        // A ceremony that never was is nobody's: a stranger must not write into the record as she likes.
        let told = match refusal {
            Refusal::Spent => false,
            _ => held.is_none() || refusal.is_a_copied_passkey(),
        };
        if told {
            let because = refusal.word();
            let effect = SignInRefused { of, because };
            self.recorder
                .note(tx, shop, Actor::Guest, None, effect)
                .await?;
        }
        // Nor is it a guess at anybody's passkey: it must not use up what is noticed of those.
        if !matches!(refusal, Refusal::Spent) {
            self.count_attempt(tx, shop, by, Attempt::Failed).await?;
        }
        Ok(Outcome::Refused(match held {
            Some(left) => Refusal::Held {
                seconds: seconds(left),
            },
            None => refusal,
        }))
    }
}

/// Whole seconds, rounded up: whoever waits so long has waited long enough.
fn seconds(left: Duration) -> u64 {
    u64::try_from(left.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    /// Counts attempts at a steady pace; when it was noticed, and what was counted then.
    fn paced(attempts: &[Attempt], each: i64, for_so_long: i64) -> Option<(i64, Counted)> {
        let (mut way, thresholds) = (Way::default(), Thresholds::default());
        let times = (0..for_so_long).step_by(usize::try_from(each).unwrap());
        let mut attempts = attempts.iter().cycle();
        for time in times {
            // Noon of some day: nothing begins at the epoch.
            let now = Timestamp::from_millis(1_790_000_000_000 + time);
            let attempt = *attempts.next().unwrap();
            if let Some(counted) = way.count(&thresholds, attempt, now) {
                return Some((time, counted));
            }
        }
        None
    }

    #[test]
    fn the_faster_the_sooner() {
        let failed = [Attempt::Failed];
        // 10,000 in a minute.
        let (after, _) = paced(&failed, 6, MINUTE).unwrap();
        assert!(after < 1_000);
        // Two a second are noticed within a minute, one a second within ten.
        let (after, counted) = paced(&failed, 500, 10 * MINUTE).unwrap();
        assert!(after < MINUTE && counted.failed == 100);
        let (after, counted) = paced(&failed, 1_000, 10 * MINUTE).unwrap();
        assert!(after > MINUTE && counted.failed == 300);
        // As many as one network may give are not.
        assert_eq!(paced(&failed, MINUTE / 20, 60 * MINUTE), None);
    }

    #[test]
    fn mistakes_of_a_busy_shop_are_no_guessing() {
        let mixed = [
            Attempt::Asked,
            Attempt::Proved,
            Attempt::Asked,
            Attempt::Failed,
            Attempt::Proved,
            Attempt::Asked,
            Attempt::Proved,
        ];
        assert_eq!(paced(&mixed, 100, 60 * MINUTE), None);
        // No number of successes hides a flood.
        let (failed, proved) = (Attempt::Failed, Attempt::Proved);
        let hidden = [failed, proved, proved, proved];
        let (after, counted) = paced(&hidden, 50, 10 * MINUTE).unwrap();
        assert!(after < 10 * MINUTE && counted.failed == 1_000);
    }

    #[test]
    fn codes_that_come_back_may_be_many() {
        let answered = [
            Attempt::Asked,
            Attempt::Asked,
            Attempt::Asked,
            Attempt::Proved,
        ];
        assert_eq!(paced(&answered, 50, 60 * MINUTE), None);
        let unanswered = paced(&[Attempt::Asked], 50, 60 * MINUTE).unwrap();
        assert_eq!(unanswered.1.asked, 1_000);
    }

    #[test]
    fn a_hold_ends_by_itself_and_a_clock_put_back_holds_nothing() {
        let shop = shop();
        let (watch, by) = (Watch::default(), ProvedBy::MailedCode);
        let at = |millis: i64| Timestamp::from_millis(1_790_000_000_000 + millis);
        let mut noticed = 0;
        for _ in 0..1_000 {
            noticed += i32::from(watch.count(shop, by, Attempt::Failed, at(0)).is_some());
        }
        assert_eq!(noticed, 1, "while it is held nothing is counted");
        let left = watch.held_for(shop, by, at(1_500)).unwrap();
        assert_eq!(seconds(left), 299);
        assert!(watch.held_for(shop, ProvedBy::Passkey, at(0)).is_none());
        assert!(watch.held_for(shop, by, at(-1)).is_none());
        assert!(watch.held_for(shop, by, at(300_000)).is_none());
    }

    #[test]
    fn what_is_kept_does_not_grow_with_what_is_tried() {
        let shop = shop();
        let watch = Watch::with(Thresholds {
            failed_in_a_minute: u32::MAX,
            failed_lately: u32::MAX,
            failed_at_most: u32::MAX,
            ..Thresholds::default()
        });
        for time in 0..100_000 {
            let now = Timestamp::from_millis(time * 1_000);
            watch.count(shop, ProvedBy::Passkey, Attempt::Failed, now);
        }
        assert_eq!(watch.ways.lock().unwrap().len(), 1);
    }

    fn shop() -> ShopId {
        ShopId::random(&vault::testing::SeededRng::new(7))
    }
}
