//! Stirling's remainder of log-gamma at whole numbers, small ones included.
//!
//! The thresholds of the sequences are differences of log-gamma values of the size n ln n that leave
//! something of the size ln n. Written by remainders, the large parts cancel on paper and no digits are
//! lost at any n.

use std::f64::consts::TAU;

use crate::special::stirling;

/// S(n) in ln Γ(n) = (n - 1/2) ln n - n + ln √2π + S(n), and as well in ln n! = (n + 1/2) ln n - n + ln √2π
/// + S(n); n ≥ 1 (DLMF 5.11.1).
pub(super) fn of_factorial(n: u64) -> f64 {
    let x = n as f64;
    if n >= 12 {
        return stirling(x);
    }
    let log_gamma: f64 = (2..n).map(|k| (k as f64).ln()).sum();
    log_gamma - (x - 0.5) * x.ln() + x - 0.5 * TAU.ln()
}

/// R(s) in ln Γ(s + 1/2) = s ln s - s + ln √2π + R(s), with 0 ln 0 = 0.
///
/// By the duplication formula (DLMF 5.5.5) R(s) = S(2s) - S(s); R(0) = -(ln 2)/2.
pub(super) fn of_half(s: u64) -> f64 {
    match s {
        0 => -0.5 * 2_f64.ln(),
        _ => of_factorial(2 * s) - of_factorial(s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_agree_with_log_gamma() {
        // SciPy 1.17.1, scipy.special.gammaln.
        let table = [
            (1, 0.0, -0.120_782_237_635_245_26),
            (2, 0.0, 0.284_682_870_472_919_2),
            (7, 6.579_251_212_010_101, 7.534_364_236_758_734),
            (12, 17.502_307_845_873_887, 18.734_347_511_936_45),
            (40, 106.631_760_260_643_45, 108.473_075_069_065_39),
        ];
        for (n, whole, half) in table {
            let x = n as f64;
            let found = (x - 0.5) * x.ln() - x + 0.5 * TAU.ln() + of_factorial(n);
            assert!((found - whole).abs() < 1e-13 * (1.0 + whole), "ln gamma({n}) is {found}");
            let found = x * x.ln() - x + 0.5 * TAU.ln() + of_half(n);
            assert!((found - half).abs() < 1e-13 * (1.0 + half), "ln gamma({n} + 1/2) is {found}");
        }
        assert!((0.5 * TAU.ln() + of_half(0) - 0.572_364_942_924_700_1).abs() < 1e-15);
    }
}
