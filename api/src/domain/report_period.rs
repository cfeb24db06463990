//! Which days a mailed report is about, and when it goes: whole weeks and months of the organisation's zone, at seven in
//! the morning of that zone.
//!
//! A rule and not an instant is what is kept: a period is known by its first day, and when its mail goes is worked out anew,
//! so that nights in which clocks are changed move nothing.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Micros, Rhythm};

/// The hour at which mails go.
const HOUR: i8 = 7;
/// Days after the end of a month: who was served at its end gets two days more to answer.
const MONTH_WAITS: i32 = 2;

/// A whole week or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportPeriod {
    rhythm: Rhythm,
    from: Date,
}

impl ReportPeriod {
    /// The week or month that holds a day.
    pub fn of(rhythm: Rhythm, day: Date) -> Self {
        let since_monday = i32::from(day.weekday().to_monday_zero_offset());
        let from = match rhythm {
            Rhythm::Weekly => day.checked_sub(since_monday.days()).unwrap_or(day),
            Rhythm::Monthly => day.first_of_month(),
        };
        Self { rhythm, from }
    }

    /// The first whose mail goes after an instant.
    pub fn first_after(rhythm: Rhythm, now: Micros, zone: &TimeZone) -> Self {
        let today = zone.to_datetime(now.timestamp()).date();
        let mut period = Self::of(rhythm, today).before();
        while period.due_at(zone) <= now && period.next() != period {
            period = period.next();
        }
        period
    }

    /// Its first day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// The day after its last.
    pub fn to(self) -> Date {
        let span = match self.rhythm {
            Rhythm::Weekly => 7.days(),
            Rhythm::Monthly => 1.month(),
        };
        self.from.checked_add(span).unwrap_or(self.from)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self { from: self.to(), ..self }
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.rhythm, self.from.yesterday().unwrap_or(self.from))
    }

    /// The day on which its mail goes.
    pub fn due_on(self) -> Date {
        let end = self.to();
        match self.rhythm {
            Rhythm::Weekly => end,
            Rhythm::Monthly => end.checked_add(MONTH_WAITS.days()).unwrap_or(end),
        }
    }

    /// When its mail goes. An hour that a change of clocks skips is the one after it, one that comes twice is the first.
    pub fn due_at(self, zone: &TimeZone) -> Micros {
        let at = self.due_on().at(HOUR, 0, 0, 0).to_zoned(zone.clone());
        at.map_or(Micros(i64::MAX), |at| Micros(at.timestamp().as_microsecond()))
    }

    /// The newest whose mail is due; itself while no later one is.
    #[must_use]
    pub fn newest_due(self, now: Micros, zone: &TimeZone) -> Self {
        let mut period = self;
        while period.next().due_at(zone) <= now && period.next() != period {
            period = period.next();
        }
        period
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn helsinki() -> TimeZone {
        TimeZone::get("Europe/Helsinki").unwrap()
    }

    fn at(text: &str) -> Micros {
        Micros::parse(text).unwrap()
    }

    #[test]
    fn a_week_goes_on_the_monday_after_it_and_a_month_on_the_third() {
        let first = |rhythm, now| {
            let period = ReportPeriod::first_after(rhythm, at(now), &helsinki());
            (period.from(), period.to(), period.due_at(&helsinki()).rfc3339())
        };
        let week = (date(2026, 5, 4), date(2026, 5, 11), "2026-05-11T04:00:00Z".to_owned());
        assert_eq!(first(Rhythm::Weekly, "2026-05-04T09:00:00Z"), week);
        assert_eq!(first(Rhythm::Weekly, "2026-05-11T03:59:59Z"), week, "the morning itself");
        assert_eq!(first(Rhythm::Weekly, "2026-05-11T04:00:00Z").0, date(2026, 5, 11));
        let april = (date(2026, 4, 1), date(2026, 5, 1), "2026-05-03T04:00:00Z".to_owned());
        assert_eq!(first(Rhythm::Monthly, "2026-05-02T09:00:00Z"), april);
        assert_eq!(first(Rhythm::Monthly, "2026-05-04T09:00:00Z").0, date(2026, 5, 1));
        assert_eq!(first(Rhythm::Monthly, "2026-12-20T09:00:00Z").2, "2027-01-03T05:00:00Z");
    }

    #[test]
    fn seven_in_the_morning_stays_seven_in_the_morning_when_clocks_change() {
        let due = |from| ReportPeriod::of(Rhythm::Weekly, from).due_at(&helsinki()).rfc3339();
        assert_eq!(due(date(2026, 3, 16)), "2026-03-23T05:00:00Z");
        assert_eq!(due(date(2026, 3, 23)), "2026-03-30T04:00:00Z", "clocks went forward on the 29th");
        assert_eq!(due(date(2026, 10, 19)), "2026-10-26T05:00:00Z", "and back on the 25th of October");
    }

    #[test]
    fn in_every_zone_each_period_comes_once_and_in_order() {
        for zone in
            ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]
        {
            let zone = TimeZone::get(zone).unwrap();
            for rhythm in [Rhythm::Weekly, Rhythm::Monthly] {
                let mut period = ReportPeriod::of(rhythm, date(2020, 1, 1));
                while period.from() < date(2031, 1, 1) {
                    let due = period.due_at(&zone);
                    assert_eq!(ReportPeriod::first_after(rhythm, due, &zone), period.next());
                    assert_eq!(ReportPeriod::first_after(rhythm, Micros(due.0 - 1), &zone), period);
                    assert_eq!((period.next().before(), period.newest_due(due, &zone)), (period, period));
                    period = period.next();
                }
            }
        }
    }

    #[test]
    fn after_a_rest_the_newest_is_the_one_that_is_due() {
        let period = ReportPeriod::of(Rhythm::Weekly, date(2026, 5, 4));
        let newest = |now| period.newest_due(at(now), &helsinki()).from();
        assert_eq!(newest("2026-05-12T09:00:00Z"), date(2026, 5, 4));
        assert_eq!(newest("2026-06-03T09:00:00Z"), date(2026, 5, 25));
    }
}
