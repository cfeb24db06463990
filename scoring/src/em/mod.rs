//! Means and covariances when people were asked different questions: EM from per-mask sums alone.
//!
//! Under a multivariate normal model the sums of each present-mask are sufficient, so that no person is read
//! again. Drivers and fitted weights call this where forms leave dimensions out; complete people need only
//! `score_moments`.

#![allow(clippy::indexing_slicing, reason = "places of variables, all below their number")]

mod step;

use crate::cell::JointCounts;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::Layout;
use crate::matrix::eigen;
use crate::score_moments::{MaskSums, ScoreMoments, project, units};
use step::{Parameters, Pattern, Stepped, step};

/// Steps after which the iteration is given up.
const MOST_STEPS: usize = 5_000;

/// A correlation matrix with an eigenvalue at or below this counts as singular.
const EDGE: f64 = 1e-3;

/// The relative change at which it has settled.
const SETTLED: f64 = 1e-10;

/// Maximum-likelihood means and covariances (divisor n) of some person scores of which each person has only
/// some, by EM (Dempster, Laird & Rubin 1977; for this model Little & Rubin 2002).
///
/// `variables` are places in [`Layout::variables`]; raw units. Everybody who has at least one of them counts, and
/// n is their number. Answers must be missing at random, as they are when forms are drawn by lot. Extrapolated
/// by SQUAREM (Varadhan & Roland 2008) whenever that raises the likelihood. It ends when one plain step changes
/// the observed-data log-likelihood and each standardised parameter by less than 1e-10.
/// Undefined for an unknown or repeated variable, when a variable has fewer than two people or no variance, when
/// nobody has both of a pair, when a covariance matrix on the way is not positive definite or the final
/// correlations have an eigenvalue at or below 0.001 (pairs that do not fit together drive the likelihood to a
/// singular matrix), and when 5,000 steps do not suffice.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let dimension = |key: &str, item| DimensionSpec {
///     key: key.into(), facet: Facet::Experience, of: None, items: vec![item],
/// };
/// let dimensions = vec![dimension("speed", 0), dimension("care", 1)];
/// let layout = Layout::new(vec![item("a"), item("b")], dimensions, Outcomes::default())?;
/// let mut cell = GroupedCell::empty(&layout);
/// for row in [[Some(1), Some(2)], [Some(3), Some(3)], [Some(4), Some(5)], [Some(5), None]] {
///     let codes = row.map(|raw| raw.and_then(|raw| Code::answer(raw, scale)).unwrap_or(Code::NOT_SHOWN));
///     cell.record(&layout, &codes, 0)?;
/// }
/// let moments = em_moments(&layout, &cell.total(&layout), &[0, 1]).unwrap();
/// // The regression of b on a, 13/14 a step, fills in the answer to b that is missing.
/// assert!((moments.mean[0] - 13.0 / 4.0).abs() < 1e-8);
/// assert!((moments.mean[1] - (10.0 / 3.0 + 13.0 / 14.0 * 7.0 / 12.0)).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn em_moments(layout: &Layout, joint: &JointCounts, variables: &[usize]) -> Result<ScoreMoments, Undef> {
    em_moments_from(layout, joint, variables, None)
}

/// The same from a solution near by, such as that over everybody when a group is left out.
pub(crate) fn em_moments_from(
    layout: &Layout,
    joint: &JointCounts,
    variables: &[usize],
    start: Option<&ScoreMoments>,
) -> Result<ScoreMoments, Undef> {
    let by_mask = project(layout, joint, variables);
    let n = by_mask.values().map(|sums| sums.n).sum();
    let undefined = |reason| Undef::new(reason, n);
    let masks: Vec<(u64, MaskSums)> = by_mask.into_iter().collect();
    check_pairs(&masks, variables.len()).map_err(undefined)?;
    let raw = units(layout, variables);
    let frame = Frame::new(&masks, &raw, variables.len()).map_err(undefined)?;
    let patterns: Vec<Pattern> = masks.iter().map(|(_, sums)| frame.pattern(sums, &raw)).collect();
    let begin = match start {
        Some(start) if start.mean.len() == variables.len() => frame.standardised(start),
        _ => Parameters::identity(variables.len()),
    };
    let found = frame.raw(n, &settle(&patterns, begin).map_err(undefined)?);
    check_inside(&found).map_err(undefined)?;
    Ok(found)
}

/// Each two variables need somebody who has both, or their covariance is anybody's guess.
fn check_pairs(masks: &[(u64, MaskSums)], width: usize) -> Result<(), Undefined> {
    if masks.is_empty() || width > 64 {
        return Err(Undefined::NoAnswers);
    }
    for first in 0..width {
        let has_first = masks.iter().filter(|(mask, _)| mask & (1 << first) != 0);
        let (all, any) = has_first.fold((0_u64, 0_u64), |(n, any), (mask, sums)| (n + sums.n, any | mask));
        match all {
            0 => return Err(Undefined::NoAnswers),
            1 => return Err(Undefined::OneAnswer),
            _ if any.count_ones() as usize != width => return Err(Undefined::NoneAnsweredBoth),
            _ => {}
        }
    }
    Ok(())
}

/// Correlations of pairs that were seen in different people can fit together so badly that the likelihood rises
/// up to a singular matrix: where the iteration stops then means nothing.
fn check_inside(found: &ScoreMoments) -> Result<(), Undefined> {
    let (values, _) =
        eigen(&found.correlations()?, found.mean.len()).ok_or(Undefined::NotPositiveDefinite)?;
    if values.iter().all(|&value| value > EDGE) { Ok(()) } else { Err(Undefined::NotPositiveDefinite) }
}

/// Mean and standard deviation of each variable over those who have it: the units in which EM runs.
struct Frame {
    centre: Vec<f64>,
    sd: Vec<f64>,
}

impl Frame {
    fn new(masks: &[(u64, MaskSums)], units: &[f64], width: usize) -> Result<Frame, Undefined> {
        let mut people = vec![0.0; width];
        let mut centre = vec![0.0; width];
        let mut squares = vec![0.0; width];
        for (_, sums) in masks {
            let (mean, scatter) = (sums.mean(units), sums.scatter(units));
            for (row, &place) in sums.places.iter().enumerate() {
                // Two samples are joined: the squares between them are n₁ n₂/(n₁ + n₂) (m₁ - m₂)².
                let (before, here) = (people[place], sums.n as f64);
                let step = mean[row] - centre[place];
                people[place] += here;
                centre[place] += step * here / people[place];
                squares[place] += scatter[row][row] + step * step * before * here / people[place];
            }
        }
        let sd: Vec<f64> = squares.iter().zip(&people).map(|(squares, n)| (squares / n).sqrt()).collect();
        // Values of a scale differ by far more than this, or not at all.
        if sd.iter().all(|&sd| sd > 1e-9) { Ok(Frame { centre, sd }) } else { Err(Undefined::NoVariance) }
    }

    fn pattern(&self, sums: &MaskSums, units: &[f64]) -> Pattern {
        let places = sums.places.clone();
        let mean = sums.mean(units);
        let scatter = sums.scatter(units);
        let standard = |(&place, x): (&usize, f64)| (x - self.centre[place]) / self.sd[place];
        let mean = places.iter().zip(mean).map(standard).collect();
        let rows = scatter
            .iter()
            .zip(&places)
            .flat_map(|(row, &a)| row.iter().zip(&places).map(move |(x, &b)| x / (self.sd[a] * self.sd[b])));
        Pattern { n: sums.n as f64, mean, scatter: rows.collect(), places }
    }

    fn standardised(&self, moments: &ScoreMoments) -> Parameters {
        let places = || 0..self.sd.len();
        let mean = places().map(|a| (moments.mean[a] - self.centre[a]) / self.sd[a]);
        let covariance = places()
            .flat_map(|a| places().map(move |b| moments.covariance[a][b] / (self.sd[a] * self.sd[b])));
        Parameters { width: self.sd.len(), numbers: mean.chain(covariance).collect() }
    }

    fn raw(&self, n: u64, found: &Parameters) -> ScoreMoments {
        let width = self.sd.len();
        let mean = (0..width).map(|a| self.centre[a] + self.sd[a] * found.mean()[a]).collect();
        let row = |a: usize| {
            (0..width).map(|b| found.covariance()[a * width + b] * self.sd[a] * self.sd[b]).collect()
        };
        ScoreMoments { n, mean, covariance: (0..width).map(row).collect() }
    }
}

/// Runs EM until a step changes nothing any more; every third step starts from an extrapolated point.
fn settle(patterns: &[Pattern], begin: Parameters) -> Result<Parameters, Undefined> {
    let mut at = begin;
    for _ in 0..MOST_STEPS / 3 {
        let first = step(patterns, &at).ok_or(Undefined::NotPositiveDefinite)?;
        let second = step(patterns, &first.next).ok_or(Undefined::NotPositiveDefinite)?;
        let gain = (second.likelihood - first.likelihood).abs();
        let likelihood_settled = gain <= SETTLED * first.likelihood.abs().max(1.0);
        if likelihood_settled && first.next.distance(&at) <= SETTLED {
            return Ok(second.next);
        }
        at = leap(patterns, &at, &first, second);
    }
    Err(Undefined::NotConverged)
}

/// The point behind two steps and an extrapolation of them, if that is likelier than the two steps alone.
///
/// With r the first step and v the change from the first to the second: θ - 2αr + α²v, α = -|r|/|v|.
fn leap(patterns: &[Pattern], at: &Parameters, first: &Stepped, second: Stepped) -> Parameters {
    let (one, two) = (&first.next.numbers, &second.next.numbers);
    let changes = at.numbers.iter().zip(one).zip(two).map(|((a, b), c)| (b - a, (c - b) - (b - a)));
    let (r2, v2) = changes.clone().fold((0.0, 0.0), |(r2, v2), (r, v)| (r2 + r * r, v2 + v * v));
    let alpha = -(r2 / v2).sqrt();
    if alpha.is_finite() && alpha < -1.0 {
        let numbers = at.numbers.iter().zip(changes);
        let numbers = numbers.map(|(a, (r, v))| a - 2.0 * alpha * r + alpha * alpha * v).collect();
        let far = Parameters { width: at.width, numbers };
        if let Some(stepped) = step(patterns, &far).filter(|far| far.likelihood >= second.likelihood) {
            return stepped.next;
        }
    }
    second.next
}
