//! Withheld figures that another part of the report would say again.
//!
//! The score of a dimension stands in the dimension, and once more beside its importance, its weighted value and
//! its value without careless answers; where `protect` took it away for an item of a few people, it has to go
//! everywhere. Called once all parts stand in the shape.

use serde_json::{Map, Value};

use super::guard::Guard;
use super::model::Shape;

/// The two readings of a figure in the parts `weights` and `careless`.
const BESIDE: [[&str; 2]; 2] = [["raw", "with"], ["weighted", "without"]];

/// Withholds, in the parts beyond the plain figures, what the plain figures withhold, and what is a plain mean or
/// difference of something withheld.
pub fn withhold_echoes(shape: &mut Shape, guard: Guard) {
    if guard.minimum.is_none() {
        return;
    }
    let scores = shape.dimensions.iter().filter(|(_, dimension)| is_withheld(dimension.get("score")));
    let dimensions: Vec<String> = scores.map(|(key, _)| key.clone()).collect();
    let quality = shape.quality.as_ref().is_some_and(|quality| is_withheld(quality.get("score")));
    let Shape { drivers, weights, careless, sequence, structure, .. } = shape;
    for key in &dimensions {
        hide(drivers.as_mut(), &["importance_performance", "dimensions", key, "performance"], guard);
        for [weighted, careful] in BESIDE {
            hide(weights.as_mut(), &["dimensions", key, weighted], guard);
            hide(careless.as_mut(), &["dimensions", key, careful], guard);
        }
    }
    if quality {
        hide(sequence.as_mut(), &["quality"], guard);
        for [weighted, careful] in BESIDE {
            hide(weights.as_mut(), &["quality", weighted], guard);
            hide(careless.as_mut(), &["quality", careful], guard);
        }
    }
    if let Some(chart) = at(drivers.as_mut(), &["importance_performance"]) {
        cuts(chart, guard);
    }
    if let Some(fields) = careless.as_mut().and_then(Value::as_object_mut) {
        let quality = fields.get_mut("quality").into_iter().collect();
        difference(quality, guard);
        let each = fields.get_mut("dimensions").and_then(Value::as_object_mut);
        difference(each.map(|all| all.values_mut().collect()).unwrap_or_default(), guard);
    }
    if let Some(fields) = structure.as_mut().and_then(Value::as_object_mut) {
        pairs(fields, guard);
    }
}

fn is_withheld(figure: Option<&Value>) -> bool {
    figure.is_some_and(|figure| {
        figure.get("undefined").is_some() && figure.get("n").is_some_and(Value::is_null)
    })
}

fn at<'t>(part: Option<&'t mut Value>, path: &[&str]) -> Option<&'t mut Value> {
    path.iter().try_fold(part?, |tree, key| tree.get_mut(*key))
}

fn hide(part: Option<&mut Value>, path: &[&str], guard: Guard) {
    if let Some(figure) = at(part, path) {
        *figure = guard.withheld();
    }
}

/// The cuts of the chart are means over its dimensions: the one that is not shown would be what is missing.
fn cuts(chart: &mut Value, guard: Guard) {
    let dimensions = chart.get("dimensions").and_then(Value::as_object).cloned().unwrap_or_default();
    let gone = |axis: &str| dimensions.values().any(|place| is_withheld(place.get(axis)));
    let axes = [
        ("performance", &["cut_performance"][..]),
        ("derived", &["cut_derived", "stated_with_derived"][..]),
        ("stated", &["cut_stated", "stated_with_derived"][..]),
    ];
    for (_, names) in axes.iter().filter(|(axis, _)| gone(axis)) {
        names.iter().for_each(|name| hide(Some(&mut *chart), &[name], guard));
    }
}

/// With everybody and without the flagged: the difference must not be a few people.
fn difference(figures: Vec<&mut Value>, guard: Guard) {
    for figure in figures {
        let people = |side: &str| figure.get(side)?.get("n")?.as_u64();
        let few = people("with").zip(people("without")).is_some_and(|(with, without)| {
            let left = with.saturating_sub(without);
            left > 0 && guard.hides(left)
        });
        if few || is_withheld(figure.get("without")) {
            hide(Some(figure), &["without"], guard);
        }
    }
}

/// Tables of pairs of dimensions, whose entries are plain numbers: their people stand in tables of their own.
fn pairs(structure: &mut Map<String, Value>, guard: Guard) {
    let tables = [("htmt_n", &["htmt", "htmt_ci95", "htmt2"][..]), ("score_r2_n", &["score_r2"][..])];
    for (people, of_them) in tables {
        let Some(counts) = structure.get_mut(people).and_then(Value::as_object_mut) else { continue };
        let few = |n: &Value| n.as_u64().is_some_and(|n| guard.hides(n));
        let names: Vec<String> =
            counts.iter().filter(|(_, n)| few(n)).map(|(name, _)| name.clone()).collect();
        for name in &names {
            counts.insert(name.clone(), Value::Null);
        }
        for table in of_them {
            for name in &names {
                hide(structure.get_mut(*table), &[name], guard);
            }
        }
        if let Some(flags) = structure.get_mut("htmt_flags").and_then(Value::as_object_mut)
            && people == "htmt_n"
        {
            flags.retain(|name, _| !names.contains(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GUARD: Guard = Guard::at_least(10);

    fn figure(value: f64, n: u64) -> Value {
        json!({"value": value, "n": n})
    }

    #[test]
    fn a_withheld_score_goes_from_every_part_and_from_the_means_of_it() {
        let mut shape = Shape::default();
        let gone = GUARD.withheld();
        shape.dimensions.insert("care".into(), json!({"n": 40, "score": gone}));
        shape.dimensions.insert("speed".into(), json!({"n": 40, "score": figure(60.5, 40)}));
        shape.quality = Some(json!({"score": gone}));
        let beside = |a: &str, b: &str| {
            json!({"quality": {a: figure(70.5, 40), b: figure(71.5, 20)}, "dimensions": {
                "care": {a: figure(80.5, 40), b: figure(81.5, 20)}, "speed": {a: figure(60.5, 40), b: figure(61.5, 20)},
            }})
        };
        (shape.weights, shape.careless) = (Some(beside("raw", "weighted")), Some(beside("with", "without")));
        shape.sequence = Some(json!({"quality": figure(70.5, 40)}));
        let place = |score| json!({"performance": figure(score, 40), "derived": figure(0.5, 40)});
        let chart = json!({"cut_performance": 70.5, "cut_derived": 0.5,
            "dimensions": {"care": place(80.5), "speed": place(60.5)}});
        shape.drivers = Some(json!({"importance_performance": chart}));
        let mut open = shape.clone();
        withhold_echoes(&mut open, Guard::OPEN);
        assert_eq!(open, shape);
        withhold_echoes(&mut shape, GUARD);
        let text = serde_json::to_string(&shape).unwrap();
        assert!(["70.5", "71.5", "80.5", "81.5"].iter().all(|number| !text.contains(number)), "{text}");
        assert_eq!(shape.drivers.unwrap()["importance_performance"]["cut_derived"], 0.5);
        assert_eq!(shape.weights.unwrap()["dimensions"]["speed"]["weighted"]["value"], 61.5);
        assert_eq!(shape.careless.unwrap()["dimensions"]["speed"]["without"]["value"], 61.5);
    }

    #[test]
    fn the_flagged_few_of_a_dimension_are_not_what_is_missing() {
        let mut shape = Shape::default();
        let two = |without: u64| json!({"with": figure(70.5, 100), "without": figure(71.5, without)});
        shape.careless = Some(
            json!({"quality": two(80), "dimensions": {"care": two(97), "speed": two(90), "ease": two(100)}}),
        );
        withhold_echoes(&mut shape, GUARD);
        let careless = shape.careless.unwrap();
        assert!(careless["dimensions"]["care"]["without"]["n"].is_null());
        assert_eq!(careless["dimensions"]["care"]["with"]["n"], 100);
        for shown in [&careless["quality"], &careless["dimensions"]["speed"], &careless["dimensions"]["ease"]]
        {
            assert_eq!(shown["without"]["value"], 71.5);
        }
    }

    #[test]
    fn a_pair_of_a_few_people_has_no_number() {
        let table = || json!({"a|b": 0.25, "a|c": 0.75});
        let mut shape = Shape {
            structure: Some(
                json!({"htmt": table(), "htmt_ci95": table(), "htmt2": table(), "score_r2": table(),
                "htmt_n": {"a|b": 9, "a|c": 10}, "score_r2_n": {"a|b": 10, "a|c": 9}, "htmt_flags": table()}),
            ),
            ..Shape::default()
        };
        withhold_echoes(&mut shape, GUARD);
        let structure = shape.structure.unwrap();
        for name in ["htmt", "htmt_ci95", "htmt2"] {
            assert_eq!((&structure[name]["a|b"], &structure[name]["a|c"]), (&GUARD.withheld(), &json!(0.75)));
        }
        assert_eq!(
            (&structure["score_r2"]["a|b"], &structure["score_r2"]["a|c"]),
            (&json!(0.25), &GUARD.withheld())
        );
        assert_eq!(structure["htmt_n"], json!({"a|b": null, "a|c": 10}));
        assert!(structure["htmt_flags"].get("a|b").is_none());
    }
}
