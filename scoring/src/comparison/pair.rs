//! Two levels at a time: Welch's t, equivalence by two one-sided tests, Games and Howell's simultaneous pairs.

use serde::Serialize;

use super::moment::Moment;
use crate::error::Undefined;
use crate::figure::{Figure, Interval, Undef};
use crate::probability::{StudentisedRange, t_quantile, t_sf, t_two_sided};

/// Welch's t test of one difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WelchT {
    /// mean(b) - mean(a).
    pub diff: f64,
    /// Its standard error.
    pub se: f64,
    /// diff/se.
    pub t: f64,
    /// Degrees of freedom, not whole in general.
    pub df: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// Two one-sided tests of one difference against a margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tost {
    /// mean(b) - mean(a).
    pub diff: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// (diff + margin)/se.
    pub t_lower: f64,
    /// (diff - margin)/se.
    pub t_upper: f64,
    /// Against "the difference is at most -margin".
    pub p_lower: f64,
    /// Against "the difference is at least margin".
    pub p_upper: f64,
    /// The larger of the two.
    pub p: f64,
    /// The 90 % interval that corresponds to the test at 5 %.
    pub ci90: [f64; 2],
    /// Whether p is below 0.05.
    pub equivalent: bool,
}

/// One pair of a simultaneous comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairDifference {
    /// The level that comes first.
    pub a: String,
    /// The level that comes later.
    pub b: String,
    /// mean(b) - mean(a).
    pub diff: Figure<f64>,
    /// Simultaneous 95 % interval.
    pub ci95: Interval,
    /// p-value, adjusted for all pairs.
    pub p: Figure<f64>,
}

/// A difference with its standard error and degrees of freedom.
pub(super) struct Contrast {
    diff: f64,
    se: f64,
    df: f64,
    n: u64,
}

/// The difference of two means, as soon as both levels have answers.
pub(super) fn difference(a: &Moment, b: &Moment) -> Figure<f64> {
    let (a, b) = (a.checked(), b.checked());
    match a.n.min(b.n) {
        0 => Figure::undefined(Undefined::NoAnswers, a.n.saturating_add(b.n)),
        _ => Figure::Known(b.mean - a.mean),
    }
}

/// Difference, standard error and Satterthwaite's degrees of freedom, or why there are none.
///
/// A level whose people all agree adds nothing to the error; the pair then rests on the other level's variance
/// and n - 1.
fn contrast(a: &Moment, b: &Moment) -> Result<Contrast, Undef> {
    let (a, b) = (a.checked(), b.checked());
    let n = a.n.saturating_add(b.n);
    let (va, vb) = (a.variance_of_mean, b.variance_of_mean);
    let reason = match a.n.min(b.n) {
        0 => Some(Undefined::NoAnswers),
        1 => Some(Undefined::SmallGroup),
        _ => (va + vb <= 0.0).then_some(Undefined::NoVariance),
    };
    if let Some(reason) = reason {
        return Err(Undef::new(reason, n));
    }
    let df = (va + vb).powi(2) / (va * va / (a.people() - 1.0) + vb * vb / (b.people() - 1.0));
    Ok(Contrast { diff: b.mean - a.mean, se: (va + vb).sqrt(), df, n })
}

/// Welch's t test of mean(b) - mean(a), variances not taken as equal (Welch 1938, 1947; Satterthwaite 1946).
///
/// se² = s_a²/n_a + s_b²/n_b, t = diff/se, df = se⁴/[(s_a²/n_a)²/(n_a - 1) + (s_b²/n_b)²/(n_b - 1)]. When the
/// people of one level all agree, the test rests on the other one alone. Undefined when a level has fewer than
/// two answers, or neither has variance.
///
/// ```
/// use scoring::{Moment, welch_t};
/// let a = Moment { n: 4, mean: 2.0, variance_of_mean: 0.25 };
/// let b = Moment { n: 4, mean: 4.0, variance_of_mean: 0.25 };
/// let test = welch_t(&a, &b);
/// let test = test.known().unwrap();
/// assert!((test.t - 8.0_f64.sqrt()).abs() < 1e-12 && (test.df - 6.0).abs() < 1e-12);
/// assert!((test.p - 0.030020).abs() < 1e-6);
/// ```
pub fn welch_t(a: &Moment, b: &Moment) -> Figure<WelchT> {
    let test = contrast(a, b).and_then(|Contrast { diff, se, df, n }| {
        let t = diff / se;
        let p = t_two_sided(t, df).ok_or(Undef::new(Undefined::TooLarge, n))?;
        Ok(WelchT { diff, se, t, df, p })
    });
    test.into()
}

/// Equivalence of two means within a margin by two one-sided Welch tests at 5 % (Schuirmann 1987; Lakens 2017).
///
/// `margin` is in the units of the means. p_lower tests diff ≤ -margin, p_upper diff ≥ margin, p is the larger;
/// equivalent means p < 0.05, which is the same as the 90 % interval lying inside ±margin. A margin that is
/// not a finite number above 0 is taken as 0, and nothing is equivalent within 0. Undefined as
/// [`welch_t`].
///
/// ```
/// use scoring::{Moment, tost};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let (a, b) = (level(300, 70.0, 400.0), level(300, 71.0, 400.0));
/// // Twenty points of spread and 300 people a side: enough for a margin of 5, not of 3.
/// assert_eq!(tost(&a, &b, 5.0).known().map(|t| t.equivalent), Some(true));
/// assert_eq!(tost(&a, &b, 3.0).known().map(|t| t.equivalent), Some(false));
/// ```
pub fn tost(a: &Moment, b: &Moment, margin: f64) -> Figure<Tost> {
    let margin = checked_margin(margin);
    let test = contrast(a, b).and_then(|Contrast { diff, se, df, n }| {
        let (t_lower, t_upper) = ((diff + margin) / se, (diff - margin) / se);
        let tails = (t_sf(t_lower, df), t_sf(-t_upper, df), t_quantile(0.95, df));
        let (Some(p_lower), Some(p_upper), Some(point)) = tails else {
            return Err(Undef::new(Undefined::TooLarge, n));
        };
        let p = p_lower.max(p_upper);
        let ci90 = [diff - point * se, diff + point * se];
        Ok(Tost { diff, se, df, t_lower, t_upper, p_lower, p_upper, p, ci90, equivalent: p < 0.05 })
    });
    test.into()
}

/// The margin, or 0 for what cannot be one.
pub(super) fn checked_margin(margin: f64) -> f64 {
    if (0.0..=1e12).contains(&margin) { margin } else { 0.0 }
}

/// All pairs of levels with simultaneous 95 % intervals, variances not taken as equal (Games & Howell 1976).
///
/// With se and df of [`welch_t`] for each pair and k levels with answers: p = P(Q > √2 |diff|/se) and
/// diff ± q(.95) se/√2, where Q is the studentised range of k means with df degrees of freedom. Pairs come in
/// the given order of levels, diff = mean(b) - mean(a). A pair is undefined as in [`welch_t`]; its diff needs
/// answers only.
///
/// ```
/// use scoring::{Moment, games_howell};
/// let level = |name: &str, n, mean, variance: f64| {
///     (name.to_owned(), Moment { n, mean, variance_of_mean: variance / n as f64 })
/// };
/// let pairs = games_howell(&[
///     level("mail", 40, 4.1, 0.8), level("phone", 50, 4.3, 0.6), level("shop", 30, 3.5, 1.1),
/// ]);
/// assert_eq!((pairs.len(), pairs[2].a.as_str(), pairs[2].b.as_str()), (3, "phone", "shop"));
/// let [lower, upper] = pairs[2].ci95.known().unwrap();
/// assert!(lower < -0.8 && upper < 0.0);
/// ```
pub fn games_howell(levels: &[(String, Moment)]) -> Vec<PairDifference> {
    let groups = levels.iter().filter(|(_, level)| level.checked().n > 0).count();
    let mut range = StudentisedRange::new(groups.max(2));
    let mut pairs = Vec::new();
    each_pair(levels, |(a, first), (b, second)| {
        let (ci95, p) = match contrast(first, second).and_then(|c| simultaneous(&c, range.as_mut())) {
            Ok((ci95, p)) => (Interval::Known(ci95), Figure::Known(p)),
            Err(undef) => (Interval::Undefined(undef), Figure::Undefined(undef)),
        };
        pairs.push(PairDifference { a: a.clone(), b: b.clone(), diff: difference(first, second), ci95, p });
    });
    pairs
}

fn simultaneous(c: &Contrast, range: Option<&mut StudentisedRange>) -> Result<([f64; 2], f64), Undef> {
    let root = std::f64::consts::SQRT_2;
    let found = range.and_then(|range| {
        let p = range.sf(c.diff.abs() / c.se * root, c.df)?;
        Some((range.quantile(0.95, c.df)? * c.se / root, p))
    });
    let (half, p) = found.ok_or(Undef::new(Undefined::TooLarge, c.n))?;
    Ok(([c.diff - half, c.diff + half], p))
}

/// Calls `visit` with every two levels, the earlier one first.
pub(super) fn each_pair<T>(levels: &[T], mut visit: impl FnMut(&T, &T)) {
    for (index, first) in levels.iter().enumerate() {
        for second in levels.iter().skip(index + 1) {
            visit(first, second);
        }
    }
}
