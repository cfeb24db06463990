//! The page and the terminal text of a report in which every part is filled, undefined or empty.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Words, html, text};
use crate::report::{About, Report, Shape};

fn figure(value: f64, half: f64) -> Value {
    json!({"value": value, "n": 645, "ci95": [value - half, value + half]})
}

fn drivers() -> Value {
    let part = |value: f64, first: f64| {
        let mut part = figure(value, 0.03);
        part["rank_probability"] = json!([first, 1.0 - first]);
        part
    };
    let position = |score: f64, derived: f64, word: &str| {
        json!({"performance": figure(score, 2.0), "derived": figure(derived, 0.05), "stated": figure(4.4, 0.1),
            "quadrant_derived": word, "quadrant_stated": "undetermined"})
    };
    json!({"r2": figure(0.58, 0.06), "lmg": {"speed": part(0.2, 0.03), "care": part(0.38, 0.97)},
        "relative_weights": {"speed": figure(0.21, 0.03), "care": figure(0.37, 0.03)},
        "r": {"speed": figure(0.5, 0.1), "care": figure(0.7, 0.1)}, "method": "listwise", "caution": "few people",
        "importance_performance": {"cut_performance": 62.0, "cut_derived": 0.5, "cut_stated": 4.5, "dimensions": {
            "speed": position(70.0, 0.35, "undetermined"), "care": position(54.0, 0.65, "concentrate_here")}}})
}

fn compared(mean: f64, margin: f64) -> Value {
    let level = |mean: f64| json!({"n": 120, "mean": mean, "sd": 1.0, "ci95": [mean - 0.3, mean + 0.3]});
    let place = |mean: f64, outside: &str| json!({"n": 120, "mean": mean, "shrunk": mean + 0.1, "ci95": [mean - 0.3, mean + 0.4], "outside": outside});
    json!({"levels": {"north": level(mean), "south": level(mean + 3.0)},
        "welch": {"f": 9.1, "df1": 1, "df2": 200.5, "p": 0.002}, "kruskal_wallis": {"h": 8.0, "df": 1, "p": 0.004},
        "brown_forsythe": {"f": 0.2, "df1": 1, "df2": 238, "p": 0.61}, "tau": figure(2.0, 0.8),
        "games_howell": [{"a": "north", "b": "south", "diff": 3.0, "ci95": [2.2, 3.8], "p": 0.002}],
        "consistency": {"verdict": "inconsistent", "margin": margin,
            "pairs": [{"a": "north", "b": "south", "diff": 3.0, "ci90": [2.3, 3.7], "p": 0.9, "equivalent": false}]},
        "shrinkage": {"tau2": figure(4.0, 2.0), "mu": figure(mean + 1.5, 0.5),
            "places": {"north": place(mean, "95"), "south": place(mean + 3.0, "none")}}})
}

fn two_ways(one: &str, other: &str) -> Value {
    json!({one: figure(74.0, 1.0), other: figure(73.0, 1.2)})
}

fn full() -> Shape {
    let dimension = |score: f64| {
        json!({"score": figure(score, 2.0), "mean": figure(score / 25.0 + 1.0, 0.08), "sd": figure(0.8, 0.1),
            "alpha": figure(0.8, 0.02), "omega": figure(0.82, 0.02), "composite_reliability": figure(0.82, 0.02),
            "ave": figure(0.55, 0.04), "item_rest_r": {}})
    };
    let point = |period: &str, mean: f64, signal: &str| json!({"period": period, "n": 40, "mean": mean, "lower": 68.0, "upper": 80.0, "signal": signal});
    let series = json!({"baseline": {"grand_mean": 74.0, "last": "2026-W01"},
        "points": [point("2026-W01", 74.0, "none"), point("2026-W02", 61.0, "low")]});
    let mut shape = Shape {
        quality: Some(json!({"score": figure(62.0, 1.0), "tpq": [{"weights": {"speed": 0.5, "care": 0.5}}]})),
        outcome: Some(json!({"nps": figure(40.0, 4.0), "overall": figure(4.0, 0.1)})),
        drivers: Some(drivers()),
        groups: Some(
            json!({"store": {"quality": compared(60.0, 2.0), "speed": compared(2.0, 0.2), "overall": compared(3.0, 0.2)},
            "language": {"undefined": "fewer than two groups", "n": 645}}),
        ),
        structure: Some(json!({"n": 645, "eigenvalues": {"value": [4.1, 1.2], "n": 645},
            "parallel": {"value": 1, "n": 645, "thresholds": [1.3, 1.25]}, "first_factor_share": figure(0.39, 0.03),
            "htmt": {"speed|care": 0.9}, "htmt_ci95": {"speed|care": [0.84, 0.96]}, "htmt_n": {"speed|care": 640}})),
        careless: Some(
            json!({"n": 645, "flagged": 30, "by_flag": {"longstring": 30}, "quality": two_ways("with", "without"),
            "dimensions": {"speed": two_ways("with", "without"), "care": two_ways("with", "without")}}),
        ),
        weights: Some(
            json!({"n": 645, "n_eff": 600.4, "design_effect": 1.07, "max_weight": 1.9, "trimmed": 2, "method": "raking",
            "quality": two_ways("raw", "weighted"), "outcome": {"nps": two_ways("raw", "weighted")},
            "dimensions": {"speed": two_ways("raw", "weighted"), "care": two_ways("raw", "weighted")},
            "response": {"r_indicator": figure(0.86, 0.05), "early_late": figure(-0.1, 0.1),
                "by_class": [{"channel": "web", "orders": 900, "value": 0.4, "n": 800, "ci95": [0.36, 0.44]}]}}),
        ),
        sequence: Some(
            json!({"alpha": 0.05, "quality": figure(62.1, 2.2), "nps": figure(40.0, 9.0), "overall": figure(4.0, 0.2),
            "dimensions": {"speed": figure(3.8, 0.2), "care": figure(3.2, 0.2)},
            "periods": {"by": "week", "quality": series, "overall": series}}),
        ),
        ..Shape::default()
    };
    shape.dimensions.insert("speed".into(), dimension(70.0));
    shape.dimensions.insert("care".into(), dimension(54.0));
    shape
}

fn report(shape: Shape) -> Report {
    Report::new(shape, [].into(), None, About::default())
}

fn page(shape: Shape) -> String {
    html(&report(shape), &Words::default()).unwrap()
}

/// Every part of the further statistics as this value.
fn all_parts(value: &Value) -> Shape {
    let part = || Some(value.clone());
    Shape {
        drivers: part(),
        groups: part(),
        structure: part(),
        careless: part(),
        weights: part(),
        sequence: part(),
        ..full()
    }
}

#[test]
fn sections_stand_in_the_order_of_a_reader_who_wants_the_finding_first() {
    let page = page(full());
    let headings = [
        "Every dimension, lowest first",
        "What goes with the overall judgement",
        "What matters, and how well it is done",
        "By store: not on one level",
        "Not compared",
        "Watching it live",
        "Who answered",
        "How carefully",
        "The numbers behind it",
        "How the questions hang together",
        "How is this computed?",
    ];
    let places: Vec<usize> =
        headings.iter().map(|heading| page.find(heading).unwrap_or_else(|| panic!("{heading}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn no_cell_of_a_full_report_is_empty() {
    let page = page(full());
    let body = page.split("</style>").last().unwrap();
    let cells: Vec<&str> = body.split("<td").skip(1).filter_map(|rest| rest.split("</td>").next()).collect();
    assert!(cells.len() > 60);
    let empty: Vec<&&str> = cells.iter().filter(|cell| cell.ends_with('>') && !cell.contains("</")).collect();
    // A period within its limits has no signal, twice.
    assert_eq!(empty.len(), 2, "{empty:?}");
    assert!(!body.contains("<b></b>") && !body.contains("NaN") && !body.contains("inf "));
}

#[test]
fn every_chart_has_a_name_a_description_and_ids_of_its_own() {
    let page = page(full());
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let charts = page.matches("<svg").count();
    assert!(charts >= 12, "{charts}");
    assert_eq!((page.matches("<title id").count(), page.matches("<desc id").count()), (charts, charts));
    for outside in ["<script", "http:", "https:", "url(", "@import", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn parts_that_are_withheld_or_unknown_leave_their_reason() {
    let withheld = page(all_parts(&json!({"undefined": "fewer than 10 people", "n": null})));
    assert!(withheld.contains("What goes with the overall judgement cannot be said: fewer than 10 people"));
    assert!(withheld.contains("Nothing is weighted: fewer than 10 people."));
    for value in [
        json!({}),
        json!({"n": 3}),
        json!([]),
        json!(null),
        json!({"quality": 5, "lmg": [], "htmt": {"a": {}}}),
    ] {
        let shape = all_parts(&value);
        assert!(page(shape.clone()).contains("How is this computed?"));
        assert!(text(&report(shape), &Words::default()).contains("Experience, points of 100"));
    }
}

#[test]
fn the_terminal_tells_each_part_in_a_line() {
    let said = text(&report(full()), &Words::default());
    for line in [
        "Dimension scores together account for 58 % (52 to 64) of the differences in the overall judgement, 645 people.",
        "By store: Not on one level: north is 3 (2 to 4) points lower than south, more than the 2 points that count as equal.",
        "By language: Not compared: fewer than two groups.",
        "Weighted quality: 73 (72 to 74) of 100, 645 people; design effect 1.07.",
        "30 of 645 responses show a sign of answering without care: 30 gave every question the same mark.",
        "Reliability (omega): speed 0.82 (0.80 to 0.84), care 0.82 (0.80 to 0.84).",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let live = said.lines().skip_while(|line| !line.starts_with("At every look")).nth(1).unwrap();
    assert!(live.contains("Perceived quality") && live.contains("60 to 64"), "{live}");
}
