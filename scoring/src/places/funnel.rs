//! The funnel: each place against the limits that its number of answers allows.

use serde::Serialize;

use crate::comparison::{usable, weighted_mean};
use crate::special::Z975;

/// The 99.9 % point of the standard normal distribution, for two-sided limits of 99.8 %.
const Z999: f64 = 3.090_232_306_167_813_5;
/// The share of places at each end whose z is drawn in before the overdispersion is estimated.
const WINSORISED: f64 = 0.1;

/// The target and the overdispersion of a league table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// The mean of all places, weighted by 1/v_j: of all people, with a common variance.
    pub target: f64,
    /// Overdispersion from winsorised z; limits are √phi wider when it is above 1.
    pub phi: f64,
    /// Overdispersion from all z as they are, Q/(k - 1).
    pub phi_plain: f64,
    /// z of the places in the given order.
    #[serde(skip)]
    pub z: Vec<f64>,
}

/// Which limits a place lies outside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Outside {
    /// Within both.
    #[serde(rename = "none")]
    None,
    /// Outside the 95 % limits: one place in twenty is by chance.
    #[serde(rename = "95")]
    Limits95,
    /// Outside the 99.8 % limits: one place in five hundred is by chance.
    #[serde(rename = "99.8")]
    Limits998,
}

/// The funnel of places with means y_j and sampling variances v_j (Spiegelhalter 2005).
///
/// z_j = (y_j - target)/√v_j. phi is Σ z²/(k - 1) after the lowest and the highest tenth of the z (rounded down)
/// are set to their nearest neighbour inside, so that a few outlying places do not widen everybody's limits;
/// Spiegelhalter divides by k, here one degree of freedom goes to the target. `None` for fewer than two places,
/// a mean that is not finite, a variance that is not a finite number above 0, and numbers so far apart that no z
/// can be computed.
///
/// ```
/// use scoring::{Outside, funnel};
/// let funnel = funnel(&[(4.0, 0.01), (4.1, 0.01), (3.9, 0.01), (3.5, 0.01)]).unwrap();
/// assert!((funnel.target - 3.875).abs() < 1e-12 && funnel.phi > 6.0);
/// // With limits widened by that much, nothing stands out.
/// assert_eq!(funnel.outside(3.5, 0.01), Outside::None);
/// ```
pub fn funnel(places: &[(f64, f64)]) -> Option<Funnel> {
    if places.len() < 2 || usable(places).len() != places.len() {
        return None;
    }
    let (target, _) = weighted_mean(places, 0.0);
    let z: Vec<f64> = places.iter().map(|(y, v)| (y - target) / v.sqrt()).collect();
    if z.iter().any(|z| !z.is_finite()) {
        return None;
    }
    let degrees = z.len() as f64 - 1.0;
    let phi = winsorised(&z).iter().map(|z| z * z).sum::<f64>() / degrees;
    let phi_plain = z.iter().map(|z| z * z).sum::<f64>() / degrees;
    Some(Funnel { target, phi, phi_plain, z })
}

/// The values with the lowest and the highest tenth drawn in, ascending.
fn winsorised(z: &[f64]) -> Vec<f64> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
    let out = (WINSORISED * z.len() as f64) as usize;
    let mut sorted = z.to_vec();
    sorted.sort_by(f64::total_cmp);
    let inside = sorted.get(out).copied().zip(sorted.get(sorted.len() - 1 - out).copied());
    inside.map_or(Vec::new(), |(low, high)| sorted.iter().map(|z| z.clamp(low, high)).collect())
}

impl Funnel {
    /// The limits for a sampling variance: [95 %, 99.8 %], each [lower, upper]: target ± z √(max(1, phi) v).
    ///
    /// ```
    /// let funnel = scoring::funnel(&[(4.0, 0.01), (4.1, 0.01)]).unwrap();
    /// let [[lower, _], [outer, _]] = funnel.limits(0.01);
    /// assert!((lower - (4.05 - 0.1959964)).abs() < 1e-6 && outer < lower);
    /// ```
    pub fn limits(&self, variance: f64) -> [[f64; 2]; 2] {
        let sd = (variance.max(0.0) * self.phi.max(1.0)).sqrt();
        [Z975, Z999].map(|z| [self.target - z * sd, self.target + z * sd])
    }

    /// Which limits a mean with this sampling variance lies outside of.
    pub fn outside(&self, mean: f64, variance: f64) -> Outside {
        let [inner, outer] = self.limits(variance).map(|[lower, upper]| mean < lower || mean > upper);
        match (inner, outer) {
            (_, true) => Outside::Limits998,
            (true, false) => Outside::Limits95,
            (false, false) => Outside::None,
        }
    }
}
