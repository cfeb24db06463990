//! The whole comparison of one variable between the levels of one grouping.

use serde::Serialize;

use super::between::between_levels_sd;
use super::consistency::{Consistency, verdict};
use super::effect::{Effect, epsilon_squared, hedges_g, omega_squared};
use super::means::{FTest, welch};
use super::moment::Moment;
use super::multiplicity::{benjamini_hochberg, holm};
use super::pair::{PairDifference, difference, each_pair, games_howell, welch_t};
use super::ranks::{KruskalWallis, kruskal_wallis};
use super::spread::brown_forsythe;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Figure, Interval, Named};
use crate::interval::t_interval;

/// What is said about one variable in the levels of a grouping; levels and pairs in the order of level names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Each level by itself.
    pub levels: Named<LevelFigures>,
    /// Whether all means are equal; see [`welch`].
    pub welch: Figure<FTest>,
    /// The test on ranks; see [`kruskal_wallis`].
    pub kruskal_wallis: Figure<KruskalWallis>,
    /// Whether all spreads are equal; see [`brown_forsythe`].
    pub brown_forsythe: Figure<FTest>,
    /// Every difference with a simultaneous interval; see [`games_howell`].
    pub games_howell: Vec<PairDifference>,
    /// Whether the levels are equivalent; see [`crate::consistency`].
    pub consistency: Consistency,
    /// Standard deviation between the levels; see [`between_levels_sd`].
    pub tau: Figure,
    /// Every difference tested by itself, with adjusted p-values.
    pub pairwise: Vec<PairTest>,
    /// Shares of variation between the levels.
    pub effect: Effect,
    /// How many pairs could be tested: the family that `p_holm` and `p_bh` adjust for.
    pub family: u64,
}

/// One level by itself, in the units of the variable.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LevelFigures {
    /// People.
    pub n: u64,
    /// Mean.
    pub mean: Figure<f64>,
    /// Standard deviation, divisor n - 1; of a composite, √n times the standard error of its mean.
    pub sd: Figure<f64>,
    /// t interval of the mean.
    pub ci95: Interval,
}

/// Welch's t test of one pair with its adjusted p-values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairTest {
    /// The level that comes first.
    pub a: String,
    /// The level that comes later.
    pub b: String,
    /// mean(b) - mean(a).
    pub diff: Figure<f64>,
    /// Two-sided p-value; see [`welch_t`].
    pub p: Figure<f64>,
    /// Adjusted by [`holm`].
    pub p_holm: Figure<f64>,
    /// Adjusted by [`benjamini_hochberg`].
    pub p_bh: Figure<f64>,
    /// Standardised difference; see [`hedges_g`].
    pub hedges_g: Figure<f64>,
}

/// Compares the levels of one grouping by the exact distribution of a variable in each.
///
/// `levels` are named distributions on one denominator, each name once; they are taken in the order of their
/// names. `margin` is the largest difference that does not matter, in the units of the variable (5 points of
/// 100 unless a survey says otherwise). Levels without answers are listed and take no part in tests.
///
/// ```
/// use scoring::{Distribution, Verdict, compare};
/// let scores = |counts: &[(i64, u64)]| {
///     let mut scores = Distribution::new(1);
///     counts.iter().for_each(|&(key, people)| scores.increase(key, people));
///     scores
/// };
/// let levels = [
///     ("shop".to_owned(), scores(&[(3, 10), (4, 50), (5, 60)])),
///     ("phone".to_owned(), scores(&[(1, 30), (2, 40), (3, 30)])),
/// ];
/// let comparison = compare(&levels, 0.2);
/// // shop - phone, since p comes before s.
/// let pair = &comparison.games_howell[0];
/// assert_eq!((pair.a.as_str(), pair.b.as_str()), ("phone", "shop"));
/// assert!((pair.diff.known().unwrap() - 2.4166667).abs() < 1e-6);
/// assert_eq!(comparison.consistency.verdict, Verdict::Inconsistent);
/// ```
pub fn compare(levels: &[(String, Distribution)], margin: f64) -> Comparison {
    let mut sorted: Vec<_> = levels.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let moments: Vec<_> = sorted.iter().map(|(name, scores)| (name.clone(), Moment::of(scores))).collect();
    let distributions: Vec<_> = sorted.iter().map(|(_, scores)| scores).collect();
    let ranks = Ranks {
        kruskal_wallis: kruskal_wallis(&distributions),
        brown_forsythe: brown_forsythe(&distributions),
        epsilon_squared: epsilon_squared(&distributions),
    };
    comparison(&moments, margin, ranks)
}

/// Compares levels of which means and their variances are known, as for the quality score.
///
/// As [`compare`]; what needs the people one by one (tests on ranks and on medians) is undefined, "not kept as
/// a distribution".
///
/// ```
/// use scoring::{Moment, Verdict, compare_moments};
/// let level = |name: &str, mean| (name.to_owned(), Moment { n: 900, mean, variance_of_mean: 0.5 });
/// let comparison = compare_moments(&[level("a", 70.0), level("b", 71.0)], 5.0);
/// assert_eq!(comparison.consistency.verdict, Verdict::Consistent);
/// assert!(comparison.kruskal_wallis.known().is_none());
/// ```
pub fn compare_moments(levels: &[(String, Moment)], margin: f64) -> Comparison {
    let mut moments: Vec<_> = levels.iter().map(|(name, level)| (name.clone(), level.checked())).collect();
    moments.sort_by(|a, b| a.0.cmp(&b.0));
    let n = moments.iter().fold(0_u64, |sum, (_, level)| sum.saturating_add(level.n));
    let ranks = Ranks {
        kruskal_wallis: Figure::undefined(Undefined::NotKept, n),
        brown_forsythe: Figure::undefined(Undefined::NotKept, n),
        epsilon_squared: Figure::undefined(Undefined::NotKept, n),
    };
    comparison(&moments, margin, ranks)
}

/// What needs more than moments.
struct Ranks {
    kruskal_wallis: Figure<KruskalWallis>,
    brown_forsythe: Figure<FTest>,
    epsilon_squared: Figure,
}

fn comparison(levels: &[(String, Moment)], margin: f64, ranks: Ranks) -> Comparison {
    let moments: Vec<_> = levels.iter().map(|(_, level)| *level).collect();
    let games_howell = games_howell(levels);
    let pairwise = pair_tests(levels);
    Comparison {
        levels: levels.iter().map(|(name, level)| (name.clone(), level_figures(level))).collect(),
        welch: welch(&moments),
        kruskal_wallis: ranks.kruskal_wallis,
        brown_forsythe: ranks.brown_forsythe,
        consistency: verdict(levels, margin, &games_howell),
        games_howell,
        tau: between_levels_sd(&moments),
        family: pairwise.iter().filter(|pair| pair.p.known().is_some()).count() as u64,
        pairwise,
        effect: Effect { omega_squared: omega_squared(&moments), epsilon_squared: ranks.epsilon_squared },
    }
}

fn level_figures(level: &Moment) -> LevelFigures {
    let (n, sd) = (level.n, level.variance().sqrt());
    let known = |value, least: u64| match n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        _ if n < least => Figure::undefined(Undefined::OneAnswer, n),
        _ => Figure::Known(value),
    };
    LevelFigures { n, mean: known(level.mean, 1), sd: known(sd, 2), ci95: t_interval(level.mean, sd, n) }
}

fn pair_tests(levels: &[(String, Moment)]) -> Vec<PairTest> {
    let mut pairs = Vec::new();
    each_pair(levels, |(a, first), (b, second)| {
        let p = welch_t(first, second).map(|test| test.p);
        pairs.push(PairTest {
            a: a.clone(),
            b: b.clone(),
            diff: difference(first, second),
            p,
            p_holm: p,
            p_bh: p,
            hedges_g: hedges_g(first, second),
        });
    });
    let raw: Vec<f64> = pairs.iter().filter_map(|pair| pair.p.known().copied()).collect();
    let tested = pairs.iter_mut().filter(|pair| pair.p.known().is_some());
    for (pair, (step_down, step_up)) in tested.zip(holm(&raw).into_iter().zip(benjamini_hochberg(&raw))) {
        pair.p_holm = Figure::Known(step_down);
        pair.p_bh = Figure::Known(step_up);
    }
    pairs
}
