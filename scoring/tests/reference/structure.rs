//! Reliability and structure on real data: scales, correlations, HTMT, eigenvalues.

use scoring::{
    Block, Cell, Facet, GroupedCell, JointCounts, Layout, Variable, dimension_report, invariance,
    item_report, polarised_pair, scale_statistics, score_correlation, spearman, structure_report,
};
use serde_json::{Map, Value, json};

use crate::answers::{Plan, grouped};
use crate::compare::Check;
use crate::real::{Compare, columns, one_dimension};
use crate::table::Table;

/// The comparison of a statistic of this area.
pub fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "scale_reliability" => scale_reliability,
        "cronbach_alpha_STANDARDISED (from the correlation matrix)" => published_alpha,
        "pearson_correlation_matrix" => pearson,
        "pearson_correlation_matrix_pairwise" => item_correlations,
        "covariance_matrix_n_minus_1" | "covariance_matrix_pairwise" => item_covariances,
        "pairwise_integer_sufficient_statistics" => integer_sums,
        "spearman_correlation_matrix_midranks" => rank_correlations,
        "eigenvalues_of_R" => eigenvalues,
        "htmt_arithmetic_monotrait_mean_absolute_r" | "HTMT (arithmetic means of absolute correlations)" => {
            htmt
        }
        "fornell_larcker_inputs" => fornell_larcker,
        "multigroup_one_factor_invariance_ML" => measurement_invariance,
        _ => return None,
    })
}

fn scale_reliability(case: &Value, table: &Table, check: &mut Check) {
    let (layout, cell, keys) = one_dimension(case, table);
    let (report, expected) = (json!(dimension_report(&layout, &cell, 0)), &case["value"]);
    check.equal("n", &report["alpha"]["n"], &expected["n"]);
    check.equal("alpha", &report["alpha"]["value"], &expected["alpha"]);
    check.equal("alpha_adf.ci_log", &report["alpha"]["ci95"], &expected["alpha_adf"]["ci_log"]);
    for (index, key) in keys.iter().enumerate() {
        check.equal(key, &report["item_rest_r"][key]["value"], &expected["item_rest_r"][key]);
        check.equal_or_undefined(key, &report["alpha_if_dropped"][key], &expected["alpha_if_dropped"][key]);
        let item = json!(item_report(&layout, &cell, index));
        check.equal(key, &item["item_rest_r"], &report["item_rest_r"][key]);
    }
    let found = json!(scale_statistics(&layout, &cell, Block::Dimension(0)));
    let same = [
        ("n", "n"),
        ("k", "k"),
        ("cov_sum", "cov_sum"),
        ("cov_trace", "cov_trace"),
        ("mean", "scale_mean"),
        ("sd", "scale_sd"),
        ("alpha_standardised", "alpha_standardized"),
        ("guttman_lambda2", "guttman_lambda2"),
        ("mean_inter_item_r", "mean_interitem_r"),
        ("alpha_feldt", "alpha_ci_feldt"),
        ("alpha_bonett", "alpha_ci_bonett"),
        ("eigenvalues", "eigenvalues"),
    ];
    for (field, name) in same {
        check.equal(name, &found[field], &expected[name]);
    }
    check.equal("alpha_adf.se", &found["alpha_se"], &expected["alpha_adf"]["se"]);
    check.equal("alpha_adf.ci_wald", &found["alpha_wald"], &expected["alpha_adf"]["ci_wald"]);
    let note = case["note"].as_str().unwrap();
    let chi2 = if note.contains("chisq at 1e-4") { 1e-4 } else { 1e-3 };
    match expected.get("one_factor") {
        Some(model) => one_factor(&found["one_factor"], &report, model, &keys, chi2, check),
        None => check.equal("omega of two items", &report["omega"]["undefined"], &json!("two items only")),
    }
}

/// The reference's note: an iteration's numbers agree to 1e-5, χ² as stated with the case.
fn one_factor(
    found: &Value,
    report: &Value,
    expected: &Value,
    keys: &[String],
    chi2: f64,
    check: &mut Check,
) {
    let heywood = found["undefined"] == "improper solution (Heywood case)";
    check.equal("heywood", &json!(heywood), &expected["heywood"]);
    if heywood {
        for name in ["omega", "composite_reliability", "ave"] {
            check.equal(name, &report[name], found);
        }
        return;
    }
    for (field, name) in [("omega", "omega_total"), ("composite_reliability", "composite_reliability_std")] {
        check.equal_within(1e-5, name, &report[field]["value"], &expected[name]);
    }
    check.equal_within(1e-5, "ave", &report["ave"]["value"], &expected["ave"]);
    let lists =
        [("loadings", "loadings"), ("uniquenesses", "uniquenesses"), ("std_loadings", "std_loadings")];
    for (field, name) in lists {
        let in_order = keys.iter().map(|key| expected[name][key].clone()).collect();
        check.equal_within(1e-5, name, &found[field], &Value::Array(in_order));
    }
    let numbers = [
        ("omega", "omega_total"),
        ("omega_observed", "omega_obs_var"),
        ("composite_reliability", "composite_reliability_std"),
        ("ave", "ave"),
        ("ave_unstandardised", "ave_unstd"),
    ];
    for (field, name) in numbers {
        check.equal_within(1e-5, name, &found[field], &expected[name]);
    }
    let fit = &found["fit"];
    for name in ["df", "cfi", "tli", "rmsea", "srmr"] {
        check.equal_within(1e-5, name, &fit[name], &expected[name]);
    }
    check.equal_within(chi2, "chisq", &fit["chi2"], &expected["chisq"]);
    if expected["pvalue"].is_null() {
        check.equal("p", &fit["p"]["undefined"], &json!("no degrees of freedom"));
    } else {
        check.equal_within(1e-5, "p", &fit["p"], &expected["pvalue"]);
    }
    check.equal("converged", &json!(true), &expected["converged"]);
}

/// The dimensions of the mobile-phone survey: the columns that begin with the key.
fn members(table: &Table, key: &str) -> Vec<String> {
    table.header.iter().filter(|name| name.starts_with(key)).cloned().collect()
}

const DIMENSIONS: [&str; 6] = ["IMAG", "CUEX", "PERQ", "PERV", "CUSA", "CUSL"];

fn published_alpha(case: &Value, table: &Table, check: &mut Check) {
    for (key, expected) in case["value"].as_object().unwrap() {
        let (layout, cell, _) = one_dimension(&json!({ "columns": members(table, key) }), table);
        let found = json!(scale_statistics(&layout, &cell, Block::Dimension(0)));
        check.equal(key, &found["alpha_standardised"], expected);
    }
}

/// Items without a dimension, and their joint counts.
fn joint(case: &Value, table: &Table) -> (Layout, JointCounts) {
    let plan = table.plan(&columns(case));
    let layout = plan.layout();
    let cell = grouped(&layout, &table.codes(&layout)).total(&layout);
    (layout, cell)
}

/// Compares a square table entry by entry with `{rows, cols, values}`.
fn square(check: &mut Check, path: &str, expected: &Value, entry: impl Fn(usize, usize) -> Value) {
    for (a, row) in expected["values"].as_array().unwrap().iter().enumerate() {
        for (b, value) in row.as_array().unwrap().iter().enumerate() {
            check.equal(&format!("{path}[{a}][{b}]"), &entry(a, b), value);
        }
    }
}

fn pearson(case: &Value, table: &Table, check: &mut Check) {
    match case["params"].get("dimensions") {
        Some(_) => dimension_correlations(case, table, check),
        None => item_correlations(case, table, check),
    }
}

fn item_correlations(case: &Value, table: &Table, check: &mut Check) {
    let (layout, joint) = joint(case, table);
    square(check, "r", &case["value"], |a, b| {
        json!(polarised_pair(&layout, &joint, a, b).correlation())["value"].clone()
    });
}

fn item_covariances(case: &Value, table: &Table, check: &mut Check) {
    let (layout, joint) = joint(case, table);
    square(check, "covariance", &case["value"], |a, b| {
        json!(polarised_pair(&layout, &joint, a, b).covariance())["value"].clone()
    });
}

fn integer_sums(case: &Value, table: &Table, check: &mut Check) {
    let (layout, joint) = joint(case, table);
    let pair = |a, b| polarised_pair(&layout, &joint, a, b);
    let expected = &case["value"];
    square(check, "n", &expected["n"], |a, b| json!(pair(a, b).n));
    square(check, "sum", &expected["sum_row_item_over_pair"], |a, b| json!(pair(a, b).sum_a));
    square(check, "square", &expected["sumsq_row_item_over_pair"], |a, b| json!(pair(a, b).square_a));
    square(check, "product", &expected["sum_products"], |a, b| json!(pair(a, b).product));
}

/// A layout with one dimension for each of the mobile-phone survey, and one of the single item if asked for.
fn dimensions(table: &Table, single: bool) -> (Layout, Cell, GroupedCell) {
    let mut keys: Vec<String> = DIMENSIONS.iter().flat_map(|key| members(table, key)).collect();
    keys.extend(single.then(|| "CUSCO".to_owned()));
    let mut plan: Plan = table.plan(&keys);
    for key in DIMENSIONS {
        plan.dimension(key, Facet::Experience, None, &members(table, key));
    }
    if single {
        plan.dimension("CUSCO", Facet::Experience, None, &["CUSCO"]);
    }
    let layout = plan.layout();
    let (cell, grouped) = (table.cell(&plan, &layout, |_| true), grouped(&layout, &table.codes(&layout)));
    (layout, cell, grouped)
}

fn dimension_correlations(case: &Value, table: &Table, check: &mut Check) {
    let (layout, _, grouped) = dimensions(table, true);
    let joint = grouped.total(&layout);
    let place = |key: &Value| {
        let found = layout.dimensions().iter().position(|d| d.key == key.as_str().unwrap());
        Variable::Dimension(found.unwrap())
    };
    let (rows, cols) = (&case["value"]["rows"], &case["value"]["cols"]);
    square(check, "r", &case["value"], |a, b| {
        json!(score_correlation(&layout, &joint, place(&rows[a]), place(&cols[b])))["value"].clone()
    });
}

/// Two items at a time as a dimension, since a dimension of all would have more than sixteen.
fn rank_correlations(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let pair = |a: usize, b: usize| {
        if a == b {
            return json!(1.0);
        }
        let (layout, cell, _) = one_dimension(&json!({ "columns": [keys[a], keys[b]] }), table);
        json!(spearman(&layout, &cell, Block::Dimension(0), 0, 1))["value"].clone()
    };
    square(check, "rho", &case["value"], pair);
}

fn eigenvalues(case: &Value, table: &Table, check: &mut Check) {
    let (layout, _, grouped) = dimensions(table, true);
    let report = json!(structure_report(&layout, &grouped));
    check.equal("eigenvalues", &report["eigenvalues"]["value"], &case["value"]);
    let share = case["value"][0].as_f64().unwrap() / 24.0;
    check.equal("first_factor_share", &report["first_factor_share"]["value"], &json!(share));
}

fn htmt(case: &Value, table: &Table, check: &mut Check) {
    let (layout, _, grouped) = dimensions(table, false);
    let report = json!(structure_report(&layout, &grouped));
    let found: Map<_, _> =
        case["value"].as_object().unwrap().keys().map(|k| (k.clone(), report["htmt"][k].clone())).collect();
    check.equal("htmt", &Value::Object(found), &case["value"]);
    for (name, value) in report["htmt"].as_object().unwrap() {
        let value = value.as_f64().unwrap();
        let [lower, upper] = [0, 1].map(|end| report["htmt_ci95"][name][end].as_f64().unwrap());
        check.equal("the interval holds the value", &json!(lower < value && value < upper), &json!(true));
        let passed = if value > 0.9 {
            json!(0.9)
        } else if value > 0.85 {
            json!(0.85)
        } else {
            Value::Null
        };
        check.equal("flag", &json!(report["htmt_flags"].get(name) == Some(&passed)), &json!(value > 0.85));
    }
}

fn fornell_larcker(case: &Value, table: &Table, check: &mut Check) {
    let (layout, _, grouped) = dimensions(table, false);
    let report = json!(structure_report(&layout, &grouped));
    let expected = &case["value"]["squared_dimension_correlations"];
    let keys: Vec<&str> =
        expected["rows"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    square(check, "r2", expected, |a, b| {
        let name = |a: usize, b: usize| format!("{}|{}", keys[a], keys[b]);
        let found = &report["score_r2"];
        if a == b { json!(1.0) } else { found.get(name(a, b)).or(found.get(name(b, a))).unwrap().clone() }
    });
}

fn measurement_invariance(case: &Value, table: &Table, check: &mut Check) {
    let (keys, group) = (columns(case)[..5].to_vec(), table.column("gender"));
    let mut plan = table.plan(&keys);
    plan.dimension("d", Facet::Experience, None, &keys);
    let layout = plan.layout();
    let cells =
        ["1", "2"].map(|level| (level.to_owned(), table.cell(&plan, &layout, |row| &row[group] == level)));
    let levels: Vec<_> = cells.iter().map(|(level, cell)| (level.clone(), cell)).collect();
    let found = json!(invariance(&levels, &layout, Block::Dimension(0)));
    for step in ["configural", "metric", "scalar"] {
        for name in ["df", "cfi", "rmsea", "srmr", "bic"] {
            check.equal(&format!("{step} {name}"), &found[step][name], &case["value"][step][name]);
        }
        check.equal_within(1e-2, step, &found[step]["chi2"], &case["value"][step]["chisq"]);
    }
    // CFI falls by .0149 when intercepts are held equal.
    check.equal("comparable", &found["comparable"], &json!("relations"));
}
