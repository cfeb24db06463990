//! Single items, shares, weighted values and careless answers.

use serde_json::{Value, json};

use super::Compare;
use super::compare::{Pairs, se_of};

pub(super) fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "item_statistics" => item,
        "net_promoter_score" => nps,
        "weighted_mean" => weighted_mean,
        "weighted_nps" => weighted_nps,
        "anytime_valid_intervals" => anytime,
        "careless_responding_indices" => careless,
        _ => return None,
    })
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
    pairs.add("mean.ci95", &ours["mean"]["ci95"], &json!([low, high]));
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

fn nps(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["outcome"]["nps"], &case["value"]);
    for (name, other) in [("n", "n"), ("value", "nps"), ("se", "se_wald"), ("ci95", "adjusted_wald_ci")] {
        pairs.add(name, &ours[name], &value[other]);
    }
}

/// The report has the design effect of all rows, the reference that of the rows with an answer.
fn weighted_mean(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (column, value) = (case["columns"][0].as_str().unwrap(), &case["value"]);
    let ours = &report["weights"]["items"][column]["mean"];
    pairs.figure("raw", &ours["raw"], &report["items"][column]["mean"]["value"]);
    let ours = &ours["weighted"];
    for (name, other) in [("n", "n"), ("value", "mean"), ("ci95", "ci")] {
        pairs.add(name, &ours[name], &value[other]);
    }
    let degrees = value["n"].as_u64().unwrap() - 1;
    pairs.worked_out("se", se_of(ours, degrees), &value["se_linearised"]);
}

fn weighted_nps(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["weights"]["outcome"]["nps"]["weighted"], &case["value"]);
    pairs.add("n", &ours["n"], &value["n"]);
    pairs.figure("nps", ours, &value["nps"]);
    let degrees = value["n"].as_u64().unwrap() - 1;
    pairs.worked_out("se", se_of(ours, degrees), &value["se_linearised"]);
}

fn anytime(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (column, value) = (case["columns"][0].as_str().unwrap(), &case["value"]);
    let ours = &report["sequence"]["items"][column];
    pairs.add("n", &ours["mean"]["n"], &value["n"]);
    pairs.figure("mean", &ours["mean"], &value["mean"]);
    pairs.add("mean.ci95", &ours["mean"]["ci95"], &value["histogram_betting_cs"]["ci"]);
    let (top, theirs) = (&ours["top_box"], &value["top_box_beta_binomial_cs"]);
    pairs.add("threshold", &report["items"][column]["top_box"]["threshold"], &theirs["threshold"]);
    let share = theirs["count"].as_f64().unwrap() / value["n"].as_f64().unwrap();
    pairs.figure("top_box", top, &json!(share));
    pairs.add("top_box.ci95", &top["ci95"], &theirs["ci"]);
    pairs.add("alpha", &report["sequence"]["alpha"], &case["params"]["alpha"]);
}

/// The report counts runs and flags; a flag for spread is one for no spread at all.
fn careless(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["careless"], &case["value"]);
    pairs.add("n", &ours["n"], &value["n"]);
    pairs.add("longstring", &ours["longstring"], &value["longstring_table"]);
    let longest = ours["longstring"].as_object().and_then(|runs| runs.keys().next_back()?.parse().ok());
    pairs.worked_out("longstring_max", longest, &value["longstring_max"]);
    let runs = ours["longstring"].as_object().map(|runs| runs.len() as f64);
    pairs.worked_out("runs", runs, &json!(value["longstring_table"].as_object().unwrap().len()));
    pairs.add("irv", &ours["by_flag"]["irv"], &value["n_irv_zero"]);
    pairs.add("mahalanobis", &ours["by_flag"]["mahalanobis"], &value["n_mahal_p001"]);
}
