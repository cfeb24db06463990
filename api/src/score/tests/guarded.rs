//! Nothing of a few people in a guarded report, in no part of it.

use serde_json::{Value, json};

use super::rich::{self, Row};
use super::{Files, keys, walk};

const LEAST: u64 = 10;

fn both(data: &str) -> (Value, Value) {
    let files = Files::new(data, rich::MAP);
    (files.json(None), files.json(Some(LEAST)))
}

fn is_withheld(value: &Value) -> bool {
    value.get("undefined").is_some() && value["n"].is_null()
}

/// The value at a path of `walk`; nothing where it goes on below a figure that is withheld.
fn at<'t>(tree: &'t Value, path: &str) -> Option<&'t Value> {
    walk(tree).into_iter().find(|(found, _)| found == path).map(|(_, value)| value)
}

/// No `n` of a few people, and no number again that is withheld somewhere.
fn assert_guarded(open: &Value, guarded: &Value) {
    let shown: Vec<(String, &Value)> = walk(guarded);
    for (path, value) in &shown {
        // The charts count their points, not people, when there are too few of them.
        let points = value["undefined"].as_str().is_some_and(|words| words.ends_with("points"));
        if let Some(n) = value.get("n").and_then(Value::as_u64).filter(|_| !points) {
            assert!(n == 0 || n >= LEAST, "{path}: {value}");
        }
        let words = value["undefined"].as_str();
        assert!(words != Some("fewer than 10 people") || value["n"].is_null(), "{path}: {value}");
    }
    let withheld = shown.iter().filter(|(_, value)| is_withheld(value));
    let gone: Vec<f64> = withheld.filter_map(|(path, _)| at(open, path)?.get("value")?.as_f64()).collect();
    for (path, number) in shown.iter().filter_map(|(path, value)| Some((path, value.as_f64()?))) {
        // Numbers of a few digits may be the same by chance.
        let again = |value: &&f64| (**value * 1e3).fract() != 0.0 && (**value - number).abs() < 1e-9;
        assert_eq!(gone.iter().find(again), None, "{path} says a withheld figure again");
    }
}

#[test]
fn a_file_of_a_few_people_says_nothing_of_them() {
    let of = |seed| both(&rich::file(9, seed, |number, row| row.set("SHOP", number % 2)));
    let ((open, mut one), (_, mut other)) = (of(1), of(2));
    assert_guarded(&open, &one);
    for report in [&mut one, &mut other] {
        report["about"]["input_sha256"] = Value::Null;
    }
    assert_eq!(one, other, "two files of nine people cannot be told apart");
    assert!(both(&rich::file(10, 1, |_, _| {})).1["items"]["S1"]["mean"]["value"].is_number());
}

#[test]
fn an_item_of_a_few_takes_its_score_along_in_every_part() {
    let few = |number: usize, row: &mut Row| {
        if number >= 5 {
            row.set("C3", "");
        }
    };
    let (open, guarded) = both(&rich::file(150, 3, few));
    assert_guarded(&open, &guarded);
    assert!(is_withheld(&guarded["dimensions"]["care"]["score"]));
    let chart = &guarded["drivers"]["importance_performance"];
    for gone in [
        &guarded["quality"]["score"],
        &guarded["quality"]["tpq"][2],
        &guarded["sequence"]["quality"],
        &guarded["weights"]["quality"]["weighted"],
        &guarded["weights"]["dimensions"]["care"]["raw"],
        &chart["dimensions"]["care"]["performance"],
        &chart["cut_performance"],
        &guarded["structure"]["htmt"]["speed|care"],
    ] {
        assert!(is_withheld(gone), "{gone}");
    }
    assert_eq!(keys(&guarded["quality"]["tpq"][2]), ["label", "undefined", "n"]);
    assert_eq!(
        guarded["structure"]["htmt_n"],
        json!({"speed|care": null, "speed|image": 150, "care|image": null})
    );
    assert!(chart["dimensions"]["speed"]["performance"]["value"].is_number());
    assert_eq!(guarded["weights"]["dimensions"]["speed"], open["weights"]["dimensions"]["speed"]);
}

#[test]
fn a_pair_of_dimensions_that_few_answered_both_has_no_relation() {
    let halves = |number: usize, row: &mut Row| {
        if number >= 104 {
            row.set("S1 S2 S3", "");
        }
        if number < 96 {
            row.set("C1 C2 C3", "");
        }
    };
    let (open, guarded) = both(&rich::file(200, 4, halves));
    assert_eq!(
        (&open["structure"]["htmt_n"]["speed|care"], &open["structure"]["score_r2_n"]["speed|care"]),
        (&json!(8), &json!(8))
    );
    assert_guarded(&open, &guarded);
    for table in ["htmt", "htmt_ci95", "htmt2", "score_r2"] {
        assert!(is_withheld(&guarded["structure"][table]["speed|care"]), "{table}");
        assert!(guarded["structure"][table]["speed|image"].is_number() || table == "htmt_ci95");
    }
    assert!(guarded["structure"]["score_r2_n"]["speed|care"].is_null());
    // Eight people have a quality of their own: everybody who has both dimensions.
    assert_eq!(open["groups"]["shop"]["quality"]["levels"]["north"]["n"], 4);
    assert_eq!(guarded["groups"]["shop"]["quality"], json!({"undefined": "fewer than 30 people", "n": null}));
    assert_eq!(guarded["sequence"]["periods"]["quality"]["points"], json!([]));
}

#[test]
fn a_small_level_is_in_no_comparison_and_cannot_be_had_from_the_others() {
    let small = |number: usize, row: &mut Row| {
        row.set("SHOP", if number < 4 { "tiny" } else { ["big", "large"][number % 2] });
        row.set("WAY", ["web", "phone"][number % 2]);
    };
    let (open, guarded) = both(&rich::file(200, 5, small));
    assert_guarded(&open, &guarded);
    assert_eq!(keys(&open["groups"]["shop"]["speed"]["levels"]), ["big", "large", "tiny"]);
    for variable in keys(&guarded["groups"]["shop"]) {
        let compared = &guarded["groups"]["shop"][variable];
        assert_eq!(*compared, json!({"undefined": "fewer than 30 people", "n": null}), "{variable}");
    }
    assert_eq!(guarded["groups"]["way"], open["groups"]["way"]);
}

#[test]
fn too_many_levels_do_not_tell_how_many_people_there_are_in_a_small_file() {
    let data = rich::file(65, 5, |number, row| row.set("SHOP", number));
    let guarded = Files::new(&data, rich::MAP).json(Some(100));
    assert_eq!(guarded["groups"]["shop"], json!({"undefined": "fewer than 100 people", "n": null}));
}

#[test]
fn a_week_of_a_few_people_is_no_point_of_a_chart() {
    let lonely = |number: usize, row: &mut Row| {
        let day = if number < 3 { 30 } else { 2 + 7 * (number % 4) };
        row.set("DAY", format!("2026-03-{day:02}"));
    };
    let (open, guarded) = both(&rich::file(200, 6, lonely));
    assert_guarded(&open, &guarded);
    let weeks = |report: &Value| -> Vec<u64> {
        let points = report["sequence"]["periods"]["overall"]["points"].as_array().unwrap();
        points.iter().map(|point| point["n"].as_u64().unwrap()).collect()
    };
    let (all, shown) = (weeks(&open), weeks(&guarded));
    assert_eq!((all.len(), all.last()), (5, Some(&3)));
    // One more week is missing, else the three could be had from the total and the others.
    assert_eq!(shown.len(), 3);
}

#[test]
fn a_few_careless_people_in_a_dimension_are_not_what_is_missing() {
    let lines = |number: usize, row: &mut Row| {
        if number < 16 {
            row.set("S1 S2 S3 C1 C2 C3 I1 I2 X1 X2 M1", 3);
            if number >= 3 {
                row.set("C1 C2 C3", "");
            }
        }
    };
    let (open, guarded) = both(&rich::file(200, 7, lines));
    let care = &open["careless"]["dimensions"]["care"];
    assert!(open["careless"]["flagged"].as_u64().unwrap() >= 16);
    let left = care["with"]["n"].as_u64().unwrap() - care["without"]["n"].as_u64().unwrap();
    assert!((1..LEAST).contains(&left), "{left} of the flagged answered");
    assert_guarded(&open, &guarded);
    let careless = &guarded["careless"];
    assert!(is_withheld(careless) || is_withheld(&careless["dimensions"]["care"]["without"]), "{careless}");
}
