//! The project's own cases: whole reports on synthetic answers.

use scoring::{Cell, Code, Facet, Layout, dimension_report, item_report, outcome_report, quality_report};
use serde_json::{Map, Value, json};

use crate::answers::{Plan, count, on_scale};
use crate::compare::{Check, Tally};

/// Compares every case of the file next to this one.
pub fn run() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own.json")).unwrap();
    let tolerance = file["tolerance"]["abs"].as_f64().unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap() {
        let (layout, cell) = counts_of(case);
        let mut check = Check::new(case["id"].as_str().unwrap(), tolerance);
        check.equal("", &report(&layout, &cell), &case["expected"]);
        tally.take("whole report", check);
    }
    tally
}

/// The counts of one case of that file.
pub fn counted(id: &str) -> (Layout, Cell) {
    let file: Value = serde_json::from_str(include_str!("own.json")).unwrap();
    let case = file["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap();
    counts_of(case)
}

fn counts_of(case: &Value) -> (Layout, Cell) {
    let layout = plan(case).layout();
    let cell = count(&layout, rows(case), code);
    (layout, cell)
}

/// The written answers of each person.
pub fn rows(case: &Value) -> impl Iterator<Item = Vec<&str>> {
    case["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap().split(' ').collect())
}

/// One written answer.
pub fn code(text: &str, scale: scoring::Scale) -> Code {
    match text {
        "s" => Code::SKIPPED,
        "a" => Code::NOT_APPLICABLE,
        "d" => Code::DONT_KNOW,
        "-" => Code::NOT_SHOWN,
        raw => on_scale(raw, scale).unwrap_or_else(|| panic!("the answer {raw} is not on its scale")),
    }
}

/// The items, dimensions and outcomes of a case.
pub fn plan(case: &Value) -> Plan {
    let mut plan = Plan::default();
    for item in case["items"].as_array().unwrap() {
        let spec = plan.item(
            item["key"].as_str().unwrap(),
            item["min"].as_u64().unwrap(),
            item["max"].as_u64().unwrap(),
        );
        spec.reversed = item["reversed"].as_bool().unwrap_or(false);
        spec.top_box = item["top_box"].as_u64().map(|threshold| u8::try_from(threshold).unwrap());
    }
    for dimension in case["dimensions"].as_array().unwrap() {
        let facet: Facet = serde_json::from_value(dimension["facet"].clone()).unwrap();
        let of = dimension["of"].as_str();
        plan.dimension(dimension["key"].as_str().unwrap(), facet, of, &words(&dimension["items"]));
    }
    let outcomes = &case["outcomes"];
    plan.outcomes.overall = words(&outcomes["overall"]).iter().map(|key| plan.index(key)).collect();
    plan.outcomes.nps = outcomes["nps"].as_str().map(|key| plan.index(key));
    plan.outcomes.csat = outcomes["csat"].as_str().map(|key| plan.index(key));
    plan.outcomes.ces = outcomes["ces"].as_str().map(|key| plan.index(key));
    plan
}

fn words(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// Everything the crate says about a cell, in the shape that files and pages share.
fn report(layout: &Layout, cell: &Cell) -> Value {
    let items: Map<_, _> = (0..layout.items().len())
        .map(|i| (layout.items()[i].key.clone(), json!(item_report(layout, cell, i))))
        .collect();
    let dimensions: Map<_, _> = (0..layout.dimensions().len())
        .map(|d| (layout.dimensions()[d].key.clone(), json!(dimension_report(layout, cell, d))))
        .collect();
    let outcome = outcome_report(layout, cell);
    json!({
        "items": items,
        "dimensions": dimensions,
        "quality": quality_report(layout, cell),
        "outcome": outcome,
        "importance": outcome.importance,
    })
}
