//! The outcome questions and stated importance: overall judgement, NPS, CSAT, CES.
//!
//! Reads the histograms of the single questions and the moments of the overall columns. What drives the
//! outcome is not computed here.

use serde::Serialize;

use crate::cell::Cell;
use crate::dimension::person_mean;
use crate::error::Undefined;
use crate::figure::{Figure, Interval, Named};
use crate::interval::{adjusted_wald_nps, wilson};
use crate::item::{count_from, mean_of, polarised_counts};
use crate::layout::{Facet, Layout, Variable};

/// The outcomes that the layout has; one that it lacks is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct OutcomeReport {
    /// Mean of the overall columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall: Option<Figure<Overall>>,
    /// Net promoter score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nps: Option<Figure<Nps>>,
    /// Satisfied customers: the top two codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csat: Option<Figure<TopShare>>,
    /// Customers who found it easy: the top three codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ces: Option<Figure<TopShare>>,
    /// Stated importance by the experience dimension it belongs to, or by its own key; not serialised with the
    /// outcomes, since a report shows it beside them.
    #[serde(skip)]
    pub importance: Named<Figure>,
}

/// The overall judgement: person means of its columns, raw units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Overall {
    /// Mean under the half rule.
    pub value: f64,
    /// People with that mean.
    pub n: u64,
    /// Standard deviation, divisor n - 1.
    pub sd: Figure<f64>,
    /// t interval.
    pub ci95: Interval,
}

/// The net promoter score, points of 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Nps {
    /// 100 (share of 9 and 10 - share of 0 to 6).
    pub value: f64,
    /// Answers.
    pub n: u64,
    /// Standard error of the plain Wald form.
    pub se: f64,
    /// Adjusted Wald interval.
    pub ci95: Interval,
}

/// The share of the highest codes, with the plain mean beside it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TopShare {
    /// Share, 0..=1.
    pub value: f64,
    /// Answers.
    pub n: u64,
    /// Wilson's interval of the share.
    pub ci95: Interval,
    /// Mean in raw units.
    pub mean: f64,
}

/// Describes the outcomes of a cell.
///
/// ```
/// use scoring::{Cell, Code, ItemSpec, Layout, Outcomes, Scale, outcome_report};
/// let scale = Scale::new(0, 10)?;
/// let item = ItemSpec { key: "recommend".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes { nps: Some(0), ..Outcomes::default() })?;
/// let mut cell = Cell::empty(&layout);
/// for raw in [10, 9, 8, 3] {
///     cell.record(&layout, &[Code::answer(raw, scale).unwrap()])?;
/// }
/// let report = outcome_report(&layout, &cell);
/// assert_eq!(report.nps.unwrap().known().unwrap().value, 25.0);
/// assert!(report.csat.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn outcome_report(layout: &Layout, cell: &Cell) -> OutcomeReport {
    let outcomes = layout.outcomes();
    OutcomeReport {
        overall: (!outcomes.overall.is_empty()).then(|| overall(layout, cell)),
        nps: outcomes.nps.map(|item| nps(layout, cell, item)),
        csat: outcomes.csat.map(|item| top_share(layout, cell, item, 2)),
        ces: outcomes.ces.map(|item| top_share(layout, cell, item, 3)),
        importance: importance(layout, cell),
    }
}

fn overall(layout: &Layout, cell: &Cell) -> Figure<Overall> {
    let person = person_mean(layout, cell, Variable::Overall);
    let sd = person.sd.map(|sd| sd.value);
    person.mean.map(|mean| {
        let ci95 = mean.ci95.unwrap_or(Interval::undefined(Undefined::NoAnswers, mean.n));
        Overall { value: mean.value, n: mean.n, sd, ci95 }
    })
}

/// The net promoter score of an item on 0..=10 (Reichheld 2003), in points of 100.
///
/// 100 (p₊ - p₋) with p₊ the share of 9 and 10 and p₋ that of 0 to 6; `se` is 100 √((p₊ + p₋ - (p₊ - p₋)²)/n),
/// the interval [`adjusted_wald_nps`]. Undefined without answers.
pub fn nps(layout: &Layout, cell: &Cell, item: usize) -> Figure<Nps> {
    let Some((spec, counts)) = polarised_counts(layout, cell, item) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let promoters = count_from(&counts, spec.scale, 9);
    let detractors = n - count_from(&counts, spec.scale, 7);
    let people = i128::from(n);
    let lead = i128::from(promoters) - i128::from(detractors);
    // n² times the variance of one answer, exact.
    let spread = people * (i128::from(promoters) + i128::from(detractors)) - lead * lead;
    Figure::Known(Nps {
        value: 100.0 * lead as f64 / n as f64,
        n,
        se: 100.0 * (spread as f64 / n as f64).sqrt() / n as f64,
        ci95: adjusted_wald_nps(promoters, detractors, n),
    })
}

fn top_share(layout: &Layout, cell: &Cell, item: usize, codes: u8) -> Figure<TopShare> {
    let Some((spec, counts)) = polarised_counts(layout, cell, item) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let n = counts.iter().sum();
    let Some(mean) = mean_of(&counts, spec.scale) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let count = count_from(&counts, spec.scale, spec.scale.max.saturating_sub(codes - 1));
    Figure::Known(TopShare { value: count as f64 / n as f64, n, ci95: wilson(count, n), mean })
}

/// Stated importance by the experience dimension it belongs to, or by its own key.
pub(crate) fn importance(layout: &Layout, cell: &Cell) -> Named<Figure> {
    let stated = layout.dimensions().iter().enumerate().filter(|(_, d)| d.facet == Facet::Importance);
    stated
        .map(|(index, dimension)| {
            let key = dimension.of.as_ref().unwrap_or(&dimension.key).clone();
            (key, person_mean(layout, cell, Variable::Dimension(index)).mean)
        })
        .collect()
}
