//! The days that a page is about, and what its weeks and months are called when only a part of them lies within.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::report::render::page::calendar::{days, without_gaps};
use crate::report::render::page::period_names::long;

/// The days of a page.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// The first day; none where everything since the beginning counts.
    pub from: Option<Date>,
    /// The last day, which may lie ahead; none where the period has no end.
    pub until: Option<Date>,
    /// Today in the organisation's zone.
    pub today: Date,
}

impl Stretch {
    /// The last day that can have answers.
    fn last(self) -> Date {
        self.until.map_or(self.today, |until| until.min(self.today))
    }

    /// The weeks or months from the first that has answers to the end of the page's period, with those in which nobody
    /// answered; of a page without an end, to the last one with answers.
    pub(super) fn periods(self, known: &[&str]) -> Vec<String> {
        without_gaps(known, self.until.map(|_| self.last()))
    }

    /// A week or month as people call it, with the days of it that count where it is not there as a whole.
    pub(super) fn name(self, period: &str) -> String {
        let name = long(period);
        let Some((first, next)) = days(period) else { return name };
        let last = next.checked_sub(1.days()).unwrap_or(next);
        let from = self.from.filter(|from| *from > first && *from <= last);
        let until = Some(self.last()).filter(|until| *until < last && *until >= first);
        let day = |day: Date| day.strftime("%-d\u{a0}%B").to_string();
        match (from, until) {
            (None, None) => name,
            (Some(from), None) => format!("{name}, from {}", day(from)),
            (None, Some(until)) => format!("{name}, to {}", day(until)),
            (Some(from), Some(until)) => format!("{name}, {} to {}", day(from), day(until)),
        }
    }
}

/// "August to November 2026", "December 2025 to March 2026", "week 43 to week 46 of 2026".
pub(super) fn between(first: &str, last: &str) -> String {
    let (from, to) = (long(first), long(last));
    let year = |period: &str| period.split_once('-').map(|(year, _)| year.to_owned());
    let short = match year(first).filter(|one| Some(one) == year(last).as_ref()) {
        Some(year) => {
            from.trim_end_matches(&format!(" of\u{a0}{year}")).trim_end_matches(&format!("\u{a0}{year}"))
        }
        None => &from,
    };
    format!("{short} to {to}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stretch() -> Stretch {
        Stretch { from: Some(date(2026, 10, 19)), until: Some(date(2026, 11, 29)), today: date(2026, 11, 23) }
    }

    #[test]
    fn a_period_that_is_there_in_part_says_which_days() {
        let name = |period| stretch().name(period).replace('\u{a0}', " ");
        assert_eq!(name("2026-11"), "November 2026, to 23 November");
        assert_eq!(name("2026-10"), "October 2026, from 19 October");
        assert_eq!(
            (name("2026-W47").as_str(), name("2026-W48").as_str()),
            ("week 47 of 2026", "week 48 of 2026, to 23 November")
        );
        assert_eq!(
            Stretch { from: None, until: None, ..stretch() }.name("2026-10").replace('\u{a0}', " "),
            "October 2026"
        );
    }

    #[test]
    fn a_chart_reaches_to_the_end_of_the_period_and_not_ahead() {
        assert_eq!(stretch().periods(&["2026-W43", "2026-W46"]).len(), 6);
        assert_eq!(Stretch { until: None, ..stretch() }.periods(&["2026-W43", "2026-W46"]).len(), 4);
    }

    #[test]
    fn two_periods_share_their_year() {
        let said = |a, b| between(a, b).replace('\u{a0}', " ");
        assert_eq!(said("2026-08", "2026-11"), "August to November 2026");
        assert_eq!(said("2025-12", "2026-03"), "December 2025 to March 2026");
        assert_eq!(said("2026-W43", "2026-W46"), "week 43 to week 46 of 2026");
    }
}
