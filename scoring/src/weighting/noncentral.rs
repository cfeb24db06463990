//! The noncentral chi-square distribution, for the interval of the R-indicator.

use statrs::function::gamma::{gamma_lr, ln_gamma};

use crate::special::Z975;

/// From this value on the normal approximation takes over.
const LARGE: f64 = 1e5;

/// P(X ≤ x) with `degrees` degrees of freedom and noncentrality `lambda`, as the Poisson mixture of central ones.
///
/// Summed outwards from the middle of the Poisson weights; the central values follow from one another
/// (DLMF 8.8.5). Absolute error about 1e-12 for arguments up to some 1e5.
pub(super) fn noncentral_chi2(x: f64, degrees: f64, lambda: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let (half, shape) = (lambda / 2.0, x / 2.0);
    let middle = half.floor();
    // Weight of a Poisson count, and the density term by which neighbouring central values differ.
    let weight = if half > 0.0 { (middle * half.ln() - half - ln_gamma(middle + 1.0)).exp() } else { 1.0 };
    let first = degrees / 2.0 + middle;
    let value = gamma_lr(first, shape);
    let term = (first * shape.ln() - shape - ln_gamma(first + 1.0)).exp();
    let mut total = weight * value;
    let (mut w, mut p, mut t, mut j) = (weight, value, term, middle);
    while w > 1e-17 && half > 0.0 {
        p -= t;
        j += 1.0;
        t *= shape / (degrees / 2.0 + j);
        w *= half / j;
        total += w * p.max(0.0);
    }
    (w, p, t, j) = (weight, value, term, middle);
    while w > 1e-17 && j >= 1.0 {
        t *= (degrees / 2.0 + j) / shape;
        p += t;
        w *= j / half;
        j -= 1.0;
        total += w * p.min(1.0);
    }
    total.clamp(0.0, 1.0)
}

/// The noncentralities between which an observed `x` is neither too large nor too small at 2.5 % each side.
///
/// Inverts the distribution function, which falls as the noncentrality grows (Steiger & Fouladi 1997); 0 where no
/// noncentrality fits a bound.
pub(super) fn noncentrality_interval(x: f64, degrees: f64) -> [f64; 2] {
    if x > LARGE {
        // X ≈ normal with mean degrees + λ and variance 2 degrees + 4 λ.
        let z2 = Z975 * Z975;
        let root = Z975 * (2.0 * degrees + 4.0 * (x - degrees) + 4.0 * z2).max(0.0).sqrt();
        let centre = x - degrees + 2.0 * z2;
        return [(centre - root).max(0.0), centre + root];
    }
    [at_probability(x, degrees, 0.975), at_probability(x, degrees, 0.025)]
}

fn at_probability(x: f64, degrees: f64, p: f64) -> f64 {
    if noncentral_chi2(x, degrees, 0.0) <= p {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, x + 10.0 * x.sqrt() + 20.0);
    while high - low > 1e-11 * (1.0 + high) {
        let middle = f64::midpoint(low, high);
        if noncentral_chi2(x, degrees, middle) > p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_agrees_with_scipy() {
        // SciPy 1.17.1: scipy.stats.ncx2.cdf(x, df, nc)
        let table = [
            (3.0, 2.0, 0.0, 0.776_869_839_851_570_2),
            (0.5, 4.0, 1.5, 0.013_300_955_213_216_62),
            (20.0, 5.0, 10.0, 0.781_070_388_285_035_7),
            (150.0, 19.0, 100.0, 0.924_381_931_021_120_4),
            (900.0, 7.0, 1000.0, 0.042_699_548_477_055_64),
            (10400.0, 3.0, 10000.0, 0.975_608_756_492_028),
            (89000.0, 9.0, 90000.0, 0.046_023_924_912_529_76),
        ];
        for (x, degrees, lambda, expected) in table {
            let found = noncentral_chi2(x, degrees, lambda);
            assert!((found - expected).abs() < 1e-10, "{x} {degrees} {lambda}: {found} and not {expected}");
        }
    }

    #[test]
    fn both_ways_to_the_interval_meet() {
        let [low, high] = noncentrality_interval(LARGE, 7.0);
        let [near_low, near_high] = noncentrality_interval(LARGE + 1e-3, 7.0);
        assert!(
            (low - near_low).abs() < 0.01 * (high - low) && (high - near_high).abs() < 0.01 * (high - low)
        );
        assert!((noncentral_chi2(50.0, 4.0, noncentrality_interval(50.0, 4.0)[1]) - 0.025).abs() < 1e-10);
        let [low, high] = noncentrality_interval(0.1, 4.0);
        assert!(low.max(high) <= 0.0, "no noncentrality explains so little");
    }
}
