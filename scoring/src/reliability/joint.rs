//! Alpha from joint counts, for errors that must be right with repeated customers.
//!
//! The jackknife needs alpha without each group of customers, which item pairs give and patterns do not. The
//! alpha of a report is the listwise one of the parent module.

use crate::cell::JointCounts;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::{Block, Layout};

/// Raw alpha (Cronbach 1951) of a block from the pair sums of joint counts.
///
/// k/(k-1) (1 - Σ s_jj/Σ s_ij); each covariance is taken over the people who answered both items, divisor n - 1,
/// each variance over all who answered the item: where everybody answered all items it is the listwise
/// [`crate::alpha`], else [`crate::alpha_pairwise`]. n of an undefined one counts the people of the rarest pair.
/// Undefined for one item, when a pair was answered by fewer than two people, and without variance.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![care], Outcomes::default())?;
/// let mut cell = GroupedCell::empty(&layout);
/// for person in 0..64_u8 {
///     let (a, b) = (1 + person % 5, 1 + (person + person % 2) % 5);
///     let codes = [a, b].map(|raw| Code::answer(raw, scale).unwrap());
///     cell.record(&layout, &codes, person % 32)?;
/// }
/// let block = Block::Dimension(0);
/// let found = jackknife(&layout, &cell, |joint| Ok(vec![alpha_of_joint(&layout, joint, block)?])).unwrap();
/// assert!((found.estimate[0] - 0.684049).abs() < 1e-6 && found.se(0).unwrap() > 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alpha_of_joint(layout: &Layout, joint: &JointCounts, block: Block) -> Result<f64, Undef> {
    let items = layout.block_items(block);
    if items.len() < 2 {
        return Err(Undef::new(Undefined::OneItem, joint.people()));
    }
    let reversed = |item: usize| layout.items().get(item).is_some_and(|spec| spec.reversed);
    let (mut trace, mut total, mut fewest) = (0.0, 0.0, u64::MAX);
    for (place, &a) in items.iter().enumerate() {
        for &b in items.iter().skip(place) {
            let pair = joint.item_pair(a, b);
            fewest = fewest.min(pair.n);
            if pair.n < 2 {
                return Err(Undef::new(Undefined::NoneAnsweredBoth, pair.n));
            }
            let covariance = pair.scatter() as f64 / (pair.n as f64 * (pair.n as f64 - 1.0));
            match (a == b, reversed(a) == reversed(b)) {
                (true, _) => {
                    trace += covariance;
                    total += covariance;
                }
                (false, true) => total += 2.0 * covariance,
                (false, false) => total -= 2.0 * covariance,
            }
        }
    }
    if total <= 0.0 {
        return Err(Undef::new(Undefined::NoVariance, fewest));
    }
    let k = items.len() as f64;
    Ok(k / (k - 1.0) * (1.0 - trace / total))
}
