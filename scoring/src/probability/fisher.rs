//! Snedecor's F distribution.

use super::beta::{beta_tails, shares};
use super::degrees;

/// P(F > f) with `df1` and `df2` degrees of freedom, whole or not.
///
/// 1 - I_x(df1/2, df2/2) with x = df1 f/(df1 f + df2).
///
/// ```
/// let p = scoring::probability::f_sf(3.1, 2.0, 41.7).unwrap();
/// assert!((p - 0.055570114).abs() < 1e-8);
/// assert_eq!(scoring::probability::f_sf(3.1, 0.0, 41.7), None);
/// ```
pub fn f_sf(f: f64, df1: f64, df2: f64) -> Option<f64> {
    let (df1, df2) = (degrees(df1)?, degrees(df2)?);
    if f.is_nan() {
        return None;
    }
    let [x, y] = shares(f.max(0.0) * (df1 / df2));
    Some(beta_tails(df1 / 2.0, df2 / 2.0, x, y)[1])
}
