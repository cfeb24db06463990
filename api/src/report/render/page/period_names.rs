//! Months and weeks as people say them, in sentences and on axes.

/// Names of months.
pub(in crate::report::render) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2026-10" as "October 2026", "2026-W43" as "week 43 of 2026"; anything else as it is. Their spaces do not
/// break.
pub(in crate::report::render) fn long(level: &str) -> String {
    match (week(level), month(level)) {
        (Some((year, week)), _) => format!("week\u{a0}{week} of\u{a0}{year}"),
        (_, Some((year, name))) => format!("{name}\u{a0}{year}"),
        _ => level.to_owned(),
    }
}

/// The same for an axis: "Oct", "W43"; the first month and the first week of a year have their year.
pub(super) fn short(level: &str) -> String {
    match (week(level), month(level)) {
        (Some((year, "1")), _) => format!("W1 {year}"),
        (Some((_, week)), _) => format!("W{week}"),
        (_, Some((year, "January"))) => format!("Jan {year}"),
        (_, Some((_, name))) => name.chars().take(3).collect(),
        _ => level.to_owned(),
    }
}

fn week(level: &str) -> Option<(&str, &str)> {
    let (year, week) = level.split_once("-W")?;
    Some((year, week.trim_start_matches('0')))
}

fn month(level: &str) -> Option<(&str, &'static str)> {
    let (year, month) = level.split_once('-')?;
    let place: usize = month.parse().ok()?;
    MONTHS.get(place.checked_sub(1)?).map(|name| (year, *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_named_as_people_do() {
        assert_eq!((long("2026-10").as_str(), short("2026-10").as_str()), ("October\u{a0}2026", "Oct"));
        assert_eq!(
            (long("2026-W43").as_str(), short("2026-W43").as_str()),
            ("week\u{a0}43 of\u{a0}2026", "W43")
        );
        assert_eq!(
            (long("2026-W01").as_str(), short("2026-W01").as_str()),
            ("week\u{a0}1 of\u{a0}2026", "W1 2026")
        );
        assert_eq!((short("2026-01").as_str(), long("2026-13").as_str()), ("Jan 2026", "2026-13"));
    }
}
