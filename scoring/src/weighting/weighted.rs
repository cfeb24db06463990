//! Weighted people, from the rows of a file or from the raked classes of a report.
//!
//! Their figures are in [`super::figures`].

use serde::Serialize;

use super::error::WeightError;
use super::rake::Raking;
use super::sum::WeightSums;
use super::weighted_cell::WeightedCell;
use crate::cell::Cell;
use crate::code::Code;
use crate::layout::Layout;

/// Where weights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightingMethod {
    /// Each row of a file, or each cell, brought its own weight.
    Given,
    /// Cross-classes were matched to one variable of the frame.
    PostStratification,
    /// Cross-classes were matched to several variables of the frame.
    Raking,
}

/// Weighted counts of people, from which [`crate::weights_report`] is made.
///
/// For a file it keeps one entry for each pattern of answers within a dimension, not one for each row or weight;
/// for raked classes one such table a class.
///
/// ```
/// use scoring::{Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, Weighted};
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
/// let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0] };
/// let layout = Layout::new(vec![item], vec![speed], Outcomes::default())?;
/// let mut weighted = Weighted::of_rows(&layout);
/// for (raw, weight) in [(5, 1.5), (2, 0.5)] {
///     weighted.record(&layout, weight, &[Code::answer(raw, scale).unwrap()])?;
/// }
/// assert_eq!(weighted.dimension_score(&layout, 0).known().unwrap().value, 81.25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Weighted {
    pub(super) parts: Vec<WeightedCell>,
    pub(super) raking: Option<Raking>,
    largest: f64,
}

impl Weighted {
    /// Nobody yet; [`Weighted::record`] adds the rows of a file, each with its weight.
    pub fn of_rows(layout: &Layout) -> Weighted {
        Weighted { parts: vec![WeightedCell::empty(layout)], raking: None, largest: 0.0 }
    }

    /// Counts one row: its weight and one code for each item of the layout, in its order.
    ///
    /// Refused, and nothing is counted: a weight that is not a positive finite number, codes that do not fit the
    /// layout, and any row at all after raking.
    pub fn record(&mut self, layout: &Layout, weight: f64, codes: &[Code]) -> Result<(), WeightError> {
        match self.parts.first_mut() {
            Some(part) if self.raking.is_none() => part.record(layout, weight, codes)?,
            _ => return Err(WeightError::OtherCounts(0)),
        }
        self.largest = self.largest.max(weight);
        Ok(())
    }

    /// Cells with weights that are taken as given, such as shares of a published frame.
    pub fn of_cells(layout: &Layout, cells: &[(f64, &Cell)]) -> Result<Weighted, WeightError> {
        let mut weighted = Weighted::of_rows(layout);
        for (weight, cell) in cells {
            for part in &mut weighted.parts {
                part.add_cell(layout, *weight, cell)?;
            }
            if cell.people() > 0 {
                weighted.largest = weighted.largest.max(*weight);
            }
        }
        Ok(weighted)
    }

    /// The cells of the classes that were raked, in the same order; each must count just the people raked.
    pub fn of_raking(layout: &Layout, raking: &Raking, cells: &[&Cell]) -> Result<Weighted, WeightError> {
        let same = |place: usize| {
            cells.get(place).zip(raking.answers().get(place)).is_some_and(|(cell, n)| cell.people() == *n)
        };
        if let Some(place) = (0..cells.len().max(raking.answers().len())).find(|&place| !same(place)) {
            return Err(WeightError::OtherCounts(place));
        }
        let mut weighted = Weighted { parts: Vec::new(), raking: Some(raking.clone()), largest: 0.0 };
        for (cell, &weight) in cells.iter().zip(raking.weights()) {
            let mut part = WeightedCell::empty(layout);
            part.add_cell(layout, weight, cell)?;
            weighted.parts.push(part);
            if cell.people() > 0 {
                weighted.largest = weighted.largest.max(weight);
            }
        }
        Ok(weighted)
    }

    /// Where the weights come from.
    pub fn method(&self) -> WeightingMethod {
        match &self.raking {
            None => WeightingMethod::Given,
            Some(raking) if raking.margins() == 1 => WeightingMethod::PostStratification,
            Some(_) => WeightingMethod::Raking,
        }
    }

    /// How many people's weight was cut to a bound.
    pub fn trimmed(&self) -> u64 {
        self.raking.as_ref().map_or(0, Raking::trimmed)
    }

    /// People and sums of weights.
    pub fn sums(&self) -> WeightSums {
        let mut sums = WeightSums::default();
        self.parts.iter().for_each(|part| sums.merge(part.everybody()));
        sums
    }

    /// The largest weight as a multiple of the mean weight; 0 for nobody.
    pub fn max_weight(&self) -> f64 {
        let sums = self.sums();
        if sums.people() == 0 { 0.0 } else { self.largest / (sums.total() / sums.people() as f64) }
    }
}
