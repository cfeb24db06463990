//! Instants as whole microseconds UTC, and the days of an organisation's zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub i64);

/// Microseconds in a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in a day of 24 hours.
pub const DAY: i64 = 86_400 * SECOND;

impl Micros {
    /// Reads an RFC 3339 instant; anything finer than a microsecond is cut off.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|instant| Self(instant.as_microsecond()))
    }

    /// The instant as jiff knows it (the ends of its range where this one lies beyond).
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// The instant in RFC 3339, UTC.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }

    /// The instant `seconds` later (or earlier).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// The day on which this instant falls in `zone`, as days since 1970-01-01.
    pub fn day_in(self, zone: &TimeZone) -> i32 {
        day_number(zone.to_datetime(self.timestamp()).date())
    }
}

/// Days from 1970-01-01 to `date`.
pub fn day_number(date: Date) -> i32 {
    let days = date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
    i32::try_from(days).unwrap_or(0)
}

/// The date `day` days after 1970-01-01.
pub fn date_of_day(day: i32) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(SignedDuration::from_hours(i64::from(day) * 24))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_in_the_organisations_zone() {
        let helsinki = TimeZone::get("Europe/Helsinki").unwrap();
        let evening = Micros::parse("2026-05-04T22:30:00Z").unwrap();
        assert_eq!(date_of_day(evening.day_in(&helsinki)), jiff::civil::date(2026, 5, 5));
        assert_eq!(date_of_day(evening.day_in(&TimeZone::UTC)), jiff::civil::date(2026, 5, 4));
    }

    #[test]
    fn days_before_1970_come_back_as_they_went() {
        for day in [-400, -1, 0, 1, 20_000] {
            assert_eq!(day_number(date_of_day(day)), day);
        }
    }
}
