//! The exponentially weighted moving average.

use serde::Serialize;

use super::Signal;
use super::baseline::Baseline;
use super::series::Series;
use crate::figure::Undef;

/// The weight of the newest period.
const LAMBDA: f64 = 0.2;

/// How many standard deviations of the average the limits lie from the centre.
const LIMIT: f64 = 3.0;

/// The chart of an exponentially weighted moving average.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ewma {
    /// Weight of the newest period, 0.2.
    pub lambda: f64,
    /// Width of the limits in standard deviations of the average, 3.
    pub limit: f64,
    /// The periods with people.
    pub points: Vec<EwmaPoint>,
}

/// One period of an [`Ewma`] chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EwmaPoint {
    /// The period.
    pub period: String,
    /// The average up to this period.
    pub value: f64,
    /// Lower and upper limit of the average.
    pub limits: [f64; 2],
    /// Beyond the limits.
    pub signal: Signal,
}

/// The exponentially weighted moving average of the period means (Roberts 1959).
///
/// z_i = λ x_i + (1 - λ) z_(i-1) from z_0 = centre, λ = 0.2; limits centre ± 3 σ √(λ/(2-λ) (1 - (1-λ)^2i)),
/// exact for each i, which Lucas & Saccucci 1990 recommend for shifts of about one σ. It begins at the
/// first period of the series that is given: pass on the periods after the baseline to watch them alone.
/// Undefined for a baseline that does not fit or has no spread.
///
/// ```
/// use scoring::{Baseline, Series, Signal, ewma};
/// let weeks: Vec<(String, u64)> = (0..20).map(|week| (format!("{week}"), 70 + week % 5)).collect();
/// let weeks = weeks.iter().map(|(label, count)| (label.as_str(), *count, 100));
/// let baseline = Baseline::freeze(&Series::of_shares(weeks)?)?;
/// let later = Series::of_shares([("20", 70, 100), ("21", 69, 100), ("22", 68, 100), ("23", 68, 100)])?;
/// let signals: Vec<_> = ewma(&later, &baseline)?.points.iter().map(|point| point.signal).collect();
/// assert_eq!(signals, [Signal::None, Signal::None, Signal::Low, Signal::Low]);
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn ewma(series: &Series, baseline: &Baseline) -> Result<Ewma, Undef> {
    baseline.check(series)?;
    let sigma = baseline.positive_sigma()?;
    let (mut average, mut left) = (baseline.centre, 1.0);
    let points = series.means().map(|(period, mean)| {
        average = LAMBDA * mean + (1.0 - LAMBDA) * average;
        left *= (1.0 - LAMBDA) * (1.0 - LAMBDA);
        let half = LIMIT * sigma * (LAMBDA / (2.0 - LAMBDA) * (1.0 - left)).sqrt();
        let limits = [baseline.centre - half, baseline.centre + half];
        EwmaPoint {
            period: period.label().into(),
            value: average,
            limits,
            signal: Signal::of(average, limits),
        }
    });
    let points = points.collect();
    Ok(Ewma { lambda: LAMBDA, limit: LIMIT, points })
}
