//! The regularised incomplete beta function and the quantiles built on it.
//!
//! Written out here because the library's own function stops its continued fraction after a fixed 140 terms
//! and its quantile at a fixed coarse tolerance, which is not enough for large counts. Intervals, tests and
//! sequences build on it.

use std::f64::consts::TAU;

use statrs::function::gamma::ln_gamma;

/// The 97.5 % point of the standard normal distribution.
pub(crate) const Z975: f64 = 1.959_963_984_540_054;

/// From this shape on Stirling's series replaces log-gamma.
pub(crate) const LARGE: f64 = 12.0;

/// Terms after which the continued fraction is given up; about the square root of the larger shape is needed.
pub(crate) const MAX_TERMS: u32 = 400_000;

/// I_x(a, b), the distribution function of a beta variable, for a, b > 0 and x in 0..=1.
///
/// Continued fraction DLMF 8.17.22, evaluated by the modified Lentz method; the smaller side is computed and
/// the other one is its complement.
pub(crate) fn beta_distribution(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = power_term(a, b, x);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// x^a (1-x)^b / B(a, b), without the cancellation that log-gamma values of large shapes bring.
///
/// Both shapes large: Stirling's series around the peak x₀ = a/(a+b) (Loader 2000). One large: the series for
/// the ratio of the two large gamma values only.
pub(crate) fn power_term(a: f64, b: f64, x: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    let both = a + b;
    if small >= LARGE {
        let peak = a / both;
        let delta = x - peak;
        let shape = a * (delta / peak).ln_1p() + b * (-delta / (b / both)).ln_1p();
        let correction = stirling(a) + stirling(b) - stirling(both);
        return (a * (b / both) / TAU).sqrt() * (shape - correction).exp();
    }
    let powers = a * x.ln() + b * (-x).ln_1p();
    let ln_beta = if large >= LARGE {
        let ratio = -(large - 0.5) * (small / large).ln_1p() - small * both.ln() + small;
        ln_gamma(small) + ratio + stirling(large) - stirling(both)
    } else {
        ln_gamma(a) + ln_gamma(b) - ln_gamma(both)
    };
    (powers - ln_beta).exp()
}

/// Stirling's remainder, ln Γ(x) - (x - 1/2) ln x + x - ln √2π (DLMF 5.11.1), to 1e-14 for x ≥ 12.
pub(crate) fn stirling(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / x
}

/// The continued fraction of the incomplete beta function.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..MAX_TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// The x at which I_x(a, b) = p, by Newton's method kept inside a shrinking bracket, from two standard deviations
/// off the mean.
///
/// Error about 1e-14 relative to x, or 1e-18 where that is larger; 0 < p < 1.
pub(crate) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mean = a / (a + b);
    let spread = (mean * (b / (a + b)) / (a + b + 1.0)).sqrt();
    let start = mean + if p < 0.5 { -2.0 * spread } else { 2.0 * spread };
    let mut x = if start > 0.0 && start < 1.0 { start } else { mean };
    for _ in 0..400 {
        let excess = beta_distribution(a, b, x) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = power_term(a, b, x) / (x * (1.0 - x));
        let step = excess / density;
        let newton = x - step;
        // A step too small to move x stays where it is.
        let inside = newton >= low && newton <= high;
        let next = if inside { newton } else { f64::midpoint(low, high) };
        if (next - x).abs() <= 1e-14 * next || high - low <= 1e-18 {
            return next;
        }
        x = next;
    }
    x
}

/// The 97.5 % point of Student's t with a whole number of degrees of freedom, at least 1.
///
/// With y = t²/(ν + t²), P(|T| ≤ t) = I_y(1/2, ν/2). From 5,000 degrees of freedom on the expansion about the
/// normal point (Fisher & Cornish 1960) is used; its next term is below 1e-14.
pub(crate) fn t975(degrees: u64) -> f64 {
    let v = degrees as f64;
    if degrees >= 5_000 {
        let z = Z975;
        let first = (z.powi(3) + z) / 4.0;
        let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
        let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
        return z + (first + (second + third / v) / v) / v;
    }
    if degrees < 5 {
        // 1 - y is the smaller one here and keeps its digits.
        let rest = beta_quantile(0.05, v / 2.0, 0.5);
        return (v * (1.0 - rest) / rest).sqrt();
    }
    let y = beta_quantile(0.95, 0.5, v / 2.0);
    (v * y / (1.0 - y)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_points_agree_with_tables() {
        // SciPy 1.17.1: scipy.stats.t.ppf(.975, df)
        let table = [
            (1, 12.706_204_736_174_694),
            (2, 4.302_652_729_749_462),
            (30, 2.042_272_456_301_237_8),
            (193, 1.972_331_675_795_749_9),
            (4_999, 1.960_438_646_661_524_7),
            (5_000, 1.960_438_551_706_507_3),
            (1_000_000, 1.959_966_356_814_107),
        ];
        for (degrees, expected) in table {
            assert!((t975(degrees) - expected).abs() < 1e-12, "{degrees}: {}", t975(degrees));
        }
    }

    #[test]
    fn a_beta_quantile_has_its_share_below_it() {
        for a in [0.5, 1.0, 3.7, 40.0, 2e3, 6e5] {
            for b in [0.5, 1.0, 2.2, 75.0, 9e3, 4e5] {
                for p in [0.025, 0.05, 0.95, 0.975] {
                    let x = beta_quantile(p, a, b);
                    let below = beta_distribution(a, b, x);
                    // x itself is rounded.
                    let rounding = 4.0 * f64::EPSILON * power_term(a, b, x) / (1.0 - x);
                    assert!((below - p).abs() < 1e-11 + rounding, "a {a}, b {b}, p {p}: {below}");
                }
            }
        }
    }

    #[test]
    fn beta_quantiles_agree_with_scipy_for_small_and_large_shapes() {
        // SciPy 1.17.1: scipy.stats.beta.ppf([.025, .975], a, b)
        let table = [
            (0.3, 0.02, 0.044_365_417_668_663_91, 1.0),
            (2.5, 0.5, 0.333_178_245_598_790_9, 0.999_783_091_529_969),
            (900.0, 12.0, 0.978_498_038_186_576_1, 0.993_175_637_988_184_5),
            (6_657.047_448_818_388, 2_242.384_126_755_703_6, 0.738_958_800_757_387_1, 0.756_996_878_718_073),
            (30.0, 3e5, 6.746_404_344_478_185e-5, 1.388_131_130_659_964e-4),
            (4e6, 1e6, 0.799_649_277_389_073_7, 0.800_350_495_294_225_4),
            (4e8, 3e7, 0.930_208_477_378_255_4, 0.930_256_635_110_148_7),
        ];
        for (a, b, lower, upper) in table {
            for (p, expected) in [(0.025, lower), (0.975, upper)] {
                let x = beta_quantile(p, a, b);
                assert!((x - expected).abs() < 1e-13, "a {a}, b {b}, p {p}: {x} and not {expected}");
            }
        }
    }
}
