//! Reference values computed in R on public survey data that is not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use scoring::{
    Block, Cell, Facet, Layout, Scale, alpha_pairwise, dimension_report, dirichlet_beta, gap, item_report,
    nps, person_mean, quality_report, total_perceived_quality,
};
use serde_json::{Value, json};

use crate::answers::Plan;
use crate::compare::{Check, Tally};
use crate::comparison;
use crate::drivers;
use crate::people;
use crate::structure;
use crate::table::Table;
use crate::time;

/// Compares every case of the reference folder that this crate can compute.
pub fn run(folder: &Path) -> Tally {
    let mut tally = Tally::default();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for file in ["mobi", "bfi", "sfo2017", "kiosk", "anytime_and_jackknife", "published"] {
        let text = fs::read_to_string(folder.join(format!("reference/{file}.json"))).unwrap();
        let cases: Value = serde_json::from_str(&text).unwrap();
        for case in cases["cases"].as_array().unwrap() {
            let (id, statistic) = (case["id"].as_str().unwrap(), case["statistic"].as_str().unwrap());
            let Some(compare) = method(statistic) else {
                tally.leave_out(statistic, id);
                continue;
            };
            let data = case["data"].as_str().unwrap();
            let table = tables.entry(data.into()).or_insert_with(|| Table::read(folder, data));
            let mut check = Check::new(id, case["tolerance"]["abs"].as_f64().unwrap());
            compare(case, table, &mut check);
            tally.take(statistic, check);
        }
    }
    tally
}

/// How the cases of one statistic are compared: the case, its data file, where the results go.
pub type Compare = fn(&Value, &Table, &mut Check);

fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "item_statistics" => item_statistics,
        "net_promoter_score" => net_promoter_score,
        "net_promoter_score_by_group" => net_promoter_score_by_group,
        "alpha_from_pairwise_covariance" => pairwise_alpha,
        "dimension_score_mean_if_at_least_half_answered" => half_rule_scores,
        "gap_score_perception_minus_expectation" => item_gap,
        "gap_dimension_and_reliability_of_difference" => dimension_gap,
        "linear_quality_index" => linear_index,
        _ => {
            let elsewhere =
                [comparison::method, drivers::method, people::method, structure::method, time::method];
            return elsewhere.iter().find_map(|method| method(statistic));
        }
    })
}

pub fn columns(case: &Value) -> Vec<String> {
    match &case["columns"] {
        Value::Array(list) => list.iter().map(|key| key.as_str().unwrap().to_owned()).collect(),
        key => vec![key.as_str().unwrap().to_owned()],
    }
}

fn item_statistics(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let mut plan = Plan::default();
    let (lo, hi) = (case["params"]["lo"].as_u64().unwrap(), case["params"]["hi"].as_u64().unwrap());
    let item = plan.item(&keys[0], lo, hi);
    item.reversed = table.plan(&keys).layout().items()[0].reversed;
    item.top_box = case["params"]["top_box_threshold"].as_u64().map(|code| u8::try_from(code).unwrap());
    let layout = plan.layout();
    let cell = table.cell(&plan, &layout, |_| true);
    let (report, expected) = (json!(item_report(&layout, &cell, 0)), &case["value"]);
    check.equal("n", &report["n"], &expected["n"]);
    for name in ["sd", "median", "mean"] {
        check.equal(name, &report[name]["value"], &expected[name]);
    }
    for (field, name) in [("threshold", "threshold"), ("count", "count"), ("value", "p"), ("ci95", "wilson")]
    {
        check.equal(name, &report["top_box"][field], &expected["top_box"][name]);
    }
    if let Some(not_applicable) = expected.get("n_not_applicable") {
        check.equal("not_applicable", &report["not_applicable"], not_applicable);
        check.equal("skipped", &report["skipped"], &expected["n_blank"]);
    }
    let spec = &layout.items()[0];
    let counts = cell.item(0).unwrap().polarised(spec);
    let histogram = (lo..=hi).map(|code| expected["histogram"][code.to_string()].clone()).collect();
    check.equal("histogram after reversal", &json!(counts), &Value::Array(histogram));
    dirichlet(&counts, spec.scale, &report, expected, check);
}

/// The reference gives the bounds before they are widened to include the mean.
fn dirichlet(counts: &[u64], scale: Scale, report: &Value, expected: &Value, check: &mut Check) {
    let bounds = &expected["dirichlet_beta_ci"];
    let [lower, upper] = dirichlet_beta(counts, scale).known().unwrap();
    check.number("dirichlet_beta lower", lower, bounds["lower"].as_f64().unwrap());
    check.number("dirichlet_beta upper", upper, bounds["upper"].as_f64().unwrap());
    let mean = report["mean"]["value"].as_f64().unwrap();
    check.equal("mean.ci95", &report["mean"]["ci95"], &json!([lower.min(mean), upper.max(mean)]));
}

fn promoter_score(check: &mut Check, table: &Table, expected: &Value, group: Option<&str>) {
    let plan = table.plan(&["NETPRO".to_owned()]);
    let layout = plan.layout();
    let area = table.column("BAREA");
    let cell = table.cell(&plan, &layout, |row| group.is_none_or(|group| &row[area] == group));
    let found = json!(nps(&layout, &cell, 0));
    for (field, name) in [("n", "n"), ("value", "nps"), ("se", "se_wald"), ("ci95", "adjusted_wald_ci")] {
        check.equal(&format!("{} {name}", group.unwrap_or("all")), &found[field], &expected[name]);
    }
}

fn net_promoter_score(case: &Value, table: &Table, check: &mut Check) {
    promoter_score(check, table, &case["value"], None);
}

fn net_promoter_score_by_group(case: &Value, table: &Table, check: &mut Check) {
    for (group, expected) in case["value"].as_object().unwrap() {
        promoter_score(check, table, expected, Some(group));
    }
}

pub fn one_dimension(case: &Value, table: &Table) -> (Layout, Cell, Vec<String>) {
    let keys = columns(case);
    let mut plan = table.plan(&keys);
    plan.dimension("d", Facet::Experience, None, &keys);
    let layout = plan.layout();
    let cell = table.cell(&plan, &layout, |_| true);
    (layout, cell, keys)
}

fn pairwise_alpha(case: &Value, table: &Table, check: &mut Check) {
    let (layout, cell, _) = one_dimension(case, table);
    let found = json!(alpha_pairwise(&layout, &cell, Block::Dimension(0)));
    check.equal("alpha", &found["value"], &case["value"]["alpha"]);
}

/// The dimensions of a case with several, which the reference names but does not list.
fn dimensions_of(table: &Table, key: &str) -> Vec<String> {
    let list: &[&str] = match key {
        "AMENITY" => &["Q7ART", "Q7FOOD", "Q7STORE", "Q7WIFI"],
        "WAYFINDING" => &["Q7SIGN", "Q7SCREENS", "Q7WALKWAYS", "Q14FIND"],
        "CLEAN" => &["Q9BOARDING", "Q9FOOD", "Q9RESTROOM"],
        letter => {
            return table.header[1..26].iter().filter(|name| name.starts_with(letter)).cloned().collect();
        }
    };
    list.iter().map(|&key| key.to_owned()).collect()
}

fn half_rule_scores(case: &Value, table: &Table, check: &mut Check) {
    for (key, expected) in case["value"].as_object().unwrap() {
        let keys = dimensions_of(table, key);
        let (layout, cell, _) = one_dimension(&json!({ "columns": keys }), table);
        let report = json!(dimension_report(&layout, &cell, 0));
        check.equal(&format!("{key} n"), &report["mean"]["n"], &expected["n"]);
        check.equal(&format!("{key} mean"), &report["mean"]["value"], &expected["mean"]);
        check.equal(&format!("{key} sd"), &report["sd"]["value"], &expected["sd"]);
    }
}

/// A layout with one experience dimension of the p columns and its expectation of the e columns.
fn expectation_and_perception(case: &Value, table: &Table) -> (Layout, Cell) {
    let keys = columns(case);
    let mut plan = table.plan(&keys);
    let (expected, perceived): (Vec<_>, Vec<_>) = keys.iter().partition(|key| key.starts_with('e'));
    plan.dimension("p", Facet::Experience, None, &perceived);
    plan.dimension("e", Facet::Expectation, Some("p"), &expected);
    let layout = plan.layout();
    let cell = table.cell(&plan, &layout, |_| true);
    (layout, cell)
}

fn item_gap(case: &Value, table: &Table, check: &mut Check) {
    let (layout, cell) = expectation_and_perception(case, table);
    let (found, expected) = (json!(gap(&layout, &cell, 0, 1)), &case["value"]);
    for (field, name) in [("n", "n"), ("value", "gap"), ("sd", "sd"), ("ci95", "ci")] {
        check.equal(name, &found[field], &expected[name]);
    }
}

fn dimension_gap(case: &Value, table: &Table, check: &mut Check) {
    let (layout, cell) = expectation_and_perception(case, table);
    let (report, expected) = (json!(quality_report(&layout, &cell)), &case["value"]);
    let found = &report["gap"]["p"];
    let fields = [
        ("n", "n"),
        ("value", "gap"),
        ("sd", "sd_gap"),
        ("reliability", "reliability_of_difference_formula"),
    ];
    for (field, name) in fields {
        check.equal(name, &found[field], &expected[name]);
    }
    for (index, side) in ["p", "e"].iter().enumerate() {
        let dimension = json!(dimension_report(&layout, &cell, index));
        check.equal("alpha", &dimension["alpha"]["value"], &expected[format!("alpha_{side}")]);
        let person = person_mean(&layout, &cell, scoring::Variable::Dimension(index));
        check.equal("mean", &json!(person.mean)["value"], &expected[format!("mean_{side}")]);
        check.equal("sd", &json!(person.sd)["value"], &expected[format!("sd_{side}")]);
    }
}

/// The reference is in raw units of the scale 1..7, the index in points of 100 of it.
fn linear_index(case: &Value, table: &Table, check: &mut Check) {
    let members: [(&str, &[u8]); 6] = [
        ("TANGIBLE", &[4, 5, 6, 22]),
        ("SECURITY", &[19, 20, 21]),
        ("ECONOMY", &[10, 11, 18]),
        ("CONVENIENCE", &[13, 14, 15, 16, 17]),
        ("RELIABILITY", &[1, 2, 3]),
        ("CONTROL", &[7, 8]),
    ];
    let named =
        |letter: &str, items: &[u8]| items.iter().map(|i| format!("{letter}{i:02}")).collect::<Vec<_>>();
    let keys: Vec<_> =
        ["p", "e"].iter().flat_map(|l| members.iter().flat_map(move |(_, i)| named(l, i))).collect();
    let mut plan = table.plan(&keys);
    for (key, items) in members {
        plan.dimension(key, Facet::Experience, None, &named("p", items));
        plan.dimension(&format!("{key}_expected"), Facet::Expectation, Some(key), &named("e", items));
    }
    let layout = plan.layout();
    let cell = table.cell(&plan, &layout, |_| true);
    let expected = &case["value"];
    let weights: Vec<_> = members.iter().map(|(key, _)| expected["weights"][key].as_f64().unwrap()).collect();
    for (theta, name) in [(0.0, "servperf"), (1.0, "servqual")] {
        let index = total_perceived_quality(&layout, &cell, 0.0, theta, &weights);
        let index = index.figure.known().unwrap();
        let origin = if theta == 0.0 { 1.0 } else { 0.0 };
        check.number(name, origin + index.value * 6.0 / 100.0, expected[name].as_f64().unwrap());
        // With complete answers the variance of the index is that of the respondents' indexes over n.
        let [lower, upper] = index.ci95.and_then(|ci| ci.known()).unwrap();
        let sd = (upper - lower) / 2.0 / 1.959_963_984_540_054 * (index.n as f64).sqrt() * 6.0 / 100.0;
        check.number(name, sd, expected[format!("sd_respondent_{name}")].as_f64().unwrap());
    }
}
