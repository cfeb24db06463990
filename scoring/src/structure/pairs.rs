//! Covariance and correlation of two items or two scores, over the people who have both.
//!
//! Both variances are taken over the pair's own people, too, so that |r| never passes 1. The matrices that
//! `structure` reads are made of these.

use crate::cell::{ItemPair, JointCounts};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Undef};
use crate::layout::{Layout, Variable};

impl ItemPair {
    /// The sums that the reversed answers would have had: p + 1 - x for x on a scale of p points.
    pub(super) fn reversed_a(self, points: u8) -> ItemPair {
        let top = u64::from(points) + 1;
        // Σ (t - x)² = n t² - 2 t Σ x + Σ x², ordered so that nothing falls below zero on the way.
        ItemPair {
            sum_a: (self.n * top).saturating_sub(self.sum_a),
            square_a: (self.n * top * top + self.square_a).saturating_sub(2 * top * self.sum_a),
            product: (top * self.sum_b).saturating_sub(self.product),
            ..self
        }
    }

    /// Covariance, divisor n - 1, in squared raw units; one division of exact integers.
    ///
    /// Undefined for fewer than two people.
    ///
    /// ```
    /// use scoring::ItemPair;
    /// // Three people answered 1 2, 2 3 and 3 3.
    /// let pair = ItemPair { n: 3, sum_a: 6, sum_b: 8, square_a: 14, square_b: 22, product: 17 };
    /// assert_eq!(pair.covariance().known().unwrap().value, 0.5);
    /// ```
    pub fn covariance(&self) -> Figure {
        let n = self.n;
        match n {
            0 => Figure::undefined(Undefined::NoneAnsweredBoth, 0),
            1 => Figure::undefined(Undefined::OneAnswer, 1),
            _ => {
                let people = n as f64;
                Figure::Known(Estimate::plain(self.scatter() as f64 / (people * (people - 1.0)), n))
            }
        }
    }

    /// Pearson's correlation, -1..=1, with both variances over this pair's people.
    ///
    /// Undefined for fewer than two people and where one of the two does not vary.
    ///
    /// ```
    /// use scoring::ItemPair;
    /// let pair = ItemPair { n: 3, sum_a: 6, sum_b: 8, square_a: 14, square_b: 22, product: 17 };
    /// assert!((pair.correlation().known().unwrap().value - 0.75_f64.sqrt()).abs() < 1e-12);
    /// ```
    pub fn correlation(&self) -> Figure {
        match self.n {
            0 => Figure::undefined(Undefined::NoneAnsweredBoth, 0),
            1 => Figure::undefined(Undefined::OneAnswer, 1),
            n => correlation(self.scatter(), self.scatter_a(), self.scatter_b(), n).into(),
        }
    }
}

/// The sums of two items over the people who answered both, positions after reversal; zeros for an item that
/// the layout lacks.
///
/// Exact: a reversed item's sums follow from those of its answers.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str, reversed| ItemSpec { key: key.into(), scale, reversed, top_box: None };
/// # let layout = Layout::new(vec![item("a", false), item("b", true)], vec![], Outcomes::default())?;
/// # let mut cell = GroupedCell::empty(&layout);
/// cell.record(&layout, &[Code::answer(4, scale).unwrap(), Code::answer(1, scale).unwrap()], 0)?;
/// // The second item is reversed: 1 reads as 5.
/// assert_eq!(polarised_pair(&layout, &cell.total(&layout), 0, 1).product, 20);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn polarised_pair(layout: &Layout, joint: &JointCounts, a: usize, b: usize) -> ItemPair {
    let (Some(first), Some(second)) = (layout.items().get(a), layout.items().get(b)) else {
        return ItemPair::default();
    };
    let mut pair = joint.item_pair(a, b);
    if first.reversed {
        pair = pair.reversed_a(first.scale.points());
    }
    if second.reversed {
        pair = pair.swapped().reversed_a(second.scale.points()).swapped();
    }
    pair
}

/// Pearson's correlation of two person scores over the people who have both, under the half rule of each.
///
/// Undefined where the layout lacks a variable, for fewer than two people, and where a score does not vary.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let dimension = |key: &str, items: &[usize]| DimensionSpec {
/// #     key: key.into(), facet: Facet::Experience, of: None, items: items.to_vec(),
/// # };
/// # let items = ["a", "b", "c"].map(item).to_vec();
/// # let dimensions = vec![dimension("care", &[0, 1]), dimension("speed", &[2])];
/// # let layout = Layout::new(items, dimensions, Outcomes::default())?;
/// # let mut cell = GroupedCell::empty(&layout);
/// # for row in [[4, 5, 4], [3, 3, 3], [2, 3, 5]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes, 0)?;
/// # }
/// // Three people scored 4.5, 3, 2.5 in one dimension and 4, 3, 5 in the other.
/// let (care, speed) = (Variable::Dimension(0), Variable::Dimension(1));
/// let r = score_correlation(&layout, &cell.total(&layout), care, speed);
/// assert!((r.known().unwrap().value + 0.240_192_230_707_631).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn score_correlation(layout: &Layout, joint: &JointCounts, u: Variable, v: Variable) -> Figure {
    let (Some(first), Some(second)) = (layout.variable(u), layout.variable(v)) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let sums = joint.pair(first, second);
    let n = i128::from(sums.n);
    match sums.n {
        0 => Figure::undefined(Undefined::NoneAnsweredBoth, 0),
        1 => Figure::undefined(Undefined::OneAnswer, 1),
        people => correlation(
            n * sums.product - sums.sum_u * sums.sum_v,
            n * sums.square_u - sums.sum_u * sums.sum_u,
            n * sums.square_v - sums.sum_v * sums.sum_v,
            people,
        )
        .into(),
    }
}

/// s_ab/√(s_aa s_bb) of exact integers.
pub(super) fn correlation(both: i128, a: i128, b: i128, n: u64) -> Result<Estimate, Undef> {
    if a <= 0 || b <= 0 {
        return Err(Undef::new(Undefined::NoVariance, n));
    }
    let r = both as f64 / ((a as f64).sqrt() * (b as f64).sqrt());
    Ok(Estimate::plain(r.clamp(-1.0, 1.0), n))
}
