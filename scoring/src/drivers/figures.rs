//! All figures of one set of moments in a row, as the jackknife takes them.
//!
//! Computed once over everybody by `report` and once without each group.

use super::shares::{lmg, relative_weights};
use crate::error::Undefined;
use crate::figure::Undef;
use crate::regression::standardised_fit;
use crate::score_moments::ScoreMoments;

/// R², relative weights and, up to 18 dimensions, LMG shares of some moments.
pub(super) struct Figures {
    pub(super) r2: f64,
    weights: Vec<f64>,
    pub(super) lmg: Result<Vec<f64>, Undefined>,
}

impl Figures {
    pub(super) fn of(moments: &ScoreMoments) -> Result<Figures, Undef> {
        let undefined = |reason| Undef::new(reason, moments.n);
        if moments.n <= moments.mean.len() as u64 {
            return Err(undefined(Undefined::FewForVariables));
        }
        let weights = relative_weights(moments).map_err(undefined)?;
        let (_, _, r2) = standardised_fit(moments).map_err(undefined)?;
        // More than R² = 1 + rounding can only come from correlations that no people could have.
        if r2 > 1.0 + 1e-9 {
            return Err(undefined(Undefined::NotPositiveDefinite));
        }
        Ok(Figures { r2, weights, lmg: lmg(moments) })
    }

    /// R², then weights, then LMG shares, then these over R².
    pub(super) fn line(&self) -> Vec<f64> {
        let shares = self.lmg.as_deref().unwrap_or_default();
        let over = shares.iter().map(|share| if self.r2 > 0.0 { share / self.r2 } else { 0.0 });
        let own = std::iter::once(self.r2).chain(self.weights.iter().copied());
        own.chain(shares.iter().copied()).chain(over).collect()
    }
}
