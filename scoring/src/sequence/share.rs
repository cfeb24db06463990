//! A share: the beta-binomial mixture.

use std::f64::consts::PI;

use super::ALPHA;
use super::bounded::Bounded;
use super::mean::{interval, unit_bounds};
use super::remainder::{of_factorial, of_half};
use crate::cell::MAX_PEOPLE;
use crate::error::Undefined;
use crate::figure::{Interval, Undef};

/// The beta-binomial confidence sequence of a share, `count` of `n`, in 0..=1.
///
/// A share p is kept while the likelihood, averaged over a Beta(a, b) prior with a = b = 1/2, is less than
/// 1/α times the likelihood at p:
///
/// ln B(a+s, b+n-s) - ln B(a, b) - s ln p - (n-s) ln(1-p) < ln(1/α).
///
/// If p is true that ratio is a martingale that begins at 1, and passes 1/α at some n with a probability of
/// at most α (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021). It lies within the interval that
/// [`crate::mean_sequence`] gives for the same zeros and ones. Undefined for n = 0 and for a count above n.
///
/// ```
/// let [lower, upper] = scoring::share_sequence(2206, 2688).known().unwrap();
/// assert!((lower - 0.791553).abs() < 1e-6 && (upper - 0.847539).abs() < 1e-6);
/// assert!(scoring::share_sequence(0, 0).known().is_none());
/// ```
pub fn share_sequence(count: u64, n: u64) -> Interval {
    interval(share_bounds(count, n, ALPHA))
}

fn share_bounds(count: u64, n: u64, alpha: f64) -> Result<[f64; 2], Undef> {
    if n == 0 {
        return Err(Undef::new(Undefined::NoAnswers, 0));
    }
    if n > MAX_PEOPLE {
        return Err(Undef::new(Undefined::TooLarge, n));
    }
    let Some(others) = n.checked_sub(count) else {
        return Err(Undef::new(Undefined::OffScale, n));
    };
    // s ln p + (n - s) ln(1 - p) is its value at s/n minus the best log-wealth of a bet on zeros and ones.
    let threshold = log_threshold(count, others, alpha);
    let below = Bounded::of_positions([(0, others), (1, count)], 1);
    let above = Bounded::of_positions([(0, count), (1, others)], 1);
    let [lower, upper] = unit_bounds(&below, &above, threshold);
    Ok([lower, 1.0 - upper])
}

/// ln(1/α) minus the mixture's log-likelihood ratio at p = s/n, by Stirling's remainders.
fn log_threshold(count: u64, others: u64, alpha: f64) -> f64 {
    let n = count + others;
    0.5 * (0.5 * PI * n as f64).ln() + of_factorial(n) - of_half(count) - of_half(others) - alpha.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_or_everybody_has_the_bound_that_can_be_written_down() {
        for n in [1, 5, 400, 1_000_000_000] {
            let [lower, upper] = share_bounds(0, n, ALPHA).unwrap();
            let expected = -(-log_threshold(0, n, ALPHA) / n as f64).exp_m1();
            assert!(lower.abs() < f64::MIN_POSITIVE && (upper - expected).abs() < 1e-14, "{n}: {upper}");
            let [lower, upper] = share_bounds(n, n, ALPHA).unwrap();
            assert!((lower - 1.0 + expected).abs() < 1e-14 && (upper - 1.0).abs() < f64::EPSILON);
        }
    }
}
