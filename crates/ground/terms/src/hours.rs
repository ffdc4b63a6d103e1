//! When a shop's people are there: intervals of the week in the shop's own time zone, and days off.
//! The time zones come with the program, so that no machine's own tables are asked.

use core::fmt;

use jiff::{
    ToSpan as _,
    civil::{Date, Time},
    tz::{TimeZone, TimeZoneDatabase},
};

use crate::Timestamp;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// Intervals of one day.
const MOST_OF_A_DAY: usize = 6;
/// Days off that are kept.
const MOST_DAYS_OFF: usize = 100;
/// So many days ahead the next opening is looked for.
const LOOKED_AHEAD: i32 = 60;

/// From one minute of a day up to another, which is after it. 1440 is the day's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub from: u16,
    pub to: u16,
}

/// When people are there.
#[derive(Clone, PartialEq, Eq)]
pub struct OpeningHours {
    zone: TimeZone,
    /// Monday first.
    week: [Vec<Interval>; 7],
    days_off: Vec<Date>,
}

/// Whether people are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Open,
    /// `None` when they are not expected within two months.
    Closed {
        until: Option<Timestamp>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    #[error("`{0}` is no time zone: expected a name of the IANA list, such as `Europe/Berlin`")]
    Zone(String),
    #[error(
        "the hours of a day must each end after they begin, not run into each other, come in order, and be at most {MOST_OF_A_DAY}"
    )]
    Intervals,
    #[error("`{0}` is no day: expected `YYYY-MM-DD`, such as `2026-12-25`")]
    Day(String),
    #[error("there are more than {MOST_DAYS_OFF} days off: leave out those that are over")]
    TooManyDays,
}

impl OpeningHours {
    /// Hours in a time zone. `week` begins on Monday, and a day without intervals is closed.
    pub fn new(
        zone: &str,
        week: [Vec<Interval>; 7],
        days_off: &[String],
    ) -> Result<Self, HoursError> {
        let short = || zone.chars().take(40).collect::<String>();
        // The list's own names only: no offsets and no abbreviations that follow no summer time.
        let named = zone.contains('/') || zone == "UTC";
        let zone = TimeZoneDatabase::bundled()
            .get(zone)
            .ok()
            .filter(|_| named)
            .ok_or_else(|| HoursError::Zone(short()))?;
        if !week.iter().all(|day| in_order(day)) {
            return Err(HoursError::Intervals);
        }
        if days_off.len() > MOST_DAYS_OFF {
            return Err(HoursError::TooManyDays);
        }
        let days_off = days_off.iter().map(|day| read_day(day));
        Ok(Self {
            zone,
            week,
            days_off: days_off.collect::<Result<_, _>>()?,
        })
    }

    /// Whether people are there at this moment, and when they are next.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Presence {
        let Ok(moment) = jiff::Timestamp::from_millisecond(now.millis()) else {
            return Presence::Closed { until: None };
        };
        let here = moment.to_zoned(self.zone.clone());
        let today = here.date();
        let minute = minute_of(here.time());
        let is_open = |one: &&Interval| one.from <= minute && minute < one.to;
        if self.on(today).iter().any(|one| is_open(&one)) {
            return Presence::Open;
        }
        for ahead in 0..=LOOKED_AHEAD {
            let Ok(day) = today.checked_add(ahead.days()) else {
                break;
            };
            // Asked of real moments, not of the clock on the wall: at a change of the clock an hour
            // is there twice, or not at all.
            let next = self
                .on(day)
                .iter()
                .filter_map(|one| self.moment(day, one.from))
                .find(|opens| opens.millis() > now.millis());
            if next.is_some() {
                return Presence::Closed { until: next };
            }
        }
        Presence::Closed { until: None }
    }

    fn on(&self, day: Date) -> &[Interval] {
        if self.days_off.contains(&day) {
            return &[];
        }
        let number = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        self.week.get(number).map_or(&[], Vec::as_slice)
    }

    fn moment(&self, day: Date, minute: u16) -> Option<Timestamp> {
        let hour = i8::try_from(minute / 60).ok()?;
        let time = Time::new(hour, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
        let zoned = day.to_datetime(time).to_zoned(self.zone.clone()).ok()?;
        Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
    }
}

fn in_order(day: &[Interval]) -> bool {
    let mut end = 0;
    let each = day.iter().enumerate().all(|(at, one)| {
        let follows = at == 0 || one.from > end;
        end = one.to;
        follows && one.from < one.to && one.to <= DAY
    });
    each && day.len() <= MOST_OF_A_DAY
}

fn read_day(text: &str) -> Result<Date, HoursError> {
    let wrong = || HoursError::Day(text.chars().take(20).collect());
    if text.len() != 10 {
        return Err(wrong());
    }
    text.parse().map_err(|_| wrong())
}

fn minute_of(time: Time) -> u16 {
    let minutes = i16::from(time.hour()) * 60 + i16::from(time.minute());
    u16::try_from(minutes).unwrap_or_default()
}

impl fmt::Debug for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningHours(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    /// Weekdays from nine to five with an hour at noon, Saturday night to the day's end.
    fn berlin(days_off: &[&str]) -> OpeningHours {
        let one = |from, to| Interval { from, to };
        let day = || vec![one(540, 720), one(780, 1020)];
        let week = [
            day(),
            day(),
            day(),
            day(),
            day(),
            vec![one(1200, 1440)],
            vec![],
        ];
        let days_off: Vec<String> = days_off.iter().map(|day| (*day).to_owned()).collect();
        OpeningHours::new("Europe/Berlin", week, &days_off).unwrap()
    }

    #[test]
    fn open_and_closed_in_the_shops_own_time() {
        let closed = |until: &str| Presence::Closed {
            until: Some(at(until)),
        };
        for (now, found) in [
            // Winter: one hour ahead of UTC.
            ("2026-11-26T07:59:59Z", closed("2026-11-26T08:00:00Z")),
            ("2026-11-26T08:00:00Z", Presence::Open),
            ("2026-11-26T11:00:00Z", closed("2026-11-26T12:00:00Z")),
            ("2026-11-26T15:59:59.999Z", Presence::Open),
            ("2026-11-26T16:00:00Z", closed("2026-11-27T08:00:00Z")),
            ("2026-11-27T16:00:00Z", closed("2026-11-28T19:00:00Z")),
            ("2026-11-28T22:59:59Z", Presence::Open),
            ("2026-11-28T23:00:00Z", closed("2026-11-30T08:00:00Z")),
            // Summer: two hours ahead.
            ("2026-07-01T07:00:00Z", Presence::Open),
            // The night in which the clock goes back, then a Monday.
            ("2026-10-25T00:30:00Z", closed("2026-10-26T08:00:00Z")),
        ] {
            assert_eq!(berlin(&[]).at(at(now)), found, "{now}");
        }
    }

    #[test]
    fn days_off_are_closed() {
        let hours = berlin(&["2026-12-25", "2026-11-26"]);
        assert_eq!(
            hours.at(at("2026-11-26T10:00:00Z")),
            Presence::Closed {
                until: Some(at("2026-11-27T08:00:00Z"))
            }
        );
        let never = OpeningHours::new("UTC", Default::default(), &[]).unwrap();
        let found = never.at(at("2026-11-26T10:00:00Z"));
        assert_eq!(found, Presence::Closed { until: None });
    }

    #[test]
    fn the_hour_that_the_clock_leaves_out() {
        // On 29 March 2026 there is no half past two in Berlin.
        let one = Interval { from: 150, to: 200 };
        let mut week: [Vec<Interval>; 7] = Default::default();
        week[6].push(one);
        let hours = OpeningHours::new("Europe/Berlin", week, &[]).unwrap();
        let Presence::Closed { until: Some(until) } = hours.at(at("2026-03-29T00:00:00Z")) else {
            panic!("closed");
        };
        assert!(until >= at("2026-03-29T01:00:00Z") && until <= at("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn what_is_refused() {
        let hours = |zone: &str, monday: &[(u16, u16)], days: &[&str]| {
            let mut week: [Vec<Interval>; 7] = Default::default();
            week[0] = monday
                .iter()
                .map(|(from, to)| Interval {
                    from: *from,
                    to: *to,
                })
                .collect();
            let days: Vec<String> = days.iter().map(|day| (*day).to_owned()).collect();
            OpeningHours::new(zone, week, &days)
        };
        for zone in [
            "",
            "Berlin",
            "Europe/Atlantis",
            "+01:00",
            "../../etc/passwd",
            "EST",
        ] {
            assert!(
                matches!(hours(zone, &[], &[]), Err(HoursError::Zone(_))),
                "{zone}"
            );
        }
        for day in [
            &[(60, 60)][..],
            &[(600, 540)],
            &[(0, 1441)],
            &[(60, 120), (120, 180)],
            &[(300, 360), (60, 120)],
            &[(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13)],
        ] {
            assert_eq!(
                hours("UTC", day, &[]),
                Err(HoursError::Intervals),
                "{day:?}"
            );
        }
        assert!(hours("UTC", &[(0, 1440)], &["2026-12-25"]).is_ok());
        for day in ["2026-02-30", "25.12.2026", "2026-12-25T00:00", "2026-1-001"] {
            assert!(
                matches!(hours("UTC", &[], &[day]), Err(HoursError::Day(_))),
                "{day}"
            );
        }
        let many: Vec<String> = vec!["2026-12-25".to_owned(); 101];
        let found = OpeningHours::new("UTC", Default::default(), &many);
        assert_eq!(found, Err(HoursError::TooManyDays));
    }
}
