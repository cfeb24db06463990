//! Weights, careless answers: reference values on real data.

use scoring::{
    Code, Distribution, Layout, Margin, RakeClass, RakeRules, Raking, Reference, ReferenceCounts, Scale,
    Thresholds, Weighted, WeightedMean, WeightedScores, careless_indices, rake,
};
use serde_json::{Value, json};

use crate::answers::{Plan, on_scale};
use crate::compare::Check;
use crate::real::{Compare, columns};
use crate::table::Table;

/// How the cases of the statistics of this area are compared.
pub fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "weighted_mean" => weighted_item_mean,
        "weighted_nps" => weighted_promoters,
        "raking" => raking,
        "careless_responding_indices" => careless,
        _ => return None,
    })
}

/// The answers to the first column of a case with their weights: once as scores, once as weighted rows.
fn weighted(case: &Value, table: &Table) -> (WeightedScores, Weighted, Layout) {
    let key = &columns(case)[0];
    let layout = table.plan(std::slice::from_ref(key)).layout();
    let scale = layout.items()[0].scale;
    let (answer, weight) = (table.column(key), table.column("WEIGHT"));
    let (mut scores, mut rows) = (WeightedScores::new(1), Weighted::of_rows(&layout));
    for row in &table.rows {
        if let Some(code) = on_scale(&row[answer], scale) {
            let weight = row[weight].parse().unwrap();
            scores.increase(i64::from(code.raw(scale).unwrap()), weight, 1).unwrap();
            rows.record(&layout, weight, &[code]).unwrap();
        }
    }
    (scores, rows, layout)
}

fn mean_fields(mean: &WeightedMean, expected: &Value, check: &mut Check) {
    let found = json!(mean);
    let fields = [
        ("n", "n"),
        ("value", "mean"),
        ("se", "se_linearised"),
        ("n_eff", "kish_n_eff"),
        ("design_effect", "kish_deff"),
        ("sum_of_weights", "sum_w"),
        ("ci95", "ci"),
    ];
    for (field, name) in fields {
        check.equal(name, &found[field], &expected[name]);
    }
}

fn weighted_item_mean(case: &Value, table: &Table, check: &mut Check) {
    let (scores, rows, layout) = weighted(case, table);
    mean_fields(scores.mean().known().unwrap(), &case["value"], check);
    mean_fields(rows.item_mean(&layout, 0).known().unwrap(), &case["value"], check);
}

fn weighted_promoters(case: &Value, table: &Table, check: &mut Check) {
    let (scores, rows, layout) = weighted(case, table);
    for nps in [scores.nps(), rows.nps(&layout, 0)] {
        let found = json!(nps.known().unwrap());
        for (field, name) in [("n", "n"), ("value", "nps"), ("se", "se_linearised")] {
            check.equal(name, &found[field], &case["value"][name]);
        }
    }
}

/// The margins of the case, and its answers by cross-class.
fn raked(case: &Value, table: &Table) -> (Raking, Vec<[String; 2]>, Vec<Distribution>) {
    let names = ["BAREA", "PEAK"];
    let margins = names.map(|name| {
        let targets = case["value"][format!("margin_{}", name.to_lowercase())].as_object().unwrap();
        (targets.keys().cloned().collect::<Vec<_>>(), targets.values().map(|v| v.as_f64().unwrap()).collect())
    });
    let mut classes = Vec::new();
    let (mut keys, mut scores) = (Vec::new(), Vec::new());
    let column = names.map(|name| table.column(name));
    let answer = table.column("Q7ALL");
    for (a, area) in margins[0].0.iter().enumerate() {
        for (p, peak) in margins[1].0.iter().enumerate() {
            let mut of_class = Distribution::new(1);
            let here = table.rows.iter().filter(|row| &row[column[0]] == area && &row[column[1]] == peak);
            for code in here.filter_map(|row| on_scale(&row[answer], Scale::new(1, 5).unwrap())) {
                of_class.increase(i64::from(code.byte()), 1);
            }
            classes.push(RakeClass { levels: vec![a, p], answers: of_class.n() });
            keys.push([area.clone(), peak.clone()]);
            scores.push(of_class);
        }
    }
    let margins =
        margins.into_iter().zip(names).map(|((_, targets), name)| Margin { name: name.into(), targets });
    let raking = rake(&classes, &margins.collect::<Vec<_>>(), &RakeRules::default()).unwrap();
    (raking, keys, scores)
}

fn raking(case: &Value, table: &Table, check: &mut Check) {
    let (raking, keys, scores) = raked(case, table);
    let expected = &case["value"];
    for cell in expected["cell_weights"].as_array().unwrap() {
        let place = keys.iter().position(|key| json!(key) == json!([cell["BAREA"], cell["PEAK"]])).unwrap();
        check.number("weight", raking.weights()[place], cell["weight"].as_f64().unwrap());
    }
    for (place, name) in ["margin_barea", "margin_peak"].iter().enumerate() {
        for (level, target) in expected[name].as_object().unwrap() {
            let classes = keys.iter().zip(raking.weights().iter().zip(raking.answers()));
            let reached: f64 =
                classes.filter(|(key, _)| &key[place] == level).map(|(_, (w, n))| w * *n as f64).sum();
            check.number(level, reached, target.as_f64().unwrap());
        }
    }
    let mean = raking.mean(&scores).unwrap();
    let mean = mean.known().unwrap();
    for (name, found) in [("mean", mean.value), ("se_calibrated", *mean.se.known().unwrap())] {
        check.number(name, found, expected[name].as_f64().unwrap());
    }
    check.number("kish_deff", raking.sums().design_effect(), expected["kish_deff"].as_f64().unwrap());
    check.number("kish_deff", mean.design_effect, expected["kish_deff"].as_f64().unwrap());
    let none = json!([raking.trimmed(), raking.sums().people()]);
    check.equal("people", &none, &json!([0, scores.iter().map(Distribution::n).sum::<u64>()]));
    through_cells(&raking, &scores, mean, check);
}

/// The same figure from the cells of the classes.
fn through_cells(raking: &Raking, scores: &[Distribution], mean: &WeightedMean, check: &mut Check) {
    let mut plan = Plan::default();
    plan.item("Q7ALL", 1, 5);
    let layout = plan.layout();
    let cells: Vec<_> = scores
        .iter()
        .map(|scores| {
            let mut cell = scoring::Cell::empty(&layout);
            for (key, people) in scores.keys() {
                for _ in 0..people {
                    cell.record(&layout, &[Code::from_byte(u8::try_from(key).unwrap()).unwrap()]).unwrap();
                }
            }
            cell
        })
        .collect();
    let weighted = Weighted::of_raking(&layout, raking, &cells.iter().collect::<Vec<_>>()).unwrap();
    let found = weighted.item_mean(&layout, 0);
    check.equal("through cells", &json!(found.known().unwrap()), &json!(mean));
}

/// Complete rows, reversed where the reference reverses, as codes of a layout without reversal.
fn complete_rows(case: &Value, table: &Table) -> (Layout, Vec<Vec<Code>>) {
    let keys = columns(case);
    let reversing = table.plan(&keys).layout();
    let mut plan = Plan::default();
    for item in reversing.items() {
        plan.item(&item.key, u64::from(item.scale.min), u64::from(item.scale.max));
    }
    let at: Vec<_> = keys.iter().map(|key| table.column(key)).collect();
    let rows = table.rows.iter().filter_map(|row| {
        let codes = reversing.items().iter().zip(&at).map(|(item, &column)| {
            let raw = on_scale(&row[column], item.scale)?.raw(item.scale)?;
            Code::answer(item.polarised(raw), item.scale)
        });
        codes.collect()
    });
    (plan.layout(), rows.collect())
}

fn careless(case: &Value, table: &Table, check: &mut Check) {
    let (layout, rows) = complete_rows(case, table);
    let expected = &case["value"];
    let order: Vec<usize> = (0..layout.items().len()).collect();
    let mut counts = ReferenceCounts::new(order.clone());
    assert!(rows.iter().all(|codes| counts.record(&layout, codes)));
    let frozen = counts.freeze().unwrap();
    // As stored and read again.
    let reference = Reference::new(order.clone(), frozen.mean().to_vec(), frozen.covariance()).unwrap();
    let all: Vec<_> =
        rows.iter().map(|codes| careless_indices(&layout, &order, codes, None, Some(&reference))).collect();
    let irv: Vec<f64> = all.iter().map(|indices| indices.irv.unwrap()).collect();
    let far: Vec<f64> = all.iter().map(|indices| indices.distance.unwrap().d2).collect();
    let mut flags = scoring::FlagCounts::default();
    for indices in &all {
        flags.record(indices, Thresholds::default().flags(indices));
    }
    let runs: serde_json::Map<_, _> =
        flags.runs().map(|(run, people)| (run.to_string(), json!(people))).collect();
    let first = |list: &[f64]| json!(list[..10]);
    let largest = |list: &[f64]| list.iter().fold(0.0_f64, |most, x| most.max(*x));
    let run_lengths: Vec<_> = all.iter().map(|indices| indices.longstring).collect();
    let found = json!({
        "n": rows.len(),
        "k": layout.items().len(),
        "longstring_first10": run_lengths[..10],
        "longstring_max": run_lengths.iter().max(),
        "longstring_table": runs,
        "irv_first10": first(&irv),
        "irv_mean": irv.iter().sum::<f64>() / irv.len() as f64,
        "n_irv_zero": irv.iter().filter(|irv| **irv <= 0.0).count(),
        "mahalanobis_first10": first(&far),
        "mahalanobis_max": largest(&far),
        "n_mahal_p001": flags.of(scoring::Flag::Mahalanobis),
    });
    check.equal("", &found, expected);
}
