//! Drivers, jackknife, EM and surfaces on real data.

use std::collections::BTreeMap;

use scoring::{
    Block, Code, Facet, Figure, GroupedCell, Jackknife, JointCounts, Layout, Mode, Quadrant, ScoreMoments,
    Undef, Undefined, Variable, alpha_of_joint, condition_number, driver_report, em_moments, fitted_tpq,
    image_filter, importance_performance, jackknife, listwise_moments, person_mean, quadrant,
    rank_correlation, regression, relative_weights, response_surface, variance_explained,
};
use serde_json::{Value, json};

use crate::answers::{Plan, count_codes, grouped};
use crate::compare::Check;
use crate::real::{Compare, columns};
use crate::table::Table;

pub fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "key_drivers" => key_drivers,
        "delete_a_group_jackknife_alpha" => jackknife_alpha,
        "delete_a_group_jackknife_relative_weights" => jackknife_weights,
        "delete_a_group_jackknife_nps" => jackknife_nps,
        "fiml_em_mean_and_covariance_n_divisor" => em,
        "variance_explained_in_outcome" => outcome_variance,
        "polynomial_regression_response_surface" => surface,
        "image_filter_regression" => filter,
        "importance_performance" => chart,
        _ => return None,
    })
}

const KIOSK: [(&str, &[u8]); 6] = [
    ("TANGIBLE", &[4, 5, 6, 22]),
    ("SECURITY", &[19, 20, 21]),
    ("ECONOMY", &[10, 11, 18]),
    ("CONVENIENCE", &[13, 14, 15, 16, 17]),
    ("RELIABILITY", &[1, 2, 3]),
    ("CONTROL", &[7, 8]),
];

fn numbered(letter: &str, items: &[u8]) -> Vec<String> {
    items.iter().map(|item| format!("{letter}{item:02}")).collect()
}

/// The columns of a dimension that a case names but does not list.
fn members(key: &str) -> Vec<String> {
    let count = |n: usize| (1..=n).map(|i| format!("{key}{i}")).collect();
    let list = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect();
    match key {
        "IMAG" => count(5),
        "PERQ" => count(7),
        "PERV" => count(2),
        "CUEX" | "CUSA" => count(3),
        "AMENITY" => list(&["Q7ART", "Q7FOOD", "Q7STORE", "Q7WIFI"]),
        "WAYFINDING" => list(&["Q7SIGN", "Q7SCREENS", "Q7WALKWAYS", "Q14FIND"]),
        "CLEAN" => list(&["Q9BOARDING", "Q9FOOD", "Q9RESTROOM"]),
        "SAFE" => list(&["Q10SAFE"]),
        "OUT" => count(4).iter().map(|key: &String| key.to_lowercase()).collect(),
        key => match KIOSK.iter().find(|(name, _)| *name == key) {
            Some((_, items)) => numbered("p", items),
            None => list(&[key]),
        },
    }
}

/// Experience dimensions by name and the overall outcome, over the whole file.
fn predicted(
    table: &Table,
    dimensions: &[String],
    outcome: &[String],
) -> (Layout, GroupedCell, Vec<Vec<Code>>) {
    let mut keys: Vec<String> = dimensions.iter().flat_map(|key| members(key)).collect();
    keys.extend(outcome.iter().cloned());
    let mut plan = table.plan(&keys);
    for key in dimensions {
        plan.dimension(key, Facet::Experience, None, &members(key));
    }
    plan.outcomes.overall = outcome.iter().map(|key| plan.index(key)).collect();
    let layout = plan.layout();
    let codes = table.codes(&layout);
    let cell = grouped(&layout, &codes);
    (layout, cell, codes)
}

fn everything(layout: &Layout) -> Vec<usize> {
    (0..layout.variables().len()).collect()
}

fn named(names: &[String], values: &[f64]) -> Value {
    names
        .iter()
        .cloned()
        .zip(values.iter().map(|value| json!(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn key_drivers(case: &Value, table: &Table, check: &mut Check) {
    let expected = &case["value"];
    let names: Vec<String> = expected["r"].as_object().unwrap().keys().cloned().collect();
    let outcome = match case["params"]["outcome"].as_str().unwrap() {
        "mean of out1..out4" => members("OUT"),
        key => members(key),
    };
    let (layout, cell, _) = predicted(table, &names, &outcome);
    for mode in [Mode::Listwise, Mode::Auto] {
        let report = json!(driver_report(&layout, &cell, mode));
        check.equal("n", &report["r2"]["n"], &expected["n"]);
        check.equal("r2", &report["r2"]["value"], &expected["r_squared"]);
        let fields = [("r", "r"), ("lmg", "lmg_shapley_raw"), ("relative_weights", "relative_weights_raw")];
        for key in &names {
            for (field, name) in fields {
                check.equal(name, &report[field][key]["value"], &expected[name][key]);
            }
        }
    }
    let moments = listwise_moments(&layout, &cell.total(&layout), &everything(&layout)).unwrap();
    coefficients(&moments, &names, expected, check);
    let percent = |shares: Vec<f64>| -> Vec<f64> {
        shares.iter().map(|share| 100.0 * share / shares.iter().sum::<f64>()).collect()
    };
    let weights = percent(relative_weights(&moments).unwrap());
    check.equal("relative_weights_pct", &named(&names, &weights), &expected["relative_weights_pct"]);
    let shares = percent(scoring::lmg(&moments).unwrap());
    check.equal("lmg_pct", &named(&names, &shares), &expected["lmg_pct"]);
    let number = condition_number(&moments).unwrap();
    check.equal("condition_number", &json!(number), &expected["condition_number"]);
}

fn coefficients(moments: &ScoreMoments, names: &[String], expected: &Value, check: &mut Check) {
    let fit = regression(moments).unwrap();
    check.equal("std_beta", &named(names, &fit.standardised), &expected["std_beta"]);
    check.equal("vif", &named(names, &fit.vif), &expected["vif"]);
    check.equal("r_squared", &json!(fit.r2), &expected["r_squared"]);
    check.equal("adj_r_squared", &json!(fit.adjusted_r2), &expected["adj_r_squared"]);
    let mut raw = named(names, &fit.coefficients);
    raw["(Intercept)"] = json!(fit.intercept);
    check.equal("unstd_coef", &raw, &expected["unstd_coef"]);
}

/// The jackknife of a statistic over complete rows only, grouped by their number among these.
fn over_complete(
    table: &Table,
    layout: &Layout,
    statistic: impl Fn(&JointCounts) -> Result<Vec<f64>, Undef>,
) -> Jackknife {
    let mut codes = table.codes(layout);
    codes.retain(|row| row.iter().all(|code| code.is_answer()));
    jackknife(layout, &grouped(layout, &codes), statistic).unwrap()
}

fn same_errors(found: &Jackknife, expected: &Value, check: &mut Check) {
    check.equal("G", &json!(found.groups()), &expected["G"]);
    check.equal("estimate", &json!(found.estimate), &expected["estimate"]);
    check.equal("replicate_first3", &json!(found.replicates[..3]), &expected["replicate_first3"]);
    for place in 0..found.estimate.len() {
        check.equal("se", &json!(found.se(place)), &expected["se"][place]);
        let about_mean = found.se_about_mean(place);
        check.equal(
            "se_about_replicate_mean",
            &json!(about_mean),
            &expected["se_about_replicate_mean"][place],
        );
    }
}

fn jackknife_alpha(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let mut plan = table.plan(&keys);
    plan.dimension("d", Facet::Experience, None, &keys);
    let layout = plan.layout();
    let alpha = |joint: &JointCounts| Ok(vec![alpha_of_joint(&layout, joint, Block::Dimension(0))?]);
    same_errors(&over_complete(table, &layout, alpha), &case["value"], check);
}

fn jackknife_weights(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let (outcome, predictors) = keys.split_last().unwrap();
    let (layout, cell, _) = predicted(table, predictors, std::slice::from_ref(outcome));
    let weights = |joint: &JointCounts| {
        let moments = listwise_moments(&layout, joint, &everything(&layout))?;
        Ok(relative_weights(&moments).unwrap())
    };
    let found = over_complete(table, &layout, weights);
    same_errors(&found, &case["value"], check);
    // All rows are complete: the report has the same errors.
    let report = driver_report(&layout, &cell, Mode::Listwise);
    for (place, key) in predictors.iter().enumerate() {
        let figure = report.relative_weights.get(key).unwrap();
        check.equal("report", &json!(figure.known().unwrap().ci95), &json!(found.interval(place, 250)));
    }
}

/// NPS as the mean of -100, 0 and 100: answers are counted as 1 detractor, 2 passive, 3 promoter.
fn jackknife_nps(case: &Value, table: &Table, check: &mut Check) {
    let layout = table.plan(&columns(case)).layout();
    let mut plan = Plan::default();
    plan.item("kind", 1, 3);
    let kinds = plan.layout();
    let scale = layout.items()[0].scale;
    let kind = |raw: u8| match raw {
        0..=6 => 1,
        7 | 8 => 2,
        _ => 3,
    };
    let answers = table.codes(&layout).into_iter().filter_map(|row| row[0].raw(scale));
    let codes: Vec<_> =
        answers.map(|raw| vec![Code::answer(kind(raw), kinds.items()[0].scale).unwrap()]).collect();
    let nps = |joint: &JointCounts| {
        let pair = joint.item_pair(0, 0);
        Ok(vec![100.0 * (pair.sum_a as f64 / pair.n as f64 - 2.0)])
    };
    let found = jackknife(&kinds, &grouped(&kinds, &codes), nps).unwrap();
    same_errors(&found, &case["value"], check);
}

fn em(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let mut plan = table.plan(&keys);
    for key in &keys {
        plan.dimension(key, Facet::Experience, None, std::slice::from_ref(key));
    }
    let layout = plan.layout();
    let codes = table.codes(&layout);
    let total = grouped(&layout, &codes).total(&layout);
    let moments = em_moments(&layout, &total, &everything(&layout)).unwrap();
    check.equal("mean", &named(&keys, &moments.mean), &case["value"]["mean"]);
    check.equal("cov", &json!(moments.covariance), &case["value"]["cov"]["values"]);
    // The rows without any answer are no pattern and no people.
    let mut patterns: BTreeMap<Vec<bool>, u64> = BTreeMap::new();
    for row in &codes {
        *patterns.entry(row.iter().map(|code| code.is_answer()).collect()).or_default() += 1;
    }
    patterns.remove(&vec![false; keys.len()]);
    check.equal("n_patterns", &json!(patterns.len()), &case["value"]["n_patterns"]);
    check.equal("n", &json!(moments.n), &json!(patterns.values().sum::<u64>()));
}

fn kiosk(table: &Table) -> (Layout, GroupedCell, Vec<Vec<Code>>) {
    let letters = ["p", "e"];
    let of = |letter: &&str| KIOSK.iter().flat_map(|(_, items)| numbered(letter, items)).collect::<Vec<_>>();
    let mut keys: Vec<String> = letters.iter().flat_map(of).collect();
    keys.extend(members("OUT"));
    let mut plan = table.plan(&keys);
    for (key, items) in KIOSK {
        plan.dimension(key, Facet::Experience, None, &numbered("p", items));
        plan.dimension(&format!("{key}_expected"), Facet::Expectation, Some(key), &numbered("e", items));
    }
    plan.outcomes.overall = members("OUT").iter().map(|key| plan.index(key)).collect();
    let layout = plan.layout();
    let codes = table.codes(&layout);
    let cell = grouped(&layout, &codes);
    (layout, cell, codes)
}

fn outcome_variance(case: &Value, table: &Table, check: &mut Check) {
    let (layout, groups, codes) = kiosk(table);
    let found = variance_explained(&layout, &groups.total(&layout)).unwrap();
    let expected = &case["value"];
    let fits = [("perception_only", &found.experience), ("gap_only", &found.gap), ("p_and_e", &found.both)];
    for (name, fit) in fits {
        check.equal(name, &json!(fit.r2), &expected[format!("r2_{name}")]);
        check.equal(name, &json!(fit.adjusted_r2), &expected[format!("adj_{name}")]);
    }
    // F from the reference's own shares of variance; the design notes say F(6, 181) = 10.3 and 1.50.
    let (rest, both) = (1.0 - expected["r2_p_and_e"].as_f64().unwrap(), &expected["r2_p_and_e"]);
    let f = |small: &Value| (both.as_f64().unwrap() - small.as_f64().unwrap()) / 6.0 / (rest / 181.0);
    check.number("F gap", found.gap_test.f, f(&expected["r2_gap_only"]));
    check.number("F expectation", found.expectation_test.f, f(&expected["r2_perception_only"]));
    check.equal("df", &json!([found.gap_test.df1, found.gap_test.df2]), &json!([6, 181]));
    assert!((found.gap_test.p / 9e-10 - 1.0).abs() < 0.1 && (found.expectation_test.p - 0.18).abs() < 0.005);
    // Expectation adds to the judgement here instead of taking off: a fitted index has no meaning and says so.
    let fitted = fitted_tpq(&layout, &count_codes(&layout, &codes), &groups).unwrap();
    assert!((fitted.theta.known().unwrap() + 0.08).abs() < 0.02, "{fitted:?}");
    assert!(matches!(fitted.figure, Figure::Undefined(undef) if undef.undefined == Undefined::OutOfRange));
}

fn surface(case: &Value, table: &Table, check: &mut Check) {
    let (layout, groups, _) = kiosk(table);
    let joint = groups.total(&layout);
    let place = layout.dimensions().iter().position(|d| d.key == "CONVENIENCE").unwrap();
    let found = response_surface(&layout, &joint, place, place + 1).unwrap();
    let expected = &case["value"];
    check.equal("coef", &json!(found.coefficients), &expected["coef"]);
    check.equal("r_squared", &json!(found.r2), &expected["r_squared"]);
    let lines = [
        ("a1_slope_congruence", found.a1),
        ("a2_curve_congruence", found.a2),
        ("a3_slope_incongruence", found.a3),
        ("a4_curve_incongruence", found.a4),
    ];
    for (name, effect) in lines {
        check.equal(name, &json!({"value": effect.value, "se": effect.se}), &expected[name]);
    }
}

fn filter(case: &Value, table: &Table, check: &mut Check) {
    let keys = columns(case);
    let mut plan = table.plan(&keys);
    plan.dimension("experience", Facet::Experience, None, &keys[1..7]);
    plan.dimension("image", Facet::Image, None, &keys[7..]);
    plan.outcomes.overall = vec![0];
    let layout = plan.layout();
    let joint = grouped(&layout, &table.codes(&layout)).total(&layout);
    let found = image_filter(&layout, &joint, 0, 1).unwrap();
    let flat = json!({
        "n": found.n,
        "b_experience": found.experience.value,
        "b_image": found.image.value,
        "kappa": found.kappa,
        "r2_main": found.r2_main,
        "b_interaction": found.interaction.value,
        "t_interaction": found.interaction.t,
        "p_interaction": found.interaction.p,
        "r2_interaction": found.r2_interaction,
    });
    check.equal("", &flat, &case["value"]);
}

fn chart(case: &Value, table: &Table, check: &mut Check) {
    let of = |letter: &str| numbered(letter, &(1..=24).collect::<Vec<u8>>());
    let keys: Vec<String> = of("sat").into_iter().chain(of("imp")).chain(members("OUT")).collect();
    let mut plan = table.plan(&keys);
    for (performance, importance) in of("sat").iter().zip(&of("imp")) {
        plan.dimension(performance, Facet::Experience, None, std::slice::from_ref(performance));
        plan.dimension(importance, Facet::Importance, Some(performance), std::slice::from_ref(importance));
    }
    plan.outcomes.overall = members("OUT").iter().map(|key| plan.index(key)).collect();
    let layout = plan.layout();
    let codes = table.codes(&layout);
    let (cell, cells) = (count_codes(&layout, &codes), grouped(&layout, &codes));
    let drivers = driver_report(&layout, &cells, Mode::Listwise);
    let found = importance_performance(&layout, &cell, &drivers);
    let expected = &case["value"];
    let value = |figure: &Figure| figure.known().unwrap().value;
    let keys = of("sat");
    let positions: Vec<_> = keys.iter().map(|key| found.dimensions.get(key).unwrap()).collect();
    let stated: Vec<f64> = positions.iter().map(|one| value(one.stated.as_ref().unwrap())).collect();
    // Points of 100 on the scale 1..7, back to raw units.
    let raw = |points: f64| 1.0 + 6.0 * points / 100.0;
    let performance: Vec<f64> = positions.iter().map(|one| raw(value(&one.performance))).collect();
    let derived: Vec<f64> = keys.iter().map(|key| value(drivers.r.get(key).unwrap())).collect();
    check.equal("stated_importance", &json!(stated), &expected["stated_importance"]);
    check.equal("performance", &json!(performance), &expected["performance"]);
    check.equal("derived_importance_r", &json!(derived), &expected["derived_importance_r"]);
    let person = person_mean(&layout, &cell, Variable::Dimension(0)).mean;
    check.equal("person mean", &json!(value(&person)), &expected["performance"][0]);
    let cut_stated = *found.cut_stated.unwrap().known().unwrap();
    let cut_performance = raw(*found.cut_performance.known().unwrap());
    check.equal("cut_importance_mean", &json!(cut_stated), &expected["cut_importance_mean"]);
    check.equal("cut_performance_mean", &json!(cut_performance), &expected["cut_performance_mean"]);
    let mean = derived.iter().sum::<f64>() / derived.len() as f64;
    check.equal("cut_derived_mean", &json!(mean), &expected["cut_derived_mean"]);
    let rank = rank_correlation(&stated, &derived).unwrap();
    check.equal("spearman", &json!(rank), &expected["spearman_stated_vs_derived"]);
    let points = stated.iter().zip(&performance);
    let corners: Vec<Quadrant> =
        points.map(|(i, p)| quadrant((*i, cut_stated), (*p, cut_performance))).collect();
    check.equal("quadrant_stated", &json!(corners), &expected["quadrant_stated"]);
    // A box that lies in a quadrant lies where its point does; 24 dimensions are too many for shares.
    for (one, corner) in positions.iter().zip(corners) {
        let boxed = one.quadrant_stated.unwrap();
        assert!(boxed == corner || boxed == Quadrant::Undetermined);
        assert_eq!(one.quadrant_derived, Quadrant::Undetermined);
    }
    assert!(positions.iter().any(|one| one.quadrant_stated != Some(Quadrant::Undetermined)));
}
