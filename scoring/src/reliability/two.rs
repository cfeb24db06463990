//! The reliability of two items, which are too few for a factor.
//!
//! A dimension of two items reports it in place of omega.

#![allow(clippy::indexing_slicing, reason = "a table of two by two")]

use super::Listwise;
use crate::cell::Cell;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure};
use crate::layout::{Block, Layout};

/// Spearman-Brown reliability of a block of two items, listwise: 2r/(1 + r), with r their Pearson correlation.
///
/// Spearman 1910, Brown 1910; the coefficient to report for two items (Eisinga, te Grotenhuis & Pelzer 2013),
/// since alpha is lower wherever the variances differ. Without a unit, at most 1; negative when r is. Undefined
/// for any other number of items, fewer than two people, an item without variance, and r = -1.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// # let layout = Layout::new(["a", "b"].map(item).to_vec(), vec![care], Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[1, 2], [3, 3], [4, 5], [5, 4]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Four people answered 1 2, 3 3, 4 5 and 5 4; r is 22/√700.
/// let value = spearman_brown(&layout, &cell, Block::Dimension(0)).known().unwrap().value;
/// let r = 22.0 / 700.0_f64.sqrt();
/// assert!((value - 2.0 * r / (1.0 + r)).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn spearman_brown(layout: &Layout, cell: &Cell, block: Block) -> Figure {
    match Listwise::new(layout, cell, block) {
        Ok(answers) => of_scatter(&answers),
        Err(undef) => Figure::Undefined(undef),
    }
}

pub(super) fn of_scatter(answers: &Listwise) -> Figure {
    let (scatter, n) = (answers.scatter(), answers.n());
    if scatter.len() != 2 {
        return Figure::undefined(Undefined::NotTwoItems, n);
    }
    let (a, b, both) = (scatter[0][0], scatter[1][1], scatter[0][1]);
    if a <= 0 || b <= 0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let r = both as f64 / ((a as f64).sqrt() * (b as f64).sqrt());
    // The sum of the standardised items has the variance 2 (1 + r).
    if 1.0 + r < 1e-12 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    Figure::Known(Estimate::plain(2.0 * r / (1.0 + r), n))
}
