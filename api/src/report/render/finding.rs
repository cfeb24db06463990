//! What the numbers say, as a sentence: only what their ranges carry.
//!
//! A dimension is called the weakest when its whole 95 % range lies below that of every other one. That is
//! stricter than a test of the difference, and it can be checked by eye in the chart beside it. What has no range
//! takes no part, and the sentence says so.

use super::wording::{Said, Unit, listed};
use crate::report::Reading;

/// One thing among several that are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its score in points of 100.
    pub reading: Option<Reading<'a>>,
}

impl Entry<'_> {
    fn ci95(&self) -> Option<(f64, f64)> {
        self.reading.as_ref().and_then(Reading::ci95)
    }

    fn likely(&self) -> String {
        Said::of(self.reading.as_ref(), Unit::SCORE, 0).likely()
    }
}

/// Entries that have a score, lowest first; those without come last, in their order.
pub fn lowest_first<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut sorted = entries.to_vec();
    let value = |entry: &Entry<'_>| entry.reading.as_ref().and_then(Reading::value).unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted
}

/// Entries that have a range, lowest first.
pub fn with_range<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    lowest_first(entries).into_iter().filter(|entry| entry.ci95().is_some()).collect()
}

/// The one or two entries whose ranges lie wholly below those of at least as many others; else none.
pub fn clearly_low<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut ranged = with_range(entries);
    let ranges: Vec<(f64, f64)> = ranged.iter().filter_map(Entry::ci95).collect();
    let clear = |count: &usize| {
        let (low, rest) = ranges.split_at((*count).min(ranges.len()));
        let top = low.iter().map(|(_, high)| *high).fold(f64::NEG_INFINITY, f64::max);
        rest.len() >= *count && rest.iter().all(|(low, _)| top < *low)
    };
    ranged.truncate((1..=2).find(clear).unwrap_or(0));
    ranged
}

/// Among which entries a sentence compares, when not among all.
pub fn among(entries: &[Entry<'_>]) -> &'static str {
    if entries.iter().any(|entry| entry.ci95().is_none()) { " of those with a range" } else { "" }
}

/// The sentence about a set of dimensions.
pub fn headline(entries: &[Entry<'_>]) -> String {
    let among = among(entries);
    match (clearly_low(entries).as_slice(), with_range(entries).as_slice()) {
        (_, []) if entries.is_empty() => "What was answered".to_owned(),
        (_, []) => "Not enough answers yet to say how the service was".to_owned(),
        (_, [only]) => format!("{}: {} of 100", only.name, only.likely()),
        ([low], _) => format!("{} is the weakest{among}: {} of 100", low.name, low.likely()),
        ([low, next], _) => {
            let ranges = format!("{} and {} of 100", low.likely(), next.likely());
            format!("{} and {} are the weakest{among}: {ranges}", low.name, next.name)
        }
        _ if among.is_empty() => "No dimension is clearly lower than the others".to_owned(),
        _ => "No dimension is clearly lower than the others that have a range".to_owned(),
    }
}

/// The sentence about the levels of a comparison; empty when there are several and none is clearly low.
pub fn comparison(entries: &[Entry<'_>]) -> String {
    let among = among(entries);
    match (clearly_low(entries).as_slice(), with_range(entries).as_slice()) {
        (_, []) => "Not enough answers yet to compare".to_owned(),
        (_, [only]) => format!("Only {} has enough answers for a range", only.name),
        ([low], [_, other]) if among.is_empty() => {
            format!("{} is lower than {}: {}, {} of 100", low.name, other.name, low.likely(), other.likely())
        }
        ([low], [_, next, ..]) => {
            let next = format!("next is {}, {}", next.name, next.likely());
            format!("{} is the lowest{among}: {} of 100; {next}", low.name, low.likely())
        }
        ([low, next], _) => format!("{} are the lowest{among}", listed(&[low.name, next.name])),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(list: &[(&'static str, f64, f64)]) -> Vec<Entry<'static>> {
        list.iter()
            .map(|(name, low, high)| {
                let value = f64::midpoint(*low, *high);
                let reading = Reading::Known { value, n: 50, ci95: Some((*low, *high)) };
                Entry { name, reading: Some(reading) }
            })
            .collect()
    }

    #[test]
    fn one_clearly_lowest_is_named() {
        let list = entries(&[("Courtesy", 80.0, 84.0), ("Choice", 52.0, 55.0), ("Security", 70.0, 75.0)]);
        assert_eq!(headline(&list), "Choice is the weakest: likely 52 to 55 of 100");
        let said = "Choice is the lowest: likely 52 to 55 of 100; next is Security, likely 70 to 75";
        assert_eq!(comparison(&list), said);
        assert_eq!(
            comparison(&list[..2]),
            "Choice is lower than Courtesy: likely 52 to 55, likely 80 to 84 of 100"
        );
    }

    #[test]
    fn a_value_without_a_range_is_never_the_finding() {
        let mut list = entries(&[("Phone", 28.0, 45.0), ("Chat", 70.0, 90.0), ("E-mail", 65.0, 79.0)]);
        let one = Reading::Known { value: 10.0, n: 1, ci95: None };
        list.push(Entry { name: "In person", reading: Some(one) });
        assert_eq!(clearly_low(&list), [list[0].clone()]);
        let said = "Phone is the lowest of those with a range: likely 28 to 45 of 100; \
                    next is E-mail, likely 65 to 79";
        assert_eq!(comparison(&list), said);
    }

    #[test]
    fn overlapping_ranges_name_no_weakest() {
        let list = entries(&[("A", 60.0, 66.0), ("B", 62.0, 68.0), ("C", 64.0, 70.0)]);
        assert_eq!(headline(&list), "No dimension is clearly lower than the others");
        assert_eq!(comparison(&list), "");
        let two = entries(&[("A", 50.0, 56.0), ("B", 52.0, 58.0), ("C", 64.0, 70.0), ("D", 65.0, 70.0)]);
        assert_eq!(headline(&two), "A and B are the weakest: likely 50 to 56 and likely 52 to 58 of 100");
    }

    #[test]
    fn nothing_known_is_said_plainly() {
        let mut some = entries(&[("A", 50.0, 56.0), ("B", 62.0, 68.0)]);
        some.push(Entry { name: "C", reading: None });
        assert_eq!(headline(&some), "A is the weakest of those with a range: likely 50 to 56 of 100");
        let none =
            [Entry { name: "A", reading: Some(Reading::Undefined { reason: "no answers", n: Some(0) }) }];
        assert_eq!(headline(&none), "Not enough answers yet to say how the service was");
        assert_eq!(comparison(&none), "Not enough answers yet to compare");
    }
}
