//! The project's own cases of scales and structure, computed from the rows by `make_structure.py`.

use scoring::{
    Block, Code, GroupedCell, Layout, dimension_report, scale_statistics, spearman_brown, structure_report,
};
use serde_json::{Value, json};

use crate::answers::{count_codes, grouped};
use crate::compare::{Check, Tally};
use crate::own::{code, plan, rows};

/// Compares every case of the file next to this one.
pub fn run() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_structure.json")).unwrap();
    let tolerance = file["tolerance"]["abs"].as_f64().unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap() {
        let layout = plan(case).layout();
        let mut check = Check::new(case["id"].as_str().unwrap(), tolerance);
        if case.get("scale").is_some() {
            scale(case, &layout, &mut check);
            tally.take("scale", check);
        } else {
            structure(case, &layout, &mut check);
            tally.take("structure", check);
        }
    }
    tally
}

fn codes(case: &Value, layout: &Layout) -> Vec<Vec<Code>> {
    let of_row =
        |row: Vec<&str>| row.iter().zip(layout.items()).map(|(text, item)| code(text, item.scale)).collect();
    rows(case).map(of_row).collect()
}

fn scale(case: &Value, layout: &Layout, check: &mut Check) {
    let cell = count_codes(layout, &codes(case, layout));
    let mut expected = case["scale"].clone();
    if let Some(of_two) = expected.as_object_mut().unwrap().remove("spearman_brown") {
        check.equal("spearman_brown", &json!(spearman_brown(layout, &cell, Block::Dimension(0))), &of_two);
    }
    let found = json!(scale_statistics(layout, &cell, Block::Dimension(0)));
    check.equal("", &found, &expected);
    let report = json!(dimension_report(layout, &cell, 0));
    for name in ["omega", "composite_reliability", "ave"] {
        let model = &expected["one_factor"];
        match model.get(name) {
            Some(value) => check.equal(name, &report[name]["value"], value),
            None if model.is_object() => check.equal(name, &report[name], model),
            None => check.equal(name, &report[name], &expected),
        }
    }
}

fn structure(case: &Value, layout: &Layout, check: &mut Check) {
    let cell: GroupedCell = grouped(layout, &codes(case, layout));
    let (mut found, mut expected) = (json!(structure_report(layout, &cell)), case["structure"].clone());
    // The thresholds are simulated on both sides: 200 replications here, 4,000 there.
    let thresholds = |part: &mut Value| part["parallel"].as_object_mut()?.remove("thresholds");
    if let (Some(mine), Some(theirs)) = (thresholds(&mut found), thresholds(&mut expected)) {
        let n = expected["parallel"]["n"].as_f64().unwrap();
        check.equal_within(0.6 / n.sqrt(), "thresholds", &mine, &theirs);
    }
    check.equal("", &found, &expected);
}
