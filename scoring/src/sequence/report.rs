//! All sequences of a cell, for the report part `sequence`.

use serde::Serialize;

use super::ALPHA;
use super::mean::{interval, mean_bounds, nps_sequence};
use super::share::share_sequence;
use crate::cell::Cell;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named, Undef};
use crate::item::{count_from, polarised_counts};
use crate::layout::{Block, Facet, Layout, Scale};
use crate::quality::of_facet;

/// Values with anytime-valid intervals; what the layout lacks is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SequenceReport {
    /// The probability with which one of these intervals may ever leave its truth out.
    pub alpha: f64,
    /// Mean and top box of each item, by its key.
    pub items: Named<SequenceItem>,
    /// Mean of the person means of each dimension, raw units, by its key.
    pub dimensions: Named<Figure>,
    /// Mean over the experience dimensions of the person means in points of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Figure>,
    /// Person means of the overall columns, raw units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall: Option<Figure>,
    /// Net promoter score, points of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nps: Option<Figure>,
    /// Share of the top two codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csat: Option<Figure>,
    /// Share of the top three codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ces: Option<Figure>,
}

/// The sequences of one item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SequenceItem {
    /// Mean after reversal, raw units; betting sequence.
    pub mean: Figure,
    /// Share at or above the item's threshold, 0..=1; beta-binomial sequence.
    pub top_box: Figure,
}

/// The confidence sequences of everything that a live page shows about a cell.
///
/// Each figure for itself holds at all times with 95 %; no correction is made for there being many figures.
/// The quality score is Σ w_d of the person means in points of 100 with equal weights w_d over the m
/// experience dimensions, and its interval Σ w_d CS_d(α/m): all m sequences hold together with at least 95
/// %, so their weighted sum does. Its n counts the people with at least one of these dimensions. The value
/// differs a little from the score of [`crate::quality_report`], which averages items and not people;
/// sequences need one number for each person.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![care], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for _ in 0..100 {
///     cell.record(&layout, &[Code::answer(4, scale).unwrap(), Code::answer(5, scale).unwrap()])?;
/// }
/// let report = sequence_report(&layout, &cell);
/// let care = report.dimensions.get("care").unwrap().known().unwrap();
/// let [lower, upper] = care.ci95.unwrap().known().unwrap();
/// assert!(care.value == 4.5 && lower > 4.2 && upper < 4.7);
/// assert_eq!(report.quality.unwrap().known().unwrap().value, 87.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sequence_report(layout: &Layout, cell: &Cell) -> SequenceReport {
    let outcomes = layout.outcomes();
    let dimensions: Vec<_> = (0..layout.dimensions().len())
        .map(|index| Score::of(layout, cell, Block::Dimension(index)))
        .collect();
    let keys = layout.dimensions().iter().map(|dimension| dimension.key.clone());
    SequenceReport {
        alpha: ALPHA,
        items: items(layout, cell),
        dimensions: keys.zip(dimensions.iter().map(Score::figure)).collect(),
        quality: quality(layout, cell, &dimensions),
        overall: (!outcomes.overall.is_empty()).then(|| Score::of(layout, cell, Block::Overall).figure()),
        nps: outcomes.nps.map(|item| nps(layout, cell, item)),
        csat: outcomes.csat.map(|item| top_codes(layout, cell, item, 2)),
        ces: outcomes.ces.map(|item| top_codes(layout, cell, item, 3)),
    }
}

/// The person means of a block with the scale of its items.
struct Score {
    people: Distribution,
    scale: Scale,
}

impl Score {
    fn of(layout: &Layout, cell: &Cell, block: Block) -> Score {
        let first = layout.block_items(block).first().and_then(|&item| layout.items().get(item));
        let scale = first.map_or(Scale { min: 0, max: 1 }, |item| item.scale);
        Score { people: Distribution::of_block(layout, cell, block), scale }
    }

    fn figure(&self) -> Figure {
        mean_figure(&self.people, self.scale)
    }

    /// Mean and bounds in points of 100.
    fn points(&self, alpha: f64) -> Result<(f64, [f64; 2]), Undef> {
        let bounds = mean_bounds(&self.people, self.scale, alpha)?;
        let mean = self.people.mean().ok_or(Undef::new(Undefined::NoAnswers, 0))?;
        Ok((self.scale.pomp(mean), bounds.map(|bound| self.scale.pomp(bound))))
    }
}

fn mean_figure(people: &Distribution, scale: Scale) -> Figure {
    let bounds = mean_bounds(people, scale, ALPHA);
    match (bounds, people.mean()) {
        (Err(undef), _) => Figure::Undefined(undef),
        (_, None) => Figure::undefined(Undefined::NoAnswers, 0),
        (bounds, Some(mean)) => Figure::Known(Estimate::with_interval(mean, people.n(), interval(bounds))),
    }
}

fn items(layout: &Layout, cell: &Cell) -> Named<SequenceItem> {
    let entry = |index: usize| {
        let (item, counts) = polarised_counts(layout, cell, index)?;
        let mean = mean_figure(&Distribution::of_histogram(&counts, item.scale), item.scale);
        let top_box = share(count_from(&counts, item.scale, item.threshold()), counts.iter().sum());
        Some((item.key.clone(), SequenceItem { mean, top_box }))
    };
    (0..layout.items().len()).filter_map(entry).collect()
}

fn quality(layout: &Layout, cell: &Cell, dimensions: &[Score]) -> Option<Figure> {
    let experiences = of_facet(layout, Facet::Experience);
    let n = cell.people_with(layout.facet_mask(Facet::Experience));
    let count = experiences.len() as f64;
    let (mut value, mut bounds) = (0.0, [0.0, 0.0]);
    for score in experiences.iter().filter_map(|&index| dimensions.get(index)) {
        match score.points(ALPHA / count) {
            Ok((mean, [lower, upper])) => {
                value += mean / count;
                bounds = [bounds[0] + lower / count, bounds[1] + upper / count];
            }
            Err(_) if n == 0 => return Some(Figure::undefined(Undefined::NoAnswers, 0)),
            Err(undef) if undef.undefined == Undefined::NoAnswers => {
                return Some(Figure::undefined(Undefined::DimensionMissing, n));
            }
            Err(undef) => return Some(Figure::Undefined(undef)),
        }
    }
    let estimate = Estimate::with_interval(value, n, Interval::Known(bounds));
    (!experiences.is_empty()).then_some(Figure::Known(estimate))
}

fn nps(layout: &Layout, cell: &Cell, item: usize) -> Figure {
    let Some((spec, counts)) = polarised_counts(layout, cell, item) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let promoters = count_from(&counts, spec.scale, 9);
    let detractors = n - count_from(&counts, spec.scale, 7);
    let lead = i128::from(promoters) - i128::from(detractors);
    let interval = nps_sequence(promoters, detractors, n);
    Figure::Known(Estimate::with_interval(100.0 * lead as f64 / n as f64, n, interval))
}

fn top_codes(layout: &Layout, cell: &Cell, item: usize, codes: u8) -> Figure {
    let Some((spec, counts)) = polarised_counts(layout, cell, item) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let threshold = spec.scale.max.saturating_sub(codes - 1);
    share(count_from(&counts, spec.scale, threshold), counts.iter().sum())
}

fn share(count: u64, n: u64) -> Figure {
    match n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        _ => Figure::Known(Estimate::with_interval(count as f64 / n as f64, n, share_sequence(count, n))),
    }
}
