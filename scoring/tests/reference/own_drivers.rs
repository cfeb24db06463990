//! The project's own cases for drivers, EM, surfaces and fitted weights.

use scoring::{
    Cell, Code, GroupedCell, Layout, Mode, driver_report, em_moments, fitted_tpq, image_filter,
    importance_performance, response_surface, variance_explained,
};
use serde_json::{Value, json};

use crate::answers::{Plan, count_codes, grouped, on_scale};
use crate::compare::{Check, Tally};
use crate::own::plan;

/// One case, counted.
struct Counted {
    layout: Layout,
    cell: Cell,
    groups: GroupedCell,
}

/// Compares every case of the file next to this one.
pub fn run() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_drivers.json")).unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap() {
        let counted = Counted::new(&plan(case), case["rows"].as_str().unwrap());
        let mut check = Check::new(case["id"].as_str().unwrap(), case["tolerance"].as_f64().unwrap());
        for (part, expected) in case["expected"].as_object().unwrap() {
            // A name says that two ways must give the same.
            let expected = expected.as_str().map_or(expected, |same| &case["expected"][same]);
            counted.compare(part, expected, &mut check);
        }
        tally.take("drivers", check);
        let mut ranks = Check::new(case["id"].as_str().unwrap(), 0.06);
        for part in ["listwise", "by_mask"] {
            if let Some(expected) = case["expected"][part].get("ranks") {
                counted.ranks(part, expected, &mut ranks);
                tally.take("rank probabilities", std::mem::replace(&mut ranks, Check::new("", 0.0)));
            }
        }
    }
    tally
}

fn mode(part: &str) -> Mode {
    match part {
        "listwise" => Mode::Listwise,
        "by_mask" => Mode::ByMask,
        _ => Mode::Auto,
    }
}

impl Counted {
    fn new(plan: &Plan, rows: &str) -> Counted {
        let layout = plan.layout();
        let code = |(place, text): (usize, char)| match text {
            's' => Code::SKIPPED,
            '-' => Code::NOT_SHOWN,
            digit => on_scale(&digit.to_string(), layout.items()[place].scale).unwrap(),
        };
        let codes: Vec<Vec<Code>> =
            rows.split_whitespace().map(|row| row.chars().enumerate().map(code).collect()).collect();
        let (cell, groups) = (count_codes(&layout, &codes), grouped(&layout, &codes));
        Counted { layout, cell, groups }
    }

    fn compare(&self, part: &str, expected: &Value, check: &mut Check) {
        let joint = self.groups.total(&self.layout);
        let (layout, place) = (&self.layout, |key: &str| self.place(key));
        match part {
            "em" => {
                let variables: Vec<usize> = (0..self.layout.variables().len()).collect();
                check.equal("em", &json!(em_moments(layout, &joint, &variables).unwrap()), expected);
            }
            "fitted" => self.fitted(expected, check),
            "chart" => self.chart(expected, check),
            "surface" => each_pair(expected, |key, p, e, expected| {
                let found = response_surface(layout, &joint, place(p), place(e)).unwrap();
                check.equal(key, &json!(found), expected);
            }),
            "filter" => each_pair(expected, |key, p, i, expected| {
                let found = image_filter(layout, &joint, place(p), place(i)).unwrap();
                check.equal(key, &json!(found), expected);
            }),
            "variance" => {
                let found = variance_explained(layout, &joint).unwrap();
                let r2 = [found.experience.r2, found.gap.r2, found.both.r2];
                let found =
                    json!({"r2": r2, "gap_test": found.gap_test, "expectation_test": found.expectation_test});
                check.equal("variance", &found, expected);
            }
            "no_solution" => {
                let report = json!(driver_report(layout, &self.groups, Mode::ByMask));
                let words = report["r2"]["undefined"].as_str().unwrap_or("a number");
                let right = ["the iteration did not converge", "correlation matrix is not positive definite"];
                check.equal(words, &json!(right.contains(&words)), expected);
            }
            _ => self.report(part, expected, check),
        }
    }

    fn place(&self, key: &str) -> usize {
        self.layout.dimensions().iter().position(|d| d.key == key).unwrap()
    }

    fn report(&self, part: &str, expected: &Value, check: &mut Check) {
        let found = json!(driver_report(&self.layout, &self.groups, mode(part)));
        if expected.get("undefined").is_some() {
            check.equal(part, &found["r2"], expected);
            for field in ["lmg", "relative_weights", "r"] {
                for (key, found) in found[field].as_object().unwrap() {
                    check.equal(key, found, expected);
                }
            }
            return;
        }
        for field in ["r2", "relative_weights", "r"] {
            check.equal(&format!("{part}.{field}"), &found[field], &expected[field]);
        }
        assert_eq!(found.get("caution"), expected.get("caution"));
        for (key, expected) in expected["lmg"].as_object().unwrap() {
            let mut driver = found["lmg"][key].clone();
            let ranks = driver.as_object_mut().unwrap().remove("rank_probability");
            check.equal(&format!("{part}.lmg.{key}"), &driver, expected);
            // Ranks stand exactly where intervals do, and add up to 1.
            match ranks {
                Some(Value::Array(ranks)) => {
                    let sum: f64 = ranks.iter().map(|share| share.as_f64().unwrap()).sum();
                    check.number("ranks", sum, 1.0);
                    assert!(expected["ci95"].is_array());
                }
                Some(words) => check.equal("ranks", &words, &expected["ci95"]),
                None => panic!("no ranks"),
            }
        }
    }

    fn ranks(&self, part: &str, expected: &Value, check: &mut Check) {
        let found = driver_report(&self.layout, &self.groups, mode(part));
        for (key, expected) in expected.as_object().unwrap() {
            let driver = found.lmg.get(key).unwrap().known().unwrap();
            check.equal(key, &json!(driver.rank_probability), expected);
        }
    }

    fn fitted(&self, expected: &Value, check: &mut Check) {
        let mut found = json!(fitted_tpq(&self.layout, &self.cell, &self.groups).unwrap());
        let object = found.as_object_mut().unwrap();
        let weights = object.remove("weights").unwrap();
        let sum: f64 = weights.as_object().unwrap().values().map(|w| w.as_f64().unwrap()).sum();
        check.number("weights", sum, 1.0);
        object.remove("ci95");
        check.equal("fitted", &found, expected);
    }

    fn chart(&self, expected: &Value, check: &mut Check) {
        let drivers = driver_report(&self.layout, &self.groups, Mode::Listwise);
        let found = importance_performance(&self.layout, &self.cell, &drivers);
        let text = json!(found);
        for field in ["cut_performance", "cut_derived", "cut_stated", "stated_with_derived"] {
            check.equal(field, &text[field], &expected[field]);
        }
        for (key, expected) in expected["quadrants"].as_object().unwrap() {
            let one = found.dimensions.get(key).unwrap();
            check.equal(key, &json!([one.quadrant_derived, one.quadrant_stated]), expected);
        }
    }
}

fn each_pair(expected: &Value, mut compare: impl FnMut(&str, &str, &str, &Value)) {
    for (key, expected) in expected.as_object().unwrap() {
        let (first, second) = key.split_once('|').unwrap();
        compare(key, first, second, expected);
    }
}
