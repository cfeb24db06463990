//! The quality score and total perceived quality, over all experience dimensions.
//!
//! Both are linear in dimension scores: values come from the item means of each dimension, variances from the
//! moments of person scores. One dimension alone is described in `dimension`, the gaps in `gap`.

#![allow(clippy::indexing_slicing, reason = "weights are checked against the number of dimensions")]

use serde::Serialize;

use crate::cell::Cell;
use crate::dimension::dimension_score;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named, Undef};
use crate::gap::{Gap, gaps};
use crate::interval::normal_interval;
use crate::layout::{Facet, Layout, Scale};

/// Perceived quality as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QualityReport {
    /// Mean of the experience scores, equal weights, points of 100.
    pub score: Figure,
    /// TPQ(0, 0), and TPQ(0, 1) when each experience dimension has an expectation.
    pub tpq: Vec<Tpq>,
    /// Experience minus expectation, by experience dimension, raw units.
    pub gap: Named<Figure<Gap>>,
}

/// One choice of the total perceived quality.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tpq {
    /// `fitted` when kappa and theta were estimated; absent for a fixed choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<&'static str>,
    /// How far image pulls the experience, 0..=1; an estimate can lie outside.
    pub kappa: Figure<f64>,
    /// Interval of a fitted kappa.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kappa_ci95: Option<Interval>,
    /// How much of the expectation is taken off, at least 0; an estimate can be negative.
    pub theta: Figure<f64>,
    /// Interval of a fitted theta.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theta_ci95: Option<Interval>,
    /// Weight of each experience dimension; they sum to 1.
    pub weights: Named<f64>,
    /// The index, -100 theta to 100, with a normal interval.
    #[serde(flatten)]
    pub figure: Figure,
}

/// Quality, TPQ and gaps of a cell, with equal weights for the experience dimensions.
///
/// ```
/// use scoring::{Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, quality_report};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let care = |key: &str, facet, of: Option<&str>, item| DimensionSpec {
///     key: key.into(), facet, of: of.map(Into::into), items: vec![item],
/// };
/// let dimensions = vec![
///     care("care", Facet::Experience, None, 0),
///     care("care_expected", Facet::Expectation, Some("care"), 1),
/// ];
/// let layout = Layout::new(vec![item("p"), item("e")], dimensions, Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for (p, e) in [(4, 5), (3, 5), (5, 4)] {
///     cell.record(&layout, &[Code::answer(p, scale).unwrap(), Code::answer(e, scale).unwrap()])?;
/// }
/// let report = quality_report(&layout, &cell);
/// assert_eq!(report.score.known().unwrap().value, 75.0);
/// assert!((report.gap.get("care").unwrap().known().unwrap().value + 2.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quality_report(layout: &Layout, cell: &Cell) -> QualityReport {
    let weights = equal_weights(layout);
    let servperf = total_perceived_quality(layout, cell, 0.0, 0.0, &weights);
    let score = servperf.figure;
    let paired = |index: usize| layout.partner(Facet::Expectation, &layout.dimensions()[index].key).is_some();
    let experiences = of_facet(layout, Facet::Experience);
    let mut tpq = vec![servperf];
    if !experiences.is_empty() && experiences.iter().all(|&index| paired(index)) {
        tpq.push(total_perceived_quality(layout, cell, 0.0, 1.0, &weights));
    }
    QualityReport { score, tpq, gap: gaps(layout, cell) }
}

/// 1/d for each of d experience dimensions.
pub fn equal_weights(layout: &Layout) -> Vec<f64> {
    let count = of_facet(layout, Facet::Experience).len();
    vec![1.0 / count as f64; count]
}

/// The dimensions of a facet, in declared order.
pub(crate) fn of_facet(layout: &Layout, facet: Facet) -> Vec<usize> {
    let indexes = layout.dimensions().iter().enumerate().filter(|(_, d)| d.facet == facet);
    indexes.map(|(index, _)| index).collect()
}

/// Total perceived quality, Σ_d w_d [(1 - kappa) P_d + kappa I - theta E_d], in points of 100.
///
/// An operational definition of this product after the idea of Grönroos 1984: P, E and I are the scores of
/// experience, expectation and image (the mean of the image dimensions). (0, 0) is SERVPERF, (0, 1) weighted
/// SERVQUAL. `weights` are those of the experience dimensions in declared order. Normal interval from
/// Σ_u Σ_v a_u a_v n_uv s_uv/(n_u n_v), where s_uv is the covariance (divisor n - 1) over the n_uv people who
/// have both scores and a pair that at most one person has adds nothing. n counts the people with at least one
/// experience dimension. Undefined when a score that it needs is.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let dimension = |key: &str, facet, of: Option<&str>, items: &[usize]| DimensionSpec {
/// #     key: key.into(), facet, of: of.map(Into::into), items: items.to_vec(),
/// # };
/// # let dimensions = vec![
/// #     dimension("care", Facet::Experience, None, &[0, 1, 2]),
/// #     dimension("care_expected", Facet::Expectation, Some("care"), &[3]),
/// # ];
/// # let items = ["a", "b", "c", "e"].map(item).to_vec();
/// # let layout = Layout::new(items, dimensions, Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[4, 5, 4, 5], [3, 3, 4, 5], [2, 3, 2, 4]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Experience 58.3 points, expectation 91.7 points.
/// let servqual = total_perceived_quality(&layout, &cell, 0.0, 1.0, &equal_weights(&layout));
/// assert!((servqual.figure.known().unwrap().value + 100.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn total_perceived_quality(layout: &Layout, cell: &Cell, kappa: f64, theta: f64, weights: &[f64]) -> Tpq {
    let experiences = of_facet(layout, Facet::Experience);
    let n = cell.people_with(layout.facet_mask(Facet::Experience));
    let figure = coefficients(layout, &experiences, kappa, theta, weights)
        .map_err(|reason| Undef::new(reason, n))
        .and_then(|terms| linear_score(layout, cell, &terms, n))
        .into();
    let keys = experiences.iter().map(|&index| layout.dimensions()[index].key.clone());
    let weights = keys.zip(weights.iter().copied()).collect();
    let number = |value: f64| {
        if value.is_finite() { Figure::Known(value) } else { Figure::undefined(Undefined::OutOfRange, n) }
    };
    let (kappa, theta) = (number(kappa), number(theta));
    Tpq { label: None, kappa, kappa_ci95: None, theta, theta_ci95: None, weights, figure }
}

/// The variance of the quality score's error, squared points of 100; `None` where it is undefined.
pub(crate) fn quality_variance(layout: &Layout, cell: &Cell) -> Option<f64> {
    let experiences = of_facet(layout, Facet::Experience);
    let terms = coefficients(layout, &experiences, 0.0, 0.0, &equal_weights(layout)).ok()?;
    linear_variance(layout, cell, &terms).ok()
}

/// The dimensions that enter the index, with their coefficients.
fn coefficients(
    layout: &Layout,
    experiences: &[usize],
    kappa: f64,
    theta: f64,
    weights: &[f64],
) -> Result<Vec<(usize, f64)>, Undefined> {
    if experiences.is_empty() {
        return Err(Undefined::NoExperience);
    }
    if !(0.0..=1.0).contains(&kappa) || !theta.is_finite() || theta < 0.0 {
        return Err(Undefined::OutOfRange);
    }
    let sum: f64 = weights.iter().sum();
    if weights.len() != experiences.len()
        || weights.iter().any(|w| *w < 0.0)
        || sum.is_nan()
        || (sum - 1.0).abs() > 1e-9
    {
        return Err(Undefined::BadWeights);
    }
    let mut terms: Vec<_> = experiences.iter().zip(weights).map(|(&d, w)| (d, w * (1.0 - kappa))).collect();
    if kappa != 0.0 {
        let images = of_facet(layout, Facet::Image);
        if images.is_empty() {
            return Err(Undefined::NoImage);
        }
        terms.extend(images.iter().map(|&image| (image, kappa / images.len() as f64)));
    }
    if theta != 0.0 {
        for (&experience, weight) in experiences.iter().zip(weights) {
            let expected = layout.partner(Facet::Expectation, &layout.dimensions()[experience].key);
            terms.push((expected.ok_or(Undefined::NoExpectation)?, -theta * weight));
        }
    }
    Ok(terms)
}

/// A weighted sum of dimension scores with its normal interval.
pub(crate) fn linear_score(
    layout: &Layout,
    cell: &Cell,
    terms: &[(usize, f64)],
    n: u64,
) -> Result<Estimate, Undef> {
    let mut value = 0.0;
    for (dimension, coefficient) in terms {
        match dimension_score(layout, cell, *dimension) {
            Figure::Known(score) => value += coefficient * score.value,
            Figure::Undefined(_) if n == 0 => return Err(Undef::new(Undefined::NoAnswers, 0)),
            Figure::Undefined(_) => return Err(Undef::new(Undefined::DimensionMissing, n)),
        }
    }
    let interval = match linear_variance(layout, cell, terms) {
        Ok(variance) => normal_interval(value, variance, n),
        Err(reason) => Interval::undefined(reason, n),
    };
    Ok(Estimate::with_interval(value, n, interval))
}

/// Σ_u Σ_v a_u a_v n_uv s_uv/(n_u n_v) in squared points of 100.
fn linear_variance(layout: &Layout, cell: &Cell, terms: &[(usize, f64)]) -> Result<f64, Undefined> {
    let dimensions: Vec<usize> = terms.iter().map(|(dimension, _)| *dimension).collect();
    let pairs = cell.pairs(&dimensions);
    // A score's coefficient on the scale of the moments, L times raw units, over its own n.
    let mut shares = Vec::with_capacity(terms.len());
    for (place, &(dimension, coefficient)) in terms.iter().enumerate() {
        let n = pairs[place][place].n;
        match n {
            0 => return Err(Undefined::NoAnswers),
            1 => return Err(Undefined::OneAnswer),
            _ => {}
        }
        let range = layout.dimension_scale(dimension).map_or(1.0, Scale::range);
        shares.push(100.0 * coefficient / (range * layout.multiple(dimension) as f64 * n as f64));
    }
    let (mut sum, mut size) = (0.0, 0.0);
    for (u, row) in pairs.iter().enumerate() {
        for (v, both) in row.iter().enumerate().filter(|(_, both)| both.n > 1) {
            let twice = if u == v { 1.0 } else { 2.0 };
            let term: f64 = twice * shares[u] * shares[v] * both.n as f64 * both.covariance();
            sum += term;
            size += term.abs();
        }
    }
    // People whose dimensions balance each other all have one quality: what rounding leaves of the sum is no variance.
    Ok(if sum.abs() > 1e-13 * size { sum } else { 0.0 })
}
