//! What the numbers say, as a sentence: only what their ranges carry.
//!
//! A dimension is called the weakest when its whole 95 % range lies below that of every other one. That is
//! stricter than a test of the difference, and it can be checked by eye in the chart beside it.

use super::wording::{Said, listed};
use crate::report::Reading;

/// One thing among several that are compared.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its score in points of 100.
    pub reading: Option<Reading<'a>>,
}

impl Entry<'_> {
    fn known(&self) -> Option<(f64, f64, f64)> {
        let reading = self.reading.as_ref()?;
        let (low, high) = reading.ci95()?;
        Some((reading.value()?, low, high))
    }

    fn likely(&self) -> String {
        Said::of(self.reading.as_ref(), 1.0, 0).likely()
    }
}

/// Entries that have a score, lowest first; those without come last, in their order.
pub fn lowest_first<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut sorted = entries.to_vec();
    let value = |entry: &Entry<'_>| entry.reading.as_ref().and_then(Reading::value).unwrap_or(f64::INFINITY);
    sorted.sort_by(|a, b| value(a).total_cmp(&value(b)));
    sorted
}

/// How many of the lowest entries lie wholly below all others, if it is one or two of at least that many more.
pub fn clearly_low(sorted: &[Entry<'_>]) -> usize {
    let known: Vec<_> = sorted.iter().filter_map(Entry::known).collect();
    (1..=2)
        .find(|count| {
            let (low, rest) = known.split_at((*count).min(known.len()));
            let top = low.iter().map(|(_, _, high)| *high).fold(f64::NEG_INFINITY, f64::max);
            rest.len() >= *count && rest.iter().all(|(_, low, _)| top < *low)
        })
        .unwrap_or(0)
}

/// The sentence about a set of dimensions.
pub fn headline(entries: &[Entry<'_>]) -> String {
    let sorted = lowest_first(entries);
    let known: Vec<&Entry<'_>> = sorted.iter().filter(|entry| entry.known().is_some()).collect();
    let among = if known.len() < entries.len() { " of those shown" } else { "" };
    match (clearly_low(&sorted), known.as_slice()) {
        (_, []) if entries.is_empty() => "What was answered".to_owned(),
        (_, []) => "Not enough answers yet to say how the service was".to_owned(),
        (_, [only]) => format!("{}: {} of 100", only.name, only.likely()),
        (1, [low, ..]) => format!("{} is the weakest{among}: {} of 100", low.name, low.likely()),
        (2, [low, next, ..]) => {
            let ranges = format!("{} and {} of 100", low.likely(), next.likely());
            format!("{} and {} are the weakest{among}: {ranges}", low.name, next.name)
        }
        (_, [low, ..]) => {
            format!("No dimension stands apart; the lowest is {}, {} of 100", low.name, low.likely())
        }
    }
}

/// The sentence about the levels of a comparison; empty when there are several and none is clearly low.
pub fn comparison(entries: &[Entry<'_>]) -> String {
    let sorted = lowest_first(entries);
    let known: Vec<&Entry<'_>> = sorted.iter().filter(|entry| entry.known().is_some()).collect();
    match (clearly_low(&sorted), known.as_slice()) {
        (_, []) => "Not enough answers yet to compare".to_owned(),
        (_, [only]) => format!("Only {} has enough answers to be shown", only.name),
        (1, [low, .., high]) => {
            format!("{} is lower: {}, {} {}", low.name, low.likely(), high.name, high.likely())
        }
        (2, [low, next, ..]) => format!("{} are lower than the rest", listed(&[low.name, next.name])),
        (_, [.., _]) => String::new(),
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
        assert_eq!(comparison(&list), "Choice is lower: likely 52 to 55, Courtesy likely 80 to 84");
    }

    #[test]
    fn overlapping_ranges_name_no_weakest() {
        let list = entries(&[("A", 60.0, 66.0), ("B", 62.0, 68.0), ("C", 64.0, 70.0)]);
        assert_eq!(headline(&list), "No dimension stands apart; the lowest is A, likely 60 to 66 of 100");
        assert_eq!(comparison(&list), "");
        let two = entries(&[("A", 50.0, 56.0), ("B", 52.0, 58.0), ("C", 64.0, 70.0), ("D", 65.0, 70.0)]);
        assert_eq!(headline(&two), "A and B are the weakest: likely 50 to 56 and likely 52 to 58 of 100");
    }

    #[test]
    fn nothing_known_is_said_plainly() {
        let mut some = entries(&[("A", 50.0, 56.0), ("B", 62.0, 68.0)]);
        some.push(Entry { name: "C", reading: None });
        assert_eq!(headline(&some), "A is the weakest of those shown: likely 50 to 56 of 100");
        let none =
            [Entry { name: "A", reading: Some(Reading::Undefined { reason: "no answers", n: Some(0) }) }];
        assert_eq!(headline(&none), "Not enough answers yet to say how the service was");
        assert_eq!(comparison(&none), "Not enough answers yet to compare");
    }
}
