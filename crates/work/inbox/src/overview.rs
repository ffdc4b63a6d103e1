//! The figures of the shop's day. They are counted by the database from plain columns: nothing is
//! opened for them, and none of them is about one person.
//!
//! Days and hours are those of UTC, and the answer says so: whether a shop has opening hours, and with
//! them a time zone, is its own choice, and a day of 24 hours can be counted everywhere.

use identity::{Permit, actions::ReadOverview};
use store::{
    Snapshot,
    desk::{OpenedCount, OrdersCount, QueueCounts},
};
use terms::Timestamp;

use crate::{Inbox, InboxError};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Days looked back on, today among them.
const DAYS: i64 = 7;
/// Answers that count for how long people waited.
const ANSWERS: u32 = 10_000;

/// How long people waited for the first answer of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnswerTimes {
    pub answers: usize,
    /// Milliseconds; `None` when nobody was answered.
    pub median: Option<i64>,
    /// Nine of ten waited no longer.
    pub ninth_tenth: Option<i64>,
}

/// What the overview shows.
#[derive(Debug, Clone)]
pub struct Overview {
    pub now: Timestamp,
    /// When the day, and the first of the seven days, began.
    pub today: Timestamp,
    pub week: Timestamp,
    pub queue: QueueCounts,
    pub longest_wait: Option<Timestamp>,
    /// Today's conversations by the hour in which they began.
    pub hours: Vec<OpenedCount>,
    /// The week's conversations and orders by day.
    pub days: Vec<OpenedCount>,
    pub order_days: Vec<OrdersCount>,
    pub answer_times: AnswerTimes,
    pub unpaid: OrdersCount,
    pub returns: i64,
    pub exchanges: i64,
    pub beginnings: Beginnings,
}

/// Whether the shop has what it needs to begin.
#[derive(Debug, Clone, Copy)]
pub struct Beginnings {
    pub products: bool,
    pub texts: bool,
    pub conversations: bool,
}

impl Inbox {
    /// The figures as they are now.
    pub async fn overview(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadOverview>,
    ) -> Result<Overview, InboxError> {
        let shop = permit.shop();
        let now = self.clock.now();
        let since_midnight = now.millis().rem_euclid(DAY);
        let today = now.millis().saturating_sub(since_midnight);
        let week = Timestamp::from_millis(today.saturating_sub((DAYS - 1) * DAY));
        let (today, tomorrow) = (
            Timestamp::from_millis(today),
            Timestamp::from_millis(today.saturating_add(DAY)),
        );
        let hours = snapshot.opened(shop, today, tomorrow, HOUR).await?;
        let days = snapshot.opened(shop, week, tomorrow, DAY).await?;
        let order_days = snapshot.orders_placed(shop, week, tomorrow, DAY).await?;
        let times = snapshot.answer_times(shop, week, ANSWERS).await?;
        let queue = snapshot.queue_counts(shop, permit.staff()).await?;
        let order_counts = snapshot.order_counts(shop).await?;
        let of_servicing = |name: &str| {
            let counted = order_counts
                .iter()
                .filter(|(_, servicing, _)| servicing.as_deref() == Some(name));
            counted.map(|(_, _, count)| count).sum()
        };
        let conversations = queue.assistant + queue.waiting + queue.human + queue.closed;
        Ok(Overview {
            now,
            today,
            week,
            queue,
            longest_wait: snapshot.longest_wait(shop).await?,
            hours: filled(
                hours,
                24,
                |count| count.stretch,
                |stretch| OpenedCount {
                    stretch,
                    ..OpenedCount::default()
                },
            ),
            days: filled(
                days,
                DAYS,
                |count| count.stretch,
                |stretch| OpenedCount {
                    stretch,
                    ..OpenedCount::default()
                },
            ),
            order_days: filled(
                order_days,
                DAYS,
                |count| count.stretch,
                |stretch| OrdersCount {
                    stretch,
                    ..OrdersCount::default()
                },
            ),
            answer_times: AnswerTimes::of(times),
            unpaid: snapshot.orders_unpaid(shop).await?,
            returns: of_servicing("return_requested"),
            exchanges: of_servicing("exchange_requested"),
            beginnings: Beginnings {
                products: snapshot.product_count(shop).await? > 0,
                texts: snapshot
                    .shop(shop)
                    .await?
                    .is_some_and(|shop| shop.content_version > 0),
                conversations: conversations > 0,
            },
        })
    }
}

/// Every stretch from 0, those without anything as well.
fn filled<T: Copy>(
    counts: Vec<T>,
    stretches: i64,
    stretch_of: impl Fn(&T) -> i64,
    nothing: impl Fn(i64) -> T,
) -> Vec<T> {
    (0..stretches)
        .map(|stretch| {
            let counted = counts.iter().find(|count| stretch_of(count) == stretch);
            counted.copied().unwrap_or_else(|| nothing(stretch))
        })
        .collect()
}

impl AnswerTimes {
    fn of(mut times: Vec<i64>) -> Self {
        times.sort_unstable();
        let answers = times.len();
        // The nearest rank: the smallest time that so many tenths did not exceed.
        let rank = |tenths: usize| {
            let rank = answers.saturating_mul(tenths).div_ceil(10);
            times.get(rank.checked_sub(1)?).copied()
        };
        Self {
            answers,
            median: rank(5),
            ninth_tenth: rank(9),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_times_that_were_waited() {
        let of = |times: &[i64]| {
            let found = AnswerTimes::of(times.to_vec());
            (found.answers, found.median, found.ninth_tenth)
        };
        assert_eq!(of(&[]), (0, None, None));
        assert_eq!(of(&[7]), (1, Some(7), Some(7)));
        assert_eq!(of(&[9, 1, 5]), (3, Some(5), Some(9)));
        let ten: Vec<i64> = (1..=10).rev().collect();
        assert_eq!(of(&ten), (10, Some(5), Some(9)));
    }
}
