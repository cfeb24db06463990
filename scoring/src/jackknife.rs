//! The delete-a-group jackknife: standard errors of whatever can be computed from joint counts.
//!
//! A customer always falls in the same group, so that the error is right also when customers answer repeatedly.
//! The statistic itself is handed in; drivers, fitted weights and alpha over repeated customers call this.

#![allow(clippy::indexing_slicing, reason = "every replicate is checked to be as long as the estimate")]

use serde::Serialize;

use crate::cell::{GroupedCell, JointCounts};
use crate::error::Undefined;
use crate::figure::{Interval, Undef};
use crate::layout::Layout;
use crate::special::t975;

/// The fewest groups with people from which a jackknife error is taken.
const FEWEST_GROUPS: usize = 20;

/// Estimates with their jackknife covariance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Jackknife {
    /// The statistics over everybody.
    pub estimate: Vec<f64>,
    /// Covariance of each two of them.
    pub covariance: Vec<Vec<f64>>,
    /// The statistics without each group in turn.
    pub replicates: Vec<Vec<f64>>,
}

/// Repeats a statistic without each group in turn (Kott 2001; Wolter 2007).
///
/// With G groups that hold people, θ over everybody and θ₍g₎ without group g:
/// cov = (G-1)/G Σ_g (θ₍g₎ - θ)(θ₍g₎ - θ)ᵀ, about the full estimate. Not for medians. The error has an error of
/// its own of about 1/√(2(G-1)), 13 % at 32 groups. Undefined when the statistic is, with or without a group,
/// and for fewer than 20 groups with people.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
/// let mut cell = GroupedCell::empty(&layout);
/// for group in 0..32 {
///     cell.record(&layout, &[Code::answer(1 + group % 5, scale).unwrap()], group)?;
/// }
/// let mean = |joint: &JointCounts| {
///     let pair = joint.item_pair(0, 0);
///     Ok(vec![pair.sum_a as f64 / pair.n as f64])
/// };
/// let found = jackknife(&layout, &cell, mean).unwrap();
/// // One answer a group: nearly the plain standard error of a mean, sd/√n.
/// assert_eq!((found.groups(), found.estimate[0]), (32, 2.90625));
/// assert!((found.se(0).unwrap() - 0.255423).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jackknife(
    layout: &Layout,
    grouped: &GroupedCell,
    statistic: impl Fn(&JointCounts) -> Result<Vec<f64>, Undef>,
) -> Result<Jackknife, Undef> {
    jackknife_of(layout, grouped, |joint| joint.people() > 0, statistic)
}

/// The same over those groups that have somebody who matters to the statistic.
///
/// A group that `counts` says no to is neither left out in turn nor counted.
pub fn jackknife_of(
    layout: &Layout,
    grouped: &GroupedCell,
    counts: impl Fn(&JointCounts) -> bool,
    statistic: impl Fn(&JointCounts) -> Result<Vec<f64>, Undef>,
) -> Result<Jackknife, Undef> {
    let total = grouped.total(layout);
    let estimate = statistic(&total)?;
    let groups: Vec<_> = grouped.groups().map(|(_, joint)| joint).filter(|joint| counts(joint)).collect();
    if groups.len() < FEWEST_GROUPS {
        let reason = Undefined::FewJackknifeGroups(FEWEST_GROUPS as u64);
        return Err(Undef::new(reason, total.people()));
    }
    let replicates = groups.iter().map(|group| statistic(&GroupedCell::without(&total, group)));
    let replicates: Vec<Vec<f64>> = replicates.collect::<Result<_, _>>()?;
    let sound = |numbers: &Vec<f64>| {
        numbers.len() == estimate.len() && numbers.iter().all(|number| number.is_finite())
    };
    if !sound(&estimate) || !replicates.iter().all(sound) {
        return Err(Undef::new(Undefined::NotConverged, total.people()));
    }
    let covariance = covariance(&estimate, &replicates);
    Ok(Jackknife { estimate, covariance, replicates })
}

fn covariance(centre: &[f64], replicates: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = centre.len();
    let groups = replicates.len() as f64;
    let mut table = vec![vec![0.0; width]; width];
    for row in 0..width {
        for column in 0..=row {
            let products =
                replicates.iter().map(|one| (one[row] - centre[row]) * (one[column] - centre[column]));
            let value = (groups - 1.0) / groups * products.sum::<f64>();
            table[row][column] = value;
            table[column][row] = value;
        }
    }
    table
}

impl Jackknife {
    /// How many groups were left out in turn.
    pub fn groups(&self) -> usize {
        self.replicates.len()
    }

    /// The standard error of the statistic at a place, about the full estimate.
    pub fn se(&self, place: usize) -> Option<f64> {
        Some(self.covariance.get(place)?.get(place)?.sqrt())
    }

    /// The standard error about the mean of the replicates instead, which is never larger.
    pub fn se_about_mean(&self, place: usize) -> Option<f64> {
        self.estimate.get(place)?;
        let groups = self.replicates.len() as f64;
        let mean = self.replicates.iter().map(|one| one[place]).sum::<f64>() / groups;
        let squares: f64 = self.replicates.iter().map(|one| (one[place] - mean).powi(2)).sum();
        Some(((groups - 1.0) / groups * squares).sqrt())
    }

    /// Estimate ± t₀.₉₇₅(G - 1) se, in the unit of the statistic; a bound can pass the end of its range.
    ///
    /// `n` is the number of people to name when the interval is undefined: without variance between replicates.
    pub fn interval(&self, place: usize, n: u64) -> Interval {
        match self.se(place) {
            Some(se) if se > 0.0 => {
                let half = t975((self.replicates.len() as u64).saturating_sub(1).max(1)) * se;
                Interval::Known([self.estimate[place] - half, self.estimate[place] + half])
            }
            _ => Interval::undefined(Undefined::NoVariance, n),
        }
    }
}
