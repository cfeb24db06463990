//! Comparisons of groups and small places: R on real data, SciPy on the project's own synthetic groups.

use scoring::{
    Block, Distribution, FTest, Facet, Figure, Moment, brown_forsythe_means, classic_anova, cohen_d, compare,
    dersimonian_laird, empirical_bayes, paule_mandel, shrink, tost, welch_t,
};
use serde_json::{Map, Value, json};

use crate::compare::{Check, Tally};
use crate::real::{Compare, columns};
use crate::table::Table;

/// The cases of this area.
pub fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "group_comparison" => group_comparison,
        "tost_welch" => tost_welch,
        "empirical_bayes_normal_normal" => normal_normal,
        _ => return None,
    })
}

/// Cases of which R's studentised range is coarser than their tolerance of 1e-9, with how far its intervals and
/// p-values are off.
///
/// `qtukey` stops its secant steps at a change of 1e-4 and is documented for four decimals; `ptukey` loses
/// digits at three and four degrees of freedom. SciPy and this crate agree on the same arguments to 1e-11
/// (`make_probability.py`).
const COARSE_RANGE: [(&str, f64, f64); 2] =
    [("sfo2017.groups.Q7ALL.by_barea", 1.5e-9, 0.0), ("sfo2017.groups.Q7ALL.by_lang", 9e-7, 3.8e-9)];

/// The half-rule scores (or the answers to one item) of the rows that are kept.
fn scores(table: &Table, items: &[String], keep: impl Fn(&csv::StringRecord) -> bool) -> Distribution {
    let mut plan = table.plan(items);
    plan.dimension("d", Facet::Experience, None, items);
    let layout = plan.layout();
    Distribution::of_block(&layout, &table.cell(&plan, &layout, keep), Block::Dimension(0))
}

fn group_comparison(case: &Value, table: &Table, check: &mut Check) {
    let mut items = columns(case);
    let group = table.column(&items.pop().unwrap());
    let expected = &case["value"];
    let names = expected["levels"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
    let levels: Vec<_> =
        names.map(|name| (name.clone(), scores(table, &items, |row| row[group] == name))).collect();
    let moments: Vec<_> = levels.iter().map(|(_, scores)| Moment::of(scores)).collect();
    let report = json!(compare(&levels, 0.2));
    for (name, scores) in &levels {
        check.equal(&format!("n {name}"), &report["levels"][name]["n"], &expected["n"][name]);
        check.equal(&format!("mean {name}"), &report["levels"][name]["mean"], &expected["mean"][name]);
        check.equal(&format!("var {name}"), &json!(scores.variance()), &expected["var"][name]);
    }
    f_test(check, "welch", &report["welch"], &expected["welch"]);
    f_test(check, "classic", &json!(classic_anova(&moments)), &expected["classic"]);
    f_test(check, "F*", &json!(brown_forsythe_means(&moments)), &expected["brown_forsythe_Fstar_means"]);
    f_test(check, "levene", &report["brown_forsythe"], &expected["levene_median_brown_forsythe"]);
    check.equal("omega", &report["effect"]["omega_squared"]["value"], &expected["omega_squared"]);
    for (field, name) in [("h", "H"), ("df", "df"), ("p", "p")] {
        check.equal(name, &report["kruskal_wallis"][field], &expected["kruskal"][name]);
    }
    check.equal("epsilon", &report["effect"]["epsilon_squared"]["value"], &expected["kruskal"]["epsilon_sq"]);
    let pairs = report["pairwise"].as_array().unwrap();
    assert_eq!(pairs.len(), expected["pairwise"].as_object().unwrap().len());
    for (index, found) in pairs.iter().enumerate() {
        let name = format!("{}|{}", found["a"].as_str().unwrap(), found["b"].as_str().unwrap());
        let moment = |side: &str| {
            let place = levels.iter().position(|(name, _)| found[side] == json!(name)).unwrap();
            moments[place]
        };
        let expected = &expected["pairwise"][&name];
        pair(check, &name, found, [moment("a"), moment("b")], expected);
        let coarse = COARSE_RANGE.iter().find(|(id, ..)| case["id"] == *id);
        let off = coarse.map_or([0.0, 0.0], |(_, interval, p)| [*interval, *p]);
        simultaneous(check, &name, &report["games_howell"][index], expected, off);
    }
}

fn f_test(check: &mut Check, path: &str, found: &Value, expected: &Value) {
    for (field, name) in [("f", "F"), ("df1", "df1"), ("df2", "df2"), ("p", "p")] {
        check.equal(&format!("{path} {name}"), &found[field], &expected[name]);
    }
}

/// The reference's difference is mean(a) - mean(b), ours the other way round.
fn pair(check: &mut Check, path: &str, found: &Value, [a, b]: [Moment; 2], expected: &Value) {
    let test = json!(welch_t(&b, &a));
    for (field, name) in [("diff", "diff"), ("se", "se"), ("t", "t"), ("df", "df"), ("p", "p_welch")] {
        check.equal(&format!("{path} {name}"), &test[field], &expected[name]);
    }
    check.number(path, -found["diff"].as_f64().unwrap(), expected["diff"].as_f64().unwrap());
    check.number(path, -found["hedges_g"].as_f64().unwrap(), expected["hedges_g"].as_f64().unwrap());
    check.equal(path, &json!(cohen_d(&b, &a)), &expected["cohen_d"]);
    for (field, name) in [("p", "p_welch"), ("p_holm", "p_holm"), ("p_bh", "p_bh")] {
        check.equal(&format!("{path} {name}"), &found[field], &expected[name]);
    }
}

fn simultaneous(check: &mut Check, path: &str, found: &Value, expected: &Value, [interval, p]: [f64; 2]) {
    let ci95 = &found["ci95"];
    let pairs = [
        (format!("{path} gh_ci lower"), -ci95[1].as_f64().unwrap(), &expected["gh_ci"][0], interval),
        (format!("{path} gh_ci upper"), -ci95[0].as_f64().unwrap(), &expected["gh_ci"][1], interval),
        (format!("{path} p_games_howell"), found["p"].as_f64().unwrap(), &expected["p_games_howell"], p),
    ];
    for (path, ours, theirs, off) in pairs {
        let theirs = theirs.as_f64().unwrap();
        if off > 0.0 {
            assert!((ours - theirs).abs() <= off, "{path}: {ours} and {theirs}");
        } else {
            check.number(&path, ours, theirs);
        }
    }
}

fn tost_welch(case: &Value, table: &Table, check: &mut Check) {
    let mut items = columns(case);
    let group = table.column(&items.pop().unwrap());
    let a = Moment::of(&scores(table, &items, |row| &row[group] == "3"));
    let b = Moment::of(&scores(table, &items, |row| &row[group] != "3"));
    // The reference takes mean(a) - mean(b): our b is its a.
    let found = json!(tost(&b, &a, case["params"]["margin"].as_f64().unwrap()));
    check.equal("n", &json!([a.n, b.n]), &case["value"]["n"]);
    for (name, expected) in case["value"].as_object().unwrap().iter().filter(|(name, _)| *name != "n") {
        check.equal(name, &found[name], expected);
    }
}

fn normal_normal(case: &Value, table: &Table, check: &mut Check) {
    let mut items = columns(case);
    let group = table.column(&items.pop().unwrap());
    let expected = &case["value"];
    let names: Vec<String> = expected["n"].as_object().unwrap().keys().cloned().collect();
    let levels: Vec<_> = names
        .iter()
        .map(|name| (name.clone(), Moment::of(&scores(table, &items, |row| row[group] == *name))))
        .collect();
    let report = json!(shrink(&levels));
    let pooled = report["pooled_variance"].as_f64().unwrap();
    check.number("pooled", pooled, expected["pooled_within_variance"].as_f64().unwrap());
    check.equal("k", &json!(levels.len()), &expected["k"]);
    for (field, name) in [("q", "Q"), ("p", "p_heterogeneity"), ("i2", "I2")] {
        check.equal(name, &report[field], &expected[name]);
    }
    check.equal("overall", &report["funnel"]["target"], &expected["funnel"]["overall"]);
    check.equal("phi", &report["funnel"]["phi_plain"], &expected["funnel"]["phi"]);
    check.equal("tau2", &report["tau2_dersimonian_laird"], &expected["dersimonian_laird"]["tau2"]);
    check.equal("tau2", &report["tau2"]["value"], &expected["paule_mandel"]["tau2"]);
    check.equal("mu", &report["mu"]["value"], &expected["paule_mandel"]["mu"]);
    let pairs: Vec<_> = levels.iter().map(|(_, level)| (level.mean, pooled / level.n as f64)).collect();
    for (name, (_, v)) in names.iter().zip(&pairs) {
        let place = &report["places"][name];
        check.equal(name, &place["n"], &expected["n"][name]);
        check.equal(name, &place["mean"], &expected["raw"][name]);
        check.equal(name, &json!(v), &expected["v"][name]);
        check.equal(name, &place["z"], &expected["funnel"]["z"][name]);
        check.equal(name, &place["shrunk"], &expected["paule_mandel"]["shrunk"][name]);
    }
    model(check, &names, &pairs, dersimonian_laird(&pairs).unwrap(), &expected["dersimonian_laird"]);
    model(check, &names, &pairs, paule_mandel(&pairs).unwrap(), &expected["paule_mandel"]);
}

fn model(check: &mut Check, names: &[String], pairs: &[(f64, f64)], tau2: f64, expected: &Value) {
    let model = empirical_bayes(pairs, tau2).unwrap();
    let single = json!({ "tau2": tau2, "mu": model.mu, "se_mu": model.se_mu });
    for name in ["tau2", "mu", "se_mu"] {
        check.equal(name, &single[name], &expected[name]);
    }
    for (name, place) in names.iter().zip(model.places) {
        check.number(name, place.shrinkage, expected["shrink_B"][name].as_f64().unwrap());
        check.number(name, place.shrunk, expected["shrunk"][name].as_f64().unwrap());
        check.number(name, place.plain_sd, expected["post_sd"][name].as_f64().unwrap());
    }
}

/// Compares every synthetic case with what `make_comparison.py` found.
pub fn run_own() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_comparison.json")).unwrap();
    let tolerance = file["tolerance"]["abs"].as_f64().unwrap();
    let mut tally = Tally::default();
    for case in file["comparisons"].as_array().unwrap() {
        let mut check = Check::new(case["id"].as_str().unwrap(), tolerance);
        check.equal("", &own_comparison(case), &case["expected"]);
        tally.take("comparison", check);
    }
    for case in file["places"].as_array().unwrap() {
        let mut check = Check::new(case["id"].as_str().unwrap(), tolerance);
        let levels = case["levels"].as_object().unwrap().iter().map(|(name, m)| {
            let number = |i: usize| m[i].as_f64().unwrap();
            let moment = Moment { n: m[0].as_u64().unwrap(), mean: number(1), variance_of_mean: number(2) };
            (name.clone(), moment)
        });
        check.equal("", &json!(shrink(&levels.collect::<Vec<_>>())), &case["expected"]);
        tally.take("places", check);
    }
    tally
}

fn own_comparison(case: &Value) -> Value {
    let mut levels = Vec::new();
    for (name, counts) in case["levels"].as_object().unwrap() {
        let mut scores = Distribution::new(case["denominator"].as_i64().unwrap());
        for (key, people) in counts.as_object().unwrap() {
            scores.increase(key.parse().unwrap(), people.as_u64().unwrap());
        }
        levels.push((name.clone(), scores));
    }
    let moments: Vec<_> = levels.iter().map(|(_, scores)| Moment::of(scores)).collect();
    let mut report: Map<String, Value> =
        serde_json::from_value(json!(compare(&levels, case["margin"].as_f64().unwrap()))).unwrap();
    let extra: [(&str, Figure<FTest>); 2] =
        [("classic", classic_anova(&moments)), ("f_star", brown_forsythe_means(&moments))];
    report.extend(extra.map(|(name, test)| (name.to_owned(), json!(test))));
    Value::Object(report)
}
