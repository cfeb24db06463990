//! Three ways to use expectation beside experience, and how much of the overall outcome each explains.
//!
//! Linear regressions over complete people. Quadratic ones are in `surface`.

#![allow(clippy::indexing_slicing, reason = "indexes of dimensions that the layout has listed")]

use serde::Serialize;

use crate::cell::JointCounts;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::{Facet, Layout, Variable};
use crate::quality::of_facet;
use crate::regression::{NestedTest, Regression, nested_test, regression};
use crate::score_moments::listwise_moments;

/// How much of the overall outcome experience explains alone, as a gap, and beside expectation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VarianceExplained {
    /// By the experience scores alone (as SERVPERF does).
    pub experience: Regression,
    /// By experience minus expectation alone (as SERVQUAL does).
    pub gap: Regression,
    /// By both, each with its own coefficients.
    pub both: Regression,
    /// Whether the gaps lose anything against both.
    pub gap_test: NestedTest,
    /// Whether expectation adds anything to experience.
    pub expectation_test: NestedTest,
}

/// Sets three regressions of the overall outcome side by side (Cronin & Taylor 1992): on the experience scores, on
/// the gaps, and on experience and expectation apart, with F tests of the first two against the third.
///
/// Over people with all scores of the experience dimensions that have an expectation, and the outcome; half rule,
/// raw units. Undefined without such a dimension or an overall outcome, when a dimension and its expectation are
/// on different scales, for n ≤ 2 d + 1 with d dimensions, and as [`regression`] is.
pub fn variance_explained(layout: &Layout, joint: &JointCounts) -> Result<VarianceExplained, Undef> {
    let outcome = layout.variable(Variable::Overall).ok_or(Undef::new(Undefined::NoOverall, 0))?;
    let mut experiences = Vec::new();
    let mut expectations = Vec::new();
    for index in of_facet(layout, Facet::Experience) {
        if let Some(expected) = layout.partner(Facet::Expectation, &layout.dimensions()[index].key) {
            if layout.dimension_scale(index) != layout.dimension_scale(expected) {
                return Err(Undef::new(Undefined::DifferentScales, 0));
            }
            experiences.push(index);
            expectations.push(expected);
        }
    }
    let count = experiences.len();
    if count == 0 {
        return Err(Undef::new(Undefined::NoExpectation, 0));
    }
    let variables: Vec<usize> = experiences.into_iter().chain(expectations).chain([outcome]).collect();
    let all = listwise_moments(layout, joint, &variables)?;
    let both = regression(&all)?;
    let experience = regression(&all.picked(&(0..count).chain([2 * count]).collect::<Vec<_>>()))?;
    let unit = |place: usize, j: usize| f64::from(u8::from(j == place));
    let difference = |place: usize| -> Vec<f64> {
        (0..=2 * count).map(|j| unit(place, j) - unit(place + count, j)).collect()
    };
    let mut rows: Vec<Vec<f64>> = (0..count).map(difference).collect();
    rows.push((0..=2 * count).map(|j| unit(2 * count, j)).collect());
    let gap = regression(&all.combined(&rows))?;
    Ok(VarianceExplained {
        gap_test: nested_test(&gap, &both)?,
        expectation_test: nested_test(&experience, &both)?,
        experience,
        gap,
        both,
    })
}
