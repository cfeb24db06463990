//! Weighted figures beside the raw ones.

use serde::Serialize;

use super::representative::RIndicator;
use super::scores::WeightedMean;
use super::weighted::{Weighted, WeightingMethod};
use crate::cell::Cell;
use crate::dimension::{dimension_score, person_mean};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Named};
use crate::item::{mean_figure, polarised_counts, top_box};
use crate::layout::{Block, Layout, Variable};
use crate::outcome::nps;
use crate::quality::quality_report;

/// What weighting does to the figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightsReport {
    /// People with a weight.
    pub n: u64,
    /// Where the weights come from.
    pub method: WeightingMethod,
    /// Kish's design effect, n Σ w²/(Σ w)².
    pub design_effect: Figure,
    /// Kish's effective number of people, (Σ w)²/Σ w².
    pub n_eff: Figure,
    /// The largest weight as a multiple of the mean weight.
    pub max_weight: Figure,
    /// People whose weight was cut to a bound.
    pub trimmed: u64,
    /// Mean and top box of each item.
    pub items: Named<WeightedItem>,
    /// Score of each dimension, points of 100.
    pub dimensions: Named<Beside>,
    /// Quality score, points of 100.
    pub quality: Beside,
    /// Outcome questions that the layout has.
    pub outcome: WeightedOutcome,
    /// Representativeness of the response, where the frame is known; filled in by the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r_indicator: Option<Figure<RIndicator>>,
}

/// One figure without and with weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Beside {
    /// Everybody counts once.
    pub raw: Figure,
    /// Everybody counts by weight.
    pub weighted: Figure,
}

/// The weighted figures of one item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedItem {
    /// Mean after reversal, raw units.
    pub mean: Beside,
    /// Share at or above the item's threshold.
    pub top_box: Beside,
}

/// The weighted figures of the outcome questions; one that the layout lacks is absent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct WeightedOutcome {
    /// Mean of the overall columns, raw units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall: Option<Beside>,
    /// Net promoter score, points of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nps: Option<Beside>,
    /// Share of the top two codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csat: Option<Beside>,
    /// Share of the top three codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ces: Option<Beside>,
}

/// Sets the weighted figures beside the raw ones; `raw` counts the same people, each once.
///
/// Weighted means have t intervals (n - 1 degrees of freedom) from the linearised variance, for raked classes from
/// residuals; shares Wilson's interval at the effective number; dimension scores and quality normal intervals.
/// They allow for the sampling of people and for unequal weights, not for who stayed away within a class.
///
/// ```
/// use scoring::{Cell, Code, ItemSpec, Layout, Outcomes, Scale, Weighted, weights_report};
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "care".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
/// let (mut raw, mut weighted) = (Cell::empty(&layout), Weighted::of_rows(&layout));
/// for (answer, weight) in [(5, 0.5), (3, 1.5), (4, 1.0)] {
///     let codes = [Code::answer(answer, scale).unwrap()];
///     raw.record(&layout, &codes)?;
///     weighted.record(&layout, weight, &codes)?;
/// }
/// let report = weights_report(&layout, &raw, &weighted);
/// let care = report.items.get("care").unwrap().mean;
/// assert_eq!(care.raw.known().unwrap().value, 4.0);
/// assert!((care.weighted.known().unwrap().value - 11.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn weights_report(layout: &Layout, raw: &Cell, weighted: &Weighted) -> WeightsReport {
    let sums = weighted.sums();
    let n = sums.people();
    let plain = |value: f64| match n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        _ => Figure::Known(Estimate::plain(value, n)),
    };
    let items = layout.items().iter().enumerate();
    let dimensions = layout.dimensions().iter().enumerate();
    WeightsReport {
        n,
        method: weighted.method(),
        design_effect: plain(sums.design_effect()),
        n_eff: plain(sums.effective()),
        max_weight: plain(weighted.max_weight()),
        trimmed: weighted.trimmed(),
        items: items
            .map(|(index, item)| (item.key.clone(), weighted_item(layout, raw, weighted, index)))
            .collect(),
        dimensions: dimensions
            .map(|(index, dimension)| {
                let raw = dimension_score(layout, raw, index);
                (dimension.key.clone(), Beside { raw, weighted: weighted.dimension_score(layout, index) })
            })
            .collect(),
        quality: Beside { raw: quality_report(layout, raw).score, weighted: weighted.quality(layout) },
        outcome: weighted_outcome(layout, raw, weighted),
        r_indicator: None,
    }
}

fn weighted_item(layout: &Layout, raw: &Cell, weighted: &Weighted, index: usize) -> WeightedItem {
    let (mean, threshold) = match polarised_counts(layout, raw, index) {
        Some((item, counts)) => (mean_figure(&counts, item.scale), item.threshold()),
        None => (Figure::undefined(Undefined::NoAnswers, 0), 0),
    };
    WeightedItem {
        mean: Beside { raw: mean, weighted: estimate(weighted.item_mean(layout, index)) },
        top_box: share(layout, raw, weighted, index, threshold),
    }
}

fn share(layout: &Layout, raw: &Cell, weighted: &Weighted, index: usize, threshold: u8) -> Beside {
    let plain = match polarised_counts(layout, raw, index) {
        Some((item, counts)) => top_box(&counts, item.scale, threshold)
            .map(|share| Estimate::with_interval(share.value, share.n, share.ci95)),
        None => Figure::undefined(Undefined::NoAnswers, 0),
    };
    Beside { raw: plain, weighted: weighted.item_share(layout, index, threshold) }
}

fn weighted_outcome(layout: &Layout, raw: &Cell, weighted: &Weighted) -> WeightedOutcome {
    let outcomes = layout.outcomes();
    let top = |item: Option<usize>, codes: u8| {
        let item = item?;
        let scale = layout.items().get(item)?.scale;
        Some(share(layout, raw, weighted, item, scale.max.saturating_sub(codes - 1)))
    };
    WeightedOutcome {
        overall: (!outcomes.overall.is_empty()).then(|| Beside {
            raw: person_mean(layout, raw, Variable::Overall).mean,
            weighted: estimate(weighted.person_mean(layout, Block::Overall)),
        }),
        nps: outcomes.nps.map(|item| Beside {
            raw: nps(layout, raw, item).map(|nps| Estimate::with_interval(nps.value, nps.n, nps.ci95)),
            weighted: estimate(weighted.nps(layout, item)),
        }),
        csat: top(outcomes.csat, 2),
        ces: top(outcomes.ces, 3),
    }
}

fn estimate(mean: Figure<WeightedMean>) -> Figure {
    mean.map(|mean| Estimate::with_interval(mean.value, mean.n, mean.ci95))
}
