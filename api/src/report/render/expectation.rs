//! What customers expected against what they found, as it is read from a report: shared by the dashboard and the PDF.
//!
//! The two scores are of everybody who answered either side, as everywhere; the gap is of those who answered both. Scores of
//! only those would give away, by subtraction, what the few others said.

use super::{Words, told};
use crate::report::{Reading, Shape};

/// One dimension: what was expected, what was found, and the gap of the two.
#[derive(Debug, Clone)]
pub struct Expectation<'a> {
    /// The dimension's name.
    pub name: &'a str,
    /// The score of what was expected, in points of 100.
    pub expected: Option<Reading<'a>>,
    /// The score of what was found, in points of 100.
    pub found: Option<Reading<'a>>,
    /// Found less expected, in points of 100, of those who answered both.
    pub gap: Option<Reading<'a>>,
}

/// What a gap says, as far as its range carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its whole range lies below nought.
    FallsShort,
    /// Its whole range lies above nought.
    Exceeds,
    /// Its range holds nought.
    NoClearGap,
    /// There is no gap with a range.
    TooFew,
}

impl Expectation<'_> {
    /// What the gap says.
    pub fn verdict(&self) -> Verdict {
        match self.gap.as_ref().and_then(Reading::ci95) {
            Some((_, high)) if high < 0.0 => Verdict::FallsShort,
            Some((low, _)) if low > 0.0 => Verdict::Exceeds,
            Some(_) => Verdict::NoClearGap,
            None => Verdict::TooFew,
        }
    }

    fn order(&self) -> f64 {
        self.gap.as_ref().and_then(Reading::value).unwrap_or(f64::INFINITY)
    }
}

/// The dimensions that were asked both ways, the one that falls furthest short first; none where nobody was asked so.
pub fn expectations<'a>(total: &'a Shape, words: &'a Words) -> Vec<Expectation<'a>> {
    let gaps = total.quality.as_ref().and_then(|quality| quality.get("gap")?.as_object());
    let pair = |(key, tree): (&'a String, &'a serde_json::Value)| {
        let partner = words.expected_by.get(key)?;
        let width = total.codes_of(key).map(|(low, high)| high - low).filter(|width| *width > 0.0);
        Some(Expectation {
            name: words.dimension(key),
            expected: told::score(total, partner),
            found: told::score(total, key),
            gap: Reading::of(tree).map(|gap| told::plain(in_points(gap, width))),
        })
    };
    let mut found: Vec<Expectation<'a>> = gaps.into_iter().flatten().filter_map(pair).collect();
    found.sort_by(|a, b| a.order().total_cmp(&b.order()));
    found
}

/// A difference of codes in points of 100; the unit changes and nothing else.
fn in_points(gap: Reading<'_>, width: Option<f64>) -> Reading<'_> {
    match (gap, width) {
        (Reading::Known { value, n, ci95 }, Some(width)) => {
            let points = |codes: f64| codes / width * 100.0;
            Reading::Known {
                value: points(value),
                n,
                ci95: ci95.map(|(low, high)| (points(low), points(high))),
            }
        }
        (Reading::Known { n, .. }, None) => {
            Reading::Undefined { reason: "the scale is not known", n: Some(n) }
        }
        (undefined, _) => undefined,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_gap_of_codes_is_told_in_points_of_the_scale() {
        let gap = Reading::Known { value: -0.4, n: 20, ci95: Some((-0.6, -0.2)) };
        let points = in_points(gap.clone(), Some(4.0));
        assert_eq!((points.value(), points.n()), (Some(-10.0), Some(20)));
        assert_eq!(in_points(gap, None).value(), None);
    }

    #[test]
    fn the_widest_gap_stands_first_and_says_no_more_than_its_range() {
        let gap = |value: f64| json!({"value": value, "n": 40, "ci95": [value - 0.2, value + 0.2]});
        let item = json!({"histogram": {"1": 20, "5": 20}});
        let tree = json!({"gap": {"a": gap(0.1), "b": gap(-1.0), "c": gap(0.5), "d": {"undefined": "one answer", "n": 1}}});
        let mut shape = Shape { quality: Some(tree), ..Shape::default() };
        let mut words = Words::default();
        for key in ["a", "b", "c", "d"] {
            let partner = format!("{key}_expected");
            shape.items.insert(format!("{key}1"), item.clone());
            shape.dimensions.insert(key.to_owned(), json!({"item_rest_r": {format!("{key}1"): {}}}));
            words.expected_by.insert(key.to_owned(), partner);
        }
        let found = expectations(&shape, &words);
        let said: Vec<(&str, Verdict)> = found.iter().map(|one| (one.name, one.verdict())).collect();
        assert_eq!(
            said,
            [
                ("b", Verdict::FallsShort),
                ("a", Verdict::NoClearGap),
                ("c", Verdict::Exceeds),
                ("d", Verdict::TooFew)
            ]
        );
        assert!(expectations(&Shape::default(), &words).is_empty());
    }
}
