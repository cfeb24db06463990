//! Tail probabilities and quantiles by SciPy and mpmath.

use scoring::probability as dist;
use serde_json::Value;

use crate::compare::{Check, Tally};

/// Compares every row of `make_probability.py`: probabilities at 1e-11,
/// quantiles at 1e-11 of their size.
pub fn run() -> Tally {
    let file: Value = serde_json::from_str(include_str!("own_probability.json")).unwrap();
    let mut tally = Tally::default();
    for row in file["rows"].as_array().unwrap() {
        let name = row[0].as_str().unwrap();
        let numbers: Vec<f64> = row.as_array().unwrap()[1..].iter().map(|x| x.as_f64().unwrap()).collect();
        let (expected, arguments) = numbers.split_last().unwrap();
        let found = value(name, arguments).unwrap();
        let mut check = Check::new(&row.to_string(), 1e-11);
        let size = if name.ends_with("quantile") { expected.abs().max(1e-300) } else { 1.0 };
        check.number("", found / size, expected / size);
        tally.take(name, check);
    }
    tally
}

fn value(name: &str, x: &[f64]) -> Option<f64> {
    #[allow(clippy::float_cmp, reason = "a whole number")]
    let groups = || (2..=200_u32).find(|&k| f64::from(k) == x[1]).unwrap() as usize;
    let df = || if x[2] < 0.0 { f64::INFINITY } else { x[2] };
    match name {
        "normal_sf" => Some(dist::normal_sf(x[0])),
        "normal_cdf" => Some(dist::normal_cdf(x[0])),
        "normal_quantile" => dist::normal_quantile(x[0]),
        "t_sf" => dist::t_sf(x[0], x[1]),
        "t_quantile" => dist::t_quantile(x[0], x[1]),
        "chi_square_sf" => dist::chi_square_sf(x[0], x[1]),
        "chi_square_quantile" => dist::chi_square_quantile(x[0], x[1]),
        "f_sf" => dist::f_sf(x[0], x[1], x[2]),
        "studentised_range_sf" => dist::studentised_range_sf(x[0], groups(), df()),
        "studentised_range_quantile" => dist::studentised_range_quantile(x[0], groups(), df()),
        other => panic!("no function {other}"),
    }
}
