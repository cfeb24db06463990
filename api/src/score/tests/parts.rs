//! The parts beyond single figures: comparisons, weights, charts, and what stands where nothing can be said.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::rich::{self, Row};
use super::{Files, MAP, keys, walk};
use crate::score::Format;

fn report(data: &str) -> Value {
    Files::new(data, rich::MAP).json(None)
}

fn plain(_: usize, _: &mut Row) {}

/// Every undefined figure says why and of how many people; nothing is null, which is also how a number that is
/// none would be written.
fn assert_sound(report: &Value) {
    for (path, value) in walk(report) {
        assert!(!value.is_null(), "{path} is null");
        if let Some(reason) = value.get("undefined") {
            assert!(reason.as_str().is_some_and(|words| !words.is_empty()), "{path}: {value}");
            assert!(value["n"].is_u64() && value.get("value").is_none(), "{path}: {value}");
        }
    }
}

#[test]
fn every_part_stands_in_its_order() {
    let report = report(&rich::file(200, 1, plain));
    let parts = [
        "items",
        "dimensions",
        "quality",
        "outcome",
        "importance",
        "drivers",
        "groups",
        "structure",
        "careless",
        "weights",
        "sequence",
        "about",
    ];
    assert_eq!(keys(&report), parts);
    assert_sound(&report);
    assert_eq!(keys(&report["drivers"]["lmg"]), ["speed", "care", "image"]);
    assert_eq!(report["quality"]["tpq"][2]["label"], "fitted");
    assert_eq!(keys(&report["structure"]["htmt"]), ["speed|care", "speed|image", "care|image"]);
    assert_eq!(report["careless"]["n"], 200);
}

#[test]
fn a_file_of_nobody_who_answered_of_one_and_of_two_says_why() {
    let silent = |_: usize, row: &mut Row| {
        row.set("S1 S2 S3 C1 C2 C3 I1 I2 X1 X2 M1 O N V E", "");
    };
    assert_sound(&report(&rich::file(3, 1, silent)));
    for rows in [1, 2, 3] {
        assert_sound(&report(&rich::file(rows, 7, plain)));
    }
    let alike = |_: usize, row: &mut Row| {
        row.set("S1 S2 S3 C1 C2 C3 I1 I2 X1 X2 M1 O V", 5);
    };
    assert_sound(&report(&rich::file(40, 1, alike)));
}

#[test]
fn two_columns_are_compared_in_every_variable_with_the_margin_of_the_map() {
    let report = report(&rich::file(200, 2, plain));
    let groups = &report["groups"];
    assert_eq!(keys(groups), ["shop", "way"]);
    let variables =
        ["speed", "care", "image", "speed_expected", "care_expected", "speed_matters", "overall", "quality"];
    for (name, levels) in [("shop", &["north", "south"][..]), ("way", &["phone", "shop", "web"])] {
        assert_eq!(keys(&groups[name]), variables);
        for variable in variables {
            let compared = &groups[name][variable];
            assert_eq!(keys(&compared["levels"]), levels);
            let pairs = levels.len() * (levels.len() - 1) / 2;
            assert_eq!(compared["games_howell"].as_array().unwrap().len(), pairs);
            assert_eq!(compared["consistency"]["pairs"].as_array().unwrap().len(), pairs);
            // 3 points of 100, in the unit of the variable: a scale of 1 to 5 is four wide.
            let margin = if variable == "quality" { 3.0 } else { 0.12 };
            assert_eq!(compared["consistency"]["margin"], margin, "{variable}");
            let first = &compared["games_howell"][0];
            let mean = |end: &str| compared["levels"][first[end].as_str().unwrap()]["mean"].as_f64().unwrap();
            assert!((first["diff"].as_f64().unwrap() - (mean("b") - mean("a"))).abs() < 1e-12);
        }
    }
}

#[test]
fn the_verdict_follows_the_margin() {
    let data = rich::file(3000, 3, |number, row| {
        let answer = if number % 20 < 18 { 4 } else { 3 };
        row.set("S1 S2 S3", answer);
        row.set("C1 C2 C3", if number % 2 == 0 { answer } else { answer - 1 });
    });
    let verdicts = |margin: &str| {
        let report = Files::new(&data, &rich::MAP.replace("margin = 3", margin)).json(None);
        ["speed", "care"].map(|key| report["groups"]["shop"][key]["consistency"]["verdict"].clone())
    };
    assert_eq!(verdicts("margin = 3"), ["consistent", "inconsistent"]);
    assert_eq!(verdicts("margin = 40"), ["consistent", "consistent"]);
    assert_eq!(verdicts("margin = 0.0001"), ["not_enough_data", "inconsistent"]);
}

#[test]
fn an_empty_field_belongs_to_no_level() {
    let data = rich::file(120, 4, |number, row| {
        if number % 4 == 0 {
            row.set("SHOP", if number % 8 == 0 { "" } else { "  " });
        }
    });
    let report = report(&data);
    let levels = &report["groups"]["shop"]["overall"]["levels"];
    assert_eq!(keys(levels), ["north", "south"]);
    assert_eq!((&levels["north"]["n"], &levels["south"]["n"]), (&json!(30), &json!(60)));
    assert_eq!(report["outcome"]["overall"]["n"], 120);
    assert_sound(&report);
}

#[test]
fn one_level_is_no_comparison() {
    let report = report(&rich::file(50, 5, |_, row| row.set("SHOP", "north")));
    let compared = &report["groups"]["shop"]["speed"];
    assert_eq!(compared["levels"]["north"]["n"], 50);
    for test in ["welch", "kruskal_wallis", "brown_forsythe"] {
        assert!(compared[test]["undefined"].is_string(), "{test}: {}", compared[test]);
    }
    assert_eq!(compared["games_howell"], json!([]));
    assert_eq!(compared["consistency"]["pairs"], json!([]));
    assert_ne!(compared["consistency"]["verdict"], "consistent");
    assert_sound(&report);
}

#[test]
fn a_level_of_one_person_has_a_mean_and_no_spread() {
    let report =
        report(&rich::file(60, 6, |number, row| row.set("SHOP", if number == 7 { "tiny" } else { "big" })));
    let compared = &report["groups"]["shop"]["speed"];
    assert_eq!(compared["levels"]["tiny"]["n"], 1);
    assert!(compared["levels"]["tiny"]["mean"].is_number());
    assert!(compared["levels"]["tiny"]["sd"]["undefined"].is_string());
    assert!(compared["welch"]["undefined"].is_string());
    assert!(compared["kruskal_wallis"]["h"].is_number());
    assert_eq!(compared["consistency"]["verdict"], "not_enough_data");
    assert_sound(&report);
}

#[test]
fn many_levels_are_remarked_and_too_many_not_compared() {
    let map = MAP.replace("shop = 'SHOP'", "shop = 'SHOP'\nway = 'WAY'");
    let levels = |count: usize| {
        let mut data = "S1,S2,NPS,SHOP,WAY\n".to_owned();
        for row in 0..count * 12 {
            let answers = (1 + row % 5, 1 + (row / 7) % 5, row % 11);
            writeln!(data, "{},{},{},{},{}", answers.0, answers.1, answers.2, row % count, row % 2).unwrap();
        }
        Files::new(&data, &map)
    };
    let remarks = |count| levels(count).run(Format::Json, None).unwrap().notes;
    assert_eq!(remarks(20), [] as [&str; 0]);
    assert_eq!(
        remarks(21),
        ["[group] shop has 21 levels: a comparison of so many finds differences by chance"]
    );
    let many = levels(61).json(None);
    assert_eq!(many["groups"]["shop"], json!({"undefined": "61 levels; at most 60 are compared", "n": 732}));
    assert_eq!(keys(&many["groups"]["way"]["speed"]["levels"]), ["0", "1"]);
    assert_sound(&many);
    let just = levels(60).json(None);
    assert_eq!(keys(&just["groups"]["shop"]["speed"]["levels"]).len(), 60);
    assert_eq!(keys(&just["groups"]["shop"]["speed"]["shrinkage"]["places"]).len(), 60);
    assert_sound(&just);
}

#[test]
fn weights_stand_beside_the_raw_values() {
    let data = rich::file(90, 9, |number, row| {
        if number % 9 == 0 {
            row.set("S1", "");
        }
    });
    let report = report(&data);
    let number = |field: &&str| field.parse::<f64>().unwrap();
    let weights: Vec<f64> = rich::column(&data, "W").iter().map(number).collect();
    let answers = rich::column(&data, "S1");
    let answered = || answers.iter().zip(&weights).filter(|(answer, _)| !answer.is_empty());
    let total: f64 = answered().map(|(_, weight)| weight).sum();
    let mean = answered().map(|(answer, weight)| number(answer) * weight).sum::<f64>() / total;
    let ours = &report["weights"]["items"]["S1"]["mean"];
    assert!((ours["weighted"]["value"].as_f64().unwrap() - mean).abs() < 1e-12);
    assert_eq!((&ours["weighted"]["n"], &ours["raw"]), (&json!(80), &report["items"]["S1"]["mean"]));
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
    let effect = report["weights"]["design_effect"]["value"].as_f64().unwrap();
    assert!((effect - 90.0 * squares / (sum * sum)).abs() < 1e-12 && effect > 1.0);
    assert_eq!(keys(&report["weights"]["outcome"]), ["overall", "nps", "csat", "ces"]);
    let without = Files::new(&data, &rich::MAP.replace("[weight]\ncolumn = \"W\"", "")).json(None);
    assert!(without.get("weights").is_none());
    assert_eq!(without["items"], report["items"]);
}

#[test]
fn a_date_gives_charts_by_week_or_over_long_times_by_month() {
    let undated = |number: usize, row: &mut Row| {
        if number.is_multiple_of(10) {
            row.set("DAY", "");
        }
    };
    let weekly = report(&rich::file(200, 10, undated));
    let periods = &weekly["sequence"]["periods"];
    assert_eq!(periods["by"], "week");
    let variables = keys(periods);
    assert_eq!(variables[1..4], ["speed", "care", "image"]);
    assert_eq!(variables[variables.len() - 3..], ["overall", "quality", "nps"]);
    let points = |chart: &Value| -> Vec<(String, u64)> {
        let list = chart["points"].as_array().unwrap();
        list.iter().map(|p| (p["period"].as_str().unwrap().to_owned(), p["n"].as_u64().unwrap())).collect()
    };
    let weeks = points(&periods["overall"]);
    assert_eq!(weeks.iter().map(|(_, n)| n).sum::<u64>(), 180);
    assert!(weeks.is_sorted() && weeks.iter().all(|(name, _)| name.starts_with("2026-W")), "{weeks:?}");
    assert!(periods["overall"]["xmr"]["centre"].is_number());
    assert_sound(&weekly);
    let monthly = report(&rich::file(200, 10, |number, row| {
        row.set("DAY", format!("20{}-0{}-11", 23 + number % 3, 1 + number % 2));
    }));
    assert_eq!(monthly["sequence"]["periods"]["by"], "month");
    assert_eq!(points(&monthly["sequence"]["periods"]["nps"])[0].0, "2023-01");
    let dateless =
        Files::new(&rich::file(20, 1, plain), &rich::MAP.replace("[row]\ndate = \"DAY\"", "")).json(None);
    assert!(dateless["sequence"].get("periods").is_none());
}
