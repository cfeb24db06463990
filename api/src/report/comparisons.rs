//! Comparisons of levels, variable by variable: tests, verdicts, and what chance leaves of small places.
//!
//! The statistics come from the crate `scoring`. `laatu score` calls this for the groups of its map, the report
//! end-point for its `by`.

use std::collections::BTreeMap;

use scoring::{Distribution, Layout, Moment, Policy};
use serde_json::{Map, Value, json};

use super::assemble::tree;
use super::guard::Guard;
use super::model::Shape;
use super::variable::{LevelCounts, Levels, Variable};

/// More levels than this are not compared: with every pair looked at, nothing could be read from it.
const MOST_LEVELS: usize = 60;

/// Levels from which on they are also looked at as places: drawn together, and against the limits of chance.
const PLACES: usize = 5;

/// Compares the levels in every variable; `margin` is in points of 100.
///
/// `shapes` are the levels as the reader sees them. Under a guard a variable is compared over those levels alone
/// that show it and have at least thirty people in it.
pub fn comparisons(
    layout: &Layout,
    counts: &BTreeMap<String, LevelCounts>,
    shapes: &BTreeMap<String, Shape>,
    margin: f64,
    guard: Guard,
) -> Value {
    if counts.len() > MOST_LEVELS {
        let reason = format!("{} levels; at most {MOST_LEVELS} are compared", counts.len());
        let people = counts.values().map(|one| one.cell.people()).sum::<u64>();
        let mut refused = json!({"undefined": reason, "n": people});
        guard.apply(&mut refused);
        return refused;
    }
    let levels = Levels { layout, counts, shapes, guard, least: Policy::default().comparison_minimum() };
    let variables = Variable::all(layout).into_iter();
    let compared = variables.map(|one| (one.key(layout).to_owned(), compare(levels, one, margin)));
    Value::Object(compared.collect::<Map<_, _>>())
}

fn compare(levels: Levels<'_>, variable: Variable, margin: f64) -> Value {
    let layout = levels.layout;
    let open: Vec<(&str, &LevelCounts)> = levels.open(variable).collect();
    if levels.guard.minimum.is_some() && open.len() < 2 {
        return Guard::at_least(levels.least).withheld();
    }
    let margin = margin / 100.0 * variable.range(layout);
    let one_by_one: Option<Vec<(String, Distribution)>> = open
        .iter()
        .map(|(level, counts)| Some(((*level).to_owned(), variable.distribution(layout, counts)?)))
        .collect();
    let (mut compared, moments): (Value, Vec<(String, Moment)>) = if let Some(levels) = one_by_one {
        let moments = levels.iter().map(|(level, one)| (level.clone(), Moment::of(one))).collect();
        (tree(&scoring::compare(&levels, margin)), moments)
    } else {
        let moment = |counts: &LevelCounts| scoring::quality_moment(layout, &counts.cell);
        let moments: Vec<_> =
            open.iter().map(|(level, counts)| ((*level).to_owned(), moment(counts))).collect();
        (tree(&scoring::compare_moments(&moments, margin)), moments)
    };
    if let Some(fields) = compared.as_object_mut().filter(|_| moments.len() >= PLACES) {
        fields.insert("shrinkage".to_owned(), tree(&scoring::shrink(&moments)));
    }
    compared
}
