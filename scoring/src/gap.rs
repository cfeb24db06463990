//! The gap between experience and expectation, and how reliable such a difference is.
//!
//! Rests on the moments of the people who answered both sides; the reliability also on the alphas of the two
//! dimensions. The quality report lists the gaps of all pairs.

use serde::Serialize;

use crate::cell::Cell;
use crate::error::Undefined;
use crate::figure::{Figure, Interval, Named};
use crate::interval::t_interval;
use crate::item::variance;
use crate::layout::{Block, Facet, Layout};
use crate::reliability::alpha;

/// The difference experience minus expectation over the people who answered both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gap {
    /// Mean difference in raw units.
    pub value: f64,
    /// People who answered both.
    pub n: u64,
    /// t interval of the mean difference.
    pub ci95: Interval,
    /// Standard deviation of the differences, divisor n - 1.
    pub sd: Figure<f64>,
    /// Reliability of the difference.
    pub reliability: Figure<f64>,
}

/// The gap of each experience dimension that has an expectation.
pub(crate) fn gaps(layout: &Layout, cell: &Cell) -> Named<Figure<Gap>> {
    let experiences = layout.dimensions().iter().enumerate().filter(|(_, d)| d.facet == Facet::Experience);
    experiences
        .filter_map(|(experience, dimension)| {
            let expectation = layout.partner(Facet::Expectation, &dimension.key)?;
            Some((dimension.key.clone(), gap(layout, cell, experience, expectation)))
        })
        .collect()
}

/// Mean difference of two dimensions over the people who have both (Parasuraman, Zeithaml & Berry 1985, 1988).
///
/// Raw units after reversal, person means under the half rule, t interval. Undefined when the scales differ or
/// nobody answered both.
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
/// // Experience 3.33, expectation 4.67 on a scale from 1 to 5.
/// let gap = gap(&layout, &cell, 0, 1);
/// assert!((gap.known().unwrap().value + 4.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gap(layout: &Layout, cell: &Cell, experience: usize, expectation: usize) -> Figure<Gap> {
    let (of_p, of_e) = (layout.multiple(experience), layout.multiple(expectation));
    // One of the two L divides the other, both being least common multiples of 1..=k.
    let common = of_p.max(of_e);
    let (up_p, up_e) = (common / of_p, common / of_e);
    let sums = cell.pair(experience, expectation);
    let n = sums.n;
    if layout.dimension_scale(experience) != layout.dimension_scale(expectation) {
        return Figure::undefined(Undefined::DifferentScales, n);
    }
    if n == 0 {
        return Figure::undefined(Undefined::NoneAnsweredBoth, 0);
    }
    let sum = up_p * sums.sum_u - up_e * sums.sum_v;
    let value = sum as f64 / (n as f64 * common as f64);
    if n == 1 {
        let alone = Figure::undefined(Undefined::OneAnswer, 1);
        return Figure::Known(Gap {
            value,
            n,
            ci95: t_interval(value, 0.0, 1),
            sd: alone,
            reliability: alone,
        });
    }
    let square = up_p * up_p * sums.square_u - 2 * up_p * up_e * sums.product + up_e * up_e * sums.square_v;
    let sd = variance(n, sum, square).sqrt() / common as f64;
    let reliability = reliability_of_difference(layout, cell, experience, expectation);
    Figure::Known(Gap { value, n, ci95: t_interval(value, sd, n), sd: Figure::Known(sd), reliability })
}

/// r_DD = (s_P² r_PP + s_E² r_EE - 2 r_PE s_P s_E)/(s_P² + s_E² - 2 r_PE s_P s_E).
///
/// Spreads and correlation over the people who have both; r_PP and r_EE are the raw alphas of the two
/// dimensions. Without a unit, at most 1. Undefined when an alpha is, or when the difference does not vary.
fn reliability_of_difference(
    layout: &Layout,
    cell: &Cell,
    experience: usize,
    expectation: usize,
) -> Figure<f64> {
    let sums = cell.pair(experience, expectation);
    let (of_p, of_e) = (layout.multiple(experience) as f64, layout.multiple(expectation) as f64);
    let var_p = variance(sums.n, sums.sum_u, sums.square_u) / (of_p * of_p);
    let var_e = variance(sums.n, sums.sum_v, sums.square_v) / (of_e * of_e);
    // r_PE s_P s_E is the covariance.
    let covariance = sums.covariance() / (of_p * of_e);
    let component = |d: usize| alpha(layout, cell, Block::Dimension(d));
    match (component(experience), component(expectation)) {
        (Figure::Known(p), Figure::Known(e)) => {
            let of_difference = var_p + var_e - 2.0 * covariance;
            if of_difference <= f64::EPSILON * (var_p + var_e) {
                return Figure::undefined(Undefined::NoVariance, sums.n);
            }
            Figure::Known((var_p * p.value + var_e * e.value - 2.0 * covariance) / of_difference)
        }
        (Figure::Undefined(undef), _) | (_, Figure::Undefined(undef)) => Figure::Undefined(undef),
    }
}
