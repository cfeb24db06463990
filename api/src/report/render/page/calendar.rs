//! Weeks and months as stretches of days: where they begin and end, and which lie between two of them.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// More periods than any chart shows; what lies beyond is left out.
const MOST: usize = 1_000;

/// First day of a period such as `2026-10` or `2026-W43`, and the day after its last.
pub(super) fn days(period: &str) -> Option<(Date, Date)> {
    let (year, rest) = period.split_once('-')?;
    let year: i16 = year.parse().ok()?;
    if let Some(week) = rest.strip_prefix('W') {
        let first = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date();
        return Some((first, first.checked_add(7.days()).ok()?));
    }
    let first = Date::new(year, rest.parse().ok()?, 1).ok()?;
    Some((first, first.checked_add(1.month()).ok()?))
}

/// The week or month that a day lies in, as a report names it; `like` says which.
fn period_of(day: Date, like: &str) -> String {
    if like.contains('W') {
        let week = day.iso_week_date();
        return format!("{}-W{:02}", week.year(), week.week());
    }
    day.strftime("%Y-%m").to_string()
}

/// The given periods, which are in their order, with those between them and up to `until` that nobody answered in.
///
/// Names that are no weeks and no months stay as they are.
pub(super) fn without_gaps(periods: &[&str], until: Option<Date>) -> Vec<String> {
    let as_they_are = || periods.iter().map(|period| (*period).to_owned()).collect();
    let ends = periods.first().and_then(|first| days(first)).zip(periods.last().and_then(|last| days(last)));
    let (Some(((mut day, _), (last, _))), Some(like)) = (ends, periods.first()) else { return as_they_are() };
    let last = until.map_or(last, |until| until.max(last));
    let mut all = Vec::new();
    while day <= last && all.len() < MOST {
        let period = period_of(day, like);
        let Some((_, next)) = days(&period) else { return as_they_are() };
        all.push(period);
        day = next;
    }
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_without_an_answer_stand_in_their_place() {
        assert_eq!(without_gaps(&["2026-11", "2027-02"], None), ["2026-11", "2026-12", "2027-01", "2027-02"]);
        let weeks = without_gaps(&["2026-W52"], Some(date(2027, 1, 11)));
        assert_eq!(weeks, ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]);
        assert_eq!(without_gaps(&["2026-10", "2026-12"], Some(date(2026, 11, 3))).len(), 3);
        assert_eq!(without_gaps(&["all"], Some(date(2026, 11, 3))), ["all"]);
        assert!(without_gaps(&[], Some(date(2026, 11, 3))).is_empty());
    }

    #[test]
    fn a_period_knows_its_days() {
        assert_eq!(days("2026-02"), Some((date(2026, 2, 1), date(2026, 3, 1))));
        assert_eq!(days("2026-W01"), Some((date(2025, 12, 29), date(2026, 1, 5))));
        assert_eq!((days("2026-13"), days("all")), (None, None));
    }
}
