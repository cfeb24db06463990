//! Whether a dimension measures the same in several groups, such as languages or channels.
//!
//! One factor in all groups, first with nothing in common, then with equal loadings, then with equal intercepts
//! too. Comparing the groups' means is the business of other modules; this says whether that is fair.

mod fit;
mod model;

use serde::Serialize;

use crate::cell::Cell;
use crate::error::Undefined;
use crate::factor;
use crate::figure::{Figure, Undef};
use crate::layout::{Block, Layout};
use crate::reliability::Listwise;
use fit::fitted;
use model::{Group, Shared};

/// Fewer complete answers than this in a group leave everything undefined.
const FEWEST: u64 = 200;

/// One step of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InvarianceStep {
    /// Σ n_g F_g over the groups.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: u64,
    /// Upper tail of the χ² distribution.
    pub p: Figure<f64>,
    /// Comparative fit index (Bentler 1990) against no correlation in any group.
    pub cfi: f64,
    /// √G √(max(χ² - df, 0)/(n df)) for G groups (Steiger 1998); 0 without degrees of freedom.
    pub rmsea: f64,
    /// Standardised root mean square residual of covariances and means, averaged over groups by their size.
    pub srmr: f64,
    /// Bayesian information criterion (Schwarz 1978), -2 ln L + parameters × ln n.
    pub bic: f64,
}

/// What may be compared between the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparable {
    /// Loadings and intercepts can be held equal: differences of means are differences of the dimension.
    Means,
    /// Only loadings can: correlations compare, means do not.
    Relations,
    /// Equivalence has not been shown.
    NotShown,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelSize {
    /// Its name.
    pub level: String,
    /// People who were asked and answered all items.
    pub n: u64,
}

/// Measurement invariance of one block across groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InvarianceReport {
    /// People who were asked and answered all items, over all groups.
    pub n: u64,
    /// The groups.
    pub levels: Vec<LevelSize>,
    /// One factor in each group, nothing in common.
    pub configural: Figure<InvarianceStep>,
    /// Equal loadings.
    pub metric: Figure<InvarianceStep>,
    /// Equal loadings and intercepts; the factor means of all groups but the first are free.
    pub scalar: Figure<InvarianceStep>,
    /// How far the steps hold, each when CFI falls by at most .01 and RMSEA rises by at most .015 (Cheung &
    /// Rensvold 2002; Chen 2007).
    pub comparable: Figure<Comparable>,
}

/// Multi-group one-factor analysis by maximum likelihood (Jöreskog 1971), from the complete answers.
///
/// `levels` are groups of different people. Needs three items or more, two groups or more, and in each 200 people
/// who answered all items and a proper one-factor solution. ML takes normal items for granted; with skewed answers
/// on few codes χ² comes out too large in all steps, so the decision rests on differences of CFI and RMSEA.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1, 2] };
/// # let layout = Layout::new(["a", "b", "c"].map(item).to_vec(), vec![care], Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[4, 4, 5], [3, 3, 2], [2, 1, 2], [5, 4, 4], [1, 2, 1], [3, 5, 5]].repeat(40) {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Two groups of 240 people with the very same answers.
/// let levels = [("sv".to_owned(), &cell), ("fi".to_owned(), &cell)];
/// let report = invariance(&levels, &layout, Block::Dimension(0));
/// assert!(report.scalar.known().unwrap().chi2 < 1e-6);
/// assert_eq!(report.comparable.known(), Some(&Comparable::Means));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn invariance(levels: &[(String, &Cell)], layout: &Layout, block: Block) -> InvarianceReport {
    let answers: Vec<_> = levels.iter().map(|(_, cell)| Listwise::new(layout, cell, block)).collect();
    let size = |answers: &Result<Listwise, Undef>| answers.as_ref().map_or(0, Listwise::n);
    let n = answers.iter().map(size).sum();
    let names = levels.iter().zip(&answers);
    let levels = names.map(|((level, _), a)| LevelSize { level: level.clone(), n: size(a) }).collect();
    let groups = groups(layout, block, answers).map_err(|reason| Undef::new(reason, n));
    let step = |shared: Option<Shared>| -> Result<InvarianceStep, Undef> {
        let groups = groups.as_ref().map_err(|undef| *undef)?;
        fitted(groups, shared).map_err(|reason| Undef::new(reason, n))
    };
    let configural = step(None);
    let metric = step(Some(Shared::Loadings));
    let scalar = step(Some(Shared::LoadingsAndIntercepts));
    InvarianceReport {
        n,
        levels,
        comparable: configural.map(|first| comparable(&first, metric.ok(), scalar.ok())).into(),
        configural: configural.into(),
        metric: metric.into(),
        scalar: scalar.into(),
    }
}

fn groups(
    layout: &Layout,
    block: Block,
    answers: Vec<Result<Listwise, Undef>>,
) -> Result<Vec<Group>, Undefined> {
    match layout.block_items(block).len() {
        0 | 1 => return Err(Undefined::OneItem),
        2 => return Err(Undefined::TwoItems),
        _ if answers.len() < 2 => return Err(Undefined::OneGroup),
        _ => {}
    }
    let complete = answers.into_iter().map(|a| a.ok().filter(|a| a.n() >= FEWEST));
    let complete: Option<Vec<Listwise>> = complete.collect();
    let group = |answers: Listwise| {
        let own = factor::of_scatter(answers.scatter(), answers.n()).map_err(|undef| undef.undefined)?;
        Ok(Group {
            n: answers.n(),
            means: answers.means().into(),
            covariance: factor::covariance_matrix(answers.scatter(), answers.n()),
            own,
        })
    };
    complete.ok_or(Undefined::ThinGroup(FEWEST))?.into_iter().map(group).collect()
}

/// How far the steps hold, one after the other.
fn comparable(
    configural: &InvarianceStep,
    metric: Option<InvarianceStep>,
    scalar: Option<InvarianceStep>,
) -> Comparable {
    let holds = |from: &InvarianceStep, to: &InvarianceStep| {
        from.cfi - to.cfi <= 0.01 && to.rmsea - from.rmsea <= 0.015
    };
    match (metric.filter(|metric| holds(configural, metric)), scalar) {
        (None, _) => Comparable::NotShown,
        (Some(metric), Some(scalar)) if holds(&metric, &scalar) => Comparable::Means,
        (Some(_), _) => Comparable::Relations,
    }
}
