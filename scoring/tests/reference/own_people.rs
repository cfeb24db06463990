//! The project's own cases of weights, non-response and careless answers.

use scoring::{
    Cell, Code, Distribution, Layout, Margin, RakeClass, RakeRules, ReferenceCounts, ResponseClass,
    Thresholds, Weighted, careless_indices, early_late, level_of_effort, r_indicator, rake, weights_report,
};
use serde_json::{Value, json};

use crate::compare::{Check, Tally};
use crate::own::{code, plan};

/// Compares every case of `own_people.json`.
pub fn run() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_people.json")).unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap() {
        let mut check = Check::new(case["id"].as_str().unwrap(), file["tolerance"]["abs"].as_f64().unwrap());
        let kind = case["kind"].as_str().unwrap();
        match kind {
            "rows" => weighted_rows(case, &mut check),
            "raking" => raking(case, &mut check),
            "r_indicator" => representative(case, &mut check),
            "early_late" => {
                let found = early_late(&scores(&case["early"]), &scores(&case["late"]));
                check.equal("", &json!(found), &case["expected"]);
            }
            "effort" => effort(case, &mut check),
            "careless" => careless(case, &mut check),
            other => panic!("unknown kind {other}"),
        }
        tally.take(kind, check);
    }
    tally
}

fn rows_of(layout: &Layout, rows: &Value) -> Vec<Vec<Code>> {
    let row = |row: &Value| -> Vec<Code> {
        let words = row.as_str().unwrap().split_whitespace();
        words.zip(layout.items()).map(|(word, item)| code(word, item.scale)).collect()
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn cell_of(layout: &Layout, rows: &[Vec<Code>]) -> Cell {
    let mut cell = Cell::empty(layout);
    for codes in rows {
        cell.record(layout, codes).unwrap();
    }
    cell
}

/// Compares the weighted side of a report, and the raw side with what the crate reports elsewhere.
fn compare(layout: &Layout, raw: &Cell, weighted: &Weighted, expected: &Value, check: &mut Check) {
    let report = json!(weights_report(layout, raw, weighted));
    for field in ["n", "design_effect", "n_eff", "max_weight"] {
        check.equal(field, &report[field], &expected[field]);
    }
    for (key, item) in expected["items"].as_object().unwrap() {
        check.equal(key, &report["items"][key]["mean"]["weighted"], &item["mean"]);
        check.equal(key, &report["items"][key]["top_box"]["weighted"], &item["top_box"]);
    }
    for (key, score) in expected["dimensions"].as_object().unwrap() {
        check.equal(key, &report["dimensions"][key]["weighted"], score);
    }
    check.equal("quality", &report["quality"]["weighted"], &expected["quality"]);
    for key in ["overall", "nps", "csat"] {
        check.equal(key, &report["outcome"][key]["weighted"], &expected[key]);
    }
    let raw_score = json!(scoring::dimension_score(layout, raw, 0));
    check.equal("raw", &report["dimensions"]["speed"]["raw"], &raw_score);
    let raw_quality = json!(scoring::quality_report(layout, raw).score);
    check.equal("raw", &report["quality"]["raw"], &raw_quality);
}

fn weighted_rows(case: &Value, check: &mut Check) {
    let layout = plan(case).layout();
    let rows = rows_of(&layout, &case["rows"]);
    let mut weighted = Weighted::of_rows(&layout);
    for (codes, weight) in rows.iter().zip(numbers(&case["weights"])) {
        weighted.record(&layout, weight, codes).unwrap();
    }
    compare(&layout, &cell_of(&layout, &rows), &weighted, &case["expected"], check);
    // The same people as one cell each.
    let cells: Vec<Cell> = rows.iter().map(|codes| cell_of(&layout, std::slice::from_ref(codes))).collect();
    let pairs: Vec<_> = numbers(&case["weights"]).into_iter().zip(&cells).collect();
    let weighted = Weighted::of_cells(&layout, &pairs).unwrap();
    compare(&layout, &cell_of(&layout, &rows), &weighted, &case["expected"], check);
}

fn raking(case: &Value, check: &mut Check) {
    let layout = plan(case).layout();
    let rows: Vec<_> = case["rows"].as_array().unwrap().iter().map(|rows| rows_of(&layout, rows)).collect();
    let cells: Vec<Cell> = rows.iter().map(|rows| cell_of(&layout, rows)).collect();
    let place = |level: &Value| usize::try_from(level.as_u64().unwrap()).unwrap();
    let levels = |class: &Value| class.as_array().unwrap().iter().map(place).collect();
    let classes: Vec<_> = case["classes"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&cells)
        .map(|(class, cell)| RakeClass { levels: levels(class), answers: cell.people() })
        .collect();
    let margins = case["margins"].as_array().unwrap().iter();
    let margins: Vec<_> = margins.map(|m| Margin { name: "m".into(), targets: numbers(m) }).collect();
    let raking = rake(&classes, &margins, &RakeRules::default()).unwrap();
    for (found, expected) in raking.weights().iter().zip(case["expected"]["weights"].as_array().unwrap()) {
        if let Some(expected) = expected.as_f64() {
            check.number("weight", *found, expected);
        }
    }
    let weighted = Weighted::of_raking(&layout, &raking, &cells.iter().collect::<Vec<_>>()).unwrap();
    let mut all = Cell::empty(&layout);
    for cell in &cells {
        all.add(cell).unwrap();
    }
    compare(&layout, &all, &weighted, &case["expected"], check);
}

fn representative(case: &Value, check: &mut Check) {
    let class = |class: &Value| ResponseClass {
        invited: class[0].as_u64().unwrap(),
        responded: class[1].as_u64().unwrap(),
    };
    let classes: Vec<_> = case["classes"].as_array().unwrap().iter().map(class).collect();
    check.equal("", &json!(r_indicator(&classes)), &case["expected"]);
}

fn scores(list: &Value) -> Distribution {
    let mut scores = Distribution::new(1);
    list.as_array().unwrap().iter().for_each(|x| scores.increase(x.as_i64().unwrap(), 1));
    scores
}

fn effort(case: &Value, check: &mut Check) {
    let level = |level: &Value| (u32::try_from(level[0].as_u64().unwrap()).unwrap(), scores(&level[1]));
    let levels: Vec<_> = case["levels"].as_array().unwrap().iter().map(level).collect();
    check.equal("", &json!(level_of_effort(&levels)), &case["expected"]);
}

fn careless(case: &Value, check: &mut Check) {
    let layout = plan(case).layout();
    let order: Vec<usize> = (0..layout.items().len()).collect();
    let mut counts = ReferenceCounts::new(order.clone());
    assert!(rows_of(&layout, &case["earlier"]).iter().all(|codes| counts.record(&layout, codes)));
    let reference = counts.freeze().unwrap();
    let rows = rows_of(&layout, &case["rows"]);
    for (codes, expected) in rows.iter().zip(case["expected"].as_array().unwrap()) {
        let indices = careless_indices(&layout, &order, codes, case["seconds"].as_f64(), Some(&reference));
        let found = json!({
            "rated": indices.rated,
            "longstring": indices.longstring,
            "irv": indices.irv,
            "seconds_per_item": indices.seconds_per_item,
            "even_odd": indices.even_odd,
            "even_odd_pairs": indices.even_odd_pairs,
            "d2": indices.distance.map(|far| far.d2),
            "p": indices.distance.map(|far| far.p),
            "flags": Thresholds { even_odd_pairs: 6, ..Thresholds::default() }.flags(&indices),
        });
        for (field, expected) in expected.as_object().unwrap() {
            // No index is `null` on both sides.
            check.equal(field, &json!([found[field].is_null()]), &json!([expected.is_null()]));
            if !expected.is_null() {
                check.equal(field, &found[field], expected);
            }
        }
    }
}
