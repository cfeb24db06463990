//! Control charts over periods.

use serde_json::Value;

use super::Compare;
use super::compare::Pairs;

pub(super) fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "xmr_chart" => individuals,
        "ewma_and_cusum" => running,
        _ => return None,
    })
}

/// The fields of each point of a chart, as one list each.
fn points<const N: usize>(chart: &Value, fields: [&str; N]) -> [Value; N] {
    let list = chart["points"].as_array().unwrap();
    fields.map(|field| list.iter().map(|point| point[field].clone()).collect())
}

fn individuals(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["sequence"]["periods"]["overall"], &case["value"]);
    let [people, means] = points(ours, ["n", "mean"]);
    let chart = &ours["xmr"];
    let [values] = points(chart, ["value"]);
    pairs.add("n", &ours["baseline"]["points"], &value["n"]);
    pairs.add("n_per_day", &people, &value["n_per_day"]);
    pairs.add("means", &means, &value["values"]);
    pairs.add("values", &values, &value["values"]);
    let names = [
        ("centre", "centre"),
        ("moving_range", "mr_bar"),
        ("sigma", "sigma"),
        ("limits", "limits_exact_d2"),
        ("limits_2_66", "limits_2_66"),
        ("moving_range_upper", "mr_upper_3_267"),
    ];
    for (name, other) in names {
        pairs.add(name, &chart[name], &value[other]);
    }
}

fn running(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["sequence"]["periods"]["overall"], &case["value"]);
    let (average, theirs) = (&ours["ewma"], &value["ewma"]);
    let [values, limits] = points(average, ["value", "limits"]);
    let end = |place: usize| limits.as_array().unwrap().iter().map(|pair| pair[place].clone()).collect();
    pairs.add("lambda", &average["lambda"], &theirs["lambda"]);
    pairs.add("limit", &average["limit"], &theirs["L"]);
    pairs.add("ewma", &values, &theirs["z"]);
    pairs.add("lower", &end(0), &theirs["lower"]);
    pairs.add("upper", &end(1), &theirs["upper"]);
    let (sums, theirs) = (&ours["cusum"], &value["cusum"]);
    let [high, low] = points(sums, ["high", "low"]);
    for (name, found) in [("k", &sums["k"]), ("h", &sums["h"]), ("hi", &high), ("lo", &low)] {
        pairs.add(name, found, &theirs[name]);
    }
}
