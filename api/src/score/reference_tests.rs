//! Whole runs on real survey files, against values that R computed on the same files.
//!
//! The files are no part of the project. The variable `LAATU_REFERENCE` names a folder that holds `data/` and
//! `reference/`; without it these cases are not run, and the test says so.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;

/// Data file, map, and the start of the ids that this pair of files answers for.
const RUNS: [(&str, &str, &str); 7] = [
    ("mobi", "mobi", "mobi"),
    ("mobi", "mobi_scales", "mobi.scale"),
    ("bfi", "bfi", "bfi"),
    ("sfo2017", "sfo2017", "sfo2017"),
    ("kiosk_servqual", "kiosk", "kiosk"),
    ("kiosk_servqual", "kiosk_items", "kiosk"),
    ("kiosk_servqual", "kiosk_importance", "kiosk.ipa"),
];

const REFERENCES: [&str; 4] = ["mobi", "bfi", "sfo2017", "kiosk"];

#[allow(clippy::disallowed_methods, reason = "a test has no configuration to take this from")]
fn folder() -> Option<PathBuf> {
    std::env::var_os("LAATU_REFERENCE").map(PathBuf::from)
}

fn load_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn score(folder: &Path, data: &str, map: &str) -> Value {
    let maps = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/maps");
    let request = Request {
        data: folder.join(format!("data/{data}.csv")),
        map: Path::new(maps).join(format!("{map}.toml")),
        format: Format::Json,
        min_n: None,
    };
    serde_json::from_str(&run(&request).unwrap().body).unwrap()
}

/// One pair of numbers that should agree.
struct Pair {
    what: String,
    ours: Option<f64>,
    theirs: Option<f64>,
}

/// The pairs of one case; empty when the report says nothing of it.
#[derive(Default)]
struct Pairs(Vec<Pair>);

impl Pairs {
    /// Compares two trees; `null` there is an undefined figure here.
    fn add(&mut self, what: &str, ours: &Value, theirs: &Value) {
        if let Some(list) = theirs.as_array() {
            for (index, entry) in list.iter().enumerate() {
                self.add(&format!("{what}[{index}]"), &ours[index], entry);
            }
        } else {
            self.0.push(Pair { what: what.to_owned(), ours: ours.as_f64(), theirs: theirs.as_f64() });
        }
    }

    fn figure(&mut self, what: &str, ours: &Value, theirs: &Value) {
        self.add(what, &ours["value"], theirs);
    }
}

/// What a report says of a reference case.
fn pairs(case: &Value, report: &Value) -> Pairs {
    let mut pairs = Pairs::default();
    match case["statistic"].as_str().unwrap() {
        "item_statistics" => item(&mut pairs, case, report),
        "net_promoter_score" => nps(&mut pairs, &case["value"], &report["outcome"]["nps"]),
        "scale_reliability" => scale(&mut pairs, case, report),
        "gap_score_perception_minus_expectation" => gap(&mut pairs, case, report),
        "gap_dimension_and_reliability_of_difference" => gap_dimension(&mut pairs, case, report),
        "dimension_score_mean_if_at_least_half_answered" => half_rule(&mut pairs, case, report),
        "linear_quality_index" => linear(&mut pairs, case, report),
        "importance_performance" => importance(&mut pairs, case, report),
        _ => {}
    }
    pairs
}

fn item(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["items"][case["columns"].as_str().unwrap()], &case["value"]);
    if ours.is_null() {
        return;
    }
    pairs.add("n", &ours["n"], &value["n"]);
    histogram(pairs, case, &ours["histogram"]);
    for name in ["mean", "sd", "median"] {
        pairs.figure(name, &ours[name], &value[name]);
    }
    let (mean, interval) = (value["mean"].as_f64().unwrap(), &value["dirichlet_beta_ci"]);
    let low = interval["lower"].as_f64().unwrap().min(mean);
    let high = interval["upper"].as_f64().unwrap().max(mean);
    pairs.add("mean.ci95", &ours["mean"]["ci95"], &serde_json::json!([low, high]));
    let (top, theirs) = (&ours["top_box"], &value["top_box"]);
    for (name, other) in [("threshold", "threshold"), ("count", "count"), ("value", "p"), ("ci95", "wilson")]
    {
        pairs.add(name, &top[name], &theirs[other]);
    }
    if value["n_not_applicable"].is_u64() {
        pairs.add("not_applicable", &ours["not_applicable"], &value["n_not_applicable"]);
        pairs.add("skipped", &ours["skipped"], &value["n_blank"]);
    }
}

/// The reference counts after reversal, the report as answered.
fn histogram(pairs: &mut Pairs, case: &Value, ours: &Value) {
    let reversed = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"];
    let turned = case["id"].as_str().unwrap().starts_with("bfi")
        && reversed.contains(&case["columns"].as_str().unwrap());
    let ends = case["params"]["lo"].as_u64().unwrap() + case["params"]["hi"].as_u64().unwrap();
    for (code, count) in case["value"]["histogram"].as_object().unwrap() {
        let raw: u64 = code.parse().unwrap();
        let raw = if turned { ends - raw } else { raw };
        pairs.add(&format!("histogram.{code}"), &ours[raw.to_string()], count);
    }
}

fn nps(pairs: &mut Pairs, value: &Value, ours: &Value) {
    for (name, other) in [("n", "n"), ("value", "nps"), ("se", "se_wald"), ("ci95", "adjusted_wald_ci")] {
        pairs.add(name, &ours[name], &value[other]);
    }
}

fn scale(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (columns, value) = (case["columns"].as_array().unwrap(), &case["value"]);
    let same = |dimension: &&Value| {
        let items = dimension["item_rest_r"].as_object().unwrap();
        items.len() == columns.len() && columns.iter().all(|name| items.contains_key(name.as_str().unwrap()))
    };
    let Some(ours) = report["dimensions"].as_object().unwrap().values().find(same) else { return };
    pairs.add("n", &ours["alpha"]["n"], &value["n"]);
    pairs.figure("alpha", &ours["alpha"], &value["alpha"]);
    pairs.add("alpha.ci95", &ours["alpha"]["ci95"], &value["alpha_adf"]["ci_log"]);
    for name in ["item_rest_r", "alpha_if_dropped"] {
        for (item, theirs) in value[name].as_object().unwrap() {
            pairs.figure(&format!("{name}.{item}"), &ours[name][item], theirs);
            pairs.figure(&format!("items.{item}.{name}"), &report["items"][item][name], theirs);
        }
    }
    if ours["mean"]["n"] == value["n"] && ours["n"] == value["n"] {
        pairs.figure("mean", &ours["mean"], &value["scale_mean"]);
        pairs.figure("sd", &ours["sd"], &value["scale_sd"]);
    }
}

fn gap(pairs: &mut Pairs, case: &Value, report: &Value) {
    let key = case["id"].as_str().unwrap().rsplit('.').next().unwrap();
    let (ours, value) = (&report["quality"]["gap"][key], &case["value"]);
    if !ours.is_null() {
        for (name, other) in [("n", "n"), ("value", "gap"), ("sd", "sd"), ("ci95", "ci")] {
            pairs.add(name, &ours[name], &value[other]);
        }
    }
}

fn gap_dimension(pairs: &mut Pairs, case: &Value, report: &Value) {
    let key = case["id"].as_str().unwrap().rsplit('.').next().unwrap();
    let (ours, value) = (&report["quality"]["gap"][key], &case["value"]);
    if ours.is_null() {
        return;
    }
    let names = [
        ("n", "n"),
        ("value", "gap"),
        ("sd", "sd_gap"),
        ("reliability", "reliability_of_difference_formula"),
    ];
    for (name, other) in names {
        pairs.add(name, &ours[name], &value[other]);
    }
    for (dimension, end) in [(key.to_owned(), "p"), (format!("E_{key}"), "e")] {
        for name in ["mean", "sd", "alpha"] {
            let theirs = &value[format!("{name}_{end}")];
            pairs.figure(&format!("{name}_{end}"), &report["dimensions"][&dimension][name], theirs);
        }
    }
}

fn half_rule(pairs: &mut Pairs, case: &Value, report: &Value) {
    for (key, theirs) in case["value"].as_object().unwrap() {
        let ours = &report["dimensions"][key];
        pairs.add(&format!("{key}.n"), &ours["mean"]["n"], &theirs["n"]);
        pairs.figure(&format!("{key}.mean"), &ours["mean"], &theirs["mean"]);
        pairs.figure(&format!("{key}.sd"), &ours["sd"], &theirs["sd"]);
    }
}

/// The index by stated importance: the report has its parts, the sum is taken here.
fn linear(pairs: &mut Pairs, case: &Value, report: &Value) {
    let value = &case["value"];
    let stated = |key: &str| report["importance"][key]["value"].as_f64();
    let keys: Vec<&String> = value["weights"].as_object().unwrap().keys().collect();
    let Some(all) = keys.iter().map(|key| stated(key)).sum::<Option<f64>>() else { return };
    let sum = |part: &dyn Fn(&str) -> Option<f64>| -> Option<f64> {
        keys.iter().map(|key| Some(stated(key)? / all * part(key)?)).sum()
    };
    for key in &keys {
        let weight = stated(key).map(|importance| importance / all);
        pairs.add(&format!("weights.{key}"), &Value::from(weight), &value["weights"][*key]);
    }
    let experience = sum(&|key| report["dimensions"][key]["mean"]["value"].as_f64());
    let gap = sum(&|key| report["quality"]["gap"][key]["value"].as_f64());
    pairs.add("servperf", &Value::from(experience), &value["servperf"]);
    pairs.add("servqual", &Value::from(gap), &value["servqual"]);
}

fn importance(pairs: &mut Pairs, case: &Value, report: &Value) {
    if report["importance"]["item01"].is_null() {
        return;
    }
    for number in 1..=24 {
        let key = format!("item{number:02}");
        let at = |name: &str| &case["value"][name][number - 1];
        pairs.figure(&format!("{key}.importance"), &report["importance"][&key], at("stated_importance"));
        pairs.figure(&format!("{key}.performance"), &report["dimensions"][&key]["mean"], at("performance"));
    }
}

#[test]
fn real_files_agree_with_the_reference_values() {
    let Some(folder) = folder() else {
        println!("LAATU_REFERENCE is not set: the cases on real survey files were not run");
        return;
    };
    let reports = RUNS.map(|(data, map, ids)| (ids, score(&folder, data, map)));
    let (mut agreed, mut compared, mut covered, mut cases) = (0, 0, 0, 0);
    let (mut silent, mut wrong) = (Vec::new(), Vec::new());
    for name in REFERENCES {
        for case in load_json(&folder.join(format!("reference/{name}.json")))["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let tolerance = case["tolerance"]["abs"].as_f64().unwrap();
            let answers = reports.iter().filter(|(ids, _)| id.starts_with(ids));
            let found: Vec<Pair> = answers.flat_map(|(_, report)| pairs(case, report).0).collect();
            cases += 1;
            covered += usize::from(!found.is_empty());
            if found.is_empty() {
                silent.push(id.to_owned());
            }
            for Pair { what, ours, theirs } in found {
                let agrees = match (ours, theirs) {
                    (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
                    (None, None) => true,
                    _ => false,
                };
                compared += 1;
                agreed += usize::from(agrees);
                if !agrees {
                    wrong.push(format!("{id} {what}: {ours:?}, reference {theirs:?}"));
                }
            }
        }
    }
    println!("{agreed} of {compared} figures agree, in {covered} of {cases} reference cases");
    println!("not in the report, or not to be said in a map: {}", silent.join(", "));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(covered > 0);
}
