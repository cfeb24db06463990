//! Quality of one level as a mean with its variance, where persons' qualities are not kept one by one.
//!
//! Under the thirteen forms nobody answers every dimension, so levels are compared through these moments.

use crate::cell::Cell;
use crate::comparison::Moment;
use crate::layout::{Facet, Layout};
use crate::quality::{equal_weights, quality_variance};

/// The quality score of a cell with the variance of its error, in points of 100, for
/// [`crate::compare_moments`].
///
/// Value and variance are those of [`crate::quality_report`]; nobody, and a level in which the score or its
/// variance is undefined, is a moment of n = 0 or of variance 0, which the comparison reports as such.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "a".into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0] };
/// let layout = Layout::new(vec![item], vec![care], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for raw in [3, 5] {
///     cell.record(&layout, &[Code::answer(raw, scale).unwrap()])?;
/// }
/// let moment = quality_moment(&layout, &cell);
/// assert_eq!((moment.n, moment.mean), (2, 75.0));
/// assert!((moment.variance_of_mean - 625.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quality_moment(layout: &Layout, cell: &Cell) -> Moment {
    let nobody = Moment { n: 0, mean: 0.0, variance_of_mean: 0.0 };
    let tpq = crate::quality::total_perceived_quality(layout, cell, 0.0, 0.0, &equal_weights(layout));
    let Some(score) = tpq.figure.known() else { return nobody };
    let n = cell.people_with(layout.facet_mask(Facet::Experience));
    Moment { n, mean: score.value, variance_of_mean: quality_variance(layout, cell).unwrap_or(0.0) }
}
