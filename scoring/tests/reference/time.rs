//! Confidence sequences and control charts: reference values and the project's own cases.

use std::collections::BTreeMap;

use scoring::{
    Baseline, D2, Distribution, Scale, Series, ZChart, asymptotic_sequence, change, chart_report, cusum,
    ewma, mean_sequence, mean_threshold, mixture_variance, nps_sequence, sequence_report, share_sequence,
    xmr, z_chart,
};
use serde_json::{Value, json};

use crate::compare::{Check, Tally};
use crate::own;
use crate::real::{Compare, columns};
use crate::table::Table;

/// How the cases of one statistic of the reference are compared.
pub fn method(statistic: &str) -> Option<Compare> {
    Some(match statistic {
        "anytime_valid_intervals" => anytime_valid,
        "xmr_chart" => individuals,
        "p_chart_and_laney_p_prime" => laney,
        "ewma_and_cusum" => running,
        _ => return None,
    })
}

fn anytime_valid(case: &Value, table: &Table, check: &mut Check) {
    let plan = table.plan(&columns(case));
    let layout = plan.layout();
    let cell = table.cell(&plan, &layout, |_| true);
    let spec = &layout.items()[0];
    let counts = cell.item(0).unwrap().polarised(spec);
    let people = Distribution::of_histogram(&counts, spec.scale);
    let expected = &case["value"];
    let n = people.n();
    check.equal("n", &json!(n), &expected["n"]);
    check.equal("histogram", &json!(counts), &expected["histogram"]);
    check.equal("mean", &json!(people.mean()), &expected["mean"]);
    // The reference found rho2 by minimising; its note gives 1e-4 for that number.
    let rho2 = expected["asymptotic_cs"]["rho2"].as_f64().unwrap();
    let mut loose = Check::new("rho2", 1e-4);
    loose.number("rho2", mixture_variance(), rho2);
    check.equal("rho2 problems", &json!(loose.problems()), &json!(Vec::<String>::new()));
    check.equal(
        "asymptotic",
        &json!(asymptotic_sequence(&people, spec.scale)),
        &expected["asymptotic_cs"]["ci"],
    );
    let betting = &expected["histogram_betting_cs"];
    check.equal("log_threshold", &json!(mean_threshold(n)), &betting["log_threshold"]);
    check.equal("betting", &json!(mean_sequence(&people, spec.scale)), &betting["ci"]);
    top_box(&counts, spec.scale, &expected["top_box_beta_binomial_cs"], check);
    let report = json!(sequence_report(&layout, &cell));
    check.equal("report", &report["items"][&spec.key]["mean"]["ci95"], &betting["ci"]);
}

fn top_box(counts: &[u64], scale: Scale, expected: &Value, check: &mut Check) {
    let threshold = expected["threshold"].as_u64().unwrap();
    let below = usize::try_from(threshold).unwrap() - usize::from(scale.min);
    let count: u64 = counts[below..].iter().sum();
    check.equal("count", &json!(count), &expected["count"]);
    check.equal("prior", &json!([0.5, 0.5]), &expected["prior"]);
    check.equal("share", &json!(share_sequence(count, counts.iter().sum())), &expected["ci"]);
}

/// The histogram of Q7ALL on each interview day with answers.
fn days(table: &Table) -> (Vec<u64>, Vec<[u64; 5]>) {
    let (answer, date) = (table.column("Q7ALL"), table.column("INTDATE"));
    let mut days = BTreeMap::new();
    for row in table.rows() {
        if let (Ok(day), Ok(code @ 1..=5)) = (row[date].parse::<u64>(), row[answer].parse::<usize>()) {
            days.entry(day).or_insert([0; 5])[code - 1] += 1;
        }
    }
    days.into_iter().unzip()
}

fn daily_means(table: &Table) -> (Vec<u64>, Series) {
    let (days, histograms) = days(table);
    let scale = Scale::new(1, 5).unwrap();
    let people: Vec<_> = histograms.iter().map(|h| Distribution::of_histogram(h, scale)).collect();
    let labels: Vec<_> = days.iter().map(ToString::to_string).collect();
    let periods = labels.iter().map(String::as_str).zip(&people);
    (days, Series::of_distributions(periods, scale).unwrap())
}

fn individuals(case: &Value, table: &Table, check: &mut Check) {
    let (days, series) = daily_means(table);
    let expected = &case["value"];
    let baseline = Baseline::of_all(&series).unwrap();
    let chart = xmr(&series, &baseline).unwrap();
    check.equal("days", &json!(days), &expected["days"]);
    let people: Vec<_> = series.periods().iter().map(scoring::Period::n).collect();
    check.equal("n_per_day", &json!(people), &expected["n_per_day"]);
    check.equal("n", &json!(baseline.points), &expected["n"]);
    let values: Vec<_> = chart.points.iter().map(|point| point.value).collect();
    let found = [
        ("values", json!(values)),
        ("centre", json!(chart.centre)),
        ("mr_bar", json!(chart.moving_range)),
        ("d2", json!(D2)),
        ("sigma", json!(chart.sigma)),
        ("limits_exact_d2", json!(chart.limits)),
        ("limits_2_66", json!(chart.limits_2_66)),
        ("mr_upper_3_267", json!(chart.moving_range_upper)),
    ];
    for (name, found) in found {
        check.equal(name, &found, &expected[name]);
    }
}

fn laney(case: &Value, table: &Table, check: &mut Check) {
    let (days, histograms) = days(table);
    let expected = &case["value"];
    let labels: Vec<_> = days.iter().map(ToString::to_string).collect();
    let counts: Vec<u64> = histograms.iter().map(|h| h[3] + h[4]).collect();
    let people: Vec<u64> = histograms.iter().map(|h| h.iter().sum()).collect();
    let periods = labels.iter().zip(&counts).zip(&people).map(|((label, &count), &n)| (&label[..], count, n));
    let series = Series::of_shares(periods).unwrap();
    let chart = z_chart(&series, &Baseline::freeze(&series).unwrap()).unwrap();
    let each = |pick: fn(&scoring::ZPoint) -> f64| json!(chart.points.iter().map(pick).collect::<Vec<_>>());
    let ZChart { centre, unit, sigma_z, .. } = chart;
    check.number("unit", unit, (centre * (1.0 - centre)).sqrt());
    let found = [
        ("days", json!(days)),
        ("count", json!(counts)),
        ("n", each(|point| point.n as f64)),
        ("pbar", json!(centre)),
        ("sigma_z", json!(sigma_z)),
        ("z", each(|point| point.z)),
        ("p_lower", each(|point| point.plain[0])),
        ("p_upper", each(|point| point.plain[1])),
        ("laney_lower", each(|point| point.limits[0])),
        ("laney_upper", each(|point| point.limits[1])),
    ];
    for (name, found) in found {
        check.equal(name, &found, &expected[name]);
    }
}

fn running(case: &Value, table: &Table, check: &mut Check) {
    let (_, series) = daily_means(table);
    let baseline = Baseline::freeze(&series).unwrap();
    let (average, sums) = (ewma(&series, &baseline).unwrap(), cusum(&series, &baseline).unwrap());
    let each =
        |pick: fn(&scoring::EwmaPoint) -> f64| json!(average.points.iter().map(pick).collect::<Vec<_>>());
    let side =
        |pick: fn(&scoring::CusumPoint) -> f64| json!(sums.points.iter().map(pick).collect::<Vec<_>>());
    let found = json!({
        "ewma": {
            "lambda": average.lambda,
            "L": average.limit,
            "z": each(|point| point.value),
            "lower": each(|point| point.limits[0]),
            "upper": each(|point| point.limits[1]),
        },
        "cusum": {
            "k": sums.k,
            "h": sums.h,
            "hi": side(|point| point.high),
            "lo": side(|point| point.low),
        },
    });
    check.equal("", &found, &case["value"]);
}

/// Compares every case of `own_time.json`.
pub fn run_own() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_time.json")).unwrap();
    let tolerance = |kind: &str| file["tolerance"][kind].as_f64().unwrap();
    let mut tally = Tally::default();
    for case in file["cases"].as_array().unwrap() {
        let statistic = case["statistic"].as_str().unwrap();
        let (found, kind) = match statistic {
            "sequence_report" => (own_report(case), "report"),
            "chart_report" => (json!(chart_report(&own_series(case), None)), "chart"),
            _ => (own_exact(statistic, case), "exact"),
        };
        let mut check = Check::new(case["id"].as_str().unwrap(), tolerance(kind));
        check.equal("", &found, &case["expected"]);
        tally.take(statistic, check);
    }
    tally
}

fn own_report(case: &Value) -> Value {
    let (layout, cell) = own::counted(case["own"].as_str().unwrap());
    json!(sequence_report(&layout, &cell))
}

fn own_exact(statistic: &str, case: &Value) -> Value {
    let number = |key: &str| case[key].as_u64().unwrap();
    let five = Scale::new(1, 5).unwrap();
    match statistic {
        "mean_sequence" => {
            let mut people = Distribution::new(case["denominator"].as_i64().unwrap());
            for pair in case["counts"].as_array().unwrap() {
                people.increase(pair[0].as_i64().unwrap(), pair[1].as_u64().unwrap());
            }
            json!(mean_sequence(&people, scale(case)))
        }
        "share_sequence" => json!(share_sequence(number("count"), number("n"))),
        "nps_sequence" => json!(nps_sequence(number("promoters"), number("detractors"), number("n"))),
        "change" => {
            let people = |key: &str| Distribution::of_histogram(&whole(&case[key]), five);
            json!(change(&people("before"), &people("after"), five))
        }
        "mean_threshold" => json!(mean_threshold(number("n"))),
        "mixture_variance" => json!(mixture_variance()),
        other => panic!("no way to compare {other}"),
    }
}

fn scale(case: &Value) -> Scale {
    let end = |place: usize| u8::try_from(case["scale"][place].as_u64().unwrap()).unwrap();
    Scale::new(end(0), end(1)).unwrap()
}

fn whole(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect()
}

fn own_series(case: &Value) -> Series {
    let histograms: Vec<Vec<u64>> = case["histograms"].as_array().unwrap().iter().map(whole).collect();
    let labels: Vec<_> = (1..=histograms.len()).map(|place| format!("p{place:02}")).collect();
    let periods = labels.iter().map(String::as_str).zip(&histograms);
    match case["kind"].as_str().unwrap() {
        "share" => Series::of_shares(periods.map(|(label, h)| (label, h[1], h[0] + h[1]))).unwrap(),
        "nps" => {
            let parts = periods.map(|(label, h)| (label, h[2], h[0], h.iter().sum()));
            Series::of_nps(parts).unwrap()
        }
        _ => {
            let people: Vec<_> =
                histograms.iter().map(|h| Distribution::of_histogram(h, scale(case))).collect();
            Series::of_distributions(labels.iter().map(String::as_str).zip(&people), scale(case)).unwrap()
        }
    }
}
