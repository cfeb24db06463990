//! The difference between two periods.

use serde::Serialize;

use super::ALPHA;
use super::mean::mean_bounds;
use crate::distribution::Distribution;
use crate::figure::{Figure, Undef};
use crate::layout::Scale;

/// How far a mean has moved between two periods, raw units, with an interval that may be looked at any time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// Mean after minus mean before.
    pub value: f64,
    /// People in the earlier period.
    pub n_before: u64,
    /// People in the later period.
    pub n_after: u64,
    /// Confidence sequence of the difference.
    pub ci95: [f64; 2],
}

/// The change of a mean from one period to another, each growing at its own pace.
///
/// Two sequences of [`crate::mean_sequence`] at α/2 each: with [l, u] before and [l', u'] after, the
/// difference lies in [l' - u, u' - l] at all times together with at least 95 % confidence (union bound).
/// The people of the two periods need not be different ones. Undefined when either period has no answers or
/// values beyond the scale; n is then that of the period in question.
///
/// ```
/// use scoring::{Distribution, Scale, change};
/// let scale = Scale::new(1, 5)?;
/// let before = Distribution::of_histogram(&[20, 40, 90, 160, 90], scale);
/// let after = Distribution::of_histogram(&[80, 90, 90, 90, 50], scale);
/// let moved = change(&before, &after, scale);
/// let moved = moved.known().unwrap();
/// assert!((moved.value + 0.8).abs() < 1e-12);
/// assert!(moved.ci95[0] < -0.8 && moved.ci95[1] < 0.0);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn change(before: &Distribution, after: &Distribution, scale: Scale) -> Figure<Change> {
    difference(before, after, scale).into()
}

fn difference(before: &Distribution, after: &Distribution, scale: Scale) -> Result<Change, Undef> {
    let [low, high] = mean_bounds(before, scale, ALPHA / 2.0)?;
    let [later_low, later_high] = mean_bounds(after, scale, ALPHA / 2.0)?;
    let mean = |period: &Distribution| period.mean().unwrap_or(0.0);
    Ok(Change {
        value: mean(after) - mean(before),
        n_before: before.n(),
        n_after: after.n(),
        ci95: [later_low - high, later_high - low],
    })
}
