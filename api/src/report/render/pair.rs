//! The difference between two levels of a comparison, told from the lower to the higher.

use serde_json::Value;

use super::wording::{decimals_apart, number};
use crate::report::Reading;

/// The difference between two levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair<'a> {
    /// The level with the lower mean.
    pub low: &'a str,
    /// The level with the higher one.
    pub high: &'a str,
    /// How far apart, not below zero.
    pub apart: f64,
    /// The simultaneous 95 % range of that distance.
    pub range: Option<(f64, f64)>,
    /// The probability of such a difference, or a larger one, between equal levels.
    pub p: Option<f64>,
    /// Whether the two are equal up to the margin.
    pub equivalent: bool,
    /// Fewest decimals that say anything: none for points of 100, one for codes.
    least: usize,
}

impl<'a> Pair<'a> {
    /// Reads a difference, second level less first, and tells it from the lower to the higher.
    pub fn read(
        entry: &Value,
        (first, second): (&'a str, &'a str),
        equivalent: bool,
        least: usize,
    ) -> Option<Self> {
        let diff = Reading::plain(entry.get("diff")?)?;
        let range = entry.get("ci95").and_then(Reading::ends);
        let p = entry.get("p").and_then(Reading::plain);
        Some(if diff >= 0.0 {
            Self { low: first, high: second, apart: diff, range, p, equivalent, least }
        } else {
            let range = range.map(|(low, high)| (-high, -low));
            Self { low: second, high: first, apart: -diff, range, p, equivalent, least }
        })
    }

    /// How many decimals its numbers are printed with.
    pub fn decimals(&self) -> usize {
        self.range.map_or(1, |range| decimals_apart(range).max(self.least))
    }

    /// "12 (9 to 16)".
    pub fn distance(&self) -> String {
        let places = self.decimals();
        let Some((low, high)) = self.range else {
            return format!("{}, no range", number(self.apart, places));
        };
        let range = format!("{} to {}", number(low, places), number(high, places));
        format!("{} ({range})", number(self.apart, places))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_difference_has_no_sign_and_as_many_decimals_as_its_range_and_unit_carry() {
        let entry = json!({"diff": -12.3, "ci95": [-15.5, -9.1], "p": 0.01});
        let read = |least| Pair::read(&entry, ("chat", "phone"), false, least).unwrap();
        assert_eq!(
            (read(0).low, read(0).high, read(0).distance().as_str()),
            ("phone", "chat", "12 (9 to 16)")
        );
        assert_eq!(read(1).distance(), "12.3 (9.1 to 15.5)");
    }

    #[test]
    fn an_undefined_difference_is_no_pair_and_one_without_range_says_so() {
        let none = json!({"diff": {"undefined": "no answers", "n": 0}});
        assert_eq!(Pair::read(&none, ("a", "b"), false, 0), None);
        let open = json!({"diff": 2.0, "ci95": {"undefined": "one answer only", "n": 1}});
        assert_eq!(Pair::read(&open, ("a", "b"), false, 0).unwrap().distance(), "2.0, no range");
    }
}
