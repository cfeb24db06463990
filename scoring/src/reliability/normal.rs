//! The two classical intervals of alpha, which take normal items for granted.
//!
//! For comparison with other programs. On skewed answers both are too narrow; reports use
//! [`crate::alpha_adf`], which takes nothing for granted.

use crate::error::Undefined;
use crate::figure::Interval;
use crate::special::{Z975, beta_quantile};

/// Feldt's F interval of alpha (1965), for k items and n people.
///
/// 1 - (1 - alpha) F_p(n - 1, (n - 1)(k - 1)) with p = .975 for the lower and .025 for the upper bound; exact for
/// normal items with equal variances and covariances, too narrow for skewed ones. Undefined for n < 2, k < 2
/// and alpha = 1.
///
/// ```
/// let [lower, upper] = scoring::feldt_interval(0.8, 100, 5).known().unwrap();
/// assert!((lower - 0.7305582).abs() < 1e-6 && (upper - 0.8558867).abs() < 1e-6);
/// ```
pub fn feldt_interval(alpha: f64, n: u64, k: usize) -> Interval {
    if let Err(nothing) = usable(alpha, n, k, 2) {
        return nothing;
    }
    let d1 = n as f64 - 1.0;
    let d2 = d1 * (k as f64 - 1.0);
    let quantile = |p: f64| {
        let share = beta_quantile(p, d1 / 2.0, d2 / 2.0);
        d2 * share / (d1 * (1.0 - share))
    };
    Interval::Known([1.0 - (1.0 - alpha) * quantile(0.975), 1.0 - (1.0 - alpha) * quantile(0.025)])
}

/// Bonett's interval of alpha (2002), for k items and n people.
///
/// 1 - exp(ln(1 - alpha) - ln(n/(n - 1)) ± z₀.₉₇₅ √(2k/((k - 1)(n - 2)))); takes normal items for granted, too
/// narrow for skewed ones. Undefined for n < 3, k < 2 and alpha = 1.
///
/// ```
/// let [lower, upper] = scoring::bonett_interval(0.8, 100, 5).known().unwrap();
/// assert!((lower - 0.7292189).abs() < 1e-6 && (upper - 0.8552189).abs() < 1e-6);
/// ```
pub fn bonett_interval(alpha: f64, n: u64, k: usize) -> Interval {
    if let Err(nothing) = usable(alpha, n, k, 3) {
        return nothing;
    }
    let (people, items) = (n as f64, k as f64);
    let centre = (1.0 - alpha).ln() - (people / (people - 1.0)).ln();
    let half = Z975 * (2.0 * items / ((items - 1.0) * (people - 2.0))).sqrt();
    Interval::Known([1.0 - (centre + half).exp(), 1.0 - (centre - half).exp()])
}

fn usable(alpha: f64, n: u64, k: usize, people: u64) -> Result<(), Interval> {
    let reason = match n {
        0 => Undefined::NoAnswers,
        1 => Undefined::OneAnswer,
        _ if n < people => Undefined::FewForVariables,
        _ if k < 2 => Undefined::OneItem,
        _ if alpha < 1.0 => return Ok(()),
        _ => Undefined::AllItemsAgree,
    };
    Err(Interval::undefined(reason, n))
}
