//! Answers that were brought in give the numbers that `laatu score` gives from the file, part by part.
//!
//! What cannot be the same is listed here with its reason; everything else is compared to the last digit. The two
//! real surveys are no part of the project: `LAATU_REFERENCE` names the folder that holds them, and without it these
//! two cases say that they were not run.

use std::fmt::Write as _;
use std::path::PathBuf;

use laatu_tests::importing::{Importing, differing};
use laatu_tests::json::{at, count, number, text};
use serde_json::Value;

/// Every rule of a map at once.
const MAP: &str = r#"
[scale]
min = 1
max = 5
missing = ["", "0"]
not_applicable = ["6"]
dont_know = ["x"]
not_shown = ["-"]

[[dimension]]
key = "speed"
items = ["S1", "S2", "S3"]
reverse = ["S2"]

[[dimension]]
key = "care"
items = ["C1", "C2"]
scale = { min = 1, max = 7 }

[[dimension]]
key = "speed_expected"
facet = "expectation"
of = "speed"
items = ["ES1", "ES2"]

[[dimension]]
key = "care_expected"
facet = "expectation"
of = "care"
items = ["EC1"]
scale = { min = 1, max = 7 }

[[dimension]]
key = "name"
facet = "image"
items = ["I1"]

[[dimension]]
key = "speed_matters"
facet = "importance"
of = "speed"
items = ["M1"]

[outcome]
overall = { columns = ["O1", "O2"], min = 0, max = 10 }
nps = { column = "N", missing = ["", "11"] }
csat = "S1"
ces = { column = "E", min = 1, max = 7 }

[group]
desk = "DESK"
"day part" = "PART"

[consistency]
margin = 12.5

[top_box]
threshold = 3

[row]
date = "DAY"
"#;

/// Rows of everything that the map allows, some of the same mark all over; the same at every run.
fn made_rows(rows: u64) -> String {
    let columns = ["S1", "S2", "S3", "C1", "C2", "ES1", "ES2", "EC1", "I1", "M1", "O1", "O2", "N", "E"];
    let mut text = format!("DESK,PART,DAY,{}\n", columns.join(","));
    let mut state = 7_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..rows {
        let desk = ["north", "south", "west", ""][usize::try_from(next(4)).unwrap()];
        let part = ["a.m.", "p.m."][usize::try_from(next(2)).unwrap()];
        let _ = write!(text, "{desk},{part},2026-03-{:02}", 2 + next(28));
        let mood = next(5);
        for column in columns {
            let wide = matches!(column, "O1" | "O2" | "N");
            let code = match (row % 23, next(20)) {
                (0, _) => "4".to_owned(),
                (_, 0) => String::new(),
                (_, 1) if !wide => "x".to_owned(),
                (_, 2) if !wide => "-".to_owned(),
                (_, 3) if column.starts_with('S') => "6".to_owned(),
                (_, 4) if column == "N" => "11".to_owned(),
                _ if wide => (mood * 2 + next(3)).to_string(),
                _ => ((mood + next(3)).clamp(1, 5)).to_string(),
            };
            let _ = write!(text, ",{code}");
        }
        text.push('\n');
    }
    text
}

/// Parts that only one side has: a file says what it was read from, the service weights to the orders behind its
/// invitations (of which an imported survey has none), and shows the comparison that is asked for.
fn total_is_score(work: &Importing<'_>, only_in_one: &[&str]) {
    let (total, score) = (work.report("")["total"].take(), work.score());
    let paths = differing(&total, &score);
    let (careless, others): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| path.starts_with("careless."));
    assert_eq!(others, only_in_one);
    assert_eq!(text(&total, "/weights/undefined"), "one class only: nothing to weight by");
    // Far from how others answer is known of a whole file only, not at the arrival of an answer.
    assert_eq!(count(&total, "/careless/by_flag/mahalanobis"), 0);
    let is_of_distance = |path: &&String| {
        path.as_str() == "careless.by_flag.mahalanobis"
            || path.as_str() == "careless.flagged"
            || path.starts_with("careless.share.")
            || path.contains(".without")
    };
    assert!(careless.iter().all(is_of_distance), "{careless:?}");
    assert_eq!(careless.is_empty(), count(&score, "/careless/by_flag/mahalanobis") == 0, "{careless:?}");
}

/// The comparison by a segment: equal in every variable but quality, which the service has from moments.
fn groups_are_those_of_score(work: &Importing<'_>, name: &str, in_query: &str) {
    let (report, score) = (work.report(&format!("by={in_query}")), work.score());
    let (ours, theirs) = (&report["total"]["groups"][name], &score["groups"][name]);
    assert!(ours.as_object().is_some_and(|variables| variables.len() > 2), "{ours}");
    let beyond: Vec<String> =
        differing(ours, theirs).into_iter().filter(|path| !path.starts_with("quality.")).collect();
    assert_eq!(beyond, [] as [&str; 0], "{name}");
    let quality = &ours["quality"];
    assert!(text(quality, "/kruskal_wallis/undefined").contains("not kept as a distribution"), "{quality}");
    for (level, shape) in report["by"][name].as_object().unwrap() {
        let mean = quality["levels"][level]["mean"].as_f64().unwrap();
        assert!((mean - number(shape, "/quality/score/value")).abs() < 1e-9, "{name} {level}");
    }
    assert_eq!(
        report["by"][name].as_object().unwrap().keys().collect::<Vec<_>>(),
        theirs["overall"]["levels"].as_object().unwrap().keys().collect::<Vec<_>>()
    );
}

/// A level is the report of a file that has only its rows.
fn level_is_the_score_of_its_rows(work: &Importing<'_>, data: &str, name: &str, column: &str, level: &str) {
    let mut lines = data.lines();
    let header = lines.next().unwrap();
    let place = header.split(',').position(|field| field == column).unwrap();
    let rows: Vec<&str> = lines.filter(|line| line.split(',').nth(place) == Some(level)).collect();
    let report = work.report(&format!("by={name}"));
    work.desk.write("data.csv", &format!("{header}\n{}\n", rows.join("\n")));
    let score = work.score();
    work.desk.write("data.csv", data);
    let shape = &report["by"][name][level];
    let beyond = differing(shape, &score);
    let only_of_a_total = |path: &String| {
        // The fitted choice of total perceived quality, the last of its list, is computed of a total only.
        ["about", "careless", "drivers", "groups", "quality.tpq", "sequence", "structure"]
            .contains(&path.as_str())
    };
    assert!(beyond.iter().all(only_of_a_total), "{beyond:?}");
    let ours = shape["quality"]["tpq"].as_array().unwrap();
    assert_eq!(&ours[..], &score["quality"]["tpq"].as_array().unwrap()[..ours.len()]);
    assert!(shape["items"].as_object().is_some_and(|items| items.len() > 5), "{shape}");
    // The same people by a filter; then everything is computed of them, in groups by their rows in the whole file.
    let filtered = work.report(&format!("{name}={level}"))["total"].take();
    for part in ["items", "dimensions", "outcome"] {
        assert_eq!(differing(&filtered[part], &shape[part]), [] as [&str; 0], "{part}");
    }
    assert_eq!(filtered["quality"]["score"], shape["quality"]["score"]);
    let rate = work.report(&format!("{name}={level}"));
    assert!(
        rate.get("response_rate").is_none(),
        "nothing is known of the segments of those who did not answer"
    );
}

#[allow(clippy::disallowed_methods, reason = "a test has no configuration to take this from")]
#[allow(clippy::print_stdout, reason = "who runs the tests is told what was not run")]
fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("LAATU_REFERENCE").map(PathBuf::from);
    if folder.is_none() {
        println!("LAATU_REFERENCE is not set: this case on a real survey was not run");
    }
    folder
}

fn map_of(name: &str) -> String {
    std::fs::read_to_string(format!("{}/maps/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

on_both! {
    fn every_rule_of_a_map_gives_the_numbers_of_score(server) {
        let data = made_rows(300);
        let work = Importing::with(server, &data, MAP);
        work.run(&[]).expect(0);
        total_is_score(&work, &["about", "groups", "sequence.periods", "weights"]);
        // What jobs make of the answers in the meantime changes no number.
        server.run_jobs();
        total_is_score(&work, &["about", "groups", "sequence.periods", "weights"]);
        groups_are_those_of_score(&work, "desk", "desk");
        groups_are_those_of_score(&work, "day part", "day%20part");
        level_is_the_score_of_its_rows(&work, &data, "desk", "DESK", "south");
        let weeks = work.report("by=week")["total"]["sequence"]["periods"].take();
        let score = work.score()["sequence"]["periods"].take();
        let beyond: Vec<String> =
            differing(&weeks, &score).into_iter().filter(|path| !path.contains("quality")).collect();
        assert_eq!(beyond, [] as [&str; 0]);
        assert!(count(&work.report(""), "/total/careless/by_flag/irv") > 0);
    }

    fn the_kiosk_survey_gives_the_numbers_of_score(server) {
        let Some(folder) = reference() else { return };
        let data = std::fs::read_to_string(folder.join("data/kiosk_servqual.csv")).unwrap();
        let work = Importing::with(server, &data, &map_of("kiosk"));
        let done = work.run(&["--id-column", "row"]).expect(0);
        assert_eq!(done.out.trim(), "194 rows: 194 new, 0 were there");
        total_is_score(&work, &["about", "weights"]);
        assert_eq!(work.run(&["--id-column", "row"]).expect(0).out.trim(), "194 rows: 0 new, 194 were there");
        server.run_jobs();
        total_is_score(&work, &["about", "weights"]);
    }

    fn the_airport_survey_gives_the_numbers_of_score(server) {
        let Some(folder) = reference() else { return };
        let data = std::fs::read_to_string(folder.join("data/sfo2017.csv")).unwrap();
        let map = map_of("sfo2017");
        // Weights are refused, a survey has two segments, and every report has a language of its own.
        let map = map.replace("[weight]\ncolumn = \"WEIGHT\"\n", "").replace("language = \"LANG\"\n", "");
        let work = Importing::with(server, &data, &map);
        let done = work.run(&["--id-column", "RESPNUM"]).expect(0);
        assert_eq!(done.out.trim(), "2831 rows: 2831 new, 0 were there");
        server.run_jobs();
        total_is_score(&work, &["about", "groups", "weights"]);
        groups_are_those_of_score(&work, "area", "area");
        groups_are_those_of_score(&work, "peak", "peak");
        level_is_the_score_of_its_rows(&work, &data, "peak", "PEAK", "3");
        let languages: Value = work.report("by=language");
        assert_eq!(count(&languages, "/by/language/none/items/Q10SAFE/n"), count(at(&languages, "/total"), "/items/Q10SAFE/n"));
    }
}
