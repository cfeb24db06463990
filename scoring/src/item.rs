//! One item: its distribution, mean, spread, median and top box.
//!
//! Reads the item's sixteen counters; the two figures that look at the whole dimension come from
//! [`crate::reliability`]. The report assembler calls [`item_report`], the outcome module the pieces.

use serde::Serialize;

use crate::cell::{Cell, ItemCounts};
use crate::code::Code;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named};
use crate::interval::{dirichlet_beta, wilson};
use crate::layout::{Block, ItemSpec, Layout, Scale};
use crate::reliability::item_reliability;

/// Everything that is said about one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemReport {
    /// Answers on the scale.
    pub n: u64,
    /// Shown and left open.
    pub skipped: u64,
    /// "Does not apply to me".
    pub not_applicable: u64,
    /// "I do not know".
    pub dont_know: u64,
    /// Not part of what was asked.
    pub not_shown: u64,
    /// Count by raw code as answered, for every code of the scale.
    pub histogram: Named<u64>,
    /// Mean after reversal, Dirichlet-beta interval widened to include it.
    pub mean: Figure,
    /// Standard deviation, divisor n - 1.
    pub sd: Figure,
    /// Median after reversal; the mean of the middle two for an even n.
    pub median: Figure,
    /// Share at or above a threshold.
    pub top_box: Figure<TopBox>,
    /// Correlation with the sum of the dimension's other items; absent for an item in no dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_rest_r: Option<Figure>,
    /// Alpha of the dimension without this item; absent for an item in no dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha_if_dropped: Option<Figure>,
}

/// The share of answers at or above a threshold, with Wilson's interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TopBox {
    /// Lowest raw code after reversal that counts.
    pub threshold: u8,
    /// Answers at or above it.
    pub count: u64,
    /// Their share, 0..=1.
    pub value: f64,
    /// All answers.
    pub n: u64,
    /// Wilson's interval of the share.
    pub ci95: Interval,
}

/// Describes one item of a cell; an index that the layout lacks gives a report on nobody.
///
/// ```
/// use scoring::{Cell, Code, ItemSpec, Layout, Outcomes, Scale, item_report};
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "care".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for raw in [3, 4, 5, 5] {
///     cell.record(&layout, &[Code::answer(raw, scale).unwrap()])?;
/// }
/// let report = item_report(&layout, &cell, 0);
/// assert_eq!(report.mean.known().unwrap().value, 4.25);
/// assert_eq!(report.top_box.known().unwrap().count, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn item_report(layout: &Layout, cell: &Cell, item_index: usize) -> ItemReport {
    let (Some(item), Some(counts)) = (layout.items().get(item_index), cell.item(item_index)) else {
        return ItemReport::of_nobody();
    };
    let polarised = counts.polarised(item);
    let amounts = AmountFigures::of(layout, item_index, item, &polarised);
    let within = layout
        .home_of(item_index)
        .map(|(dimension, place)| item_reliability(layout, cell, Block::Dimension(dimension), place));
    ItemReport {
        n: counts.answered(),
        skipped: counts.of(Code::SKIPPED),
        not_applicable: counts.of(Code::NOT_APPLICABLE),
        dont_know: counts.of(Code::DONT_KNOW),
        not_shown: counts.of(Code::NOT_SHOWN),
        histogram: histogram(counts, item.scale),
        mean: amounts.mean,
        sd: amounts.sd,
        median: amounts.median,
        top_box: amounts.top_box,
        item_rest_r: within.map(|(item_rest, _)| item_rest),
        alpha_if_dropped: within.map(|(_, dropped)| dropped),
    }
}

/// The figures that take codes for amounts.
struct AmountFigures {
    mean: Figure,
    sd: Figure,
    median: Figure,
    top_box: Figure<TopBox>,
}

impl AmountFigures {
    fn of(layout: &Layout, index: usize, item: &ItemSpec, polarised: &[u64]) -> AmountFigures {
        if layout.is_nominal(index) {
            let n = polarised.iter().sum();
            let none = Figure::undefined(Undefined::CodesAreNames, n);
            let top_box = Figure::undefined(Undefined::CodesAreNames, n);
            return AmountFigures { mean: none, sd: none, median: none, top_box };
        }
        AmountFigures {
            mean: mean_figure(polarised, item.scale),
            sd: sd_figure(polarised),
            median: median_figure(polarised, item.scale),
            top_box: top_box(polarised, item.scale, item.threshold()),
        }
    }
}

impl ItemReport {
    fn of_nobody() -> ItemReport {
        let nothing = Figure::undefined(Undefined::NoAnswers, 0);
        ItemReport {
            n: 0,
            skipped: 0,
            not_applicable: 0,
            dont_know: 0,
            not_shown: 0,
            histogram: Named::default(),
            mean: nothing,
            sd: nothing,
            median: nothing,
            top_box: Figure::undefined(Undefined::NoAnswers, 0),
            item_rest_r: None,
            alpha_if_dropped: None,
        }
    }
}

fn histogram(counts: &ItemCounts, scale: Scale) -> Named<u64> {
    let codes = scale.min..=scale.max;
    codes.map(|code| code.to_string()).zip(counts.as_answered(scale).iter().copied()).collect()
}

/// Σ c, Σ c x and Σ c x² over positions 0, 1, 2 … of a histogram, exact.
pub(crate) fn sums(counts: &[u64]) -> (u64, i128, i128) {
    (0_i128..).zip(counts).fold((0, 0, 0), |(n, sum, square), (x, &count)| {
        let weighted = i128::from(count) * x;
        (n + count, sum + weighted, square + weighted * x)
    })
}

/// The sample mean of a histogram in raw units; `None` without answers.
pub(crate) fn mean_of(counts: &[u64], scale: Scale) -> Option<f64> {
    let (n, sum, _) = sums(counts);
    (n > 0).then(|| (sum + i128::from(n) * i128::from(scale.min)) as f64 / n as f64)
}

/// The mean of a polarised histogram with its Dirichlet-beta interval.
pub(crate) fn mean_figure(counts: &[u64], scale: Scale) -> Figure {
    let n = counts.iter().sum();
    match mean_of(counts, scale) {
        None => Figure::undefined(Undefined::NoAnswers, 0),
        Some(mean) => {
            let interval = dirichlet_beta(counts, scale).including(mean);
            Figure::Known(Estimate::with_interval(mean, n, interval))
        }
    }
}

fn sd_figure(counts: &[u64]) -> Figure {
    let (n, sum, square) = sums(counts);
    match n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        1 => Figure::undefined(Undefined::OneAnswer, 1),
        _ => Figure::Known(Estimate::plain(variance(n, sum, square).sqrt(), n)),
    }
}

/// The variance with divisor n - 1 as one division of exact integers: (n Q - S²)/(n (n - 1)); n ≥ 2.
pub(crate) fn variance(n: u64, sum: i128, square: i128) -> f64 {
    let people = i128::from(n);
    (people * square - sum * sum) as f64 / (n as f64 * (n as f64 - 1.0))
}

fn median_figure(counts: &[u64], scale: Scale) -> Figure {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    // Ranks from 1; both middle ranks are the same for an odd n.
    let middle = f64::midpoint(code_at_rank(counts, n.div_ceil(2)), code_at_rank(counts, n / 2 + 1));
    Figure::Known(Estimate::plain(f64::from(scale.min) + middle, n))
}

fn code_at_rank(counts: &[u64], rank: u64) -> f64 {
    let mut below = 0;
    let position = (0_u8..).zip(counts).find(|(_, count)| {
        below += **count;
        below >= rank
    });
    position.map_or(0.0, |(position, _)| f64::from(position))
}

/// How many answers of a polarised histogram lie at or above a raw threshold.
pub(crate) fn count_from(counts: &[u64], scale: Scale, threshold: u8) -> u64 {
    counts.iter().skip(usize::from(threshold.saturating_sub(scale.min))).sum()
}

/// The share at or above a threshold of a histogram after reversal.
///
/// ```
/// use scoring::{Scale, top_box};
/// let figure = top_box(&[1, 0, 2, 4, 3], Scale::new(1, 5)?, 4);
/// assert_eq!(figure.known().unwrap().value, 0.7);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn top_box(counts: &[u64], scale: Scale, threshold: u8) -> Figure<TopBox> {
    let n = counts.iter().sum();
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let count = count_from(counts, scale, threshold);
    Figure::Known(TopBox { threshold, count, value: count as f64 / n as f64, n, ci95: wilson(count, n) })
}

/// Reads one item's polarised counts together with its description.
pub(crate) fn polarised_counts<'a>(
    layout: &'a Layout,
    cell: &Cell,
    index: usize,
) -> Option<(&'a ItemSpec, Vec<u64>)> {
    let item = layout.items().get(index)?;
    Some((item, cell.item(index)?.polarised(item)))
}
