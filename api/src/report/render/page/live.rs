//! Watching it live: ranges that hold however often one looks, and what moved by more than chance.

use serde::Serialize;
use serde_json::Value;

use super::periods::{Series, series};
use super::{OUTCOMES, Words};
use crate::report::render::wording::{Said, Unit};
use crate::report::{Reading, Shape};

/// The section for those who look every day.
#[derive(Debug, Serialize)]
pub(super) struct Live {
    first: Vec<Row>,
    rest: Vec<Row>,
    /// Control charts over periods, the most telling first.
    series: Vec<Series>,
}

/// One figure with both ranges.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    once: String,
    always: String,
    n: String,
}

/// The section, or nothing when no sequence was computed.
pub(super) fn live(shape: &Shape, words: &Words) -> Option<Live> {
    let tree = shape.sequence.as_ref()?;
    let first: Vec<Row> = headline(shape, tree).collect();
    let rest = dimension_rows(shape, tree, words);
    let series = series(shape, words, &[]);
    (!first.is_empty() || !rest.is_empty() || !series.is_empty()).then_some(Live { first, rest, series })
}

/// Quality and the outcomes.
fn headline<'a>(shape: &'a Shape, tree: &'a Value) -> impl Iterator<Item = Row> + 'a {
    let quality = Reading::at(tree, &["quality"]);
    let quality = quality.map(|always| row("Perceived quality", shape.quality_score(), &always, Unit::SCORE));
    let outcome = |&(key, name, unit, _): &(&str, &'static str, Unit, usize)| {
        Some(row(name, shape.outcome(key), &Reading::at(tree, &[key])?, unit))
    };
    quality.into_iter().chain(OUTCOMES.iter().filter_map(outcome))
}

fn dimension_rows(shape: &Shape, tree: &Value, words: &Words) -> Vec<Row> {
    let row = |key: &String| {
        let always = Reading::at(tree.get("dimensions")?, &[key])?;
        let unit = Unit::codes(shape.codes_of(key));
        Some(row(words.dimension(key), shape.dimension(key, "mean"), &always, unit))
    };
    shape.dimensions.keys().filter_map(row).collect()
}

fn row(name: &str, once: Option<Reading<'_>>, always: &Reading<'_>, unit: Unit) -> Row {
    let always = Said::of(Some(always), unit, 1);
    let once = Said::of(once.as_ref(), unit, 1);
    Row { name: name.to_owned(), once: once.bracketed(""), always: always.bracketed(""), n: always.n }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_ranges_stand_beside_each_other() {
        let shape = Shape {
            quality: Some(json!({"score": {"value": 74.0, "n": 713, "ci95": [73.0, 75.1]}})),
            outcome: Some(json!({"nps": {"value": -2.0, "n": 650, "ci95": [-8.0, 4.0]}})),
            sequence: Some(json!({"alpha": 0.05, "quality": {"value": 74.1, "n": 713, "ci95": [71.9, 76.4]},
                "nps": {"value": -2.0, "n": 650, "ci95": [-14.2, 10.1]}, "dimensions": {}})),
            ..Shape::default()
        };
        let said = live(&shape, &Words::default()).unwrap();
        let rows: Vec<(&str, &str)> =
            said.first.iter().map(|row| (row.once.as_str(), row.always.as_str())).collect();
        assert_eq!(
            rows,
            [
                ("74 (73 to 75)", "74 (72 to 76)"),
                ("\u{2212}2 (\u{2212}8 to 4)", "\u{2212}2 (\u{2212}14 to 10)")
            ]
        );
        assert!(live(&Shape::default(), &Words::default()).is_none());
    }
}
