//! How well the items of a dimension hang together: alpha with its interval, item-rest correlations.
//!
//! Everything is computed from the answer patterns of one block, without a rescan. Listwise figures rest on
//! the people who were asked and answered all of its items. The one-factor model itself is in `factor`.

#![allow(clippy::indexing_slicing, reason = "k-by-k tables indexed by places below k")]

mod coefficients;
mod joint;
mod listwise;
mod normal;
mod two;

pub use coefficients::{ScaleStatistics, scale_statistics};
pub(crate) use listwise::Listwise;
pub use normal::{bonett_interval, feldt_interval};
pub use two::spearman_brown;

pub use joint::alpha_of_joint;

use crate::cell::{Cell, PairSums, Reader, Row};
use crate::error::Undefined;
use crate::factor;
use crate::figure::{Estimate, Figure};
use crate::layout::{Block, Layout};

/// Cronbach's raw alpha (1951) of a block, from people who were asked and answered all of its items.
///
/// k/(k-1) (1 - tr C/ΣC) with covariances of divisor n - 1; without a unit, at most 1 and possibly negative.
/// Interval: [`crate::alpha_adf`]. Undefined for one item, for fewer than two such people, without variance.
///
/// ```
/// use scoring::{Block, Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, alpha};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![care], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for (a, b) in [(1, 2), (3, 3), (4, 5), (5, 4)] {
///     cell.record(&layout, &[Code::answer(a, scale).unwrap(), Code::answer(b, scale).unwrap()])?;
/// }
/// let value = alpha(&layout, &cell, Block::Dimension(0)).known().unwrap().value;
/// assert!((value - 8.0 / 9.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alpha(layout: &Layout, cell: &Cell, block: Block) -> Figure {
    Listwise::new(layout, cell, block).and_then(|answers| answers.alpha()).into()
}

/// Correlation of each item with the sum of the block's other items, in the order of the block.
///
/// r = (C_i. - C_ii)/√(C_ii (ΣC - 2 C_i. + C_ii)), -1..=1, listwise as for [`alpha`]; the uncorrected
/// item-total correlation would be inflated. Undefined where the item or the rest does not vary.
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
/// // Three people answered 4 5 4, 3 3 4 and 2 3 2.
/// let rest = item_rest_correlations(&layout, &cell, Block::Dimension(0));
/// assert!((rest[0].known().unwrap().value - 1.0).abs() < 0.02);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn item_rest_correlations(layout: &Layout, cell: &Cell, block: Block) -> Vec<Figure> {
    of_items(layout, cell, block).into_iter().map(|(rest, _)| rest).collect()
}

/// Alpha of the block without each of its items, in the order of the block, listwise over the whole block.
///
/// Undefined for blocks of two items and where the remaining sum does not vary.
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
/// // Three people answered 4 5 4, 3 3 4 and 2 3 2.
/// let without = alpha_if_dropped(&layout, &cell, Block::Dimension(0));
/// assert!((without[2].known().unwrap().value - 12.0 / 13.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alpha_if_dropped(layout: &Layout, cell: &Cell, block: Block) -> Vec<Figure> {
    of_items(layout, cell, block).into_iter().map(|(_, without)| without).collect()
}

/// Item-rest correlation and alpha without it for each item of a block.
fn of_items(layout: &Layout, cell: &Cell, block: Block) -> Vec<(Figure, Figure)> {
    let items = layout.block_items(block).len();
    match Listwise::new(layout, cell, block) {
        Err(undef) => vec![(Figure::Undefined(undef), Figure::Undefined(undef)); items],
        Ok(answers) => {
            (0..items).map(|item| (answers.item_rest(item), answers.alpha_without(item))).collect()
        }
    }
}

/// The reliability figures of one block.
pub(crate) struct BlockReliability {
    pub(crate) alpha: Figure,
    pub(crate) omega: Figure,
    pub(crate) composite_reliability: Figure,
    pub(crate) ave: Figure,
    /// Only for a block of two items.
    pub(crate) spearman_brown: Option<Figure>,
    pub(crate) item_rest: Vec<Figure>,
    pub(crate) without: Vec<Figure>,
}

/// All of them from one pass over the answers.
pub(crate) fn block_reliability(layout: &Layout, cell: &Cell, block: Block) -> BlockReliability {
    let items = layout.block_items(block).len();
    let two = |figure: Figure| (items == 2).then_some(figure);
    match Listwise::new(layout, cell, block) {
        Err(undef) => {
            let nothing = Figure::Undefined(undef);
            BlockReliability {
                alpha: nothing,
                omega: nothing,
                composite_reliability: nothing,
                ave: nothing,
                spearman_brown: two(nothing),
                item_rest: vec![nothing; items],
                without: vec![nothing; items],
            }
        }
        Ok(answers) => {
            let model = factor::of_scatter(answers.scatter(), answers.n());
            let figure = |read: fn(&factor::OneFactor) -> f64| match &model {
                Ok(model) => Figure::Known(Estimate::plain(read(model), model.n)),
                Err(undef) => Figure::Undefined(*undef),
            };
            BlockReliability {
                alpha: answers.alpha().into(),
                omega: figure(|model| model.omega),
                composite_reliability: figure(|model| model.composite_reliability),
                ave: figure(|model| model.ave),
                spearman_brown: two(two::of_scatter(&answers)),
                item_rest: (0..items).map(|item| answers.item_rest(item)).collect(),
                without: (0..items).map(|item| answers.alpha_without(item)).collect(),
            }
        }
    }
}

/// Item-rest correlation and alpha without it for one place of a block, from one pass over the answers.
pub(crate) fn item_reliability(layout: &Layout, cell: &Cell, block: Block, place: usize) -> (Figure, Figure) {
    match Listwise::new(layout, cell, block) {
        Err(undef) => (Figure::Undefined(undef), Figure::Undefined(undef)),
        Ok(answers) => (answers.item_rest(place), answers.alpha_without(place)),
    }
}

/// Alpha from pairwise covariances, for planned missing answers; no interval.
///
/// Each covariance is taken about the means of the people who answered both items, each variance from all who
/// answered the item, all with divisor n - 1. n counts the people who answered any item of the block.
/// Undefined when a pair was answered by fewer than two people.
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
/// // Without missing answers it is the listwise alpha.
/// let (pairwise, listwise) = (
///     alpha_pairwise(&layout, &cell, Block::Dimension(0)),
///     alpha(&layout, &cell, Block::Dimension(0)),
/// );
/// assert!((pairwise.known().unwrap().value - listwise.known().unwrap().value).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alpha_pairwise(layout: &Layout, cell: &Cell, block: Block) -> Figure {
    let reader = Reader::new(layout, block);
    let (n, k) = (cell.people_answering(block), reader.width());
    let Some(table) = cell.patterns_of(block).filter(|_| k > 1) else {
        return Figure::undefined(Undefined::OneItem, n);
    };
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let rows: Vec<_> = table.iter().map(|(pattern, count)| (reader.row(pattern), count)).collect();
    let (mut trace, mut total) = (0.0, 0.0);
    for a in 0..k {
        for b in a..k {
            let Some(covariance) = pair_covariance(&rows, a, b) else {
                return Figure::undefined(Undefined::NoneAnsweredBoth, n);
            };
            trace += if a == b { covariance } else { 0.0 };
            total += if a == b { covariance } else { 2.0 * covariance };
        }
    }
    if total <= 0.0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let items = k as f64;
    Figure::Known(Estimate::plain(items / (items - 1.0) * (1.0 - trace / total), n))
}

/// The covariance of two items over the people who answered both; `None` for fewer than two.
fn pair_covariance(rows: &[(Row, u64)], a: usize, b: usize) -> Option<f64> {
    let mut sums = PairSums::default();
    for (row, count) in rows.iter().filter(|(row, _)| row[a] != 0 && row[b] != 0) {
        sums.n += count;
        sums.sum_u += i128::from(*count) * i128::from(row[a]);
        sums.sum_v += i128::from(*count) * i128::from(row[b]);
        sums.product += i128::from(*count) * i128::from(row[a] * row[b]);
    }
    (sums.n >= 2).then(|| sums.covariance())
}
