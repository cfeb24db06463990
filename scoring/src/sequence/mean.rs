//! The mean of anything that lies between two known ends, the net promoter score included.

use std::f64::consts::PI;

use super::ALPHA;
use super::betting::lower_bound;
use super::bounded::Bounded;
use super::remainder::{of_factorial, of_half};
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Interval, Undef};
use crate::layout::Scale;

/// The histogram betting sequence of a mean on a scale, in raw units.
///
/// Whoever doubts that the mean is m bets on each answer against it. With x on 0..=1 (the scale's ends) and
/// a constant bet λ the wealth is Π (1 + λ (x - m)); if m is true no strategy makes it grow beyond 1/α, at
/// any n, with a probability above α (Ville 1939). The universal portfolio earns the best constant bet's
/// wealth but for a known factor (Cover & Ordentlich 1996), and so m is kept while
///
/// max_λ Σ_k c_k ln(1 + λ (x_k - m)) < ln(1/α) + ln(√π Γ(n+1)/Γ(n+1/2)), -1/(1-m) ≤ λ ≤ 1/m.
///
/// Source: Waudby-Smith & Ramdas 2024 (betting), Orabona & Jun 2024 (the regret bound). It needs only how
/// many people have each value; it is valid at every n from 1 on, for any distribution on the scale,
/// however skewed. The interval lies inside the scale, contains the sample mean and is at n = 500 about
/// twice as wide as a fixed one. Undefined without answers, and for values beyond the scale.
///
/// ```
/// use scoring::{Distribution, Scale, mean_sequence};
/// let scale = Scale::new(1, 5)?;
/// let answers = Distribution::of_histogram(&[6, 32, 444, 1507, 699], scale);
/// let [lower, upper] = mean_sequence(&answers, scale).known().unwrap();
/// assert!((lower - 4.011378).abs() < 1e-6 && (upper - 4.116133).abs() < 1e-6);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn mean_sequence(distribution: &Distribution, scale: Scale) -> Interval {
    interval(mean_bounds(distribution, scale, ALPHA))
}

/// The bounds of [`mean_sequence`] at a level of choice.
pub(super) fn mean_bounds(distribution: &Distribution, scale: Scale, alpha: f64) -> Result<[f64; 2], Undef> {
    let below = Bounded::from_below(distribution, scale)?;
    let above = Bounded::from_above(distribution, scale)?;
    let [lower, upper] = unit_bounds(&below, &above, log_threshold(below.n(), alpha));
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    // The upper bound counts down from the upper end, so that neither leaves the scale by rounding.
    Ok([min + scale.range() * lower, max - scale.range() * upper])
}

/// The lower bound, as distance from the lower end, and the upper one, as distance from the upper end.
pub(super) fn unit_bounds(below: &Bounded, above: &Bounded, threshold: f64) -> [f64; 2] {
    [lower_bound(below, threshold), lower_bound(above, threshold)]
}

/// The log-wealth from which on [`mean_sequence`] gives a mean up: ln(1/α) + ln(√π Γ(n+1)/Γ(n+1/2)).
///
/// Grows like (ln πn)/2: this is the price of not knowing the best bet beforehand. n = 0 gives ln(1/α).
///
/// ```
/// assert!((scoring::mean_threshold(1) - 40_f64.ln()).abs() < 1e-12);
/// ```
pub fn mean_threshold(n: u64) -> f64 {
    log_threshold(n, ALPHA)
}

fn log_threshold(n: u64, alpha: f64) -> f64 {
    let regret = match n {
        0 => 0.0,
        _ => 0.5 * (PI * n as f64).ln() + of_factorial(n) - of_half(n),
    };
    regret - alpha.ln()
}

/// The betting sequence of a net promoter score, in points of 100.
///
/// A promoter counts 1, a passive 0, a detractor -1, and [`mean_sequence`]'s bet is made on these three
/// values, so that the score is treated as the mean of people that it is and not as two shares. Undefined
/// without answers and when there are more promoters and detractors than people.
///
/// ```
/// let [lower, upper] = scoring::nps_sequence(1436, 342, 2746).known().unwrap();
/// assert!(lower > 34.0 && lower < 37.0 && upper > 42.0 && upper < 45.0);
/// ```
pub fn nps_sequence(promoters: u64, detractors: u64, n: u64) -> Interval {
    let Some(passives) = n.checked_sub(promoters).and_then(|rest| rest.checked_sub(detractors)) else {
        return Interval::undefined(Undefined::OffScale, n);
    };
    // Passing through 0..=2 keeps one way of checking and computing.
    let scale = Scale { min: 0, max: 2 };
    let people = Distribution::of_histogram(&[detractors, passives, promoters], scale);
    interval(mean_bounds(&people, scale, ALPHA)).map(|bound| 100.0 * (bound - 1.0))
}

/// Bounds or the reason why there are none, as an interval.
pub(super) fn interval(bounds: Result<[f64; 2], Undef>) -> Interval {
    bounds.map_or_else(Interval::Undefined, Interval::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(histogram: &[u64]) -> [f64; 2] {
        let scale = Scale { min: 1, max: 5 };
        mean_bounds(&Distribution::of_histogram(histogram, scale), scale, ALPHA).unwrap()
    }

    #[test]
    fn a_unanimous_cell_has_the_bound_that_can_be_written_down() {
        // All at the upper end: the bet is everything, n ln(1/m) = threshold.
        for n in [1, 2, 7, 1_000, 1_000_000_000, 100_000_000_000] {
            let [lower, upper] = bounds(&[0, 0, 0, 0, n]);
            let expected = 5.0 + 4.0 * (-mean_threshold(n) / n as f64).exp_m1();
            assert!((lower - expected).abs() < 1e-14, "{n}: {lower} and not {expected}");
            assert!((upper - 5.0).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn mirrored_answers_have_the_mirrored_interval() {
        for histogram in [[3, 0, 1, 8, 2], [1, 0, 0, 0, 999_999_999], [0, 1, 0, 0, 0], [0, 5, 0, 0, 12]] {
            let mut mirrored = histogram;
            mirrored.reverse();
            let ([lower, upper], [low, high]) = (bounds(&histogram), bounds(&mirrored));
            let apart = (lower + high - 6.0).abs().max((upper + low - 6.0).abs());
            assert!(apart < 2e-14, "{histogram:?}: {lower} {upper}, mirrored {low} {high}");
        }
    }
}
