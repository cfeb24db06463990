//! How the items hang together across dimensions: eigenvalues, number of factors, halo, HTMT.
//!
//! From the joint counts of pairs of items, over the people who answered both; intervals from leaving out one
//! group of customers at a time. One dimension by itself is the business of `reliability` and `factor`. The
//! report of a survey shows it beside the profile of its dimensions.

mod chance;
mod htmt;
mod items;
mod pairs;
mod parallel;
mod spearman;

use serde::Serialize;

pub use pairs::{polarised_pair, score_correlation};
pub use parallel::{ParallelAnalysis, parallel_analysis};
pub use spearman::spearman;

use crate::cell::{GroupedCell, JointCounts};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named, Undef};
use crate::jackknife::jackknife;
use crate::layout::{Layout, Variable};
use crate::symmetric::{SINGULAR, eigenvalues};
use htmt::{Average, Couple};
use items::Correlations;

/// Eigenvalues of the correlation matrix of the items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Eigenvalues {
    /// The largest first; they sum to the number of items.
    pub value: Vec<f64>,
    /// The fewest people that answered a pair of items.
    pub n: u64,
}

/// The structure of all items that stand in a dimension of any facet but importance.
///
/// A single-item dimension takes part in the eigenvalues and not in HTMT. Names "A|B" join the keys of two
/// dimensions in declared order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StructureReport {
    /// People with a score in at least one of the dimensions.
    pub n: u64,
    /// Of the Pearson correlation matrix, each correlation over the people who answered both items.
    ///
    /// Undefined for a single item, an item without variance, a pair that nobody answered, a pair of fewer than
    /// 200 people where that is less than half of those who answered the most answered item (planned missing
    /// answers), and for a matrix with a negative eigenvalue, which pairwise correlations can have.
    pub eigenvalues: Figure<Eigenvalues>,
    /// Number of factors, by [`parallel_analysis`] with n the fewest people of a pair.
    pub parallel: Figure<ParallelAnalysis>,
    /// The largest eigenvalue over the number of items, 1/items to 1, with a jackknife interval: how much of all
    /// answers is one opinion of everything (halo, Thorndike 1920).
    pub first_factor_share: Figure,
    /// Heterotrait-monotrait ratio of each pair of dimensions with several items: mean |r| across over the
    /// geometric mean of the two mean |r| within (Henseler, Ringle & Sarstedt 2015). At least 0, no upper end.
    ///
    /// |r| is never below zero, so that few people lift it. Undefined as a whole without two such dimensions.
    pub htmt: Figure<Named<Figure<f64>>>,
    /// Its interval, ± t₀.₉₇₅(G - 1) delete-a-group jackknife standard errors (Kott 2001) over the G non-empty of
    /// 32 groups of customers; undefined below 20.
    pub htmt_ci95: Named<Interval>,
    /// The fewest people of a pair of items that enters.
    pub htmt_n: Named<u64>,
    /// The pairs above a usual cut-off, with the cut-off that they pass: 0.85 or 0.9.
    pub htmt_flags: Named<f64>,
    /// The ratio with geometric means of |r| throughout (Roemer, Schuberth & Henseler 2021).
    pub htmt2: Named<Figure<f64>>,
    /// Squared correlation of the two dimensions' scores, to be compared with `ave` of both (Fornell & Larcker
    /// 1981): they ask that each AVE exceeds it. A weak criterion; shown and not relied on.
    pub score_r2: Named<Figure<f64>>,
}

/// Describes the structure of the items of a layout.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let dimension = |key: &str, items: &[usize]| DimensionSpec {
/// #     key: key.into(), facet: Facet::Experience, of: None, items: items.to_vec(),
/// # };
/// # let items = ["a", "b", "c", "d"].map(item).to_vec();
/// # let dimensions = vec![dimension("care", &[0, 1]), dimension("speed", &[2, 3])];
/// # let layout = Layout::new(items, dimensions, Outcomes::default())?;
/// # let mut cell = GroupedCell::empty(&layout);
/// # let rows = [[4, 5, 4, 4], [3, 3, 3, 2], [2, 3, 5, 4], [5, 4, 5, 5], [1, 2, 2, 3], [4, 4, 1, 2]];
/// # for (number, row) in rows.iter().enumerate() {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes, number as u8)?;
/// # }
/// let report = structure_report(&layout, &cell);
/// let eigenvalues = &report.eigenvalues.known().unwrap().value;
/// assert!((eigenvalues.iter().sum::<f64>() - 4.0).abs() < 1e-12);
/// assert!(report.htmt.known().unwrap().get("care|speed").unwrap().known().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn structure_report(layout: &Layout, grouped: &GroupedCell) -> StructureReport {
    let total = grouped.total(layout);
    let correlations = Correlations::new(layout, &total);
    let spectrum = spectrum(&correlations);
    let couples = htmt::couples(layout, &correlations);
    let n = people(layout, &total);
    let each = |average| couples.iter().map(move |couple| (couple, average));
    let ratio = |(couple, average): (&Couple, Average)| {
        (couple.name.clone(), couple.ratio(&correlations, average).into())
    };
    let ratios: Named<Figure<f64>> = each(Average::Arithmetic).map(ratio).collect();
    StructureReport {
        n,
        parallel: spectrum.clone().and_then(|found| parallel_analysis(&found.value, found.n)).into(),
        first_factor_share: first_factor_share(layout, grouped, &spectrum).into(),
        eigenvalues: spectrum.into(),
        htmt_ci95: htmt_intervals(layout, grouped, &correlations, &couples),
        htmt_n: couples.iter().map(|couple| (couple.name.clone(), couple.people(&correlations))).collect(),
        htmt_flags: htmt::flags(&ratios),
        htmt2: each(Average::Geometric).map(ratio).collect(),
        score_r2: score_r2(layout, &total, &couples),
        htmt: if couples.is_empty() {
            Figure::undefined(Undefined::FewDimensions, n)
        } else {
            Figure::Known(ratios)
        },
    }
}

/// People with a score in at least one dimension that takes part.
fn people(layout: &Layout, total: &JointCounts) -> u64 {
    let variables =
        items::dimensions(layout).into_iter().filter_map(|d| layout.variable(Variable::Dimension(d)));
    let mask = variables.fold(0_u64, |mask, bit| mask | (1 << bit));
    total.moments().iter().filter(|(present, _)| present & mask != 0).map(|(_, sums)| sums.n).sum()
}

fn spectrum(correlations: &Correlations) -> Result<Eigenvalues, Undef> {
    correlations.thin()?;
    let (matrix, n) = correlations.matrix()?;
    let value = eigenvalues(&matrix).ok_or(Undef::new(Undefined::NotConverged, n))?;
    if value.last().is_some_and(|smallest| *smallest < -SINGULAR) {
        return Err(Undef::new(Undefined::NotPositiveDefinite, n));
    }
    Ok(Eigenvalues { value, n })
}

fn first_factor_share(
    layout: &Layout,
    grouped: &GroupedCell,
    spectrum: &Result<Eigenvalues, Undef>,
) -> Result<Estimate, Undef> {
    let share =
        |found: &Eigenvalues| found.value.first().map_or(0.0, |first| first / found.value.len() as f64);
    let found = spectrum.as_ref().map_err(|undef| *undef)?;
    let again = |joint: &JointCounts| {
        let (matrix, n) = Correlations::new(layout, joint).matrix()?;
        let value = eigenvalues(&matrix).ok_or(Undef::new(Undefined::NotConverged, n))?;
        Ok(vec![share(&Eigenvalues { value, n })])
    };
    let interval = match jackknife(layout, grouped, again) {
        Ok(jackknife) => jackknife.interval(0, found.n),
        Err(undef) => Interval::undefined(undef.undefined, found.n),
    };
    Ok(Estimate::with_interval(share(found), found.n, interval))
}

/// One jackknife for all pairs together; where one of them fails in a part of the groups, one for each.
fn htmt_intervals(
    layout: &Layout,
    grouped: &GroupedCell,
    correlations: &Correlations,
    couples: &[Couple],
) -> Named<Interval> {
    let of = |some: &[Couple]| {
        jackknife(layout, grouped, |joint| {
            let correlations = Correlations::new(layout, joint);
            some.iter().map(|couple| couple.ratio(&correlations, Average::Arithmetic)).collect()
        })
    };
    let people = |couple: &Couple| couple.people(correlations);
    let all = of(couples);
    let interval = |(place, couple): (usize, &Couple)| {
        let interval = match &all {
            Ok(jackknife) => jackknife.interval(place, people(couple)),
            Err(_) => match of(std::slice::from_ref(couple)) {
                Ok(jackknife) => jackknife.interval(0, people(couple)),
                Err(undef) => Interval::undefined(undef.undefined, people(couple)),
            },
        };
        (couple.name.clone(), interval)
    };
    couples.iter().enumerate().map(interval).collect()
}

fn score_r2(layout: &Layout, total: &JointCounts, couples: &[Couple]) -> Named<Figure<f64>> {
    let square = |couple: &Couple| {
        let [u, v] = couple.dimensions.map(Variable::Dimension);
        let r2 = score_correlation(layout, total, u, v).map(|r| r.value * r.value);
        (couple.name.clone(), r2)
    };
    couples.iter().map(square).collect()
}
