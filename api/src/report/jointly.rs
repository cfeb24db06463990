//! What only joint counts show: what goes with the overall judgement, and how the items hang together.
//!
//! Takes up to seconds, so the report end-point keeps the parts as long as its data stands.

use scoring::{Cell, Figure, GroupedCell, JointCounts, Layout, Mode, Variable};
use serde_json::{Map, Value, json};

use super::assemble::tree;
use super::guard::Guard;
use super::model::Shape;

/// The parts by name: `drivers` and `structure`, and `tpq`, the choice of total perceived quality that fits the
/// overall judgement best. What the layout has no questions for is absent.
pub fn joint_parts(layout: &Layout, cell: &Cell, joint: &GroupedCell) -> Map<String, Value> {
    let mut parts = Map::new();
    if !layout.outcomes().overall.is_empty() {
        let report = scoring::driver_report(layout, joint, Mode::Auto);
        let chart = scoring::importance_performance(layout, cell, &report);
        let mut drivers = tree(&report);
        if let Some(fields) = drivers.as_object_mut() {
            fields.insert("importance_performance".to_owned(), tree(&chart));
        }
        parts.insert("drivers".to_owned(), drivers);
    }
    if layout.dimensions().len() > 1 {
        let mut structure = tree(&scoring::structure_report(layout, joint));
        let people = score_people(layout, &joint.total(layout), structure.get("score_r2"));
        if let Some(fields) = structure.as_object_mut() {
            fields.insert("score_r2_n".to_owned(), people);
        }
        parts.insert("structure".to_owned(), structure);
    }
    if let Some(fitted) = scoring::fitted_tpq(layout, cell, joint) {
        parts.insert("tpq".to_owned(), tree(&fitted));
    }
    parts
}

/// How many people have the scores of both dimensions, for each pair that `table` names.
fn score_people(layout: &Layout, joint: &JointCounts, table: Option<&Value>) -> Value {
    let dimensions = || layout.dimensions().iter().enumerate();
    let mut people = Map::new();
    for (a, first) in dimensions() {
        for (b, second) in dimensions().skip(a + 1) {
            let name = format!("{}|{}", first.key, second.key);
            if table.is_some_and(|table| table.get(&name).is_some()) {
                let [u, v] = [a, b].map(Variable::Dimension);
                let n = match scoring::score_correlation(layout, joint, u, v) {
                    Figure::Known(found) => found.n,
                    Figure::Undefined(undef) => undef.n,
                };
                people.insert(name, Value::from(n));
            }
        }
    }
    Value::Object(people)
}

/// Puts the parts where they belong in a shape.
pub fn put_joint_parts(shape: &mut Shape, parts: &Map<String, Value>, guard: Guard) {
    let guarded = |name: &str| {
        parts.get(name).cloned().map(|mut part| {
            guard.apply(&mut part);
            part
        })
    };
    shape.drivers = guarded("drivers");
    shape.structure = guarded("structure");
    let score = shape.quality.as_ref().and_then(|quality| quality.get("score"));
    let hidden =
        guard.minimum.is_some() && score.and_then(|score| score.get("n")).is_some_and(Value::is_null);
    let choices = shape.quality.as_mut().and_then(|quality| quality.get_mut("tpq")?.as_array_mut());
    if let (Some(choices), Some(fitted)) = (choices, parts.get("tpq").cloned()) {
        let few = fitted.get("n").and_then(Value::as_u64).is_some_and(|n| guard.hides(n));
        choices.push(if hidden || few { withheld_choice(guard) } else { fitted });
    }
}

/// What was fitted is a figure of the same people: nothing of it stays but that there is one.
fn withheld_choice(guard: Guard) -> Value {
    let mut choice = json!({"label": "fitted"});
    if let (Some(fields), Value::Object(words)) = (choice.as_object_mut(), guard.withheld()) {
        fields.extend(words);
    }
    choice
}
