//! Dimensions one by one: reliability, scores, gaps, importance.

use serde_json::Value;

use super::Compare;
use super::compare::Pairs;

pub(super) fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "scale_reliability" => scale,
        "gap_score_perception_minus_expectation" => gap,
        "gap_dimension_and_reliability_of_difference" => gap_dimension,
        "dimension_score_mean_if_at_least_half_answered" => half_rule,
        "linear_quality_index" => linear,
        _ => return None,
    })
}

/// The key of the dimension that has these columns and no other.
pub(super) fn key_of<'r>(report: &'r Value, columns: &[Value]) -> Option<&'r str> {
    let same = |dimension: &Value| {
        let items = dimension["item_rest_r"].as_object().unwrap();
        items.len() == columns.len() && columns.iter().all(|name| items.contains_key(name.as_str().unwrap()))
    };
    let dimensions = report["dimensions"].as_object().unwrap();
    dimensions.iter().find(|(_, dimension)| same(dimension)).map(|(key, _)| key.as_str())
}

fn scale(pairs: &mut Pairs, case: &Value, report: &Value) {
    let value = &case["value"];
    let Some(key) = key_of(report, case["columns"].as_array().unwrap()) else { return };
    let ours = &report["dimensions"][key];
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
    one_factor(pairs, ours, &value["one_factor"]);
}

/// Undefined for two items and for an improper solution, of which the reference gives the flag alone.
fn one_factor(pairs: &mut Pairs, ours: &Value, model: &Value) {
    let improper = model.is_null() || model["heywood"].as_bool().unwrap();
    let names =
        [("omega", "omega_total"), ("composite_reliability", "composite_reliability_std"), ("ave", "ave")];
    for (name, other) in names {
        let theirs = if improper { &Value::Null } else { &model[other] };
        pairs.within(1e-5, |pairs| pairs.figure(name, &ours[name], theirs));
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
        pairs.worked_out(&format!("weights.{key}"), weight, &value["weights"][*key]);
    }
    let experience = sum(&|key| report["dimensions"][key]["mean"]["value"].as_f64());
    let gap = sum(&|key| report["quality"]["gap"][key]["value"].as_f64());
    pairs.worked_out("servperf", experience, &value["servperf"]);
    pairs.worked_out("servqual", gap, &value["servqual"]);
}
