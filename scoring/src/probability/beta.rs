//! Both tails of the beta distribution where x and 1 - x are known apart.

use crate::special::{MAX_TERMS, power_term};

/// I_x(a, b) and its complement, for a, b > 0 and x + y = 1, each of x and y with full relative precision.
///
/// Below the mean a/(a + b) the lower tail is computed, above it the upper one, the other is its complement.
/// Callers know x as r/(1 + r) and y as 1/(1 + r), so that neither loses digits near 0.
pub(super) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> [f64; 2] {
    if x <= 0.0 {
        return [0.0, 1.0];
    }
    if y <= 0.0 {
        return [1.0, 0.0];
    }
    let front = beta_power(a, b, x, y);
    if a * y >= b * x {
        let lower = (front / denominator(a, b, x, y)).min(1.0);
        [lower, 1.0 - lower]
    } else {
        let upper = (front / denominator(b, a, y, x)).min(1.0);
        [1.0 - upper, upper]
    }
}

/// x^a y^b / B(a, b) for x + y = 1, from the smaller of the two.
pub(super) fn beta_power(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= y { power_term(a, b, x) } else { power_term(b, a, y) }
}

/// r/(1 + r) and 1/(1 + r) for r ≥ 0, without overflow.
pub(super) fn shares(r: f64) -> [f64; 2] {
    if r <= 1.0 {
        [r / (1.0 + r), 1.0 / (1.0 + r)]
    } else {
        let s = 1.0 / r;
        [1.0 / (1.0 + s), s / (1.0 + s)]
    }
}

/// x^a y^b / B(a, b) over I_x(a, b), for x up to the mean: the continued fraction of Didonato & Morris 1992.
///
/// It needs x and the distance a y - b x from the mean only, which the usual fraction forms as 1 minus nearly 1
/// when one shape is large. Evaluated by the modified Lentz method.
fn denominator(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let distance = a * y - b * x;
    let mut value = a / (a + 1.0) * (distance + 1.0);
    let (mut c, mut d) = (value, 0.0);
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        let odd = a + 2.0 * n - 1.0;
        let above = (a + n - 1.0) / odd * ((a + b + n - 1.0) / odd) * n * (b - n) * x * x;
        let below = n + n * (b - n) * x / odd + (a + n) / (odd + 2.0) * (distance + 1.0 + n * (1.0 + y));
        d = 1.0 / (below + above * d);
        c = below + above / c;
        value *= c * d;
        if (c * d - 1.0).abs() < 4e-16 {
            break;
        }
    }
    value
}
