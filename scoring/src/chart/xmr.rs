//! Individuals and moving range: each period one value.

use serde::Serialize;

use super::baseline::Baseline;
use super::series::Series;
use super::{Signal, WIDTH};
use crate::figure::Undef;

/// The rounded factor of older tables for the limits of the values, 3/1.128.
const TABLE_LIMITS: f64 = 2.66;

/// The rounded factor of older tables for the upper limit of the moving range, D₄ for two values.
const TABLE_RANGE: f64 = 3.267;

/// The chart of individuals and moving range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Xmr {
    /// Mean of the baseline's period means.
    pub centre: f64,
    /// Its mean moving range.
    pub moving_range: f64,
    /// Mean moving range over d₂.
    pub sigma: f64,
    /// centre ± 3 sigma; the signals go by these. Not cut off at the ends of the scale.
    pub limits: [f64; 2],
    /// centre ± 2.66 mean moving range, as in older tables.
    pub limits_2_66: [f64; 2],
    /// 3.267 times the mean moving range; a larger one is a signal of its own.
    pub moving_range_upper: f64,
    /// The periods with people.
    pub points: Vec<XmrPoint>,
}

/// One period of an [`Xmr`] chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct XmrPoint {
    /// The period.
    pub period: String,
    /// Its mean.
    pub value: f64,
    /// Distance from the period with people before; absent for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moving_range: Option<f64>,
    /// Beyond the limits of the values.
    pub signal: Signal,
    /// Beyond the upper limit of the moving range; never low.
    pub range_signal: Signal,
}

/// Individuals and moving range of a series against a frozen baseline (Shewhart 1931; Wheeler 1993).
///
/// Each period mean x counts as one value whatever its n (for very unequal n see [`crate::z_chart`]).
/// Limits x̄ ± 3 m̄R/d₂ with d₂ = 2/√π; tables round 3/d₂ to 2.66, which is given beside. The moving range
/// has the table's upper limit D₄ m̄R, D₄ = 1 + 3 √(2 - d₂²)/d₂ (3.267 in tables), and no lower one.
/// Periods without people are passed over. Undefined for a baseline that does not fit or has no spread.
///
/// ```
/// use scoring::{Baseline, Series, Signal, xmr};
/// let weeks: Vec<(String, u64)> = (0..20).map(|week| (format!("{week}"), 70 + week % 5)).collect();
/// let weeks = weeks.iter().map(|(label, count)| (label.as_str(), *count, 100));
/// let baseline = Baseline::freeze(&Series::of_shares(weeks)?)?;
/// let chart = xmr(&Series::of_shares([("20", 71, 100), ("21", 55, 100)])?, &baseline)?;
/// assert_eq!([chart.points[0].signal, chart.points[1].signal], [Signal::None, Signal::Low]);
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn xmr(series: &Series, baseline: &Baseline) -> Result<Xmr, Undef> {
    baseline.check(series)?;
    let sigma = baseline.positive_sigma()?;
    let (centre, moving_range) = (baseline.centre, baseline.moving_range);
    let around = |distance: f64| [centre - distance, centre + distance];
    let limits = around(WIDTH * sigma);
    let moving_range_upper = TABLE_RANGE * moving_range;
    let mut before = None;
    let points = series.means().map(|(period, value)| {
        let range = before.replace(value).map(|before: f64| (value - before).abs());
        XmrPoint {
            period: period.label().into(),
            value,
            moving_range: range,
            signal: Signal::of(value, limits),
            range_signal: range.map_or(Signal::None, |range| Signal::of(range, [0.0, moving_range_upper])),
        }
    });
    let points = points.collect();
    let limits_2_66 = around(TABLE_LIMITS * moving_range);
    Ok(Xmr { centre, moving_range, sigma, limits, limits_2_66, moving_range_upper, points })
}
