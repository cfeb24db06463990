//! The cumulative sum, both sides.

use serde::Serialize;

use super::Signal;
use super::baseline::Baseline;
use super::series::Series;
use crate::figure::Undef;

/// The slack that is taken off each period's distance, in σ: half of the shift to be found.
const SLACK: f64 = 0.5;

/// The sum that raises the alarm, in σ.
const ALARM: f64 = 5.0;

/// The two-sided cumulative sum chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cusum {
    /// Slack in σ, 0.5.
    pub k: f64,
    /// Alarm in σ, 5.
    pub h: f64,
    /// The periods with people.
    pub points: Vec<CusumPoint>,
}

/// One period of a [`Cusum`] chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CusumPoint {
    /// The period.
    pub period: String,
    /// Sum of the distances above the centre, in σ.
    pub high: f64,
    /// Sum of the distances below the centre, in σ.
    pub low: f64,
    /// Whether a sum is above the alarm; where both are, that of the larger one.
    pub signal: Signal,
}

/// The two-sided cumulative sum of the period means (Page 1954).
///
/// With z = (x - centre)/σ: C⁺_i = max(0, C⁺_(i-1) + z_i - k), C⁻_i = max(0, C⁻_(i-1) - z_i - k), from 0, k
/// = 1/2; the alarm is raised above h = 5. With independent
/// normal values of known σ it finds a lasting shift of one σ after about ten periods and raises a false alarm
/// about once in 465. It begins at the first period of the series that is given and
/// does not begin anew after an alarm. Undefined for a baseline that does not fit or has no spread.
///
/// ```
/// use scoring::{Baseline, Series, Signal, cusum};
/// let weeks: Vec<(String, u64)> = (0..20).map(|week| (format!("{week}"), 70 + week % 5)).collect();
/// let weeks = weeks.iter().map(|(label, count)| (label.as_str(), *count, 100));
/// let baseline = Baseline::freeze(&Series::of_shares(weeks)?)?;
/// let later = Series::of_shares([("20", 68, 100), ("21", 68, 100), ("22", 67, 100)])?;
/// let chart = cusum(&later, &baseline)?;
/// assert_eq!(chart.points[2].signal, Signal::Low);
/// assert_eq!(chart.points[2].high, 0.0);
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn cusum(series: &Series, baseline: &Baseline) -> Result<Cusum, Undef> {
    baseline.check(series)?;
    let sigma = baseline.positive_sigma()?;
    let (mut high, mut low) = (0.0_f64, 0.0_f64);
    let points = series.means().map(|(period, mean)| {
        let z = (mean - baseline.centre) / sigma;
        high = (high + z - SLACK).max(0.0);
        low = (low - z - SLACK).max(0.0);
        CusumPoint { period: period.label().into(), high, low, signal: alarm(high, low) }
    });
    let points = points.collect();
    Ok(Cusum { k: SLACK, h: ALARM, points })
}

fn alarm(high: f64, low: f64) -> Signal {
    if high.max(low) <= ALARM {
        Signal::None
    } else if high >= low {
        Signal::High
    } else {
        Signal::Low
    }
}
