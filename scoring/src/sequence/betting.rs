//! The largest log-wealth of a constant bet against a mean, and the mean at which it passes a threshold.
//!
//! Only the lower bound is worked out here; the upper one is the lower bound of the distances from above.

use super::bounded::Bounded;

/// Steps after which an iteration is given up; far more than is ever needed, since each halves a bracket.
const MAX_STEPS: usize = 200;

/// Far below the logarithm of every bound, since one answer above 0 among 1e11 is wealth enough there.
const LOWEST_LOG: f64 = -600.0;

/// The smallest mean of 0..=1 that the wealth has not refuted: V(m) = `threshold`, m below the sample mean.
///
/// Against a mean m below the sample mean one bets a part t of the wealth, 0 ≤ t ≤ 1, on each answer x and
/// is left with 1 + t (x/m - 1) of it (λ = t/m in the usual notation), so that V(m) = max_t Σ c ln(1 + t
/// (x/m - 1)). Each summand is convex in s = ln m (a logarithm of a sum of exponentials), hence so is their
/// maximum, and its derivative by s is -n t at the best t: Newton's method comes in from the left and
/// cannot go astray. A bracket guards it against rounding. The bound is 0 when every answer is, and precise
/// to about 1e-15.
pub(super) fn lower_bound(people: &Bounded, threshold: f64) -> f64 {
    let (mean, variance) = people.moments();
    if mean <= 0.0 {
        return 0.0;
    }
    let n = people.n() as f64;
    // Jensen's inequality: V(m) is at most n ln(mean/m), so the root is not above this.
    let mut high = mean.ln() - threshold / n;
    let mut low = f64::NEG_INFINITY;
    let guess = mean - (2.0 * threshold * variance / n).sqrt();
    let mut s = if guess > 0.0 { guess.ln().min(high) } else { high };
    let distance = mean - s.exp();
    let mut bet = (s.exp() * distance / (variance + distance * distance)).clamp(0.0, 1.0);
    for _ in 0..MAX_STEPS {
        let wealth = Wealth::of(people.points(), s.exp(), bet);
        bet = wealth.bet;
        let excess = wealth.log - threshold;
        if excess > 0.0 {
            low = s;
        } else {
            high = s;
        }
        let newton = s + excess / (n * bet);
        let close = 1e-15 * s.abs().max(1.0);
        if (newton - s).abs() <= close {
            return newton.exp();
        }
        // Where the curve is still flat, a step to the left can be far too long.
        let floor = low.max((2.0 * s - 1.0).max(LOWEST_LOG));
        s = if newton > floor && newton < high { newton } else { f64::midpoint(floor, high) };
        if high - low <= close {
            break;
        }
    }
    s.exp()
}

/// The best constant bet against one mean.
struct Wealth {
    /// The part t of the wealth that is put on each answer.
    bet: f64,
    /// The logarithm of the wealth that is left.
    log: f64,
}

impl Wealth {
    /// Maximises over the bet; `start` is a bet to begin with.
    fn of(points: &[(f64, f64)], mean: f64, start: f64) -> Wealth {
        let bet = if stake_all(points, mean) { 1.0 } else { best_bet(points, mean, start) };
        let log = points.iter().map(|(x, weight)| weight * (bet * (x / mean - 1.0)).ln_1p()).sum();
        Wealth { bet, log }
    }
}

/// Whether the wealth still grows at t = 1; never when somebody stands at 0 and would take it all.
fn stake_all(points: &[(f64, f64)], mean: f64) -> bool {
    points.iter().all(|(x, _)| *x > 0.0)
        && points.iter().map(|(x, weight)| weight * (1.0 - mean / x)).sum::<f64>() >= 0.0
}

/// The root of the derivative of the concave log-wealth in 0..1, by Newton's method in a shrinking bracket.
///
/// Ends when the part of the log-wealth that is still to be won is below 1e-15.
fn best_bet(points: &[(f64, f64)], mean: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    let mut bet = if start > 0.0 && start < 1.0 { start } else { 0.5 };
    for _ in 0..MAX_STEPS {
        let (mut slope, mut bend) = (0.0, 0.0);
        for (x, weight) in points {
            let gain = x / mean - 1.0;
            let part = gain / (1.0 + bet * gain);
            slope += weight * part;
            bend += weight * part * part;
        }
        if slope > 0.0 {
            low = bet;
        } else {
            high = bet;
        }
        let step = slope / bend;
        let newton = bet + step;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if step * slope <= 1e-15 || high - low <= f64::EPSILON * low {
            return if newton > low && newton < high { newton } else { bet };
        }
        bet = next;
    }
    bet
}
