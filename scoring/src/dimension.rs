//! One dimension: the mean of its people, its score in points of 100, and its reliability.
//!
//! The mean and its spread come from the moments of person scores, the score from the answer patterns. Figures
//! over several dimensions are in
//! `quality` and `gap`.

use serde::Serialize;

use crate::cell::{Cell, Reader};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Named};
use crate::interval::{normal_interval, t_interval};
use crate::item::variance;
use crate::layout::{Block, Layout, Variable};
use crate::reliability::block_reliability;

/// Everything that is said about one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DimensionReport {
    /// People with at least one answer in the dimension.
    pub n: u64,
    /// Mean of the person means under the half rule, raw units, t interval.
    pub mean: Figure,
    /// Their standard deviation, divisor n - 1.
    pub sd: Figure,
    /// Points of 100 of the mean of the item means.
    pub score: Figure,
    /// Cronbach's alpha, listwise, distribution-free interval.
    pub alpha: Figure,
    /// Omega total from one common factor, listwise; see [`crate::OneFactor::omega`].
    pub omega: Figure,
    /// The same of the standardised items; see [`crate::OneFactor::composite_reliability`].
    pub composite_reliability: Figure,
    /// Average variance extracted; see [`crate::OneFactor::ave`].
    pub ave: Figure,
    /// Only for two items, which have no omega; see [`crate::spearman_brown`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spearman_brown: Option<Figure>,
    /// Correlation of each item with the sum of the others.
    pub item_rest_r: Named<Figure>,
    /// Alpha without each item.
    pub alpha_if_dropped: Named<Figure>,
}

/// Describes one dimension of a cell; an index that the layout lacks gives a report on nobody.
///
/// ```
/// use scoring::{Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, dimension_report};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![care], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for (a, b) in [(2, 3), (5, 4), (4, 4)] {
///     cell.record(&layout, &[Code::answer(a, scale).unwrap(), Code::answer(b, scale).unwrap()])?;
/// }
/// let report = dimension_report(&layout, &cell, 0);
/// assert!((report.score.known().unwrap().value - 66.666667).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dimension_report(layout: &Layout, cell: &Cell, dim_index: usize) -> DimensionReport {
    let block = Block::Dimension(dim_index);
    let items = layout.block_items(block);
    let keys = || items.iter().filter_map(|&item| Some(layout.items().get(item)?.key.clone()));
    let reliability = block_reliability(layout, cell, block);
    let person = person_mean(layout, cell, Variable::Dimension(dim_index));
    DimensionReport {
        n: cell.people_answering(block),
        mean: person.mean,
        sd: person.sd,
        score: dimension_score(layout, cell, dim_index),
        alpha: reliability.alpha,
        omega: reliability.omega,
        composite_reliability: reliability.composite_reliability,
        ave: reliability.ave,
        spearman_brown: reliability.spearman_brown,
        item_rest_r: keys().zip(reliability.item_rest).collect(),
        alpha_if_dropped: keys().zip(reliability.without).collect(),
    }
}

/// Mean and spread of one variable over the people who have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PersonMean {
    /// Mean in raw units with a t interval.
    pub mean: Figure,
    /// Standard deviation, divisor n - 1.
    pub sd: Figure,
}

/// Mean and standard deviation of the person scores of a variable, in raw units after reversal.
///
/// A person's score is the mean of the answered items when at least half (rounded up) of the items that this
/// person was asked are answered. Interval: [`crate::t_interval`].
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
/// // Three people answered 4 5 4, 3 3 4 and 2 3 2 on a scale from 1 to 5.
/// let person = person_mean(&layout, &cell, Variable::Dimension(0));
/// assert!((person.mean.known().unwrap().value - 10.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn person_mean(layout: &Layout, cell: &Cell, variable: Variable) -> PersonMean {
    let Some(index) = layout.variable(variable) else {
        let nothing = Figure::undefined(Undefined::NoAnswers, 0);
        return PersonMean { mean: nothing, sd: nothing };
    };
    let multiple = layout.multiple(index) as f64;
    let sums = cell.pair(index, index);
    let n = sums.n;
    if n == 0 {
        let nothing = Figure::undefined(Undefined::NoAnswers, 0);
        return PersonMean { mean: nothing, sd: nothing };
    }
    let mean = sums.sum_u as f64 / (n as f64 * multiple);
    if n == 1 {
        let estimate = Estimate::with_interval(mean, 1, t_interval(mean, 0.0, 1));
        return PersonMean { mean: Figure::Known(estimate), sd: Figure::undefined(Undefined::OneAnswer, 1) };
    }
    let sd = variance(n, sums.sum_u, sums.square_u).sqrt() / multiple;
    PersonMean {
        mean: Figure::Known(Estimate::with_interval(mean, n, t_interval(mean, sd, n))),
        sd: Figure::Known(Estimate::plain(sd, n)),
    }
}

/// n, S of one item in the patterns of a dimension.
#[derive(Clone, Copy, Default)]
struct ItemSum {
    n: u64,
    sum: i64,
}

/// The score of a dimension: points of 100 of the mean of its item means.
///
/// Each item's mean is taken over everybody who answered it, so that the mix of forms does not leak in; an item
/// that nobody answered is left out of the mean. n counts the people with at least one answer in the dimension.
/// The variance is the sum over people of the squared influence (1/k) Σ_j a_ij (x_ij - m_j)/n_j, where a_ij says
/// whether person i answered item j, m_j and n_j are the item's mean and answers, and k is the number of items
/// with answers; divisor n. Normal interval. An item with a single answer adds nothing to the variance.
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
/// // Three people answered 4 5 4, 3 3 4 and 2 3 2 on a scale from 1 to 5.
/// let score = dimension_score(&layout, &cell, 0);
/// assert!((score.known().unwrap().value - 175.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dimension_score(layout: &Layout, cell: &Cell, dim_index: usize) -> Figure {
    let block = Block::Dimension(dim_index);
    let reader = Reader::new(layout, block);
    let (Some(table), Some(scale)) = (cell.patterns_of(block), layout.dimension_scale(dim_index)) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let mut sums = vec![ItemSum::default(); reader.width()];
    for (pattern, count) in table.iter() {
        for (sum, x) in sums.iter_mut().zip(reader.row(pattern)).filter(|(_, x)| *x > 0) {
            sum.n += count;
            sum.sum += count.cast_signed() * x;
        }
    }
    let answered: Vec<_> = sums.iter().filter(|sum| sum.n > 0).collect();
    if answered.is_empty() {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let k = answered.len() as f64;
    // Positions start at 1, raw codes at the scale's minimum.
    let position = answered.iter().map(|sum| sum.sum as f64 / sum.n as f64).sum::<f64>() / k;
    let value = 100.0 * (position - 1.0) / scale.range();
    let unit = 100.0 / (scale.range() * k);
    let mut variance = 0.0;
    for (pattern, count) in table.iter() {
        let answers = sums.iter().zip(reader.row(pattern)).filter(|(_, x)| *x > 0);
        let influence: f64 = answers.map(|(sum, x)| sum.pull(x)).sum();
        variance += count as f64 * (unit * influence).powi(2);
    }
    let n = cell.people_answering(block);
    Figure::Known(Estimate::with_interval(value, n, normal_interval(value, variance, n)))
}

impl ItemSum {
    /// (x - m)/n as one division of exact integers.
    fn pull(self, x: i64) -> f64 {
        (self.n.cast_signed() * x - self.sum) as f64 / (self.n as f64 * self.n as f64)
    }
}
