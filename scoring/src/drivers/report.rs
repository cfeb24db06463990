//! The drivers of the overall judgement, as a report shows them.
//!
//! Estimates from the moments that `moments` chooses, errors from one jackknife over all figures together.

#![allow(clippy::indexing_slicing, reason = "figures of p drivers, read at places below p")]

use serde::Serialize;

use super::figures::Figures;
use super::moments::{Chosen, Mode, choose};
use super::ranks::rank_probabilities;
use crate::cell::{GroupedCell, JointCounts};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named, Undef};
use crate::jackknife::{Jackknife, jackknife_of};
use crate::layout::{Facet, Layout, Variable};

/// Below this many people for each dimension the report says so.
const PEOPLE_PER_PREDICTOR: u64 = 10;

/// What the overall judgement goes with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DriverReport {
    /// Share of the outcome's variance that all dimensions together account for, 0..=1.
    pub r2: Figure,
    /// LMG share of each dimension in R²; they sum to it.
    pub lmg: Named<Figure<Driver>>,
    /// Relative weight of each dimension; they sum to R², too.
    pub relative_weights: Named<Figure>,
    /// Correlation of each dimension with the outcome: the shares have no sign, this has.
    pub r: Named<Figure>,
    /// On whom it rests and how the intervals were made, in words.
    pub method: String,
    /// What to beware of, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// LMG share over R², 0..=1, with its own interval; for [`crate::importance_performance`].
    #[serde(skip)]
    pub share: Named<Figure>,
}

/// The LMG share of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Driver {
    /// In units of R².
    pub value: f64,
    /// People.
    pub n: u64,
    /// Jackknife interval.
    pub ci95: Interval,
    /// Probability of being the strongest driver, the second strongest and so on.
    pub rank_probability: Figure<Vec<f64>>,
}

/// The drivers of the overall outcome by all dimensions of facet experience and image.
///
/// R² of the linear regression of the outcome on the dimension scores (person means under the half rule), shared
/// out by [`crate::lmg`] and, as a check, by [`crate::relative_weights`]; r is Pearson's. `mode` says on whom the
/// correlations rest. n counts people with all scores (listwise) or with any of them (by mask; then r counts
/// those who have both). Intervals: [`crate::jackknife()`] over 32 groups, t with G - 1 degrees of freedom, unclipped;
/// `rank_probability` from 2,000 normal draws with the jackknife covariance and a fixed seed. Shares are never
/// negative, also where r is near 0; near-copies split one share; a more reliable dimension gets more.
/// Undefined without an overall outcome, with fewer than two dimensions, for n ≤ p + 1, without variance, when
/// the correlations are not positive definite, when EM does not converge, and by mask when a pair of scores was
/// answered by fewer than 200 people. Above 18 dimensions only the LMG shares are; with fewer than 20 groups
/// only the intervals.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let dimension = |key: &str, item| DimensionSpec {
///     key: key.into(), facet: Facet::Experience, of: None, items: vec![item],
/// };
/// let layout = Layout::new(
///     ["a", "b", "y"].map(item).to_vec(),
///     vec![dimension("speed", 0), dimension("care", 1)],
///     Outcomes { overall: vec![2], ..Outcomes::default() },
/// )?;
/// let mut cell = GroupedCell::empty(&layout);
/// for person in 0..100_u8 {
///     let (speed, care) = (1 + person % 5, 1 + person / 5 % 4);
///     let overall = (speed + care + person % 3) / 2;
///     let codes = [speed, care, overall.clamp(1, 5)].map(|raw| Code::answer(raw, scale).unwrap());
///     cell.record(&layout, &codes, person % 32)?;
/// }
/// let report = driver_report(&layout, &cell, Mode::Auto);
/// let share = |key: &str| report.lmg.get(key).unwrap().known().unwrap().value;
/// assert!((share("speed") + share("care") - report.r2.known().unwrap().value).abs() < 1e-12);
/// assert!(share("speed") > share("care"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn driver_report(layout: &Layout, grouped: &GroupedCell, mode: Mode) -> DriverReport {
    let dimensions = predictors(layout);
    match prepare(layout, grouped, &dimensions, mode) {
        Ok(prepared) => prepared.report(layout, grouped, &dimensions),
        Err((undef, method)) => nothing(layout, &dimensions, undef, method),
    }
}

/// All dimensions of facet experience and image, in declared order.
fn predictors(layout: &Layout) -> Vec<usize> {
    let wanted = |facet| matches!(facet, Facet::Experience | Facet::Image);
    let indexes = layout.dimensions().iter().enumerate().filter(|(_, d)| wanted(d.facet));
    indexes.map(|(index, _)| index).collect()
}

fn keys(layout: &Layout, dimensions: &[usize]) -> Vec<String> {
    dimensions.iter().map(|&index| layout.dimensions()[index].key.clone()).collect()
}

/// Estimates over everybody, ready to be repeated.
struct Prepared {
    chosen: Chosen,
    figures: Figures,
    total: JointCounts,
    outcome: usize,
}

fn prepare(
    layout: &Layout,
    grouped: &GroupedCell,
    dimensions: &[usize],
    mode: Mode,
) -> Result<Prepared, (Undef, String)> {
    let plain = |reason| (Undef::new(reason, 0), "none".to_owned());
    let outcome = layout.variable(Variable::Overall).ok_or_else(|| plain(Undefined::NoOverall))?;
    if dimensions.len() < 2 {
        return Err(plain(Undefined::FewPredictors));
    }
    // The places of dimensions among the variables are their indexes.
    let variables: Vec<usize> = dimensions.iter().copied().chain([outcome]).collect();
    let total = grouped.total(layout);
    let chosen = choose(layout, &total, &variables, mode).map_err(|undef| (undef, "none".to_owned()))?;
    let figures = Figures::of(&chosen.moments).map_err(|undef| (undef, chosen.words()))?;
    Ok(Prepared { chosen, figures, total, outcome })
}

impl Prepared {
    fn report(&self, layout: &Layout, grouped: &GroupedCell, dimensions: &[usize]) -> DriverReport {
        let n = self.chosen.moments.n;
        let width = dimensions.len();
        let again = |joint: &JointCounts| Ok(Figures::of(&self.chosen.again(layout, joint)?)?.line());
        let found = jackknife_of(layout, grouped, |joint| self.chosen.concerns(joint), again);
        let interval = |place: usize| match &found {
            Ok(found) => found.interval(place, n),
            Err(undef) => Interval::Undefined(Undef::new(undef.undefined, n)),
        };
        let line = self.figures.line();
        let figure = |place: usize| Figure::Known(Estimate::with_interval(line[place], n, interval(place)));
        let keys = keys(layout, dimensions);
        let named = |make: &dyn Fn(usize) -> Figure| -> Named<Figure> {
            keys.iter().cloned().enumerate().map(|(place, key)| (key, make(place))).collect()
        };
        let share = |place: usize| match self.figures.lmg {
            Ok(_) if self.figures.r2 > 0.0 => figure(1 + 2 * width + place),
            Ok(_) => Figure::undefined(Undefined::NoVariance, n),
            Err(reason) => Figure::undefined(reason, n),
        };
        DriverReport {
            r2: figure(0),
            lmg: self.drivers(&keys, &found, interval),
            relative_weights: named(&|place| figure(1 + place)),
            r: named(&|place| self.correlation(dimensions[place], place)),
            method: self.method(&found),
            caution: self.caution(width),
            share: named(&share),
        }
    }

    fn drivers(
        &self,
        keys: &[String],
        found: &Result<Jackknife, Undef>,
        interval: impl Fn(usize) -> Interval,
    ) -> Named<Figure<Driver>> {
        let (n, width) = (self.chosen.moments.n, keys.len());
        let shares = match &self.figures.lmg {
            Ok(shares) => shares,
            Err(reason) => {
                return keys.iter().map(|key| (key.clone(), Figure::undefined(*reason, n))).collect();
            }
        };
        let places: Vec<usize> = (1 + width..=2 * width).collect();
        let ranks = found.as_ref().map(|found| rank_probabilities(found, &places));
        let driver = |(place, key): (usize, &String)| {
            let rank_probability = match &ranks {
                Ok(ranks) => Figure::Known(ranks[place].clone()),
                Err(undef) => Figure::undefined(undef.undefined, n),
            };
            let ci95 = interval(1 + width + place);
            (key.clone(), Figure::Known(Driver { value: shares[place], n, ci95, rank_probability }))
        };
        keys.iter().enumerate().map(driver).collect()
    }

    /// r with the outcome; by mask n counts those who have both.
    fn correlation(&self, dimension: usize, place: usize) -> Figure {
        let moments = &self.chosen.moments;
        let last = moments.mean.len() - 1;
        let covariance = &moments.covariance;
        let r = covariance[place][last] / (covariance[place][place] * covariance[last][last]).sqrt();
        let both = self.total.pair(dimension, self.outcome).n;
        Figure::Known(Estimate::plain(r, both.min(moments.n)))
    }

    fn method(&self, found: &Result<Jackknife, Undef>) -> String {
        let errors = match found {
            Ok(found) => format!("delete-a-group jackknife, {} groups", found.groups()),
            Err(_) => "no intervals".to_owned(),
        };
        let way = self.chosen.words();
        format!("{way}; LMG over all subsets, Johnson's relative weights; {errors}; association, not cause")
    }

    fn caution(&self, width: usize) -> Option<String> {
        let least = PEOPLE_PER_PREDICTOR * width as u64;
        (self.chosen.moments.n < least)
            .then(|| format!("fewer than {PEOPLE_PER_PREDICTOR} people for each of {width} dimensions"))
    }
}

/// The same words in place of every figure.
fn nothing(layout: &Layout, dimensions: &[usize], undef: Undef, method: String) -> DriverReport {
    let named = || -> Named<Figure> {
        keys(layout, dimensions).into_iter().map(|key| (key, Figure::Undefined(undef))).collect()
    };
    DriverReport {
        r2: Figure::Undefined(undef),
        lmg: keys(layout, dimensions).into_iter().map(|key| (key, Figure::Undefined(undef))).collect(),
        relative_weights: named(),
        r: named(),
        method,
        caution: None,
        share: named(),
    }
}
