//! Control charts over the periods of a report: what moves by more than chance.
//!
//! The charts come from the crate `scoring`; here the periods' figures are put in their order. A chart has limits
//! once it has twenty periods, and they stay as those twenty made them.

use std::collections::BTreeMap;

use scoring::{Distribution, Layout, Outcomes, Series, chart_report};
use serde_json::{Map, Value};

use super::assemble::tree;
use super::guard::Guard;
use super::model::Shape;
use super::variable::{LevelCounts, Levels, Variable};

/// Charts every variable that is kept person by person, and the net promoter score, over periods whose names
/// sort in the order of time.
///
/// Under a guard, periods enter whose own figure is shown.
pub fn periods(
    layout: &Layout,
    by: &str,
    counts: &BTreeMap<String, LevelCounts>,
    shapes: &BTreeMap<String, Shape>,
    guard: Guard,
) -> Value {
    let levels = Levels { layout, counts, shapes, guard, least: guard.minimum.unwrap_or(0) };
    let mut charts = Map::new();
    charts.insert("by".to_owned(), Value::from(by));
    for variable in Variable::all(layout) {
        if let Some(series) = of_variable(levels, variable) {
            charts.insert(variable.key(layout).to_owned(), series);
        }
    }
    if let Some(chart) = of_nps(levels) {
        charts.insert("nps".to_owned(), chart);
    }
    Value::Object(charts)
}

fn of_variable(levels: Levels<'_>, variable: Variable) -> Option<Value> {
    let layout = levels.layout;
    let periods: Option<Vec<(&str, Distribution)>> =
        levels.open(variable).map(|(name, one)| Some((name, variable.distribution(layout, one)?))).collect();
    let periods = periods?;
    let pairs = || periods.iter().map(|(name, one)| (*name, one));
    let series = match variable.scale(layout) {
        Some(scale) => Series::of_distributions(pairs(), scale),
        None => Series::of_points(pairs()),
    };
    Some(match series {
        Ok(series) => tree(&chart_report(&series, None)),
        Err(undef) => tree(&undef),
    })
}

fn of_nps(levels: Levels<'_>) -> Option<Value> {
    let Outcomes { nps: Some(item), .. } = levels.layout.outcomes() else { return None };
    let shown = |level: &str| {
        let shape = levels.shapes.get(level);
        shape.and_then(|shape| shape.outcome("nps")?.value()).is_some()
    };
    let parts: Vec<(&str, u64, u64, u64)> = levels
        .counts
        .iter()
        .filter(|(level, _)| levels.guard.minimum.is_none() || shown(level))
        .filter_map(|(level, counts)| {
            let spec = levels.layout.items().get(*item)?;
            let answers = counts.cell.item(*item)?.polarised(spec);
            let promoters = answers.iter().skip(9).sum();
            let detractors = answers.iter().take(7).sum();
            Some((level.as_str(), promoters, detractors, answers.iter().sum()))
        })
        .collect();
    Some(match Series::of_nps(parts) {
        Ok(series) => tree(&chart_report(&series, None)),
        Err(undef) => tree(&undef),
    })
}
