//! The frozen stretch of a series that later periods are compared with.

use serde::{Deserialize, Serialize};

use super::D2;
use super::series::Series;
use crate::error::Undefined;
use crate::figure::Undef;

/// The version of the way in which a baseline is computed; a stored one of another version is not used.
pub const BASELINE_VERSION: u32 = 1;

/// How many periods with people a baseline needs before limits are drawn.
pub const BASELINE_POINTS: u64 = 20;

/// Centre and spread of the frozen stretch, to be stored and passed back in.
///
/// For the charts of single values the centre is the plain mean of the period means and σ = m̄R/d₂, where
/// m̄R is the mean absolute difference of neighbouring period means. For the z chart the centre is the mean
/// over people, and each period mean is measured in its own standard error, `unit`/√n; `sigma_z` says how
/// much more than one such error the periods scatter.
///
/// ```
/// use scoring::{Baseline, Series};
/// let weeks: Vec<(String, u64)> = (0..20).map(|week| (format!("week {week}"), 70 + week % 5)).collect();
/// let series = Series::of_shares(weeks.iter().map(|(label, count)| (label.as_str(), *count, 100))).unwrap();
/// let baseline = Baseline::freeze(&series).unwrap();
/// assert_eq!((baseline.points, baseline.people), (20, 2000));
/// assert!((baseline.centre - 0.72).abs() < 1e-12);
/// let stored = serde_json::to_string(&baseline)?;
/// assert_eq!(serde_json::from_str::<Baseline>(&stored)?.last, "week 19");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// [`BASELINE_VERSION`] at the time of freezing.
    pub version: u32,
    /// The first period in it.
    pub first: String,
    /// The last period in it.
    pub last: String,
    /// How many periods with people it rests on.
    pub points: u64,
    /// People in them.
    pub people: u64,
    /// Lowest and highest possible value of the series.
    pub ends: [f64; 2],
    /// Mean of the period means.
    pub centre: f64,
    /// Mean moving range of the period means.
    pub moving_range: f64,
    /// `moving_range`/d₂.
    pub sigma: f64,
    /// Mean over all people.
    pub grand_mean: f64,
    /// Standard deviation of one person: of a share √(p̄(1-p̄)), else pooled within periods, Σ (n-1)s²/Σ
    /// (n-1).
    pub unit: f64,
    /// Mean moving range of the z values over d₂; 0 when `unit` is.
    pub sigma_z: f64,
}

impl Baseline {
    /// Freezes the periods of a series; undefined with fewer than [`BASELINE_POINTS`] periods with people.
    pub fn freeze(series: &Series) -> Result<Baseline, Undef> {
        Baseline::over(series, BASELINE_POINTS)
    }

    /// The same from two periods on: for looking back at a finished series, where nothing is watched.
    pub fn of_all(series: &Series) -> Result<Baseline, Undef> {
        Baseline::over(series, 2)
    }

    fn over(series: &Series, needed: u64) -> Result<Baseline, Undef> {
        let (points, people) = series.means().fold((0, 0), |(points, all), (p, _)| (points + 1, all + p.n()));
        let mut labels = series.means().map(|(period, _)| period.label().to_owned());
        let (Some(first), last) = (labels.next(), labels.last()) else {
            return Err(Undef::new(Undefined::FewPoints(needed), 0));
        };
        if points < needed {
            return Err(Undef::new(Undefined::FewPoints(needed), points));
        }
        let moving_range = mean_moving_range(series.means().map(|(_, mean)| mean));
        let grand_mean = series.means().map(|(period, _)| period.total()).sum::<f64>() / people as f64;
        let unit = unit(series, grand_mean);
        let z = series.means().map(|(period, mean)| (mean - grand_mean) / unit * (period.n() as f64).sqrt());
        Ok(Baseline {
            version: BASELINE_VERSION,
            last: last.unwrap_or_else(|| first.clone()),
            first,
            points,
            people,
            ends: series.ends,
            centre: series.means().map(|(_, mean)| mean).sum::<f64>() / points as f64,
            moving_range,
            sigma: moving_range / D2,
            grand_mean,
            unit,
            sigma_z: if unit > 0.0 { mean_moving_range(z) / D2 } else { 0.0 },
        })
    }

    /// Whether the baseline can be applied to a series: same version, same scale, possible numbers.
    pub(super) fn check(&self, series: &Series) -> Result<(), Undef> {
        let numbers = [self.centre, self.moving_range, self.sigma, self.grand_mean, self.unit, self.sigma_z];
        let same_ends = self.ends.iter().zip(series.ends).all(|(mine, theirs)| (mine - theirs).abs() < 1e-9);
        let possible = numbers.iter().all(|number| number.abs() < 1e9)
            && [self.moving_range, self.sigma, self.unit, self.sigma_z].iter().all(|spread| *spread >= 0.0);
        if self.version == BASELINE_VERSION && same_ends && possible {
            Ok(())
        } else {
            Err(Undef::new(Undefined::BadBaseline, self.points))
        }
    }

    /// σ of the charts of single values, where it is positive.
    pub(super) fn positive_sigma(&self) -> Result<f64, Undef> {
        positive(self.sigma, self.points)
    }

    /// The standard deviation of one person, widened by `sigma_z`, where it is positive.
    pub(super) fn positive_unit(&self) -> Result<f64, Undef> {
        positive(self.unit * self.sigma_z, self.points)
    }
}

/// A spread that one may divide by.
fn positive(spread: f64, points: u64) -> Result<f64, Undef> {
    // Differences of equal means that rounding has left do not count as spread.
    if spread > 1e-12 { Ok(spread) } else { Err(Undef::new(Undefined::NoVariance, points)) }
}

/// The standard deviation of one person.
fn unit(series: &Series, grand_mean: f64) -> f64 {
    if series.shares {
        return (grand_mean * (1.0 - grand_mean)).max(0.0).sqrt();
    }
    let scatter: f64 = series.means().map(|(period, _)| period.scatter()).sum();
    let degrees: f64 = series.means().map(|(period, _)| period.n() as f64 - 1.0).sum();
    if degrees > 0.0 { (scatter / degrees).sqrt() } else { 0.0 }
}

/// The mean absolute difference of neighbours; 0 for fewer than two values.
fn mean_moving_range(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let ranges = values.clone().zip(values.skip(1)).map(|(before, after)| (after - before).abs());
    let (count, sum) = ranges.fold((0.0, 0.0), |(count, sum), range| (count + 1.0, sum + range));
    if count > 0.0 { sum / count } else { 0.0 }
}
