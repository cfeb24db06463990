//! What only joint counts show: drivers, structure, the fitted choice of total perceived quality.

use serde_json::{Value, json};

use super::Compare;
use super::compare::{Pairs, se_of};

pub(super) fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "key_drivers" => drivers,
        "variance_explained_in_outcome" => experience_only,
        "delete_a_group_jackknife_relative_weights" => jackknife,
        "image_filter_regression" => image_filter,
        "importance_performance" => importance,
        "htmt_arithmetic_monotrait_mean_absolute_r" => htmt,
        "eigenvalues_of_R" => eigenvalues,
        "pearson_correlation_matrix" => |pairs, case, report| squares(pairs, &case["value"], report, 2),
        "fornell_larcker_inputs" => {
            |pairs, case, report| squares(pairs, &case["value"]["squared_dimension_correlations"], report, 1)
        }
        _ => return None,
    })
}

fn drivers(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["drivers"], &case["value"]);
    if ours.is_null() {
        return;
    }
    let keys: Vec<&String> = value["r"].as_object().unwrap().keys().collect();
    pairs.add("n", &ours["r2"]["n"], &value["n"]);
    pairs.figure("r2", &ours["r2"], &value["r_squared"]);
    let named = [("r", "r"), ("lmg", "lmg_shapley_raw"), ("relative_weights", "relative_weights_raw")];
    for (name, other) in named {
        let found = ours[name].as_object().map(|keys| keys.len() as f64);
        pairs.worked_out(&format!("{name} of"), found, &json!(keys.len()));
        for key in &keys {
            pairs.figure(&format!("{name}.{key}"), &ours[name][*key], &value[other][*key]);
        }
    }
    for key in keys {
        let chart = &ours["importance_performance"]["dimensions"][key];
        let percent = chart["derived"]["value"].as_f64().map(|share| 100.0 * share);
        pairs.worked_out(&format!("lmg_pct.{key}"), percent, &value["lmg_pct"][key]);
        let score = &report["dimensions"][key]["score"]["value"];
        pairs.figure(&format!("performance.{key}"), &chart["performance"], score);
    }
}

/// Of the three models of the case the report has the one of experience.
fn experience_only(pairs: &mut Pairs, case: &Value, report: &Value) {
    if report["drivers"]["r2"]["value"].is_number() {
        pairs.figure("r2", &report["drivers"]["r2"], &case["value"]["r2_perception_only"]);
    }
}

/// All rows of this file are complete, so that both number the groups alike.
fn jackknife(pairs: &mut Pairs, case: &Value, report: &Value) {
    let value = &case["value"];
    let degrees = value["G"].as_u64().unwrap() - 1;
    let columns = case["columns"].as_array().unwrap();
    for (place, key) in columns.iter().take(columns.len() - 1).enumerate() {
        let key = key.as_str().unwrap();
        let ours = &report["drivers"]["relative_weights"][key];
        pairs.figure(key, ours, &value["estimate"][place]);
        pairs.worked_out(&format!("{key} se"), se_of(ours, degrees), &value["se"][place]);
    }
}

fn image_filter(pairs: &mut Pairs, case: &Value, report: &Value) {
    let value = &case["value"];
    let choices = report["quality"]["tpq"].as_array().unwrap();
    let fitted = choices.iter().find(|choice| choice["label"] == "fitted").unwrap();
    pairs.add("n", &fitted["n"], &value["n"]);
    pairs.add("kappa", &fitted["kappa"], &value["kappa"]);
    pairs.add("theta", &fitted["theta"], &json!(0.0));
    pairs.figure("r2", &report["drivers"]["r2"], &value["r2_main"]);
    // The index of the fitted kappa from its two scores.
    let score = |key: &str| report["dimensions"][key]["score"]["value"].as_f64().unwrap();
    let kappa = value["kappa"].as_f64().unwrap();
    let index = (1.0 - kappa) * score("EXPERIENCE") + kappa * score("IMAGE");
    pairs.figure("index", fitted, &json!(index));
}

/// A box lies in a quadrant where its point does, or reaches across a cut. Raw units are those of a scale 1 to 7.
fn importance(pairs: &mut Pairs, case: &Value, report: &Value) {
    if report["importance"]["item01"].is_null() {
        return;
    }
    let (value, chart) = (&case["value"], &report["drivers"]["importance_performance"]);
    let raw = |points: &Value| points.as_f64().map(|points| 1.0 + 6.0 * points / 100.0);
    for number in 1..=24 {
        let key = format!("item{number:02}");
        let at = |name: &str| &value[name][number - 1];
        let place = &chart["dimensions"][&key];
        pairs.figure(&format!("{key}.importance"), &report["importance"][&key], at("stated_importance"));
        pairs.figure(&format!("{key}.stated"), &place["stated"], at("stated_importance"));
        pairs.figure(&format!("{key}.mean"), &report["dimensions"][&key]["mean"], at("performance"));
        pairs.worked_out(
            &format!("{key}.performance"),
            raw(&place["performance"]["value"]),
            at("performance"),
        );
        pairs.figure(&format!("{key}.r"), &report["drivers"]["r"][&key], at("derived_importance_r"));
        let quadrant = &place["quadrant_stated"];
        let agrees = quadrant == at("quadrant_stated") || quadrant == "undetermined";
        pairs.add(&format!("{key}.quadrant"), &json!(agrees), &json!(true));
    }
    pairs.add("cut_stated", &chart["cut_stated"], &value["cut_importance_mean"]);
    pairs.worked_out("cut_performance", raw(&chart["cut_performance"]), &value["cut_performance_mean"]);
}

/// The entry of a table of pairs, whichever of the two stands first.
fn of_pair<'r>(table: &'r Value, a: &str, b: &str) -> &'r Value {
    let [here, there] = [format!("{a}|{b}"), format!("{b}|{a}")];
    table.get(here).or_else(|| table.get(there)).unwrap_or(&Value::Null)
}

fn htmt(pairs: &mut Pairs, case: &Value, report: &Value) {
    for (key, theirs) in case["value"].as_object().unwrap() {
        let (a, b) = key.split_once('|').unwrap();
        pairs.add(key, of_pair(&report["structure"]["htmt"], a, b), theirs);
        pairs.add(&format!("{key} n"), of_pair(&report["structure"]["htmt_n"], a, b), &json!(250));
    }
}

fn eigenvalues(pairs: &mut Pairs, case: &Value, report: &Value) {
    let (ours, value) = (&report["structure"], &case["value"]);
    pairs.figure("eigenvalues", &ours["eigenvalues"], value);
    let share = value[0].as_f64().unwrap() / value.as_array().unwrap().len() as f64;
    pairs.figure("first_factor_share", &ours["first_factor_share"], &json!(share));
}

/// Squared correlations of the dimensions of several items; the reference has them to the power of `2 / power`.
fn squares(pairs: &mut Pairs, theirs: &Value, report: &Value, power: i32) {
    let keys: Vec<&str> =
        theirs["rows"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    for (row, a) in keys.iter().enumerate() {
        for (column, b) in keys.iter().enumerate().skip(row + 1) {
            if [a, b]
                .iter()
                .any(|key| report["dimensions"][key]["item_rest_r"].as_object().unwrap().len() < 2)
            {
                continue;
            }
            let square = theirs["values"][row][column].as_f64().unwrap().powi(power);
            pairs.add(&format!("{a}|{b}"), of_pair(&report["structure"]["score_r2"], a, b), &json!(square));
        }
    }
}
