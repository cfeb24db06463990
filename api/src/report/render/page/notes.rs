//! What happened on a day, where it lies among periods, and in which of them.

use jiff::civil::Date;

use super::calendar::days;
use crate::report::charts::Flag;

/// What happened on a day, in the words of a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendNote {
    /// The day.
    pub day: Date,
    /// What happened.
    pub words: String,
}

/// The notes of a period with their numbers, in the order of days.
fn of_period<'a>(
    period: &str,
    notes: &'a [TrendNote],
) -> impl Iterator<Item = (usize, f64, &'a TrendNote)> + use<'a> {
    let days = days(period);
    notes.iter().enumerate().filter_map(move |(place, note)| {
        let (first, end) = days?;
        if note.day < first || note.day >= end {
            return None;
        }
        let span = |to: Date| f64::from(to.since(first).map_or(0, |span| span.get_days()));
        let whole = (end.duration_since(first).as_hours() / 24) as f64;
        let into = if note.day == first { 0.0 } else { span(note.day) };
        Some((place + 1, into / whole.max(1.0), note))
    })
}

/// Where notes stand among periods; those outside of all are left out. A mark stands in the middle half of its period, so that
/// nobody takes it for the next one's.
pub fn flags<'p>(periods: impl IntoIterator<Item = &'p str>, notes: &[TrendNote]) -> Vec<Flag> {
    let of = |(place, period): (usize, &str)| {
        let flag = move |(number, part, _): (usize, f64, &TrendNote)| Flag {
            place: place as f64 + 0.25 + part / 2.0,
            number,
        };
        of_period(period, notes).map(flag).collect::<Vec<_>>()
    };
    periods.into_iter().enumerate().flat_map(of).collect()
}

/// The words of a period's notes with their numbers; empty where nothing happened.
pub(super) fn told(period: &str, notes: &[TrendNote]) -> String {
    let words: Vec<String> =
        of_period(period, notes).map(|(number, _, note)| format!("{number}: {}", note.words)).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_stands_where_it_lies_in_its_month_or_week() {
        let note = |day, words: &str| TrendNote { day, words: words.to_owned() };
        let notes = [note(date(2026, 3, 16), "New courier"), note(date(2026, 4, 1), "Strike")];
        let flags_of = |periods: &[&str]| flags(periods.iter().copied(), &notes);
        let months = flags_of(&["2026-02", "2026-03", "2026-04"]);
        assert_eq!(months.iter().map(|flag| flag.number).collect::<Vec<_>>(), [1, 2]);
        assert!(
            (months[0].place - (1.25 + 7.5 / 31.0)).abs() < 1e-12 && (months[1].place - 2.25).abs() < 1e-12
        );
        // The sixteenth of March was a Monday, the first of April a Wednesday.
        let weeks = flags_of(&["2026-W12", "2026-W14"]);
        assert!((weeks[0].place - 0.25).abs() < 1e-12 && (weeks[1].place - (1.25 + 1.0 / 7.0)).abs() < 1e-12);
        assert_eq!(told("2026-W12", &notes), "1: New courier");
        assert_eq!((told("2026-05", &notes).as_str(), flags_of(&["all", "2026-99"]).len()), ("", 0));
    }
}
