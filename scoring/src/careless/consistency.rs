//! Even-odd consistency: whether a person marks the two halves of each dimension alike.

use crate::code::Code;
use crate::layout::{Block, Layout};

/// The fewest dimensions over which a person's halves are correlated.
const LEAST_PAIRS: usize = 3;

/// The consistency of one response and the number of dimensions with both halves.
///
/// Halves are means in parts of the scale after reversal, so that dimensions on different scales compare. `None`
/// for fewer than three dimensions with two answered items, and when a half does not vary over dimensions: who
/// marks everything alike is neither consistent nor inconsistent.
pub(super) fn even_odd(layout: &Layout, codes: &[Code]) -> (Option<f64>, u32) {
    let halves: Vec<(f64, f64)> =
        (0..layout.dimensions().len()).filter_map(|dimension| halves(layout, dimension, codes)).collect();
    let pairs = u32::try_from(halves.len()).unwrap_or(u32::MAX);
    if halves.len() < LEAST_PAIRS {
        return (None, pairs);
    }
    (correlation(&halves).map(step_up), pairs)
}

/// The means of the first, third … and of the second, fourth … answered item of a dimension.
fn halves(layout: &Layout, dimension: usize, codes: &[Code]) -> Option<(f64, f64)> {
    let answers = layout.block_items(Block::Dimension(dimension)).iter().filter_map(|&index| {
        let item = layout.items().get(index)?;
        let raw = codes.get(index)?.raw(item.scale)?;
        Some(f64::from(item.polarised(raw) - item.scale.min) / item.scale.range())
    });
    let mut sums = [(0.0, 0.0); 2];
    for (place, u) in answers.enumerate() {
        let [odd, even] = &mut sums;
        let half = if place % 2 == 0 { odd } else { even };
        *half = (half.0 + u, half.1 + 1.0);
    }
    let [(odd, odd_n), (even, even_n)] = sums;
    (even_n > 0.0).then(|| (odd / odd_n, even / even_n))
}

/// Pearson's r; `None` when a side does not vary beyond rounding.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let (mean_a, mean_b) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (x, y) = (x - mean_a, y - mean_b);
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    (aa > 1e-20 && bb > 1e-20).then(|| (ab / (aa.sqrt() * bb.sqrt())).clamp(-1.0, 1.0))
}

/// Spearman-Brown for a test of double length, kept at -1 where it would fall below.
fn step_up(r: f64) -> f64 {
    if r <= -1.0 / 3.0 { -1.0 } else { 2.0 * r / (1.0 + r) }
}
