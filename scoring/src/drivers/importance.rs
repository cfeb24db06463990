//! Importance against performance: where to look first, and how sure that is.
//!
//! Importance is offered twice, derived from the drivers and as stated, since the two often disagree. A quadrant
//! is named only where the whole box of both intervals lies in it.

#![allow(clippy::indexing_slicing, reason = "ranks of one list, read at its own places")]

use serde::Serialize;

use super::report::DriverReport;
use crate::cell::Cell;
use crate::dimension::dimension_score;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named};
use crate::layout::{Facet, Layout};
use crate::outcome::importance;
use crate::quality::of_facet;

/// A corner of the chart of importance and performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important and below the others: here an effort pays.
    ConcentrateHere,
    /// Important and done well.
    KeepUp,
    /// Neither important nor done well.
    LowPriority,
    /// Done well, though less important.
    PossibleOverkill,
    /// The intervals reach across a cut, or there are none.
    Undetermined,
}

/// Where an experience dimension stands in the chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// Score in points of 100.
    pub performance: Figure,
    /// LMG share of R², 0..=1.
    pub derived: Figure,
    /// Mean of the stated importance, in its raw units; absent when it was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<Figure>,
    /// Quadrant by derived importance.
    pub quadrant_derived: Quadrant,
    /// Quadrant by stated importance; absent when it was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quadrant_stated: Option<Quadrant>,
}

/// The chart of importance and performance (Martilla & James 1977).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportancePerformance {
    /// Where the chart is cut: the mean performance of the dimensions shown.
    pub cut_performance: Figure<f64>,
    /// Their mean derived importance.
    pub cut_derived: Figure<f64>,
    /// Their mean stated importance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_stated: Option<Figure<f64>>,
    /// Rank correlation (Spearman) of stated and derived importance over the dimensions that have both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_with_derived: Option<Figure<f64>>,
    /// Each experience dimension.
    pub dimensions: Named<Position>,
}

/// Sets the score of each experience dimension against its importance, derived and stated.
///
/// Performance: [`crate::dimension_score`], normal interval. Derived importance: the LMG share over R² of
/// [`crate::driver_report`], jackknife interval. Stated importance: the mean of the dimension of facet importance
/// that belongs to it, t interval. The cuts are the plain means over the dimensions shown, taken as given; a
/// quadrant is named only if both intervals lie wholly on one side. Stated importance is crowded at the top of
/// its scale, and derived importance is association: offer both.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
/// let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0] };
/// let layout = Layout::new(vec![item], vec![speed], Outcomes::default())?;
/// let drivers = driver_report(&layout, &GroupedCell::empty(&layout), Mode::Auto);
/// let chart = importance_performance(&layout, &Cell::empty(&layout), &drivers);
/// assert_eq!(chart.dimensions.get("speed").unwrap().quadrant_derived, Quadrant::Undetermined);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn importance_performance(layout: &Layout, cell: &Cell, drivers: &DriverReport) -> ImportancePerformance {
    let all_stated = importance(layout, cell);
    let mut rows: Vec<(String, Figure, Figure, Option<Figure>)> = Vec::new();
    for index in of_facet(layout, Facet::Experience) {
        let key = layout.dimensions()[index].key.clone();
        let derived = drivers.share.get(&key).copied();
        let derived = derived.unwrap_or(Figure::undefined(Undefined::NoOverall, 0));
        let asked = layout.partner(Facet::Importance, &key).is_some();
        let stated = all_stated.get(&key).copied().filter(|_| asked);
        rows.push((key, dimension_score(layout, cell, index), derived, stated));
    }
    let cut_performance = mean(rows.iter().map(|row| row.1));
    let cut_derived = mean(rows.iter().map(|row| row.2));
    let asked = rows.iter().any(|row| row.3.is_some());
    let cut_stated = asked.then(|| mean(rows.iter().filter_map(|row| row.3)));
    let pairs = rows.iter().filter_map(|row| Some((row.3?.known()?.value, row.2.known()?.value)));
    let (stated, derived): (Vec<f64>, Vec<f64>) = pairs.unzip();
    let position = |(key, performance, derived, stated): (String, Figure, Figure, Option<Figure>)| {
        let boxed = |importance: &Figure, cut: &Figure<f64>| {
            box_quadrant((importance, cut), (&performance, &cut_performance))
        };
        let quadrant_derived = boxed(&derived, &cut_derived);
        let quadrant_stated = stated.as_ref().zip(cut_stated.as_ref()).map(|(value, cut)| boxed(value, cut));
        (key, Position { performance, derived, stated, quadrant_derived, quadrant_stated })
    };
    ImportancePerformance {
        cut_performance,
        cut_derived,
        cut_stated,
        stated_with_derived: asked.then(|| rank_correlation(&stated, &derived).into()),
        dimensions: rows.into_iter().map(position).collect(),
    }
}

/// The plain mean of the values that there are.
fn mean(figures: impl Iterator<Item = Figure>) -> Figure<f64> {
    let values: Vec<f64> = figures.filter_map(|figure| figure.known().map(|known| known.value)).collect();
    if values.is_empty() {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    Figure::Known(values.iter().sum::<f64>() / values.len() as f64)
}

/// The quadrant in which the whole box lies.
fn box_quadrant(importance: (&Figure, &Figure<f64>), performance: (&Figure, &Figure<f64>)) -> Quadrant {
    let side = |(figure, cut): (&Figure, &Figure<f64>)| {
        let [lower, upper] = figure.known().and_then(interval)?;
        let cut = *cut.known()?;
        (lower >= cut || upper < cut).then_some(lower >= cut)
    };
    match (side(importance), side(performance)) {
        (Some(important), Some(good)) => named(important, good),
        _ => Quadrant::Undetermined,
    }
}

fn interval(estimate: &Estimate) -> Option<[f64; 2]> {
    estimate.ci95.as_ref().and_then(Interval::known)
}

fn named(important: bool, good: bool) -> Quadrant {
    match (important, good) {
        (true, false) => Quadrant::ConcentrateHere,
        (true, true) => Quadrant::KeepUp,
        (false, false) => Quadrant::LowPriority,
        (false, true) => Quadrant::PossibleOverkill,
    }
}

/// The quadrant of a point, whatever its error: `>=` a cut is the upper side. Each pair is value and cut.
///
/// Near a cut it flips with chance; reports name the quadrant of the whole box.
///
/// ```
/// use scoring::{Quadrant, quadrant};
/// assert_eq!(quadrant((6.7, 5.9), (4.6, 4.9)), Quadrant::ConcentrateHere);
/// ```
pub fn quadrant(importance: (f64, f64), performance: (f64, f64)) -> Quadrant {
    named(importance.0 >= importance.1, performance.0 >= performance.1)
}

/// Spearman's rank correlation (1904) of two lists: Pearson's r of the ranks, ties at the mean of their ranks.
///
/// Pairs beyond the shorter list are left out. Undefined for fewer than two pairs, when one list is all ties, and
/// for values that are not finite.
///
/// ```
/// let r = scoring::rank_correlation(&[1.0, 2.0, 2.0, 9.0], &[3.0, 5.0, 4.0, 8.0]).unwrap();
/// assert!((r - 0.948683).abs() < 1e-6);
/// ```
pub fn rank_correlation(a: &[f64], b: &[f64]) -> Result<f64, crate::Undef> {
    let n = a.len().min(b.len());
    let undefined = |reason| Err(crate::Undef::new(reason, n as u64));
    if n < 2 || !a[..n].iter().chain(&b[..n]).all(|x| x.is_finite()) {
        return undefined(if n == 1 { Undefined::OneAnswer } else { Undefined::NoAnswers });
    }
    let (a, b) = (doubled_ranks(&a[..n]), doubled_ranks(&b[..n]));
    // Twice the mean rank is n + 1; all of this is whole numbers.
    let middle = n as i128 + 1;
    let product =
        |x: &[i128], y: &[i128]| x.iter().zip(y).map(|(x, y)| (x - middle) * (y - middle)).sum::<i128>();
    let (aa, bb) = (product(&a, &a), product(&b, &b));
    if aa == 0 || bb == 0 {
        return undefined(Undefined::NoVariance);
    }
    Ok(product(&a, &b) as f64 / ((aa as f64).sqrt() * (bb as f64).sqrt()))
}

/// Twice the rank from 1 of each value, ties at their mean.
fn doubled_ranks(values: &[f64]) -> Vec<i128> {
    let below = |x: f64| values.iter().filter(|y| **y < x).count();
    let above = |x: f64| values.iter().filter(|y| **y > x).count();
    values.iter().map(|&x| (values.len() + below(x) + 1 - above(x)) as i128).collect()
}
