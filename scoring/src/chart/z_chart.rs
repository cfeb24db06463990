//! Periods of unequal n: each mean measured in its own standard error.

use serde::Serialize;

use super::baseline::Baseline;
use super::series::Series;
use super::{Signal, WIDTH};
use crate::figure::Undef;

/// The z chart of means, or Laney's p′ chart of shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZChart {
    /// Mean over all people of the baseline.
    pub centre: f64,
    /// Standard deviation of one person.
    pub unit: f64,
    /// How many standard errors the baseline's periods scatter; 1 when nothing but chance moves them.
    pub sigma_z: f64,
    /// The periods with people.
    pub points: Vec<ZPoint>,
}

/// One period of a [`ZChart`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZPoint {
    /// The period.
    pub period: String,
    /// People in it.
    pub n: u64,
    /// Its mean or share.
    pub value: f64,
    /// Distance from the centre in standard errors, (value - centre)/(unit/√n).
    pub z: f64,
    /// centre ± 3 unit/√n: the limits of the plain p chart, within the scale.
    pub plain: [f64; 2],
    /// centre ± 3 sigma_z unit/√n, within the scale; the signals go by these.
    pub limits: [f64; 2],
    /// Beyond the limits.
    pub signal: Signal,
}

/// A chart for periods of unequal n, against a frozen baseline (Laney 2002).
///
/// With the centre c and the standard deviation u of one person, z = (x - c)/(u/√n) would scatter by 1 if
/// the people of all periods were drawn from one population. With many people in a period they never are,
/// and the plain limits c ± 3 u/√n find signals everywhere. Laney takes the scatter between periods from
/// the moving range of the z, σ_z = m̄R(z)/d₂, and sets the limits to c ± 3 σ_z u/√n. For shares u =
/// √(p̄(1-p̄)): this is the p′ chart, and the plain limits are those of the p chart. For means u is pooled
/// within the periods; it cancels out of the limits. Limits end where the scale does. Undefined for a
/// baseline that does not fit or has no spread.
///
/// ```
/// use scoring::{Baseline, Series, z_chart};
/// let days = [("1", 40, 47), ("2", 144, 187), ("3", 87, 118), ("4", 153, 193)];
/// let series = Series::of_shares(days)?;
/// let chart = z_chart(&series, &Baseline::of_all(&series)?)?;
/// assert!((chart.centre - 424.0 / 545.0).abs() < 1e-12);
/// assert!(chart.points[0].plain[0] < chart.points[3].plain[0]);
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn z_chart(series: &Series, baseline: &Baseline) -> Result<ZChart, Undef> {
    baseline.check(series)?;
    let widened = baseline.positive_unit()?;
    let (centre, unit) = (baseline.grand_mean, baseline.unit);
    let points = series.means().map(|(period, value)| {
        let root = (period.n() as f64).sqrt();
        let around =
            |spread: f64| series.within([centre - WIDTH * spread / root, centre + WIDTH * spread / root]);
        let limits = around(widened);
        ZPoint {
            period: period.label().into(),
            n: period.n(),
            value,
            z: (value - centre) / unit * root,
            plain: around(unit),
            limits,
            signal: Signal::of(value, limits),
        }
    });
    Ok(ZChart { centre, unit, sigma_z: baseline.sigma_z, points: points.collect() })
}
