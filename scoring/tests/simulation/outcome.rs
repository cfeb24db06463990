//! The interval of the net promoter score: its coverage as an exact sum over promoters and detractors.

use scoring::adjusted_wald_nps;
use statrs::function::gamma::ln_gamma;

use super::run::{Case, GRID, assert_good_from, print_table};

/// Promoters and detractors; the rest is passive.
const CASES: [(&str, f64, f64); 7] = [
    ("NPS +12 (.40 / .28)", 0.40, 0.28),
    ("NPS +75 (.80 / .05)", 0.80, 0.05),
    ("NPS +88 (.90 / .02)", 0.90, 0.02),
    ("NPS +94.5 (.95 / .005)", 0.95, 0.005),
    ("NPS +2 (.06 / .04), mostly passive", 0.06, 0.04),
    ("NPS 0 (.50 / .50), no passive", 0.50, 0.50),
    ("NPS -50 (.10 / .60)", 0.10, 0.60),
];

#[test]
#[ignore = "heavy: exact sums up to n = 1000, seconds in release"]
fn the_interval_of_the_net_promoter_score_is_good_from_some_n_on() {
    let cases: Vec<Case> = CASES.iter().map(exact_case).collect();
    print_table("NPS, adjusted Wald (exact)", &cases);
    assert_good_from(&cases, &[10, 10, 10, 20, 100, 20, 10].map(Some));
}

fn exact_case(&(name, up, down): &(&str, f64, f64)) -> Case {
    let mut case = Case::new(name);
    for n in GRID {
        case.push_exact(n, held(n, up, down));
    }
    case
}

/// The probability that the interval of n answers holds the true score.
fn held(n: u32, up: f64, down: f64) -> f64 {
    let truth = 100.0 * (up - down);
    let ln_factorial: Vec<f64> = (0..=n).map(|k| ln_gamma(f64::from(k) + 1.0)).collect();
    let passive = 1.0 - up - down;
    // 0 ln 0 is 0: a share of nobody leaves out every outcome with somebody in it.
    let power = |share: f64, k: u32| if k == 0 { 0.0 } else { f64::from(k) * share.ln() };
    let mut held = 0.0;
    for promoters in 0..=n {
        for detractors in 0..=n - promoters {
            let rest = n - promoters - detractors;
            let ways = [n, promoters, detractors, rest].map(|k| ln_factorial[k as usize]);
            let powers = power(up, promoters) + power(down, detractors) + power(passive.max(0.0), rest);
            let p = (ways[0] - ways[1] - ways[2] - ways[3] + powers).exp();
            let [lower, upper] =
                adjusted_wald_nps(promoters.into(), detractors.into(), n.into()).known().unwrap();
            if lower <= truth && truth <= upper {
                held += p;
            }
        }
    }
    held
}
