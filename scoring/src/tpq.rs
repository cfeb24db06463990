//! Total perceived quality with kappa and theta fitted to the overall judgement instead of chosen.
//!
//! One regression of the outcome on experience, image and expectation. The index itself and the fixed choices
//! are in `quality`; a fitted one is labelled and stands beside them.

#![allow(clippy::indexing_slicing, reason = "three coefficients, read at constant places")]

use crate::cell::{Cell, GroupedCell, JointCounts};
use crate::drivers::{Chosen, Mode, choose};
use crate::error::Undefined;
use crate::figure::{Figure, Interval, Named, Undef};
use crate::jackknife::{Jackknife, jackknife_of};
use crate::layout::{Facet, Layout, Scale, Variable};
use crate::quality::{Tpq, linear_score, of_facet};
use crate::regression::standardised_fit;
use crate::score_moments::ScoreMoments;
use crate::special::t975;

/// The label of a fitted choice.
const LABEL: &str = "fitted";

/// Total perceived quality with kappa and theta from a regression, equal weights for the experience dimensions.
///
/// The overall outcome is regressed on P, the mean of the experience scores, I, that of the image scores, and E,
/// that of the expectations, each in points of 100: kappa = b_I/(b_P + b_I), theta = -b_E/(b_P + b_I). The
/// expectation of an experience dimension is its own, else the mean of the general ones; without one for each
/// dimension E is left out and theta is 0, without image kappa is 0. The three are linear in the dimension scores,
/// so that their moments follow from those of the scores: over people with all of them, or by EM where forms
/// leave dimensions out ([`Mode::Auto`]). Intervals of kappa and theta: Fieller 1954 with the jackknife covariance of
/// the coefficients, t with G - 1 degrees of freedom. The index takes kappa and theta as given: its interval does
/// not hold their error.
///
/// `None` when the layout lacks an overall outcome or experience, or has neither image nor expectations. The index
/// is undefined when kappa leaves 0..=1 or theta is negative; the estimates are shown all the same, so that one
/// sees why. An image asked after the service is coloured by it, which raises kappa.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let dimension = |key: &str, facet, item| DimensionSpec { key: key.into(), facet, of: None, items: vec![item] };
/// # let dimensions = vec![dimension("care", Facet::Experience, 0), dimension("image", Facet::Image, 1)];
/// # let outcomes = Outcomes { overall: vec![2], ..Outcomes::default() };
/// # let layout = Layout::new(["p", "i", "y"].map(item).to_vec(), dimensions, outcomes)?;
/// # let (mut cell, mut grouped) = (Cell::empty(&layout), GroupedCell::empty(&layout));
/// for person in 0..100_u8 {
///     let (p, i) = (1 + person % 5, 1 + person / 5 % 5);
///     let codes = [p, i, (3 * p + i + 2) / 4].map(|raw| Code::answer(raw, scale).unwrap());
///     cell.record(&layout, &codes)?;
///     grouped.record(&layout, &codes, person % 32)?;
/// }
/// let fitted = fitted_tpq(&layout, &cell, &grouped).unwrap();
/// // The outcome was made of three parts experience and one part image.
/// assert!((fitted.kappa.known().unwrap() - 0.25).abs() < 0.05);
/// assert_eq!(fitted.label, Some("fitted"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fitted_tpq(layout: &Layout, cell: &Cell, grouped: &GroupedCell) -> Option<Tpq> {
    let plan = Plan::new(layout)?;
    let weight = 1.0 / plan.experiences.len() as f64;
    let keys = plan.experiences.iter().map(|&index| layout.dimensions()[index].key.clone());
    let weights: Named<f64> = keys.map(|key| (key, weight)).collect();
    let total = grouped.total(layout);
    let chosen = choose(layout, &total, &plan.variables, Mode::Auto);
    let fitted = chosen.and_then(|chosen| {
        let estimate = plan.coefficients(&chosen.moments)?;
        Ok((plan.errors(layout, grouped, &chosen), estimate, chosen.moments.n))
    });
    let (errors, estimate, n) = match fitted {
        Ok(fitted) => fitted,
        Err(undef) => return Some(nothing(weights, undef)),
    };
    let pull = estimate[0] + estimate[1];
    let ratio = |top: f64| Some(top / pull).filter(|ratio| ratio.is_finite());
    let (Some(kappa), Some(theta)) = (ratio(estimate[1]), ratio(-estimate[2])) else {
        return Some(nothing(weights, Undef::new(Undefined::OutOfRange, n)));
    };
    // No expectation: 0, not -0.
    let theta = if plan.expectations.is_empty() { 0.0 } else { theta };
    let figure = if (0.0..=1.0).contains(&kappa) && theta >= 0.0 {
        let people = cell.people_with(layout.facet_mask(Facet::Experience));
        linear_score(layout, cell, &plan.terms(kappa, theta), people).into()
    } else {
        Figure::undefined(Undefined::OutOfRange, n)
    };
    let bounds = |top: [f64; 3]| match &errors {
        Ok(errors) => fieller(errors, top, n),
        Err(undef) => Interval::undefined(undef.undefined, n),
    };
    Some(Tpq {
        label: Some(LABEL),
        kappa: Figure::Known(kappa),
        kappa_ci95: (!plan.images.is_empty()).then(|| bounds([0.0, 1.0, 0.0])),
        theta: Figure::Known(theta),
        theta_ci95: (!plan.expectations.is_empty()).then(|| bounds([0.0, 0.0, -1.0])),
        weights,
        figure,
    })
}

/// Words in place of all figures.
fn nothing(weights: Named<f64>, undef: Undef) -> Tpq {
    let none = Figure::Undefined(undef);
    Tpq {
        label: Some(LABEL),
        kappa: none,
        kappa_ci95: None,
        theta: none,
        theta_ci95: None,
        weights,
        figure: Figure::Undefined(undef),
    }
}

/// Which dimensions make up P, I and E, with their weights in points of 100 a raw unit.
struct Plan {
    experiences: Vec<usize>,
    images: Vec<usize>,
    /// Weight of each expectation in E; empty when an experience dimension has none.
    expectations: Vec<(usize, f64)>,
    /// All of these and the outcome.
    variables: Vec<usize>,
    /// P, I, E as far as there are such, and the outcome, as combinations of the variables.
    rows: Vec<Vec<f64>>,
}

impl Plan {
    fn new(layout: &Layout) -> Option<Plan> {
        let outcome = layout.variable(Variable::Overall)?;
        let experiences = of_facet(layout, Facet::Experience);
        let images = of_facet(layout, Facet::Image);
        let expectations = expectation_weights(layout, &experiences);
        if experiences.is_empty() || images.is_empty() && expectations.is_empty() {
            return None;
        }
        let even = |list: &[usize]| list.iter().map(|&d| (d, 1.0 / list.len() as f64)).collect::<Vec<_>>();
        let parts = [even(&experiences), even(&images), expectations.clone(), vec![(outcome, 1.0)]];
        let variables: Vec<usize> = parts.iter().flatten().map(|(variable, _)| *variable).collect();
        let mut rows = Vec::new();
        let mut before = 0;
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let mut row = vec![0.0; variables.len()];
            for (place, (variable, weight)) in part.iter().enumerate() {
                // The outcome is no dimension: it stays in its own unit, 100/100.
                let range = layout.dimension_scale(*variable).map_or(100.0, Scale::range);
                row[before + place] = 100.0 * weight / range;
            }
            before += part.len();
            rows.push(row);
        }
        Some(Plan { experiences, images, expectations, variables, rows })
    }

    /// b_P, b_I and b_E; 0 for what the layout lacks. A standardised coefficient over the sd of its predictor:
    /// the outcome's own unit cancels in both ratios.
    fn coefficients(&self, moments: &ScoreMoments) -> Result<[f64; 3], Undef> {
        let undefined = |reason| Undef::new(reason, moments.n);
        if moments.n <= self.rows.len() as u64 {
            return Err(undefined(Undefined::FewForVariables));
        }
        let combined = moments.combined(&self.rows);
        let (_, betas, _) = standardised_fit(&combined).map_err(undefined)?;
        let sd = |place: usize| combined.covariance[place][place].sqrt();
        let outcome = sd(self.rows.len() - 1);
        let mut slopes = betas.iter().enumerate().map(|(place, beta)| beta * outcome / sd(place));
        let mut take = |there: bool| if there { slopes.next().unwrap_or(0.0) } else { 0.0 };
        Ok([take(true), take(!self.images.is_empty()), take(!self.expectations.is_empty())])
    }

    fn errors(&self, layout: &Layout, grouped: &GroupedCell, chosen: &Chosen) -> Result<Jackknife, Undef> {
        let again = |joint: &JointCounts| Ok(self.coefficients(&chosen.again(layout, joint)?)?.to_vec());
        jackknife_of(layout, grouped, |joint| chosen.concerns(joint), again)
    }

    /// The dimensions of the index with their coefficients.
    fn terms(&self, kappa: f64, theta: f64) -> Vec<(usize, f64)> {
        let share = |list: &[usize], weight: f64| {
            list.iter().map(|&index| (index, weight / list.len() as f64)).collect::<Vec<_>>()
        };
        let mut terms = share(&self.experiences, 1.0 - kappa);
        terms.extend(share(&self.images, kappa));
        terms.extend(self.expectations.iter().map(|&(index, weight)| (index, -theta * weight)));
        terms
    }
}

/// E as a weighted sum: each experience dimension brings its own expectation, else all general ones.
fn expectation_weights(layout: &Layout, experiences: &[usize]) -> Vec<(usize, f64)> {
    let general: Vec<usize> = of_facet(layout, Facet::Expectation)
        .into_iter()
        .filter(|&index| layout.dimensions()[index].of.is_none())
        .collect();
    let weight = 1.0 / experiences.len() as f64;
    let (mut own, mut without) = (Vec::new(), 0.0);
    for &experience in experiences {
        match layout.partner(Facet::Expectation, &layout.dimensions()[experience].key) {
            Some(expected) => own.push((expected, weight)),
            None if general.is_empty() => return Vec::new(),
            None => without += weight,
        }
    }
    if without > 0.0 {
        own.extend(general.iter().map(|&index| (index, without / general.len() as f64)));
    }
    own
}

/// The Fieller interval of top·b/(b_P + b_I): all ratios x for which top·b - x (b_P + b_I) is within t standard
/// errors of 0. Undefined when that is not one bounded piece, as when the denominator may be 0.
fn fieller(errors: &Jackknife, top: [f64; 3], n: u64) -> Interval {
    let bottom = [1.0, 1.0, 0.0];
    let value = |a: [f64; 3]| a.iter().zip(&errors.estimate).map(|(a, b)| a * b).sum::<f64>();
    let covariance = |a: [f64; 3], b: [f64; 3]| -> f64 {
        let row = |i: usize| (0..3).map(|j| b[j] * errors.covariance[i][j]).sum::<f64>();
        (0..3).map(|i| a[i] * row(i)).sum()
    };
    let t = t975((errors.groups() as u64).saturating_sub(1).max(1));
    let square = |a: [f64; 3], b: [f64; 3]| value(a) * value(b) - t * t * covariance(a, b);
    let (c2, c1, c0) = (square(bottom, bottom), square(top, bottom), square(top, top));
    let root = (c1 * c1 - c2 * c0).max(0.0).sqrt();
    let (lower, upper) = ((c1 - root) / c2, (c1 + root) / c2);
    if c2 > 0.0 && lower.is_finite() && upper.is_finite() {
        Interval::Known([lower, upper])
    } else {
        Interval::undefined(Undefined::Unbounded, n)
    }
}
