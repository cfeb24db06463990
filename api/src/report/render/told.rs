//! Which scores a page tells: none without a range, and none of so few people that its range would be too short.
//!
//! Docs: "What a sentence in a report may claim" in `docs/statistics.md`. Data files keep every figure as computed.

use serde_json::Value;

use crate::report::{Reading, Shape};

/// Fewest people behind a score that a page tells.
pub const LEAST: u64 = 10;

/// Fewest people behind each dimension of a score over all of them.
pub const LEAST_IN_EACH: u64 = 5;

/// What stands in the place of a score that is not told for its few people.
pub const TOO_FEW: &str = "too few for a range";

/// The same where a range cannot be made because nobody differs.
const ALIKE: &str = "all answered alike";

/// Why there is no score over all dimensions where one has none.
const NO_DIMENSION: &str = "a dimension has no answers";

/// Perceived quality, where enough people stand behind it and behind each of its dimensions.
pub fn quality(shape: &Shape) -> Option<Reading<'_>> {
    let people = |key: &str| shape.dimension(key, "score").and_then(|one| one.n()).unwrap_or(0);
    let is_thin = shape.experience().into_iter().any(|key| people(key) < LEAST_IN_EACH);
    let tree = shape.quality.as_ref().and_then(|quality| quality.get("score"));
    shape.quality_score().map(|reading| told(reading, is_thin, tree))
}

/// The score of a dimension, where enough people stand behind it.
pub fn score<'a>(shape: &'a Shape, key: &str) -> Option<Reading<'a>> {
    let tree = shape.dimensions.get(key).and_then(|dimension| dimension.get("score"));
    shape.dimension(key, "score").map(|reading| told(reading, false, tree))
}

/// Any other figure of people, where enough stand behind it.
pub fn plain(reading: Reading<'_>) -> Reading<'_> {
    told(reading, false, None)
}

fn told<'a>(reading: Reading<'a>, is_thin: bool, tree: Option<&Value>) -> Reading<'a> {
    match reading {
        Reading::Known { n, .. } if n < LEAST || is_thin => {
            Reading::Undefined { reason: TOO_FEW, n: Some(n) }
        }
        Reading::Known { n, ci95: None, .. } => {
            let why = tree.and_then(|tree| tree.get("ci95")?.get("undefined")?.as_str());
            Reading::Undefined {
                reason: if why == Some("no variance") { ALIKE } else { TOO_FEW },
                n: Some(n),
            }
        }
        Reading::Undefined { reason: NO_DIMENSION, n } => Reading::Undefined { reason: TOO_FEW, n },
        reading => reading,
    }
}

/// The words below a table in which a score of few people is left out; nothing where all are told.
pub fn note<'a>(readings: impl IntoIterator<Item = &'a Option<Reading<'a>>>) -> String {
    let is_left_out = |one: &Option<Reading<'_>>| matches!(one, Some(Reading::Undefined { reason, .. }) if *reason == TOO_FEW);
    if !readings.into_iter().any(is_left_out) {
        return String::new();
    }
    format!(
        "A score is shown from {LEAST} people on, with at least {LEAST_IN_EACH} in each dimension it is made of: its \
         range would be too short with fewer."
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(n: u64, thinnest: u64, range: Value) -> Shape {
        let score = |n: u64| json!({"score": {"value": 70.0, "n": n, "ci95": [60.0, 80.0]}});
        let quality = json!({"score": {"value": 70.0, "n": n, "ci95": range}, "tpq": [{"weights": {"a": 0.5, "b": 0.5}}]});
        let mut shape = Shape { quality: Some(quality), ..Shape::default() };
        shape.dimensions.insert("a".into(), score(n));
        shape.dimensions.insert("b".into(), score(thinnest));
        shape
    }

    #[test]
    fn a_score_needs_ten_people_and_one_over_dimensions_five_in_each() {
        let range = || json!([60.0, 80.0]);
        assert_eq!(quality(&shape(10, 5, range())).unwrap().value(), Some(70.0));
        let why = |shape: &Shape| match quality(shape).unwrap() {
            Reading::Undefined { reason, n } => (reason.to_owned(), n),
            Reading::Known { .. } => panic!("told"),
        };
        assert_eq!(why(&shape(9, 9, range())), (TOO_FEW.to_owned(), Some(9)));
        assert_eq!(why(&shape(14, 4, range())), (TOO_FEW.to_owned(), Some(14)));
        assert_eq!(score(&shape(20, 9, range()), "b").unwrap().value(), None);
        assert_eq!(score(&shape(20, 9, range()), "a").unwrap().value(), Some(70.0));
    }

    #[test]
    fn a_score_without_a_range_is_not_told_and_says_why() {
        let alike = json!({"undefined": "no variance", "n": 30});
        let reason = |shape: &Shape| matches!(quality(shape), Some(Reading::Undefined { reason, .. }) if reason == ALIKE);
        assert!(reason(&shape(30, 30, alike)));
        let one = shape(30, 30, json!({"undefined": "one answer only", "n": 30}));
        assert!(!reason(&one) && quality(&one).unwrap().value().is_none());
        assert!(note([&quality(&one)]).starts_with("A score is shown from 10 people on"));
        assert_eq!(note([&None]), "");
    }
}
